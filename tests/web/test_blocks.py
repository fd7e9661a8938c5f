"""Closed blocks: ways into them and out, and links from one tab to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from playwright.sync_api import Browser, BrowserContext

import layerwalk

OPEN = "state => state.room.expanded.includes('body.1') && state.settled"
CLOSED = "state => !state.room.expanded.includes('body.1') && state.settled"
ALIGNMENT = """() => {
    const { app, world } = layerwalk;
    const { selection, room } = app.store;
    const { walls } = room.stations.find(({ key }) => key === selection.station);
    const [panel] = walls[selection.wall].panels;
    return world.projectTile(selection.station, selection.wall, panel.first);
}"""


@pytest.fixture(scope="module")
def bridge(model: torch.nn.Module, pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    """The second residual block is closed."""
    with web_network.serve(model, pictures, expanded=["body", "body.0"]) as served:
        yield served


@pytest.fixture
def closed(visit: Any) -> Any:
    """A visitor at the start of the room whose second residual block is closed."""
    visit.page.evaluate("layerwalk.app.blocks.set('body.1', null)")
    return visit.wait(CLOSED)


ORIGIN = "key => layerwalk.app.store.room.stations.find(s => s.key === key).origin_m"


def assert_before(visit: Any, layer: str) -> None:
    """The visitor stands before the selected wall, which shows `layer`, and sees it upright."""
    state = visit.state
    assert state["selected"] is not None
    assert state["selected"]["station"] == visit.station_of(layer)
    seen = visit.page.evaluate(ALIGNMENT)
    assert seen, "the selected wall is behind the visitor"
    size = visit.page.viewport_size
    assert 0 <= seen["x"] <= size["width"]
    assert 0 <= seen["y"] <= size["height"]
    assert seen["w"] == pytest.approx(seen["h"], rel=0.02), "it is not seen straight on"


def shown_by_closed(visit: Any, block: str) -> str:
    return visit.page.evaluate(
        "block => layerwalk.app.store.room.stations.find(s => s.closed === block).shown", block
    )


def test_search_opens_the_blocks_around_a_layer(closed: Any) -> None:
    closed.press("/")
    closed.page.get_by_role("combobox", name="Find a layer").fill("body.1.conv1")
    closed.press("Enter").wait(OPEN)
    assert closed.state["selected"]["layer"] == "body.1.conv1"
    assert_before(closed, closed.page.evaluate("layerwalk.app.navigator.here().shown"))
    assert "Opened body.1" in closed.page.get_by_role("log").inner_text()


def test_a_closed_block_shows_no_layers_of_its_own(closed: Any) -> None:
    """However few they are: they can be chosen once it is open."""
    chips = closed.page.get_by_role("group", name="Layers here")
    closed.go("body.1")
    closed.page.get_by_role("button", name="Open body.1").wait_for()
    assert chips.count() == 0
    closed.go("body.0.conv1")
    assert chips.get_by_role("button").count() > 1


def test_blocks_within_blocks_open_together(closed: Any) -> None:
    for block in ("body.0", "body"):
        closed.page.evaluate("block => layerwalk.app.blocks.set(block, null)", block)
        closed.wait("(s, block) => !s.room.expanded.includes(block) && s.settled", block)
    closed.go("body.0.conv2", 3)
    state = closed.state
    assert (state["selected"]["layer"], state["selected"]["tile"]) == ("body.0.conv2", 3)
    assert sorted(state["room"]["expanded"]) == ["body", "body.0"]
    assert_before(closed, "body.0.conv2")


def test_what_a_closed_block_shows_needs_no_opening(closed: Any) -> None:
    shown = shown_by_closed(closed, "body.1")
    closed.go(shown)
    assert "body.1" not in closed.state["room"]["expanded"]
    assert_before(closed, shown)


@pytest.mark.parametrize("way", ["Enter", "double-click"])
def test_opening_leads_to_the_first_wall_inside(closed: Any, way: str) -> None:
    closed.go("body.1")
    if way == "Enter":
        closed.press("Enter")
    else:
        x, y, width, height = closed.tile(shown_by_closed(closed, "body.1"), 0)
        closed.page.mouse.dblclick(x + width / 2, y + height / 2)
    closed.wait(OPEN)
    first = closed.page.evaluate(
        "layerwalk.app.store.room.stations.find(s => s.layers.includes('body.1.conv1')).shown"
    )
    assert_before(closed, first)


def test_closing_leads_before_the_closed_block(closed: Any) -> None:
    closed.go("body.1.conv2").press("Backspace").wait(CLOSED)
    assert_before(closed, shown_by_closed(closed, "body.1"))
    assert "open the block" in closed.page.locator(".hint").text_content()


def test_the_block_of_the_wall_looked_at_closes_also_once_that_is_let_go(visit: Any) -> None:
    """Who stands before a block's first wall may stand nearer to the block before."""
    visit.page.evaluate("layerwalk.app.blocks.set('body.1', true)")
    visit.wait("state => state.room.expanded.includes('body.1') && state.settled")
    visit.go("body.1.conv1")
    visit.press("Escape").wait("state => state.selected === null")
    # As if the block before were larger, and its wall nearer.
    near = visit.page.evaluate(ORIGIN, "body.0.conv2")
    visit.page.evaluate("([x, y, z]) => layerwalk.visitor.position.splice(0, 3, x, y, z)", near)
    visit.press("Backspace").wait(CLOSED)
    assert "body.0" in visit.state["room"]["expanded"]


def test_who_watches_stands_before_the_same_block(closed: Any, visitors: Any, bridge: Any) -> None:
    """Another visitor at the block is taken along; one elsewhere stays."""
    other = visitors(bridge).open("#layer=body.1")
    far = visitors(bridge).open("#layer=stem.1&tile=2")
    before = far.state
    closed.go("body.1").press("Enter")
    for each in (closed, other, far):
        each.wait(OPEN)
    assert other.state["selected"] == closed.state["selected"]
    assert_before(other, closed.page.evaluate("layerwalk.app.navigator.here().shown"))
    assert far.state["selected"] == before["selected"]
    assert far.position == pytest.approx(before["visitor"]["position"])


def test_a_link_leads_into_a_closed_block(closed: Any, visitors: Any, bridge: Any) -> None:
    closed.go("body.1.conv2", 1)
    closed.page.wait_for_url(lambda url: "#layer=body.1.conv2&tile=1" in url)
    link, place = closed.page.url.split("#")[1], closed.position
    closed.press("Backspace").wait(CLOSED)
    other = visitors(bridge).open(f"#{link}")
    assert "body.1" in other.state["room"]["expanded"]
    assert other.state["selected"]["layer"] == "body.1.conv2"
    assert other.position == pytest.approx(place, abs=0.01)


@pytest.mark.parametrize("selected", [True, False])
def test_a_link_leads_before_the_same_wall_when_others_stand_elsewhere(
    closed: Any, visitors: Any, bridge: Any, selected: bool
) -> None:
    """With a block open before it a wall stands metres farther along the aisle."""
    closed.page.evaluate("layerwalk.app.blocks.set('body.1', true)")
    closed.wait(f"state => !({CLOSED})(state)").settle()
    origin = closed.page.evaluate(ORIGIN, "head")
    closed.go("head")
    if not selected:
        closed.press("Escape").wait("state => state.selected === null")
    mark = "#layer=head" if selected else "near="
    closed.page.wait_for_url(lambda url: mark in url)
    link, place = closed.page.url.split("#")[1], closed.position
    closed.page.evaluate("layerwalk.app.blocks.set('body.1', null)")
    closed.wait(CLOSED).settle()
    other = visitors(bridge).open(f"#{link}")
    shift = other.page.evaluate(ORIGIN, "head")[2] - origin[2]
    assert shift > 1, "nothing stands elsewhere, so nothing is shown by this"
    assert other.position == pytest.approx(place + np.array([0, 0, shift]), abs=0.02)


EXPANDED = "(state, open) => (state.room.expanded.length > 0) === open && state.settled"
MIXED = "state => [...state.room.expanded].sort().join() === 'body,body.0' && state.settled"
ROOMS = """() => {
    const { store } = layerwalk.app;
    const known = window.rooms !== undefined;
    [window.rooms, window.told] = [[], []];
    if (known) return;
    store.on("room", () => window.rooms.push(store.room.expanded.length));
    new MutationObserver(() => window.told.push(
        ...[...document.querySelectorAll(".toast")].map(toast => toast.textContent),
    )).observe(document.querySelector(".toasts"), { childList: true });
}"""


@pytest.fixture
def mixed(visit: Any, bridge: layerwalk.Bridge) -> Iterator[Any]:
    """A visitor at the start of the room as it was first: `stem` and `body.1` are closed."""
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        client.expand("body", "body.0")
        client.collapse("stem", "body.1")
        yield visit.wait(MIXED).begin()
        client.expand("body", "body.0")
        client.collapse("stem", "body.1")


def close_all(visit: Any, way: str) -> None:
    if way == "keys":
        visit.press("Shift+Backspace")
    elif way == "search":
        visit.press("/")
        visit.page.get_by_role("combobox", name="Find a layer").fill("close all")
        visit.press("Enter")
    else:
        visit.press("o").wait("state => state.overview && state.settled")
        visit.page.get_by_role("button", name="close all").click()
    visit.wait(EXPANDED, False)


def open_all(visit: Any, way: str) -> None:
    if way == "keys":
        visit.press("Shift+Enter")
    elif way == "search":
        visit.press("/")
        visit.page.get_by_role("combobox", name="Find a layer").fill("open all blocks")
        visit.press("Enter")
    else:
        visit.page.get_by_role("button", name="open all").click()
    visit.wait("state => state.room.expanded.length === 4 && state.settled")


@pytest.mark.parametrize("way", ["keys", "search", "buttons"])
def test_all_blocks_close_and_open_at_once(mixed: Any, way: str) -> None:
    """Also those within others: in one message, and one room."""
    mixed.page.evaluate(ROOMS)
    close_all(mixed, way)
    open_all(mixed, way)
    assert mixed.page.evaluate("window.rooms") == [0, 4]
    told = mixed.page.evaluate("window.told")
    for words in ("Closing 2 blocks …", "Closed 2 blocks", "Opening 4 blocks …", "Opened 4 blocks"):
        assert words in told
    assert "Opening 4 blocks …" not in mixed.page.get_by_role("log").inner_text()
    assert mixed.state["overview"] == (way == "buttons")


def test_opening_all_leaves_the_visitor_before_what_they_looked_at(mixed: Any) -> None:
    mixed.go("body.1").press("Shift+Enter").wait(OPEN)
    assert mixed.state["selected"]["layer"].startswith("body.1")
    assert_before(mixed, mixed.page.evaluate("layerwalk.app.navigator.here().shown"))
    mixed.press("Shift+Backspace").wait(EXPANDED, False)
    assert_before(mixed, shown_by_closed(mixed, "body"))


def test_from_above_the_room_that_grew_is_seen_whole_and_the_way_down_is_the_same(
    mixed: Any,
) -> None:
    """Whoever comes down stands before the wall they left, wherever it stands now."""
    mixed.go("head").press("Escape").wait("state => state.selected === null")
    before = mixed.position - np.array(mixed.page.evaluate(ORIGIN, "head"))
    mixed.press("o").wait("state => state.overview && state.settled")
    near = mixed.position
    mixed.press("Shift+Backspace").wait(EXPANDED, False)
    assert not np.allclose(mixed.position, near), "it is framed as before"
    mixed.press("o").wait("state => !state.overview && state.settled")
    after = mixed.position - np.array(mixed.page.evaluate(ORIGIN, "head"))
    assert after == pytest.approx(before, abs=0.01)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor's browser, with what it remembers for all of its tabs."""
    made = browser.new_context()
    yield made
    made.close()


def test_a_copied_address_works_in_another_tab(
    context: BrowserContext, visitors: Any, bridge: Any
) -> None:
    """The address bar has no token; the browser remembers it for all of its tabs."""
    first = visitors(bridge, context).open().go("stem.1", 3)
    first.page.wait_for_url("**/#layer=stem.1&tile=3*")
    address = first.page.url
    assert "token" not in address
    second = visitors(bridge, context)
    second.page.goto(address)
    assert second.settle().state["selected"] == first.state["selected"]
    second.page.goto(address.split("#")[0] + "?token=wrong")
    second.wait("state => state.phase === 'failed'")
    assert second.page.evaluate("Object.keys(localStorage)") == [], "it is not forgotten"
    # A tab that was let in keeps its own token.
    first.page.evaluate("layerwalk.app.connection.socket.close()")
    first.wait("state => state.phase === 'lost'").settle()
