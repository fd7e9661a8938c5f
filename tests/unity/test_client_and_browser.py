"""What a visitor changes in the Unity client is seen in the browser, and the other way round.

Both walk through the room of one real bridge: the Unity client on the engine's double, steered by
keys and mouse through `VisitorProgram`; the web viewer in a browser, by its keys. Nothing sleeps:
each change is awaited where it has to arrive.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

import layerwalk

from . import build
from .Client import walk

Array = NDArray[Any]
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
COLOURS = {"coral": (230, 90, 60), "teal": (20, 140, 150), "plum": (130, 40, 120)}
STATIONS = "layerwalk.app.store.room.stations"
# Where a station stands.
PLACE = f"""key => (layerwalk.app.store.transforms()[key]?.position_m
    ?? {STATIONS}.find(one => one.key === key).origin_m)"""
HOME = f"key => {STATIONS}.find(one => one.key === key).origin_m"
# The middle of a station's first tile on the screen.
MIDDLE = """key => {
    const tile = layerwalk.world.projectTile(key, 0, 0);
    return [tile.x + tile.w / 2, tile.y + tile.h / 2];
}"""
# The point in the room that is seen in the middle of the first tile of a station; null where that
# is not seen.
SEEN_AT = """key => {
    const tile = layerwalk.world.projectTile(key, 0, 0);
    if (!tile) return null;
    const x = tile.x + tile.w / 2, y = tile.y + tile.h / 2;
    const hit = layerwalk.world.pick(2 * x / innerWidth - 1, 1 - 2 * y / innerHeight);
    return hit?.station === key ? hit.point : null;
}"""


class Unity:
    """The visitor in the Unity client."""

    def __init__(self, program: Path, bridge: layerwalk.Bridge) -> None:
        self._process = subprocess.Popen(
            ["mono", "--debug", str(program), bridge.endpoint, bridge.token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, command: str) -> list[str]:
        """Words of the last line that the program prints before it is done."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        print(command, file=to, flush=True)
        words: list[str] = []
        while (line := back.readline()) != "done\n":
            assert line, f"the Unity client ended at `{command}`; it said why to standard error"
            words = line.split()
        return words

    def where(self, station: str) -> Array:
        """Where the first wall of a station stands for the shaders."""
        return np.array(self.tell(f"where {station}")[1:], float)

    def axis(self, station: str) -> Array:
        """The first axis of that wall: its direction, as long as its scale."""
        return np.array(self.tell(f"axis {station}")[1:], float)

    def await_at(self, station: str, position: Any) -> None:
        """Waits until a station stands there."""
        x, y, z = map(float, position)
        self.tell(f"await at {station} {x} {y} {z}")

    def close(self) -> int:
        """Leaves; returns the program's exit status."""
        self._process.communicate()
        return self._process.returncode


class Web:
    """The visitor in the browser."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def wait(self, condition: str, argument: Any = None) -> None:
        """Waits until a function of the published state holds, and all is drawn."""
        self.page.wait_for_function(
            f"argument => (state => state.settled && ({condition})(state, argument))"
            "(layerwalk.state())",
            arg=argument,
        )

    def begin(self) -> None:
        """At the start, nothing chosen."""
        self.page.evaluate(
            "() => { layerwalk.app.navigator.home();"
            " layerwalk.visitor.place(layerwalk.visitor.destination); }"
        )
        self.wait("() => true")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def go(self, name: str) -> None:
        """To a layer or block."""
        assert self.page.evaluate("name => layerwalk.go(name)", name)
        self.wait("() => true")

    def stations(self) -> list[str]:
        """Keys of those that have walls."""
        found: list[str] = self.page.evaluate(
            f"{STATIONS}.filter(one => one.walls.length).map(one => one.key)"
        )
        return found

    def seen_at(self, station: str) -> Array:
        """Where the first tile of a station is seen from where the visitor stands."""
        found = self.page.evaluate(SEEN_AT, station)
        assert found, f"{station} is not in sight"
        return np.array(found)

    def place(self, station: str) -> Array:
        """Where a station stands."""
        return np.array(self.page.evaluate(PLACE, station))

    def foot(self, station: str) -> Array:
        """Where its first wall stands."""
        return np.array(self.page.evaluate("key => layerwalk.world.footOf(key, 0)", station))

    def photograph(self) -> Array:
        """The colour in the middle of the photograph on the screen."""
        self.begin()
        spot = self.page.evaluate(
            """() => {
                const seen = [];
                for (let y = 5; y < innerHeight; y += 10)
                    for (let x = 5; x < innerWidth; x += 10)
                        if (layerwalk.app.pick(x, y)?.kind === "photograph") seen.push([x, y]);
                return seen[seen.length >> 1];
            }"""
        )
        assert spot, "the photograph is not in sight"
        hud = self.page.locator("#hud")
        hud.evaluate("element => { element.style.visibility = 'hidden'; }")
        png = self.page.screenshot()
        hud.evaluate("element => { element.style.visibility = ''; }")
        colour: Array = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))[spot[1], spot[0]]
        return colour


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if build.missing_tools():
        pytest.skip("mono is not installed; on Debian and Ubuntu: make mono")
    parts = ["Visitor", "Client", "Transport", "Protocol", "Scene", "Curve"]
    built = build.build(tmp_path_factory.mktemp("visitor"), parts)
    return next(path for path in built if path.stem == "VisitorProgram")


@pytest.fixture(scope="module")
def bridge(program: Path) -> Iterator[layerwalk.Bridge]:
    torch.manual_seed(0)
    shelf = {name: np.full((64, 64, 3), rgb, np.uint8) for name, rgb in COLOURS.items()}
    example = torch.zeros(1, 3, 64, 64)
    with layerwalk.serve(walk.Hall().eval(), example, shelf) as made:
        yield made


@pytest.fixture(scope="module")
def unity(program: Path, bridge: layerwalk.Bridge) -> Iterator[Unity]:
    """One for all tests; nothing may have gone wrong in it."""
    made = Unity(program, bridge)
    try:
        made.tell("lit")
        yield made
        complaints = made.tell("complaints")
    finally:
        status = made.close()
    assert complaints == []
    assert status == 0


@pytest.fixture(scope="module")
def page(bridge: layerwalk.Bridge) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from layerwalk.cli.browser import find_browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=FLAGS)
        page = browser.new_page(viewport={"width": 800, "height": 500})
        page.set_default_timeout(60_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(bridge.url)
        page.wait_for_function("() => document.documentElement.dataset.state === 'lit'")
        yield page
        browser.close()
        assert errors == []


@pytest.fixture
def web(page: Any) -> Web:
    made = Web(page)
    made.begin()
    return made


def test_a_wall_that_unity_drags_is_seen_moved_in_the_browser(unity: Unity, web: Web) -> None:
    before = {key: web.page.evaluate(SEEN_AT, key) for key in web.stations()}
    _, station, *way = unity.tell("drag")
    moved = np.array(way, float)
    assert np.linalg.norm(moved) > 0.1
    web.page.wait_for_function("key => layerwalk.app.store.transforms()[key]", arg=station)
    web.wait("() => true")
    assert before[station] is not None
    assert web.seen_at(station) - before[station] == pytest.approx(moved, abs=2e-3)
    others = [key for key, seen in before.items() if seen and key != station]
    for key in others:  # they stay, but it may stand before them now
        assert web.page.evaluate(SEEN_AT, key) in (None, before[key])


def test_blocks_that_unity_closes_and_opens_do_so_in_the_browser(unity: Unity, web: Web) -> None:
    open_ones = web.stations()
    unity.tell("close block.0")
    web.wait("state => !state.room.expanded.includes('block')")
    unity.tell("await closed block")
    assert "block" in web.stations()
    assert len(web.stations()) < len(open_ones)
    assert unity.tell("stations") == web.stations()
    unity.tell("open block")
    web.wait("state => state.room.expanded.includes('block')")
    unity.tell("await open block")
    assert web.stations() == open_ones == unity.tell("stations")


def test_a_picture_that_unity_places_appears_in_the_browser(unity: Unity, web: Web) -> None:
    for digit, name in (2, "teal"), (3, "plum"):
        unity.tell(f"place {digit}")
        web.wait("(state, name) => state.run.name === name && state.run.complete", name)
        assert_shows(web, name)


def test_blocks_that_the_page_closes_and_opens_do_so_in_unity(unity: Unity, web: Web) -> None:
    open_ones = unity.tell("stations")
    web.go("block.0")
    web.press("Backspace")
    unity.tell("await closed block")
    web.wait("state => !state.room.expanded.includes('block')")
    assert len(unity.tell("stations")) < len(open_ones)
    assert unity.tell("stations") == web.stations()
    web.go("block")
    web.press("Enter")
    unity.tell("await open block")
    assert unity.tell("stations") == open_ones


def test_a_picture_that_the_page_places_hangs_in_unity(unity: Unity, web: Web) -> None:
    for key, name in ("1", "coral"), ("2", "teal"):
        web.press(key)
        unity.tell(f"await run {name}")
        _, *colour = unity.tell("photograph")
        assert [float(part) for part in colour] == pytest.approx(COLOURS[name], abs=1)


def test_a_wall_that_the_page_drags_turns_and_sizes_does_so_in_unity(
    unity: Unity, web: Web
) -> None:
    station = web.stations()[1]
    home, axis = unity.where(station), unity.axis(station)
    web.go(station)
    web.press("m")
    x, y = web.page.evaluate(MIDDLE, station)
    web.page.mouse.move(x, y)
    web.page.mouse.down()
    web.page.mouse.move(x + 60, y + 10)
    web.page.mouse.move(x + 90, y + 20)
    web.page.mouse.up()
    web.wait("() => layerwalk.app.holding.station === null")
    unity.await_at(station, web.place(station))
    moved = unity.where(station) - home
    assert np.linalg.norm(moved) > 0.2
    assert moved == pytest.approx(web.foot(station) - home, abs=1e-3)
    assert unity.axis(station) == pytest.approx(axis, abs=1e-6)
    for key in ("q", "q", "+"):
        web.press(key)
    web.press("Escape")
    web.wait("() => layerwalk.app.holding.station === null")
    unity.await_at(station, web.place(station))
    turned = unity.axis(station)
    assert np.linalg.norm(turned) / np.linalg.norm(axis) == pytest.approx(1.1, abs=1e-4)
    cos = float(turned @ axis / np.linalg.norm(turned) / np.linalg.norm(axis))
    assert np.arccos(cos) == pytest.approx(np.pi / 18, abs=1e-3)
    assert unity.where(station) == pytest.approx(web.foot(station), abs=1e-3)
    web.press("r")
    unity.await_at(station, web.page.evaluate(HOME, station))
    assert unity.where(station) == pytest.approx(home, abs=1e-6)


def test_walls_that_the_page_hides_vanish_in_unity_and_layouts_change_for_both(
    unity: Unity, web: Web
) -> None:
    open_ones = web.stations()
    station = open_ones[1]
    web.go(station)
    web.press("x")
    unity.tell(f"await hidden {station}")
    assert unity.tell("stations") == [key for key in open_ones if key != station]
    web.press("Shift+X")
    unity.tell(f"await shown {station}")
    assert unity.tell("stations") == open_ones
    before = unity.where(station)
    for layout in ("spiral", "tower", "linear"):
        web.press("l")
        web.wait("(state, layout) => layerwalk.app.store.room.layout === layout", layout)
        unity.tell(f"await layout {layout}")
        assert unity.where(station) == pytest.approx(web.foot(station), abs=1e-4)
    assert unity.where(station) == pytest.approx(before, abs=1e-6)


def test_a_station_that_python_moves_is_moved_in_both(
    unity: Unity, web: Web, bridge: layerwalk.Bridge
) -> None:
    station = next(key for key in web.stations() if web.page.evaluate(SEEN_AT, key))
    at = np.array(web.page.evaluate(PLACE, station))
    here, there = unity.where(station), web.seen_at(station)
    way = np.array([0.2, 0.1, 0.3])
    x, y, z = map(float, at + way)
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        client.move_layer(station, position_m=(x, y, z))
    unity.await_at(station, (x, y, z))
    web.page.wait_for_function(
        f"([key, x]) => ({PLACE})(key)[0] === x && layerwalk.state().settled", arg=[station, x]
    )
    assert unity.where(station) - here == pytest.approx(way, abs=1e-4)
    assert web.seen_at(station) - there == pytest.approx(way, abs=2e-3)


def assert_shows(web: Web, name: str) -> None:
    """The photograph on the screen has a colour of the shelf, of all those the nearest."""
    seen = web.photograph().astype(float)
    away = {other: np.abs(seen - rgb).max() for other, rgb in COLOURS.items()}
    assert min(away, key=lambda other: away[other]) == name, f"{seen} is no {name}"
    assert away[name] < 40, f"{seen} is no {name}"
