"""Bookmarks in the viewer: kept by keys, shared with all, ordered, played, and passed on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import Visit
from playwright.sync_api import Browser

import layerwalk


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        yield client
        for name in client.bookmarks:
            client.bookmark(name, None)


@pytest.fixture
def guide(visit: Visit, client: layerwalk.Client) -> Visit:
    """A visitor who sees three bookmarks, and is at none of them."""
    client.bookmark("Start", "#view=0,1.6,2,0,0", note="A photograph goes in.")
    client.bookmark("Edges", layer="stem.0", note="Edges.")
    client.bookmark("All", "#view=overview")
    visit.page.evaluate("layerwalk.app.tour.leave()")
    return visit.wait("state => state.tour.stops.length === 3").settle()


def stops(visit: Visit) -> list[str]:
    return visit.state["tour"]["stops"]


def test_a_place_is_kept_named_and_found_again_by_keys(
    visit: Visit, client: layerwalk.Client
) -> None:
    visit.go("body.0.conv2", 3)
    stood = visit.state
    visit.press("z").press("Shift+B")
    visit.page.wait_for_selector(".tour form input")
    visit.page.keyboard.type("Where it begins")
    visit.press("Tab")
    visit.page.keyboard.type("Two paths meet.")
    visit.press("Control+Enter")
    visit.wait("state => state.tour.stops[0] === 'Where it begins'").press("Escape")
    assert visit.page.locator(".tour").is_hidden()
    visit.press("Home").settle()
    assert visit.state["selected"] is None
    visit.press("z")
    visit.page.locator(".tour .stop").press("Enter")
    visit.wait("state => state.tour.at === 0").settle()
    again = visit.state
    assert again["selected"] == stood["selected"]
    assert np.allclose(again["visitor"]["position"], stood["visitor"]["position"], atol=0.02)
    assert visit.page.locator(".tournote").inner_text().startswith("Where it begins")
    kept = client.bookmarks["Where it begins"]
    assert kept.note == "Two paths meet."
    assert {"layer=body.0.conv2", "tile=3", "layout=linear"} <= set(kept.link[1:].split("&"))
    # What was done can be undone, as everything that is shared.
    for _ in range(2):
        visit.press("Control+z")
    visit.wait("state => state.tour.stops.length === 0")
    visit.press("Escape").press("Escape")


def test_a_stop_stays_the_one_shown_where_others_go_before_it(
    guide: Visit, client: layerwalk.Client
) -> None:
    guide.page.evaluate("layerwalk.app.tour.go(1)")
    guide.settle()
    client.bookmark("Start", None)
    guide.wait("state => state.tour.stops.length === 2")
    assert guide.state["tour"]["at"] == 0
    assert guide.page.locator(".tournote").inner_text().startswith("Edges")
    guide.page.evaluate("layerwalk.app.tour.leave()")


def test_the_list_is_everybodys(guide: Visit, client: layerwalk.Client) -> None:
    guide.press("z")
    names = guide.page.locator(".tour .stop b")
    assert names.all_inner_texts() == ["Start", "Edges", "All"]
    guide.page.get_by_label("Earlier: All").click()
    guide.wait("state => state.tour.stops[1] === 'All'")
    assert names.all_inner_texts() == ["Start", "All", "Edges"]
    guide.page.get_by_label("Remove: Start").click()
    guide.wait("state => state.tour.stops.length === 2")
    client.bookmark("settled", "#")  # who has heard of this has heard of all before
    assert list(client.bookmarks) == ["All", "Edges", "settled"]
    client.bookmark("settled", None)
    # Another visitor writes while this one does: what is being written stays.
    guide.page.get_by_label("Name and note: Edges").click()
    guide.page.keyboard.type("Corners")
    client.bookmark("All", None)
    guide.wait("state => state.tour.stops.length === 1")
    guide.press("Enter").wait("state => state.tour.stops[0] === 'Corners'")
    guide.press("Escape")


def test_a_tour_flies_from_stop_to_stop_and_pauses(guide: Visit) -> None:
    seen = guide.page.evaluate(
        """() => new Promise(resolve => {
            const { app, visitor } = layerwalk;
            app.tour.play();
            const places = [];
            const watch = () => {
                places.push([app.tour.at, ...visitor.position]);
                if (app.tour.at === 1 && !visitor.moving) resolve(places);
                else requestAnimationFrame(watch);
            };
            watch();
        })"""
    )
    order = [at for at, *_ in seen]
    assert order == sorted(order) and set(order) == {0, 1}
    flight = np.array([place for at, *place in seen if at == 1])
    assert len(np.unique(flight.round(3), axis=0)) > 3  # there are places in between
    state = guide.state
    assert state["tour"]["playing"] and state["selected"]["layer"] == "stem.0"
    guide.press("Shift+Z").wait("state => !state.tour.playing")
    assert guide.page.locator(".tournote").inner_text().splitlines()[:2] == ["Edges", "2 / 3"]
    # Who walks off by themselves ends the ride, not the tour.
    guide.press("Shift+Z").wait("state => state.tour.playing")
    guide.page.keyboard.down("w")
    guide.wait("state => !state.tour.playing")
    guide.page.keyboard.up("w")
    guide.press("Escape").wait("state => state.tour.at === null")


def test_without_motion_a_tour_cuts_and_a_link_begins_it(
    browser: Browser,
    bridge: layerwalk.Bridge,
    client: layerwalk.Client,
    visitors: Callable[..., Visit],
) -> None:
    client.bookmark("Start", "#view=0,1.6,2,0,0")
    client.bookmark("Edges", layer="stem.0")
    client.bookmark("Tower", "#view=overview&layout=tower")
    context = browser.new_context(reduced_motion="reduce")
    try:
        visit = visitors(bridge, context).enter("#tour=Edges")
        visit.wait("state => state.tour.at === 1 && state.tour.playing").settle()
        assert visit.state["selected"]["layer"] == "stem.0"
        moved = visit.page.evaluate(
            """() => {
                layerwalk.app.tour.pause();
                layerwalk.app.tour.go(0);
                return [layerwalk.visitor.moving, layerwalk.visitor.position];
            }"""
        )
        assert moved == [False, [0, 1.6, 2]]
        # The layout that a bookmark was kept in comes back with it.
        visit.page.evaluate("layerwalk.app.tour.go(2)")
        visit.settle()
        assert visit.page.evaluate("layerwalk.app.store.room.layout") == "tower"
        assert visit.state["overview"]
    finally:
        client.set_layout("linear")
        context.close()


def test_what_is_kept_can_be_taken_away(guide: Visit, tmp_path: Path) -> None:
    guide.press("z")
    with guide.page.expect_download() as download:
        guide.page.get_by_role("button", name="Save", exact=True).click()
    file = tmp_path / "tour.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text())["bookmarks"]
    assert [(one["name"], one["link"]) for one in saved] == [
        ("Start", "#view=0,1.6,2,0,0"), ("Edges", "#layer=stem.0"), ("All", "#view=overview"),
    ]  # fmt: skip
    guide.press("Escape").press("Shift+P")
    with guide.page.expect_download() as download:
        guide.page.get_by_role("button", name="Save a picture").click()
    download.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    guide.press("Escape")
    guide.page.evaluate(
        "() => { navigator.clipboard.writeText = text => { window.copied = text; }; }"
    )
    guide.press("z")
    guide.page.get_by_label("Copy a link: Edges").click()
    guide.page.wait_for_function("() => window.copied")
    copied = guide.page.evaluate("window.copied")
    assert copied == guide.page.url.split("#")[0] + "#layer=stem.0"
    assert guide.bridge.token not in copied
    guide.press("Escape")
