"""Other machines: TLS or nothing, by names of this machine, with a token or a code for it."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import layerwalk
from layerwalk.errors import Unsafe
from layerwalk.protocol import frames
from layerwalk.transport import certificates, doorway, machine
from layerwalk.transport.pairing import Pairing

from .certified import Issued, issued
from .places import Place, WebSocketClient, elsewhere, error_of, image_of, serving
from .raw_bytes import HELLO, TOKEN
from .small_networks import IMAGE, tiny
from .viewers import PATIENCE_S

ELSEWHERE = "127.0.0.2"  # as if it were another machine's
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="there is one loopback address")


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serving(**elsewhere()) as place:
        yield place


@pytest.fixture
def context(tmp_path: Path) -> ssl.SSLContext:
    """That of a browser whose owner has looked at the fingerprint and trusts the certificate."""
    return ssl.create_default_context(cafile=str(certificates.default_file()))


def status(place: Place, path: str, context: ssl.SSLContext | None, **options: Any) -> Any:
    """The answer to a request by a client of Python's own; with no context, in clear."""
    port = place.server.port
    address = options.pop("address", "127.0.0.1")
    how = {"timeout": PATIENCE_S, "source_address": (options.pop("source", ""), 0)}
    if context is None:
        connection = http.client.HTTPConnection(address, port, **how)
    else:
        connection = http.client.HTTPSConnection(address, port, context=context, **how)
    with contextlib.closing(connection):
        connection.request(options.pop("method", "GET"), path, **options)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


async def ask(*arguments: Any, **options: Any) -> Any:
    return await asyncio.to_thread(status, *arguments, **options)


# ---------------------------------------------------------------- TLS or nothing


async def test_pages_and_websocket_come_over_tls(place: Place, context: ssl.SSLContext) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    code, _, body = await ask(place, "/pages/main/1/layer1.0%2Fadd", context, headers=bearer)
    assert (code, len(body) > 7) == (200, True)
    url = f"https://127.0.0.1:{place.server.port}"
    connector = aiohttp.TCPConnector(ssl=context)
    async with (
        aiohttp.ClientSession(url, connector=connector) as session,
        session.ws_connect("/ws", headers={"Origin": url}) as opened,
    ):
        client = WebSocketClient(opened)
        await client.send(frames.encode(HELLO))
        await client.receive()
        await client.send(image_of(300_000, request=2))  # of many TLS records
        assert (await client.receive())[1][0].size == 300_000


async def test_a_wrong_token_is_refused_over_tls(place: Place, context: ssl.SSLContext) -> None:
    wrong = {"Authorization": "Bearer wrong"}
    assert (await ask(place, "/pages/main/1/layer1.0%2Fadd", context, headers=wrong))[0] == 401
    url = f"https://127.0.0.1:{place.server.port}"
    async with (
        aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(ssl=context)) as session,
        session.ws_connect("/ws") as opened,
    ):
        client = WebSocketClient(opened)
        await client.send(frames.encode(type(HELLO)(major=1, minor=0, token="wrong")))
        assert (await error_of(client)).code == "Unauthorized"
    assert not place.recorder.peers


async def test_a_first_message_is_no_longer_than_a_hello_over_tls_either(
    place: Place, context: ssl.SSLContext
) -> None:
    url = f"https://127.0.0.1:{place.server.port}"
    async with (
        aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(ssl=context)) as session,
        session.ws_connect("/ws") as opened,
    ):
        client = WebSocketClient(opened)
        await client.send(image_of(500_000))
        assert (await error_of(client)).code == "TooLarge"


@pytest.mark.parametrize("path", ["/", "/pages/main/1/layer1.0%2Fadd", "/ws", "/pair"])
async def test_what_comes_in_clear_by_another_name_is_sent_to_tls(place: Place, path: str) -> None:
    """As a browser does that was given no https://; the token in it would not count."""
    (address, *_) = machine.addresses("0.0.0.0")
    headers = {"Host": f"{address}:99", "Authorization": f"Bearer {TOKEN}"}
    code, headers, body = await ask(place, f"{path}?token={TOKEN}", None, headers=headers)
    assert (code, headers["Location"]) == (307, f"https://{address}:99/")
    assert b"https://" in body
    assert TOKEN.encode() not in body


@pytest.mark.skipif(os.name != "posix", reason="an address of this machine's is asked for")
async def test_plain_http_is_for_this_machine_only(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {"Host": f"127.0.0.1:{place.server.port}", "Authorization": f"Bearer {TOKEN}"}
    path = "/pages/main/1/layer1.0%2Fadd"
    assert (await ask(place, path, None, headers=here))[0] == 200
    monkeypatch.setattr("layerwalk.transport.entrance.is_loopback", lambda host: False)
    code, headers, _ = await ask(place, path, None, headers=here)  # as if it came from elsewhere
    assert (code, headers["Location"]) == (307, f"https://127.0.0.1:{place.server.port}/")


async def test_what_speaks_neither_harms_nobody(
    place: Place, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "FIRST_BYTE_S", 0.2)
    for said in (b"", b"\x16\x03\x01nonsense" * 9, os.urandom(64), b"GET / HTTP/1.1\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
        writer.write(said)
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionError):
                while await reader.read(1 << 16):  # until the bridge hangs up
                    pass
        writer.close()
    assert (await ask(place, "/nothing", context))[0] == 404


@linux_only
async def test_only_so_many_wait_at_the_door(
    place: Place, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "FIRST_BYTE_S", 10 * PATIENCE_S)
    monkeypatch.setattr(doorway, "MAX_AT_THE_DOOR", 4)
    silent = [await asyncio.open_connection("127.0.0.1", place.server.port) for _ in range(8)]
    async with asyncio.timeout(PATIENCE_S):
        for reader, _ in silent[4:]:
            assert not await reader.read(1)  # let go
    got_in = await ask(place, "/nothing", context, source=ELSEWHERE)
    assert got_in[0] == 404, "who has another address does not wait behind these"
    async with asyncio.timeout(PATIENCE_S):
        for _, writer in silent:
            writer.close()
        guests = place.server._gateway._doorway
        assert guests is not None
        while not guests._has_room("127.0.0.1"):
            await asyncio.sleep(0)
    assert (await ask(place, "/nothing", context))[0] == 404


@linux_only
@pytest.mark.parametrize("bound", ["MAX_OF_ONE", "MAX_FROM_ELSEWHERE"])
async def test_strangers_leave_room_for_this_machine(
    place: Place, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """Also those that got in, and say nothing more: each has a file of the process's."""
    monkeypatch.setattr(doorway, bound, 3)
    monkeypatch.setattr(doorway, "is_loopback", lambda address: address != ELSEWHERE)

    async def comes() -> tuple[bytes, asyncio.StreamWriter]:
        there = ("127.0.0.1", place.server.port)
        reader, writer = await asyncio.open_connection(*there, local_addr=(ELSEWHERE, 0))
        writer.write(b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            return await reader.read(12), writer
        return b"", writer

    async with asyncio.timeout(PATIENCE_S):
        staying = [await comes() for _ in range(3)]
        assert [said for said, _ in staying] == [b"HTTP/1.1 404"] * 3
        assert (await comes())[0] == b""
        assert (await ask(place, "/nothing", context))[0] == 404
        staying[0][1].close()
        while (await comes())[0] == b"":
            await asyncio.sleep(0)


async def test_old_versions_of_tls_are_refused(place: Place) -> None:
    old = ssl.create_default_context(cafile=str(certificates.default_file()))
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        await ask(place, "/", old)


# ---------------------------------------------------------------- names and origins


async def test_this_machine_s_names_are_served_and_no_others(
    place: Place, context: ssl.SSLContext
) -> None:
    own = [*machine.addresses("0.0.0.0"), *machine.names(), "127.0.0.1", "localhost"]
    for name in own:
        code, *_ = await ask(place, "/nothing", context, headers={"Host": f"{name}:8000"})
        assert code == 404, name
    for name in ("evil.example", "192.0.2.99", f"{own[0]}.evil.example", "", "["):
        code, *_ = await ask(place, "/nothing", context, headers={"Host": name})
        assert code == 421, name
        assert (await ask(place, "/nothing", None, headers={"Host": name}))[0] == 421, name


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://127.0.0.1:{port}", True),
        ("http://127.0.0.1:{port}", False),  # anybody on the way may answer for that
        ("https://127.0.0.1:1", False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
async def test_pages_of_other_origins_get_neither_websocket_nor_token(
    place: Place, context: ssl.SSLContext, origin: str, allowed: bool
) -> None:
    headers = {"Origin": origin.format(port=place.server.port)}
    entrance = place.server._entrance
    assert entrance is not None
    code = entrance.pairing.issue()
    answer = await ask(place, "/pair", context, method="POST", body=code, headers=headers)
    assert answer[0] == (200 if allowed else 403)
    upgrade = {**headers, "Upgrade": "websocket", "Connection": "Upgrade"}
    upgrade |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    connected = asyncio.to_thread(_upgraded, place.server.port, context, upgrade)
    assert await connected == (101 if allowed else 403)


def _upgraded(port: int, context: ssl.SSLContext, headers: dict[str, str]) -> int:
    """The status of the answer to an upgrade."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        secure.sendall(f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode())
        return int(secure.recv(1024).split()[1])


# ---------------------------------------------------------------- codes


async def test_a_code_lets_one_in_and_no_second(place: Place, context: ssl.SSLContext) -> None:
    entrance = place.server._entrance
    assert entrance is not None
    code = entrance.pairing.issue()
    first = await ask(place, "/pair", context, method="POST", body=code.lower())
    assert (first[0], json.loads(first[2])) == (200, {"token": TOKEN})
    assert first[1]["Cache-Control"] == "no-store"
    second = await ask(place, "/pair", context, method="POST", body=code)
    assert second[0] == 403
    assert "is not good, or not any more" in json.loads(second[2])["error"]


async def test_to_fetch_the_link_uses_no_code_up(place: Place, context: ssl.SSLContext) -> None:
    entrance = place.server._entrance
    assert entrance is not None
    code = entrance.pairing.issue()
    for method in ("GET", "HEAD"):
        await ask(place, f"/{code}", context, method=method)
    assert (await ask(place, "/pair", context, method="POST", body=code))[0] == 200


async def test_after_some_wrong_codes_none_is_looked_at(
    place: Place, context: ssl.SSLContext
) -> None:
    entrance = place.server._entrance
    assert entrance is not None
    code = entrance.pairing.issue()
    wrong = ["AAAAAA", "", "?", "Ä" * 6, "x" * 200, "y" * 100_000]
    answers = [
        (await ask(place, "/pair", context, method="POST", body=one.encode()))[0] for one in wrong
    ]
    assert answers == [403] * 6
    assert (await ask(place, "/pair", context, method="POST", body=code))[0] == 429


async def test_a_code_that_came_in_clear_is_void() -> None:
    told: list[tuple[str, str]] = []
    async with serving(**elsewhere(hear=lambda *news: told.append(news))) as place:
        entrance = place.server._entrance
        assert entrance is not None
        code = entrance.pairing.issue()
        host = machine.addresses("0.0.0.0")[0]
        answer = await ask(place, f"/{code}", None, headers={"Host": host})
        assert (answer[0], answer[1]["Location"]) == (307, f"https://{host}/")
        assert told == [("exposed", "127.0.0.1")]
        assert not entrance.pairing.withdraw(code)


async def test_on_loopback_there_are_no_codes() -> None:
    async with serving() as place, place.http.post("/pair", data=b"ABCDEF") as answer:
        assert answer.status in (404, 405)


class Clock:
    """Seconds that pass when a test says so."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_codes_are_short_different_and_good_for_ten_minutes() -> None:
    clock = Clock()
    pairing = Pairing(clock)
    codes = {pairing.issue() for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 6 and not set(code) & set("IO01") for code in codes)
    first, second, *_ = codes
    clock.now_s += 599
    pairing.redeem(f" {first[:3]}-{first[3:].lower()}\n", "here")
    clock.now_s += 2
    with pytest.raises(layerwalk.errors.Unauthorized, match="not any more"):
        pairing.redeem(second, "here")


def test_wrong_codes_are_counted_by_address_and_by_all() -> None:
    clock = Clock()
    pairing = Pairing(clock)
    code = pairing.issue()
    for _ in range(6):
        with pytest.raises(layerwalk.errors.Unauthorized, match="is not good"):
            pairing.redeem("AAAAAA", "there")
    with pytest.raises(layerwalk.errors.Unauthorized, match="wait a minute"):
        pairing.redeem(code, "there")
    pairing.redeem(code, "here")
    clock.now_s += 61
    pairing.redeem(pairing.issue(), "there")
    code = pairing.issue()
    for number in range(60):  # by somebody with many addresses
        with pytest.raises(layerwalk.errors.Unauthorized):
            pairing.redeem("AAAAAA", f"10.0.0.{number}")
    with pytest.raises(layerwalk.errors.Unauthorized):
        pairing.redeem(code, "here")


def test_no_more_codes_are_good_than_a_class_needs() -> None:
    pairing = Pairing()
    codes = [pairing.issue() for _ in range(33)]
    assert not pairing.withdraw(codes[0])
    assert all(pairing.withdraw(code) for code in codes[1:])


# ---------------------------------------------------------------- the certificate


def test_a_certificate_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "tls.pem"
    made = certificates.kept(file, ["192.168.1.5", "gpu.local"])
    assert (made.names, made.made_here) == (("gpu.local", "192.168.1.5"), True)
    assert certificates.kept(file, ["gpu.local"]).fingerprint == made.fingerprint
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["tls.pem"]


def test_it_is_made_anew_for_a_new_name_or_before_it_expires_with_the_same_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tls.pem"
    first = certificates.kept(file, ["192.168.1.5"])
    key = file.read_bytes().partition(b"-----BEGIN CERTIFICATE")[0]
    second = certificates.kept(file, ["192.168.1.6"])
    assert (second.names, second.fingerprint == first.fingerprint) == (("192.168.1.6",), False)
    monkeypatch.setattr(certificates, "RENEWED_DAYS", certificates.VALID_DAYS + 1)
    third = certificates.kept(file, ["192.168.1.6"])
    assert third.fingerprint != second.fingerprint
    assert file.read_bytes().startswith(key)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_written_otherwise_makes_no_other_certificate(tmp_path: Path) -> None:
    """Else each start would have a new fingerprint, for which every headset asks again."""
    file, names = tmp_path / "tls.pem", ["GPU.Lab.Example", "FD00:0::1", "gpu.lab.example"]
    first = certificates.kept(file, names)
    assert first.names == ("gpu.lab.example", "fd00::1")
    assert certificates.kept(file, names).fingerprint == first.fingerprint


async def test_a_proxy_s_name_may_be_written_in_capitals() -> None:
    async with serving(**elsewhere(), allowed_hosts=["Walk.Example"]) as place:
        code, *_ = await ask(place, "/nothing", None, headers={"Host": "walk.example"})
        assert code == 404


@pytest.mark.parametrize("content", ["", "nonsense", "certificate alone", "another key"])
def test_a_kept_file_that_is_spoiled_is_said_to_be(tmp_path: Path, content: str) -> None:
    file, other = tmp_path / "tls.pem", tmp_path / "other.pem"
    certificates.kept(file, ["a.example"])
    certificates.kept(other, ["a.example"])
    _, begin, rest = file.read_bytes().partition(b"-----BEGIN CERTIFICATE")
    spoiled = {
        "certificate alone": begin + rest,
        "another key": other.read_bytes().partition(begin)[0] + begin + rest,
    }.get(content, content.encode())
    file.write_bytes(spoiled)
    with pytest.raises(Unsafe, match=r"tls\.pem.* remove it, and a new one is made"):
        certificates.kept(file, ["a.example"])
    assert file.read_bytes() == spoiled


@pytest.mark.skipif(os.name != "posix", reason="files have other permissions here")
def test_keys_that_others_can_read_are_refused(tmp_path: Path, pair: Issued) -> None:
    file = tmp_path / "tls.pem"
    certificates.kept(file, ["a.example"])
    file.chmod(0o640)
    with pytest.raises(Unsafe, match="others can read the secret key"):
        certificates.kept(file, ["a.example"])
    pair.key.chmod(0o644)
    with pytest.raises(Unsafe, match=r"others can read the secret key.*chmod 600"):
        certificates.own(pair.certificate, pair.key)


def test_a_place_where_no_certificate_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unsafe, match=r"cannot be used .*--tls-cert FILE --tls-key FILE"):
        certificates.kept(tmp_path / "file" / "tls.pem", ["a.example"])


@pytest.fixture
def pair(tmp_path: Path) -> Issued:
    """A certificate of an authority, and its key."""
    return issued(tmp_path / "own", ["gpu.lab.example", "*.walk.example"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("no certificate file", r"--tls-cert: '.*' cannot be read \(No such file"),
        ("no key file", r"--tls-key: '.*' cannot be read \(No such file"),
        ("a folder", r"--tls-cert: '.*' cannot be read \(Is a directory"),
        ("nonsense", r"holds no certificate; give a PEM file"),
        ("a key that is none", r"holds no private key; give a PEM file"),
        ("another key", r"is not that of the certificate in '.*'; give the pair"),
        ("a password", r"is protected by a password; give one without: openssl pkey"),
        ("expired", r"expired on \d{4}-\d\d-\d\d; renew it, or leave out --tls-cert"),
        ("not yet valid", r"is valid from .* UTC on only; is the clock right"),
    ],
)
def test_what_is_wrong_with_one_s_own_is_said(
    pair: Issued, tmp_path: Path, wrong: str, said: str
) -> None:
    given = pair.but(wrong, tmp_path)
    with pytest.raises(Unsafe, match=said):
        layerwalk.serve(
            tiny(), IMAGE, host="0.0.0.0", tls_cert=given.certificate, tls_key=given.key
        )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"host": "0.0.0.0", "tls_cert": "c"}, "--tls-key is missing"),
        ({"host": "0.0.0.0", "tls_key": "k"}, "--tls-cert is missing"),
        ({"tls_cert": "c", "tls_key": "k"}, r"127\.0\.0\.1 needs no certificate; give --host"),
    ],
)
def test_a_certificate_is_for_other_machines_and_has_a_key(
    options: dict[str, str], said: str
) -> None:
    with pytest.raises(Unsafe, match=said):
        layerwalk.serve(tiny(), IMAGE, **options)  # type: ignore[arg-type]


def test_the_link_says_the_name_that_one_s_own_certificate_is_for(pair: Issued) -> None:
    access = {"host": "0.0.0.0", "tls_cert": pair.certificate, "tls_key": pair.key}
    with layerwalk.serve(tiny(), IMAGE, **access) as bridge:
        assert bridge.origin == f"https://gpu.lab.example:{bridge.port}"
        context = ssl.create_default_context(cafile=str(pair.authority))
        for name, served in (("gpu.lab.example", 200), ("a.walk.example", 200)):
            with (
                socket.create_connection(("127.0.0.1", bridge.port)) as plain,
                context.wrap_socket(plain, server_hostname=name) as secure,
            ):
                secure.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
                assert int(secure.recv(1024).split()[1]) == served


def test_a_bridge_lets_other_machines_in_by_its_certificate(context: ssl.SSLContext) -> None:
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0") as bridge:
        assert bridge.endpoint.startswith("tcp://127.0.0.1:")
        assert bridge.server_key == ""
        link = bridge.invite()
        origin, _, code = link.rpartition("/")
        assert origin == bridge.origin
        host = origin.removeprefix("https://").rpartition(":")[0]
        assert host in machine.addresses("0.0.0.0")
        with (
            socket.create_connection(("127.0.0.1", bridge.port)) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            shown = ssl.DER_cert_to_PEM_cert(secure.getpeercert(binary_form=True) or b"")
            assert shown.strip() in certificates.default_file().read_text()
            head = f"POST /pair HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            secure.sendall(f"{head}Content-Length: 6\r\n\r\n{code}".encode())
            assert bridge.token in secure.makefile("rb").read().decode()
        assert len(bridge.fingerprint.split(":")) == 32
    with layerwalk.serve(tiny(), IMAGE) as bridge:
        assert (bridge.origin, bridge.fingerprint) == ("", "")
        with pytest.raises(Unsafe, match=r"give host='0\.0\.0\.0'"):
            bridge.invite()
