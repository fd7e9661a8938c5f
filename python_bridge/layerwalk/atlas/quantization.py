"""An activation becomes one byte per value, packed into the image its pages are cut from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch
from msgspec import structs
from numpy.typing import NDArray
from torch import Tensor

from layerwalk.atlas.kernels import quantize_layers
from layerwalk.atlas.levels import coarse
from layerwalk.atlas.memory import RecycledMemory, drop_code
from layerwalk.atlas.packing import Codes
from layerwalk.network import Axis, TileShape, tile_shape
from layerwalk.page import (
    MAX_CODE,
    NEGATIVE_INFINITY,
    NOT_A_NUMBER,
    POSITIVE_INFINITY,
    PageLevel,
    image_height,
    page_level,
)

_FLOAT32_MAX = float(np.finfo(np.float32).max)


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
    return quantize_all([(tensor, axes)], selected=selected)[0]


def quantize_all(
    activations: Iterable[tuple[Tensor, Sequence[Axis]]],
    *,
    selected: Mapping[str, int] | None = None,
) -> list[Quantized]:
    """Quantize several, which takes the interpreter's lock from other threads only once."""
    chosen = tuple((selected or {}).items())
    results: list[Quantized] = []
    kept: list[Tensor] = []
    table: list[tuple[int, ...]] = []
    for tensor, axes in activations:
        tensor, form = _readable(tensor.detach(), tuple(axes), chosen)
        tiles, level = form.shape[0], form.level
        if tensor.device.type != "cpu":
            maps = tensor.as_strided(form.shape, form.strides, tensor.storage_offset() + form.first)
            pixels, ranges = quantize_on_device(maps, level)
        else:
            pixels = _recycled.image(image_height(tiles, level), level.width)
            ranges = np.empty((tiles, 2), np.float32)
            targets = (_address(pixels), level.columns, _address(ranges))
            table.append((_source(tensor, form), *form.shape, *form.strides, *targets))
            kept.append(tensor)
        results.append(Quantized(pixels, ranges, tiles, level, dict(form.selected)))
    if table:
        quantize_layers(np.array(table, np.int64))
    return results


def warm_up() -> None:
    """Load the compiled loops, or compile them if this machine has never: that takes seconds."""
    axes = [Axis("channel", 1, "tile"), Axis("row", 2, "row"), Axis("column", 2, "column")]
    coarse(quantize(torch.zeros(1, 2, 2), axes).pixels, 1, 2, 2, [1])
    drop_code(_COMPILER)


def give_back_memory() -> None:
    """Keep no memory for the next quantizing, which may not come soon."""
    _recycled.give_back()
    drop_code(_COMPILER)  # where loops were compiled that hardly any network needs


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


class _Form(NamedTuple):
    """Where the tiles of an activation lie: (tiles, height, width), their strides, the first
    value and how far the last one is from it, all in values; the index taken of every other axis,
    by name and by dimension, and how the tiles are packed."""

    shape: TileShape
    strides: tuple[int, int, int]
    first: int
    reach: int
    selected: tuple[tuple[str, int], ...]
    taken: tuple[tuple[int, int], ...]
    level: PageLevel


@lru_cache(4096)
def _form(
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    axes: tuple[Axis, ...],
    selected: tuple[tuple[str, int], ...],
) -> _Form:
    if shape != tuple(axis.size for axis in axes) or 0 in shape:
        named = ", ".join(f"{axis.name} {axis.size}" for axis in axes)
        fault = "is empty" if 0 in shape else f"has not the axes ({named})"
        raise ValueError(f"a tensor of shape {shape} {fault}")
    first = 0
    asked, chosen = dict(selected), {}
    taken: list[tuple[int, int]] = []
    step: dict[str, int] = {}
    for dimension, (axis, stride) in enumerate(zip(axes, strides, strict=True)):
        if axis.role == "index" or axis.role in step:
            index = asked.get(axis.name, 0)
            if not -axis.size <= index < axis.size:
                raise IndexError(f"{axis.name} has {axis.size} indices, so none is {index}")
            chosen[axis.name] = index
            taken.append((dimension, index % axis.size))
            first += index % axis.size * stride
        else:
            step[axis.role] = stride
    found = tile_shape(axes)
    # The stride of an axis of one index says nothing: as if the tiles lay one behind the other.
    by_column = step["column"] if found.width > 1 else 1
    by_row = step["row"] if found.height > 1 else found.width * by_column
    by_tile = step["tile"] if found.tiles > 1 else found.height * by_row
    in_order = (by_tile, by_row, by_column)
    reach = sum((size - 1) * stride for size, stride in zip(found, in_order, strict=True))
    packing = page_level(*found)
    return _Form(found, in_order, first, reach, tuple(chosen.items()), tuple(taken), packing)


def _readable(
    tensor: Tensor, axes: tuple[Axis, ...], chosen: tuple[tuple[str, int], ...]
) -> tuple[Tensor, _Form]:
    """The tensor as float32, at least what is selected of it, and where that lies."""
    form = _form(tuple(tensor.shape), tensor.stride(), axes, chosen)
    if tensor.dtype is torch.float32 and not tensor.is_neg():
        return tensor, form
    for dimension, index in form.taken:
        tensor = tensor.narrow(dimension, index, 1)
    converted = _as_float32(tensor)
    alone = tuple(
        structs.replace(axis, size=size) for axis, size in zip(axes, converted.shape, strict=True)
    )
    narrowed = _form(tuple(converted.shape), converted.stride(), alone, ())
    return converted, narrowed._replace(selected=form.selected)


def _source(tensor: Tensor, form: _Form) -> int:
    """The address of the first value. Raises ValueError if there is no memory to be read.

    Tensors that only wrap others have none, and a model may have freed that of its own.
    """
    start, width = tensor.data_ptr(), tensor.element_size()
    needed = (tensor.storage_offset() + form.first + form.reach + 1) * width
    if start == 0 or tensor.untyped_storage().nbytes() < needed:
        raise ValueError(
            f"a {type(tensor).__name__} of shape {tuple(tensor.shape)} has no memory of its own"
        )
    return start + form.first * width


_recycled = RecycledMemory(most_bytes=256 << 20)
_COMPILER = "libllvmlite"  # numba's: 50 MB of code, of which compiled loops need nothing


def _as_float32(tensor: Tensor) -> Tensor:
    if tensor.dtype is torch.float32:
        return tensor.resolve_neg()
    if tensor.is_complex():
        tensor = tensor.abs()
    if tensor.dtype is torch.float64:  # what is finite, or infinite, stays so
        tensor = torch.where(tensor.isinf(), tensor, tensor.clamp(-_FLOAT32_MAX, _FLOAT32_MAX))
    return tensor.to(torch.float32)


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
