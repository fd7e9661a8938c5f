"""Browsers: whether one can be opened here, and which one can take a screenshot.

`python -m layerwalk.cli.browser` prints that one's path.
"""

from __future__ import annotations

import os
import sys
import webbrowser

from layerwalk.errors import MissingBrowser
from layerwalk.rendering.browser import find_browser

__all__ = ["find_browser", "open_in_browser"]


def open_in_browser(url: str) -> bool:
    """Opens `url` in the visitor's browser; False where there is no display to show one."""
    if not _has_display():
        return False
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_browser()}\n")
    except MissingBrowser as error:
        sys.exit(f"error: {error}")
