"""Activations as numbers: whole, in the tensor's own order of axes."""

from __future__ import annotations

import zipfile
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

Format = Literal["npy", "npz"]

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same values make the same bytes


def values_of(tensor: torch.Tensor) -> NDArray[Any]:
    """Every value of an activation, exactly.

    What numpy has no type for, and half precision, becomes float32, which holds all of it;
    everything else keeps its type: integers, bool, float64, complex.
    """
    tensor = tensor.detach().resolve_conj().resolve_neg()
    if tensor.is_floating_point() and tensor.element_size() < 4:
        tensor = tensor.to(torch.float32)
    elif tensor.dtype is torch.complex32:
        tensor = tensor.to(torch.complex64)
    # A copy: memory that numpy shares is one that the model cannot resize any more.
    copy = tensor.to("cpu", copy=True, memory_format=torch.contiguous_format)
    return copy.numpy()


def save(path: Path, values: NDArray[Any]) -> None:
    """Writes an `.npy` file."""
    with path.open("wb") as file:
        np.lib.format.write_array(file, values, allow_pickle=False)


class Archive(AbstractContextManager["Archive"]):
    """An `.npz` of several layers, written one after the other; keys are the layers' names."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, key: str, values: NDArray[Any]) -> None:
        """Adds an array under this name."""
        entry = zipfile.ZipInfo(f"{key}.npy", _EPOCH)
        with self._zip.open(entry, "w", force_zip64=True) as file:
            np.lib.format.write_array(file, values, allow_pickle=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._zip.close()
