"""Live sources that are open: what gives its frames in turn, and what gives the one of now.

A **tape** (a video, a folder, an iterable) has frames in an order, and waits for whoever reads
it. A **tap** (a camera, a function) runs on by itself: it has to be read as fast as it gives, or
its frames are old when they come.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from layerwalk.errors import InvalidImage, LayerwalkError, LiveFailed
from layerwalk.images.decode import MAX_BYTES, MAX_PIXELS, Pixels, decode, from_pixels

NEAR_FRAMES = 30  # forward; further ahead seeking is faster than reading

Named = tuple[str, Pixels]  # "" where only the source has a name


@runtime_checkable
class Tape(Protocol):
    """Frames in an order, open for reading."""

    def at(self, position: int) -> Named | None:
        """The frame at this position; None behind the last one.

        Raises InvalidImage or TooLarge for this frame alone, anything else for the source.
        """

    def close(self) -> None:
        """Lets files go."""


@runtime_checkable
class Tap(Protocol):
    """Frames as they come. `idles` says that it stands still while nobody reads it."""

    idles: bool

    def wait(self) -> bool:
        """Takes the next frame once it is there; False if there will be none."""

    def frame(self) -> Pixels:
        """The frame that was taken. Raises as `Tape.at` does."""

    def close(self) -> None:
        """Lets the device go."""


class Video:
    """A video file. Raises LiveFailed, also where its frames are too large."""

    def __init__(self, file: Path, *, max_pixels: int = MAX_PIXELS) -> None:
        self._file = file
        self._max_pixels = max_pixels
        self._capture = self._opened()
        self._next = 0
        rate, frames = (float(self._capture.get(part)) for part in _rate_and_count())
        self.rate_hz = rate if 0 < rate < 1000 else 25.0
        self.frames = round(frames) if 0 < frames < 1 << 40 else 0

    def at(self, position: int) -> Named | None:
        """Reads on, seeks, or begins anew, whatever leads to exactly this frame."""
        if not 0 <= position - self._next <= NEAR_FRAMES:
            self._seek(position)
        while self._next < position:
            if not self._capture.grab():
                return None
            self._next += 1
        came, pixels = self._capture.read()
        if not came:
            return None
        self._next += 1
        return "", from_pixels(_rgb(pixels), max_pixels=self._max_pixels)

    def close(self) -> None:
        """Closes the file."""
        self._capture.release()

    def _seek(self, position: int) -> None:
        import cv2

        found = position > 0 and self._capture.set(cv2.CAP_PROP_POS_FRAMES, position)
        if found and round(self._capture.get(cv2.CAP_PROP_POS_FRAMES)) == position:
            self._next = position
        else:  # what cannot seek is read from its start
            self.close()
            self._capture, self._next = self._opened(), 0

    def _opened(self) -> Any:
        import cv2

        with_ffmpeg = cv2.CAP_FFMPEG in cv2.videoio_registry.getBackends()
        capture = quiet_capture(
            str(self._file.resolve()), cv2.CAP_FFMPEG if with_ffmpeg else cv2.CAP_ANY
        )
        if not capture.isOpened():
            raise LiveFailed(
                f"'{self._file}' is no video that can be read; give an MP4, MOV, WebM or AVI file"
            )
        width, height = (
            int(capture.get(part)) for part in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
        )
        if width * height > self._max_pixels:
            capture.release()
            raise LiveFailed(
                f"'{self._file}' has frames of {width} × {height} pixels, the bridge takes "
                f"{self._max_pixels:,} in all; scale it down"
            )
        return capture


class Folder:
    """Image files, one frame each, at any rate."""

    def __init__(self, files: Sequence[Path], *, max_pixels: int = MAX_PIXELS) -> None:
        self._files = files
        self._max_pixels = max_pixels

    def at(self, position: int) -> Named | None:
        """Decodes that file. Raises InvalidImage or TooLarge, with the file's name."""
        if position >= len(self._files):
            return None
        file = self._files[position]
        try:
            if file.stat().st_size > MAX_BYTES:
                raise InvalidImage(f"it has more than {MAX_BYTES:,} bytes; save it smaller")
            return file.name, decode(file.read_bytes(), max_pixels=self._max_pixels)
        except OSError as error:
            raise InvalidImage(f"'{file.name}' cannot be read ({error.strerror})") from error
        except LayerwalkError as error:
            raise type(error)(f"'{file.name}': {error}") from error

    def close(self) -> None:
        """Nothing is open."""


class Row:
    """One's own frames, in a sequence: a list, an array (N, H, W, 3), whatever has a length."""

    def __init__(self, frames: Any, *, max_pixels: int = MAX_PIXELS) -> None:
        self._frames = frames
        self._max_pixels = max_pixels

    def at(self, position: int) -> Named | None:
        """Takes it from the sequence."""
        if position >= len(self._frames):
            return None
        return "", own_pixels(self._frames[position], max_pixels=self._max_pixels)

    def close(self) -> None:
        """Nothing is open."""


class Iteration:
    """One's own frames from an iterable: only forwards, and from its beginning if it allows."""

    def __init__(self, frames: Iterable[Any], *, max_pixels: int = MAX_PIXELS) -> None:
        self._frames = frames
        self._max_pixels = max_pixels
        self._iterator: Iterator[Any] = iter(frames)
        self._begun = False

    def at(self, position: int) -> Named | None:
        """The next one, whatever the position; 0 begins anew."""
        if position == 0 and self._begun:
            self._iterator = iter(self._frames)
        self._begun = True
        for frame in self._iterator:
            return "", own_pixels(frame, max_pixels=self._max_pixels)
        return None

    def close(self) -> None:
        """Nothing is open."""


class Camera:
    """A camera by its number. Raises LiveFailed if there is none, or another program has it."""

    idles = False

    def __init__(self, number: int, *, max_pixels: int = MAX_PIXELS) -> None:
        import cv2

        self._number = number
        self._max_pixels = max_pixels
        self._capture = quiet_capture(number)
        if not self._capture.isOpened():
            raise LiveFailed(
                f"camera {number} cannot be opened: there is none, or another program has it; "
                "name another (camera:1), or end that program"
            )
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.rate_hz = rate if 0 < rate < 1000 else 0.0

    def wait(self) -> bool:
        """Takes a frame off the driver; decoding it is left to `frame`."""
        return bool(self._capture.grab())

    def frame(self) -> Pixels:
        """Decodes it."""
        came, pixels = self._capture.retrieve()
        if not came:
            raise InvalidImage(f"camera {self._number} gave a frame that cannot be read")
        return from_pixels(_rgb(pixels), max_pixels=self._max_pixels)

    def close(self) -> None:
        """Switches it off."""
        self._capture.release()


class Function:
    """One's own function that returns the frame of now, or None when there are no more."""

    idles = True

    def __init__(self, function: Callable[[], Any], *, max_pixels: int = MAX_PIXELS) -> None:
        self._function = function
        self._max_pixels = max_pixels
        self._frame: Any = None

    def wait(self) -> bool:
        """Calls it."""
        self._frame = self._function()
        return self._frame is not None

    def frame(self) -> Pixels:
        """What it returned."""
        return own_pixels(self._frame, max_pixels=self._max_pixels)

    def close(self) -> None:
        """Nothing is open."""


def own_pixels(frame: Any, *, max_pixels: int) -> Pixels:
    """A copy of one's own frame, which may be written over; raises InvalidImage or TooLarge."""
    array = np.asarray(frame)
    if array.dtype.kind not in "biuf":
        raise InvalidImage(
            f"a frame is a {type(frame).__name__}; give arrays of pixels, uint8 (H, W, 3)"
        )
    return np.array(from_pixels(array, max_pixels=max_pixels))


def quiet_capture(what: str | int, backend: int = 0) -> Any:
    """OpenCV's capture, which does not write on the terminal what the error says anyway."""
    import cv2

    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    logging = cv2.utils.logging
    before = logging.getLogLevel()
    logging.setLogLevel(logging.LOG_LEVEL_SILENT)
    try:
        return cv2.VideoCapture(what, backend)
    finally:
        logging.setLogLevel(before)


def _rgb(pixels: np.ndarray) -> np.ndarray:
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))


def _rate_and_count() -> tuple[int, int]:
    import cv2

    return cv2.CAP_PROP_FPS, cv2.CAP_PROP_FRAME_COUNT
