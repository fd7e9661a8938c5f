"""The room's layout: nothing overlaps, nothing is missing, everything flows away from the visitor.

Checked on traced networks of many kinds with their blocks open, closed and half open, and on
random directed acyclic graphs.
"""

from __future__ import annotations

import math
import operator
import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import torch
import torchvision
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import layerwalk.introspection as introspection
from layerwalk.layout import initially_expanded, layout
from layerwalk.layout.lettering import shorten, text_width
from layerwalk.network import Axis, Block, Edge, Input, Network, Node, tile_shape
from layerwalk.room import Room, Station, Wall

THICKNESS = 0.07
WALL_TOP = 3.31
Point = tuple[float, float]


class UNet(nn.Module):
    """Three levels, joined across by concatenation."""

    def __init__(self) -> None:
        super().__init__()
        widths = [3, 8, 16, 32]
        self.down = nn.ModuleList(
            nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.Conv2d(b, b, 1))
            for a, b in pairwise(widths)
        )
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 2, 2) for a, b in ((32, 32), (32, 16), (16, 8))
        )
        self.merge = nn.ModuleList(nn.Conv2d(2 * b, b, 3, padding=1) for b in (32, 16, 8))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = []
        for down in self.down:
            kept.append(down(x))
            x = self.pool(kept[-1])
        for up, merge in zip(self.up, self.merge, strict=True):
            x = merge(torch.cat([kept.pop(), up(x)], 1)).relu()
        return x


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.lstm = nn.Embedding(50, 16), nn.LSTM(16, 32, 2, batch_first=True)
        self.decide = nn.Linear(32, 4)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.decide(self.lstm(self.embedding(tokens))[0][:, -1])


def torchvision_model(name: str) -> nn.Module:
    options = {"googlenet": {"init_weights": False, "aux_logits": False}}.get(name, {})
    return torchvision.models.get_model(name, weights=None, **options)


def lite0() -> nn.Module:
    from efficientnet_lite_pytorch import EfficientNet

    return EfficientNet.from_name("efficientnet-lite0")


TORCHVISION = [
    "resnet18",
    "resnet50",
    "densenet121",
    "densenet201",
    "googlenet",
    "mobilenet_v3_small",
    "vit_b_16",
    "swin_t",
]
NETWORKS = [*TORCHVISION, "efficientnet-lite0", "unet", "lstm"]


@cache
def traced(name: str) -> Network:
    torch.set_num_threads(1)
    if name == "lstm":
        return introspection.trace(Reader().eval(), torch.zeros(1, 12, dtype=torch.long))
    if name == "unet":
        return introspection.trace(UNet().eval(), torch.zeros(1, 3, 64, 64))
    model = lite0() if name == "efficientnet-lite0" else torchvision_model(name)
    return introspection.trace(model.eval(), torch.zeros(1, 3, 224, 224), name=name)


def expansions(network: Network) -> dict[str, list[str] | None]:
    names = [block.name for block in network.blocks]
    return {
        "initial": None,
        "all": names,
        "none": [],
        "half": [name for k, name in enumerate(names) if k % 2 == 0 or name.count(".") == 0],
    }


CASES = [(name, how) for name in NETWORKS for how in ("initial", "all", "none", "half")]


@cache
def room_of(name: str, how: str) -> Room:
    network = traced(name)
    return layout(network, expansions(network)[how], class_names=["a"] * 1000)


# ---------------------------------------------------------------- geometry of the checks


def corners(wall: Wall) -> list[Point]:
    """The wall's rectangle in plan: front edge, and THICKNESS behind it."""
    x, _, z = wall.position_m
    along = (math.cos(wall.yaw_rad), -math.sin(wall.yaw_rad))
    front = (math.sin(wall.yaw_rad), math.cos(wall.yaw_rad))
    half = wall.width_m / 2
    a, b = (x - along[0] * half, z - along[1] * half), (x + along[0] * half, z + along[1] * half)
    back = [(p[0] - front[0] * THICKNESS, p[1] - front[1] * THICKNESS) for p in (b, a)]
    return [a, b, *back]


def apart(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two convex polygons (or segments) are disjoint: separating axes."""
    for shape in (one, other):
        for (ax, az), (bx, bz) in zip(shape, [*shape[1:], shape[0]], strict=True):
            normal = (bz - az, ax - bx)
            if normal == (0, 0):
                continue
            mine = [p[0] * normal[0] + p[1] * normal[1] for p in one]
            theirs = [p[0] * normal[0] + p[1] * normal[1] for p in other]
            if max(mine) <= min(theirs) + 1e-9 or max(theirs) <= min(mine) + 1e-9:
                return True
    return False


def walls_of(room: Room) -> Iterator[tuple[Station, Wall]]:
    for station in room.stations:
        for wall in station.walls:
            yield station, wall


def rectangles(room: Room) -> list[tuple[float, float, list[Point]]]:
    """Walls as (nearest z, farthest z, corners), from the visitor on; photograph and shelf too."""
    shapes = [corners(wall) for _, wall in walls_of(room)]
    for picture in (room.photograph, room.shelf):
        side = -1 if picture.position_m[0] < 0 else 1
        stand_in = Wall("", side, picture.position_m, picture.yaw_rad, picture.width_m, 3.25, ())
        shapes.append(corners(stand_in))
    found = [(max(z for _, z in s), min(z for _, z in s), s) for s in shapes]
    return sorted(found, key=lambda shape: -shape[0])


def near(
    shapes: Sequence[tuple[float, float, list[Point]]], z0: float, z1: float
) -> Iterator[list[Point]]:
    low, high = min(z0, z1), max(z0, z1)
    return (shape for far_z, near_z, shape in shapes if near_z <= high and far_z >= low)


def inner_z(wall: Wall) -> float:
    return wall.position_m[2] - abs(math.sin(wall.yaw_rad)) * wall.width_m / 2


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


# ---------------------------------------------------------------- what a visitor sees


def test_lite0_is_the_corridor_of_the_art_direction() -> None:
    room = room_of("efficientnet-lite0", "initial")
    assert len(room.stations) == 60
    assert 180 < -room.end_m < 205
    gates = [(gate.title, gate.subtitle) for gate in room.gates][:5]
    assert gates == [
        ("112 × 112", "stem · block 0"),
        ("56 × 56", "blocks 1–2"),
        ("28 × 28", "blocks 3–4"),
        ("14 × 14", "blocks 5–10"),
        ("7 × 7", "blocks 11–15"),
    ]
    titles = [station.title for station in room.stations if station.block == "_blocks.2"]
    assert titles == ["Expand", "Depthwise 3 × 3", "Project", "Add"]
    first = room.stations[0]
    assert [wall.side for wall in first.walls] == [-1, 1]
    assert first.walls[0].yaw_rad == pytest.approx(math.radians(52))
    assert [panel.first for wall in first.walls for panel in wall.panels] == [0, 16]
    # a tile of 112 x 112 pixels is 0.32 m wide, in its pitch of 1.085
    pitch = first.walls[0].panels[0].pitch_m
    assert pitch == pytest.approx((0.32 * 1.085, 0.32 * 1.085))


def test_skip_goes_overhead_to_a_ring() -> None:
    room = room_of("efficientnet-lite0", "initial")
    add = next(station for station in room.stations if station.role == "add")
    (tube,) = [tube for tube in room.tubes if tube.target == add.key]
    assert tube.kind == "add"
    assert tube.points_m[-1][0] == 0.0
    z = inner_z(add.walls[0])
    assert any(ring.plus and ring.position_m[2] == pytest.approx(z) for ring in room.rings)


def test_inception_has_four_branches_on_two_sides() -> None:
    room = room_of("googlenet", "initial")
    inside = [s for s in room.stations if s.key.startswith("inception3a.")]
    branches = {wall.branch: wall.side for s in inside for wall in s.walls if wall.branch}
    assert branches == {1: -1, 2: -1, 3: 1, 4: 1}
    (join,) = [s for s in room.stations if s.role == "concat" and s.key.startswith("inception3a")]
    counts = [[panel.count for panel in wall.panels] for wall in join.walls]
    assert counts == [[64, 128], [32, 32]]
    assert len([tube for tube in room.tubes if tube.target == join.key]) == 8  # four, doubled


def test_dense_block_is_one_rail() -> None:
    network = traced("densenet121")
    opened = ["features", "features.denseblock2"]
    room = layout(network, opened)
    layers = [s for s in room.stations if s.closed.startswith("features.denseblock2.")]
    assert [s.title for s in layers] == [f"Dense layer {k}" for k in range(1, 13)]
    strands = {tube.source for tube in room.tubes if tube.kind == "rail"}
    assert {s.key for s in layers[:-1]} <= strands
    words = {span.text.strip() for text in room.texts for span in text.spans}
    assert {"reads 256", "adds 32"} <= words


def test_concat_of_unet_joins_two_parts() -> None:
    room = room_of("unet", "all")
    joins = [station for station in room.stations if station.role == "concat"]
    assert [[p.count for w in s.walls for p in w.panels] for s in joins] == [
        [32, 32],
        [16, 16],
        [8, 8],
    ]
    double = [tube for tube in room.tubes if tube.target == joins[0].key]
    assert len(double) == 2
    assert {tube.kind for tube in double} == {"concat"}


def test_closed_block_is_a_book() -> None:
    room = room_of("resnet50", "none")
    book = next(station for station in room.stations if station.closed == "layer3")
    assert (book.role, book.title, book.repeats) == ("closed", "Layer 3", 6)
    assert book.shown == "layer3.5.relu:3"
    pages = [box for box in room.boxes if box.station == book.key and box.size_m[1] > 3]
    assert len(pages) == 2 * 2 * book.repeats  # two walls, a page and its edge
    assert any(text.spans[0].text == "Open" and text.station == book.key for text in room.texts)


def test_opened_block_beside_closed_ones_is_marked() -> None:
    room = layout(traced("resnet50"), ["layer2"])
    assert [field.block for field in room.fields if field.opened] == ["layer2"]
    assert [
        station.closed for station in room.stations if station.closed.startswith("layer2.")
    ] == [f"layer2.{k}" for k in range(4)]


def test_tokens_are_one_readable_panel() -> None:
    room = room_of("vit_b_16", "initial")
    tokens = next(station for station in room.stations if station.shape == "197 × 768")
    (wall,) = tokens.walls
    (panel,) = wall.panels
    width, height = panel.pitch_m
    assert width / height == pytest.approx(768 / 197)
    assert width > 3.5
    assert height <= 2.36
    sides = [s.walls[0].side for s in room.stations if len(s.walls) == 1]
    assert {-1, 1} == set(sides)


def test_tiles_keep_their_pixels_square() -> None:
    axes = (Axis("channel", 16, "tile"), Axis("row", 32, "row"), Axis("column", 64, "column"))
    room = layout(Network("wide", (Node("conv", "conv", "Conv2d", axes),), (), ()))
    for panel in (panel for wall in room.stations[0].walls for panel in wall.panels):
        assert panel.pitch_m[0] / panel.pitch_m[1] == pytest.approx(2)


def test_huge_layers_shrink_to_half_at_most() -> None:
    axes = (Axis("channel", 4096, "tile"), Axis("row", 14, "row"), Axis("column", 14, "column"))
    room = layout(Network("huge", (Node("conv", "conv", "Conv2d", axes),), (), ()))
    edge = 0.32 * (14 / 112) ** 0.45 * 1.085
    for wall in room.stations[0].walls:
        assert wall.panels[0].pitch_m[0] == pytest.approx(edge / 2)
        assert wall.panels[0].rows * wall.panels[0].pitch_m[1] <= 2.36


def test_block_called_twice_is_closed_twice() -> None:
    axes = (Axis("channel", 4, "tile"), Axis("row", 8, "row"), Axis("column", 8, "column"))
    names = ["b.one", "b.two", "between", "b.one:2", "b.two:2"]
    nodes = tuple(Node(name, name, "Conv2d", axes) for name in names)
    edges = tuple(Edge(a, b) for a, b in pairwise(names))
    block = Block("b", "Twice", "", ("b.one", "b.two", "b.one:2", "b.two:2"))
    room = layout(Network("twice", nodes, edges, (block,)), [])
    assert [station.closed for station in room.stations] == ["b", "", "b"]


@pytest.mark.parametrize("name", NETWORKS)
def test_initially_a_walkable_number_of_stations(name: str) -> None:
    network = traced(name)
    room = room_of(name, "initial")
    assert initially_expanded(network) <= {block.name for block in network.blocks}
    assert len(room.stations) <= 150
    assert len(room.stations) >= (3 if name == "lstm" else 6)


def test_dense_connectivity_lays_out_at_once() -> None:
    """Coarse bounds: quadratic work would take many times longer on any machine."""
    network = traced("densenet201")
    blocks = [block.name for block in network.blocks]
    start = time.process_time()
    layout(network)
    middle = time.process_time()
    layout(network, blocks)
    assert middle - start < 1.0
    assert time.process_time() - middle < 4.0


def test_names_shorten_in_the_middle() -> None:
    name = "encoder.layers.encoder_layer_11.self_attention.out_proj"
    short = shorten(name, 0.075, 1.5)
    assert text_width(short, 0.075) <= 1.5
    assert short.startswith("enc")
    assert short.endswith("proj")
    assert "…" in short
    assert shorten("fc", 0.075, 1.5) == "fc"


def test_photograph_shelf_and_board() -> None:
    room = layout(traced("resnet18"), image_size=(224, 224))
    assert room.photograph.position_m[0] < 0 < room.shelf.position_m[0]
    assert room.start.position_m == (0.0, 0.0, 0.75)
    last = min(inner_z(wall) for _, wall in walls_of(room))
    assert room.board.position_m[2] == pytest.approx(last - 5.0)
    words = [" ".join(span.text.strip() for span in text.spans) for text in room.texts]
    assert "Photograph 3 × 224 × 224" in words
    words = [
        " ".join(span.text.strip() for span in text.spans)
        for text in layout(traced("resnet18")).texts
    ]
    assert "Input 1 × 3 × 224 × 224" in words


def test_empty_network_has_a_room() -> None:
    room = layout(Network("empty", (), (), ()))
    assert room.stations == ()
    assert room.end_m < room.start.position_m[2]


class Gate(nn.Module):
    """Multiplies its input by a number, or by what it makes of it, and so on."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how
        self.first, self.second = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.third = nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, x: torch.Tensor) -> Any:
        x = self.first(x)
        y = self.second(x)
        if self.how == "constant":
            return self.third(y), x * 2
        z = self.third(y)
        return getattr(operator, self.how)(x, z)


TEAL = "#5fd6c4"


@pytest.mark.parametrize("how", ["mul", "sub", "add"])
@pytest.mark.parametrize("branched", [False, True])
def test_only_additions_are_drawn_as_added_back(how: str, branched: bool) -> None:
    class Branched(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.gate = Gate(how)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = self.gate.first(x)
            y, z = self.gate.second(x), self.gate.third(x)
            return getattr(operator, how)(y, z)

    model = Branched() if branched else Gate(how)
    room = layout(introspection.trace(model, torch.zeros(1, 3, 8, 8)))
    assert len({(ring.position_m, ring.plus, ring.colour) for ring in room.rings}) == 1
    ring = room.rings[0]
    joined = [tube for tube in room.tubes if tube.target.endswith(how)]
    assert joined
    colours = {ring.colour, *(tube.colour for tube in room.tubes)}
    assert ring.plus == (how == "add")
    assert {tube.kind for tube in joined} == {"add" if how == "add" else "concat"}
    assert (TEAL in colours) == (how == "add")
    assert (TEAL in {mark.colour for mark in room.marks}) == (how == "add")


def test_a_multiple_of_one_tensor_is_no_join() -> None:
    """It reads `first` beside the way along the floor, and nothing is added to it."""
    room = layout(introspection.trace(Gate("constant"), torch.zeros(1, 3, 8, 8)))
    multiple = next(station for station in room.stations if station.key == "mul")
    arriving = [tube for tube in room.tubes if tube.target == multiple.key]
    assert {tube.kind for tube in arriving} == {"concat"}
    assert all(tube.colour != TEAL for tube in arriving)
    z = inner_z(multiple.walls[0])
    assert not any(ring.position_m[2] == pytest.approx(z) for ring in room.rings)


def test_margins_belong_to_the_convolution_that_reads_them() -> None:
    room = room_of("efficientnet-lite0", "initial")
    first, second = room.stations[:2]
    assert first.layers == ("_conv_stem.static_padding", "_conv_stem/conv2d", "_bn0", "_swish")
    assert second.layers[:2] == (
        "_blocks.0._depthwise_conv.static_padding",
        "_blocks.0._depthwise_conv/conv2d",
    )
    assert second.shown == "_blocks.0._swish"
    assert second.title == "Depthwise 3 × 3"


def test_margins_that_others_read_too_stay_behind_what_they_are_put_around() -> None:
    class Padded(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.one, self.two = nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3)
            self.pad = nn.ReflectionPad2d(1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            wide = self.pad(self.one(x))
            return self.two(wide).mean() + wide.mean()

    room = layout(introspection.trace(Padded(), torch.zeros(1, 3, 8, 8)))
    assert room.stations[0].layers == ("one", "pad")
