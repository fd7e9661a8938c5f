"""The session: what viewers get and in which order, and what becomes of runs."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import (
    RunFailed,
    RunSuperseded,
)
from layerwalk.introspection import trace
from layerwalk.network import Axis
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session import Bridge, passes
from layerwalk.session.runs import Picture
from layerwalk.session.worker import ImageJob, Worker

from .small_networks import IMAGE, OTHER, PICTURE, Gated, Moody, tiny
from .viewers import PATIENCE_S, Viewer, connect, first_run

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
        # while the pass goes on, as they are there
        assert sorted(page.layer for page in got[2:6]) == ["0.0", "0.1", "1.0", "1.1"]
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
        assert model.inside.wait(PATIENCE_S)
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
        ends = (event for event in events if isinstance(event, m.RunFinished))
        finished = next(event for event in ends if event.run == run)  # the first may end late
        assert finished.error == "ValueError: too bright by far"
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


def test_a_module_that_is_set_otherwise_is_told_though_the_pass_goes_the_same_way() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU())
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        client.wait_complete(client.place_image(PICTURE), timeout_s=PATIENCE_S)
        before = client.network()
        model[0].padding = model[0].dilation = (2, 2)  # maps of the same size
        run = client.place_image(PICTURE)
        client.wait_complete(run, timeout_s=PATIENCE_S)
        client.wait_complete(client.place_image(PICTURE), timeout_s=PATIENCE_S)
        after = client.network()
        assert (before.revision, after.revision) == (1, 2)
        assert before.nodes[0].details["padding"] == "1"
        assert after.nodes[0].details["padding"] == "2"
        assert client.activation("0").shape == (4, 16, 16)


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


# ---------------------------------------------------------------- pages over HTTP


def get_page(bridge: Bridge, path: str) -> tuple[int, Any, list[np.ndarray]]:
    """Status, message and buffers of a page's address."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{bridge.port}/pages/{path}",
        headers={"Authorization": f"Bearer {bridge.token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
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


@pytest.mark.parametrize("raising", [True, False])
def test_one_layer_that_cannot_be_quantized_spares_the_others(raising: bool) -> None:
    """And it does not hide what the model itself raised."""

    class Model(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            y = x * 2
            if armed and raising:
                raise ValueError("the model's own reason")
            return y + 1

    armed = False
    network = trace(Model(), IMAGE)
    outcomes: list[passes.Outcome] = []
    through = passes.Passes(
        Model(), network, class_names=(), levels=dict, lay_out=Any, deliver=outcomes.append
    )
    streamed = passes._Streamed(1, network, {}, outcomes.append)
    freed = torch.rand(2, 3)
    freed.untyped_storage().resize_(0)
    axes = (Axis("row", 2, "row"), Axis("column", 3, "column"))
    through._quantizer.submit(passes._Activation(streamed, "freed", axes, freed))
    armed = True
    picture = Picture("noise", "", np.zeros((1, 1, 3), np.uint8))
    through.run(ImageJob(1, ("main", "input"), picture, (IMAGE,), {}, 0.0))
    through.close()
    layers = [one.result.layer for one in outcomes if isinstance(one, passes.LayerReady)]
    assert sorted(layers) == (["mul"] if raising else ["add", "mul"])
    (broken,) = [one for one in outcomes if isinstance(one, passes.Broken)]
    expected = "the model's own reason" if raising else "no memory of its own"
    assert expected in broken.message


def test_a_worker_without_work_says_so_once() -> None:
    rests, both = threading.Semaphore(0), threading.Event()
    worker = Worker("test", lambda job: None, rest=rests.release, rest_s=0.01)
    assert rests.acquire(timeout=PATIENCE_S)
    assert not rests.acquire(timeout=0.1)
    worker.call(both.set)
    assert both.wait(PATIENCE_S) and rests.acquire(timeout=PATIENCE_S)
    worker.stop().result(PATIENCE_S)


def test_many_pages_at_once_start_no_thread_after_another() -> None:
    """Threads that come and stay one by one look like a leak, and are of no use for small files."""
    with layerwalk.serve(tiny(), IMAGE) as bridge, ThreadPoolExecutor(8, "visitor") as visitors:
        address = bridge.url.split("?")[0]

        def load(_: int) -> int:
            with urllib.request.urlopen(address, timeout=PATIENCE_S) as page:
                return page.status

        assert set(visitors.map(load, range(80))) == {200}
        names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("asyncio")]
    assert sum(name.startswith("layerwalk-files") for name in names) <= 1
