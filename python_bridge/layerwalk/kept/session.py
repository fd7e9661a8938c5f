"""A session as it is kept, and the manifest that says what its file holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from layerwalk.kept.recording import Recording

FORMAT = "layerwalk session"
MAJOR, MINOR = 1, 0  # of the file; another major is refused, what a newer minor adds is ignored
SUFFIX = ".layerwalk"

MANIFEST, DOCUMENT = "layerwalk.json", "document.json"
MAX_MANIFEST_BYTES = 4 << 20
MAX_DOCUMENT_BYTES = 16 << 20
MAX_PICTURES = 1001  # a shelf, and the image that was placed
MAX_PICTURE_BYTES = 32 << 20
MAX_PICTURES_BYTES = 512 << 20  # of all of them
MAX_CAPTURED_BYTES = 2 << 30
MAX_ENTRIES = 8192

# Terminals show these: whoever makes a file shall not write to them as a program does.
_SHOWN = r"^[^\x00-\x1f\x7f-\x9f]*\Z"
Text = Annotated[str, Meta(max_length=4096, pattern=_SHOWN)]
Word = Annotated[str, Meta(max_length=256, pattern=_SHOWN)]
Edge = Annotated[int, Meta(ge=1, le=1 << 14)]


class NetworkReference(msgspec.Struct, frozen=True, kw_only=True):
    """Which network it was; the file holds none.

    `source` as it was given to the command ('' for a model that was passed from Python), and so
    `weights` ('' for none: "default", "none" or a file) and `input_size` (height, width; pixels).
    `weights_used` says in words which were. `structure` is `structure_hash`'s.
    """

    title: Text
    source: Text = ""
    weights: Text = ""
    weights_used: Text = ""
    input_size: tuple[Edge, Edge] | None = None
    structure: Word = ""
    layers: Annotated[int, Meta(ge=0)] = 0


@dataclass(frozen=True)
class KeptPicture:
    """A picture of the shelf: its id, its name, and the bytes of its file."""

    id: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class KeptSession:
    """What a `.layerwalk` file holds.

    `document` is the shared document, in plain values, whatever parts it has; `placed` the id of
    the picture that was in the input frame ('' for none); `settings` what a visitor's own page
    adds, by name; `recording` what a viewer was sent, None if that was not kept. `left_out` says in
    sentences what did not come into the file; it is not written. `layerwalk` is the version that
    kept it.
    """

    network: NetworkReference
    document: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[KeptPicture, ...] = ()
    placed: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    recording: Recording | None = None
    left_out: tuple[str, ...] = ()
    layerwalk: str = ""


class PictureEntry(msgspec.Struct, frozen=True):
    """A picture of the shelf, and the entry of the ZIP archive that holds its file."""

    id: Annotated[str, Meta(min_length=1, max_length=256, pattern=_SHOWN)]
    name: Word
    entry: Word


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The first entry of the archive: what it is, and what the others are."""

    format: str
    version: tuple[int, int]
    layerwalk: Word = ""
    network: NetworkReference
    pictures: Annotated[tuple[PictureEntry, ...], Meta(max_length=MAX_PICTURES)] = ()
    placed: Word = ""
    settings: Annotated[dict[Word, Any], Meta(max_length=256)] = {}
    captured: Annotated[tuple[Word, ...], Meta(max_length=MAX_ENTRIES)] = ()
