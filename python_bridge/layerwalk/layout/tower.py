"""The tower: the whole network at once, its walls side by side in rows, floor over floor.

It is read as a page is, but from the floor up: photograph and shelf at the lower left, the board
at the end of the highest row. Everything faces the visitor, who stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from layerwalk.layout import measures
from layerwalk.layout.facade import Facade, Item, rows_of
from layerwalk.layout.geometry import rounded
from layerwalk.layout.hangings import Hangings, ledges
from layerwalk.layout.motions import Motion, inner_z
from layerwalk.layout.overrows import LANE, MOST_LANES, OverRows, groups_of
from layerwalk.room import FloorLine, Picture3D, Room, Stand, Station, Text, Waypoint

IN_STATION = 0.1  # metres between walls
_BETWEEN = 0.6  # between stations
_OVER_ROW = 1.2  # above the walls of a row, without the lanes of paths
_BOARD_FOOT = 0.12
_LEAST_DISTANCE = 11.0
_HEIGHTS_AWAY, _WIDTHS_AWAY = 1.05, 0.66  # from there the whole of it is in sight
_BEHIND = 3.0  # the forward line begins behind the visitor
_PASSING = 3.6  # before walls that are walked by


def stacked(room: Room, spacing: float) -> Room:
    """The room of a corridor, as a tower."""
    facade = _facade(room, spacing)
    hung = [_hung(room, facade, number) for number in range(len(room.stations))]
    stations = tuple(station for station, _ in hung)
    motions = {station.key: motions for station, motions in hung}
    photograph, shelf = _opening(room, facade)
    hangings, over = Hangings(room, facade, motions), OverRows(room, facade, stations)
    board = facade.place(len(stations) + 1)
    at_board = facade.point(board[0], board[1] + room.board.width_m / 2, _BOARD_FOOT)
    return replace(
        room,
        stations=stations,
        texts=(*hangings.texts(), *_opening_words(room, photograph, shelf), *over.names()),
        boxes=(*hangings.boxes(), *ledges(facade), *over.brackets()),
        tubes=tuple(over.tubes()),
        floor_lines=(_line(room, facade),),
        rings=tuple(over.rings()),
        discs=(),
        fields=(),
        gates=(),
        photograph=photograph,
        shelf=shelf,
        board=replace(room.board, position_m=at_board, yaw_rad=0.0),
        start=Stand((0.0, 0.0, room.start.position_m[2])),
        way=tuple(_way(room, stations, facade)),
    )


def _facade(room: Room, spacing: float) -> Facade:
    """The rows, so far away that all of them are in sight from the start."""
    groups = groups_of(room)
    opening = room.photograph.width_m + IN_STATION + room.shelf.width_m
    items = [Item(opening, "")]
    items += [
        Item(_width(station), group.block)
        for station, group in zip(room.stations, groups, strict=True)
    ]
    items.append(Item(room.board.width_m, ""))
    lanes = MOST_LANES if any(tube.kind != "rail" for tube in room.tubes) else 0
    over = _OVER_ROW * (1 + spacing) / 2 + LANE * lanes
    pitch = measures.WALL_FOOT + measures.WALL_HEIGHT + over
    rows = tuple(rows_of(items, gap=_BETWEEN * spacing, pitch=pitch))
    width = max(row.right for row in rows)
    away = max(_LEAST_DISTANCE, _HEIGHTS_AWAY * pitch * len(rows), _WIDTHS_AWAY * width)
    return Facade(rows, -width / 2, room.start.position_m[2] - away, pitch)


def _width(station: Station) -> float:
    return sum(wall.width_m for wall in station.walls) + IN_STATION * (len(station.walls) - 1)


def _hung(room: Room, facade: Facade, number: int) -> tuple[Station, tuple[Motion, ...]]:
    """A station with its walls side by side, and how each of them came there."""
    station = room.stations[number]
    row, left = facade.place(number + 1)
    walls, motions, along = [], [], left
    for wall in station.walls:
        foot = facade.point(row, along + wall.width_m / 2, measures.WALL_FOOT)
        motions.append(Motion(wall.position_m, foot, -wall.yaw_rad))
        walls.append(motions[-1].moved(wall))
        along += wall.width_m + IN_STATION
    alone = len(walls) == 1
    # A wall that stands alone is its station: turned by hand, it faces the same in every layout.
    yaw = -station.walls[0].yaw_rad if alone else 0.0
    middle = facade.point(row, left + _width(station) / 2)
    return replace(station, walls=tuple(walls), origin_m=middle, yaw_rad=yaw), tuple(motions)


def _opening(room: Room, facade: Facade) -> tuple[Picture3D, Picture3D]:
    """Photograph and shelf, at the begin of the lowest row."""
    _, along = facade.place(0)
    found = []
    for picture in (room.photograph, room.shelf):
        foot = facade.point(0, along + picture.width_m / 2, picture.position_m[1])
        found.append(replace(picture, position_m=foot, yaw_rad=0.0))
        along += picture.width_m + IN_STATION
    return found[0], found[1]


def _opening_words(room: Room, photograph: Picture3D, shelf: Picture3D) -> Iterator[Text]:
    for text in room.texts:
        if text.kind == "wall" and not text.station:
            left = text.yaw_rad == room.photograph.yaw_rad
            before, after = (room.photograph, photograph) if left else (room.shelf, shelf)
            motion = Motion(before.position_m, after.position_m, -before.yaw_rad)
            yield motion.moved(text)


def _line(room: Room, facade: Facade) -> FloorLine:
    """From the visitor to where the lowest row begins."""
    z = facade.front
    points = [(0.0, room.start.position_m[2] + _BEHIND), (0.0, z + _PASSING)]
    points += [(facade.left - 0.6, z + _PASSING), (facade.left - 0.6, z + 0.3)]
    return FloorLine(rounded(points, 2.0, 12), measures.FORWARD)


def _way(room: Room, stations: tuple[Station, ...], facade: Facade) -> Iterator[Waypoint]:
    """Before one station after the other; where two are equally deep, before the first."""
    reached = room.start.position_m[2]
    yield Waypoint(reached, (0.0, 0.0, reached))
    for home, station in zip(room.stations, stations, strict=True):
        z = inner_z(home.walls[0]) if home.walls else home.origin_m[2]
        if z < reached:
            x, y, _ = station.origin_m
            yield Waypoint(z, (x, y, facade.front + _PASSING))
            reached = z
    row, along = facade.place(len(stations) + 1)
    if room.end_m < reached:
        at = facade.point(row, along + room.board.width_m / 2, 0.0, _PASSING)
        yield Waypoint(room.end_m, at)
