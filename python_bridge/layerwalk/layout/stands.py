"""Puts stations where they stand: walls, headings, and the pages of closed blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from layerwalk.layout import measures
from layerwalk.layout.blocks import Blocks
from layerwalk.layout.building import Building
from layerwalk.layout.geometry import Frame
from layerwalk.layout.grouping import Place
from layerwalk.layout.lettering import Line, fit_spans, heading
from layerwalk.layout.plans import WallPlan
from layerwalk.layout.vocabulary import ADDITIONS, CONCATENATIONS, plain_kind
from layerwalk.layout.words import block_name, shape, title
from layerwalk.network import Node
from layerwalk.room import Mark, Span, Station, Text, Vec3, Wall

Role = Literal["plain", "add", "concat", "closed"]


def strong(text: str, colour: str = measures.TEXT) -> Span:
    return Span(text, colour, 600)


def dim(text: str, colour: str = measures.SECOND) -> Span:
    return Span(text, colour, 400)


def role_of(place: Place) -> Role:
    """What a station is for the paths that lead to it."""
    kind = plain_kind(place.main.kind)
    if place.closed:
        return "closed"
    if len(place.reads) > 1 and kind in ADDITIONS:
        return "add"
    return "concat" if len(place.reads) > 1 and kind in CONCATENATIONS else "plain"


def station_keys(places: Sequence[Place]) -> list[str]:
    """A station's first layer; of a closed block its path, `path:2` where it stands once more.

    No layer has the path of a block, so a block's station and those inside it are moved apart.
    """
    keys: list[str] = []
    times: Counter[str] = Counter()
    for place in places:
        times[place.closed] += 1
        again = f":{times[place.closed]}" if times[place.closed] > 1 else ""
        first = next(node.name for node in place.nodes if node.shown)
        keys.append(f"{place.closed}{again}" if place.closed else first)
    return keys


class Stands:
    """Knows the places and the blocks, and builds stations into `building`."""

    def __init__(
        self,
        building: Building,
        places: Sequence[Place],
        blocks: Blocks,
        classes: int,
        spacing: float = 1.0,
    ) -> None:
        self.building, self.places, self.blocks, self.classes = building, places, blocks, classes
        self.gaps = spacing  # how many times as far apart as usual stations stand
        self.block_of = {
            name: block.name
            for block in sorted(blocks.by_name.values(), key=lambda b: -len(b.nodes))
            for name in block.nodes
        }
        self._keys = station_keys(places)

    def block(self, p: int) -> str:
        """The innermost open block around a place, '' for none."""
        place = self.places[p]
        if place.closed:
            return self.blocks.parent.get(place.closed, "")
        return self.block_of.get(place.main.name, "")

    def pages(self, p: int) -> int:
        """How many pages the closed book of a place has; 0 if it is none."""
        place = self.places[p]
        if not place.closed:
            return 0
        count = self.blocks.repeats(place.closed) or self.ops(p)
        return min(count, measures.MOST_PAGES)

    def spacing(self, width_m: float) -> float:
        """Distance from the previous station to one whose walls are this wide."""
        return measures.spacing(width_m) * self.gaps

    def depth(self, p: int) -> float:
        """How far a station's pages reach behind its inner edges."""
        pages = self.pages(p)
        return pages * measures.PAGE_GAP + 0.1 if pages else 0.0

    def ops(self, p: int) -> int:
        place = self.places[p]
        inside = set(self.blocks.by_name[place.closed].nodes) if place.closed else set()
        return sum(node.name in inside for node in place.nodes)

    def title(self, p: int) -> str:
        place = self.places[p]
        if place.closed:
            return block_name(self.blocks.by_name[place.closed])
        return title(place, self.blocks, self._before(place))

    def _before(self, place: Place) -> Node | None:
        return self.places[place.reads[0]].shown if place.reads and place.reads[0] >= 0 else None

    def key(self, p: int) -> str:
        return self._keys[p] if p >= 0 else ""

    def stand(
        self, p: int, z: float, plans: Sequence[WallPlan], *, branch: int = 0
    ) -> tuple[Frame, ...]:
        """Builds the station of place p with its inner edges at z; headings come extra."""
        place = self.places[p]
        frames = tuple(Frame(plan.side, z, plan.width) for plan in plans)
        walls = tuple(
            Wall(
                layer=place.shown.name,
                side=1 if frame.side > 0 else -1,
                position_m=frame.foot,
                yaw_rad=frame.yaw,
                width_m=frame.width,
                height_m=measures.WALL_HEIGHT,
                panels=plan.panels,
                branch=branch,
            )
            for frame, plan in zip(frames, plans, strict=True)
        )
        layers = tuple(node.name for node in place.nodes if node.shown)
        single = len(frames) == 1
        origin = (frames[0].foot[0], 0.0, frames[0].foot[2]) if single else (0.0, 0.0, z)
        self.building.stations[p] = Station(
            key=self.key(p),
            layers=layers,
            shown=place.shown.name,
            title=self.title(p),
            shape=shape(place.tiles),
            block=self.block(p),
            origin_m=origin,
            walls=walls,
            role=role_of(place),
            closed=place.closed,
            repeats=self.blocks.repeats(place.closed) if place.closed else 0,
            ops=self.ops(p),
        )
        self.building.frames[p] = frames
        for frame, plan in zip(frames, plans, strict=True):
            self._bars(p, frame, plan)
        if place.closed:
            self._book(p, frames)
        self._mark(p, z, frames, branch)
        return frames

    # ------------------------------------------------------------ headings

    def name(
        self, p: int, frame: Frame, *, before: str = "", number: int = 0, lines: int = 2
    ) -> None:
        """Name and shape at the inner edge; `before` takes the place of the shape."""
        station = self.building.stations[p]
        words = [strong(station.title)]
        about = dim(before, measures.JOINED) if before else dim(station.shape)
        left = frame.side < 0
        if number:
            colour = measures.branch_colour(number)
            tag = strong(f"  {number}" if left else f"{number}  ", colour)
            words = [*words, tag] if left else [tag, *words]
        gap = "   "
        about = Span(about.text + gap if left else gap + about.text, about.colour, 400)
        single = len(self.building.frames[p]) == 1
        below = [dim(self.path(p), measures.THIRD)] if single else []
        self.building.heading(
            frame,
            heading(words, [about], width_m=frame.width, dim_first=left, below=below, lines=lines),
            station.key,
        )

    def notes(self, p: int, frame: Frame, first: Sequence[Span] = (), *, lines: int = 2) -> None:
        """On the right wall: `first`, or the channels it shows, and the torch path."""
        available = frame.width - 0.4
        path = [dim(self.path(p), measures.THIRD)]
        if first:
            top = Line(fit_spans(first, measures.NAME_CAP, available), measures.NAME_CAP, 3.09)
            second = path
        else:
            fitted = fit_spans(path, measures.NOTE_CAP, available)
            top = Line(fitted, measures.NOTE_CAP, measures.NAME_Y)
            second = [dim(self.channels(p, frame), measures.THIRD)]
        below = Line(fit_spans(second, measures.NOTE_CAP, available), measures.NOTE_CAP, 2.89)
        found = [top, below] if lines > 1 else [top]
        self.building.heading(frame, found, self.building.stations[p].key)

    def path(self, p: int) -> str:
        place = self.places[p]
        return place.closed or place.main.name

    def channels(self, p: int, frame: Frame) -> str:
        """'channels 48–95', in the word of the axis that runs over the tiles."""
        wall = next(w for w in self.building.stations[p].walls if w.side == frame.side)
        first = min(panel.first for panel in wall.panels)
        last = max(panel.first + panel.count for panel in wall.panels) - 1
        axes = self.places[p].shown.axes
        word = next((axis.name for axis in axes if axis.role == "tile"), "channel")
        word = "classe" if self.classes and self.places[p].tiles.tiles == self.classes else word
        return f"{word}s {first}–{last}" if last > first else f"{word} {first}"

    def ordinary(self, p: int) -> None:
        """The headings of an ordinary station, or of a closed block."""
        frames, place = self.building.frames[p], self.places[p]
        self.name(p, frames[0])
        if len(frames) < 2:
            return
        first: list[Span] = []
        if place.closed:
            station = self.building.stations[p]
            inside = f"{station.ops} ops inside"
            repeats = [strong(f"× {station.repeats}"), dim("   " + inside)]
            first = repeats if station.repeats else [dim(inside)]
        self.notes(p, frames[1], first)

    # ------------------------------------------------------------ extras

    def _bars(self, p: int, frame: Frame, plan: WallPlan) -> None:
        """Coloured bars above and below the parts of a concatenation, with number and channels."""
        key = self.building.stations[p].key
        many = len(plan.parts) > 4
        for part, panel in zip(plan.parts, plan.panels if plan.parts else (), strict=True):
            width = panel.columns * panel.pitch_m[0]
            along, top = panel.centre_m[0], plan.top + 0.05
            for y, thick in ((top, 0.05), (plan.bottom - 0.045, 0.02)):
                size = (width - 0.03, thick, 0.03)
                place = frame.point(along, y)
                self.building.box(place, size, part.colour, yaw=frame.yaw, station=key)
            words = [strong(str(part.number), part.colour)]
            if not many:
                words.append(dim(f"  {part.count}"))
            cap = min(0.075 if many else 0.085, width / 2.6)
            spot = frame.point(along - width / 2, top + 0.115)
            line = Line(fit_spans(words, cap, width - 0.02), cap, top + 0.115)
            self._label(line, spot, frame.yaw, key)

    def _label(self, line: Line, position: Vec3, yaw: float, key: str) -> None:
        self.building.texts.append(
            Text(line.spans, position, line.cap_m, yaw, align="left", station=key)
        )

    def stripe(self, p: int, colour: str, side: int) -> None:
        """A stripe up the inner edge of a wall."""
        frame = next(f for f in self.building.frames[p] if f.side == side)
        position = frame.point(frame.inner + frame.side * 0.022, 1.685, 0.012)
        self.building.box(position, (0.04, 3.25, 0.03), colour, yaw=frame.yaw, station=self.key(p))

    def _book(self, p: int, frames: Sequence[Frame]) -> None:
        """Pages behind the walls of a closed block, and the plate that opens it."""
        key, place = self.building.stations[p].key, self.places[p]
        sequential = place.shown.nonnegative
        edge = measures.PAGE_EDGE_SEQUENTIAL if sequential else measures.PAGE_EDGE_DIVERGING
        height = measures.WALL_HEIGHT - 0.05
        y = height / 2 + measures.WALL_FOOT
        for frame in frames:
            x, _, z = frame.foot
            for page in range(1, self.pages(p) + 1):
                back = 0.09 + page * measures.PAGE_GAP
                size = (frame.width + 0.02, height, 0.03)
                self.building.box(
                    (x, y, z - back), size, measures.WALL_BACK, yaw=frame.yaw, station=key
                )
                spot = (frame.side * (measures.INNER_EDGE + 0.012), y, frame.inner_z - back)
                self.building.box(spot, (0.03, height - 0.04, 0.052), edge, station=key)
        frame = frames[-1]
        self.plate("Open", frame.side * 1.27, frame.inner_z + 0.16, key)

    def plate(self, word: str, x: float, z: float, key: str) -> None:
        """A plate 0.56 × 0.30 with a word, at hand height."""
        building, y = self.building, 1.2
        building.box((x, y, z), (0.56, 0.30, 0.03), measures.WALL, station=key)
        for sign in (-1, 1):
            rim = (x, y + sign * 0.15, z), (0.57, 0.012, 0.035)
            building.box(*rim, measures.SECOND, station=key)
            rim = (x + sign * 0.28, y, z), (0.012, 0.30, 0.035)
            building.box(*rim, measures.SECOND, station=key)
        building.sign(word, (x, y, z + 0.025), 0.085, measures.TEXT, key)

    def _mark(self, p: int, z: float, frames: Sequence[Frame], branch: int) -> None:
        place, size = self.places[p], self.places[p].tiles.tiles
        role, side = role_of(place), frames[0].side if branch else 0
        colour = "" if place.shown.nonnegative else measures.SIGNED_BAR
        if role == "closed" and not branch:
            far = z - self.depth(p)
            self.building.marks.append(Mark("closed", z, far, size, 0, text=self.title(p)))
            return
        if branch:
            colour = measures.branch_colour(branch)
        elif role in ("add", "concat"):
            colour = measures.ADDED if role == "add" else measures.JOINED
        self.building.marks.append(Mark("bar", z, z, size, side, colour))
