"""Datasets of features: what a file holds, and how any of them is opened."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidDataset
from layerwalk.similarity.archive import METADATA, read_archive
from layerwalk.similarity.arrays import arrays_in, read_npy, read_npz
from layerwalk.similarity.overlays import pixels_of_overlay
from layerwalk.similarity.zips import opened_zip

MAX_BYTES = 2 << 30


@dataclass(frozen=True, eq=False)
class Dataset:
    """Features (H, W, F) of one layer or cube.

    `values` are the unsigned integers that are stored, of `precision` 8, 16 or 32 bits: fractions
    u / (2^precision - 1). Of a file of an array they are its numbers; `precision` is 0 where these
    are no unsigned integers of so many bits. `overlay` is the photograph to lay over the maps,
    uint8 (h, w, 3), of any size, or None; `overlay_jpeg` the file it is in.
    """

    values: NDArray[Any]
    name: str
    precision: int
    overlay: NDArray[np.uint8] | None = None
    overlay_jpeg: bytes | None = None

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return len(self.values)

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return len(self.values[0])

    @property
    def features(self) -> int:
        """Features of each pixel."""
        return len(self.values[0, 0])


def open_dataset(
    path: str | Path,
    *,
    features_first: bool = False,
    array: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Dataset:
    """The dataset in a file: an IFeaLiD ZIP (8, 16 or 32 bit), or a `.npy` or `.npz` of an array.

    What it is is told by its content. Arrays are (H, W, F), or (F, H, W) with `features_first`;
    a first axis of 1 before these is left out. `array` names one of several in an `.npz`. Nothing
    is unpacked but what is needed, and nothing to the disk; `max_bytes` bounds the values in
    memory. Raises InvalidDataset, which names the part that is wrong: no such file, no such
    format, parts that are missing, cut off, of the wrong size or too many.
    """
    file = Path(path).expanduser()
    with _opened(file) as stream:
        start = stream.read(6)
        stream.seek(0)
        if start.startswith(b"PK"):
            archive = opened_zip(stream)
            if METADATA in archive.namelist() or not arrays_in(archive):
                return _of_archive(archive, max_bytes)
            values = read_npz(archive, array, max_bytes=max_bytes)
        elif start.startswith(b"\x93NUMPY"):
            values = read_npy(stream, file.name, max_bytes=max_bytes)
        else:
            raise InvalidDataset(
                f"'{file}' is neither a ZIP of features nor an array; give an IFeaLiD ZIP, .npy "
                "or .npz"
            )
    values = _pixels_first(values, features_first)
    return Dataset(values, file.name, _precision(values))


def _opened(file: Path) -> Any:
    try:
        return file.open("rb")
    except OSError as error:
        raise InvalidDataset(f"'{file}' cannot be read ({error.strerror}); name a file") from None


def _of_archive(archive: zipfile.ZipFile, max_bytes: int) -> Dataset:
    about, values, jpeg = read_archive(archive, max_bytes=max_bytes)
    overlay = None if jpeg is None else pixels_of_overlay(jpeg, "overlay.jpg")
    return Dataset(values, about.name, about.precision, overlay, jpeg)


def _pixels_first(values: NDArray[Any], features_first: bool) -> NDArray[Any]:
    if values.ndim == 4 and len(values) == 1:
        values = values[0]
    if values.ndim != 3 or 0 in values.shape:
        raise InvalidDataset(
            f"an array of {values.shape} is no map of features; give (H, W, F), or (F, H, W) with "
            "features_first (--features-first)"
        )
    if values.dtype.kind not in "fiub":
        raise InvalidDataset(f"an array of {values.dtype} is no map of features; give real numbers")
    if features_first:
        values = values.transpose(1, 2, 0)
    return np.ascontiguousarray(values, values.dtype.newbyteorder("="))


def _precision(values: NDArray[Any]) -> int:
    kind = values.dtype
    return 8 * kind.itemsize if kind.kind == "u" and kind.itemsize <= 4 else 0
