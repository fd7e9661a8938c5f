"""Moving what the corridor has built to where another layout has it."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from layerwalk.room import Box, Picture3D, Text, Vec3, Wall

Standing = TypeVar("Standing", Wall, Text, Box, Picture3D)


class Motion(NamedTuple):
    """Takes the point `origin` to `target`, and turns what is around it about +y by `yaw`."""

    origin: Vec3
    target: Vec3
    yaw: float = 0.0

    def point(self, point: Vec3) -> Vec3:
        (x, y, z), (tx, ty, tz) = self.origin, self.target
        sin, cos = math.sin(self.yaw), math.cos(self.yaw)
        dx, dz = point[0] - x, point[2] - z
        return (tx + cos * dx + sin * dz, ty + point[1] - y, tz - sin * dx + cos * dz)

    def moved(self, thing: Standing) -> Standing:
        """A wall, text, box or picture, as it stands after the motion."""
        position = self.point(thing.position_m)
        return replace(thing, position_m=position, yaw_rad=thing.yaw_rad + self.yaw)


def inner_z(wall: Wall) -> float:
    """Depth of a wall's inner edge in the corridor, which is its station's."""
    return wall.position_m[2] - abs(math.sin(wall.yaw_rad)) * wall.width_m / 2
