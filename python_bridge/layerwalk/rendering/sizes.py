"""Sizes of pictures, and files they go to."""

from __future__ import annotations

import re
from pathlib import Path

from layerwalk.errors import RenderFailed

LEAST_PX, MOST_PX = 16, 8192
MOST_SAMPLES = 16
CODECS = {".mp4": "mp4v", ".avi": "MJPG"}


def size_of(text: str) -> tuple[int, int]:
    """Width and height in pixels of a text such as "3840x2160". Raises RenderFailed."""
    found = re.fullmatch(r"\s*([0-9]{1,6})\s*[xX×]\s*([0-9]{1,6})\s*", text)
    if found is None:
        raise RenderFailed(f"'{text}' is no size; give width and height in pixels, as 3840x2160")
    return int(found[1]), int(found[2])


def check_size(size: tuple[int, int], *, panorama: bool, film: bool) -> None:
    """Raises RenderFailed for a size in which no such picture is taken."""
    width, height = size
    shown = f"a picture of {width} x {height} pixels cannot be taken"
    if not LEAST_PX <= min(size) <= max(size) <= MOST_PX:
        raise RenderFailed(f"{shown}; sides have {LEAST_PX} to {MOST_PX} pixels")
    if panorama and width != 2 * height:
        raise RenderFailed(f"{shown} all around; a panorama is twice as wide as high")
    if film and (width % 2 or height % 2):
        raise RenderFailed(f"{shown} in a film; its sides are even numbers")


def check_file(file: Path, *, film: bool, transparent: bool, panorama: bool) -> None:
    """Raises RenderFailed where this cannot be written to that file."""
    names = tuple(CODECS) if film else (".png",)
    if not file.parent.is_dir():
        raise RenderFailed(f"the folder '{file.parent}' does not exist; create it")
    if file.is_dir() or file.suffix.lower() not in names:
        kind = "a film (--view path:FILE)" if film else "a picture"
        raise RenderFailed(
            f"'{file}' is no name for {kind}; give one that ends in {' or '.join(names)}"
        )
    if film and (transparent or panorama):
        raise RenderFailed("films have a background and are no panoramas; leave these options out")
