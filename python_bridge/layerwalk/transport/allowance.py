"""How much a connection may send before it has said who it is."""

from __future__ import annotations

import asyncio
from typing import cast


class Allowance(asyncio.Protocol):
    """Stands between a transport and its protocol, and hands on `max_bytes` of what comes.

    After that nothing more is read, until `lift` puts the protocol back. At most one read of
    the transport, 256 kB, is kept meanwhile.
    """

    def __init__(self, transport: asyncio.Transport, max_bytes: int) -> None:
        self._transport = transport
        self._protocol = cast(asyncio.Protocol, transport.get_protocol())
        self._left_bytes = max_bytes
        self._kept = bytearray()
        transport.set_protocol(self)

    @property
    def used_up(self) -> bool:
        """Whether more came than was allowed."""
        return bool(self._kept)

    def lift(self) -> None:
        """Hands on what was kept, and all that will come."""
        self._transport.set_protocol(self._protocol)
        if self._kept:
            self._transport.resume_reading()
            self._protocol.data_received(bytes(self._kept))

    def data_received(self, data: bytes) -> None:
        allowed, more = data[: self._left_bytes], data[self._left_bytes :]
        self._left_bytes -= len(allowed)
        if allowed:
            self._protocol.data_received(allowed)
        if more:
            self._kept += more
            self._transport.pause_reading()

    def eof_received(self) -> bool | None:
        return self._protocol.eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        self._protocol.connection_lost(error)

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()
