"""Tensors inside of arguments and results: tuples, dicts, dataclasses, nested as they like."""

from __future__ import annotations

import copy
import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from torch import Tensor, nn

_PLAIN = frozenset({int, float, bool, str, bytes, complex, type(None), type(...), slice})

_SEQUENCES = frozenset({tuple, list})


def tensors_in(*values: Any) -> list[Tensor]:
    """Every tensor in these values, in order; one that occurs twice is there twice."""
    found: list[Tensor] = []
    for value in values:
        _collect(value, found)
    return found


def _collect(value: Any, found: list[Tensor]) -> None:
    if isinstance(value, Tensor):
        found.append(value)
    elif type(value) in _SEQUENCES:
        for child in value:
            _collect(child, found)
    elif type(value) not in _PLAIN:
        for _, child in _children(value):
            _collect(child, found)


def named_tensors(name: str, value: Any) -> Iterator[tuple[str, Tensor]]:
    """Every tensor with its path: `batch`, `batch.image`, `images.0`."""
    if isinstance(value, Tensor):
        yield name, value
    elif type(value) not in _PLAIN:
        for key, child in _children(value):
            yield from named_tensors(f"{name}.{key}" if name else key, child)


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), child) for key, child in value.items())
    elif isinstance(value, tuple | list):
        names = getattr(value, "_fields", None) or map(str, range(len(value)))
        yield from zip(names, value, strict=True)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from ((f.name, getattr(value, f.name, None)) for f in dataclasses.fields(value))


def with_tensors(value: Any, change: Callable[[Tensor], Any]) -> Any:
    """The same value with `change(tensor)` in the place of every tensor in it.

    What holds tensors is made anew, of the same type (named tuples, dataclasses, mappings);
    everything else is the very same object.
    """
    if isinstance(value, Tensor):
        return change(value)
    if type(value) in _PLAIN or not tensors_in(value):
        return value
    changed = [with_tensors(child, change) for _, child in _children(value)]
    if isinstance(value, tuple):
        return type(value)(*changed) if hasattr(value, "_fields") else type(value)(changed)
    read_only = isinstance(value, Mapping) and not isinstance(value, MutableMapping)
    made = dict(value) if read_only else copy.copy(value)
    if isinstance(value, list):
        made[:] = changed
    elif isinstance(value, Mapping):
        for key, child in zip(value, changed, strict=True):
            made[key] = child
    else:
        for field, child in zip(dataclasses.fields(value), changed, strict=True):
            object.__setattr__(made, field.name, child)  # it may be frozen
    return made


def cloned(value: Any) -> Any:
    """The same value with copies of its tensors, which a pass may write into."""
    copies: dict[int, Tensor] = {}

    def copied(tensor: Tensor) -> Tensor:
        if id(tensor) not in copies:  # a tensor that is there twice stays one tensor
            copies[id(tensor)] = tensor.detach().clone()
        return copies[id(tensor)]

    return with_tensors(value, copied)


def named_arguments(
    model: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> list[tuple[str, Tensor]]:
    """The tensors a model is called with, named by the parameters of its `forward`."""
    try:
        bound = inspect.signature(model.forward).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):  # scripted; or it will raise the model's own TypeError
        bound = {f"input{index}": value for index, value in enumerate(args)} | kwargs
    variadic = bound.pop("kwargs", None) if "kwargs" not in kwargs else None
    named = [pair for name, value in bound.items() for pair in named_tensors(name, value)]
    return named + list(named_tensors("", variadic))


def argument_summary(value: Any) -> Any:
    """A value without its tensors: shapes for tensors, plain values and tuples of them as is."""
    if isinstance(value, Tensor):
        return value.shape
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list) and len(value) <= 8:
        return tuple(argument_summary(child) for child in value)
    return None
