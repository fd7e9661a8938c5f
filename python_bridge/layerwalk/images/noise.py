"""Noise as pictures: one formula, the same bytes for the same seed on every machine."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidImage
from layerwalk.images.decode import Pixels

NoiseKind = Literal["gaussian", "uniform", "pink"]

MOST_SEED = 2**32 - 1
MOST_EDGE = 1024  # pixels
# Of uniform noise from black to white. The other kinds have it too, so that kinds of one
# amplitude differ in nothing but how their values are spread and hang together.
DEVIATION = 1 / math.sqrt(12)

_Shape = tuple[int, int, int]  # channels, rows, columns


def noise(
    kind: NoiseKind,
    *,
    seed: int,
    amplitude: float,
    size: tuple[int, int],
    colour: bool = True,
) -> Pixels:
    """Noise around mid-grey, uint8 (H, W, 3), of `size` (H, W), edges from 1 to MOST_EDGE.

    A pixel is 0.5 + `amplitude` · n, cut to 0 .. 1, as 0 .. 255; n has the mean 0 and the standard
    deviation 1 / √12, and is

    - "uniform": spread evenly over -0.5 .. 0.5;
    - "gaussian": normally distributed;
    - "pink": Gaussian, with amplitudes that fall with 1 / f over spatial frequencies, so that
      each octave has the same power, as in natural pictures; its edges fit each other.

    `seed` is 0 to MOST_SEED, `amplitude` 0 to 1. With `colour`, channels are independent of each
    other, else alike. Raises InvalidImage for what is out of range.
    """
    if kind not in _MAKERS:
        raise InvalidImage(f"'{kind}' is no kind of noise; there are {', '.join(_MAKERS)}")
    if not 0 <= seed <= MOST_SEED:
        raise InvalidImage(f"a seed of {seed}; seeds are 0 to {MOST_SEED}")
    if not 0 <= amplitude <= 1:  # not for NaN either
        raise InvalidImage(f"an amplitude of {amplitude:g}; amplitudes are 0 to 1")
    height, width = size
    if not (1 <= height <= MOST_EDGE and 1 <= width <= MOST_EDGE):
        raise InvalidImage(f"noise of {width} × {height} pixels; edges are 1 to {MOST_EDGE}")
    values = _MAKERS[kind](np.random.PCG64(seed), (3 if colour else 1, height, width))
    samples = np.clip(0.5 + amplitude * values, 0, 1)
    levels = np.floor(255 * samples + 0.5).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(levels, (3, height, width)).transpose(1, 2, 0))


def _shares(bits: np.random.PCG64, count: int) -> NDArray[np.float64]:
    """Evenly spread over 0 (with) to 1 (without).

    Of the generator's bits, whose sequence numpy promises, unlike that of its distributions.
    """
    raw: NDArray[np.uint64] = np.asarray(bits.random_raw(count), np.uint64)
    shares: NDArray[np.float64] = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return shares


def _uniform(bits: np.random.PCG64, shape: _Shape) -> NDArray[np.float64]:
    return _shares(bits, math.prod(shape)).reshape(shape) - 0.5


def _gaussian(bits: np.random.PCG64, shape: _Shape) -> NDArray[np.float64]:
    """By Box and Muller."""
    count = math.prod(shape)
    radii, turns = _shares(bits, count), _shares(bits, count)
    values = np.sqrt(-2 * np.log(1 - radii)) * np.cos(2 * math.pi * turns)
    return np.asarray((values * DEVIATION).reshape(shape))


def _pink(bits: np.random.PCG64, shape: _Shape) -> NDArray[np.float64]:
    _, height, width = shape
    waves = np.fft.rfft2(_gaussian(bits, shape))
    frequencies = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequencies[0, 0] = np.inf  # the mean: there is none
    values = np.fft.irfft2(waves / frequencies, (height, width))
    deviation = values.std(axis=(1, 2), keepdims=True)
    return np.asarray(
        np.where(deviation > 0, values / np.maximum(deviation, 1e-300), 0) * DEVIATION
    )


_MAKERS: dict[str, Callable[[np.random.PCG64, _Shape], NDArray[np.float64]]] = {
    "gaussian": _gaussian,
    "uniform": _uniform,
    "pink": _pink,
}
