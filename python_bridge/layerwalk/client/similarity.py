"""A client's questions of where it looks as it does at a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from layerwalk.client.document import DocumentCalls
from layerwalk.errors import InvalidReference, RunSuperseded
from layerwalk.protocol import messages as m

Region = Literal["point", "rectangle", "lasso", "pins"]
Metric = Literal["angle", "cosine", "euclidean", "centred"]


@dataclass(frozen=True, eq=False)
class SimilarityMap:
    """How similar each place of a layer is to the reference: `values`, float32 (H, W).

    `place` is the reference's (x, y) in this layer, None of a region, and of one that was kept in
    another run; `places` is how many it has in this run.
    `low` and `high` are the least and the greatest value of all others. `exact` says that it is of
    what the network computed, and not of what pages hold.
    """

    layer: str
    run: int
    values: NDArray[np.float32]
    place: tuple[int, int] | None
    places: int
    low: float
    high: float
    exact: bool


class SimilarityCalls(DocumentCalls):
    """What a Client asks of similarity."""

    def similarity(
        self,
        points: tuple[float, float] | Sequence[tuple[float, float]] | None,
        layers: str | Sequence[str] = "*",
        *,
        region: Region = "point",
        layer: str = "",
        metric: Metric = "angle",
        run: int | None = None,
        keep: int = 0,
        kept: int = 0,
        exact: bool = False,
        input: str = "input",
        slot: int = 0,
    ) -> dict[str, SimilarityMap]:
        """Where in each of these layers it looks as it does at a place; by layer, as they came.

        `points` is (x, y) of the picture that the network sees, from 0, left and top, to 1; or,
        with `layer`, one of that layer's places. Of a `region` it is several: opposite corners of a
        "rectangle", those of a "lasso", or "pins". `metric` is one of
        `layerwalk.similarity.similarity_map`. Layers are names and globs; what has no places is
        left out.

        `run` defaults to the newest. `keep`, 1 to 15, keeps the vectors of these layers in the
        bridge; with that number as `kept`, and None for the points, maps show where it looks as it
        did there, also in another picture. Maps are of what pages hold; with
        `exact` the bridge runs the network once more, and they are within 1e-5 of the formula in
        float64. Threads that ask at the same time need a `slot` each, 0 to 15: a newer question
        takes the place of the former. Raises InvalidReference, UnknownLayer, RunSuperseded (also
        for a question that was replaced) and RunFailed.
        """
        message = m.GetSimilarity(
            request=0,
            layers=(layers,) if isinstance(layers, str) else tuple(layers),
            points=() if points is None else _pairs(points),
            region=region,
            layer=layer,
            metric=metric,
            exact=exact,
            network=self._name,
            input=input,
            run=run or 0,
            keep=keep,
            kept=kept,
            slot=slot,
        )
        done, _ = self._inbox.ask(message)
        with self._changed:
            came = self._inbox.maps.pop(done.request, [])
        if done.superseded:
            raise RunSuperseded(f"another question took the place of this one in slot {slot}")
        return {one.layer: _map(one, values) for one, values in came}


def _pairs(points: Any) -> tuple[tuple[float, float], ...]:
    try:
        array = np.asarray(points, np.float64)
    except (TypeError, ValueError):
        array = np.empty(0)
    if array.ndim not in (1, 2) or array.shape[-1] != 2 or not array.size:
        raise InvalidReference(f"{str(points)[:200]} is no point; give (x, y), or a list of these")
    return tuple((float(x), float(y)) for x, y in array.reshape(-1, 2))


def _map(one: m.Similarity, values: NDArray[np.float32]) -> SimilarityMap:
    place = None if one.x < 0 else (one.x, one.y)
    return SimilarityMap(
        one.layer, one.run, values, place, one.places, one.low, one.high, one.exact
    )
