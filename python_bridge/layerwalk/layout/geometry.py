"""Points on walls, rounded polylines and arcs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from layerwalk.layout import measures
from layerwalk.room import Vec2, Vec3

Point = TypeVar("Point", Vec2, Vec3)


class Frame(NamedTuple):
    """Where a wall stands: side, z of its inner edge, width."""

    side: int
    inner_z: float
    width: float
    inner_edge: float = measures.INNER_EDGE
    turn: float = measures.WALL_YAW

    @property
    def yaw(self) -> float:
        return -self.side * self.turn

    @property
    def foot(self) -> Vec3:
        """The centre of the foot of its front."""
        half = self.width / 2
        x = self.side * (self.inner_edge + half * math.cos(self.turn))
        return (x, measures.WALL_FOOT, self.inner_z + half * math.sin(self.turn))

    def point(self, along: float, y: float, front: float = 0.02) -> Vec3:
        """`along` metres right of the centre, at height y, `front` before the front."""
        x, _, z = self.foot
        cos, sin = math.cos(self.yaw), math.sin(self.yaw)
        return (x + cos * along + sin * front, y, z - sin * along + cos * front)

    @property
    def inner(self) -> float:
        """The inner edge, as `along`."""
        return -self.side * self.width / 2


def rounded(points: Sequence[Point], radius: float, steps: int = 6) -> tuple[Point, ...]:
    """The polyline with its corners rounded by quadratic curves that start `radius` before them."""
    out: list[Point] = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start = _towards(corner, before, radius)
        end = _towards(corner, after, radius)
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 2, 2 * t * (1 - t), t * t)
            corner_points = zip(start, corner, end, strict=True)
            out.append(
                tuple(  # type: ignore[arg-type]
                    weights[0] * a + weights[1] * b + weights[2] * c for a, b, c in corner_points
                )
            )
    out.append(points[-1])
    return tuple(out)


def _towards(corner: Sequence[float], other: Sequence[float], radius: float) -> list[float]:
    length = math.dist(corner, other)
    share = min(radius, 0.49 * length) / length if length else 0.0
    return [a + (b - a) * share for a, b in zip(corner, other, strict=True)]


def bezier(a: Vec3, b: Vec3, c: Vec3, d: Vec3, steps: int = 28) -> tuple[Vec3, ...]:
    """Points of the cubic curve from a to d with the controls b and c."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y, z = (sum(k * p[i] for k, p in zip(w, (a, b, c, d), strict=True)) for i in range(3))
        points.append((x, y, z))
    return tuple(points)


def shifted(points: Sequence[Vec3], dx: float) -> list[Vec3]:
    return [(x + dx, y, z) for x, y, z in points]
