"""The room: where a network's walls, paths and signs stand. Data only; `layout` computes it.

Metres, right-handed, y up, -z forward. A wall's yaw turns about +y; its front faces
(sin yaw, 0, cos yaw) and its local x axis is (cos yaw, 0, -sin yaw). Clients draw what stands
here and decide nothing, so that all of them show the same place. Whatever names a `station`
moves with that station's transform in the shared document. Colours are `#rrggbb`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]


TILE_GAP = 0.085
LayoutKind = Literal["linear", "spiral", "tower"]


class Layout(msgspec.Struct, frozen=True):
    """How stations stand to each other, and how far apart.

    linear: a corridor along -z; spiral: the same corridor, wound outwards; tower: all walls side
    by side in rows, one above the other from the floor up, facing the visitor. `spacing` is how
    many times as far apart as usual they stand. Between tiles on a wall, `tile_gap` times a tile's
    edge stays free: their middles stay where they are, and with less the tiles are larger.
    """

    kind: Literal["linear", "spiral", "tower"] = "linear"
    spacing: Annotated[float, Meta(ge=0.5, le=3)] = 1.0
    tile_gap: Annotated[float, Meta(ge=0, le=1)] = TILE_GAP


class Transform(msgspec.Struct, frozen=True):
    """Where a visitor put a station: the frame whose default is `Station.origin_m`, turned by
    `Station.yaw_rad`.

    A point p of the untransformed room goes to
    position_m + rotation * (scale * (turn(-yaw_rad) * (p - origin_m))), where turn is about +y;
    `rotation` is a quaternion x, y, z, w. So a station that was moved stands where it was put,
    facing where it was turned to, whichever the layout is.
    """

    position_m: Vec3
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)
    scale: float = 1.0


class Panel(msgspec.Struct, frozen=True):
    """A grid of tiles on a wall, row by row from the top left: tiles first .. first + count - 1.

    `centre_m` is relative to the centre of the wall's foot (x to the right as a visitor who
    faces the wall sees it, y up); `pitch_m` the distance of neighbouring tiles in x and y. A tile
    covers 1 / (1 + `Room.tile_gap`) of its pitch.
    """

    first: int
    count: int
    rows: int
    columns: int
    centre_m: Vec2
    pitch_m: Vec2


class Wall(msgspec.Struct, frozen=True):
    """One surface of a station. `position_m` is the centre of the foot of its front."""

    layer: str
    side: Literal[-1, 1]
    position_m: Vec3
    yaw_rad: float
    width_m: float
    height_m: float
    panels: tuple[Panel, ...]
    branch: int = 0  # number of the branch it stands on, from 1; 0: on none


class Station(msgspec.Struct, frozen=True):
    """An op with the norm and activation after it, or a closed block.

    `key` names it in the shared document: its first layer; of a closed block the block's path,
    with `:2` and so on where it stands again. `layers` are all it holds (the panel's chips),
    `shown` the one on its walls. `closed` names the block it stands for,
    '' for an ordinary station. `block` is the innermost block around it, '' for none.
    """

    key: str
    layers: tuple[str, ...]
    shown: str
    title: str
    shape: str
    block: str
    origin_m: Vec3
    walls: tuple[Wall, ...]
    role: Literal["plain", "add", "concat", "closed"] = "plain"
    closed: str = ""
    repeats: int = 0
    ops: int = 0
    yaw_rad: float = 0.0  # of its frame, about origin_m


class Span(msgspec.Struct, frozen=True):
    """A run of text in one weight (400, 500 or 600) and colour."""

    text: str
    colour: str
    weight: int = 500


class Text(msgspec.Struct, frozen=True):
    """A line of text, `cap_m` the height of its capitals, standing at `position_m`.

    `align` says whether the position is the left end, the centre or the right end of the
    baseline's middle height. Flat texts lie on the floor, readable for who walks along -z.
    """

    spans: tuple[Span, ...]
    position_m: Vec3
    cap_m: float
    yaw_rad: float = 0.0
    flat: bool = False
    align: Literal["left", "centre", "right"] = "left"
    kind: Literal["wall", "gate", "floor", "mark", "block"] = "wall"
    station: str = ""


class Box(msgspec.Struct, frozen=True):
    """A solid box, `position_m` its centre."""

    position_m: Vec3
    size_m: Vec3
    colour: str
    yaw_rad: float = 0.0
    station: str = ""


class Tube(msgspec.Struct, frozen=True):
    """A path overhead through `points_m` (already rounded)."""

    kind: Literal["add", "concat", "rail"]
    points_m: tuple[Vec3, ...]
    radius_m: float
    colour: str
    source: str = ""
    target: str = ""


class FloorLine(msgspec.Struct, frozen=True):
    """A line of light on the floor through (x, z) points (already rounded)."""

    points_m: tuple[Vec2, ...]
    colour: str
    width_m: float = 0.04


class Ring(msgspec.Struct, frozen=True):
    """A ring that faces the visitor, where tubes are added. `plus`: with a plus in it."""

    position_m: Vec3
    radius_m: float
    colour: str
    plus: bool = True
    yaw_rad: float = 0.0


class Disc(msgspec.Struct, frozen=True):
    """A disc on the floor with a number: a branch begins here."""

    position_m: Vec3
    radius_m: float
    colour: str
    text: str
    yaw_rad: float = 0.0


class Field(msgspec.Struct, frozen=True):
    """The floor of a block: from `near_m` to `far_m` (z, near > far), `width_m` wide, named."""

    block: str
    name: str
    near_m: float
    far_m: float
    width_m: float
    opened: bool = False


class Gate(msgspec.Struct, frozen=True):
    """The gate of a section of one map size: two posts and a beam, with its name above."""

    z_m: float
    title: str
    subtitle: str
    half_width_m: float
    height_m: float
    x_m: float = 0.0
    yaw_rad: float = 0.0


class Mark(msgspec.Struct, frozen=True):
    """One mark on the minimap between z `near_m` and `far_m`.

    bar: a station (`side` 0 both, -1 left, 1 right; `size` its channels); arc: an addition;
    fork: parallel branches; rail: dense connectivity; closed, opened: blocks; room: a gate.
    """

    kind: Literal["bar", "arc", "fork", "rail", "closed", "opened", "room"]
    near_m: float
    far_m: float
    size: int = 0
    side: int = 0
    colour: str = ""
    text: str = ""


class Stand(msgspec.Struct, frozen=True):
    """A place to stand (feet), and the yaw to look along: 0 is -z, positive to the left."""

    position_m: Vec3
    yaw_rad: float = 0.0


class Waypoint(msgspec.Struct, frozen=True):
    """Where the aisle is, at the depth `z_m` that it has in the corridor, which marks tell of.

    `position_m` is on its floor, `yaw_rad` the way on, as of a Stand.
    """

    z_m: float
    position_m: Vec3
    yaw_rad: float = 0.0


class Picture3D(msgspec.Struct, frozen=True):
    """An upright rectangle (photograph's wall, shelf's wall, prediction board): foot and size."""

    position_m: Vec3
    yaw_rad: float
    width_m: float
    height_m: float


class Room(msgspec.Struct, frozen=True):
    """Everything that stands in the room of one network with these blocks expanded."""

    network: str
    revision: int
    expanded: tuple[str, ...]
    stations: tuple[Station, ...]
    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]
    tubes: tuple[Tube, ...]
    floor_lines: tuple[FloorLine, ...]
    rings: tuple[Ring, ...]
    discs: tuple[Disc, ...]
    fields: tuple[Field, ...]
    gates: tuple[Gate, ...]
    marks: tuple[Mark, ...]
    photograph: Picture3D
    shelf: Picture3D
    board: Picture3D
    start: Stand
    end_m: float  # depth of the end of the aisle; its z, where there is no `way`
    layout: Literal["linear", "spiral", "tower"] = "linear"
    spacing: float = 1.0
    way: tuple[Waypoint, ...] = ()  # from start to end; () where the aisle is on the z axis
    tile_gap: float = TILE_GAP  # see Layout
