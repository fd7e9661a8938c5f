"""Which call made a tensor, although ops write in place and views share memory."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple

from torch import Tensor

from layerwalk.capture.calls import Call, Origin, Producer


class _Entry(NamedTuple):
    tensor: weakref.ref[Tensor]
    version: int
    time: int
    producer: Producer | None


class _Write(NamedTuple):
    time: int
    begin: int
    end: int
    dense: bool
    producer: Call


def version_of(tensor: Tensor) -> int:
    """How often the tensor's memory was written in place; 0 for inference tensors."""
    try:
        return tensor._version
    except RuntimeError:  # inference tensors do not count
        return 0


def memory_of(tensor: Tensor) -> int:
    """What all views of one memory have in common; 0 for tensors without any."""
    try:
        return tensor.untyped_storage().data_ptr()
    except (RuntimeError, NotImplementedError):  # sparse, fake, ...
        return 0


class Origins:
    """The producers of tensors during one pass.

    A tensor is known by its identity and version; only weak references are kept, so
    activations are freed as in a plain pass. A view whose memory was written through another
    view comes from the writers as well.
    """

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}
        self._writes: dict[int, list[_Write]] = {}
        self._time = 0

    def bind(self, tensor: Tensor, producer: Producer | None) -> None:
        """From now on `tensor`, as it is, comes from `producer`."""
        self._time += 1
        self._entries[id(tensor)] = _Entry(
            weakref.ref(tensor), version_of(tensor), self._time, producer
        )

    def wrote(self, tensor: Tensor, producer: Call) -> None:
        """`producer` wrote into the memory of `tensor`."""
        self.bind(tensor, producer)
        begin, end, dense = _span(tensor)
        write = _Write(self._time, begin, end, dense, producer)
        self._writes.setdefault(memory_of(tensor), []).append(write)

    def of(self, tensor: Tensor) -> Origin:
        """Where `tensor` comes from; () for what was born outside, a parameter for instance."""
        entry = self._entries.get(id(tensor))
        if entry is None or entry.tensor() is not tensor:
            self.bind(tensor, None)
            return ()
        if entry.version == version_of(tensor):
            return () if entry.producer is None else (entry.producer,)
        return self._writers_since(entry, tensor)

    def _writers_since(self, entry: _Entry, tensor: Tensor) -> Origin:
        begin, end, _ = _span(tensor)
        found: list[Producer] = []
        for write in reversed(self._writes.get(memory_of(tensor), ())):
            if write.time <= entry.time:
                break
            if write.begin < end and begin < write.end:
                found.append(write.producer)
                if write.dense and write.begin <= begin and end <= write.end:
                    return _once(found)
        if entry.producer is not None:
            found.append(entry.producer)
        return _once(found)


def _once(latest_first: list[Producer]) -> Origin:
    """Every producer once, in the order they ran."""
    return tuple({(type(one), one.name): one for one in reversed(latest_first)}.values())


def _span(tensor: Tensor) -> tuple[int, int, bool]:
    """First and last byte address of a tensor's elements, and whether it has all in between."""
    strides: Any = tensor.stride()
    reach = sum((size - 1) * step for size, step in zip(tensor.shape, strides, strict=True)) + 1
    begin = tensor.data_ptr()
    width = tensor.element_size()
    return begin, begin + reach * width, reach == tensor.numel()
