"""C# and Python agree on every message: on what is read and how it is written, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerwalk.errors import LayerwalkError
from layerwalk.network import Axis
from layerwalk.page import PageLevel, first_light_level, image_height, level_count, page_level
from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m

from ..python.random_messages import RandomValues  # noqa: TID252
from .echo import Answer, Echo

GOLDEN = Path(__file__).parents[1] / "golden" / "protocol"
MUTATIONS = 20_000
CLIENT_TAGS = {schema.tag(struct) for struct in schema.client_messages()}

# What Python takes and C# does not, on purpose: an Int64 is its integer, and in the values of
# documents only what JSON has, and binary data.
STRICTER = (
    b"more than an Int64 holds",
    b"holds an extension",
    b"where text should be",
    b"is nested deeper than",
)

# ---------------------------------------------------------------- random messages

INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
EDGES = st.sampled_from(
    [sign * (1 << bits) + d for bits in range(63) for d in (-1, 0, 1) for sign in (1, -1)]
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=40) | st.text(min_size=250, max_size=300),
    int: INT64 | EDGES,
    float: st.floats(),
    bool: st.booleans(),
}
SIMPLE[Any] = st.recursive(
    st.one_of(st.none(), st.binary(max_size=9), st.integers(0, (1 << 64) - 1), *SIMPLE.values()),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(SIMPLE[str], inner, max_size=20),
    max_leaves=12,
)


RANDOM = RandomValues(SIMPLE, longest=3, largest=18)
MESSAGES = st.one_of(*map(RANDOM.struct, (*schema.client_messages(), *schema.bridge_messages())))


def side(tag: str | None) -> int:
    return Echo.CLIENT if tag in CLIENT_TAGS else Echo.BRIDGE


@settings(max_examples=600)
@given(message=MESSAGES)
def test_random_messages_are_written_as_python_writes_them(message: m.Message, echo: Echo) -> None:
    written = frames.join(frames.encode(message))
    assert echo.ask(side(schema.tag(type(message))), written) == (Answer.READ, written)


@given(message=MESSAGES, data=st.data())
def test_what_has_a_default_may_be_missing_and_what_is_unknown_is_skipped(
    message: m.Message, data: st.DataObject, echo: Echo
) -> None:
    tag = schema.tag(type(message))
    header = msgspec.msgpack.decode(msgspec.msgpack.encode(message))
    (struct,) = (t for t in schema.types() if t.tag == tag)
    for field in struct.fields:
        if not field.required and data.draw(st.booleans(), label=field.name):
            del header[field.name]
    header |= data.draw(st.dictionaries(st.text("äx_", max_size=3), SIMPLE[Any], max_size=2))
    order = data.draw(st.permutations(list(header)))
    sent = frames.join([msgspec.msgpack.encode({name: header[name] for name in order})])
    assert echo.ask(side(tag), sent) == (Answer.READ, python(side(tag), sent))


# ---------------------------------------------------------------- hostile messages


def python(question: int, message: bytes) -> bytes | None:
    """What Python makes of a message: the same written anew, None where it is refused."""
    decode = frames.decode_client if question == Echo.CLIENT else frames.decode_bridge
    try:
        return frames.join(frames.encode(*decode(frames.split(message))))
    except LayerwalkError:
        return None


ODD_BYTES = [bytes([code]) for code in (*range(0, 256, 7), *range(0xC0, 0x100))]
ODD_VALUES: list[Any] = [
    *(None, True, 0, -1, 32, 1 << 63, (1 << 64) - 1, 0.5, float("nan"), "", "x", "uint8", b"x"),
    *([], [1], [0.5, 0.5], ["x"], [None] * 40, {}, {"a": 1}, {"": {}}),
]


def bytes_mutated(message: bytes, chance: random.Random) -> bytes:
    """The message with a byte or two changed, inserted or removed behind its table."""
    parts = [bytearray(part) for part in frames.split(message)]
    for _ in range(chance.randint(1, 2)):
        part = chance.choice([parts[0], parts[0], chance.choice(parts)])
        at = chance.randrange(len(part) + 1)
        what = chance.randrange(6)
        if what > 1 and at < len(part):
            part[at] = part[at] + chance.choice([-1, 1, 32]) & 255
        else:
            part[at : at + chance.randrange(2)] = chance.choice([b"", chance.choice(ODD_BYTES)])
    return frames.join(parts)


def values_mutated(message: bytes, chance: random.Random) -> bytes:
    """The message with one value of its header, however deep, replaced or taken out."""
    parts = frames.split(message)
    place = header = msgspec.msgpack.decode(parts[0])
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return message
        key = chance.choice(keys)
        if isinstance(place[key], dict | list) and chance.random() < 0.8:
            place = place[key]
            continue
        if chance.random() < 0.2:
            del place[key]
        else:
            place[key] = chance.choice(ODD_VALUES)
        return frames.join([msgspec.msgpack.encode(header), *parts[1:]])


@pytest.mark.parametrize(("mutated", "least"), [(bytes_mutated, 0.2), (values_mutated, 0.1)])
def test_mutated_messages_are_taken_or_refused_as_in_python(
    mutated: Callable[[bytes, random.Random], bytes], least: float, echo: Echo
) -> None:
    chance = random.Random(4)
    golden = [path.read_bytes() for path in sorted(GOLDEN.glob("*.bin"))]
    taken = 0
    for _ in range(MUTATIONS):
        original = chance.choice(golden)
        question = side(frames.message_type(frames.split(original)[0]))
        message = mutated(original, chance)
        expected, answer = python(question, message), echo.ask(question, message)
        assert answer.kind != Answer.CRASHED, answer.body.decode()
        if expected is None:
            assert answer.kind in (Answer.REFUSED, Answer.UNKNOWN), message
        elif answer.kind == Answer.REFUSED:
            assert any(reason in answer.body for reason in STRICTER), (answer.body, message)
        else:
            assert answer == (Answer.READ, expected), message
            taken += 1
    assert least * MUTATIONS < taken < 0.9 * MUTATIONS


PART_BOUNDS: list[dict[str, Any]] = [
    *({"levels": levels} for levels in ([-1], [0, 31], [32], [0] * 32, [0] * 33)),
    *({"layers": ["x"] * count} for count in (4096, 4097)),
]
BOUNDS: list[tuple[str, dict[str, Any]]] = [
    *(("request", part) for part in PART_BOUNDS),
    *(("request", {"then": [{}, part]}) for part in PART_BOUNDS),
    *(("request", {"then": [{}] * count}) for count in (64, 65)),
    *(("request", {"budget_bytes": size}) for size in (-1, 0, 1 << 53, (1 << 53) + 1)),
    *(("request", {"texture_edge": size}) for size in (-1, 0, 1 << 20, (1 << 20) + 1)),
    *(("credit", {"bytes": size}) for size in (-1, 0, 1 << 53, (1 << 53) + 1)),
    *(("credit", {"bytes": 1, "run": run}) for run in (-1, 0, 1 << 53, (1 << 53) + 1)),
    *(
        ("grab", {"request": 1, "path": [], "seconds": seconds})
        for seconds in (-1, -0.0, 0, 30, 30.0, 30.5, float("nan"), float("inf"))
    ),
    *(("get_picture", {"request": 1, "picture": "", "edge": e}) for e in (0, 1, 4096, 4097)),
]


def test_bounds_are_those_of_python(echo: Echo) -> None:
    taken = 0
    for tag, fields in BOUNDS:
        sent = frames.join([msgspec.msgpack.encode({"type": tag, **fields})])
        expected, answer = python(Echo.CLIENT, sent), echo.ask(Echo.CLIENT, sent)
        wanted = (Answer.REFUSED, answer.body) if expected is None else (Answer.READ, expected)
        assert answer == wanted, (tag, fields)
        taken += expected is not None
    assert 0 < taken < len(BOUNDS)


@settings(max_examples=300)
@given(
    shape=st.lists(st.sampled_from([0, 1, 2, 3, 1 << 31, (1 << 32) - 1, 1 << 32, -1]), max_size=9),
    dtype=st.sampled_from(["uint8", "int32", "float32"]),
    size=st.sampled_from([0, 1, 4, 8, 12, 16, 24]),
)
def test_buffers_are_taken_or_refused_as_in_python(
    shape: list[int], dtype: Any, size: int, echo: Echo
) -> None:
    message = m.GetSnapshot(request=1, buffers=(m.Buffer(dtype, tuple(shape)),))
    sent = frames.join([msgspec.msgpack.encode(message), bytes(size)])
    answer = echo.ask(Echo.CLIENT, sent)
    if python(Echo.CLIENT, sent) is None:
        assert answer.kind == Answer.REFUSED
    else:
        assert answer == (Answer.READ, sent)


# ---------------------------------------------------------------- pages


def pages_message(tiles: int, height: int, width: int, levels: list[int]) -> tuple[m.Pages, Any]:
    axes = (Axis("c", tiles, "tile"), Axis("h", height, "row"), Axis("w", width, "column"))
    packed = tuple(page_level(tiles, height, width, level) for level in levels)
    message = m.Pages(
        network="main",
        input="input",
        run=1,
        revision=1,
        layer="conv",
        axes=axes,
        tiles=tiles,
        levels=packed,
        selected={
            "levels": level_count(height, width),
            "first_light": first_light_level(height, width),
        },
    )
    chance = np.random.default_rng(tiles + height)
    images = [
        chance.integers(0, 256, (image_height(tiles, level), level.width), np.uint8)
        for level in packed
    ]
    return message, [chance.random((tiles, 2), np.float32), *images]


@given(
    tiles=st.integers(1, 300),
    height=st.integers(1, 70) | st.integers(1000, 1100),
    width=st.integers(1, 70) | st.integers(1000, 1100),
    data=st.data(),
)
def test_pages_are_packed_as_in_python(
    tiles: int, height: int, width: int, data: st.DataObject, echo: Echo
) -> None:
    tiles = min(tiles, (4 << 20) // (height * width) + 1)
    of = st.lists(st.integers(0, level_count(height, width) - 1), unique=True)
    sent = frames.join(frames.encode(*pages_message(tiles, height, width, data.draw(of))))
    assert echo.ask(Echo.REPACK, sent) == (Answer.READ, sent)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tiles": 8},
        {"axes": ()},
        {"axes": (Axis("c", 7, "tile"), Axis("h", -3, "row"), Axis("w", 4, "column"))},
        {"levels": ()},
        *(
            {"levels": (msgspec.structs.replace(page_level(7, 6, 4), **level),)}
            for level in (
                {"level": 1},
                {"level": 32},
                {"level": -1},
                {"tile_height": 5},
                {"tile_width": 0},
                {"columns": 0},
                {"columns": 0, "width": 0},
                {"columns": 8, "width": 32},
                {"columns": 8},
                {"columns": 3},
                {"width": 29},
                {"rows_per_page": 0},
                {"rows_per_page": 1 << 62},
                {"rows_per_page": 200},  # fits the number of pages, but no page
                {"columns": 4, "width": 16},
                {"pages": 2},
                {"pages": 0},
            )
        ),
    ],
    ids=str,
)
def test_pages_that_are_not_what_they_say_are_refused(wrong: dict[str, Any], echo: Echo) -> None:
    message, payloads = pages_message(7, 6, 4, [0])
    right = frames.join(frames.encode(message, payloads))
    assert echo.ask(Echo.REPACK, right).kind == Answer.READ
    levels = wrong.get("levels") or message.levels
    for fitting in (payloads, [payloads[0], *map(empty_image, levels)]):
        sent = frames.join(frames.encode(msgspec.structs.replace(message, **wrong), fitting))
        answer = echo.ask(Echo.REPACK, sent)
        assert answer.kind == Answer.REFUSED
        assert answer.body.startswith(b"Pages.")


def empty_image(level: PageLevel) -> np.ndarray:
    """An image that fits what a level says, as far as one can."""
    height = image_height(7, level) if level.columns else 0
    return np.zeros((height, level.width), np.uint8)
