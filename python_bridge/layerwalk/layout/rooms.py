"""Rooms of one map size, bays of one block: where gates stand, and which floors have names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layerwalk.layout.blocks import Blocks
from layerwalk.layout.grouping import Place
from layerwalk.layout.sections import Section, Step
from layerwalk.layout.stands import Stands
from layerwalk.layout.vocabulary import plain_kind
from layerwalk.layout.words import block_name, lowered, names_of

_LONGEST_BAY = 24  # steps
_VECTOR = ("vector", 0, 0)
_ATTENDING = frozenset(
    {"matmul", "bmm", "baddbmm", "einsum", "scaleddotproductattention", "multiheadattention"}
)


@dataclass(frozen=True)
class Plan:
    """For each step: its room (a run of one map size), its bay and the block around the bay."""

    rooms: tuple[int, ...]
    titles: tuple[str, ...]
    subtitles: tuple[str, ...]
    bays: tuple[str, ...]
    outer: tuple[str, ...]


def last_place(step: Step) -> int:
    return step.join if isinstance(step, Section) else step


def plan_rooms(
    steps: Sequence[Step], places: Sequence[Place], stands: Stands, decision: bool
) -> Plan:
    """Rooms, their titles, and the bays along the aisle."""
    blocks = stands.blocks
    chains = [_chain(last_place(step), stands) for step in steps]
    bays = _bays(chains, blocks)
    keys = _room_keys(steps, places, chains, bays)
    rooms, room = [], -1
    for before, key in zip([None, *keys], keys, strict=False):
        room += key != before
        rooms.append(room)
    firsts = [rooms.index(r) for r in range(room + 1)]
    titles = tuple(
        _room_title(keys[i], places[last_place(steps[_last(rooms, i)])], decision) for i in firsts
    )
    subtitles = tuple(
        _subtitle(r, rooms, chains, blocks) or _titles(r, rooms, steps, stands)
        for r in range(room + 1)
    )
    outer = _outer_blocks(chains, bays, rooms, blocks)
    return Plan(tuple(rooms), titles, subtitles, tuple(bays), outer)


def _last(rooms: Sequence[int], first: int) -> int:
    return max(i for i, room in enumerate(rooms) if room == rooms[first])


def _chain(p: int, stands: Stands) -> list[str]:
    """The blocks around a place, innermost first; a closed block counts."""
    closed = stands.places[p].closed
    return ([closed] if closed else []) + stands.blocks.around(stands.block(p))


def _size(place: Place) -> tuple[str, int, int]:
    tiles = place.tiles
    if tiles.height * tiles.width == 1:
        return _VECTOR
    if tiles.tiles == 1:
        return ("matrix", tiles.height, 0)
    return ("map", tiles.height, tiles.width)


def _room_keys(
    steps: Sequence[Step],
    places: Sequence[Place],
    chains: Sequence[list[str]],
    bays: Sequence[str],
) -> list[tuple[str, int, int]]:
    """Map sizes, the whole of a block in its last size, short returns to another size left out."""
    sizes = [_size(places[last_place(step)]) for step in steps]
    inside: dict[str, list[int]] = {}
    for i, chain in enumerate(chains):
        for block in chain:
            inside.setdefault(block, []).append(i)
    keys = list(sizes)
    attending = {
        bay for bay, step in zip(bays, steps, strict=True) if bay and _attends(step, places)
    }
    for i, chain in enumerate(chains):
        for block in chain[:2]:
            members = inside[block]
            few = len({sizes[m] for m in members} - {_VECTOR}) <= 2
            if few and len(members) <= _LONGEST_BAY and _rejoins(block, members, chains):
                keys[i] = sizes[members[-1]]
                break
        if bays[i] in attending:  # windows and heads in between are no rooms
            keys[i] = sizes[inside[bays[i]][-1]]
    runs: list[tuple[tuple[str, int, int], int]] = []
    for key in keys:
        if runs and runs[-1][0] == key:
            runs[-1] = (key, runs[-1][1] + 1)
            continue
        if len(runs) > 1 and runs[-2][0] == key and _passing(runs[-1][0], key):
            length = runs.pop()[1]
            runs[-1] = (key, runs[-1][1] + length + 1)
            continue
        runs.append((key, 1))
    return [key for key, length in runs for _ in range(length)]


def _attends(step: Step, places: Sequence[Place]) -> bool:
    kinds = (plain_kind(node.kind) for node in places[last_place(step)].nodes)
    return any(kind in _ATTENDING for kind in kinds)


def _titles(room: int, rooms: Sequence[int], steps: Sequence[Step], stands: Stands) -> str:
    """Titles of the stations of a small room without blocks."""
    titles = [
        lowered(stands.title(last_place(step)))
        for r, step in zip(rooms, steps, strict=True)
        if r == room
    ]
    return " · ".join(titles) if len(titles) <= 3 else ""


def _rejoins(block: str, members: Sequence[int], chains: Sequence[list[str]]) -> bool:
    """Whether the block is a leaf, or directly holds its last step: its output is its own."""
    return chains[members[-1]][0] == block or all(chains[m][0] == block for m in members)


def _passing(key: tuple[str, int, int], around: tuple[str, int, int]) -> bool:
    return key == _VECTOR or around[0] == "matrix"


def _room_title(key: tuple[str, int, int], place: Place, decision: bool) -> str:
    if key[0] == "map":
        return f"{key[1]} × {key[2]}"
    if key[0] == "matrix":
        axes = place.shown.axes
        rows = next((axis.name for axis in axes if axis.role == "row"), "row")
        return f"{key[1]} {rows}s"
    return "Decision" if decision else "Vectors"


def _subtitle(room: int, rooms: Sequence[int], chains: Sequence[list[str]], blocks: Blocks) -> str:
    """Names of the outermost blocks that lie wholly in a room."""
    inside: dict[str, set[int]] = {}
    for r, chain in zip(rooms, chains, strict=True):
        for block in chain:
            inside.setdefault(block, set()).add(r)
    names: list[str] = []
    for r, chain in zip(rooms, chains, strict=True):
        if r == room:
            whole = [block for block in chain if inside[block] == {room}]
            names.append(block_name(blocks.by_name[whole[-1]]) if whole else "")
    found = [name for name in names if name]
    stem = "stem" if room == 0 and found and not names[0] else ""
    text = names_of(found)
    return f"{stem} · {text}" if stem else text


def _bays(chains: Sequence[list[str]], blocks: Blocks) -> list[str]:
    """For each step the outermost block around it that is one unit, '' for none."""
    length: dict[str, int] = {}
    direct: dict[str, int] = {}
    for chain in chains:
        for block in chain:
            length[block] = length.get(block, 0) + 1
        if chain:
            direct[chain[0]] = direct.get(chain[0], 0) + 1

    def unit(block: str) -> bool:
        children = [child for child in blocks.children(block) if child in length]
        small = length[block] <= _LONGEST_BAY
        return small and (not children or (len(children) <= 2 and direct.get(block, 0) > 0))

    return [next((b for b in reversed(chain) if unit(b)), "") for chain in chains]


def _outer_blocks(
    chains: Sequence[list[str]], bays: Sequence[str], rooms: Sequence[int], blocks: Blocks
) -> tuple[str, ...]:
    """For each step the block that holds its bay and others, if it lies within one room."""
    inside: dict[str, set[str]] = {}
    for bay in bays:
        inside.setdefault(blocks.parent.get(bay, ""), set()).add(bay)
    seen: dict[str, set[int]] = {}
    for chain, room in zip(chains, rooms, strict=True):
        for block in chain:
            seen.setdefault(block, set()).add(room)

    def holds_bays(block: str) -> bool:
        return len(inside.get(block, ())) > 1 and len(seen[block]) == 1

    return tuple(
        next((block for block in chain if block != bay and holds_bays(block)), "")
        for chain, bay in zip(chains, bays, strict=True)
    )
