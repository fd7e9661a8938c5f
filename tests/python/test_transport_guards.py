"""Transport: who gets in, how much is read of whom, and what becomes of wrong messages."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Any

import aiohttp
import msgspec
import pytest
import zmq
import zmq.asyncio
from zmq.utils.monitor import parse_monitor_message

from layerwalk.errors import Unsafe
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.protocol.limits import MAX_HELLO_BYTES
from layerwalk.transport import gateway, router
from layerwalk.transport.address import address_of, is_any, is_loopback, on_this_machine
from layerwalk.transport.peer import Peer
from layerwalk.transport.server import Server

from .places import (
    LIMITS,
    Place,
    Recorder,
    WebSocketClient,
    ZeroMQClient,
    both,
    decoded,
    error_of,
    image_of,
    serving,
)
from .raw_bytes import (
    HELLO,
    TOKEN,
    UPGRADE,
    port_of,
    websocket_frame,
    websocket_payload,
    zmtp,
    zmtp_part,
)
from .viewers import PATIENCE_S

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


async def test_few_websockets_may_connect_at_once_without_hello(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(gateway, "HELLO_S", PATIENCE_S)
    silent = [await place.open("websocket") for _ in range(gateway.MAX_UNGREETED)]
    with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
        await place.open("websocket")
    await silent[0].send(frames.encode(HELLO))
    await silent[0].receive()
    await place.greeted("websocket")


@pytest.mark.skipif(sys.platform != "linux", reason="this machine has one loopback address")
async def test_silent_websockets_of_one_address_keep_no_other_out(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(gateway, "HELLO_S", PATIENCE_S)
    silent = [await place.open("websocket") for _ in range(gateway.MAX_UNGREETED)]
    other = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
    url = f"http://127.0.0.1:{place.server.port}"
    async with (
        aiohttp.ClientSession(url, connector=other) as session,
        session.ws_connect("/ws") as opened,
    ):
        client = WebSocketClient(opened)
        await client.send(frames.encode(HELLO))
        assert (await client.receive())[0] == m.Reply(request=-1)
    assert silent


async def test_a_websocket_that_says_nothing_is_closed(
    monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(gateway, "HELLO_S", 0.05)
    client = await place.open("websocket")
    assert isinstance(client, WebSocketClient)
    assert "no hello" in (await error_of(client)).message
    assert (await client.socket.receive()).type is aiohttp.WSMsgType.CLOSE


@both
async def test_no_larger_message_than_a_hello_comes_first(
    monkeypatch: pytest.MonkeyPatch, place: Place, kind: str
) -> None:
    monkeypatch.setattr(gateway, "HELLO_S", 3.0)
    client = await place.open(kind)
    await client.send(frames.encode(msgspec.structs.replace(HELLO, client="x" * MAX_HELLO_BYTES)))
    error = await error_of(client)
    assert error.code == "TooLarge"
    assert "first message" in error.message
    assert not place.recorder.peers


async def test_before_hello_no_more_is_read_from_a_websocket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A client that says nothing but announces much fills its own memory, not the bridge's."""
    monkeypatch.setattr(gateway, "HELLO_S", 3.0)
    total_bytes = 100 << 20
    async with serving(limits=m.Limits()) as place:
        reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
        writer.write(UPGRADE + websocket_frame(bytes(total_bytes)))
        async with asyncio.timeout(PATIENCE_S):
            await reader.readuntil(b"TooLarge")
        # The system's buffers for the two ends hold the rest of what was taken.
        assert writer.transport.get_write_buffer_size() > total_bytes - (20 << 20)
        writer.transport.abort()
        await place.greeted("websocket")


async def test_what_follows_hello_at_once_is_read(place: Place) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
    parts = [frames.encode(HELLO), *(image_of(900_000, request=number) for number in range(20))]
    writer.write(UPGRADE + b"".join(websocket_frame(frames.join(one)) for one in parts))
    async with asyncio.timeout(PATIENCE_S):
        await reader.readuntil(b"\r\n\r\n")
        answers = [decoded(await websocket_payload(reader)) for _ in parts]
    assert answers[0] == m.Reply(request=-1)
    assert [answer.request for answer in answers[1:]] == list(range(20))
    writer.close()


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
def test_hosts_that_are_not_loopback_are_refused_without_tls(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(Unsafe, match=r"without TLS|no address"):
        Server(Recorder(), host=host, token=TOKEN, curve_key="x" * 40)


@pytest.mark.parametrize("host", ["example.com", "", "*", "127.0.0.1:80", "[::1]"])
def test_what_is_no_address_is_refused(host: str) -> None:
    with pytest.raises(Unsafe, match=r"no address to listen on; give 127\.0\.0\.1"):
        Server(Recorder(), host=host, token=TOKEN, curve_key="x" * 40)


def test_hosts_that_are_loopback() -> None:
    hosts = ["localhost", "127.0.0.1", "127.1.2.3", "::1"]
    assert all(map(is_loopback, hosts))
    assert [*map(address_of, hosts)] == ["127.0.0.1", "127.0.0.1", "127.1.2.3", "::1"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::0", "0:0:0:0:0:0:0:0"])
def test_all_of_a_machines_addresses_may_be_written_in_several_ways(host: str) -> None:
    assert is_any(host)
    assert on_this_machine(host) == ("::1" if ":" in host else "127.0.0.1")


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


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel doesn't say what it received")
async def test_a_zeromq_message_without_an_end_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """libzmq bounds each part of a message, and keeps any number of them."""
    monkeypatch.setattr(router, "HEARTBEAT_MS", 0)  # which this client would not answer
    async with serving() as place:
        other = await place.greeted("zeromq")
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(place.server.endpoint))
        before, after = zmtp(image_of(1))
        part = zmtp_part(bytes(LIMITS.message_bytes), more=True)
        async with asyncio.timeout(PATIENCE_S):
            writer.write(before)
            await reader.readuntil(b"WELCOME")
            writer.write(after)
            await place.recorder.until(lambda: len(place.recorder.messages) == 1)
            endless = place.recorder.peers[1]
            with contextlib.suppress(ConnectionError):
                for _ in range(40):
                    writer.write(part)
                    await writer.drain()
            await place.recorder.until(lambda: place.recorder.gone == [endless])
        writer.transport.abort()
        await other.send(image_of(10))
        await other.receive()


async def test_many_large_messages_in_a_row_are_no_message_without_an_end(place: Place) -> None:
    client = await place.greeted("zeromq")
    for begin in range(0, 60, 20):
        for number in range(begin, begin + 20):
            await client.send(image_of(900_000, request=number))
        for number in range(begin, begin + 20):
            message, _ = await client.receive()
            assert isinstance(message, m.Reply)
            assert message.request == number


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
