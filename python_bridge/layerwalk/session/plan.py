"""In which order the pages of a run go to a viewer: what its request means for a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from layerwalk.errors import UnknownLayer, instead
from layerwalk.network import TileShape
from layerwalk.page import first_light_level, image_height, level_count, page_level
from layerwalk.protocol import messages as m

RANGE_BYTES = 8  # of a tile: offset and step


class Step(NamedTuple):
    """One message of pages: these levels of a layer, finest first."""

    part: int
    layer: str
    levels: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """All steps for one run, in order; `layers` are those that the request names."""

    layers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def plan(request: m.Request, shapes: Mapping[str, TileShape], *, strict: bool = True) -> Plan:
    """What `request` asks for of layers of these shapes, in the network's order.

    Raises UnknownLayer for a name or glob that stands for none, unless `strict` is False or
    there are no layers at all yet.
    """
    first = m.Part(layers=request.layers, levels=request.levels, first_light=request.first_light)
    budget = _Budget(shapes, request)
    known: dict[str, None] = {}
    steps: list[Step] = []
    for part, one in enumerate((first, *request.then)):
        layers = named(one.layers, shapes, network=request.network, strict=strict)
        known.update(dict.fromkeys(layers))
        steps += [Step(part, *taken) for taken in budget.spend(one, layers) if taken[1]]
    return Plan(tuple(known), tuple(steps))


def is_glob(pattern: str) -> bool:
    """Whether a pattern may name several layers."""
    return any(character in pattern for character in "*?[")


def named(
    patterns: Sequence[str], layers: Iterable[str], *, network: str, strict: bool = True
) -> tuple[str, ...]:
    """The layers that names and globs say, each once: names as they come, globs in `layers`' order.

    Raises UnknownLayer for a pattern that names none, with the nearest names; not if
    `strict` is False, nor for a glob where there are no layers at all.
    """
    known = dict.fromkeys(layers)
    found: dict[str, None] = {}
    for pattern in patterns:
        matches = [pattern] if pattern in known else [x for x in known if fnmatchcase(x, pattern)]
        if strict and not matches and (known or not is_glob(pattern)):
            raise UnknownLayer(f"'{pattern[:200]}' is not in {network}{instead(pattern, known)}")
        found.update(dict.fromkeys(matches))
    return tuple(found)


def levels_at_once(plans: Iterable[Plan]) -> dict[str, frozenset[int]]:
    """The levels but 0 that the first parts of these plans want of each layer."""
    levels: dict[str, frozenset[int]] = {}
    for one in plans:
        for step in one.steps:
            if step.part == 0 and step.levels != (0,):
                coarse = frozenset(step.levels) - {0}
                levels[step.layer] = levels.get(step.layer, frozenset()) | coarse
    return levels


class _Budget:
    """Chooses the levels of each layer, and counts their bytes."""

    def __init__(self, shapes: Mapping[str, TileShape], request: m.Request) -> None:
        self._shapes = shapes
        self._left = request.budget_bytes or None
        self._edge = request.texture_edge or None
        self._spent: dict[str, set[int]] = {}

    def spend(self, part: m.Part, layers: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
        """The levels of each layer that this part adds."""
        wanted = [(layer, self._levels(layer, part)) for layer in layers]
        if part.first_light:
            wanted = self._as_coarse_as_needed(wanted)
        return [(layer, self._take(layer, levels)) for layer, levels in wanted]

    def _levels(self, layer: str, part: m.Part) -> tuple[int, ...]:
        """Those of the part's levels that the layer has and that fit into a texture."""
        shape = self._shapes[layer]
        last = level_count(shape.height, shape.width) - 1
        finest = first_light_level(shape.height, shape.width) if part.first_light else 0
        while self._edge is not None and finest < last and not self._fits(shape, finest):
            finest += 1
        if not part.levels or (self._edge is not None and not self._fits(shape, finest)):
            return ()
        found = tuple(k for k in sorted(set(part.levels)) if finest <= k <= last)
        return found or (finest if min(part.levels) <= finest else last,)

    def _fits(self, shape: TileShape, level: int) -> bool:
        packing = page_level(*shape, level)
        assert self._edge is not None
        return max(packing.width, packing.tile_height) <= self._edge

    def _as_coarse_as_needed(
        self, wanted: list[tuple[str, tuple[int, ...]]]
    ) -> list[tuple[str, tuple[int, ...]]]:
        """All of them coarser by as many levels as it takes for the budget to suffice for all."""
        spent = self._spent
        wanted = [
            (layer, tuple(level for level in levels if level not in spent.get(layer, ())))
            for layer, levels in wanted
        ]
        while self._left is not None and self._cost(wanted) > self._left:
            coarser = [(layer, self._coarser(layer, levels)) for layer, levels in wanted]
            if coarser == wanted:
                break
            wanted = coarser
        return wanted

    def _coarser(self, layer: str, levels: tuple[int, ...]) -> tuple[int, ...]:
        if not levels:
            return ()
        shape = self._shapes[layer]
        last = level_count(shape.height, shape.width) - 1
        return levels[1:] or (min(levels[0] + 1, last),)

    def _cost(self, wanted: list[tuple[str, tuple[int, ...]]]) -> int:
        return sum(self._bytes(layer, levels) for layer, levels in wanted)

    def _take(self, layer: str, levels: tuple[int, ...]) -> tuple[int, ...]:
        """The levels that were not taken yet and are within what is left, finest first."""
        spent = self._spent.setdefault(layer, set())
        fresh = tuple(level for level in levels if level not in spent)
        if self._left is not None:
            while fresh and self._bytes(layer, fresh) > self._left:
                fresh = fresh[1:]
            self._left -= self._bytes(layer, fresh)
        spent.update(fresh)
        return fresh

    def _bytes(self, layer: str, levels: tuple[int, ...]) -> int:
        shape = self._shapes[layer]
        if not levels:
            return 0
        return RANGE_BYTES * shape.tiles + sum(level_bytes(*shape, level) for level in levels)


@lru_cache(4096)
def level_bytes(tiles: int, height: int, width: int, level: int) -> int:
    """Bytes of the packed image of a level of so many tiles."""
    packing = page_level(tiles, height, width, level)
    return image_height(tiles, packing) * packing.width
