"""The HTTP port: the viewer's files, what pages may load, and pages by address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from layerwalk.protocol import frames
from layerwalk.protocol import messages as m

from .places import (
    Place,
    serving,
)
from .raw_bytes import TOKEN
from .viewers import PATIENCE_S

# ---------------------------------------------------------------- files


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
