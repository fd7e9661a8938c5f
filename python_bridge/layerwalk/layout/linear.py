"""The linear layout: one aisle, stations left and right of it, from photograph to prediction."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from layerwalk.layout import measures
from layerwalk.layout.blocks import Blocks, initially_expanded
from layerwalk.layout.building import Building
from layerwalk.layout.corridor import Corridor
from layerwalk.layout.grouping import group_places
from layerwalk.layout.overhead import Canopy
from layerwalk.layout.rails import overhead_edges
from layerwalk.layout.rooms import plan_rooms
from layerwalk.layout.sections import walking_steps
from layerwalk.layout.stands import Stands
from layerwalk.layout.surroundings import board, opening_wall
from layerwalk.network import Network
from layerwalk.room import Room, Stand, Station

SHELF_NOTE = "choose another photograph"

_START = Stand((0.0, 0.0, 0.75))


def corridor(
    network: Network,
    expanded: Collection[str] | None = None,
    *,
    class_names: Sequence[str] = (),
    revision: int = 1,
    photograph: bool = False,
    shelf_note: str = SHELF_NOTE,
    spacing: float = 1.0,
) -> Room:
    """The corridor of a network with the blocks `expanded` open; without them, as it is at first.

    `class_names` name the tiles of the last layer; `photograph` says whether the network's
    first input is made of one; `shelf_note` stands beside the shelf's name. Stations are `spacing`
    times as far apart as usual. The same arguments give the same room. Works for every network,
    also an empty one.
    """
    open_blocks = frozenset(initially_expanded(network) if expanded is None else expanded)
    blocks = Blocks.of(network)
    places = group_places(network, blocks.closed(open_blocks))
    steps = walking_steps(places)
    overhead = overhead_edges(places, steps)
    building = Building()
    stands = Stands(building, places, blocks, len(class_names), spacing)
    plan = plan_rooms(steps, places, stands, decision=bool(class_names))
    aisle = Corridor(stands, places, steps, overhead, plan)
    end_z = aisle.build() - measures.BOARD_GAP
    aisle.finish(end_z)
    Canopy(stands, places, overhead, steps).build()
    first_wall = opening_wall(building, -1, *_input_words(network, photograph))
    shelf = opening_wall(building, 1, "Shelf", shelf_note)
    return Room(
        network=network.name,
        revision=revision,
        expanded=tuple(sorted(open_blocks & {block.name for block in network.blocks})),
        stations=_in_walking_order(building),
        texts=tuple(building.texts),
        boxes=tuple(building.boxes),
        tubes=tuple(building.tubes),
        floor_lines=tuple(building.floor_lines),
        rings=tuple(building.rings),
        discs=tuple(building.discs),
        fields=tuple(building.fields),
        gates=tuple(building.gates),
        marks=tuple(sorted(building.marks, key=lambda mark: (-mark.near_m, mark.kind))),
        photograph=first_wall,
        shelf=shelf,
        board=board(end_z),
        start=_START,
        end_m=end_z,
        spacing=spacing,
    )


def _in_walking_order(building: Building) -> tuple[Station, ...]:
    """Stations as the visitor comes to them; on branches, left and right take turns."""
    order = sorted(building.stations, key=lambda p: (-building.frames[p][0].inner_z, p))
    return tuple(building.stations[p] for p in order)


def _input_words(network: Network, photograph: bool) -> tuple[str, str]:
    """Name and size on the first wall: what the network takes of one photograph, or at all."""
    axes = network.inputs[0].axes if network.inputs else ()
    if photograph:
        axes = tuple(axis for axis in axes if axis.name != "batch")
    return "Photograph" if photograph else "Input", " × ".join(str(axis.size) for axis in axes)
