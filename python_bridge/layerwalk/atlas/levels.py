"""Coarser levels of a packed layer, computed on its codes."""

from __future__ import annotations

import cv2
import numpy as np
from msgspec import structs

from layerwalk.atlas.packing import Codes, pack, unpack
from layerwalk.page import MAX_CODE, PageLevel, page_level


def coarse(pixels: Codes, tiles: int, height: int, width: int, level: int) -> Codes:
    """The packed image of `level`, from that of level 0 of `tiles` tiles (height, width).

    A pixel is the mean of the 2^level x 2^level codes it covers; tiles whose size is no
    multiple of it are continued by their last row and column. Codes that are no numbers are
    left out of the mean, and stay only where nothing else is.
    """
    if level == 0:
        return pixels
    full = page_level(tiles, height, width)
    packed = page_level(tiles, height, width, level)
    factor = 1 << level
    if pixels.max(initial=0) > MAX_CODE:
        small = _mean_of_tiles(unpack(pixels, tiles, full), packed, factor)
    elif height % factor == 0 and width % factor == 0:
        # No pixel covers codes of two tiles: the whole image is made smaller at once.
        shrunk = structs.replace(
            full,
            tile_height=packed.tile_height,
            tile_width=packed.tile_width,
            width=full.width // factor,
        )
        small = unpack(_shrunk(pixels, factor), tiles, shrunk)
    else:
        small = _shrunk_tiles(unpack(pixels, tiles, full), packed, factor)
    return pack(small, packed)


def _shrunk(image: Codes, factor: int) -> Codes:
    """Means of all blocks of factor x factor pixels."""
    height, width = image.shape
    size = (width // factor, height // factor)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8).reshape(height // factor, width // factor)


def _shrunk_tiles(codes: Codes, packed: PageLevel, factor: int) -> Codes:
    height, width = packed.tile_height, packed.tile_width
    padded = _continued(codes, height * factor, width * factor)
    return _shrunk(padded.reshape(-1, width * factor), factor).reshape(-1, height, width)


def _mean_of_tiles(codes: Codes, packed: PageLevel, factor: int) -> Codes:
    """The same where there are codes that are no numbers; slower, for the tiles that have them."""
    small = _shrunk_tiles(codes, packed, factor)
    marked = codes.reshape(len(codes), -1).max(axis=1) > MAX_CODE
    padded = _continued(codes[marked], packed.tile_height * factor, packed.tile_width * factor)
    small[marked] = _mean_of_numbers(padded, factor)
    return small


def _continued(codes: Codes, height: int, width: int) -> Codes:
    """Tiles made larger by repeating their last row and column."""
    tiles, old_height, old_width = codes.shape
    if (height, width) == (old_height, old_width):
        return codes
    larger = np.empty((tiles, height, width), np.uint8)
    larger[:, :old_height, :old_width] = codes
    larger[:, :old_height, old_width:] = codes[:, :, -1:]
    larger[:, old_height:] = larger[:, old_height - 1 : old_height]
    return larger


def _mean_of_numbers(codes: Codes, factor: int) -> Codes:
    tiles, height, width = codes.shape
    blocks = codes.reshape(tiles, height // factor, factor, width // factor, factor)
    is_number = blocks <= MAX_CODE
    count = is_number.sum(axis=(2, 4))
    total = np.where(is_number, blocks, 0).sum(axis=(2, 4), dtype=np.int64)
    mean = np.rint(total / np.maximum(count, 1)).astype(np.uint8)
    result: Codes = np.where(count > 0, mean, blocks.max(axis=(2, 4)))
    return result
