"""Frames and messages: everything that goes in comes out, and nothing else ever does."""

from __future__ import annotations

import math
import struct
from typing import Any

import msgpack
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from layerwalk.errors import InvalidMessage, TooLarge
from layerwalk.protocol import frames, limits, schema
from layerwalk.protocol import messages as m

from .random_messages import RandomValues

CLIENT = schema.client_messages()
MESSAGES = (*CLIENT, *schema.bridge_messages())

numbers = st.integers(-(2**63), 2**64 - 1)
plain = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
payloads = st.lists(
    st.one_of(
        hnp.arrays(dtype, hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=5))
        for dtype in (np.uint8, np.int32, np.float32)
    ),
    max_size=4,
)
parts_of_any_kind = st.lists(st.binary(max_size=40), min_size=1, max_size=limits.MAX_PARTS)


RANDOM = RandomValues(
    {
        str: st.text(max_size=12),
        int: numbers,
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        Any: plain,
    },
    longest=2,
    largest=2,
)


@pytest.mark.parametrize("struct", MESSAGES, ids=lambda s: s.__name__)
def test_every_message_comes_back_as_it_was(struct: type) -> None:
    decode = frames.decode_client if struct in CLIENT else frames.decode_bridge

    @settings(max_examples=15, deadline=None)
    @given(RANDOM.struct(struct), payloads)
    def check(message: m.Message, arrays: list[np.ndarray]) -> None:
        parts = frames.encode(message, arrays)
        back, received = decode(frames.split(frames.join(parts)))
        assert msgspec.structs.replace(back, buffers=()) == message
        assert [b.shape for b in back.buffers] == [array.shape for array in arrays]
        for array, same in zip(arrays, received, strict=True):
            np.testing.assert_array_equal(array, same)
            assert array.dtype == same.dtype
            assert not same.flags.writeable

    check()


@pytest.mark.parametrize("struct", MESSAGES, ids=lambda s: s.__name__)
def test_msgpack_reads_the_same_map(struct: type) -> None:
    @settings(max_examples=10, deadline=None)
    @given(RANDOM.struct(struct))
    def check(message: m.Message) -> None:
        (header,) = frames.encode(message)
        read = msgpack.unpackb(header, strict_map_key=False)
        assert read == with_lists(msgspec.to_builtins(message))
        assert list(read) == ["type", *msgspec.structs.asdict(message)]

    check()


def with_lists(value: Any) -> Any:
    """MessagePack has one kind of sequence."""
    if isinstance(value, dict):
        return {key: with_lists(item) for key, item in value.items()}
    return [with_lists(item) for item in value] if isinstance(value, list | tuple) else value


@given(parts_of_any_kind)
def test_split_undoes_join(parts: list[bytes]) -> None:
    message = frames.join(parts)
    assert [bytes(part) for part in frames.split(message)] == parts
    assert len(message) % limits.ALIGNMENT == 0


@given(parts_of_any_kind)
def test_every_part_begins_aligned(parts: list[bytes]) -> None:
    message = frames.join(parts)
    for index in range(len(parts)):
        offset, length = struct.unpack_from("<II", message, 4 + 8 * index)
        assert offset % limits.ALIGNMENT == 0
        assert message[offset : offset + length] == parts[index]


@given(st.binary(max_size=200))
def test_splitting_arbitrary_bytes_refuses_or_yields_parts_inside(message: bytes) -> None:
    try:
        parts = frames.split(message)
    except InvalidMessage:
        return
    assert all(bytes(part) in message for part in parts)


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_arbitrary_parts_raise_our_errors_only(parts: list[bytes]) -> None:
    for decode in (frames.decode_client, frames.decode_bridge, frames.peek):
        try:
            decode(parts)
        except (InvalidMessage, TooLarge):
            continue


@given(st.dictionaries(st.sampled_from(["type", "request", "buffers", "bytes"]), plain))
def test_arbitrary_maps_raise_our_errors_only(header: dict[str, Any]) -> None:
    parts = [msgspec.msgpack.encode(header)]
    assert isinstance(peek_or_none(parts), frames.Brief | None)
    try:
        frames.decode_client(parts)
    except InvalidMessage:
        return
    assert header["type"] in {schema.tag(struct) for struct in CLIENT}


def peek_or_none(parts: list[bytes]) -> frames.Brief | None:
    try:
        return frames.peek(parts)
    except InvalidMessage:
        return None


def test_big_buffers_are_not_copied() -> None:
    image = np.zeros((512, 512), np.uint8)
    _, part = frames.encode(m.Reply(request=1), [image])
    image[0, 0] = 7
    assert memoryview(part)[0] == 7
    _, (received,) = frames.decode_bridge(frames.encode(m.Reply(request=1), [image]))
    assert np.shares_memory(received, image)


def test_arrays_that_are_not_contiguous_are_sent_in_order() -> None:
    image = np.arange(12, dtype=np.int32).reshape(3, 4).T[::-1]
    _, (received,) = frames.decode_bridge(frames.encode(m.Reply(request=1), [image]))
    np.testing.assert_array_equal(received, image)


def test_only_the_three_dtypes_are_sent() -> None:
    with pytest.raises(TypeError, match="float64"):
        frames.encode(m.Reply(request=1), [np.zeros(3)])


def pack(**fields: Any) -> bytes:
    return msgspec.msgpack.encode(fields)


def test_unknown_fields_are_ignored_and_defaults_fill_in() -> None:
    header = pack(type="request", network="other", invented={"by": ["a", "newer", "minor"]})
    message, _ = frames.decode_client([header])
    assert message == m.Request(layers=("*",), levels=(0,), network="other", request=0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"type": "credit"}, "missing required field `bytes`"),
        ({"type": "credit", "bytes": "many"}, "Expected `int`"),
        ({"type": "credit", "bytes": -1}, ">= 0"),
        ({"type": "request", "levels": [32]}, "<= 31"),
        ({"type": "request", "layers": ["*"] * 4097}, "<= 4096"),
        ({"type": "grab", "request": 1, "path": [], "seconds": math.nan}, ">= 0"),
        ({"type": "get_picture", "request": 1, "picture": "", "edge": 10**9}, "<= 4096"),
        ({"type": "invented"}, "Invalid value 'invented'"),
        ({"bytes": 3}, "missing required field `type`"),
    ],
)
def test_wrong_fields_are_named(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidMessage, match=said):
        frames.decode_client([pack(**fields)])


@pytest.mark.parametrize(
    "shape",
    [
        [-1],
        [5],
        [2**63, 2**63],
        [0, 2**63],
        [0, 2**32 - 1, 2**32 - 1, 2**32 - 1],
        [1] * 9,
        [1] * 100_000,
        ["4"],
    ],
    ids=lambda shape: f"{len(shape)} of {shape[0]}",
)
@pytest.mark.parametrize("part", [b"", b"1234"])
def test_shapes_that_do_not_fit_are_refused(shape: list[Any], part: bytes) -> None:
    header = pack(type="credit", bytes=1, buffers=[{"dtype": "uint8", "shape": shape}])
    with pytest.raises(InvalidMessage):
        frames.decode_client([header, part])


def test_dtypes_other_than_the_three_are_refused() -> None:
    header = pack(type="credit", bytes=1, buffers=[{"dtype": "object", "shape": [1]}])
    with pytest.raises(InvalidMessage, match="object"):
        frames.decode_client([header, b"12345678"])


def test_buffers_must_be_as_many_as_announced() -> None:
    with pytest.raises(InvalidMessage, match="announces 0 buffers, 1 came"):
        frames.decode_client([pack(type="credit", bytes=1), b"more"])


@pytest.mark.parametrize("opening", [b"\x91", b"\x81\xa1x", b"\xdd\x00\x00\x00\x01"])
@pytest.mark.parametrize("field", ["value", "unknown"])
def test_deep_nesting_is_refused(opening: bytes, field: str) -> None:
    header = pack(type="change", request=1, base=0, path=[])
    header = bytes([header[0] + 1]) + header[1:] + pack_text(field) + opening * 100_000
    with pytest.raises(InvalidMessage):
        frames.decode_client([header])


@pytest.mark.parametrize(
    "size", [b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"]
)
def test_sizes_that_lie_are_refused(size: bytes) -> None:
    for field in ("path", "value", "unknown"):
        header = b"\x82" + pack_text("type") + pack_text("change") + pack_text(field) + size
        with pytest.raises(InvalidMessage):
            frames.decode_client([header])


def pack_text(text: str) -> bytes:
    return msgspec.msgpack.encode(text)


def test_long_headers_of_clients_are_refused_before_they_are_read() -> None:
    header = pack(type="hello", major=1, minor=0, client="x" * limits.MAX_CLIENT_HEADER_BYTES)
    with pytest.raises(TooLarge, match="at most 1048576"):
        frames.decode_client([header])
    with pytest.raises(TooLarge):
        frames.peek([header])


@pytest.mark.parametrize("count", [0, limits.MAX_PARTS + 1])
def test_messages_have_a_bounded_number_of_parts(count: int) -> None:
    with pytest.raises(InvalidMessage, match="1 to 64 parts"):
        frames.decode_client([b""] * count)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x01\x00",
        struct.pack("<I", 0),
        struct.pack("<I", 65) + bytes(1000),
        struct.pack("<I", 2**32 - 1),
        struct.pack("<III", 1, 16, 1),  # ends behind the message
        struct.pack("<III", 1, 2**32 - 8, 2**32 - 1),
        struct.pack("<III", 1, 8, 0) + bytes(8),  # begins inside of the table
        struct.pack("<III", 1, 17, 1) + bytes(8),  # not aligned
    ],
)
def test_tables_that_lie_are_refused(message: bytes) -> None:
    with pytest.raises(InvalidMessage):
        frames.split(message)


def test_peek_says_what_it_can_of_a_message_that_cannot_be_decoded() -> None:
    brief = frames.peek([pack(type="credit", bytes="many", request=9)])
    assert (brief.type, brief.request_number) == ("credit", 9)
    assert frames.peek([pack(request="nine", type="x")]).request_number is None
    assert frames.peek([pack(request=True, type="x")]).request_number is None
    assert frames.message_type(pack(bytes=1)) == ""
    with pytest.raises(InvalidMessage):
        frames.peek([pack(type=5)])
