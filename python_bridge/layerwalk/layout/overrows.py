"""What is over the rows of the tower: names of blocks, brackets over them, and paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from layerwalk.layout import measures
from layerwalk.layout.facade import Facade
from layerwalk.layout.geometry import rounded
from layerwalk.layout.lettering import fit_spans, spans_width
from layerwalk.layout.motions import inner_z
from layerwalk.layout.stands import dim, strong
from layerwalk.room import Box, Ring, Room, Span, Station, Text, Tube, Vec3

LANE = 0.17  # between the lanes of paths
MOST_LANES = 3  # what else would have to be drawn there is left out
_TOP = measures.WALL_FOOT + measures.WALL_HEIGHT
_BRACKET_Y, _NAME_Y, _RING_Y, _LANE_Y = _TOP + 0.1, _TOP + 0.42, _TOP + 0.35, _TOP + 0.85
_NAME_CAP = 0.36
_BEHIND = -0.035  # paths are in the middle of the walls


@dataclass(frozen=True)
class Group:
    """The blocks around a station ('' for none), what they are called, and the gate before it."""

    block: str
    name: str
    title: str
    subtitle: str


def groups_of(room: Room) -> list[Group]:
    """For each station the open blocks around it that the corridor has floors of."""
    groups = []
    for station in room.stations:
        z = inner_z(station.walls[0]) if station.walls else station.origin_m[2]
        around = [field for field in room.fields if field.far_m <= z <= field.near_m]
        around.sort(key=lambda field: field.far_m - field.near_m)
        name = " · ".join(field.name for field in around if field.name)
        block = around[-1].block if around else ""
        gate = next((gate for gate in reversed(room.gates) if gate.z_m >= z), None)
        title, subtitle = (gate.title, gate.subtitle) if gate else ("", "")
        groups.append(Group(block, name, title, subtitle))
    return groups


@dataclass(frozen=True)
class _Run:
    """Stations of one group that stand beside each other: their row, and from where to where."""

    row: int
    left: float
    right: float
    group: Group


class OverRows:
    """Names and paths over the rows in which `stations` stand."""

    def __init__(self, room: Room, facade: Facade, stations: Sequence[Station]) -> None:
        self.room, self.facade, self.stations = room, facade, stations
        self.row = {s.key: facade.place(k + 1)[0] for k, s in enumerate(stations)}
        self.runs = self._runs()
        self._words = list(self._all_words())
        self.lanes = self._lanes()

    def _runs(self) -> list[_Run]:
        groups = groups_of(self.room)
        together = zip(self.stations, groups, strict=True)
        runs = []
        for (row, group), pairs in groupby(together, lambda one: (self.row[one[0].key], one[1])):
            walls = [wall for station, _ in pairs for wall in station.walls]
            left = min(wall.position_m[0] - wall.width_m / 2 for wall in walls)
            right = max(wall.position_m[0] + wall.width_m / 2 for wall in walls)
            runs.append(_Run(row, left, right, group))
        return runs

    # ------------------------------------------------------------ names

    def names(self) -> Iterator[Text]:
        """Of blocks where they begin, with the size of the maps where it is another; rows begin
        with both."""
        for run, words in zip(self.runs, self._words, strict=True):
            if words:
                at = (run.left, run.row * self.facade.pitch + _NAME_Y, self.facade.front)
                yield Text(words, at, _NAME_CAP, kind="block")

    def _all_words(self) -> Iterator[tuple[Span, ...]]:
        """What is written over each run; what there is no room for beside the first is left out."""
        for before, run in zip([None, *self.runs], self.runs, strict=False):
            group = run.group
            begins = before is None or before.row != run.row
            another = begins or before is None or before.group.title != group.title
            words = [group.name] if group.name else []
            if another and group.title:
                words += [group.title] if words else [group.title, group.subtitle]
            spans = [strong(word) if k == 0 else dim("   " + word) for k, word in enumerate(words)]
            room = run.right - run.left
            if spans and spans_width(spans, _NAME_CAP) > room:
                spans = spans[:1]
            yield fit_spans(spans, _NAME_CAP, room)

    def brackets(self) -> Iterator[Box]:
        for run in self.runs:
            if run.group.name:
                y = run.row * self.facade.pitch + _BRACKET_Y
                middle, long = (run.left + run.right) / 2, run.right - run.left
                yield Box((middle, y, self.facade.front - 0.02), (long, 0.035, 0.02), measures.LINE)

    # ------------------------------------------------------------ paths

    def _lanes(self) -> dict[tuple[str, str], int]:
        """The lane of each path between stations of one row that there is a lane for."""
        number = {station.key: k for k, station in enumerate(self.stations)}
        ends = {
            (tube.source, tube.target): (number[tube.source], number[tube.target])
            for tube in self.room.tubes
            if tube.kind != "rail"
            and tube.source in number
            and self.row[tube.source] == self.row[tube.target]
            and not self._is_written_over(self.stations[number[tube.source]])
        }
        lanes: dict[tuple[str, str], int] = {}
        for pair, (begin, end) in sorted(ends.items(), key=lambda one: one[1][1] - one[1][0]):
            taken = {
                lane
                for other, lane in lanes.items()
                if ends[other][0] <= end and begin <= ends[other][1]
            }
            lane = next(k for k in range(len(taken) + 1) if k not in taken)
            if lane < MOST_LANES:
                lanes[pair] = lane
        return lanes

    def _is_written_over(self, station: Station) -> bool:
        """Whether a path from its middle would rise through a name."""
        row, x = self.row[station.key], station.origin_m[0]
        return any(
            run.row == row and run.left - 0.1 < x < run.left + spans_width(words, _NAME_CAP) + 0.1
            for run, words in zip(self.runs, self._words, strict=True)
        )

    def tubes(self) -> Iterator[Tube]:
        """Over the walls between, from the middle of one station to the middle of the other."""
        origin = {station.key: station.origin_m for station in self.stations}
        tubes = {(tube.source, tube.target): tube for tube in self.room.tubes}
        ringed = {ring.position_m[0] for ring in self.rings()}
        for pair, lane in self.lanes.items():
            (xs, y, _), (xt, _, _) = origin[pair[0]], origin[pair[1]]
            z, high = self.facade.front + _BEHIND, y + _LANE_Y + lane * LANE
            end = y + (_RING_Y + 0.2 if xt in ringed else _TOP)
            points: list[Vec3] = [(xs, y + _TOP, z), (xs, high, z), (xt, high, z), (xt, end, z)]
            tube = tubes[pair]
            path = rounded(points, 0.12, 6)
            yield Tube(tube.kind, path, 0.03, tube.colour, *pair)

    def rings(self) -> Iterator[Ring]:
        """Where paths are added."""
        targets = {target for _, target in self.lanes}
        for station in self.stations:
            if station.key in targets and station.role == "add":
                x, y, _ = station.origin_m
                at = (x, y + _RING_Y, self.facade.front + _BEHIND)
                yield Ring(at, 0.2, measures.ADDED)
