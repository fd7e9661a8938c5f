"""Transport: real clients on real sockets, ZeroMQ and WebSocket alike wherever both can."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import msgspec
import numpy as np
import pytest
import zmq
import zmq.asyncio
from zmq.utils.monitor import parse_monitor_message

from layerwalk.errors import ConnectionFailed, UnknownLayer, Unsafe
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.transport import gateway, router
from layerwalk.transport.peer import Peer
from layerwalk.transport.server import Server, loopback

TOKEN = "a-token-of-this-test"
LIMITS = m.Limits(message_bytes=1 << 20, image_bytes=1 << 19, image_pixels=1 << 20)
PATIENCE_S = 10.0
HELLO = m.Hello(major=m.MAJOR, minor=m.MINOR, client="test", token=TOKEN)


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


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serving() as served:
        yield served


both = pytest.mark.parametrize("kind", ["zeromq", "websocket"])


async def error_of(client: Client) -> m.Error:
    message, _ = await client.receive()
    assert isinstance(message, m.Error), message
    return message


def image_of(count_bytes: int, request: int = 1) -> list[frames.BytesLike]:
    return frames.encode(m.PlaceImage(request=request), [np.full(count_bytes, 7, np.uint8)])


# ---------------------------------------------------------------- clients come and go


@both
async def test_a_client_is_welcomed_served_and_missed(place: Place, kind: str) -> None:
    client = await place.greeted(kind)
    (peer,) = place.recorder.peers
    assert (peer.kind, peer.hello.client, peer.closed) == (kind, "test", False)
    await client.send(image_of(1000, request=5))
    message, (image,) = await client.receive()
    assert message == m.Reply(buffers=message.buffers, request=5, run=1)
    assert image.tolist() == [7] * 1000
    await client.close()
    await place.recorder.until(lambda: place.recorder.gone == [peer])
    assert peer.closed
    peer.send(image_of(1000))  # to nobody, without harm


@both
async def test_peers_have_ids_of_their_own(place: Place, kind: str) -> None:
    for _ in range(2):
        await place.greeted("zeromq")
        await place.greeted(kind)
    assert len({peer.id for peer in place.recorder.peers}) == 4


@both
async def test_messages_arrive_complete_and_in_order(place: Place, kind: str) -> None:
    client = await place.greeted(kind)
    (peer,) = place.recorder.peers
    sizes = [1, 1 << 20, 0, 100_000, 3] * 20
    for number, size in enumerate(sizes):
        peer.send(frames.encode(m.Reply(request=number), [np.full(size, number, np.uint8)]))
    for number, size in enumerate(sizes):
        message, (array,) = await client.receive()
        assert isinstance(message, m.Reply)
        assert (message.request, array.size) == (number, size)
        assert (array == number).all()
    async with asyncio.timeout(PATIENCE_S):
        while peer.pending_bytes:
            await asyncio.sleep(0)


@both
async def test_a_client_that_does_not_read_is_cut_off_and_holds_up_nobody(kind: str) -> None:
    async with serving(max_pending_bytes=20 << 20) as place:
        await place.greeted(kind)
        other = await place.greeted("zeromq")
        stuck = place.recorder.peers[0]
        page = frames.encode(m.Reply(request=1), [np.zeros(1 << 20, np.uint8)])
        for number in itertools.count():
            if stuck.closed:
                break
            assert number < 2000, "it takes everything"
            stuck.send(page)
            await other.send(image_of(1))
            await other.receive()
        await place.recorder.until(lambda: place.recorder.gone == [stuck])
        assert stuck.pending_bytes == 0


@both
async def test_a_message_larger_than_what_may_wait_comes_through(kind: str) -> None:
    async with serving(max_pending_bytes=1 << 20) as place:
        client = await place.greeted(kind)
        page = frames.encode(m.Reply(request=1), [np.arange(5 << 20, dtype=np.int32)])
        place.recorder.peers[0].send(page)
        _, (array,) = await client.receive()
        assert array.nbytes == 20 << 20
        assert not place.recorder.peers[0].closed


def test_a_vanished_client_is_noticed_within_20_s() -> None:
    assert router.HEARTBEAT_MS + router.HEARTBEAT_TIMEOUT_MS <= 20_000
    assert 1.5 * gateway.HEARTBEAT_S <= 20


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


@both
async def test_a_dead_client_is_noticed_by_its_silence(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(router, "HEARTBEAT_MS", 100)
    monkeypatch.setattr(router, "HEARTBEAT_TIMEOUT_MS", 200)
    monkeypatch.setattr(gateway, "HEARTBEAT_S", 0.2)
    async with serving() as place:
        zeromq_port = int(place.server.endpoint.rsplit(":", 1)[1])
        wire = Wire(zeromq_port if kind == "zeromq" else place.server.port)
        port = await wire.open()
        client: Client
        if kind == "zeromq":
            client = ZeroMQClient(place.context, f"tcp://127.0.0.1:{port}")
        else:
            address = f"http://127.0.0.1:{port}/ws"
            client = WebSocketClient(await place.http.ws_connect(address))
        await client.send(frames.encode(HELLO))
        await client.receive()
        alive = await place.greeted("zeromq")
        wire.die()
        await place.recorder.until(lambda: bool(place.recorder.gone))
        assert place.recorder.gone == place.recorder.peers[:1]
        await alive.send(image_of(1))
        await alive.receive()
        await wire.close()


async def test_a_client_that_reconnects_must_say_hello_again(place: Place) -> None:
    wire = Wire(int(place.server.endpoint.rsplit(":", 1)[1]))
    endpoint = f"tcp://127.0.0.1:{await wire.open()}"
    client = ZeroMQClient(place.context, endpoint, identity=b"me", reconnect_ivl=10)
    await client.send(frames.encode(HELLO))
    await client.receive()
    wire.cut()
    await place.recorder.until(lambda: place.recorder.gone == place.recorder.peers)
    await client.send(image_of(1))
    assert "first message must be hello" in (await error_of(client)).message
    await client.send(frames.encode(HELLO))
    await client.receive()
    assert len(place.recorder.peers) == 2
    assert not place.recorder.peers[1].closed
    await wire.close()


async def test_another_connection_takes_an_identity_over(place: Place) -> None:
    clients = []
    for _ in range(2):
        client = ZeroMQClient(place.context, place.server.endpoint, identity=b"me")
        clients.append(client)
        await client.send(frames.encode(HELLO))
        await client.receive()
    old, new = place.recorder.peers
    await place.recorder.until(lambda: place.recorder.gone == [old])
    await clients[1].send(image_of(1))
    await clients[1].receive()
    assert not new.closed


async def test_hello_again_begins_a_new_peer_on_zeromq(place: Place) -> None:
    client = await place.greeted("zeromq")
    await client.send(frames.encode(HELLO))
    await client.receive()
    old, new = place.recorder.peers
    await place.recorder.until(lambda: place.recorder.gone == [old])
    assert old.closed
    assert not new.closed


async def test_hello_again_is_an_error_on_a_websocket(place: Place) -> None:
    client = await place.greeted("websocket")
    await client.send(frames.encode(HELLO))
    assert "said already" in (await error_of(client)).message
    assert not place.recorder.peers[0].closed


async def test_numbers_of_connections_are_used_again_without_mistakes(place: Place) -> None:
    for _ in range(40):
        client = await place.greeted("zeromq")
        await client.close()
    lasting = await place.greeted("zeromq")
    await place.recorder.until(lambda: len(place.recorder.gone) == 40)
    assert set(place.recorder.gone) == set(place.recorder.peers[:40])
    await lasting.send(image_of(1))
    await lasting.receive()


# ---------------------------------------------------------------- who gets in


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ünïcode"])
async def test_a_wrong_token_on_a_websocket(place: Place, token: str) -> None:
    client = await place.open("websocket")
    assert isinstance(client, WebSocketClient)
    await client.send(frames.encode(msgspec.structs.replace(HELLO, token=token)))
    assert (await error_of(client)).code == "Unauthorized"
    assert (await client.socket.receive()).data == gateway.POLICY_VIOLATION
    assert not place.recorder.peers


@pytest.mark.parametrize("token", ["wrong", TOKEN[:-1]])
async def test_a_wrong_token_on_zeromq(place: Place, token: str) -> None:
    client = ZeroMQClient(place.context, place.server.endpoint, token=token)
    monitor = client.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)
    async with asyncio.timeout(PATIENCE_S):
        event = parse_monitor_message(await monitor.recv_multipart())
    assert event["value"] == 400
    client.socket.disable_monitor()
    assert not place.recorder.peers


async def test_a_user_of_another_name_or_none_at_all_is_refused(place: Place) -> None:
    for user in (b"root", None):
        client = place.context.socket(zmq.DEALER)
        client.linger = 0
        if user is not None:
            client.plain_username, client.plain_password = user, TOKEN.encode()
        failed = zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
        monitor = client.get_monitor_socket(failed | zmq.EVENT_DISCONNECTED)
        client.connect(place.server.endpoint)
        await client.send_multipart(frames.encode(HELLO))
        async with asyncio.timeout(PATIENCE_S):
            await monitor.recv_multipart()
        client.disable_monitor()
    assert not place.recorder.peers


async def test_events_need_the_token_too(place: Place) -> None:
    subscriber = place.context.socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.plain_username, subscriber.plain_password = b"layerwalk", b"wrong"
    monitor = subscriber.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)
    subscriber.connect(place.server.events_endpoint)
    async with asyncio.timeout(PATIENCE_S):
        await monitor.recv_multipart()
    subscriber.disable_monitor()


async def test_few_websockets_may_connect_at_once_without_hello(place: Place) -> None:
    silent = [await place.open("websocket") for _ in range(gateway.MAX_UNGREETED)]
    with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
        await place.open("websocket")
    await silent[0].send(frames.encode(HELLO))
    await silent[0].receive()
    await place.greeted("websocket")


async def test_a_websocket_that_says_nothing_is_closed(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(gateway, "HELLO_S", 0.05)
    client = await place.open("websocket")
    assert isinstance(client, WebSocketClient)
    assert "no hello" in (await error_of(client)).message
    assert (await client.socket.receive()).type is aiohttp.WSMsgType.CLOSE


@both
async def test_another_major_version_is_refused(place: Place, kind: str) -> None:
    client = await place.open(kind)
    await client.send([msgspec.msgpack.encode({"type": "hello", "major": 9, "minor": "x"})])
    error = await error_of(client)
    assert error.code == "VersionMismatch"
    assert "version 9" in error.message
    assert not place.recorder.peers


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 101),
        ("http://127.0.0.1:{port}", 101),
        ("http://127.0.0.1:1", 403),
        ("http://localhost:{port}", 403),
        ("https://evil.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
async def test_websockets_come_from_our_own_pages_only(
    place: Place, origin: str | None, status: int
) -> None:
    headers = {"Origin": origin.format(port=place.server.port)} if origin else {}
    if status == 101:
        await (await place.http.ws_connect("/ws", headers=headers)).close()
        return
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await place.http.ws_connect("/ws", headers=headers)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 404),
        ("localhost:8000", 404),
        ("[::1]:8000", 404),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("localhost@evil.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
async def test_requests_must_name_our_host(place: Place, host: str, status: int) -> None:
    for path in ("/", "/ws", "/pages/main/1/layer1.0%2Fadd"):
        async with place.http.get(path, headers={"Host": host}) as answer:
            assert (answer.status == 421) == (status == 421)


async def test_a_proxy_in_front_may_be_allowed() -> None:
    async with serving(allowed_hosts=["lab.example"]) as place:
        headers = {"Host": f"127.0.0.1:{place.server.port}", "Origin": "https://lab.example"}
        await (await place.http.ws_connect("/ws", headers=headers)).close()
        async with place.http.get("/", headers={"Host": "lab.example"}) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", "", "*"])
def test_hosts_that_are_not_loopback_are_refused(host: str) -> None:
    with pytest.raises(Unsafe, match="ssh -L"):
        Server(Recorder(), host=host, token=TOKEN)


def test_hosts_that_are_loopback() -> None:
    assert [loopback(host) for host in ("localhost", "127.0.0.1", "127.1.2.3", "::1")] == [
        "127.0.0.1",
        "127.0.0.1",
        "127.1.2.3",
        "::1",
    ]


# ---------------------------------------------------------------- what is wrong with a message


@both
@pytest.mark.parametrize(
    ("parts", "code", "request_number"),
    [
        ([b"\xc1"], "InvalidMessage", None),
        ([b""], "InvalidMessage", None),
        ([b"\x81\xa4type\xa6credit"], "InvalidMessage", None),
        ([msgspec.msgpack.encode({"type": "grab", "request": 8})], "InvalidMessage", 8),
        (frames.encode(m.Grab(request=9, path=())), "UnknownLayer", 9),
        (frames.encode(m.GetSnapshot(request=10)), "LayerwalkError", 10),
        (image_of(LIMITS.message_bytes), "TooLarge", None),
        ([*frames.encode(m.Credit(bytes=1)), b"x"], "InvalidMessage", None),
    ],
)
async def test_it_is_said_once_and_the_client_is_served_on(
    place: Place, kind: str, parts: list[Any], code: str, request_number: int | None
) -> None:
    client = await place.greeted(kind)
    await client.send(parts)
    error = await error_of(client)
    assert (error.code, error.request) == (code, request_number)
    await client.send(image_of(10, request=11))
    assert (await client.receive())[0].request == 11  # type: ignore[union-attr]


@both
async def test_messages_of_unknown_type_are_ignored(place: Place, kind: str) -> None:
    client = await place.greeted(kind)
    await client.send([msgspec.msgpack.encode({"type": "of_a_newer_minor"}), b"with a buffer"])
    await client.send(image_of(10, request=2))
    assert (await client.receive())[0].request == 2  # type: ignore[union-attr]
    assert len(place.recorder.messages) == 1


@both
async def test_a_message_twice_too_large_ends_that_connection_only(place: Place, kind: str) -> None:
    other = await place.greeted("websocket")
    client = await place.greeted(kind)
    await client.send(image_of(2 * LIMITS.message_bytes + 1))
    greedy = place.recorder.peers[1]
    await place.recorder.until(lambda: place.recorder.gone == [greedy])
    await other.send(image_of(10))
    await other.receive()


async def test_text_on_a_websocket_is_an_error(place: Place) -> None:
    client = await place.greeted("websocket")
    assert isinstance(client, WebSocketClient)
    await client.socket.send_str("{}")
    assert "binary" in (await error_of(client)).message


@pytest.mark.parametrize("message", [b"", b"\xff" * 40, b"\x01\x00\x00\x00"])
async def test_a_websocket_whose_first_message_is_no_hello(place: Place, message: bytes) -> None:
    client = await place.open("websocket")
    assert isinstance(client, WebSocketClient)
    await client.socket.send_bytes(message)
    assert (await error_of(client)).code == "InvalidMessage"
    assert (await client.socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_a_handler_that_fails_at_hello_lets_that_client_go(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    def fail(peer: Peer) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(place.recorder, "connected", fail)
    for kind in ("zeromq", "websocket"):
        client = await place.open(kind)
        await client.send(frames.encode(HELLO))
        assert "bridge failed" in (await error_of(client)).message
    await place.recorder.until(lambda: len(place.recorder.gone) == 2)


# ---------------------------------------------------------------- events


async def test_events_reach_subscribers_and_websockets(place: Place) -> None:
    browser = await place.greeted("websocket")
    subscriber = place.context.socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.plain_username, subscriber.plain_password = b"layerwalk", TOKEN.encode()
    subscriber.subscribe(b"")
    subscriber.connect(place.server.events_endpoint)
    numbers = itertools.count(1)
    async with asyncio.timeout(PATIENCE_S):
        while not await subscriber.poll(10):  # until it has subscribed
            place.server.publish(frames.encode(m.ViewersChanged(number=next(numbers), viewers=1)))
        first, _ = frames.decode_bridge(await subscriber.recv_multipart())
    assert isinstance(first, m.ViewersChanged)
    for number in range(1, first.number + 1):
        event, _ = await browser.receive()
        assert event == m.ViewersChanged(number=number, viewers=1)


# ---------------------------------------------------------------- HTTP


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Place]:
    viewer = tmp_path / "viewer"
    (viewer / "assets").mkdir(parents=True)
    (viewer / "index.html").write_text("<!doctype html><title>layerwalk</title>")
    (viewer / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (viewer / "assets/index-1a2b.js").write_text("export {}")
    (viewer / "assets/unknown.xyz").write_bytes(b"\0")
    (tmp_path / "secret.txt").write_text("secret")
    (viewer / "link.txt").symlink_to(tmp_path / "secret.txt")
    async with serving(viewer_dir=viewer) as place:
        yield place


@pytest.mark.parametrize(
    ("path", "content_type", "cache"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        ("/favicon.ico", "image/svg+xml", "no-cache"),
        ("/assets/index-1a2b.js", "text/javascript; charset=utf-8", "immutable"),
        ("/assets/unknown.xyz", "application/octet-stream", "immutable"),
    ],
)
async def test_files_of_the_viewer(site: Place, path: str, content_type: str, cache: str) -> None:
    async with site.http.get(path) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == content_type
        assert cache in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        etag = answer.headers["ETag"]
    async with site.http.get(path, headers={"If-None-Match": etag}) as again:
        assert again.status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/link.txt",
        "/assets",
        "/assets/",
        "/nothing",
        "/%00",
        "/" + "x" * 5000,
    ],
)
async def test_nothing_outside_of_the_viewer_is_served(site: Place, path: str) -> None:
    """Written by hand, since clients of HTTP tidy such paths up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), PATIENCE_S)
    writer.close()
    assert answer.split()[1] in (b"404", b"400")
    assert b"secret" not in answer
    assert b"root:" not in answer


async def test_pages_may_load_from_their_own_origin_only(site: Place) -> None:
    for path in ("/", "/nothing", "/pages/main/1/x"):
        async with site.http.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
        directives = dict(item.strip().split(" ", 1) for item in policy.split(";"))
        assert directives["default-src"] == "'none'"
        assert directives["script-src"] == "'self'"
        assert "unsafe" not in policy
        port = site.server.port
        assert directives["connect-src"] == f"'self' ws://127.0.0.1:{port} wss://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("host", "repeated"),
    [
        ("a; script-src *@localhost", "localhost"),
        ("a b@localhost:80", "localhost:80"),
        ("LOCALHOST:8000", "localhost:8000"),
        ("[::1]:8000", "[::1]:8000"),
    ],
)
async def test_of_a_host_only_its_name_and_port_are_repeated(
    site: Place, host: str, repeated: str
) -> None:
    async with site.http.get("/", headers={"Host": host}) as answer:
        policy = answer.headers["Content-Security-Policy"]
    directives = [item.strip() for item in policy.split(";")]
    assert f"connect-src 'self' ws://{repeated} wss://{repeated}" in directives
    assert len(directives) == 11
    assert [item for item in directives if item.startswith("script-src")] == ["script-src 'self'"]


async def test_a_viewer_that_is_not_built_says_so(place: Place) -> None:
    async with place.http.get("/") as answer:
        assert answer.status == 404
        assert "not built" in await answer.text()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_http_only_reads(site: Place, method: str) -> None:
    async with site.http.request(method, "/index.html", data=b"x") as answer:
        assert answer.status == 405


BEARER = {"Authorization": f"Bearer {TOKEN}"}


async def test_pages_have_addresses(place: Place) -> None:
    address = "/pages/main/3/layer1.0%2Fadd?level=2"
    async with place.http.get(address, headers=BEARER) as answer:
        assert (answer.status, answer.content_type) == (200, "application/octet-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        message, (pixels,) = frames.decode_bridge(frames.split(await answer.read()))
    assert message == m.Reply(buffers=message.buffers, request=0, layers=("main", "layer1.0/add"))
    np.testing.assert_array_equal(pixels, np.full((3, 7), 2))
    async with place.http.get("/pages/main/3/layer1.0/add", headers=BEARER) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("main/3/layer1.0%2Fadd", {}, 401, "Unauthorized"),
        ("main/3/layer1.0%2Fadd", {"Authorization": "Bearer wrong"}, 401, "Unauthorized"),
        ("main/3/layer1.0%2Fadd", {"Authorization": f"Basic {TOKEN}"}, 401, "Unauthorized"),
        ("main/3/layr1", BEARER, 404, "UnknownLayer"),
        ("main/3/layer1.0%2Fadd?level=-1", BEARER, 400, "InvalidMessage"),
        ("main/3/layer1.0%2Fadd?level=1e9", BEARER, 400, "InvalidMessage"),
        ("main/3/broken", BEARER, 500, "LayerwalkError"),
    ],
)
async def test_pages_that_cannot_be_had(
    place: Place, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    async with place.http.get(f"/pages/{path}", headers=headers) as answer:
        assert answer.status == status
        error, _ = frames.decode_bridge(frames.split(await answer.read()))
    assert isinstance(error, m.Error)
    assert error.code == code


# ---------------------------------------------------------------- the server as a whole


async def test_stopping_lets_everybody_go_and_frees_the_ports() -> None:
    async with serving() as place:
        for kind in ("zeromq", "websocket"):
            await place.greeted(kind)
        before = asyncio.all_tasks()
        await place.server.stop()
        assert set(place.recorder.gone) == set(place.recorder.peers)
        assert len(place.recorder.gone) == 2
        assert asyncio.all_tasks() <= before
        ports = [place.server.port]
        ports += [
            int(endpoint.rsplit(":", 1)[1])
            for endpoint in (place.server.endpoint, place.server.events_endpoint)
        ]
        for port in ports:
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", port)


async def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Server(Recorder(), token=TOKEN, port=taken.getsockname()[1])
        with pytest.raises(ConnectionFailed, match=str(taken.getsockname()[1])):
            await server.start()


async def test_several_bridges_in_one_process_know_their_own_token_only(place: Place) -> None:
    other = Server(Recorder(), token="another token")
    await other.start()
    client = ZeroMQClient(place.context, other.endpoint)
    monitor = client.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)
    async with asyncio.timeout(PATIENCE_S):
        await monitor.recv_multipart()
    client.socket.disable_monitor()
    await place.greeted("zeromq")
    await other.stop()


async def test_the_address_of_the_viewer(place: Place) -> None:
    assert place.server.url == f"http://127.0.0.1:{place.server.port}/?token={TOKEN}"


def test_transport_works_without_torch() -> None:
    code = (
        "import layerwalk.transport.server, sys, json; "
        "print(json.dumps([m for m in sys.modules if m.split('.')[0] == 'torch']))"
    )
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    assert json.loads(output) == []
