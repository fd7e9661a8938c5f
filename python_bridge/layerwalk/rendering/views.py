"""What a picture is of: `start`, `overview`, `layer:NAME`, a link, or a flight along a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from layerwalk.errors import RenderFailed

MOST_STOPS = 256
SESSION = "tour"  # the bookmarks of the session that is served already
VIEWS = "start, overview, layer:NAME, path:FILE, or a link that begins with '#'"


@dataclass(frozen=True)
class Still:
    """A view to stand at; `asked` is how the page is told of it."""

    asked: dict[str, str]


@dataclass(frozen=True)
class Flight:
    """A flight along links; None: along the session's bookmarks."""

    links: tuple[str, ...] | None


class _Stop(msgspec.Struct):
    link: str
    name: str = ""
    note: str = ""


class _Tour(msgspec.Struct):
    bookmarks: list[_Stop]


def view_of(text: str, *, served: bool) -> Still | Flight:
    """The view that a text names; `served`: there is a session, which may have bookmarks.

    Raises RenderFailed, also for a file that cannot be read or is no tour.
    """
    if text in ("start", "overview"):
        return Still({"kind": text})
    if text.startswith("#"):
        return Still({"kind": "link", "link": text})
    kind, _, rest = text.partition(":")
    if kind == "layer" and rest:
        return Still({"kind": "layer", "layer": rest})
    if kind == "path" and rest:
        return Flight(None) if served and rest == SESSION else Flight(_links(Path(rest)))
    raise RenderFailed(f"'{text}' is no view; give {VIEWS}")


def _links(file: Path) -> tuple[str, ...]:
    """The links of a tour as the viewer saves it, or of a plain list of bookmarks."""
    try:
        data = file.expanduser().read_bytes()
    except OSError as error:
        raise RenderFailed(
            f"'{file}' cannot be read ({error.strerror}); save a tour in the viewer (Z)"
        ) from error
    try:
        kept: Any = msgspec.json.decode(data)
        whole = kept if isinstance(kept, dict) else {"bookmarks": kept}
        stops = msgspec.convert(whole, _Tour).bookmarks
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise RenderFailed(
            f"'{file}' is no tour ({error}); save one in the viewer (Z), or write a JSON "
            'list of {"link": "#layer=..."}'
        ) from error
    if not 1 <= len(stops) <= MOST_STOPS:
        raise RenderFailed(f"'{file}' has {len(stops)} bookmarks; tours have 1 to {MOST_STOPS}")
    return tuple(stop.link for stop in stops)
