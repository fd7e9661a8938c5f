"""ZIP files from anywhere: whatever is wrong with one is told by the name of its part."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from layerwalk.errors import InvalidDataset

_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, SyntaxError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


@contextmanager
def explained(part: str) -> Iterator[None]:
    """Whatever cannot be read of a part becomes InvalidDataset."""
    try:
        yield
    except InvalidDataset:
        raise
    except _UNREADABLE as error:
        raise InvalidDataset(f"{part} is damaged or cut off: {error}"[:500]) from None


def opened_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP. Raises InvalidDataset."""
    with explained("the ZIP"):
        return zipfile.ZipFile(stream)
