"""How wide text will be, estimated, so that the room can be laid out without a font.

Advances of Hanken Grotesk (weight 600, the widest in use) as multiples of the cap height,
rounded up: a client's text is never wider than what stands here.
"""

from __future__ import annotations

from collections.abc import Sequence

from layerwalk.layout.measures import NAME_CAP, NAME_Y, NOTE_CAP, SECOND_LINE_Y
from layerwalk.room import Span

_NARROW = frozenset("iljtfrI.,:;'|!()[]/·")
_WIDE = frozenset("mwMW@%")
_SPACE = 0.38
_MIDDLE = "…"


def _advance(character: str) -> float:
    if character == " ":
        return _SPACE
    if character in _NARROW:
        return 0.48
    if character in _WIDE:
        return 1.24
    return 0.98 if character.isupper() else 0.86


def text_width(text: str, cap_m: float) -> float:
    """Width of a line in metres, on the safe side."""
    return sum(map(_advance, text)) * cap_m


def spans_width(spans: Sequence[Span], cap_m: float) -> float:
    return sum(text_width(span.text, cap_m) for span in spans)


def shorten(text: str, cap_m: float, available_m: float) -> str:
    """`text`, with an ellipsis in its middle if it would be wider than `available_m`."""
    if text_width(text, cap_m) <= available_m:
        return text
    for kept in range(len(text) - 1, 1, -1):
        head = text[: (kept + 1) // 2].rstrip()
        tail = text[len(text) - kept // 2 :].lstrip()
        if text_width(head + _MIDDLE + tail, cap_m) <= available_m:
            return head + _MIDDLE + tail
    return text[:1] + _MIDDLE


class Line:
    """One line of a wall's heading: spans, cap height and height above the floor."""

    __slots__ = ("cap_m", "spans", "y_m")

    def __init__(self, spans: Sequence[Span], cap_m: float, y_m: float) -> None:
        self.spans, self.cap_m, self.y_m = tuple(spans), cap_m, y_m


def fit_spans(spans: Sequence[Span], cap_m: float, available_m: float) -> tuple[Span, ...]:
    """The spans, the longest shortened until they fit."""
    excess = spans_width(spans, cap_m) - available_m
    if excess <= 0 or not spans:
        return tuple(spans)
    widest = max(range(len(spans)), key=lambda i: text_width(spans[i].text, cap_m))
    span = spans[widest]
    short = shorten(span.text, cap_m, max(0.0, text_width(span.text, cap_m) - excess))
    return tuple(
        Span(short, span.colour, span.weight) if i == widest else s for i, s in enumerate(spans)
    )


def heading(
    strong: Sequence[Span],
    dim: Sequence[Span],
    *,
    width_m: float,
    dim_first: bool,
    below: Sequence[Span] = (),
    lines: int = 2,
) -> list[Line]:
    """A wall's heading: name and shape in one line, or the shape in line two; `below` if room."""
    available = width_m - 0.4
    together = [*dim, *strong] if dim_first else [*strong, *dim]
    if lines == 1 or spans_width(together, NAME_CAP) <= available:
        if spans_width(together, NAME_CAP) > available:
            together = list(strong)
        first = Line(fit_spans(together, NAME_CAP, available), NAME_CAP, NAME_Y)
        second = tuple(below)
    else:
        first = Line(fit_spans(strong, NAME_CAP, available), NAME_CAP, NAME_Y)
        second = tuple(Span(span.text.strip(), span.colour, span.weight) for span in dim)
    if lines == 1 or not second:
        return [first]
    return [first, Line(fit_spans(second, NOTE_CAP, available), NOTE_CAP, SECOND_LINE_Y)]
