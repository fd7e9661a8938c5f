"""Characters made of strokes, for fonts that don't have them: what every sign may need."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Strokes:
    """Lines through points (x, y) in em, y up from the baseline, and how far the pen moves on."""

    advance_em: float
    lines: tuple[tuple[Point, ...], ...]

    def box(self, width_em: float) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the strokes, so wide."""
        half = width_em / 2
        points = [point for line in self.lines for point in line]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half


def _turned(strokes: Strokes, centre: Point, cosine: int, sine: int) -> Strokes:
    x0, y0 = centre
    lines = tuple(
        tuple(
            (x0 + cosine * (x - x0) - sine * (y - y0), y0 + sine * (x - x0) + cosine * (y - y0))
            for x, y in line
        )
        for line in strokes.lines
    )
    return Strokes(strokes.advance_em, lines)


_AXIS = 0.34  # the height that signs of arithmetic are centred at
_MIDDLE = (0.43, _AXIS)
_RIGHT = Strokes(0.86, (((0.1, _AXIS), (0.76, _AXIS)), ((0.53, 0.57), (0.76, _AXIS), (0.53, 0.11))))
_DASH = ((0.08, 0.29), (0.46, 0.29))

STROKES = {
    "×": Strokes(0.56, (((0.12, 0.18), (0.44, 0.5)), ((0.12, 0.5), (0.44, 0.18)))),
    "–": Strokes(0.54, (_DASH,)),
    "−": Strokes(0.56, (((0.08, _AXIS), (0.48, _AXIS)),)),
    "←": _turned(_RIGHT, _MIDDLE, -1, 0),
    "↑": _turned(_RIGHT, _MIDDLE, 0, 1),
    "→": _RIGHT,
    "↓": _turned(_RIGHT, _MIDDLE, 0, -1),
    "\ufffd": Strokes(0.6, (((0.1, 0.05), (0.5, 0.05), (0.5, 0.65), (0.1, 0.65), (0.1, 0.05)),)),
}
