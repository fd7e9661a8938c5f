"""What each viewer gets, and when: its request, its credit, and how far its streams are.

Nothing is queued for a viewer but the steps of its plan, for one run of each input frame: the
newest, or for a slow viewer, and one that has just come, the one whose first part it is getting.
So a slow viewer neither holds up others nor fills the memory.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice

import numpy as np

from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.protocol.frames import BytesLike
from layerwalk.session.plan import Plan, Step
from layerwalk.session.runs import Frame, LayerResult, Run, levels_of

Send = Callable[[Sequence[BytesLike]], None]
WantLevels = Callable[[Run, str, tuple[int, ...]], None]


class _Stream:
    """How far a viewer is with the newest run of a frame, on its plan."""

    def __init__(self, run: Run, plan: Plan, former: _Stream | None = None) -> None:
        self.run = run
        self.announced: bool = former is not None and former.announced
        self.predicted: bool = former is not None and former.predicted
        self.closed = False  # Complete or Failed was sent
        self._plan = plan
        self._sent: dict[str, set[int]] = former._sent if former else {}
        self._steps = [step for step in map(self._unsent, plan.steps) if step.levels]
        self._steps_of: dict[str, list[int]] = {}
        self._open = [0] * (1 + max((step.part for step in plan.steps), default=0))
        for index, step in enumerate(self._steps):
            self._steps_of.setdefault(step.layer, []).append(index)
            self._open[step.part] += 1
        self._came = 0  # of the run's results
        self._due: list[int] = []  # a heap of steps whose layer came
        self._part = 0
        self._over = False
        self._go_on()

    def _unsent(self, step: Step) -> Step:
        sent = self._sent.get(step.layer)
        if not sent:
            return step
        return step._replace(levels=tuple(level for level in step.levels if level not in sent))

    def next(self) -> int | None:
        """The next step that can be sent; whoever takes it says that it was sent, or is not."""
        if not self._due or self._steps[self._due[0]].part > self._part:
            return None
        return heapq.heappop(self._due)

    def step(self, index: int) -> Step:
        """The step of that number."""
        return self._steps[index]

    def sent(self, index: int) -> None:
        """A step was sent."""
        step = self._steps[index]
        self._sent.setdefault(step.layer, set()).update(step.levels)
        self._open[step.part] -= 1
        self._go_on()

    def not_yet(self, indices: Iterable[int]) -> None:
        """Steps could not be sent: they are due again."""
        for index in indices:
            heapq.heappush(self._due, index)

    def notice(self) -> None:
        """Takes up results that came since, and at the end of the run drops what never will."""
        for layer in islice(self.run.results, self._came, None):
            self.not_yet(self._steps_of.get(layer, ()))
        self._came = len(self.run.results)
        if self.run.state != "running" and not self._over:
            self._over = True
            for step in self._steps:
                if step.layer not in self.run.results:
                    self._open[step.part] -= 1
            self._go_on()

    def _go_on(self) -> None:
        while self._part < len(self._open) - 1 and self._open[self._part] == 0:
            self._part += 1

    @property
    def complete(self) -> bool:
        """Whether all of the plan was sent."""
        return not any(self._open)

    @property
    def begun(self) -> bool:
        """Whether any pages were sent."""
        return bool(self._sent)

    @property
    def lit(self) -> bool:
        """Whether the whole first part was sent: a picture of everything."""
        return self.complete or self._part > 0

    @property
    def layers(self) -> int:
        """How many layers of the plan the run has."""
        return sum(layer in self.run.results for layer in self._plan.layers)


class Viewer:
    """One connected viewer. `want_levels` is told which levels it waits for, and `urgent` sends
    what goes before pages.

    For one run the order is InputPlaced, Pages as its plan says, Prediction, Complete; or
    Failed, or Superseded when a newer run begins. Pages go while credit is above zero, so it may
    go below by one message: a layer larger than the whole credit must come through as well.

    A viewer that is slower than the runs would get only the first layers of each. So the first run
    that it is sent anything of gets through, and after one that was superseded the next: newer
    ones wait until its first part was sent, and then the newest follows.

    One that says which runs it has dealt with is not told of the next before.
    """

    def __init__(
        self,
        id: str,
        send: Send,
        want_levels: WantLevels,
        urgent: Callable[[], None] = lambda: None,
    ) -> None:
        self.id = id
        self.credit_bytes = 0
        self.requests: dict[str, m.Request] = {}
        self.plans: dict[str, Plan] = {}
        self._send = send
        self._want_levels = want_levels
        self._urgent = urgent
        self._streams: dict[Frame, _Stream] = {}
        self._shown: dict[Frame, int] = {}
        self._next: dict[Frame, Run] = {}  # waits until the one before has got through
        self._through: set[Frame] = set()  # where the first part of the last run was sent
        self._read: int | None = None  # the newest run it has dealt with, if it says so

    def holds(self) -> set[int]:
        """Numbers of the runs it is shown, and of those it waits for."""
        return {stream.run.number for stream in self._streams.values()} | set(self._shown.values())

    def request(self, request: m.Request, plan: Plan, newest: Iterable[Run]) -> bool:
        """Replaces its request for a network; `newest` are the newest runs of that's frames.

        Whether it came to the end of a run, as `pump` says.
        """
        network, inputs = request.network, request.inputs
        before = self.requests[network].inputs if network in self.requests else ()
        self.requests[network], self.plans[network] = request, plan
        for frame in [one for one in self._streams if one[0] == network and one[1] not in inputs]:
            self.leave(frame)
        for run in newest:
            if run.input not in inputs:
                continue
            if (run.input in before[:1]) != (run.input in inputs[:1]):
                self.leave(run.frame)  # what came of it before is of no use, or all of it is due
            former, planned = self._streams.get(run.frame), self._plan_of(run.frame)
            if former is not None and run in (former.run, self._next.get(run.frame)):
                self._streams[run.frame] = _Stream(former.run, planned, former)
            else:
                self._streams[run.frame] = _Stream(run, planned)
        return self.pump()

    def leave(self, frame: Frame) -> None:
        """Says nothing more of this frame, and forgets what was sent of it."""
        for known in (self._streams, self._shown, self._next):
            known.pop(frame, None)
        self._through.discard(frame)

    def _plan_of(self, frame: Frame) -> Plan:
        """Only the first frame that is asked for has pages."""
        network, input = frame
        first = self.requests[network].inputs[0] == input
        return self.plans[network] if first else Plan()

    def grant(self, count_bytes: int, read: int = 0) -> bool:
        """More credit; and it has dealt with run `read`, if that is not 0.

        Whether it came to the end of a run, as `pump` says.
        """
        self.credit_bytes += count_bytes
        if read:
            self._read = max(self._read or 0, read)
        return self.pump()

    def begin(self, run: Run) -> None:
        """`run` is the newest of its frame from now on."""
        if run.network not in self.plans or run.input not in self.requests[run.network].inputs:
            return
        frame, before = run.frame, self._streams.get(run.frame)
        if before and self._keeps(before):
            if waiting := self._next.get(frame):
                self.superseded(frame, waiting.number, run.number)
            self._next[frame] = run
            return
        self._show(run)
        self.pump()

    def _keeps(self, stream: _Stream) -> bool:
        """Whether newer runs wait for this one."""
        run, owed = stream.run, stream.run.frame not in self._through
        if self._read is not None and stream.announced and run.number > self._read:
            return True
        return stream.begun and not stream.lit and not stream.closed and owed

    def _show(self, run: Run) -> None:
        """Sends `run` from now on, whatever became of the one before."""
        frame, before = run.frame, self._streams.get(run.frame)
        if before and not before.closed:
            self.superseded(frame, before.run.number, run.number)
            if not before.lit:
                self._through.discard(frame)
        self._next.pop(frame, None)
        self._streams[frame] = _Stream(run, self._plan_of(frame))

    def kept(self, numbers: Collection[int]) -> None:
        """Only these runs are kept: goes on to the newest where it is at another."""
        for frame, run in list(self._next.items()):
            if self._streams[frame].run.number not in numbers:
                self._show(run)
        self.pump()

    def superseded(self, frame: Frame, number: int, by: int) -> None:
        """No pages of run `number` will come."""
        network, input = frame
        self._tell(m.Superseded(network=network, input=input, run=number, by=by))

    def restart(self, network: str, plan: Plan) -> None:
        """`network` was published anew: sends all of the newest runs once more."""
        self.plans[network] = plan
        for frame, stream in list(self._streams.items()):
            if frame[0] != network:
                continue
            if frame in self._next:  # what it is at is of the network as it was
                self._show(self._next[frame])
            else:
                self._streams[frame] = _Stream(stream.run, self._plan_of(frame))
        self.pump()

    def pump(self) -> bool:
        """Sends whatever can be sent now. Whether it came to the end of a run."""
        self._urgent()
        ended = False
        for frame in list(self._streams):
            ended |= self._advance(self._streams[frame])
            stream = self._streams[frame]
            if frame in self._next and not self._keeps(stream):
                self._show(self._next[frame])
                ended |= self._advance(self._streams[frame])
        return ended

    def _advance(self, stream: _Stream) -> bool:
        run = stream.run
        if stream.closed:
            return False
        if not stream.announced:
            stream.announced = True
            self._announce(run)
        self._send_due(stream)
        if stream.begun and stream.lit:
            self._through.add(run.frame)
        if run.state != "running" and stream.complete:
            self._finish(stream)
        return stream.closed

    def _send_due(self, stream: _Stream) -> None:
        stream.notice()
        waiting = []
        while self.credit_bytes > 0 and (index := stream.next()) is not None:
            step = stream.step(index)
            result = stream.run.results[step.layer]
            levels = levels_of(result, step.levels)
            missing = tuple(level for level in levels if level not in result.pixels)
            if missing:
                self._want_levels(stream.run, step.layer, missing)
                waiting.append(index)
            else:
                self._send_pages(stream.run, result, levels)
                stream.sent(index)
        stream.not_yet(waiting)

    def _send_pages(self, run: Run, result: LayerResult, levels: tuple[int, ...]) -> None:
        parts = pages_parts(run, result, levels)
        self.credit_bytes -= sum(len(part) for part in parts[1:])
        self._send(parts)

    def _announce(self, run: Run) -> None:
        picture = run.picture
        message = m.InputPlaced(
            network=run.network,
            input=run.input,
            run=run.number,
            name=picture.name,
            picture=picture.id,
            live=picture.live,
            position=picture.position,
            age_s=time.monotonic() - picture.captured_s if picture.live else 0.0,
        )
        self._tell(message, picture.view)

    def _finish(self, stream: _Stream) -> None:
        """All that its run came to was sent."""
        run = stream.run
        network, input = run.frame
        stream.closed = True
        if run.state == "failed":
            failed = m.Failed(network=network, input=input, run=run.number, message=run.error)
            self._tell(failed)
            return
        if not stream.predicted:
            stream.predicted = True
            scores, note = run.predicted
            self._tell(
                m.Prediction(network=network, input=input, run=run.number, scores=scores, note=note)
            )
        self._shown[run.frame] = run.number
        complete = m.Complete(
            network=network,
            input=input,
            run=run.number,
            layers=stream.layers,
            seconds=run.seconds,
        )
        self._tell(complete)

    def _tell(self, message: m.Message, *payloads: np.ndarray) -> None:
        self._send(frames.encode(message, payloads))


def pages_parts(run: Run, result: LayerResult, levels: Sequence[int]) -> Sequence[BytesLike]:
    """The parts of the message that carries a layer at these levels, which were computed.

    They are made once, for all viewers.
    """
    key = (result.layer, tuple(levels))
    parts = run.encoded.get(key)
    if parts is None:
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
        payloads = (result.ranges, *(image for _, image in packed))
        parts = run.encoded[key] = frames.encode(message, payloads)
    return parts
