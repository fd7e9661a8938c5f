"""An activation becomes one byte per value, packed into the image its pages are cut from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import local

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from layerwalk.atlas.memory import RecycledMemory
from layerwalk.atlas.packing import Codes, place
from layerwalk.network import Axis
from layerwalk.page import (
    MAX_CODE,
    NEGATIVE_INFINITY,
    NOT_A_NUMBER,
    POSITIVE_INFINITY,
    PageLevel,
    image_height,
    page_level,
)

# Values quantized at a time: what is needed of them stays in a core's second-level cache.
_CHUNK_VALUES = 96 * 1024
_SCRATCH_VALUES = 264 * 1024  # a row of tiles of up to 256 x 256, with the limits of each
_MOST_ROOMS = 64
# A step must be well above the spacing of floats in its range, or codes leave 0 .. 252.
_SMALLEST_RELATIVE_STEP = np.float32(2e-6)
_SMALLEST_STEP, _LARGEST_STEP = np.float32(1e-36), np.float32(1e36)
_PER_STEP, _HALF = np.float32(1 / MAX_CODE), np.float32(0.5)
_NO_TILES = np.empty(0, np.intp)
_FLOAT32_MAX = float(np.finfo(np.float32).max)


_ROLES = ["tile", "row", "column"]


class Quantized(msgspec.Struct, frozen=True):
    """A layer's codes. `pixels` is the packed image of level 0, uint8 (image height, width).

    `ranges`, float32 (tiles, 2), are offset and step of every tile: code c in 0 .. 252 is
    offset + step * c; 253 is -inf, 254 +inf, 255 NaN. `selected` is the index taken of every
    axis that is not tile, row or column.
    """

    pixels: Codes
    ranges: NDArray[np.float32]
    tiles: int
    level: PageLevel
    selected: dict[str, int]


def quantize(
    tensor: Tensor, axes: Sequence[Axis], *, selected: Mapping[str, int] | None = None
) -> Quantized:
    """Quantize an activation of any dtype and memory layout, tile by tile.

    `axes` are the tensor's, in its order; complex values are shown by their magnitude.
    `selected` picks an index of the other axes by name, 0 unless given. A value is within half
    a step of its code's, apart from rounding to float32; finite doubles beyond its range are
    its largest and least numbers. Raises ValueError if the axes do not
    fit the tensor, IndexError for an index outside of its axis.
    """
    maps, chosen = _maps(tensor.detach(), axes, dict(selected or {}))
    tiles, height, width = maps.shape
    level = page_level(tiles, height, width)
    if maps.device.type != "cpu":
        pixels, ranges = quantize_on_device(maps, level)
    elif height * width == 1:
        pixels, ranges = _quantize_single_values(maps.flatten(), level)
    else:
        pixels, ranges = _quantize_in_chunks(maps, level)
    return Quantized(pixels, ranges, tiles, level, chosen)


def _maps(
    tensor: Tensor, axes: Sequence[Axis], selected: dict[str, int]
) -> tuple[Tensor, dict[str, int]]:
    """The tensor as (tile, row, column), at one index of every other axis."""
    if tuple(tensor.shape) != tuple(axis.size for axis in axes):
        named = ", ".join(f"{axis.name} {axis.size}" for axis in axes)
        raise ValueError(f"a tensor of shape {tuple(tensor.shape)} has not the axes ({named})")
    chosen: dict[str, int] = {}
    kept: list[str] = []
    for axis in axes:
        if axis.role == "index" or axis.role in kept:
            chosen[axis.name] = selected.get(axis.name, 0)
            tensor = tensor.select(len(kept), chosen[axis.name])
        else:
            kept.append(axis.role)
    for role in _ROLES:
        if role not in kept:
            tensor = tensor.unsqueeze(-1)
            kept.append(role)
    if kept != _ROLES:
        tensor = tensor.permute([kept.index(role) for role in _ROLES])
    if tensor.is_complex():
        tensor = tensor.abs()
    return (_within_float32(tensor) if tensor.dtype is torch.float64 else tensor), chosen


def _within_float32(values: Tensor) -> Tensor:
    """Doubles that stay finite, or infinite, when they become float32."""
    return torch.where(values.isinf(), values, values.clamp(-_FLOAT32_MAX, _FLOAT32_MAX))


class _Room(msgspec.Struct, frozen=True):
    """Memory for the quantization of one chunk of tiles; arrays and tensors share it.

    `low` .. `inverse` hold one number per tile, `values` and `codes` are (tile, value).
    """

    low: Tensor
    high: Tensor
    shifted: Tensor  # (tile, 1): the lowest less half a step
    inverse: Tensor  # (tile, 1): 1 / step
    limits: NDArray[np.float32]  # the four of them
    values: Tensor
    values_array: NDArray[np.float32]
    codes: Codes

    @classmethod
    def of(cls, floats: Tensor, codes: Codes, tiles: int, size: int) -> _Room:
        """Views of `floats` and `codes` for so many tiles of `size` values."""
        count = tiles * size
        limits = floats[: 4 * tiles].view(4, tiles)
        values = floats[4 * tiles : 4 * tiles + count].view(tiles, size)
        low, high, shifted, inverse = limits.unbind()
        return cls(
            low, high, shifted[:, None], inverse[:, None], limits.numpy(),
            values, values.numpy(), codes[:count].reshape(tiles, size),
        )  # fmt: skip


class _Scratch(local):
    """A room that each thread keeps, so that no quantization has to fault memory in.

    Making the views costs as much as quantizing a small layer: those of the last shapes stay.
    """

    def __init__(self) -> None:
        self._floats, self._codes = _memory_for(_SCRATCH_VALUES)
        self._rooms: dict[tuple[int, int], _Room] = {}

    def room(self, tiles: int, size: int) -> _Room:
        """For so many tiles of `size` values; memory of its own if they are very many."""
        room = self._rooms.get((tiles, size))
        if room is not None:
            return room
        needed = tiles * (size + 4)
        if needed > _SCRATCH_VALUES:
            return _Room.of(*_memory_for(needed), tiles, size)
        if len(self._rooms) >= _MOST_ROOMS:
            self._rooms.clear()
        room = self._rooms[tiles, size] = _Room.of(self._floats, self._codes, tiles, size)
        return room


def _memory_for(values: int) -> tuple[Tensor, Codes]:
    with torch.inference_mode(False):  # or nobody else may write into it afterwards
        return torch.empty(values), np.empty(values, np.uint8)


_scratch = _Scratch()
_memory = RecycledMemory(most_bytes=256 << 20)


def _quantize_in_chunks(maps: Tensor, level: PageLevel) -> tuple[Codes, NDArray[np.float32]]:
    tiles, height, width = maps.shape
    count = max(1, _CHUNK_VALUES // (level.columns * height * width)) * level.columns
    pixels = _memory.image(image_height(tiles, level), level.width)
    if tiles % level.columns:
        pixels[-height:] = 0
    limits = np.empty((3, tiles), np.float32)
    with np.errstate(all="ignore"):
        for first in range(0, tiles, count):
            codes = _quantize_chunk(
                maps[first : first + count] if count < tiles else maps,
                limits[:, first : first + count],
            )
            place(pixels, first // level.columns, codes, level.columns)
        ranges = np.ascontiguousarray(limits[:2].T)
        for tile in _needing_care(*limits):
            row, column = divmod(int(tile), level.columns)
            codes, ranges[tile] = _quantize_carefully(maps[tile].to(torch.float32).numpy())
            target = pixels[row * height :, column * width :]
            target[:height, :width] = codes
    return pixels, ranges


def _quantize_single_values(values: Tensor, level: PageLevel) -> tuple[Codes, NDArray[np.float32]]:
    """Tiles of one pixel: their offset is the value, exactly."""
    exact = values.to(torch.float32).numpy()
    pixels = np.zeros((image_height(len(exact), level), level.width), np.uint8)
    ranges = np.zeros((len(exact), 2), np.float32)
    finite = np.isfinite(exact)
    if finite.all():
        ranges[:, 0] = exact
    else:
        ranges[:, 0] = np.where(finite, exact, 0)
        pixels.reshape(-1)[: len(exact)] = _codes_of_no_numbers(exact)
    return pixels, ranges


def _codes_of_no_numbers(values: NDArray[np.float32]) -> Codes:
    """The codes of infinities and NaN, 0 elsewhere."""
    codes = np.zeros(values.shape, np.uint8)
    codes[np.isneginf(values)] = NEGATIVE_INFINITY
    codes[np.isposinf(values)] = POSITIVE_INFINITY
    codes[np.isnan(values)] = NOT_A_NUMBER
    return codes


def _quantize_chunk(chunk: Tensor, limits: NDArray[np.float32]) -> Codes:
    """Codes (tiles, height, width) of some tiles, in scratch memory.

    Fills in `limits`: their lowest values, steps and highest values. Wrong where
    `_needing_care` says so.
    """
    tiles, height, width = chunk.shape
    room = _scratch.room(tiles, height * width)
    if chunk.dtype is torch.float32 and chunk.is_contiguous():
        flat = chunk.view(tiles, height * width)
    else:
        flat = room.values
        flat.view(tiles, height, width).copy_(chunk)
    torch.amin(flat, 1, out=room.low)
    torch.amax(flat, 1, out=room.high)
    low, high, shifted, inverse = room.limits
    step = limits[1]
    np.subtract(high, low, out=step)
    step *= _PER_STEP
    # Half a step is taken off here, so that cutting off digits rounds.
    np.subtract(low, step * _HALF, out=shifted)
    # A tile of one value keeps it as its offset, with code 0: 0 times something finite.
    np.maximum(step, _SMALLEST_STEP, out=inverse)
    np.reciprocal(inverse, out=inverse)
    torch.sub(flat, room.shifted, out=room.values)
    room.values.mul_(room.inverse)
    np.copyto(room.codes, room.values_array, casting="unsafe")
    limits[0], limits[2] = low, high
    return room.codes.reshape(tiles, height, width)


def _needing_care(
    low: NDArray[np.float32], step: NDArray[np.float32], high: NDArray[np.float32]
) -> NDArray[np.intp]:
    """The tiles with infinities or NaN, or a range too narrow or too wide for float32.

    Lowest and highest value tell it: a NaN is both.
    """
    enough = np.maximum(high, -low)  # the largest magnitude
    enough *= _SMALLEST_RELATIVE_STEP
    np.maximum(enough, _SMALLEST_STEP, out=enough)
    safe = (step > enough) & (step < _LARGEST_STEP)
    if safe.all():
        return _NO_TILES
    constant = (high == low) & np.isfinite(low)
    return np.flatnonzero(~(safe | constant))


def _quantize_carefully(values: NDArray[np.float32]) -> tuple[Codes, tuple[float, float]]:
    """Codes and range of one tile in double precision, with what is no number."""
    exact = values.astype(np.float64)
    finite = np.isfinite(exact)
    low, high = (exact[finite].min(), exact[finite].max()) if finite.any() else (0.0, 0.0)
    step = np.float32((high - low) / MAX_CODE)
    if float(step) * MAX_CODE < high - low:  # rounded down: the last code would not reach
        step = np.nextafter(step, np.float32(np.inf))
    scaled = np.where(finite & (step > 0), (exact - low) / float(step or 1), 0.0)
    codes = np.clip(np.rint(scaled), 0, MAX_CODE).astype(np.uint8)
    codes = np.where(finite, codes, _codes_of_no_numbers(values))
    return codes, (low, float(step))


def quantize_on_device(maps: Tensor, level: PageLevel) -> tuple[Codes, NDArray[np.float32]]:
    """The same on the device of `maps` (tile, row, column), in any case with one copy from it."""
    values = maps.to(torch.float32)
    finite = values.isfinite()
    low = values.where(finite, torch.inf).amin((1, 2))
    high = values.where(finite, -torch.inf).amax((1, 2))
    empty = low > high
    low, high = (limit.masked_fill(empty, 0).double() for limit in (low, high))
    step = ((high - low) / MAX_CODE).float()
    upward = torch.nextafter(step, torch.full_like(step, torch.inf))
    step = torch.where(step.double() * MAX_CODE < high - low, upward, step)
    shifted = values.double() - low[:, None, None]
    scaled = shifted / step.double()[:, None, None]
    scaled = scaled.masked_fill(~finite | (step == 0)[:, None, None], 0)
    codes = scaled.round().clamp(0, MAX_CODE).to(torch.uint8)
    codes.masked_fill_(values == -torch.inf, NEGATIVE_INFINITY)
    codes.masked_fill_(values == torch.inf, POSITIVE_INFINITY)
    codes.masked_fill_(values.isnan(), NOT_A_NUMBER)
    return _fetch(_packed_on_device(codes, level), torch.stack([low.float(), step], 1))


def _packed_on_device(codes: Tensor, level: PageLevel) -> Tensor:
    tiles, height, width = codes.shape
    rows = -(-tiles // level.columns)
    slots = codes.new_zeros(rows * level.columns, height, width)
    slots[:tiles] = codes
    grid = slots.view(rows, level.columns, height, width).transpose(1, 2)
    return grid.reshape(rows * height, level.width)


def _fetch(pixels: Tensor, ranges: Tensor) -> tuple[Codes, NDArray[np.float32]]:
    """Both on the host, by one copy."""
    joined = torch.cat([ranges.contiguous().view(torch.uint8).flatten(), pixels.flatten()]).cpu()
    split = ranges.numel() * ranges.element_size()
    array = joined.numpy()
    return array[split:].reshape(pixels.shape), array[:split].view(np.float32).reshape(-1, 2)
