"""The tower's rows: about as wide together as they are high, blocks kept whole where it fits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from layerwalk.room import Vec3

ASPECT = 1.4  # of the whole: screens are wider than high
_TORN = 0.05  # what it costs to tear a block, beside the squared share of a row that stays empty
_LAST = 0.5  # how much it matters that the last row is not full
_WIDTHS = (1.0, 0.9, 1.1, 0.8, 1.2)  # shares of the usual width, of which the best is taken
_MOST_STRETCHED = 2.6  # gaps, so that rows end where the others do


@dataclass(frozen=True)
class Item:
    """What stands together: its width, and what it is part of ('' for nothing)."""

    width: float
    group: str


@dataclass(frozen=True)
class Row:
    """Items first .. last, and where the left edge of each is."""

    first: int
    last: int
    lefts: tuple[float, ...]
    right: float


@dataclass(frozen=True)
class Facade:
    """The rows as they stand: the left end of all, the plane they face from, and their height."""

    rows: tuple[Row, ...]
    left: float
    front: float
    pitch: float

    def point(self, row: int, along: float, y: float = 0.0, forward: float = 0.0) -> Vec3:
        """`along` a row from its left end, `y` above its floor, `forward` of the walls."""
        return (self.left + along, row * self.pitch + y, self.front + forward)

    def place(self, item: int) -> tuple[int, float]:
        """The row of an item, and how far along it the item begins."""
        number = next(k for k, row in enumerate(self.rows) if item <= row.last)
        row = self.rows[number]
        return number, row.lefts[item - row.first]


def rows_of(items: Sequence[Item], *, gap: float, pitch: float) -> list[Row]:
    """The items in reading order. Rows begin at 0 and are `pitch` high; items are `gap` apart."""
    total = sum(item.width + gap for item in items)
    widest = max((item.width for item in items), default=0.0)
    usual = math.sqrt(ASPECT * total * pitch)
    tried = [_broken(items, max(widest, share * usual), gap) for share in _WIDTHS]
    _, broken = min(tried, key=lambda one: one[0])
    rows = [_placed(items, first, last, gap) for first, last in broken]
    full = max(row.right for row in rows)
    return [_stretched(row, gap, full) for row in rows]


def _broken(items: Sequence[Item], width: float, gap: float) -> tuple[float, list[tuple[int, int]]]:
    """First and last item of each row, so that little is left empty and few groups are torn; and
    what that costs a row."""
    count = len(items)
    best, came = [0.0] + [math.inf] * count, [0] * (count + 1)
    for end in range(1, count + 1):
        used = -gap
        for first in range(end - 1, -1, -1):
            used += items[first].width + gap
            if used > width + 1e-9 and first < end - 1:
                break
            empty = max(0.0, 1 - used / width) * (_LAST if end == count else 1.0)
            torn = first > 0 and items[first].group and items[first].group == items[first - 1].group
            cost = best[first] + empty**2 + (_TORN if torn else 0.0)
            if cost < best[end]:
                best[end], came[end] = cost, first
    rows, end = [], count
    while end > 0:
        rows.append((came[end], end - 1))
        end = came[end]
    return best[count] / len(rows), rows[::-1]


def _placed(items: Sequence[Item], first: int, last: int, gap: float) -> Row:
    lefts, x = [], 0.0
    for item in items[first : last + 1]:
        lefts.append(x)
        x += item.width + gap
    return Row(first, last, tuple(lefts), x - gap)


def _stretched(row: Row, gap: float, full: float) -> Row:
    """The row with wider gaps, so that it ends where the widest does, if it nearly does so."""
    count = len(row.lefts) - 1
    more = (full - row.right) / count if count else 0.0
    if more > gap * (_MOST_STRETCHED - 1):
        return row
    lefts = tuple(left + k * more for k, left in enumerate(row.lefts))
    return Row(row.first, row.last, lefts, row.right + count * more)
