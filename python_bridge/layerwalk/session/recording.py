"""What a viewer of this session would be sent, as a recording: the room, and the newest run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from layerwalk.images import Shelf
from layerwalk.kept import Recording
from layerwalk.network import TileShape, tile_shape
from layerwalk.page import level_count
from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m
from layerwalk.room import Room
from layerwalk.session.plan import RANGE_BYTES, Step, level_bytes, plan
from layerwalk.session.runs import LayerResult, Run, levels_of, with_levels
from layerwalk.session.viewers import pages_parts

BUDGET_BYTES = 32 << 20
THUMBNAIL_PX = 256
_NAMES = 4096  # that one part of a request takes
_PARTS = 64  # that one request takes
_ALL_LEVELS = tuple(range(32))


@dataclass(frozen=True)
class Take:
    """What is recorded, collected in the session's loop; `recorded` takes its time elsewhere.

    `published` are the messages that tell of the network and its room, `results` those of `run`.
    """

    session: str
    document: Mapping[str, Any]
    limits: m.Limits
    published: tuple[m.Message, ...]
    room: Room
    run: Run
    results: Mapping[str, LayerResult]
    shelf: Shelf
    budget_bytes: int = BUDGET_BYTES

    def recorded(self) -> Recording:
        """The messages, coarse pages of every wall first."""
        parts = [*self._opening(), *self._run()]
        return Recording(tuple(frames.join(one) for one in parts))

    def _opening(self) -> Iterator[Sequence[frames.BytesLike]]:
        shown = [p for p in self.shelf.pictures() if p.id == self.run.picture.id]
        pictures = tuple(m.Picture(p.id, p.name, p.width, p.height) for p in shown)
        yield frames.encode(self._welcome(pictures))
        yield from map(frames.encode, self.published)
        for picture in pictures:
            pixels = self.shelf.thumbnail(picture.id, THUMBNAIL_PX)
            yield frames.encode(m.PictureData(request=0, picture=picture.id), (pixels,))

    def _welcome(self, pictures: tuple[m.Picture, ...]) -> m.Welcome:
        return m.Welcome(
            major=m.MAJOR,
            minor=m.MINOR,
            schema=schema.schema_hash(),
            session=self.session,
            viewer="recording",
            events="",
            event=0,
            revision=0,
            document={part: value for part, value in self.document.items() if part != "live"},
            shelf=pictures,
            limits=self.limits,
        )

    def _run(self) -> Iterator[Sequence[frames.BytesLike]]:
        run = self.run
        common: dict[str, Any] = {"network": run.network, "input": run.input, "run": run.number}
        picture = run.picture
        placed = m.InputPlaced(**common, name=picture.name, picture=picture.id)
        yield frames.encode(placed, (np.ascontiguousarray(picture.view),))
        came = set()
        for step in steps_within(*self._shapes(), self.budget_bytes):
            came.add(step.layer)
            result = with_levels(self.results[step.layer], step.levels)
            yield pages_parts(_apart(run), result, levels_of(result, step.levels))
        if run.state == "failed":
            yield frames.encode(m.Failed(**common, message=run.error))
            return
        scores, note = run.predicted
        yield frames.encode(m.Prediction(**common, scores=scores, note=note))
        yield frames.encode(m.Complete(**common, layers=len(came), seconds=run.seconds))

    def _shapes(self) -> tuple[dict[str, TileShape], dict[str, TileShape]]:
        """Of what is on the walls, and of what else a visitor can choose to see there.

        Nobody can open a block of a recording: what is inside of a closed one is left out.
        """
        stations = self.room.stations
        walls = dict.fromkeys(wall.layer for station in stations for wall in station.walls)
        others = dict.fromkeys(
            layer
            for station in stations
            if not station.closed
            for layer in station.layers
            if layer not in walls
        )
        on_walls, behind = (
            {one: tile_shape(self.results[one].axes) for one in layers if one in self.results}
            for layers in (walls, others)
        )
        return on_walls, behind


def _apart(run: Run) -> Run:
    """The run without the messages that it keeps for viewers: these are made once."""
    return Run(run.network, run.input, run.number, run.picture, run.revision)


def steps_within(
    on_walls: Mapping[str, TileShape], behind: Mapping[str, TileShape], budget_bytes: int
) -> tuple[Step, ...]:
    """What of these layers comes into so many bytes: first light of all, then level by level.

    Layers on walls get their detail before those behind them. Of every level the smallest layers
    come first, so that as few as possible lack it.
    """
    light, *then = (*_light(on_walls), *_light(behind), *_finer(on_walls), *_finer(behind))
    request = m.Request(
        request=0,
        layers=light.layers,
        levels=light.levels,
        first_light=True,
        then=tuple(then)[:_PARTS],
        budget_bytes=budget_bytes,
    )
    return plan(request, {**on_walls, **behind}, strict=False).steps


def _light(shapes: Mapping[str, TileShape]) -> Iterator[m.Part]:
    for names in _by_thousands(list(shapes)):
        yield m.Part(layers=names, levels=_ALL_LEVELS, first_light=True)


def _finer(shapes: Mapping[str, TileShape]) -> Iterator[m.Part]:
    most = max((level_count(s.height, s.width) for s in shapes.values()), default=1)
    for level in range(most - 1, -1, -1):
        having = [name for name, s in shapes.items() if level < level_count(s.height, s.width)]
        having.sort(key=lambda name: level_bytes(*shapes[name], level))
        for names in _by_thousands(having):
            yield m.Part(layers=names, levels=(level,))


def _by_thousands(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """As many names as one part of a request takes, and then the next."""
    for at in range(0, len(names), _NAMES):
        yield tuple(names[at : at + _NAMES])


def steps_bytes(shapes: Mapping[str, TileShape], steps: Iterable[Step]) -> int:
    """Bytes of the buffers of these steps' messages."""
    return sum(
        RANGE_BYTES * shapes[step.layer].tiles
        + sum(level_bytes(*shapes[step.layer], level) for level in step.levels)
        for step in steps
    )
