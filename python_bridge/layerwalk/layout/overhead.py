"""Arcs and rails overhead: finished data on its way to a join."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layerwalk.layout import measures
from layerwalk.layout.geometry import bezier, shifted
from layerwalk.layout.grouping import SOURCE, Place
from layerwalk.layout.rails import Edge, Overhead, Rail, is_addition, is_arithmetic
from layerwalk.layout.sections import Section, Step
from layerwalk.layout.stands import Stands, role_of
from layerwalk.room import Mark, Vec3

_SIDE_TOP = 3.33  # where tubes leave a wall's inner edge
_SIDE_X = 1.59


class Canopy:
    """Builds all that hangs overhead, once every station stands."""

    def __init__(
        self, stands: Stands, places: Sequence[Place], overhead: Overhead, steps: Sequence[Step]
    ) -> None:
        self.stands, self.places, self.overhead = stands, places, overhead
        self.building = stands.building
        self.side = {
            p: side
            for step in steps
            if isinstance(step, Section)
            for side, branches in zip((-1, 1), step.sides(), strict=True)
            for branch in branches
            for p in branch.places
        }
        self.forks = [step for step in steps if isinstance(step, Section)]

    def build(self) -> None:
        self._arcs()
        for level, edge in enumerate(self.overhead.beside):
            self._beside(edge, level % 4)
        for rail in self.overhead.rails:
            self._rail(rail)

    def z(self, p: int) -> float:
        if p == SOURCE:
            return measures.FIRST_Z
        frame = self.building.frames[p][0]
        return frame.inner_z

    # ------------------------------------------------------------ arcs

    def _arcs(self) -> None:
        levels: dict[Edge, int] = {}
        for edge in sorted(self.overhead.arcs, key=lambda e: (e[1] - e[0], e)):
            same = is_addition(self.places[edge[1]])
            taken = {
                level
                for other, level in levels.items()
                if other[0] < edge[1]
                and edge[0] < other[1]
                and is_addition(self.places[other[1]]) == same
            }
            levels[edge] = next(k for k in range(len(taken) + 1) if k not in taken)
            self._arc(edge, levels[edge])
        for target in sorted({target for _, target in self.overhead.arcs}):
            self._arrival(target, [s for s, t in self.overhead.arcs if t == target])

    def _arc(self, edge: Edge, level: int) -> None:
        source, target = edge
        added = is_addition(self.places[target])
        start, end = self.z(source), self.z(target)
        x = (1 if added else -1) * (1.9 + 0.25 * level)
        y = measures.ARC_Y + 1.35 + 0.4 * level
        lean = 0.16 * (end - start)
        first, last = (0.0, measures.ARC_Y, start), (self._x(edge), measures.ARC_Y, end)
        points = bezier(first, (x, y, start + lean), (x, y, end - lean), last)
        double = role_of(self.places[target]) == "concat"
        for shift in (-0.05, 0.05) if double else (0.0,):
            self.building.tube(
                "add" if added else "concat",
                shifted(points, shift),
                radius=0.018 if double else 0.03,
                colour=measures.ADDED if added else measures.JOINED,
                source=self.stands.key(source),
                target=self.stands.key(target),
                corner=0,
            )
        if source == SOURCE or role_of(self.places[source]) not in ("add", "concat"):
            colour = measures.ADDED if added else measures.JOINED
            self.building.box(first, (0.1, 0.1, 0.1), colour)
        self.building.marks.append(
            Mark("arc", start, end, colour=measures.ADDED if added else measures.JOINED)
        )

    def _x(self, edge: Edge) -> float:
        """Where an arc arrives: in the middle; on its square, where several parts are joined."""
        source, target = edge
        if role_of(self.places[target]) != "concat":
            return 0.0
        arriving = [s for s, t in self.overhead.arcs if t == target]
        return 0.36 * (arriving.index(source) - (len(arriving) - 1) / 2)

    def _arrival(self, target: int, sources: Sequence[int]) -> None:
        place, z = self.places[target], self.z(target)
        if is_arithmetic(place):
            self.building.ring(z, plus=is_addition(place))
            return
        if role_of(place) != "concat":
            self.building.box((0.0, measures.ARC_Y, z), (0.1, 0.1, 0.1), measures.JOINED)
            return
        order = [reading.place for reading in place.readings]
        self.building.box((0.0, 3.32, z), (3.2, 0.02, 0.02), measures.JOINED)
        for source in sources:
            number = order.index(source) + 1 if source in order else 0
            colour = measures.branch_colour(number) if number else measures.JOINED
            self.building.square(self._x((source, target)), z, colour, str(number or ""))

    # ------------------------------------------------------------ beside branches

    def _beside(self, edge: Edge, level: int) -> None:
        """An edge from, to or along a branch that its floor line does not carry."""
        source, target = edge
        side = self.side.get(target, self.side.get(source, 1))
        start, end = self._top(source), self._top(target)
        added = is_addition(self.places[target])
        reach = min(0.8, (start[2] - end[2]) / 3)
        x, y = side * (1.78 + 0.12 * level), 3.66 + 0.16 * level
        points = [
            start,
            (start[0], start[1] + 0.16, start[2] - 0.05),
            (x, y, start[2] - reach),
            (x, y, end[2] + reach),
            (end[0], end[1] + 0.16, end[2] + 0.05),
            end,
        ]
        self.building.tube(
            "add" if added else "concat",
            points,
            radius=0.02,
            colour=measures.ADDED if added else measures.JOINED,
            source=self.stands.key(source),
            target=self.stands.key(target),
            corner=0.4,
        )

    def _top(self, p: int) -> Vec3:
        if p in self.side:
            return (self.side[p] * _SIDE_X, _SIDE_TOP, self.z(p))
        return (0.0, measures.ARC_Y, self.z(p))

    # ------------------------------------------------------------ rails

    def _rail(self, rail: Rail) -> None:
        pitch = min(0.066, 1.6 / (rail.strands + 1))
        joined = role_of(self.places[rail.end]) == "concat"
        inside = [f for f in self.forks if f.fork >= rail.sources[0] and f.join <= rail.end]
        y = measures.RAIL_Y + (0.5 if inside else 0.0)

        def x(source: int) -> float:
            return measures.RAIL_X + rail.strand(source) * pitch

        for source in rail.sources:
            self._write(rail, source, x(source), y, joined)
        for reader in rail.readers:
            if reader != rail.end or not joined:
                self._read(rail, reader, x, y)
        if joined:
            self._wide_square(
                self.z(rail.end), x(rail.sources[0]) - 0.05, x(rail.sources[-1]) + 0.05
            )
        self.building.marks.append(
            Mark("rail", self.z(rail.sources[0]), self.z(rail.end), size=len(rail.sources))
        )

    def _write(self, rail: Rail, source: int, x: float, y: float, joined: bool) -> None:
        """From a source's right wall up to its strand, and along it to its last reader."""
        together = [s for s in rail.sources if rail.strand(s) == rail.strand(source)]
        last = max(rail.last_reader(s) for s in together)
        z, colour = self.z(source), rail.colour(source)
        start: list[Vec3] = [(0.0, measures.ARC_Y, z)]
        if source != SOURCE:
            side = self.building.frames[source][-1].side
            edge = side * _SIDE_X
            start = [(edge, _SIDE_TOP, z), (edge, 3.55, z - 0.06)]
            self.building.capital(edge, z, colour, self.stands.key(source))
        if source != together[0]:
            way = [(x, y, z - 1.15), (x, y, z - 1.5)]
        elif joined and last == rail.end:
            end = self.z(last)
            way = [(x, y, z - 1.15), (x, y, end + 0.9), (x, 3.5, end)]
        else:
            way = [(x, y, z - 1.15), (x, y, self.z(last))]
        self.building.tube(
            "rail",
            [*start, *way],
            radius=0.021,
            colour=colour,
            source=self.stands.key(source),
            target=self.stands.key(rail.last_reader(source)),
        )

    def _read(self, rail: Rail, reader: int, x: Callable[[int], float], y: float) -> None:
        """A bar under the strands with a leg to the left wall; dots, if it reads only some."""
        z, key = self.z(reader), self.stands.key(reader)
        side = self.building.frames[reader][0].side
        present = [s for s in rail.sources if s < reader <= rail.last_reader(s)]
        read = [s for s in present if (s, reader) in set(rail.edges)]
        bar = y - 0.055
        far = x(max(present)) + 0.06 if side < 0 else x(min(present)) - 0.06
        edge = side * _SIDE_X
        self.building.box(
            ((edge + far) / 2, bar, z), (abs(far - edge) + 0.03, 0.028, 0.05), measures.JOINED
        )
        top = measures.WALL_FOOT + measures.WALL_HEIGHT
        self.building.box((edge, (top + bar) / 2, z), (0.03, bar - top, 0.05), measures.JOINED)
        self.building.capital(edge, z, measures.JOINED, key)
        if len(read) < len(present):
            for source in read:
                self.building.box((x(source), y, z), (0.07, 0.07, 0.07), rail.colour(source))

    def _wide_square(self, z: float, left: float, right: float) -> None:
        """Where all strands of a rail are joined, hung between the two walls."""
        box = self.building.box
        box((0.0, 3.45, z), (3.2, 0.03, 0.05), measures.JOINED)
        for side in (-1, 1):
            box((side * _SIDE_X, 3.38, z), (0.03, 0.14, 0.05), measures.JOINED)
        middle, width = (left + right) / 2, right - left + 0.06
        for sign in (-1, 1):
            box((middle, 3.52 + sign * 0.13, z), (width, 0.025, 0.04), measures.JOINED)
            box((middle + sign * width / 2, 3.52, z), (0.025, 0.285, 0.04), measures.JOINED)
