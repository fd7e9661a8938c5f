"""The contact sheet: the tiles of a layer side by side, with their channels and what they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from layerwalk.exporting.colours import Colours
from layerwalk.exporting.lettering import Lettering, lettering
from layerwalk.session.bridge import VIEWER_DIR

Picture = NDArray[np.uint8]

GROUND, TEXT, SECOND = (14, 17, 27), (239, 233, 223), (154, 163, 181)
MARGIN, GAP, LABEL_PX = 28, 10, 16
LEAST_WIDTH = 640
MOST_LABELLED = 4096  # beyond, each row has only its first channel's label
_AREA = 1600**2  # that the tiles of a sheet take if they can be enlarged so far
_LEAST_EDGE, _WHOLE_EDGE, _MOST_EDGE = 48, 128, 448  # of a tile's longer edge on the sheet
_UNLABELLED_EDGE = 16
_THINNEST = 24
_RAMP = (192, 10)


@dataclass(frozen=True, eq=False)
class Legend:
    """The colours 0 .. 255 of a scale, and what its ends are."""

    colours: Colours
    low: str
    high: str


@dataclass(frozen=True)
class Grid:
    """How tiles stand on a sheet, in pixels: each is drawn so wide and high."""

    columns: int
    rows: int
    tile_width: int
    tile_height: int
    cell_width: int
    cell_height: int
    each_labelled: bool

    @property
    def width(self) -> int:
        """Of all columns, without a gap behind the last one."""
        return self.columns * self.cell_width - GAP

    @property
    def height(self) -> int:
        """Of all rows, as `width`."""
        return self.rows * self.cell_height - GAP


def grid_of(count: int, height: int, width: int, *, label_width: int) -> Grid:
    """A nearly square grid of `count` tiles of (height, width) values, large enough to be seen."""
    tile_width, tile_height = _drawn_size(count, height, width)
    each = count <= MOST_LABELLED
    cell_width = max(tile_width, label_width if each else 0) + GAP
    cell_height = tile_height + (LABEL_PX if each and label_width else 0) + GAP
    columns = _columns(count, math.sqrt(count * cell_height / cell_width))
    return Grid(
        columns=columns,
        rows=math.ceil(count / columns),
        tile_width=tile_width,
        tile_height=tile_height,
        cell_width=cell_width,
        cell_height=cell_height,
        each_labelled=each,
    )


def _columns(count: int, square: float) -> int:
    """About as many columns as make a square, so that the last row is full if it can be."""
    least, most = math.ceil(0.75 * square), min(count, math.ceil(1.4 * square))
    return min(
        range(least, most + 1) or (count,),
        key=lambda columns: (-count % columns, abs(math.log(columns / square))),
    )


def _drawn_size(count: int, height: int, width: int) -> tuple[int, int]:
    """Width and height of a tile on the sheet: whole multiples of its own, or smaller."""
    longer, shorter = max(height, width), min(height, width)
    labelled = count <= MOST_LABELLED
    least, whole = (_LEAST_EDGE, _WHOLE_EDGE) if labelled else (_UNLABELLED_EDGE,) * 2
    scale = math.sqrt(_AREA / count / (height * width))
    most = _MOST_EDGE * min(max(1, longer / shorter / 4), 3)  # strips are long
    scale = min(max(scale, least / longer, min(1, whole / longer)), most / longer)
    if count == 1:
        scale = LEAST_WIDTH / longer if longer < LEAST_WIDTH else min(1, 2 * LEAST_WIDTH / longer)
    if scale >= 1:
        scale = max(math.floor(scale), math.ceil(least / longer))
    # A strip of few rows or columns would vanish: it becomes thicker.
    thinnest = _THINNEST if count > 1 else min(160, 32 * shorter)
    thinnest = min(thinnest, round(longer * scale))
    return max(round(width * scale), thinnest), max(round(height * scale), thinnest)


def contact_sheet(
    channels: Sequence[int],
    shape: tuple[int, int],
    picture: Callable[[int], Picture],
    *,
    title: str,
    facts: Sequence[str],
    legend: Legend,
    labelled: bool = True,
) -> Picture:
    """The sheet, sRGB uint8 (H, W, 3), of `picture(channel)`, (height, width, 3), for each channel.

    `title` stands on top, `facts` below it, and below them the colours. `labelled` says that
    tiles are channels; a layer of a single tile has no number to tell.
    """
    small = lettering(VIEWER_DIR, 400, 12)
    label_width = small.width(str(max(channels))) if labelled else 0
    grid = grid_of(len(channels), *shape, label_width=label_width)
    side = 0 if grid.each_labelled or not labelled else label_width + GAP
    width = max(grid.width + side, LEAST_WIDTH)
    header = _header(width, title, facts, legend)
    sheet = np.full((len(header) + grid.height + 2 * MARGIN, width + 2 * MARGIN, 3), GROUND, "u1")
    sheet[MARGIN : MARGIN + len(header), MARGIN : MARGIN + width] = header
    top, left = MARGIN + len(header), MARGIN + side
    for index, channel in enumerate(channels):
        row, column = divmod(index, grid.columns)
        y, x = top + row * grid.cell_height, left + column * grid.cell_width
        drawn = _resized(picture(channel), grid.tile_width, grid.tile_height)
        sheet[y : y + grid.tile_height, x : x + grid.tile_width] = drawn
        if not labelled:
            continue
        if grid.each_labelled:
            small.write(sheet, x, y + grid.tile_height + LABEL_PX - 4, str(channel), SECOND)
        elif column == 0:
            baseline = y + (grid.tile_height + 9) // 2
            small.write(sheet, MARGIN, baseline, str(channel), SECOND)
    return sheet


def _header(width: int, title: str, facts: Sequence[str], legend: Legend) -> Picture:
    """What stands above the tiles, (height, width, 3)."""
    large, middle = lettering(VIEWER_DIR, 600, 24), lettering(VIEWER_DIR, 400, 15)
    lines = _lines(facts, middle, width)
    header = np.full((24 + 24 * len(lines) + 30 + 22, width, 3), GROUND, np.uint8)
    large.write(header, 0, 22, large.fitted(title, width), TEXT)
    for number, line in enumerate(lines):
        middle.write(header, 0, 48 + 24 * number, line, SECOND)
    _write_legend(header, 48 + 24 * len(lines), legend)
    return header


def _lines(facts: Sequence[str], font: Lettering, width: int) -> list[str]:
    """The facts one behind the other, in as many lines as they need."""
    lines: list[str] = []
    for fact in (font.fitted(one, width) for one in facts):
        longer = f"{lines[-1]}  ·  {fact}" if lines else fact
        if lines and font.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fact)
    return lines


def _write_legend(header: Picture, baseline: int, legend: Legend) -> None:
    font = lettering(VIEWER_DIR, 400, 12)
    wide, high = _RAMP
    left = font.width(legend.low) + 8 if legend.low else 0
    places = np.rint(np.linspace(0, len(legend.colours) - 1, wide)).astype(np.intp)
    header[baseline - high : baseline, left : left + wide] = legend.colours[places]
    font.write(header, 0, baseline, legend.low, SECOND)
    font.write(header, left + wide + 8, baseline, legend.high, SECOND)


def _resized(picture: Picture, width: int, height: int) -> Picture:
    """Larger ones as squares of one colour, smaller ones averaged."""
    if (height, width) == picture.shape[:2]:
        return picture
    image = Image.fromarray(picture)
    for size in ((width, image.height), (width, height)):  # one edge may shrink, the other not
        shrinks = size[0] < image.width or size[1] < image.height
        image = image.resize(size, Image.Resampling.BOX if shrinks else Image.Resampling.NEAREST)
    return np.asarray(image)
