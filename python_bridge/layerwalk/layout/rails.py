"""Which edges go overhead, and which of them as one rail: decided by order alone, before metres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from layerwalk.layout import measures
from layerwalk.layout.grouping import SOURCE, Place
from layerwalk.layout.sections import Section, Step
from layerwalk.layout.vocabulary import ADDITIONS, SCALINGS, plain_kind

Edge = tuple[int, int]


@dataclass(frozen=True)
class Rail:
    """Dense connectivity: `edges` between places in line, `sources` oldest first."""

    edges: tuple[Edge, ...]

    @cached_property
    def sources(self) -> tuple[int, ...]:
        return tuple(sorted({source for source, _ in self.edges}))

    @cached_property
    def readers(self) -> tuple[int, ...]:
        return tuple(sorted({target for _, target in self.edges}))

    @property
    def end(self) -> int:
        return max(target for _, target in self.edges)

    @cached_property
    def _last(self) -> dict[int, int]:
        last: dict[int, int] = {}
        for source, target in self.edges:
            last[source] = max(target, last.get(source, target))
        return last

    def last_reader(self, source: int) -> int:
        return self._last[source]

    def strand(self, source: int) -> int:
        """The strand of a source, from 0 (oldest); above 48 sources, neighbours share one."""
        order = self.sources.index(source)
        return order * self.strands // len(self.sources)

    @property
    def strands(self) -> int:
        return min(len(self.sources), measures.MOST_STRANDS)

    def colour(self, source: int) -> str:
        return measures.strand_colour(self.strand(source) / max(1, self.strands - 1))


@dataclass(frozen=True)
class Overhead:
    """The edges that are no line on the floor: on rails, as arcs, or beside a branch."""

    rails: tuple[Rail, ...]
    arcs: tuple[Edge, ...]
    beside: tuple[Edge, ...]

    def rail_at(self, place: int) -> Rail | None:
        """The rail that a place reads from."""
        return next((rail for rail in self.rails if place in rail.readers), None)

    def rail_from(self, place: int) -> Rail | None:
        return next((rail for rail in self.rails if place in rail.sources), None)


def is_addition(place: Place) -> bool:
    """Whether what arrives from several places is added: a skip that is added back."""
    several = len(place.reads) > 1 and not place.closed
    return several and plain_kind(place.main.kind) in ADDITIONS


def is_arithmetic(place: Place) -> bool:
    """Whether what arrives from several places is multiplied, subtracted, ... or added."""
    several = len(place.reads) > 1 and not place.closed
    return several and plain_kind(place.main.kind) in SCALINGS


def overhead_edges(places: Sequence[Place], steps: Sequence[Step]) -> Overhead:
    """All edges that neither the line along the aisle nor a section's own paths carry."""
    covered, on_branch = _on_floor(places, steps)
    extra = [(s, t) for t, place in enumerate(places) for s in place.reads if (s, t) not in covered]
    beside = tuple(edge for edge in extra if edge[0] in on_branch or edge[1] in on_branch)
    above = [edge for edge in extra if edge not in set(beside)]
    rails: list[Rail] = []
    arcs: list[Edge] = []
    for added in (False, True):
        chosen = [edge for edge in above if is_addition(places[edge[1]]) == added]
        for cluster in _clusters(chosen):
            if _crowd(cluster) > measures.MOST_EDGES_AS_ARCS:
                rails.append(Rail(tuple(cluster)))
            else:
                arcs += cluster
    return Overhead(tuple(rails), tuple(sorted(arcs)), beside)


def _on_floor(places: Sequence[Place], steps: Sequence[Step]) -> tuple[set[Edge], set[int]]:
    """Edges that floor lines or a section's tubes carry, and the places that stand on branches."""
    covered: set[Edge] = set()
    on_branch: set[int] = set()
    before = SOURCE
    for step in steps:
        if isinstance(step, int):
            covered.add((before, step))
            before = step
            continue
        covered |= section_edges(step)
        on_branch |= {p for branch in step.branches for p in branch.places}
        before = step.join
    return covered, on_branch


def section_edges(section: Section) -> set[Edge]:
    """The edges along the branches of a section, whether the network has them or not."""
    edges: set[Edge] = set()
    for branch in section.branches:
        chain = (section.fork, *branch.places, section.join)
        edges |= set(pairwise(chain))
    return edges


def _clusters(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Edges whose ways overlap, drawn together; ways that only touch stay apart."""
    clusters: list[list[Edge]] = []
    reach = SOURCE - 1
    for edge in sorted(edges):
        if clusters and edge[0] < reach:
            clusters[-1].append(edge)
        else:
            clusters.append([edge])
        reach = max(reach, edge[1]) if clusters[-1] != [edge] else edge[1]
    return clusters


def _crowd(cluster: Sequence[Edge]) -> int:
    """The most edges that pass, or enter, one place."""
    changes = sorted([(s, 1) for s, _ in cluster] + [(t, -1) for _, t in cluster])
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most
