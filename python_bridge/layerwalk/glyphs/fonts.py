"""Fonts: which characters there are, how wide, and what they look like.

The viewer's build puts Hanken Grotesk beside its pages; where there is none, Pillow's own font
is taken. What every sign needs and a font lacks is drawn from strokes.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

from layerwalk.glyphs.strokes import STROKES, Strokes

WEIGHTS = (400, 500, 600)
MISSING = "\ufffd"  # drawn for what a font doesn't have
_UNITS = 1000  # pixels to the em in which widths are measured
_BOX_UNITS = 250  # and in which it is seen where a letter has ink
_SMALL = 40  # and in which characters are told from those that are missing
_NOT_A_CHARACTER = "\uffff"
# Latin and its accents, punctuation, currencies, signs like letters, arrows, arithmetic
_SCANNED = (
    *range(0x20, 0x250), *range(0x2B0, 0x370), *range(0x2000, 0x2070), *range(0x20A0, 0x20C1),
    *range(0x2100, 0x2150), *range(0x2190, 0x2266),
)  # fmt: skip
_KERNED = (*map(chr, range(0x20, 0x7F)), *"·×–…")  # all pairs of all letters take seconds
_LEAST_KERNING = 5  # thousandths of an em
_STROKE_EM = {400: 0.07, 500: 0.08, 600: 0.09}

Box = tuple[float, float, float, float]


class Font:
    """One weight of the signs' font. Lengths are in em, y up from the baseline."""

    def __init__(self, weight: int, opened: ImageFont.FreeTypeFont) -> None:
        self.weight = weight
        self._opened = opened
        self._measured = opened.font_variant(size=_UNITS, layout_engine=ImageFont.Layout.BASIC)
        self._boxed = opened.font_variant(size=_BOX_UNITS, layout_engine=ImageFont.Layout.BASIC)
        self._own = _characters(opened)

    @cached_property
    def characters(self) -> list[str]:
        """Every character that there is, also those drawn here, and MISSING."""
        return sorted(self._own | set(STROKES))

    @property
    def cap_em(self) -> float:
        """Height of capitals without curves."""
        return -self._measured.getbbox("H", anchor="ls")[1] / _UNITS

    @property
    def ascent_em(self) -> float:
        """From the baseline to the line's top."""
        return self._measured.getmetrics()[0] / _UNITS

    @property
    def descent_em(self) -> float:
        """From the baseline down to the line's bottom."""
        return self._measured.getmetrics()[1] / _UNITS

    def advance_em(self, character: str) -> float:
        """How far the pen moves on."""
        if character not in self._own:
            return STROKES[character].advance_em
        return self._measured.getlength(character) / _UNITS

    def box(self, character: str) -> Box:
        """Left, bottom, right and top of what is drawn; all 0 where nothing is."""
        if character not in self._own:
            return STROKES[character].box(_STROKE_EM[self.weight])
        mask, (left, top) = self._boxed.getmask2(character, "L", anchor="ls")
        width, height = mask.size
        if not width * height:
            return 0, 0, 0, 0
        em = 1 / _BOX_UNITS
        return left * em, -(top + height) * em, (left + width) * em, -top * em

    def draw(
        self, character: str, em_px: float, pen: tuple[float, float], size: tuple[int, int]
    ) -> NDArray[np.uint8]:
        """Coverage, uint8 (height, width), with the pen's start on the baseline at `pen` (x, y)."""
        image = Image.new("L", size)
        canvas = ImageDraw.Draw(image)
        if character in self._own:
            font = self._opened.font_variant(size=em_px, layout_engine=ImageFont.Layout.BASIC)
            canvas.text(pen, character, 255, font, anchor="ls")
        else:
            _draw(canvas, STROKES[character], _STROKE_EM[self.weight], em_px, pen)
        return np.asarray(image)

    def kerning(self) -> dict[tuple[str, str], int]:
        """Thousandths of an em that the pen moves besides, by pairs of characters.

        Empty where Pillow comes without Raqm, which reads them.
        """
        if not features.check("raqm"):
            return {}
        font = self._opened.font_variant(size=_UNITS, layout_engine=ImageFont.Layout.RAQM)

        def length(text: str) -> float:
            return font.getlength(text, features=["-liga", "-calt"])

        kerned = [character for character in _KERNED if character in self._own]
        alone = {character: length(character) for character in kerned}
        pairs = {
            (a, b): round((length(a + b) - alone[a] - alone[b]) * 1000 / _UNITS)
            for a, b in product(kerned, repeat=2)
        }
        return {pair: move for pair, move in pairs.items() if abs(move) >= _LEAST_KERNING}


def open_fonts(folder: Path | None) -> tuple[Font, ...]:
    """The font of every weight, from the viewer's files in `folder`, else Pillow's own."""
    return tuple(Font(weight, _open(folder, weight)) for weight in WEIGHTS)


def _open(folder: Path | None, weight: int) -> ImageFont.FreeTypeFont:
    pattern = f"hanken-grotesk-latin-{weight}-normal*.woff*"
    # A .woff comes before its .woff2, which not every FreeType reads.
    for file in sorted(folder.rglob(pattern), key=lambda file: file.suffix) if folder else ():
        try:
            return ImageFont.truetype(file, _UNITS)
        except OSError:
            continue
    default = ImageFont.load_default(_UNITS)
    assert isinstance(default, ImageFont.FreeTypeFont)  # Pillow's wheels come with FreeType
    return default


def _characters(opened: ImageFont.FreeTypeFont) -> set[str]:
    """Those that look like something else than what the font draws for a missing one."""
    font = opened.font_variant(size=_SMALL, layout_engine=ImageFont.Layout.BASIC)

    def look(character: str) -> tuple[float, tuple[int, int], bytes]:
        mask = font.getmask(character)
        return font.getlength(character), mask.size, bytes(mask)

    missing = look(_NOT_A_CHARACTER)
    return {character for character in map(chr, _SCANNED) if look(character) != missing}


def _draw(
    canvas: ImageDraw.ImageDraw,
    strokes: Strokes,
    width_em: float,
    em_px: float,
    pen: tuple[float, float],
) -> None:
    half = width_em / 2
    for line in strokes.lines:
        ends = [(pen[0] + x * em_px, pen[1] - y * em_px) for x, y in line]
        canvas.line(ends, 255, round(width_em * em_px))
        for x, y in line:  # round ends
            left, top = pen[0] + (x - half) * em_px, pen[1] - (y + half) * em_px
            canvas.ellipse((left, top, left + width_em * em_px, top + width_em * em_px), 255)
