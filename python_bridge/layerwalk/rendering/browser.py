"""Which browser of this system takes pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from layerwalk.errors import MissingBrowser

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> Path:
    """A Chromium, Chrome or Edge: what LAYERWALK_BROWSER names, else the system's.

    Raises `MissingBrowser`.
    """
    wanted = os.environ.get("LAYERWALK_BROWSER")
    if wanted:
        found = shutil.which(wanted)
        if found is None:
            raise MissingBrowser(
                f"LAYERWALK_BROWSER names '{wanted}', which is no program; "
                "give the path of a Chromium, Chrome or Edge"
            )
        return Path(found)
    for browser in _installed():
        return browser
    raise MissingBrowser(
        "there is no Chromium, Chrome or Edge on this system; install one "
        "(apt-get install chromium), or set LAYERWALK_BROWSER to its path"
    )


def _installed() -> Iterator[Path]:
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))
    folders = [
        os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    ]
    windows = [Path(folder) / program for folder in folders if folder for program in _WINDOWS]
    yield from (path for path in [*map(Path, _MAC), *windows] if path.is_file())
