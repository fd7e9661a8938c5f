"""Coarser levels of a packed layer, computed on its codes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import numpy as np

from layerwalk.atlas.kernels import shrink_tiles
from layerwalk.atlas.packing import Codes
from layerwalk.page import PageLevel, image_height, page_level


def coarse(
    pixels: Codes, tiles: int, height: int, width: int, levels: Iterable[int]
) -> dict[int, tuple[PageLevel, Codes]]:
    """The packed images of `levels`, from 1 on, of `tiles` tiles (height, width) in `pixels`.

    A pixel is the mean of the 2^level x 2^level codes it covers, fewer at the right and lower
    edges. Codes that are no numbers are left out of the mean, and stay only where nothing else
    is. The images share their memory.
    """
    packings = [page_level(tiles, height, width, level) for level in sorted(set(levels))]
    if not packings:
        return {}
    sizes = [image_height(tiles, one) * one.width for one in packings]
    starts = [0, *accumulate(sizes)]
    packed = np.zeros(starts[-1], np.uint8)
    rows = [
        (one.level, start, one.tile_height, one.tile_width, one.columns)
        for one, start in zip(packings, starts, strict=False)
    ]
    columns = page_level(tiles, height, width).columns
    shrink_tiles(pixels, (height, width), columns, np.array(rows, np.int64), packed, tiles)
    return {
        one.level: (one, packed[start : start + size].reshape(-1, one.width))
        for one, start, size in zip(packings, starts, sizes, strict=False)
    }
