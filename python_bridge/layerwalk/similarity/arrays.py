"""Reads arrays of numpy's files, after a look at how large they are."""

from __future__ import annotations

import math
import zipfile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidDataset
from layerwalk.similarity.zips import explained

_ENDING = ".npy"


def read_npy(stream: IO[bytes], name: str, *, max_bytes: int) -> NDArray[Any]:
    """The array of a `.npy`. Raises InvalidDataset, which names it as `name`."""
    with explained(name):
        _check(stream, name, max_bytes)
        stream.seek(0)
        values: NDArray[Any] = np.lib.format.read_array(stream, allow_pickle=False)
    return values


def arrays_in(archive: zipfile.ZipFile) -> list[str]:
    """Names of the arrays that a ZIP holds."""
    return [name.removesuffix(_ENDING) for name in archive.namelist() if name.endswith(_ENDING)]


def read_npz(archive: zipfile.ZipFile, wanted: str | None, *, max_bytes: int) -> NDArray[Any]:
    """The array of that name in an `.npz`, or its only one. Raises InvalidDataset."""
    name = _chosen(arrays_in(archive), wanted) + _ENDING
    with explained(name), archive.open(name) as file:
        return read_npy(file, name, max_bytes=max_bytes)


def _chosen(names: list[str], wanted: str | None) -> str:
    listed = ", ".join(f"'{name}'" for name in names[:10])
    if wanted is not None and wanted not in names:
        raise InvalidDataset(f"the file has no array '{wanted[:100]}'; it has {listed[:500]}")
    if wanted is None and len(names) > 1:
        raise InvalidDataset(f"the file has {len(names)} arrays; name one (array=): {listed[:500]}")
    return wanted if wanted is not None else names[0]


def _check(stream: IO[bytes], name: str, max_bytes: int) -> None:
    """Raises InvalidDataset or ValueError for what is no array, or too large a one."""
    version = np.lib.format.read_magic(stream)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read is None:
        raise InvalidDataset(f"{name} is of version {version} of numpy's format; save it anew")
    shape, _, kind = read(stream)
    if kind.hasobject:  # reading them would run what they say
        raise InvalidDataset(f"{name} holds Python objects; save an array of numbers")
    if math.prod(shape) * kind.itemsize > max_bytes:
        raise InvalidDataset(
            f"{name} is {shape} of {kind}, more than the {max_bytes:,} bytes that are read "
            "(max_bytes=)"
        )
