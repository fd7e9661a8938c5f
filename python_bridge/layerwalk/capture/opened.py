"""Functions of torch that are looked into: their ops are calls, not they themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

from torch.nn import functional


def opened(func: Callable[..., Any]) -> Callable[..., Any] | None:
    """The function without the check that would make it one call again, if it is looked into."""
    if func is functional.multi_head_attention_forward:
        return _multi_head_attention()
    return None


@cache
def _multi_head_attention() -> Callable[..., Any]:
    original = functional.multi_head_attention_forward
    copy = FunctionType(
        original.__code__,
        {**vars(functional), "has_torch_function": lambda _: False},
        original.__name__,
        original.__defaults__,
        original.__closure__,
    )
    copy.__kwdefaults__ = original.__kwdefaults__
    return copy
