"""The spiral: the corridor wound outwards on the floor, so that far layers stand near.

Its aisle is the involute of a circle, whose turns are everywhere equally far apart, and which has
a closed form. Stations, gates and joins are turned as they are; paths are bent along.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from layerwalk.layout import measures
from layerwalk.layout.footprints import Footprint, footprint, meet
from layerwalk.layout.motions import Motion, inner_z
from layerwalk.room import (
    Box,
    Field,
    FloorLine,
    Room,
    Span,
    Stand,
    Station,
    Text,
    Vec2,
    Vec3,
    Waypoint,
)

LOOSER = 1.15  # times as far apart as in the corridor: in a bend walls lean before each other
_BEGIN = -4.0  # z from which on the aisle is bent: who starts sees what they see in the corridor
_LEAST_RADIUS = 9.0
_AISLE = 2.2  # between the walls of one turn and those of the next
_WIDER = 1.15
_MOST_WIDENED = 2.0
_NEAREST, _WIDTHS_AWAY, _OPPOSITE = 2.75, 1.15, 1.3  # from where walls are looked at
_LONGEST = 0.8  # of straight pieces that are bent, in metres
_OPENING = -5.2  # depth of photograph and shelf
_NAME_CAP = 0.11
_START = ((-2.0, _BEGIN), (2.0, _BEGIN), (2.0, 6.5), (-2.0, 6.5))  # nothing stands there


class Aisle:
    """The way outwards: its first bend has `radius`, and its turns are `pitch` apart."""

    def __init__(self, radius: float, pitch: float) -> None:
        self.radius, self.growth = radius, pitch / (2 * math.pi)

    def heading(self, z: float) -> float:
        """How far the aisle has turned to the left at a depth of the corridor."""
        along = max(0.0, _BEGIN - z)
        r, a = self.radius, self.growth
        return (math.sqrt(r * r + 2 * a * along) - r) / a

    def at(self, z: float) -> Vec3:
        """The middle of its floor."""
        turn = self.heading(z)
        r, a, sin, cos = self.radius, self.growth, math.sin(turn), math.cos(turn)
        x = r * (cos - 1) + a * (turn * cos - sin)
        depth = r * sin + a * (turn * sin + cos - 1)
        return (x, 0.0, _BEGIN - depth + max(0.0, z - _BEGIN))

    def motion(self, z: float) -> Motion:
        """Of what stands at a depth."""
        return Motion((0.0, 0.0, z), self.at(z), self.heading(z))

    def bent(self, point: Vec3) -> Vec3:
        """A point of a path that goes along."""
        return self.motion(point[2]).point(point)


def wound(room: Room) -> Room:
    """The room of a corridor, as a spiral."""
    aisle = _fitting(room)
    depths = {station.key: _depth(station) for station in room.stations}

    def of_station(thing: Box | Text) -> Motion:
        return aisle.motion(depths.get(thing.station, _own_depth(thing)))

    gates = tuple(
        replace(gate, x_m=at[0], z_m=at[2], yaw_rad=aisle.heading(gate.z_m))
        for gate in room.gates
        for at in [aisle.at(gate.z_m)]
    )
    rings = tuple(
        replace(ring, position_m=aisle.bent(at), yaw_rad=aisle.heading(at[2]))
        for ring in room.rings
        for at in [ring.position_m]
    )
    discs = tuple(
        replace(disc, position_m=aisle.bent(at), yaw_rad=aisle.heading(at[2]))
        for disc in room.discs
        for at in [disc.position_m]
    )
    tubes = tuple(
        replace(tube, points_m=tuple(map(aisle.bent, _finer(tube.points_m)))) for tube in room.tubes
    )
    start = room.start.position_m
    return replace(
        room,
        stations=tuple(_turned(station, aisle) for station in room.stations),
        texts=(*(of_station(text).moved(text) for text in room.texts), *_names(room, aisle)),
        boxes=tuple(of_station(box).moved(box) for box in room.boxes),
        tubes=tubes,
        floor_lines=(*_lines(room.floor_lines, aisle), *_outlines(room.fields, aisle)),
        rings=rings,
        discs=discs,
        fields=(),
        gates=gates,
        photograph=aisle.motion(_OPENING).moved(room.photograph),
        shelf=aisle.motion(_OPENING).moved(room.shelf),
        board=aisle.motion(room.end_m).moved(room.board),
        start=Stand(aisle.bent(start), aisle.heading(start[2]) + room.start.yaw_rad),
        way=tuple(_way(aisle, start[2], room.end_m)),
    )


def _depth(station: Station) -> float:
    return inner_z(station.walls[0]) if station.walls else station.origin_m[2]


def _own_depth(thing: Box | Text) -> float:
    """Of what belongs to no station: what is written on the opening walls turns with them."""
    return _OPENING if isinstance(thing, Text) and thing.kind == "wall" else thing.position_m[2]


def _turned(station: Station, aisle: Aisle) -> Station:
    motion = aisle.motion(_depth(station))
    walls = tuple(motion.moved(wall) for wall in station.walls)
    origin = motion.point(station.origin_m)
    return replace(station, walls=walls, origin_m=origin, yaw_rad=motion.yaw)


# ---------------------------------------------------------------- how narrow it may be


def _fitting(room: Room) -> Aisle:
    """The narrowest aisle on which no wall meets that of another station."""
    prints = list(_footprints(room))
    xs = [x for _, one in prints for x, _ in one.corners]
    left, right = max(0.0, *(-x for x in xs)), max(0.0, *xs)
    pitch = left + right + _AISLE * room.spacing
    radius = max(_LEAST_RADIUS, left + _AISLE)
    while meet([_bent(one, Aisle(radius, pitch)) for one in prints]):
        radius *= _WIDER
    return Aisle(radius, pitch)


def _footprints(room: Room) -> Iterator[tuple[float, Footprint]]:
    """What stands on the floor in plan, each with the depth that it is turned at."""
    for number, station in enumerate(room.stations):
        pages = _pages(room, station)
        for wall in station.walls:
            yield _depth(station), footprint(number, wall, pages)
    for number, picture in ((-1, room.photograph), (-2, room.shelf)):
        yield _OPENING, footprint(number, picture)
    yield room.end_m, footprint(-3, room.board)
    yield _BEGIN, Footprint(-4, _START)


def _pages(room: Room, station: Station) -> float:
    """How far the pages of a closed book reach behind its walls."""
    if not station.closed:
        return 0.0
    boxes = (box for box in room.boxes if box.station == station.key and box.yaw_rad == 0)
    return max([0.0, *(_depth(station) - box.position_m[2] for box in boxes)])


def _bent(one: tuple[float, Footprint], aisle: Aisle) -> Footprint:
    depth, (owner, corners) = one
    points = map(aisle.motion(depth).point, ((x, 0.0, z) for x, z in corners))
    return Footprint(owner, tuple((x, z) for x, _, z in points))


# ---------------------------------------------------------------- paths and signs


def _finer(points: Sequence[Vec3]) -> Iterator[Vec3]:
    """The path with its long pieces divided, so that it can be bent."""
    yield points[0]
    for a, b in pairwise(points):
        pieces = max(1, math.ceil(abs(b[2] - a[2]) / _LONGEST))
        for piece in range(1, pieces + 1):
            t = piece / pieces
            yield (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def _on_floor(points: Sequence[Vec2], aisle: Aisle) -> tuple[Vec2, ...]:
    bent = (aisle.bent(point) for point in _finer([(x, 0.0, z) for x, z in points]))
    return tuple((x, z) for x, _, z in bent)


def _lines(lines: Sequence[FloorLine], aisle: Aisle) -> Iterator[FloorLine]:
    for line in lines:
        yield replace(line, points_m=_on_floor(line.points_m, aisle))


def _outlines(fields: Sequence[Field], aisle: Aisle) -> Iterator[FloorLine]:
    """The floors of blocks, which are drawn as their outlines."""
    for field in fields:
        half, near, far = field.width_m / 2, field.near_m, field.far_m
        corners = [(-half, far), (-half, near), (half, near), (half, far)]
        if field.opened:
            corners.append(corners[0])
        colour = measures.SECOND if field.opened else measures.LINE
        for a, b in pairwise(corners):  # each on its own: a line's light is rounded at corners
            yield FloorLine(_on_floor([a, b], aisle), colour, 0.02 if field.opened else 0.014)


def _names(room: Room, aisle: Aisle) -> Iterator[Text]:
    """Names of blocks, where their floors begin."""
    for field in room.fields:
        if field.name:
            at = (-field.width_m / 2 + 0.06, 0.11, field.near_m)
            spans = (Span(field.name, measures.SECOND),)
            yield Text(spans, aisle.bent(at), _NAME_CAP, aisle.heading(at[2]), kind="block")


def _way(aisle: Aisle, start: float, end: float) -> Iterator[Waypoint]:
    steps = max(1, math.ceil(start - end))
    for step in range(steps + 1):
        z = start + (end - start) * step / steps
        yield Waypoint(z, aisle.at(z), aisle.heading(z))
