"""The loops over every feature of every pixel, compiled by numba to machine code.

One formula serves all maps of floats: the gap `|a - b|^2 / 2` of unit vectors, which is 1 - cos.
As a sum of squares it is exact where vectors are nearly alike, where 1 - <a, b> loses all its
digits, and it costs what the product costs: the time that reading the vectors takes. Products of
uint8 are exact anyhow, and read a quarter of the bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

# Sums may be taken in any order, so that they are vectorized; NaN and infinities keep their rules.
_ANY_ORDER = {"reassoc", "contract", "nsz"}
_EXACT_SUM = 16384  # products of uint8 whose sum 32 bits hold
# Rows that are far apart are read in turns: the processor fetches ahead for each of such streams.
_STREAMS = 4
_EPSILON = 2.0**-52


def _compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, which is kept for the next start where that can be."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": _ANY_ORDER}
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:  # neither beside this file nor in a home folder can be written
        return njit(**options)(function)


@_compiled
def _mean(row: Any) -> Any:
    total = 0.0
    for f in range(row.size):
        total += np.float64(row[f])
    return total / row.size


@_compiled
def _largest(row: Any, mean: Any) -> Any:
    """The largest distance from `mean`; no finite number if one of them is none."""
    largest, check = 0.0, 0.0
    for f in range(row.size):
        away = abs(np.float64(row[f]) - mean)
        largest = max(largest, away)
        check += away * 0.0  # NaN from then on, also where max passes it over
    return largest + check


@_compiled
def _length(row: Any, mean: Any, scale: Any) -> Any:
    total = 0.0
    for f in range(row.size):
        part = (np.float64(row[f]) - mean) / scale
        total += part * part
    return np.sqrt(total) * scale


@_compiled
def to_units(values: Any, centred: Any, units: Any) -> None:
    """Unit vectors, float32 (N, F), of `values` (N, F); `centred` takes each one's mean away.

    What has no direction is all zero: zero vectors, constant ones where they are centred, and
    those with an infinity or NaN.
    """
    for i in range(len(values)):
        row, unit = values[i], units[i]
        mean = _mean(row) if centred else 0.0
        largest = _largest(row, mean)
        length = 0.0
        if np.isfinite(largest) and largest > 0:
            length = _length(row, mean, largest)
            # What is left of a constant vector is the rounding of its mean.
            if centred and length <= abs(mean) * row.size * _EPSILON:
                length = 0.0
        if length > 0:
            for f in range(row.size):
                unit[f] = np.float32((np.float64(row[f]) - mean) / length)
        else:
            unit[:] = np.float32(0)


@_compiled
def _gap(row: Any, reference: Any) -> Any:
    total = reference.dtype.type(0)
    for f in range(reference.size):
        away = row[f] - reference[f]
        total += away * away
    return total * reference.dtype.type(0.5)


@_compiled
def gaps_of(vectors: Any, reference: Any, gaps: Any) -> None:
    """`|a - b|^2 / 2` of each of `vectors` (N, F) and `reference` (F); all floats of one type."""
    apart = (len(vectors) + _STREAMS - 1) // _STREAMS
    for first in range(apart):
        for i in range(first, len(vectors), apart):
            gaps[i] = _gap(vectors[i], reference)


@_compiled
def _product(codes: Any, reference: Any) -> Any:
    total = np.int32(0)
    for f in range(reference.size):  # numba would widen the sum, and halve the speed
        total = np.int32(total + np.int32(codes[f]) * np.int32(reference[f]))
    return total


@_compiled
def products(codes: Any, reference: Any, found: Any) -> None:
    """Dot products, float64 (N), of uint8 `codes` (N, F) and bytes as int16, `reference` (F)."""
    apart = (len(codes) + _STREAMS - 1) // _STREAMS
    for first in range(apart):
        for i in range(first, len(codes), apart):
            if reference.size <= _EXACT_SUM:
                found[i] = np.float64(_product(codes[i], reference))
                continue
            total = 0.0
            for start in range(0, reference.size, _EXACT_SUM):
                end = start + _EXACT_SUM
                total += np.float64(_product(codes[i, start:end], reference[start:end]))
            found[i] = total


@_compiled
def products_of_mean(codes: Any, reference: Any, found: Any) -> None:
    """Dot products, float64 (N), of uint8 `codes` (N, F) and a float64 `reference` (F)."""
    for i in range(len(codes)):
        row = codes[i]
        total = 0.0
        for f in range(reference.size):
            total += np.float64(row[f]) * reference[f]
        found[i] = total


@_compiled
def moments(codes: Any, sums: Any, squares: Any) -> None:
    """The sum and the sum of squares, float64 (N), of each row of uint8 `codes` (N, F): exact."""
    for i in range(len(codes)):
        row = codes[i]
        total, square = np.int64(0), np.int64(0)
        for start in range(0, row.size, _EXACT_SUM):
            part = row[start : start + _EXACT_SUM]
            here = np.int32(0)
            for f in range(part.size):
                here += np.int32(part[f])
            total += np.int64(here)
            square += np.int64(_product(part, part))
        sums[i], squares[i] = np.float64(total), np.float64(square)


@_compiled
def gaps_of_products(
    found: Any, sums: Any, shares: Any, inverse: Any, scale: Any, gaps: Any
) -> None:
    """1 - (found * shares[0] - sums * shares[1]) * inverse * scale: what is left of 1 is exact."""
    for i in range(found.size):
        product = found[i] * shares[0] - sums[i] * shares[1]
        gaps[i] = np.float32(1.0 - product * inverse[i] * scale)


# acos(x) = sqrt(1 - x) * (these, by powers of x), to 2e-8 for x from 0 to 1: Abramowitz and
# Stegun, Handbook of Mathematical Functions, 4.4.46. Exact where x is near 1, if 1 - x is.
_A = np.array(
    [1.5707963050, -0.2145988016, 0.0889789874, -0.0501743046,
     0.0308918810, -0.0170881256, 0.0066700901, -0.0012624911], np.float32,
)  # fmt: skip
_A0, _A1, _A2, _A3, _A4, _A5, _A6, _A7 = _A
_PER_RIGHT_ANGLE = np.float32(2 / np.pi)
_ONE, _ZERO, _TWO = np.float32(1), np.float32(0), np.float32(2)


@_compiled
def angles(gaps: Any, has_direction: Any, found: Any) -> None:
    """1 - clip(acos(1 - gap) / 90 degrees, 0, 1), float32; 0 where there is no direction."""
    for i in range(gaps.size):
        gap = min(max(np.float32(gaps[i]), _ZERO), _ONE)
        x = _ONE - gap
        power = _A4 + x * (_A5 + x * (_A6 + x * _A7))
        power = _A0 + x * (_A1 + x * (_A2 + x * (_A3 + x * power)))
        similar = _ONE - _PER_RIGHT_ANGLE * np.sqrt(gap) * power
        found[i] = max(similar, _ZERO) if has_direction[i] else _ZERO


@_compiled
def cosines(gaps: Any, has_direction: Any, found: Any) -> None:
    """1 - gap, float32, from -1 to 1; 0 where there is no direction."""
    for i in range(gaps.size):
        gap = min(max(np.float32(gaps[i]), _ZERO), _TWO)
        found[i] = _ONE - gap if has_direction[i] else _ZERO


@_compiled
def _add_line(source: Any, weights: Any, line: Any) -> None:
    """Adds tiles that stand side by side to one, by their weights: four at a time."""
    width = line.size
    whole = weights.size - weights.size % 4
    for tile in range(0, whole, 4):
        first, second = weights[tile], weights[tile + 1]
        third, fourth = weights[tile + 2], weights[tile + 3]
        run = source[tile * width : (tile + 4) * width]
        for x in range(width):
            line[x] += (
                first * np.float64(run[x])
                + second * np.float64(run[width + x])
                + third * np.float64(run[2 * width + x])
                + fourth * np.float64(run[3 * width + x])
            )
    for tile in range(whole, weights.size):
        run = source[tile * width : (tile + 1) * width]
        for x in range(width):
            line[x] += weights[tile] * np.float64(run[x])


@_compiled
def packed_products(pixels: Any, size: Any, columns: Any, weights: Any, found: Any) -> None:
    """Sums of tiles by their weights, float64 (places), of a packed image of bytes.

    `size` is (height, width) of a tile, `columns` of them make a row.
    """
    height, width = size
    found[:] = 0.0
    for first in range(0, weights.size, columns):
        here = weights[first : first + columns]
        top = first // columns * height
        for y in range(height):
            _add_line(pixels[top + y], here, found[y * width : (y + 1) * width])


@_compiled
def packed_moments(
    pixels: Any, size: Any, columns: Any, offset: Any, step: Any, most: Any, sums: Any, squares: Any
) -> None:
    """Adds up values and their squares over tiles; NaN from a code above `most` on."""
    height, width = size
    for tile in range(offset.size):
        row, column = divmod(tile, columns)
        low, scale = offset[tile], step[tile]
        highest = np.uint8(0)
        for y in range(height):
            run = pixels[row * height + y, column * width : (column + 1) * width]
            added = sums[y * width : (y + 1) * width]
            squared = squares[y * width : (y + 1) * width]
            for x in range(width):
                value = low + scale * np.float64(run[x])
                added[x] += value
                squared[x] += value * value
            for x in range(width):
                highest = max(highest, run[x])
        if highest > most:
            for y in range(height):
                for x in range(width):
                    if pixels[row * height + y, column * width + x] > most:
                        sums[y * width + x] = squares[y * width + x] = np.nan


@_compiled
def token_moments(codes: Any, offset: Any, step: Any, most: Any, sums: Any, squares: Any) -> None:
    """Sums of the values of each row, and of their squares; NaN with a code above `most`."""
    for i in range(len(codes)):
        row = codes[i]
        total, square, highest = 0.0, 0.0, np.uint8(0)
        for f in range(row.size):
            value = offset + step * np.float64(row[f])
            total += value
            square += value * value
            highest = max(highest, row[f])
        sums[i], squares[i] = (np.nan, np.nan) if highest > most else (total, square)
