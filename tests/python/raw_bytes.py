"""What clients write to TCP, by hand: ZMTP and WebSocket frames, right or wrong."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Sequence
from typing import Any

from layerwalk.protocol import frames
from layerwalk.protocol import messages as m

TOKEN = "a-token-of-this-test"
HELLO = m.Hello(major=m.MAJOR, minor=m.MINOR, client="test", token=TOKEN)


def zmtp(parts: Sequence[bytes], *, token: str = TOKEN) -> tuple[bytes, bytes]:
    """What a DEALER writes to TCP before the bridge's WELCOME, and after it: Hello and `parts`.

    https://rfc.zeromq.org/spec/23 and /24
    """
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"PLAIN".ljust(20, b"\0") + bytes(32)
    hello = b"\x05HELLO" + _short(b"layerwalk") + _short(token.encode())
    initiate = b"\x08INITIATE" + _short(b"Socket-Type") + struct.pack(">I", 6) + b"DEALER"
    messages = _message(frames.encode(HELLO)) + _message(parts)
    return greeting + _command(hello), _command(initiate) + messages


def _command(body: bytes) -> bytes:
    return b"\x04" + _short(body)


def _short(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def _message(parts: Sequence[Any]) -> bytes:
    last = len(parts) - 1
    return b"".join(zmtp_part(part, more=index < last) for index, part in enumerate(parts))


def zmtp_part(data: bytes, *, more: bool) -> bytes:
    """A part of a message; `more` says that another one follows."""
    return struct.pack(">BQ", 0x03 if more else 0x02, len(data)) + bytes(data)


UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def websocket_frame(data: bytes, *, opcode: int = 2) -> bytes:
    """A masked frame, its mask all zeros."""
    return struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, len(data)) + bytes(4) + data


async def websocket_payload(reader: asyncio.StreamReader) -> bytes:
    """What the next frame of the bridge carries, which is not masked."""
    _, length = await reader.readexactly(2)
    if length == 126:
        (length,) = struct.unpack(">H", await reader.readexactly(2))
    elif length == 127:
        (length,) = struct.unpack(">Q", await reader.readexactly(8))
    return await reader.readexactly(length)


def port_of(endpoint: str) -> int:
    return int(endpoint.rsplit(":", 1)[1])
