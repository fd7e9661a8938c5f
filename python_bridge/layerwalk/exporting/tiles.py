"""A layer's tiles as pictures: the same codes that viewers get, in the same colours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from layerwalk.atlas import quantize, unpack
from layerwalk.errors import NAMED, ExportFailed
from layerwalk.exporting.colours import Colours
from layerwalk.exporting.scale import (
    Codes,
    DisplayRange,
    Normalization,
    Ranges,
    code_colours,
    display_range,
    extents,
)
from layerwalk.network import Axis

Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Tiles:
    """All tiles of a layer: codes (tiles, height, width), ranges (tiles, 2), and their colours.

    `selected` is the index taken of every axis that is no tile's, row's or column's.
    """

    codes: Codes
    ranges: Ranges
    shown: DisplayRange
    selected: dict[str, int]
    colours: Colours = field(repr=False)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Tiles, and height and width of each in pixels."""
        count, height, width = self.codes.shape
        return count, height, width

    def picture(self, tile: int) -> Picture:
        """A tile, sRGB uint8 (height, width, 3), one pixel a value."""
        return np.asarray(self.colours[tile][self.codes[tile]])

    def extent(self, tile: int) -> tuple[float, float]:
        """The tile's least and greatest value that is finite; both 0 where none is."""
        low, high = extents(self.ranges[tile : tile + 1])[0]
        return float(low), float(high)


def tiles_of(
    tensor: Tensor, axes: Sequence[Axis], *, colour_map: str, normalization: Normalization
) -> Tiles:
    """The tiles of an activation, as `atlas.quantize` makes them for viewers."""
    quantized = quantize(tensor, axes)
    codes = unpack(quantized.pixels, quantized.tiles, quantized.level)
    shown = display_range(codes, quantized.ranges)
    # A tile of one value has no range of its own.
    own_ranges = normalization == "channel" and codes[0].size > 1
    table = code_colours(quantized.ranges, shown, colour_map=colour_map, own_ranges=own_ranges)
    return Tiles(codes, quantized.ranges, shown, quantized.selected, table)


def chosen(channels: Collection[int] | None, count: int) -> tuple[int, ...]:
    """Those of the channels that a layer of so many has, in order; None means all."""
    return tuple(one for one in range(count) if channels is None or one in channels)


def check_channels(channels: Collection[int] | None, counts: Sequence[int]) -> None:
    """Raises ExportFailed if none of the layers, of so many channels, has any of `channels`."""
    if channels is not None and not any(chosen(channels, count) for count in counts):
        asked = ", ".join(map(str, sorted(channels)[:NAMED])) or "none"
        more = ", …" if len(channels) > NAMED else ""
        raise ExportFailed(
            f"of the channels asked for ({asked}{more}) these layers have none; the largest of "
            f"them has 0 to {max(counts) - 1}"
        )
