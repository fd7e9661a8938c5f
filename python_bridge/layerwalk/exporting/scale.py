"""What a layer's colours span, and the colour of every code, as the viewer draws them.

`display_range` is that of the web viewer's scene/activation.ts, `_places` is place_on_scale of
shaders/library/codes.hlsl.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerwalk.exporting.colours import (
    NOT_A_NUMBER_COLOUR,
    PLACES,
    Colours,
    colours,
    is_centred,
)
from layerwalk.page import MAX_CODE, NEGATIVE_INFINITY, NOT_A_NUMBER, POSITIVE_INFINITY

Codes = NDArray[np.uint8]
Ranges = NDArray[np.float32]
Normalization = Literal["layer", "channel"]

_SAMPLES = 4096
_DISPLAYED_SHARE = 0.998  # of a layer's values: one outlier darkens nothing
_GOLDEN = 0.61803398875


class DisplayRange(NamedTuple):
    """What the colours of a layer span: low .. high; signed ones are drawn around zero."""

    low: float
    high: float
    signed: bool


def extents(ranges: Ranges) -> NDArray[np.float64]:
    """Least and greatest value that the codes of each tile can say, (tiles, 2)."""
    offset, step = ranges.astype(np.float64).T
    return np.stack([offset, offset + step * MAX_CODE], 1)


def display_range(codes: Codes, ranges: Ranges) -> DisplayRange:
    """The range of a layer, of all its codes (tiles, height, width)."""
    ends = extents(ranges)
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    magnitudes = np.sort(_sampled_magnitudes(codes, ranges))
    last = len(magnitudes) - 1
    reach = float(magnitudes[math.ceil(_DISPLAYED_SHARE * last)]) if last >= 0 else 0.0
    end = reach if reach > 0 else max(abs(low), abs(high))
    return DisplayRange(-end, end, True) if low < 0 else DisplayRange(0.0, end, False)


def _sampled_magnitudes(codes: Codes, ranges: Ranges) -> NDArray[np.float32]:
    """Magnitudes of up to _SAMPLES values from all over the layer."""
    total = codes.size
    at = np.arange(min(_SAMPLES, total))
    if total > _SAMPLES:
        at = np.floor((at * _GOLDEN) % 1 * total).astype(np.int64)
    sampled = codes.reshape(-1)[at]
    offset, step = ranges[at // (total // len(codes))].astype(np.float64).T
    values = np.abs(offset + step * sampled)[sampled <= MAX_CODE]
    return np.asarray(values, np.float32)


def code_colours(
    ranges: Ranges,
    shown: DisplayRange,
    *,
    colour_map: str,
    own_ranges: bool,
) -> Colours:
    """The colour of every code of every tile, uint8 (tiles, 256, 3).

    `own_ranges` gives each tile the colours of its own range instead of the layer's.
    """
    centred = is_centred(colour_map, signed=shown.signed)
    ends = extents(ranges)
    if not own_ranges:
        ends = np.broadcast_to((shown.low, shown.high), ends.shape)
    offset, step = ranges.astype(np.float64).T
    values = offset[:, None] + step[:, None] * np.arange(PLACES)
    places = _places(_as_float32(values), _as_float32(ends), centred=centred)
    places[:, NEGATIVE_INFINITY], places[:, POSITIVE_INFINITY] = 0, 1
    table = colours(colour_map, signed=shown.signed)
    at = places * np.float32(PLACES - 1) + np.float32(0.5)
    found = table[at.astype(np.intp)]
    found[:, NOT_A_NUMBER] = NOT_A_NUMBER_COLOUR
    return found


def _as_float32(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """The type in which graphics cards count, so that what lies between two colours gets the same
    one; the codes of a range as wide as the type itself stay numbers."""
    limits = np.finfo(np.float32)
    return values.clip(limits.min, limits.max).astype(np.float32)


def _places(
    values: NDArray[np.float32], ends: NDArray[np.float32], *, centred: bool
) -> NDArray[np.float32]:
    """Places 0 .. 1 of the values (tiles, n) on scales with these ends (tiles, 2)."""
    most = np.abs(ends).max(1, keepdims=True) if centred else ends[:, 1:]
    shares = np.zeros_like(values)
    with np.errstate(over="ignore"):  # far beyond the ends is at the end
        np.divide(np.float32(0.5) * values if centred else values, most, shares, where=most > 0)
    return np.clip(shares + np.float32(0.5 if centred else 0), 0, 1, out=shares)
