"""Nodes to places: an op with the norm and activation after it, or a closed block."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from layerwalk.layout.vocabulary import is_cheap, is_follower, is_pad, reads_margins
from layerwalk.network import Network, Node, TileShape, tile_shape

SOURCE = -1  # the network's inputs, as a place


@dataclass(frozen=True)
class Reading:
    """One tensor that a place's main node reads: from which place, and its number of tiles."""

    place: int
    tiles: int


@dataclass(frozen=True)
class Place:
    """What becomes one station. `reads` are the places it reads from (SOURCE: an input)."""

    nodes: tuple[Node, ...]
    main: Node
    shown: Node
    closed: str
    reads: tuple[int, ...]
    readings: tuple[Reading, ...]

    @property
    def tiles(self) -> TileShape:
        return tile_shape(self.shown.axes)


@dataclass
class _Group:
    nodes: list[int]
    main: int
    closed: str = ""
    run: list[int] = field(default_factory=list)  # of a closed block: its own nodes
    reads: list[int] = field(default_factory=list)  # keys of groups, or SOURCE


class NodeGraph:
    """The network's nodes by number, with whom they read and who reads them."""

    def __init__(self, network: Network) -> None:
        self.nodes = network.nodes
        self.number = {node.name: i for i, node in enumerate(network.nodes)}
        self.reads: list[list[int]] = [[] for _ in self.nodes]
        self.readers: list[list[int]] = [[] for _ in self.nodes]
        for edge in sorted(network.edges, key=lambda edge: edge.argument):
            source, target = self.number.get(edge.source), self.number.get(edge.target)
            if source is None or target is None or source >= target:
                continue  # nodes stand in the order they ran, so nothing flows back
            self.reads[target].append(source)
            self.readers[source].append(target)
        read = (name for tensor in network.inputs for name in tensor.targets)
        self.from_input = {self.number[name] for name in read if name in self.number}
        self.block_of, self.parent = [""] * len(self.nodes), {"": ""}
        for block in sorted(network.blocks, key=lambda block: -len(block.nodes)):
            self.parent[block.name] = block.parent
            for name in block.nodes:
                if name in self.number:
                    self.block_of[self.number[name]] = block.name

    def pads_next(self, i: int) -> bool:
        """Whether node i puts a margin around what one convolution or pooling reads."""
        readers = [self.nodes[reader] for reader in self.readers[i]]
        return is_pad(self.nodes[i]) and len(readers) == 1 and reads_margins(readers[0])

    def surrounds(self, outer: str, inner: str) -> bool:
        """Whether block `outer` is `inner` or around it; '' is around all."""
        seen = set()
        while inner != outer and inner and inner not in seen:
            seen.add(inner)
            inner = self.parent.get(inner, "")
        return inner == outer


def group_places(
    network: Network, closing: Mapping[str, Collection[str]] | None = None
) -> list[Place]:
    """The places of a network in walking order, with the blocks `closing` (name: nodes) closed.

    A place reads only from places before it.
    """
    graph = NodeGraph(network)
    groups, group_of = _gather(graph, _closed_runs(graph, closing or {}))
    _fold_forward(graph, groups, group_of)
    _read(graph, groups, group_of)
    order = sorted(groups.values(), key=lambda group: group.main)
    shown = [group for group in order if any(graph.nodes[i].shown for i in group.nodes)]
    number = {id(group): k for k, group in enumerate(shown)}
    through: dict[int, tuple[int, ...]] = {SOURCE: (SOURCE,)}
    for group in order:  # a group with nothing to show passes on what it read
        passed = tuple(dict.fromkeys(p for key in group.reads for p in through[key]))
        here = number.get(id(group))
        through[group_of[group.main]] = passed if here is None else (here,)
    return [_place(graph, group, through, group_of) for group in shown]


def _closed_runs(
    graph: NodeGraph, closing: Mapping[str, Collection[str]]
) -> dict[int, tuple[str, int]]:
    """For each node in a closed block: the block, and the node its run began with.

    A block that ran twice, with others between, is one run each time, so that no path leaves a
    run and comes back.
    """
    block_of = {
        graph.number[name]: block
        for block, names in closing.items()
        for name in names
        if name in graph.number
    }
    runs: dict[int, tuple[str, int]] = {}
    for i in sorted(block_of):
        before = runs.get(i - 1)
        runs[i] = before if before and before[0] == block_of[i] else (block_of[i], i)
    return runs


def _gather(
    graph: NodeGraph, runs: Mapping[int, tuple[str, int]]
) -> tuple[dict[int, _Group], list[int]]:
    """Groups by their first node, and for each node the group it is in."""
    groups: dict[int, _Group] = {}
    group_of: list[int] = []
    for i in range(len(graph.nodes)):
        block, key = runs[i] if i in runs else ("", _joins(graph, i, groups, group_of))
        group = groups.setdefault(key, _Group([], key, block))
        group.nodes.append(i)
        if i in runs:
            group.run.append(i)
        group_of.append(key)
    return groups, group_of


def _joins(graph: NodeGraph, i: int, groups: Mapping[int, _Group], group_of: list[int]) -> int:
    """The group that node i joins; its own number if it begins one."""
    read = {group_of[source] for source in graph.reads[i]}
    if len(read) != 1 or i in graph.from_input:
        return i
    (key,) = read
    readings = len(graph.reads[i])
    if graph.pads_next(i):
        return i
    if is_cheap(graph.nodes[i], readings):
        return key
    group = groups[key]
    if group.closed or not is_follower(graph.nodes[i], readings):
        return i
    inside = {*group.nodes, i}
    alone = all(reader in inside for node in group.nodes for reader in graph.readers[node])
    return key if alone and graph.surrounds(graph.block_of[i], graph.block_of[key]) else i


def _fold_forward(graph: NodeGraph, groups: dict[int, _Group], group_of: list[int]) -> None:
    """Margins, and views of an input or a parameter, which have no op before them, join their
    only reader."""
    for key in list(groups):
        group = groups[key]
        if group.closed or not all(
            is_cheap(graph.nodes[i], 1) or (i != key and is_follower(graph.nodes[i], 1))
            for i in group.nodes
        ):
            continue
        outside = any(group_of[source] != key for i in group.nodes for source in graph.reads[i])
        if outside and not graph.pads_next(key):
            continue
        readers = {group_of[r] for i in group.nodes for r in graph.readers[i]} - {key}
        if len(readers) != 1:
            continue
        reader = groups[readers.pop()]
        reader.nodes = sorted(reader.nodes + group.nodes)
        for i in group.nodes:
            group_of[i] = group_of[reader.main]
        del groups[key]


def _read(graph: NodeGraph, groups: Mapping[int, _Group], group_of: list[int]) -> None:
    for group in groups.values():
        key = group_of[group.main]
        sources = [SOURCE] if any(i in graph.from_input for i in group.nodes) else []
        first = [group.main, *group.nodes]  # arguments of the main op come first
        sources += [group_of[s] for i in first for s in graph.reads[i] if group_of[s] != key]
        group.reads = list(dict.fromkeys(sources))


def _place(
    graph: NodeGraph, group: _Group, through: Mapping[int, tuple[int, ...]], group_of: list[int]
) -> Place:
    key = group_of[group.main]
    reading = group.nodes if group.closed else [i for i in group.nodes if i <= group.main]
    readings = [
        Reading(place, tile_shape(graph.nodes[source].axes).tiles)
        for i in reading
        for source in graph.reads[i]
        if group_of[source] != key
        for place in through[group_of[source]]
    ]
    shown = _shown(graph, group)
    return Place(
        nodes=tuple(graph.nodes[i] for i in group.nodes),
        main=graph.nodes[shown if group.closed else group.main],
        shown=graph.nodes[shown],
        closed=group.closed,
        reads=tuple(dict.fromkeys(p for source in group.reads for p in through[source])),
        readings=tuple(readings),
    )


def _shown(graph: NodeGraph, group: _Group) -> int:
    """The node a group shows: its last output; of a closed block, the last that left it."""
    visible = [i for i in group.run or group.nodes if graph.nodes[i].shown]
    visible = visible or [i for i in group.nodes if graph.nodes[i].shown]
    telling = [i for i in visible if not is_cheap(graph.nodes[i], len(graph.reads[i]))] or visible
    if not group.closed:
        return telling[-1]
    inside = set(group.run)
    leaving = [
        i for i in visible if not graph.readers[i] or not inside.issuperset(graph.readers[i])
    ]
    return (leaving or telling)[-1]
