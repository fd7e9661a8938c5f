"""Where in a model an exception came from, and that in words."""

from __future__ import annotations

import contextlib

_NOTE = "_layerwalk_raised_in"
MOST_CHARACTERS = 2000  # of what an exception says of itself: it goes to every viewer


def note_module(error: BaseException, path: str) -> None:
    """Notes the innermost module that was running; the exception stays the model's own."""
    with contextlib.suppress(AttributeError, TypeError):  # it may take no attributes
        setattr(error, _NOTE, path)


def described(error: BaseException) -> str:
    """`RuntimeError: shapes do not fit (in 'layer2.0.conv1')`; the module where it is known."""
    path = getattr(error, _NOTE, "")
    where = f" (in '{path}')" if path else ""
    try:
        said = str(error)
    except Exception:  # the model's own class
        said = "its text cannot be had"
    if len(said) > MOST_CHARACTERS:
        said = said[:MOST_CHARACTERS] + " …"
    return f"{type(error).__name__}: {said}{where}"
