"""The walk along the aisle: gives every step its z, with gates, fields and the forward line."""

from __future__ import annotations

from collections.abc import Sequence

from layerwalk.layout import measures
from layerwalk.layout.branches import BranchedSection
from layerwalk.layout.grids import Part
from layerwalk.layout.grouping import SOURCE, Place
from layerwalk.layout.lettering import text_width
from layerwalk.layout.plans import WallPlan, halves, of_parts, split_parts, whole, widest
from layerwalk.layout.rails import Overhead
from layerwalk.layout.rooms import Plan, last_place
from layerwalk.layout.sections import Section, Step
from layerwalk.layout.stands import Stands, dim, role_of, strong
from layerwalk.layout.words import block_name, inner_name
from layerwalk.room import Field, Gate, Mark, Span

_LINE_START = 6.0  # the forward line begins behind the visitor
_CLOSED_GAP = 0.25
_MOST_PARTS = 60
_IN_A_ROW = 3  # tiles: the colours of an image are not torn apart
_FLOOR_NAME_WIDTH, _FLOOR_CAP = 1.75, 0.15


class Corridor:
    """Places all steps; `extent` holds for each step where it begins and ends (z)."""

    def __init__(
        self,
        stands: Stands,
        places: Sequence[Place],
        steps: Sequence[Step],
        overhead: Overhead,
        plan: Plan,
    ) -> None:
        self.stands, self.places, self.steps = stands, places, steps
        self.overhead, self.plan, self.building = overhead, plan, stands.building
        self.z = measures.FIRST_Z
        self.line_z = _LINE_START
        self.extent: list[tuple[float, float]] = []
        self.single_side = 1
        self.before_side = 0
        self.height = measures.GATE_HEIGHT_OVER_RAIL if overhead.rails else measures.GATE_HEIGHT

    def build(self) -> float:
        """Places everything and returns the z of the last wall."""
        before = SOURCE
        for i, step in enumerate(self.steps):
            gap = self._gap(i, step)
            if isinstance(step, Section):
                self._section(step, gap)
            else:
                self._place(step, before)
            before = last_place(step)
        return self.z

    def finish(self, end_z: float) -> None:
        """The rest of the forward line, and the fields, once it is known where all stands."""
        self._line_to(end_z)
        self._fields(self.plan.bays, measures.FIELD_WIDTH, 0.0)
        self._fields(self.plan.outer, measures.OUTER_FIELD_WIDTH, 0.4)

    # ------------------------------------------------------------ gaps and gates

    def _gap(self, i: int, step: Step) -> float:
        plan = self.plan
        gap = 0.0
        share = self.stands.gaps if i else 1.0  # the opening walls keep their distance
        if i == 0 or plan.rooms[i] != plan.rooms[i - 1]:
            gap = measures.ROOM_GAP * share
            room = plan.rooms[i]
            self._gate(self.z - gap / 2, plan.titles[room], plan.subtitles[room])
        elif plan.bays[i] != plan.bays[i - 1]:
            gap = measures.BAY_GAP * share
            if plan.outer[i] != plan.outer[i - 1]:
                gap += 0.6
            elif self._closed(i) and self._closed(i - 1):
                gap = _CLOSED_GAP
        self.z -= gap
        return gap

    def _closed(self, i: int) -> bool:
        step = self.steps[i]
        return isinstance(step, int) and bool(self.places[step].closed)

    def _gate(self, z: float, title: str, subtitle: str) -> None:
        half = measures.GATE_HALF_WIDTH
        self.building.gates.append(Gate(z, title, subtitle, half, self.height))
        self.building.marks.append(Mark("room", z, z, text=_short(title)))

    # ------------------------------------------------------------ steps

    def _place(self, p: int, before: int) -> None:
        plans = self._plans(p)
        start = self.z
        self.z -= self._spacing(plans)
        self.stands.stand(p, self.z, plans)
        self._headings(p, plans)
        if before not in self.places[p].reads:
            self._line_to(self._z_of(before))
            self.line_z = self.z
        near = min(start, self.z + 1.4) if self.places[p].closed else start
        self.z -= self.stands.depth(p)
        self.extent.append((near - 0.12, self.z - (0.4 if self.places[p].closed else 0.1)))

    def _spacing(self, plans: Sequence[WallPlan]) -> float:
        """Single walls in turn left and right leave each other room, so they stand closer."""
        spacing = self.stands.spacing(widest(plans))
        single = plans[0].side if len(plans) == 1 else 0
        turned = single * self.before_side < 0
        self.before_side = single
        return max(self.stands.spacing(0.0), 0.6 * spacing) if turned else spacing

    def _z_of(self, p: int) -> float:
        return self.building.frames[p][0].inner_z if p >= 0 else measures.FIRST_Z

    def _line_to(self, z: float) -> None:
        if z < self.line_z - 1e-6:
            self.building.line([(0.0, self.line_z), (0.0, z)])
            self.line_z = z

    def _section(self, section: Section, gap: float) -> None:
        fork_z = self.z - (0.0 if gap else 0.35)
        self._line_to(fork_z)
        join_z = BranchedSection(self.stands, self.places, section, fork_z).build()
        self.line_z = join_z - 1.7
        self.z = join_z - max(1.8, self.stands.depth(section.join))
        self.extent.append((fork_z - 0.25, join_z - 1.45))

    # ------------------------------------------------------------ walls

    def _plans(self, p: int) -> tuple[WallPlan, ...]:
        shape = self.places[p].tiles
        parts = self._parts(p)
        if parts:
            return of_parts(shape, *split_parts(parts))
        if shape.tiles in (1, _IN_A_ROW):
            self.single_side = -self.single_side  # single walls stand left and right in turn
            return whole(shape, self.single_side)
        return halves(shape)

    def _parts(self, p: int) -> list[Part]:
        """The parts of a concatenation in line: of a rail's end, or of a few inputs."""
        place, rail = self.places[p], self.overhead.rail_at(p)
        readings = place.readings
        sizes = [reading.tiles for reading in readings]
        if role_of(place) != "concat" or sum(sizes) != place.tiles.tiles or min(sizes) < 1:
            return []
        if (rail and rail.end != p) or not 2 <= len(sizes) <= _MOST_PARTS:
            return []
        parts, first = [], 0
        for k, reading in enumerate(readings):
            colour = measures.branch_colour(k + 1)
            if rail:
                inside = reading.place in rail.sources
                colour = rail.colour(reading.place) if inside else measures.STRAND_NEW
            parts.append(Part(first, reading.tiles, k + 1, colour))
            first += reading.tiles
        return parts

    def _headings(self, p: int, plans: Sequence[WallPlan]) -> None:
        frames = self.building.frames[p]
        reads, writes = self.overhead.rail_at(p), self.overhead.rail_from(p)
        if plans[0].parts:
            self.stands.name(p, frames[0], lines=1)
            last = plans[1].parts[-1].number
            self.stands.notes(p, frames[1], [dim(f"1–{last}")], lines=1)
            return
        if not reads and not writes:
            self.stands.ordinary(p)
            return
        tiles = sum(reading.tiles for reading in self.places[p].readings)
        self.stands.name(p, frames[0], before=f"reads {tiles}" if reads and tiles else "")
        if len(frames) < 2:
            return
        first: list[Span] = []
        if writes:
            first = [strong(f"adds {self.places[p].tiles.tiles}", writes.colour(p))]
            self.stands.stripe(p, writes.colour(p), frames[1].side)
        self.stands.notes(p, frames[1], first)

    # ------------------------------------------------------------ fields

    def _fields(self, names: Sequence[str], width: float, margin: float) -> None:
        """The floor of each block: runs of steps that belong to the same one."""
        blocks, start = self.stands.blocks, 0
        for i in range(len(names)):
            if i + 1 < len(names) and names[i + 1] == names[i]:
                continue
            if names[i]:
                near, far = self.extent[start][0] + margin, self.extent[i][1] - margin
                block = blocks.by_name[names[i]]
                inside = names is self.plan.bays and self.plan.outer[i]
                name = inner_name(block) if inside else block_name(block)
                opened = self._beside_closed(names[i])
                if self._closed(i) and self.places[last_place(self.steps[i])].closed == names[i]:
                    name = ""  # it stands on the wall of the closed book
                name = _floor_name(name)
                self.building.fields.append(Field(names[i], name, near, far, width, opened))
                if opened:
                    self.building.marks.append(Mark("opened", near, far, text=names[i]))
            start = i + 1

    def _beside_closed(self, name: str) -> bool:
        """Whether a block is open while another of its level is closed."""
        blocks = self.stands.blocks
        closed = {place.closed for place in self.places if place.closed}
        if name in closed:
            return False
        return any(blocks.parent[c] == blocks.parent[name] for c in closed)


def _floor_name(name: str) -> str:
    """The name without its first words, until it stays left of the forward line."""
    words = name.split()
    while len(words) > 2 and text_width(" ".join(words), _FLOOR_CAP) > _FLOOR_NAME_WIDTH:
        words = [words[1][:1].upper() + words[1][1:], *words[2:]]
    return " ".join(words)


def _short(title: str) -> str:
    """'28 × 28' -> '28': what the map has room for."""
    first, _, second = title.partition(" × ")
    return first if first == second else title
