"""Coarser levels of a packed layer, computed on its codes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from layerwalk.atlas.kernels import shrink_tiles
from layerwalk.atlas.packing import Codes
from layerwalk.page import MAX_CODE, PageLevel, image_height, page_level

_MOST_VALUES = (1 << 32) // (MAX_CODE + 1)  # of a tile, whose sum the compiled loops can hold


def coarse(
    pixels: Codes, tiles: int, height: int, width: int, levels: Iterable[int]
) -> dict[int, tuple[PageLevel, Codes]]:
    """The packed images of `levels`, from 1 on, of `tiles` tiles (height, width) in `pixels`.

    A pixel is the mean of the 2^level x 2^level codes it covers, fewer at the right and lower
    edges. Codes that are no numbers are left out of the mean, and stay only where nothing else
    is. The images share their memory.
    """
    packings = [page_level(tiles, height, width, level) for level in sorted(set(levels))]
    sizes = [image_height(tiles, one) * one.width for one in packings]
    starts = np.cumsum([0, *sizes])
    packed = np.zeros(starts[-1], np.uint8)
    rows = [
        (one.level, start, one.tile_height, one.tile_width, one.columns)
        for one, start in zip(packings, starts, strict=False)
    ]
    images = {
        one.level: (one, packed[start : start + size].reshape(-1, one.width))
        for one, start, size in zip(packings, starts, sizes, strict=False)
    }
    full = page_level(tiles, height, width)
    marked: Iterable[int] = range(-(-tiles // full.columns))
    huge = height * width > _MOST_VALUES
    if not rows:
        return {}
    if not huge:
        table = np.array(rows, np.int64)
        marked = shrink_tiles(pixels, (height, width), full.columns, table, packed, tiles)
    for row in marked:
        first = int(row) * full.columns
        for tile in range(first, min(first + full.columns, tiles)):
            codes = _tile(pixels, full, tile)
            if huge or codes.max() > MAX_CODE:
                for packing, image in images.values():
                    _tile(image, packing, tile)[:] = _means_of_numbers(codes, packing)
    return images


def _tile(image: Codes, packing: PageLevel, tile: int) -> Codes:
    """A view of one tile (height, width) of a packed image."""
    row, column = divmod(tile, packing.columns)
    top, left = row * packing.tile_height, column * packing.tile_width
    view: Codes = image[top : top + packing.tile_height, left : left + packing.tile_width]
    return view


def _means_of_numbers(codes: Codes, packing: PageLevel) -> Codes:
    """A coarser tile of one that has codes that are no numbers."""
    height, width = packing.tile_height, packing.tile_width
    factor = 1 << packing.level
    tall, wide = min(factor, codes.shape[0]), min(factor, codes.shape[1])
    blocks = np.zeros((height * tall, width * wide), np.uint8)
    there = np.zeros(blocks.shape, bool)
    blocks[: codes.shape[0], : codes.shape[1]] = codes
    there[: codes.shape[0], : codes.shape[1]] = codes <= MAX_CODE
    grid = blocks.reshape(height, tall, width, wide)
    numbers = there.reshape(grid.shape)
    count = numbers.sum(axis=(1, 3))
    total = np.where(numbers, grid, 0).sum(axis=(1, 3), dtype=np.int64)
    mean = (total + count // 2) // np.maximum(count, 1)
    result: Codes = np.where(count > 0, mean, grid.max(axis=(1, 3))).astype(np.uint8)
    return result
