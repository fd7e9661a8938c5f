"""The bridge: what viewers get and in which order, what becomes of runs, and what is left."""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import (
    ConnectionFailed,
    InvalidImage,
    LayerwalkError,
    RunFailed,
    RunSuperseded,
    SourceError,
    TooLarge,
    Unsafe,
)
from layerwalk.images import Shelf
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session import Bridge, open_bridge
from layerwalk.session.inputs import loaded_network

from .viewers import Viewer, connect, first_run

IMAGE = torch.linspace(-1, 1, 3 * 16 * 16).reshape(1, 3, 16, 16)
PICTURE = np.random.default_rng(0).integers(0, 256, (20, 24, 3), np.uint8)
OTHER = np.zeros((20, 24, 3), np.uint8)


def tiny() -> nn.Module:
    """A network of four layers, in two blocks."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()),
        nn.Sequential(nn.Flatten(), nn.Linear(4 * 14 * 14, 3)),
    )


class Gated(nn.Module):
    """Waits in the middle of its pass while the gate is closed, and counts its passes."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.second = nn.ReLU()
        self.gate, self.inside = threading.Event(), threading.Event()
        self.gate.set()
        self.passes = 0

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        self.passes += 1
        maps = self.first(image)
        self.inside.set()
        assert self.gate.wait(20)
        return self.second(maps)


class Moody(nn.Module):
    """Raises, or takes another way through itself, as the picture wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.dark, self.bright = nn.Conv2d(3, 2, 1), nn.Conv2d(3, 5, 1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        mean = float(image.mean())
        if mean > 2:
            raise ValueError("too bright by far")
        return self.bright(image) if mean > 0 else self.dark(image)


@pytest.fixture
def viewer() -> Iterator[Callable[..., Viewer]]:
    """Makes viewers, which are closed afterwards."""
    viewers: list[Viewer] = []

    def make(bridge: Bridge, hello: m.Hello | None = None) -> Viewer:
        viewers.append(Viewer(bridge, hello))
        return viewers[-1]

    yield make
    for one in viewers:
        one.close()


# ---------------------------------------------------------------- what viewers get


def test_order_of_messages(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        one = viewer(bridge)
        kinds = [type(message) for message in one.until(m.RoomPublished)]
        assert kinds == [m.Welcome, m.NetworkPublished, m.RoomPublished]
        assert one.nothing_comes()  # a viewer gets no pages before it asked for some
        one.send(m.Request(request=1))
        one.send(m.Credit(bytes=1 << 30))
        got = one.until(m.Complete)
        assert [type(message) for message in got] == [
            m.Reply, m.InputPlaced, *[m.Pages] * 4, m.Prediction, m.Complete,
        ]  # fmt: skip
        assert [page.layer for page in got[2:6]] == ["0.0", "0.1", "1.0", "1.1"]
        assert got[0].layers == ("0.0", "0.1", "1.0", "1.1")
        assert got[-1].layers == 4
        assert len(got[-2].scores) == 3


def test_without_credit_nothing_but_the_newest_waits(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge) as client:
        slow = viewer(bridge)
        slow.send(m.Request(request=1))
        slow.until(m.InputPlaced)
        for picture in (PICTURE, OTHER, PICTURE):
            run = client.place_image(picture)
            client.wait_complete(run)  # the slow viewer holds up nobody
        got = slow.until(m.InputPlaced, run=run)
        assert not any(isinstance(message, m.Pages) for message in got)
        superseded = [message.run for message in got if isinstance(message, m.Superseded)]
        assert superseded == [run - 3, run - 2, run - 1]
        slow.send(m.Credit(bytes=1))  # credit above zero lets one message through
        assert slow.receive()[0].layer == "0.0"
        assert slow.nothing_comes()
        slow.send(m.Credit(bytes=1 << 20))
        pages = [message for message in slow.until(m.Complete) if isinstance(message, m.Pages)]
        assert {page.run for page in pages} == {run}
        assert [page.layer for page in pages] == ["0.1", "1.0", "1.1"]


def test_another_request_sends_what_is_missing_only(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        one = viewer(bridge)
        one.send(m.Credit(bytes=1 << 30))
        one.send(m.Request(request=1, layers=("0.*",)))
        one.until(m.Complete)
        one.send(m.Request(request=2, layers=("*",), levels=(0, 2, 30)))
        pages = [message for message in one.until(m.Complete) if isinstance(message, m.Pages)]
        levels = {page.layer: [level.level for level in page.levels] for page in pages}
        assert levels == {"0.0": [2], "0.1": [2], "1.0": [0], "1.1": [0]}
        one.send(m.Request(request=3, layers=()))
        assert [type(message) for message in one.until(m.Complete)] == [m.Reply, m.Complete]


def test_a_layer_of_which_no_requested_level_exists_comes_at_its_coarsest() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge, layers=()) as client:
        run = first_run(client)
        client.request("*", levels=(9,))
        client.wait_complete(run)
        assert client.activation("0.0", run=run).shape == (4, 1, 1)
        assert client.activation("1.1", run=run).shape == (3,)


def test_another_major_version_is_refused(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        old = viewer(bridge, m.Hello(major=m.MAJOR + 1, minor=0))
        error, _ = old.receive()
        assert error.code == "VersionMismatch"
        with connect(bridge) as client:
            first_run(client)


def test_broken_messages_are_answered_and_the_bridge_serves_on(
    viewer: Callable[..., Viewer],
) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        one = viewer(bridge)
        one.until(m.RoomPublished)
        refused: list[tuple[m.Message, str]] = [
            (m.Request(request=1, layers=("0.00",)), "UnknownLayer"),
            (m.Request(request=2, network="mian"), "UnknownPicture"),
            (m.Request(request=3, layers=("*a" * 300,)), "InvalidMessage"),
            (m.PlaceImage(request=4), "InvalidImage"),
            (m.PlaceImage(request=5, picture="none"), "UnknownPicture"),
            (m.PlaceImage(request=6, picture="none", input="output"), "UnknownPicture"),
            (m.GetPicture(request=7, picture="none"), "UnknownPicture"),
            (m.Change(request=8, base=0, path=("networks", "main"), value=1), "InvalidChange"),
            (m.Grab(request=9, path=("stations", "main", "0.00")), "UnknownLayer"),
        ]
        for message, code in refused:
            one.send(message)
            error, _ = one.receive()
            assert isinstance(error, m.Error), message
            assert (error.request, error.code) == (message.request, code)  # type: ignore[attr-defined]
        one.send(m.PlaceImage(request=10), np.zeros((4, 4, 3), np.float32))
        error, _ = one.receive()
        assert (error.code, "uint8" in error.message) == ("InvalidImage", True)
        one.send(m.PlaceImage(request=11), PICTURE)
        assert one.receive()[0].run is not None


def test_a_picture_of_the_shelf_is_sent_small(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE, images={"one": PICTURE, "two": OTHER}) as bridge:
        one = viewer(bridge)
        shelf = one.until(m.RoomPublished)[0].shelf
        assert [(p.name, p.width, p.height) for p in shelf] == [("one", 24, 20), ("two", 24, 20)]
        one.send(m.GetPicture(request=1, picture=shelf[0].id, edge=16))
        message, (pixels,) = one.receive()
        assert message.picture == shelf[0].id
        assert pixels.shape == (13, 16, 3)
        one.send(m.GetPicture(request=2, picture=shelf[0].id, edge=4096))
        _, (pixels,) = one.receive()
        assert (pixels == PICTURE).all()


# ---------------------------------------------------------------- runs


def test_a_queued_image_is_superseded_by_a_newer_one() -> None:
    model = Gated()
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
        model.gate.clear()
        model.inside.clear()
        client.place_image(PICTURE)
        assert model.inside.wait(10)
        passes = model.passes
        queued = client.place_image(OTHER)
        newest = client.place_image(PICTURE)
        with pytest.raises(RunSuperseded, match=f"run {newest}"):
            client.wait_complete(queued)
        model.gate.set()
        client.wait_complete(newest)
        assert model.passes == passes + 1
        assert client.run() == newest
        with pytest.raises(RunSuperseded):
            client.wait_complete(queued)


def test_pages_come_while_the_pass_is_still_running(viewer: Callable[..., Viewer]) -> None:
    model = Gated()
    with layerwalk.serve(model, IMAGE) as bridge:
        one = viewer(bridge)
        one.send(m.Credit(bytes=1 << 30))
        one.send(m.Request(request=1))
        one.until(m.Complete)
        model.gate.clear()
        one.send(m.PlaceImage(request=2), PICTURE)
        assert one.until(m.Pages)[-1].layer == "first"
        assert one.nothing_comes()
        model.gate.set()
        assert one.receive()[0].layer == "second"


def test_a_forward_pass_that_raises_fails_its_run_only() -> None:
    model = Moody()
    white = np.full((8, 8, 3), 255, np.uint8)
    with layerwalk.serve(model, torch.zeros(1, 3, 8, 8)) as bridge, connect(bridge) as client:
        first_run(client)
        events = client.events()
        run = client.place_image(white)
        with pytest.raises(RunFailed, match="ValueError: too bright by far"):
            client.wait_complete(run)
        with pytest.raises(RunFailed):
            client.activation("dark", run=run)
        finished = next(event for event in events if isinstance(event, m.RunFinished))
        assert (finished.run, finished.error) == (run, "ValueError: too bright by far")
        black = client.place_image(np.zeros_like(white))
        client.wait_complete(black)
        assert client.activation("dark", run=black).shape == (2, 8, 8)


def test_another_way_through_the_model_is_a_new_revision_of_the_network() -> None:
    model = Moody()
    grey = np.full((8, 8, 3), 140, np.uint8)
    with layerwalk.serve(model, torch.zeros(1, 3, 8, 8)) as bridge, connect(bridge) as client:
        first_run(client)
        assert client.layers() == ("mean", "dark")
        run = client.place_image(grey)
        client.wait_complete(run)
        assert client.network().revision == 2
        assert client.layers() == ("mean", "bright")
        assert "bright" in [station.shown for station in client.room().stations]
        assert client.activation("bright", run=run).shape == (5, 8, 8)
        again = client.place_image(grey)
        client.wait_complete(again)
        assert client.network().revision == 2


def test_a_pictures_other_size_streams_with_its_own_axes() -> None:
    def as_it_is(image: Any) -> torch.Tensor:
        return torch.from_numpy(np.array(image)).permute(2, 0, 1) / 255

    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
    with (
        layerwalk.serve(model, IMAGE, preprocess=as_it_is) as bridge,
        connect(bridge) as client,
    ):
        first_run(client)
        assert client.activation("0").shape == (4, 14, 14)
        run = client.place_image(PICTURE)
        client.wait_complete(run)
        assert client.activation("0", run=run).shape == (4, 18, 22)
        assert client.activation("1", run=run).shape == (4, 18, 22)


# ---------------------------------------------------------------- images


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has no pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"")


def test_what_is_no_image_or_too_large_is_refused() -> None:
    limits = m.Limits(image_bytes=2000, image_pixels=1000)
    with layerwalk.serve(tiny(), IMAGE, limits=limits) as bridge, connect(bridge) as client:
        run = first_run(client)
        with pytest.raises(InvalidImage, match="no image"):
            client.place_image(b"certainly not an image")
        with pytest.raises(InvalidImage):
            client.place_image(png_of_size(10, 10))  # decoding this fails, so
        with pytest.raises(TooLarge, match="pixels"):
            client.place_image(png_of_size(60_000, 60_000))  # nobody tried to decode this
        with pytest.raises(TooLarge, match="bytes"):
            client.place_image(b"x" * 2001)
        with pytest.raises(TooLarge, match="pixels"):
            client.place_image(np.zeros((40, 40, 3), np.uint8))
        client.wait_complete(client.place_image(PICTURE))
        assert client.run() is not None
        assert client.run() > run


def test_a_preprocessing_that_raises_is_the_clients_error() -> None:
    calls: list[int] = []

    def touchy(image: Any) -> torch.Tensor:
        calls.append(1)
        if np.asarray(image).mean() < 1:
            raise ZeroDivisionError("black")
        return IMAGE[0]

    with layerwalk.serve(tiny(), IMAGE, preprocess=touchy) as bridge, connect(bridge) as client:
        with pytest.raises(InvalidImage, match="black"):
            client.place_image(OTHER)
        client.wait_complete(client.place_image(PICTURE))


def test_the_shelfs_first_picture_is_placed_at_the_start(tmp_path: Path) -> None:
    from PIL import Image

    Image.fromarray(PICTURE).save(tmp_path / "second.png")
    Image.fromarray(OTHER).save(tmp_path / "first.png")
    with layerwalk.serve(tiny(), IMAGE, images=tmp_path) as bridge, connect(bridge) as client:
        first_run(client)
        placed = client.state()["inputs"]["main"]["input"]
        assert (placed["name"], placed["picture"]) == ("first.png", "first")
        assert client.input_view().shape == (16, 16, 3)
        assert client.input_view().max() == 0


def test_an_example_with_one_or_three_channels_is_shown_as_a_picture() -> None:
    model = nn.Conv2d(1, 2, 3)
    with layerwalk.serve(model, torch.eye(8)[None, None]) as bridge, connect(bridge) as client:
        first_run(client)
        assert (client.input_view() == 255 * np.eye(8)[..., None]).all()


class Two(nn.Module):
    def forward(self, left: torch.Tensor, right: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"sum": (left + right).sigmoid(), "product": left * right}


@pytest.mark.parametrize(
    ("model", "example", "layer"),
    [
        (nn.Linear(7, 4), torch.ones(1, 7), None),
        (nn.Linear(4, 2), torch.ones(1, 4), None),
        (nn.Embedding(9, 4), torch.arange(5)[None], None),
        (Two(), (torch.ones(1, 6), torch.zeros(1, 6)), "mul"),
        (Two(), {"right": torch.ones(1, 6), "left": torch.zeros(1, 6)}, "mul"),
    ],
)
def test_networks_that_take_no_pictures_run_on_their_example(
    model: nn.Module, example: Any, layer: str | None
) -> None:
    with layerwalk.serve(model, example) as bridge, connect(bridge) as client:
        run = first_run(client)
        assert client.activation(layer or client.layers()[0], run=run).size > 0
        with pytest.raises(InvalidImage, match=r"which is no picture.*preprocess="):
            client.place_image(PICTURE)


def test_several_inputs_take_a_picture_for_the_first_if_told_how() -> None:
    def flat(image: Any) -> torch.Tensor:
        return torch.full((1, 1, 6), float(np.asarray(image).mean()))

    example = (torch.ones(1, 1, 1, 6), torch.full((1, 1, 1, 6), 2.0))
    with layerwalk.serve(Two(), example, preprocess=flat) as bridge, connect(bridge) as client:
        run = client.place_image(np.full((4, 4, 3), 3, np.uint8))
        client.wait_complete(run)
        np.testing.assert_allclose(client.activation("mul", run=run), 6.0)


# ---------------------------------------------------------------- predictions


def test_predictions_have_names_and_confidences() -> None:
    class Scores(nn.Module):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return image.flatten(1)[:, :12]

    example = torch.arange(27.0).reshape(1, 3, 3, 3)
    expected = torch.arange(12.0).softmax(0).flip(0)[:10].tolist()
    names = ["zero", "one", "two"]
    with (
        layerwalk.serve(Scores(), example, class_names=names) as bridge,
        connect(bridge) as client,
    ):
        scores = client.prediction(first_run(client))
        assert [name for name, _ in scores[:2]] == ["class 11", "class 10"]
        assert [name for name, _ in scores[-1:]] == ["two"]
        assert [value for _, value in scores] == pytest.approx(expected)


@pytest.mark.parametrize("last", [nn.Softmax(1), nn.Sigmoid(), nn.LogSoftmax(1)])
def test_scores_that_are_confidences_stay_what_they_are(last: nn.Module) -> None:
    scores = torch.tensor([[0.3, 2.0, -1.0]])
    expected = torch.sigmoid(scores) if isinstance(last, nn.Sigmoid) else scores.softmax(1)
    with layerwalk.serve(nn.Sequential(last), scores) as bridge, connect(bridge) as client:
        values = dict(client.prediction(first_run(client)))
        assert [values[f"class {k}"] for k in range(3)] == pytest.approx(expected[0].tolist())


@pytest.mark.parametrize("shape", [(1, 1), (5, 1), (1, 4, 4)])
def test_outputs_that_are_no_scores_have_no_prediction(shape: tuple[int, ...]) -> None:
    with layerwalk.serve(nn.ReLU(), torch.ones(shape)) as bridge, connect(bridge) as client:
        assert client.prediction(first_run(client)) == []


# ---------------------------------------------------------------- starting and stopping


def own_threads() -> set[str]:
    """Names of the threads, but for pyzmq's own, which frees buffers and is one a process."""
    names = {thread.name for thread in threading.enumerate() if thread.is_alive()}
    return {name for name in names if name.startswith(("layerwalk", "asyncio"))}


def sockets() -> int:
    """How many sockets this process has."""
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return sum(os.readlink(link).startswith("socket:") for link in links if os.path.islink(link))


def test_nothing_is_left_after_stop() -> None:
    counts = []
    for _ in range(3):
        with layerwalk.serve(tiny(), IMAGE) as bridge:
            with connect(bridge) as client:
                first_run(client)
            assert own_threads()
        assert not own_threads()
        counts.append(sockets())
        with pytest.raises(LayerwalkError):
            connect(bridge)
        bridge.stop()  # once more does no harm
    assert counts[0] == counts[1] == counts[2]


def test_stopping_cuts_a_pass_short_and_leaves_the_model_as_it_was() -> None:
    model = Gated().train()
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
        model.gate.clear()
        model.inside.clear()
        client.place_image(PICTURE)
        assert model.inside.wait(10)
        threading.Timer(0.05, model.gate.set).start()
    assert not own_threads()
    assert all(module.training for module in model.modules())
    assert not any(module._forward_hooks for module in model.modules())


def test_what_the_model_raises_is_raised_by_serve() -> None:
    with pytest.raises(RuntimeError, match="channels"):
        layerwalk.serve(tiny(), torch.zeros(1, 5, 16, 16))
    assert not own_threads()


@pytest.mark.parametrize("token", ["", "short", "x" * 15, "with spaces in it", "ä" * 20, "x" * 999])
def test_a_token_that_may_be_guessed_or_garbled_is_refused(token: str) -> None:
    with pytest.raises(Unsafe, match=f"of {len(token)} characters is refused; give 16 to") as told:
        layerwalk.serve(tiny(), IMAGE, token=token)
    assert not token or token not in str(told.value)
    assert not own_threads()


def test_after_a_new_start_with_the_same_token_the_address_is_the_same() -> None:
    token = "my-own.token_of~16"
    with layerwalk.serve(tiny(), IMAGE, token=token) as bridge:
        url, port = bridge.url, bridge.port
        assert bridge.token == token
    with layerwalk.serve(tiny(), IMAGE, token=token, port=port) as bridge:
        assert bridge.url == url
        with connect(bridge) as client:
            first_run(client)
    with open_bridge(lambda: loaded_network(tiny(), shelf=Shelf.empty()), token=token) as bridge:
        assert bridge.token == token


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (3, "an object of type int is no network; give a torch.nn.Module"),
        (nn.ReLU, "the class ReLU is no network yet; give ReLU()"),
    ],
)
def test_what_is_no_module_is_refused(model: Any, words: str) -> None:
    with pytest.raises(SourceError, match=re.escape(words)):
        layerwalk.serve(model)
    with pytest.raises(SourceError, match=re.escape(words)):
        layerwalk.trace(model, IMAGE)


def test_a_port_in_use_is_said_once() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        with pytest.raises(ConnectionFailed) as told:
            layerwalk.serve(tiny(), IMAGE, port=bridge.port)
        assert str(told.value) == (
            f"127.0.0.1:{bridge.port} cannot be listened on (Address already in use); "
            "choose another port, or 0 for any free one"
        )


@pytest.mark.parametrize(
    ("model", "pictures", "note"),
    [
        (tiny, {"one": PICTURE}, "choose another photograph"),
        (tiny, {}, "drop an image here"),
        (lambda: nn.Linear(4, 2), {"one": PICTURE}, "this network takes no image"),
    ],
)
def test_the_shelf_s_wall_says_what_can_be_done(
    model: Callable[[], nn.Module], pictures: dict[str, np.ndarray], note: str
) -> None:
    network = model()
    example = torch.ones(1, 4) if isinstance(network, nn.Linear) else IMAGE
    with layerwalk.serve(network, example, images=pictures) as bridge, connect(bridge) as client:
        texts = (text.spans for text in client.room().texts)
        (wall,) = [spans for spans in texts if spans[0].text == "Shelf"]
        assert wall[1].text.strip() == note


def test_own_preprocessing_may_make_what_the_example_is() -> None:
    def tokens(pixels: np.ndarray) -> torch.Tensor:
        return torch.full((1, 5), int(pixels[0, 0, 0]) % 9)

    model = nn.Embedding(9, 4)
    with (
        layerwalk.serve(model, torch.zeros(1, 5, dtype=torch.int64), preprocess=tokens) as bridge,
        connect(bridge) as client,
    ):
        run = client.place_image(np.full((4, 4, 3), 7, np.uint8))
        client.wait_complete(run)
        expected = np.broadcast_to(model.weight[7].detach().numpy(), (5, 4))
        np.testing.assert_allclose(client.activation(client.layers()[0], run), expected, atol=0.02)


def test_a_half_precision_model_needs_no_example() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3)).half()
    with layerwalk.serve(model) as bridge, connect(bridge) as client:
        first_run(client)


def test_walk_ends_on_ctrl_c(tmp_path: Path) -> None:
    script = (
        "import sys, torch, layerwalk, webbrowser\n"
        "webbrowser.open = lambda url: True\n"
        "layerwalk.walk(torch.nn.ReLU(), torch.ones(1, 3, 8, 8))\n"
        "sys.stdout.write('over')\n"
    )
    command = [sys.executable, "-c", script]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = iter(process.stderr.readline, "")
        assert any("Ctrl-C" in line for line in said)
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "over", "")


def test_a_host_that_is_not_loopback_is_refused() -> None:
    with pytest.raises(Unsafe):
        layerwalk.serve(tiny(), IMAGE, host="0.0.0.0")
    assert not own_threads()


async def test_a_bridge_starts_and_stops_inside_a_running_loop() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
    assert not own_threads()


def test_viewers_see_how_far_loading_is(viewer: Callable[..., Viewer]) -> None:
    go = threading.Event()
    loaded = loaded_network(tiny(), example_input=IMAGE, shelf=Shelf.empty())

    def load() -> Any:
        assert go.wait(20)
        return loaded

    with open_bridge(load) as bridge:
        one = viewer(bridge)
        got = one.until(m.Progress)
        assert got[-1].stage == "loading the network"
        one.send(m.Request(request=1))  # of a network that is not there yet: all of it
        one.send(m.Credit(bytes=1 << 30))
        one.send(m.PlaceImage(request=2), PICTURE)
        assert one.until(m.Error)[-1].code == "UnknownPicture"
        with pytest.raises(TimeoutError):
            bridge.wait_ready(timeout_s=0.01)
        go.set()
        bridge.wait_ready(timeout_s=20)
        kinds = [type(message) for message in one.until(m.Complete)]
        assert kinds.index(m.RoomPublished) < kinds.index(m.InputPlaced) < kinds.index(m.Pages)
        assert kinds.count(m.Pages) == 4


def test_a_network_that_cannot_be_loaded_is_told_to_everybody(
    viewer: Callable[..., Viewer],
) -> None:
    def load() -> Any:
        raise SourceError("no such network")

    with open_bridge(load) as bridge:
        with pytest.raises(SourceError, match="no such network"):
            bridge.wait_ready(timeout_s=20)
        got = viewer(bridge).until(m.Progress)
        assert got[-1].done
        assert "no such network" in got[-1].error
        with pytest.raises(SourceError, match="no such network"):
            connect(bridge)
    assert not own_threads()


def test_blocks_are_open_at_first_as_told() -> None:
    with layerwalk.serve(tiny(), IMAGE, expanded=["1"]) as bridge, connect(bridge) as client:
        assert client.room().expanded == ("1",)
        assert client.state()["expanded"]["main"] == {"1": True}
    with pytest.raises(layerwalk.errors.UnknownLayer):
        layerwalk.serve(tiny(), IMAGE, expanded=["2"])


# ---------------------------------------------------------------- pages over HTTP


def get_page(bridge: Bridge, path: str) -> tuple[int, Any, list[np.ndarray]]:
    """Status, message and buffers of a page's address."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{bridge.port}/pages/{path}",
        headers={"Authorization": f"Bearer {bridge.token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    return status, *frames.decode_bridge(frames.split(body))


def test_every_level_of_a_kept_run_has_an_address() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge) as client:
        run = first_run(client)
        for level, edge in ((0, 14), (1, 7), (3, 2), (1, 7), (30, 1)):
            status, page, (ranges, pixels) = get_page(bridge, f"main/{run}/0.0?level={level}")
            assert (status, page.layer, page.run) == (200, "0.0", run)
            assert [(one.tile_height, one.tile_width) for one in page.levels] == [(edge, edge)]
            assert ranges.shape == (4, 2)
            assert pixels.size == 4 * edge * edge
        status, error, _ = get_page(bridge, f"main/{run}/0.00")
        assert (status, error.code) == (404, "UnknownLayer")
        assert "nearest: '0.0'" in error.message
        newer = client.place_image(PICTURE)
        client.wait_complete(newer)
        client.place_image(OTHER)
        client.wait_complete(client.place_image(PICTURE))
        assert get_page(bridge, f"main/{run}/0.0")[1].code == "RunSuperseded"
