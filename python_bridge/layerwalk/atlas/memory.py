"""Memory for packed images, used again when the images of an older run are gone.

A layer has the same size in every run. Fresh pages of memory cost as much, when they are first
written to, as a third of the quantization itself.
"""

from __future__ import annotations

import weakref
from collections import deque

import numpy as np

from layerwalk.atlas.packing import Codes


class RecycledMemory:
    """Gives arrays of bytes, and takes their memory back once nobody refers to it anymore.

    Views and buffers of an array (what is being sent, for instance) keep it. No locks: an array
    may end in the middle of anything, so that only operations are used that are atomic.
    """

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._idle_bytes = 0  # about, and that suffices
        self._idle: dict[int, deque[bytearray]] = {}

    def image(self, height: int, width: int) -> Codes:
        """An uninitialized C-contiguous uint8 array of this shape."""
        size = height * width
        try:
            memory = self._idle[size].pop()
            self._idle_bytes -= size
        except (KeyError, IndexError):
            memory = bytearray(size)
        array = np.frombuffer(memory, np.uint8)
        # Views refer to this array, whatever is made of them: it ends when all have.
        weakref.finalize(array, self._take_back, memory).atexit = False
        return array.reshape(height, width)

    def _take_back(self, memory: bytearray) -> None:
        if self._idle_bytes + len(memory) <= self._most_bytes:
            self._idle_bytes += len(memory)
            self._idle.setdefault(len(memory), deque()).append(memory)
