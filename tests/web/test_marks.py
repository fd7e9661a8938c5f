"""Channels that the visitor selects: framed, listed, in the link, and kept by the browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

LAYER = "stem.1"


@pytest.fixture
def own(visit: Any) -> Iterator[Any]:
    """A visitor before the wall, who has nothing selected when the test is over."""
    yield visit.go(LAYER)
    visit.page.evaluate("layer => layerwalk.app.marks.adopt({ [layer]: [] })", LAYER)


def shift_click(visit: Any, tile: int) -> None:
    x, y, width, height = visit.tile(LAYER, tile)
    visit.page.keyboard.down("Shift")
    visit.page.mouse.click(x + width / 2, y + height / 2)
    visit.page.keyboard.up("Shift")
    visit.settle()


def chips(visit: Any) -> list[str]:
    return visit.page.locator(".marked .chips button").all_inner_texts()


def test_shift_and_a_click_select_and_select_no_longer(own: Any) -> None:
    """Twice at once too, and nothing is lifted; a frame around the tile says so."""
    x, y, width, height = own.tile(LAYER, 2)
    box = np.s_[int(y) - 2 : int(y + height) + 2, int(x) - 2 : int(x + width) + 2]
    own.page.mouse.move(1, 1)
    before = own.canvas()[box].astype(int)
    shift_click(own, 2)
    assert own.state["marked"] == {LAYER: [2]}
    assert own.state["selected"]["tile"] is None
    own.page.mouse.move(1, 1)
    framed = np.abs(own.settle().canvas()[box].astype(int) - before).max(2) > 60
    assert framed[:5].mean() > 0.2
    assert framed[:, :5].mean() > 0.2
    middle = slice(framed.shape[0] // 3, 2 * framed.shape[0] // 3)
    assert not framed[middle, middle].any()
    shift_click(own, 0)
    assert chips(own) == ["2", "0"]
    shift_click(own, 2)
    shift_click(own, 2)
    shift_click(own, 2)
    assert own.state["marked"] == {LAYER: [0]}


def test_chips_lift_what_is_selected(own: Any) -> None:
    for tile in (1, 3):
        shift_click(own, tile)
    own.page.get_by_role("button", name="Channel 3").click()
    own.wait("state => state.selected.tile === 3 && state.settled")
    pressed = own.page.get_by_role("button", name="Channel 3").get_attribute("aria-pressed")
    assert pressed == "true"
    own.page.locator(".marked").get_by_role("button", name="clear").click()
    assert own.state["marked"] == {}
    assert chips(own) == []


def test_a_link_and_the_browser_keep_the_selection(visitors: Any, own: Any) -> None:
    for tile in (3, 1):
        shift_click(own, tile)
    own.page.wait_for_function("() => location.hash.includes('marked=3,1@stem.1')")
    guest = visitors(own.bridge).open(own.page.evaluate("location.hash"))
    assert guest.state["marked"] == {LAYER: [3, 1]}
    assert chips(guest) == ["3", "1"]
    guest.page.goto("about:blank")
    guest.open()
    assert guest.state["marked"] == {LAYER: [3, 1]}


def framed(visit: Any, tile: int) -> bool:
    """Whether all four edges of a tile are nearly white."""
    x, y, width, height = visit.tile(LAYER, tile)
    picture = visit.canvas().min(2)
    middles = [(0, 0.5), (1, 0.5), (0.5, 0), (0.5, 1)]
    edges = [(round(x + a * width), round(y + b * height)) for a, b in middles]
    return all(picture[j - 2 : j + 3, i - 2 : i + 3].max() > 190 for i, j in edges)


def cell_of(visit: Any, tile: int) -> int:
    return visit.page.evaluate(
        "([layer, tile]) => layerwalk.world.cellOf(layer, tile)", [LAYER, tile]
    )


def test_the_frame_goes_with_its_channel(own: Any) -> None:
    """In another order it is around the same channel, where that stands now."""
    own.page.evaluate("layerwalk.app.ordering.set('stem.1', { order: 'similarity', like: 3 })")
    own.settle()
    shift_click(own, 3)
    own.page.mouse.move(1, 1)
    first_wall = [tile for tile in range(8) if tile != 3 and cell_of(own, tile) < 4]
    assert cell_of(own, 3) == 0
    assert framed(own, 3)
    assert not any(framed(own, tile) for tile in first_wall)
    own.page.evaluate("layerwalk.app.ordering.set('stem.1', { order: 'index' })")
    own.settle()
    assert framed(own, 3)
    assert not any(framed(own, tile) for tile in range(3))
