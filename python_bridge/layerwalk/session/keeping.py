"""Sessions that outlive their bridge: what is kept of one, and how another goes on with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from msgspec.structs import replace

from layerwalk.errors import LayerwalkError, SessionFailed
from layerwalk.images import Shelf, ShelfPicture, encode_png
from layerwalk.kept import (
    KeptPicture,
    KeptSession,
    NetworkReference,
    Recording,
    shown,
    structure_hash,
)
from layerwalk.kept.session import MAX_PICTURE_BYTES, MAX_PICTURES, MAX_PICTURES_BYTES
from layerwalk.layout import SHELF_NOTE
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.protocol.messages import DOCUMENT_VALUES
from layerwalk.room import Layout
from layerwalk.session.document import INPUT, Document, Path
from layerwalk.session.recording import BUDGET_BYTES, Take
from layerwalk.session.runs import Picture

if TYPE_CHECKING:
    from layerwalk.session.session import Session

MAIN = "main"
# What the bridge writes anew, and what belongs to its own machine: cameras and files that play.
_OF_THE_BRIDGE = ("networks", "inputs", "live", "pictures", "settings")
_BY_STATION = ("stations", "hidden", "pinned")  # in this order: nobody moves what is pinned
_BY_NETWORK = (*_BY_STATION, "expanded", "layout")
_NAMED = 3


# ---------------------------------------------------------------- keeping


async def keep(
    session: Session,
    *,
    activations: bool = False,
    budget_bytes: int = BUDGET_BYTES,
    settings: Mapping[str, Any] | None = None,
) -> KeptSession:
    """The session as it is now. In its loop; what takes its time is done by its helpers.

    With `activations` also what a viewer was sent of the newest run, which is waited for, in
    `budget_bytes` of pages. `settings` None are those that the session was opened with.

    Raises SessionFailed while there is no network yet.
    """
    served = session.networks.get(MAIN)
    if served is None or served.network is None or served.room is None or served.loaded is None:
        raise SessionFailed("the network is not traced yet; keep the session once it is ready")
    take = await _take(session, budget_bytes) if activations else None
    run = session.runs.newest((MAIN, INPUT))
    material = _Material(
        network=_reference(session, served.network),
        document=session.document.tree(),
        shelf=session.shelf,
        picture=None if run is None or run.picture.live else run.picture,
        settings=dict(settings if settings is not None else session.document.get("settings") or {}),
        take=take,
    )
    return await session.in_helper(material.kept)


async def _take(session: Session, budget_bytes: int) -> Take:
    while (run := session.runs.newest((MAIN, INPUT))) is None or run.state == "running":
        await session.news.wait()
    served = session.networks[MAIN]
    assert served.room is not None
    return Take(
        session=session.id,
        document=session.document.tree(),
        limits=session.limits,
        published=tuple(map(_as_recorded, served.messages())),
        room=served.room,
        run=run,
        results=dict(run.results),
        shelf=session.shelf,
        budget_bytes=budget_bytes,
    )


def _as_recorded(message: m.Message) -> m.Message:
    """The shelf's sign without what it invites to: a recording has one photograph."""
    if not isinstance(message, m.RoomPublished):
        return message
    texts = tuple(
        replace(text, spans=tuple(span for span in text.spans if SHELF_NOTE not in span.text))
        for text in message.room.texts
    )
    return replace(message, room=replace(message.room, texts=texts))


async def record(session: Session, *, budget_bytes: int = BUDGET_BYTES) -> Recording:
    """What a viewer is sent of the network, its room and the newest run, which is waited for."""
    take = await _take(session, budget_bytes)
    return await session.in_helper(take.recorded)


def _reference(session: Session, network: Network) -> NetworkReference:
    loaded = session.networks[MAIN].loaded
    assert loaded is not None
    given = session.reference or NetworkReference(title="")
    return replace(
        given,
        title=shown(loaded.title),
        weights_used=shown(loaded.weights),
        structure=structure_hash(network),
        layers=len(network.layers()),
    )


@dataclass(frozen=True)
class _Material:
    """What is kept, before files are read and pixels packed."""

    network: NetworkReference
    document: Mapping[str, Any]
    shelf: Shelf
    picture: Picture | None
    settings: dict[str, Any]
    take: Take | None

    def kept(self) -> KeptSession:
        left_out: list[str] = []
        order = {one.id: index for index, one in enumerate(self.shelf.pictures())}
        pictures = sorted(
            _within_bounds(self._pictures(left_out), left_out),
            key=lambda one: order.get(one.id, len(order)),
        )
        placed = self.picture.id or _id_of_placed(self.shelf) if self.picture else ""
        return KeptSession(
            network=self.network,
            document={k: v for k, v in self.document.items() if k not in _OF_THE_BRIDGE},
            pictures=tuple(pictures),
            placed=placed if placed in {one.id for one in pictures} else "",
            settings=self.settings,
            recording=None if self.take is None else self.take.recorded(),
            left_out=tuple(left_out),
            layerwalk=_version(),
        )

    def _pictures(self, left_out: list[str]) -> Iterator[KeptPicture]:
        """The one that was placed first, so that it is there whatever is left out."""
        if self.picture is not None and not self.picture.id and self.picture.sent is not None:
            yield KeptPicture(
                _id_of_placed(self.shelf),
                self.picture.name or "placed",
                _encoded(self.picture.sent),
            )
        for one in sorted(self.shelf.pictures(), key=lambda one: not self._is_placed(one)):
            try:
                yield KeptPicture(one.id, one.name, self.shelf.encoded(one.id))
            except LayerwalkError as error:
                left_out.append(f"{one.name} was not kept: {error}")

    def _is_placed(self, one: ShelfPicture) -> bool:
        return self.picture is not None and one.id == self.picture.id


def _within_bounds(pictures: Iterator[KeptPicture], left_out: list[str]) -> Iterator[KeptPicture]:
    """Those that a file holds, in the order they come."""
    count = total = 0
    for one in pictures:
        if len(one.data) > MAX_PICTURE_BYTES:
            left_out.append(f"{one.name} was not kept: it has {len(one.data):,} bytes")
        elif count >= MAX_PICTURES or total + len(one.data) > MAX_PICTURES_BYTES:
            left_out.append(
                f"{one.name} and what is behind it on the shelf was not kept: a session keeps "
                f"{MAX_PICTURES_BYTES >> 20} MB of pictures"
            )
            return
        else:
            count, total = count + 1, total + len(one.data)
            yield one


def _version() -> str:
    """Of layerwalk; '' where it was not installed."""
    try:
        return metadata.version("layerwalk")
    except metadata.PackageNotFoundError:
        return ""


def _id_of_placed(shelf: Shelf) -> str:
    taken = {one.id for one in shelf.pictures()}
    candidates = ("placed", *(f"placed-{n}" for n in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)


def _encoded(buffer: np.ndarray) -> bytes:
    """What a client sent: a file's bytes, or pixels."""
    if buffer.ndim == 1:
        return buffer.tobytes()
    return encode_png(buffer)


# ---------------------------------------------------------------- going on


class Restoration:
    """A session that was kept, on its way into one that begins.

    Raises SessionFailed for a document with values that no viewer could have written.
    """

    def __init__(self, session: KeptSession) -> None:
        self.session = session
        self._tree = _checked(session.document, [one.id for one in session.pictures])

    @property
    def placed(self) -> str:
        """The picture to place first, '' for the shelf's first."""
        return self.session.placed

    @property
    def form(self) -> Layout:
        """How the room is laid out."""
        return msgspec.convert(self._tree.get("layout", {}).get(MAIN) or {}, Layout)

    def shelf(self) -> Shelf:
        """The pictures, those that can be read, in their order."""
        return Shelf.of_files((one.id, one.name, one.data) for one in self.session.pictures)

    def expanded(self, network: Network) -> frozenset[str] | None:
        """The blocks that were open and that there are; None if that was not kept."""
        opened = self._tree.get("expanded", {}).get(MAIN)
        if opened is None:
            return None
        return frozenset(opened).intersection(block.name for block in network.blocks)

    def parts(self, network: Network) -> Iterator[tuple[Path, Any]]:
        """What the document is to say, as far as this network has it."""
        names = _names_of(network)
        for part in _BY_STATION:
            values = self._tree.get(part, {}).get(MAIN, {})
            here = {key: value for key, value in values.items() if _is_of(names, key)}
            if here:
                yield (part, MAIN), here
        for part, value in self._tree.items():
            if part not in _BY_NETWORK:
                yield (part,), value
        if self.session.settings:
            yield ("settings",), self.session.settings

    def notes(self, network: Network) -> Iterator[str]:
        """In sentences: what of the session does not fit this network."""
        names = _names_of(network)
        lost = sorted({
            key for part in (*_BY_STATION, "expanded")
            for key in self._tree.get(part, {}).get(MAIN, {}) if not _is_of(names, key)
        })  # fmt: skip
        kept = self.session.network
        if lost:
            more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
            some = ", ".join(shown(one[:200]) for one in lost[:_NAMED])
            yield (
                f"This network is not the one the session was kept of ({kept.title}): it has no "
                f"{some}{more}, and what was done to that is left out"
            )
        elif kept.structure and kept.structure != structure_hash(network):
            yield (
                f"This network is built otherwise than the one the session was kept of "
                f"({kept.title}): its layers or their shapes have changed"
            )


def _names_of(network: Network) -> frozenset[str]:
    """Of its layers and blocks."""
    return frozenset((*(node.name for node in network.nodes), *(b.name for b in network.blocks)))


def _is_of(names: frozenset[str], key: str) -> bool:
    """Whether a station or block can be called so: by a layer, or a closed block, which stands
    several times."""
    base, _, number = key.rpartition(":")
    return key in names or (number.isdigit() and base in names)


def _checked(document: Mapping[str, Any], pictures: Iterable[str]) -> dict[str, Any]:
    """The document without the bridge's own parts, each value as a viewer could have written it.

    Parts that are not known are those of a newer layerwalk: they are kept as they are.
    """
    scratch = Document()
    for picture in pictures:  # what stands in the room is on the shelf
        scratch.put(("pictures", picture), {})
    scratch.know(MAIN, blocks=_names(document, "expanded"), stations=_stations(document))
    for part in (*_BY_STATION, "expanded", "layout"):
        values = _table(document, part).get(MAIN)
        if part == "layout":
            _write(scratch, (part, MAIN), values)
        else:
            for name in _names(document, part):
                _write(scratch, (part, MAIN, name), _table(document, part)[MAIN][name])
    if MAIN in _table(document, "expanded"):
        scratch.put(("expanded", MAIN), scratch.get("expanded", MAIN) or {})
    for part in document:
        if part in DOCUMENT_VALUES and part not in (*_BY_NETWORK, *_OF_THE_BRIDGE):
            _write_table(scratch, part, _table(document, part))
    known = {part: value for part, value in scratch.tree().items() if part not in _OF_THE_BRIDGE}
    others = {p: v for p, v in document.items() if p not in known and p not in _OF_THE_BRIDGE}
    return {**known, **others}


def _write_table(scratch: Document, part: str, table: Mapping[str, Any]) -> None:
    """Values by name, or by network and name."""
    for name, value in table.items():
        try:
            scratch.change("", scratch.revision, (part, name), value)
        except LayerwalkError:
            if not isinstance(value, dict):
                _write(scratch, (part, name), value)
            for inner, one in value.items():
                _write(scratch, (part, name, inner), one)


def _write(scratch: Document, path: Path, value: Any) -> None:
    try:
        if value is not None:
            scratch.change("", scratch.revision, path, value)
    except LayerwalkError as error:
        raise SessionFailed(
            f"its document is not one that was kept: {error}; open another file"
        ) from error


def _table(document: Mapping[str, Any], part: str) -> dict[str, Any]:
    table = document.get(part, {})
    if not isinstance(table, dict):
        raise SessionFailed(f"its document has no table '{part}'; open another file")
    return table


def _names(document: Mapping[str, Any], part: str) -> list[str]:
    table = _table(document, part).get(MAIN, {})
    if not isinstance(table, dict):
        raise SessionFailed(f"its document has no table '{part}/{MAIN}'; open another file")
    return list(table)


def _stations(document: Mapping[str, Any]) -> set[str]:
    return {name for part in _BY_STATION for name in _names(document, part)}
