"""A bridge with a real network, a real browser, and a visitor in it that tests can steer.

Nothing here sleeps: the page publishes its state under `window.layerwalk`, and tests wait for it.
"""

from __future__ import annotations

import importlib.util
import io
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

# Tests are imported by path, so what they share is not found by name without this.
sys.path.insert(0, str(Path(__file__).parent))

import web_colours
import web_network
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    WebSocket,
    sync_playwright,
)

import layerwalk
from layerwalk.cli.browser import find_browser

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WIDTH, HEIGHT = 960, 600
TIMEOUT_S = float(os.environ.get("LAYERWALK_TEST_TIMEOUT_S", "60"))

BEGIN = """() => {
    const { app, visitor } = layerwalk;
    app.hud.help.close();
    app.hud.strip.toggle(false);
    app.hud.prediction.declined = false;
    document.querySelectorAll(".toast").forEach(toast => toast.remove());
    app.navigator.setNormalization("layer");
    app.navigator.home();
    visitor.place(visitor.destination);
    const [first] = app.store.shelf;
    if (app.store.run.picture !== first.id) app.place(first.id);
    app.hud.prediction.toggle(false);
    app.hud.focusScene();
}"""


class Visit:
    """One browser page in the room of `bridge`."""

    def __init__(self, page: Page, bridge: layerwalk.Bridge) -> None:
        self.page = page
        self.bridge = bridge
        self.requests: list[str] = []
        self.frames: list[int] = []  # bytes of each message from the bridge
        self.errors: list[str] = []
        page.set_default_timeout(TIMEOUT_S * 1000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", self._connected)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _connected(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        socket.on("framereceived", lambda frame: self.frames.append(len(frame)))

    def open(self, hash: str = "") -> Visit:
        """Opens the viewer and waits until the network has lit up."""
        return self.enter(hash).settle()

    def enter(self, hash: str = "") -> Visit:
        """Opens the viewer: what is told at once is gone when all has lit up."""
        self.page.goto(self.bridge.url + hash)
        return self

    def begin(self) -> Visit:
        """Back to the start, with the first picture, all blocks open, and nothing selected."""
        self.page.mouse.move(1, 1)
        self.page.evaluate(BEGIN)
        self.wait("state => state.run?.picture === state.shelf[0].id").settle()
        self.requests.clear()
        return self

    def settle(self) -> Visit:
        """Waits until all is drawn and nothing moves any more."""
        return self.wait("state => state.settled")

    def wait(self, condition: str, argument: Any = None) -> Visit:
        """Waits until `condition`, a function of the published state, holds."""
        self.page.wait_for_function(
            f"argument => window.layerwalk && ({condition})(layerwalk.state(), argument)",
            arg=argument,
        )
        return self

    @property
    def state(self) -> dict[str, Any]:
        """The published state."""
        return self.page.evaluate("layerwalk.state()")

    @property
    def position(self) -> np.ndarray:
        """Where the visitor's eyes are."""
        return np.array(self.state["visitor"]["position"])

    def go(self, layer: str, tile: int | None = None) -> Visit:
        """Flies to a layer, as search does."""
        assert self.page.evaluate("([layer, tile]) => layerwalk.go(layer, tile)", [layer, tile])
        return self.settle()

    def press(self, key: str) -> Visit:
        self.page.keyboard.press(key)
        return self

    def drop(self, file: Path, kind: str) -> Visit:
        """Drops a file on the page, as a file manager does."""
        transfer = self.page.evaluate_handle(
            """([bytes, name, type]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
                return transfer;
            }""",
            [list(file.read_bytes()), file.name, kind],
        )
        for event in ("dragover", "drop"):
            self.page.locator("#scene").dispatch_event(event, {"dataTransfer": transfer})
        return self

    def station_of(self, layer: str) -> str:
        """Key of the station whose walls show a layer."""
        found = self.page.evaluate(
            "layer => layerwalk.app.store.room.stations"
            ".find(station => station.walls.some(wall => wall.layer === layer))?.key",
            layer,
        )
        assert found, f"no wall shows {layer}"
        return found

    def tile(self, layer: str, tile: int) -> tuple[float, float, float, float]:
        """Where a tile is on the page: x, y, width and height in pixels."""
        found = self.page.evaluate(
            """([layer, tile]) => {
                const { world } = layerwalk;
                const cell = world.cellOf(layer, tile);
                for (const { station, index, panels, layer: shown } of world.walls)
                    for (const { first, count } of panels)
                        if (shown === layer && cell >= first && cell < first + count)
                            return world.projectTile(station, index, tile);
            }""",
            [layer, tile],
        )
        assert found, f"tile {tile} of {layer} is on no wall"
        return found["x"], found["y"], found["w"], found["h"]

    def approach(self, layer: str, tile: int, *, distance_m: float = 0.4) -> Visit:
        """Stands so near before a tile that its pixels are large on the screen."""
        self.go(layer, tile).press("Escape").press("Escape").settle()
        x, y, width, height = self.tile(layer, tile)
        yaw = self.state["visitor"]["yaw"]
        hit = self.page.evaluate(
            "([x, y]) => layerwalk.world.pick(x, y)",
            [2 * (x + width / 2) / WIDTH - 1, 1 - 2 * (y + height / 2) / HEIGHT],
        )
        px, py, pz = hit["point"]
        position = [px + distance_m * math.sin(yaw), py, pz + distance_m * math.cos(yaw)]
        return self.stand(position, yaw)

    def stand(self, position: Sequence[float], yaw: float, pitch: float = 0.0) -> Visit:
        """Stands there at once."""
        pose = {"position": [*map(float, position)], "yaw": yaw, "pitch": pitch}
        self.page.evaluate("pose => layerwalk.visitor.place(pose)", pose)
        return self.settle()

    def at(self, layer: str, tile: int, row: int, column: int, size: int) -> tuple[float, float]:
        """Where on the page the middle of a feature map's pixel is."""
        x, y, width, height = self.tile(layer, tile)
        return x + (column + 0.5) / size * width, y + (row + 0.5) / size * height

    def assert_shows(
        self, layer: str, tile: int, values: np.ndarray, *, normalization: str = "layer"
    ) -> None:
        """The tile's pixels on the screen are those of `values`, (tiles, rows, columns)."""
        rows, columns = values.shape[1:]
        canvas = self.canvas()
        for row, column in np.ndindex(rows, columns):
            x, y = self.at(layer, tile, row, column, rows)
            seen = canvas[int(y), int(x)].astype(float)
            low, high = web_colours.bounds(values, tile, row, column, normalization=normalization)
            assert (low <= seen).all() and (seen <= high).all(), (
                f"{layer} tile {tile} at ({row}, {column}) has {seen}, not {low} .. {high}"
            )

    def canvas(self) -> np.ndarray:
        """What the canvas shows, uint8 (height, width, 3), without what lies over it."""
        hud = self.page.locator("#hud")
        hud.evaluate("element => { element.style.visibility = 'hidden'; }")
        try:
            png = self.page.screenshot()
        finally:
            hud.evaluate("element => { element.style.visibility = ''; }")
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.fixture(scope="session", autouse=True)
def _viewer() -> None:
    """The viewer, built if its sources changed."""
    path = ROOT / "python_bridge" / "build_viewer.py"
    spec = importlib.util.spec_from_file_location("build_viewer", path)
    assert spec is not None
    assert spec.loader is not None
    build_viewer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_viewer)
    build_viewer.build()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, drawing in software."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(find_browser()), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def model() -> torch.nn.Module:
    torch.set_num_threads(1)
    return web_network.small_network()


@pytest.fixture(scope="session")
def pictures() -> dict[str, np.ndarray]:
    return web_network.pictures()


@pytest.fixture(scope="module")
def bridge(model: torch.nn.Module, pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    """One bridge for all tests of a file: those that change its document undo that."""
    with web_network.serve(model, pictures) as served:
        yield served


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[[layerwalk.Bridge], Visit]]:
    """Makes visitors, each with a page of their own; none may meet an error in the page."""
    with visiting(browser) as make:
        yield make


@pytest.fixture(scope="module")
def room(browser: Browser, bridge: layerwalk.Bridge) -> Iterator[Visit]:
    """The page that the tests of a file share, since opening one takes longer than a test."""
    with visiting(browser) as make:
        yield make(bridge).open()


@pytest.fixture
def visit(room: Visit) -> Visit:
    """A visitor at the start of the lit room, as if the page had just been opened."""
    return room.begin()


@contextmanager
def visiting(browser: Browser) -> Iterator[Callable[[layerwalk.Bridge], Visit]]:
    visits: list[Visit] = []

    def make(bridge: layerwalk.Bridge, context: BrowserContext | None = None) -> Visit:
        size = ViewportSize(width=WIDTH, height=HEIGHT)
        page = browser.new_page(viewport=size) if context is None else context.new_page()
        visits.append(Visit(page, bridge))
        return visits[-1]

    yield make
    for visit in visits:
        visit.page.close()
        assert visit.errors == []
