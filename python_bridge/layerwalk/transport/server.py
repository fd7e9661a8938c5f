"""Everything a bridge listens on, as one: ROUTER, PUB and the HTTP gateway."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from pathlib import Path

from layerwalk.errors import Unsafe
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import MAX_PENDING_BYTES
from layerwalk.protocol.messages import Limits
from layerwalk.transport.address import LOOPBACK, address_of, is_any, is_loopback, on_this_machine
from layerwalk.transport.entrance import Entrance
from layerwalk.transport.gateway import Gateway
from layerwalk.transport.handler import Handler
from layerwalk.transport.router import Router
from layerwalk.transport.security import Curve, Plain


class Server:
    """Listens on `host` and serves every client through `handler`.

    `curve_key` is the secret key with which ZeroMQ speaks CURVE; without it, it speaks PLAIN, and
    stays on loopback whatever `host` is. ROUTER is at `zeromq_port` and PUB at the next one. Where
    `host` is not loopback, HTTP needs the `entrance`, by which other machines get in over TLS.

    `start`, `stop`, `publish` and everything of a `Peer` belong to one event loop. `port` is
    the HTTP port; 0 takes any free ones. `allowed_hosts` are names, besides those of
    loopback, by which a trusted proxy in front of the HTTP port is reached.
    Raises Unsafe for what is no address, or not loopback without an entrance.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        zeromq_port: int = 0,
        token: str,
        curve_key: str = "",
        entrance: Entrance | None = None,
        viewer_dir: Path | None = None,
        limits: Limits | None = None,
        allowed_hosts: Collection[str] = (),
        max_pending_bytes: int = MAX_PENDING_BYTES,
    ) -> None:
        address = address_of(host)
        if not is_loopback(host) and entrance is None:
            raise Unsafe(f"{host!r} is not loopback, and without TLS the token is not safe there")
        self._web_host = _web_host(host)
        self._entrance = entrance
        security = Curve(token, curve_key) if curve_key else Plain(token)
        limits = limits or Limits()
        ids = map(str, itertools.count(1))
        self._token = token
        self.server_key = security.server_key
        self._router = Router(
            handler,
            host=address if curve_key or is_loopback(host) else LOOPBACK,
            port=zeromq_port,
            security=security,
            limits=limits,
            max_pending_bytes=max_pending_bytes,
            ids=ids,
        )
        self._gateway = Gateway(
            handler,
            host=address,
            port=port,
            token=token,
            viewer_dir=viewer_dir,
            limits=limits,
            allowed_hosts=allowed_hosts,
            entrance=entrance,
            max_pending_bytes=max_pending_bytes,
            ids=ids,
        )

    @property
    def endpoint(self) -> str:
        """Of the ROUTER socket, as reached from this machine; '' before `start`."""
        return self._router.endpoint

    @property
    def events_endpoint(self) -> str:
        """Of the PUB socket, its host `*` where it is the ROUTER's; '' before `start`."""
        return self._router.events_endpoint

    @property
    def port(self) -> int:
        """Of HTTP and the WebSocket."""
        return self._gateway.port

    @property
    def url(self) -> str:
        """Of the viewer on this machine, with the token, which the page takes out at once."""
        host = f"[{self._web_host}]" if ":" in self._web_host else self._web_host
        return f"http://{host}:{self.port}/?token={self._token}"

    @property
    def origin(self) -> str:
        """`https://HOST:PORT` of the viewer for other machines; '' where they don't get in."""
        return "" if self._entrance is None else self._entrance.origin(self.port)

    async def start(self) -> None:
        """Listens. Raises ConnectionFailed if a port is in use."""
        await self._router.start()
        try:
            await self._gateway.start()
        except BaseException:
            await self._router.stop()
            raise

    async def stop(self) -> None:
        """Lets every client go (the handler hears of each) and closes all ports."""
        await self._gateway.stop()
        await self._router.stop()

    def publish(self, parts: Sequence[BytesLike]) -> None:
        """Sends a numbered event to every ZeroMQ subscriber and every WebSocket."""
        self._router.publish(parts)
        self._gateway.publish(parts)


def _web_host(host: str) -> str:
    """By which host the viewer is reached from this machine, without TLS."""
    if is_loopback(host):
        return host
    return on_this_machine(host) if is_any(host) else LOOPBACK
