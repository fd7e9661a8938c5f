"""What a visitor asks to be localized, checked: of which runs, layers and places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidReference, RunFailed, RunSuperseded, instead
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.session.plan import is_glob, named
from layerwalk.session.runs import Run, Runs
from layerwalk.session.served import ServedNetwork
from layerwalk.session.viewers import Viewer
from layerwalk.similarity.grids import Grid, grids, points_from, reference_in
from layerwalk.similarity.regions import pixels_of
from layerwalk.transport.peer import Peer

NO_PLACES = "it has no places in the picture"

Points = tuple[tuple[float, float], ...]
Found = tuple[m.Similarity, NDArray[np.float32]]


@dataclass(eq=False)
class Reference:
    """What a question is about: a region of a run's picture, and its vectors so far, by layer."""

    run: int
    region: str
    points: Points
    vectors: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def pixels(self, grid: Grid) -> NDArray[np.int64]:
        """Its places in a layer, y * width + x. Raises InvalidReference."""
        found = reference_in(grid, self.region, self.points)
        return pixels_of(found, grid.height, grid.width)


@dataclass(eq=False)
class Question:
    """One question, and how far its answer is."""

    message: m.GetSimilarity
    reference: Reference
    peer: Peer
    viewer: Viewer
    served: ServedNetwork
    run: Run
    places: dict[str, Grid]
    waiting: list[str]
    left_out: dict[str, str] = field(default_factory=dict)
    ready: deque[Found] = field(default_factory=deque)
    maps: int = 0
    busy: bool = False
    over: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Of its visitor and slot there is one question."""
        return self.peer.id, self.message.slot

    @property
    def is_elsewhere(self) -> bool:
        """Whether the reference is in another run than the maps are of."""
        return self.reference.run != self.run.number

    def pixels(self, layer: str) -> NDArray[np.int64]:
        """The places of the reference in a layer of the run; none if it is elsewhere."""
        if self.is_elsewhere:
            return np.empty(0, np.int64)
        return self.reference.pixels(self.places[layer])

    def vector(
        self, layer: str, make: Callable[[NDArray[np.int64]], NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """The reference's vector in a layer; `make` computes it from places of the run.

        Raises InvalidReference where it was not kept.
        """
        known = self.reference.vectors.get(layer) if self.message.kept else None
        if known is not None:
            return known
        if self.is_elsewhere:
            raise InvalidReference("the reference was not kept in this layer")
        found = make(self.pixels(layer))
        if self.message.keep:
            self.reference.vectors[layer] = found
        return found


def question(
    message: m.GetSimilarity,
    peer: Peer,
    viewer: Viewer,
    runs: Runs,
    served: ServedNetwork,
    kept: Reference | None,
) -> Question:
    """What a message asks; `kept` is the reference that it names, if it does and that is there.

    Raises RunSuperseded, RunFailed, UnknownLayer or InvalidReference.
    """
    run = _run(runs, served, message.run, message.input)
    assert served.network is not None
    places = _known_grids(_ByIdentity(served.network))
    layers = named(message.layers, served.network.layers(), network=served.name)
    exactly = {layer for layer in message.layers if not is_glob(layer)}
    if message.kept and (kept is None or message.points):
        raise InvalidReference(
            "a reference that is kept has its points already; leave them out"
            if kept
            else f"no reference is kept under {message.kept}; ask with keep={message.kept} before"
        )
    new = Reference(run.number, message.region, () if kept else _points(message, places))
    asked = Question(
        message, kept or new, peer, viewer, served, run,
        {layer: places[layer] for layer in layers if layer in places},
        [layer for layer in layers if layer in places],
        {layer: NO_PLACES for layer in layers if layer not in places and layer in exactly},
    )  # fmt: skip
    for layer in asked.waiting[:1]:
        asked.pixels(layer)
    return asked


def _run(runs: Runs, served: ServedNetwork, number: int, input: str) -> Run:
    found = runs.get(number) if number else runs.newest((served.name, input))
    if found is not None and found.network == served.name:
        return found
    if number:
        raise RunSuperseded(
            f"run {number} of {served.name} is not kept (any more); kept are {runs.numbers()}"
        )
    raise RunFailed(f"no run of {served.name} has begun in '{input[:100]}'; place an image")


def _points(message: m.GetSimilarity, places: dict[str, Grid]) -> Points:
    if not message.layer:
        return message.points
    if message.layer not in places:
        remedy = instead(message.layer, places)
        raise InvalidReference(f"'{message.layer[:200]}' has no places in the picture{remedy}")
    return points_from(places[message.layer], message.region, message.points)


class _ByIdentity:
    """Networks are large to compare."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def __hash__(self) -> int:
        return id(self.network)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.network is self.network


@lru_cache(8)
def _known_grids(network: _ByIdentity) -> dict[str, Grid]:
    return grids(network.network)
