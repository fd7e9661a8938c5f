"""Images on their way into a network: decoded and preprocessed in order, off the loop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from layerwalk.errors import InvalidImage, LayerwalkError
from layerwalk.images import LiveSource, Pixels, Shelf, Shot, decode, from_pixels
from layerwalk.protocol.messages import Limits
from layerwalk.session.inputs import example_arguments, image_arguments, picture_of, refusal
from layerwalk.session.runs import Frame, Picture
from layerwalk.session.worker import ImageJob
from layerwalk.sources import LoadedNetwork

logger = logging.getLogger(__name__)

MAX_WAITING_IMAGES = 4  # that still have to be decoded; the oldest of more are passed over

# Told once what became of a placement: None if it is well, or why it is refused.
Answer = Callable[[LayerwalkError | None], None]


@dataclass(frozen=True)
class Placement:
    """An image that shall become run `number`: `pixels` is a uint8 buffer, a file's bytes or
    (H, W[, 3]), or None for the `picture` of that id on the shelf."""

    number: int
    name: str
    picture: str
    pixels: np.ndarray | None
    answer: Answer
    arrived_s: float


class Placing:
    """Makes jobs of what is placed into `frame`, in order, and hands them to `submit`.

    Where more than MAX_WAITING_IMAGES wait, the oldest is passed over: `replaced` is told its
    number and that of the next. Lives in the loop.
    """

    def __init__(
        self,
        loaded: LoadedNetwork,
        frame: Frame,
        *,
        shelf: Shelf,
        limits: Limits,
        helper: Executor,
        submit: Callable[[ImageJob], None],
        replaced: Callable[[int, int], None],
    ) -> None:
        self._loaded = loaded
        self._frame = frame
        self._shelf = shelf
        self._limits = limits
        self._helper = helper
        self._submit = submit
        self._replaced = replaced
        self._waiting: deque[Placement] = deque()
        self._task: asyncio.Task[None] | None = None

    def add(self, placement: Placement) -> None:
        """Puts an image behind those that wait. Raises InvalidImage if none can be placed."""
        if reason := refusal(self._loaded):
            raise InvalidImage(reason)
        self._waiting.append(placement)
        while len(self._waiting) > MAX_WAITING_IMAGES:
            oldest = self._waiting.popleft()
            oldest.answer(None)
            self._replaced(oldest.number, self._waiting[0].number)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._prepare_all())

    def first(self, number: int, placed: Callable[[], None], picture: str = "") -> None:
        """Places this picture of the shelf, or its first; the example where that cannot be done."""

        def answer(error: LayerwalkError | None) -> None:
            if error is not None:
                logger.warning("The first picture cannot be placed: %s", error)
                self._submit_example(number)
            placed()

        pictures = self._shelf.pictures()
        if pictures and not refusal(self._loaded):
            chosen = next((one for one in pictures if one.id == picture), pictures[0])
            now = time.monotonic()
            self.add(Placement(number, chosen.name, chosen.id, None, answer, now))
        else:
            self._submit_example(number)
            placed()

    def live_job(self, number: int, shot: Shot, source: LiveSource) -> ImageJob:
        """Preprocesses a frame of a live source; on the worker's thread.

        Raises InvalidImage.
        """
        view, args, kwargs = self._prepared(shot.pixels)
        picture = Picture(shot.name, "", view, source.id, shot.position, shot.captured_s)
        return ImageJob(number, self._frame, picture, args, kwargs, shot.captured_s)

    async def close(self) -> None:
        """Drops what waits."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _prepare_all(self) -> None:
        while self._waiting:
            await self._prepare(self._waiting.popleft())

    async def _prepare(self, placement: Placement) -> None:
        loop = asyncio.get_running_loop()
        try:
            job = await loop.run_in_executor(self._helper, self._job, placement)
        except LayerwalkError as error:
            placement.answer(error)
        except Exception as error:
            logger.exception("The picture of run %d could not be prepared", placement.number)
            text = f"the picture could not be prepared: {type(error).__name__}: {error}"
            placement.answer(InvalidImage(text))
        else:
            placement.answer(None)
            self._submit(job)

    def _job(self, placement: Placement) -> ImageJob:
        """Decodes and preprocesses; runs in a helper's thread."""
        name = placement.name
        if placement.pixels is None:
            pixels = self._shelf.load(placement.picture)
            names = {picture.id: picture.name for picture in self._shelf.pictures()}
            name = name or names[placement.picture]
        else:
            try:
                pixels = pixels_of(placement.pixels, self._limits)
            except LayerwalkError as error:
                raise type(error)(f"'{name}': {error}" if name else str(error)) from error
        view, args, kwargs = self._prepared(pixels)
        picture = Picture(name, placement.picture, view, sent=placement.pixels)
        return ImageJob(placement.number, self._frame, picture, args, kwargs, placement.arrived_s)

    def _prepared(self, pixels: Pixels) -> tuple[Pixels, tuple[Any, ...], dict[str, Any]]:
        """What the network sees, and its arguments."""
        assert self._loaded.preprocess is not None
        prepared = self._loaded.preprocess(pixels)
        args, kwargs = image_arguments(self._loaded.example_input, prepared.tensor)
        return np.ascontiguousarray(prepared.view), args, kwargs

    def _submit_example(self, number: int) -> None:
        example = self._loaded.example_input
        args, kwargs = example_arguments(example)
        picture = Picture("example input", "", picture_of(example))
        self._submit(ImageJob(number, self._frame, picture, args, kwargs, time.monotonic()))


def pixels_of(buffer: np.ndarray, limits: Limits) -> np.ndarray:
    """The image in a buffer that a client sent, uint8 (H, W, 3): a file's bytes, or pixels.

    Raises InvalidImage, or TooLarge before anything is decoded.
    """
    if buffer.dtype != np.uint8:
        raise InvalidImage(f"pixels are uint8, not {buffer.dtype}; scale them to 0 .. 255")
    if buffer.ndim == 1:
        data = buffer.tobytes()
        return decode(data, max_bytes=limits.image_bytes, max_pixels=limits.image_pixels)
    return from_pixels(buffer, max_pixels=limits.image_pixels)
