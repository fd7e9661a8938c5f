"""CURVE: beyond loopback, a client needs the server's key and the token, or hears nothing."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import os
import re
import socket
import struct
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import zmq
import zmq.asyncio
from zmq.utils import z85
from zmq.utils.monitor import parse_monitor_message

import layerwalk
from layerwalk.client.access import Access
from layerwalk.errors import ConnectionFailed, Unauthorized, Unsafe
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.protocol.curve import client_keys
from layerwalk.protocol.limits import MAX_HELLO_BYTES
from layerwalk.session import Bridge
from layerwalk.transport import router
from layerwalk.transport.security import kept_secret_key
from layerwalk.transport.server import Server

from .places import LIMITS, Place, ZeroMQClient, elsewhere, error_of, image_of, serving
from .raw_bytes import HELLO, TOKEN, port_of, zmtp, zmtp_part
from .raw_curve import RawCurve
from .small_networks import IMAGE, tiny
from .viewers import PATIENCE_S, first_run

FAILED = (
    zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
    | zmq.EVENT_DISCONNECTED
)


@pytest.fixture
async def curve() -> AsyncIterator[Place]:
    async with serving(curve_key=zmq.curve_keypair()[1].decode()) as place:
        yield place


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "secret"


def keys(place: Place, token: str = TOKEN, server_key: str = "") -> dict[str, Any]:
    """A client's options of ZeroMQ."""
    public, secret = client_keys(token)
    return {
        "curve_serverkey": (server_key or place.server.server_key).encode(),
        "curve_publickey": public,
        "curve_secretkey": secret,
    }


def dealer(place: Place, **options: Any) -> ZeroMQClient:
    return ZeroMQClient(place.context, place.server.endpoint, **(options or keys(place)))


async def greeted(place: Place) -> ZeroMQClient:
    client = dealer(place)
    await client.send(frames.encode(HELLO))
    assert (await client.receive())[0] == m.Reply(request=-1)
    return client


async def refused(place: Place, events: int, **options: Any) -> dict[str, Any]:
    """Says Hello without being let in; what the socket tells of it."""
    client: zmq.asyncio.Socket = place.context.socket(zmq.DEALER)
    client.linger = 0
    for name, value in options.items():
        setattr(client, name, value)
    monitor = client.get_monitor_socket(events)
    client.connect(place.server.endpoint)
    await client.send_multipart(frames.encode(HELLO))
    async with asyncio.timeout(PATIENCE_S):
        told = parse_monitor_message(await monitor.recv_multipart())
    assert not await client.poll(0)
    client.disable_monitor()
    return dict(told)


def subscriber(place: Place, **options: Any) -> zmq.asyncio.Socket:
    one: zmq.asyncio.Socket = place.context.socket(zmq.SUB)
    one.linger = 0
    for name, value in options.items():
        setattr(one, name, value)
    one.subscribe(b"")
    return one


def strangers(place: Place) -> dict[str, dict[str, Any]]:
    """Those who know too little."""
    other = zmq.curve_keypair()[0].decode()
    public, secret = zmq.curve_keypair()
    return {
        "a wrong token": keys(place, TOKEN + "x"),
        "keys of its own": {
            **keys(place),
            "curve_publickey": public,
            "curve_secretkey": secret,
        },
        "another server's key": keys(place, server_key=other),
        "the token in clear": {"plain_username": b"layerwalk", "plain_password": TOKEN.encode()},
        "nothing": {},
    }


STRANGERS = [
    "a wrong token",
    "keys of its own",
    "another server's key",
    "the token in clear",
    "nothing",
]

# ---------------------------------------------------------------- who gets in


def test_the_client_s_secret_key_is_made_of_the_token_as_the_protocol_says() -> None:
    public, secret = client_keys("a-token-of-this-test")
    message = b"layerwalk: CURVE client's secret key, version 1"
    expected = hmac.new(b"a-token-of-this-test", message, hashlib.sha256).digest()
    assert z85.decode(secret) == expected
    assert public == zmq.curve_public(secret)
    assert client_keys("a-token-of-this-tesT")[0] != public
    # The same stands in the C# client's tests.
    assert secret == b"ox2:s]oIURj=tY--}9R&}vO0NVGwmZCKP9NX1m{%"


@pytest.mark.parametrize("who", STRANGERS)
async def test_strangers_are_told_nothing(curve: Place, who: str) -> None:
    await refused(curve, FAILED, **strangers(curve)[who])
    await greeted(curve)
    assert len(curve.recorder.peers) == 1


@pytest.mark.parametrize("who", STRANGERS)
async def test_strangers_hear_no_events(curve: Place, who: str) -> None:
    stranger = subscriber(curve, **strangers(curve)[who])
    monitor = stranger.get_monitor_socket(FAILED)
    stranger.connect(curve.server.events_endpoint)
    friend = subscriber(curve, **keys(curve))
    friends = friend.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
    friend.connect(curve.server.events_endpoint)
    event = frames.encode(m.ViewersChanged(number=1, viewers=2))
    async with asyncio.timeout(PATIENCE_S):
        await monitor.recv_multipart()
        await friends.recv_multipart()
        while not await friend.poll(20):  # until the subscription has come
            curve.server.publish(event)
        assert (await friend.recv_multipart()) == event
    assert not await stranger.poll(200)
    for one in (stranger, friend):
        one.disable_monitor()


async def test_while_nobody_answers_for_strangers_they_stay_out(curve: Place) -> None:
    """libzmq's default for CURVE without a ZAP handler, while a bridge ends, is to let all in."""
    curve.server._router._zap.unbind("inproc://zeromq.zap.01")
    await refused(curve, FAILED, **strangers(curve)["keys of its own"])
    assert not curve.recorder.peers


async def test_a_wrong_token_is_said_to_be_wrong(curve: Place) -> None:
    refusal = await refused(curve, zmq.EVENT_HANDSHAKE_FAILED_AUTH, **keys(curve, "wrong"))
    assert refusal["value"] == 400


async def test_on_loopback_it_is_plain_as_ever_and_curve_is_refused(place: Place) -> None:
    assert place.server.server_key == ""
    await place.greeted("zeromq")
    await refused(place, FAILED, **keys(place, server_key=zmq.curve_keypair()[0].decode()))


async def test_with_a_key_it_is_beyond_loopback_and_without_one_it_is_not() -> None:
    secret = zmq.curve_keypair()[1].decode()
    async with serving(**elsewhere(), curve_key=secret) as place:
        assert place.server.url.startswith("http://127.0.0.1:")
        assert place.server.endpoint.startswith("tcp://127.0.0.1:")
        assert place.server.events_endpoint.startswith("tcp://*:")
        assert not is_free("127.0.0.2", port_of(place.server.endpoint))
        await greeted(place)
    async with serving(**elsewhere()) as place:
        assert place.server.events_endpoint.startswith("tcp://127.0.0.1:")
        assert is_free("127.0.0.2", port_of(place.server.endpoint))


def is_free(address: str, port: int) -> bool:
    """Whether nobody listens there; all of 127.0.0.0/8 is this machine, on Linux."""
    if sys.platform != "linux":
        pytest.skip("loopback is one address here")
    with contextlib.suppress(OSError), socket.create_server((address, port)):
        return True
    return False


# ---------------------------------------------------------------- how much is read of whom


async def test_messages_arrive_complete_and_a_client_is_missed(curve: Place) -> None:
    client = await greeted(curve)
    (peer,) = curve.recorder.peers
    for request, size in enumerate([0, 1, 900_000, 222, 223, 500_000]):
        await client.send(image_of(size, request=request))
        message, (image,) = await client.receive()
        assert (message.request, image.size) == (request, size)  # type: ignore[union-attr]
    await client.close()
    await curve.recorder.until(lambda: curve.recorder.gone == [peer])


async def test_no_larger_message_than_a_hello_comes_first(curve: Place) -> None:
    client = dealer(curve)
    await client.send(frames.encode(m.Hello(major=1, minor=0, client="x" * MAX_HELLO_BYTES)))
    assert (await error_of(client)).code == "TooLarge"
    assert not curve.recorder.peers


async def test_a_message_twice_too_large_ends_that_connection_only(curve: Place) -> None:
    other, client = await greeted(curve), await greeted(curve)
    await client.send(image_of(2 * LIMITS.message_bytes + 1))
    greedy = curve.recorder.peers[1]
    await curve.recorder.until(lambda: curve.recorder.gone == [greedy])
    await other.send(image_of(10))
    await other.receive()


needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel doesn't say what it received"
)


@needs_linux
async def test_a_message_without_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "HEARTBEAT_MS", 0)  # which this client would not answer
    async with serving(curve_key=zmq.curve_keypair()[1].decode()) as place:
        other = await greeted(place)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(place.server.endpoint))
        raw = RawCurve(place.server.server_key, TOKEN)
        async with asyncio.timeout(PATIENCE_S):
            assert await raw.shake_hands(reader, writer) == b"READY"
            writer.write(raw.part(bytes(frames.encode(HELLO)[0]), more=False))
            await place.recorder.until(lambda: len(place.recorder.peers) == 2)
            with contextlib.suppress(ConnectionError):
                for _ in range(40):
                    writer.write(raw.part(bytes(LIMITS.message_bytes), more=True))
                    await writer.drain()
            endless = place.recorder.peers[1]
            await place.recorder.until(lambda: place.recorder.gone == [endless])
        writer.transport.abort()
        await other.send(image_of(10))
        await other.receive()


@needs_linux
@pytest.mark.parametrize("mechanism", [b"CURVE", b"PLAIN"])
async def test_who_has_not_been_let_in_cannot_fill_the_memory(mechanism: bytes) -> None:
    """The handshake's commands may be as long as any message for all that libzmq knows."""
    curve_key = zmq.curve_keypair()[1].decode() if mechanism == b"CURVE" else ""
    async with serving(curve_key=curve_key, limits=m.Limits()) as place:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(place.server.endpoint))
        writer.write(b"\xff" + bytes(8) + b"\x7f\x03\x00" + mechanism.ljust(20, b"\0") + bytes(32))
        writer.write(struct.pack(">BQ", 0x06, 100 << 20) + b"\x05HELLO")
        sent = 0
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                while sent < 60 << 20:
                    writer.write(bytes(1 << 20))
                    await writer.drain()
                    sent += 1 << 20
                    await asyncio.sleep(router.WEIGH_S / 5)
        assert sent < 60 << 20
        writer.transport.abort()


@needs_linux
async def test_many_small_messages_are_no_message_without_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What CURVE adds to each would else be taken for what has not come yet."""
    monkeypatch.setattr(router, "SYSTEM_BYTES", 40_000)
    limits = m.Limits(message_bytes=1 << 10)
    async with serving(curve_key=zmq.curve_keypair()[1].decode(), limits=limits) as place:
        client = await greeted(place)
        for begin in range(0, 3000, 100):  # 33 bytes each: twice of what would be too much
            for number in range(begin, begin + 100):
                await client.send(image_of(1, request=number))
            for number in range(begin, begin + 100):
                assert (await client.receive())[0].request == number  # type: ignore[union-attr]


@pytest.mark.parametrize("what", ["plain", "a wrong token", "nothing", "a long hello", "noise"])
async def test_what_is_no_handshake_harms_nobody(curve: Place, what: str) -> None:
    other = await greeted(curve)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(curve.server.endpoint))
    raw = RawCurve(curve.server.server_key, TOKEN + ("!" if what == "a wrong token" else ""))
    async with asyncio.timeout(PATIENCE_S):
        if what == "a wrong token":
            assert await raw.shake_hands(reader, writer) == b"ERROR"
        elif what == "plain":
            writer.write(b"".join(zmtp(image_of(1))))
        elif what == "noise":
            writer.write(os.urandom(10_000))
        elif what == "a long hello":
            greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"CURVE".ljust(20, b"\0") + bytes(32)
            writer.write(greeting + zmtp_part(raw.hello() + bytes(100_000), more=False))
        with contextlib.suppress(ConnectionError):
            while await reader.read(1 << 16):  # until the bridge hangs up, of silence after 5 s
                pass
    writer.transport.abort()
    await other.send(image_of(10))
    await other.receive()
    assert len(curve.recorder.peers) == 1


# ---------------------------------------------------------------- the key of a machine


def test_a_secret_key_is_made_once_and_only_its_owner_may_read_it(key_file: Path) -> None:
    secret = kept_secret_key(key_file)
    assert kept_secret_key(key_file) == secret
    assert len(z85.decode(secret.encode())) == 32
    assert [file.name for file in key_file.parent.iterdir()] == ["secret"]
    if os.name == "posix":
        assert key_file.stat().st_mode & 0o777 == 0o600
    assert kept_secret_key(key_file.parent / "another") != secret


def test_a_key_that_another_bridge_kept_meanwhile_stays(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = kept_secret_key(key_file)
    monkeypatch.setattr(Path, "exists", lambda self: False)  # when this bridge looked
    assert kept_secret_key(key_file) == secret
    assert [file.name for file in key_file.parent.iterdir()] == ["secret"]


@pytest.mark.skipif(os.name != "posix", reason="files have other permissions here")
def test_a_secret_key_that_others_can_read_is_refused(key_file: Path) -> None:
    kept_secret_key(key_file)
    key_file.chmod(0o640)
    with pytest.raises(Unsafe, match=r"others can read the secret key in .*chmod 600"):
        kept_secret_key(key_file)


@pytest.mark.parametrize("content", [b"", b"short", b"~" * 40, b"a" * 41, os.urandom(40)])
def test_what_is_no_key_is_refused_and_left_as_it_is(key_file: Path, content: bytes) -> None:
    kept_secret_key(key_file)
    key_file.write_bytes(content)
    with pytest.raises(Unsafe, match="holds no secret key"):
        kept_secret_key(key_file)
    assert key_file.read_bytes() == content


def test_a_place_where_no_key_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unsafe, match=r"cannot be used .*--curve-key"):
        kept_secret_key(tmp_path / "file" / "secret")


# ---------------------------------------------------------------- a bridge and its clients


def test_a_client_of_another_machine_needs_key_and_token(key_file: Path) -> None:
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0", curve_key=key_file) as bridge:
        with layerwalk.connect(
            bridge.endpoint, token=bridge.token, server_key=bridge.server_key
        ) as client:
            first_run(client)
            assert client.activation(client.layers()[0]).size
        with pytest.raises(Unauthorized, match="refused the token"):
            layerwalk.connect(bridge.endpoint, token="wrong", server_key=bridge.server_key)
        other = zmq.curve_keypair()[0].decode()
        with pytest.raises(ConnectionFailed, match="the key that it printed"):
            layerwalk.connect(bridge.endpoint, token=bridge.token, server_key=other)
        with pytest.raises(ConnectionFailed, match="no server_key="):
            layerwalk.connect(bridge.endpoint, token=bridge.token)
        before = bridge.server_key
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0", curve_key=key_file) as bridge:
        assert bridge.server_key == before


def test_events_come_to_a_client_of_another_machine(key_file: Path) -> None:
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0", curve_key=key_file) as bridge:
        access = {"token": bridge.token, "server_key": bridge.server_key}
        with (
            layerwalk.connect(bridge.endpoint, **access) as one,
            layerwalk.connect(bridge.endpoint, **access) as other,
        ):
            events = other.events()
            one.bookmark("here", "#layer=0")
            assert any(
                isinstance(event, m.DocumentChanged) and event.path == ("bookmarks", "here")
                for event in events
            )


@pytest.mark.parametrize("endpoint", ["tcp://192.0.2.7:5555", "tcp://[2001:db8::7]:5555"])
def test_the_token_never_leaves_this_machine_in_clear(endpoint: str) -> None:
    with pytest.raises(Unsafe, match="server_key="):
        layerwalk.connect(endpoint, token=TOKEN)


@pytest.mark.parametrize(
    ("events", "error", "said"),
    [
        ("tcp://192.0.2.7:5556", Unsafe, "'tcp://192.0.2.7:5556' is not this machine"),
        ("tcp://*:1;192.0.2.7:5556", Unsafe, "is not this machine"),  # libzmq: from;to
        ("nonsense", ConnectionFailed, "'nonsense' is no endpoint"),
    ],
)
def test_events_are_not_looked_for_where_the_token_is_not_safe(
    events: str, error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "events_endpoint", events)
    with layerwalk.serve(tiny(), IMAGE) as bridge, pytest.raises(error, match=re.escape(said)):
        layerwalk.connect(bridge.endpoint, token=bridge.token).close()


def test_an_access_that_is_printed_keeps_the_token_to_itself() -> None:
    assert TOKEN not in repr(Access("tcp://127.0.0.1:5555", TOKEN))


@pytest.mark.parametrize("server_key", ["x", "ü" * 40, "x" * 41, "~" * 40])
def test_what_is_no_server_key_is_said_at_once(server_key: str) -> None:
    with pytest.raises(ConnectionFailed, match="is no key; give the 40 characters"):
        layerwalk.connect("tcp://192.0.2.7:5555", token=TOKEN, server_key=server_key)


def test_the_key_is_kept_for_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / name)
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0", curve_key="default") as bridge:
        kept = tmp_path / "layerwalk" / "curve-secret-key"
        assert zmq.curve_public(kept.read_bytes().strip()).decode() == bridge.server_key
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        assert (bridge.server_key, bridge.endpoint[:16]) == ("", "tcp://127.0.0.1:")


def test_ports_may_be_chosen(key_file: Path) -> None:
    def serve(port: int) -> Bridge:
        return layerwalk.serve(tiny(), IMAGE, host="0.0.0.0", zeromq_port=port, curve_key=key_file)

    for _ in range(20):  # others may have taken the one or the other meanwhile
        with socket.create_server(("0.0.0.0", 0)) as free:
            port = free.getsockname()[1]
        with contextlib.suppress(ConnectionFailed), serve(port) as bridge:
            assert bridge.endpoint == f"tcp://127.0.0.1:{port}"
            assert bridge._server.events_endpoint == f"tcp://*:{port + 1}"
            with pytest.raises(ConnectionFailed, match=rf"port {port} of 0\.0\.0\.0 cannot be"):
                serve(port)
            return
    pytest.fail("no two ports in a row are free")
