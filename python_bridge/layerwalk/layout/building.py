"""The room while it is built: collects walls, texts and paths, in the order they are placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from layerwalk.layout import measures
from layerwalk.layout.geometry import Frame, rounded
from layerwalk.layout.lettering import Line
from layerwalk.room import (
    Box,
    Disc,
    Field,
    FloorLine,
    Gate,
    Mark,
    Ring,
    Span,
    Station,
    Text,
    Tube,
    Vec2,
    Vec3,
)


class Building:
    """Everything placed so far. `frames` are the walls of each place, by its number."""

    def __init__(self) -> None:
        self.stations: dict[int, Station] = {}
        self.frames: dict[int, tuple[Frame, ...]] = {}
        self.texts: list[Text] = []
        self.boxes: list[Box] = []
        self.tubes: list[Tube] = []
        self.floor_lines: list[FloorLine] = []
        self.rings: list[Ring] = []
        self.discs: list[Disc] = []
        self.fields: list[Field] = []
        self.gates: list[Gate] = []
        self.marks: list[Mark] = []

    def box(
        self, position: Vec3, size: Vec3, colour: str, *, yaw: float = 0.0, station: str = ""
    ) -> None:
        self.boxes.append(Box(position, size, colour, yaw, station))

    def sign(
        self, text: str, position: Vec3, cap: float, colour: str = measures.INK, station: str = ""
    ) -> None:
        """A number or word that faces the visitor."""
        spans = (Span(text, colour, 600),)
        self.texts.append(Text(spans, position, cap, align="centre", kind="mark", station=station))

    def line(self, points: Sequence[Vec2], colour: str = measures.FORWARD) -> None:
        self.floor_lines.append(FloorLine(rounded(points, 0.35), colour))

    def tube(
        self,
        kind: Literal["add", "concat", "rail"],
        points: Sequence[Vec3],
        *,
        radius: float,
        colour: str,
        source: str,
        target: str,
        corner: float = 0.55,
    ) -> None:
        path = rounded(points, corner, 8) if corner else tuple(points)
        self.tubes.append(Tube(kind, path, radius, colour, source, target))

    def heading(self, frame: Frame, lines: Sequence[Line], station: str) -> None:
        """Lines at a wall's inner edge: right-aligned on the left, left-aligned on the right."""
        along = frame.inner + frame.side * 0.2
        align: Literal["left", "right"] = "right" if frame.side < 0 else "left"
        for line in lines:
            if any(span.text.strip() for span in line.spans):
                self.texts.append(
                    Text(
                        line.spans,
                        frame.point(along, line.y_m),
                        line.cap_m,
                        frame.yaw,
                        align=align,
                        station=station,
                    )
                )

    def capital(self, x: float, z: float, colour: str, station: str) -> None:
        """The small bar on a wall's top, where a tube starts or a leg stands."""
        self.box((x, measures.CAPITAL_Y, z), (0.13, 0.05, 0.05), colour, station=station)

    def square(self, x: float, z: float, colour: str, text: str, *, edge: float = 0.26) -> None:
        """Where a part arrives at a concatenation: a lilac frame around its colour and number."""
        y = measures.JOIN_Y
        for sign in (-1, 1):
            self.box((x + sign * edge / 2, y, z), (0.025, edge + 0.025, 0.03), measures.JOINED)
            self.box((x, y + sign * edge / 2, z), (edge + 0.025, 0.025, 0.03), measures.JOINED)
        self.box((x, y, z - 0.005), (edge - 0.04, edge - 0.04, 0.02), colour)
        if text:
            self.sign(text, (x, y, z + 0.012), 0.46 * edge)

    def ring(self, z: float, *, plus: bool) -> None:
        """Where tubes are added (`plus`) or joined otherwise: the ring, and its beam."""
        colour = measures.ADDED if plus else measures.JOINED
        self.rings.append(Ring((0.0, measures.ARC_Y, z), 0.2, colour, plus))
        for side in (-1, 1):
            middle = side * (measures.INNER_EDGE / 2 + 0.1)
            size = (measures.INNER_EDGE - 0.2, 0.012, 0.012)
            self.box((middle, measures.ARC_Y, z), size, measures.LINE)
