"""Browsers: whether one can be opened here, and which one can take a screenshot.

`python -m layerwalk.cli.browser` prints that one's path.
"""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
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


def open_in_browser(url: str) -> bool:
    """Opens `url` in the visitor's browser; False where there is no display to show one."""
    if not _has_display():
        return False
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False


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


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_browser()}\n")
    except MissingBrowser as error:
        sys.exit(f"error: {error}")
