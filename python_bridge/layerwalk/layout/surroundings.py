"""What stands around the corridor: photograph, shelf and prediction board."""

from __future__ import annotations

from layerwalk.layout import measures
from layerwalk.layout.building import Building
from layerwalk.layout.geometry import Frame
from layerwalk.layout.stands import dim, strong
from layerwalk.room import Picture3D, Text

_YAW, _INNER, _WIDTH, _Z = 0.86, 2.15, 2.3, -5.2


def opening_wall(building: Building, side: int, name: str, about: str) -> Picture3D:
    """The photograph's wall (left) or the shelf's (right), beside the first gate."""
    frame = Frame(side, _Z, _WIDTH, inner_edge=_INNER, turn=_YAW)
    available = _WIDTH - 0.4
    along = -0.86 if side < 0 else -0.98
    building.texts.append(
        Text(
            (strong(name), dim(f"   {about}")),
            frame.point(along, 3.07),
            min(0.095, available / 20),
            frame.yaw,
        )
    )
    return Picture3D(frame.foot, frame.yaw, _WIDTH, measures.WALL_HEIGHT)


def board(z: float) -> Picture3D:
    """The prediction board at the end of the aisle."""
    return Picture3D((0.0, 0.12, z), 0.0, 6.5, 3.8)
