"""The room's layout: nothing overlaps, nothing is missing, everything flows away from the visitor.

Checked on traced networks of many kinds with their blocks open, closed and half open, and on
random directed acyclic graphs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerwalk.layout import layout
from layerwalk.layout.lettering import text_width
from layerwalk.network import Axis, Block, Edge, Input, Network, Node, tile_shape
from layerwalk.room import Room, Station, Wall

from .rooms import (
    CASES,
    WALL_TOP,
    Point,
    apart,
    inner_z,
    near,
    rectangles,
    room_of,
    traced,
    walls_of,
)

# ---------------------------------------------------------------- what must hold for every room


def check_walls_apart(room: Room) -> None:
    shapes = rectangles(room)
    for k, (_, far, shape) in enumerate(shapes):
        for near_z, _, other in shapes[k + 1 :]:
            if near_z < far:
                break
            assert apart(shape, other)


def check_layers(network: Network, room: Room) -> None:
    held = [layer for station in room.stations for layer in station.layers]
    assert sorted(held) == sorted(network.layers())
    assert len({station.key for station in room.stations}) == len(room.stations)
    for station in room.stations:
        if station.closed:
            assert station.key.partition(":")[0] == station.closed
            assert station.key not in held
        else:
            assert station.key == station.layers[0]
        assert station.shown in station.layers
        assert station.walls
        assert {wall.layer for wall in station.walls} == {station.shown}


def check_panels(network: Network, room: Room) -> None:
    nodes = {node.name: node for node in network.nodes}
    for station in room.stations:
        shape = tile_shape(nodes[station.shown].axes)
        panels = [panel for wall in station.walls for panel in wall.panels]
        tiles = sorted((panel.first, panel.first + panel.count) for panel in panels)
        assert tiles[0][0] == 0
        assert tiles[-1][1] == shape.tiles
        assert all(a[1] == b[0] for a, b in pairwise(tiles))
        for wall in station.walls:
            check_wall_panels(wall)


def check_wall_panels(wall: Wall) -> None:
    boxes = []
    for panel in wall.panels:
        assert panel.count >= 1
        assert (panel.rows - 1) * panel.columns < panel.count <= panel.rows * panel.columns
        half = (panel.columns * panel.pitch_m[0] / 2, panel.rows * panel.pitch_m[1] / 2)
        x, y = panel.centre_m
        boxes.append((x - half[0], x + half[0], y - half[1], y + half[1]))
    for left, right, bottom, top in boxes:
        assert abs(left) < wall.width_m / 2
        assert abs(right) < wall.width_m / 2
        assert bottom > 0.2
        assert top < 2.75
    for (_, right, _, _), (left, _, _, _) in pairwise(sorted(boxes)):
        assert right <= left + 1e-9


def check_paths(room: Room) -> None:
    shapes = rectangles(room)
    for line in room.floor_lines:
        for a, b in pairwise(line.points_m):
            assert all(apart([a, b], shape) for shape in near(shapes, a[1], b[1])), line.points_m[0]
    for tube in room.tubes:
        for a, b in pairwise(tube.points_m):
            if min(a[1], b[1]) < WALL_TOP + 0.01:
                flat = [(a[0], a[2]), (b[0], b[2])]
                assert all(apart(flat, shape) for shape in near(shapes, a[2], b[2]))


def station_edges(network: Network, room: Room) -> set[tuple[str, str]]:
    """Edges between stations, by their keys."""
    station = {layer: s.key for s in room.stations for layer in s.layers}
    found = set()
    for edge in network.edges:
        pair = station.get(edge.source), station.get(edge.target)
        if pair[0] and pair[1] and pair[0] != pair[1]:
            found.add((pair[0], pair[1]))
    return found


def check_order(network: Network, room: Room) -> None:
    z = {station.key: inner_z(station.walls[0]) for station in room.stations}
    order = [z[station.key] for station in room.stations]
    assert all(a >= b - 1e-9 for a, b in pairwise(order))  # left and right may stand level
    for source, target in station_edges(network, room):
        assert z[source] > z[target], (source, target)
    assert not order or room.end_m < min(order)


def check_edges_shown(network: Network, room: Room) -> None:
    """Every edge is a tube of its own, a strand that passes its reader, or a line on the floor."""
    stations = {station.key: station for station in room.stations}
    tubes = {(tube.source, tube.target) for tube in room.tubes}
    strands: dict[str, float] = {}
    for tube in room.tubes:
        if tube.kind == "rail":
            strands[tube.source] = min(z for _, _, z in tube.points_m)
    for source, target in station_edges(network, room):
        if (source, target) in tubes or source in strands:
            continue
        assert on_floor(room, stations[source], stations[target]), (source, target)


def on_floor(room: Room, source: Station, target: Station) -> bool:
    """Whether lines on the floor lead from one station to the other, each from where it begins."""
    if passes_another(room, source, target):
        return False
    goals = touches(target)
    reached = [line.points_m for line in room.floor_lines if joins(touches(source), line.points_m)]
    seen = list(reached)
    low = inner_z(target.walls[0]) - 1.0
    while reached:
        points = reached.pop()
        if joins(goals, points):
            return True
        for line in room.floor_lines:
            begin = line.points_m[0]
            if begin[1] > low and line.points_m not in seen and joins([begin], points):
                reached.append(line.points_m)
                seen.append(line.points_m)
    return False


def passes_another(room: Room, source: Station, target: Station) -> bool:
    """Whether a station stands between that the same line on the floor would run through."""
    near_z, far_z = inner_z(source.walls[0]), inner_z(target.walls[0])
    branch = source.walls[0].branch if source.walls[0].branch == target.walls[0].branch else 0
    return any(
        far_z < inner_z(station.walls[0]) < near_z and station.walls[0].branch == branch
        for station in room.stations
    )


def joins(points: Sequence[Point], line: Sequence[Point]) -> bool:
    """Whether one of the points lies on the line (within the width of a curve)."""
    return any(distance(point, a, b) < 0.45 for point in points for a, b in pairwise(line))


def touches(station: Station) -> list[Point]:
    z = inner_z(station.walls[0])
    return [(0.0, z), *((wall.side * 1.57, z) for wall in station.walls)]


def distance(point: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b) ** 2
    t = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / (length or 1.0)
    t = min(1.0, max(0.0, t))
    return math.dist(point, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))


def check_texts(room: Room) -> None:
    walls = {(station.key, wall.side): wall for station, wall in walls_of(room)}
    for text in room.texts:
        assert all(span.text for span in text.spans)
        if text.kind != "wall" or not text.station or text.yaw_rad == 0:
            continue
        wall = walls[text.station, -1 if text.yaw_rad > 0 else 1]
        width = sum(text_width(span.text, text.cap_m) for span in text.spans)
        assert width <= wall.width_m - 0.3, text.spans


def check(network: Network, room: Room) -> None:
    check_layers(network, room)
    check_panels(network, room)
    check_walls_apart(room)
    check_paths(room)
    check_order(network, room)
    check_edges_shown(network, room)
    check_texts(room)


@pytest.mark.parametrize(("name", "how"), CASES)
def test_room_of_traced_network(name: str, how: str) -> None:
    check(traced(name), room_of(name, how))


@pytest.mark.parametrize("name", ["resnet18", "googlenet", "densenet121"])
def test_same_network_same_room(name: str) -> None:
    assert layout(traced(name)) == layout(traced(name))


# ---------------------------------------------------------------- random networks


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any order of nodes with any forward edges, several inputs and nested blocks."""
    kinds = [
        "Conv2d",
        "BatchNorm2d",
        "ReLU",
        "add",
        "cat",
        "flatten",
        "matmul",
        "mul",
        "Linear",
        "getitem",
        "MyOp",
    ]
    count = draw(st.integers(0, 24))
    nodes, edges = [], []
    for i in range(count):
        tiles = draw(st.sampled_from([1, 2, 3, 16, 64, 513]))
        height, width = draw(st.sampled_from([(1, 1), (7, 7), (28, 56), (197, 768), (1, 300)]))
        axes = (Axis("channel", tiles, "tile"), Axis("row", height, "row"))
        axes = (*axes, Axis("column", width, "column"))
        shown = draw(st.integers(0, 9)) > 0
        nodes.append(Node(f"n{i}", "", draw(st.sampled_from(kinds)), axes, shown=shown))
        if i:
            sources = draw(st.lists(st.integers(0, i - 1), max_size=7))
            edges += [Edge(f"n{s}", f"n{i}", k) for k, s in enumerate(sources)]
    first = draw(st.sets(st.integers(0, max(0, count - 1)), max_size=3)) if count else set()
    blocks = []
    for k in range(draw(st.integers(0, 3))):
        low = draw(st.integers(0, count))
        high = draw(st.integers(low, count))
        every = draw(st.integers(1, 2))
        inside = tuple(f"n{i}" for i in range(low, high, every))
        blocks.append(Block(f"b{k}", "Block", "", inside))
        blocks.append(Block(f"b{k}.inner", "Inner", f"b{k}", inside[1:]))
    inputs = (Input("x", (), "float32", tuple(f"n{i}" for i in sorted(first))),)
    return Network("random", tuple(nodes), tuple(edges), tuple(blocks), inputs)


@st.composite
def branching_networks(draw: st.DrawFn) -> Network:
    """Chains of ops and of forks into branches, skips and further forks, joined again."""
    nodes: list[Node] = []
    edges: list[Edge] = []

    def add(kind: str, sources: Sequence[str]) -> str:
        tiles = draw(st.sampled_from([1, 8, 48, 700]))
        if kind == "cat":
            by_name = {node.name: node for node in nodes}
            tiles = sum(tile_shape(by_name[source].axes).tiles for source in sources)
        axes = (
            Axis("channel", tiles, "tile"),
            Axis("row", 14, "row"),
            Axis("column", 14, "column"),
        )
        name = f"n{len(nodes)}"
        nodes.append(Node(name, name, kind, axes, nonnegative=draw(st.booleans())))
        edges.extend(Edge(source, name, k) for k, source in enumerate(sources))
        return name

    def chain(start: str, depth: int) -> str:
        for _ in range(draw(st.integers(0 if depth else 1, 3))):
            if depth < 2 and draw(st.booleans()):
                ends = [chain(start, depth + 1) for _ in range(draw(st.integers(2, 5)))]
                ends = draw(st.permutations(list(dict.fromkeys(ends))))
                start = add(draw(st.sampled_from(["add", "cat", "mul", "matmul"])), ends)
            else:
                start = add(draw(st.sampled_from(["Conv2d", "ReLU", "Linear"])), [start])
        return start

    first = add("Conv2d", [])
    last = chain(first, 0)
    inputs = (Input("x", (), "float32", (first,)),)
    return Network("branching", tuple(nodes), tuple(edges), (), inputs, (last,))


@settings(max_examples=100, deadline=None)
@given(networks(), st.sets(st.sampled_from(["b0", "b0.inner", "b1", "b1.inner", "b2"])))
def test_room_of_random_network(network: Network, expanded: set[str]) -> None:
    room = layout(network, expanded)
    check(network, room)
    assert layout(network, expanded) == room


@settings(max_examples=100, deadline=None)
@given(branching_networks())
def test_room_of_random_branches(network: Network) -> None:
    check(network, layout(network))
