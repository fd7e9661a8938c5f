"""The page that benchmarks measure in, without a browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import devtools

LISTENS = "print('DevTools listening on ws://127.0.0.1:4711/devtools/browser/a', file=sys.stderr)"


def browser(script: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"import sys\n{script}"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def test_a_browser_that_complains_a_lot_goes_on() -> None:
    """More than a pipe holds."""
    with browser(f"{LISTENS}\nsys.stderr.write('no GPU\\n' * 100_000)") as process:
        assert devtools._port_of(process) == 4711
        assert process.wait(60) == 0


def test_a_browser_that_does_not_start_is_an_error() -> None:
    with browser("sys.exit(3)") as process, pytest.raises(devtools.PageFailed, match="with 3"):
        devtools._port_of(process)
