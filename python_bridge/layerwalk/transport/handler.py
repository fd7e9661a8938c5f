"""What transport expects of the session, and what it gives the session for each client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from layerwalk.protocol.frames import BytesLike
from layerwalk.transport.peer import Peer


class Handler(Protocol):
    """The session's side of a `Server`. Everything is called in the server's event loop.

    Whatever a method raises as LayerwalkError is answered with an Error message (with the
    `request` of the message it was about) or an HTTP status; other exceptions are logged, and
    the client is told that the bridge failed. Nothing a handler raises ends the server.
    """

    def connected(self, peer: Peer) -> None:
        """`peer` has said Hello (`peer.hello`), with the right token and major version.

        The handler answers it with Welcome. A client that says Hello again, or after it lost its
        connection, is a new peer.
        """

    def received(self, peer: Peer, parts: Sequence[BytesLike]) -> None:
        """A message of `peer` came: not Hello, of a known type, within the limits of sizes.

        `parts` are still to be decoded (`frames.decode_client`, which may raise through here);
        buffers may be kept as long as they are needed.
        """

    def disconnected(self, peer: Peer) -> None:
        """`peer` is gone: called once for each that was `connected`, never inside `send`."""

    async def page(self, network: str, run: int, layer: str, level: int) -> Sequence[BytesLike]:
        """The parts of the Pages message of this layer at this level alone, for HTTP."""

    async def kept(self, settings: dict[str, Any]) -> bytes:
        """The session's file, with the `settings` of the visitor who asks for it, for HTTP."""
