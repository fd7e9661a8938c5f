"""A QR code in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layerwalk.errors import TooLarge

if TYPE_CHECKING:
    import numpy as np

MAX_CHARACTERS = 120  # OpenCV chooses wrong versions for more (its issue 27183)
QUIET = 4  # light modules around the code that the standard asks for; OpenCV gives 2
_OPENCV_QUIET = 2
_BLACK_ON_WHITE, _AS_BEFORE = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}  # dark above, below


def terminal_qr(text: str) -> str:
    """Lines of half blocks, dark on light whatever the terminal's colours are.

    Raises TooLarge for more than 120 characters.
    """
    dark = qr_modules(text)
    if len(dark) % 2:
        dark = [*dark, [0] * len(dark[0])]
    lines = (
        "".join(_HALVES[pair] for pair in zip(above, below, strict=True))
        for above, below in zip(dark[::2], dark[1::2], strict=True)
    )
    return "\n".join(f"  {_BLACK_ON_WHITE}{line}{_AS_BEFORE}" for line in lines)


def qr_modules(text: str) -> list[list[int]]:
    """Rows of modules with the quiet zone around them: 1 is dark. Raises TooLarge."""
    import cv2

    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"{len(text)} characters are too many for a QR code in a terminal")
    code: np.ndarray = cv2.QRCodeEncoder.create().encode(text)
    inner = code[_OPENCV_QUIET:-_OPENCV_QUIET, _OPENCV_QUIET:-_OPENCV_QUIET] == 0
    size = len(inner) + 2 * QUIET
    rows = [[0] * size for _ in range(size)]
    for row, line in enumerate(inner):
        rows[row + QUIET][QUIET:-QUIET] = [int(module) for module in line]
    return rows
