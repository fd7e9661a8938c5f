"""A server with a handler that writes down what it is told, and clients of both kinds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Protocol

import aiohttp
import numpy as np
import pytest
import zmq
import zmq.asyncio

from layerwalk.errors import UnknownLayer
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.transport import certificates, machine
from layerwalk.transport.entrance import Entrance
from layerwalk.transport.pairing import Pairing
from layerwalk.transport.peer import Peer
from layerwalk.transport.server import Server

from .raw_bytes import HELLO, TOKEN
from .viewers import PATIENCE_S

LIMITS = m.Limits(message_bytes=1 << 20, image_bytes=1 << 19, image_pixels=1 << 20)


class Recorder:
    """A handler that writes down what it is told, and answers enough to be useful."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.gone: list[Peer] = []
        self.messages: list[tuple[Peer, m.Message]] = []
        self.changed = asyncio.Event()

    def connected(self, peer: Peer) -> None:
        self.peers.append(peer)
        peer.send(frames.encode(m.Reply(request=-1)))
        self.changed.set()

    def received(self, peer: Peer, parts: Sequence[frames.BytesLike]) -> None:
        message, arrays = frames.decode_client(parts)
        self.messages.append((peer, message))
        self.changed.set()
        if isinstance(message, m.GetSnapshot):
            raise ZeroDivisionError("a bug in the session")
        if isinstance(message, m.Grab):
            raise UnknownLayer("'layr1' is not in main; nearest: 'layer1'")
        if isinstance(message, m.PlaceImage):
            peer.send(frames.encode(m.Reply(request=message.request, run=1), arrays))

    def disconnected(self, peer: Peer) -> None:
        self.gone.append(peer)
        self.changed.set()

    async def page(
        self, network: str, run: int, layer: str, level: int
    ) -> Sequence[frames.BytesLike]:
        if layer == "broken":
            raise ZeroDivisionError("a bug in the session")
        if layer != "layer1.0/add":
            raise UnknownLayer(f"{layer!r} is not in {network}")
        pixels = np.full((run, 7), level, np.uint8)
        return frames.encode(m.Reply(request=0, layers=(network, layer)), [pixels])

    async def until(self, state: Callable[[], bool]) -> None:
        """Waits for a state of what was recorded."""
        async with asyncio.timeout(PATIENCE_S):
            while not state():
                self.changed.clear()
                await self.changed.wait()


class Client(Protocol):
    """A client of one kind or the other."""

    async def send(self, parts: Sequence[frames.BytesLike]) -> None: ...
    async def receive(self) -> tuple[m.BridgeMessage, list[np.ndarray]]: ...
    async def close(self) -> None: ...


class ZeroMQClient:
    def __init__(self, context: zmq.asyncio.Context, endpoint: str, **options: Any) -> None:
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = 0
        if "curve_serverkey" not in options:
            self.socket.plain_username = b"layerwalk"
            self.socket.plain_password = options.pop("token", TOKEN).encode()
        for name, value in options.items():
            setattr(self.socket, name, value)
        self.socket.connect(endpoint)

    async def send(self, parts: Sequence[frames.BytesLike]) -> None:
        await self.socket.send_multipart(parts)

    async def receive(self) -> tuple[m.BridgeMessage, list[np.ndarray]]:
        async with asyncio.timeout(PATIENCE_S):
            return frames.decode_bridge(await self.socket.recv_multipart())

    async def close(self) -> None:
        self.socket.close()


class WebSocketClient:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, parts: Sequence[frames.BytesLike]) -> None:
        await self.socket.send_bytes(frames.join(parts))

    async def receive(self) -> tuple[m.BridgeMessage, list[np.ndarray]]:
        return frames.decode_bridge(
            frames.split(await self.socket.receive_bytes(timeout=PATIENCE_S))
        )

    async def close(self) -> None:
        await self.socket.close()


class Place:
    """A running server, and clients of it that are closed at the end."""

    def __init__(self, server: Server, recorder: Recorder) -> None:
        self.server = server
        self.recorder = recorder
        self.context = zmq.asyncio.Context()
        self.http = aiohttp.ClientSession(f"http://127.0.0.1:{server.port}")

    async def open(self, kind: str) -> Client:
        """A client that has not said Hello."""
        if kind == "zeromq":
            return ZeroMQClient(self.context, self.server.endpoint, rcvhwm=8)
        return WebSocketClient(await self.http.ws_connect("/ws", max_msg_size=0))

    async def greeted(self, kind: str) -> Client:
        """A client that has been welcomed."""
        client = await self.open(kind)
        await client.send(frames.encode(HELLO))
        assert (await client.receive())[0] == m.Reply(request=-1)
        return client


@contextlib.asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[Place]:
    recorder = Recorder()
    server = Server(recorder, token=TOKEN, **{"limits": LIMITS} | options)
    await server.start()
    place = Place(server, recorder)
    try:
        yield place
    finally:
        await place.http.close()
        place.context.destroy(linger=0)
        await server.stop()


def elsewhere(host: str = "0.0.0.0", **options: Any) -> dict[str, Any]:
    """Options of a server that lets other machines in, with a certificate of the tests' own."""
    names = [*machine.addresses(host), *machine.names(), "127.0.0.1"]
    identity = certificates.kept(certificates.default_file(), names)
    return {"host": host, "entrance": Entrance(host, identity, Pairing(), **options)}


both = pytest.mark.parametrize("kind", ["zeromq", "websocket"])


async def error_of(client: Client) -> m.Error:
    message, _ = await client.receive()
    assert isinstance(message, m.Error), message
    return message


def image_of(count_bytes: int, request: int = 1) -> list[frames.BytesLike]:
    return frames.encode(m.PlaceImage(request=request), [np.full(count_bytes, 7, np.uint8)])


class Wire:
    """A TCP relay to the server that can be cut, or go dead like a machine that lost power."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self._alive = asyncio.Event()
        self._alive.set()

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers += writer, back
        for source, sink in ((reader, back), (there, writer)):
            self._tasks.add(asyncio.create_task(self._pump(source, sink)))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(1 << 16):
                await self._alive.wait()
                sink.write(data)
        sink.close()

    def die(self) -> None:
        self._alive.clear()

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def close(self) -> None:
        self.cut()
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def decoded(message: bytes) -> m.BridgeMessage:
    """What the bridge said in one WebSocket message."""
    return frames.decode_bridge(frames.split(message))[0]
