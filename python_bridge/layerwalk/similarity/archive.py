"""Reads the ZIP files of IFeaLiD, and believes nothing in them.

`metadata.json` says what there is; `0.png`, `1.png`, ... hold it, RGBA, each 4 features of 8 bits,
2 of 16 or 1 of 32, little-endian; `overlay.jpg` is a photograph. What is left of the last part is
filled with zeros.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from layerwalk.errors import InvalidDataset
from layerwalk.similarity.zips import explained

METADATA, OVERLAY = "metadata.json", "overlay.jpg"
PRECISIONS: dict[int, np.dtype[Any]] = {
    8: np.dtype("<u1"),
    16: np.dtype("<u2"),
    32: np.dtype("<u4"),
}
PART_BYTES = 4  # a pixel of a part

_MAX_METADATA = 1 << 20
_MAX_OVERLAY = 64 << 20
_MAX_EDGE = 1 << 20
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_BYTES = 26  # signature, length and name of IHDR, width, height, depth, kind of colour
_SPARE = 1 << 16  # for what else a PNG says: text, a profile


class About(NamedTuple):
    """What `metadata.json` says."""

    name: str
    width: int
    height: int
    features: int
    precision: int
    overlay: bool

    @property
    def in_part(self) -> int:
        """Features of one part."""
        return 8 * PART_BYTES // self.precision

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return math.ceil(self.features / self.in_part)

    @property
    def nbytes(self) -> int:
        """Bytes of all values."""
        return self.height * self.width * self.features * self.precision // 8


def read_archive(
    archive: zipfile.ZipFile, *, max_bytes: int
) -> tuple[About, NDArray[Any], bytes | None]:
    """Metadata, values (H, W, F) as they are stored, and the overlay's file.

    Raises InvalidDataset, which says which part is wrong, and how.
    """
    entries = _entries(archive)
    about = _about(_read(archive, entries, METADATA, _MAX_METADATA))
    _check_names(about, entries)
    if about.nbytes > max_bytes:
        raise InvalidDataset(
            f"{METADATA} says {about.width} × {about.height} × {about.features} of "
            f"{about.precision} bits, {about.nbytes:,} bytes; at most {max_bytes:,} are read "
            "(max_bytes=)"
        )
    values = _values(archive, entries, about)
    jpeg = _read(archive, entries, OVERLAY, _MAX_OVERLAY) if about.overlay else None
    return about, values, jpeg


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        if entry.filename in entries:
            raise InvalidDataset(f"'{entry.filename[:100]}' is in the ZIP twice")
        entries[entry.filename] = entry
    if METADATA not in entries:
        raise InvalidDataset(f"{METADATA} is missing in the ZIP; it says what a dataset holds")
    return entries


def _read(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str, most: int
) -> bytes:
    """A file of the ZIP, of which no more is unpacked than it may have."""
    with explained(name), archive.open(entries[name]) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise InvalidDataset(f"{name} has more than {most:,} bytes, which is all that it may have")
    return data


def _about(data: bytes) -> About:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidDataset(f"{METADATA} is no JSON: {error}"[:500]) from None
    if not isinstance(said, dict):
        raise InvalidDataset(f"{METADATA} is a {type(said).__name__}; an object is expected")
    numbers = {key: _number(said, key) for key in ("width", "height", "features", "precision")}
    if numbers["precision"] not in PRECISIONS:
        raise InvalidDataset(f"{METADATA}: precision {numbers['precision']} is not 8, 16 or 32")
    name = said.get("name")
    if not isinstance(name, str):
        raise InvalidDataset(f"{METADATA}: name is {'no text' if 'name' in said else 'missing'}")
    overlay = said.get("overlay", False)
    if not isinstance(overlay, bool):
        raise InvalidDataset(f"{METADATA}: overlay is neither true nor false")
    return About(name=name, overlay=overlay, **numbers)


def _number(said: dict[str, Any], key: str) -> int:
    if key not in said:
        raise InvalidDataset(f"{METADATA}: {key} is missing")
    value = said[key]
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    if not whole or not 1 <= value <= _MAX_EDGE:
        raise InvalidDataset(
            f"{METADATA}: {key} is {str(value)[:100]}; a whole number from 1 to {_MAX_EDGE:,} is "
            "expected"
        )
    return int(value)


def _check_names(about: About, entries: dict[str, zipfile.ZipInfo]) -> None:
    parts = [f"{part}.png" for part in range(min(about.parts, len(entries) + 1))]
    for part in parts:
        if part not in entries:
            raise InvalidDataset(
                f"{part} is missing: {about.features} features of {about.precision} bits are "
                f"{about.parts} parts, 0.png to {about.parts - 1}.png"
            )
    if about.overlay and OVERLAY not in entries:
        raise InvalidDataset(f"{OVERLAY} is missing, which {METADATA} says is there")
    known = {METADATA, OVERLAY, *parts}
    others = [name for name in entries if name not in known]
    if others:
        raise InvalidDataset(
            f"'{others[0][:100]}' does not belong into the ZIP of a dataset of {about.parts} parts"
        )


def _values(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], about: About
) -> NDArray[Any]:
    """All values; memory for them is taken when the first part turned out to be what it should."""
    values = None
    for part in range(about.parts):
        pixels = _part(archive, entries, f"{part}.png", about)
        if values is None:
            values = np.empty((about.height, about.width, about.features), pixels.dtype)
        first = part * about.in_part
        here = min(about.in_part, about.features - first)
        values[..., first : first + here] = pixels[..., :here]
    assert values is not None
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def _part(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str, about: About
) -> NDArray[Any]:
    """The features (H, W, some) of one part."""
    size = about.height * (about.width * PART_BYTES + 1)
    data = _read(archive, entries, name, size + size // 100 + _SPARE)
    if len(data) < _HEADER_BYTES or not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        raise InvalidDataset(f"{name} is no PNG")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    if (width, height) != (about.width, about.height):
        raise InvalidDataset(
            f"{name} is {width} × {height}; {METADATA} says {about.width} × {about.height}"
        )
    if data[24] > 8:
        raise InvalidDataset(f"{name} has {data[24]} bits a channel; parts are RGBA of 8 bits")
    with explained(name), Image.open(io.BytesIO(data), formats=("PNG",)) as image:
        pixels = np.array(image.convert("RGBA"))
    return pixels.view(PRECISIONS[about.precision])
