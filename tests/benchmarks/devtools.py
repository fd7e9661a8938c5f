"""A page in headless Chromium by its debugging protocol, with nothing watching what it receives.

Playwright listens to the network, and so has Chromium copy every message of a WebSocket, as text,
to a process of Playwright's: with 80 MB of pages for one image that, and not the page, is measured.
"""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import aiohttp

from layerwalk.cli.browser import find_browser

FLAGS = (
    "--headless=new --no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader "
    "--no-first-run --disable-background-networking --disable-component-update --disable-sync "
    "--hide-scrollbars --mute-audio --remote-debugging-port=0"
).split()
LOOK_AGAIN_S = 0.1  # a page that is waited for is asked so often, from outside of what is measured


class PageFailed(Exception):
    """A script in the page raised, or the page did not come to what was waited for."""


@contextmanager
def opened(url: str, width: int, height: int, patience_s: float) -> Iterator[Page]:
    """The page at `url` in a Chromium of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        size = f"--window-size={width},{height}"
        command = [str(find_browser()), *FLAGS, size, f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as browser:
            try:
                with Page(_port_of(browser), patience_s) as page:
                    metrics = {"width": width, "height": height, "mobile": False}
                    page.call("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, **metrics)
                    page.call("Page.navigate", url=url)
                    yield page
            finally:
                browser.terminate()


def _port_of(browser: subprocess.Popen[str]) -> int:
    assert browser.stderr is not None
    for line in browser.stderr:
        if line.startswith("DevTools listening on"):
            threading.Thread(target=_hear_out, args=(browser.stderr,), daemon=True).start()
            return int(line.split(":")[2].split("/")[0])
    raise PageFailed(f"Chromium ended with {browser.wait()} before it could be spoken to")


def _hear_out(stream: IO[str]) -> None:
    """Reads the rest of what a program says: with its pipe full it would stand still."""
    with suppress(ValueError):  # closed meanwhile
        deque(stream, maxlen=0)


class Page:
    """The only page of the browser that listens at `port`. Calls wait for their answers."""

    def __init__(self, port: int, patience_s: float) -> None:
        self._loop = asyncio.new_event_loop()
        self._patience_s = patience_s
        self._number = 0
        self._loop.run_until_complete(self._connect(port))

    async def _connect(self, port: int) -> None:
        self._http = aiohttp.ClientSession()
        async with self._http.get(f"http://127.0.0.1:{port}/json/list") as answer:
            targets = await answer.json()
        address = next(t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
        self._socket = await self._http.ws_connect(address, max_msg_size=0)

    def __enter__(self) -> Page:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.run_until_complete(self._http.close())
        self._loop.close()

    def call(self, method: str, **params: Any) -> Any:
        """What a command of the debugging protocol returns."""
        waiting = asyncio.wait_for(self._call(method, params), self._patience_s)
        return self._loop.run_until_complete(waiting)

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == self._number:
                break
        if "error" in answer:
            raise PageFailed(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def evaluate(self, function: str, *args: Any) -> Any:
        """What a function of JavaScript returns, or what the promise that it returns comes to."""
        expression = f"({function})({', '.join(map(json.dumps, args))})"
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageFailed(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def wait_for(self, function: str) -> None:
        """Returns when a function of JavaScript says true."""
        until = self._loop.time() + self._patience_s
        while not self.evaluate(function):
            if self._loop.time() > until:
                raise PageFailed(f"{function} was not true within {self._patience_s:.0f} s")
            self._loop.run_until_complete(asyncio.sleep(LOOK_AGAIN_S))

    def screenshot(self, file: Path) -> None:
        """Saves what is seen as a PNG."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))
