"""Whether image files can be read, found out at the start without decoding all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layerwalk.errors import TooLarge
from layerwalk.images.decode import MAX_BYTES, MAX_PIXELS, decode, header, look_into, seems_cut_off

MOST_DECODED = 32  # of the files that seem cut off: whether they are takes decoding them
MOST_NAMED = 3


@dataclass(frozen=True)
class Unreadable:
    """A file that is left out, by its name, and why; `file` tells files of one name apart."""

    name: str
    reason: str
    file: Path | None = None


class Check:
    """Looks at one file after the other."""

    def __init__(self, *, max_pixels: int = MAX_PIXELS) -> None:
        self._max_pixels = max_pixels
        self._decoded = 0

    def size(self, file: Path) -> tuple[int, int]:
        """Width and height. Raises InvalidImage or TooLarge for what cannot be shown."""
        size = header(file, max_pixels=self._max_pixels)
        self._look_at_its_end(file)
        return size

    def look(self, file: Path) -> None:
        """As `size`, in less time: for files of which there may be thousands."""
        look_into(file, max_pixels=self._max_pixels)
        self._look_at_its_end(file)

    def _look_at_its_end(self, file: Path) -> None:
        if file.stat().st_size > MAX_BYTES:
            raise TooLarge(f"it has more than {MAX_BYTES:,} bytes; save it smaller")
        if self._decoded < MOST_DECODED and seems_cut_off(file):
            self._decoded += 1
            decode(file.read_bytes(), max_pixels=self._max_pixels)


def told(unreadable: Sequence[Unreadable], files: int, where: str, *, more: bool = False) -> str:
    """One sentence on those of so many files that cannot be read; '' for none.

    With `more` it goes on after another one: these are not all.

    What an error says behind a semicolon is its remedy: that a reader knows once the file is named.
    """
    if not unreadable:
        return ""
    some = ", ".join(f"{one.name} ({one.reason.split(';')[0]})" for one in unreadable[:MOST_NAMED])
    unnamed = len(unreadable) - MOST_NAMED
    rest = f", and {unnamed} more" if unnamed > 0 else ""
    count = f"{len(unreadable)} more" if more else f"{len(unreadable)}"
    return f"{count} of {files} files {where} could not be read: {some}{rest}"
