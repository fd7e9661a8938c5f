"""A browser of another machine: https by this machine's address, let in by a code or typed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
import web_network
from conftest import HEIGHT, WIDTH, Visit
from playwright.sync_api import Browser, BrowserContext, Error, Page

import layerwalk

ROOM = "html[data-state='lit']"
FORM = "form.admission"


@pytest.fixture(scope="module")
def bridge(model: torch.nn.Module, pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    """It lets other machines in."""
    with web_network.serve(model, pictures, host="0.0.0.0") as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody who said that the certificate is all right."""
    size = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(ignore_https_errors=True, viewport=size)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """A picture to look at, where one is asked for."""
    if folder := os.environ.get("LAYERWALK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_short_link_opens_the_room_where_headsets_may_enter(
    bridge: layerwalk.Bridge, page: Page, context: BrowserContext
) -> None:
    page.goto(bridge.invite())
    page.wait_for_selector(ROOM, state="attached")
    assert page.evaluate("[isSecureContext, 'xr' in navigator]") == [True, True]
    assert page.url.startswith(f"{bridge.origin}/#")  # neither code nor token
    shown = page.evaluate("layerwalk.app.connection.state")
    assert shown == "connected"
    again = context.new_page()  # of the same browser, which keeps the token
    again.goto(bridge.origin)
    again.wait_for_selector(ROOM, state="attached")


def test_a_code_may_be_typed(bridge: layerwalk.Bridge, page: Page) -> None:
    link = bridge.invite()
    code = link[-6:]
    page.goto(bridge.origin.replace("https:", "http:"))  # as it is typed, without https://
    page.wait_for_selector(FORM)
    assert page.url == f"{bridge.origin}/"
    keep(page, "admission")
    page.keyboard.type("abc")  # it has the focus
    page.keyboard.press("Enter")
    problem = page.locator(".problem")
    assert "6 letters" in problem.inner_text()
    page.locator("input").fill("AAAAAA")
    page.keyboard.press("Enter")
    page.locator(".problem", has_text="not good").wait_for()
    keep(page, "admission_wrong")
    page.locator("input").fill(f"{code[:3].lower()} {code[3:]}")
    page.get_by_role("button", name="Enter").click()
    page.wait_for_selector(ROOM, state="attached")
    page.reload()
    page.wait_for_selector(ROOM, state="attached")


def test_a_link_that_was_used_says_so_and_asks(bridge: layerwalk.Bridge, page: Page) -> None:
    link = bridge.invite()
    assert bridge._entrance is not None
    assert bridge._entrance.pairing.withdraw(link[-6:])
    page.goto(link)
    page.wait_for_selector(FORM)
    assert "This code is not good, or not any more" in page.locator(".problem").inner_text()
    assert page.evaluate("document.documentElement.dataset.state") == "asking"


def test_a_token_that_is_wrong_is_refused_and_a_code_is_asked_for(
    bridge: layerwalk.Bridge, page: Page
) -> None:
    page.goto(f"{bridge.origin}/?token=wrong")
    page.get_by_role("button", name="Type a code").click()
    page.wait_for_selector(FORM)


def test_a_browser_that_was_told_nothing_refuses_the_certificate(
    bridge: layerwalk.Bridge, browser: Browser
) -> None:
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(bridge.origin)
    page.close()


def test_on_this_machine_the_page_is_as_ever(
    bridge: layerwalk.Bridge, visitors: Callable[[layerwalk.Bridge], Visit]
) -> None:
    assert bridge.url.startswith("http://127.0.0.1:")
    assert visitors(bridge).open().state["phase"] == "lit"
