"""The C# programs that tests in Python talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import build
from .echo import Echo


@pytest.fixture(scope="session")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echo]:
    """One process for all tests; it has to come to a good end."""
    missing = build.missing_tools()
    if missing:
        pytest.skip(f"{', '.join(missing)} not found; on Debian and Ubuntu: make mono")
    folder = tmp_path_factory.mktemp("echo")
    built = build.build(folder, ["ProtocolEcho"], "Layerwalk.Protocol")
    program = Echo(built[-1])
    yield program
    assert program.close() == 0
