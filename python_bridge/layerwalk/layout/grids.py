"""How the tiles of a layer are arranged on a wall."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from layerwalk.layout import measures
from layerwalk.network import TileShape
from layerwalk.room import Panel

HALF_ASPECT, WHOLE_ASPECT, PARTS_ASPECT = 1.05, 1.3, 1.35
PARTS_HEIGHT = 2.2  # parts carry a coloured bar and their number above
_SMALL_FIELD, _MOST_ENLARGED = 1.3, 1.6
_WIDEST_MATRIX, _HIGHEST_MATRIX, _LARGEST_PIXEL = 4.16, 2.2, 0.12
_MOST_ELONGATED = 8.0  # longer tiles are drawn stretched


class Grid(NamedTuple):
    """Rows and columns of tiles, and the distance of neighbours in metres."""

    rows: int
    columns: int
    pitch_x: float
    pitch_y: float

    @property
    def width(self) -> float:
        return self.columns * self.pitch_x

    @property
    def height(self) -> float:
        return self.rows * self.pitch_y

    @property
    def wall_width(self) -> float:
        return max(self.width + measures.WALL_MARGIN, measures.MINIMUM_WALL)

    def scaled(self, factor: float) -> Grid:
        return self._replace(pitch_x=self.pitch_x * factor, pitch_y=self.pitch_y * factor)


@dataclass(frozen=True)
class Part:
    """A run of tiles that came from one input of a concatenation."""

    first: int
    count: int
    number: int
    colour: str


def tile_pitch(shape: TileShape) -> tuple[float, float]:
    """Pitch in x and y, in metres: area by the map's size, aspect that of its pixels."""
    pixels = math.sqrt(shape.height * shape.width)
    edge = 0.072 if pixels <= 1 else max(0.072, 0.32 * (pixels / 112) ** 0.45)
    aspect = min(_MOST_ELONGATED, max(1 / _MOST_ELONGATED, shape.width / shape.height))
    stretch = math.sqrt(aspect)
    return edge * stretch * measures.PITCH, edge / stretch * measures.PITCH


def fit_grid(count: int, pitch: tuple[float, float], max_height: float, aspect: float) -> Grid:
    """The grid of `count` tiles at most `max_height` high, near `aspect`, with few empty cells."""
    shrink = min(1.0, max_height / pitch[1])
    x, y = pitch[0] * shrink, pitch[1] * shrink
    best, best_score = Grid(1, max(1, count), x, y), math.inf
    for rows in range(1, min(count, max(1, int(max_height / y + 1e-9))) + 1):
        columns = -(-count // rows)
        if (rows - 1) * columns >= count:
            continue  # a whole row would stay empty
        empty = 1 - count / (rows * columns)
        score = abs(math.log(columns * x / (rows * y) / aspect)) + 3 * empty
        if score < best_score:
            best, best_score = Grid(rows, columns, x, y), score
    return best


def _shrunk(make: Callable[[float], Grid]) -> Grid:
    """The first grid on a comfortable wall, of tiles from full down to half size."""
    grid = make(1.0)
    for step in range(1, 11):
        if grid.wall_width <= measures.COMFORTABLE_WALL:
            break
        grid = make(1.0 - (1.0 - measures.SMALLEST_SCALE) * step / 10)
    return grid


def tile_grid(shape: TileShape, count: int, aspect: float) -> Grid:
    """The grid of `count` tiles of a layer on one wall; small fields are enlarged."""
    if count == 1:
        return matrix_grid(shape)
    x, y = tile_pitch(shape)
    grid = _shrunk(lambda k: fit_grid(count, (x * k, y * k), measures.FIELD_HEIGHT, aspect))
    room = min(_SMALL_FIELD / max(grid.width, grid.height), measures.FIELD_HEIGHT / grid.height)
    return grid.scaled(max(1.0, min(_MOST_ENLARGED, room)))


def matrix_grid(shape: TileShape) -> Grid:
    """One tile as large as a wall carries, its pixels at most 0.12 m."""
    aspect = min(_MOST_ELONGATED, max(1 / _MOST_ELONGATED, shape.width / shape.height))
    longest = max(shape.height, shape.width) * _LARGEST_PIXEL
    height = min(_HIGHEST_MATRIX, _WIDEST_MATRIX / aspect)
    height = min(height, max(0.36, longest / max(1.0, aspect)))
    return Grid(1, 1, height * aspect, height)


def parts_grid(
    shape: TileShape, parts: Sequence[Part], *, least_columns: int
) -> tuple[Grid, list[Panel]]:
    """Parts of a concatenation side by side, each a block of columns: whole grid and panels."""
    total = sum(part.count for part in parts)
    x, y = tile_pitch(shape)

    def columns_of(rows: int) -> list[int]:
        return [max(min(least_columns, part.count), -(-part.count // rows)) for part in parts]

    def make(scale: float) -> Grid:
        grid = fit_grid(total, (x * scale, y * scale), PARTS_HEIGHT, PARTS_ASPECT)
        return grid._replace(columns=sum(columns_of(grid.rows)))

    grid = _shrunk(make)
    columns = columns_of(grid.rows)
    rows = max(-(-part.count // width) for part, width in zip(parts, columns, strict=True))
    grid = grid._replace(rows=rows)
    panels, left = [], -grid.width / 2
    top = measures.FIELD_CENTRE - measures.WALL_FOOT + grid.height / 2
    for part, width in zip(parts, columns, strict=True):
        part_rows = -(-part.count // width)
        centre = (left + width * grid.pitch_x / 2, top - part_rows * grid.pitch_y / 2)
        panels.append(
            Panel(part.first, part.count, part_rows, width, centre, (grid.pitch_x, grid.pitch_y))
        )
        left += width * grid.pitch_x
    return grid, panels
