"""What goes with the walls of the tower: their words, bars, plates and pages; and the ledges."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from layerwalk.layout import measures
from layerwalk.layout.facade import Facade
from layerwalk.layout.motions import Motion, inner_z
from layerwalk.room import Box, Room, Station, Text, Vec3

_LEDGE = (0.05, 0.5)  # height and depth
_PAGE_ASIDE, _PAGE_BEHIND = 0.011, 0.03  # each page of a closed book, so that it is seen
_PLATE_Y, _PLATE_FROM_EDGE = 0.225, 0.36
_AT_HAND = (0.9, 1.5)  # heights of what stands beside a closed book in the corridor: its plate


class Hangings:
    """Takes what belongs to stations along; `motions` are those of each station's walls."""

    def __init__(self, room: Room, facade: Facade, motions: Mapping[str, Sequence[Motion]]) -> None:
        self.room, self.facade, self.motions = room, facade, motions
        self.stations = {station.key: station for station in room.stations}

    def texts(self) -> Iterator[Text]:
        for text in self.room.texts:
            if text.station:
                yield self._motion(self.stations[text.station], text).moved(text)

    def boxes(self) -> Iterator[Box]:
        """Without those that carry paths in the corridor."""
        for box in self.room.boxes:
            if box.station and box.position_m[1] < measures.CAPITAL_Y - 0.02:
                station = self.stations[box.station]
                yield self._page(station, box) or self._motion(station, box).moved(box)

    def _motion(self, station: Station, thing: Text | Box) -> Motion:
        """That of the wall it hangs on; the plate hangs on the last one."""
        motions = self.motions[station.key]
        y = thing.position_m[1]
        if thing.yaw_rad == 0 and _AT_HAND[0] < y < _AT_HAND[1]:
            wall, at = station.walls[-1], motions[-1].target
            side = wall.side
            inner = at[0] - side * (wall.width_m / 2 - _PLATE_FROM_EDGE)
            home = (side * 1.27, 1.2, inner_z(wall) + 0.16)
            return Motion(home, (inner, at[1] + _PLATE_Y - measures.WALL_FOOT, at[2] + 0.03))
        number = min(
            range(len(motions)),
            key=lambda k: (
                abs(station.walls[k].yaw_rad - thing.yaw_rad),
                math.dist(station.walls[k].position_m, thing.position_m),
            ),
        )
        return motions[number]

    def _page(self, station: Station, box: Box) -> Box | None:
        """A page of a closed book, or its edge: it looks out beside the wall that it is behind."""
        if not station.closed:
            return None
        x, y, z = box.position_m
        wide = box.yaw_rad != 0
        if wide == (box.size_m[0] < 1.0) or (not wide and abs(x) < measures.INNER_EDGE):
            return None
        number = next(k for k, wall in enumerate(station.walls) if wall.side * x > 0)
        wall, motion = station.walls[number], self.motions[station.key][number]
        depth = wall.position_m[2] if wide else inner_z(wall)
        page = round((depth - z - 0.09) / measures.PAGE_GAP)
        aside = _PAGE_ASIDE * page + (0.0 if wide else wall.width_m / 2 + 0.012)
        fx, fy, fz = motion.target
        at: Vec3 = (fx + wall.side * aside, fy + y - measures.WALL_FOOT, fz - 0.06)
        behind = _PAGE_BEHIND * page - (0.0 if wide else 0.004)
        size = box.size_m if wide else (0.012, box.size_m[1], 0.02)
        return replace(box, position_m=(at[0], at[1], at[2] - behind), size_m=size, yaw_rad=0.0)


def ledges(facade: Facade) -> Iterator[Box]:
    """The floors that rows stand on, and the forward line along each of them."""
    high, deep = _LEDGE
    for number, row in enumerate(facade.rows):
        middle, length = row.right / 2, row.right + 0.5
        if number:
            at = facade.point(number, middle, -high / 2, deep / 2 - 0.3)
            yield Box(at, (length, high, deep), measures.WALL)
        at = facade.point(number, middle, 0.0, deep - 0.3)
        yield Box(at, (length, 0.07, 0.03), measures.FORWARD)
