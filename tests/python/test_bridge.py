"""The bridge: how it starts, what it says of itself, and what is left when it stops."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import (
    ConnectionFailed,
    LayerwalkError,
    RunFailed,
    SourceError,
    Unsafe,
)
from layerwalk.images import Shelf
from layerwalk.protocol import messages as m
from layerwalk.session import open_bridge
from layerwalk.session.inputs import loaded_network

from .small_networks import IMAGE, PICTURE, Gated, tiny
from .viewers import PATIENCE_S, Viewer, connect, ended, first_run

# ---------------------------------------------------------------- starting and stopping


def own_threads() -> set[str]:
    """Names of the threads, but for pyzmq's own, which frees buffers and is one a process."""
    names = {thread.name for thread in threading.enumerate() if thread.is_alive()}
    return {name for name in names if name.startswith(("layerwalk", "asyncio"))}


def sockets() -> int:
    """How many sockets this process has."""
    count = 0
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            count += os.readlink(f"/proc/self/fd/{number}").startswith("socket:")
    return count


def no_more_than(expected: int, count: Callable[[], int]) -> bool:
    """Whether a count gets down to that: libzmq closes sockets on a thread of its own."""
    end = time.monotonic() + PATIENCE_S
    while count() > expected:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_nothing_is_left_after_stop() -> None:
    before = None
    for _ in range(3):
        with layerwalk.serve(tiny(), IMAGE) as bridge:
            with connect(bridge) as client:
                first_run(client)
            assert own_threads()
        assert not own_threads()
        before = sockets() if before is None else before
        assert no_more_than(before, sockets)
        with pytest.raises(LayerwalkError):
            connect(bridge)
        bridge.stop()  # once more does no harm


def test_stopping_cuts_a_pass_short_and_leaves_the_model_as_it_was() -> None:
    model = Gated().train()
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
        model.gate.clear()
        model.inside.clear()
        client.place_image(PICTURE)
        assert model.inside.wait(PATIENCE_S)
        threading.Timer(0.05, model.gate.set).start()
    assert not own_threads()
    assert all(module.training for module in model.modules())
    assert not any(module._forward_hooks for module in model.modules())


def test_a_model_that_does_not_take_the_example_is_told_in_one_sentence() -> None:
    """Which network and module, what they raised, and what to give; the cause goes with it."""
    with pytest.raises(RunFailed, match="channels") as told:
        layerwalk.serve(tiny(), torch.zeros(1, 5, 16, 16))
    said = str(told.value)
    assert said.startswith("the forward pass of 'Sequential' raised RuntimeError: ")
    assert " (in '0.0'); give an example_input that it takes" in said
    assert said.endswith("--input-size H W")
    assert isinstance(told.value.__cause__, RuntimeError)
    assert not own_threads()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_torchscript_is_refused_with_what_to_give_instead() -> None:
    for scripted in (torch.jit.script(tiny()), torch.jit.trace(tiny(), IMAGE)):
        with pytest.raises(
            SourceError, match=r"TorchScript module.*give the eager torch\.nn\.Module"
        ):
            layerwalk.serve(scripted, IMAGE)


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


@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_walk_ends_on_ctrl_c() -> None:
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
        out, err = ended(process)
    assert (process.returncode, out, err) == (0, "over", "")


def test_a_host_that_is_no_address_is_refused() -> None:
    with pytest.raises(Unsafe):
        layerwalk.serve(tiny(), IMAGE, host="example.com")
    assert not own_threads()


async def test_a_bridge_starts_and_stops_inside_a_running_loop() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge) as client:
        first_run(client)
    assert not own_threads()


def test_viewers_see_how_far_loading_is(viewer: Callable[..., Viewer]) -> None:
    go = threading.Event()
    loaded = loaded_network(tiny(), example_input=IMAGE, shelf=Shelf.empty())

    def load() -> Any:
        assert go.wait(PATIENCE_S)
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
        bridge.wait_ready(timeout_s=PATIENCE_S)
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
            bridge.wait_ready(timeout_s=PATIENCE_S)
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
