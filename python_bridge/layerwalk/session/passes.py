"""A network's forward passes: each layer's result is on its way as soon as the op returned.

The pass runs on the worker's thread, quantizing on another, so that the two overlap; what is
left when the pass ends is shared between both.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import torch
from msgspec.structs import replace

from layerwalk.atlas import Quantized, quantize_all
from layerwalk.capture import Call, Recorded, SharedTask, SharedWork, cloned, described, record
from layerwalk.errors import RunFailed
from layerwalk.introspection import network_of
from layerwalk.network import Axis, Network
from layerwalk.room import Room
from layerwalk.session.prediction import Predicted, Probabilities, prediction
from layerwalk.session.runs import LayerResult, layer_result, with_levels
from layerwalk.session.worker import ImageJob

logger = logging.getLogger(__name__)

Levels = Mapping[str, Collection[int]]
Arguments = tuple[tuple[Any, ...], dict[str, Any]]
Use = Callable[[Call, torch.Tensor], bool]


@dataclass(frozen=True)
class Began:
    """The forward pass of a job began; `arguments` are copies of what the model gets."""

    job: ImageJob
    arguments: Arguments = ((), {})


@dataclass(frozen=True)
class LayerReady:
    """A layer of run `number` was quantized."""

    number: int
    result: LayerResult


@dataclass(frozen=True)
class Revised:
    """Run `number` took another way through the model, which makes `network` and its room."""

    number: int
    network: Network
    room: Room


@dataclass(frozen=True)
class Finished:
    """Run `number` is over; `seconds` from the image's arrival to the end of the pass."""

    number: int
    predicted: Predicted
    seconds: float


@dataclass(frozen=True)
class Broken:
    """Run `number` raised."""

    number: int
    message: str
    seconds: float


Outcome: TypeAlias = Began | LayerReady | Revised | Finished | Broken


class Stopped(BaseException):
    """Leaves a forward pass when the bridge stops; no `except Exception` may hold it up."""


class Passes:
    """Runs the forward passes of `model`, whose structure is `network` so far.

    `levels` tells which coarse levels of which layers viewers want, `lay_out` makes a room of a
    network; both are called on the worker's thread, and `deliver` there or on the quantizer's.
    """

    def __init__(
        self,
        model: torch.nn.Module,
        network: Network,
        *,
        class_names: Sequence[str],
        levels: Callable[[], Levels],
        lay_out: Callable[[Network], Room],
        deliver: Callable[[Outcome], None],
    ) -> None:
        self.network = network
        self._lay_out = lay_out
        self._model = model
        self._class_names = class_names
        self._levels = levels
        self._deliver = deliver
        self._stopping = threading.Event()
        self._before: Recorded | None = None
        self._quantizer = SharedWork(f"layerwalk-quantizer-{network.name}", _quantize)

    def stop(self) -> None:
        """Makes a pass that is under way end at its next op, and all later ones at once."""
        self._stopping.set()

    def close(self) -> None:
        """Ends the quantizer's thread."""
        self._quantizer.close()

    def run(self, job: ImageJob) -> None:
        """One pass; whatever it raises is delivered."""
        # The model may write into what it is given; what it was given is kept with the run.
        self._deliver(Began(job, (cloned(job.args), cloned(job.kwargs))))
        streamed = _Streamed(job.number, self.network, self._levels(), self._deliver)
        try:
            self._forward(job, streamed)
        except Stopped:
            return
        except BaseException as error:  # the model's own: it may be anything, SystemExit too
            self._deliver(Broken(job.number, described(error), time.monotonic() - job.arrived_s))

    def again(self, arguments: Arguments, use: Use) -> None:
        """Once more, for what codes do not hold; `use` says whether to go on. Raises RunFailed."""

        def consume(call: Call, tensor: torch.Tensor) -> None:
            if self._stopping.is_set() or not use(call, tensor):
                raise Stopped

        args, kwargs = arguments
        try:
            record(self._model, cloned(args), cloned(kwargs), consume=consume)
        except Stopped:
            return
        except Exception as error:
            raise RunFailed(
                f"the network could not be run once more: {described(error)}"
            ) from error

    def _forward(self, job: ImageJob, streamed: _Streamed) -> None:
        probabilities = Probabilities()

        def consume(call: Call, tensor: torch.Tensor) -> SharedTask[_Activation]:
            if self._stopping.is_set():
                raise Stopped
            probabilities.note(call, tensor)
            activation = _Activation(streamed, call.name, call.axes, tensor)
            return self._quantizer.submit(activation, tensor.nbytes)

        try:
            recorded = record(
                self._model, job.args, job.kwargs, consume=consume, before=self._before
            )
            seconds = time.monotonic() - job.arrived_s
            same_way = self._before is not None and recorded.went_as(self._before)
            if not same_way:
                network = self._network_of(recorded)
        except BaseException:
            self._give_up()
            raise
        self._before = replace(recorded, output=None)
        self._quantizer.finish()
        if not same_way:
            self._publish(job.number, network)
        streamed.release()
        predicted = prediction(
            recorded.output,
            self._class_names,
            batch=_batch_of(self.network),
            probabilities=probabilities,
        )
        self._deliver(Finished(job.number, predicted, seconds))
        if same_way:  # what a module is set to may be new all the same; nobody waits for that
            self._publish(job.number, self._network_of(recorded))

    def _publish(self, number: int, network: Network) -> None:
        """Delivers `network`, if it is another than so far."""
        if network == self.network:
            return
        room = self._lay_out(network)  # if this raises, nobody knows of the network yet
        self.network = network
        self._deliver(Revised(number, network, room))

    def _give_up(self) -> None:
        """What was computed before a pass raised is still shown; that it raised says more than
        what quantizing may raise then."""
        if self._stopping.is_set():
            self._quantizer.drop()
        try:
            self._quantizer.finish()
        except Exception:
            logger.exception("A layer of a run that failed could not be quantized")

    def _network_of(self, recorded: Recorded) -> Network:
        """The network as this pass showed it: the same object if it took the same way."""
        known = self.network
        found = network_of(recorded, self._model, name=known.name, revision=known.revision)
        if found == known:
            return known
        return network_of(recorded, self._model, name=known.name, revision=known.revision + 1)


def _batch_of(network: Network) -> int:
    """How many samples the network is given at once."""
    axes = (axis for one in network.inputs for axis in one.axes)
    return next((axis.size for axis in axes if axis.name == "batch"), 1)


class _Streamed:
    """The layers of one run on their way out.

    A layer that is not in the network as it was, or has other axes, is held back until the
    network is published anew.
    """

    def __init__(
        self, number: int, network: Network, levels: Levels, deliver: Callable[[Outcome], None]
    ) -> None:
        self._number = number
        self._expected = {node.name: node.axes for node in network.nodes if node.shown}
        self._levels = levels
        self._deliver = deliver
        self._held: list[LayerReady] = []

    def take(self, layer: str, axes: tuple[Axis, ...], quantized: Quantized) -> None:
        """Runs on the thread that quantized it."""
        result = with_levels(layer_result(layer, axes, quantized), self._levels.get(layer, ()))
        ready = LayerReady(self._number, result)
        if self._expected.get(layer) == axes:
            self._deliver(ready)
        else:
            self._held.append(ready)

    def release(self) -> None:
        """Delivers what was held back, once the quantizer is through."""
        for ready in self._held:
            self._deliver(ready)
        self._held.clear()


class _Activation(NamedTuple):
    """What a layer put out, on its way to be quantized."""

    streamed: _Streamed
    layer: str
    axes: tuple[Axis, ...]
    tensor: torch.Tensor


def _quantize(activations: Sequence[_Activation]) -> None:
    """All at once; if that fails one by one, so that one does not take the others with it."""
    try:
        codes = quantize_all((one.tensor, one.axes) for one in activations)
    except Exception:
        if len(activations) == 1:
            raise
        errors = [error for one in activations if (error := _error_of(one)) is not None]
        if errors:
            raise errors[0] from None
        return
    for one, quantized in zip(activations, codes, strict=True):
        one.streamed.take(one.layer, one.axes, quantized)


def _error_of(activation: _Activation) -> Exception | None:
    try:
        _quantize([activation])
    except Exception as error:
        return error
    return None
