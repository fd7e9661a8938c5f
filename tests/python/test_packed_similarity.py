"""Similarity maps from pages against the slow way: dequantize everything, then the formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from layerwalk.atlas import dequantize, quantize, unpack
from layerwalk.network import Axis
from layerwalk.similarity import METRICS, NormalizedFeatures, Rectangle
from layerwalk.similarity.grids import Grid
from layerwalk.similarity.packed import PackedFeatures
from layerwalk.similarity.regions import pixels_of

from .test_similarity import formula

RANDOM = np.random.default_rng(11)


def packed(values: NDArray[Any]) -> tuple[PackedFeatures, NDArray[np.float32]]:
    """(F, H, W) as a layer's pages, and the values (H, W, F) that these stand for."""
    features, height, width = values.shape
    axes = (
        Axis("batch", 1), Axis("channel", features, "tile"), Axis("height", height, "row"),
        Axis("width", width, "column"),
    )  # fmt: skip
    made = quantize(torch.from_numpy(values)[None], axes)
    codes = unpack(made.pixels, features, made.level)
    back = np.ascontiguousarray(dequantize(codes, made.ranges).transpose(1, 2, 0))
    return PackedFeatures(made.pixels, made.level, made.ranges, Grid(height, width, features)), back


def tokens(values: NDArray[Any], grid: Grid) -> tuple[PackedFeatures, NDArray[np.float32]]:
    """(tokens, F) as a layer's pages, and the values (H, W, F) on the grid of patches."""
    axes = (
        Axis("batch", 1),
        Axis("token", len(values), "row"),
        Axis("feature", grid.features, "column"),
    )
    made = quantize(torch.from_numpy(values)[None], axes)
    back = dequantize(unpack(made.pixels, 1, made.level), made.ranges)[0][grid.skipped :]
    shaped = back.reshape(grid.height, grid.width, grid.features)
    return PackedFeatures(made.pixels, made.level, made.ranges, grid), shaped


def activations(features: int, height: int, width: int) -> NDArray[np.float32]:
    """As behind a ReLU, each channel with a range of its own."""
    values = np.maximum(RANDOM.normal(0.2, 1, (features, height, width)), 0)
    return (values * RANDOM.uniform(0.01, 30, (features, 1, 1))).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("shape", [(5, 9, 11), (70, 112, 112), (300, 7, 7), (3, 40, 1100)])
def test_maps_of_pages(shape: tuple[int, int, int], metric: str) -> None:
    ready, values = packed(activations(*shape))
    height, width = shape[1:]
    for reference in ((width // 2, height // 3), (0, height - 1), Rectangle(1, 2, 3, 4)):
        places = pixels_of(reference, height, width)
        mean = values.reshape(-1, shape[0])[places].astype(np.float64).mean(axis=0)
        found = ready.map_of(ready.vector(places), metric)
        assert found.dtype == np.float32 and found.shape == (height, width)
        expected = formula(values, mean, metric)
        assert (np.abs(found - expected) / np.maximum(1, np.abs(expected))).max() < 1e-5


@pytest.mark.parametrize("metric", METRICS)
def test_maps_of_tokens(metric: str) -> None:
    grid = Grid(4, 6, 50, tokens=25, skipped=1)
    ready, values = tokens(RANDOM.normal(size=(25, 50)).astype(np.float32), grid)
    for at in ((0, 0), (5, 3), (2, 1)):
        found = ready.map_of(ready.vector(pixels_of(at, 4, 6)), metric)
        expected = formula(values, values[at[1], at[0]], metric)
        assert np.abs(found - expected).max() < 1e-5


def test_vectors_one_code_apart() -> None:
    values = np.broadcast_to(RANDOM.integers(1, 250, (256, 1, 1)), (256, 16, 17)).copy()
    values[:, 0, 0], values[:, 0, 1] = 0, 252  # every channel's range
    for feature in range(255):
        values[feature, 1 + feature // 17, feature % 17] += 1
    ready, back = packed(values.astype(np.float32))
    at = (16, 15)
    for metric in METRICS:
        found = ready.map_of(ready.vector(pixels_of(at, 16, 17)), metric)
        expected = formula(back, back[15, 16], metric)
        assert (np.abs(found - expected) / np.maximum(1, np.abs(expected))).max() < 1e-5


def test_what_is_no_number_or_has_no_direction() -> None:
    values = RANDOM.normal(size=(6, 4, 5)).astype(np.float32)
    values[2, 1, 1], values[3, 2, 2], values[0, 3, 3] = np.nan, np.inf, -np.inf
    values[:, 0, 4] = 0
    ready, back = packed(values)
    for metric in ("angle", "cosine", "centred"):
        found = ready.map_of(ready.vector(np.array([0])), metric)
        assert found[1, 1] == found[2, 2] == found[3, 3] == 0
        assert np.isfinite(found).all() and found[0, 0] == pytest.approx(1, abs=1e-6)
        slow = NormalizedFeatures(back).map((0, 0), metric)
        assert np.abs(found - slow).max() < 1e-5
        assert not ready.map_of(ready.vector(np.array([6])), metric).any()
    assert np.isneginf(ready.map_of(ready.vector(np.array([0])), "euclidean")[1, 1])
    zero, _ = packed(np.zeros((3, 4, 5), np.float32))
    assert not zero.map_of(zero.vector(np.array([0]))).any()
    grid = Grid(2, 2, 3, tokens=4)
    odd = RANDOM.normal(size=(4, 3)).astype(np.float32)
    odd[2, 1] = np.nan
    ready, _ = tokens(odd, grid)
    assert ready.map_of(ready.vector(np.array([0])))[1, 0] == 0
