"""What a tile should look like: the colour scales of the art direction, computed anew here.

The same description that the viewer follows, written down a second time and slowly, so that the
pixels on the screen are compared with the activation and not with the viewer's own arithmetic.
"""

from __future__ import annotations

import math

import numpy as np

SEQUENTIAL = (
    "0e1322 16203f 1f2d5e 2f3a80 4c4596 7250a0 9a599e c26592 e27a7f f4986c fbb968 fddb8e fff4d6"
)
DIVERGING = (
    "d9f6ff 9fdcfb 63b8f0 3a90d8 2769ad 1c477a 142b4c 0f1523 "
    "3a2318 6b3a1a a0551b cf7624 ee9d43 fac678 fff0cf"
)
EXPONENT = 0.8
LAST_CODE = 252
SLACK = 4.0  # of 255
SHARE = 0.998  # of a layer's magnitudes lie within the ends of its colours


def scale_colour(place: float, *, signed: bool) -> np.ndarray:
    """RGB, 0 .. 255, at a place 0 .. 1 of a scale."""
    stops = [bytes.fromhex(stop) for stop in (DIVERGING if signed else SEQUENTIAL).split()]
    at = min(max(place, 0.0), 1.0) ** (1.0 if signed else EXPONENT) * (len(stops) - 1)
    return np.array(
        [
            np.interp(at, range(len(stops)), channel)
            for channel in np.array(list(map(list, stops))).T
        ]
    )


def extent(layer: np.ndarray, tile: int, normalization: str) -> float:
    """The magnitude at the end of the colours: of the whole layer, or of one of its tiles."""
    if normalization == "channel":
        return float(np.abs(layer[tile]).max())
    magnitudes = np.sort(np.abs(layer).ravel())
    return float(magnitudes[math.ceil(SHARE * (magnitudes.size - 1))])


def bounds(
    layer: np.ndarray, tile: int, row: int, column: int, *, normalization: str = "layer"
) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest RGB, 0 .. 255, that a pixel of a feature map may have.

    `layer` is (tiles, rows, columns). The value may be off by half a code of its tile, its place
    on the scale by half of 1/255, and the colour by SLACK for fog and dither.
    """
    signed = bool(layer.min() < 0)
    end = extent(layer, tile, normalization)
    gain = (0.5 if signed else 1.0) / end if end else 0.0
    step = float(layer[tile].max() - layer[tile].min()) / LAST_CODE
    place = (0.5 if signed else 0.0) + gain * float(layer[tile, row, column])
    off = 0.5 * step * gain + 0.5 / 255
    colours = [scale_colour(p, signed=signed) for p in np.linspace(place - off, place + off, 9)]
    return np.min(colours, 0) - SLACK, np.max(colours, 0) + SLACK
