"""Work that goes on beside a forward pass, and that the pass may take over."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class SharedTask(Future[Result]):
    """A future that whoever needs it may run, if nobody has begun to."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__()
        self._work: Callable[[], Result] | None = work
        self._claim = threading.Lock()

    def run(self) -> bool:
        """Do the work on this thread; False if another has begun it, or it was cancelled."""
        with self._claim:
            work, self._work = self._work, None  # the tensors it holds are free once it is done
        if work is None or not self.set_running_or_notify_cancel():
            return False
        try:
            result = work()
        except BaseException as error:
            self.set_exception(error)
        else:
            del work
            self.set_result(result)
        return True

    def before_it_begins(self, prepare: Callable[[], object]) -> bool:
        """Call `prepare` while the work cannot begin; False, without the call, if it has."""
        with self._claim:
            if self._work is None:
                return False
            prepare()
            return True


# To wake a thread costs the one that does it more than a small layer's quantizing, and there is
# a task every half a millisecond: while a pass goes on, the thread looks for tasks by itself.
NAP_S = 0.002
NAPS_BEFORE_SLEEP = 100


class SharedWork(Executor):
    """One thread that works through tasks in order, each begun within NAP_S.

    Whoever waits for a task that has not begun may run it instead, or change what it works on.
    """

    def __init__(self, name: str) -> None:
        self._tasks: deque[SharedTask[Any]] = deque()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._starting = threading.Lock()
        self._wake = threading.Event()
        self._asleep = False
        self._closed = False

    def submit(
        self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> SharedTask[Result]:
        """As every executor's; raises RuntimeError after `shutdown`."""
        task = SharedTask(partial(fn, *args, **kwargs))
        with self._starting:
            if self._closed:
                raise RuntimeError("this executor was shut down and takes no more tasks")
            if self._thread.ident is None:
                self._thread.start()
            self._tasks.append(task)
        if self._asleep:
            self._wake.set()
        return task

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the thread after the tasks it has, or cancel those that have not begun."""
        with self._starting:
            self._closed = True
        if cancel_futures:
            for task in list(self._tasks):
                task.cancel()
        self._wake.set()
        if wait and self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            task.run()
            del task  # or its result lives until the next one comes

    def _next(self) -> SharedTask[Any] | None:
        naps = 0
        while not self._tasks:
            if self._closed:
                return None
            if naps < NAPS_BEFORE_SLEEP:
                naps += 1
                time.sleep(NAP_S)
                continue
            self._wake.clear()
            self._asleep = True
            if not (self._tasks or self._closed):  # one that came before will not wake it
                self._wake.wait()
            self._asleep = False
            naps = 0
        return self._tasks.popleft()
