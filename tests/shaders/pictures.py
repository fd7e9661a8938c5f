"""Compares pictures with those that are kept, or keeps them: LAYERWALK_MAKE_GOLDEN=1 pytest …"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .shaderlab import CHECKOUT

Array = NDArray[Any]
GOLDEN = CHECKOUT / "tests" / "golden" / "shaders"
OUTPUT = CHECKOUT / "tests" / "output" / "shaders"
SPOT = 8
MOST_IN_A_SPOT = 12  # levels of 255; an edge that is off by a pixel is below that
MAKING = os.environ.get("LAYERWALK_MAKE_GOLDEN", "") == "1"


def difference(a: Array, b: Array) -> Array:
    """Of each pixel, of its channel that differs most; 0 .. 255."""
    assert a.shape == b.shape
    return np.abs(a.astype(int) - b.astype(int)).max(-1)


def contrast(picture: Array) -> Array:
    """Between the lightest and the darkest of nine neighbours, 0 .. 255."""
    padded = np.pad(picture.astype(int), ((1, 1), (1, 1), (0, 0)), "edge")
    height, width = picture.shape[:2]
    around = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    return (np.max(around, 0) - np.min(around, 0)).max(-1)


def spots(away: Array) -> Array:
    """Mean of each square of eight pixels."""
    height, width = away.shape
    return away.reshape(height // SPOT, SPOT, width // SPOT, SPOT).mean((1, 3))


def assert_golden(name: str, picture: Array) -> None:
    """Drivers round differently at edges: 0.5 % of the pixels may, but no whole spot of them."""
    path = GOLDEN / f"{name}.png"
    if MAKING:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(path, optimize=True)
    away = difference(picture, np.asarray(Image.open(path).convert("RGB")))
    if (away > 3).mean() > 0.005 or away.mean() > 0.5 or spots(away).max() > MOST_IN_A_SPOT:
        raise AssertionError(f"{kept(name, picture)} is not {path}: {told(away)}")


def kept(name: str, picture: Array) -> Path:
    """Where a picture that fails a test is to be looked at."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    path = OUTPUT / f"{name}.png"
    Image.fromarray(picture).save(path)
    return path


def told(away: Array) -> str:
    share = 100 * (away > 2).mean()
    return f"{share:.2f} % of the pixels differ by more than 2 levels, at most by {away.max()}"
