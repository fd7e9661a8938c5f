"""The room's layout: what a visitor sees of it, and reads."""

from __future__ import annotations

import math
import operator
import time
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import nn

import layerwalk.introspection as introspection
from layerwalk.layout import initially_expanded, layout
from layerwalk.layout.lettering import shorten, text_width
from layerwalk.layout.words import block_name, lowered, sentence
from layerwalk.network import Axis, Block, Edge, Network, Node
from layerwalk.room import Room, Station, Text

from .rooms import (
    NETWORKS,
    inner_z,
    room_of,
    traced,
    walls_of,
)

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
    (sign,) = [text for text in room.texts if text.spans[0].text == "Open" and near(text, book)]
    plate = [box for box in room.boxes if math.dist(box.position_m, sign.position_m) < 0.4]
    assert len(plate) == 5  # the plate and its rim
    assert {one.station for one in (sign, *plate)} == {"layer3"}  # they move along with it


def near(text: Text, station: Station) -> bool:
    return math.dist(text.position_m, station.origin_m) < 2.5


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
    assert [station.key for station in room.stations] == ["b", "between", "b:2"]


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


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("roi_heads", "RoIHeads", "RoI heads"),
        ("heads.3", "RoIHeads", "Head 3"),
        ("model.0", "ConvBNReLU", "Conv BN ReLU 0"),
        ("model.1", "MLPBlock", "MLP block 1"),
        ("features.denseblock2", "_DenseBlock", "Dense block 2"),
        ("layer2.0", "BasicBlock", "Layer 2, block 0"),
    ],
)
def test_blocks_are_called_in_words(path: str, kind: str, name: str) -> None:
    assert block_name(Block(path, kind, "", ())) == name


def test_abbreviations_stay_what_they_are_within_a_sentence() -> None:
    assert [sentence(kind) for kind in ("RoIAlign", "LeakyReLU", "PReLU", "MyFancyOp2d")] == [
        *("RoI align", "Leaky ReLU", "PReLU", "My fancy op"),
    ]
    assert [lowered(name) for name in ("RoI heads", "MLP block 1", "Layer 2")] == [
        *("RoI heads", "MLP block 1", "layer 2"),
    ]


def test_names_shorten_in_the_middle() -> None:
    name = "encoder.layers.encoder_layer_11.self_attention.out_proj"
    short = shorten(name, 0.075, 1.5)
    assert text_width(short, 0.075) <= 1.5
    assert short.startswith("enc")
    assert short.endswith("proj")
    assert "…" in short
    assert shorten("fc", 0.075, 1.5) == "fc"


def test_photograph_shelf_and_board() -> None:
    room = layout(traced("resnet18"), photograph=True)
    assert room.photograph.position_m[0] < 0 < room.shelf.position_m[0]
    assert room.start.position_m == (0.0, 0.0, 0.75)
    last = min(inner_z(wall) for _, wall in walls_of(room))
    assert room.board.position_m[2] == pytest.approx(last - 5.0)
    assert "Photograph 3 × 224 × 224" in words_of(room)
    assert "Input 1 × 3 × 224 × 224" in words_of(layout(traced("resnet18")))


@pytest.mark.parametrize(
    ("first", "shape", "words"),
    [
        (nn.Conv2d(1, 4, 3), (1, 1, 28, 28), "1 × 28 × 28"),
        (nn.Conv2d(4, 4, 3), (2, 4, 32, 48), "4 × 32 × 48"),
        (nn.Conv3d(3, 4, 3), (1, 3, 16, 32, 32), "3 × 16 × 32 × 32"),
        (nn.Linear(784, 4), (1, 784), "784"),
    ],
)
def test_the_first_wall_says_what_the_network_takes(
    first: nn.Module, shape: tuple[int, ...], words: str
) -> None:
    network = introspection.trace(nn.Sequential(first, nn.ReLU()), torch.zeros(shape))
    assert f"Photograph {words}" in words_of(layout(network, photograph=True))


def words_of(room: Room) -> list[str]:
    return [" ".join(span.text.strip() for span in text.spans) for text in room.texts]


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


@pytest.mark.parametrize("tiles", [2, 3, 4])
def test_the_colours_of_an_image_hang_side_by_side(tiles: int) -> None:
    """Three maps in one row of one wall; two and four are halved as all others."""
    model = nn.Sequential(nn.Conv2d(3, 16, 3), nn.Conv2d(16, tiles, 3))
    station = layout(introspection.trace(model, torch.zeros(1, 3, 96, 96))).stations[-1]
    panels = [panel for wall in station.walls for panel in wall.panels]
    grids = [(panel.first, panel.count, panel.rows) for panel in panels]
    if tiles == 3:
        assert grids == [(0, 3, 1)]
    else:
        assert [count for _, count, _ in grids] == [tiles // 2, tiles // 2]
