"""Makes the pictures of README.md, with the software itself: python docs/pictures/make.py"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import layerwalk
from layerwalk.cli.browser import find_browser
from layerwalk.cli.screenshot import ARGUMENTS
from layerwalk.session import open_bridge
from layerwalk.sources import demo_shelf, load

FOLDER = Path(__file__).parent
SIZE = {"width": 1280, "height": 720}
SETTLED = "() => window.layerwalk?.state().settled"


@contextmanager
def opened(browser: Browser, source: str) -> Iterator[Page]:
    """The viewer with the network of `source`, lit."""
    with open_bridge(lambda: load(source), shelf=demo_shelf()) as bridge:
        bridge.wait_ready()
        page = browser.new_page(viewport=SIZE, bypass_csp=True)
        page.goto(bridge.url)
        page.wait_for_function(SETTLED)
        yield page
        page.close()


def save(page: Page, name: str) -> None:
    """What the viewer shows once nothing moves."""
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.wait_for_function(SETTLED)
    page.screenshot(path=FOLDER / f"{name}.png")


def render() -> None:
    """Those of docs/render.md."""
    with open_bridge(lambda: load("demo"), shelf=demo_shelf()) as bridge:
        bridge.wait_ready()
        inside, tower = "#view=0,1.6,-9.5,0,0", "#view=overview&layout=tower"
        file = FOLDER / "rendered.png"
        layerwalk.render(bridge, file=file, view=inside, size=(4096, 2048), panorama=True)
        shrink(file, "panorama")
        layerwalk.render(bridge, file=file, view=tower, size=(3200, 1800))
        shrink(file, "tower")


def shrink(file: Path, name: str) -> None:
    """The picture, 1600 pixels wide and in few bytes; `file` is gone."""
    with Image.open(file) as picture:
        size = 1600, picture.height * 1600 // picture.width
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    small.save(FOLDER / f"{name}.jpg", quality=86, optimize=True)
    file.unlink()


def main() -> None:
    """All of them."""
    render()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=[*ARGUMENTS, "--no-sandbox"]
        )
        with opened(browser, "demo") as page:
            save(page, "start")
            page.evaluate("window.layerwalk.go('_blocks.1._swish', 19)")
            save(page, "near")
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            page.keyboard.press("o")
            save(page, "overview")
            page.keyboard.press("o")
            page.keyboard.press("End")
            save(page, "end")
        with opened(browser, "torchvision:googlenet") as page:
            page.evaluate("location.hash = 'view=0,1.6,-30,0,0.05'")
            save(page, "branches")
        browser.close()


if __name__ == "__main__":
    main()
