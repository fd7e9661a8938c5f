"""What a bridge stands up to: unusual models, changes at the wrong moment, and sudden ends."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import InvalidImage, LayerwalkError, RunFailed, UnknownLayer
from layerwalk.images import Shelf
from layerwalk.layout import layout
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.room import Room
from layerwalk.session import open_bridge, placing, served
from layerwalk.session.inputs import image_arguments, loaded_network
from layerwalk.session.placing import Placement, Placing
from layerwalk.session.served import ServedNetwork

from .viewers import PATIENCE_S, Viewer, connect, first_run

ROOT = Path(__file__).parents[2]
IMAGE = torch.ones(1, 3, 8, 8)
BLACK, WHITE = np.zeros((8, 8, 3), np.uint8), np.full((8, 8, 3), 255, np.uint8)


def flat(image: Any) -> torch.Tensor:
    """A picture as a tensor of its mean, 0 to 1."""
    return torch.full((3, 8, 8), float(np.asarray(image).mean()) / 255)


class Branches(nn.Module):
    """Takes another way through itself for dark pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 1), nn.ReLU())
        self.bright, self.dark = nn.Conv2d(4, 2, 1), nn.Conv2d(4, 3, 1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        maps = self.stem(image)
        return self.bright(maps) if image.mean() > 0.5 else self.dark(maps)


# ---------------------------------------------------------------- networks that change


def test_a_block_opened_while_another_network_is_laid_out_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out, go = threading.Event(), threading.Event()

    def gated(network: Network, *args: Any, **options: Any) -> Any:
        room = layout(network, *args, **options)
        if network.revision > 1 and threading.current_thread().name.startswith("layerwalk-worker"):
            laid_out.set()
            assert go.wait(PATIENCE_S)
        return room

    monkeypatch.setattr(served, "layout", gated)
    with (
        layerwalk.serve(Branches(), IMAGE, preprocess=flat, expanded=()) as bridge,
        connect(bridge) as client,
        contextlib.closing(Viewer(bridge)) as viewer,
    ):
        first_run(client)
        rooms = [viewer.until(m.RoomPublished)[-1].room]
        run = client.place_image(BLACK)
        assert laid_out.wait(PATIENCE_S)
        client.expand("stem")
        go.set()
        client.wait_complete(run)
        while not _shows(rooms[-1], "dark") or rooms[-1].expanded != ("stem",):
            message, _ = viewer.receive()
            rooms += [message.room] if isinstance(message, m.RoomPublished) else []
        assert [room.revision for room in rooms] == list(range(1, len(rooms) + 1))


def _shows(room: Room, layer: str) -> bool:
    return any(layer in station.layers for station in room.stations)


def test_a_network_whose_room_cannot_be_made_fails_its_run_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(network: Network, *args: Any, **options: Any) -> Any:
        if network.revision > 1:
            raise ZeroDivisionError("a bug in the layout")
        return layout(network, *args, **options)

    monkeypatch.setattr(served, "layout", broken)
    with (
        layerwalk.serve(Branches(), IMAGE, preprocess=flat) as bridge,
        connect(bridge) as client,
    ):
        first_run(client)
        with pytest.raises(RunFailed, match="a bug in the layout"):
            client.wait_complete(client.place_image(BLACK))
        monkeypatch.undo()
        run = client.place_image(BLACK)
        client.wait_complete(run)
        assert "dark" in client.layers()
        assert client.activation("dark", run=run).shape == (3, 8, 8)


def test_a_result_that_cannot_be_taken_in_fails_its_run_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin, failed = ServedNetwork._begin, []

    def once(self: ServedNetwork, job: Any, arguments: Any) -> None:
        begin(self, job, arguments)
        if not failed:
            failed.append(job.number)
            raise ZeroDivisionError("a bug in the session")

    with layerwalk.serve(Branches(), IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
        monkeypatch.setattr(ServedNetwork, "_begin", once)
        run = client.place_image(BLACK)
        with pytest.raises(RunFailed, match="the bridge failed"):
            client.wait_complete(run)
        assert failed == [run]
        client.wait_complete(client.place_image(BLACK))


# ---------------------------------------------------------------- models


class Leaves(nn.Module):
    """Ends the process for dark pictures, as a library may that thinks it is a program."""

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        if image.mean() < 0.5:
            raise SystemExit(3)
        return image * 2


def test_a_model_that_ends_the_process_fails_its_run_only() -> None:
    with (
        layerwalk.serve(Leaves(), IMAGE, preprocess=flat) as bridge,
        connect(bridge) as client,
    ):
        first_run(client)
        with pytest.raises(RunFailed, match="SystemExit: 3"):
            client.wait_complete(client.place_image(BLACK))
        client.wait_complete(client.place_image(WHITE))


class Outputs(nn.Module):
    """Returns what `arrange` makes of the image, of maps and of scores."""

    def __init__(self, scores: Any, arrange: Any) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.scores, self.arrange = scores, arrange

    def forward(self, image: torch.Tensor) -> Any:
        maps = self.conv(image)
        logits = torch.tensor([[2.0, 1.0, 0.0]]) + 0 * maps.mean()
        return self.arrange(image, maps, self.scores(logits))


@pytest.mark.parametrize("scores", [torch.sigmoid, nn.Softmax(1)])
@pytest.mark.parametrize(
    "arrange",
    [
        lambda image, maps, scores: (maps, maps, scores),
        lambda image, maps, scores: (image, scores),
        lambda image, maps, scores: {"scores": scores.view(1, -1), "maps": maps},
        lambda image, maps, scores: scores.view(3).clone()[None],
    ],
)
def test_confidences_are_known_wherever_they_are_in_the_output(scores: Any, arrange: Any) -> None:
    expected = scores(torch.tensor([[2.0, 1.0, 0.0]]))[0].tolist()
    with layerwalk.serve(Outputs(scores, arrange), IMAGE) as bridge, connect(bridge) as client:
        found = client.prediction(first_run(client))
        assert [value for _, value in found] == pytest.approx(expected)


def test_scores_between_0_and_1_that_no_sigmoid_made_are_none() -> None:
    def logits(scores: torch.Tensor) -> torch.Tensor:
        return scores.sigmoid() * 0.5

    model = Outputs(logits, lambda image, maps, scores: scores)
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        values = [value for _, value in client.prediction(first_run(client))]
        assert sum(values) == pytest.approx(1)


def test_of_a_batch_the_first_sample_is_predicted() -> None:
    class Rows(nn.Module):
        def forward(self, batch: torch.Tensor) -> torch.Tensor:
            return batch.mean((2, 3))

    example = torch.arange(12.0).reshape(4, 3, 1, 1).expand(4, 3, 8, 8)
    with layerwalk.serve(Rows(), example) as bridge, connect(bridge) as client:
        found = client.prediction(first_run(client))
        assert [name for name, _ in found] == ["class 2", "class 1", "class 0"]
        expected = torch.arange(3.0).softmax(0).flip(0).tolist()
        assert [value for _, value in found] == pytest.approx(expected)


def test_a_network_without_layers_can_be_connected_to() -> None:
    class Nothing(nn.Module):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return image

    with pytest.warns(UserWarning, match="no module and no op"):
        bridge = layerwalk.serve(Nothing(), IMAGE)
    with bridge, connect(bridge) as client:
        with pytest.raises(UnknownLayer):
            client.request("layer1")
        assert client.request("*") == client.layers() == ()


# ---------------------------------------------------------------- inputs


@dataclasses.dataclass(frozen=True)
class Batch:
    image: torch.Tensor
    scale: float


Pair = namedtuple("Pair", ["image", "scale"])


@pytest.mark.parametrize(
    "example",
    [
        (Batch(torch.zeros(1, 3), 2.0),),
        (Pair(torch.zeros(1, 3), 2.0),),
        {"batch": Batch(torch.zeros(1, 3), 2.0)},
        ([Pair(torch.zeros(1, 3), 2.0)],),
    ],
)
def test_a_picture_takes_the_place_of_the_first_tensor_wherever_it_is(example: Any) -> None:
    args, kwargs = image_arguments(example, torch.ones(1, 3, dtype=torch.float64))
    batch = args[0] if args else kwargs["batch"]
    batch = batch[0] if isinstance(batch, list) else batch
    assert isinstance(batch, (Batch, Pair))
    assert torch.equal(batch.image, torch.ones(1, 3))
    assert batch.scale == 2


def test_an_example_without_tensors_takes_no_picture() -> None:
    with pytest.raises(InvalidImage, match="no tensor"):
        image_arguments({"count": 3}, torch.ones(1))


def test_pictures_for_an_example_without_tensors_are_answered() -> None:
    class Counts(nn.Module):
        def forward(self, count: int) -> torch.Tensor:
            return torch.ones(count).relu()

    with (
        layerwalk.serve(Counts(), {"count": 3}, preprocess=flat) as bridge,
        connect(bridge) as client,
    ):
        for _ in range(2):
            with pytest.raises(InvalidImage, match="no tensor"):
                client.place_image(BLACK)


def test_runs_start_from_the_same_example() -> None:
    class Writes(nn.Module):
        def forward(self, image: torch.Tensor, sums: torch.Tensor) -> torch.Tensor:
            return sums.add_(1) + image.mean()

    sums = torch.zeros(1, 3)
    with (
        layerwalk.serve(Writes(), (IMAGE, sums), preprocess=flat) as bridge,
        connect(bridge) as client,
    ):
        for _ in range(3):
            run = client.place_image(BLACK)
            client.wait_complete(run)
            np.testing.assert_array_equal(client.activation(client.layers()[-1], run=run), 1)
        assert torch.equal(sums, torch.zeros(1, 3))


async def test_no_more_than_a_few_images_wait_while_one_is_prepared() -> None:
    go, inside = threading.Event(), threading.Event()
    go.set()

    def slow(image: Any) -> torch.Tensor:
        inside.set()
        assert go.wait(PATIENCE_S)
        return flat(image)

    loaded = loaded_network(nn.ReLU(), example_input=IMAGE, preprocess=slow, shelf=Shelf.empty())
    go.clear()
    inside.clear()
    submitted: list[int] = []
    replaced: list[tuple[int, int]] = []
    answers: list[int] = []
    done = asyncio.Event()

    def submit(job: Any) -> None:
        submitted.append(job.number)
        if job.number == 20:
            done.set()

    with ThreadPoolExecutor(1) as helper:
        place = Placing(
            loaded,
            ("main", "input"),
            shelf=Shelf.empty(),
            limits=m.Limits(),
            helper=helper,
            submit=submit,
            replaced=lambda number, by: replaced.append((number, by)),
        )
        for number in range(1, 21):
            place.add(
                Placement(number, "", "", BLACK, lambda error, n=number: answers.append(n), 0.0)
            )
            if number == 1:
                while not inside.is_set():
                    await asyncio.sleep(0)
            assert len(place._waiting) <= placing.MAX_WAITING_IMAGES
        assert replaced == [(number, number + 1) for number in range(2, 17)]
        go.set()
        await done.wait()
        assert submitted == [1, 17, 18, 19, 20]
        assert sorted(answers) == list(range(1, 21))
        await place.close()


# ---------------------------------------------------------------- settings and the end


def test_a_proxy_may_be_named() -> None:
    with layerwalk.serve(nn.ReLU(), IMAGE, allowed_hosts=["lab.example"]) as bridge:
        for host, expected in (("lab.example", 401), ("other.example", 421)):
            address = f"http://127.0.0.1:{bridge.port}/pages/main/1/x"
            request = urllib.request.Request(address, headers={"Host": host})
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=PATIENCE_S)
            refused.value.close()
            assert refused.value.code == expected


def test_stopping_cuts_the_first_pass_short() -> None:
    inside, over, came_through = (threading.Event() for _ in range(3))

    class Long(nn.Module):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            end = time.monotonic() + PATIENCE_S
            while time.monotonic() < end and not over.wait(0.01):
                image = image * 1
                inside.set()
            came_through.set()
            return image

    loaded = loaded_network(Long(), example_input=IMAGE, shelf=Shelf.empty())
    with open_bridge(lambda: loaded) as bridge:
        assert inside.wait(PATIENCE_S)
    over.set()
    assert not came_through.is_set()
    with pytest.raises(LayerwalkError, match="was stopped"):
        bridge.wait_ready()


@pytest.mark.parametrize("busy", [False, True])
def test_a_script_that_ends_without_stop_ends_quietly(busy: bool) -> None:
    script = f"""
import threading, torch, layerwalk
import numpy as np
torch.set_num_threads(1)
inside = threading.Event()
class Long(torch.nn.Module):
    steps = 1
    def forward(self, image):
        for _ in range(self.steps):
            image = image * 1
            inside.set()
            threading.Event().wait(0.01)
        return image
model = Long()
bridge = layerwalk.serve(model, torch.ones(1, 3, 8, 8))
client = layerwalk.connect(bridge.endpoint, token=bridge.token)
if {busy}:
    model.steps = 100000
    inside.clear()
    client.place_image(np.zeros((8, 8, 3), np.uint8))
    inside.wait()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False,
        cwd=ROOT / "python_bridge",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
