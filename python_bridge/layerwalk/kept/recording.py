"""What a viewer was sent, so that it can be shown again without the network.

A recording is messages of the bridge, as `protocol/frames.py` joins them on a WebSocket: Welcome,
NetworkPublished, RoomPublished, PictureData of the shelf; then for each run InputPlaced, Pages,
coarse ones first, Prediction and Complete. In files they stand one behind the other, each after 8
bytes: its length, uint32 little-endian, and four zeros. Lengths are multiples of 8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from layerwalk.errors import InvalidMessage, LayerwalkError
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m

CHUNK_BYTES = 4 << 20
MAX_MESSAGES = 1 << 18  # of 10,000 layers, each level by itself: more are small for no good reason
_HEAD = struct.Struct("<II")
RECORDED = (
    m.Welcome, m.NetworkPublished, m.RoomPublished, m.PictureData,
    m.InputPlaced, m.Pages, m.Prediction, m.Complete, m.Failed,
)  # fmt: skip


@dataclass(frozen=True)
class Recording:
    """Messages of the bridge, each joined as on a WebSocket."""

    messages: tuple[bytes, ...] = field(repr=False)

    @property
    def nbytes(self) -> int:
        """Bytes of all messages."""
        return sum(map(len, self.messages))

    def chunks(self, *, first: int = 0) -> Iterator[bytes]:
        """The messages in runs of about CHUNK_BYTES; the first has so many messages, if not 0."""
        held: list[bytes] = []
        size = 0
        for index, message in enumerate(self.messages):
            held += (_HEAD.pack(len(message), 0), message)
            size += _HEAD.size + len(message)
            if index + 1 == first or (index + 1 > first and size >= CHUNK_BYTES):
                yield b"".join(held)
                held, size = [], 0
        if held:
            yield b"".join(held)

    @classmethod
    def of_chunks(cls, chunks: Iterable[bytes]) -> Recording:
        """The recording in these chunks. Raises InvalidMessage for what is none."""
        found = (message for chunk in chunks for message in _messages(chunk))
        messages = list(islice(found, MAX_MESSAGES + 1))
        if len(messages) > MAX_MESSAGES:
            raise InvalidMessage(f"a recording has at most {MAX_MESSAGES:,} messages")
        types = [_checked(message) for message in messages]
        needed = (m.Welcome, m.NetworkPublished, m.RoomPublished)
        for one in needed:
            if types.count(one) != 1:
                raise InvalidMessage(
                    f"a recording has one {one.__name__}, this one {types.count(one)}"
                )
        if types[:3] != list(needed):
            raise InvalidMessage("a recording begins with Welcome, the network and its room")
        return cls(tuple(messages))


def _messages(chunk: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(chunk):
        if at + _HEAD.size > len(chunk):
            raise InvalidMessage(f"it ends within a message, at byte {at}")
        length, zero = _HEAD.unpack_from(chunk, at)
        at += _HEAD.size
        if zero or length % 8 or at + length > len(chunk):
            raise InvalidMessage(f"no message of {length} bytes can stand at byte {at}")
        yield chunk[at : at + length]
        at += length


def _checked(message: bytes) -> type:
    """The type of a message that can be read in full, and belongs into a recording."""
    try:
        decoded, _ = frames.decode_bridge(frames.split(message))
    except LayerwalkError as error:
        raise InvalidMessage(f"a message of it cannot be read: {error}") from None
    if not isinstance(decoded, RECORDED):
        raise InvalidMessage(f"{type(decoded).__name__} does not belong into a recording")
    return type(decoded)
