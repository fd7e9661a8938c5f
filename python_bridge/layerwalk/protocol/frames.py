"""Frames: a MessagePack header and raw buffers, on ZeroMQ and on a WebSocket.

ZeroMQ: one multipart message, header first, then each buffer as a part of its own.
WebSocket: one binary message with the same parts behind an offset table:

    uint32 count | count x (uint32 offset, uint32 length) | padding | parts

little-endian; offsets are from the start of the message, and every part begins at a multiple
of 8 bytes, so that a receiver may view any buffer as any dtype without a copy.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from layerwalk.errors import InvalidMessage, TooLarge
from layerwalk.protocol import messages as m
from layerwalk.protocol.limits import (
    ALIGNMENT,
    MAX_CLIENT_HEADER_BYTES,
    MAX_DIMENSIONS,
    MAX_HEADER_BYTES,
    MAX_PARTS,
)

BytesLike = bytes | bytearray | memoryview

_encoder = msgspec.msgpack.Encoder()
_client_decoder = msgspec.msgpack.Decoder(m.ClientMessage)
_bridge_decoder = msgspec.msgpack.Decoder(m.BridgeMessage)


def encode(message: m.Message, payloads: Sequence[Any] = ()) -> list[BytesLike]:
    """Parts of `message`: its header, then `payloads` (C-contiguous arrays) without a copy.

    The header's `buffers` are filled in from the payloads' dtypes and shapes.
    """
    arrays = list(map(np.ascontiguousarray, payloads))
    buffers = tuple(m.Buffer(_dtype(array), array.shape) for array in arrays)
    header = _encoder.encode(msgspec.structs.replace(message, buffers=buffers))
    return [header, *(array.data.cast("B") if array.size else b"" for array in arrays)]


def decode_client(parts: Sequence[BytesLike]) -> tuple[m.ClientMessage, list[np.ndarray]]:
    """The message and read-only arrays in `parts`, which a client sent.

    Raises InvalidMessage or TooLarge; never anything else, whatever the bytes.
    """
    return _decode(parts, _client_decoder, MAX_CLIENT_HEADER_BYTES)


def decode_bridge(parts: Sequence[BytesLike]) -> tuple[m.BridgeMessage, list[np.ndarray]]:
    """The message and read-only arrays in `parts`, which the bridge sent."""
    return _decode(parts, _bridge_decoder, MAX_HEADER_BYTES)


class Brief(msgspec.Struct, frozen=True):
    """What can be said of a message before it is decoded, even if that will fail."""

    type: str = ""
    request: Any = None
    major: Any = None

    @property
    def request_number(self) -> int | None:
        """The number to answer to, None if the message has none."""
        return self.request if type(self.request) is int else None


def peek(parts: Sequence[BytesLike]) -> Brief:
    """What the header in `parts` says of itself: '' for a missing tag, whatever else is missing.

    Raises InvalidMessage if it is no MessagePack map, or TooLarge.
    """
    brief: Brief = _header(parts, _brief_decoder, MAX_CLIENT_HEADER_BYTES)
    return brief


def message_type(header: BytesLike) -> str:
    """The tag of a header, '' if it has none. Raises InvalidMessage if it is not MessagePack."""
    brief: Brief = _header([header], _brief_decoder, MAX_HEADER_BYTES)
    return brief.type


_brief_decoder = msgspec.msgpack.Decoder(Brief)


def _header(parts: Sequence[BytesLike], decoder: Any, max_bytes: int) -> Any:
    if not 1 <= len(parts) <= MAX_PARTS:
        raise InvalidMessage(f"a message has 1 to {MAX_PARTS} parts, this one {len(parts)}")
    if len(parts[0]) > max_bytes:
        raise TooLarge(f"header of {len(parts[0])} bytes; at most {max_bytes} are read")
    try:
        return decoder.decode(parts[0])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, MemoryError) as error:
        raise InvalidMessage(f"header cannot be read: {error}") from None


def _decode(
    parts: Sequence[BytesLike], decoder: Any, max_header_bytes: int
) -> tuple[Any, list[np.ndarray]]:
    message = _header(parts, decoder, max_header_bytes)
    if len(message.buffers) != len(parts) - 1:
        raise InvalidMessage(
            f"header announces {len(message.buffers)} buffers, {len(parts) - 1} came"
        )
    arrays = [_array(b, part) for b, part in zip(message.buffers, parts[1:], strict=True)]
    return message, arrays


def _array(buffer: m.Buffer, part: BytesLike) -> np.ndarray:
    shape = buffer.shape
    if len(shape) > MAX_DIMENSIONS or not all(0 <= size < 1 << 32 for size in shape):
        raise InvalidMessage(
            f"{list(shape)[: MAX_DIMENSIONS + 1]} is no shape; "
            f"up to {MAX_DIMENSIONS} sizes from 0 to {(1 << 32) - 1} are"
        )
    dtype = np.dtype(buffer.dtype).newbyteorder("<")
    needed = math.prod(shape) * dtype.itemsize
    if needed != len(part):
        raise InvalidMessage(
            f"buffer of {len(part)} bytes; {buffer.dtype} {list(shape)} has {needed}"
        )
    try:
        array = np.frombuffer(part, dtype).reshape(shape)
    except ValueError:  # no elements, but more strides than numpy can count
        raise InvalidMessage(f"{list(shape)} is too large a shape") from None
    array.flags.writeable = False
    return array


def _dtype(array: np.ndarray) -> m.DType:
    name = _DTYPES.get(array.dtype)
    if name is None:
        raise TypeError(f"buffers are uint8, int32 or float32, not {array.dtype}")
    return name


# numpy makes a dtype's name anew whenever it is asked for it.
_DTYPES: dict[np.dtype[Any], m.DType] = {
    np.dtype("<u1"): "uint8",
    np.dtype("<i4"): "int32",
    np.dtype("<f4"): "float32",
}


def pieces(parts: Sequence[BytesLike]) -> list[BytesLike]:
    """The pieces that one WebSocket message is made of: table, then parts and padding."""
    table = struct.Struct(f"<{1 + 2 * len(parts)}I")
    numbers, result = [len(parts)], []
    end = table.size
    for part in parts:
        padding = -end % ALIGNMENT
        numbers += [end + padding, len(part)]
        result += [bytes(padding), part]
        end += padding + len(part)
    try:
        return [table.pack(*numbers), *result, bytes(-end % ALIGNMENT)]
    except struct.error:
        raise TooLarge(f"message of {end} bytes; at most {(1 << 32) - 1} can be framed") from None


def join(parts: Sequence[BytesLike]) -> bytes:
    """One WebSocket message made of `parts`, with one copy."""
    return b"".join(pieces(parts))


def split(message: BytesLike) -> list[memoryview]:
    """The parts of one WebSocket message, as views. Raises InvalidMessage."""
    view = memoryview(message)
    if len(view) < 4:
        raise InvalidMessage(f"a message of {len(view)} bytes has no table of parts")
    (count,) = struct.unpack_from("<I", view)
    if not 1 <= count <= MAX_PARTS or 4 + 8 * count > len(view):
        raise InvalidMessage(f"a message has 1 to {MAX_PARTS} parts, this one says {count}")
    parts = []
    for index in range(count):
        offset, length = struct.unpack_from("<II", view, 4 + 8 * index)
        if offset + length > len(view) or offset < 4 + 8 * count or offset % ALIGNMENT:
            raise InvalidMessage(f"part {index} at {offset} + {length} is outside its message")
        parts.append(view[offset : offset + length])
    return parts
