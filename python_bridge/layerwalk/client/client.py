"""The Python client: plain calls and plain threads over the protocol that viewers speak."""

from __future__ import annotations

import copy
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
import numpy as np

from layerwalk.client.activation import Activation, activation
from layerwalk.client.connection import Connection, error_of
from layerwalk.client.received import ReceivedDocument, ReceivedRun, ReceivedRuns, Stats
from layerwalk.errors import (
    ConnectionFailed,
    InvalidImage,
    LayerwalkError,
    RunFailed,
    RunSuperseded,
    SourceError,
    TooLarge,
    UnknownLayer,
    nearest,
)
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.protocol import schema
from layerwalk.room import Quaternion, Room, Transform, Vec3

CREDIT_BYTES = 64 << 20
KEPT_RUNS = 4
KEPT_EVENTS = 10_000
ANSWER_S = 30.0
CHANGE_S = 1.0  # an own change that was not heard of by then is asked for


def connect(
    endpoint: str,
    *,
    token: str,
    network: str = "main",
    layers: str | Sequence[str] = "*",
    timeout_s: float = 60.0,
    keep_runs: int = KEPT_RUNS,
) -> Client:
    """A client of the bridge at `endpoint` (`tcp://HOST:PORT`), once the network is there.

    `layers` is what is streamed from the start (see `Client.request`). The newest `keep_runs`
    runs are kept. Raises Unauthorized, VersionMismatch, ConnectionFailed (nothing there, or
    nothing heard within `timeout_s`) or SourceError (the bridge could not load its network).
    """
    client = Client(endpoint, token=token, network=network, keep_runs=keep_runs)
    try:
        client._open(layers, timeout_s)
    except BaseException:
        client.close()
        raise
    return client


class Client:
    """A connection to a bridge; get one from `connect`. A context manager, safe in any thread.

    What the bridge streams is collected in the background; after a lost connection the client
    comes back by itself, with the same request. Methods raise the errors of
    `layerwalk.errors`; ConnectionFailed where there is no connection, or the client is closed.
    """

    def __init__(self, endpoint: str, *, token: str, network: str, keep_runs: int) -> None:
        self._name = network
        self._changed = threading.Condition()
        self._document = ReceivedDocument()
        self._runs = ReceivedRuns(keep_runs)
        self._networks: dict[str, m.NetworkPublished] = {}
        self._rooms: dict[str, Room] = {}
        self._welcome: m.Welcome | None = None
        self._progress = ""
        self._failure: LayerwalkError | None = None  # why there will be no connection any more
        self._connected = False
        self._snapshot_request = 0  # of the snapshot on its way, 0 for none
        self._snapshots = 0  # that came on this connection
        self._requests = 0
        self._answers: dict[int, Any] = {}  # None: waited for
        self._wanted: tuple[tuple[str, ...], tuple[int, ...]] | None = None
        self._consumed_bytes = 0
        self._listeners: list[deque[m.EventMessage]] = []
        hello = m.Hello(major=m.MAJOR, minor=m.MINOR, schema=schema.schema_hash(), client="python")
        self._connection = Connection(endpoint, token, hello, _Listener(self))
        self._connection.start()

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
        with self._changed:
            if self._failure is None:
                self._failure = ConnectionFailed("the client is closed; connect anew")
            self._connected = False
            self._changed.notify_all()
        self._connection.close()

    # ------------------------------------------------------------ network and room

    def network(self) -> Network:
        """The network as it was traced."""
        with self._changed:
            return self._networks[self._name].network

    def published(self) -> m.NetworkPublished:
        """What the bridge says of the network: title, weights, preprocessing, class names."""
        with self._changed:
            return self._networks[self._name]

    def room(self) -> Room:
        """Where everything stands."""
        with self._changed:
            return self._rooms[self._name]

    def layers(self) -> tuple[str, ...]:
        """Names of all layers, in order."""
        return self.network().layers()

    # ------------------------------------------------------------ images and runs

    def request(
        self, layers: str | Sequence[str] = "*", *, levels: Sequence[int] = (0,)
    ) -> tuple[str, ...]:
        """Says what to stream from now on; the names of the layers that this means.

        `layers` are names and globs; level k halves the edges of a tile k times. Raises
        UnknownLayer for what names no layer.
        """
        patterns = (layers,) if isinstance(layers, str) else tuple(layers)
        message = m.Request(layers=patterns, levels=tuple(levels), network=self._name)
        reply = self._ask(message)
        with self._changed:
            self._wanted = patterns, tuple(levels)
        return tuple(reply.layers or ())

    def shelf(self) -> tuple[m.Picture, ...]:
        """The pictures that the bridge has to place."""
        with self._changed:
            assert self._welcome is not None
            return self._welcome.shelf

    def picture(self, id: str, *, edge: int = 256) -> np.ndarray:
        """A picture of the shelf with its longer edge at most `edge` pixels, uint8 (H, W, 3)."""
        _, arrays = self._ask_whole(m.GetPicture(request=0, picture=id, edge=edge))
        return arrays[0]

    def place_image(
        self, image: str | Path | bytes | np.ndarray, *, name: str = "", input: str = "input"
    ) -> int:
        """Places an image into the network's input; the number of the run that begins.

        `image` is a picture's id on the shelf, a file (this client reads it, the bridge opens
        nothing), the bytes of one, or pixels uint8 (H, W, 3) or (H, W). Raises InvalidImage,
        UnknownPicture or TooLarge.
        """
        message = m.PlaceImage(request=0, name=name, network=self._name, input=input)
        if isinstance(image, str) and any(image == picture.id for picture in self.shelf()):
            return self._placed(
                m.PlaceImage(request=0, name=name, picture=image, network=self._name, input=input),
                (),
            )
        if isinstance(image, (str, Path)):
            path = Path(image).expanduser()
            message = m.PlaceImage(
                request=0, name=name or path.name, network=self._name, input=input
            )
            return self._placed(message, (np.frombuffer(self._file(path), np.uint8),))
        if isinstance(image, bytes):
            return self._placed(message, (np.frombuffer(image, np.uint8),))
        return self._placed(message, (_pixels(image),))

    def wait_complete(self, run: int, timeout_s: float = 60.0) -> None:
        """Returns once every requested page of `run` has arrived.

        Raises RunSuperseded if a newer run took its place, RunFailed if the forward pass
        raised, TimeoutError if neither happened within `timeout_s`.
        """
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while not self._is_complete(run):
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    found = self._runs.get(run)
                    came = len(found.layers) if found else 0
                    raise TimeoutError(
                        f"run {run} is not complete after {timeout_s:g} s; {came} layers came"
                    )

    def run(self) -> int | None:
        """The newest run of which everything came; None before there is one."""
        with self._changed:
            newest = self._runs.newest_complete()
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
                    raise UnknownLayer(f"'{layer}' is not in {self._name}{nearest(layer, known)}")
                raise UnknownLayer(
                    f"'{layer}' has not come in run {received.number}; request it, and wait "
                    "until the run is complete"
                )
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

        Empty where the output is no list of scores.
        """
        with self._changed:
            received = self._run(run)
            if received.scores is None:
                raise RunFailed(
                    f"run {received.number} has no prediction yet; wait until it is complete"
                )
            return [(score.name, score.confidence) for score in received.scores]

    def stats(self) -> Stats:
        """What came since the client connected."""
        with self._changed:
            return self._runs.stats

    # ------------------------------------------------------------ the shared document

    def state(self) -> dict[str, Any]:
        """A copy of the shared document."""
        with self._changed:
            return copy.deepcopy(self._document.tree)

    def events(self) -> Iterator[m.EventMessage]:
        """The numbered events from now on; ends when the client closes."""
        events: deque[m.EventMessage] = deque(maxlen=KEPT_EVENTS)
        with self._changed:
            self._listeners.append(events)
        return self._events(events)

    def expand(self, block: str) -> None:
        """Opens a block for everybody; returns once the room is rebuilt."""
        self._set_expanded(block, True)

    def collapse(self, block: str) -> None:
        """Closes a block for everybody; returns once the room is rebuilt."""
        self._set_expanded(block, False)

    def move_layer(
        self,
        layer: str,
        *,
        position_m: Vec3,
        rotation: Quaternion = (0.0, 0.0, 0.0, 1.0),
        scale: float = 1.0,
    ) -> None:
        """Puts the station that holds a layer elsewhere, for everybody. See `room.Transform`."""
        self._change(self._station(layer), Transform(position_m, rotation, scale))

    def reset_layer(self, layer: str) -> None:
        """Puts the station that holds a layer back where the layout has it."""
        self._change(self._station(layer), None)

    def hold_layer(self, layer: str, *, seconds: float = 5.0) -> None:
        """Keeps others from moving the station of a layer for a while; 0 lets it go.

        Raises Leased if somebody else holds it.
        """
        self._ask(m.Grab(request=0, path=self._station(layer), seconds=seconds))

    def bookmark(self, name: str, text: str | None) -> None:
        """Sets a bookmark, a text of the viewer's; None removes it."""
        self._change(("bookmarks", name), text)

    # ------------------------------------------------------------ inside

    def _open(self, layers: str | Sequence[str], timeout_s: float) -> None:
        """Waits for the network, and requests."""

        def ready() -> bool:
            self._raise_failure()
            return self._name in self._rooms and self._snapshots > 0

        with self._changed:
            if not self._changed.wait_for(ready, timeout_s):
                raise ConnectionFailed(
                    f"the bridge has no network '{self._name}' after {timeout_s:g} s"
                    + (f"; it is {self._progress}" if self._progress else "")
                )
        self.request(layers)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _is_complete(self, number: int) -> bool:
        self._raise_failure()
        run = self._runs.get(number)
        if run is None:
            if number < self._runs.newest:
                raise RunSuperseded(f"run {number} is past and not kept; place the image again")
            return False
        return _complete(run)

    def _run(self, number: int | None) -> ReceivedRun:
        if number is None:
            newest = self._runs.newest_complete()
            if newest is None:
                raise RunFailed("no run is complete yet; wait_complete waits for one")
            return newest
        run = self._runs.get(number)
        if run is None:
            raise RunSuperseded(f"run {number} is not kept; place the image again")
        if run.state == "failed":
            raise RunFailed(run.error)
        return run

    def _file(self, path: Path) -> bytes:
        assert self._welcome is not None
        limit = self._welcome.limits.image_bytes
        try:
            size = path.stat().st_size
            if size > limit:
                raise TooLarge(f"{path} has {size:,} bytes; the bridge takes {limit:,}")
            return path.read_bytes()
        except OSError as error:
            raise InvalidImage(
                f"'{path}' cannot be read ({error.strerror}) and is not on the shelf"
            ) from None

    def _placed(self, message: m.PlaceImage, payloads: Sequence[np.ndarray]) -> int:
        reply = self._ask(message, payloads)
        assert reply.run is not None
        return reply.run

    def _station(self, layer: str) -> tuple[str, str, str]:
        stations = self.room().stations
        for station in stations:
            if layer == station.key or layer in station.layers:
                return "stations", self._name, station.key
        known = [name for station in stations for name in station.layers]
        raise UnknownLayer(f"'{layer}' stands nowhere in the room{nearest(layer, known)}")

    def _set_expanded(self, block: str, expanded: bool) -> None:
        self._change(("expanded", self._name, block), True if expanded else None)
        with self._changed:
            known = {one.name for one in self._networks[self._name].network.blocks}

            def rebuilt() -> bool:
                self._raise_failure()
                blocks = self._document.tree.get("expanded", {}).get(self._name, {})
                wanted = known.intersection(blocks)
                return set(self._rooms[self._name].expanded) == wanted

            if not self._changed.wait_for(rebuilt, ANSWER_S):
                raise TimeoutError(f"the room was not rebuilt within {ANSWER_S:g} s")

    def _change(self, path: tuple[str, ...], value: Any) -> None:
        """Changes the document and returns once this client has heard of it."""
        base = self._document.revision
        reply = self._ask(m.Change(request=0, base=base, path=path, value=value))

        def heard() -> bool:
            self._raise_failure()
            return self._document.revision >= (reply.revision or 0)

        with self._changed:
            if self._changed.wait_for(heard, CHANGE_S):
                return
            self._ask_snapshot()
            self._changed.wait_for(heard, ANSWER_S)

    def _ask(self, message: Any, payloads: Sequence[np.ndarray] = ()) -> m.Reply:
        reply, _ = self._ask_whole(message, payloads)
        assert isinstance(reply, m.Reply)
        return reply

    def _ask_whole(
        self, message: Any, payloads: Sequence[np.ndarray] = ()
    ) -> tuple[Any, list[np.ndarray]]:
        """The answer to a numbered message; raises the error that it is."""
        deadline = time.monotonic() + ANSWER_S
        with self._changed:
            self._wait(lambda: self._connected, deadline, "no connection to the bridge")
            number = self._number()
            self._answers[number] = None
        self._connection.send(_numbered(message, number), payloads)
        with self._changed:
            try:
                self._wait(
                    lambda: self._answers[number] is not None, deadline, "no answer of the bridge"
                )
            finally:
                answer = self._answers.pop(number)
        if isinstance(answer, LayerwalkError):
            raise answer
        reply, arrays = answer
        return reply, arrays

    def _wait(self, condition: Callable[[], bool], deadline: float, what: str) -> None:
        def met() -> bool:
            if not condition():
                self._raise_failure()
                return False
            return True

        if not self._changed.wait_for(met, max(0.0, deadline - time.monotonic())):
            raise ConnectionFailed(f"{what} within {ANSWER_S:g} s")

    def _number(self) -> int:
        self._requests += 1
        return self._requests

    def _events(self, events: deque[m.EventMessage]) -> Iterator[m.EventMessage]:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: events or self._failure is not None)
                    if not events:
                        return
                    event = events.popleft()
                yield event
        finally:
            with self._changed:
                self._listeners = [one for one in self._listeners if one is not events]

    # ------------------------------------------------------------ on the connection's thread

    def _received(self, message: m.BridgeMessage, arrays: list[np.ndarray]) -> None:
        with self._changed:
            self._take(message, arrays)
            self._changed.notify_all()

    def _take(self, message: m.BridgeMessage, arrays: list[np.ndarray]) -> None:
        match message:
            case m.Pages():
                self._renew_credit(self._runs.pages(message, arrays))
            case m.InputPlaced():
                self._runs.placed(message, arrays[0])
            case m.Prediction():
                self._runs.expect(message.run).scores = message.scores
            case m.Complete() | m.Failed() | m.Superseded():
                self._runs.ended(message)
            case m.Reply() | m.PictureData():
                self._answered(message, arrays)
            case m.Snapshot():
                self._document.replace(message)
                self._snapshots += 1
                self._snapshot_request = 0
            case m.Error():
                if message.request in self._answers:
                    self._answers[message.request] = error_of(message)
            case m.NetworkPublished():
                self._networks[message.name] = message
            case m.RoomPublished():
                self._rooms[message.room.network] = message.room
            case m.Progress():
                self._progressed(message)
            case m.Welcome():
                self._welcomed(message)
            case m.Event():
                self._heard(message)

    def _answered(self, message: m.Reply | m.PictureData, arrays: list[np.ndarray]) -> None:
        if isinstance(message, m.Reply) and message.layers is not None:
            # The bridge counts this run as incomplete again from here on in the stream.
            self._runs.reopen()
        if isinstance(message, m.Reply) and message.run is not None:
            self._runs.expect(message.run)
        if message.request in self._answers:
            self._answers[message.request] = message, arrays

    def _progressed(self, message: m.Progress) -> None:
        if message.network != self._name:
            return
        self._progress = message.stage
        if message.error:
            self._failure = SourceError(f"the bridge could not open its network: {message.error}")

    def _welcomed(self, message: m.Welcome) -> None:
        if self._welcome is not None and self._welcome.session != message.session:
            self._runs.clear()
        self._welcome = message
        self._document.restart()
        self._document.replace(message)
        self._connected = True
        self._consumed_bytes = 0
        self._connection.send(m.Credit(bytes=CREDIT_BYTES))
        if self._wanted is not None:
            layers, levels = self._wanted
            self._connection.send(
                m.Request(layers=layers, levels=levels, network=self._name, request=self._number())
            )

    def _renew_credit(self, size_bytes: int) -> None:
        self._consumed_bytes += size_bytes
        if self._consumed_bytes >= CREDIT_BYTES // 4:
            self._connection.send(m.Credit(bytes=self._consumed_bytes))
            self._consumed_bytes = 0

    def _heard(self, event: m.EventMessage) -> None:
        awaiting = self._snapshot_request != 0
        new = event.number > self._document.event
        if not self._document.take(event, awaiting=awaiting):
            self._ask_snapshot()
        if new:
            for events in self._listeners:
                events.append(event)

    def _ask_snapshot(self) -> None:
        if self._snapshot_request == 0:
            self._snapshot_request = self._number()
            self._connection.send(m.GetSnapshot(request=self._snapshot_request))

    def _subscribed(self) -> None:
        with self._changed:
            self._ask_snapshot()

    def _lost(self, error: LayerwalkError, final: bool) -> None:
        with self._changed:
            self._connected = False
            self._snapshot_request = self._snapshots = 0
            if final and self._failure is None:
                self._failure = error
            for number, answer in self._answers.items():
                if answer is None:
                    self._answers[number] = error
            self._changed.notify_all()


class _Listener:
    """What the connection tells, out of the way of the client's own methods."""

    def __init__(self, client: Client) -> None:
        self.received = client._received
        self.subscribed = client._subscribed
        self._client = client

    def lost(self, error: LayerwalkError, *, final: bool) -> None:
        self._client._lost(error, final)


def _complete(run: ReceivedRun) -> bool:
    """Whether everything came. Raises what else became of the run."""
    if run.state == "superseded":
        raise RunSuperseded(f"run {run.number} was superseded by run {run.by}; wait for that")
    if run.state == "failed":
        raise RunFailed(f"run {run.number}: {run.error}")
    return run.state == "complete"


def _pixels(image: Any) -> np.ndarray:
    """An array as it is sent; anything that numpy takes for one, a Pillow image too."""
    array = np.asarray(image)
    if array.dtype != np.uint8 or array.ndim not in (2, 3):
        raise InvalidImage(
            f"an array of {array.dtype} {array.shape} is no image; give uint8 (H, W, 3) or (H, W)"
        )
    return array


def _numbered(message: Any, request: int) -> Any:
    return msgspec.structs.replace(message, request=request)
