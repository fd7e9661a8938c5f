"""Walls in plan, and whether any two of them meet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from layerwalk.room import Picture3D, Vec2, Wall

_THICKNESS = 0.1


class Footprint(NamedTuple):
    """Corners of what stands on the floor, going round, and the number of what it belongs to."""

    owner: int
    corners: tuple[Vec2, ...]


def footprint(owner: int, wall: Wall | Picture3D, pages_m: float = 0.0) -> Footprint:
    """Of a wall in the corridor; a closed book's pages reach `pages_m` behind it, along -z."""
    x, _, z = wall.position_m
    sin, cos = math.sin(wall.yaw_rad), math.cos(wall.yaw_rad)
    half = wall.width_m / 2
    a, b = (x - cos * half, z + sin * half), (x + cos * half, z - sin * half)
    back = [(px - sin * _THICKNESS, pz - cos * _THICKNESS) for px, pz in (b, a)]
    if pages_m:
        back = [(px, pz - pages_m) for px, pz in (b, a)]
    return Footprint(owner, (a, b, *back))


def meet(prints: Sequence[Footprint]) -> bool:
    """Whether two of different owners overlap."""
    boxes = [_bounds(one.corners) for one in prints]
    order = sorted(range(len(prints)), key=lambda i: boxes[i][0])
    open_: list[int] = []
    for i in order:
        left, _, low, high = boxes[i]
        open_ = [k for k in open_ if boxes[k][1] > left]
        for k in open_:
            if prints[k].owner == prints[i].owner or boxes[k][2] > high or boxes[k][3] < low:
                continue
            if not _apart(prints[k].corners, prints[i].corners):
                return True
        open_.append(i)
    return False


def _bounds(corners: Sequence[Vec2]) -> tuple[float, float, float, float]:
    xs, zs = [x for x, _ in corners], [z for _, z in corners]
    return min(xs), max(xs), min(zs), max(zs)


def _apart(one: Sequence[Vec2], other: Sequence[Vec2]) -> bool:
    """Whether two convex polygons are disjoint: some side of one has the other beyond it."""
    for shape in (one, other):
        for (ax, az), (bx, bz) in zip(shape, [*shape[1:], shape[0]], strict=True):
            nx, nz = bz - az, ax - bx
            mine = [x * nx + z * nz for x, z in one]
            theirs = [x * nx + z * nz for x, z in other]
            if max(mine) <= min(theirs) or max(theirs) <= min(mine):
                return True
    return False
