"""The loops over every value of an activation, compiled by numba to machine code.

In numpy and torch, quantizing is eight passes over memory and as many short calls, which take
the interpreter's lock from the forward pass again and again; here each tile is read twice, the
second time from the cache, and the lock is free for a whole layer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import njit, types
from numba.core import config
from numba.extending import intrinsic
from numpy.typing import NDArray

from layerwalk.page import MAX_CODE, NEGATIVE_INFINITY, NOT_A_NUMBER, POSITIVE_INFINITY

# A step must be well above the spacing of floats in its range, or codes leave 0 .. 252.
_SMALLEST_RELATIVE_STEP = np.float32(2e-6)
_SMALLEST_STEP, _LARGEST_STEP = np.float32(1e-36), np.float32(1e36)
_PER_STEP, _HALF = np.float32(1 / MAX_CODE), np.float32(0.5)
_LEAST = np.int32(-(2**31))
_LARGEST_UNSIGNED = np.uint32(2**32 - 1)
_MOST_VALUES = (1 << 32) // (MAX_CODE + 1)  # of a tile, whose sum 32 bits hold


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
def _encode_carefully(values: Any, codes: Any) -> Any:
    """Codes of a tile in double precision, with what is no number; its offset and step."""
    low, high = np.inf, -np.inf
    for i in range(values.size):
        if np.isfinite(values[i]):
            low, high = min(low, np.float64(values[i])), max(high, np.float64(values[i]))
    if low > high:
        low = high = 0.0
    step = np.float32((high - low) / MAX_CODE)
    if np.float64(step) * MAX_CODE < high - low:  # rounded down: the last code would not reach
        step = np.nextafter(step, np.float32(np.inf))
    for i in range(values.size):
        value = np.float64(values[i])
        if np.isnan(value):
            codes[i] = NOT_A_NUMBER
        elif np.isinf(value):
            codes[i] = POSITIVE_INFINITY if value > 0 else NEGATIVE_INFINITY
        elif step > 0:
            codes[i] = np.uint8(min(np.rint((value - low) / step), np.float64(MAX_CODE)))
        else:
            codes[i] = 0
    return np.float32(low), step


@_compiled
def _quantize_tile(values: Any, bits: Any, codes: Any) -> Any:
    """Writes the codes of a tile; its offset and step."""
    low, high = _limits(bits)
    step = (high - low) * _PER_STEP
    enough = max(max(abs(low), abs(high)) * _SMALLEST_RELATIVE_STEP, _SMALLEST_STEP)
    if enough < step < _LARGEST_STEP:
        _encode(values, low, np.float32(1) / step, codes)
        return low, step
    if low == high and np.isfinite(low):
        codes[:] = 0  # its offset is the value, exactly
        return low, np.float32(0)
    return _encode_carefully(values, codes)


@_compiled
def _gather(values: Any, strides: Any, size: Any, first: Any, target: Any) -> None:
    """Tiles from `first` on of any strides, one behind the other: rows of `target`."""
    height, width = size
    by_tile, by_row, by_column = strides
    for y in range(height):
        for x in range(width):
            pixel, start = y * width + x, first * by_tile + y * by_row + x * by_column
            for tile in range(len(target)):
                target[tile, pixel] = values[start + tile * by_tile]


@_compiled
def _quantize_layer(
    values: Any, bits: Any, strides: Any, shape: Any, columns: Any, pixels: Any, ranges: Any
) -> None:
    tiles, height, width = shape
    size = height * width
    lies_in_order = strides == (size, width, 1)
    codes = np.empty(columns * size, np.uint8)
    gathered = np.empty((0 if lies_in_order else columns, size), np.float32)
    for row in range((tiles + columns - 1) // columns):
        first = row * columns
        here = min(columns, tiles - first)
        if not lies_in_order:
            _gather(values, strides, (height, width), first, gathered[:here])
        for tile in range(here):
            mine = codes[tile * size : (tile + 1) * size]
            if lies_in_order:
                start = (first + tile) * size
                low, step = _quantize_tile(
                    values[start : start + size], bits[start : start + size], mine
                )
            else:
                low, step = _quantize_tile(gathered[tile], gathered[tile].view(np.int32), mine)
            ranges[first + tile, 0], ranges[first + tile, 1] = low, step
        lines = pixels[row * height : (row + 1) * height]
        _place(codes[: here * size], here, lines)
        lines[:, here * width :] = 0


def _pointer(typing: Any, number: Any) -> Any:
    """An address that is given as a number."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.voidptr(number), generate


def _pointed(number: Any) -> Any:
    """The same where numba does not compile, which debuggers and coverage ask for."""
    return ctypes.c_void_p(int(number))


_interpreted = getattr(config, "DISABLE_JIT", False)
_memory: Any = _pointed if _interpreted else intrinsic(_pointer)
_view: Any = numba.carray  # type: ignore[attr-defined]


@_compiled
def quantize_layers(table: Any) -> None:
    """Write codes and ranges of many layers, with the interpreter's lock free for all of it.

    A row of `table`, int64, is a layer: the address of its float32 values, tiles, height and
    width, the strides of these three (in values), the address of its packed image of so many
    columns of tiles, and that of its ranges, float32 (tiles, 2). Whoever calls keeps the memory.
    """
    for i in range(len(table)):
        tiles, height, width = table[i, 1], table[i, 2], table[i, 3]
        by_tile, by_row, by_column = table[i, 4], table[i, 5], table[i, 6]
        columns = table[i, 8]
        reach = (tiles - 1) * by_tile + (height - 1) * by_row + (width - 1) * by_column + 1
        lines = (tiles + columns - 1) // columns * height
        _quantize_layer(
            _view(_memory(table[i, 0]), reach, np.float32),
            _view(_memory(table[i, 0]), reach, np.int32),
            (by_tile, by_row, by_column),
            (tiles, height, width),
            columns,
            _view(_memory(table[i, 7]), (lines, columns * width), np.uint8),
            _view(_memory(table[i, 9]), (tiles, 2), np.float32),
        )


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
def _average_numbers(codes: Any, factor: Any, means: Any) -> None:
    """A coarser tile of one that has codes that are no numbers, or more pixels than sums hold."""
    height, width = codes.shape
    for y in range(means.shape[0]):
        for x in range(means.shape[1]):
            total, count, most = np.int64(0), np.int64(0), np.uint8(0)
            for row in range(y * factor, min((y + 1) * factor, height)):
                for column in range(x * factor, min((x + 1) * factor, width)):
                    code = codes[row, column]
                    most = max(most, code)
                    if code <= MAX_CODE:
                        total += code
                        count += 1
            means[y, x] = most if count == 0 else (total + count // 2) // count


@_compiled
def _shrink_carefully(rows: Any, width: Any, first: Any, levels: Any, packed: Any) -> None:
    """As `_shrink_row`, tile by tile and block by block."""
    for index in range(len(levels)):
        level, offset, down, across, columns = levels[index]
        for here in range(rows.shape[1] // width):
            row, column = divmod(first + here, columns)
            start = offset + row * down * columns * across
            line = packed[start : start + down * columns * across].reshape(down, columns * across)
            _average_numbers(
                rows[:, here * width : (here + 1) * width],
                1 << level,
                line[:, column * across : (column + 1) * across],
            )


@_compiled
def _shrink_tiles(
    pixels: Any, size: Any, columns: Any, tiles: Any, levels: Any, packed: Any
) -> None:
    height, width = size
    too_large = height * width > _MOST_VALUES
    for row in range((tiles + columns - 1) // columns):
        first, here = row * columns, min(columns, tiles - row * columns)
        rows = pixels[row * height : (row + 1) * height, : here * width]
        if too_large or _shrink_row(rows, size, first, levels, packed) > MAX_CODE:
            _shrink_carefully(rows, width, first, levels, packed)


def shrink_tiles(
    pixels: NDArray[np.uint8],
    size: tuple[int, int],
    columns: int,
    levels: NDArray[np.int64],
    packed: NDArray[np.uint8],
    tiles: int,
) -> None:
    """Write coarser levels of the `tiles` tiles of a packed image into `packed`, one dimension.

    `size` is (height, width) of a tile, `columns` of them make a row. `levels`, from the finest,
    are rows of: level, where its image begins in `packed`, height and width of its tiles, and
    columns. A code is the mean, rounded, of those it covers; codes that are no numbers are left
    out of it, and the greatest of them stays where nothing else is.
    """
    _shrink_tiles(pixels, size, columns, tiles, levels, packed)
