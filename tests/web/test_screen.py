"""What lies over the scene: nothing covers what it speaks of, and what is written is true."""

from __future__ import annotations

from typing import Any

import pytest
import torch

import layerwalk


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


def test_the_hint_offers_as_many_digits_as_there_are_pictures(visit: Any) -> None:
    visit.press("End").settle()
    assert "1–3 another picture" in visit.page.locator(".hint").inner_text()
