"""What an export made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ExportedLayer:
    """The files of one layer.

    `description` is its JSON; `tiles` are in the order of the channels; `sheet` and `values` are
    None where they were not asked for. `values` is the `.npy` of this layer, or the `.npz` of all.
    """

    layer: str
    folder: Path
    description: Path
    tiles: tuple[Path, ...] = ()
    sheet: Path | None = None
    values: Path | None = None


@dataclass(frozen=True)
class Exported:
    """All files of an export, `paths`, and how many bytes they have; layers in the order they
    were asked for."""

    folder: Path
    layers: tuple[ExportedLayer, ...]
    paths: tuple[Path, ...]
    bytes: int
