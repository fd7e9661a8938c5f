"""Transport: real clients on real sockets, ZeroMQ and WebSocket alike wherever both can."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import subprocess
import sys

import numpy as np
import pytest
import zmq
import zmq.asyncio

from layerwalk.errors import ConnectionFailed
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.transport import gateway, router
from layerwalk.transport.server import Server

from .places import (
    Client,
    Place,
    Recorder,
    WebSocketClient,
    Wire,
    ZeroMQClient,
    both,
    error_of,
    image_of,
    serving,
)
from .raw_bytes import HELLO, TOKEN
from .viewers import PATIENCE_S

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


@both
async def test_a_dead_client_is_noticed_by_its_silence(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind == "zeromq":
        monkeypatch.setattr(router, "HEARTBEAT_MS", 100)
        monkeypatch.setattr(router, "HEARTBEAT_TIMEOUT_MS", 1000)
    else:
        monkeypatch.setattr(gateway, "HEARTBEAT_S", 1.0)
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
        # Of the other kind, which is given longer: this machine may be slow.
        alive = await place.greeted("websocket" if kind == "zeromq" else "zeromq")
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
    monitor = client.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    wire.cut()
    async with asyncio.timeout(PATIENCE_S):
        await monitor.recv_multipart()  # else the image may go to the end that was cut
    client.socket.disable_monitor()
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
        # The first must not come back and take its identity again.
        client = ZeroMQClient(
            place.context, place.server.endpoint, identity=b"me", reconnect_ivl=-1
        )
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


# ---------------------------------------------------------------- the server as a whole


async def test_stopping_lets_everybody_go_and_frees_the_ports(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving() as place:
        for kind in ("zeromq", "websocket"):
            await place.greeted(kind)
        before = asyncio.all_tasks()
        await place.server.stop()
        assert set(place.recorder.gone) == set(place.recorder.peers)
        assert len(place.recorder.gone) == 2
        assert asyncio.all_tasks() <= before
        place.server.publish(frames.encode(m.ViewersChanged(number=1, viewers=0)))  # to nobody
        assert [record for record in caplog.records if record.name.startswith("layerwalk")] == []
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
