"""The HTTP port: the viewer's files, the WebSocket relay, and pages by address.

Browsers let any page talk to loopback, so a request must name a host that is ours (against
DNS rebinding), a WebSocket must come from our own origin, and both need the token. Who is on
another machine speaks TLS, and may be let in by a code (`pairing`) instead of the token.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from aiohttp import WSMsgType, web

from layerwalk.errors import (
    InvalidMessage,
    LayerwalkError,
    RunSuperseded,
    TooLarge,
    Unauthorized,
    UnknownLayer,
    UnknownPicture,
)
from layerwalk.protocol import frames
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import HELLO_S, MAX_HELLO_BYTES, MAX_PENDING_BYTES
from layerwalk.protocol.messages import Hello, Limits
from layerwalk.transport import reception, static
from layerwalk.transport.address import cannot_listen
from layerwalk.transport.allowance import Allowance
from layerwalk.transport.doorway import Doorway
from layerwalk.transport.entrance import CODE_PATH, Entrance
from layerwalk.transport.handler import Handler
from layerwalk.transport.peer import WebSocketPeer, error_parts

logger = logging.getLogger(__name__)

MAX_UNGREETED = 16  # WebSockets of one address that have not said Hello
IDLE_S = 75.0  # until a connection without requests is closed
MAX_SETTINGS_BYTES = 64 << 10  # of a visitor's own, beside a session that is kept
CLOSE_S = 1.0  # for the last words to a client that is let go
HEARTBEAT_S = 10.0  # a WebSocket that does not answer within half of it is closed
POLICY_VIOLATION, GOING_AWAY = 1008, 1001
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
STATUS = {
    Unauthorized: 401,
    UnknownLayer: 404,
    UnknownPicture: 404,
    RunSuperseded: 410,
    TooLarge: 413,
}


class Gateway:
    """HTTP on `host` and `port` (0: any free one), in the running event loop.

    `viewer_dir` holds the built viewer; `allowed_hosts` are further names that a trusted proxy
    in front is reached by. With an `entrance`, other machines get in by that, over TLS, and
    `host` is where it listens.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        host: str,
        port: int,
        token: str,
        viewer_dir: Path | None,
        limits: Limits,
        allowed_hosts: Collection[str] = (),
        entrance: Entrance | None = None,
        max_pending_bytes: int = MAX_PENDING_BYTES,
        ids: Iterator[str] | None = None,
    ) -> None:
        self.port = port
        self._entrance = entrance
        self._handler = handler
        self._host = host
        self._token = token
        self._viewer_dir = viewer_dir
        self._limits = limits
        allowed = {name.lower() for name in allowed_hosts}  # as a Host header is understood
        self._hosts = LOOPBACK_NAMES | {host} | allowed
        self._proxies = allowed - LOOPBACK_NAMES - {host}
        self._max_pending_bytes = max_pending_bytes
        self._ids = ids if ids is not None else map(str, itertools.count(1))
        self._peers: set[WebSocketPeer] = set()
        self._ungreeted: Counter[str] = Counter()  # by address
        self._runner: web.AppRunner | None = None
        self._doorway: Doorway | None = None

    async def start(self) -> None:
        """Listens. Raises ConnectionFailed if the port is in use."""
        app = web.Application(middlewares=[self._guard])
        app.on_response_prepare.append(static.add_headers)
        app.router.add_get("/ws", self._websocket)
        app.router.add_get(r"/pages/{network}/{run:\d{1,18}}/{layer:.+}", self._page)
        if self._entrance is not None:
            app.router.add_get("/pair", self._takes_codes)
            app.router.add_post("/pair", self._pair)
            app.router.add_get(f"/{CODE_PATH}", self._start_page)
        app.router.add_post("/session", self._session)
        app.router.add_get("/{path:.*}", self._file)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=CLOSE_S, keepalive_timeout=IDLE_S
        )
        await self._runner.setup()
        try:
            self.port = await self._listen(self._runner)
        except OSError as error:
            await self._runner.cleanup()
            raise cannot_listen(self._host, self.port, error) from None

    async def _listen(self, runner: web.AppRunner) -> int:
        if self._entrance is None:
            await web.TCPSite(runner, self._host, self.port).start()
            return int(runner.addresses[0][1])
        assert runner.server is not None
        self._doorway = Doorway(runner.server, self._entrance.identity.context)
        return self._doorway.open(self._entrance.listens_on, self.port)

    async def stop(self) -> None:
        """Closes all WebSockets and the port."""
        if self._doorway is not None:
            await self._doorway.close()
        for peer in list(self._peers):
            peer.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def publish(self, parts: Sequence[BytesLike]) -> None:
        """Sends an event to every client on a WebSocket."""
        for peer in list(self._peers):
            peer.send(parts)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Next) -> web.StreamResponse:
        name = _host_name(request)
        if self._entrance is not None:
            self._entrance.insist_on_tls(request, name, LOOPBACK_NAMES | self._proxies)
        if name not in self._hosts and not self._is_reached_by(request, name):
            raise web.HTTPMisdirectedRequest(text="This host name is not served here.\n")
        return await handler(request)

    def _is_reached_by(self, request: web.Request, name: str) -> bool:
        return self._entrance is not None and self._entrance.is_ours(request, name)

    def _same_origin(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")
        if origin is None:  # not a browser
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.hostname in self._proxies:
            return True
        # Somebody on the way could answer for http://, not for https://.
        same = parts.netloc == request.headers["Host"]
        return same and (parts.scheme == "https" or not request.secure)

    # ------------------------------------------------------------ files and pages

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return static.response(self._viewer_dir, request.match_info["path"])

    async def _start_page(self, request: web.Request) -> web.StreamResponse:
        """The page itself asks for the token with the code of its address, once it is shown."""
        return static.response(self._viewer_dir, "")

    async def _takes_codes(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=204, headers={"Cache-Control": "no-store"})

    async def _pair(self, request: web.Request) -> web.StreamResponse:
        assert self._entrance is not None
        if not self._same_origin(request):
            raise web.HTTPForbidden(text="This origin may not connect.\n")
        return await self._entrance.redeem(request, self._token)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            level = request.query.get("level", "0")
            if not (level.isascii() and level.isdigit() and len(level) < 3):
                raise InvalidMessage(f"level must be a small number, not {level[:20]!r}")
            where = request.match_info
            parts = await self._handler.page(
                where["network"], int(where["run"]), where["layer"], int(level)
            )
        except LayerwalkError as error:
            return await _framed(request, error_parts(error), STATUS.get(type(error), 400))
        except Exception:
            logger.exception("A page could not be made")
            return await _framed(request, error_parts(reception.BRIDGE_FAILED), 500)
        return await _framed(request, parts, 200)

    async def _session(self, request: web.Request) -> web.StreamResponse:
        """The session as a file; the body is a JSON object of what the visitor adds to it."""
        try:
            self._check_token(request)
            file = await self._handler.kept(_settings(await _body(request, MAX_SETTINGS_BYTES)))
        except LayerwalkError as error:
            return await _framed(request, error_parts(error), STATUS.get(type(error), 400))
        except Exception:
            logger.exception("A session could not be kept")
            return await _framed(request, error_parts(reception.BRIDGE_FAILED), 500)
        headers = {"Cache-Control": "no-store"}
        return web.Response(body=file, content_type="application/zip", headers=headers)

    def _check_token(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not reception.same_token(token.strip(), self._token):
            raise Unauthorized("the header 'Authorization: Bearer TOKEN' is wrong or missing")

    # ------------------------------------------------------------ WebSocket

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        if not self._same_origin(request):
            raise web.HTTPForbidden(text="This origin may not connect.\n")
        if self._ungreeted[request.remote or ""] >= MAX_UNGREETED:
            raise web.HTTPServiceUnavailable(text="Too many are connecting; try again soon.\n")
        socket = web.WebSocketResponse(
            # A message somewhat too large is answered with an Error, a larger one with a close.
            max_msg_size=2 * self._limits.message_bytes,
            compress=False,
            heartbeat=HEARTBEAT_S,
            timeout=CLOSE_S,
        )
        hello = await self._greeting(request, socket)
        if hello is not None:
            peer = WebSocketPeer(
                next(self._ids), hello, socket, max_pending_bytes=self._max_pending_bytes
            )
            await self._attend(request, socket, peer)
        return socket

    async def _greeting(self, request: web.Request, socket: web.WebSocketResponse) -> Hello | None:
        """What the client says first; None if it was refused or is gone."""
        address = request.remote or ""  # not known any more once it is gone
        self._ungreeted[address] += 1
        try:
            await socket.prepare(request)
            return await self._hello(request, socket)
        except LayerwalkError as error:
            await _refuse(socket, error)
        except ConnectionError:
            pass
        finally:
            self._ungreeted[address] -= 1
            self._ungreeted += Counter()  # without zeros
        return None

    async def _hello(self, request: web.Request, socket: web.WebSocketResponse) -> Hello:
        """The first message, in time; no more is read before than it may have."""
        if request.transport is None:
            raise ConnectionError
        allowance = Allowance(request.transport, MAX_HELLO_BYTES)
        try:
            async with asyncio.timeout(HELLO_S):
                hello = reception.greeting(await _receive(socket), token=self._token)
        except TimeoutError:
            if allowance.used_up:
                raise TooLarge(f"the first message has more than {MAX_HELLO_BYTES} bytes") from None
            raise Unauthorized(f"no hello came within {HELLO_S:g} s") from None
        allowance.lift()
        return hello

    async def _attend(
        self, request: web.Request, socket: web.WebSocketResponse, peer: WebSocketPeer
    ) -> None:
        """Serves a greeted client until it goes or is let go."""
        self._peers.add(peer)
        writer = asyncio.create_task(peer.run())
        reader = asyncio.create_task(self._read(socket, peer))
        ended = asyncio.create_task(peer.wait_closed())
        try:
            reception.welcome(self._handler, peer)
            await asyncio.wait({reader, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._peers.discard(peer)
            peer.close()
            reader.cancel()
            ended.cancel()
            await asyncio.gather(reader, ended, return_exceptions=True)
            reception.farewell(self._handler, peer)
            await _let_go(request, socket, writer)

    async def _read(self, socket: web.WebSocketResponse, peer: WebSocketPeer) -> None:
        with contextlib.suppress(ConnectionError):
            while not peer.closed:
                try:
                    parts = await _receive(socket)
                except LayerwalkError as error:
                    peer.fail(error)
                else:
                    reception.deliver(self._handler, peer, parts, self._limits)


def _host_name(request: web.Request) -> str:
    """The host that a request names, without its port; '' for none."""
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        return ""


async def _body(request: web.Request, most: int) -> bytes:
    """All of a request's body. Raises TooLarge; aiohttp reads no more than a megabyte."""
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise TooLarge(f"the request has more than {most:,} bytes") from None
    if len(body) > most:
        raise TooLarge(f"the request has {len(body):,} bytes; at most {most:,} are read")
    return body


def _settings(body: bytes) -> dict[str, Any]:
    """What a body of JSON says. Raises InvalidMessage for what is no object."""
    try:
        settings = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidMessage(f"settings are a JSON object ({error})") from None
    return settings


async def _receive(socket: web.WebSocketResponse) -> list[memoryview]:
    """The parts of the next message. Raises ConnectionError when the client is gone."""
    message = await socket.receive()
    if message.type is WSMsgType.BINARY:
        return frames.split(message.data)
    if message.type is WSMsgType.TEXT:
        raise InvalidMessage("messages are binary, this one is text")
    raise ConnectionError


async def _refuse(socket: web.WebSocketResponse, error: LayerwalkError) -> None:
    with contextlib.suppress(ConnectionError):
        await socket.send_bytes(frames.join(error_parts(error)))
    await socket.close(code=POLICY_VIOLATION, message=type(error).__name__.encode())


async def _let_go(
    request: web.Request, socket: web.WebSocketResponse, writer: asyncio.Task[None]
) -> None:
    """Closes politely, then by force: a client that does not read would hold up both."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CLOSE_S):
            await writer
            await socket.close(code=GOING_AWAY)
    if request.transport is not None:
        request.transport.abort()


async def _framed(
    request: web.Request, parts: Sequence[BytesLike], status: int
) -> web.StreamResponse:
    """The parts as one WebSocket message would have them, in an HTTP response, uncopied."""
    pieces = frames.pieces(parts)
    response = web.StreamResponse(status=status)
    response.content_type = "application/octet-stream"
    response.content_length = sum(len(piece) for piece in pieces)
    response.headers["Cache-Control"] = "no-store"  # another session numbers runs anew
    await response.prepare(request)
    for piece in pieces:
        if piece:
            await response.write(piece)
    await response.write_eof()
    return response
