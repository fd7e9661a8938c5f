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
from typing import Any, TypeAlias

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


@dataclass(frozen=True)
class LiveJob:
    """Stands in the queue for a frame that is chosen when its turn comes.

    `take` gives the job, on the worker's thread, or None if there is nothing to do any more;
    `dropped` is called where another job takes its place.
    """

    number: int
    frame: Frame
    take: Callable[[int], ImageJob | None]
    dropped: Callable[[], None]


Job: TypeAlias = ImageJob | LiveJob


REST_S = 5.0  # as long as a visitor looks at one image before the next


class Worker:
    """Runs `run` on its own thread for every image job, and whatever `call` was given.

    `rest` is called once there was nothing to do for `rest_s`.
    """

    def __init__(
        self,
        name: str,
        run: Callable[[ImageJob], None],
        *,
        rest: Callable[[], None] = lambda: None,
        rest_s: float = REST_S,
    ) -> None:
        self._run = run
        self._rest = rest
        self._rest_s = rest_s
        self._images: dict[Frame, Job] = {}
        self._others: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._work, name=f"layerwalk-worker-{name}", daemon=True
        )
        self._thread.start()

    def submit(self, job: Job) -> Job | None:
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
            if isinstance(job, Job):
                try:
                    image = job.take(job.number) if isinstance(job, LiveJob) else job
                    if image is not None:
                        self._run(image)
                except BaseException:  # whatever it was, there are more jobs
                    logger.exception("Run %d could not be carried out", job.number)
                continue
            function, future = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function())
                except BaseException as error:  # the caller gets it, the worker lives on
                    future.set_exception(error)

    def _wait(self, time_s: float | None) -> bool:
        """Whether there is something to do, within so many seconds."""
        with self._changed:
            return self._changed.wait_for(
                lambda: bool(self._images or self._others or self._stopping), time_s
            )

    def _next(self) -> Job | tuple[Callable[[], Any], Future[Any]] | None:
        if not self._wait(self._rest_s):
            try:
                self._rest()
            except Exception:
                logger.exception("Memory could not be given back")
            self._wait(None)
        with self._changed:
            if self._stopping:
                return None
            if self._images:
                return self._images.pop(next(iter(self._images)))
            return self._others.popleft()


# A layer of a large network is ready every millisecond. Each wake-up of the loop takes the
# interpreter's lock from the forward pass, which costs more than the wait.
GATHERING_S = 0.004


class Mailbox:
    """Hands items of any thread to `receive` in `loop`, in order, many in one wake-up.

    The first of them comes at once, those after it every GATHERING_S.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Callable[[list[Any]], None]):
        self._loop = loop
        self._receive = receive
        self._items: list[Any] = []
        self._lock = threading.Lock()
        self._delivered_s = -GATHERING_S

    def post(self, item: Any) -> None:
        """Delivers `item` soon; after the loop was closed, does nothing."""
        with self._lock:
            self._items.append(item)
            if len(self._items) > 1:
                return
        try:
            self._loop.call_soon_threadsafe(self._deliver_in_time)
        except RuntimeError:  # closed: nobody is left to hear it
            self._items.clear()

    def _deliver_in_time(self) -> None:
        due_s = self._delivered_s + GATHERING_S
        if due_s > self._loop.time():
            self._loop.call_at(due_s, self._deliver)
        else:
            self._deliver()

    def _deliver(self) -> None:
        self._delivered_s = self._loop.time()
        with self._lock:
            items, self._items = self._items, []
        self._receive(items)
