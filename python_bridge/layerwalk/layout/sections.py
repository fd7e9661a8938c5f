"""Forks and joins: which places stand in line, and which on parallel branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layerwalk.layout.grouping import SOURCE, Place

LONGEST_BRANCH = 24  # stations; longer ones stand in line, joined overhead


@dataclass(frozen=True)
class Branch:
    """One way from a fork to a join, numbered from 1; without places it is a skip."""

    number: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """Branches from the fork (a place, or SOURCE) to the join."""

    fork: int
    join: int
    branches: tuple[Branch, ...]

    def sides(self) -> tuple[tuple[Branch, ...], tuple[Branch, ...]]:
        """The branches, cut once into left and right, their places as equal as possible."""
        counts = [len(branch.places) for branch in self.branches]
        total, best = sum(counts), 1

        def cost(cut: int) -> tuple[int, float]:
            return abs(2 * sum(counts[:cut]) - total), abs(cut - len(counts) / 2)

        walls = [cut for cut in range(1, len(counts)) if 0 < sum(counts[:cut]) < total]
        best = min(walls, key=cost) if walls else 1
        return self.branches[:best], self.branches[best:]


Step = int | Section


def walking_steps(places: Sequence[Place]) -> list[Step]:
    """The places in walking order; what stands between a clean fork and its join as a Section.

    The join itself belongs to its section. Every place is in exactly one step.
    """
    reads, readers = _neighbours(places)
    after = _post_dominators(readers)
    steps: list[Step] = []
    at = SOURCE
    while at < len(places):
        section = _section(at, after[at + 1] - 1, places, reads, readers)
        if section:
            steps.append(section)
            at = section.join
            continue
        at += 1
        if at < len(places):
            steps.append(at)
    return steps


def _neighbours(places: Sequence[Place]) -> tuple[list[list[int]], list[list[int]]]:
    """Whom each vertex reads, and its readers; vertex 0 is the source, place p is p + 1."""
    reads: list[list[int]] = [[], *([p + 1 for p in place.reads] for place in places)]
    readers: list[list[int]] = [[] for _ in reads]
    for target, sources in enumerate(reads):
        for source in sources:
            readers[source].append(target)
    return reads, readers


def _post_dominators(readers: Sequence[Sequence[int]]) -> list[int]:
    """For each vertex the first one that every path from it passes; len(readers) for none."""
    end = len(readers)
    after = [end] * (end + 1)
    for vertex in range(end - 1, -1, -1):
        common = -1
        for reader in readers[vertex]:
            common = reader if common < 0 else _meet(after, common, reader)
        after[vertex] = end if common < 0 else common
    return after


def _meet(after: Sequence[int], a: int, b: int) -> int:
    while a != b:
        if a < b:
            a = after[a]
        else:
            b = after[b]
    return a


def _section(
    fork: int,
    join: int,
    places: Sequence[Place],
    reads: Sequence[Sequence[int]],
    readers: Sequence[Sequence[int]],
) -> Section | None:
    """The section of a fork, if it has at least two branches with places and nothing else."""
    if join >= len(places) or join - fork < 3 or len(readers[fork + 1]) < 2:
        return None
    inside = range(fork + 1, join)
    if any(
        min(reads[p + 1], default=fork + 1) < fork + 1 or max(readers[p + 1], default=-1) > join + 1
        for p in inside
    ):
        return None
    chains = _components(inside, reads)
    if len(chains) < 2 or max(map(len, chains)) > LONGEST_BRANCH:
        return None
    if any(fork not in places[chain[0]].reads or not readers[chain[-1] + 1] for chain in chains):
        return None
    if fork in places[join].reads:
        chains.append([])
    order = [reading.place for reading in places[join].readings] or list(places[join].reads)

    def argument(chain: list[int]) -> tuple[int, int]:
        ends = chain or [fork]
        found = [k for k, place in enumerate(order) if place in ends]
        return (found[0] if found else len(order), ends[0])

    chains.sort(key=argument)
    return Section(fork, join, tuple(Branch(k + 1, tuple(c)) for k, c in enumerate(chains)))


def _components(inside: range, reads: Sequence[Sequence[int]]) -> list[list[int]]:
    """The places between fork and join, in groups that are connected without fork and join."""
    root = {p: p for p in inside}

    def find(p: int) -> int:
        while root[p] != p:
            root[p] = root[root[p]]
            p = root[p]
        return p

    for p in inside:
        for vertex in reads[p + 1]:
            if vertex - 1 in root:
                root[find(p)] = find(vertex - 1)
    groups: dict[int, list[int]] = {}
    for p in inside:
        groups.setdefault(find(p), []).append(p)
    return list(groups.values())
