"""Machine code that was used for once leaves the memory, and can be run again."""

from __future__ import annotations

import sys
from pathlib import Path

import llvmlite.binding as llvm
import pytest

from layerwalk.atlas.memory import drop_code

LIBRARY = "libllvmlite"


def resident_bytes() -> int:
    """Of the library's code."""
    total, inside = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        words = line.split()
        if "-" in words[0]:
            inside = words[1] == "r-xp" and LIBRARY in words[-1]
        elif inside and words[0] == "Rss:":
            total += 1024 * int(words[1])
    return total


def run_it() -> str:
    module = llvm.parse_assembly("define i32 @seven() { ret i32 7 }")
    module.verify()
    return str(module)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes it back")
def test_code_leaves_the_memory_and_runs_again() -> None:
    said = run_it()
    before = resident_bytes()
    assert before > 1_000_000
    drop_code(LIBRARY)
    assert resident_bytes() < before / 4
    assert run_it() == said


def test_a_library_that_is_not_there_is_no_error() -> None:
    drop_code("libthatnobodyhas")
