"""The sheet of all letters: distances to outlines, which are sharp at every size.

C. Green, "Improved alpha-tested magnification for vector textures and special effects",
SIGGRAPH 2007 courses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from layerwalk.glyphs.fonts import Font, open_fonts

EM_PX = 64
SPREAD_PX = 6
WIDTH_PX = 2048
_FINER = 5  # times: letters are drawn so much larger; odd, so that a pixel has a middle one
_MARGIN_PX = SPREAD_PX + 1

Distances = NDArray[np.uint8]


@dataclass(frozen=True)
class Letter:
    """A character in one weight and its cell, in pixels from the left and the top of the sheet.

    The cell's left edge is `left_em` from the pen, its top edge `top_em` above the baseline.
    """

    character: str
    weight: int
    x: int
    y: int
    width: int
    height: int
    left_em: float
    top_em: float
    advance_em: float


@dataclass(frozen=True, eq=False)
class Sheet:
    """Letters, and the `atlas` they are in, uint8 (H, W): 127.5 + 127.5 d / SPREAD_PX for a pixel
    that is d pixels inside of an outline. `kerning` is int32 (pairs, 3): indices of two letters,
    and thousandths of an em that the pen moves besides between them.
    """

    atlas: Distances
    letters: tuple[Letter, ...]
    kerning: NDArray[np.int32]
    cap_em: float
    ascent_em: float
    descent_em: float


def glyph_sheet(folder: Path | None) -> Sheet:
    """All letters of the font in `folder` (see `open_fonts`). Takes about a second."""
    fonts = open_fonts(folder)
    cells = [_cell(font, character) for font in fonts for character in font.characters]
    atlas, letters = _packed(cells)
    middle = fonts[len(fonts) // 2]
    return Sheet(
        atlas=atlas,
        letters=letters,
        kerning=_kerning(fonts, letters),
        cap_em=middle.cap_em,
        ascent_em=middle.ascent_em,
        descent_em=middle.descent_em,
    )


def _cell(font: Font, character: str) -> tuple[Letter, Distances]:
    """A letter that has no place yet, and its distances."""
    left, bottom, right, top = (edge * EM_PX for edge in font.box(character))
    advance_em = font.advance_em(character)
    if right <= left:
        empty = Letter(character, font.weight, 0, 0, 0, 0, 0.0, 0.0, advance_em)
        return empty, np.zeros((0, 0), np.uint8)
    x, y = math.floor(left) - _MARGIN_PX, math.ceil(top) + _MARGIN_PX
    width = math.ceil(right) + _MARGIN_PX - x
    height = y - math.floor(bottom) + _MARGIN_PX
    drawn = font.draw(
        character, EM_PX * _FINER, (-x * _FINER, y * _FINER), (width * _FINER, height * _FINER)
    )
    letter = Letter(character, font.weight, 0, 0, width, height, x / EM_PX, y / EM_PX, advance_em)
    return letter, _distances(drawn)


def _distances(drawn: NDArray[np.uint8]) -> Distances:
    """Of every pixel's middle to the outline, as codes; `drawn` is _FINER times larger."""
    inside = (drawn >= 128).astype(np.uint8)
    # To the middle of the nearest pixel on the other side; the outline is half a pixel nearer.
    inward = cv2.distanceTransform(inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outward = cv2.distanceTransform(1 - inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    signed = np.where(inside, inward - 0.5, 0.5 - outward)[_FINER // 2 :: _FINER]
    signed_px = signed[:, _FINER // 2 :: _FINER] / _FINER
    codes = np.rint(127.5 + 127.5 * signed_px / SPREAD_PX)
    return np.clip(codes, 0, 255).astype(np.uint8)


def _packed(
    cells: Sequence[tuple[Letter, Distances]],
) -> tuple[Distances, tuple[Letter, ...]]:
    """Cells in rows, the highest first; the letters stay in their order."""
    placed = [letter for letter, _ in cells]
    x = y = row = 0
    for index in sorted(range(len(cells)), key=lambda index: -cells[index][0].height):
        letter = cells[index][0]
        if letter.width == 0:
            continue
        if x + letter.width > WIDTH_PX:
            x, y, row = 0, y + row, 0
        placed[index] = replace(letter, x=x, y=y)
        x, row = x + letter.width, max(row, letter.height)
    atlas = np.zeros((y + row, WIDTH_PX), np.uint8)
    for letter, (_, distances) in zip(placed, cells, strict=True):
        atlas[letter.y : letter.y + letter.height, letter.x : letter.x + letter.width] = distances
    return atlas, tuple(placed)


def _kerning(fonts: Sequence[Font], letters: Sequence[Letter]) -> NDArray[np.int32]:
    index = {(letter.weight, letter.character): i for i, letter in enumerate(letters)}
    rows = [
        (index[font.weight, first], index[font.weight, second], move)
        for font in fonts
        for (first, second), move in font.kerning().items()
    ]
    return np.array(rows, np.int32).reshape(-1, 3)
