"""Which blocks a visitor can open and close, and which are open at first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from layerwalk.layout.grouping import Place, group_places
from layerwalk.layout.vocabulary import plain_kind
from layerwalk.network import Block, Network

MOST_STATIONS = 150
FEWEST_STATIONS, ENOUGH_STATIONS = 4, 6
_CONTAINERS = frozenset({"sequential", "modulelist", "moduledict"})


@dataclass(frozen=True)
class Blocks:
    """The blocks worth closing: those that hide at least two stations, and more than a child does.

    `parent` leads to the next such block outside, '' at the top; `stations` counts what a block
    hides.
    """

    by_name: dict[str, Block]
    parent: dict[str, str]
    stations: dict[str, int]

    @staticmethod
    def of(network: Network, places: Collection[Place] | None = None) -> Blocks:
        """From the network, and its places with every block open (grouped here if not given)."""
        place_of = {
            place.main.name: k
            for k, place in enumerate(group_places(network) if places is None else places)
        }
        held = {
            block.name: frozenset(place_of[name] for name in block.nodes if name in place_of)
            for block in network.blocks
        }
        all_blocks = {block.name: block for block in network.blocks}
        worthy: dict[str, Block] = {}
        parent: dict[str, str] = {}
        for block in sorted(network.blocks, key=lambda block: block.name.count(".")):
            outside = _outside(block, all_blocks, worthy)
            if len(held[block.name]) < 2 or (outside and held[outside] == held[block.name]):
                continue
            worthy[block.name] = block
            parent[block.name] = outside
        return Blocks(worthy, parent, {name: len(held[name]) for name in worthy})

    def around(self, name: str) -> list[str]:
        """The block itself and those around it, innermost first."""
        chain = []
        while name:
            chain.append(name)
            name = self.parent[name]
        return chain

    def children(self, name: str) -> list[str]:
        return [child for child, parent in self.parent.items() if parent == name]

    def closed(self, expanded: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Names and nodes of the outermost blocks that are not in `expanded`."""
        return {
            name: block.nodes
            for name, block in self.by_name.items()
            if name not in expanded and all(o in expanded for o in self.around(self.parent[name]))
        }

    def repeats(self, name: str) -> int:
        """How many inner blocks of one kind it holds, or 0 if it is no repetition."""
        children = [self.by_name[child] for child in self.children(name)]
        if len(children) == 1:
            return self.repeats(children[0].name)
        kinds = [child.kind for child in children if plain_kind(child.kind) not in _CONTAINERS]
        most = max((kinds.count(kind) for kind in kinds), default=0)
        return most if most >= 2 else 0


def _outside(block: Block, all_blocks: dict[str, Block], worthy: dict[str, Block]) -> str:
    name, seen = block.parent, {block.name}
    while name and name not in worthy and name not in seen:
        seen.add(name)
        name = all_blocks[name].parent if name in all_blocks else ""
    return name if name in worthy else ""


def initially_expanded(network: Network) -> frozenset[str]:
    """Names of the blocks that are open at first.

    All of them, unless that makes more than 150 stations; then only as many, from the outside in,
    as it takes for the room to show something (6 stations).
    """
    places = group_places(network)
    if len(places) <= MOST_STATIONS:
        return frozenset(block.name for block in network.blocks)
    blocks = Blocks.of(network, places)
    opened: frozenset[str] = frozenset()
    count = len(group_places(network, blocks.closed(opened)))
    while count < ENOUGH_STATIONS:
        candidates = sorted(blocks.closed(opened), key=lambda name: -blocks.stations[name])
        for name in candidates:
            wider = opened | {name}
            count_if = len(group_places(network, blocks.closed(wider)))
            if count_if <= MOST_STATIONS:
                opened, count = wider, count_if
                break
        else:
            return opened
    return opened
