"""Sources as they are named at the start, and what they give when they are opened."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

import layerwalk
from layerwalk.errors import LiveFailed
from layerwalk.images import End, LiveSource, Order, Player, Shot, live_sources
from layerwalk.images.opened import Camera, Video

from .live_frames import Buffered, folder, frame, position_in, video
from .small_networks import IMAGE, tiny
from .viewers import PATIENCE_S

NO_CAMERA = 93


def test_a_camera_that_is_not_there_is_one_clear_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LiveFailed, match=rf"camera {NO_CAMERA} cannot be opened.*camera:1"):
        live_sources(f"camera:{NO_CAMERA}")
    with pytest.raises(LiveFailed, match="camera"):
        Camera(NO_CAMERA)
    assert capfd.readouterr() == ("", "")  # OpenCV says nothing beside


def test_a_bridge_does_not_start_with_a_source_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(LiveFailed, match="does not exist"):
        layerwalk.serve(tiny(), IMAGE, live=tmp_path / "none.mp4")
    assert not [t for t in threading.enumerate() if t.name == "layerwalk-bridge"]


def test_files_that_are_no_videos_are_refused(tmp_path: Path) -> None:
    text, still, cut = (tmp_path / name for name in ("notes.mp4", "still.png", "cut.avi"))
    text.write_text("certainly no video\n" * 99)
    Image.fromarray(frame(3)).save(still)
    cut.write_bytes(video(tmp_path / "whole.avi").read_bytes()[:2000])
    for file, words in (
        (text, "no video that can be read"),
        (still, "still image"),
        (cut, "no video|no frame"),
    ):
        with pytest.raises(LiveFailed, match=words) as refused:
            live_sources(file)
        assert f"'{file}'" in str(refused.value)


def test_the_decoders_say_nothing_beside_the_error(tmp_path: Path) -> None:
    """In a program of its own: what they say is settled when they are first used."""
    (tmp_path / "notes.mp4").write_text("certainly no video\n" * 99)
    code = "import sys, layerwalk.images as i; i.live_sources(sys.argv[1])"
    command = [sys.executable, "-c", code, tmp_path / "notes.mp4"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stderr.startswith("Traceback")
    assert "notes.mp4' is no video that can be read" in told.stderr.splitlines()[-1]
    assert "moov" not in told.stderr


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (3, "type int"),
        (np.zeros((4, 4, 3), np.uint8), r"\(4, 4, 3\) is no row of frames"),
        ({"none": []}, "'none' has no frames"),
        ([iter([])] * 40, "more than 32"),
    ],
)
def test_what_gives_no_frames_is_refused(item: Any, words: str) -> None:
    with pytest.raises(LiveFailed, match=words):
        live_sources(item)


def test_folders_without_images_and_videos_that_are_too_large_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LiveFailed, match="no images in the folder"):
        live_sources(tmp_path / "empty")
    with pytest.raises(LiveFailed, match="64 × 64 pixels"):
        live_sources(video(tmp_path / "large.avi"), max_pixels=4000)


def test_ids_are_readable_and_told_apart(tmp_path: Path) -> None:
    clip = video(tmp_path / "My clip.avi", 3)
    sources = live_sources([clip, str(clip), folder(tmp_path / "photos"), lambda: None])
    assert [source.id for source in sources] == ["my-clip", "my-clip-2", "photos", "lambda"]
    assert [source.name for source in sources][:2] == ["My clip.avi"] * 2


def test_any_frame_of_a_video_is_found_from_any_other(tmp_path: Path) -> None:
    """Compared with reading from the start, as slowly as can be."""
    file = video(tmp_path / "clip.avi", 70, size=32)
    reader = cv2.VideoCapture(str(file))
    expected = [reader.read()[1][..., ::-1] for _ in range(70)]
    tape = Video(file)
    for position in (0, 1, 5, 69, 3, 40, 41, 2, 0, 68):
        found = tape.at(position)
        assert found is not None
        np.testing.assert_array_equal(found[1], expected[position])
    assert tape.at(70) is None
    assert tape.at(500) is None
    assert tape.at(7) is not None
    tape.close()


def test_colours_are_not_swapped(tmp_path: Path) -> None:
    red = np.zeros((32, 32, 3), np.uint8)
    red[..., 2] = 255  # OpenCV's order is blue, green, red
    writer = cv2.VideoWriter(
        str(tmp_path / "red.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (32, 32)
    )
    writer.write(red)
    writer.release()
    found = Video(tmp_path / "red.avi").at(0)
    assert found is not None
    assert found[1][16, 16].tolist() == pytest.approx([255, 0, 0], abs=8)


class Played:
    """What a player shows and tells, as it comes."""

    def __init__(self, source: Any, order: Order) -> None:
        self.shots: list[Shot] = []
        self.ends: list[End] = []
        self._changed = threading.Condition()
        if not isinstance(source, LiveSource):
            [source] = live_sources(source)
        self.player = Player(source, order, show=self._show, ended=self._end)

    def _show(self, shot: Shot) -> None:
        with self._changed:
            self.shots.append(shot)
            self._changed.notify()

    def _end(self, end: End) -> None:
        with self._changed:
            self.ends.append(end)
            self._changed.notify()

    def wait(self, *, shots: int = 0, ends: int = 0) -> None:
        with self._changed:
            assert self._changed.wait_for(
                lambda: len(self.shots) >= shots and len(self.ends) >= ends, PATIENCE_S
            )

    def stop(self) -> None:
        self.player.stop()
        self.player.over.result(PATIENCE_S)


def test_frames_come_in_order_at_their_rate(tmp_path: Path) -> None:
    """Never sooner than the rate says; a busy machine may make them later."""
    file = video(tmp_path / "clip.avi", 6, 25.0)
    ordered_s = time.monotonic()
    played = Played(file, Order(loop=False))
    played.wait(ends=1)
    assert [position_in(shot.pixels) for shot in played.shots] == [0, 1, 2, 3, 4, 5]
    assert played.ends[0].position == 5
    assert played.shots[-1].captured_s - ordered_s >= 4.9 / 25
    ordered_s = time.monotonic()
    played.player.order(Order(rate_hz=50, loop=False))
    played.wait(ends=2)
    again = played.shots[6:]
    assert [shot.position for shot in again] == [0, 1, 2, 3, 4, 5]
    assert again[-1].captured_s - ordered_s >= 4.9 / 50
    played.stop()


def test_a_video_that_vanishes_ends_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = video(tmp_path / "clip.avi", 5)
    played = Played(file, Order(rate_hz=60))
    played.wait(shots=1)
    file.unlink()
    played.wait(ends=1)
    played.player.over.result(PATIENCE_S)
    assert f"'{file}'" in played.ends[0].error
    assert played.ends[0].over
    assert caplog.records == []


def test_a_file_that_vanishes_from_a_folder_is_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = folder(tmp_path / "clip", 3)
    played = Played(clip, Order(playing=False, position=0))
    played.wait(shots=1)
    (clip / "01.png").unlink()
    played.player.order(Order(rate_hz=60))
    played.wait(shots=5)
    played.stop()
    assert [shot.position for shot in played.shots[:5]] == [0, 2, 0, 2, 0]
    assert ["'01.png' cannot be read" in record.getMessage() for record in caplog.records] == [True]


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.int16, np.uint32])
def test_wider_integers_are_bytes_or_refused(dtype: type[np.integer]) -> None:
    bright = np.full((8, 8, 3), 200, dtype)
    played = Played({"mine": [bright, bright + dtype(100)]}, Order(playing=False, position=0))
    played.wait(shots=1)
    assert np.all(played.shots[0].pixels == 200)
    played.player.order(Order(playing=False, position=1))
    played.wait(ends=1)
    played.stop()
    assert f"pixels of {np.dtype(dtype)} are 300 .. 300" in played.ends[0].error


def test_a_function_that_has_no_frame_ends_at_none() -> None:
    played = Played({"now": lambda: None}, Order())
    played.wait(ends=1)
    played.stop()
    assert (played.ends[0].position, played.ends[0].error) == (None, "")


def test_a_step_shows_one_frame_and_waits() -> None:
    taken = []

    def now() -> np.ndarray:
        taken.append(1)
        return frame(len(taken))

    played = Played({"now": now}, Order(playing=False))
    for step in range(1, 4):
        played.player.order(Order(playing=False, position=0))
        played.wait(shots=step)
    played.stop()
    assert [position_in(shot.pixels) for shot in played.shots] == [1, 2, 3]
    assert len(taken) == 3  # it is called for nothing else


class Device:
    """A camera as the player reads one, with a driver that keeps what is not taken."""

    idles = False

    def __init__(self, driver: Buffered) -> None:
        self._driver = driver
        self._taken: Any = None

    def wait(self) -> bool:
        self._taken = self._driver()
        return self._taken is not None

    def frame(self) -> np.ndarray:
        return self._taken

    def close(self) -> None:
        self._driver = Buffered()


def test_a_camera_is_drained_while_it_is_paused_too() -> None:
    """Or the first frames after a pause would be those from its beginning."""
    driver = Buffered()
    camera = LiveSource("camera", "camera", "camera", 0, 0.0, lambda: Device(driver))
    played = Played(camera, Order())
    driver.put(frame(1))
    played.wait(shots=1)
    played.player.order(Order(playing=False))
    driver.put(*(frame(2) for _ in range(500)))
    assert driver.empty.wait(PATIENCE_S)
    played.player.order(Order())
    driver.put(frame(3))
    played.wait(shots=2)
    driver.put(None)  # unplugged
    played.wait(ends=1)
    played.player.over.result(PATIENCE_S)
    assert [position_in(shot.pixels) for shot in played.shots] == [1, 3]
    assert played.shots[1].position == 501
    assert "still connected" in played.ends[0].error


def test_one_frame_that_is_written_over_is_shown_as_it_was() -> None:
    buffer = frame(1)

    def reused() -> np.ndarray:
        buffer[:] += 8
        return buffer

    played = Played({"now": reused}, Order())
    played.wait(shots=3)
    played.stop()
    assert [position_in(shot.pixels) for shot in played.shots[:3]] == [2, 3, 4]


def test_a_player_that_was_stopped_while_it_waited_shows_nothing_more() -> None:
    asked, gate = threading.Event(), threading.Event()

    def slow() -> np.ndarray:
        asked.set()
        assert gate.wait(PATIENCE_S)
        return frame(1)

    played = Played({"slow": slow}, Order())
    assert asked.wait(PATIENCE_S)
    played.player.stop()
    gate.set()
    played.player.over.result(PATIENCE_S)
    assert (played.shots, played.ends) == ([], [])
