"""Layouts that a visitor switches with keys and the search, for all: every wall glides there."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import layerwalk

STATION = "body.1.conv1"
WALL_OF = """key => {
    const [wall] = layerwalk.app.store.room.stations.find(station => station.key === key).walls;
    return [wall.layer, wall.panels[0].first];
}"""
LAYOUT = {"kind": "linear", "spacing": 1.0, "tile_gap": 0.085}
LAYOUTS = ("linear", "spiral", "tower")
WALLS = """() => layerwalk.world.walls.map(({ station, index, kind, frame }) => [
    `${kind} ${index} ${station}`, frame.origin, frame.z])"""
CORNERS = """() => layerwalk.world.walls.flatMap(({ frame: { origin, x, y }, width, height }) =>
    [[-0.5, 0], [0.5, 0], [-0.5, 1], [0.5, 1]].map(([u, v]) => layerwalk.world.project(
        origin.map((at, axis) => at + x[axis] * u * width + y[axis] * v * height))))"""
FRONT_OF = """station => {
    const { frame: { origin, y }, height } =
        layerwalk.world.walls.find(wall => wall.station === station);
    return layerwalk.world.project(origin.map((at, axis) => at + 0.5 * height * y[axis]));
}"""
RECORD = """() => {
    const feet = [];
    const look = () => {
        const wall = layerwalk.world.walls.find(({ station }) => station === "head");
        feet.push([...wall.frame.origin]);
        if (!feet.done) requestAnimationFrame(look);
    };
    look();
    window.feet = feet;
}"""
RECORDED = "() => { window.feet.done = true; return [...window.feet]; }"


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as connected:
        yield connected


@pytest.fixture
def visitor(visit: Any, client: layerwalk.Client) -> Iterator[Any]:
    """A visitor of the corridor, which it is again afterwards."""
    yield visit
    visit.page.emulate_media(reduced_motion="no-preference")
    client.set_layout("linear")
    laid_out(visit, "linear")
    if visit.state["overview"]:
        visit.press("o").settle()


def laid_out(visit: Any, kind: str, spacing: float = 1.0) -> Any:
    wanted = [kind, spacing]
    return visit.wait(
        """(_, [kind, spacing]) => {
            const { room, coming } = layerwalk.app.store;
            return !coming && room.layout === kind && room.spacing === spacing;
        }""",
        wanted,
    ).settle()


def walls(visit: Any) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Foot and front of every wall."""
    found = visit.page.evaluate(WALLS)
    return {name: (np.array(foot), np.array(front)) for name, foot, front in found}


def test_l_goes_through_the_layouts_for_everybody(visitor: Any, client: layerwalk.Client) -> None:
    home = walls(visitor)
    for kind in (*LAYOUTS[1:], LAYOUTS[0]):
        laid_out(visitor.press("l"), kind)
        assert client.state()["layout"]["main"] == LAYOUT | {"kind": kind}
        assert walls(visitor).keys() == home.keys()
    assert all(np.allclose(foot, home[name][0]) for name, (foot, _) in walls(visitor).items())


def test_walls_glide_from_one_layout_to_the_other(visitor: Any) -> None:
    visitor.page.evaluate(RECORD)
    laid_out(visitor.press("l"), "spiral")
    feet = np.array(visitor.page.evaluate(RECORDED))
    whole = np.linalg.norm(feet[-1] - feet[0])
    away = np.linalg.norm(feet - feet[0], axis=1) / whole
    assert whole > 3
    assert ((away > 0.02) & (away < 0.98)).any()


def test_who_wants_no_motion_sees_none(visitor: Any) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.page.evaluate(RECORD)
    laid_out(visitor.press("l"), "spiral")
    feet = np.array(visitor.page.evaluate(RECORDED))
    assert len(np.unique(feet.round(6), axis=0)) == 2


@pytest.mark.parametrize("kind", LAYOUTS[1:])
def test_a_visitor_stays_before_the_wall_that_is_selected(
    visitor: Any, client: layerwalk.Client, kind: str
) -> None:
    visitor.go(STATION, 5)
    client.set_layout(kind)
    laid_out(visitor, kind)
    selected = visitor.state["selected"]
    assert (selected["station"], selected["tile"]) == (STATION, 5)
    foot, front = walls(visitor)[f"layer {selected['wall']} {STATION}"]
    seen = visitor.position - foot
    assert 2 < seen @ front < 6
    tile = [STATION, selected["wall"], 5]
    at = visitor.page.evaluate("tile => layerwalk.world.projectTile(...tile)", tile)
    assert at["x"] > 0
    assert at["y"] > 0
    assert at["x"] + at["w"] < 960


def test_who_selected_nothing_is_as_far_along_in_another_layout(visitor: Any) -> None:
    visitor.page.evaluate(
        """() => {
            const { app, visitor } = layerwalk;
            const { stations } = app.store.room;
            const [, , z] = stations[Math.floor(stations.length / 2)].origin_m;
            visitor.place({ position: [0, 1.6, z + 2], yaw: 0, pitch: 0 });
        }"""
    )
    before = visitor.settle().position
    for layout in ("spiral", "tower", "linear"):
        visitor.press("l").wait("(state, l) => layerwalk.app.store.room.layout === l", layout)
        visitor.settle()
        nearest = visitor.page.evaluate("layerwalk.app.navigator.here()?.key")
        assert layout != "spiral" or nearest not in (None, "stem.0")
    assert np.allclose(visitor.position, before, atol=1.5)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_start_is_before_the_photograph_and_the_end_before_the_board(
    visitor: Any, client: layerwalk.Client, kind: str
) -> None:
    client.set_layout(kind)
    laid_out(visitor, kind)
    picture = "layerwalk.world.project(layerwalk.app.store.room.{}.position_m)"
    for key, name in (("Home", "photograph"), ("End", "board")):
        visitor.press(key).settle()
        x, y = visitor.page.evaluate(picture.format(name))
        assert 0 < x < 960
        assert 0 < y < 600


@pytest.mark.parametrize("kind", LAYOUTS[1:])
def test_the_overview_shows_every_wall(visitor: Any, client: layerwalk.Client, kind: str) -> None:
    client.set_layout(kind)
    laid_out(visitor, kind).press("o").settle()
    seen = np.array(visitor.page.evaluate(CORNERS))
    assert (seen > 0).all()
    assert (seen < [960, 600]).all()


def test_from_above_a_spiral_shows_the_fronts_of_its_walls(
    visitor: Any, client: layerwalk.Client
) -> None:
    """Down on the floor again they stand as they stand."""
    client.set_layout("spiral")
    before = walls(laid_out(visitor, "spiral"))
    visitor.press("o").settle()
    above = walls(visitor)
    turned = [name for name in before if not np.allclose(before[name][1], above[name][1])]
    assert turned
    for name, (foot, front) in above.items():
        np.testing.assert_allclose(foot, before[name][0])
        assert (visitor.position - foot) @ front > 0, name
    x, y = visitor.page.evaluate(FRONT_OF, turned[0].split(" ", 2)[2])
    hit = visitor.page.evaluate(
        "([x, y]) => layerwalk.world.meet(layerwalk.world.ray([x, y]))", [x, y]
    )
    assert hit["kind"] in ("tile", "wall")
    visitor.press("o").settle()
    after = walls(visitor)
    for name in before:
        np.testing.assert_allclose(after[name][1], before[name][1], atol=1e-9)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_brackets_lead_from_the_start_to_the_end_and_back(
    visitor: Any, client: layerwalk.Client, kind: str
) -> None:
    client.set_layout(kind)
    laid_out(visitor, kind)
    steps = len(visitor.page.evaluate("layerwalk.app.store.room.stations.map(s => s.key)")) + 2
    start, board = (
        visitor.press(key).settle().position.round(3).tolist() for key in ("Home", "End")
    )
    visitor.press("Home").settle()
    ways = []
    for key, goal in (("]", board), ("[", start)):
        way = []
        for _ in range(steps):
            way.append(visitor.press(key).settle().position.round(3).tolist())
            if way[-1] == goal:
                break
        ways.append(way)
        assert way[-1] == goal
        assert len(np.unique(way, axis=0)) == len(way) >= 3
    assert ways[0][:-1] == ways[1][:-1][::-1]


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_map_leads_to_places_and_knows_them(
    visitor: Any, client: layerwalk.Client, kind: str
) -> None:
    """A bar of the map is where the walls of its station are."""
    client.set_layout(kind)
    laid_out(visitor, kind)
    z = visitor.page.evaluate(
        """key => {
            const { store } = layerwalk.app;
            const marks = store.room.marks.filter(({ kind }) => kind === "bar");
            return marks[store.room.stations.findIndex(one => one.key === key)].near_m;
        }""",
        STATION,
    )
    visitor.page.evaluate("z => layerwalk.app.navigator.goToDepth(z)", z + 1.0)
    visitor.settle()
    feet = {name: foot for name, (foot, _) in walls(visitor).items() if name.startswith("layer")}
    nearest = min(feet, key=lambda name: float(np.linalg.norm(feet[name] - visitor.position)))
    assert nearest.endswith(STATION)


def test_a_wall_moved_by_hand_stays_where_it_was_put(
    visitor: Any, client: layerwalk.Client
) -> None:
    half = math.sqrt(0.5)
    client.move_layer(STATION, position_m=(9, 0.5, 4), rotation=(0, half, 0, half), scale=1.25)
    try:
        visitor.wait("(_, key) => key in layerwalk.app.store.transforms()", STATION).settle()
        home = {k: at for k, at in walls(visitor).items() if k.endswith(STATION)}
        client.set_layout("spiral")
        laid_out(visitor, "spiral")
        there = walls(visitor)
        for name, (foot, front) in home.items():
            np.testing.assert_allclose(there[name][0], foot, atol=1e-9)
            np.testing.assert_allclose(there[name][1], front, atol=1e-9)
        client.set_layout("tower")
        laid_out(visitor, "tower")
        feet, fronts = zip(*(walls(visitor)[name] for name in home), strict=True)
        np.testing.assert_allclose(np.mean(feet, axis=0)[[0, 2]], (9, 4), atol=1e-9)
        np.testing.assert_allclose(fronts, [(1.25, 0, 0)] * len(home), atol=1e-9)
    finally:
        client.reset_layer(STATION)


def test_stations_stand_farther_apart_or_nearer(visitor: Any, client: layerwalk.Client) -> None:
    end = visitor.page.evaluate("layerwalk.app.store.room.end_m")
    laid_out(visitor.press("Shift+BracketRight"), "linear", 1.4)
    assert visitor.page.evaluate("layerwalk.app.store.room.end_m") < end - 3
    laid_out(visitor.press("Shift+BracketLeft"), "linear", 1.0)
    laid_out(visitor.press("Shift+BracketLeft"), "linear", 0.7)
    assert client.state()["layout"]["main"]["spacing"] == 0.7
    assert visitor.page.evaluate("layerwalk.app.store.room.end_m") > end + 3


def test_gaps_between_tiles_are_chosen_in_the_panel(visitor: Any, client: layerwalk.Client) -> None:
    def size() -> tuple[float, float]:
        x, _, width, _ = visitor.tile(layer, tile)
        return width, x + width / 2

    layer, tile = visitor.page.evaluate(WALL_OF, STATION)
    visitor.go(layer)
    usual, middle = size()
    for title, gap, share in (("very wide", 0.6, 1.085 / 1.6), ("none", 0, 1.085)):
        visitor.page.get_by_label("Gaps between tiles").select_option(label=title)
        visitor.wait("(_, gap) => layerwalk.app.store.room.tile_gap === gap", gap).settle()
        assert client.state()["layout"]["main"] == LAYOUT | {"tile_gap": gap}
        width, stays = size()
        assert width == pytest.approx(usual * share, rel=0.01)
        assert stays == pytest.approx(middle, abs=0.5)
        keep(visitor, f"gaps_{gap}")
    visitor.press("Control+z").press("Control+z")
    visitor.wait("() => layerwalk.app.store.room.tile_gap === 0.085")


def keep(visitor: Any, name: str) -> None:
    """A picture to look at, where one is asked for."""
    if folder := os.environ.get("LAYERWALK_PICTURES"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_search_knows_the_layouts_and_undo_takes_them_back(visitor: Any) -> None:
    visitor.press("/")
    visitor.page.keyboard.type("tower")
    visitor.page.keyboard.press("Enter")
    laid_out(visitor, "tower")
    laid_out(visitor.press("Control+z"), "linear")
