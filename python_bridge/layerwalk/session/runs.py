"""Runs: one forward pass each, with what every layer did, and which of them are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from layerwalk.atlas import Quantized, coarse
from layerwalk.errors import TooLarge
from layerwalk.network import Axis, tile_shape
from layerwalk.page import PageLevel, level_count
from layerwalk.protocol.frames import BytesLike
from layerwalk.session.prediction import Predicted
from layerwalk.similarity.packed import PackedFeatures

NOTHING_PREDICTED = Predicted()
ONLY_FULL = (0,)  # levels: full detail
Frame = tuple[str, str]  # network and input frame


@dataclass(frozen=True)
class LayerResult:
    """A layer's activation in one run, as codes.

    `pixels` maps each level that was computed so far to its packed image, uint8; level 0 is
    always there. `ranges` is float32 (tiles, 2). `tiles`, `height` and `width` as
    `network.tile_shape` says; `selected` is the index shown of every other axis, by name.
    """

    layer: str
    axes: tuple[Axis, ...]
    tiles: int
    height: int
    width: int
    ranges: np.ndarray
    selected: dict[str, int]
    pixels: Mapping[int, tuple[PageLevel, np.ndarray]]

    @cached_property
    def nbytes(self) -> int:
        """Bytes of all its buffers."""
        return self.ranges.nbytes + sum(image.nbytes for _, image in self.pixels.values())


def layer_result(layer: str, axes: tuple[Axis, ...], quantized: Quantized) -> LayerResult:
    """The result of a layer that has just been quantized at full detail."""
    tiles, height, width = tile_shape(axes)
    pixels = {0: (quantized.level, quantized.pixels)}
    return LayerResult(
        layer, axes, tiles, height, width, quantized.ranges, quantized.selected, pixels
    )


def levels_of(result: LayerResult, levels: Iterable[int]) -> tuple[int, ...]:
    """These levels, finest first; the layer's coarsest in the place of those it does not have."""
    if levels == ONLY_FULL:  # nearly always
        return ONLY_FULL
    last = level_count(result.height, result.width) - 1
    return tuple(sorted({min(level, last) for level in levels}))


def with_levels(result: LayerResult, levels: Iterable[int]) -> LayerResult:
    """The result with `levels_of` these computed too. Takes its time: not for the loop."""
    missing = set(levels_of(result, levels)) - set(result.pixels)
    if not missing:
        return result
    _, full = result.pixels[0]
    added = coarse(full, result.tiles, result.height, result.width, missing)
    return replace(result, pixels={**result.pixels, **added})


@dataclass(frozen=True)
class Picture:
    """What was placed: a name to show, the shelf's id ('' if not from there), and the image as
    the network sees it, uint8 (H, W, 3). A live source's frame has the source's id in `live`, its
    position, and when it was captured, on the monotonic clock. `sent` is what a client placed: a
    file's bytes, or pixels; None where the shelf or a live source has it."""

    name: str
    id: str
    view: np.ndarray
    live: str = ""
    position: int = 0
    captured_s: float = 0.0
    sent: np.ndarray | None = None


@dataclass
class Run:
    """One forward pass: its number and picture, and its results as they come in.

    `state` is "running", then "done" or "failed"; a run that is replaced before it began never
    becomes a Run. `results` only grows, and each of them is immutable; `revision` is that of
    the network whose layers they are. `encoded` are parts of messages, by layer and levels;
    `features` are those of layers that similarity maps were asked of, and `arguments` what the
    model was called with, to run it once more.
    """

    network: str
    input: str
    number: int
    picture: Picture
    revision: int
    results: dict[str, LayerResult] = field(default_factory=dict)
    predicted: Predicted = NOTHING_PREDICTED
    seconds: float = 0.0
    state: str = "running"
    error: str = ""
    encoded: dict[tuple[str, tuple[int, ...]], Sequence[BytesLike]] = field(default_factory=dict)
    features: dict[str, PackedFeatures] = field(default_factory=dict)
    arguments: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})

    @property
    def frame(self) -> Frame:
        """Its network and input frame."""
        return self.network, self.input

    @property
    def nbytes(self) -> int:
        """Bytes of all results."""
        kept = sum(one.nbytes for one in list(self.features.values()))
        return kept + sum(result.nbytes for result in self.results.values())


class Runs:
    """The runs that are kept: the newest of each frame, and others while viewers hold them.

    Held runs go too, oldest first, while all of them together take more than `budget_bytes`;
    the newest of a frame always stays.
    """

    def __init__(self, *, budget_bytes: int) -> None:
        self._budget_bytes = budget_bytes
        self._runs: dict[int, Run] = {}
        self._newest: dict[Frame, int] = {}

    def add(self, run: Run) -> Run | None:
        """Keeps `run` as the newest of its frame; the run that was newest before, if any."""
        before = self._runs.get(self._newest.get(run.frame, 0))
        self._runs[run.number] = run
        self._newest[run.frame] = run.number
        return before

    def get(self, number: int) -> Run | None:
        """The run of that number, if it is still kept."""
        return self._runs.get(number)

    def newest(self, frame: Frame) -> Run | None:
        """The newest run of a frame."""
        return self._runs.get(self._newest.get(frame, 0))

    def frames(self, network: str) -> list[Frame]:
        """The input frames of `network` that have runs."""
        return [frame for frame in self._newest if frame[0] == network]

    def forget(self, frame: Frame) -> None:
        """There is no such frame any more: its newest run is one as others are."""
        self._newest.pop(frame, None)

    def numbers(self) -> tuple[int, ...]:
        """Numbers of all runs that are kept, oldest first."""
        return tuple(sorted(self._runs))

    def check_room(self, network: str) -> None:
        """Raises TooLarge where one more frame of this network would not fit into the budget.

        The newest run of each frame stays in memory, whatever else has to go.
        """
        newest = [self._runs[number].nbytes for number in self._newest.values()]
        own = (self._runs[self._newest[frame]].nbytes for frame in self.frames(network))
        largest = max(own, default=0)
        if sum(newest) + largest > self._budget_bytes:
            raise TooLarge(
                f"one more input frame would take {largest:,} bytes, {sum(newest):,} are in use, "
                f"and {self._budget_bytes:,} are there for runs; remove another frame"
            )

    def trim(self, held: Iterable[int]) -> bool:
        """Forgets what is neither newest nor in `held`, and the oldest of these over budget.

        Whether one that is held went.
        """
        newest = set(self._newest.values())
        keep = newest.union(held)
        for number in [n for n in self._runs if n not in keep]:
            del self._runs[number]
        total = sum(run.nbytes for run in self._runs.values())
        went = False
        for number in [n for n in self.numbers() if n not in newest]:
            if total <= self._budget_bytes:
                break
            total -= self._runs.pop(number).nbytes
            went = True
        return went
