"""A client of CURVE by hand, which may write what libzmq never would.

https://rfc.zeromq.org/spec/26; the cryptography is libsodium's, which comes with pyzmq.
"""

from __future__ import annotations

import asyncio
import ctypes
import ctypes.util
import secrets
import struct
from pathlib import Path

import zmq
from zmq.utils import z85

from layerwalk.protocol.curve import client_keys

KEY_BYTES, TAG_BYTES, COOKIE_BYTES = 32, 16, 96


def _sodium() -> ctypes.CDLL:
    beside = Path(zmq.__file__).parents[1] / "pyzmq.libs"
    bundled = sorted(map(str, beside.glob("libsodium*")))
    name = bundled[0] if bundled else ctypes.util.find_library("sodium")
    assert name is not None, "libsodium was not found; install pyzmq's wheel, or libsodium"
    library = ctypes.CDLL(name)
    library.sodium_init()
    return library


class RawCurve:
    """One connection; `shake_hands` first, then `part` makes what a socket would write."""

    def __init__(self, server_key: str, token: str) -> None:
        self._sodium = _sodium()
        self._server = z85.decode(server_key.encode())
        self._public, self._secret = map(z85.decode, client_keys(token))
        self._our_public, self._our_secret = map(z85.decode, zmq.curve_keypair())
        self._their = b""
        self._count = 0

    async def shake_hands(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, kind: bytes = b"DEALER"
    ) -> bytes:
        """Says who we are; the name of the bridge's last command, READY or ERROR."""
        writer.write(b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"CURVE".ljust(20, b"\0") + bytes(32))
        await reader.readexactly(64)
        writer.write(_command(self.hello()))
        welcome = await _read_command(reader)
        assert welcome[:8] == b"\x07WELCOME"
        opened = self._open(b"WELCOME-" + welcome[8:24], welcome[24:], self._server)
        self._their, cookie = opened[:KEY_BYTES], opened[KEY_BYTES:]
        writer.write(_command(self._initiate(cookie, kind)))
        answer = await _read_command(reader)
        return answer[1 : 1 + answer[0]]

    def hello(self) -> bytes:
        """The command that begins the handshake."""
        nonce = self._next(b"CurveZMQHELLO---")
        box = self._seal(nonce, bytes(64), self._server, self._our_secret)
        return b"\x05HELLO\x01\x00" + bytes(72) + self._our_public + nonce[16:] + box

    def part(self, data: bytes, *, more: bool) -> bytes:
        """A part of a message, encrypted; `more` says that another one follows."""
        nonce = self._next(b"CurveZMQMESSAGEC")
        box = self._seal(nonce, bytes([more]) + data, self._their, self._our_secret)
        body = b"\x07MESSAGE" + nonce[16:] + box
        return struct.pack(">BQ", 0x02, len(body)) + body

    def _initiate(self, cookie: bytes, kind: bytes) -> bytes:
        vouched = b"VOUCH---" + secrets.token_bytes(16)
        vouch = self._seal(vouched, self._our_public + self._server, self._their, self._secret)
        metadata = b"\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
        nonce = self._next(b"CurveZMQINITIATE")
        secret = self._public + vouched[8:] + vouch + metadata
        return (
            b"\x08INITIATE"
            + cookie
            + nonce[16:]
            + self._seal(nonce, secret, self._their, self._our_secret)
        )

    def _next(self, prefix: bytes) -> bytes:
        self._count += 1
        return prefix + struct.pack(">Q", self._count)

    def _seal(self, nonce: bytes, data: bytes, public: bytes, secret: bytes) -> bytes:
        box = ctypes.create_string_buffer(TAG_BYTES + len(data))
        size = ctypes.c_ulonglong(len(data))
        assert self._sodium.crypto_box_easy(box, data, size, nonce, public, secret) == 0
        return box.raw

    def _open(self, nonce: bytes, box: bytes, public: bytes) -> bytes:
        data = ctypes.create_string_buffer(len(box) - TAG_BYTES)
        size = ctypes.c_ulonglong(len(box))
        secret = self._our_secret
        assert self._sodium.crypto_box_open_easy(data, box, size, nonce, public, secret) == 0
        return data.raw


def _command(body: bytes) -> bytes:
    if len(body) < 256:
        return bytes([0x04, len(body)]) + body
    return struct.pack(">BQ", 0x06, len(body)) + body


async def _read_command(reader: asyncio.StreamReader) -> bytes:
    (flags,) = await reader.readexactly(1)
    size = struct.unpack(">Q", await reader.readexactly(8)) if flags & 2 else None
    length = size[0] if size else (await reader.readexactly(1))[0]
    return await reader.readexactly(length)
