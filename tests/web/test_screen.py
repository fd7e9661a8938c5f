"""What lies over the scene: nothing covers what it speaks of, and what is written is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from conftest import visiting

import layerwalk
from layerwalk.images import Shelf
from layerwalk.session.bridge import open_bridge


@pytest.fixture
def small(visit: Any) -> Any:
    """The visit on a small page, where panels and scene have to share little room."""
    size = visit.page.viewport_size
    visit.page.set_viewport_size({"width": 900, "height": 600})
    yield visit.settle()
    visit.page.set_viewport_size(size)
    visit.press("Escape").press("Escape").settle()


def test_the_ten_best_make_way_for_shelf_and_board(small: Any) -> None:
    """At the start the shelf is looked at; the board says the same. K shows the panel there too."""
    panel = small.page.get_by_role("region", name="Prediction")
    small.press("3").wait("state => state.run.picture === 'slope' && state.settled")
    assert panel.is_hidden()
    small.press("]").settle().press("2")
    small.wait("state => state.run.picture === 'checks' && state.settled")
    assert panel.is_visible()
    small.press("Home").settle()
    assert panel.is_hidden()
    small.press("]").settle().press("k").press("End").settle()
    assert panel.is_hidden()
    small.press("k")
    assert panel.is_visible()
    small.press("k").press("k").press("Home").settle()
    assert panel.is_visible()


def test_a_small_page_keeps_the_hint_that_matters(small: Any) -> None:
    hint = small.page.locator(".hint")
    for key in ("Home", "]"):
        small.press(key).settle()
        said = hint.get_by_text("a wall to stand before it").bounding_box()
        chip = hint.bounding_box()
        assert chip["y"] < said["y"] < said["y"] + said["height"] < chip["y"] + chip["height"]


def test_the_focus_looks_unlike_the_current_picture(visit: Any) -> None:
    visit.press("i").press("Tab").press("Shift+Tab")
    focus, current = visit.page.evaluate(
        """() => {
            const style = getComputedStyle(document.activeElement);
            return [style.outlineColor, style.boxShadow];
        }"""
    )
    assert current.startswith("rgb(255, 226, 176)")
    assert focus not in current


def test_the_overview_panel_scrolls_as_a_whole(visit: Any) -> None:
    visit.press("o").wait("state => state.overview && state.settled")
    scrolling = visit.page.get_by_role("region", name="Selection").evaluate(
        """panel => [panel, ...panel.querySelectorAll("*")].filter(
            element => ["auto", "scroll"].includes(getComputedStyle(element).overflowY)).length"""
    )
    assert scrolling == 1


def test_a_toast_covers_no_panel(small: Any) -> None:
    small.press("o").wait("state => state.overview && state.settled")
    name = "a.name_that/is_quite_long.and_has.many_parts_of.its_own"
    small.page.evaluate("name => layerwalk.go(name)", name)
    toast = small.page.locator(".toast").bounding_box()
    panel = small.page.get_by_role("region", name="Selection").bounding_box()
    assert toast["x"] + toast["width"] <= panel["x"]
    small.press("o").settle()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_toast_leaves_the_shelf_free(visit: Any, width: int, height: int) -> None:
    size = visit.page.viewport_size
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.settle().press("i")
    visit.page.evaluate("layerwalk.app.hud.notices.toast('It failed. '.repeat(20))")
    toast = visit.page.locator(".toast").bounding_box()
    strip = visit.page.get_by_role("region", name="Shelf of images").bounding_box()
    assert 0 < toast["y"] < toast["y"] + toast["height"] <= strip["y"]
    visit.page.set_viewport_size(size)
    visit.settle()


def test_toasts_stay_for_as_long_as_they_take_to_read(visitors: Any, bridge: Any) -> None:
    visit = visitors(bridge)
    visit.page.clock.install()
    visit.open()
    toasts = visit.page.locator(".toast")
    visit.press("+")
    visit.page.clock.fast_forward(3500)
    assert toasts.all_inner_texts() == ["Speed × 2"]
    visit.page.clock.fast_forward(1000)
    assert toasts.count() == 0


def test_names_are_broken_between_their_words(visit: Any) -> None:
    """However narrow the panel, a line never ends within a word of a layer's name."""
    visit.go("body.0.conv2")
    panel = visit.page.get_by_role("region", name="Selection")
    heights = panel.evaluate(
        """panel => {
            const name = panel.querySelector("code");
            panel.parentElement.style.width = "150px";
            const range = document.createRange();
            return [...name.childNodes].filter(node => node.data).map(node => {
                range.selectNodeContents(node);
                return [node.data, range.getClientRects().length];
            });
        }"""
    )
    panel.evaluate("panel => { panel.parentElement.style.width = ''; }")
    assert heights == [["body.", 1], ["0.", 1], ["conv2", 1]]


class Tokens(torch.nn.Module):
    """A matrix of tokens and features, and no picture anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = torch.nn.Linear(6, 8)
        self.head = torch.nn.Linear(8, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.mix(x).relu().mean(1))


def test_a_network_of_tokens_is_told_in_its_own_words(visitors: Any) -> None:
    """No channels where there are none, and no picture is asked for that it cannot take."""
    with layerwalk.serve(Tokens(), example_input=torch.rand(1, 5, 6)) as bridge:
        visit = visitors(bridge).open().go("mix", 0)
        panel = visit.page.get_by_role("region", name="Selection")
        assert "Token × feature" in panel.inner_text().split("\n")
        assert "Channel" not in panel.inner_text()
        visit.press("i")
        strip = visit.page.get_by_role("region", name="Shelf of images")
        assert "takes no image" in strip.inner_text()
        assert strip.get_by_role("button").count() == 0
        visit.press("i").press("End").settle()
        visit.page.evaluate("layerwalk.app.place('any')")
        visit.page.evaluate("layerwalk.app.place('other')")
        assert visit.page.locator(".toast").all_inner_texts() == [
            "This network takes no image: it runs on its example"
        ]
        visit.press("Home").settle().press("]").settle()
        visit.page.evaluate("layerwalk.app.place('any')")
        assert visit.page.get_by_role("region", name="Prediction").is_hidden()
        visit.press("End").settle()
        hint = visit.page.locator(".hint").inner_text()
        assert "Home" in hint
        assert "1" not in hint


def test_what_random_weights_see_is_doubted(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """Beside the scores, wherever they stand; of other weights nothing is said."""
    doubt, seen = "Random weights: these scores mean nothing", []
    for weights in ("random", "fixed"):
        load = partial(replace, web_network.loaded(model), weights=weights)
        with open_bridge(load, shelf=Shelf.of(pictures)) as bridge:
            visit = visitors(bridge).open().press("]").settle().press("k")
            panel = visit.page.get_by_role("region", name="Prediction")
            assert (doubt in panel.inner_text()) == (weights == "random")
            name = visit.page.locator(".chip.name").inner_text()
            assert ("random weights" in name) == (weights == "random")
            visit.press("k").press("End").settle()
            seen.append(reddish(visit.canvas()))
    assert seen[0] > seen[1] + 50, "the board says nothing"


def reddish(canvas: np.ndarray) -> int:
    """How many pixels have the colour of errors."""
    apart = np.abs(canvas.astype(int) - (255, 154, 134)).max(axis=2)
    return int((apart < 60).sum())


UNCOVERED = """corners => {
    const { world, visitor } = layerwalk;
    const camera = world.camera;
    const covers = [".live", ".map", ".side > .panel"]
        .map(name => document.querySelector(name).getBoundingClientRect())
        .filter(box => box.width > 0);
    const on = corners.map(([x, y, z]) => {
        const at = camera.position.clone().set(x, y, z).project(camera);
        return [(at.x + 1) / 2 * innerWidth, (1 - at.y) / 2 * innerHeight];
    });
    return on.filter(([x, y]) => y > innerHeight || covers.some(
        box => x > box.left && x < box.right && y > box.top && y < box.bottom));
}"""
PHOTOGRAPH = """() => {
    const { position_m: [x, , z], yaw_rad } = layerwalk.app.store.room.photograph;
    const [right, depth] = [Math.cos(yaw_rad), -Math.sin(yaw_rad)];
    return [-0.86, 0.86].map(side => [x + right * side, 0.66, z + depth * side]);
}"""


@pytest.mark.parametrize(("width", "height"), [(800, 500), (960, 600), (1280, 720)])
def test_the_bar_of_live_input_hides_no_photograph(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], width: int, height: int
) -> None:
    """At the start and from above, the lower corners of the photograph lie over nothing."""
    frames = np.stack(list(pictures.values()))
    with web_network.serve(model, pictures, live={"clip": frames}) as bridge:
        visit = visitors(bridge)
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.open().press("i")
        visit.page.click("[data-source=clip]")
        visit.press("Escape").press("Home")
        visit.wait("state => state.run.live === 'clip'")
        visit.page.evaluate("layerwalk.app.live.toggle()")
        visit.settle()
        assert visit.page.locator(".live").is_visible()
        corners = visit.page.evaluate(PHOTOGRAPH)
        assert visit.page.evaluate(UNCOVERED, corners) == []
        visit.press("o").wait("state => state.overview && state.settled")
        assert visit.page.evaluate(UNCOVERED, corners) == []


def over(one: Any, other: Any) -> bool:
    """Whether two boxes have a pixel in common."""
    a, b = one.bounding_box(), other.bounding_box()
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not (beside or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"])


SIZES = [(390, 844), (800, 500), (960, 600), (1280, 720)]


@pytest.fixture(scope="module")
def playing(browser: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]) -> Iterator[Any]:
    """A page with more pictures than the strip has room for, and a source with a long name."""
    many = {f"{name} {i}": picture for i in range(6) for name, picture in pictures.items()}
    live = {"a street at night.mp4": np.stack(list(pictures.values()))}
    with web_network.serve(model, many, live=live) as bridge, visiting(browser) as make:
        yield make(bridge).open()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_shelf_lies_over_no_panel(playing: Any, width: int, height: int) -> None:
    page = playing.page
    page.set_viewport_size({"width": width, "height": height})
    playing.go("body.0.conv2", 2)
    strip = page.get_by_role("region", name="Shelf of images")
    page.evaluate("layerwalk.app.hud.strip.toggle(true)")
    for panel in ("Selection", "Prediction"):
        page.evaluate("open => layerwalk.app.hud.prediction.toggle(open)", panel == "Prediction")
        assert not over(strip, page.get_by_role("region", name=panel))
    page.evaluate("layerwalk.app.hud.prediction.toggle(false)")
    page.evaluate("layerwalk.app.hud.strip.toggle(false)")


@pytest.mark.parametrize(("width", "height"), SIZES[1:])
def test_the_bar_names_the_source_that_was_chosen(playing: Any, width: int, height: int) -> None:
    """Whose choice puts the strip away, and gives the keys to the room."""
    page = playing.page
    page.set_viewport_size({"width": width, "height": height})
    playing.press("i")
    page.click("[data-source]")
    playing.wait("state => state.run.live !== ''").press("Space")
    page.wait_for_function("() => layerwalk.app.live.state?.playing === false")
    assert page.get_by_role("region", name="Shelf of images").is_hidden()
    bar = page.locator(".live")
    assert bar.locator(".name").inner_text() == "a street at night.mp4"
    for part in (".name", ".age", ".count", "select"):
        box, around = bar.locator(part).bounding_box(), bar.bounding_box()
        assert around["x"] < box["x"]
        assert box["x"] + box["width"] < around["x"] + around["width"]
        assert around["y"] <= box["y"]
        assert box["y"] + box["height"] <= around["y"] + around["height"]
    assert not over(bar.locator(".name"), bar.locator(".age"))
    page.evaluate("layerwalk.app.live.end()")
    page.wait_for_function("() => layerwalk.app.live.state === null")


def test_the_hint_offers_as_many_digits_as_there_are_pictures(visit: Any) -> None:
    visit.press("End").settle()
    assert "1–3 another picture" in visit.page.locator(".hint").inner_text()
