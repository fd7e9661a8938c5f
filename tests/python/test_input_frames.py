"""Several input frames of one network, each with runs of its own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import layerwalk
from layerwalk.errors import InvalidImage, TooLarge, UnknownPicture
from layerwalk.images import Shelf
from layerwalk.protocol import messages as m

from .small_networks import IMAGE, OTHER, PICTURE, Gated, tiny
from .viewers import PATIENCE_S, Viewer, connect, first_run


@pytest.fixture(scope="module")
def bridge() -> Iterator[layerwalk.Bridge]:
    with layerwalk.serve(tiny(), IMAGE, images={"first": PICTURE, "dark": OTHER}) as served:
        yield served


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with connect(bridge) as one:
        first_run(one)
        yield one
        for frame in one.input_frames()[1:]:
            one.remove_frame(frame)


def test_each_frame_has_runs_of_its_own(client: layerwalk.Client) -> None:
    first = client.wait_complete(client.place_image("first"))
    values = client.activation("0.0", first).copy()
    frame = client.add_frame()
    assert (frame, client.input_frames()) == ("input-2", ("input", "input-2"))
    second = client.place_image("dark", input=frame)
    client.show_frame(frame)
    assert client.wait_complete() == second
    dark = client.activation("0.0").copy()
    assert not np.allclose(values, dark)
    assert client.input_view().max() == 0
    inputs = client.state()["inputs"]["main"]
    assert [inputs[name]["picture"] for name in ("input", frame)] == ["first", "dark"]
    client.show_frame("input")
    assert client.wait_complete() == first  # it is kept, and comes anew
    assert (client.activation("0.0") == values).all()


def test_runs_of_other_frames_do_not_come_between(
    bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    frame = client.add_frame()
    with connect(bridge) as other:
        before = other.wait_complete()
        other.place_image("dark", input=frame)
        other.show_frame(frame)
        other.wait_complete()
    assert client.run() == before
    assert client.prediction(before)
    run = client.wait_complete(client.place_image("dark"))
    assert run > before


def test_of_frames_that_are_not_shown_pictures_and_predictions_come(
    bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    frame = client.add_frame()
    number = client.place_image("dark", input=frame)
    viewer = Viewer(bridge)
    try:
        viewer.send(m.Credit(bytes=1 << 30))
        viewer.send(m.Request(request=1, inputs=("input", frame)))
        told = viewer.until(m.Complete, input=frame)
    finally:
        viewer.close()
    own = [one for one in told if getattr(one, "input", "") == frame]
    assert [type(one) for one in own] == [m.InputPlaced, m.Prediction, m.Complete]
    assert own[0].run == number


def test_a_frame_that_is_removed_takes_its_runs_along(client: layerwalk.Client) -> None:
    frame = client.add_frame()
    client.place_image("dark", input=frame)
    client.show_frame(frame)
    run = client.wait_complete()
    client.show_frame("input")
    client.wait_complete()
    client.remove_frame(frame)
    assert client.input_frames() == ("input",)
    assert list(client.state()["inputs"]["main"]) == ["input"]
    with pytest.raises(UnknownPicture, match="'input-2' is no input frame"):
        client.place_image("first", input=frame)
    with pytest.raises(UnknownPicture, match="'input-2' is no input frame"):
        client.show_frame(frame)
    assert client.add_frame() == frame  # empty
    client.show_frame(frame)
    again = client.place_image("first", input=frame)
    assert client.wait_complete(again) == again
    assert again > run


def test_there_are_at_most_four_frames(client: layerwalk.Client) -> None:
    assert [client.add_frame() for _ in range(3)] == ["input-2", "input-3", "input-4"]
    with pytest.raises(TooLarge, match="at most 4 input frames"):
        client.add_frame()
    with pytest.raises(UnknownPicture, match="no input frame that can be added"):
        client._change(("frames", "main", "input-5"), True)
    with pytest.raises(UnknownPicture, match="no input frame that can be added"):
        client._change(("frames", "main", "input"), None)


def test_frames_for_which_there_is_no_memory_are_refused() -> None:
    from layerwalk.session.bridge import Bridge
    from layerwalk.session.inputs import loaded_network

    shelf = Shelf.of({"first": PICTURE})
    loaded = loaded_network(tiny(), example_input=IMAGE, shelf=shelf)
    with Bridge(lambda: loaded, shelf=shelf, budget_bytes=2500) as bridge:
        bridge.wait_ready(PATIENCE_S)
        with connect(bridge) as client:
            first_run(client)
            with pytest.raises(TooLarge, match="one more input frame would take"):
                client.add_frame()
            assert client.input_frames() == ("input",)


def test_a_network_without_pictures_has_one_frame() -> None:
    import torch
    from torch import nn

    with layerwalk.serve(nn.Linear(7, 4), torch.ones(1, 7)) as bridge, connect(bridge) as client:
        first_run(client)
        with pytest.raises(InvalidImage, match="no picture"):
            client.add_frame()


def test_a_run_of_a_frame_that_is_removed_meanwhile_never_begins() -> None:
    model = Gated()
    served = layerwalk.serve(model, IMAGE, images={"first": PICTURE})
    with served as bridge, connect(bridge) as client:
        first_run(client)
        frame = client.add_frame()
        model.inside.clear()
        model.gate.clear()
        client.place_image("first")
        assert model.inside.wait(PATIENCE_S)
        client.place_image("first", input=frame)  # waits behind that
        client.remove_frame(frame)
        model.gate.set()
        run = client.wait_complete(client.place_image("first"))
        assert list(client.state()["inputs"]["main"]) == ["input"]
        assert client.run() == run


def test_images_of_several_frames_wait_for_the_worker_without_replacing_each_other() -> None:
    model = Gated()
    served = layerwalk.serve(model, IMAGE, images={"first": PICTURE})
    with served as bridge, connect(bridge) as client:
        first_run(client)
        frames = [client.add_frame(), client.add_frame()]
        model.inside.clear()
        model.gate.clear()
        client.place_image("first")
        assert model.inside.wait(PATIENCE_S)
        placed = {frame: client.place_image("first", input=frame) for frame in frames}
        model.gate.set()
        for frame, run in placed.items():
            client.show_frame(frame)
            assert client.wait_complete() == run


def test_an_image_is_placed_into_the_frame_that_is_shown_unless_one_is_named() -> None:
    with (
        layerwalk.serve(tiny(), IMAGE, images={"first": PICTURE}) as bridge,
        connect(bridge) as client,
    ):
        first_run(client)
        frame = client.add_frame()
        client.show_frame(frame)
        run = client.place_image("first")
        client.wait_complete(run, timeout_s=PATIENCE_S)
        assert client.state()["inputs"]["main"][frame]["run"] == run
        before = client.state()["inputs"]["main"]["input"]["run"]
        assert client.place_image("first", input="input") > run > before


def test_a_request_names_a_frame(bridge: layerwalk.Bridge) -> None:
    viewer = Viewer(bridge)
    try:
        viewer.until(m.RoomPublished)
        viewer.send(m.Request(request=4, inputs=()))
        told = viewer.until(m.Error)[-1]
        assert (told.request, told.code) == (4, "InvalidMessage")
    finally:
        viewer.close()
