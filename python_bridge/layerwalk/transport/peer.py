"""One connected client, over ZeroMQ or a WebSocket alike."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal

from aiohttp import web

from layerwalk.errors import ConnectionFailed, LayerwalkError
from layerwalk.protocol import frames
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.messages import Error, Hello


def error_parts(error: LayerwalkError, request: int | None = None) -> list[BytesLike]:
    """The Error message that tells a client about `error`."""
    return frames.encode(Error(request=request, code=type(error).__name__, message=str(error)))


class Peer(ABC):
    """One connected client. Use it in the server's event loop only.

    `id` names it in this session, `kind` says how it is connected, `hello` is what it said first.
    `pending_bytes` have been sent by the bridge and not yet been taken by the connection.
    """

    kind: Literal["zeromq", "websocket"]

    def __init__(self, id: str, hello: Hello, *, max_pending_bytes: int) -> None:
        self.id = id
        self.hello = hello
        self.closed = False
        self.pending_bytes = 0
        self._max_pending_bytes = max_pending_bytes
        self._pending: deque[Sequence[BytesLike]] = deque()

    def send(self, parts: Sequence[BytesLike]) -> None:
        """Sends a message, in order, without blocking; after `closed`, does nothing.

        Big buffers are not copied: they must not change afterwards. A peer that leaves more than
        MAX_PENDING_BYTES unread is closed; the message that it is at doesn't count, since a
        layer may be larger than that.
        """
        if self.closed:
            return
        self._pending.append(parts)
        self.pending_bytes += _size(parts)
        self._flush()
        waiting_bytes = self.pending_bytes - (_size(self._pending[0]) if self._pending else 0)
        if waiting_bytes > self._max_pending_bytes:
            self.close(
                ConnectionFailed(
                    f"{waiting_bytes} bytes wait for this client, at most "
                    f"{self._max_pending_bytes} may; read faster or grant less credit"
                )
            )

    def fail(self, error: LayerwalkError, *, request: int | None = None) -> None:
        """Sends `error` as answer to the request of that number (None: to none)."""
        self.send(error_parts(error, request))

    @abstractmethod
    def close(self, error: LayerwalkError | None = None) -> None:
        """Forgets what is pending, says why if it can, and lets the client go."""

    @abstractmethod
    def _flush(self) -> None:
        """Hands as much as possible of what is pending to the connection."""

    def _taken(self) -> None:
        """The connection took the first pending message."""
        self.pending_bytes -= _size(self._pending.popleft())

    def _forget(self) -> None:
        self.closed = True
        self._pending.clear()
        self.pending_bytes = 0


class WebSocketPeer(Peer):
    """A client on a WebSocket. `run` writes what is pending, until the peer is closed."""

    kind = "websocket"

    def __init__(
        self, id: str, hello: Hello, socket: web.WebSocketResponse, *, max_pending_bytes: int
    ) -> None:
        super().__init__(id, hello, max_pending_bytes=max_pending_bytes)
        self._socket = socket
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._reason: LayerwalkError | None = None

    def close(self, error: LayerwalkError | None = None) -> None:
        if not self.closed:
            self._reason = error
            self._forget()
            self._ended.set()
            self._wake.set()

    async def wait_closed(self) -> None:
        """Returns when the peer is closed; its last message may still be on the way."""
        await self._ended.wait()

    async def run(self) -> None:
        """Writes to the socket, until the peer is closed or the connection is lost."""
        try:
            while not self.closed:
                await self._wake.wait()
                self._wake.clear()
                while self._pending:
                    await self._socket.send_bytes(frames.join(self._pending[0]))
                    if self._pending:  # else it was closed meanwhile
                        self._taken()
            if self._reason is not None:
                await self._socket.send_bytes(frames.join(error_parts(self._reason)))
        except ConnectionError:
            self.close()

    def _flush(self) -> None:
        self._wake.set()


class RouterPeer(Peer):
    """A client of the ROUTER socket. `connection` is the TCP connection it said Hello on."""

    kind = "zeromq"

    def __init__(
        self,
        id: str,
        hello: Hello,
        identity: bytes,
        connection: int,
        *,
        write: Callable[[RouterPeer], None],
        drop: Callable[[RouterPeer], None],
        max_pending_bytes: int,
    ) -> None:
        super().__init__(id, hello, max_pending_bytes=max_pending_bytes)
        self.identity = identity
        self.connection = connection
        self._write = write
        self._drop = drop

    def close(self, error: LayerwalkError | None = None) -> None:
        if self.closed:
            return
        if error is not None:
            self._pending = deque([error_parts(error)])
            self._write(self)
        if not self.closed:
            self._forget()
            self._drop(self)

    def next(self) -> Sequence[BytesLike] | None:
        """The first pending message, None if there is none."""
        return self._pending[0] if self._pending else None

    def taken(self) -> None:
        """The socket took the first pending message."""
        self._taken()

    def _flush(self) -> None:
        self._write(self)


def _size(parts: Sequence[BytesLike]) -> int:
    return sum(len(part) for part in parts)
