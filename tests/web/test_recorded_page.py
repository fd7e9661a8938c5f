"""`layerwalk export --html`: one walks in it from a file, without bridge, Python and network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from conftest import visiting

import layerwalk
from layerwalk.exporting.page import html_page

LAYER, CHANNEL = "body.0.conv2", 3


@pytest.fixture(scope="module")
def file(bridge: layerwalk.Bridge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the first picture, in a file."""
    return html_page(bridge.record()).write(tmp_path_factory.mktemp("page") / "walk.html")


@pytest.fixture(scope="module")
def browsed(browser: Any, bridge: layerwalk.Bridge, file: Path) -> Iterator[Any]:
    """The page that the tests share, opened from its file and lit."""
    with visiting(browser) as make:
        visit = make(bridge)
        visit.page.goto(file.as_uri())
        yield visit.settle()


@pytest.fixture
def recorded(browsed: Any) -> Any:
    """A visitor at the start of the recorded room."""
    browsed.page.evaluate(
        """() => {
            const { app, visitor } = layerwalk;
            document.querySelectorAll(".toast").forEach(toast => toast.remove());
            app.hud.help.close();
            app.hud.strip.toggle(false);
            app.navigator.home();
            visitor.place(visitor.destination);
        }"""
    )
    return browsed.settle()


def toasts(visit: Any) -> str:
    return visit.page.locator(".toast").last.inner_text()


def test_it_asks_nobody_for_anything(recorded: Any, file: Path) -> None:
    recorded.approach(LAYER, CHANNEL)
    assert recorded.requests == [file.as_uri()]
    policy = recorded.page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    # And could not if it wanted to.
    assert (
        recorded.page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 'refused')") == "refused"
    )


def test_walls_show_what_the_layers_put_out(
    recorded: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    values = web_network.activations(model, pictures["rings"])[LAYER]
    recorded.approach(LAYER, CHANNEL).assert_shows(LAYER, CHANNEL, values)


def test_the_prediction_is_shown(
    recorded: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    (best, share), *_ = web_network.prediction(model, pictures["rings"])
    guess = recorded.page.locator(".guess").inner_text()
    assert best in guess
    assert f"{100 * share:.1f}" in guess
    assert recorded.state["run"]["complete"]
    assert "recording" in recorded.page.locator(".chip.name").inner_text()


def test_the_photograph_is_on_the_wall_and_on_the_shelf(recorded: Any) -> None:
    assert recorded.state["shelf"] == [{"id": "rings", "name": "rings"}]
    assert recorded.state["thumbnails"] == 1
    recorded.press("1").settle()  # is placed already
    assert recorded.page.locator(".toast").count() == 0


def test_walls_move_and_hide_for_this_visitor_alone(recorded: Any, bridge: Any) -> None:
    station = recorded.go(LAYER).station_of(LAYER)
    before = recorded.state["documentRevision"]
    recorded.press("m").press("ArrowUp")
    recorded.wait("(state, before) => state.documentRevision > before", before)
    moved = recorded.page.evaluate("layerwalk.app.store.transforms()")
    assert list(moved) == [station]
    recorded.press("m").press("x")
    recorded.wait("() => layerwalk.app.store.document.hidden?.main")
    recorded.press("Control+z")
    recorded.wait("() => !Object.keys(layerwalk.app.store.document.hidden?.main ?? {}).length")
    recorded.press("Control+z")
    recorded.wait("() => !Object.keys(layerwalk.app.store.transforms()).length")
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        assert client.state()["stations"] == {}


def test_a_pinned_wall_stays(recorded: Any) -> None:
    station = recorded.go(LAYER).station_of(LAYER)
    recorded.press("p").wait("() => layerwalk.app.store.document.pinned?.main")
    answer = recorded.page.evaluate(
        """station => layerwalk.app.connection.ask({
            type: "change", base: 0, path: ["stations", "main", station], value: {},
        }).catch(error => error.message)""",
        station,
    )
    assert answer == f"{station} is pinned; unpin it to move it"
    recorded.press("p").wait("() => !Object.keys(layerwalk.app.store.document.pinned.main).length")


def test_what_needs_the_network_is_not_offered(recorded: Any) -> None:
    page = recorded.page
    recorded.press("h")
    helped = page.locator("dialog").inner_text()
    assert "move the chosen wall" in helped
    for gone in ("layout", "open all blocks", "close the block", "play, pause"):
        assert gone not in helped
    recorded.press("Escape").press("i")
    assert page.locator(".strip button[data-picture]").is_visible()
    for button in page.locator(".strip .file").all():  # a file, and what makes images
        assert not button.is_visible()
    recorded.press("Escape").press("o").settle()
    assert "open all" not in page.get_by_label("Selection").inner_text()
    assert "close all" not in page.get_by_label("Selection").inner_text()
    room = recorded.state["room"]
    recorded.press("o").press("l").press("Backspace").settle()
    assert recorded.state["room"] == room


def test_a_dropped_file_is_refused_in_words(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(layerwalk.images.encode_png(np.zeros((8, 8, 3), np.uint8)))
    recorded.drop(tmp_path / "cat.png", "image/png")
    recorded.page.wait_for_selector(".toast")
    assert "This page is a recording" in toasts(recorded)


def test_a_link_leads_to_its_place(recorded: Any, file: Path) -> None:
    recorded.page.goto(f"{file.as_uri()}#layer={LAYER}&tile={CHANNEL}")
    recorded.page.reload()
    recorded.settle()
    selected = recorded.state["selected"]
    assert (selected["layer"], selected["tile"]) == (LAYER, CHANNEL)
    recorded.press("Escape").press("Escape")


def test_a_small_page_is_coarser_and_lit(
    visitors: Callable[..., Any], bridge: layerwalk.Bridge, file: Path, tmp_path: Path
) -> None:
    page = html_page(bridge.record(budget_mb=0.004))
    small = page.write(tmp_path / "small.html")
    assert page.finest < page.layers
    assert small.stat().st_size == page.nbytes < file.stat().st_size
    visit = visitors(bridge)
    visit.page.goto(small.as_uri())
    visit.settle().go("stem.1")
    on_walls = visit.page.evaluate(
        "layerwalk.app.store.room.stations.flatMap(one => one.walls.map(wall => wall.layer))"
    )
    assert visit.state["litLayers"] == len(set(on_walls)) < page.layers


def test_a_page_that_was_cut_off_says_so(
    visitors: Callable[..., Any], bridge: layerwalk.Bridge, file: Path, tmp_path: Path
) -> None:
    text = file.read_text("utf-8")
    broken = re.sub(r'(x-layerwalk-recording">[^<]{400})[^<]*', r"\1", text, count=1)
    (tmp_path / "broken.html").write_text(broken, "utf-8")
    visit = visitors(bridge)
    visit.page.goto((tmp_path / "broken.html").as_uri())
    visit.wait("state => state.phase === 'failed'")
    assert "recording in this page" in visit.page.locator("#hud").inner_text()
