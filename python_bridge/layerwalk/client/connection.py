"""A client's sockets, on a thread of their own, which connects again after a loss.

ZeroMQ's sockets belong to one thread: whatever other threads send goes to it through a pipe.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import zmq
from zmq.utils.monitor import parse_monitor_message

from layerwalk import errors
from layerwalk.client.access import Access
from layerwalk.errors import ConnectionFailed, InvalidMessage, LayerwalkError, Unauthorized
from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import HEARTBEAT_MS, HEARTBEAT_TIMEOUT_MS

logger = logging.getLogger(__name__)

CONNECT_MS = 5_000
FIRST_RETRY_MS, MAX_RETRY_MS = 250, 2_000
MAX_AT_ONCE = 64  # messages read before what is to be sent gets its turn

_CLOSE: list[BytesLike] = [b"close"]
_KNOWN = frozenset(t.tag for t in schema.types() if t.tag is not None)
_LOST = zmq.EVENT_DISCONNECTED | zmq.EVENT_CLOSED
_REFUSED = zmq.EVENT_HANDSHAKE_FAILED_AUTH
_WATCHED = _LOST | _REFUSED | zmq.EVENT_HANDSHAKE_SUCCEEDED


class Listener(Protocol):
    """Who hears what comes; every method is called on the connection's thread."""

    def received(self, message: m.BridgeMessage, arrays: list[np.ndarray]) -> None:
        """A message of the bridge; arrays are read-only views of what came."""

    def subscribed(self) -> None:
        """Events come from now on; some before may have been missed."""

    def lost(self, error: LayerwalkError, *, final: bool) -> None:
        """The connection is gone. Unless `final`, another attempt follows."""


class Connection:
    """DEALER and SUB to a bridge. Says Hello; everything else is its listener's business.

    A connection that never came about, or is refused, is not attempted again.
    """

    def __init__(self, access: Access, hello: m.Hello, listener: Listener) -> None:
        self._access = access
        self._hello = hello
        self._listener = listener
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._pipe, self._pipe_end = _pipe(self._context)
        self._pipe_lock = threading.Lock()
        self._closed = False
        self._link: _Link | None = None
        self._thread = threading.Thread(target=self._run, name="layerwalk-client", daemon=True)

    def start(self) -> None:
        """Begins to connect."""
        self._thread.start()

    def send(self, message: m.Message, payloads: Sequence[np.ndarray] = ()) -> None:
        """Sends a message, from any thread; drops it where there is no connection."""
        parts = frames.encode(message, payloads)
        if threading.current_thread() is self._thread:
            if self._link is not None:
                self._link.send(parts)
        else:
            self._through_pipe(parts)

    def close(self) -> None:
        """Closes the sockets and ends the thread. May be called again."""
        self._through_pipe(_CLOSE)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _through_pipe(self, parts: Sequence[BytesLike]) -> None:
        with self._pipe_lock:
            if not self._closed:
                self._pipe.send_multipart(parts, copy=False)

    # ------------------------------------------------------------ on the connection's thread

    def _run(self) -> None:
        try:
            self._connect_again_and_again()
        except Exception:
            logger.exception("The client failed")
            self._listener.lost(ConnectionFailed("the client failed; see its log"), final=True)
        finally:
            with self._pipe_lock:
                self._closed = True
                self._context.destroy(linger=0)

    def _connect_again_and_again(self) -> None:
        retry_ms, ever = FIRST_RETRY_MS, False
        while True:
            self._link = link = _Link(self._context, self._access)
            try:
                link.open()
                if self._serve(link):
                    return
            except _Refusal as refusal:
                self._listener.lost(refusal.error, final=True)
                return
            except ConnectionFailed as error:
                ever = ever or link.welcomed
                self._listener.lost(error, final=not ever)
                if not ever:
                    return
                retry_ms = FIRST_RETRY_MS if link.welcomed else min(2 * retry_ms, MAX_RETRY_MS)
            finally:
                self._link = None
                link.close()
            if self._closed_within(retry_ms):
                return

    def _closed_within(self, time_ms: int) -> bool:
        """Waits, and drops what is to be sent meanwhile; True if the client was closed."""
        while self._pipe_end.poll(time_ms):
            if self._pipe_end.recv_multipart() == _CLOSE:
                return True
        return False

    def _serve(self, link: _Link) -> bool:
        """Hands on what comes; True when the client was closed, raises when the link is lost."""
        poller = zmq.Poller()
        poller.register(self._pipe_end, zmq.POLLIN)
        for socket in link.sockets():
            poller.register(socket, zmq.POLLIN)
        while True:
            ready = dict(poller.poll())
            if self._pipe_end in ready:
                parts = self._pipe_end.recv_multipart(copy=False)
                if len(parts) == 1 and parts[0].bytes == _CLOSE[0]:
                    return True
                if link.welcomed:
                    link.send(parts)
            # What came before the end of a connection counts, so messages are read first.
            if link.dealer in ready:
                self._take_all(link, poller)
            if link.events in ready:
                self._take_event(link)
            if link.monitor in ready and link.read_monitor():
                link.send(frames.encode(self._hello))
            if link.events_monitor in ready and link.read_events_monitor():
                self._listener.subscribed()

    def _take_all(self, link: _Link, poller: zmq.Poller) -> None:
        """All messages that are there: waiting for each takes as long as reading it."""
        for _ in range(MAX_AT_ONCE):
            try:
                parts = link.dealer.recv_multipart(flags=zmq.NOBLOCK, copy=False)
            except zmq.Again:
                return
            self._take(parts, link, poller)

    def _take(self, parts: Sequence[zmq.Frame], link: _Link, poller: zmq.Poller) -> None:
        message = _decoded(parts)
        if message is None:
            return
        body, arrays = message
        if isinstance(body, m.Welcome):
            link.welcomed = True
            if body.events:
                for socket in link.subscribe(body.events):
                    poller.register(socket, zmq.POLLIN)
        elif isinstance(body, m.Error) and not link.welcomed:
            raise _Refusal(error_of(body))
        self._listener.received(body, arrays)

    def _take_event(self, link: _Link) -> None:
        assert link.events is not None
        message = _decoded(link.events.recv_multipart(copy=False))
        if message is not None:
            self._listener.received(*message)


class _Refusal(Exception):
    """The bridge will not have this client; another attempt would end alike."""

    def __init__(self, error: LayerwalkError) -> None:
        super().__init__(str(error))
        self.error = error


class _Link:
    """The sockets of one connection."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], access: Access) -> None:
        self.welcomed = False
        self._context = context
        self._access = access
        self._endpoint = access.endpoint
        self.dealer = self._socket(zmq.DEALER)
        self.dealer.reconnect_ivl = -1  # a new connection needs a new Hello, so a new link
        self.monitor = self.dealer.get_monitor_socket(_WATCHED)
        self.events: zmq.Socket[bytes] | None = None
        self.events_monitor: zmq.Socket[bytes] | None = None

    def open(self) -> None:
        """Begins to connect. Raises ConnectionFailed for what is no endpoint."""
        _connect(self.dealer, self._endpoint)

    def subscribe(self, endpoint: str) -> tuple[zmq.Socket[bytes], zmq.Socket[bytes]]:
        """Begins to hear the events. Raises _Refusal where they cannot be, or not safely."""
        self.events = self._socket(zmq.SUB)
        self.events.rcvhwm = 0
        self.events_monitor = self.events.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
        self.events.subscribe(b"")
        try:
            _connect(self.events, self._access.beside(endpoint))
        except LayerwalkError as error:
            raise _Refusal(error) from None
        return self.events, self.events_monitor

    def sockets(self) -> tuple[zmq.Socket[bytes], ...]:
        """The sockets to listen to from the beginning."""
        return self.dealer, self.monitor

    def send(self, parts: Sequence[Any]) -> None:
        """Sends a message; dropped where the connection is gone, of which the monitor tells."""
        with contextlib.suppress(zmq.Again):
            self.dealer.send_multipart(parts, flags=zmq.NOBLOCK, copy=False)

    def read_monitor(self) -> bool:
        """Whether the handshake succeeded. Raises when the connection is lost or refused."""
        event = parse_monitor_message(self.monitor.recv_multipart())["event"]
        if event & _REFUSED:
            raise _Refusal(
                Unauthorized(f"{self._endpoint} refused the token; give the bridge's token=")
            )
        if event & _LOST:
            raise ConnectionFailed(
                f"the connection to {self._endpoint} "
                + ("was lost" if self.welcomed else f"did not come about; {self._access.doubt()}")
            )
        return bool(event & zmq.EVENT_HANDSHAKE_SUCCEEDED)

    def read_events_monitor(self) -> bool:
        """Whether the events' handshake succeeded."""
        assert self.events_monitor is not None
        self.events_monitor.recv_multipart()
        return True

    def close(self) -> None:
        """Closes all sockets."""
        for socket in (self.dealer, self.events):
            if socket is not None:
                socket.disable_monitor()
                socket.close(linger=0)

    def _socket(self, kind: int) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.rcvhwm = socket.sndhwm = 0  # credit bounds what comes
        socket.ipv6 = "[" in self._endpoint
        socket.connect_timeout = socket.handshake_ivl = CONNECT_MS
        socket.heartbeat_ivl = HEARTBEAT_MS
        socket.heartbeat_timeout = HEARTBEAT_TIMEOUT_MS
        self._access.present(socket)
        return socket


def error_of(message: m.Error) -> LayerwalkError:
    """The exception that an Error message tells of."""
    kind = getattr(errors, message.code, LayerwalkError)
    if not (isinstance(kind, type) and issubclass(kind, LayerwalkError)):
        kind = LayerwalkError
    return kind(message.message)


def _connect(socket: zmq.Socket[bytes], endpoint: str) -> None:
    try:
        socket.connect(endpoint)
    except zmq.ZMQError as error:
        raise ConnectionFailed(
            f"'{endpoint}' is no endpoint ({error.strerror}); "
            "give tcp://HOST:PORT as the bridge printed it"
        ) from None


def _decoded(received: Sequence[zmq.Frame]) -> tuple[m.BridgeMessage, list[np.ndarray]] | None:
    """A message; None for one of a type that is newer than this client."""
    parts = [frame.buffer for frame in received]
    try:
        return frames.decode_bridge(parts)
    except InvalidMessage:
        if frames.message_type(parts[0]) in _KNOWN:
            logger.exception("A message of the bridge cannot be read")
        return None


def _pipe(
    context: zmq.Context[zmq.Socket[bytes]],
) -> tuple[zmq.Socket[bytes], zmq.Socket[bytes]]:
    ends = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    for end in ends:
        end.linger = 0
        end.sndhwm = end.rcvhwm = 0
    ends[0].bind("inproc://pipe")
    ends[1].connect("inproc://pipe")
    return ends
