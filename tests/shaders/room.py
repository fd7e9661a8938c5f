"""A small room as the Unity client hands it to its shaders: known tiles on three walls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from layerwalk.atlas import coarse, quantize
from layerwalk.network import Axis
from layerwalk.page import PAGE_EDGE

from ..web.web_colours import DIVERGING, EXPONENT, SEQUENTIAL  # noqa: TID252

Array = NDArray[Any]
TOGETHER = 8
GAP = 0.0783410138
EDGE_M = 0.012
LONG_AGO = -1000.0


def palette() -> Array:
    """uint8 (1, 2, 256, 4): the sequential and the diverging scale."""
    rows = []
    for stops, exponent in ((SEQUENTIAL, EXPONENT), (DIVERGING, 1.0)):
        colours = np.array([list(bytes.fromhex(stop)) for stop in stops.split()], float)
        at = (np.arange(256) / 255) ** exponent * (len(colours) - 1)
        row = [np.interp(at, range(len(colours)), colours[:, c]) for c in range(3)]
        rows.append(np.stack([*row, np.full(256, 255.0)], -1))
    return np.rint(rows).astype(np.uint8)[None]


@dataclass
class Tables:
    """The buffers and textures of contract, filled layer by layer and wall by wall."""

    walls: list[Array] = field(default_factory=list)
    panels: list[Array] = field(default_factory=list)
    layers: list[Array] = field(default_factory=list)
    ranges: list[Array] = field(default_factory=list)
    colours: list[Array] = field(default_factory=list)
    slices: list[Array] = field(default_factory=list)
    entries: int = 0
    used: int = 0  # rows of the last slice

    def add_layer(self, maps: Array, *, low: float, high: float) -> int:
        """(tiles, rows, columns), all levels; its row."""
        tiles, height, width = maps.shape
        axes = [Axis("channel", tiles, "tile"), Axis("row", height, "row")]
        axes.append(Axis("column", width, "column"))
        made = quantize(torch.from_numpy(maps.astype(np.float32)), axes)
        levels = range(1, int(np.ceil(np.log2(max(height, width)))) + 1)
        images = {0: (made.level, made.pixels)}
        images |= coarse(made.pixels, tiles, height, width, levels)
        record = np.zeros((32, 4), np.float32)
        is_signed = float(low < 0)
        specials = float((made.pixels > 252).any())
        record[0] = low, high, is_signed, LONG_AGO
        record[1] = width, height, tiles, self.entries
        record[2] = 0, max(images), specials, 1
        record[5] = low, high, 0, LONG_AGO
        for level, (packing, pixels) in images.items():
            page_height = packing.rows_per_page * packing.tile_height
            record[8 + level] = *self._put(pixels, page_height), packing.columns
        self.layers.append(record)
        self.ranges.append(made.ranges)
        self.colours.append(_means(maps, low, high))
        self.entries += tiles
        return len(self.layers) - 1

    def _put(self, pixels: Array, page_height: int) -> tuple[int, int, int]:
        """Puts an image into the last slice, below what is there, or one of several pages into
        slices of their own: x, y, slice of the first."""
        height, width = pixels.shape
        if self.used + height > PAGE_EDGE or not self.slices:
            self._add_slice()
        place = 0, self.used, len(self.slices) - 1
        for top in range(0, height, page_height):
            if top:
                self._add_slice()
            page = pixels[top : top + page_height]
            self.slices[-1][self.used : self.used + len(page), :width] = page
            self.used += len(page)
        return place

    def _add_slice(self) -> None:
        self.slices.append(np.zeros((PAGE_EDGE, PAGE_EDGE), np.uint8))
        self.used = 0

    def add_wall(
        self,
        foot: tuple[float, float, float],
        yaw: float,
        size: tuple[float, float],
        panels: list[tuple[int, int, int, float, tuple[float, float]]],
    ) -> None:
        """`panels`: layer, columns, tiles, pitch, and centre in metres from the foot."""
        x, y = np.array([np.cos(yaw), 0, -np.sin(yaw)]), np.array([0.0, 1.0, 0.0])
        rects = []
        first, mean = 0, np.zeros(3)
        for layer, columns, tiles, pitch, (right, up) in panels:
            rows = -(-tiles // columns)
            extent = columns * pitch, rows * pitch
            rects.append((right - extent[0] / 2, up - extent[1] / 2, *extent))
            centre = np.array(foot) + x * right + y * up
            record = np.zeros((8, 4), np.float32)
            record[0] = *centre, layer
            record[1] = *(x * extent[0]), GAP
            record[2] = *(y * extent[1]), -1
            record[3] = columns, rows, tiles, first
            record[4] = rects[-1]
            self.panels.append(record)
            mean += self.colours[layer][first : first + tiles, :3].sum(0) / 255
            first += tiles
        self._write_wall(foot, x, y, size, rects, mean / max(first, 1))

    def _write_wall(
        self,
        foot: tuple[float, float, float],
        x: Array,
        y: Array,
        size: tuple[float, float],
        rects: list[tuple[float, ...]],
        mean: Array,
    ) -> None:
        low = np.min([rect[:2] for rect in rects], 0)
        high = np.max([np.add(rect[:2], rect[2:]) for rect in rects], 0)
        record = np.zeros((8, 4), np.float32)
        record[0] = *foot, size[0]
        record[1] = *x, size[1]
        record[2] = *y, len(self.panels) - len(rects)
        record[3] = *low, *(high - low)
        record[4] = *mean, LONG_AGO
        record[5] = *mean, len(rects)
        self.walls.append(record)

    def shared(self, **changes: float) -> dict[str, Any]:
        """Every global, by its name."""
        return {
            "_LayerwalkTime": 10.0,
            "_LayerwalkFog": 1.0,
            "_LayerwalkOverview": 0.0,
            "_LayerwalkStale": 0.0,
            "_LayerwalkPerChannel": 0.0,
            "_LayerwalkSweep": 10.0,
            "_LayerwalkWalls": np.array(self.walls, np.float32),
            "_LayerwalkPanels": np.array(self.panels, np.float32),
            "_LayerwalkLayers": np.array(self.layers, np.float32),
            "_LayerwalkRanges": np.concatenate(self.ranges).astype(np.float32),
            "_LayerwalkTileColours": np.concatenate(self.colours).view(np.uint32),
            "_LayerwalkPalette": [palette()],
            "_LayerwalkPages": [np.array(self.slices)],
        } | {f"_Layerwalk{name}": value for name, value in changes.items()}


def _means(maps: Array, low: float, high: float) -> Array:
    """Mean colour of each tile, RGBA."""
    signed = low < 0
    scale = 0.5 + 0.5 * maps / max(-low, high) if signed else maps / high
    at = np.rint(255 * np.clip(np.nan_to_num(scale), 0, 1)).astype(int)
    return palette()[0, int(signed)][at].mean((1, 2)).astype(np.uint8)


def numbers(count: int) -> Array:
    """Rows 0 .. count - 1, eight an instance, filled up with -1."""
    rows = np.full(-(-count // TOGETHER) * TOGETHER, -1, np.int32)
    rows[:count] = np.arange(count)
    return rows


def several(vertices: dict[str, Array], indices: Array) -> tuple[dict[str, Array], Array]:
    """A shape eight times over; the last component of POSITION is which of them."""
    count = len(vertices["POSITION"])
    member = np.repeat(np.arange(TOGETHER), count)[:, None]
    found = {name: np.tile(values, (TOGETHER, 1)) for name, values in vertices.items()}
    found["POSITION"] = np.hstack([found["POSITION"], member]).astype(np.float32)
    starts = count * np.arange(TOGETHER)[:, None]
    return found, (indices[None] + starts).ravel()


def quad() -> tuple[dict[str, Array], Array]:
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
    return {"POSITION": corners}, np.array([0, 2, 1, 1, 2, 3])


def face() -> tuple[dict[str, Array], Array]:
    """Rings around the field, an edge, and the inside."""
    d = np.sqrt(0.5)
    around = [
        *((0, 0, -1, 0), (0, 0, -d, -d), (0, 0, 0, -1), (1, 0, 0, -1), (1, 0, d, -d), (1, 0, 1, 0)),
        *((1, 1, 1, 0), (1, 1, d, d), (1, 1, 0, 1), (0, 1, 0, 1), (0, 1, -d, d), (0, 1, -1, 0)),
    ]
    metres = (0, 0.06, 0.16, 0.42, 9)
    ring = [one for _ in metres for one in around]
    away = [(m, 0.0) for m in metres for _ in around]
    sides, index = len(around), []
    for r in range(len(metres) - 1):
        for i in range(sides):
            a, b = r * sides + i, r * sides + (i + 1) % sides
            index += [a, a + sides, b, b, a + sides, b + sides]
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    edge = len(ring)
    for edge_m in (0, EDGE_M):
        ring += [(x, y, 1 - 2 * x, 1 - 2 * y) for x, y in corners]
        away += [(edge_m, 1.0)] * 4
    for i in range(4):
        a, b = edge + i, edge + (i + 1) % 4
        index += [a, b, a + 4, b, b + 4, a + 4]
    inside = len(ring)
    ring += [(x, y, 0, 0) for x, y in corners]
    away += [(0, 2.0)] * 4
    index += [inside, inside + 1, inside + 2, inside, inside + 2, inside + 3]
    vertices = {"POSITION": np.array(away, np.float32), "TEXCOORD0": np.array(ring, np.float32)}
    return vertices, np.array(index)


def floor() -> tuple[dict[str, Array], Array]:
    """Rings around the point below the eye."""
    radii, spokes = (3, 9, 30, 120, 1400), 24
    angle = 2 * np.pi * np.arange(spokes) / spokes + 0.0837
    corners = [(r * np.cos(a), 0, r * np.sin(a)) for r in radii for a in angle]
    index = []
    for ring in range(len(radii)):
        for i in range(spokes):
            a, b = ring * spokes + i, ring * spokes + (i + 1) % spokes
            if ring > 0:
                index += [a - spokes, b - spokes, a, a, b - spokes, b]
            elif i > 1:
                index += [0, i, i - 1]
    return {"POSITION": np.array(corners, np.float32)}, np.array(index)


def sky() -> tuple[dict[str, Array], Array]:
    """A dome from a little below the horizon up."""
    rows, columns = 12, 32
    polar = 0.53 * np.pi * np.arange(rows + 1)[:, None] / rows
    turn = 2 * np.pi * np.arange(columns)[None] / columns
    across = np.sin(polar)
    parts = np.broadcast_arrays(across * np.cos(turn), np.cos(polar), across * np.sin(turn))
    shape = np.stack(parts, -1)
    index = []
    for r in range(rows):
        for c in range(columns):
            a, b = r * columns + c, r * columns + (c + 1) % columns
            index += [a, a + columns, b, b, a + columns, b + columns]
    return {"POSITION": shape.reshape(-1, 3).astype(np.float32)}, np.array(index)


def example() -> Tables:
    """Three walls: ramps and blocks; signed waves; two panels of the same layer."""
    tables = Tables()
    rows, columns = np.mgrid[:32, :32] / 31
    ramps = np.array([columns, rows, 1 - columns, columns * rows])
    blocks = np.kron(np.random.default_rng(0).random((12, 4, 4)), np.ones((8, 8)))
    first = tables.add_layer(np.concatenate([ramps, blocks]), low=0.0, high=1.0)
    phases = np.arange(24)[:, None, None]
    waves = np.sin(np.pi * (columns * (1 + phases % 4) + rows * (phases // 4)))
    second = tables.add_layer(0.5 * waves, low=-0.5, high=0.5)
    steps = np.tile(np.arange(49.0).reshape(1, 7, 7) / 48, (6, 1, 1))
    third = tables.add_layer(steps, low=0.0, high=1.0)
    tables.add_wall((-1.75, 0.06, -3.6), 0.9, (1.9, 3.25), [(first, 4, 16, 0.35, (0.0, 1.58))])
    tables.add_wall((1.9, 0.06, -3.9), -0.8, (2.1, 3.25), [(second, 5, 24, 0.33, (0.0, 1.6))])
    panels = [(third, 2, 3, 0.3, (-0.5, 1.5)), (third, 2, 3, 0.3, (0.5, 1.7))]
    tables.add_wall((0.0, 0.06, -9.0), 0.0, (2.0, 3.25), panels)
    return tables
