"""Colour maps: 256 colours each, from the lowest place of a scale to its highest.

`viewer` is what the walls show: one map for values from zero, another for values around it, which
are those of the web viewer's scene/palette.ts. OpenCV computes the others.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import ExportFailed, nearest

Colours = NDArray[np.uint8]

PLACES = 256
NOT_A_NUMBER_COLOUR = (0xFF, 0x9A, 0x86)  # the viewer's colour of errors

_SEQUENTIAL = (
    "0e1322 16203f 1f2d5e 2f3a80 4c4596 7250a0 9a599e c26592 e27a7f f4986c fbb968 fddb8e fff4d6"
)
_SEQUENTIAL_EXPONENT = 0.8
_DIVERGING = (
    "d9f6ff 9fdcfb 63b8f0 3a90d8 2769ad 1c477a 142b4c 0f1523 "
    "3a2318 6b3a1a a0551b cf7624 ee9d43 fac678 fff0cf"
)
_OPENCV = ("viridis", "magma", "cividis")

COLOUR_MAPS = ("viewer", "grey", *_OPENCV, "diverging")


def is_centred(name: str, *, signed: bool) -> bool:
    """Whether zero stands in the middle of the map: for values of both signs it always does."""
    return signed or name == "diverging"


@lru_cache
def colours(name: str, *, signed: bool) -> Colours:
    """The colours of a map, sRGB uint8 (256, 3). Not to be written to.

    Raises ExportFailed for a name that is not one of COLOUR_MAPS.
    """
    if name == "grey":
        found = np.repeat(np.arange(PLACES, dtype=np.uint8)[:, None], 3, 1)
    elif name == "diverging" or (name == "viewer" and signed):
        found = _between(_DIVERGING, 1.0)
    elif name == "viewer":
        found = _between(_SEQUENTIAL, _SEQUENTIAL_EXPONENT)
    elif name in _OPENCV:
        found = _opencv(name)
    else:
        remedy = nearest(name, COLOUR_MAPS) or f"; there are {', '.join(COLOUR_MAPS)}"
        raise ExportFailed(f"'{name[:200]}' is no colour map{remedy}")
    found.flags.writeable = False
    return found


def _between(stops: str, exponent: float) -> Colours:
    """Linear between evenly spaced stops, at (place) ^ exponent."""
    table = np.array([list(bytes.fromhex(stop)) for stop in stops.split()], np.float64)
    at = np.linspace(0, 1, PLACES) ** exponent * (len(table) - 1)
    mixed = [np.interp(at, range(len(table)), channel) for channel in table.T]
    return np.floor(np.stack(mixed, 1) + 0.5).astype(np.uint8)


def _opencv(name: str) -> Colours:
    import cv2

    places = np.arange(PLACES, dtype=np.uint8)[None]
    blue_first = cv2.applyColorMap(places, getattr(cv2, f"COLORMAP_{name.upper()}"))
    return np.ascontiguousarray(blue_first[0, :, ::-1], np.uint8)
