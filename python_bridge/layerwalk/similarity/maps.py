"""Similarity maps of arrays, and how they are stretched to be seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from layerwalk.similarity.features import Map, NormalizedFeatures
from layerwalk.similarity.regions import Reference, pixels_of

_LEAST_SPREAD = 1e-30


def similarity_map(
    features: ArrayLike | NormalizedFeatures, reference: Reference, metric: str = "angle"
) -> Map:
    """How similar the vector of each pixel is to that of a reference: float32 (H, W).

    `features` is (H, W, F); give a NormalizedFeatures for the second map of the same. `reference`
    is a pixel (x, y) from the top left, a Rectangle, a Lasso, Pins, or a mask, bool (H, W): of
    several pixels the mean of their vectors counts. The metrics, of a pixel's vector v and the
    reference's r:

    - "angle": 1 - clip(acos(cos) / 90°, 0, 1), where cos = <v, r> / (|v| |r|), as IFeaLiD has it
      (Zurowietz and Nattkemper 2020); from 0 to 1;
    - "cosine": cos; from -1 to 1;
    - "centred": cos of v and r without the mean of each one's features: their correlation;
    - "euclidean": -|v - r|, so that the most similar is the highest, 0; unsigned integers are
      fractions of their largest, as in a dataset.

    A vector without direction (all zero; constant, if centred; with an infinity or NaN) is like
    nothing: 0 in the first three. Each value is within 1e-5 of the formula in float64, also where
    vectors are nearly alike; distances relative to theirs, where they are above 1. Raises
    InvalidReference.
    """
    if not isinstance(features, NormalizedFeatures):
        features = NormalizedFeatures(features)
    return features.map(reference, metric)


def stretch(found: Map, without: Reference | None = None) -> Map:
    """A map as it is coloured: from 0, its lowest value, to 1, its highest; float32 (H, W).

    `without` is the reference: it is always as similar as can be, which says nothing and would
    take contrast from all the others; it is 1. A map of one value is 0.5 everywhere.
    """
    low, high = used_range(found, without)
    if not low < high:
        return np.full(found.shape, 0.5, np.float32)
    spread = float(high) - float(low)
    if not _LEAST_SPREAD < spread < 1 / _LEAST_SPREAD:  # float32 has no inverse of it
        return np.clip((found.astype(np.float64) - low) / spread, 0, 1).astype(np.float32)
    stretched: Map = (found - low) * np.float32(1 / spread)
    return np.clip(stretched, 0, 1, out=stretched)


def used_range(found: Map, without: Reference | None = None) -> tuple[np.float32, np.float32]:
    """The lowest and the highest finite value of a map; `without` the reference's pixels."""
    values: NDArray[np.float32] = found.ravel()
    pixels = np.empty(0, np.int64)
    if without is not None:
        pixels = pixels_of(without, *found.shape)
        if len(pixels) < found.size:
            values = _least_and_most_without(values, pixels)
    low, high = values.min(), values.max()
    if not (np.isfinite(low) and np.isfinite(high)):
        rest = found.ravel() if len(pixels) == found.size else np.delete(found.ravel(), pixels)
        finite = rest[np.isfinite(rest)]
        low, high = (finite.min(), finite.max()) if finite.size else (np.float32(0),) * 2
    return np.float32(low), np.float32(high)


def _least_and_most_without(
    values: NDArray[np.float32], pixels: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Some values with the same extremes as all but those of `pixels`, which are in order."""
    if len(pixels) > 64:
        return np.delete(values, pixels)
    edges = [0, *(end for pixel in pixels.tolist() for end in (pixel, pixel + 1)), values.size]
    runs = [values[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return np.array([edge for run in runs for edge in (run.min(), run.max())], np.float32)
