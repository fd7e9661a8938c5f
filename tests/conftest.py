"""What holds for all tests: one thread each, no sockets but to this machine, no skips in CI."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Generator, Iterator
from typing import Any

# Before anything imports torch: on shared machines more threads make tests slower, not faster.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings

# Keys and certificates that bridges make are kept there, not with the user's own.
DATA = tempfile.TemporaryDirectory(prefix="layerwalk-tests-")
os.environ["XDG_DATA_HOME"] = DATA.name

# A slow machine is no fault of the code: tests state meaning, benchmarks measure time.
settings.register_profile(
    "layerwalk", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("layerwalk")

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test fails: what is needed for it is missing there."""
    report = yield
    return _failed(report) if report.skipped and not hasattr(report, "wasxfail") else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for files that skip themselves."""
    report = yield
    return _failed(report) if report.outcome == "skipped" else report


def _failed(report: Any) -> Any:
    if IN_CI:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing is skipped in CI: {reason}"
    return report


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """A test that reaches for another machine fails, here as where there is no network."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(function: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            stream = self.type == socket.SOCK_STREAM  # of a datagram socket it sends nothing
            if stream and isinstance(address, tuple) and not _is_loopback(str(address[0])):
                raise AssertionError(f"a test wanted to connect to {address[0]}")
            return function(self, address)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        yield


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
