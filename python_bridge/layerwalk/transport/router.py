"""The ZeroMQ sockets: ROUTER for everything between one client and the bridge, PUB for events.

The ZAP handler that lets in who knows the token runs here (see `security`). A client that
vanishes is noticed by its TCP connection's end, or by missing heartbeats after 14 s at the
latest; which peer that was, the socket monitor's file descriptor says. Messages carry the
same number, and numbers are used again only after the monitor has told of the end, so the
monitor is always read before a Hello.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
from collections.abc import Awaitable, Iterator, Sequence
from typing import Any

import zmq
import zmq.asyncio
from zmq.utils.monitor import parse_monitor_message

from layerwalk.errors import ConnectionFailed, LayerwalkError
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import (
    HEARTBEAT_MS,
    HEARTBEAT_TIMEOUT_MS,
    MAX_HELLO_BYTES,
    MAX_PENDING_BYTES,
    ZEROMQ_USER,
)
from layerwalk.protocol.messages import Limits
from layerwalk.transport import reception
from layerwalk.transport.address import is_any, on_this_machine, tcp
from layerwalk.transport.handler import Handler
from layerwalk.transport.peer import RouterPeer, error_parts
from layerwalk.transport.security import Security
from layerwalk.transport.unread import Unread

logger = logging.getLogger(__name__)

HANDSHAKE_MS = 5_000
QUEUED_MESSAGES = 64  # in libzmq, for each peer; more wait in the peer, where they are counted
UNREAD_MESSAGES = 8  # of each client, each as large as the limit; then it waits
FIRST_BYTES = 4 * MAX_HELLO_BYTES  # a handshake and Hello, and something that follows at once
SYSTEM_BYTES = 16 << 20  # more than the buffers of a connection hold
QUEUED_EVENTS = 10_000
SUBSCRIPTION_BYTES = 4096
WEIGH_S = 0.1  # how often it is checked what a client has sent without an end
RETRY_S, LONGEST_RETRY_S = 0.001, 0.064  # ROUTER does not say which peer has room again


class Router:
    """ROUTER and PUB on `host`. Lives in one event loop.

    ROUTER is at `port`, PUB at the next one; 0 lets the system choose.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        host: str,
        port: int = 0,
        security: Security,
        limits: Limits,
        max_pending_bytes: int = MAX_PENDING_BYTES,
        ids: Iterator[str] | None = None,
    ) -> None:
        self.endpoint = ""
        self.events_endpoint = ""
        self._handler = handler
        self._host, self._port = host, port
        self._security = security
        self._limits = limits
        self._max_pending_bytes = max_pending_bytes
        self._ids = ids if ids is not None else map(str, itertools.count(1))
        # A client may be so far ahead, with the message that it is at and what the system buffers.
        self._unread = Unread(
            (UNREAD_MESSAGES + 2) * limits.message_bytes + SYSTEM_BYTES,
            first_bytes=FIRST_BYTES,
            overhead_bytes=security.overhead_bytes,
        )
        self._peers: dict[bytes, RouterPeer] = {}
        self._blocked: set[RouterPeer] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._retry: asyncio.TimerHandle | None = None
        self._retry_s = RETRY_S
        self._looking = False

    async def start(self) -> None:
        """Binds the sockets. Raises ConnectionFailed if it cannot be done."""
        self._context = zmq.asyncio.Context()
        self._zap = self._context.socket(zmq.REP)
        self._zap.bind("inproc://zeromq.zap.01")  # before any socket that asks it
        self._router = self._open(zmq.ROUTER, 2 * self._limits.message_bytes)
        self._router.router_mandatory = True
        self._router.router_handover = True
        self._router.sndhwm, self._router.rcvhwm = QUEUED_MESSAGES, UNREAD_MESSAGES
        self._outgoing = zmq.Socket(shadow=self._router)  # the same, without a future a message
        self._events = self._open(zmq.PUB, SUBSCRIPTION_BYTES)
        self._events.sndhwm = QUEUED_EVENTS
        self._monitor = self._monitored(self._router)
        try:
            port = self._bind(self._router, self._port)
            events_port = self._bind(self._events, self._port and self._port + 1)
        except LayerwalkError:
            self._context.destroy(linger=0)
            raise
        self.endpoint = tcp(on_this_machine(self._host), port)
        # Of all its addresses, a client knows one by which this machine is reached.
        self.events_endpoint = tcp("*" if is_any(self._host) else self._host, events_port)
        loops = self._authenticate(), self._receive(), self._watch(), self._weigh()
        self._tasks = [asyncio.create_task(loop) for loop in loops]

    async def stop(self) -> None:
        """Lets all clients go and closes the sockets."""
        if self._retry is not None:
            self._retry.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for peer in list(self._peers.values()):
            peer.close()
        await asyncio.sleep(0)  # `_drop` tells the handler in the loop's next round
        self._context.destroy(linger=0)

    def publish(self, parts: Sequence[BytesLike]) -> None:
        """Sends an event to every subscriber; one that reads too slowly misses it.

        After `stop`, does nothing.
        """
        if self._events.closed:
            return
        error = _done(self._events.send_multipart(parts, flags=zmq.NOBLOCK)).exception()
        if error is not None:
            logger.error("An event could not be published: %s", error)

    # ------------------------------------------------------------ sockets

    def _open(self, kind: int, max_message_bytes: int) -> zmq.asyncio.Socket:
        socket: zmq.asyncio.Socket = self._context.socket(kind)
        socket.linger = 0
        socket.ipv6 = ":" in self._host
        socket.maxmsgsize = max_message_bytes
        socket.handshake_ivl = HANDSHAKE_MS
        socket.heartbeat_ivl = HEARTBEAT_MS
        socket.heartbeat_timeout = HEARTBEAT_TIMEOUT_MS
        self._security.guard(socket)
        socket.zap_domain = b"layerwalk"
        socket.zap_enforce_domain = True  # else CURVE lets everybody in while there is no handler
        return socket

    def _monitored(self, socket: zmq.asyncio.Socket) -> zmq.asyncio.Socket:
        address = f"inproc://monitor-{secrets.token_hex(8)}"
        socket.monitor(address, zmq.EVENT_ACCEPTED | zmq.EVENT_DISCONNECTED)
        monitor = self._context.socket(zmq.PAIR)
        monitor.linger = 0
        monitor.rcvhwm = 0  # a full monitor would hold up libzmq's thread
        monitor.connect(address)
        return monitor

    def _bind(self, socket: zmq.asyncio.Socket, port: int) -> int:
        """The port, which is the system's choice for 0."""
        try:
            socket.bind(tcp(self._host, port or "*"))
        except zmq.ZMQError as error:
            where = f"port {port}" if port else "no port"
            raise ConnectionFailed(
                f"{where} of {self._host} {'cannot' if port else 'can'} be listened on "
                f"({zmq.strerror(error.errno or 0)}); choose another address or port"
            ) from None
        endpoint = socket.getsockopt(zmq.LAST_ENDPOINT)
        assert isinstance(endpoint, bytes)
        return int(endpoint.rstrip(b"\0").rpartition(b":")[2])

    # ------------------------------------------------------------ loops

    async def _authenticate(self) -> None:
        """The ZAP handler (https://rfc.zeromq.org/spec/27)."""
        while True:
            version, request, *rest = await self._zap.recv_multipart()
            mechanism, *credentials = rest[3:] or [b""]
            right = self._security.lets_in(mechanism, credentials)
            verdict = [b"200", b"OK", ZEROMQ_USER] if right else [b"400", b"wrong token", b""]
            await self._zap.send_multipart([version, request, *verdict, b""])

    async def _receive(self) -> None:
        while True:
            received = await self._router.recv_multipart(copy=False)
            try:
                self._take(received)
            except Exception:
                logger.exception("A ZeroMQ message could not be handled")
            await asyncio.sleep(0)  # a flood of messages must not hold up the others

    async def _watch(self) -> None:
        while True:
            await self._monitor.poll()
            self._read_monitor()

    async def _weigh(self) -> None:
        while True:
            await asyncio.sleep(WEIGH_S)
            self._read_monitor()  # numbers are used again
            for connection in self._unread.cut_off():
                logger.warning("Connection %d sent a message without an end: cut off", connection)

    def _read_monitor(self) -> None:
        while True:
            received = _done(self._monitor.recv_multipart(flags=zmq.NOBLOCK))
            if received.exception() is not None:
                return
            told = parse_monitor_message(received.result())
            connection = told["value"]
            if told["event"] == zmq.EVENT_ACCEPTED:
                self._unread.begin(connection)
                continue
            self._unread.end(connection)
            for peer in [p for p in self._peers.values() if p.connection == connection]:
                peer.close()

    # ------------------------------------------------------------ messages

    def _take(self, received: Sequence[zmq.Frame]) -> None:
        identity = received[0].bytes
        connection = int(received[-1].get(zmq.SRCFD))
        parts = [frame.buffer for frame in received[1:]]
        peer = self._peers.get(identity)
        if peer is None or peer.connection != connection or reception.says_hello(parts):
            self._greet(identity, connection, parts)
        else:
            reception.deliver(self._handler, peer, parts, self._limits)
        self._unread.taken(connection, parts)

    def _greet(self, identity: bytes, connection: int, parts: Sequence[BytesLike]) -> None:
        self._read_monitor()
        try:
            hello = reception.greeting(parts)
        except LayerwalkError as error:
            self._send(identity, error_parts(error))
            return
        if identity in self._peers:
            self._peers[identity].close()
        peer = RouterPeer(
            next(self._ids),
            hello,
            identity,
            connection,
            write=self._write,
            drop=self._drop,
            max_pending_bytes=self._max_pending_bytes,
        )
        self._peers[identity] = peer
        reception.welcome(self._handler, peer)

    def _write(self, peer: RouterPeer) -> None:
        """Gives libzmq what is pending for `peer`, as far as it takes it now."""
        while (parts := peer.next()) is not None:
            sent = self._send(peer.identity, parts)
            if sent == zmq.EAGAIN:
                self._blocked.add(peer)
                self._retry_soon()
                return
            if sent != 0:
                peer.close()
                return
            peer.taken()
            self._retry_s = RETRY_S
        self._blocked.discard(peer)

    def _send(self, identity: bytes, parts: Sequence[BytesLike]) -> int:
        """0, or libzmq's error number."""
        self._look_again()
        try:
            self._outgoing.send_multipart([identity, *parts], flags=zmq.NOBLOCK, copy=False)
        except zmq.ZMQError as error:
            return error.errno or zmq.EHOSTUNREACH
        return 0

    def _look_again(self) -> None:
        """Sees in the loop's next round, once for all that is sent in this one, whether there is
        something to receive: sending may use up the signal that there is."""
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        self._looking = False
        if not self._router.closed:
            self._router.get(zmq.EVENTS)

    def _retry_soon(self) -> None:
        if self._retry is None:
            self._retry = asyncio.get_running_loop().call_later(self._retry_s, self._retry_now)

    def _retry_now(self) -> None:
        """Waits twice as long where no peer took anything: one may have stopped for good."""
        self._retry = None
        self._retry_s = min(2 * self._retry_s, LONGEST_RETRY_S)
        for peer in list(self._blocked):
            self._write(peer)

    def _drop(self, peer: RouterPeer) -> None:
        self._blocked.discard(peer)
        if self._peers.get(peer.identity) is peer:
            del self._peers[peer.identity]
        loop = asyncio.get_running_loop()
        loop.call_soon(reception.farewell, self._handler, peer)


def _done(answer: Awaitable[Any]) -> asyncio.Future[Any]:
    """What pyzmq answers a call with NOBLOCK with: a future that is done."""
    assert isinstance(answer, asyncio.Future)
    return answer
