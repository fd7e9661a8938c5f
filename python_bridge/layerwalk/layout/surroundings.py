"""What stands around the corridor: photograph, shelf, prediction board and gates' names."""

from __future__ import annotations

from layerwalk.layout import measures
from layerwalk.layout.building import Building
from layerwalk.layout.geometry import Frame
from layerwalk.layout.stands import dim, strong
from layerwalk.room import Gate, Picture3D, Span, Text

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


def gate_name(building: Building, gate: Gate) -> None:
    """A gate's title and subtitle, side by side above its beam."""
    spans = [Span(gate.title, measures.TEXT, 500)]
    position = (0.0, gate.height_m + 0.21, gate.z_m)
    if gate.subtitle:
        spans.append(Span(f"   {gate.subtitle}", measures.SECOND, 400))
    building.texts.append(Text(tuple(spans), position, 0.2, align="centre", kind="gate"))
