"""What ZeroMQ has read from each connection and not handed over yet.

libzmq bounds every part of a message, and how many whole messages wait. But it keeps the parts of
a message until the last one comes, however many there are. What a connection has received is known
to the kernel; what arrived here, to the bridge; the difference is what is kept in between.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from collections.abc import Sequence

from layerwalk.protocol.frames import BytesLike

# Around each part, short ones and others: https://rfc.zeromq.org/spec/23
_SHORT_BYTES, _SHORT_FRAME_BYTES, _FRAME_BYTES = 256, 2, 9
_RECEIVED = struct.Struct("<Q")  # tcpi_bytes_received, of Linux 4.1 and newer
_RECEIVED_AT = 128


class Unread:
    """Connections by their file descriptors, none of which may be behind by more than `max_bytes`.

    Before its first message, which may be from anybody, it may be behind by `first_bytes` only.
    `overhead_bytes` are what security adds to every part. Where the kernel doesn't count bytes
    (elsewhere than on Linux), nobody is ever behind.
    """

    def __init__(self, max_bytes: int, *, first_bytes: int, overhead_bytes: int = 0) -> None:
        self._max_bytes = max_bytes
        self._first_bytes = first_bytes
        self._overhead_bytes = overhead_bytes
        self._silent: set[int] = set()  # those of which no message came yet
        self._suspects: set[int] = set()  # those of them that were behind the last time
        self._taken_bytes: dict[int, int] = {}

    def begin(self, connection: int) -> None:
        """A connection was accepted."""
        self._taken_bytes[connection] = 0
        self._silent.add(connection)

    def end(self, connection: int) -> None:
        """A connection is gone."""
        self._taken_bytes.pop(connection, None)
        self._silent.discard(connection)
        self._suspects.discard(connection)

    def taken(self, connection: int, parts: Sequence[BytesLike]) -> None:
        """A whole message of this connection arrived."""
        self._silent.discard(connection)
        if connection in self._taken_bytes:
            sizes = (len(part) + self._overhead_bytes for part in parts)
            self._taken_bytes[connection] += sum(map(_on_the_wire, sizes))

    def cut_off(self) -> list[int]:
        """Ends the connections that are behind; libzmq tells of their end as of any other."""
        ahead = {
            connection: _received_bytes(connection) - taken_bytes
            for connection, taken_bytes in self._taken_bytes.items()
        }
        behind = [one for one, ahead_bytes in ahead.items() if ahead_bytes > self._max_bytes]
        # What has come whole may only wait to be taken, so they are given until the next time.
        suspects = {one for one in self._silent if ahead[one] > self._first_bytes}
        behind += suspects & self._suspects - set(behind)
        self._suspects = suspects
        for connection in behind:
            self.end(connection)
            with contextlib.suppress(OSError), _borrowed(connection) as wire:
                wire.shutdown(socket.SHUT_RDWR)
        return behind


def _on_the_wire(size: int) -> int:
    return size + (_SHORT_FRAME_BYTES if size < _SHORT_BYTES else _FRAME_BYTES)


def _received_bytes(connection: int) -> int:
    if sys.platform != "linux":
        return 0
    try:
        with _borrowed(connection) as wire:
            size = _RECEIVED_AT + _RECEIVED.size
            info = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, size)
    except OSError:  # gone already
        return 0
    return int(_RECEIVED.unpack_from(info, _RECEIVED_AT)[0]) if len(info) == size else 0


def _borrowed(connection: int) -> socket.socket:
    """A socket of our own for a connection of libzmq's."""
    own = os.dup(connection)
    try:
        return socket.socket(fileno=own)
    except OSError:
        os.close(own)
        raise
