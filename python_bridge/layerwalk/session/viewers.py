"""What each viewer gets, and when: its request, its credit, and how far its streams are.

Nothing is queued for a viewer but a position in the newest run of each input frame. So there is
at most one pending entry for a network, frame and layer, it is the newest, and a slow viewer
neither holds up others nor fills the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from layerwalk.errors import UnknownLayer, nearest
from layerwalk.protocol import messages as m
from layerwalk.session.runs import Frame, LayerResult, Run, levels_of

Send = Callable[[m.Message, Sequence[Any]], None]
WantLevels = Callable[[Run, str, tuple[int, ...]], None]


@dataclass(frozen=True)
class Wanted:
    """What a viewer asked for of one network: the patterns, and the layers they name now."""

    patterns: tuple[str, ...]
    levels: tuple[int, ...]
    layers: tuple[str, ...] = ()


@dataclass
class _Stream:
    """How far a viewer is with the newest run of a frame."""

    run: Run
    announced: bool = False
    position: int = 0
    sent: dict[str, frozenset[int]] = field(default_factory=dict)
    predicted: bool = False
    closed: bool = False  # Complete or Failed was sent

    def restart(self) -> None:
        """Everything once more, since the network was published anew."""
        self.announced = self.predicted = self.closed = False
        self.position, self.sent = 0, {}


class Viewer:
    """One connected viewer. `want_levels` is told which levels it waits for.

    For one run the order is InputPlaced, Pages in the order of the layers, Prediction,
    Complete; or Failed, or Superseded when a newer run begins. Pages go while credit is
    above zero, so it may go below by one message: a layer larger than the whole credit
    must come through as well.
    """

    def __init__(self, id: str, send: Send, want_levels: WantLevels) -> None:
        self.id = id
        self.credit_bytes = 0
        self.wanted: dict[str, Wanted] = {}
        self._send = send
        self._want_levels = want_levels
        self._streams: dict[Frame, _Stream] = {}
        self._shown: dict[Frame, int] = {}

    def holds(self) -> set[int]:
        """Numbers of the runs it is shown, and of those it waits for."""
        return {stream.run.number for stream in self._streams.values()} | set(self._shown.values())

    def request(self, network: str, newest: Iterable[Run]) -> None:
        """`wanted[network]` was replaced; `newest` are the newest runs of its frames."""
        for stream in self._streams_of(network):
            stream.position, stream.closed = 0, False
        for run in newest:
            if run.frame not in self._streams:
                self._streams[run.frame] = _Stream(run)
        self.pump()

    def grant(self, count_bytes: int) -> None:
        """More credit."""
        self.credit_bytes += count_bytes
        self.pump()

    def begin(self, run: Run) -> None:
        """`run` is the newest of its frame from now on."""
        if run.network not in self.wanted:
            return
        before = self._streams.get(run.frame)
        if before and not before.closed:
            self.superseded(run.frame, before.run.number, run.number)
        self._streams[run.frame] = _Stream(run)
        self.pump()

    def superseded(self, frame: Frame, number: int, by: int) -> None:
        """No pages of run `number` will come."""
        network, input = frame
        self._send(m.Superseded(network=network, input=input, run=number, by=by), ())

    def restart(self, network: str, wanted: Wanted) -> None:
        """`network` was published anew: sends all of the newest runs once more."""
        self.wanted[network] = wanted
        for stream in self._streams_of(network):
            stream.restart()
        self.pump()

    def pump(self) -> None:
        """Sends whatever can be sent now."""
        for stream in self._streams.values():
            self._advance(stream, self.wanted[stream.run.network])

    def _streams_of(self, network: str) -> list[_Stream]:
        return [stream for frame, stream in self._streams.items() if frame[0] == network]

    def _advance(self, stream: _Stream, wanted: Wanted) -> None:
        run = stream.run
        if stream.closed:
            return
        if not stream.announced:
            stream.announced = True
            self._announce(run)
        if run.state == "failed":
            stream.closed = True
            self._send(
                m.Failed(network=run.network, input=run.input, run=run.number, message=run.error),
                (),
            )
            return
        while stream.position < len(wanted.layers):
            if not self._send_layer(stream, wanted):
                return
            stream.position += 1
        if run.state == "done":
            self._finish(stream, wanted)

    def _send_layer(self, stream: _Stream, wanted: Wanted) -> bool:
        """Sends the layer at the stream's position; False where it must wait."""
        run, layer = stream.run, wanted.layers[stream.position]
        result = run.results.get(layer)
        if result is None:
            return run.state != "running"  # not reached in this pass: nothing to send
        sent = stream.sent.get(layer, frozenset())
        levels = tuple(k for k in levels_of(result, wanted.levels) if k not in sent)
        if not levels:
            return True
        missing = tuple(level for level in levels if level not in result.pixels)
        if missing:
            self._want_levels(run, layer, missing)
            return False
        if self.credit_bytes <= 0:
            return False
        self._send_pages(run, result, levels)
        stream.sent[layer] = sent.union(levels)
        return True

    def _send_pages(self, run: Run, result: LayerResult, levels: tuple[int, ...]) -> None:
        message, payloads = pages_message(run, result, levels)
        self.credit_bytes -= sum(payload.nbytes for payload in payloads)
        self._send(message, payloads)

    def _announce(self, run: Run) -> None:
        picture = run.picture
        message = m.InputPlaced(
            network=run.network,
            input=run.input,
            run=run.number,
            name=picture.name,
            picture=picture.id,
        )
        self._send(message, (picture.view,))

    def _finish(self, stream: _Stream, wanted: Wanted) -> None:
        run = stream.run
        network, input = run.frame
        if not stream.predicted:
            stream.predicted = True
            scores = m.Prediction(network=network, input=input, run=run.number, scores=run.scores)
            self._send(scores, ())
        stream.closed = True
        self._shown[run.frame] = run.number
        complete = m.Complete(
            network=network,
            input=input,
            run=run.number,
            layers=sum(layer in run.results for layer in wanted.layers),
            seconds=run.seconds,
        )
        self._send(complete, ())


def pages_message(
    run: Run, result: LayerResult, levels: Sequence[int]
) -> tuple[m.Pages, tuple[np.ndarray, ...]]:
    """The message that carries a layer at these levels, which were computed, and its buffers."""
    packed = [result.pixels[level] for level in levels]
    message = m.Pages(
        network=run.network,
        input=run.input,
        run=run.number,
        revision=run.revision,
        layer=result.layer,
        axes=result.axes,
        tiles=result.tiles,
        levels=tuple(level for level, _ in packed),
        selected=result.selected,
    )
    return message, (result.ranges, *(image for _, image in packed))


def is_glob(pattern: str) -> bool:
    """Whether a pattern may name several layers."""
    return any(character in pattern for character in "*?[")


def resolve(
    patterns: Sequence[str], layers: Sequence[str], *, network: str, strict: bool = True
) -> tuple[str, ...]:
    """The layers that names and globs say, in the network's order.

    Raises UnknownLayer for a pattern that names none, with the nearest names; not if
    `strict` is False, nor for a glob where there are no layers at all.
    """
    known, found = frozenset(layers), set()
    for pattern in patterns:
        matches = {pattern} if pattern in known else {x for x in layers if fnmatchcase(x, pattern)}
        if strict and not matches and (layers or not is_glob(pattern)):
            raise UnknownLayer(f"'{pattern[:200]}' is not in {network}{nearest(pattern, layers)}")
        found |= matches
    return tuple(layer for layer in layers if layer in found)
