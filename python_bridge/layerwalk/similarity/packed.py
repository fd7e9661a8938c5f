"""Similarity maps straight from a layer's pages: nothing is unpacked.

A code c of tile f is the value offset_f + step_f c, so a product with a reference r is a weighted
sum of planes of bytes: sum_f (r_f step_f) c_f + sum_f r_f offset_f. Sums are float64, so that they
need no second look where vectors are nearly alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerwalk.page import (
    MAX_CODE,
    NEGATIVE_INFINITY,
    NOT_A_NUMBER,
    POSITIVE_INFINITY,
    PageLevel,
)
from layerwalk.similarity import kernels
from layerwalk.similarity.features import Map, checked_metric
from layerwalk.similarity.grids import Grid

Codes = NDArray[np.uint8]


class PackedFeatures:
    """The features of a layer as it is packed at full detail, for any number of maps.

    `pixels` is its image, `level` how that is packed, `ranges` (tiles, 2) offsets and steps; `grid`
    says which places it has. Lengths of vectors are computed with the first map, and kept.
    """

    def __init__(
        self, pixels: Codes, level: PageLevel, ranges: NDArray[np.float32], grid: Grid
    ) -> None:
        self.grid = grid
        self.ranges = ranges
        self._pixels = pixels
        self._level = level
        self._kept: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None

    @property
    def nbytes(self) -> int:
        """Bytes of what is kept beside the pages."""
        return sum(one.nbytes for one in self._kept or ())

    def vector(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """The mean of the vectors (F) of places, y * width + x."""
        codes = self._codes(places)
        offset, step = self._offsets_and_steps()
        values = offset[:, None] + step[:, None] * codes
        values[codes == NEGATIVE_INFINITY] = -np.inf
        values[codes == POSITIVE_INFINITY] = np.inf
        values[codes == NOT_A_NUMBER] = np.nan
        with np.errstate(invalid="ignore"):  # infinities of both signs have no mean
            return np.asarray(values.mean(axis=1), np.float64)

    def map_of(self, vector: NDArray[np.float64], metric: str = "angle") -> Map:
        """How similar each place is to a vector (F): float32 (H, W), see `similarity_map`."""
        name, count = checked_metric(metric), self.grid.features
        sums, squares = self._moments()
        product, found = np.empty_like(sums), np.zeros(sums.size, np.float32)
        total, square = float(vector.sum()), float(np.dot(vector, vector))
        if not np.isfinite(square):
            found[:] = -np.inf if name == "euclidean" else 0
            return found.reshape(self.grid.height, self.grid.width)
        self._multiply(vector, product)
        if name == "euclidean":
            apart = np.maximum(squares + square - 2 * product, 0)
            found[:] = -np.sqrt(np.where(np.isfinite(apart), apart, np.inf))
            return found.reshape(self.grid.height, self.grid.width)
        shares = (1.0, 0.0)
        if name == "centred":
            shares = float(count), total
            squares = _centred(count, sums, squares)
            square = float(_centred(count, np.float64(total), np.float64(square)))
        if square > 0:
            inverse = np.zeros_like(squares)
            with np.errstate(invalid="ignore"):
                usable = (squares > 0) & np.isfinite(squares)
            np.divide(1, np.sqrt(squares, where=usable, out=inverse), where=usable, out=inverse)
            kernels.gaps_of_products(product, sums, shares, inverse, 1 / np.sqrt(square), found)
            close = kernels.angles if name == "angle" else kernels.cosines
            close(found, usable, found)
        return found.reshape(self.grid.height, self.grid.width)

    def _offsets_and_steps(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each feature; of tokens all have the same."""
        ranges = np.broadcast_to(self.ranges.astype(np.float64), (self.grid.features, 2))
        return ranges[:, 0], ranges[:, 1]

    def _codes(self, places: NDArray[np.int64]) -> Codes:
        """Codes (F, places)."""
        if self.grid.tokens:
            return np.ascontiguousarray(self._tokens()[places].T)
        height, width, columns = self.grid.height, self.grid.width, self._level.columns
        row, column = np.divmod(np.arange(self.grid.features)[:, None], columns)
        y, x = np.divmod(places, width)
        codes: Codes = self._pixels[row * height + y, column * width + x]
        return codes

    def _tokens(self) -> Codes:
        return self._pixels[self.grid.skipped : self.grid.tokens]

    def _multiply(self, vector: NDArray[np.float64], product: NDArray[np.float64]) -> None:
        offset, step = self._offsets_and_steps()
        weights = np.ascontiguousarray(vector * step)
        if self.grid.tokens:
            kernels.products_of_mean(self._tokens(), weights, product)
        else:
            size = self.grid.height, self.grid.width
            kernels.packed_products(self._pixels, size, self._level.columns, weights, product)
        product += np.dot(vector, offset)

    def _moments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sums and sums of squares of each vector; NaN where it has what is no number."""
        if self._kept is None:
            sums, squares = np.zeros((2, self.grid.height * self.grid.width), np.float64)
            offset, step = (np.ascontiguousarray(one) for one in self._offsets_and_steps())
            if self.grid.tokens:
                kernels.token_moments(self._tokens(), offset[0], step[0], MAX_CODE, sums, squares)
            else:
                size = self.grid.height, self.grid.width
                kernels.packed_moments(
                    self._pixels, size, self._level.columns, offset, step, MAX_CODE, sums, squares
                )
            self._kept = sums, squares
        return self._kept


def _centred(count: int, total: Any, square: Any) -> Any:
    """`count` times the squares of what is left without the mean; 0 where it is rounding."""
    left = count * square - total * total
    return np.where(left > 1e-13 * count * square, left, 0)
