"""What a pass was like before: most passes of a model take the same way again."""

from __future__ import annotations

from msgspec.structs import astuple
from torch import nn

from layerwalk.capture.calls import Call, InputRead, Origin, Recorded


class Before:
    """Gives the calls and inputs of `recorded`, None for no pass, where they are as they were.

    Where all that a call reads comes from the very same calls, its place in the network is the
    same, and nothing has to be found out about it anew.
    """

    def __init__(self, recorded: Recorded | None) -> None:
        self._calls = recorded.calls if recorded is not None else ()
        self._origins = recorded.origins if recorded is not None else ()
        self._inputs = recorded.inputs if recorded is not None else ()

    def input(self, read: InputRead) -> InputRead:
        """The same object for the same input."""
        return next((known for known in self._inputs if astuple(known) == astuple(read)), read)

    def call(self, index: int, leaf: nn.Module | None, origins: tuple[Origin, ...]) -> Call | None:
        """The call of that number, if it was of this module and read what the same calls made."""
        if index >= len(self._calls):
            return None
        known = self._calls[index]
        return known if known.leaf is leaf and self._origins[index] == origins else None
