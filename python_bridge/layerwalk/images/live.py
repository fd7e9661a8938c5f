"""Live sources as they are named at the start: what there is to choose from, and how to open it.

Nothing that comes over the wire opens anything: viewers choose among these by their ids.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np

from layerwalk.errors import LayerwalkError, LiveFailed
from layerwalk.images.check import Check, Unreadable, told
from layerwalk.images.decode import MAX_PIXELS, SUFFIXES
from layerwalk.images.opened import Camera, Folder, Function, Iteration, Row, Tap, Tape, Video
from layerwalk.images.shelf import Shelf, image_files, readable_id

logger = logging.getLogger(__name__)

SLIDE_HZ = 0.5  # of a folder: time to look around
ROW_HZ = 10.0  # of one's own sequence
MAX_LIVE = 32

Kind = Literal["camera", "video", "folder", "frames"]
_CAMERA = re.compile(r"camera(?::(\d{1,3}))?")
_STILL = SUFFIXES - {".gif", ".avif", ".webp"}  # these may move


@dataclass(frozen=True)
class LiveSource:
    """A source by its id. `frames` 0: endless, or not known; `rate_hz` 0: as they come.

    `unreadable` are files of a folder that cannot be read, which are no frames.
    """

    id: str
    name: str
    kind: Kind
    frames: int
    rate_hz: float
    open: Callable[[], Tape | Tap]
    unreadable: tuple[Unreadable, ...] = ()

    def left_out(self, known: Container[Path | None] = ()) -> str:
        """One sentence on the files that cannot be read, without those `known`; '' for none."""
        files = self.frames + len(self.unreadable)
        fresh = [one for one in self.unreadable if one.file not in known]
        more = len(fresh) < len(self.unreadable)
        return told(fresh, files, f"of '{self.name}'", more=more)


def live_sources(live: Any = None, *, max_pixels: int = MAX_PIXELS) -> tuple[LiveSource, ...]:
    """What `live=` names: one source, several in a list, or in a mapping with their names.

    A source is "camera", "camera:1", a video file, a folder of images, an array of frames
    (N, H, W, 3), another sequence or iterable of frames, or a function that returns the frame of
    now. Raises LiveFailed for what can be known not to work.
    """
    if live is None:
        return ()
    found: list[LiveSource] = []
    taken: set[str] = set()
    for name, item in _named(live):
        source = _source(item, name, max_pixels)
        found.append(replace(source, id=readable_id(source.name, taken)))
    if len(found) > MAX_LIVE:
        raise LiveFailed(f"{len(found)} live sources are more than {MAX_LIVE}; name fewer")
    return tuple(found)


def left_out(shelf: Shelf, sources: Iterable[LiveSource]) -> tuple[str, ...]:
    """Sentences on the files of shelf and sources that cannot be read, each file in one only."""
    sentences = [shelf.left_out]
    known = {one.file for one in shelf.unreadable}
    for source in sources:
        sentences.append(source.left_out(known))
        known.update(one.file for one in source.unreadable)
    return tuple(sentence for sentence in sentences if sentence)


def is_camera(item: Any) -> bool:
    """Whether a source names a camera: "camera", "camera:1"."""
    return isinstance(item, str) and _CAMERA.fullmatch(item) is not None


def _named(live: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(live, Mapping):
        return [(str(name), item) for name, item in live.items()]
    if isinstance(live, list | tuple):
        return [("", item) for item in live]
    return [("", live)]


def _source(item: Any, name: str, max_pixels: int) -> LiveSource:
    if isinstance(item, str) and (camera := _CAMERA.fullmatch(item)):
        return _camera(int(camera[1] or 0), name or item, max_pixels)
    if isinstance(item, str | Path):
        return _file(Path(item).expanduser(), name, max_pixels)
    if isinstance(item, np.ndarray) and item.ndim != 4:
        raise LiveFailed(
            f"a live array of shape {item.shape} is no row of frames; give (N, H, W, 3), or "
            "place a still image"
        )
    name = name or getattr(item, "__name__", "") or "frames"
    if hasattr(item, "__getitem__") and hasattr(item, "__len__"):
        if len(item) == 0:
            raise LiveFailed(f"live source '{name}' has no frames; give one or more")
        opened = partial(Row, item, max_pixels=max_pixels)
        return LiveSource("", name, "frames", len(item), ROW_HZ, opened)
    if isinstance(item, Iterable):
        return LiveSource(
            "", name, "frames", 0, 0.0, partial(Iteration, item, max_pixels=max_pixels)
        )
    if callable(item):
        return LiveSource(
            "", name, "frames", 0, 0.0, partial(Function, item, max_pixels=max_pixels)
        )
    raise LiveFailed(
        f"a live source of type {type(item).__name__} gives no frames; give 'camera', a video "
        "file, a folder, an iterable of frames or a function that returns one"
    )


def _camera(number: int, name: str, max_pixels: int) -> LiveSource:
    """Opened for a moment, to know that it is there."""
    opened = partial(Camera, number, max_pixels=max_pixels)
    with closing(opened()) as camera:
        return LiveSource("", name, "camera", 0, camera.rate_hz, opened)


def _file(path: Path, name: str, max_pixels: int) -> LiveSource:
    if not path.exists():
        raise LiveFailed(
            f"live source '{path}' does not exist; name a video, a folder of images, or 'camera'"
        )
    name = name or path.resolve().name
    if path.is_dir():
        return _folder(path, name, max_pixels)
    if path.suffix.lower() in _STILL:
        raise LiveFailed(f"'{path}' is a still image; give its folder, or put it on the shelf")
    video = Video(path, max_pixels=max_pixels)
    with closing(video):
        if video.at(0) is None:
            raise LiveFailed(f"'{path}' has no frame that can be read; give another video")
    opened = partial(Video, path, max_pixels=max_pixels)
    return LiveSource("", name, "video", video.frames, video.rate_hz, opened)


def _folder(path: Path, name: str, max_pixels: int) -> LiveSource:
    """The files that can be read; of the others it is said why."""
    found = image_files(path)
    check, files, unreadable = Check(max_pixels=max_pixels), [], list[Unreadable]()
    for file in found:
        try:
            check.look(file)
        except (LayerwalkError, OSError) as error:
            reason = str(error.strerror) if isinstance(error, OSError) else str(error)
            unreadable.append(Unreadable(file.name, reason, file.resolve()))
        else:
            files.append(file)
    opened = partial(Folder, files, max_pixels=max_pixels)
    source = LiveSource("", name, "folder", len(files), SLIDE_HZ, opened, tuple(unreadable))
    left_out = source.left_out()
    if left_out:
        logger.warning("%s", left_out)
    if not files:
        why = f"; {left_out}" if left_out else ""
        raise LiveFailed(f"there are no images in the folder '{path}'{why}; name another")
    return source
