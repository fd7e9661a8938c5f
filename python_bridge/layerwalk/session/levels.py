"""Coarse levels of detail that are computed when a viewer turns out to want them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from layerwalk.session.runs import LayerResult, Run, with_levels
from layerwalk.session.worker import GATHERING_S


class Levels:
    """Computes levels of kept runs in a helper's thread. Lives in the loop.

    `progressed` is told when there is something new to send, at most every GATHERING_S.
    """

    def __init__(
        self,
        helper: Executor,
        *,
        soon: Callable[[Callable[[], None]], None],
        progressed: Callable[[], None],
    ) -> None:
        self._helper = helper
        self._soon = soon
        self._progressed = progressed
        self._under_way: set[tuple[int, str, int]] = set()
        self._news = False

    def want(self, run: Run, layer: str, levels: tuple[int, ...]) -> None:
        """A viewer waits for these levels: computes them, unless that is under way."""
        keys = {(run.number, layer, level) for level in levels} - self._under_way
        if not keys:
            return
        self._under_way |= keys
        missing = [level for _, _, level in keys]
        future = self._helper.submit(with_levels, run.results[layer], missing)

        def keep() -> None:
            self._under_way -= keys
            _keep(run, future.result())
            if not self._news:
                self._news = True
                asyncio.get_running_loop().call_later(GATHERING_S, self._tell)

        future.add_done_callback(lambda done: self._soon(keep))

    def _tell(self) -> None:
        self._news = False
        self._progressed()

    async def compute(self, run: Run, result: LayerResult, level: int) -> LayerResult:
        """A result of `run` with that level too."""
        loop = asyncio.get_running_loop()
        result = await loop.run_in_executor(self._helper, with_levels, result, (level,))
        _keep(run, result)
        return result


def _keep(run: Run, result: LayerResult) -> None:
    """Adds levels that were computed to those that the run's layer has by now."""
    now = run.results[result.layer]
    if now.ranges is result.ranges:  # else the network was published anew meanwhile
        run.results[result.layer] = replace(now, pixels={**now.pixels, **result.pixels})
