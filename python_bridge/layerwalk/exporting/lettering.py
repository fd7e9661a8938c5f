"""Words on pictures, in the font of the room's signs."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layerwalk.glyphs.fonts import MISSING, Font, open_fonts

Colour = tuple[int, int, int]

_PAD_PX = 2
_PARTS = 4  # of a pixel, where letters may stand


class Lettering:
    """One font in one size. `em_px` is the size in pixels."""

    def __init__(self, font: Font, em_px: int) -> None:
        self.em_px = em_px
        self._font = font
        self._known = frozenset(font.characters)
        self._masks: dict[tuple[str, int], NDArray[np.float32]] = {}

    def width(self, text: str) -> int:
        """Pixels from the pen's start to its end."""
        return math.ceil(sum(map(self._advance, map(self._drawn, text))))

    def fitted(self, text: str, width_px: int) -> str:
        """The text, or its beginning and end around an ellipsis where it is longer than that."""
        if self.width(text) <= width_px:
            return text
        kept = len(text) - 1
        while kept > 2 and self.width(_shortened(text, kept)) > width_px:
            kept -= 1
        return _shortened(text, kept)

    def write(
        self, picture: NDArray[np.uint8], left: int, baseline: int, text: str, colour: Colour
    ) -> None:
        """Writes on a picture (H, W, 3); what lies outside of it is cut off."""
        pen = float(left)
        for character in map(self._drawn, text):
            self._blend(picture, pen, baseline, character, colour)
            pen += self._advance(character)

    def _drawn(self, character: str) -> str:
        return character if character in self._known else MISSING

    def _advance(self, character: str) -> float:
        return self._font.advance_em(character) * self.em_px

    def _blend(
        self, picture: NDArray[np.uint8], pen: float, baseline: int, character: str, colour: Colour
    ) -> None:
        whole, part = divmod(round(pen * _PARTS), _PARTS)
        mask = self._mask(character, part)
        top, left = baseline - self.em_px, whole - _PAD_PX
        rows = slice(max(0, top), min(len(picture), top + len(mask)))
        columns = slice(max(0, left), min(picture.shape[1], left + mask.shape[1]))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        share = mask[
            rows.start - top : rows.stop - top, columns.start - left : columns.stop - left, None
        ]
        under = picture[rows, columns]
        picture[rows, columns] = np.rint(under + share * (np.array(colour, np.float32) - under))

    def _mask(self, character: str, part: int) -> NDArray[np.float32]:
        """Coverage, 0 .. 1, of a cell whose baseline is one em below its top."""
        if (character, part) not in self._masks:
            width = math.ceil(self._advance(character)) + 2 * _PAD_PX + 1
            size = (width, self.em_px + math.ceil(self._font.descent_em * self.em_px))
            pen = (_PAD_PX + part / _PARTS, self.em_px)
            covered = self._font.draw(character, self.em_px, pen, size)
            self._masks[character, part] = covered.astype(np.float32) / np.float32(255)
        return self._masks[character, part]


@lru_cache
def lettering(folder: Path, weight: int, em_px: int) -> Lettering:
    """The font of this weight, from the viewer's files in `folder`, else Pillow's."""
    return Lettering(_fonts(folder)[weight], em_px)


@lru_cache
def _fonts(folder: Path) -> dict[int, Font]:
    return {font.weight: font for font in open_fonts(folder)}


def _shortened(text: str, kept: int) -> str:
    """The first and the last characters of a text, `kept` in all."""
    return f"{text[: kept - kept // 2]}…{text[len(text) - kept // 2 :]}"
