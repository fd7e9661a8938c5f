"""From a packed image to tiles of codes, and from codes to values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layerwalk.page import (
    MAX_CODE,
    NEGATIVE_INFINITY,
    NOT_A_NUMBER,
    POSITIVE_INFINITY,
    PageLevel,
    image_height,
)

Codes = NDArray[np.uint8]


def _tile_rows(image: Codes, rows: int, height: int, width: int) -> NDArray[np.void]:
    """An image of `rows` rows of tiles as (row, column, pixel row) of runs of `width` pixels.

    Runs are copied whole: numpy moves one run as fast as one byte.
    """
    runs = image.reshape(rows, height, -1).view(np.dtype((np.void, width)))
    return runs.transpose(0, 2, 1)


def unpack(pixels: Codes, tiles: int, level: PageLevel) -> Codes:
    """The tiles (tiles, height, width) of a packed image, whose shape is checked."""
    height, width = level.tile_height, level.tile_width
    expected = (image_height(tiles, level), level.width)
    if pixels.shape != expected:
        raise ValueError(f"packed image is {pixels.shape}, but {tiles} tiles make {expected}")
    rows = expected[0] // height
    runs = _tile_rows(np.ascontiguousarray(pixels), rows, height, width)
    stacked = np.ascontiguousarray(runs[:, : level.columns]).reshape(-1, height)
    return stacked.view(np.uint8).reshape(-1, height, width)[:tiles]


def dequantize(codes: Codes, ranges: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values (float32) of codes (tiles, ...), given (tiles, 2) offsets and steps.

    Each is within half a step of what was quantized, apart from the rounding of float32;
    infinities and NaN are themselves.
    """
    shape = (len(codes),) + (1,) * (codes.ndim - 1)
    offset, step = ranges[:, 0].reshape(shape), ranges[:, 1].reshape(shape)
    values: NDArray[np.float32]
    # 252 steps of a range as wide as float32 itself would be infinite.
    if step.max(initial=0) > 1e36:
        limits = np.finfo(np.float32)
        exact = codes * step.astype(np.float64) + offset.astype(np.float64)
        values = exact.clip(limits.min, limits.max).astype(np.float32)
    else:
        values = codes * step + offset
    if codes.size and codes.max() > MAX_CODE:
        values[codes == NEGATIVE_INFINITY] = -np.inf
        values[codes == POSITIVE_INFINITY] = np.inf
        values[codes == NOT_A_NUMBER] = np.nan
    return values
