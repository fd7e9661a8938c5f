"""Which layers of a network have places, and where in them a place of the picture is.

A feature map covers the picture that the network sees, evenly. So do the tokens of a transformer:
one for each patch of it, by rows from the top left, behind a class token and registers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidReference
from layerwalk.network import Axis, Network
from layerwalk.similarity.regions import Lasso, Pins, Rectangle, Reference

_PATCHES = (16, 14, 8, 32, 4, 2, 64)  # pixels; the usual ones first
_BEFORE = (0, 1, 5, 2)  # tokens before those of patches: a class, one of distillation, registers
_POINTS = {"point": (1, 1), "rectangle": (2, 2), "lasso": (3, 1024), "pins": (1, 1024)}
_SLACK = 2  # pixels that borders may add or take


class Grid(NamedTuple):
    """The places of a layer: `height` x `width` of them, with `features` each.

    Of a layer of tokens `tokens` is how many it has, of which the first `skipped` are no places;
    0 of one of maps.
    """

    height: int
    width: int
    features: int
    tokens: int = 0
    skipped: int = 0

    def pixel(self, x: float, y: float) -> tuple[int, int]:
        """The place (x, y) of a point of the picture, both from 0, left and top, to 1.

        Raises InvalidReference for a point outside.
        """
        if not (0 <= x <= 1 and 0 <= y <= 1):
            raise InvalidReference(f"({x:g}, {y:g}) is outside of the picture, 0 to 1")
        return (
            min(int(x * self.width), self.width - 1),
            min(int(y * self.height), self.height - 1),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point of the picture in the middle of a place. Raises InvalidReference."""
        if not (0 <= x < self.width and 0 <= y < self.height and x == int(x) and y == int(y)):
            raise InvalidReference(f"({x:g}, {y:g}) is no place of {self.width} × {self.height}")
        return (x + 0.5) / self.width, (y + 0.5) / self.height


def reference_in(grid: Grid, region: str, points: Sequence[tuple[float, float]]) -> Reference:
    """What a region of the picture is in a layer: the places that it touches.

    `region` is "point", "rectangle" (of two corners), "lasso" or "pins"; `points` are from 0 to 1.
    Raises InvalidReference for points outside, and for too few or too many.
    """
    fewest, most = _POINTS[region]
    if not fewest <= len(points) <= most:
        raise InvalidReference(f"a {region} of {len(points)} points; {fewest} are needed")
    if region == "lasso":
        return Lasso(tuple((x * grid.width, y * grid.height) for x, y in points))
    places = tuple(grid.pixel(x, y) for x, y in points)
    if region == "point":
        return places[0]
    if region == "pins":
        return Pins(places)
    (left, right), (top, bottom) = (sorted(one) for one in zip(*points, strict=True))
    x, y = grid.pixel(left, top)
    end_x, end_y = math.ceil(right * grid.width), math.ceil(bottom * grid.height)
    return Rectangle(x, y, max(1, end_x - x), max(1, end_y - y))


def points_from(
    grid: Grid, region: str, points: Sequence[tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    """Points of the picture of places in a layer. Raises InvalidReference for what is none."""
    if region == "lasso":
        return tuple((x / grid.width, y / grid.height) for x, y in points)
    return tuple(grid.point(x, y) for x, y in points)


def grids(network: Network) -> dict[str, Grid]:
    """The layers that have places, in order: all but single values, and matrices of attention."""
    picture = _picture(network)
    batch = next((a.size for i in network.inputs for a in i.axes if a.name == "batch"), 1)
    lengths = _sequence_lengths(node.axes for node in network.nodes)
    found: dict[str, Grid] = {}
    for node in network.nodes:
        grid = _grid(node.axes, picture, batch, lengths) if node.shown else None
        if grid is not None:
            found[node.name] = grid
    return found


def features_of(values: NDArray[Any], axes: Sequence[Axis], grid: Grid) -> NDArray[Any]:
    """A layer's values, in its own order of axes, as features (H, W, F); of others, index 0."""
    shown = [axis for axis in axes if axis.role != "index"]
    some = values[tuple(slice(None) if axis.role != "index" else 0 for axis in axes)]
    roles = [axis.role for axis in shown]
    if grid.tokens:
        some = some.transpose(roles.index("row"), roles.index("column"))[grid.skipped :]
    else:
        some = some.transpose(roles.index("row"), roles.index("column"), roles.index("tile"))
    return np.ascontiguousarray(some).reshape(grid.height, grid.width, grid.features)


def _picture(network: Network) -> tuple[int, int] | None:
    """Height and width of the first input that is a picture."""
    for one in network.inputs:
        sizes = {axis.role: axis.size for axis in one.axes}
        names = {axis.name for axis in one.axes}
        if {"height", "width"} <= names and "row" in sizes and "column" in sizes:
            return sizes["row"], sizes["column"]
    return None


def _sequence_lengths(layers: Iterable[Sequence[Axis]]) -> frozenset[int]:
    """How many tokens there are in layers, or in their windows: attention is a square of these."""
    return frozenset(
        axis.size
        for axes in layers
        if any(axis.name == "feature" for axis in axes)
        for axis in axes
        if axis.role == "row"
    )


def _grid(
    axes: Sequence[Axis], picture: tuple[int, int] | None, batch: int, lengths: frozenset[int]
) -> Grid | None:
    size = {axis.role: axis.size for axis in axes}
    names = {axis.role: axis.name for axis in axes}
    if any(axis.name == "batch" and axis.size != batch for axis in axes):
        return None  # windows, or heads
    if "row" not in size or "column" not in size:
        return None
    if "tile" not in size:
        return _patches(size["row"], size["column"], picture)
    height, width = size["row"], size["column"]
    if names["column"] == "feature" or height * width == 1 or {height, width} <= lengths:
        return None
    if picture is not None and not _covers(height, width, *picture):
        return None
    return Grid(height, width, size["tile"])


def _covers(height: int, width: int, picture_height: int, picture_width: int) -> bool:
    """Whether a map has the picture's proportions."""
    apart = abs(height * picture_width - width * picture_height)
    return apart <= _SLACK * max(picture_height, picture_width)


def _patches(tokens: int, features: int, picture: tuple[int, int] | None) -> Grid | None:
    if picture is None or features == 1:
        return None
    for skipped in _BEFORE:
        for edge in _PATCHES:
            (height, below), (width, beside) = divmod(picture[0], edge), divmod(picture[1], edge)
            fits = below == beside == 0 and height * width == tokens - skipped
            if fits and height * width > 1:
                return Grid(height, width, features, tokens, skipped)
    return None
