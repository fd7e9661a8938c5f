"""Features made ready for similarity maps: what all maps share is computed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from layerwalk.errors import InvalidReference, nearest
from layerwalk.similarity import kernels
from layerwalk.similarity.regions import Reference, pixels_of

Metric = Literal["angle", "cosine", "euclidean", "centred"]
METRICS: tuple[Metric, ...] = get_args(Metric)

Map = NDArray[np.float32]
_Vectors = NDArray[Any]
_Fill = Callable[[slice, Map], None]  # writes the map of some pixels
_PIXELS = 8192
_AT_ONCE = 1 << 18  # values that are converted at a time, and stay in the cache


def checked_metric(metric: str) -> Metric:
    """The metric of that name. Raises InvalidReference with those there are."""
    for known in METRICS:
        if metric == known:
            return known
    remedy = nearest(metric, METRICS) or f"; give {', '.join(METRICS)}"
    raise InvalidReference(f"'{metric[:100]}' is no metric{remedy}")


class NormalizedFeatures:
    """Features (H, W, F) of numbers, for any number of similarity maps.

    What a metric needs (unit vectors; for uint8 sums and squares, exact) is computed when it is
    first asked for, and kept: one float32 copy each for angle and cosine, and for centred cosine.
    The features are not copied, and must not change. Threads may share it.

    Unsigned integers are what a dataset stores: fractions u / (2^bits - 1), which only the
    Euclidean distance notices. Raises InvalidReference for what is no (H, W, F).
    """

    def __init__(self, features: ArrayLike) -> None:
        values = np.asarray(features)
        if values.ndim != 3 or 0 in values.shape or values.dtype.kind not in "fiub":
            raise InvalidReference(
                f"features of {values.dtype} {values.shape} have no map; give numbers (H, W, F)"
            )
        self.height, self.width, self.features = values.shape
        if values.dtype.kind == "b" or (values.dtype.kind == "f" and values.itemsize != 4):
            values = values.astype(np.float64 if values.itemsize >= 4 else np.float32)
        self._values = np.ascontiguousarray(values).reshape(-1, self.features)
        self._kept: dict[str, Any] = {}

    def map(self, reference: Reference, metric: str = "angle") -> Map:
        """How similar each pixel is to a reference: float32 (H, W); see `similarity_map`."""
        return self.map_of(self.vector(reference), metric)

    def vector(self, reference: Reference) -> _Vectors:
        """The features (F) of a reference: those of a pixel as they are, or a mean, float64."""
        pixels = pixels_of(reference, self.height, self.width)
        if len(pixels) == 1:
            vector: _Vectors = self._values[pixels[0]].copy()
            return vector
        return np.asarray(self._values[pixels].mean(axis=0, dtype=np.float64))

    def map_of(self, vector: ArrayLike, metric: str = "angle") -> Map:
        """How similar each pixel is to a vector (F): float32 (H, W).

        It may come from elsewhere: of another image in the same layer, for instance. Where the
        features are unsigned integers it is in the same numbers.
        """
        given = np.asarray(vector)
        if given.shape != (self.features,):
            raise InvalidReference(
                f"a reference of {given.shape} does not fit {self.features} features"
            )
        name = checked_metric(metric)
        prepare = self._of_codes if self._values.dtype == np.uint8 else self._of_floats
        fill = prepare(given, name)
        found = np.empty(len(self._values), np.float32)
        for first in range(0, found.size, _PIXELS):  # so that what is between stays in the cache
            fill(slice(first, first + _PIXELS), found[first : first + _PIXELS])
        return found.reshape(self.height, self.width)

    # ------------------------------------------------------------ floats and wide integers

    def _of_floats(self, vector: _Vectors, metric: Metric) -> _Fill:
        if metric == "euclidean":
            return self._distances(vector)
        centred = metric == "centred"
        units, has_direction = self._units(centred)
        unit = _units_of(vector.reshape(1, -1), centred)[0]
        close = kernels.angles if metric == "angle" else kernels.cosines

        def fill(part: slice, found: Map) -> None:
            kernels.gaps_of(units[part], unit, found)
            close(found, has_direction[part], found)

        return fill if unit.any() else _nothing

    def _units(self, centred: bool) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        key = "centred" if centred else "units"
        if key not in self._kept:
            units = _units_of(self._values, centred)
            self._kept[key] = units, units.any(axis=1)
        kept: tuple[NDArray[np.float32], NDArray[np.bool_]] = self._kept[key]
        return kept

    def _distances(self, vector: _Vectors) -> _Fill:
        values = self._scaled(self._values)
        given = self._scaled(vector)
        same = given.astype(values.dtype)

        def fill(part: slice, found: Map) -> None:
            kernels.gaps_of(values[part], same, found)
            if not np.isfinite(found).all():  # the squares of float32 may be beyond it
                wide = np.empty(found.size, np.float64)
                kernels.gaps_of(values[part].astype(np.float64), given.astype(np.float64), wide)
                wide[np.isnan(wide)] = np.inf
                found[:] = -np.sqrt(2 * wide)
            else:
                np.negative(np.sqrt(2 * found), out=found)

        return fill

    def _scaled(self, values: _Vectors) -> _Vectors:
        """As floats, and unsigned integers as fractions of the largest that there is."""
        kind = self._values.dtype
        if kind.kind == "f":
            return values
        largest = np.iinfo(kind).max if kind.kind == "u" else 1
        exact = np.float64 if kind.itemsize > 2 else np.float32
        if values is not self._values:
            return values.astype(np.float64) / largest
        if "scaled" not in self._kept:
            self._kept["scaled"] = np.divide(values, largest, dtype=np.float64).astype(exact)
        kept: _Vectors = self._kept["scaled"]
        return kept

    # ------------------------------------------------------------ bytes

    def _of_codes(self, vector: _Vectors, metric: Metric) -> _Fill:
        """Exact: products of bytes are whole numbers, and all else is made of them."""
        exact = vector.dtype == np.uint8
        multiply = kernels.products if exact else kernels.products_of_mean
        other = vector.astype(np.int16 if exact else np.float64)
        wide = vector.astype(np.float64)
        total, square = float(wide.sum()), float(np.dot(wide, wide))
        sums, squares, inverse, inverse_centred = self._moments()
        close = kernels.angles if metric == "angle" else kernels.cosines
        shares = (1.0, 0.0)
        if metric == "centred":
            shares, inverse = (float(self.features), total), inverse_centred
            square = self.features * square - total * total

        def fill(part: slice, found: Map) -> None:
            product = np.empty(found.size, np.float64)
            multiply(self._values[part], other, product)
            if metric == "euclidean":
                apart = np.maximum(squares[part] + square - 2 * product, 0)
                found[:] = np.sqrt(apart) / -255
                return
            lengths = inverse[part]
            kernels.gaps_of_products(product, sums[part], shares, lengths, 1 / length, found)
            close(found, lengths > 0, found)

        # A mean that is nearly constant leaves the rounding of its sums.
        if metric != "euclidean" and square <= (0 if exact else 1e-9 * self.features):
            return _nothing
        length = np.sqrt(square)
        return fill

    def _moments(self) -> tuple[NDArray[np.float64], ...]:
        """Sums, squares and the inverses of lengths, as they are and centred; 0 for no length."""
        if "moments" not in self._kept:
            sums, squares = np.empty((2, len(self._values)), np.float64)
            kernels.moments(self._values, sums, squares)
            centred = self.features * squares - sums * sums
            self._kept["moments"] = sums, squares, _inverse(squares), _inverse(centred)
        kept: tuple[NDArray[np.float64], ...] = self._kept["moments"]
        return kept


def _nothing(part: slice, found: Map) -> None:
    """Nothing is like a reference that has no direction."""
    found[:] = 0


def _inverse(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / sqrt(squares), and 0 where they are not above 0."""
    return np.divide(1, np.sqrt(squares), where=squares > 0, out=np.zeros_like(squares))


def _units_of(values: _Vectors, centred: bool) -> NDArray[np.float32]:
    """Unit vectors of all rows, some at a time: compiled for two types only, which hold all."""
    wide = values.dtype.itemsize > (4 if values.dtype.kind == "f" else 2)
    kind = np.float64 if wide else np.float32
    units = np.empty(values.shape, np.float32)
    rows = max(1, _AT_ONCE // values.shape[1])
    for first in range(0, len(values), rows):
        part = slice(first, first + rows)
        kernels.to_units(values[part].astype(kind), centred, units[part])
    return units
