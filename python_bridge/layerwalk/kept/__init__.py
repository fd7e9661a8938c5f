"""Sessions in files: what a `.layerwalk` file holds, how it is written, and how it is read.

Free of torch, and nothing that is read here runs: a network is only referred to.
"""

from layerwalk.kept.reading import read_session
from layerwalk.kept.recording import Recording
from layerwalk.kept.session import (
    FORMAT,
    MAJOR,
    MINOR,
    SUFFIX,
    KeptPicture,
    KeptSession,
    NetworkReference,
)
from layerwalk.kept.structure import structure_hash
from layerwalk.kept.values import shown
from layerwalk.kept.writing import session_bytes, write_session, written_whole

__all__ = [
    "FORMAT",
    "MAJOR",
    "MINOR",
    "SUFFIX",
    "KeptPicture",
    "KeptSession",
    "NetworkReference",
    "Recording",
    "read_session",
    "session_bytes",
    "shown",
    "structure_hash",
    "write_session",
    "written_whole",
]
