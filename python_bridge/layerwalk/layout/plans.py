"""What hangs on a station's walls, before it is known where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layerwalk.layout import measures
from layerwalk.layout.grids import (
    HALF_ASPECT,
    WHOLE_ASPECT,
    Grid,
    Part,
    matrix_grid,
    parts_grid,
    tile_grid,
)
from layerwalk.network import TileShape
from layerwalk.room import Panel

_LEAST_COLUMNS, _LEAST_COLUMNS_OF_MANY = 2, 3


@dataclass(frozen=True)
class WallPlan:
    """One wall: its side, width, panels, and the parts these show (in that order), if any."""

    side: int
    width: float
    panels: tuple[Panel, ...]
    parts: tuple[Part, ...] = ()
    top: float = 0.0  # of the tiles, above the floor
    bottom: float = 0.0


def widest(plans: Sequence[WallPlan]) -> float:
    return max(plan.width for plan in plans)


def grid_panel(grid: Grid, first: int, count: int) -> Panel:
    """Tiles of one field, from its top left; a last row that stays empty is left out."""
    rows = -(-count // grid.columns)
    top = measures.FIELD_CENTRE - measures.WALL_FOOT + grid.height / 2
    centre = (0.0, top - rows * grid.pitch_y / 2)
    return Panel(first, count, rows, grid.columns, centre, (grid.pitch_x, grid.pitch_y))


def _field(side: int, grid: Grid, first: int, count: int) -> WallPlan:
    return WallPlan(side, grid.wall_width, (grid_panel(grid, first, count),))


def whole(shape: TileShape, side: int) -> tuple[WallPlan, ...]:
    """The whole layer on one wall."""
    if shape.tiles == 1:
        return (_field(side, matrix_grid(shape), 0, 1),)
    return (_field(side, tile_grid(shape, shape.tiles, WHOLE_ASPECT), 0, shape.tiles),)


def halves(shape: TileShape) -> tuple[WallPlan, ...]:
    """First half of the tiles left, second right; a single tile needs only the left wall."""
    if shape.tiles == 1:
        return whole(shape, -1)
    half = -(-shape.tiles // 2)
    grid = tile_grid(shape, half, HALF_ASPECT)
    return (_field(-1, grid, 0, half), _field(1, grid, half, shape.tiles - half))


def of_parts(shape: TileShape, left: Sequence[Part], right: Sequence[Part]) -> tuple[WallPlan, ...]:
    """A concatenation: left parts on the left wall, right parts on the right one."""
    many = len(left) + len(right) > 8
    columns = _LEAST_COLUMNS_OF_MANY if many else _LEAST_COLUMNS
    plans = []
    for side, parts in ((-1, left), (1, right)):
        grid, panels = parts_grid(shape, parts, least_columns=columns)
        top = measures.FIELD_CENTRE + grid.height / 2
        plans.append(
            WallPlan(side, grid.wall_width, tuple(panels), tuple(parts), top, top - grid.height)
        )
    return tuple(plans)


def split_parts(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Parts in two halves of about as many tiles, neither empty (if there are two parts)."""
    total, seen = sum(part.count for part in parts), 0
    for cut, part in enumerate(parts[:-1], start=1):
        seen += part.count
        if 2 * seen >= total or cut == len(parts) - 1:
            return tuple(parts[:cut]), tuple(parts[cut:])
    return tuple(parts), ()
