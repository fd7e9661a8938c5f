"""Writes datasets as ZIP files that IFeaLiD opens."""

from __future__ import annotations

import io
import json
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from layerwalk.errors import InvalidDataset
from layerwalk.similarity.archive import METADATA, OVERLAY, PART_BYTES, PRECISIONS, About
from layerwalk.similarity.overlays import jpeg_of

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same values make the same bytes
_Codes = Callable[[NDArray[Any]], NDArray[Any]]


def write_dataset(
    path: str | Path,
    values: ArrayLike,
    *,
    name: str | None = None,
    precision: int | None = None,
    overlay: str | Path | bytes | NDArray[Any] | None = None,
    force: bool = False,
) -> Path:
    """Writes features (H, W, F) as the ZIP that IFeaLiD and `open_dataset` read; its path.

    Unsigned integers of `precision` bits are stored as they are, and None takes theirs. All other
    numbers are stretched over the whole array, u = round((x - min) / (max - min) (2^p - 1)), at 8
    bits where `precision` is None; of one value all are 2^p - 1, or 0 if they are 0. `name` is
    the file's without it; `overlay` is an image file, its bytes, or pixels, and becomes a JPEG.

    The file appears when it is whole, and replaces none unless `force` is set. Raises
    InvalidDataset for what cannot be stored: other shapes, numbers that are none, no such folder.
    """
    given = _checked(np.asarray(values))
    bits = _bits(given, precision)
    file = Path(path).expanduser()
    jpeg = None if overlay is None else jpeg_of(overlay)
    height, width, features = given.shape
    said = file.name if name is None else name
    about = About(said, width, height, features, bits, jpeg is not None)
    codes = _coding(given, bits)
    with _new_file(file, force=force) as stream, zipfile.ZipFile(stream, "w") as archive:
        if jpeg is not None:
            _add(archive, OVERLAY, jpeg)
        for part in range(about.parts):
            _add(archive, f"{part}.png", _part(given, codes, part, about))
        _add(archive, METADATA, json.dumps(about._asdict()).encode())
    return file


def _checked(values: NDArray[Any]) -> NDArray[Any]:
    if values.ndim != 3 or 0 in values.shape or values.dtype.kind not in "fiub":
        raise InvalidDataset(
            f"values of {values.dtype} {values.shape} are no map of features; give numbers (H, W, "
            "F)"
        )
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        bad = int(values.size - np.count_nonzero(np.isfinite(values)))
        raise InvalidDataset(
            f"{bad:,} of the {values.size:,} values are no finite numbers, for which datasets have "
            "no code; replace them (numpy.nan_to_num)"
        )
    return values


def _bits(values: NDArray[Any], precision: int | None) -> int:
    if precision is None:
        whole = values.dtype.kind == "u" and values.dtype.itemsize <= 4
        return 8 * values.dtype.itemsize if whole else 8
    if precision not in PRECISIONS:
        raise InvalidDataset(f"a precision of {precision} bits is not 8, 16 or 32")
    return precision


def _coding(values: NDArray[Any], bits: int) -> _Codes:
    """How some of the values become codes, as they are or stretched over all of them."""
    kind, most = PRECISIONS[bits], 2.0**bits - 1
    if values.dtype.kind == "u" and 8 * values.dtype.itemsize == bits:
        return lambda some: some.astype(kind)
    low, high = float(values.min()), float(values.max())
    if low == high:
        return lambda some: np.full(some.shape, most if high else 0, kind)
    half = 1.0 if np.isfinite(high - low) else 0.5  # the range of float64 is beyond it
    spread = high * half - low * half

    def coded(some: NDArray[Any]) -> NDArray[Any]:
        share = (some.astype(np.float64) * half - low * half) / spread
        return np.round(share * most).astype(kind)  # in float64: 2^32 - 1 is none of float32

    return coded


def _part(values: NDArray[Any], codes: _Codes, part: int, about: About) -> bytes:
    """One PNG; what is left of the last one is 0."""
    first = part * about.in_part
    kind = PRECISIONS[about.precision]
    pixels: NDArray[Any] = np.zeros((about.height, about.width, about.in_part), kind)
    some = codes(values[..., first : first + about.in_part])
    pixels[..., : some.shape[2]] = some
    data = io.BytesIO()
    rgba = pixels.view(np.uint8).reshape(about.height, about.width, PART_BYTES)
    Image.fromarray(rgba).save(data, format="png")
    return data.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """PNG and JPEG are compressed already."""
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)


@contextmanager
def _new_file(file: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file beside it that takes its place when all was written; nothing stays of what fails."""
    if os.path.lexists(file) and not force:
        raise InvalidDataset(
            f"'{file}' exists already; name another file, or replace it with --force (force=True)"
        )
    hidden = file.with_name(f".layerwalk-{secrets.token_hex(8)}.zip")
    try:
        with hidden.open("xb") as stream:
            yield stream
        os.replace(hidden, file)
    except OSError as error:
        raise InvalidDataset(
            f"'{file}' cannot be written ({error.strerror}); make room, or name another folder"
        ) from None
    finally:
        hidden.unlink(missing_ok=True)
