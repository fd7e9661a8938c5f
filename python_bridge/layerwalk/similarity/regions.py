"""What a similarity map is a map of: one pixel, or the mean of several.

Pixels are (x, y), from the top left; pixel (0, 0) covers 0 to 1 in both directions, and its middle
is at (0.5, 0.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidReference

Point = tuple[float, float]
Pixel = tuple[int, int]


@dataclass(frozen=True)
class Rectangle:
    """All pixels from (x, y) on, `width` across and `height` down; what is outside is left out."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Lasso:
    """The pixels whose middle is inside of a polygon of these points, (x, y) as above.

    Where lines cross, what is inside is told by the even-odd rule. One that goes round no pixel's
    middle is the pixel where its own middle is.
    """

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Pins:
    """Several pixels; each counts once."""

    pixels: tuple[Pixel, ...]


Reference: TypeAlias = "tuple[int, int] | Rectangle | Lasso | Pins | NDArray[np.bool_]"


def pixels_of(reference: Reference | Any, height: int, width: int) -> NDArray[np.int64]:
    """The pixels of a reference, as y * width + x, in order and each once.

    A reference is (x, y), a Rectangle, a Lasso, Pins, or a mask, bool (height, width). Raises
    InvalidReference for one outside of the map, and for one of no pixels.
    """
    if isinstance(reference, np.ndarray):
        mask = _checked(reference, height, width)
    elif isinstance(reference, Rectangle):
        mask = _rectangle(reference, height, width)
    elif isinstance(reference, Lasso):
        mask = _lasso(reference.points, height, width)
    elif isinstance(reference, Pins):
        return np.unique([_index(pixel, height, width) for pixel in _some(reference.pixels)])
    else:
        return np.array([_index(reference, height, width)], np.int64)
    found: NDArray[np.int64] = np.flatnonzero(mask)
    if not found.size:
        raise InvalidReference(f"{_named(reference)} has no pixel of {width} × {height}")
    return found


def _named(reference: Any) -> str:
    return "the mask" if isinstance(reference, np.ndarray) else f"{reference}"[:200]


def _some(pixels: Sequence[Pixel]) -> Sequence[Pixel]:
    if not pixels:
        raise InvalidReference("no pins are given; give one pixel (x, y) or more")
    return pixels


def _index(pixel: Any, height: int, width: int) -> int:
    try:
        x, y = pixel
        whole = int(x), int(y)
    except (TypeError, ValueError, OverflowError):
        raise InvalidReference(
            f"{str(pixel)[:200]} is no reference; give a pixel (x, y), a Rectangle, a Lasso, Pins "
            "or a mask"
        ) from None
    if whole != (x, y) or not (0 <= whole[0] < width and 0 <= whole[1] < height):
        raise InvalidReference(
            f"({x}, {y}) is no pixel of {width} × {height}; x is a whole number from 0 to "
            f"{width - 1}, y from 0 to {height - 1}"
        )
    return whole[1] * width + whole[0]


def _checked(mask: NDArray[Any], height: int, width: int) -> NDArray[np.bool_]:
    if mask.dtype != np.bool_ or mask.shape != (height, width):
        raise InvalidReference(
            f"a mask of {mask.dtype} {mask.shape} does not fit; give bool ({height}, {width})"
        )
    return mask


def _rectangle(one: Rectangle, height: int, width: int) -> NDArray[np.bool_]:
    mask = np.zeros((height, width), bool)
    across = slice(max(0, one.x), max(0, one.x + one.width))
    mask[max(0, one.y) : max(0, one.y + one.height), across] = True
    return mask


def _lasso(points: Sequence[Point], height: int, width: int) -> NDArray[np.bool_]:
    corners = np.asarray(points, np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise InvalidReference(f"a lasso of {len(points)} points; give at least three, (x, y)")
    if not np.isfinite(corners).all():
        raise InvalidReference("a point of the lasso is no number")
    mask = _inside(corners, height, width)
    if not mask.any():  # smaller than a pixel
        x, y = np.floor(corners.mean(axis=0)).astype(np.int64)
        if 0 <= x < width and 0 <= y < height:
            mask[y, x] = True
    return mask


def _inside(corners: NDArray[np.float64], height: int, width: int) -> NDArray[np.bool_]:
    """By rows: a line through the middles of a row is inside between each two edges it crosses."""
    mask = np.zeros((height, width), bool)
    x, y = corners.T
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    low = max(0, int(np.floor(max(y.min(), 0.0))))
    for row in range(low, min(height, int(np.ceil(min(y.max(), height))))):
        middle = row + 0.5
        crosses = (y <= middle) != (next_y <= middle)
        share = (middle - y[crosses]) / (next_y - y)[crosses]
        cuts = np.sort(x[crosses] + share * (next_x - x)[crosses])
        starts = np.ceil(cuts - 0.5).clip(0, width).astype(np.int64)
        for first, end in zip(starts[::2], starts[1::2], strict=True):
            mask[row, first:end] = True
    return mask
