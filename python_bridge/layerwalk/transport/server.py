"""Everything a bridge listens on, as one: ROUTER, PUB and the HTTP gateway."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from pathlib import Path

from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import MAX_PENDING_BYTES
from layerwalk.protocol.messages import Limits
from layerwalk.transport.address import loopback
from layerwalk.transport.gateway import Gateway
from layerwalk.transport.handler import Handler
from layerwalk.transport.router import Router


class Server:
    """Listens on `host`, which must be loopback, and serves every client through `handler`.

    `start`, `stop`, `publish` and everything of a `Peer` belong to one event loop. `port` is
    the HTTP port; 0 takes any free one. `allowed_hosts` are names, besides those of
    loopback, by which a trusted proxy in front of the HTTP port is reached.
    Raises Unsafe for another host.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str,
        viewer_dir: Path | None = None,
        limits: Limits | None = None,
        allowed_hosts: Collection[str] = (),
        max_pending_bytes: int = MAX_PENDING_BYTES,
    ) -> None:
        address = loopback(host)
        limits = limits or Limits()
        ids = map(str, itertools.count(1))
        self._host = host
        self._token = token
        self._router = Router(
            handler,
            host=address,
            token=token,
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
            max_pending_bytes=max_pending_bytes,
            ids=ids,
        )

    @property
    def endpoint(self) -> str:
        """Of the ROUTER socket, `tcp://127.0.0.1:PORT`; '' before `start`."""
        return self._router.endpoint

    @property
    def events_endpoint(self) -> str:
        """Of the PUB socket; '' before `start`."""
        return self._router.events_endpoint

    @property
    def port(self) -> int:
        """Of HTTP and the WebSocket."""
        return self._gateway.port

    @property
    def url(self) -> str:
        """Of the viewer, with the token, which the page takes out of the address at once."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}/?token={self._token}"

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
