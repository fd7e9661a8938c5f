"""Images change every second and viewers come and go, for long: nothing may grow.

LAYERWALK_SOAK_S seconds, two minutes unless it says otherwise; `make soak` takes an hour.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import TIMEOUT_S
from playwright.sync_api import Browser, Page

import layerwalk
from layerwalk.protocol import messages as m

SOAK_S = float(os.environ.get("LAYERWALK_SOAK_S", "120"))
PERIOD_S = 1.0
SAMPLE_EVERY = 6  # images
LEAST_SAMPLES = 12  # however slow the machine is
# What a process may have more at the end than in the middle: allocators keep some.
SLACK_MB, SLACK_SHARE = 8.0, 0.02

BRIDGE = f"""
import json, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import web_network
with web_network.serve(web_network.small_network(), web_network.pictures()) as bridge:
    print(json.dumps([bridge.url, bridge.endpoint, bridge.token]), flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Sample:
    """What bridge and page hold at a moment when only one page and one client are there."""

    resident_mb: float
    threads: int
    files: int
    page: dict[str, Any]


def test_nothing_grows_while_images_change_and_viewers_come_and_go(browser: Browser) -> None:
    with _bridge() as (process, url, endpoint, token):
        page = browser.new_page(viewport={"width": 640, "height": 400})
        page.set_default_timeout(1000 * TIMEOUT_S)
        page.goto(url)
        _lit(page)
        samples = _soak(browser, page, process.pid, url, endpoint, token)
        page.close()
    third = len(samples) // 3
    middle, last = samples[third : 2 * third], samples[-third:]
    for name in ("threads", "files"):
        assert _most(last, name) <= _most(middle, name), [getattr(s, name) for s in samples]
    before, after = _most(middle, "resident_mb"), _most(last, "resident_mb")
    assert after <= before * (1 + SLACK_SHARE) + SLACK_MB, [s.resident_mb for s in samples]
    for name in last[-1].page:
        grown = [sample.page[name] for sample in samples]
        assert max(grown[-third:]) <= max(grown[third : 2 * third]), (name, grown)


def _soak(
    browser: Browser, page: Page, pid: int, url: str, endpoint: str, token: str
) -> list[Sample]:
    random = np.random.default_rng(0)
    samples = []
    end = time.monotonic() + SOAK_S
    with layerwalk.connect(endpoint, token=token, timeout_s=TIMEOUT_S) as client:
        company = _Company(client)
        count = 0
        while time.monotonic() < end or len(samples) < LEAST_SAMPLES:
            due = time.monotonic() + PERIOD_S
            count += 1
            run = client.place_image(random.integers(0, 256, (40, 40, 3), np.uint8))
            _come_and_go(browser, url, endpoint, token, count)
            client.wait_complete(run, timeout_s=TIMEOUT_S)
            if count % SAMPLE_EVERY == 0:
                _lit(page, run)
                company.wait_for(2)  # this client and the page
                samples.append(_sample(pid, page))
            page.wait_for_timeout(1000 * max(0.0, due - time.monotonic()))  # an image a second
    return samples


def _come_and_go(browser: Browser, url: str, endpoint: str, token: str, count: int) -> None:
    """A client every time, that stays until everything came or leaves in the middle; at times a
    page."""
    with layerwalk.connect(endpoint, token=token, timeout_s=TIMEOUT_S) as other:
        if count % 2:
            other.wait_complete(timeout_s=TIMEOUT_S)
    if count % SAMPLE_EVERY == 1:
        page = browser.new_page(viewport={"width": 320, "height": 200})
        page.set_default_timeout(1000 * TIMEOUT_S)
        page.goto(url)
        _lit(page)
        page.close()


def _lit(page: Page, run: int = 0) -> None:
    page.wait_for_function(
        "run => window.layerwalk?.state().phase === 'lit' && layerwalk.state().run.id >= run",
        arg=run,
    )


class _Company:
    """How many viewers there are, as the bridge tells."""

    def __init__(self, client: layerwalk.Client) -> None:
        self._changed = threading.Condition()
        self._viewers = 0
        events = client.events()
        threading.Thread(target=self._listen, args=(events,), daemon=True).start()

    def _listen(self, events: Iterator[m.EventMessage]) -> None:
        for event in events:
            if isinstance(event, m.ViewersChanged):
                with self._changed:
                    self._viewers = event.viewers
                    self._changed.notify_all()

    def wait_for(self, viewers: int) -> None:
        """Returns once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._viewers == viewers, TIMEOUT_S)


def _sample(pid: int, page: Page) -> Sample:
    status = Path(f"/proc/{pid}/statm").read_text().split()
    memory = page.evaluate("layerwalk.state().memory")
    textures = page.evaluate("layerwalk.world.stats().textureBytes")
    return Sample(
        resident_mb=int(status[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6,
        threads=len(list(Path(f"/proc/{pid}/task").iterdir())),
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        page={**memory, "textureBytes": textures},
    )


def _most(samples: list[Sample], name: str) -> float:
    return max(getattr(sample, name) for sample in samples)


@contextmanager
def _bridge() -> Iterator[tuple[subprocess.Popen[str], str, str, str]]:
    """A bridge in a process of its own, which can be weighed."""
    with subprocess.Popen(
        [sys.executable, "-c", BRIDGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, *json.loads(process.stdout.readline())
        finally:
            process.kill()


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="processes are weighed by /proc, of Linux"
)
