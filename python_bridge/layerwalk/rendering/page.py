"""The viewer's page in a browser without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from layerwalk.errors import ConnectionFailed, MissingBrowser
from layerwalk.rendering.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The page draws in software, so that a machine without a graphics card shows the same.
ARGUMENTS = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--hide-scrollbars")
LIT, UNSUPPORTED = 'html[data-state="lit"]', "#hud.unsupported"


def check_browser(what: str) -> None:
    """Raises MissingBrowser where there is nothing to take `what` ("screenshots") with."""
    if find_spec("playwright") is None:
        raise MissingBrowser(f"{what} need playwright; pip install 'layerwalk[render]'")
    find_browser()


@contextmanager
def open_page(
    url: str, *, width_px: int, height_px: int, timeout_s: float = 180, calm: bool = False
) -> Iterator[Page]:
    """The viewer at `url`, lit. `calm`: nothing in it moves for show.

    Raises MissingBrowser, or ConnectionFailed with the state of the page where it does not
    light up in time.
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
            page = browser.new_page(
                viewport={"width": width_px, "height": height_px},
                reduced_motion="reduce" if calm else "no-preference",
            )
            page.goto(url)
            _wait_until_lit(page, timeout_s)
            yield page


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
