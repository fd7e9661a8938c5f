"""What comes from the bridge, collected on the connection's thread, for all other threads."""

from __future__ import annotations

import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from layerwalk.client.access import Access
from layerwalk.client.connection import Connection, error_of
from layerwalk.client.received import ReceivedDocument, ReceivedRuns
from layerwalk.errors import ConnectionFailed, LayerwalkError, SourceError
from layerwalk.protocol import messages as m
from layerwalk.protocol import schema
from layerwalk.room import Room

CREDIT_BYTES = 64 << 20
KEPT_EVENTS = 10_000
ANSWER_S = 30.0
RECONNECT_S = 5.0  # a call waits so long for a connection that was lost


class Inbox:
    """The state of one client. `changed` guards all of it, and is notified of all but pages.

    `request` is what to ask for again on a new connection, `failure` why there will be none any
    more, `snapshots` how many came on this one.
    """

    def __init__(self, access: Access, *, network: str, keep_runs: int) -> None:
        self.changed = threading.Condition()
        self.document = ReceivedDocument()
        self.runs = ReceivedRuns(keep_runs)
        self.networks: dict[str, m.NetworkPublished] = {}
        self.rooms: dict[str, Room] = {}
        self.welcome: m.Welcome | None = None
        self.progress = ""
        self.failure: LayerwalkError | None = None
        self.snapshots = 0
        self.maps: dict[int, list[tuple[m.Similarity, np.ndarray]]] = {}
        self.request: m.Request | None = None
        self.shown = ("input",)  # the frames whose runs are told of
        self.switches = 0  # to another frame, that the bridge has not carried out yet
        self._endpoint = access.endpoint
        self._network = network
        self._connected = False
        self._numbers = 0
        self._answers: dict[int, Any] = {}  # None: waited for
        self._snapshot_under_way = False
        self._consumed_bytes = 0
        self._listeners: weakref.WeakSet[Events] = weakref.WeakSet()
        hello = m.Hello(major=m.MAJOR, minor=m.MINOR, schema=schema.schema_hash(), client="python")
        self._connection = Connection(access, hello, self)
        self._connection.start()

    def close(self) -> None:
        """Leaves the bridge. May be called again."""
        with self.changed:
            if self.failure is None:
                self.failure = ConnectionFailed("the client is closed; connect anew")
            self._connected = False
            self.changed.notify_all()
        self._connection.close()

    # ------------------------------------------------------------ for other threads

    def wait(self, condition: Callable[[], Any], timeout_s: float) -> bool:
        """Waits, with `changed` held; False after `timeout_s`. Raises why it never will be."""

        def met() -> bool:
            if condition():
                return True
            self.raise_failure()
            return False

        return self.changed.wait_for(met, max(0.0, timeout_s))

    def raise_failure(self) -> None:
        """Raises why there will be no connection any more, if that is so."""
        if self.failure is not None:
            raise self.failure

    def ask(
        self, message: Any, payloads: Sequence[np.ndarray] = ()
    ) -> tuple[Any, list[np.ndarray]]:
        """The answer to a message that is numbered here; raises the error that it is.

        Raises ConnectionFailed where the connection was lost and is not back in RECONNECT_S.
        """
        deadline_s = time.monotonic() + ANSWER_S
        with self.changed:
            if not self.wait(lambda: self._connected, RECONNECT_S):
                raise ConnectionFailed(
                    f"the connection to {self._endpoint} was lost and is not back after "
                    f"{RECONNECT_S:g} s; if the bridge is gone, start it and connect anew"
                )
            number = self._number()
            self._answers[number] = None
        self._connection.send(msgspec.structs.replace(message, request=number), payloads)
        with self.changed:
            try:
                left_s = deadline_s - time.monotonic()
                if not self.wait(lambda: self._answers[number] is not None, left_s):
                    raise ConnectionFailed(f"the bridge did not answer within {ANSWER_S:g} s")
            finally:
                answer = self._answers.pop(number)
                if not isinstance(answer, tuple):
                    self.maps.pop(number, None)
        if isinstance(answer, LayerwalkError):
            raise answer
        reply, arrays = answer
        return reply, arrays

    def ask_snapshot(self) -> None:
        """Asks for the whole document, unless it is on its way."""
        if not self._snapshot_under_way:
            self._snapshot_under_way = True
            self._connection.send(m.GetSnapshot(request=self._number()))

    def events(self) -> Iterator[m.EventMessage]:
        """The numbered events from now on, until the client is closed."""
        with self.changed:
            events = Events(self)
            self._listeners.add(events)
        return events

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    # ------------------------------------------------------------ on the connection's thread

    def received(self, message: m.BridgeMessage, arrays: list[np.ndarray]) -> None:
        """A message of the bridge."""
        with self.changed:
            self._take(message, arrays)
            if not isinstance(message, m.Pages):  # nobody waits for these alone
                self.changed.notify_all()

    def subscribed(self) -> None:
        """Events come from now on; a snapshot tells what was before."""
        with self.changed:
            self.ask_snapshot()

    def lost(self, error: LayerwalkError, *, final: bool) -> None:
        """The connection is gone, and with it the answers that were waited for."""
        with self.changed:
            self._connected = self._snapshot_under_way = False
            self.switches = 0
            self.snapshots = 0
            if final and self.failure is None:
                self.failure = error
            for number, answer in self._answers.items():
                if answer is None:
                    self._answers[number] = error
            self.changed.notify_all()

    def _take(self, message: m.BridgeMessage, arrays: list[np.ndarray]) -> None:
        match message:
            case m.Pages():
                self._renew_credit(self.runs.pages(message, arrays))
            case m.InputPlaced():
                self.runs.placed(message, arrays[0])
            case m.Prediction():
                self.runs.expect(message.run).prediction = message
            case m.Complete() | m.Failed() | m.Superseded():
                self.runs.ended(message)
            case m.Similarity():
                self._renew_credit(arrays[0].nbytes)
                if message.request in self._answers:
                    self.maps.setdefault(message.request, []).append((message, arrays[0]))
            case m.Reply() | m.PictureData() | m.Weights() | m.SimilarityDone():
                self._answered(message, arrays)
            case m.Snapshot():
                self.document.replace(message)
                self.snapshots += 1
                self._snapshot_under_way = False
            case m.Error():
                if message.request in self._answers:
                    self._answers[message.request] = error_of(message)
            case m.NetworkPublished():
                self.networks[message.name] = message
            case m.RoomPublished():
                self.rooms[message.room.network] = message.room
            case m.Progress():
                self._progressed(message)
            case m.Welcome():
                self._welcomed(message)
            case m.Event():
                self._heard(message)

    def _answered(
        self,
        message: m.Reply | m.PictureData | m.Weights | m.SimilarityDone,
        arrays: list[np.ndarray],
    ) -> None:
        if isinstance(message, m.Reply) and message.layers is not None:
            # The bridge counts this run as incomplete again from here on in the stream.
            if self.switches:  # from here on in the stream runs are another frame's
                self.switches -= 1
                self.runs.clear()
            self.runs.reopen()
        if isinstance(message, m.Reply) and message.run is not None:
            self.runs.expect(message.run)
        if message.request in self._answers:
            self._answers[message.request] = message, arrays

    def _progressed(self, message: m.Progress) -> None:
        if message.network != self._network:
            return
        self.progress = message.stage
        if message.error:
            self.failure = SourceError(f"the bridge could not open its network: {message.error}")

    def _welcomed(self, message: m.Welcome) -> None:
        if self.welcome is not None and self.welcome.session != message.session:
            self.runs.clear()
        self.welcome = message
        self.document.restart()
        self.document.replace(message)
        self._connected = True
        self._consumed_bytes = 0
        self._connection.send(m.Credit(bytes=CREDIT_BYTES))
        if self.request is not None:
            self._connection.send(msgspec.structs.replace(self.request, request=self._number()))

    def _renew_credit(self, size_bytes: int) -> None:
        self._consumed_bytes += size_bytes
        if self._consumed_bytes >= CREDIT_BYTES // 4:
            self._connection.send(m.Credit(bytes=self._consumed_bytes))
            self._consumed_bytes = 0

    def _heard(self, event: m.EventMessage) -> None:
        awaiting = self._snapshot_under_way
        new = event.number > self.document.event
        if not self.document.take(event, awaiting=awaiting):
            self.ask_snapshot()
        if new:
            for events in self._listeners:
                events.heard.append(event)


class Events(Iterator[m.EventMessage]):
    """The events that an inbox hears while somebody holds this; the newest KEPT_EVENTS wait."""

    def __init__(self, inbox: Inbox) -> None:
        self.heard: deque[m.EventMessage] = deque(maxlen=KEPT_EVENTS)
        self._inbox = inbox

    def __next__(self) -> m.EventMessage:
        with self._inbox.changed:
            self._inbox.changed.wait_for(lambda: self.heard or self._inbox.failure is not None)
            if not self.heard:
                raise StopIteration
            return self.heard.popleft()
