"""The C# program that reads messages and writes them again, and what it answers."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    """What the program made of a message: its kind, and the message written anew, or why not."""

    kind: int
    body: bytes

    REFUSED, READ, UNKNOWN, CRASHED = range(4)


class Echo:
    """The program that reads messages and writes them again, in C#."""

    CLIENT, BRIDGE, REPACK = range(3)

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(
            ["mono", "--debug", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, question: int, message: bytes) -> Answer:
        """Its answer to a message in WebSocket framing."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        to.write(struct.pack("<BI", question, len(message)) + message)
        to.flush()
        kind, size = struct.unpack("<BI", back.read(5))
        return Answer(kind, back.read(size))

    def close(self) -> int:
        """Ends it, and returns its exit status."""
        self._process.communicate()
        return self._process.returncode
