"""`--images a b c`: one option with several values, which the option parser doesn't know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

_MANY = "--images"


def expanded_arguments(arguments: Sequence[str]) -> list[str]:
    """Arguments with `--images a b` written as `--images a --images b`.

    The values end at the next option, or at something that is a SOURCE rather than a path.
    """
    return list(_expanded(arguments))


def _expanded(arguments: Sequence[str]) -> Iterator[str]:
    values = -1  # values of the option that is being read; -1: of none
    for argument in arguments:
        if argument == _MANY:
            values = 0
        elif argument.startswith("-") or (values > 0 and _is_source(argument)):
            values = -1
        elif values >= 0:
            values += 1
            if values > 1:
                yield _MANY
        yield argument


def _is_source(argument: str) -> bool:
    return (":" in argument or argument == "demo") and not Path(argument).exists()
