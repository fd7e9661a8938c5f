"""Work that goes on beside a forward pass, in batches, and that the pass may take over."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")

_WAITS, _HELD, _BEGUN, _OVER = range(4)


class SharedTask(Generic[Item]):
    """One item that waits, is worked on, or is done."""

    __slots__ = ("_item", "_shared", "_state", "size_bytes")

    def __init__(self, item: Item, size_bytes: int, shared: SharedWork[Item]) -> None:
        self._item: Item | None = item
        self._state = _WAITS
        self._shared = shared
        self.size_bytes = size_bytes

    def done(self) -> bool:
        """Whether nobody will touch the item any more."""
        return self._state == _OVER

    def wait(self) -> None:
        """Returns when it is done."""
        self._shared.wait(self)

    def before_it_begins(self, prepare: Callable[[], object]) -> bool:
        """Call `prepare` while the work cannot begin; False, without the call, if it has."""
        with self._shared.lock:
            if self._state != _WAITS:
                return False
            self._state = _HELD
        try:
            prepare()
        finally:
            with self._shared.lock:
                if self._state == _HELD:  # it may have been dropped
                    self._state = _WAITS
        return True

    def begins(self) -> bool:
        """Whether it waited, and begins now; to be called with the lock."""
        waited = self._state == _WAITS
        if waited:
            self._state = _BEGUN
        return waited

    def end(self) -> None:
        """Done, or never to be done; the item is free."""
        self._item, self._state = None, _OVER

    @property
    def item(self) -> Item:
        """What is to be done."""
        assert self._item is not None
        return self._item


# To wake a thread costs the one that does it more than a small layer's quantizing, and there is
# a task every half a millisecond: while a pass goes on, the thread looks for tasks by itself.
NAP_S = 0.002
NAPS_BEFORE_SLEEP = 100
# Every batch takes the interpreter's lock from the pass once or twice, and each time both threads
# are put to sleep and woken. In so many bytes of floats lie one or two milliseconds of work.
BATCH_BYTES = 8 << 20


class SharedWork(Generic[Item]):
    """One thread that does `work` with what it is given, in order, as much as waits at a time.

    Who gave it may change an item that has not begun, and may help when there is no more to come.
    While more than `most_bytes` wait, `submit` helps first.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Item]], None],
        *,
        most_bytes: int = 128 << 20,
    ) -> None:
        self.lock = threading.Lock()
        self._work = work
        self._most_bytes = most_bytes
        self._waiting_bytes = 0
        self._tasks: deque[SharedTask[Item]] = deque()
        self._under_way = 0  # batches
        self._error: BaseException | None = None
        self._ended = threading.Condition(self.lock)  # a batch
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._wake = threading.Event()
        self._asleep = False
        self._closed = False

    def submit(self, item: Item, size_bytes: int = 0) -> SharedTask[Item]:
        """Gives it an item that keeps so many bytes; raises RuntimeError after `close`."""
        task = SharedTask(item, size_bytes, self)
        with self.lock:
            if self._closed:
                raise RuntimeError("this work was closed and takes no more items")
            if self._thread.ident is None:
                self._thread.start()
            self._tasks.append(task)
            self._waiting_bytes += size_bytes
        if self._asleep:
            self._wake.set()
        while self._waiting_bytes > self._most_bytes:
            if not self._do(self._take(oldest=True)):
                break
        return task

    def finish(self) -> None:
        """Helps from the newest item on, and returns when all is done.

        Raises what `work` raised since the last time.
        """
        while self._do(self._take(oldest=False)):
            pass
        with self.lock:
            while self._under_way:
                self._ended.wait()
            error, self._error = self._error, None
        if error is not None:
            raise error

    def drop(self) -> None:
        """Forgets the items that have not begun."""
        with self.lock:
            for task in self._tasks:
                task.end()
            self._tasks.clear()
            self._waiting_bytes = 0

    def close(self) -> None:
        """Drops what has not begun, and ends the thread."""
        self._closed = True
        self.drop()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def wait(self, task: SharedTask[Item]) -> None:
        """Returns when a task, which has begun, is done."""
        with self.lock:
            while not task.done():
                self._ended.wait()

    def _take(self, *, oldest: bool) -> list[SharedTask[Item]]:
        """The next batch, which has begun from now on."""
        batch: list[SharedTask[Item]] = []
        held: list[SharedTask[Item]] = []
        size_bytes = 0
        with self.lock:
            while self._tasks and size_bytes < BATCH_BYTES:
                task = self._tasks.popleft() if oldest else self._tasks.pop()
                if task.begins():
                    batch.append(task)
                    size_bytes += task.size_bytes
                else:
                    held.append(task)
            self._tasks.extendleft(reversed(held)) if oldest else self._tasks.extend(held)
            self._waiting_bytes -= size_bytes
            self._under_way += bool(batch)
        return batch

    def _do(self, batch: list[SharedTask[Item]]) -> bool:
        """Does the work of a batch on this thread; False if it is empty."""
        if not batch:
            return False
        error: BaseException | None = None
        try:
            self._work([task.item for task in batch])
        except BaseException as raised:
            error = raised
        with self.lock:
            for task in batch:
                task.end()
            self._under_way -= 1
            self._error = self._error or error
            self._ended.notify_all()
        return True

    def _run(self) -> None:
        naps = 0
        while not self._closed:
            if self._do(self._take(oldest=True)):
                naps = 0
            elif naps < NAPS_BEFORE_SLEEP:
                naps += 1
                time.sleep(NAP_S)
            else:
                self._wake.clear()
                self._asleep = True
                if not (self._tasks or self._closed):  # one that came before will not wake it
                    self._wake.wait()
                self._asleep = False
                naps = 0
