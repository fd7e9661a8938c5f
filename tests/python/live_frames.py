"""Frames whose position can be read off their pixels, and the sources that hold them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

import layerwalk
from layerwalk.protocol import messages as m

from .viewers import PATIENCE_S, Viewer

PATH = ("live", "main", "input")
STEP = 8  # grey levels between frames: more than a video's compression changes


def frame(position: int, height: int = 20, width: int = 24) -> np.ndarray:
    return np.full((height, width, 3), STEP * (position % 32), np.uint8)


def position_in(view: np.ndarray) -> int:
    return round(float(view.mean()) / STEP)


def video(file: Path, frames: int = 24, rate_hz: float = 10.0, size: int = 64) -> Path:
    """A video that OpenCV writes without any codec of the system's."""
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter_fourcc(*"MJPG"), rate_hz, (size, size))
    assert writer.isOpened()
    for position in range(frames):
        writer.write(frame(position, size, size))
    writer.release()
    return file


def truncated_video(file: Path, frames: int) -> Path:
    """A video whose header counts more frames than are left of it: about half of them."""
    whole = video(file.with_suffix(".whole.avi"), frames).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    return file


def folder(path: Path, frames: int = 5) -> Path:
    path.mkdir()
    for position in range(frames):
        Image.fromarray(frame(position)).save(path / f"{position:02}.png")
    return path


class Buffered:
    """As a camera is to its driver: each call gives the oldest frame that was not taken, and
    waits for one if there is none. None in it ends it."""

    def __init__(self) -> None:
        self._frames: deque[np.ndarray | None] = deque()
        self._changed = threading.Condition()
        self.empty = threading.Event()  # all were taken, and another one is waited for

    def put(self, *frames: np.ndarray | None) -> None:
        with self._changed:
            self._frames.extend(frames)
            self.empty.clear()
            self._changed.notify()

    def __call__(self) -> np.ndarray | None:
        with self._changed:
            if not self._frames:
                self.empty.set()
            assert self._changed.wait_for(lambda: self._frames, PATIENCE_S)
            return self._frames.popleft()


class Watcher(Viewer):
    """A viewer that plays live sources, and sees what is placed."""

    def watch(self) -> Watcher:
        """From the first run on."""
        self.until(m.RoomPublished)
        self.send(m.Request(layers=("*",)))
        self.placed()
        return self

    def play(self, source: str | None, **fields: Any) -> None:
        value = source and {"source": source, **fields}
        self.send(m.Change(request=7, base=0, path=PATH, value=value or None))

    def placed(self, **fields: Any) -> tuple[m.InputPlaced, np.ndarray]:
        """The next run that begins with these fields, and what it shows."""
        while True:
            message, arrays = self.receive()
            assert not isinstance(message, m.Error), message.message
            if isinstance(message, m.InputPlaced) and all(
                getattr(message, name) == value for name, value in fields.items()
            ):
                return message, arrays[0]

    def live(self, **fields: Any) -> dict[str, Any]:
        """What stands in the document, once that has these fields."""
        return self.document(
            lambda live: live and all(live[name] == wanted for name, wanted in fields.items())
        )

    def error(self) -> str:
        """Why playing ended, once it has."""
        told = self.document(lambda live: live and live["error"])
        assert not told["playing"]
        return str(told["error"])

    def document(self, condition: Callable[[Any], Any]) -> Any:
        """What the document says of the live source, once that meets a condition."""
        while True:
            self.send(m.GetSnapshot(request=8))
            [*_, snapshot] = self.until(m.Snapshot)
            value = snapshot.document["live"].get("main", {}).get("input")
            if condition(value):
                return value


Watch = Callable[[layerwalk.Bridge], Watcher]


@pytest.fixture
def watch() -> Iterator[Watch]:
    watchers: list[Watcher] = []

    def make(bridge: layerwalk.Bridge) -> Watcher:
        watchers.append(Watcher(bridge))
        return watchers[-1].watch()

    yield make
    for one in watchers:
        one.close()
