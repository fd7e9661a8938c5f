"""What the viewer shows, as a picture."""

from __future__ import annotations

from pathlib import Path

from layerwalk.errors import SourceError
from layerwalk.rendering.page import ARGUMENTS, check_browser, open_page

__all__ = ["ARGUMENTS", "check_screenshot", "save_screenshot"]

# The shelf is full and nothing moves any more, or that took more than ten seconds.
SETTLED = """() => new Promise((resolve) => {
    const end = performance.now() + 10_000;
    const check = () => {
        const { settled, shelf, thumbnails } = window.layerwalk.state();
        const done = settled && thumbnails >= shelf.length;
        if (done || performance.now() > end) resolve();
        else requestAnimationFrame(check);
    };
    check();
})"""


def check_screenshot(file: Path) -> None:
    """Before anything takes its time: can a PNG be saved there, and is there a browser?

    Raises `SourceError` or `MissingBrowser`.
    """
    if not file.parent.is_dir():
        raise SourceError(f"the folder '{file.parent}' does not exist; create it")
    if file.suffix.lower() not in (".png", ".jpg", ".jpeg") or file.is_dir():
        raise SourceError(f"'{file}' is no name for a picture; give one that ends in .png")
    check_browser("screenshots")


def save_screenshot(
    url: str,
    file: Path,
    *,
    width_px: int = 1600,
    height_px: int = 900,
    timeout_s: float = 180,
) -> None:
    """Opens the viewer at `url`, waits until the network is lit, and saves a PNG.

    Raises `MissingBrowser`, or `ConnectionFailed` with the state of the page where it does
    not light up in time.
    """
    with open_page(url, width_px=width_px, height_px=height_px, timeout_s=timeout_s) as page:
        page.evaluate(SETTLED)
        page.screenshot(path=file)
