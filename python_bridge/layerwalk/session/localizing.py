"""Answers where in a run's layers it looks as it does at a place: one small map for each of them.

A visitor's questions have slots; a newer one takes the place of the former of its slot at once.
Of each no more is under way than one batch of layers, and nothing more is computed before what is
there could be sent, so that whoever asks faster than it reads costs little.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidReference, LayerwalkError
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session.exact import exact_maps
from layerwalk.session.question import Found, Question, Reference
from layerwalk.session.runs import LayerResult, Run
from layerwalk.similarity.grids import Grid
from layerwalk.similarity.maps import used_range
from layerwalk.similarity.packed import PackedFeatures

logger = logging.getLogger(__name__)

# Of pages, about a millisecond's work: then what came meanwhile gets its turn.
BATCH_BYTES = 2 << 20


class Localizing:
    """The questions of all visitors. Lives in the loop; helpers' threads compute."""

    def __init__(self, helper: Executor, *, soon: Callable[[Callable[[], None]], None]) -> None:
        self._helper = helper
        self._soon = soon
        self._questions: dict[tuple[str, int], Question] = {}
        self._kept: dict[tuple[str, int], Reference] = {}

    def kept(self, viewer: str, number: int) -> Reference | None:
        """The reference that a visitor keeps under this number."""
        return self._kept.get((viewer, number))

    def ask(self, asked: Question) -> None:
        """Answers a question, in the place of the visitor's former one in its slot."""
        former = self._questions.pop(asked.key, None)
        if former is not None:
            self._end(former, superseded=True)
        self._questions[asked.key] = asked
        if asked.message.keep:
            self._kept[asked.peer.id, asked.message.keep] = asked.reference
        self._advance(asked)

    def go_on(self, viewer: str) -> None:
        """Results came, or credit did."""
        for asked in [one for (id, _), one in self._questions.items() if id == viewer]:
            self._advance(asked)

    def leave(self, viewer: str) -> None:
        """A visitor is gone."""
        for key in [key for key in self._questions if key[0] == viewer]:
            self._questions.pop(key).over = True
        for key in [key for key in self._kept if key[0] == viewer]:
            del self._kept[key]

    def _advance(self, asked: Question) -> None:
        while asked.ready and asked.viewer.credit_bytes > 0 and not asked.over:
            self._send(asked, *asked.ready.popleft())
        if asked.over or asked.busy or asked.ready:
            return
        if not asked.waiting:
            self._questions.pop(asked.key, None)
            self._end(asked, superseded=False)
        elif asked.message.exact:
            self._repeat(asked)
        elif batch := _batch(asked):
            self._compute(asked, batch)
        elif asked.run.state != "running":
            asked.left_out |= dict.fromkeys(asked.waiting, "it did not run")
            asked.waiting.clear()
            self._advance(asked)

    def _compute(self, asked: Question, batch: list[str]) -> None:
        asked.busy = True
        asked.waiting = [layer for layer in asked.waiting if layer not in batch]
        future = self._helper.submit(lambda: list(_maps(asked, batch)))
        future.add_done_callback(lambda done: self._soon(lambda: self._computed(asked, done)))

    def _computed(self, asked: Question, done: Future[list[Found]]) -> None:
        asked.busy = False
        if not asked.over:
            asked.ready.extend(done.result())
            self._advance(asked)

    def _repeat(self, asked: Question) -> None:
        """Runs the network once more; each map goes as soon as it is there."""
        asked.busy = True
        layers, asked.waiting = asked.waiting, []

        def found(layer: str, made: NDArray[np.float32]) -> None:
            self._soon(partial(self._add, asked, (_answer(asked, layer, made), made)))

        future = asked.served.again(lambda passes: exact_maps(asked, layers, passes, found))
        future.add_done_callback(lambda done: self._soon(lambda: self._repeated(asked, done)))

    def _add(self, asked: Question, found: Found) -> None:
        if not asked.over:
            asked.ready.append(found)
            self._advance(asked)

    def _repeated(self, asked: Question, done: Future[None]) -> None:
        asked.busy = False
        if asked.over or done.cancelled():
            return
        error = done.exception()
        if error is None:
            self._advance(asked)
            return
        del self._questions[asked.key]
        asked.over = True
        if not isinstance(error, LayerwalkError):
            logger.error("Exact similarity maps could not be made", exc_info=error)
            error = LayerwalkError("the bridge failed; its terminal says why")
        asked.peer.fail(error, request=asked.message.request)

    def _send(self, asked: Question, answer: m.Similarity, found: NDArray[np.float32]) -> None:
        parts = frames.encode(answer, (found,))
        asked.viewer.credit_bytes -= found.nbytes
        asked.maps += 1
        asked.peer.send(parts)

    def _end(self, asked: Question, *, superseded: bool) -> None:
        asked.over = True
        done = m.SimilarityDone(
            request=asked.message.request,
            slot=asked.message.slot,
            maps=asked.maps,
            left_out=asked.left_out,
            superseded=superseded,
        )
        asked.peer.send(frames.encode(done))


def _batch(asked: Question) -> list[str]:
    """The next layers that came, in their order."""
    batch, size = [], 0
    for layer in asked.waiting:
        if layer in asked.run.results:
            batch.append(layer)
            size += asked.run.results[layer].nbytes
            if size >= BATCH_BYTES:
                break
    return batch


def _maps(asked: Question, batch: list[str]) -> Iterator[Found]:
    """In a helper's thread; what cannot be made is left out, and said."""
    for layer in batch:
        if asked.over:
            return
        try:
            features = _features(asked.run, layer, asked.places[layer])
            vector = asked.vector(layer, features.vector)
            found = features.map_of(vector, asked.message.metric)
            yield _answer(asked, layer, found), found
        except LayerwalkError as error:
            asked.left_out[layer] = str(error)
        except Exception:
            logger.exception("The similarity map of layer %s could not be made", layer)
            asked.left_out[layer] = "the bridge failed; its terminal says why"


def _features(run: Run, layer: str, grid: Grid) -> PackedFeatures:
    """Those of a layer, which are kept with its run. Raises InvalidReference."""
    result = run.results[layer]
    found = run.features.get(layer)
    if found is None or found.ranges is not result.ranges:
        _check(result, grid)
        level, pixels = result.pixels[0]
        found = run.features[layer] = PackedFeatures(pixels, level, result.ranges, grid)
    return found


def _check(result: LayerResult, grid: Grid) -> None:
    """Raises InvalidReference where the network went another way in that run."""
    has = (result.tiles, result.height, result.width)
    expected = (grid.features, grid.height, grid.width)
    if has != ((1, grid.tokens, grid.features) if grid.tokens else expected):
        raise InvalidReference(f"'{result.layer}' has another size in that run")


def _answer(asked: Question, layer: str, found: NDArray[np.float32]) -> m.Similarity:
    """What is said of a map. A lasso of many corners takes its time: not in the loop."""
    pixels, width = asked.pixels(layer), found.shape[1]
    without = None
    if pixels.size:
        without = np.zeros(found.shape, bool)
        without.ravel()[pixels] = True
    low, high = used_range(found, without)
    is_point = asked.reference.region == "point" and pixels.size
    y, x = divmod(int(pixels[0]), width) if is_point else (-1, -1)
    return m.Similarity(
        request=asked.message.request,
        slot=asked.message.slot,
        network=asked.run.network,
        input=asked.run.input,
        run=asked.run.number,
        layer=layer,
        x=x,
        y=y,
        places=len(pixels),
        low=float(low),
        high=float(high),
        exact=asked.message.exact,
    )
