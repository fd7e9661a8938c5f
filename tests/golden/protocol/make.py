"""Writes the golden messages: one of every type, as bytes and as what they mean.

`NAME.bin` is the message in WebSocket framing; `NAME.json` has its header and, under "payloads",
the values of every buffer in C order. Every language of the project decodes the same files:

    python tests/golden/protocol/make.py

When the minor version changes, keep the old files in a folder of that version: they must stay
readable for ever.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgpack
import numpy as np

from layerwalk.network import Axis, Block, Edge, Input, Network, Node
from layerwalk.page import page_level
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.room import (
    Box,
    Disc,
    Field,
    FloorLine,
    Gate,
    Mark,
    Panel,
    Picture3D,
    Ring,
    Room,
    Span,
    Stand,
    Station,
    Text,
    Tube,
    Wall,
)

FOLDER = Path(__file__).parent

AXES = (
    Axis("batch", 1),
    Axis("channel", 3, "tile"),
    Axis("height", 2, "row"),
    Axis("width", 5, "column"),
)
TRANSFORM = {"position_m": [1.0, 0.0, -2.5], "rotation": [0.0, 0.0, 0.0, 1.0], "scale": 1.5}
LIVE = {
    "source": "street",
    "playing": False,
    "rate_hz": 12.5,
    "loop": True,
    "position": 57,
    "error": "",
}
MADE = {
    "name": "conv, channel 2, of coffee.png",
    "width": 5,
    "height": 2,
    "kind": "feature_map",
    "recipe": {"run": 3, "layer": "conv", "tile": 2, "picture": "coffee"},
}
DOCUMENT: dict[str, Any] = {
    "networks": {"main": {"title": "ResNet-18", "source": "torchvision:resnet18", "weights": ""}},
    "inputs": {"main": {"input": {"name": "coffee.png", "picture": "coffee", "run": 3}}},
    "layout": {"main": "linear"},
    "expanded": {"main": {"layer1": True}},
    "stations": {"main": {"layer1.0.conv1": TRANSFORM}},
    "bookmarks": {"Kaffee ☕": "layer1.0.conv1"},
    "live": {"main": {"input": LIVE}},
    "things": {"main": {"coffee": TRANSFORM}},
    "pictures": {"conv-2": MADE},
}


def network() -> Network:
    """Two layers and an addition."""
    nodes = (
        Node("conv", "conv", "Conv2d", AXES, parameters=84, details={"kernel": "3 × 3"}),
        Node("relu", "relu", "ReLU", AXES, nonnegative=True),
        Node("add", "", "add", AXES),
        Node("size", "", "size", dtype="int64", shown=False),
    )
    edges = (Edge("conv", "relu"), Edge("relu", "add"), Edge("conv", "add", 1))
    return Network(
        name="main",
        nodes=nodes,
        edges=edges,
        blocks=(Block("stem", "Sequential", "", ("conv", "relu"), 84),),
        inputs=(Input("input", AXES, "float32", ("conv",)),),
        outputs=("add",),
        revision=2,
        parameters=84,
    )


def room() -> Room:
    """One of everything that a room can have."""
    panel = Panel(0, 3, 1, 3, (0.0, 1.25), (0.5, 0.25))
    wall = Wall("conv", -1, (-2.5, 0.0, -4.0), 1.5, 1.5, 2.5, (panel,), branch=1)
    station = Station(
        key="conv",
        layers=("conv", "relu"),
        shown="relu",
        title="conv",
        shape="3 × 2 × 5",
        block="stem",
        origin_m=(0.0, 0.0, -4.0),
        walls=(wall,),
        role="add",
        repeats=2,
        ops=5,
    )
    spans = (Span("conv", "#ffffff", 600), Span(" Conv2d", "#8090a0"))
    picture = Picture3D((0.0, 0.0, 2.0), 0.25, 2.0, 1.5)
    return Room(
        network="main",
        revision=2,
        expanded=("stem",),
        stations=(station,),
        texts=(Text(spans, (0.0, 1.5, -4.0), 0.125, flat=True, align="centre", station="conv"),),
        boxes=(Box((0.0, 0.5, -4.0), (1.0, 0.5, 0.25), "#102030", station="conv"),),
        tubes=(Tube("add", ((0.0, 3.0, -4.0), (0.0, 3.5, -6.0)), 0.0625, "#ff8000", "conv"),),
        floor_lines=(FloorLine(((0.0, 0.0), (0.0, -8.0)), "#00ffff"),),
        rings=(Ring((0.0, 2.0, -6.0), 0.5, "#ff8000"),),
        discs=(Disc((1.0, 0.0, -3.0), 0.25, "#00ff80", "1"),),
        fields=(Field("stem", "stem", -3.0, -7.0, 6.0, opened=True),),
        gates=(Gate(-2.0, "2 × 5", "3 channels", 3.0, 4.0),),
        marks=(Mark("bar", -3.5, -4.5, size=3), Mark("room", -2.0, -2.0, text="2 × 5")),
        photograph=picture,
        shelf=picture,
        board=picture,
        start=Stand((0.0, 0.0, 3.0), 0.5),
        end_m=-9.0,
    )


def golden() -> dict[str, list[frames.BytesLike]]:
    """The parts of one message of every type, by the message's tag."""
    image = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    of_run: dict[str, Any] = {"network": "main", "input": "input", "run": 3}
    messages: list[tuple[m.Message, list[np.ndarray]]] = [
        (m.Hello(major=1, minor=0, schema="0" * 12, client="golden", token="secret"), []),
        (m.Request(layers=("layer1.*", "fc"), levels=(0, 2), request=1), []),
        (m.Credit(bytes=1 << 33, run=3), []),
        (m.PlaceImage(request=2, name="tiny.png"), [image]),
        (m.MakeNoise(request=9, kind="pink", seed=3, amplitude=0.5, width=64), []),
        (m.MakeFeatureMap(request=10, layer="conv", tile=2, run=3), []),
        (m.MakeBlend(request=11, first="coffee", second="conv-2", alpha=0.25), []),
        (m.KeepImage(request=12, name="tiny.png"), [image]),
        (
            m.Change(request=3, base=7, path=("stations", "main", "conv"), value=TRANSFORM),
            [],
        ),
        (m.Expand(request=8, blocks=("layer1", "layer1.0"), expanded=False), []),
        (m.Grab(request=4, path=("stations", "main", "conv"), seconds=2.5), []),
        (m.GetSnapshot(request=5), []),
        (m.GetWeights(request=8, layer="conv", bins=4), []),
        (m.GetPicture(request=6, picture="coffee", edge=64), []),
        (m.GetGlyphs(request=7), []),
        (_asked(), []),
        (_welcome(), []),
        (m.Reply(request=2, run=3), []),
        (m.Error(request=None, code="InvalidMessage", message="header cannot be read"), []),
        (m.Snapshot(request=5, event=12, revision=8, document=DOCUMENT), []),
        (m.PictureData(request=6, picture="coffee"), [image]),
        (
            m.Weights(
                request=8,
                layer="conv",
                parameters=(m.Weight("weight", (3, 3, 3, 3), -0.5, 0.75, 80, 1),),
            ),
            [np.array([1, 30, 40, 9], np.int32)],
        ),
        _glyphs(),
        (_published(), []),
        (m.RoomPublished(room=room()), []),
        (m.Progress(network="main", stage="tracing ResNet-18"), []),
        (
            m.InputPlaced(**of_run, name="street.mp4", live="street", position=57, age_s=0.25),
            [image],
        ),
        _pages(of_run),
        _similar(of_run),
        (
            m.SimilarityDone(request=8, slot=3, maps=1, left_out={"fc": "it has no places"}),
            [],
        ),
        (
            m.Prediction(
                **of_run,
                scores=(m.Score(967, "espresso", 0.75),),
                note="The scores are not numbers",
            ),
            [],
        ),
        (m.Complete(**of_run, layers=2, seconds=0.125), []),
        (m.Superseded(**of_run, by=4), []),
        (m.Failed(**of_run, message="mat1 and mat2 cannot be multiplied"), []),
        (
            m.DocumentChanged(
                number=13, revision=8, path=("expanded", "main", "stem"), value=True, viewer="1"
            ),
            [],
        ),
        (m.RunStarted(number=14, **of_run, name="tiny.png"), []),
        (m.RunFinished(number=15, **of_run, seconds=0.125), []),
        (m.ViewersChanged(number=16, viewers=2), []),
    ]
    parts = [frames.encode(message, payloads) for message, payloads in messages]
    return {frames.message_type(part[0]): part for part in parts}


def _welcome() -> m.Welcome:
    return m.Welcome(
        major=1,
        minor=0,
        schema="0" * 12,
        session="b1f4",
        viewer="1",
        events="tcp://127.0.0.1:5556",
        event=12,
        revision=7,
        document=DOCUMENT,
        shelf=(m.Picture("coffee", "coffee.png", 600, 400),),
        limits=m.Limits(),
        live=(m.LiveSource("street", "street.mp4", "video", 300, 25.0),),
    )


def _glyphs() -> tuple[m.Glyphs, list[np.ndarray]]:
    letters = (
        m.Glyph("A", 500, 0, 0, 3, 2, -0.125, 0.75, 0.625),
        m.Glyph("×", 600, 3, 0, 1, 2, -0.0625, 0.5, 0.5),
        m.Glyph(" ", 500, 0, 0, 0, 0, 0.0, 0.0, 0.25),
    )
    message = m.Glyphs(
        request=7,
        em_px=4.0,
        spread_px=0.5,
        cap_em=0.6875,
        ascent_em=1.0,
        descent_em=0.3125,
        letters=letters,
    )
    atlas = np.array([[0, 255, 128, 64], [32, 127, 200, 1]], np.uint8)
    return message, [atlas, np.array([[0, 1, -81], [1, 0, 20]], np.int32)]


def _published() -> m.NetworkPublished:
    return m.NetworkPublished(
        name="main",
        title="ResNet-18",
        network=network(),
        weights="random",
        preprocess="224 × 224, ImageNet mean and deviation",
        warning="random weights",
        class_names=("tench", "goldfish", "great white shark"),
    )


def _pages(of_run: dict[str, Any]) -> tuple[m.Pages, list[np.ndarray]]:
    levels = (page_level(3, 2, 5, 0), page_level(3, 2, 5, 1))
    ranges = np.array([[-1.0, 0.5], [0.0, 0.25], [-0.125, 0.0]], np.float32)
    full = (np.arange(30, dtype=np.uint8).reshape(2, 15) + 226) % 255
    full[1, 14] = 255
    half = np.arange(9, dtype=np.uint8).reshape(1, 9)
    message = m.Pages(
        **of_run,
        revision=2,
        layer="conv",
        axes=AXES,
        tiles=3,
        levels=levels,
        selected={"batch": 0},
    )
    return message, [ranges, full, half]


def _asked() -> m.GetSimilarity:
    return m.GetSimilarity(
        request=8,
        layers=("conv", "layer1.*"),
        points=((0.25, 0.5), (0.75, 1.0), (0.5, 0.0)),
        region="lasso",
        metric="cosine",
        run=3,
        keep=2,
        slot=3,
    )


def _similar(of_run: dict[str, Any]) -> tuple[m.Message, list[np.ndarray]]:
    message = m.Similarity(
        **of_run, request=8, slot=3, layer="conv", x=-1, y=-1, places=4, low=-0.25, high=0.75
    )
    return message, [np.linspace(-0.25, 1, 10, dtype=np.float32).reshape(2, 5)]


def meaning(parts: list[frames.BytesLike]) -> str:
    """What a message means, as text of JSON; read by msgpack, which knows no type of ours."""
    header = msgpack.unpackb(parts[0])
    payloads = [
        np.frombuffer(part, buffer["dtype"]).tolist()
        for buffer, part in zip(header["buffers"], parts[1:], strict=True)
    ]
    return json.dumps({"header": header, "payloads": payloads}, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the files."""
    for tag, parts in golden().items():
        (FOLDER / f"{tag}.bin").write_bytes(frames.join(parts))
        (FOLDER / f"{tag}.json").write_text(meaning(parts), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
