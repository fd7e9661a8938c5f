"""Fixtures of several files: a running server, and viewers of a bridge."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from layerwalk.protocol import messages as m
from layerwalk.session import Bridge

from .places import Place, serving
from .viewers import Viewer


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serving() as served:
        yield served


@pytest.fixture
def viewer() -> Iterator[Callable[..., Viewer]]:
    """Makes viewers, which are closed afterwards."""
    viewers: list[Viewer] = []

    def make(bridge: Bridge, hello: m.Hello | None = None) -> Viewer:
        viewers.append(Viewer(bridge, hello))
        return viewers[-1]

    yield make
    for one in viewers:
        one.close()


@pytest.fixture
def ctrl_c_is_heard() -> Iterator[None]:
    """By programs that the test starts, also where a shell runs the tests in its background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
