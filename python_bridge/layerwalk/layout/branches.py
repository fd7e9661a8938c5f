"""A branched section: branches on the two sides of the aisle, from a fork to a join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from layerwalk.layout import measures
from layerwalk.layout.grids import Part
from layerwalk.layout.grouping import SOURCE, Place
from layerwalk.layout.plans import WallPlan, halves, of_parts, whole, widest
from layerwalk.layout.rails import is_addition
from layerwalk.layout.sections import Branch, Section
from layerwalk.layout.stands import Stands, dim, role_of, strong
from layerwalk.room import Disc, Mark, Span, Vec2, Vec3

_RISE_X = 1.59  # where a branch's last wall sends its tube up


@dataclass
class _Wall:
    """One wall of a branch, `down` metres behind the section's start."""

    place: int
    branch: Branch
    plan: WallPlan
    first: bool
    last: bool
    down: float
    z: float = 0.0


class BranchedSection:
    """Builds one section; `fork_z` is where the line on the floor begins to split."""

    def __init__(
        self, stands: Stands, places: Sequence[Place], section: Section, fork_z: float
    ) -> None:
        self.stands, self.places, self.section = stands, places, section
        self.building, self.fork_z = stands.building, fork_z
        self.start_z = fork_z - 1.0
        self.sides = dict(zip((-1, 1), section.sides(), strict=True))

    def build(self) -> float:
        """Builds it and returns the z of the join."""
        walls = {side: self._walls(side) for side in (-1, 1)}
        lengths = {side: self._length(walls[side]) for side in (-1, 1)}
        longest = max(lengths.values())
        plans = self._join_plans()
        join_z = self.start_z - longest - self.stands.spacing(widest(plans)) - 1.3
        for side in (-1, 1):
            stretch = min(measures.MOST_STRETCH, longest / lengths[side]) if lengths[side] else 1.0
            for wall in walls[side]:
                wall.z = self.start_z - wall.down * stretch
        self.building.marks.append(Mark("fork", self.fork_z - 0.6, join_z))
        self.building.line([(0.0, self.fork_z + 0.02), (0.0, self.fork_z - 0.5)])
        for wall in sorted((w for s in walls.values() for w in s), key=lambda wall: -wall.z):
            self._stand(wall)
        self._join(join_z, plans)
        for side in (-1, 1):
            self._floor(side, walls[side], join_z)
            self._lanes(side, walls[side], join_z)
        return join_z

    def _walls(self, side: int) -> list[_Wall]:
        walls, down = [], 0.0
        for branch in self.sides[side]:
            for k, p in enumerate(branch.places):
                (plan,) = whole(self.places[p].tiles, side)
                down += self.stands.spacing(plan.width) + (measures.BRANCH_GAP if k == 0 else 0.0)
                last = k == len(branch.places) - 1
                walls.append(_Wall(p, branch, plan, k == 0, last, down))
                down += self.stands.depth(p)
        return walls

    def _length(self, walls: Sequence[_Wall]) -> float:
        return walls[-1].down + self.stands.depth(walls[-1].place) if walls else 0.0

    # ------------------------------------------------------------ walls

    def _stand(self, wall: _Wall) -> None:
        number = wall.branch.number
        (frame,) = self.stands.stand(wall.place, wall.z, [wall.plan], branch=number)
        self.stands.stripe(wall.place, measures.branch_colour(number), frame.side)
        self.stands.name(wall.place, frame, number=number)

    def _parts(self) -> list[Part] | None:
        """The parts of a concatenation, numbered as the branches; None if it is none."""
        join = self.places[self.section.join]
        if role_of(join) != "concat" or sum(r.tiles for r in join.readings) != join.tiles.tiles:
            return None
        number = {p: b.number for b in self.section.branches for p in b.places}
        skip = next((b.number for b in self.section.branches if not b.places), 0)
        parts, first = [], 0
        for reading in join.readings:
            branch = skip if reading.place == self.section.fork else number.get(reading.place, 0)
            if not branch or not reading.tiles:
                return None
            parts.append(Part(first, reading.tiles, branch, measures.branch_colour(branch)))
            first += reading.tiles
        return parts

    def _join_plans(self) -> tuple[WallPlan, ...]:
        parts, shape = self._parts(), self.places[self.section.join].tiles
        if parts:
            left = {branch.number for branch in self.sides[-1]}
            sorted_parts = (
                [part for part in parts if part.number in left],
                [part for part in parts if part.number not in left],
            )
            if all(sorted_parts):
                return of_parts(shape, *sorted_parts)
        return halves(shape)

    def _join(self, z: float, plans: Sequence[WallPlan]) -> None:
        p, lines = self.section.join, 1 if plans[0].parts else 2
        frames = self.stands.stand(p, z, plans)
        self.stands.name(p, frames[0], lines=lines)
        if len(frames) < 2:
            return
        if plans[0].parts:
            numbers = " and ".join(dict.fromkeys(str(part.number) for part in plans[1].parts))
            self.stands.notes(p, frames[1], [dim(f"from {numbers}")], lines=lines)
            return
        sign = " + " if role_of(self.places[p]) == "add" else ", "
        words: list[Span] = []
        for branch in self.section.branches:
            words += [dim(sign)] if words else []
            words.append(strong(str(branch.number), measures.branch_colour(branch.number)))
        self.stands.notes(p, frames[1], words)

    # ------------------------------------------------------------ paths

    def _floor(self, side: int, walls: Sequence[_Wall], join_z: float) -> None:
        """The split line waits, and one branch after the other peels off to its first wall."""
        firsts = [wall for wall in walls if wall.first]
        zf = self.fork_z
        for wall in firsts:
            peel = wall.z + 1.9
            off: list[Vec2] = [
                (side * measures.WAIT_X, peel),
                (side * measures.LANE_X, peel - 0.6),
                (side * measures.LANE_X, wall.z + 0.5),
                (side * measures.TOUCH_X, wall.z + 0.02),
            ]
            start: list[Vec2] = [(side * measures.WAIT_X, peel + 0.6)]
            if wall is firsts[-1]:
                start = [(0.0, zf - 0.3), (0.0, zf - 0.5), (side * measures.WAIT_X, zf - 1.1)]
            self.building.line([*start, *off])
            self._disc(wall, (side * measures.LANE_X, 0.012, peel - 0.85))
        for wall, following in pairwise(walls):
            if not wall.last and wall.place in self.places[following.place].reads:
                self._onward(side, wall, following)
        if walls:
            points = [(side * measures.TOUCH_X, join_z - 0.03), (side * 1.0, join_z - 0.5)]
            points += [(side * 0.5, join_z - 0.75), (0.0, join_z - 1.3), (0.0, join_z - 1.8)]
            self.building.line(points)

    def _onward(self, side: int, wall: _Wall, following: _Wall) -> None:
        """Along the floor from one wall of a branch to the next; behind the pages of a book."""
        away = wall.z - self.stands.depth(wall.place)
        self.building.line(
            [
                (side * measures.TOUCH_X, wall.z - 0.04),
                (side * measures.LANE_X, away - 0.55),
                (side * measures.LANE_X, following.z + 0.5),
                (side * measures.TOUCH_X, following.z + 0.02),
            ]
        )

    def _disc(self, wall: _Wall, position: Vec3) -> None:
        number = wall.branch.number
        colour = measures.branch_colour(number)
        self.building.discs.append(Disc(position, 0.19, colour, str(number)))

    def _lanes(self, side: int, walls: Sequence[_Wall], join_z: float) -> None:
        """Tubes from the last walls to the join, each along its own lane, so that none cross."""
        ends = {wall.branch.number: wall for wall in walls if wall.last}
        branches = sorted(self.sides[side], key=lambda branch: bool(branch.places))
        pitch = min(0.36, 1.16 / max(1, len(branches) - 1))
        concat = role_of(self.places[self.section.join]) == "concat"
        for later, branch in enumerate(reversed(branches)):
            lane = side * (1.36 - pitch * later)
            start = self._rise(side, ends.get(branch.number), lane)
            if concat:
                self._tube(branch, self._to_square(start, lane, join_z), join_z)
                colour = measures.branch_colour(branch.number)
                edge = min(0.26, 0.72 * pitch)
                self.building.square(lane, join_z, colour, str(branch.number), edge=edge)
            else:
                close = side * 0.2
                way = [(lane, measures.LANE_Y, join_z + 2.2), (close, 3.5, join_z + 0.25)]
                self._tube(branch, [*start, *way, (side * 0.17, measures.JOIN_Y, join_z)], join_z)
        if concat and branches:
            inner = side * (1.36 - pitch * (len(branches) - 1))
            middle = (inner + side * measures.INNER_EDGE) / 2
            width = abs(inner - side * measures.INNER_EDGE) + 0.2
            self.building.box((middle, 3.32, join_z), (width, 0.02, 0.02), measures.JOINED)
        elif side > 0:
            plus = role_of(self.places[self.section.join]) == "add"
            self.building.ring(join_z, plus=plus)

    def _rise(self, side: int, wall: _Wall | None, lane: float) -> list[Vec3]:
        """Up to the lane: from a branch's last wall, or for a skip from over the fork."""
        if wall is None:
            z = self.fork_z - 0.2
            return [(0.0, measures.ARC_Y, z), (0.0, 3.6, z - 0.2), (lane, measures.LANE_Y, z - 1.2)]
        x, z = side * _RISE_X, wall.z
        added = is_addition(self.places[self.section.join])
        colour = measures.ADDED if added else measures.JOINED
        self.building.capital(x, z, colour, self.stands.key(wall.place))
        return [(x, 3.33, z), (x, 3.5, z - 0.05), (lane, measures.LANE_Y, z - 0.9)]

    def _to_square(self, start: list[Vec3], lane: float, join_z: float) -> list[Vec3]:
        return [
            *start,
            (lane, measures.LANE_Y, join_z + 0.9),
            (lane, 3.64, join_z + 0.02),
            (lane, 3.58, join_z - 0.01),
        ]

    def _tube(self, branch: Branch, points: list[Vec3], join_z: float) -> None:
        source = branch.places[-1] if branch.places else self.section.fork
        concat = role_of(self.places[self.section.join]) == "concat"
        added = is_addition(self.places[self.section.join])
        for shift in (-0.045, 0.045) if concat else (0.0,):
            self.building.tube(
                "add" if added else "concat",
                [(x + shift, y, z) for x, y, z in points],
                radius=0.017 if concat else 0.028,
                colour=measures.ADDED if added else measures.JOINED,
                source=self.stands.key(source) if source != SOURCE else "",
                target=self.stands.key(self.section.join),
            )
