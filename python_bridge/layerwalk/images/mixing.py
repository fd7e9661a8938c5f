"""Pictures made of others: a blend of two, and a feature map."""

from __future__ import annotations

import numpy as np
from PIL import Image

from layerwalk.errors import InvalidImage
from layerwalk.images.decode import Pixels, shrink
from layerwalk.page import MAX_CODE, NEGATIVE_INFINITY, NOT_A_NUMBER, POSITIVE_INFINITY

BLEND_EDGE = 1024  # pixels; the longer edge of a blend is no longer


def blend(first: Pixels, second: Pixels, alpha: float) -> Pixels:
    """(1 - alpha) · first + alpha · second in sRGB, uint8 (H, W, 3), rounded.

    It has the size of `first`, shrunk to BLEND_EDGE where its longer edge has more pixels; `second`
    is scaled until it just covers that, and cropped in the middle. `alpha` is 0 to 1. Raises
    InvalidImage for what is out of range.
    """
    if not 0 <= alpha <= 1:  # not for NaN either
        raise InvalidImage(f"an alpha of {alpha:g}; it is 0 (the first) to 1 (the second)")
    below = shrink(first, BLEND_EDGE)
    height, width = below.shape[:2]
    above = _covering(second, height, width)
    mixed = (1 - alpha) * below.astype(np.float64) + alpha * above.astype(np.float64)
    return np.floor(mixed + 0.5).astype(np.uint8)


def _covering(pixels: Pixels, height: int, width: int) -> Pixels:
    """Scaled until it just covers (height, width), the middle of it."""
    if pixels.shape[:2] == (height, width):
        return pixels
    rows, columns = pixels.shape[:2]
    scale = max(height / rows, width / columns)
    # Only what stays is scaled: all of a long strip would fill memory.
    kept_rows = min(rows, max(1, round(height / scale)))
    kept_columns = min(columns, max(1, round(width / scale)))
    top, left = (rows - kept_rows) // 2, (columns - kept_columns) // 2
    middle = pixels[top : top + kept_rows, left : left + kept_columns]
    image = Image.fromarray(np.ascontiguousarray(middle))
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))


def map_picture(codes: Pixels) -> Pixels:
    """A feature map, its codes uint8 (H, W) as `page.py` says, as a grey picture (H, W, 3).

    The least value of the map is black, its greatest white, others between them in proportion:
    a code c, 0 .. 252, is the grey round(255 c / 252), so that no two values become one. -∞ and
    NaN are black, +∞ is white; a map of one value only is black.
    """
    greys = np.zeros(256, np.uint8)
    greys[: MAX_CODE + 1] = np.floor(np.arange(MAX_CODE + 1) * (255 / MAX_CODE) + 0.5)
    greys[[NEGATIVE_INFINITY, POSITIVE_INFINITY, NOT_A_NUMBER]] = 0, 255, 0
    return np.repeat(greys[codes][..., None], 3, axis=2)
