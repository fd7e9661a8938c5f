"""Live input where sources wait, fail or end: what is said of it, and that all else goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import layerwalk
from layerwalk.errors import LiveFailed
from layerwalk.images import Shelf, left_out, live_sources, player
from layerwalk.protocol import messages as m

from .live_frames import Buffered, Watch, folder, frame, position_in, truncated_video, watch
from .small_networks import IMAGE, tiny
from .viewers import PATIENCE_S, Viewer, connect

__all__ = ["watch"]  # its fixture


def live_threads() -> list[str]:
    names = [thread.name for thread in threading.enumerate() if thread.is_alive()]
    return [name for name in names if name.startswith("layerwalk-live")]


# ---------------------------------------------------------------- what cannot be shown


def test_a_source_that_raises_is_told_and_can_be_played_again(watch: Watch) -> None:
    broken = [True]

    def moody() -> np.ndarray:
        if broken[0]:
            raise OSError("the cable is out")
        return frame(5)

    with layerwalk.serve(tiny(), IMAGE, live={"mine": moody}) as bridge:
        viewer = watch(bridge)
        viewer.play("mine")
        assert viewer.error() == "live source 'mine' raised OSError: the cable is out"
        broken[0] = False
        viewer.play("mine")
        assert position_in(viewer.placed(live="mine")[1]) == 5
        assert viewer.live(error="")["playing"]


def test_files_of_a_folder_that_cannot_be_read_are_told_and_no_frames(
    tmp_path: Path, watch: Watch
) -> None:
    clip = folder(tmp_path / "clip", 14)
    (clip / "01.png").write_bytes(b"no image at all")
    (clip / "05.png").write_bytes((clip / "05.png").read_bytes()[:50])
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge, connect(bridge) as client:
        (source,) = client.live_sources()
        assert source.frames == 12
        newcomer = Viewer(bridge)
        (said,) = newcomer.until(m.Welcome)[-1].left_out
        newcomer.close()
        assert said.startswith("2 of 14 files of 'clip' could not be read: 01.png (the bytes are ")
        assert "05.png (the image cannot be decoded" in said
        viewer = watch(bridge)
        viewer.play("clip", playing=False, position=4)
        assert position_in(viewer.placed(position=4)[1]) == 6


def test_a_file_that_is_on_the_shelf_too_is_told_of_once(tmp_path: Path) -> None:
    clip = folder(tmp_path / "clip", 4)
    (clip / "01.png").write_bytes(b"no image at all")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "01.png").write_bytes(b"no image at all")
    (tmp_path / "other" / "00.png").write_bytes((clip / "00.png").read_bytes())
    shelf = Shelf.of(clip)
    assert left_out(shelf, live_sources(clip)) == (shelf.left_out,)
    (alone,) = left_out(Shelf.empty(), live_sources(clip))
    assert alone.startswith("1 of 4 files of 'clip' could not be read: 01.png")
    (_, another) = left_out(shelf, live_sources([clip, tmp_path / "other"]))
    assert another.startswith("1 of 2 files of 'other' could not be read: 01.png")
    (clip / "02.png").write_bytes(b"nor this")
    (_, more) = left_out(shelf, live_sources(clip))
    assert more.startswith("1 more of 4 files of 'clip' could not be read: 02.png")


def test_a_folder_of_which_no_file_can_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no image at all")
    with pytest.raises(LiveFailed, match=r"1 of 1 files .* a\.png \(the bytes are no image"):
        layerwalk.serve(tiny(), IMAGE, live=tmp_path)


def test_files_that_break_meanwhile_are_passed_over(
    tmp_path: Path, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    clip = folder(tmp_path / "clip", 3)
    with layerwalk.serve(tiny(), IMAGE, live=clip) as bridge:
        (clip / "01.png").write_bytes(b"no image at all")
        viewer = watch(bridge)
        viewer.play("clip", rate_hz=60)
        for position in (0, 2, 0, 2):
            assert position_in(viewer.placed(position=position)[1]) == position
        assert sum("'01.png'" in record.getMessage() for record in caplog.records) == 1
        viewer.play("clip", playing=False, position=1)
        assert "'01.png'" in viewer.error()
        viewer.play("clip", playing=False, position=2)
        assert position_in(viewer.placed(position=2)[1]) == 2


def test_frames_that_are_too_large_or_no_pictures_are_refused(watch: Watch) -> None:
    frames = {"large": [frame(1), np.zeros((100, 100, 3), np.uint8)], "words": iter(["a"] * 99)}
    limits = m.Limits(image_pixels=2000)
    with layerwalk.serve(tiny(), IMAGE, live=frames, limits=limits) as bridge:
        viewer = watch(bridge)
        viewer.play("large", playing=False, position=1)
        assert "100 × 100 pixels" in viewer.error()
        viewer.play("large", playing=False, position=0)
        assert position_in(viewer.placed(position=0)[1]) == 1
        viewer.play("words")
        assert "uint8 (H, W, 3)" in viewer.error()


def test_a_video_that_ends_before_its_header_says_so_is_told(tmp_path: Path, watch: Watch) -> None:
    with layerwalk.serve(tiny(), IMAGE, live=truncated_video(tmp_path / "cut.avi", 40)) as bridge:
        viewer = watch(bridge)
        viewer.play("cut", playing=False, position=39)
        assert "'cut.avi' ends before frame 39" in viewer.error()
        assert viewer.live()["position"] is None  # nothing of it was shown
        viewer.play("cut", playing=False, position=3)
        viewer.placed(position=3)
        viewer.play("cut", playing=False, position=39)
        viewer.error()
        assert viewer.live()["position"] == 3
        viewer.play("cut", rate_hz=60, loop=False, position=0)
        ended = viewer.live(playing=False, error="")
        assert 3 < ended["position"] < 39
        viewer.play("cut", playing=False, position=ended["position"])
        assert viewer.placed(position=ended["position"])


def test_a_preprocessing_that_raises_ends_the_playing(watch: Watch) -> None:
    def touchy(image: Any) -> torch.Tensor:
        if np.asarray(image).mean() < 1:
            raise ZeroDivisionError("black")
        return IMAGE[0]

    clip = {"clip": [frame(3), frame(0), frame(3)]}
    with layerwalk.serve(tiny(), IMAGE, preprocess=touchy, live=clip) as bridge:
        viewer = watch(bridge)
        viewer.play("clip", rate_hz=60)
        assert "black" in viewer.error()
        viewer.play("clip", playing=False, position=2)
        assert viewer.placed(position=2)


# ---------------------------------------------------------------- the end


def test_no_thread_is_left(tmp_path: Path, watch: Watch) -> None:
    sources = {"a": folder(tmp_path / "a"), "b": lambda: frame(1), "c": [frame(2)]}
    with layerwalk.serve(tiny(), IMAGE, live=sources) as bridge:
        viewer = watch(bridge)
        assert live_threads() == []
        for source in ("a", "b", "c", "a"):
            viewer.play(source)
            viewer.placed(live=source)
        assert len(live_threads()) >= 1
    assert live_threads() == []


def test_a_source_that_never_gives_another_frame_does_not_keep_the_bridge(watch: Watch) -> None:
    camera = Buffered()
    with layerwalk.serve(tiny(), IMAGE, live={"now": camera}) as bridge:
        viewer = watch(bridge)
        viewer.play("now")
        camera.put(frame(9))
        viewer.placed(live="now")
        assert camera.empty.wait(PATIENCE_S)
    assert live_threads() == ["layerwalk-live-now"]  # it waits for its source
    camera.put(None)
    for thread in threading.enumerate():
        if thread.name == "layerwalk-live-now":
            thread.join(PATIENCE_S)
    assert live_threads() == []


# ---------------------------------------------------------------- sources that wait


def test_a_source_that_waits_has_one_thread_however_often_it_is_chosen(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds no other source up, and the next frame that it gives is shown."""
    monkeypatch.setattr(player, "DEVICE_S", 10 * PATIENCE_S)
    camera = Buffered()
    with layerwalk.serve(tiny(), IMAGE, live={"now": camera, "clip": [frame(1)]}) as bridge:
        viewer = watch(bridge)
        for rate_hz in (0, 30, 30):
            viewer.play("now", rate_hz=rate_hz)
            assert camera.empty.wait(PATIENCE_S)
            viewer.play("clip", playing=False, position=0)
            viewer.placed(live="clip")
        viewer.play("now", rate_hz=30)
        viewer.live(source="now")
        assert live_threads().count("layerwalk-live-now") == 1
        camera.put(frame(5))
        assert position_in(viewer.placed(live="now")[1]) == 5
        camera.put(None)


def test_a_generator_that_waits_loses_no_frame_to_another_choice(watch: Watch) -> None:
    frames = Buffered()

    def taken() -> Iterator[np.ndarray]:
        while (one := frames()) is not None:
            yield one

    live = {"mine": taken(), "clip": [frame(1)]}
    with layerwalk.serve(tiny(), IMAGE, live=live) as bridge:
        viewer = watch(bridge)
        viewer.play("mine", rate_hz=60)
        assert frames.empty.wait(PATIENCE_S)
        viewer.play("clip", playing=False, position=0)
        viewer.placed(live="clip")
        viewer.play("mine", rate_hz=60, loop=False)
        viewer.live(source="mine")
        for position in (4, 5):
            frames.put(frame(position))
            assert position_in(viewer.placed(live="mine")[1]) == position
        frames.put(None)
        assert viewer.live(playing=False)["error"] == ""


def test_what_is_chosen_again_begins_at_its_beginning(watch: Watch) -> None:
    """Also where its thread has not ended since."""
    asked, gate = threading.Event(), threading.Event()

    class Slow:
        def __len__(self) -> int:
            return 9

        def __getitem__(self, position: int) -> np.ndarray:
            if position == 3:
                asked.set()
                assert gate.wait(PATIENCE_S)
            return frame(position)

    with layerwalk.serve(tiny(), IMAGE, live={"slow": Slow(), "clip": [frame(20)]}) as bridge:
        viewer = watch(bridge)
        viewer.play("slow", rate_hz=60)
        assert asked.wait(PATIENCE_S)
        viewer.play("clip", playing=False, position=0)
        viewer.placed(live="clip")
        viewer.play("slow", rate_hz=0.1)
        viewer.live(source="slow")
        gate.set()
        placed, view = viewer.placed(live="slow")
        assert placed.position == position_in(view) == 0


def test_the_document_has_no_position_of_the_source_before(watch: Watch) -> None:
    """A frame that is prepared while another source is chosen is not shown any more."""
    inside, gate = threading.Event(), threading.Event()

    def slow(image: Any) -> torch.Tensor:
        if np.asarray(image).mean() == frame(7).mean():
            inside.set()
            assert gate.wait(PATIENCE_S)
        return IMAGE[0]

    live = {"long": [frame(k) for k in range(9)], "short": [frame(20), frame(21)]}
    with layerwalk.serve(tiny(), IMAGE, preprocess=slow, live=live) as bridge:
        viewer = watch(bridge)
        viewer.play("long", playing=False, position=7)
        assert inside.wait(PATIENCE_S)
        viewer.play("short", playing=False)
        viewer.live(source="short")
        gate.set()
        viewer.play("short", playing=False, position=1)
        assert viewer.placed()[0].live == "short"
        viewer.play("short", playing=False)
        assert viewer.live(position=1)["source"] == "short"
