"""Bytes nobody meant to send, on every socket of a running server: it serves on.

LAYERWALK_FUZZ_ROUNDS makes it longer.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import zmq
import zmq.asyncio

from layerwalk.errors import UnknownLayer
from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m
from layerwalk.transport.peer import Peer
from layerwalk.transport.server import Server

from . import raw_bytes
from .raw_bytes import TOKEN, UPGRADE, port_of, websocket_frame, zmtp

ROUNDS = int(os.environ.get("LAYERWALK_FUZZ_ROUNDS", "60"))
PATIENCE_S = 60.0
HELLO = frames.encode(raw_bytes.HELLO)
QUESTION = frames.encode(m.GetSnapshot(request=424242))
GOLDEN = Path(__file__).parents[1] / "golden" / "protocol"

Mutate = Callable[[bytes], bytes]


class Echo:
    """Decodes everything, and answers what has a number."""

    def __init__(self) -> None:
        self.peers: set[Peer] = set()

    def connected(self, peer: Peer) -> None:
        self.peers.add(peer)

    def received(self, peer: Peer, parts: Sequence[frames.BytesLike]) -> None:
        message, _ = frames.decode_client(parts)
        if isinstance(message, m.GetSnapshot):
            peer.send(frames.encode(m.Reply(request=message.request)))

    def disconnected(self, peer: Peer) -> None:
        self.peers.remove(peer)

    async def page(
        self, network: str, run: int, layer: str, level: int
    ) -> Sequence[frames.BytesLike]:
        raise UnknownLayer(layer)


@pytest.fixture
async def server(caplog: pytest.LogCaptureFixture) -> AsyncIterator[Server]:
    """A server that is asked whether it is well after the test, in every way there is."""
    unhandled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    handler = Echo()
    server = Server(handler, token=TOKEN, limits=m.Limits(message_bytes=1 << 16))
    await server.start()
    yield server
    async with asyncio.timeout(PATIENCE_S):
        await ask_by_zeromq(server)
        await ask_by_websocket(server)
    await server.stop()
    assert not handler.peers
    assert not unhandled
    ours = [r for r in caplog.records if r.name.startswith("layerwalk")]
    assert [r.getMessage() for r in ours if r.levelno >= logging.ERROR] == []


async def ask_by_zeromq(server: Server) -> None:
    with dealer(server) as socket:
        await socket.send_multipart(HELLO)
        await socket.send_multipart(QUESTION)
        message, _ = frames.decode_bridge(await socket.recv_multipart())
        assert message == m.Reply(request=424242)


async def ask_by_websocket(server: Server) -> None:
    async with websocket(server) as socket:
        await socket.send_bytes(frames.join(QUESTION))
        message, _ = frames.decode_bridge(frames.split(await socket.receive_bytes()))
        assert message == m.Reply(request=424242)


@contextlib.contextmanager
def dealer(server: Server) -> Iterator[zmq.asyncio.Socket]:
    context = zmq.asyncio.Context()
    socket = context.socket(zmq.DEALER)
    socket.plain_username, socket.plain_password = b"layerwalk", TOKEN.encode()
    socket.connect(server.endpoint)
    try:
        yield socket
    finally:
        context.destroy(linger=0)


@contextlib.asynccontextmanager
async def websocket(server: Server) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """One that has said Hello."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as http:
        socket = await http.ws_connect("/ws")
        await socket.send_bytes(frames.join(HELLO))
        yield socket
        await socket.close()


# ---------------------------------------------------------------- what is sent


def mutations(dice: random.Random) -> Mutate:
    """A function that does a few random things to bytes."""

    def mutate(data: bytes) -> bytes:
        work = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            at = dice.randint(0, len(work))
            end = min(len(work), at + dice.randint(1, 8))
            work[at:end] = dice.choice(
                [
                    b"",
                    dice.randbytes(end - at),
                    dice.randbytes(dice.randint(1, 30)),
                    bytes(work[at:end]) * 3,
                    b"\xff" * (end - at),
                    b"\xdd\xff\xff\xff\xff",
                    b"\x91" * 3000,
                ]
            )
            if dice.random() < 0.1:
                del work[dice.randint(0, len(work)) :]
        return bytes(work)

    return mutate


def samples() -> list[list[bytes]]:
    """The parts of a valid message of every type, and then some that nobody should send."""
    golden = [frames.split(path.read_bytes()) for path in sorted(GOLDEN.glob("*.bin"))]
    known = [[bytes(part) for part in parts] for parts in golden]
    tags = [schema.tag(struct) for struct in schema.client_messages()]
    return known + [[msgspec.msgpack.encode({"type": tag, "request": 1})] for tag in tags]


async def throw(port: int, *throws: bytes, until: bytes = b"") -> None:
    """Writes bytes to a port; between two throws, reads `until` something came, or not for long."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
        for data in throws:
            writer.write(data)
            await writer.drain()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.02):
                    await (reader.readuntil(until) if until else reader.read(64))
    writer.transport.abort()


# ---------------------------------------------------------------- at what


async def test_the_handwritten_zmtp_is_understood(server: Server) -> None:
    """Else the mutations of it would be of something that never gets far."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server.endpoint))
    before, after = zmtp(QUESTION)
    writer.write(before)
    await asyncio.wait_for(reader.readuntil(b"WELCOME"), PATIENCE_S)
    writer.write(after)
    (header,) = frames.encode(m.Reply(request=424242))
    await asyncio.wait_for(reader.readuntil(bytes(header)), PATIENCE_S)
    writer.close()


async def test_the_handwritten_websocket_is_understood(server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    messages = [websocket_frame(frames.join(parts)) for parts in (HELLO, QUESTION)]
    writer.write(UPGRADE + b"".join(messages))
    (header,) = frames.encode(m.Reply(request=424242))
    await asyncio.wait_for(reader.readuntil(bytes(header)), PATIENCE_S)
    writer.close()


@pytest.mark.parametrize("seed", range(2))
async def test_random_bytes_on_every_port(server: Server, seed: int) -> None:
    dice = random.Random(seed)
    ports = port_of(server.endpoint), port_of(server.events_endpoint), server.port
    for _ in range(ROUNDS):
        data = dice.randbytes(dice.choice([0, 1, 10, 64, 1000, 100_000]))
        await throw(dice.choice(ports), data)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("socket", ["endpoint", "events_endpoint"])
async def test_mutated_zmtp(server: Server, seed: int, socket: str) -> None:
    dice = random.Random(seed)
    mutate, known = mutations(dice), samples()
    port = port_of(getattr(server, socket))
    for _ in range(ROUNDS):
        token = TOKEN if dice.random() < 0.8 else "wrong"
        before, after = zmtp(dice.choice(known), token=token)
        if dice.random() < 0.3:
            start = dice.choice([0, 64])  # of the greeting, or of the first command
            before = before[:start] + mutate(before[start:])
        else:
            start = dice.choice([0, 30])  # of the second command, or behind it
            after = after[:start] + mutate(after[start:])
        await throw(port, before, after, until=b"WELCOME")


@pytest.mark.parametrize("seed", range(2))
async def test_mutated_messages_on_zeromq(server: Server, seed: int) -> None:
    dice = random.Random(seed)
    mutate, known = mutations(dice), samples()
    with dealer(server) as socket:
        await socket.send_multipart(HELLO)
        for _ in range(5 * ROUNDS):
            parts = list(dice.choice(known))
            for index in range(len(parts)):
                if dice.random() < 0.7:
                    parts[index] = mutate(parts[index])
            if dice.random() < 0.2:
                parts += [dice.randbytes(5)] * dice.randint(1, 80)
            await socket.send_multipart(parts)
        await socket.send_multipart(HELLO)
        await answered(socket)


async def answered(socket: zmq.asyncio.Socket) -> None:
    """Asks, and reads on until the answer: everything before it was an Error."""
    await socket.send_multipart(QUESTION)
    async with asyncio.timeout(PATIENCE_S):
        while True:
            message, _ = frames.decode_bridge(await socket.recv_multipart())
            if isinstance(message, m.Reply) and message.request == 424242:
                return
            assert isinstance(message, m.Error | m.Reply)


@pytest.mark.parametrize("seed", range(2))
async def test_mutated_messages_on_a_websocket(server: Server, seed: int) -> None:
    dice = random.Random(seed)
    mutate, known = mutations(dice), samples()
    async with websocket(server) as socket:
        for _ in range(5 * ROUNDS):
            message = frames.join(dice.choice(known))
            await socket.send_bytes(mutate(message) if dice.random() < 0.8 else message)
        await socket.send_str("no binary")
        await socket.ping(b"?")
        await socket.send_bytes(frames.join(QUESTION))
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message, _ = frames.decode_bridge(frames.split(await socket.receive_bytes()))
                if isinstance(message, m.Reply) and message.request == 424242:
                    return
                assert isinstance(message, m.Error | m.Reply)


@pytest.mark.parametrize("seed", range(2))
async def test_mutated_websocket_frames(server: Server, seed: int) -> None:
    dice = random.Random(seed)
    mutate, known = mutations(dice), samples()
    for _ in range(ROUNDS):
        opcodes = dice.choices(range(16), weights=[2, 1, 9] + [1] * 13, k=3)
        said = websocket_frame(frames.join(HELLO)) if dice.random() < 0.8 else b""
        for opcode in opcodes:
            said += websocket_frame(frames.join(dice.choice(known)), opcode=opcode)
        await throw(server.port, UPGRADE + mutate(said))


@pytest.mark.parametrize("seed", range(2))
async def test_mutated_http(server: Server, seed: int) -> None:
    dice = random.Random(seed)
    mutate = mutations(dice)
    bearer = f"Authorization: Bearer {TOKEN}\r\n".encode()
    requests = [
        UPGRADE,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
        b"GET /pages/main/1/layer1%2Fadd?level=0 HTTP/1.1\r\nHost: localhost\r\n"
        + bearer
        + b"\r\n",
        b"POST /ws HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nx",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n",
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=5-1,-0\r\nCookie: \xff\xfe\r\n\r\n",
    ]
    for _ in range(ROUNDS):
        request = dice.choice(requests)
        await throw(server.port, mutate(request) if dice.random() < 0.8 else request)
