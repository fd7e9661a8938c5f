"""Activations as a client sees them: float32 arrays with named axes, from codes and ranges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from layerwalk.atlas import dequantize, unpack
from layerwalk.network import Axis, AxisRole
from layerwalk.page import PageLevel


class Activation(np.ndarray):
    """A layer's activation in one run, float32, in the tensor's order of axes.

    `axes` name the array's axes; those of which one index is shown (the batch) are left out,
    and `selected` says which index that is. `layer` and `run` say what it is.
    """

    layer: str
    run: int
    axes: tuple[Axis, ...]
    selected: dict[str, int]

    def __array_finalize__(self, other: Any) -> None:
        # What is computed or cut from an activation has other axes: nothing is inherited.
        self.layer, self.run, self.axes, self.selected = "", 0, (), {}


@dataclass
class ReceivedLayer:
    """What came of a layer: `ranges` float32 (tiles, 2), and each level's packed image."""

    layer: str
    axes: tuple[Axis, ...]
    tiles: int
    selected: dict[str, int]
    ranges: np.ndarray
    levels: dict[int, tuple[PageLevel, np.ndarray]] = field(default_factory=dict)


def activation(received: ReceivedLayer, run: int) -> Activation:
    """The finest level that came, dequantized; coarser ones have smaller rows and columns."""
    level, pixels = received.levels[min(received.levels)]
    values = dequantize(unpack(pixels, received.tiles, level), received.ranges)
    sizes = {"tile": received.tiles, "row": level.tile_height, "column": level.tile_width}
    shown = [axis for axis in received.axes if axis.name not in received.selected]
    roles: list[AxisRole] = ["tile", "row", "column"]
    present = [axis.role for axis in shown]
    values = values.reshape([sizes[role] for role in roles if role in present])
    packed = [role for role in roles if role in present]
    values = values.transpose([packed.index(role) for role in present])
    array = np.ascontiguousarray(values).view(Activation)
    array.layer, array.run, array.selected = received.layer, run, dict(received.selected)
    array.axes = tuple(Axis(axis.name, sizes[axis.role], axis.role) for axis in shown)
    return array
