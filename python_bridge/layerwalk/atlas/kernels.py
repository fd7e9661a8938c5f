"""The loops over every value of an activation, compiled by numba to machine code.

In numpy and torch, quantizing is eight passes over memory and as many short calls, which take
the interpreter's lock from the forward pass again and again; here each tile is read twice, the
second time from the cache, and the lock is free for a whole layer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from layerwalk.page import MAX_CODE

# A step must be well above the spacing of floats in its range, or codes leave 0 .. 252.
_SMALLEST_RELATIVE_STEP = np.float32(2e-6)
_SMALLEST_STEP, _LARGEST_STEP = np.float32(1e-36), np.float32(1e36)
_PER_STEP, _HALF = np.float32(1 / MAX_CODE), np.float32(0.5)
_LEAST = np.int32(-(2**31))
_LARGEST_UNSIGNED = np.uint32(2**32 - 1)


def _compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, which is kept for the next start where that can be."""
    try:
        return njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:  # neither beside this file nor in a home folder can be written
        return njit(nogil=True, error_model="numpy")(function)


@_compiled
def _limits(bits: Any) -> Any:
    """Lowest and highest of floats, from their bits: a NaN is one of them, if there is any.

    Bits of positive floats, as signed integers, have their order, and bits of negative ones, as
    unsigned integers, the reverse. Comparing floats would pass NaN over, at half the speed.
    """
    signed, most, least = _LEAST, np.uint32(0), _LARGEST_UNSIGNED
    for i in range(bits.size):
        unsigned = np.uint32(bits[i])
        signed = max(signed, bits[i])
        most, least = max(most, unsigned), min(least, unsigned)
    low = high = np.int32(least)
    if np.int32(most) < 0:
        low = np.int32(most)
    if signed >= 0:
        high = signed
    return np.int32(low).view(np.float32), np.int32(high).view(np.float32)


@_compiled
def _encode(values: Any, low: Any, inverse: Any, codes: Any) -> None:
    for i in range(values.size):
        codes[i] = np.uint8(np.int32((values[i] - low) * inverse + _HALF))


@_compiled
def _place(codes: Any, tiles: Any, target: Any) -> None:
    """Tiles one behind the other into one row of tiles, by rows of pixels: memory in order."""
    height = len(target)
    width = codes.size // (tiles * height)
    for y in range(height):
        line = target[y]
        for tile in range(tiles):
            start = (tile * height + y) * width
            run, source = line[tile * width : (tile + 1) * width], codes[start : start + width]
            for x in range(width):
                run[x] = source[x]


@_compiled
def _quantize_tiles(
    values: Any, bits: Any, columns: Any, pixels: Any, ranges: Any, careful: Any
) -> Any:
    tiles, size = values.shape
    rows = (tiles + columns - 1) // columns
    height = len(pixels) // rows
    codes = np.empty(columns * size, np.uint8)
    count = 0
    for row in range(rows):
        first = row * columns
        here = min(columns, tiles - first)
        for tile in range(first, first + here):
            low, high = _limits(bits[tile])
            step = (high - low) * _PER_STEP
            enough = max(max(abs(low), abs(high)) * _SMALLEST_RELATIVE_STEP, _SMALLEST_STEP)
            inverse = np.float32(0)
            if enough < step < _LARGEST_STEP:
                inverse = np.float32(1) / step
            elif low == high and np.isfinite(low):
                step = np.float32(0)  # its offset is the value, exactly
            else:
                careful[count] = tile
                count += 1
            ranges[tile, 0], ranges[tile, 1] = low, step
            start = (tile - first) * size
            _encode(values[tile], low, inverse, codes[start : start + size])
        _place(codes[: here * size], here, pixels[row * height : (row + 1) * height])
    return count


def quantize_tiles(
    values: NDArray[np.float32],
    columns: int,
    pixels: NDArray[np.uint8],
    ranges: NDArray[np.float32],
) -> NDArray[np.intp]:
    """Write the codes of tiles into whole rows of a packed image, and their ranges.

    `values` (tiles, height * width) is C-contiguous, `columns` tiles make a row of `pixels`
    (rows * height, columns * width), `ranges` is (tiles, 2). Returns the tiles that the caller
    has to write anew: those with infinities or NaN, or with a range too narrow or too wide for
    float32.
    """
    careful = np.empty(len(values), np.intp)
    bits = values.view(np.int32)
    count = _quantize_tiles(values, bits, columns, pixels, ranges, careful)
    return careful[:count]


@_compiled
def _add_down(rows: Any, running: Any) -> Any:
    """Sums of some rows, then their running sum, from 0 on; the greatest number in them."""
    sums = running[1:]
    sums[:] = np.uint32(0)
    most = np.uint32(0)
    for y in range(len(rows)):
        row = rows[y]
        for x in range(row.size):
            number = np.uint32(row[x])
            sums[x] += number
            most = max(most, number)
    total = np.uint32(0)
    for x in range(sums.size):
        total += sums[x]
        sums[x] = total
    return most


@_compiled
def _sum_blocks(rows: Any, factor: Any, width: Any, running: Any, sums: Any) -> Any:
    """Sums of blocks of factor x factor, in a row of tiles `width` wide; the greatest number."""
    most = np.uint32(0)
    across = (width + factor - 1) // factor
    tiles = rows.shape[1] // width
    for y in range(len(sums)):
        most = max(most, _add_down(rows[y * factor : (y + 1) * factor], running))
        line = sums[y]
        for tile in range(tiles):
            for x in range(across):
                start = tile * width + x * factor
                end = tile * width + min((x + 1) * factor, width)
                line[tile * across + x] = running[end] - running[start]
    return most


@_compiled
def _divide(sums: Any, size: Any, factor: Any, shares: Any, means: Any) -> None:
    """Rounded means of blocks of `size` tiles, where the last ones are cut off by the edges."""
    height, width = size
    across = (width + factor - 1) // factor
    for i in range(shares.size):
        x = i % across
        shares[i] = np.float32(1) / np.float32(min(factor, width - x * factor))
    for y in range(len(sums)):
        row, line = sums[y], means[y]
        share = np.float32(1) / np.float32(min(factor, height - y * factor))
        for x in range(row.size):
            line[x] = np.uint8(np.int32(np.float32(row[x]) * (shares[x] * share) + _HALF))


@_compiled
def _spread(means: Any, first: Any, columns: Any, target: Any) -> None:
    """Tiles side by side, of which the first is tile `first`, to where they stand in an image."""
    height = len(means)
    width = target.shape[1] // columns
    for tile in range(means.shape[1] // width):
        row, column = divmod(first + tile, columns)
        for y in range(height):
            run = target[row * height + y, column * width : (column + 1) * width]
            source = means[y, tile * width : (tile + 1) * width]
            for x in range(width):
                run[x] = source[x]


@_compiled
def _shrink_row(rows: Any, size: Any, first: Any, levels: Any, packed: Any) -> Any:
    """One row of tiles at all levels; the greatest code in it."""
    height, width = size
    tiles = rows.shape[1] // width
    now, _, down, across, _ = levels[0]
    running = np.empty(rows.shape[1] + 1, np.uint32)
    shares = np.empty(tiles * across, np.float32)
    means = np.empty((down, tiles * across), np.uint8)
    sums, spare = np.empty(means.shape, np.uint32), np.empty(means.shape, np.uint32)
    running[0] = 0
    most = _sum_blocks(rows, 1 << now, width, running, sums)
    for index in range(len(levels)):
        level, offset, down, across, columns = levels[index]
        while now < level:
            wide = -(-width >> now)
            finer = sums[: -(-height >> now), : tiles * wide]
            now += 1
            halved = spare[: -(-height >> now), : tiles * -(-width >> now)]
            _sum_blocks(finer, 2, wide, running[: tiles * wide + 1], halved)
            sums, spare = spare, sums
        line = tiles * across
        _divide(sums[:down, :line], size, 1 << level, shares[:line], means[:down, :line])
        end = offset + -(-(first + tiles) // columns) * down * columns * across
        target = packed[offset:end].reshape(-1, columns * across)
        _spread(means[:down, :line], first, columns, target)
    return most


@_compiled
def _shrink_tiles(
    pixels: Any, size: Any, columns: Any, tiles: Any, levels: Any, packed: Any, marked: Any
) -> None:
    height, width = size
    for row in range(len(marked)):
        first, here = row * columns, min(columns, tiles - row * columns)
        rows = pixels[row * height : (row + 1) * height, : here * width]
        marked[row] = _shrink_row(rows, size, first, levels, packed) > MAX_CODE


def shrink_tiles(
    pixels: NDArray[np.uint8],
    size: tuple[int, int],
    columns: int,
    levels: NDArray[np.int64],
    packed: NDArray[np.uint8],
    tiles: int,
) -> NDArray[np.intp]:
    """Write coarser levels of the `tiles` tiles of a packed image into `packed`, one dimension.

    `size` is (height, width) of a tile, `columns` of them make a row. `levels`, from the finest,
    are rows of: level, where its image begins in `packed`, height and width of its tiles, and
    columns. A code is the mean, rounded, of those it covers, whose sum is below 2^32. Returns
    the rows of tiles that the caller has to look at: those with codes that are no numbers.
    """
    marked = np.zeros(-(-tiles // columns), np.bool_)
    _shrink_tiles(pixels, size, columns, tiles, levels, packed, marked)
    return np.flatnonzero(marked)
