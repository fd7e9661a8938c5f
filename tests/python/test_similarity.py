"""Similarity maps against their formulas in float64, also where float32 would lose all digits."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from layerwalk.errors import InvalidReference
from layerwalk.similarity import (
    METRICS,
    Lasso,
    NormalizedFeatures,
    Pins,
    Rectangle,
    similarity_map,
    stretch,
)
from layerwalk.similarity.maps import used_range

RANDOM = np.random.default_rng(7)
CLOSE = 1e-5


def formula(values: NDArray[Any], reference: NDArray[Any], metric: str) -> NDArray[np.float64]:
    """The formulas as they stand in the documentation, in float64; long double where it helps."""
    scale = np.iinfo(values.dtype).max if values.dtype.kind == "u" else 1
    v, r = (one.astype(np.longdouble) / scale for one in (values, reference))
    if metric == "euclidean":
        return -np.sqrt(((v - r) ** 2).sum(axis=-1)).astype(np.float64)
    if metric == "centred":  # the mean of equal numbers is rounded
        v = np.where(np.ptp(v, axis=-1, keepdims=True) > 0, v - v.mean(axis=-1, keepdims=True), 0)
        r = r - r.mean() if np.ptp(r) > 0 else 0 * r
    lengths = np.sqrt((v**2).sum(axis=-1)) * np.sqrt((r**2).sum())
    some = lengths > 0
    cosine = np.clip((v * r).sum(axis=-1) / np.where(some, lengths, 1), -1, 1)
    if metric == "angle":
        cosine = 1 - np.clip(np.arccos(cosine) / (np.longdouble(np.pi) / 2), 0, 1)
    return np.where(some, cosine, 0).astype(np.float64)


def worst(values: NDArray[Any], at: tuple[int, int], metric: str) -> float:
    """The largest error of a map; of distances above 1 relative to them."""
    found = similarity_map(values, at, metric)
    assert found.dtype == np.float32 and found.shape == values.shape[:2]
    expected = formula(values, values[at[1], at[0]], metric)
    return float((np.abs(found - expected) / np.maximum(1, np.abs(expected))).max())


def stored(shape: tuple[int, ...], bits: int) -> NDArray[Any]:
    """Values of a dataset of that precision, most of them small, as behind a ReLU."""
    kind = {8: np.uint8, 16: np.uint16, 32: np.uint32}[bits]
    values = np.maximum(RANDOM.normal(size=shape), 0) / 6
    return np.round(np.minimum(values, 1) * np.iinfo(kind).max).astype(kind)


# ---------------------------------------------------------------- formulas


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("kind", ["float32", "float64", "float16", "uint8", "uint16", "uint32"])
def test_maps_are_those_of_the_formula(kind: str, metric: str) -> None:
    if kind.startswith("u"):
        values = stored((12, 7, 83), int(kind[4:]))
    else:
        values = RANDOM.normal(size=(12, 7, 83)).astype(kind)
    for at in ((0, 0), (6, 11), (3, 5)):
        assert worst(values, at, metric) < CLOSE


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(np.float32, (3, 4, 6), elements=st.floats(-(2.0**50), 2.0**50, width=32)),
    st.integers(0, 3),
    st.integers(0, 2),
)
def test_whatever_the_floats_are(values: NDArray[Any], x: int, y: int) -> None:
    for metric in ("angle", "cosine", "euclidean"):
        assert worst(values, (x, y), metric) < CLOSE


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.uint8, (3, 4, 6)), st.integers(0, 3), st.integers(0, 2))
def test_whatever_the_bytes_are(values: NDArray[Any], x: int, y: int) -> None:
    for metric in METRICS:
        assert worst(values, (x, y), metric) < CLOSE


@pytest.mark.parametrize("bits", [8, 16, 32])
def test_vectors_one_step_apart(bits: int) -> None:
    """float32 products and acos are wrong by 2.7e-4 where a step is one of 8 or 16 bits."""
    values = np.repeat(np.repeat(stored((1, 1, 512), bits), 8, axis=0), 64, axis=1)
    for pixel in range(512):
        values[pixel // 64, pixel % 64, pixel] += 1 if pixel else 0
    for metric in METRICS:
        assert worst(values, (0, 0), metric) < CLOSE
    reference = values[0, 0].astype(np.float32)
    unit = reference / np.linalg.norm(reference)
    others = values.reshape(-1, 512).astype(np.float32)
    cosine = (others / np.linalg.norm(others, axis=1, keepdims=True)) @ unit
    naive = 1 - np.arccos(np.minimum(cosine, 1)) / np.float32(np.pi / 2)
    error = np.abs(naive - formula(others, reference, "angle")).max()
    assert error > 1e-4 or bits == 32, "the trap that this is about is not in the test"


def test_long_vectors_of_full_bytes_do_not_overflow() -> None:
    values = np.full((2, 2, 70_000), 255, np.uint8)
    values[1, 1, ::2] = 0
    for metric in METRICS:
        assert worst(values, (1, 1), metric) < CLOSE
        assert worst(values, (0, 0), metric) < CLOSE


def test_huge_and_tiny_numbers_keep_their_directions() -> None:
    direction = RANDOM.normal(size=5)
    scales = np.array([1e-300, 1e-30, 1.0, 1e30, 1e300]).reshape(1, 5, 1)
    for metric in ("angle", "cosine", "centred"):
        assert similarity_map(scales * direction, (2, 0), metric) == pytest.approx(1, abs=1e-6)
    far = np.array([[[3e30, 0], [0, -4e30]]], np.float32)
    assert similarity_map(far, (0, 0), "euclidean")[0, 1] == pytest.approx(-5e30)


def test_it_is_there_without_an_import_of_its_own_and_without_torch() -> None:
    program = (
        "import sys, layerwalk, numpy\n"
        "found = layerwalk.similarity.similarity_map(numpy.eye(4).reshape(2, 2, 4), (1, 0))\n"
        "assert found.round(6).tolist() == [[0, 1], [0, 0]] and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


# ---------------------------------------------------------------- vectors without direction


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_zero_vectors_are_like_nothing(kind: type) -> None:
    values = (RANDOM.random((4, 5, 9)) * 200 + 1).astype(kind)
    values[1, 2] = 0
    for metric in ("angle", "cosine", "centred"):
        at_zero = similarity_map(values, (2, 1), metric)
        assert not at_zero.any(), "NaN, or something"
        elsewhere = similarity_map(values, (0, 0), metric)
        assert elsewhere[1, 2] == 0 and np.isfinite(elsewhere).all()
    assert np.isfinite(stretch(similarity_map(values, (2, 1)))).all()


@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_constant_vectors_have_no_direction_when_centred(kind: type) -> None:
    values = (RANDOM.random((4, 5, 9)) * 200).astype(kind)
    values[1, 2] = 0.1 if kind != np.uint8 else 7
    assert not similarity_map(values, (2, 1), "centred").any()
    assert similarity_map(values, (0, 0), "centred")[1, 2] == 0


def test_what_is_no_number_is_like_nothing() -> None:
    values = RANDOM.normal(size=(3, 3, 8)).astype(np.float32)
    values[0, 1, 3], values[2, 2, 0], values[1, 1, 7] = np.nan, np.inf, -np.inf
    for metric in ("angle", "cosine", "centred"):
        found = similarity_map(values, (0, 0), metric)
        assert found[0, 1] == found[2, 2] == found[1, 1] == 0
        assert found[0, 0] == pytest.approx(1)
        assert not similarity_map(values, (1, 0), metric).any()
    apart = similarity_map(values, (0, 0), "euclidean")
    assert np.isneginf(apart[[0, 2, 1], [1, 2, 1]]).all()
    stretched = stretch(apart)
    assert np.isfinite(stretched).all() and stretched.max() == 1 and stretched[2, 2] == 0


def test_cosines_above_1_by_rounding_are_1() -> None:
    """Equal vectors, whose float32 cosine comes out above 1, have the angle 0."""
    for seed in range(200):
        vector = np.random.default_rng(seed).random(64).astype(np.float32)
        values = np.broadcast_to(vector, (2, 2, 64))
        assert (similarity_map(values, (0, 0)) == 1).all()


# ---------------------------------------------------------------- references


def test_a_region_is_the_mean_of_its_pixels() -> None:
    for values in (RANDOM.normal(size=(6, 8, 20)), stored((6, 8, 20), 8), stored((6, 8, 20), 16)):
        regions = {
            Rectangle(2, 1, 3, 2): values[1:3, 2:5],
            Rectangle(-3, 4, 5, 90): values[4:, :2],
            Pins(((1, 1), (7, 5), (1, 1))): values[[1, 5], [1, 7]],
            Lasso(((2.1, 1.1), (4.9, 1.1), (4.9, 2.9), (2.1, 2.9))): values[1:3, 2:5],
        }
        for region, inside in regions.items():
            mean = inside.reshape(-1, 20).astype(np.float64).mean(axis=0)
            for metric in METRICS:
                found = similarity_map(values, region, metric)
                scale = np.iinfo(values.dtype).max if values.dtype.kind == "u" else 1
                expected = formula(values / scale, mean / scale, metric)
                assert np.abs(found - expected).max() < CLOSE
    mask = np.zeros((6, 8), bool)
    mask[1:3, 2:5] = True
    same = similarity_map(values, Rectangle(2, 1, 3, 2))
    assert (similarity_map(values, mask) == same).all()


def test_a_lasso_is_the_pixels_whose_middle_is_inside() -> None:
    """Compared with the winding of each pixel's middle, one by one."""
    for seed in range(20):
        points = np.random.default_rng(seed).uniform(-2, 12, (5, 2))
        values = np.zeros((9, 10, 1), np.float32)
        middles = [[(x + 0.5, y + 0.5) for x in range(10)] for y in range(9)]
        inside = np.array([[_is_inside(points, *middle) for middle in row] for row in middles])
        if not inside.any():
            continue
        values[inside] = 1
        lasso = Lasso(tuple((x, y) for x, y in points.tolist()))
        assert NormalizedFeatures(values).vector(lasso)[0] == 1, "a pixel outside is in it"
        values[:] = ~inside[..., None]
        assert NormalizedFeatures(values).vector(lasso)[0] == 0


def _is_inside(points: NDArray[np.float64], x: float, y: float) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in zip(points, np.roll(points, -1, axis=0), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


def test_a_lasso_around_no_middle_is_the_pixel_it_is_in() -> None:
    values = np.arange(12, dtype=np.float64).reshape(3, 4, 1)
    tiny = Lasso(((2.8, 1.7), (2.9, 1.7), (2.9, 1.8)))
    assert NormalizedFeatures(values).vector(tiny)[0] == 6


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ((4, 0), "no pixel of 4 × 3"),
        ((0, -1), "no pixel of 4 × 3"),
        ((0.5, 0), "no pixel"),
        ((np.nan, 0), "no reference"),
        ("here", "no reference"),
        (Rectangle(9, 9, 2, 2), "has no pixel of 4 × 3"),
        (Rectangle(0, 0, 0, 2), "has no pixel"),
        (Rectangle(3, 0, -2, 2), "has no pixel"),
        (Pins(()), "no pins"),
        (Pins(((0, 0), (0, 3))), "no pixel of 4 × 3"),
        (Lasso(((0, 0), (1, 1))), "at least three"),
        (Lasso(((0, 0), (1, np.nan), (2, 2))), "no number"),
        (np.zeros((3, 4), bool), "the mask has no pixel"),
        (np.ones((4, 3), bool), "does not fit"),
        (np.ones((3, 4), np.uint8), "does not fit"),
    ],
)
def test_what_is_no_reference_says_so(reference: Any, says: str) -> None:
    values = np.ones((3, 4, 2), np.float32)
    with pytest.raises(InvalidReference, match=says):
        similarity_map(values, reference)


def test_what_has_no_map_says_so() -> None:
    for values in (np.ones((3, 4)), np.ones((0, 4, 2)), np.full((1, 1, 1), "a")):
        with pytest.raises(InvalidReference, match="give numbers"):
            similarity_map(values, (0, 0))
    ready = NormalizedFeatures(np.ones((3, 4, 2)))
    with pytest.raises(InvalidReference, match="nearest: 'angle'"):
        ready.map((0, 0), "angel")
    with pytest.raises(InvalidReference, match="does not fit 2 features"):
        ready.map_of(np.ones(3))


def test_a_vector_of_another_image_finds_its_place() -> None:
    first, second = RANDOM.normal(size=(2, 5, 6, 30))
    second[3, 4] = 2.5 * first[1, 2]
    vector = NormalizedFeatures(first).vector((2, 1))
    found = NormalizedFeatures(second).map_of(vector)
    assert np.unravel_index(found.argmax(), found.shape) == (3, 4)
    assert found[3, 4] == pytest.approx(1, abs=1e-6)


# ---------------------------------------------------------------- stretching


def test_the_reference_does_not_take_the_contrast_of_the_others() -> None:
    found = np.array([[0.2, 0.4], [1.0, 0.3]], np.float32)
    assert stretch(found, (0, 1)) == pytest.approx(np.array([[0, 1], [1, 0.5]]))
    assert stretch(found) == pytest.approx(np.array([[0, 0.25], [1, 0.125]]))
    mask = np.array([[True, False], [False, True]])
    assert stretch(found, mask) == pytest.approx(np.array([[0, 0], [1, 0]]))


@pytest.mark.parametrize("strange", [-np.inf, np.inf, np.nan])
def test_what_is_no_number_hides_no_value_beside_it(strange: float) -> None:
    found = np.array([[9, strange, 5], [3, 2, 1]], np.float32)
    assert used_range(found, (0, 0)) == (1, 5)
    assert used_range(found) == (1, 9)


@settings(max_examples=50, deadline=None)
@given(hnp.arrays(np.float32, (5, 4), elements=st.floats(-1, 1, width=32)), st.data())
def test_stretching_without_some_pixels(found: NDArray[Any], data: st.DataObject) -> None:
    mask = data.draw(hnp.arrays(bool, (5, 4)))
    if not mask.any():
        return
    rest = found[~mask] if not mask.all() else found
    low, high = float(rest.min()), float(rest.max())
    stretched = stretch(found, mask)
    expected = np.clip((found - low) / (high - low), 0, 1) if low < high else 0.5
    assert stretched == pytest.approx(np.broadcast_to(expected, found.shape), abs=1e-5)


def test_hardly_any_and_enormous_contrast() -> None:
    for scale in (1e-44, 3e37):
        found = (np.array([[0, 1], [2, 4]]) * scale).astype(np.float32)
        assert stretch(found) == pytest.approx(np.array([[0, 0.25], [0.5, 1]]), abs=0.15)


def test_a_map_of_one_value_is_not_blank() -> None:
    same = similarity_map(np.full((3, 4, 5), 9, np.uint8), (1, 1))
    assert (same == 1).all()
    assert (stretch(same) == 0.5).all() and (stretch(same, (1, 1)) == 0.5).all()
