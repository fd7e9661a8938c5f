"""Live input of one frame of a network: a source's newest frames, each a run.

The player's thread puts every frame into one place, where a newer one takes the older's. A job in
the worker's queue stands for whatever is there when its turn comes, so nothing waits but one
frame, and none is prepared in vain.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from layerwalk.errors import LayerwalkError
from layerwalk.images import End, LiveSource, Order, Player, Shot
from layerwalk.protocol import messages as m
from layerwalk.session.runs import Frame
from layerwalk.session.worker import ImageJob, LiveJob

logger = logging.getLogger(__name__)

CLOSING_S = 2.0  # one's own source may never give another frame


class LiveInput:
    """Plays the sources into `frame`. Lives in the loop, but for `take`.

    `prepare` makes a job of a shot, on the worker's thread; `submit` queues one; `write` puts a
    value into the document, and `next_run` numbers runs.
    """

    def __init__(
        self,
        sources: tuple[LiveSource, ...],
        frame: Frame,
        *,
        prepare: Callable[[int, Shot, LiveSource], ImageJob],
        submit: Callable[[LiveJob], None],
        write: Callable[[dict[str, Any]], None],
        next_run: Callable[[], int],
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self._frame = frame
        self._prepare = prepare
        self._submit = submit
        self._write = write
        self._next_run = next_run
        self._loop = asyncio.get_running_loop()
        self._live: m.Live | None = None
        self._player: Player | None = None
        self._players: dict[str, Player] = {}  # the newest of each source; it may hold its device
        self._order: Order | None = None
        self._held = 0
        self._asked = False  # a job for the newest shot is queued
        self._lock = threading.Lock()
        self._newest: Shot | None = None
        self._shown: int | None = None  # position of the last shot that became a run
        self._closed = False

    # ------------------------------------------------------------ what is asked for

    def change(self, live: m.Live | None) -> None:
        """Carries out what was written into the document."""
        if live is None or (self._live and live.source != self._live.source):
            self._stop()
        self._live = live
        if live is None:
            return
        self._obey(Order(live.playing, live.rate_hz, live.loop, live.position))
        if not live.playing and live.position is None and self._shown is not None:
            self._say(self._shown)

    def hold(self) -> None:
        """A still image is on its way: no further frame becomes a run before it."""
        self._held += 1

    def release(self, *, pause: bool) -> None:
        """The still image was refused: frames go on; or it is placed (`pause`): they end."""
        self._held -= 1
        if pause:
            self._pause()
        self._ask()

    def _pause(self) -> None:
        """Shows no further frame, and says in the document where it ended."""
        live = self._live
        if live is None:
            return
        if self._player is not None:
            self._obey(Order(playing=False))
        if live.playing:
            self._say(self._shown)

    def _say(self, position: int | None, error: str = "") -> None:
        """Writes that it does not play, and which frame is shown."""
        assert self._live is not None
        position = self._shown if position is None else position
        self._live = msgspec.structs.replace(
            self._live, playing=False, position=position, error=error
        )
        self._write(msgspec.to_builtins(self._live))

    def _obey(self, order: Order) -> None:
        assert self._live is not None
        with self._lock:
            self._order = order
            if not order.playing or order.position is not None:
                self._newest = None  # what came for the order before is out of date
            if self._player is not None:
                self._player.order(order)
            else:
                self._player = self._started(self._sources[self._live.source], order)
                self._shown = None

    def _started(self, source: LiveSource, order: Order) -> Player:
        """The source's player, if its thread has not ended yet, or a new one."""
        before = self._players.get(source.id)
        if before is not None and before.resume(order):
            return before
        player = Player(source, order, show=self._show, ended=self._end, before=before)
        self._players[source.id] = player
        return player

    def _stop(self) -> None:
        if self._player is not None:
            self._player.stop()
        with self._lock:
            self._player = self._newest = self._order = None

    # ------------------------------------------------------------ on the player's thread

    def _show(self, shot: Shot) -> None:
        with self._lock:
            if shot.order is not self._order:
                return
            first, self._newest = self._newest is None, shot
        if first:
            self._soon(self._ask)

    def _end(self, end: End) -> None:
        self._soon(lambda: self._ended(end))

    def _soon(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:  # closed: nobody is left to hear it
            logger.debug("The loop of a live source is closed")

    # ------------------------------------------------------------ to the worker

    def _ask(self) -> None:
        """Queues a job for the newest shot, unless one is queued or a still image comes."""
        with self._lock:
            if self._asked or self._held or self._closed or self._newest is None:
                return
            self._asked = True
        self._submit(LiveJob(self._next_run(), self._frame, self._take, self._dropped))

    def _dropped(self) -> None:
        """The job was replaced before its turn."""
        with self._lock:
            self._asked = False
        self._ask()

    def _take(self, number: int) -> ImageJob | None:
        """The newest shot as a job; None if it was withdrawn. On the worker's thread."""
        with self._lock:
            shot, self._newest = self._newest, None
            self._asked = False
            player = self._player
        if shot is None or player is None:
            return None
        try:
            job = self._prepare(number, shot, player.source)
        except LayerwalkError as error:
            self._end(End(player, shot.order, shot.position, str(error)))
            return None
        with self._lock:
            if player is not self._player:  # another source was chosen meanwhile
                return None
            self._shown = shot.position
        return job

    # ------------------------------------------------------------ the end

    def _ended(self, end: End) -> None:
        if self._closed or end.player is not self._player:
            return
        if end.over:
            self._stop()
        elif end.order is not self._order:
            return
        elif end.error:
            self._obey(Order(playing=False))
        self._say(end.position, end.error)

    async def close(self) -> None:
        """Ends the players' threads, unless their sources keep them waiting."""
        self._closed = True
        self._stop()
        await asyncio.gather(*map(self._wait_for, self._players.values()))

    async def _wait_for(self, player: Player) -> None:
        over = asyncio.Event()
        player.over.add_done_callback(lambda _: self._soon(over.set))
        try:
            await asyncio.wait_for(over.wait(), CLOSING_S)
        except TimeoutError:
            logger.warning(
                "Live source '%s' keeps its thread waiting, which goes with the program",
                player.source.name,
            )
