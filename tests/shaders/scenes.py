"""What the golden pictures show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import letters, room
from .camera import Camera
from .renderer import Draw

Array = NDArray[Any]
SIZE = (320, 200)
EYES_M = 0.064  # apart
FORWARD, ADDED = (0.953, 0.902, 0.812), (0.373, 0.839, 0.769)


@dataclass(frozen=True)
class Scene:
    """Draws in any order, the globals they share, and who looks."""

    draws: list[Draw]
    shared: Mapping[str, Any]
    camera: Camera
    size: tuple[int, int] = SIZE

    @property
    def view(self) -> tuple[Mapping[str, Any], list[Camera], tuple[int, int]]:
        """What a renderer wants besides the draws."""
        return self.shared, [self.camera], self.size

    @property
    def eyes(self) -> tuple[Camera, Camera]:
        return self.camera.moved(-EYES_M / 2), self.camera.moved(EYES_M / 2)


def instanced(name: str, shape: tuple[dict[str, Array], Array], count: int, *keywords: str) -> Draw:
    """Walls or panels 0 .. count - 1."""
    rows = {"_LayerwalkNumbers": room.numbers(count)}
    instances = -(-count // room.TOGETHER)
    return Draw(f"Layerwalk/{name}", *room.several(*shape), instances, rows, keywords)


def surroundings() -> list[Draw]:
    return [Draw("Layerwalk/Floor", *room.floor()), Draw("Layerwalk/Sky", *room.sky())]


def walls(tables: room.Tables, *keywords: str) -> list[Draw]:
    return [
        instanced("Face", room.face(), len(tables.walls)),
        instanced("Canvas", room.quad(), len(tables.panels), *keywords),
        instanced("Reflection", room.quad(), len(tables.walls)),
        *surroundings(),
    ]


def whole(**changes: float) -> Scene:
    """Three walls."""
    tables = room.example()
    return Scene(walls(tables), tables.shared(**changes), Camera((0.0, 1.6, 0.0)))


def near() -> Scene:
    """Some tiles, magnified."""
    tables = room.example()
    return Scene(walls(tables), tables.shared(), Camera((-1.2, 1.7, -3.0), 0.9))


def special() -> Scene:
    """What is not a number is hatched, infinities take the ends; one tile is chosen."""
    tables = room.Tables()
    maps = np.tile(np.arange(49.0).reshape(1, 7, 7) / 16, (6, 1, 1))
    maps[0, :2, :4] = np.nan
    maps[1, 3, 2:5] = np.inf, 1.5, -np.inf
    layer = tables.add_layer(maps, low=0.0, high=3.0)
    tables.add_wall((0.0, 0.06, -2.6), 0.0, (1.9, 3.25), [(layer, 3, 6, 0.5, (0.0, 1.6))])
    tables.panels[0][2, 3] = 4
    return Scene(walls(tables), tables.shared(), Camera((0.0, 1.6, 0.0)))


def fading(**changes: float) -> Scene:
    """Halfway: from one activation to another on the left, from nothing on the right; between both
    an empty panel, swept."""
    tables = room.example()
    tables.layers[0][3] = *tables.layers[1][0, :3], 1
    tables.layers[0][4] = *tables.layers[1][2, :3], tables.layers[1][1, 3]
    tables.layers[0][20:26] = tables.layers[1][8:14]
    tables.layers[0][0, 3] = tables.layers[1][0, 3] = 9.85
    tables.walls[1][4, 3], tables.walls[1][5, :3] = 9.85, 0
    tables.layers[2][2, 3] = 0
    scene = Scene(walls(tables, "LAYERWALK_FADING"), tables.shared(), Camera((0.0, 1.6, 0.0)))
    return Scene(scene.draws, tables.shared(Sweep=1.1, **changes), scene.camera)


def focus() -> Scene:
    """Halfway to more detail on the left wall, and to the scale of colours that comes with it."""
    tables = room.example()
    tables.layers[0][5] = 0, 2, 3, 9.85
    return Scene(walls(tables), tables.shared(), Camera((0.0, 1.6, 0.0)))


def channels() -> Scene:
    """Each in the colours of its own range, except where a tile is one pixel and has none."""
    tables = room.Tables()
    columns = np.mgrid[:8, :8][1] / 7
    wide = tables.add_layer(columns * np.arange(1.0, 5.0)[:, None, None], low=0.0, high=4.0)
    single = tables.add_layer(np.arange(1.0, 17.0)[:, None, None], low=0.0, high=16.0)
    tables.add_wall((-1.1, 0.06, -3.4), 0.3, (1.9, 3.25), [(wide, 2, 4, 0.7, (0.0, 1.58))])
    tables.add_wall((1.1, 0.06, -3.4), -0.3, (1.9, 3.25), [(single, 4, 16, 0.35, (0.0, 1.58))])
    return Scene(walls(tables), tables.shared(PerChannel=1.0), Camera((0.0, 1.6, 0.0)))


def mirrored() -> Scene:
    """What the floor shows of a wall with two panels, neither of them full."""
    tables = room.Tables()
    steps = (
        np.tile(np.arange(49.0).reshape(1, 7, 7) / 48, (6, 1, 1)) * np.arange(1, 7)[:, None, None]
    )
    layer = tables.add_layer(steps, low=0.0, high=6.0)
    panels = [(layer, 2, 3, 0.4, (side, 0.5)) for side in (-0.5, 0.5)]
    tables.add_wall((0.0, 0.06, -2.0), 0.0, (2.0, 3.25), panels)
    return Scene(walls(tables), tables.shared(), Camera((0.0, 1.6, 0.0), 0.0, -0.7))


def packed() -> Scene:
    """Tiles of a layer's second page, very near; beside them those of the first, small: the edges
    of their levels are rounded up."""
    tables = room.Tables()
    rows, columns = np.mgrid[:250, :200] / 250
    k = np.arange(24)[:, None, None]
    waves = 0.5 + 0.5 * np.sin(2 * np.pi * (columns * (1 + k % 5) + rows * (1 + k // 5)))
    layer = tables.add_layer(waves, low=0.0, high=1.0)
    panels = [(layer, 4, 12, 0.02, (-0.58, 1.15)), (layer, 4, 12, 0.35, (0.2, 1.5))]
    tables.add_wall((0.0, 0.06, -3.0), 0.0, (1.9, 3.25), panels)
    return Scene(walls(tables), tables.shared(), Camera((-0.42, 1.21, -2.75)))


def fog() -> Scene:
    """Walls at 4 to 60 m: their glow, and how they fade into the haze."""
    tables = room.Tables()
    columns = np.mgrid[:8, :8][1] / 7
    layer = tables.add_layer(np.tile(0.3 + 0.7 * columns, (16, 1, 1)), low=0.0, high=1.0)
    for i, away in enumerate((4.0, 7.0, 11.0, 17.0, 26.0, 40.0, 60.0)):
        side = 1 if i % 2 else -1
        foot = (1.9 * side, 0.06, -away)
        tables.add_wall(foot, -0.9 * side, (1.8, 3.25), [(layer, 4, 16, 0.36, (0.0, 1.58))])
    return Scene(walls(tables), tables.shared(), Camera((0.0, 1.6, 0.0)))


def ground() -> Scene:
    """A line with a bend and its spill, the floor of a block, a box, a tube overhead."""
    draws = [*surroundings(), _line(), _field(), _solids()]
    return Scene(draws, room.example().shared(), Camera((0.4, 1.6, 1.0), 0.1, -0.3))


def text(overview: float = 1.0) -> Scene:
    """From above: lines at several distances, one that fades, a label, and one seen only inside."""
    bright, ink = (0.937, 0.914, 0.875), (0.063, 0.078, 0.122)
    lines = [
        letters.quads("TILE", (-1.5, 2.1, -3.0), 0.4, bright),
        letters.quads("OIL", (-1.6, 1.3, -3.0), 0.1, bright),
        letters.quads("TOTE", (-2.2, 1.0, -10.0), 0.4, bright),
        letters.quads("TILE", (4.5, 2.2, -20.0), 0.6, bright, farthest=24.0),
        letters.quads("LOT", (0.55, 1.35, -3.0), 0.2, ink),
        letters.quads("TOIL", (1.1, 3.4, -6.0), 0.05, (1.0, 0.886, 0.69), seen=3, fog=0.006),
        letters.quads("EEE", (0.0, 1.0, -2.5), 0.4, bright, seen=1),
    ]
    resources = {
        "_LayerwalkGlyphs": letters.atlas(),
        "_LayerwalkGlyphRange": 2.0 * letters.SPREAD_PX,
    }
    plate = _boxes([((0.95, 1.35, -3.05), (1.0, 0.36, 0.05), (0.85, 0.80, 0.70))])
    draws = [*surroundings(), plate]
    draws.append(Draw("Layerwalk/Text", *letters.joined(lines), resources=resources))
    shared = room.example().shared(Overview=overview)
    return Scene(draws, shared, Camera((0.0, 1.6, 0.0)))


def picture() -> Scene:
    """A photograph on the left, and what the floor shows of it."""
    y, x = np.mgrid[:128, :128] / 127
    image = np.stack([x, y, 1 - x, np.ones_like(x)], -1)
    image[40:90, 50:80, :3] = (0.9, 0.9, 0.2)
    levels = [image]
    while len(levels[-1]) > 1:
        edge = len(levels[-1]) // 2
        levels.append(levels[-1].reshape(edge, 2, edge, 2, 4).mean((1, 3)))
    pixels = [np.rint(255 * level).astype(np.uint8)[None] for level in levels]
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
    along = np.array([np.cos(0.5), 0, -np.sin(0.5)])
    at = np.array([-0.7, 1.3, -3.0]) + 1.72 * np.outer(corners[:, 0] - 0.5, along)
    at[:, 1] += 1.72 * (0.5 - corners[:, 1])
    vertices = {
        "POSITION": at,
        "TEXCOORD0": np.hstack([corners, np.tile([0, 0.5], (4, 1))]),
        "TEXCOORD1": corners,
    }
    names = ("Picture", "MirroredPicture")
    indices = np.array([0, 2, 1, 1, 2, 3])
    resources = {"_LayerwalkPictures": pixels}
    draws = [Draw(f"Layerwalk/{name}", vertices, indices, resources=resources) for name in names]
    shared = room.example().shared()
    return Scene([*surroundings(), *draws], shared, Camera((0.0, 1.6, 0.0), 0.2, -0.1))


GOLDEN: Mapping[str, Callable[[], Scene]] = {
    "walls": whole,
    "stale": lambda: whole(Stale=0.85, Fog=0.3),
    "near": near,
    "special": special,
    "fading": fading,
    "focus": focus,
    "channels": channels,
    "packed": packed,
    "mirrored": mirrored,
    "fog": fog,
    "ground": ground,
    "text": text,
    "text-inside": lambda: text(0.0),
    "picture": picture,
}


def _line() -> Draw:
    """As the web viewer's ground.ts makes them: from afar, with a bend to the right."""
    points = np.array([(0, 0.5), (0, -4), (0.3, -4.8), (1.2, -5.6), (1.2, -14)], float)
    reach, width = 0.9, 0.04
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    position, across = [], []
    for (x, z), (dx, dz) in zip(points, along, strict=True):
        for side in (-reach, reach):
            position.append((x - dz * side, 0.006, z + dx * side))
            across.append((side, width, reach))
    pairs = np.arange(len(points) - 1)[:, None] * 2
    index = (pairs + np.array([[0, 1, 2, 1, 3, 2]])).ravel()
    vertices = {
        "POSITION": np.array(position),
        "TEXCOORD0": np.array(across),
        "TEXCOORD1": np.tile(FORWARD, (len(position), 1)),
    }
    return Draw("Layerwalk/Line", vertices, index)


def _field() -> Draw:
    corners = [(-1.48, 0.003, -9.0), (1.48, 0.003, -9.0), (-1.48, 0.003, -3.0), (1.48, 0.003, -3.0)]
    vertices = {"POSITION": np.array(corners), "TEXCOORD0": np.full((4, 1), 1.7)}
    return Draw("Layerwalk/Field", vertices, np.array([0, 2, 1, 1, 2, 3]))


def _solids() -> Draw:
    gate = (0.29, 0.322, 0.408)
    posts = [((x, 1.8, -8.0), (0.04, 3.6, 0.04), gate) for x in (-1.9, 1.9)]
    beam = ((0.0, 3.62, -8.0), (3.84, 0.04, 0.04), gate)
    tube = ((0.9, 2.2, -5.0), (0.06, 0.06, 4.0), ADDED)
    return _boxes([*posts, beam, tube])


def _boxes(
    boxes: list[tuple[tuple[float, ...], tuple[float, ...], tuple[float, float, float]]],
) -> Draw:
    """Centre, size and colour of each."""
    # Corners are numbered by x + 2 y + 4 z; counter-clockwise from outside.
    sides = "457 476 023 031 046 062 137 175 015 054 267 273"
    index = np.array([int(corner) for corner in sides.replace(" ", "")])
    corners = np.array([(i & 1, i >> 1 & 1, i >> 2) for i in range(8)]) - 0.5
    position = [np.array(centre) + corners * size for centre, size, _ in boxes]
    paint = [np.tile([*colour, 0.0125], (8, 1)) for *_, colour in boxes]
    starts = 8 * np.arange(len(boxes))[:, None]
    vertices = {"POSITION": np.concatenate(position), "TEXCOORD0": np.concatenate(paint)}
    return Draw("Layerwalk/Solid", vertices, (index[None] + starts).ravel())


def room_wall() -> Draw:
    """A box in front of all text."""
    return _boxes([((0.0, 1.6, -2.0), (6.0, 4.0, 0.1), (0.1, 0.12, 0.17))])
