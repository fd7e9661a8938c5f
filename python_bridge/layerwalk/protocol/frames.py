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

ALIGNMENT = 8
MAX_PARTS = 64
MAX_HEADER_BYTES = 64 << 20  # a room of a large network is a few megabytes
MAX_DIMENSIONS = 8

BytesLike = bytes | bytearray | memoryview

_encoder = msgspec.msgpack.Encoder()
_client_decoder = msgspec.msgpack.Decoder(m.ClientMessage)
_bridge_decoder = msgspec.msgpack.Decoder(m.BridgeMessage)


def encode(message: m.Message, payloads: Sequence[Any] = ()) -> list[BytesLike]:
    """Parts of `message`: its header, then `payloads` (C-contiguous arrays) without a copy.

    The header's `buffers` are filled in from the payloads' dtypes and shapes.
    """
    arrays = [np.ascontiguousarray(payload) for payload in payloads]
    buffers = tuple(m.Buffer(_dtype(array), array.shape) for array in arrays)
    header = _encoder.encode(msgspec.structs.replace(message, buffers=buffers))
    return [header, *(memoryview(array).cast("B") if array.size else b"" for array in arrays)]


def decode_client(parts: Sequence[BytesLike]) -> tuple[m.ClientMessage, list[np.ndarray]]:
    """The message and read-only arrays in `parts`, which a client sent.

    Raises InvalidMessage or TooLarge; never anything else, whatever the bytes.
    """
    return _decode(parts, _client_decoder)


def decode_bridge(parts: Sequence[BytesLike]) -> tuple[m.BridgeMessage, list[np.ndarray]]:
    """The message and read-only arrays in `parts`, which the bridge sent."""
    return _decode(parts, _bridge_decoder)


def message_type(header: BytesLike) -> str:
    """The tag of a header, '' if it has none. Raises InvalidMessage if it is not MessagePack."""
    try:
        return _tag_decoder.decode(header).type
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidMessage(f"header is not a MessagePack map: {error}") from None


class _Tag(msgspec.Struct):
    type: str = ""


_tag_decoder = msgspec.msgpack.Decoder(_Tag)


def _decode(parts: Sequence[BytesLike], decoder: Any) -> tuple[Any, list[np.ndarray]]:
    if not 1 <= len(parts) <= MAX_PARTS:
        raise InvalidMessage(f"a message has 1 to {MAX_PARTS} parts, this one {len(parts)}")
    if len(parts[0]) > MAX_HEADER_BYTES:
        raise TooLarge(f"header of {len(parts[0])} bytes; at most {MAX_HEADER_BYTES} are read")
    try:
        message = decoder.decode(parts[0])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidMessage(f"header cannot be read: {error}") from None
    if len(message.buffers) != len(parts) - 1:
        raise InvalidMessage(
            f"header announces {len(message.buffers)} buffers, {len(parts) - 1} came"
        )
    arrays = [_array(b, part) for b, part in zip(message.buffers, parts[1:], strict=True)]
    return message, arrays


def _array(buffer: m.Buffer, part: BytesLike) -> np.ndarray:
    shape = buffer.shape
    if len(shape) > MAX_DIMENSIONS or any(size < 0 for size in shape):
        raise InvalidMessage(f"shape {list(shape)[:16]} is none; sizes are 0 or more")
    dtype = np.dtype(buffer.dtype).newbyteorder("<")
    needed = math.prod(shape) * dtype.itemsize
    if needed != len(part):
        raise InvalidMessage(
            f"buffer of {len(part)} bytes; {buffer.dtype} {list(shape)} has {needed}"
        )
    array = np.frombuffer(part, dtype).reshape(shape)
    array.flags.writeable = False
    return array


def _dtype(array: np.ndarray) -> m.DType:
    name = array.dtype.name
    if name not in ("uint8", "int32", "float32"):
        raise TypeError(f"buffers are uint8, int32 or float32, not {name}")
    return name  # type: ignore[return-value]


def join(parts: Sequence[BytesLike]) -> bytes:
    """One WebSocket message made of `parts`."""
    table = 4 + 8 * len(parts)
    offsets, end = [], _aligned(table)
    for part in parts:
        offsets.append(end)
        end = _aligned(end + len(part))
    message = bytearray(end)
    struct.pack_into("<I", message, 0, len(parts))
    for index, (offset, part) in enumerate(zip(offsets, parts, strict=True)):
        struct.pack_into("<II", message, 4 + 8 * index, offset, len(part))
        message[offset : offset + len(part)] = part
    return bytes(message)


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


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT
