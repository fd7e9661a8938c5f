"""The shelf: pictures a visitor can pick up and carry to the network."""

from __future__ import annotations

import io
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layerwalk.errors import InvalidImage, LayerwalkError, UnknownPicture, nearest
from layerwalk.images.check import Check, Unreadable, told
from layerwalk.images.decode import (
    SUFFIXES,
    Pixels,
    decode,
    encode_png,
    from_pixels,
    header,
    shrink,
)

logger = logging.getLogger(__name__)

MAX_PICTURES = 1000
MAX_THUMBNAIL_BYTES = 64 << 20  # of those that are kept

Item = str | Path | NDArray[np.generic]


@dataclass(frozen=True)
class ShelfPicture:
    """A picture on the shelf: `id` names it on the wire and in links, sizes in pixels."""

    id: str
    name: str
    width: int
    height: int


class Shelf:
    """Pictures in order, by id. Only what is on it can be opened; ids are never paths.

    `unreadable` are files that were to be on it.
    """

    def __init__(
        self,
        items: Iterable[tuple[ShelfPicture, Path | Pixels | bytes]] = (),
        unreadable: Iterable[Unreadable] = (),
    ) -> None:
        self.unreadable = tuple(unreadable)
        self._items = {picture.id: (picture, content) for picture, content in items}
        self._thumbnails = _Thumbnails(MAX_THUMBNAIL_BYTES)

    @classmethod
    def empty(cls) -> Shelf:
        """A shelf without pictures."""
        return cls()

    @classmethod
    def of(
        cls, images: Item | Iterable[Item] | Mapping[str, Item], *, names: Iterable[str] = ()
    ) -> Shelf:
        """A shelf of files, folders (with their subfolders, sorted) and arrays, in this order.

        Arrays are as `from_pixels` takes them; a mapping names its pictures, and `names`
        names the first ones of a list of files. What is in a folder but no image is left out;
        a broken image is skipped, which is logged. Raises `InvalidImage` for a path that does
        not exist.
        """
        found = list(_found(images))
        for index, name in enumerate(names):
            found[index] = (name, found[index][1])
        if len(found) > MAX_PICTURES:
            logger.warning(
                "the shelf holds %d pictures; %d were left out; name fewer folders",
                MAX_PICTURES,
                len(found) - MAX_PICTURES,
            )
        unreadable: list[Unreadable] = []
        pictures = list(_measured(found[:MAX_PICTURES], unreadable))
        return cls(pictures, unreadable)

    @classmethod
    def of_files(cls, files: Iterable[tuple[str, str, bytes]]) -> Shelf:
        """A shelf of files' contents, each with the id it is to have and its name, in this order.

        What is no image, or too large, is `unreadable`, which is logged.
        """
        unreadable: list[Unreadable] = []
        items = []
        for id, name, data in files:
            try:
                width, height = header(io.BytesIO(data))
            except LayerwalkError as error:
                unreadable.append(Unreadable(name, str(error)))
                logger.warning("'%s' was left off the shelf: %s", name, error)
                continue
            items.append((ShelfPicture(id, name, width, height), data))
        return cls(items, unreadable)

    def followed_by(self, other: Shelf) -> Shelf:
        """This shelf with the other's pictures behind its own.

        Files that are on this one already are left out; ids that are taken get a number.
        """
        taken = set(self._items)
        files = {content for _, content in self._items.values() if isinstance(content, Path)}
        more = (
            (replace(picture, id=readable_id(picture.id, taken)), content)
            for picture, content in other._items.values()
            if not (isinstance(content, Path) and content in files)
        )
        unreadable = dict.fromkeys((*self.unreadable, *other.unreadable))
        return Shelf([*self._items.values(), *more], unreadable)

    @property
    def left_out(self) -> str:
        """One sentence on the files that could not be read; '' if all could."""
        files = len(self._items) + len(self.unreadable)
        return told(self.unreadable, files, "for the shelf")

    def contents(self) -> tuple[tuple[ShelfPicture, Path | Pixels | bytes], ...]:
        """All pictures with their files, pixels or files' contents, in order."""
        return tuple(self._items.values())

    def pictures(self) -> tuple[ShelfPicture, ...]:
        """All pictures, in order."""
        return tuple(picture for picture, _ in self._items.values())

    def load(self, picture: str) -> Pixels:
        """Pixels of the picture with this id: sRGB, uint8 (H, W, 3).

        Raises `UnknownPicture`, or `InvalidImage` where the file is broken or gone.
        """
        content = self._item(picture)[1]
        if isinstance(content, np.ndarray):
            return content
        try:
            return decode(content if isinstance(content, bytes) else content.read_bytes())
        except OSError as error:
            raise InvalidImage(
                f"the picture '{picture}' cannot be read any more ({error.strerror}); "
                "restart with the folder it is in now"
            ) from error
        except InvalidImage as error:
            raise InvalidImage(f"the picture '{picture}' is broken: {error}") from error

    def encoded(self, picture: str) -> bytes:
        """The picture's file as it is; an array becomes a PNG. Raises as `load`."""
        content = self._item(picture)[1]
        if isinstance(content, bytes):
            return content
        if isinstance(content, np.ndarray):
            return encode_png(content)
        try:
            return content.read_bytes()
        except OSError as error:
            raise InvalidImage(
                f"the picture '{picture}' cannot be read any more ({error.strerror})"
            ) from error

    def thumbnail(self, picture: str, edge_px: int = 256) -> Pixels:
        """The picture with its longer edge at most `edge_px`, uint8 (h, w, 3)."""
        kept = self._thumbnails.get((picture, edge_px))
        if kept is None:
            kept = shrink(self.load(picture), edge_px)
            self._thumbnails.keep((picture, edge_px), kept)
        return kept

    def _forget_thumbnails(self, picture: str) -> None:
        self._thumbnails.forget(picture)

    def _item(self, picture: str) -> tuple[ShelfPicture, Path | Pixels | bytes]:
        if picture not in self._items:
            some = ", ".join(f"'{known}'" for known in list(self._items)[:3])
            remedy = nearest(picture, self._items) or (
                f"; on it are {some}" if some else "; the shelf is empty"
            )
            raise UnknownPicture(f"'{picture[:200]}' is not on the shelf{remedy}")
        return self._items[picture]


class _Thumbnails:
    """The thumbnails that were asked for last, as many as `max_bytes` hold; for any thread."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[str, int], Pixels] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int]) -> Pixels | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def forget(self, picture: str) -> None:
        with self._lock:
            for key in [key for key in self._kept if key[0] == picture]:
                self._bytes -= self._kept.pop(key).nbytes

    def keep(self, key: tuple[str, int], pixels: Pixels) -> None:
        with self._lock:
            if key in self._kept or pixels.nbytes > self._max_bytes:
                return
            self._kept[key] = pixels
            self._bytes += pixels.nbytes
            while self._bytes > self._max_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.nbytes


def _found(images: Item | Iterable[Item] | Mapping[str, Item]) -> Iterator[tuple[str, Item]]:
    """Every picture with its name, folders opened."""
    if isinstance(images, Mapping):
        for name, item in images.items():
            yield from ((name, one) for _, one in _found(item))
    elif isinstance(images, np.ndarray):
        yield "picture", images
    elif isinstance(images, str | Path):
        path = Path(images).expanduser()
        if not path.exists():
            raise InvalidImage(f"'{path}' does not exist; name an image file or a folder of them")
        yield from ((file.name, file) for file in (image_files(path) if path.is_dir() else [path]))
    else:
        for item in images:
            yield from _found(item)


def image_files(folder: Path) -> list[Path]:
    """The images in a folder and its subfolders, sorted, without what is hidden."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
    )


def _measured(
    found: Iterable[tuple[str, Item]], unreadable: list[Unreadable]
) -> Iterator[tuple[ShelfPicture, Path | Pixels]]:
    """Each picture with its id and size; what is broken is logged, and `unreadable`."""
    taken: set[str] = set()
    check = Check()
    for name, item in found:
        try:
            if isinstance(item, np.ndarray):
                pixels = from_pixels(item)
                content: Path | Pixels = pixels
                height, width = pixels.shape[:2]
            else:
                content = file = Path(item).resolve()
                width, height = check.size(file)
        except LayerwalkError as error:
            place = None if isinstance(item, np.ndarray) else Path(item).resolve()
            unreadable.append(Unreadable(name, str(error), place))
            logger.warning("'%s' was left off the shelf: %s", name, error)
            continue
        yield ShelfPicture(readable_id(name, taken), name, width, height), content


def readable_id(name: str, taken: set[str]) -> str:
    """A readable id for links, the same from start to start as long as the files are."""
    base = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or "picture"
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    taken.add(candidate)
    return candidate
