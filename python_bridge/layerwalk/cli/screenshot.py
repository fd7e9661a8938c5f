"""What the viewer shows, as a picture."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from layerwalk.cli.browser import find_browser
from layerwalk.errors import ConnectionFailed, MissingBrowser, SourceError

# The page draws in software, so that a machine without a graphics card shows the same.
ARGUMENTS = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--hide-scrollbars")
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
LIT, UNSUPPORTED = 'html[data-state="lit"]', "#hud.unsupported"


def check_screenshot(file: Path) -> None:
    """Before anything takes its time: can a PNG be saved there, and is there a browser?

    Raises `SourceError` or `MissingBrowser`.
    """
    if not file.parent.is_dir():
        raise SourceError(f"the folder '{file.parent}' does not exist; create it")
    if file.suffix.lower() not in (".png", ".jpg", ".jpeg") or file.is_dir():
        raise SourceError(f"'{file}' is no name for a picture; give one that ends in .png")
    if find_spec("playwright") is None:
        raise MissingBrowser("screenshots need playwright; pip install 'layerwalk[render]'")
    find_browser()


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
    from playwright.sync_api import Error, sync_playwright

    browser_path = find_browser()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=str(browser_path), args=list(ARGUMENTS)
            )
        except Error as error:
            raise MissingBrowser(
                f"'{browser_path}' does not start ({error.message.splitlines()[0]}); "
                "set LAYERWALK_BROWSER to another Chromium, Chrome or Edge"
            ) from error
        with browser:
            page = browser.new_page(viewport={"width": width_px, "height": height_px})
            page.goto(url)
            _wait_until_lit(page, timeout_s)
            page.evaluate(SETTLED)
            page.screenshot(path=file)


def _wait_until_lit(page: Any, timeout_s: float) -> None:
    from playwright.sync_api import TimeoutError as TooSlow

    try:
        # A selector: the viewer's content security policy lets nobody evaluate strings.
        page.wait_for_selector(f"{LIT}, {UNSUPPORTED}", state="attached", timeout=timeout_s * 1000)
    except TooSlow as error:
        state = page.locator("html").get_attribute("data-state")
        raise ConnectionFailed(
            f"the network did not light up within {timeout_s:.0f} s (the viewer is '{state}'); "
            "look at it with --no-browser and a browser of your own"
        ) from error
    if page.locator(UNSUPPORTED).count():
        raise MissingBrowser(
            f"{page.locator(UNSUPPORTED).inner_text()} Set LAYERWALK_BROWSER to another browser"
        )
