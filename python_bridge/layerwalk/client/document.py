"""The part of a client that reads and changes the document that all viewers share."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any, Literal
from urllib.parse import quote

import msgspec
import numpy as np

from layerwalk.client.inbox import ANSWER_S, Inbox
from layerwalk.errors import UnknownLayer, instead
from layerwalk.protocol import messages as m
from layerwalk.room import TILE_GAP, Layout, Quaternion, Transform, Vec3

CHANGE_S = 1.0  # an own change that was not heard of by then is asked for


class DocumentCalls:
    """What `Client` does with the document, for the network of that name."""

    def __init__(self, inbox: Inbox, network: str) -> None:
        self._inbox = inbox
        self._name = network
        self._changed = inbox.changed

    def state(self) -> dict[str, Any]:
        """A copy of the shared document."""
        with self._changed:
            return copy.deepcopy(self._inbox.document.tree)

    def events(self) -> Iterator[m.EventMessage]:
        """The numbered events from now on; ends when the client closes."""
        return self._inbox.events()

    def expand(self, *blocks: str) -> None:
        """Opens blocks for everybody, together; returns once the room is rebuilt."""
        self._set_expanded(blocks, True)

    def collapse(self, *blocks: str) -> None:
        """Closes blocks for everybody, together; returns once the room is rebuilt."""
        self._set_expanded(blocks, False)

    def expand_all(self) -> None:
        """Opens every block, also those within others. See `expand`."""
        self._set_expanded(sorted(self._blocks()), True)

    def collapse_all(self) -> None:
        """Closes every block. See `collapse`."""
        self._set_expanded(sorted(self._blocks()), False)

    def set_layout(
        self,
        kind: Literal["linear", "spiral", "tower"],
        *,
        spacing: float = 1.0,
        tile_gap: float = TILE_GAP,
    ) -> None:
        """Lays the room out for everybody: as a "linear" corridor, a "spiral", or a "tower" that
        shows the whole network at once. Returns once the room is rebuilt.

        `spacing`, from 0.5 to 3, is how many times as far apart as usual stations stand, and
        `tile_gap`, from 0 to 1, the free part between tiles, as a part of a tile's edge. Walls that
        were moved stay where they are. Raises InvalidChange for what is out of bounds.
        """
        self._change(("layout", self._name), Layout(kind, spacing, tile_gap))
        with self._changed:
            if not self._inbox.wait(self._laid_out, ANSWER_S):
                raise TimeoutError(f"the room was not rebuilt within {ANSWER_S:g} s")

    def move_layer(
        self,
        layer: str,
        *,
        position_m: Vec3,
        rotation: Quaternion = (0.0, 0.0, 0.0, 1.0),
        scale: float = 1.0,
    ) -> None:
        """Puts a station elsewhere, for everybody. See `room.Transform`.

        It is the one that holds `layer` in the room as it is now: of a layer inside a closed
        block the block's, which the block's name means too. Moves of a closed block and of the
        stations inside it are kept apart: each is back when its station is.
        """
        self._change(self._station(layer), Transform(position_m, rotation, scale))

    def reset_layer(self, layer: str) -> None:
        """Puts the station that `move_layer` moves back where the layout has it."""
        self._change(self._station(layer), None)

    def hold_layer(self, layer: str, *, seconds: float = 5.0) -> None:
        """Keeps others from moving the station that `move_layer` moves, for a while; 0 lets it go.

        Raises Leased if somebody else holds it.
        """
        self._ask(m.Grab(request=0, path=self._station(layer), seconds=seconds))

    def play(
        self,
        source: str | None,
        *,
        playing: bool = True,
        rate_hz: float = 0.0,
        loop: bool = True,
        position: int | None = None,
        input: str = "input",
    ) -> None:
        """Plays a live source of the bridge (its id, see `live_sources`) into the network.

        See `messages.Live`: with `playing` False, the frame at `position` is shown; None for
        `source` ends it. `state()` tells what is played, under "live".
        """
        live = source and m.Live(
            source=source, playing=playing, rate_hz=rate_hz, loop=loop, position=position
        )
        self._change(("live", self._name, input), live or None)

    def live_sources(self) -> tuple[m.LiveSource, ...]:
        """The live sources that the bridge was started with."""
        with self._changed:
            assert self._inbox.welcome is not None
            return self._inbox.welcome.live

    def bookmark(
        self,
        name: str,
        link: str | None = "",
        *,
        layer: str = "",
        note: str = "",
        order: int | None = None,
    ) -> None:
        """Sets a bookmark for everybody, a stop of the tour; `link` None removes it.

        `link` is the address of the web viewer where it stands, of which only what follows the #
        is kept, or name a `layer` to stand before its wall. `note` is what the visitor reads
        there, up to 1,000 characters. A tour goes from the least `order` to the greatest; None
        keeps the bookmark's, or puts a new one behind all others. Raises UnknownLayer, and
        InvalidChange for more than 256 bookmarks, or where a text is too long.
        """
        if link is None:
            self._change(("bookmarks", name), None)
            return
        if layer:
            self._check_layer(layer)
            link = f"#layer={quote(layer, safe='/:,@')}"
        known = self.bookmarks
        if order is None:
            last = max((one.order for one in known.values()), default=-1)
            order = known[name].order if name in known else last + 1
        kept = link[link.find("#") :] if "#" in link else link
        self._change(("bookmarks", name), m.Bookmark(link=kept, note=note, order=order))

    @property
    def bookmarks(self) -> dict[str, m.Bookmark]:
        """The session's bookmarks by name, in the order of its tour."""
        with self._changed:
            kept = self._inbox.document.tree.get("bookmarks", {})
            found = {name: msgspec.convert(one, m.Bookmark) for name, one in kept.items()}
        return dict(sorted(found.items(), key=lambda one: (one[1].order, one[0])))

    # ------------------------------------------------------------ inside

    def _station(self, layer: str) -> tuple[str, str, str]:
        with self._changed:
            stations = self._inbox.rooms[self._name].stations
            blocks = self._inbox.networks[self._name].network.blocks
        for station in stations:
            if layer == station.key or layer in station.layers:
                return "stations", self._name, station.key
        if any(layer == block.name for block in blocks):
            raise UnknownLayer(
                f"block '{layer}' is not closed, so it has no station of its own; collapse it, or "
                "name a layer"
            )
        known = dict.fromkeys(name for one in stations for name in (one.key, *one.layers))
        raise UnknownLayer(f"'{layer}' stands nowhere in the room{instead(layer, known)}")

    def _check_layer(self, name: str) -> None:
        """Raises UnknownLayer for what is neither a layer nor a block of the network."""
        with self._changed:
            network = self._inbox.networks[self._name].network
        known = [one.name for one in network.nodes] + [one.name for one in network.blocks]
        if name not in known:
            raise UnknownLayer(f"'{name}' is not in {self._name}{instead(name, known)}")

    def _laid_out(self) -> bool:
        """Whether the room is in the layout that the document says."""
        layout = self._inbox.document.tree.get("layout", {}).get(self._name) or {}
        room = self._inbox.rooms[self._name]
        return Layout(room.layout, room.spacing, room.tile_gap) == msgspec.convert(layout, Layout)

    def _blocks(self) -> set[str]:
        """The names of all blocks of the network."""
        with self._changed:
            return {one.name for one in self._inbox.networks[self._name].network.blocks}

    def _set_expanded(self, blocks: Sequence[str], expanded: bool) -> None:
        network = self._name
        self._write(m.Expand(request=0, blocks=tuple(blocks), expanded=expanded, network=network))
        with self._changed:
            known = self._blocks()

            def rebuilt() -> bool:
                expanded = self._inbox.document.tree.get("expanded", {}).get(self._name, {})
                room = self._inbox.rooms[self._name]
                return set(room.expanded) == known.intersection(expanded)

            if not self._inbox.wait(rebuilt, ANSWER_S):
                raise TimeoutError(f"the room was not rebuilt within {ANSWER_S:g} s")

    def _change(self, path: tuple[str, ...], value: Any) -> None:
        base = self._inbox.document.revision
        self._write(m.Change(request=0, base=base, path=path, value=value))

    def _write(self, message: Any, payloads: Sequence[np.ndarray] = ()) -> m.Reply:
        """Changes the document; the reply, once this client has heard of the change."""
        reply = self._ask(message, payloads)

        def heard() -> bool:
            return self._inbox.document.revision >= (reply.revision or 0)

        with self._changed:
            if not self._inbox.wait(heard, CHANGE_S):
                self._inbox.ask_snapshot()
                self._inbox.wait(heard, ANSWER_S)
        return reply

    def _ask(self, message: Any, payloads: Sequence[np.ndarray] = ()) -> m.Reply:
        reply, _ = self._inbox.ask(message, payloads)
        assert isinstance(reply, m.Reply)
        return reply
