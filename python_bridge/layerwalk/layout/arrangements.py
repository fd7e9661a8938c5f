"""A network's room in the layout that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import msgspec

from layerwalk.layout.linear import SHELF_NOTE, corridor
from layerwalk.layout.spiral import LOOSER, wound
from layerwalk.layout.tower import stacked
from layerwalk.network import Network
from layerwalk.room import Layout, Room

LINEAR = Layout()
# That of the corridor which a layout is made of.
_SPACING: dict[str, Callable[[float], float]] = {
    "linear": lambda spacing: spacing,
    "spiral": lambda spacing: LOOSER * spacing,
    "tower": lambda _: 1.0,
}


def layout(
    network: Network,
    expanded: Collection[str] | None = None,
    *,
    form: Layout = LINEAR,
    class_names: Sequence[str] = (),
    revision: int = 1,
    photograph: bool = False,
    shelf_note: str = SHELF_NOTE,
) -> Room:
    """The room of a network, laid out as `form` says: see `corridor` for the other arguments.

    The spiral and the tower are made of the corridor, so that what stands in a station and on its
    walls, its order, and the depths of the minimap are the same in each.
    """
    room = corridor(
        network,
        expanded,
        class_names=class_names,
        revision=revision,
        photograph=photograph,
        shelf_note=shelf_note,
        spacing=_SPACING[form.kind](form.spacing),
    )
    if form.kind == "spiral":
        room = wound(room)
    elif form.kind == "tower":
        room = stacked(room, form.spacing)
    return msgspec.structs.replace(
        room, layout=form.kind, spacing=form.spacing, tile_gap=form.tile_gap
    )
