"""Pictures of exports: tiles are the viewer's to the colour, sheets can be read."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import layerwalk
from layerwalk.atlas import quantize, unpack
from layerwalk.exporting.colours import COLOUR_MAPS, NOT_A_NUMBER_COLOUR, colours
from layerwalk.exporting.sheet import GAP, GROUND, LABEL_PX, grid_of
from layerwalk.network import Axis

from ..web import web_colours  # noqa: TID252

VIEWER = Path(__file__).parents[2] / "python_bridge" / "web_viewer" / "src" / "scene"


class Same(nn.Module):
    """Its layers put out exactly what it is given, from which what is below zero is cut off."""

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        return maps.clone().relu()


def exported(folder: Path, maps: torch.Tensor, **options: Any) -> layerwalk.ExportedLayer:
    options = {"layers": "clone"} | options
    made = layerwalk.export(Same(), example_input=maps, folder=folder, **options)
    return made.layers[0]


def pictures(layer: layerwalk.ExportedLayer) -> np.ndarray:
    return np.stack([np.asarray(Image.open(path).convert("RGB")) for path in layer.tiles])


def random_maps(*shape: int) -> torch.Tensor:
    """Maps of very different ranges."""
    drawn = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    gains = torch.linspace(0.05, 3, shape[1]).reshape(1, -1, *[1] * (len(shape) - 2))
    return drawn * gains


# ---------------------------------------------------------------- tiles


@pytest.mark.parametrize("layers", ["clone", "relu"])
@pytest.mark.parametrize("normalization", ["layer", "channel"])
def test_tiles_have_the_colours_of_the_art_direction(
    tmp_path: Path, layers: str, normalization: str
) -> None:
    maps = random_maps(2, 5, 11, 13)
    made = exported(tmp_path, maps, layers=layers, normalization=normalization)
    expected = (maps.relu() if layers == "relu" else maps)[0].numpy()
    found = pictures(made)
    assert found.shape == (5, 11, 13, 3)
    for tile, row, column in np.ndindex(expected.shape):
        low, high = web_colours.bounds(expected, tile, row, column, normalization=normalization)
        assert (low <= found[tile, row, column]).all()
        assert (found[tile, row, column] <= high).all()


@pytest.mark.parametrize("shape", [(1, 3, 7, 9), (1, 40, 33, 47)])
@pytest.mark.parametrize("normalization", ["layer", "channel"])
def test_a_tile_is_the_codes_that_viewers_get(
    tmp_path: Path, shape: tuple[int, ...], normalization: str
) -> None:
    """Against the viewer's arithmetic, one pixel after the other; also where it only samples."""
    maps = random_maps(*shape)
    found = pictures(exported(tmp_path, maps, normalization=normalization, colour_map="grey"))
    axes = [Axis("batch", 1), *map(Axis, ("c", "h", "w"), shape[1:], ("tile", "row", "column"))]
    quantized = quantize(maps, axes)
    codes = unpack(quantized.pixels, quantized.tiles, quantized.level)
    end = web_display_end(codes, quantized.ranges)
    for tile, (offset, step) in enumerate(quantized.ranges.astype(float)):
        if normalization == "channel":
            end = max(abs(offset), abs(offset + 252 * step))
        for code in np.unique(codes[tile]):
            place = min(1.0, max(0.0, 0.5 + 0.5 * (offset + step * code) / end))
            greys = np.unique(found[tile][codes[tile] == code])
            assert len(greys) == 1  # the same code is the same colour
            assert abs(greys[0] - place * 255) <= 0.5 + 1e-4


def web_display_end(codes: np.ndarray, ranges: np.ndarray) -> float:
    """`#displayRange` of scene/activation.ts for a signed layer, word for word."""
    total = codes.size
    count = min(4096, total)
    area = codes[0].size
    magnitudes = []
    for i in range(count):
        at = i if count == total else math.floor(((i * 0.61803398875) % 1) * total)
        offset, step = map(float, ranges[at // area])
        magnitudes.append(np.float32(abs(offset + step * int(codes.reshape(-1)[at]))))
    return float(sorted(magnitudes)[math.ceil(0.998 * (count - 1))])


def test_what_is_no_number_is_told_by_its_colour(tmp_path: Path) -> None:
    maps = random_maps(1, 2, 6, 6)
    maps[0, 1, :2, 0] = torch.tensor([float("inf"), float("-inf")])
    maps[0, 1, 2, 0] = float("nan")
    for colour_map in COLOUR_MAPS:
        made = exported(tmp_path / colour_map, maps, colour_map=colour_map)
        table = colours(colour_map, signed=True)
        found = pictures(made)[1, :3, 0].tolist()
        assert found == [table[255].tolist(), table[0].tolist(), list(NOT_A_NUMBER_COLOUR)]


@pytest.mark.parametrize("value", [0.0, 3.0, -3.0, float("nan"), 3e38])
def test_layers_of_one_value_have_tiles(tmp_path: Path, value: float) -> None:
    maps = torch.full((1, 2, 3, 3), value)
    made = exported(tmp_path, maps, colour_map="grey")
    expected = {0.0: 0, 3.0: 255, -3.0: 0, 3e38: 255}.get(value)
    if expected is None:
        assert (pictures(made) == NOT_A_NUMBER_COLOUR).all()
    else:
        assert (pictures(made) == expected).all()


def test_the_widest_range_of_float32_keeps_its_order(tmp_path: Path) -> None:
    ramp = torch.linspace(-1, 1, 64).reshape(1, 1, 8, 8) * 3.4e38
    found = pictures(exported(tmp_path, ramp, colour_map="grey"))[0, ..., 0].ravel()
    assert (np.diff(found.astype(int)) > 0).all()
    assert (found[0], found[-1]) == (0, 255)


def test_grey_tiles_have_one_channel(tmp_path: Path) -> None:
    made = exported(tmp_path, random_maps(1, 2, 6, 6), colour_map="grey")
    assert Image.open(made.tiles[0]).mode == "L"


# ---------------------------------------------------------------- colour maps


@pytest.mark.parametrize(("name", "signed"), [("SEQUENTIAL", False), ("DIVERGING", True)])
def test_the_viewer_s_map_is_the_viewer_s(name: str, signed: bool) -> None:
    source = (VIEWER / "palette.ts").read_text("utf-8")
    listed = re.search(rf"const {name} = \[(.*?)\]", source, re.DOTALL)
    assert listed is not None
    stops = re.findall(r"#([0-9a-f]{6})", listed[1])
    exponent = float(re.search(r"SEQUENTIAL_EXPONENT = ([0-9.]+)", source)[1])  # type: ignore[index]
    table = colours("viewer", signed=signed)
    for place in range(256):
        at = (place / 255) ** (1 if signed else exponent) * (len(stops) - 1)
        stop = min(len(stops) - 2, math.floor(at))
        a, b = (np.array(list(bytes.fromhex(one))) / 255 for one in stops[stop : stop + 2])
        assert np.abs(table[place] - 255 * (a + (b - a) * (at - stop))).max() <= 0.5 + 1e-9


@pytest.mark.parametrize("name", ["viridis", "magma", "cividis"])
def test_known_maps_are_those_that_everybody_knows(name: str) -> None:
    known = matplotlib.colormaps[name](np.arange(256))[:, :3] * 255
    assert np.abs(colours(name, signed=False) - known).max() <= 1


def lightness(table: np.ndarray) -> np.ndarray:
    """CIE L* of sRGB colours, 0 .. 100."""
    linear = np.where(table > 10.31, ((table / 255 + 0.055) / 1.055) ** 2.4, table / 255 / 12.92)
    y = linear @ (0.2126, 0.7152, 0.0722)
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, y * 24389 / 27)


@pytest.mark.parametrize("name", sorted({*COLOUR_MAPS} - {"diverging"}))
def test_maps_from_zero_grow_lighter_all_the_way(name: str) -> None:
    light = lightness(colours(name, signed=False))
    assert (np.diff(light[::4]) > 0).all()
    assert light[-1] - light[0] > 60


@pytest.mark.parametrize("name", ["viewer", "diverging"])
def test_maps_around_zero_grow_lighter_to_both_sides(name: str) -> None:
    light = lightness(colours(name, signed=True))
    assert 120 <= light.argmin() <= 135
    assert (np.diff(light[:124:4]) < 0).all()
    assert (np.diff(light[132::4]) > 0).all()
    assert abs(light[0] - light[-1]) < 5


# ---------------------------------------------------------------- sheets


def sheet_of(made: layerwalk.ExportedLayer) -> np.ndarray:
    assert made.sheet is not None
    return np.asarray(Image.open(made.sheet).convert("RGB"))


def test_the_sheet_shows_every_tile_and_its_number(tmp_path: Path) -> None:
    """Each tile stands enlarged in its row, with ink below it that no other has."""
    made = exported(tmp_path, random_maps(1, 23, 9, 12), colour_map="viridis")
    sheet, tiles = sheet_of(made), pictures(made)
    grid = grid_of(len(tiles), 9, 12, label_width=1)
    height, width, times = grid.tile_height, grid.tile_width, grid.tile_width // 12
    enlarged = np.repeat(np.repeat(tiles, times, 1), times, 2)
    line = np.lib.stride_tricks.sliding_window_view(sheet, (width, 3), axis=(1, 2))
    found = np.argwhere((line == enlarged[0, 0]).all((2, 3, 4)))
    top, left = found[0][:2]
    labels = set()
    for tile, picture in enumerate(enlarged):
        row, column = divmod(tile, grid.columns)
        y, x = top + row * (height + LABEL_PX + GAP), left + column * (width + GAP)
        np.testing.assert_array_equal(sheet[y : y + height, x : x + width], picture)
        label = sheet[y + height : y + height + LABEL_PX, x : x + width].astype(int)
        assert (np.abs(label - GROUND).max(2) > 90).sum() >= 5 * len(str(tile))
        labels.add(label.tobytes())
    assert len(labels) == len(tiles)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 16, 32, 64, 96, 112, 512, 1000, 2048, 4096])
@pytest.mark.parametrize("shape", [(1, 1), (7, 7), (14, 14), (56, 56), (224, 224), (30, 60)])
def test_grids_are_nearly_square_and_their_tiles_large_enough(
    count: int, shape: tuple[int, int]
) -> None:
    grid = grid_of(count, *shape, label_width=30)
    assert grid.columns * grid.rows >= count > grid.columns * (grid.rows - 1)
    assert max(grid.tile_width, grid.tile_height) >= 48
    assert grid.cell_width >= 30 + GAP or not grid.each_labelled
    if count >= 16:
        assert 0.45 <= grid.width / grid.height <= 2.6
        assert grid.columns * grid.rows - count <= count / 8


@pytest.mark.parametrize("shape", [(1, 25088), (1, 5, 1, 3000), (1, 3, 2000), (1, 2, 1500, 2)])
def test_sheets_of_unusual_shapes_stay_of_a_size_to_look_at(
    tmp_path: Path, shape: tuple[int, ...]
) -> None:
    sheet = sheet_of(exported(tmp_path, random_maps(*shape), what="sheet"))
    height, width = sheet.shape[:2]
    assert 200 < height < 10_000
    assert 640 < width < 10_000
    assert (np.abs(sheet[28:60, 28:300].astype(int) - GROUND) > 90).any()  # the title


def test_long_names_fit_into_the_sheet(tmp_path: Path) -> None:
    class Named(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.add_module("层" + "very_long_name_" * 12, nn.Conv2d(3, 2, 1))

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return next(self.children())(image)

    maps = random_maps(1, 3, 5, 5)
    made = layerwalk.export(Named(), example_input=maps, layers="*", folder=tmp_path).layers[0]
    sheet = sheet_of(made)
    assert (sheet[:, -20:] == GROUND).all()
    assert (sheet[28:56, -120:-28] != GROUND).any()  # the title goes all along, to its end
