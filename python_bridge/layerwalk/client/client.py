"""The Python client: plain calls and plain threads over the protocol that viewers speak."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import msgspec
import numpy as np

from layerwalk.client.access import Access
from layerwalk.client.activation import Activation, activation
from layerwalk.client.inbox import Inbox
from layerwalk.client.pictures import PictureCalls
from layerwalk.client.received import ReceivedRun, Stats
from layerwalk.client.similarity import SimilarityCalls
from layerwalk.errors import (
    ConnectionFailed,
    RunFailed,
    RunSuperseded,
    UnknownLayer,
    UnknownPicture,
    instead,
)
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.room import Room

KEPT_RUNS = 4
WAITING_RUNS = 8  # at most so many have a number and have not begun
SNAPSHOT_S = 5.0


def connect(
    endpoint: str,
    *,
    token: str,
    server_key: str = "",
    network: str = "main",
    layers: str | Sequence[str] = "*",
    timeout_s: float = 60.0,
    keep_runs: int = KEPT_RUNS,
) -> Client:
    """A client of the bridge at `endpoint` (`tcp://HOST:PORT`), once the network is there.

    `server_key` is the public key of a bridge that serves other machines too, which prints it.
    `layers` is what is streamed from the start (see `Client.request`). The newest `keep_runs`
    runs are kept. Raises Unauthorized, VersionMismatch, ConnectionFailed (nothing there, or
    nothing heard within `timeout_s`), SourceError (the bridge could not load its network) or Unsafe
    (the token would leave this machine in clear).
    """
    access = Access(endpoint, token, server_key)
    client = Client(access, network=network, keep_runs=keep_runs)
    try:
        client._open(layers, timeout_s)
    except BaseException:
        client.close()
        raise
    return client


class Client(SimilarityCalls, PictureCalls):
    """A connection to a bridge; get one from `connect`. A context manager, safe in any thread.

    What the bridge streams is collected in the background; after a lost connection the client
    comes back by itself, with the same request. Methods raise the errors of
    `layerwalk.errors`; ConnectionFailed where there is no connection, or the client is closed.
    """

    def __init__(self, access: Access, *, network: str, keep_runs: int) -> None:
        super().__init__(Inbox(access, network=network, keep_runs=keep_runs), network)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the bridge; iterators of events end. May be called again."""
        self._inbox.close()

    # ------------------------------------------------------------ network and room

    def network(self) -> Network:
        """The network as it was traced."""
        with self._changed:
            return self._inbox.networks[self._name].network

    def published(self) -> m.NetworkPublished:
        """What the bridge says of the network: title, weights, preprocessing, class names."""
        with self._changed:
            return self._inbox.networks[self._name]

    def room(self) -> Room:
        """Where everything stands."""
        with self._changed:
            return self._inbox.rooms[self._name]

    def layers(self) -> tuple[str, ...]:
        """Names of all layers, in order."""
        return self.network().layers()

    # ------------------------------------------------------------ images and runs

    def request(
        self,
        layers: str | Sequence[str] = "*",
        *,
        levels: Sequence[int] = (0,),
        first_light: bool = False,
        budget_bytes: int = 0,
    ) -> tuple[str, ...]:
        """Says what to stream from now on, in this order; the names of the layers that this means.

        `layers` are names and globs; level k halves the edges of a tile k times. `first_light`
        puts a coarse picture of each of them before. Of what would exceed `budget_bytes` in a
        run, only coarser levels come, or nothing; 0 is no bound. Raises UnknownLayer for what
        names no layer.
        """
        patterns = (layers,) if isinstance(layers, str) else tuple(layers)
        message = m.Request(
            layers=patterns,
            levels=tuple(levels),
            network=self._name,
            budget_bytes=budget_bytes,
            inputs=self._inbox.shown,
        )
        if first_light:
            full = m.Part(layers=patterns, levels=tuple(levels))
            message = msgspec.structs.replace(message, levels=(0,), first_light=True, then=(full,))
        reply = self._ask(message)
        with self._changed:
            self._inbox.request = message
        return tuple(reply.layers or ())

    def weights(self, layer: str, *, bins: int = 62) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Histograms of a layer's own parameters, by name, as `numpy.histogram` gives them: counts
        int32 (bins,) and edges float64 (bins + 1,). Of parameters of more than four million values
        a regular part is counted; NaN and infinities are not. Raises UnknownLayer.
        """
        message, arrays = self._inbox.ask(
            m.GetWeights(request=0, layer=layer, network=self._name, bins=bins)
        )
        assert isinstance(message, m.Weights)
        return {
            one.name: (counts, np.linspace(one.low, one.high, bins + 1))
            for one, counts in zip(message.parameters, arrays, strict=True)
        }

    def place_image(
        self, image: str | Path | bytes | np.ndarray, *, name: str = "", input: str = ""
    ) -> int:
        """Places an image into an input frame; the number of the run that begins.

        Without `input` it is the frame that is shown, "input" at first: what comes of another one
        is heard of by who has chosen that (see `show_frame`).

        `image` is a picture's id on the shelf, a file (this client reads it, the bridge opens
        nothing), the bytes of one, or pixels (H, W, 3) or (H, W), uint8 or floats from 0 to 1.
        Raises InvalidImage, UnknownPicture or TooLarge.
        """
        input = input or self.input()
        picture = ""
        payloads: tuple[np.ndarray, ...] = ()
        if isinstance(image, str) and any(image == one.id for one in self.shelf()):
            picture = image
        else:
            name, payload = self._image(image, name)
            payloads = (payload,)
        message = m.PlaceImage(
            request=0, name=name, picture=picture, network=self._name, input=input
        )
        reply = self._ask(message, payloads)
        run: int | None = reply.run
        assert run is not None
        if input == self.input():
            with self._changed:
                self._inbox.runs.heard_of(run)
        return run

    def show_frame(self, input: str = "input") -> None:
        """From now on runs, activations and predictions are those of this input frame.

        Its newest run comes anew; `wait_complete()` waits for it. Raises UnknownPicture.
        """
        known = self.input_frames()
        if input not in known:
            raise UnknownPicture(
                f"'{input}' is no input frame of {self._name}{instead(input, known)}"
            )
        with self._changed:
            if input == self.input() or self._inbox.request is None:
                return
            self._inbox.shown = (input,)
            self._inbox.switches += 1
            message = msgspec.structs.replace(self._inbox.request, inputs=(input,))
            self._inbox.request = message
        self._ask(message)

    def input(self) -> str:
        """The input frame whose runs this client gets."""
        return self._inbox.shown[0]

    def wait_complete(self, run: int | None = None, timeout_s: float = 60.0) -> int:
        """Returns once every requested page of `run` has arrived, and `state()` knows the run.

        `run` None is the newest one, or the first that begins, or one that takes its place; its
        number is returned. Raises RunSuperseded if a newer run took the place of `run`,
        RunFailed if the forward pass raised or there is no run of that number, TimeoutError if
        nothing of this happened within `timeout_s`.
        """
        deadline = time.monotonic() + timeout_s
        with self._changed:
            if run is not None:
                self._check_number(run, min(timeout_s, SNAPSHOT_S))
            newest = self._newest()
            while (number := self._completed(run, newest)) is None:
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError(self._still_waiting(run, timeout_s))
            # Events come on a connection of their own, and may be a moment later than pages.
            known = min(deadline, time.monotonic() + SNAPSHOT_S)
            while not self._is_in_document(number) and time.monotonic() < known:
                self._changed.wait(max(0.0, known - time.monotonic()))
        return number

    def _completed(self, run: int | None, newest: int) -> int | None:
        """The run that is waited for, once everything of it came. Raises why it never will.

        Without a `run` it is `newest` or any after that: there may always be a newer one.
        """
        if run is not None:
            return run if self._is_complete(run) else None
        self._inbox.raise_failure()
        complete = self._inbox.runs.newest_complete()
        if complete is not None and complete.number >= max(1, newest):
            return complete.number
        last = self._inbox.runs.get(self._newest())
        if last is not None and last.state == "failed":
            raise RunFailed(f"run {last.number}: {last.error}")
        return None

    def _still_waiting(self, run: int | None, timeout_s: float) -> str:
        number = self._newest() if run is None else run
        if number == 0:
            return f"no run began within {timeout_s:g} s; place an image"
        found = self._inbox.runs.get(number)
        came = len(found.layers) if found else 0
        return f"run {number} is not complete after {timeout_s:g} s; {came} layers came"

    def _is_in_document(self, run: int) -> bool:
        return self._begun() >= run

    def run(self) -> int | None:
        """The newest run of which everything came; None before there is one."""
        with self._changed:
            newest = self._inbox.runs.newest_complete()
            return newest.number if newest else None

    def activation(self, layer: str, run: int | None = None) -> Activation:
        """A layer's activation, float32, its axes in the tensor's order; without the batch.

        `run` defaults to the newest complete one. Each value is within half a quantization step
        of the tensor's. Raises UnknownLayer for a layer that is not there or was not requested.
        """
        with self._changed:
            received = self._run(run)
            found = received.layers.get(layer)
            if found is None:
                known = self.network().layers()
                if layer not in known:
                    raise UnknownLayer(f"'{layer}' is not in {self._name}{instead(layer, known)}")
                raise UnknownLayer(
                    f"'{layer}' has not come in run {received.number}; request it, and wait "
                    "until the run is complete"
                )
            found = replace(found, levels=dict(found.levels))  # more may come meanwhile
        return activation(found, received.number)

    def input_view(self, run: int | None = None) -> np.ndarray:
        """The image of a run as the network sees it, uint8 (H, W, 3)."""
        with self._changed:
            view = self._run(run).view
            if view is None:
                raise RunFailed(f"run {run} has not begun; wait until it is complete")
            return view

    def prediction(self, run: int | None = None) -> list[tuple[str, float]]:
        """The ten most confident classes of a run, (name, confidence), the best first.

        Empty where the output is no list of scores, or these are not numbers: see
        `prediction_note`.
        """
        return [(score.name, score.confidence) for score in self._prediction(run).scores]

    def prediction_note(self, run: int | None = None) -> str:
        """Why a run has no prediction, in a sentence; '' where it has one."""
        return self._prediction(run).note

    def stats(self) -> Stats:
        """What came since the client connected."""
        with self._changed:
            return self._inbox.runs.stats

    # ------------------------------------------------------------ inside

    def _open(self, layers: str | Sequence[str], timeout_s: float) -> None:
        """Waits for the network, and requests."""

        def ready() -> bool:
            return self._name in self._inbox.rooms and self._inbox.snapshots > 0

        with self._changed:
            if not self._inbox.wait(ready, timeout_s):
                raise ConnectionFailed(
                    f"the bridge has no network '{self._name}' after {timeout_s:g} s"
                    + (f"; it is {self._inbox.progress}" if self._inbox.progress else "")
                )
        self.request(layers)

    def _is_complete(self, number: int) -> bool:
        run = self._inbox.runs.get(number)
        if run is not None and _complete(run):
            return True
        if run is None and number < self._inbox.runs.newest:
            raise RunSuperseded(f"run {number} is past and not kept; place the image again")
        self._inbox.raise_failure()
        return False

    def _check_number(self, number: int, timeout_s: float) -> None:
        """Raises RunFailed for a run that cannot be under way: the bridge is not so far."""
        if self._inbox.runs.get(number) is not None:
            return
        if number > self._newest() + WAITING_RUNS:  # unless this client is behind
            seen = self._inbox.snapshots
            self._inbox.ask_snapshot()
            self._inbox.wait(lambda: self._inbox.snapshots > seen, timeout_s)
        newest = self._newest()
        if number < 1 or number > newest + WAITING_RUNS:
            raise RunFailed(f"there is no run {number}; the newest is {newest}")

    def _newest(self) -> int:
        """The highest number of a run that this client has heard of."""
        return max(self._inbox.runs.highest, self._begun())

    def _begun(self) -> int:
        """The newest run of the frame that is shown, as the document says; 0 for none."""
        frames = self._inbox.document.tree.get("inputs", {}).get(self._name, {})
        begun: int = frames.get(self.input(), {}).get("run", 0)
        return begun

    def _prediction(self, run: int | None) -> m.Prediction:
        with self._changed:
            received = self._run(run)
            if received.prediction is None:
                raise RunFailed(
                    f"run {received.number} has no prediction yet; wait until it is complete"
                )
            return received.prediction

    def _run(self, number: int | None) -> ReceivedRun:
        if number is None:
            newest = self._inbox.runs.newest_complete()
            if newest is None:
                raise RunFailed("no run is complete yet; wait_complete() waits for it")
            return newest
        run = self._inbox.runs.get(number)
        if run is None:
            highest = self._newest()
            if not 0 < number <= highest:
                raise RunFailed(f"there is no run {number}; the newest is {highest}")
            raise RunSuperseded(f"run {number} is not kept; place the image again")
        if run.state == "failed":
            raise RunFailed(run.error)
        return run


def _complete(run: ReceivedRun) -> bool:
    """Whether everything came. Raises what else became of the run."""
    if run.state == "superseded":
        raise RunSuperseded(f"run {run.number} was superseded by run {run.by}; wait for that")
    if run.state == "failed":
        raise RunFailed(f"run {run.number}: {run.error}")
    return run.state == "complete"
