"""The shared document: what all viewers of a session see alike.

A change is `(base revision, path, value)`, and the last writer wins. Who holds a place for a
while leases it; a lease expires, and is given back when its viewer leaves. The bridge itself
writes the parts that tell of networks and inputs (`put`); clients write the others.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from layerwalk.errors import InvalidChange, Leased, UnknownLayer, UnknownPicture, instead
from layerwalk.protocol.messages import DOCUMENT_VALUES, Bookmark, Live
from layerwalk.room import Layout, Transform

MAX_BOOKMARKS = 256
MAX_NAME_CHARACTERS = 100
MAX_LINK_CHARACTERS = 2000
MAX_NOTE_CHARACTERS = 1000
MAX_LEASE_SECONDS = 30.0
MAX_LEASES_PER_VIEWER = 64
MAX_THINGS = 64  # pictures of a network that stand off the shelf: each takes memory of all viewers
MAX_DISTANCE_M = 10_000.0
MIN_SCALE, MAX_SCALE = 0.01, 100.0
MIN_RATE_HZ = 0.1
INPUT = "input"  # the input frame that every network has
MORE_FRAMES = ("input-2", "input-3", "input-4")  # and those that can be added

Path = tuple[str, ...]


class Changed(NamedTuple):
    """The document at `path` became `value` (None: removed); it is at `revision` now."""

    revision: int
    path: Path
    value: Any


class _Lease(NamedTuple):
    viewer: str
    expires: float


class Document:
    """The document of one session; belongs to the thread that serves it.

    `clock` gives seconds that never run backwards; leases are measured by it.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._tree: dict[str, Any] = {
            "networks": {},
            "inputs": {},
            "layout": {},
            "expanded": {},
            "stations": {},
            "hidden": {},
            "pinned": {},
            "things": {},
            "frames": {},
            "pictures": {},
            "bookmarks": {},
            "live": {},
        }
        self._clock = clock
        self._leases: dict[Path, _Lease] = {}
        self._blocks: dict[str, frozenset[str]] = {}
        self._stations: dict[str, frozenset[str]] = {}
        self._live: dict[str, dict[str, int]] = {}
        self._shelf: frozenset[str] = frozenset()
        self.revision = 0

    def tree(self) -> dict[str, Any]:
        """A copy of the whole document, in plain dicts, lists, strings and numbers."""
        return copy.deepcopy(self._tree)

    def get(self, *path: str) -> Any:
        """A copy of the value at `path`; None where nothing stands."""
        place: Any = self._tree
        for part in path:
            if not isinstance(place, dict) or part not in place:
                return None
            place = place[part]
        return copy.deepcopy(place)

    def know(
        self,
        network: str,
        *,
        blocks: Iterable[str] = (),
        stations: Iterable[str] = (),
        live: Mapping[str, int] | None = None,
    ) -> None:
        """Tells which blocks and stations of `network` may be written, beside those known.

        `live` are its live sources by id, with how many frames they have, 0 for no end.
        """
        self._live[network] = {**self._live.get(network, {}), **(live or {})}
        self._blocks[network] = self._blocks.get(network, frozenset()).union(blocks)
        self._stations[network] = self._stations.get(network, frozenset()).union(stations)

    def know_shelf(self, pictures: Iterable[str]) -> None:
        """Tells which pictures the session was started with; what is made is in the document."""
        self._shelf = frozenset(pictures)

    def frames(self, network: str) -> tuple[str, ...]:
        """The input frames of a network, the one that it always has first."""
        added = self._tree["frames"].get(network, {})
        return (INPUT, *(frame for frame in MORE_FRAMES if frame in added))

    def put(self, path: Path, value: Any) -> Changed:
        """A write of the bridge itself, anywhere in the document. `value` None removes."""
        self._set(path, value)
        self.revision += 1
        return Changed(self.revision, path, copy.deepcopy(value))

    def change(self, viewer: str, base: int, path: Path, value: Any) -> Changed | None:
        """A client's write; None if the value stood there already.

        Raises InvalidChange, UnknownLayer, UnknownPicture (network) or Leased. An older `base`
        is no hindrance: the last writer wins.
        """
        if base > self.revision:
            raise InvalidChange(
                f"base revision {base} is ahead of the document, which is at {self.revision}; "
                "ask for a snapshot"
            )
        self._check_path(path)
        if value is not None:
            value = self._checked(path, value)
        self._check_lease(viewer, path)
        value = self._with_pinned(path, value)
        self._check_things(path, value)
        if value == self.get(*path):
            return None
        return self.put(path, value)

    def expand(
        self, viewer: str, network: str, blocks: Iterable[str], *, expanded: bool = True
    ) -> Changed | None:
        """Opens or closes all these blocks in one change; None where they were so already.

        Nothing changes where it raises: UnknownLayer, UnknownPicture (network) or Leased.
        """
        _check_network(network, self._blocks)
        before: dict[str, Any] = self._tree["expanded"].get(network, {})
        after = dict(before)
        for block in blocks:
            path = ("expanded", network, block)
            self._check_path(path)
            self._check_lease(viewer, path)
            if expanded:
                after[block] = True
            else:
                after.pop(block, None)
        return None if after == before else self.put(("expanded", network), after)

    def grab(self, viewer: str, path: Path, seconds: float) -> None:
        """Leases `path` to `viewer` for `seconds` from now; 0 gives it back. Raises as change."""
        self._check_path(path)
        if len(path) == 2 and path[0] != "bookmarks":
            raise InvalidChange(f"'{'/'.join(path)}' is more than one place; lease each alone")
        if not 0 <= seconds <= MAX_LEASE_SECONDS:
            raise InvalidChange(
                f"a lease of {seconds:g} s; leases last 0 to {MAX_LEASE_SECONDS:g} s, renew them"
            )
        self._check_lease(viewer, path)
        if seconds == 0:
            self._leases.pop(path, None)
            return
        own = sum(lease.viewer == viewer for lease in self._leases.values())
        if path not in self._leases and own >= MAX_LEASES_PER_VIEWER:
            raise InvalidChange(
                f"one viewer holds at most {MAX_LEASES_PER_VIEWER} places; give some back"
            )
        self._leases[path] = _Lease(viewer, self._clock() + seconds)

    def release(self, viewer: str) -> None:
        """Gives back every lease of a viewer who left."""
        for path in [p for p, lease in self._leases.items() if lease.viewer == viewer]:
            del self._leases[path]

    def _check_lease(self, viewer: str, path: Path) -> None:
        now = self._clock()
        for held in [p for p, lease in self._leases.items() if lease.expires <= now]:
            del self._leases[held]
        for held, lease in self._leases.items():
            if lease.viewer != viewer and held[: len(path)] == path:
                raise Leased(
                    f"{_said(held)} is held by another viewer; "
                    f"try again in {lease.expires - now:.1f} s"
                )

    def _check_path(self, path: Path) -> None:
        match path:
            case ("expanded", network, block):
                _check_known("block", block, network, self._blocks)
            case ("stations" | "hidden" | "pinned", network, station):
                _check_known("station", station, network, self._stations)
            case ("stations" | "hidden" | "pinned", network):
                _check_network(network, self._stations)
            case ("things", network, picture):
                _check_network(network, self._blocks)
                self._check_picture(picture)
            case ("things", network):
                _check_network(network, self._blocks)
            case ("frames", network, frame):
                _check_network(network, self._blocks)
                if frame not in MORE_FRAMES:
                    raise UnknownPicture(
                        f"'{frame[:100]}' is no input frame that can be added to {network}; there "
                        f"are {', '.join(MORE_FRAMES)}"
                    )
            case ("pictures", picture):
                self._check_made(picture)
            case ("live", network, input):
                _check_input(input, network, self._live)
            case ("layout", network):
                _check_network(network, self._blocks)
            case ("bookmarks", name):
                if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
                    raise InvalidChange(
                        f"a bookmark's name has 1 to {MAX_NAME_CHARACTERS} characters, "
                        f"this one {len(name)}"
                    )
            case _:
                shown = "/".join(path)[:200]
                raise InvalidChange(
                    f"'{shown}' cannot be written; clients write expanded/NETWORK/BLOCK, "
                    "stations, hidden or pinned/NETWORK/STATION (or all, without STATION), "
                    "things/NETWORK/PICTURE (or all), frames/NETWORK/FRAME, live/NETWORK/INPUT, "
                    "layout/NETWORK, bookmarks/NAME, and remove pictures/PICTURE"
                )

    def _check_picture(self, picture: str) -> None:
        if picture not in self._shelf and picture not in self._tree["pictures"]:
            known = (*self._shelf, *self._tree["pictures"])
            raise UnknownPicture(
                f"'{picture[:200]}' is not on the shelf{instead(picture, sorted(known))}"
            )

    def _check_made(self, picture: str) -> None:
        if picture in self._shelf:
            raise UnknownPicture(f"'{picture}' is no made picture, and stays on the shelf")
        made = self._tree["pictures"]
        if picture not in made:
            raise UnknownPicture(
                f"'{picture[:200]}' is no made picture{instead(picture, sorted(made))}"
            )

    def _checked(self, path: Path, value: Any) -> Any:
        match path:
            case ("stations" | "hidden" | "pinned" | "things", _):
                return self._checked_all(path, value)
            case ("pictures", picture):
                raise InvalidChange(f"picture '{picture}' can be removed only; make another one")
        try:
            value = msgspec.convert(value, DOCUMENT_VALUES[path[0]])
        except (msgspec.ValidationError, RecursionError) as error:
            raise InvalidChange(f"value of {'/'.join(path)}: {error}") from None
        if isinstance(value, Transform):
            # Plain lists, as every client decodes them: tuples would not compare equal.
            return msgspec.json.decode(msgspec.json.encode(_checked_transform(value, path)))
        if isinstance(value, Live):
            return msgspec.to_builtins(_checked_live(value, self._live[path[1]]))
        if isinstance(value, Layout):
            return msgspec.to_builtins(value)
        if isinstance(value, Bookmark):
            self._check_bookmark(path[1], value)
            return msgspec.to_builtins(value)
        # A block that is not expanded has no entry, so that there is one way to say it.
        return None if value is False else value

    def _checked_all(self, path: Path, value: Any) -> dict[str, Any] | None:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise InvalidChange(f"value of {'/'.join(path)}: values by station, or none")
        for station in value:
            self._check_path((*path, station))
        checked = {key: self._checked((*path, key), one) for key, one in value.items()}
        # What says nothing has no entry, so that there is one way to say it.
        return {key: one for key, one in checked.items() if one is not None} or None

    def _with_pinned(self, path: Path, value: Any) -> Any:
        """Stations that are pinned stay where they are: one is refused, all leave them out."""
        match path:
            case ("stations", network, station) if self.get("pinned", network, station):
                raise InvalidChange(f"{station} is pinned; unpin it to move it")
            case ("stations", network):
                pinned = self.get("pinned", network) or {}
                kept = {k: at for k, at in (self.get(*path) or {}).items() if k in pinned}
                others = {k: at for k, at in (value or {}).items() if k not in pinned}
                return {**others, **kept} or None
        return value

    def _check_things(self, path: Path, value: Any) -> None:
        if path[0] != "things" or value is None:
            return
        things = value if len(path) == 2 else {**(self.get("things", path[1]) or {}), path[2]: 1}
        if len(things) > MAX_THINGS:
            raise InvalidChange(
                f"at most {MAX_THINGS} pictures stand in a room; put some back on the shelf"
            )

    def _check_bookmark(self, name: str, bookmark: Bookmark) -> None:
        for what, text, most in (
            ("link", bookmark.link, MAX_LINK_CHARACTERS),
            ("note", bookmark.note, MAX_NOTE_CHARACTERS),
        ):
            if len(text) > most:
                raise InvalidChange(
                    f"a bookmark's {what} has at most {most} characters, this one {len(text)}"
                )
        bookmarks = self._tree["bookmarks"]
        if name not in bookmarks and len(bookmarks) >= MAX_BOOKMARKS:
            raise InvalidChange(f"there are {MAX_BOOKMARKS} bookmarks already; remove one first")

    def _set(self, path: Path, value: Any) -> None:
        place = self._tree
        for part in path[:-1]:
            place = place.setdefault(part, {})
        if value is None:
            place.pop(path[-1], None)
        else:
            place[path[-1]] = copy.deepcopy(value)


def _said(path: Path) -> str:
    """A place of the document as visitors know it: by the layer or block, where it is of one."""
    return path[2] if len(path) > 2 else f"the {path[0]} of {path[-1]}"


def _check_network(network: str, known: Mapping[str, Any]) -> None:
    if network not in known:
        raise UnknownPicture(
            f"network '{network[:200]}' is not in this session{instead(network, known)}"
        )


def _check_known(what: str, name: str, network: str, known: dict[str, frozenset[str]]) -> None:
    _check_network(network, known)
    if name not in known[network]:
        raise UnknownLayer(
            f"{what} '{name[:200]}' is not in {network}{instead(name, sorted(known[network]))}"
        )


def _check_input(input: str, network: str, known: Mapping[str, Any]) -> None:
    _check_network(network, known)
    if input != INPUT:
        raise UnknownPicture(f"'{input[:100]}' is no input frame of {network}; nearest: '{INPUT}'")


def _checked_live(live: Live, known: Mapping[str, int]) -> Live:
    if live.source not in known:
        some = ", ".join(f"'{source}'" for source in known)
        remedy = f"; there are {some}" if some else "; start the bridge with --live"
        raise InvalidChange(f"'{live.source[:200]}' is no live source of this bridge{remedy}")
    if 0 < live.rate_hz < MIN_RATE_HZ:
        raise InvalidChange(
            f"a rate of {live.rate_hz:g} images a second; rates are {MIN_RATE_HZ:g} to 60, or 0 "
            "for the source's own"
        )
    frames = known[live.source]
    if live.position is not None and 0 < frames <= live.position:
        raise InvalidChange(
            f"'{live.source}' has {frames} frames, from 0 on; there is none at {live.position}"
        )
    return msgspec.structs.replace(live, error="")


def _checked_transform(transform: Transform, path: Path) -> Transform:
    numbers = (*transform.position_m, *transform.rotation, transform.scale)
    norm = math.hypot(*transform.rotation)
    if not all(math.isfinite(number) for number in numbers) or not math.isfinite(norm):
        raise InvalidChange(f"value of {'/'.join(path)}: numbers must be finite")
    if max(map(abs, transform.position_m)) > MAX_DISTANCE_M:
        raise InvalidChange(
            f"value of {'/'.join(path)}: positions lie within {MAX_DISTANCE_M:g} m of the origin"
        )
    if norm < 1e-6:
        raise InvalidChange(f"value of {'/'.join(path)}: (0, 0, 0, 0) is no rotation")
    if not MIN_SCALE <= transform.scale <= MAX_SCALE:
        raise InvalidChange(f"value of {'/'.join(path)}: scales are {MIN_SCALE:g} to {MAX_SCALE:g}")
    x, y, z, w = (part / norm for part in transform.rotation)
    return msgspec.structs.replace(transform, rotation=(x, y, z, w))
