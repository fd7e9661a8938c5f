"""How the tiles of a layer are packed into pages: one place for the arithmetic.

A tile of level k is the full tile with its edges halved k times, rounded up. Tiles stand in
rows, without padding: levels of detail are images of their own, not mipmaps, so nothing bleeds
from one tile into the next.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

PAGE_EDGE = 1024  # pixels; a page is at most this wide and high, unless one tile is larger

# Codes of quantized activations: 0 .. MAX_CODE are values, the others are not numbers.
MAX_CODE = 252
NEGATIVE_INFINITY, POSITIVE_INFINITY, NOT_A_NUMBER = 253, 254, 255

_SHAPES = 4096  # of layers whose packing is kept: a request needs that of all, at all levels


class PageLevel(msgspec.Struct, frozen=True):
    """How one level of a layer is packed.

    Its pixels form one image of `width` columns: tiles of (tile_height, tile_width) stand in
    rows of `columns` tiles, from the top left; what is right of the last column, and behind the
    last tile, is 0. `rows_per_page` rows of tiles make a page;
    page p is the contiguous range of image rows that begins at
    p * rows_per_page * tile_height, and only the last page may be shorter.
    """

    level: int
    tile_height: int
    tile_width: int
    columns: int
    width: int
    rows_per_page: int
    pages: int


def level_count(height: int, width: int) -> int:
    """How many levels a tile of this size has; the last one is 1 x 1."""
    return (max(height, width) - 1).bit_length() + 1


@lru_cache(_SHAPES)
def first_light_level(height: int, width: int) -> int:
    """The coarsest level that still shows what a tile of this size is about.

    Each of its edges has at least min(edge, max(4, edge / 4)) pixels.
    """
    level = 2
    while any(-(-edge >> level) < min(edge, max(4, edge / 4)) for edge in (height, width)):
        level -= 1
    return min(level, level_count(height, width) - 1)


@lru_cache(_SHAPES)
def page_level(tiles: int, height: int, width: int, level: int = 0) -> PageLevel:
    """The packing of `tiles` tiles of full size (height, width), at `level`."""
    tile_height = -(-height >> level)
    tile_width = -(-width >> level)
    edge = max(PAGE_EDGE, tile_width)
    columns = min(tiles, edge // tile_width)
    rows = -(-tiles // columns)
    rows_per_page = max(1, PAGE_EDGE // tile_height)
    return PageLevel(
        level=level,
        tile_height=tile_height,
        tile_width=tile_width,
        columns=columns,
        width=columns * tile_width,
        rows_per_page=rows_per_page,
        pages=-(-rows // rows_per_page),
    )


def image_height(tiles: int, level: PageLevel) -> int:
    """Rows of pixels of the whole packed image of `level`."""
    return -(-tiles // level.columns) * level.tile_height
