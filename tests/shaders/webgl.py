"""Draws what the Unity shaders draw with the web viewer's GLSL, in a browser."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .camera import Camera
from .renderer import Draw
from .shaderlab import SHADERS

Array = NDArray[Any]
SCRIPT = (Path(__file__).parent / "webgl.js").read_text("utf-8")
_INCLUDE = re.compile(r'^#include "(.+)"$', re.MULTILINE)

# As the web viewer's surfaces.ts, boxes.ts and ground.ts ask for, in the order of drawing: vertex
# and pixel program, blending, sides that are left out, offset, whether depth is written.
PROGRAMS: Mapping[str, tuple[str, str, str, str, tuple[int, int], bool]] = {
    "Face": ("face", "face", "", "back", (0, 0), True),
    "Solid": ("solid", "solid", "", "back", (0, 0), True),
    "Canvas": ("canvas", "canvas", "", "back", (-1, -4), True),
    "Picture": ("picture", "picture", "", "back", (0, 0), True),
    "Sky": ("sky", "sky", "", "", (0, 0), False),
    "Floor": ("floor", "floor", "", "back", (0, 16), False),
    "Reflection": ("reflection", "reflection", "add", "", (0, 0), False),
    "MirroredPicture": ("picture", "picture", "add", "", (0, 0), False),
    "Field": ("field", "solid", "add", "", (0, 0), False),
    "Line": ("line", "line", "over", "", (0, 0), False),
}
# Where an attribute's floats are in a vertex of Unity's: semantic, columns.
ATTRIBUTES: Mapping[str, Mapping[str, tuple[str, list[int]]]] = {
    "Face": {
        "away": ("POSITION", [0, 1]),
        "member": ("POSITION", [2]),
        "ring": ("TEXCOORD0", [0, 1, 2, 3]),
    },
    "Canvas": {"position": ("POSITION", [0, 1]), "member": ("POSITION", [2])},
    "Reflection": {"position": ("POSITION", [0, 1]), "member": ("POSITION", [2])},
    "Floor": {"position": ("POSITION", [0, 2])},
    "Sky": {"position": ("POSITION", [0, 1, 2])},
    "Solid": {"position": ("POSITION", [0, 1, 2]), "paint": ("TEXCOORD0", [0, 1, 2, 3])},
    "Line": {
        "position": ("POSITION", [0, 1, 2]),
        "across": ("TEXCOORD0", [0, 1, 2]),
        "paint": ("TEXCOORD1", [0, 1, 2]),
    },
}


def render(
    page: Any,
    draws: Sequence[Draw],
    shared: Mapping[str, Any],
    camera: Camera,
    size: tuple[int, int],
) -> Array:
    """uint8 (height, width, 3)."""
    order = list(PROGRAMS)
    frame = {
        "size": size,
        "textures": _textures(shared) | _pictures(draws),
        "uniforms": _uniforms(shared, camera),
        "draws": [_draw(one) for one in sorted(draws, key=lambda one: order.index(_name(one)))],
    }
    url = page.evaluate(SCRIPT, frame)
    png = base64.b64decode(url.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))[::-1]


def _name(draw: Draw) -> str:
    return draw.shader.removeprefix("Layerwalk/")


def _draw(draw: Draw) -> dict[str, Any]:
    name = _name(draw)
    vertex, fragment, blend, cull, offset, writes_depth = PROGRAMS[name]
    index, attributes, instances = draw.indices, _attributes(name, draw), draw.instances
    if name in QUADS:
        quads = len(draw.vertices["POSITION"]) // 4
        index, attributes, instances = QUAD, QUADS[name](draw.vertices), quads
    defines = "#define FADING 1\n" if "LAYERWALK_FADING" in draw.keywords else ""
    return {
        "vertex": f"#version 300 es\n{defines}{_source(f'web~/{vertex}.vert.glsl')}",
        "fragment": f"#version 300 es\n{defines}{_source(f'web~/{fragment}.frag.glsl')}",
        "uniforms": {"uMirror": float(name == "MirroredPicture")},
        "attributes": attributes,
        "index": _sent(index.ravel().astype(np.uint32)),
        "instances": instances,
        "blend": blend,
        "cull": cull,
        "offset": offset,
        "writesDepth": writes_depth,
    }


def _attributes(name: str, draw: Draw) -> dict[str, Any]:
    attributes = {
        attribute: _attribute(draw.vertices[semantic][:, columns])
        for attribute, (semantic, columns) in ATTRIBUTES.get(name, {}).items()
    }
    if "_LayerwalkNumbers" in draw.resources:
        rows = draw.resources["_LayerwalkNumbers"].reshape(-1, 8).astype(np.float32)
        attributes["firstFour"] = _attribute(rows, parts=4, each=1)
        attributes["lastFour"] = _attribute(rows, parts=4, offset=4, each=1)
    return attributes


def _field_quads(vertices: Mapping[str, Array]) -> dict[str, Any]:
    """Floors of blocks are instances in the web viewer: corner and size of each."""
    corners = vertices["POSITION"].reshape(-1, 4, 3)[:, :, [0, 2]]
    extent = np.hstack([corners[:, 0], corners[:, 3] - corners[:, 0]])
    return {
        "position": _attribute(CORNERS),
        "extent": _attribute(extent, each=1),
        "strength": _attribute(vertices["TEXCOORD0"][::4], each=1),
    }


def _picture_quads(vertices: Mapping[str, Array]) -> dict[str, Any]:
    """So are pictures: middle, edges, and the used part of their slice."""
    corners = vertices["POSITION"].reshape(-1, 4, 3)
    return {
        "position": _attribute(CORNERS),
        "centre": _attribute(corners.mean(1), each=1),
        "alongX": _attribute(corners[:, 1] - corners[:, 0], each=1),
        "alongY": _attribute(corners[:, 0] - corners[:, 2], each=1),
        "region": _attribute(vertices["TEXCOORD0"][3::4], each=1),
    }


CORNERS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
QUAD = np.array([0, 2, 1, 1, 2, 3])
QUADS: Mapping[str, Callable[[Mapping[str, Array]], dict[str, Any]]] = {
    "Field": _field_quads,
    "Picture": _picture_quads,
    "MirroredPicture": _picture_quads,
}


def _attribute(values: Array, *, parts: int = 0, offset: int = 0, each: int = 0) -> dict[str, Any]:
    data = np.ascontiguousarray(values, np.float32)
    stride = data.shape[1]
    return {
        "data": _sent(data),
        "parts": parts or stride,
        "stride": stride,
        "offset": offset,
        "each": each,
    }


def _source(name: str, included: set[str] | None = None) -> str:
    """A text of the viewer's, with includes as its shaders.ts resolves them."""
    included = set() if included is None else included

    def resolve(match: re.Match[str]) -> str:
        if match[1] in included:
            return ""
        included.add(match[1])
        folder = "" if match[1].startswith("library/") else "web~/"
        return _source(folder + match[1], included)

    return _INCLUDE.sub(resolve, (SHADERS / name).read_text("utf-8"))


def _uniforms(shared: Mapping[str, Any], camera: Camera) -> dict[str, Any]:
    # Upside down: OpenGL counts rows from below, and dither and hatching go by rows.
    flipped = np.diag([1.0, -1.0, 1.0, 1.0]) @ camera.projection
    return {
        "uTime": shared["_LayerwalkTime"],
        "uFogScale": shared["_LayerwalkFog"],
        "uOverview": shared["_LayerwalkOverview"],
        "uStale": shared["_LayerwalkStale"],
        "uPerChannel": shared["_LayerwalkPerChannel"],
        "uSweep": shared["_LayerwalkSweep"],
        "cameraPosition": list(camera.position),
        "viewMatrix": camera.view.T.ravel().tolist(),
        "projectionMatrix": flipped.T.ravel().tolist(),
    }


def _textures(shared: Mapping[str, Any]) -> dict[str, Any]:
    (pages,) = shared["_LayerwalkPages"]
    (palette,) = shared["_LayerwalkPalette"]
    colours = shared["_LayerwalkTileColours"].view(np.uint8).reshape(-1, 4)
    return {
        "uWalls": _table(shared["_LayerwalkWalls"], 64, "row"),
        "uPanels": _table(shared["_LayerwalkPanels"], 64, "row"),
        "uLayers": _table(shared["_LayerwalkLayers"], 32, "row"),
        "uRanges": _table(shared["_LayerwalkRanges"][:, None], 1024, "pair"),
        "uTileColours": _table(colours[:, None], 1024, "colour"),
        "uPalette": _texture("colour", [palette[0]]),
        "uPages": _texture("code", [pages]),
    }


def _pictures(draws: Sequence[Draw]) -> dict[str, Any]:
    found = [draw.resources.get("_LayerwalkPictures") for draw in draws]
    levels = next((one for one in found if one is not None), None)
    return {} if levels is None else {"uPictures": _texture("colour", levels)}


def _texture(kind: str, levels: Sequence[Array]) -> dict[str, Any]:
    """Levels of detail (slices, height, width), or one (height, width), of pixels."""
    parts = {"code": 0, "colour": 1, "pair": 1, "row": 1}[kind]
    sizes = [list(level.shape[: level.ndim - parts][::-1]) for level in levels]
    data = [_sent(level) for level in levels]
    return {"format": kind, "sizes": sizes, "data": data}


def _table(records: Array, across: int, kind: str) -> dict[str, Any]:
    """Records (count, texels, parts) as a texture that holds `across` of them in a row."""
    count, texels, parts = records.shape
    rows = -(-count // across)
    padded = np.zeros((rows * across, texels, parts), records.dtype)
    padded[:count] = records
    return _texture(kind, [padded.reshape(rows, across * texels, parts)])


def _sent(data: Array) -> list[str]:
    kind = {"float32": "f", "uint8": "b", "uint32": "i"}[str(data.dtype)]
    return [kind, base64.b64encode(np.ascontiguousarray(data).tobytes()).decode()]
