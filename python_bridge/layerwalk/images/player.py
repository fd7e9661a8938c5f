"""Plays one live source on a thread of its own: frames at their time, each shown once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass

from layerwalk.errors import InvalidImage, LayerwalkError, LiveFailed, TooLarge
from layerwalk.images.decode import Pixels
from layerwalk.images.live import LiveSource
from layerwalk.images.opened import Named, Tap, Tape

logger = logging.getLogger(__name__)

MAX_HZ = 60.0  # of what gives frames without end and says no rate
MOST_BROKEN = 10  # in a row, where nobody knows how many there are
MOST_TOLD = 100
DEVICE_S = 3.0  # a former player of the same source has to let its device go
BROKEN = (InvalidImage, TooLarge)  # one frame; whatever else is raised ends the player


@dataclass(frozen=True)
class Order:
    """What to do from now on. As `messages.Live`: position None is where the source is."""

    playing: bool = True
    rate_hz: float = 0.0
    loop: bool = True
    position: int | None = None


@dataclass(frozen=True)
class Shot:
    """A frame at its time: `captured_s` on the monotonic clock; it was shown for `order`."""

    name: str
    pixels: Pixels
    position: int
    captured_s: float
    order: Order


@dataclass(frozen=True)
class End:
    """An order came to its end: at this position, with the reason if it failed.

    `position` None: at the frame on show, which is not this player's. `over` says that the player
    ended with it.
    """

    player: Player
    order: Order
    position: int | None
    error: str
    over: bool = False


class Player:
    """Carries out the newest order for a source; all callbacks come on the player's thread.

    `show` gets every frame when it is due, and has to return at once. `ended` tells when an order
    came to its end before there was another. `over` is done once the thread has ended and let
    its device go; that of the player `before`, which had the same source, is waited for.
    """

    def __init__(
        self,
        source: LiveSource,
        order: Order,
        *,
        show: Callable[[Shot], None],
        ended: Callable[[End], None],
        before: Player | None = None,
    ) -> None:
        self.source = source
        self.over: Future[None] = Future()
        self._show = show
        self._ended = ended
        self._order = order
        self._stopping = False
        self._leaving = False  # the thread obeys no order any more
        self._resumed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(
            target=self._run,
            args=(before.over if before else None,),
            name=f"layerwalk-live-{source.id}",
            daemon=True,  # one's own source may never give another frame
        )
        self._thread.start()

    def order(self, order: Order) -> None:
        """Do this from now on."""
        with self._changed:
            self._order = order
            self._changed.notify()

    def resume(self, order: Order) -> bool:
        """As `order`, for a player that was stopped; False if its thread is ending already.

        A source that keeps its thread waiting has but this one: a second thread would take the
        frames from it by turns, and find the device in use.
        """
        with self._changed:
            if self._leaving:
                return False
            self._stopping, self._resumed, self._order = False, True, order
            self._changed.notify()
            return True

    def stop(self) -> None:
        """Ends the thread as soon as the source gives its next frame, or at once; see `over`."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    # ------------------------------------------------------------ the thread

    def _run(self, before: Future[None] | None) -> None:
        try:
            if before is not None:
                _wait(before, self.source)
            with closing(self.source.open()) as opened:
                if isinstance(opened, Tap):
                    _TapLoop(self, opened).run()
                else:
                    _TapeLoop(self, opened).run()
        except LayerwalkError as error:
            self._fail(str(error))
        except BaseException as error:  # it may be the user's own source: SystemExit too
            logger.debug("Live source %s failed", self.source.id, exc_info=error)
            self._fail(f"live source '{self.source.name}' raised {type(error).__name__}: {error}")
        finally:
            with self._changed:
                self._leaving = True
            self.over.set_result(None)

    def _fail(self, error: str) -> None:
        with self._changed:
            self._leaving = True
            if self._stopping:
                return
            order = self._order
        self._ended(End(self, order, None, error, over=True))

    def next_order(self, known: Order | None, due_s: float | None) -> Order | None:
        """Waits for another order than `known`, until `due_s` (None: for ever); None to stop."""
        with self._changed:
            while not self._stopping and self._order is known:
                left = None if due_s is None else due_s - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._changed.wait(left)
            self._leaving = self._stopping
            return None if self._stopping else self._order

    def was_resumed(self) -> bool:
        """Whether it was, since this was asked last."""
        with self._changed:
            resumed, self._resumed = self._resumed, False
            return resumed

    def shown(self, name: str, pixels: Pixels, position: int, order: Order, at_s: float) -> None:
        """Shows a frame."""
        self._show(Shot(name or self.source.name, pixels, position, at_s, order))

    def came_to_end(self, position: int | None, order: Order, error: str = "") -> None:
        """Tells that an order is carried out."""
        self._ended(End(self, order, position, error))


class _Clock:
    """When the next frame is due; who is late does not hurry afterwards."""

    def __init__(self) -> None:
        self.due_s = 0.0

    def now(self) -> None:
        """The next frame is due at once."""
        self.due_s = time.monotonic()

    def step(self, rate_hz: float) -> None:
        """A frame was shown: the next one is due."""
        period_s, now_s = 1 / (rate_hz or MAX_HZ), time.monotonic()
        self.due_s += period_s
        if self.due_s < now_s - period_s:
            self.due_s = now_s


class _TapeLoop:
    """Reads a tape frame by frame, each when it is due."""

    def __init__(self, player: Player, tape: Tape) -> None:
        self._player = player
        self._tape = tape
        self._next = 0
        self._ready: tuple[int, Named] | None = None  # read for an order that was replaced
        self._last: int | None = None  # shown
        self._at_end = False
        self._clock = _Clock()
        self._broken = _Broken(player.source)

    def run(self) -> None:
        """Until the player stops."""
        order, busy = None, False
        while True:
            new = self._player.next_order(order, self._clock.due_s if busy else None)
            if new is None:
                return
            if new is not order:
                order, busy = new, self._begin(new)
            if busy and self._clock.due_s <= time.monotonic():
                busy = self._advance(order) and order.playing

    def _begin(self, order: Order) -> bool:
        """Whether there is a frame to show. Who plays on at the end begins anew, and so does what
        is chosen again, unless it may have no beginning any more."""
        self._clock.now()
        frames, resumed = self._player.source.frames, self._player.was_resumed()
        if resumed:
            self._last = None
        if order.position is not None:
            self._next, self._at_end = order.position, False
        elif (order.playing and (self._at_end or 0 < frames <= self._next)) or (resumed and frames):
            self._next, self._at_end = 0, False
        return order.playing or order.position is not None

    def _advance(self, order: Order) -> bool:
        """Shows the next frame; False at the end, or if another order came while it was read."""
        player, position = self._player, self._next
        try:
            found = self._found(order)
        except BROKEN as error:
            return self._pass_over(order, error)
        if player.next_order(order, 0.0) is not order:
            self._ready = found and (self._next, found)
            return False
        if found is None:
            return self._end(position, order)
        self._broken.none()
        player.shown(*found, self._next, order, time.monotonic())
        self._last = self._next
        self._next += 1
        self._clock.step(order.rate_hz or player.source.rate_hz)
        return True

    def _found(self, order: Order) -> Named | None:
        ready, self._ready = self._ready, None
        if ready is not None and ready[0] == self._next:
            return ready[1]
        found = self._tape.at(self._next)
        if found is None and order.playing and order.loop and self._next > 0:
            self._next = 0
            found = self._tape.at(0)
        return found

    def _end(self, position: int, order: Order) -> bool:
        """There is no frame at this position, whatever a video's header says."""
        name = self._player.source.name
        if position == 0:
            raise LiveFailed(f"live source '{name}' gives no frames (any more)")
        self._at_end = True
        asked = position == order.position
        error = f"'{name}' ends before frame {position}; choose an earlier one, or play it"
        self._player.came_to_end(self._last, order, error if asked else "")
        return False

    def _pass_over(self, order: Order, error: LayerwalkError) -> bool:
        """A frame is broken: the next one is due, unless it was this one that is wanted."""
        if not order.playing:
            self._player.came_to_end(self._next, order, str(error))
            return False
        self._broken.one(self._next, error)
        self._next += 1
        return True


class _TapLoop:
    """Reads a tap as fast as it gives, so that what is shown is new, and shows what is due."""

    def __init__(self, player: Player, tap: Tap) -> None:
        self._player = player
        self._tap = tap
        self._clock = _Clock()
        self._broken = _Broken(player.source)
        self._position = -1
        self._last: int | None = None  # shown
        self._read_s = 0.0
        self._order: Order | None = None
        self._wanted = False  # a frame is to be shown

    def run(self) -> None:
        """Until the player stops. An order may come while a frame is waited for."""
        while self._obey(None if self._order is None or self._rests else self._may_read_s()):
            if self._rests:
                continue
            self._read_s = time.monotonic()
            came = self._tap.wait()
            if not self._obey(0.0):
                return
            came_s = time.monotonic()  # by now it is due, if the order came while it was waited for
            if came:
                self._position += 1
                self._show(came_s)
            else:
                self._end()

    @property
    def _rests(self) -> bool:
        return self._tap.idles and not self._wanted

    def _may_read_s(self) -> float:
        """A function that returns at once is not called more often than it can matter."""
        return self._read_s + 1 / MAX_HZ if self._tap.idles else 0.0

    def _obey(self, until_s: float | None) -> bool:
        """Takes the order up that comes until then; False to stop."""
        new = self._player.next_order(self._order, until_s)
        if new is not None and new is not self._order:
            self._order, self._wanted = new, new.playing or new.position is not None
            if self._player.was_resumed():
                self._last = None
            self._clock.now()
        return new is not None

    def _show(self, came_s: float) -> None:
        """Shows the frame that was taken, if one is wanted and due."""
        order = self._order
        assert order is not None
        if not self._wanted or (order.rate_hz > 0 and self._clock.due_s > came_s):
            return
        try:
            pixels = self._tap.frame()
        except BROKEN as error:
            self._broken.one(self._position, error)
            return
        self._broken.none()
        self._player.shown("", pixels, self._position, order, came_s)
        self._last = self._position
        self._clock.step(order.rate_hz)
        self._wanted = order.playing

    def _end(self) -> None:
        source = self._player.source
        if source.kind == "camera":
            raise LiveFailed(f"'{source.name}' gives no frames any more; is it still connected?")
        if self._wanted and self._order is not None:
            self._player.came_to_end(self._last, self._order)
        self._wanted = False


class _Broken:
    """Frames that were passed over: each is told once, and too many in a row are too many."""

    def __init__(self, source: LiveSource) -> None:
        self._source = source
        self._told: set[int] = set()
        self._in_a_row = 0

    def none(self) -> None:
        """A frame was well."""
        self._in_a_row = 0

    def one(self, position: int, error: LayerwalkError) -> None:
        """A frame is passed over. Raises its error if no other can be expected to be better."""
        self._in_a_row += 1
        if self._in_a_row >= (self._source.frames or MOST_BROKEN):
            raise error
        if position not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(position)
            logger.warning("A frame of '%s' was passed over: %s", self._source.name, error)


def _wait(over: Future[None], source: LiveSource) -> None:
    try:
        over.result(DEVICE_S)
    except TimeoutError:
        logger.warning(
            "Live source '%s' was not closed yet; it is opened all the same", source.name
        )
