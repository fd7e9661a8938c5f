"""Memory for packed images, used again when the images of an older run are gone.

A layer has the same size in every run. Fresh pages of memory cost as much, when they are first
written to, as a third of the quantization itself.
"""

from __future__ import annotations

import ctypes
import sys
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import numpy as np

from layerwalk.atlas.packing import Codes

_C_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None
_MADV_DONTNEED = 4


class _Lent(weakref.ref):  # type: ignore[type-arg]
    """Lives as long as an array does, and knows its memory; a fifth of a `weakref.finalize`."""

    __slots__ = ("memory",)
    memory: bytearray


class RecycledMemory:
    """Gives arrays of bytes, and takes their memory back once nobody refers to it anymore.

    Views and buffers of an array (what is being sent, for instance) keep it. Of each size no more
    lie idle than are in use, which suffices for the next run, or one. At most
    `most_bytes` lie idle: the sizes that were not asked for for the longest time go first.
    No locks: an array may end in the middle of anything, so that only operations are used that
    are atomic.
    """

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._idle_bytes = 0  # about, and that suffices
        self._idle: dict[int, deque[bytearray]] = {}
        self._asked: dict[int, int] = {}  # when each size was asked for last
        self._clock = count()
        self._lent: dict[int, dict[int, _Lent]] = {}  # by size

    def image(self, height: int, width: int) -> Codes:
        """An uninitialized C-contiguous uint8 array of this shape."""
        size = height * width
        self._asked[size] = next(self._clock)
        try:
            memory = self._idle[size].pop()
            self._idle_bytes -= size
        except (KeyError, IndexError):
            memory = bytearray(size)
        array = np.frombuffer(memory, np.uint8)
        # Views refer to this array, whatever is made of them: it ends when all have.
        lent = _Lent(array, self._take_back)
        lent.memory = memory
        self._lent.setdefault(size, {})[id(lent)] = lent
        return array.reshape(height, width)

    def give_back(self) -> None:
        """Give all that lies idle back to the system, if it takes it (glibc does)."""
        for idle in list(self._idle.values()):
            idle.clear()
        self._idle_bytes = 0
        trim = getattr(_C_LIBRARY, "malloc_trim", None)
        if trim is not None:
            trim(0)

    def _take_back(self, lent: _Lent) -> None:
        size = len(lent.memory)
        in_use, idle = self._lent[size], self._idle.setdefault(size, deque())
        in_use.pop(id(lent), None)
        if size > self._most_bytes or len(idle) >= max(1, len(in_use)):
            return
        self._idle_bytes += size
        idle.append(lent.memory)
        while self._idle_bytes > self._most_bytes and self._free_oldest():
            pass

    def _free_oldest(self) -> bool:
        """Free one image of the size that was asked for longest ago; False if there is none."""
        for _, size in sorted((when, size) for size, when in list(self._asked.items())):
            try:
                self._idle[size].popleft()
            except (KeyError, IndexError):
                continue
            self._idle_bytes -= size
            return True
        self._idle_bytes = 0  # it was not exact
        return False


def drop_code(library: str) -> None:
    """Give the memory that a loaded library's machine code takes back to the system (Linux).

    Code is read from the file again when it runs, so this is for what was used for once.
    """
    madvise = getattr(_C_LIBRARY, "madvise", None)
    if madvise is None:
        return
    parts: list[tuple[int, int]] = []
    with suppress(OSError):  # no more files can be opened: it stays where it is
        parts = list(_code_of(library))
    for begin, end in parts:
        madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _MADV_DONTNEED)


def _code_of(library: str) -> Iterator[tuple[int, int]]:
    """First and last address of what of a library can be run; nobody ever wrote there."""
    for line in Path("/proc/self/maps").read_text("utf-8", "replace").splitlines():
        addresses, permissions, *_, file = line.split(maxsplit=5)
        if permissions == "r-xp" and library in file.rpartition("/")[2]:
            begin, end = (int(address, 16) for address in addresses.split("-"))
            yield begin, end
