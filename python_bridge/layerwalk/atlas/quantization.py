"""An activation becomes one byte per value, packed into the image its pages are cut from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from layerwalk.atlas.kernels import quantize_tiles
from layerwalk.atlas.memory import RecycledMemory
from layerwalk.atlas.packing import Codes
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

# Values converted at a time: they stay in a core's second-level cache.
_CHUNK_VALUES = 96 * 1024
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
        pixels, ranges = _quantize_on_host(maps, level)
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


_memory = RecycledMemory(most_bytes=256 << 20)


def _quantize_on_host(maps: Tensor, level: PageLevel) -> tuple[Codes, NDArray[np.float32]]:
    tiles, height, width = maps.shape
    pixels = _memory.image(image_height(tiles, level), level.width)
    if tiles % level.columns:
        pixels[-height:] = 0
    ranges = np.empty((tiles, 2), np.float32)
    for first, values in _in_float32(maps, level.columns):
        here = slice(first, first + len(values))
        rows = pixels[first // level.columns * height :][
            : -(-len(values) // level.columns) * height
        ]
        for tile in quantize_tiles(values, level.columns, rows, ranges[here]):
            row, column = divmod(int(tile), level.columns)
            codes, ranges[first + tile] = _quantize_carefully(values[tile].reshape(height, width))
            rows[row * height :, column * width :][:height, :width] = codes
    return pixels, ranges


def _in_float32(maps: Tensor, columns: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The tiles as C-contiguous (tiles, values), whole rows of them, and the first one's index.

    All at once where they are that already, else in copies that stay in the core's cache.
    """
    tiles, size = maps.shape[0], maps.shape[1] * maps.shape[2]
    if maps.dtype is torch.float32 and maps.is_contiguous():
        yield 0, maps.view(tiles, size).numpy()
        return
    count = max(1, _CHUNK_VALUES // (columns * size)) * columns
    for first in range(0, tiles, count):
        chunk = maps[first : first + count].to(torch.float32).contiguous()
        yield first, chunk.view(-1, size).numpy()


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
