"""Letters of straight strokes and circles, as signed distances: no font is needed for them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EM_PX, SPREAD_PX = 48, 6
CELL = 64  # pixels; a letter's capitals are EM_PX high in the middle of it
LETTERS = "ILTOE"
_BAR = 7.0  # thickness of strokes


def atlas() -> list[Array]:
    """Levels of detail, uint8 (1, height, width), of the letters side by side."""
    cells = [np.clip(127.5 + 127.5 * _distance(one) / SPREAD_PX, 0, 255) for one in LETTERS]
    image = np.zeros((CELL, 512))
    image[:, : CELL * len(cells)] = np.hstack(cells)
    levels = [image]
    while min(levels[-1].shape) > 1:
        height, width = levels[-1].shape
        levels.append(levels[-1].reshape(height // 2, 2, width // 2, 2).mean((1, 3)))
    return [np.rint(level).astype(np.uint8)[None] for level in levels]


def _distance(letter: str) -> Array:
    """Pixels inside of a letter's outline, negative outside."""
    y, x = np.mgrid[:CELL, :CELL] + 0.5
    top, left = (CELL - EM_PX) / 2, (CELL - 0.7 * EM_PX) / 2
    bottom, right = CELL - top, CELL - left
    if letter == "O":
        return _BAR / 2 - np.abs(np.hypot(x - CELL / 2, y - CELL / 2) - EM_PX / 2 + _BAR / 2)
    middle = CELL / 2
    strokes = {
        "I": [(middle - _BAR / 2, top, middle + _BAR / 2, bottom)],
        "L": [(left, top, left + _BAR, bottom), (left, bottom - _BAR, right, bottom)],
        "T": [
            (left, top, right, top + _BAR),
            (middle - _BAR / 2, top, middle + _BAR / 2, bottom),
        ],
        "E": [
            (left, top, left + _BAR, bottom),
            *((left, at, right, at + _BAR) for at in (top, middle - _BAR / 2, bottom - _BAR)),
        ],
    }[letter]
    return np.max([_inside(x, y, *stroke) for stroke in strokes], 0)


def _inside(x: Array, y: Array, left: float, top: float, right: float, bottom: float) -> Array:
    across = np.maximum(left - x, x - right)
    along = np.maximum(top - y, y - bottom)
    away = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
    return -(away + np.minimum(np.maximum(across, along), 0))


def quads(
    text: str,
    at: tuple[float, float, float],
    cap_m: float,
    paint: tuple[float, float, float],
    *,
    fog: float = 0.02,
    farthest: float = 0.0,
    seen: float = 0.0,
) -> dict[str, Array]:
    """A line's vertices by semantic, four a letter; `at` is the middle of its left end.

    Of a label (seen 3) `cap_m` is the height of capitals at 1 m.
    """
    metres = cap_m / EM_PX
    parts: dict[str, list[tuple[float, ...]]] = {"POSITION": [], "TEXCOORD0": [], "TEXCOORD1": []}
    middle = np.array(at) + np.array([len(text) * CELL * metres / 2, 0, 0])
    for i, letter in enumerate(text):
        for u, v in ((0, 0), (1, 0), (0, 1), (1, 1)):
            right, up = (i + u) * CELL * metres, (0.5 - v) * CELL * metres
            is_label = seen == 3
            parts["POSITION"].append(at if is_label else (at[0] + right, at[1] + up, at[2]))
            parts["TEXCOORD0"].append(((LETTERS.index(letter) + u) * CELL / 512, v, 0, seen))
            offset = (right, up, 0, farthest) if is_label else (*middle, farthest)
            parts["TEXCOORD1"].append(offset)
    found = {name: np.array(values, np.float32) for name, values in parts.items()}
    found["TEXCOORD2"] = np.tile(np.float32([*paint, fog]), (4 * len(text), 1))
    return found


def joined(lines: list[dict[str, Array]]) -> tuple[dict[str, Array], Array]:
    """All lines as one mesh."""
    vertices = {name: np.concatenate([line[name] for line in lines]) for name in lines[0]}
    count = len(vertices["POSITION"]) // 4
    return vertices, (np.array([0, 2, 1, 1, 2, 3])[None] + 4 * np.arange(count)[:, None]).ravel()
