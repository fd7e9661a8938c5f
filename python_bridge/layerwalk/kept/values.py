"""JSON from a session's file, in which whoever goes through it later meets no surprise."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

MAX_DEPTH = 32  # no document and no settings are so deep
LEAST, MOST = -(2**63), 2**64 - 1  # whole numbers that can be sent to viewers

T = TypeVar("T")


def decoded(data: bytes, kind: type[T]) -> T:
    """What JSON says, as a `kind`. Raises ValueError for what is none, too deep, or too large."""
    try:
        found = msgspec.json.decode(data, type=kind)
        _check(msgspec.json.decode(data))
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return found


def shown(text: str) -> str:
    """A text as it may stand in a terminal: without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", text)


def _check(value: Any, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise ValueError(f"it is nested more than {MAX_DEPTH} deep")
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            _check(one, depth + 1)
    elif isinstance(value, int) and not LEAST <= value <= MOST:
        raise ValueError("it has a whole number of more than 64 bits")
