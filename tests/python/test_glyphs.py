"""Letters as distances: a client that has no fonts sets the room's texts with them alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, features

import layerwalk
from layerwalk.glyphs import EM_PX, SPREAD_PX, Letter, Sheet, glyph_sheet
from layerwalk.glyphs.fonts import MISSING, WEIGHTS, open_fonts
from layerwalk.layout.lettering import spans_width
from layerwalk.protocol import messages as m
from layerwalk.session.bridge import VIEWER_DIR

from .rooms import room_of
from .small_networks import IMAGE, tiny
from .viewers import Viewer

# What signs say besides plain text.
SPECIAL = "×–…·−→"


@cache
def sheet() -> Sheet:
    return glyph_sheet(VIEWER_DIR)


@cache
def letters(made: Sheet) -> dict[tuple[int, str], tuple[int, Letter]]:
    return {(one.weight, one.character): (i, one) for i, one in enumerate(made.letters)}


@cache
def kerning(made: Sheet) -> dict[tuple[int, int], float]:
    return {(first, second): move / 1000 for first, second, move in made.kerning.tolist()}


def pens(made: Sheet, text: str, weight: int) -> tuple[list[tuple[float, Letter]], float]:
    """Where the pen stands at every letter, and at last, in em: all that a client has to do."""
    pen, placed, before = 0.0, [], -1
    for character in text:
        known = letters(made)
        index, letter = known.get((weight, character)) or known[weight, MISSING]
        pen += kerning(made).get((before, index), 0.0)
        placed.append((pen, letter))
        pen, before = pen + letter.advance_em, index
    return placed, pen


def drawn(made: Sheet, text: str, weight: int, em_px: float, size: tuple[int, int]) -> np.ndarray:
    """The text as a shader draws it, its pen's start on the baseline at (em_px, em_px)."""
    width, height = size
    canvas = np.zeros((height, width), np.float32)
    xs, ys = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    scale = em_px / EM_PX
    for pen, letter in pens(made, text, weight)[0]:
        if letter.width == 0:
            continue
        cell = made.atlas[letter.y :, letter.x :][: letter.height, : letter.width]
        x = (xs - em_px * (1 + pen + letter.left_em)) / scale - 0.5
        y = (ys - em_px * (1 - letter.top_em)) / scale - 0.5
        seen = cv2.remap(
            cell.astype(np.float32) / 255,
            x.astype(np.float32),
            y.astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
        )
        canvas = np.maximum(canvas, np.clip(0.5 + (seen - 0.5) * 2 * SPREAD_PX * scale, 0, 1))
    return canvas


@pytest.mark.parametrize(("weight", "character"), [(400, "R"), (600, "%"), (500, "g")])
def test_codes_are_distances_to_the_outline(weight: int, character: str) -> None:
    finer = 12
    font = open_fonts(VIEWER_DIR)[WEIGHTS.index(weight)]
    letter = letters(sheet())[weight, character][1]
    pen = (-letter.left_em * EM_PX * finer, letter.top_em * EM_PX * finer)
    size = (letter.width * finer, letter.height * finer)
    ink = font.draw(character, EM_PX * finer, pen, size) >= 128
    inside, outside = np.argwhere(ink), np.argwhere(~ink)
    random = np.random.default_rng(7)
    for _ in range(150):
        row, column = random.integers(letter.height), random.integers(letter.width)
        middle = (np.array([row, column]) + 0.5) * finer - 0.5
        others = outside if ink[tuple(np.rint(middle).astype(int))] else inside
        sign = 1 if others is outside else -1
        distance_px = sign * np.sqrt(((others - middle) ** 2).sum(1).min()) / finer
        code = np.clip(127.5 + 127.5 * distance_px / SPREAD_PX, 0, 255)
        found = sheet().atlas[letter.y + row, letter.x + column]
        # Drawn at different sizes, stems stand on different pixels.
        assert found == pytest.approx(code, abs=0.35 * 127.5 / SPREAD_PX)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("em_px", [70, 150])
@pytest.mark.parametrize("text", ["AvgPool: Wave 7 × 112", "layer1.0.conv1 – Size…"])
def test_a_line_looks_as_the_font_sets_it(weight: int, em_px: int, text: str) -> None:
    size = (em_px * 14, em_px * 2)
    file = next(VIEWER_DIR.rglob(f"hanken-grotesk-latin-{weight}-normal*.woff"))
    raqm = features.check("raqm")
    engine = ImageFont.Layout.RAQM if raqm else ImageFont.Layout.BASIC
    font = ImageFont.truetype(file, em_px, layout_engine=engine)
    image = Image.new("L", size)
    ImageDraw.Draw(image).text(
        (em_px, em_px), text, 255, font, "ls", features=["-liga", "-calt"] if raqm else None
    )
    expected = np.asarray(image) / 255
    found = drawn(sheet(), text, weight, em_px, size)
    assert pens(sheet(), text, weight)[1] == pytest.approx(font.getlength(text) / em_px, abs=0.02)
    assert np.abs(found - expected).sum() < 0.15 * expected.sum()


def test_cells_lie_apart_and_end_outside_of_their_letters() -> None:
    made = sheet()
    taken = np.zeros(made.atlas.shape, np.uint8)
    assert len(letters(made)) == len(made.letters)
    for one in made.letters:
        cell = (slice(one.y, one.y + one.height), slice(one.x, one.x + one.width))
        assert not taken[cell].any()
        taken[cell] = 1
        assert taken[cell].size == one.width * one.height  # within the atlas
        for edge in (made.atlas[cell][0:1], made.atlas[cell][-1:], made.atlas[cell].T[0:1]):
            assert not edge.any(), one
    assert made.atlas.shape[0] <= 2048  # of what every device takes as a texture
    assert not made.atlas[taken == 0].any()


def test_capitals_are_as_high_as_it_says() -> None:
    made = sheet()
    size = (1000, 600)
    rows = np.flatnonzero(drawn(made, "H", 500, 300, size).max(1) > 0.5)
    assert rows[-1] == 299  # the baseline
    assert (rows[-1] + 1 - rows[0]) / 300 == pytest.approx(made.cap_em, abs=0.01)
    assert made.ascent_em > made.cap_em > made.descent_em > 0


@pytest.mark.parametrize("name", ["resnet18", "efficientnet-lite0", "unet", "lstm"])
def test_a_rooms_texts_can_be_set_and_are_no_wider_than_their_places(name: str) -> None:
    for text in room_of(name, "all").texts:
        metres = text.cap_m / sheet().cap_em
        width = 0.0
        for span in text.spans:
            for character in span.text:
                assert (span.weight, character) in letters(sheet()), unicodedata.name(character)
            width += pens(sheet(), span.text, span.weight)[1] * metres
        assert width <= spans_width(text.spans, text.cap_m) + 0.05, text


def test_every_weight_has_a_box_for_what_is_missing() -> None:
    for weight in WEIGHTS:
        assert (weight, "中") not in letters(sheet())
        box = letters(sheet())[weight, MISSING][1]
        assert box.width > 0
    columns = drawn(sheet(), "中", 500, 100, (300, 150)).max(0)
    assert (columns > 0.5).any()


def test_without_the_viewers_font_there_is_another() -> None:
    made = glyph_sheet(None)
    assert made.atlas.shape != sheet().atlas.shape
    for weight in WEIGHTS:
        for character in [*map(chr, range(0x20, 0x7F)), *SPECIAL, MISSING]:
            assert (weight, character) in letters(made)
    assert drawn(made, "×–−→", 500, 100, (600, 150)).sum() > 500
    assert 0.5 < made.cap_em < 0.9


def test_heavier_letters_are_heavier() -> None:
    ink = [drawn(sheet(), "conv1 →", weight, 100, (700, 150)).sum() for weight in WEIGHTS]
    assert all(a < b for a, b in pairwise(ink))


def test_a_client_gets_them_as_often_as_it_asks(viewer: Callable[..., Viewer]) -> None:
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        first, second = viewer(bridge), viewer(bridge)
        came = []
        for one, number in ((first, 5), (first, 6), (second, 5)):
            one.send(m.GetGlyphs(request=number))
            message, arrays = one.receive()
            while not isinstance(message, m.Glyphs):
                message, arrays = one.receive()
            assert message.request == number
            came.append((message.letters, *map(np.ndarray.tobytes, arrays)))
        assert came[0] == came[1] == came[2]
        assert arrays[0].tobytes() == sheet().atlas.tobytes()
        assert (arrays[1] == sheet().kerning).all()
        assert (message.em_px, message.spread_px) == (EM_PX, SPREAD_PX)
        assert message.letters[0] == m.Glyph(
            *(getattr(sheet().letters[0], field) for field in m.Glyph.__struct_fields__)
        )
