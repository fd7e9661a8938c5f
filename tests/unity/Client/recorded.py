"""Reads what Recording.cs wrote, as draws of tests/shaders."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...shaders.camera import Camera  # noqa: TID252
from ...shaders.renderer import Draw  # noqa: TID252
from ...shaders.shaderlab import load  # noqa: TID252

Array = NDArray[Any]
NUMBERS = ("Time", "Fog", "Overview", "Stale", "PerChannel", "Sweep", "GlyphRange", "DepthTest")
# Floats of an element; 0: whole numbers.
BUFFERS = {"Walls": 4, "Panels": 4, "Layers": 4, "Ranges": 2, "TileColours": 0, "Numbers": 0}
TEXTURES = ("Palette", "Pages", "Pictures", "Glyphs")
MIPMAPPED = ("Pictures", "Glyphs")


@dataclass(frozen=True)
class Recorded:
    """One frame."""

    draws: list[Draw]
    camera: Camera
    fov: float

    @property
    def room(self) -> list[Draw]:
        """Without the panels before the eyes: pictures on walls are the last of the room."""
        last = max(i for i, one in enumerate(self.draws) if one.shader.endswith("MirroredPicture"))
        return self.draws[: last + 1]


def read(folder: Path, *, aspect: float) -> Recorded:
    """The frame in a folder, in the order in which it was drawn."""
    frame = json.loads((folder / "draws.json").read_text("utf-8"))
    x, y, z, yaw, pitch, fov = frame["eyes"]
    files = _Files(folder)
    draws = [_draw(one, files) for one in frame["draws"]]
    return Recorded(draws, Camera((x, y, z), yaw, pitch, aspect), fov)


class _Files:
    """Bytes of a recording; the same texture is the same list, so that it is uploaded once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._textures: dict[str, list[Array]] = {}

    def floats(self, name: str) -> Array:
        return np.fromfile(self._folder / name, np.float32)

    def integers(self, name: str) -> Array:
        return np.fromfile(self._folder / name, np.int32)

    def texture(self, described: list[Any], *, mips: bool) -> list[Array]:
        name, *shape = described
        if name not in self._textures:
            pixels = np.fromfile(self._folder / name, np.uint8).reshape(shape)
            self._textures[name] = _levels(pixels if shape[-1] > 1 else pixels[..., 0], mips)
        return self._textures[name]


def _levels(pixels: Array, mips: bool) -> list[Array]:
    levels = [pixels]
    while mips and min(levels[-1].shape[1:3]) > 1:
        last = levels[-1]
        height, width = last.shape[1] // 2, last.shape[2] // 2
        cut = last[:, : 2 * height, : 2 * width].astype(np.float32)
        parts = cut.reshape(last.shape[0], height, 2, width, 2, *last.shape[3:])
        levels.append(np.rint(parts.mean((2, 4))).astype(np.uint8))
    return levels


def _draw(one: dict[str, Any], files: _Files) -> Draw:
    resources: dict[str, Any] = {
        f"_Layerwalk{name}": float(one[name]) for name in NUMBERS if name in one
    }
    for name, floats in BUFFERS.items():
        if name in one:
            read = files.floats(one[name]).reshape(-1, floats) if floats else None
            resources[f"_Layerwalk{name}"] = files.integers(one[name]) if read is None else read
    for name in TEXTURES:
        if name in one:
            resources[f"_Layerwalk{name}"] = files.texture(one[name], mips=name in MIPMAPPED)
    wanted = load(one["shader"]).vertices
    vertices = {"POSITION": files.floats(one["mesh"]["POSITION"]).reshape(-1, 3)}
    for channel in ("TEXCOORD0", "TEXCOORD1", "TEXCOORD2"):
        if channel in one["mesh"]:
            vertices[channel] = files.floats(one["mesh"][channel]).reshape(-1, 4)
    shaped = {s: vertices[s][:, :width] for s, (_, width) in wanted.items() if s in vertices}
    indices = files.integers(one["mesh"]["indices"])
    keywords = tuple(one["keywords"])
    return Draw(one["shader"], shaped, indices, one["instances"], resources, keywords)
