"""Live input: what is shown is the frame that is said to be, the newest, and what was asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.protocol import messages as m

from .live_frames import (
    PATH,
    Buffered,
    Watch,
    Watcher,
    folder,
    frame,
    position_in,
    video,
    watch,
)
from .small_networks import IMAGE, PICTURE, Gated, tiny
from .viewers import PATIENCE_S, connect, first_run

__all__ = ["watch"]  # its fixture


# ---------------------------------------------------------------- what is shown


def test_without_live_sources_there_are_none() -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge, connect(bridge) as client:
        assert client.live_sources() == ()
        with pytest.raises(layerwalk.errors.InvalidChange, match="--live"):
            client.play("camera")


@pytest.mark.parametrize("make", ["video", "folder", "array"])
def test_the_frame_on_show_is_that_of_its_position(make: str, tmp_path: Path, watch: Watch) -> None:
    source: Any = {
        "video": lambda: video(tmp_path / "clip.avi", 12),
        "folder": lambda: folder(tmp_path / "clip", 12),
        "array": lambda: {"clip": np.stack([frame(k) for k in range(12)])},
    }[make]()
    with layerwalk.serve(tiny(), IMAGE, live=source) as bridge:
        viewer = watch(bridge)
        for position in (7, 3, 11, 0, 4):
            viewer.play("clip", playing=False, position=position)
            placed, view = viewer.placed(live="clip")
            assert placed.position == position_in(view) == position
            assert placed.picture == ""
            assert placed.age_s >= 0
        assert viewer.live()["position"] == 4


def test_sources_tell_what_they_are(tmp_path: Path) -> None:
    sources = {
        "Street": video(tmp_path / "a.avi", 12, 20.0),
        "photos": folder(tmp_path / "photos", 3),
        "mine": iter([]),
        "now": lambda: None,
    }
    with layerwalk.serve(tiny(), IMAGE, live=sources) as bridge, connect(bridge) as client:
        street, photos, mine, now = client.live_sources()
        assert street == m.LiveSource("street", "Street", "video", 12, 20.0)
        assert photos == m.LiveSource("photos", "photos", "folder", 3, 0.5)
        assert (mine.kind, mine.frames, now.kind, now.frames) == ("frames", 0, "frames", 0)


def test_playing_shows_one_frame_after_the_other_and_loops(tmp_path: Path, watch: Watch) -> None:
    with layerwalk.serve(tiny(), IMAGE, live=folder(tmp_path / "clip", 3)) as bridge:
        viewer = watch(bridge)
        viewer.play("clip", rate_hz=2)  # so low that none is passed over
        seen: list[int] = []
        while len(seen) < 5:
            placed, view = viewer.placed(live="clip")
            assert placed.position == position_in(view)
            assert placed.name == f"{placed.position:02}.png"
            seen.append(placed.position)
        assert seen == [0, 1, 2, 0, 1]


def test_without_loop_it_ends_at_the_last_frame_and_begins_anew_when_played_again(
    watch: Watch,
) -> None:
    clip = {"clip": [frame(k) for k in range(4)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge:
        viewer = watch(bridge)
        for _ in range(2):
            viewer.play("clip", rate_hz=60, loop=False)
            assert position_in(viewer.placed(position=3)[1]) == 3
            ended = viewer.live(playing=False)
            assert (ended["position"], ended["error"]) == (3, "")
        viewer.play("clip", playing=False, position=3)  # the same if it was stepped to
        viewer.placed(position=3)
        viewer.play("clip", rate_hz=60, loop=False)
        assert position_in(viewer.placed(position=3)[1]) == 3
        assert viewer.live(playing=False)["position"] == 3


def test_an_iterable_gives_its_frames_in_turn(watch: Watch) -> None:
    clip = {"clip": (frame(k) for k in range(6))}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge:
        viewer = watch(bridge)
        for position in range(3):  # each step is the next one
            viewer.play("clip", playing=False, position=position)
            assert position_in(viewer.placed(live="clip")[1]) == position
        viewer.play("clip", rate_hz=60)
        assert position_in(viewer.placed(position=5)[1]) == 5
        assert viewer.live(playing=False)["error"] == ""  # a generator cannot begin anew
        viewer.play("clip")
        assert "gives no frames" in viewer.error()


# ---------------------------------------------------------------- latest wins


def test_a_frame_that_the_network_did_not_get_to_is_passed_over(watch: Watch) -> None:
    """While a pass goes on, what comes meanwhile makes one run: that of the newest frame."""
    camera, model = Buffered(), Gated()
    with layerwalk.serve(model, IMAGE, live={"now": camera}) as bridge:
        viewer = watch(bridge)
        model.gate.clear()
        model.inside.clear()
        viewer.play("now")
        camera.put(frame(1))
        viewer.placed(live="now")
        assert model.inside.wait(PATIENCE_S)
        before = model.passes
        camera.put(*(frame(k) for k in range(2, 31)))
        assert camera.empty.wait(PATIENCE_S)
        model.gate.set()
        newest, view = viewer.placed(live="now")
        assert position_in(view) == newest.position + 1 == 30
        assert model.passes == before + 1
        camera.put(None)


class Slow(nn.Module):
    """Takes longer than frames take to come, so that the next one waits when a pass ends."""

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        threading.Event().wait(0.03)
        return image.relu()


def test_who_can_read_gets_every_run_whole_however_soon_the_next_one_begins(
    watch: Watch,
) -> None:
    clip = {"clip": [frame(k % 30) for k in range(40)]}
    with layerwalk.serve(Slow(), IMAGE, live=clip) as bridge:
        viewer = watch(bridge)
        viewer.send(m.Request(layers=("*",), request=1))
        viewer.send(m.Credit(bytes=1 << 30))
        viewer.until(m.Complete)
        viewer.play("clip", rate_hz=60, loop=False)
        placed, complete = [], []
        while not placed or placed[-1].position < 39 or len(complete) < len(placed):
            message, _ = viewer.receive()
            assert not isinstance(message, m.Superseded)
            if isinstance(message, m.InputPlaced):
                placed.append(message)
            elif isinstance(message, m.Complete):
                complete.append(message)
        assert [one.run for one in placed] == [one.run for one in complete]


def test_runs_do_not_pile_up_at_a_viewer_that_says_what_it_has_dealt_with(watch: Watch) -> None:
    clip = {"clip": [frame(k) for k in range(30)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge:
        slow, quick = watch(bridge), watch(bridge)
        slow.play("clip", playing=False, position=0)
        first, _ = slow.placed(live="clip")
        slow.send(m.Credit(bytes=0, run=first.run))
        slow.play("clip", rate_hz=60, loop=False)
        second, _ = slow.placed(live="clip")
        last, _ = quick.placed(position=29)  # it is told of every run
        assert last.run - second.run > 2
        assert slow.live(playing=False)
        slow.send(m.Credit(bytes=0, run=second.run))
        newest, view = slow.placed()  # and this one of the newest, and of nothing in between
        assert newest.run == last.run
        assert position_in(view) == 29


def test_what_runs_by_itself_is_drained_however_low_the_rate(watch: Watch) -> None:
    """60 frames wait in the driver; at one image in ten seconds they are gone through at once."""
    camera = Buffered()
    with layerwalk.serve(tiny(), IMAGE, live={"now": camera}) as bridge:
        viewer = watch(bridge)
        camera.put(*(frame(k % 30) for k in range(60)))
        viewer.play("now", rate_hz=0.1)
        assert viewer.placed(live="now")[0].position == 0
        assert camera.empty.wait(PATIENCE_S)
        viewer.play("now")
        assert viewer.live(rate_hz=0)["playing"]
        camera.put(frame(31))
        placed, view = viewer.placed(live="now")
        assert position_in(view) == 31
        assert placed.position == 60
        camera.put(None)


def test_a_still_image_takes_the_place_of_what_plays(watch: Watch) -> None:
    clip = {"clip": [frame(k) for k in range(20)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge, connect(bridge) as client:
        viewer = watch(bridge)
        viewer.play("clip", rate_hz=60)
        viewer.placed(live="clip")
        run = client.place_image(PICTURE, name="still")
        placed, _ = viewer.placed(live="")
        assert (placed.run, placed.name) == (run, "still")
        paused = viewer.live(playing=False)
        assert 0 <= paused["position"] < 20
        assert viewer.nothing_comes()
        client.wait_complete(run)
        viewer.play("clip", rate_hz=60)
        assert viewer.placed(live="clip")[0].run > run


def test_a_still_image_that_is_refused_leaves_it_playing(watch: Watch) -> None:
    clip = {"clip": [frame(k) for k in range(20)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge, connect(bridge) as client:
        viewer = watch(bridge)
        viewer.play("clip", rate_hz=60)
        viewer.placed(live="clip")
        with pytest.raises(layerwalk.errors.InvalidImage):
            client.place_image(b"no image")
        viewer.placed(live="clip", position=0)  # it has come round
        assert viewer.live()["playing"]


def test_age_is_counted_from_the_capture(watch: Watch) -> None:
    """The same frame is older for whoever comes later."""
    with layerwalk.serve(tiny(), IMAGE, live={"clip": [frame(3)]}) as bridge:
        first = watch(bridge)
        first.play("clip", playing=False, position=0)
        placed, _ = first.placed(live="clip")
        ages = [placed.age_s]
        for _ in range(2):
            latecomer = Watcher(bridge)
            latecomer.until(m.RoomPublished)
            latecomer.send(m.Request(layers=("*",)))
            same, _ = latecomer.placed(live="clip")
            latecomer.close()
            assert same.run == placed.run
            ages.append(same.age_s)
        assert 0 < ages[0] < ages[1] < ages[2]


# ---------------------------------------------------------------- the document


def test_viewers_share_the_state_and_the_last_one_wins(watch: Watch) -> None:
    clip = {"clip": [frame(k) for k in range(9)], "other": [frame(30)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge:
        first, second = watch(bridge), watch(bridge)
        first.play("clip", playing=False, position=2, loop=False)
        assert second.live(position=2) == first.live()
        assert position_in(second.placed(live="clip")[1]) == 2
        second.play("other", playing=False, position=0)
        assert first.live(source="other") == second.live()
        assert position_in(first.placed(live="other")[1]) == 30
        second.play(None)
        assert first.document(lambda live: live is None) is None


def test_the_same_order_again_is_obeyed_again(watch: Watch) -> None:
    with layerwalk.serve(tiny(), IMAGE, live={"clip": [frame(4)]}) as bridge:
        viewer = watch(bridge)
        runs = []
        for _ in range(3):
            viewer.play("clip", playing=False, position=0)
            runs.append(viewer.placed(live="clip")[0].run)
        assert runs[0] < runs[1] < runs[2]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"source": "clop"}, "'clop' is no live source.*'clip'"),
        ({"source": "/etc/passwd"}, "no live source"),
        ({"source": "clip", "rate_hz": 0.01}, "0.1 to 60"),
        ({"source": "clip", "rate_hz": 61}, "rate_hz|<= 60"),
        ({"source": "clip", "position": 4}, "has 4 frames"),
        ({"source": "clip", "position": -1}, ">= 0"),
        ("clip", "value of live/main/input"),
    ],
)
def test_what_cannot_be_played_is_refused(value: Any, words: str, tmp_path: Path) -> None:
    clip = folder(tmp_path / "clip", 4)
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge, connect(bridge) as client:
        first_run(client)
        with pytest.raises(layerwalk.errors.InvalidChange, match=words):
            client._change(PATH, value)
        assert client.state()["live"] == {}
        client.play("clip", playing=False, position=3)
        assert client.state()["live"]["main"]["input"]["position"] == 3


def test_other_frames_and_networks_have_no_live_input() -> None:
    clip = {"clip": [frame(0)]}
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge, connect(bridge) as client:
        with pytest.raises(layerwalk.errors.UnknownPicture, match="no input frame"):
            client.play("clip", input="left")
        with pytest.raises(layerwalk.errors.UnknownPicture, match="not in this session"):
            client._change(("live", "other", "input"), {"source": "clip"})


def test_a_network_that_takes_no_picture_plays_none() -> None:
    model, clip = nn.Linear(7, 4), {"clip": [frame(0)]}
    with layerwalk.serve(model, torch.ones(1, 7), live=clip) as bridge, connect(bridge) as client:
        first_run(client)
        with pytest.raises(layerwalk.errors.InvalidImage, match="which is no picture"):
            client.play("clip")
