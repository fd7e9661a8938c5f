"""Pictures that visitors make: noise, feature maps, blends, and images that are kept.

They are things on the shelf of all: by their ids they are placed, carried and blended again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import msgspec
import numpy as np

from layerwalk.atlas import unpack
from layerwalk.errors import (
    InvalidImage,
    InvalidMessage,
    LayerwalkError,
    RunSuperseded,
    TooLarge,
    UnknownLayer,
    UnknownPicture,
    instead,
)
from layerwalk.images import Gallery, Pixels, blend, map_picture, noise
from layerwalk.protocol import messages as m
from layerwalk.session.document import Document, Path
from layerwalk.session.placing import pixels_of
from layerwalk.session.runs import Run, Runs
from layerwalk.session.served import MAX_NAME_CHARACTERS, ServedNetwork

logger = logging.getLogger(__name__)

MAX_UNDER_WAY = 8
NOISE_EDGE = 224  # where a network's preprocessing says nothing of sizes
MOST_NOISE_EDGE = 1024

Wanted: TypeAlias = m.MakeNoise | m.MakeFeatureMap | m.MakeBlend | m.KeepImage
# Told once: the picture's id, or why there is none.
Answer: TypeAlias = Callable[[str | LayerwalkError], None]


class Surroundings(Protocol):
    """What making pictures needs of its session, all of it in the session's loop."""

    shelf: Gallery
    runs: Runs
    limits: m.Limits
    helper: Executor
    document: Document
    networks: dict[str, ServedNetwork]

    def served(self, network: str) -> ServedNetwork:
        """The network of that name. Raises UnknownPicture."""

    def put(self, path: Path, value: Any) -> None:
        """Writes into the document, and tells everybody."""

    def soon(self, call: Callable[[], None]) -> None:
        """Calls it in the loop; from any thread."""


@dataclass(frozen=True)
class _Plan:
    """How a picture is made: by `work`, in a helper's thread."""

    name: str
    kind: m.MadeKind
    recipe: dict[str, Any]
    work: Callable[[], Pixels]

    @property
    def key(self) -> dict[str, Any]:
        """What another picture made of the same has in common with it; {} for none."""
        return {"kind": self.kind, **self.recipe} if self.recipe else {}


class Making:
    """Makes pictures for `around`. Lives in the loop."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._under_way = 0

    def make(self, message: Wanted, arrays: list[np.ndarray], answer: Answer) -> None:
        """Begins to make a picture; one that was made of the same already is it.

        Raises what is known at once to be wrong.
        """
        plan = self._plan(message, arrays)
        if made := self._around.shelf.made(plan.key):
            answer(made.id)
            return
        self._around.shelf.check_room()
        if self._under_way >= MAX_UNDER_WAY:
            raise TooLarge(f"{MAX_UNDER_WAY} pictures are being made; wait for one of them")
        self._under_way += 1
        future = self._around.helper.submit(plan.work)
        future.add_done_callback(
            lambda done: self._around.soon(lambda: self._finish(plan, done, answer))
        )

    def removed(self, picture: str) -> None:
        """A made picture is no longer in the document."""
        self._around.shelf.remove(picture)
        for network in self._around.networks:
            if self._around.document.get("things", network, picture) is not None:
                self._around.put(("things", network, picture), None)

    def _finish(self, plan: _Plan, done: Future[Pixels], answer: Answer) -> None:
        self._under_way -= 1
        try:
            answer(self._kept(plan, done.result()))
        except LayerwalkError as error:
            answer(error)
        except Exception as error:
            logger.exception("A picture could not be made: %s", plan.name)
            text = f"the picture could not be made: {type(error).__name__}: {error}"
            answer(InvalidImage(text))

    def _kept(self, plan: _Plan, pixels: Pixels) -> str:
        if made := self._around.shelf.made(plan.key):  # meanwhile
            return made.id
        picture = self._around.shelf.put(plan.name, pixels, plan.key)
        told = m.Made(
            name=picture.name,
            width=picture.width,
            height=picture.height,
            kind=plan.kind,
            recipe=plan.recipe,
        )
        self._around.put(("pictures", picture.id), msgspec.to_builtins(told))
        return picture.id

    # ------------------------------------------------------------ what is to be made

    def _plan(self, message: Wanted, arrays: list[np.ndarray]) -> _Plan:
        if isinstance(message, m.KeepImage):
            return self._image(message, arrays)
        if arrays:
            raise InvalidMessage(f"{len(arrays)} buffers came with a recipe, which has none")
        match message:
            case m.MakeNoise():
                return self._noise(message)
            case m.MakeFeatureMap():
                return self._feature_map(message)
            case m.MakeBlend():
                return self._blend(message)

    def _noise(self, message: m.MakeNoise) -> _Plan:
        kind, seed, amplitude = message.kind, message.seed, message.amplitude
        own = self._noise_size(message.network)
        height, width = message.height or own[0], message.width or own[1]
        name = f"{kind} noise, seed {seed}, amplitude {amplitude:g}"
        name += "" if message.colour else ", grey"
        name += "" if (height, width) == own else f", {width} × {height}"
        recipe: dict[str, Any] = {
            "noise": kind,
            "seed": seed,
            "amplitude": amplitude,
            "colour": message.colour,
            "width": width,
            "height": height,
        }

        def work() -> Pixels:
            size, colour = (height, width), message.colour
            return noise(kind, seed=seed, amplitude=amplitude, size=size, colour=colour)

        return _Plan(name, "noise", recipe, work)

    def _noise_size(self, network: str) -> tuple[int, int]:
        """Height and width at which a network's preprocessing scales nothing."""
        loaded = self._around.served(network).loaded
        preprocess = loaded.preprocess if loaded else None
        if preprocess is None:
            return NOISE_EDGE, NOISE_EDGE
        height, width = preprocess.unscaled or preprocess.input_size
        return min(max(height, 1), MOST_NOISE_EDGE), min(max(width, 1), MOST_NOISE_EDGE)

    def _feature_map(self, message: m.MakeFeatureMap) -> _Plan:
        run = self._run(message)
        layer, tile = message.layer, message.tile
        result = run.results.get(layer)
        if result is None:
            known = instead(layer, run.results)
            raise UnknownLayer(f"'{layer[:200]}' has not come in run {run.number}{known}")
        if tile >= result.tiles:
            raise UnknownLayer(f"{layer} has tiles 0 to {result.tiles - 1}, none of number {tile}")
        if result.height * result.width < 2:
            raise InvalidImage(
                f"a tile of {layer} is one value, which makes no picture; take a layer whose tiles "
                "have rows and columns"
            )

        def work() -> Pixels:
            level, pixels = result.pixels[0]
            return map_picture(unpack(pixels, result.tiles, level)[tile])

        recipe = {"run": run.number, "layer": layer, "tile": tile, "picture": run.picture.id}
        name = _shortened(f"{layer}, channel {tile}, of {run.picture.name or 'an image'}")
        return _Plan(name, "feature_map", recipe, work)

    def _run(self, message: m.MakeFeatureMap) -> Run:
        self._around.served(message.network)
        known = self._around.document.frames(message.network)
        if message.input not in known:
            raise UnknownPicture(
                f"'{message.input[:100]}' is no input frame of {message.network}; nearest: "
                + ", ".join(f"'{frame}'" for frame in known)
            )
        runs, frame = self._around.runs, (message.network, message.input)
        run = runs.get(message.run) if message.run else runs.newest(frame)
        if run is None or run.frame != frame:
            raise RunSuperseded(
                f"run {message.run} of {message.network} is not kept (any more); kept are "
                f"{runs.numbers()}"
                if message.run
                else f"no image has been placed into {message.network} yet; wait for the first"
            )
        return run

    def _blend(self, message: m.MakeBlend) -> _Plan:
        shelf, alpha = self._around.shelf, message.alpha
        names = {picture.id: picture.name for picture in shelf.pictures()}
        for one in (message.first, message.second):
            if one not in names:
                raise UnknownPicture(f"'{one[:200]}' is not on the shelf{instead(one, names)}")
        first, second = message.first, message.second
        recipe = {"first": first, "second": second, "alpha": alpha}
        name = f"{names[first]} with {100 * alpha:.3g} % {names[second]}"

        def work() -> Pixels:
            return blend(shelf.load(first), shelf.load(second), alpha)

        return _Plan(_shortened(name), "blend", recipe, work)

    def _image(self, message: m.KeepImage, arrays: list[np.ndarray]) -> _Plan:
        if len(arrays) != 1:
            raise InvalidImage(f"an image is kept of one buffer, not of {len(arrays)}")
        name, limits = _shortened(message.name) or "image", self._around.limits

        def work() -> Pixels:
            try:
                return pixels_of(arrays[0], limits)
            except LayerwalkError as error:
                raise type(error)(f"'{name}': {error}") from error

        return _Plan(name, "kept", {}, work)


def _shortened(name: str) -> str:
    if len(name) <= MAX_NAME_CHARACTERS:
        return name
    return name[: MAX_NAME_CHARACTERS - 1] + "…"
