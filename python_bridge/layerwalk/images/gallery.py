"""A session's shelf: the pictures it was started with, and those that visitors made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from layerwalk.errors import TooLarge
from layerwalk.images.decode import Pixels
from layerwalk.images.shelf import Shelf, ShelfPicture, readable_id

MAX_MADE = 64
MAX_MADE_BYTES = 256 << 20  # of all that were made, as pixels

Recipe = Mapping[str, Any]


class Gallery(Shelf):
    """A shelf that made pictures are put on, behind those that `shelf` has, which stays as it is.

    Pictures are put on and taken off in one thread; any other may load them meanwhile.
    """

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf.contents(), shelf.unreadable)
        self._given = frozenset(self._items)
        self._recipes: dict[str, Recipe] = {}
        self._taken = set(self._items)  # ids of removed pictures among them: those stay theirs

    def made(self, recipe: Recipe) -> ShelfPicture | None:
        """The picture that this recipe made already; an empty one makes a new one each time."""
        found = (id for id, known in self._recipes.items() if recipe and known == recipe)
        return next((self._items[id][0] for id in found), None)

    def check_room(self, more_bytes: int = 0) -> None:
        """Raises TooLarge where no further picture of so many bytes can be put on."""
        if len(self._recipes) >= MAX_MADE:
            raise TooLarge(f"{MAX_MADE} pictures have been made already; remove one first")
        held = sum(self.load(id).nbytes for id in self._recipes)
        if held + more_bytes > MAX_MADE_BYTES:
            raise TooLarge(
                f"made pictures have {held:,} bytes, this one {more_bytes:,} more, and "
                f"{MAX_MADE_BYTES:,} are kept; remove one first"
            )

    def put(self, name: str, pixels: Pixels, recipe: Recipe) -> ShelfPicture:
        """Puts a made picture on, uint8 (H, W, 3). Raises TooLarge."""
        self.check_room(pixels.nbytes)
        height, width = pixels.shape[:2]
        id = readable_id(_slug(name), self._taken)
        picture = ShelfPicture(id, name, width, height)
        # Replaced, never changed: other threads are reading it.
        self._items = {**self._items, id: (picture, pixels)}
        self._recipes[id] = recipe
        return picture

    def remove(self, picture: str) -> None:
        """Takes a made picture off, for good; others stay."""
        if self._recipes.pop(picture, None) is None:
            return
        self._items = {id: item for id, item in self._items.items() if id != picture}
        self._forget_thumbnails(picture)

    def given(self) -> tuple[ShelfPicture, ...]:
        """The pictures that the shelf was started with, in order."""
        return tuple(picture for picture in self.pictures() if picture.id in self._given)


def _slug(name: str) -> str:
    """What ids are made of: without dots, behind which file names have their kind; no number alone,
    which would not keep its place in a JavaScript object."""
    stem = re.sub(r"\.[A-Za-z]\w{2,4}$", "", name).replace(".", "-")
    return f"picture-{stem}" if stem.isdigit() else stem
