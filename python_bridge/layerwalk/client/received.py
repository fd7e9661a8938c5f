"""What a client has received: the runs with their layers, and the shared document."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from layerwalk.client.activation import ReceivedLayer
from layerwalk.protocol import messages as m


class Stats(NamedTuple):
    """What came since the client connected: bytes of pages, feature maps, pages, layers."""

    bytes: int
    maps: int
    pages: int
    layers: int


@dataclass
class ReceivedRun:
    """A run as far as it came. `by` is the run that superseded it, `error` why it failed."""

    number: int
    state: Literal["running", "complete", "failed", "superseded"] = "running"
    name: str = ""
    revision: int = 0
    view: np.ndarray | None = None
    layers: dict[str, ReceivedLayer] = field(default_factory=dict)
    prediction: m.Prediction | None = None
    seconds: float = 0.0
    error: str = ""
    by: int = 0


class ReceivedRuns:
    """The newest runs that began, `keep` of them, and those that wait to begin; the newest
    complete one always stays."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._runs: dict[int, ReceivedRun] = {}
        self.newest = 0  # the last one that began
        self.highest = 0  # of all that were heard of
        self.stats = Stats(0, 0, 0, 0)

    def get(self, number: int) -> ReceivedRun | None:
        """The run of that number, if it is there."""
        return self._runs.get(number)

    def expect(self, number: int) -> ReceivedRun:
        """The run of that number; a new one if nothing came of it yet."""
        self.heard_of(number)
        if number not in self._runs:
            self._runs[number] = ReceivedRun(number)
        return self._runs[number]

    def heard_of(self, number: int) -> None:
        """There is a run of that number, or there will be."""
        self.highest = max(self.highest, number)

    def newest_complete(self) -> ReceivedRun | None:
        """The newest run of which everything came."""
        done = [run for run in self._runs.values() if run.state == "complete"]
        return max(done, key=lambda run: run.number, default=None)

    def clear(self) -> None:
        """Forgets all: another session has other runs."""
        self._runs.clear()
        self.newest = self.highest = 0

    def reopen(self) -> None:
        """More was requested: the run the bridge is at will be complete once more."""
        run = self._runs.get(self.newest)
        if run is not None and run.state == "complete":
            run.state = "running"

    def placed(self, message: m.InputPlaced, view: np.ndarray) -> None:
        """A run began; older ones that were not complete will never be."""
        run = self.expect(message.run)
        run.name, run.view, run.state = message.name, view, "running"
        self.newest = max(self.newest, message.run)
        for older in self._runs.values():
            if older.number < message.run and older.state == "running":
                older.state, older.by = "superseded", message.run
        self._forget_old()

    def pages(self, message: m.Pages, arrays: list[np.ndarray]) -> int:
        """A layer came; how many bytes it has."""
        run = self.expect(message.run)
        if run.revision != message.revision:  # the network was published anew
            run.revision = message.revision
            run.layers.clear()
        ranges, *images = arrays
        layer = run.layers.get(message.layer)
        if layer is None:
            layer = ReceivedLayer(
                message.layer, message.axes, message.tiles, message.selected, ranges
            )
            run.layers[message.layer] = layer
        for level, image in zip(message.levels, images, strict=True):
            layer.levels[level.level] = (level, image)
        size = sum(array.nbytes for array in arrays)
        pages = sum(level.pages for level in message.levels)
        old = self.stats
        self.stats = Stats(
            old.bytes + size, old.maps + message.tiles, old.pages + pages, old.layers + 1
        )
        return size

    def ended(self, message: m.Complete | m.Failed | m.Superseded) -> None:
        """A run is complete, failed or superseded."""
        run = self.expect(message.run)
        if isinstance(message, m.Complete):
            run.state, run.seconds = "complete", message.seconds
        elif isinstance(message, m.Failed):
            run.state, run.error = "failed", message.message
        else:
            run.state, run.by = "superseded", message.by

    def _forget_old(self) -> None:
        begun = sorted(number for number in self._runs if number <= self.newest)
        keep = {*begun[-self._keep :], *(n for n in self._runs if n > self.newest)}
        complete = self.newest_complete()
        if complete is not None:
            keep.add(complete.number)
        for number in [n for n in self._runs if n not in keep]:
            del self._runs[number]


class ReceivedDocument:
    """The shared document as the numbered events and snapshots say."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {}
        self.revision = 0
        self.event = 0
        self._since: list[m.DocumentChanged] = []

    def replace(self, message: m.Welcome | m.Snapshot) -> None:
        """The whole document came; changes that are newer than it are made again."""
        self.tree, self.revision = message.document, message.revision
        self.event = max(self.event, message.event)
        changes, self._since = self._since, []
        for change in changes:
            self._change(change)

    def take(self, event: m.Event, *, awaiting: bool) -> bool:
        """An event came; False if others are missing before it, so that a snapshot is due.

        `awaiting` says that a snapshot is on its way, which may be older than the event.
        """
        complete = event.number <= self.event + 1
        if event.number > self.event:
            self.event = event.number
            if isinstance(event, m.DocumentChanged):
                if awaiting or not complete:
                    self._since.append(event)
                self._change(event)
        return complete or awaiting

    def restart(self) -> None:
        """A new connection: what the old one was waiting for is void."""
        self.event = 0
        self._since.clear()

    def _change(self, event: m.DocumentChanged) -> None:
        if event.revision <= self.revision:
            return
        self.revision = event.revision
        place = self.tree
        for part in event.path[:-1]:
            place = place.setdefault(part, {})
        if event.value is None:
            place.pop(event.path[-1], None)
        else:
            place[event.path[-1]] = copy.deepcopy(event.value)
