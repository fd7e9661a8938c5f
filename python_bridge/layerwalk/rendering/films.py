"""Films: frames, one after the other, into a video file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from layerwalk.errors import RenderFailed
from layerwalk.rendering.sizes import CODECS

LEAST_FPS, MOST_FPS = 1.0, 120.0
MOST_SECONDS = 3600.0


def check_film(fps: float, seconds: float | None) -> None:
    """Raises RenderFailed for a film that nobody can make, and where OpenCV is missing."""
    if not LEAST_FPS <= fps <= MOST_FPS:
        raise RenderFailed(f"{fps:g} frames a second; films have {LEAST_FPS:g} to {MOST_FPS:g}")
    if seconds is not None and not 0 < seconds <= MOST_SECONDS:
        raise RenderFailed(f"{seconds:g} s; films last up to {MOST_SECONDS:g} s")
    _opencv()


def write_film(file: Path, frames: Iterator[bytes], *, fps: float, size: tuple[int, int]) -> None:
    """Writes `frames`, PNG files of `size` (width, height), as a film.

    Raises RenderFailed where OpenCV cannot write such a file.
    """
    cv2 = _opencv()
    codec = CODECS[file.suffix.lower()]
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter_fourcc(*codec), fps, size)
    try:
        if not writer.isOpened():
            raise RenderFailed(
                f"this OpenCV writes no {file.suffix} with the codec {codec}; "
                f"name a file that ends in {' or '.join(CODECS)}"
            )
        for frame in frames:
            writer.write(cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_COLOR))
    finally:
        writer.release()


def _opencv() -> Any:
    try:
        import cv2
    except ImportError as error:
        raise RenderFailed(
            f"films need OpenCV, which cannot be imported ({error}); "
            "pip install opencv-python-headless"
        ) from error
    return cv2
