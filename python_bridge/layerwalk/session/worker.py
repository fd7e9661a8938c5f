"""One thread a network: every pass through a model is a job of its worker.

Image jobs go first, and the latest wins: one that has not begun is replaced by a newer one for
the same input frame. Recorders belong to their thread, since module hooks are global.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from layerwalk.session.runs import Frame, Picture

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImageJob:
    """A forward pass to run: `args` and `kwargs` go to the model; `arrived_s` is when the
    image came, on the monotonic clock."""

    number: int
    frame: Frame
    picture: Picture
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    arrived_s: float


class Worker:
    """Runs `run` on its own thread for every image job, and whatever `call` was given."""

    def __init__(self, name: str, run: Callable[[ImageJob], None]) -> None:
        self._run = run
        self._images: dict[Frame, ImageJob] = {}
        self._others: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._work, name=f"layerwalk-worker-{name}", daemon=True
        )
        self._thread.start()

    def submit(self, job: ImageJob) -> ImageJob | None:
        """Queues a job; the job of the same frame that it replaces, if that had not begun."""
        with self._changed:
            replaced = self._images.pop(job.frame, None)
            self._images[job.frame] = job
            self._changed.notify()
        return replaced

    def call(self, function: Callable[[], Any]) -> Future[Any]:
        """Queues any other pass through the model; what it returns comes in the future."""
        future: Future[Any] = Future()
        with self._changed:
            self._others.append((function, future))
            self._changed.notify()
        return future

    def stop(self) -> Future[None]:
        """Ends the thread after the job that it is at, and tells when; what is queued is dropped.

        It needs no other thread: there can be none any more while the interpreter shuts down.
        """
        with self._changed:
            self._stopping = True
            self._images.clear()
            for _, future in self._others:
                future.cancel()
            self._others.clear()
            self._changed.notify()
        return self._ended

    def join(self) -> None:
        """Waits for the thread, which has said that it ends."""
        self._thread.join()

    def _work(self) -> None:
        try:
            self._work_through()
        finally:
            self._ended.set_result(None)

    def _work_through(self) -> None:
        while (job := self._next()) is not None:
            if isinstance(job, ImageJob):
                try:
                    self._run(job)
                except BaseException:  # whatever it was, there are more jobs
                    logger.exception("Run %d could not be carried out", job.number)
                continue
            function, future = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function())
                except BaseException as error:  # the caller gets it, the worker lives on
                    future.set_exception(error)

    def _next(self) -> ImageJob | tuple[Callable[[], Any], Future[Any]] | None:
        with self._changed:
            while not (self._images or self._others or self._stopping):
                self._changed.wait()
            if self._stopping:
                return None
            if self._images:
                return self._images.pop(next(iter(self._images)))
            return self._others.popleft()


# A layer of a large network is ready every millisecond. Each wake-up of the loop takes the
# interpreter's lock from the forward pass, which costs more than the wait.
GATHERING_S = 0.004


class Mailbox:
    """Hands items of any thread to `receive` in `loop`, in order, many in one wake-up."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Callable[[list[Any]], None]):
        self._loop = loop
        self._receive = receive
        self._items: list[Any] = []
        self._lock = threading.Lock()

    def post(self, item: Any) -> None:
        """Delivers `item` soon; after the loop was closed, does nothing."""
        with self._lock:
            self._items.append(item)
            if len(self._items) > 1:
                return
        try:
            self._loop.call_soon_threadsafe(self._loop.call_later, GATHERING_S, self._deliver)
        except RuntimeError:  # closed: nobody is left to hear it
            self._items.clear()

    def _deliver(self) -> None:
        with self._lock:
            items, self._items = self._items, []
        self._receive(items)
