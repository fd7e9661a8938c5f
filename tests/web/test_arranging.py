"""Walls that a visitor moves, turns, sizes and puts back, with mouse, fingers and keys, for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import layerwalk
from layerwalk.errors import InvalidChange, Leased

STATION = "body.0.conv1"
CORNERS = "layerwalk.world.handles.map(({ kind, point }) => [kind, layerwalk.world.project(point)])"
WALL = """key => {
    const { walls } = layerwalk.app.store.room.stations.find(station => station.key === key);
    const [panel] = walls[0].panels;
    return layerwalk.world.projectTile(key, 0, panel.first);
}"""


DRAGGED_BY_ANOTHER = """key => {
    const { app, world } = layerwalk;
    const { furnishings } = world.stage;
    const counted = window.arranged = { arrange: 0, carry: 0 };
    for (const name of ["arrange", "carry"]) {
        furnishings[name] = (...args) => {
            counted[name]++;
            return Object.getPrototypeOf(furnishings)[name].apply(furnishings, args);
        };
    }
    const [x, y, z] = app.store.room.stations.find(one => one.key === key).origin_m;
    const feet = [1, 2, 3, 4, 5, 6, 7, 8].map(step => {
        const at = { position_m: [x + 0.1 * step, y, z], rotation: [0, 0, 0, 1], scale: 1 };
        world.setTransforms({ [key]: at });
        world.render();
        return [...world.footOf(key, 0)];
    });
    return [{ ...counted }, feet];
}"""


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as connected:
        yield connected


@pytest.fixture
def wall(visit: Any) -> Iterator[Any]:
    """A visitor who arranges a wall; all walls stand where they belong before and after."""
    visit.page.evaluate("layerwalk.app.edits.forget()")
    visit.go(STATION).press("m")
    yield visit
    visit.press("Escape")
    visit.page.evaluate("layerwalk.app.arranging.resetAll()")
    visit.wait("() => Object.keys(layerwalk.app.store.transforms()).length === 0")


def transform_of(visit: Any) -> dict[str, Any] | None:
    """What the document says of the station."""
    return visit.page.evaluate("key => layerwalk.app.store.transforms()[key] ?? null", STATION)


def released(visit: Any) -> Any:
    """Nothing is held any more, and the bridge has said where the wall stays."""
    return visit.wait("() => layerwalk.app.holding.station === null").settle()


def middle(visit: Any) -> tuple[float, float]:
    at = visit.page.evaluate(WALL, STATION)
    return at["x"] + at["w"] / 2, at["y"] + at["h"] / 2


def foot(visit: Any) -> np.ndarray:
    """The middle of the foot of the wall, which it turns and grows about."""
    return np.array(visit.page.evaluate("key => layerwalk.world.footOf(key, 0)", STATION))


def drag(visit: Any, start: tuple[float, float], by: tuple[float, float]) -> Any:
    mouse = visit.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2)
    mouse.move(start[0] + by[0], start[1] + by[1])
    mouse.up()
    return released(visit)


def handle(visit: Any, kind: str) -> tuple[float, float]:
    size = visit.page.viewport_size
    for found, at in visit.page.evaluate(CORNERS):
        if found == kind and at and 0 < at[0] < size["width"] and 0 < at[1] < size["height"]:
            return at[0], at[1]
    raise AssertionError(f"no {kind} is on the screen")


def test_a_wall_dragged_here_moves_there(wall: Any, client: layerwalk.Client) -> None:
    """It follows the pointer, and other visitors see it where it was left."""
    x, y = middle(wall)
    drag(wall, (x, y), (90, 0))
    assert middle(wall)[0] == pytest.approx(x + 90, abs=5), "it did not follow the pointer"
    mine = transform_of(wall)
    assert mine is not None
    client.bookmark("here", "all that was said before has been heard")
    theirs = client.state()["stations"]["main"][STATION]
    assert theirs["position_m"] == pytest.approx(mine["position_m"])
    assert theirs["scale"] == 1


def test_corners_size_it_and_sides_turn_it(wall: Any) -> None:
    wall.page.mouse.wheel(0, 240)  # a step back: all of it is in sight
    wall.settle()
    x, y = handle(wall, "corner")
    foot = wall.page.viewport_size["width"] / 2
    drag(wall, (x, y), ((x - foot) * 0.3, (y - 500) * 0.3))
    grown = transform_of(wall)
    assert grown is not None
    assert grown["scale"] > 1.1
    drag(wall, handle(wall, "side"), (100, 0))
    turned = transform_of(wall)
    assert turned is not None
    assert 2 * np.arcsin(turned["rotation"][1]) == pytest.approx(np.pi / 5, abs=0.02)
    assert turned["scale"] == pytest.approx(grown["scale"])


def test_keys_do_all_of_it(wall: Any) -> None:
    """Steps that follow one another are one to be undone."""
    before, home = wall.position, foot(wall)
    for key in ("ArrowRight", "ArrowRight", "PageUp", "q", "+"):
        wall.press(key)
    released(wall)
    at = transform_of(wall)
    assert at is not None
    assert at["scale"] == pytest.approx(1.1)
    assert 2 * np.arcsin(at["rotation"][1]) == pytest.approx(np.radians(5), abs=1e-6)
    moved = foot(wall) - home
    assert np.hypot(moved[0], moved[2]) == pytest.approx(0.2)
    assert moved[1] == pytest.approx(0.1)
    assert np.allclose(wall.position, before), "the visitor walked, too"
    wall.press("Control+z").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 0")
    wall.press("Control+y").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 1")
    assert transform_of(wall) == at


def test_shift_m_sets_it_in_line_with_its_neighbour_and_undo_takes_it_out(wall: Any) -> None:
    for key in ("ArrowRight", "ArrowRight", "PageUp", "q", "ArrowUp"):
        wall.press(key)
    released(wall)
    askew = transform_of(wall)
    assert askew is not None
    wall.press("Shift+M").wait(
        """(_, [key, y]) => {
            const at = layerwalk.app.store.transforms()[key];
            return at && at.position_m[1] !== y;
        }""",
        [STATION, askew["position_m"][1]],
    )
    level = transform_of(wall)
    assert level is not None
    assert level["position_m"][:2] == pytest.approx([0, 0], abs=1e-9)  # the aisle's axis
    assert level["position_m"][2] == pytest.approx(askew["position_m"][2])
    assert level["rotation"] == pytest.approx([0, 0, 0, 1])
    wall.page.evaluate("layerwalk.app.holding.lastMoved = null")
    wall.press("Control+z").wait(
        "(_, [key, y]) => layerwalk.app.store.transforms()[key]?.position_m[1] === y",
        [STATION, askew["position_m"][1]],
    )
    wall.press("/")
    wall.page.keyboard.type("align the wall")
    wall.page.keyboard.press("Enter")
    wall.wait("(_, key) => layerwalk.app.store.transforms()[key].position_m[1] === 0", STATION)


def test_r_puts_it_back_and_undo_brings_it_there_again(wall: Any) -> None:
    drag(wall, middle(wall), (60, 10))
    at = transform_of(wall)
    assert at is not None
    wall.press("r").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 0")
    wall.press("Control+z").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 1")
    assert transform_of(wall) == at


def test_all_go_back_at_once(wall: Any, client: layerwalk.Client) -> None:
    client.move_layer("stem.0", position_m=(3, 0, 1), scale=2.0)
    drag(wall, middle(wall), (60, 10))
    wall.wait("() => Object.keys(layerwalk.app.store.transforms()).length === 2")
    wall.press("Shift+R").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 0")
    wall.press("Control+z").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 2")


def test_undo_leaves_alone_what_another_changed(wall: Any, client: layerwalk.Client) -> None:
    drag(wall, middle(wall), (60, 10))
    client.move_layer(STATION, position_m=(1, 0, -2))
    wall.wait(
        "(state, key) => layerwalk.app.store.transforms()[key].position_m[2] === -2",
        STATION,
    )
    wall.press("Control+z")
    wall.page.get_by_role("log").get_by_text("another visitor changed it").wait_for()
    at = transform_of(wall)
    assert at is not None
    assert at["position_m"] == [1, 0, -2]


def test_who_holds_a_wall_keeps_it(wall: Any, client: layerwalk.Client) -> None:
    """While another visitor holds it, it cannot be taken; and it stays where they have it."""
    x, y = middle(wall)
    mouse = wall.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 40, y)
    wall.wait("() => layerwalk.app.holding.station !== null")
    try:
        with pytest.raises(Leased, match="held by another viewer"):
            client.move_layer(STATION, position_m=(1, 0, 2))
    finally:
        mouse.up()
    released(wall)
    client.move_layer(STATION, position_m=(1, 0, 2))


def test_a_wall_that_another_drags_costs_what_moves(wall: Any) -> None:
    """The rest of the room is made anew when the drag begins and when it rests, not each time."""
    wall.press("Escape").settle()
    before = foot(wall)
    counted, feet = wall.page.evaluate(DRAGGED_BY_ANOTHER, STATION)
    assert counted == {"arrange": 1, "carry": 8}
    np.testing.assert_allclose(
        feet, [before + np.array([0.1 * step, 0, 0]) for step in range(1, 9)]
    )
    wall.settle()
    assert wall.page.evaluate("window.arranged.arrange") == 2
    wall.page.evaluate("layerwalk.world.setTransforms(layerwalk.app.store.transforms())")
    np.testing.assert_allclose(foot(wall.settle()), before)


def test_what_goes_with_a_wall_is_seen_where_it_is_held(visit: Any) -> None:
    """Its back, its words and its paths look as they do once the document has it there."""
    visit.go("stem.0").press("Escape").settle()
    home = visit.canvas()
    place = """key => {
        const { origin_m: [x, y, z] } = layerwalk.app.store.room.stations.find(s => s.key === key);
        return { position_m: [x + 0.4, y + 0.2, z + 0.3], rotation: [0, 0, 0, 1], scale: 0.9 };
    }"""
    there = visit.page.evaluate(place, "stem.0")
    hold = "at => layerwalk.world.hold('stem.0', at)"
    between = {**there, "scale": 1.3}
    for at in (between, there):  # it moves while it is held
        visit.page.evaluate(hold, at)
        visit.settle()
    held = visit.canvas()
    visit.page.evaluate("at => layerwalk.world.setTransforms({ 'stem.0': at })", there)
    visit.page.evaluate(hold, None)
    left = visit.settle().canvas()
    visit.page.evaluate("layerwalk.world.setTransforms({})")
    assert np.array_equal(held, left)
    assert (left != home).any(axis=2).mean() > 0.05
    assert np.array_equal(visit.settle().canvas(), home)


def test_alt_drags_any_wall_and_a_plain_drag_looks_around(visit: Any) -> None:
    visit.go(STATION)
    yaw = visit.state["visitor"]["yaw"]
    drag(visit, middle(visit), (80, 0))
    assert transform_of(visit) is None
    assert visit.state["visitor"]["yaw"] != pytest.approx(yaw)
    visit.go("stem.0").go(STATION)
    visit.page.keyboard.down("Alt")
    drag(visit, middle(visit), (80, 0))
    visit.page.keyboard.up("Alt")
    assert transform_of(visit) is not None
    visit.press("r").wait("() => Object.keys(layerwalk.app.store.transforms()).length === 0")


def test_moving_and_pinning_are_said_aloud(wall: Any) -> None:
    """To those who do not see the handles: M by the region that is only read, P by its notice."""
    spoken = wall.page.locator(".spoken[aria-live]")
    assert spoken.inner_text().startswith("Moving Conv 3 × 3: arrow keys")
    wall.press("m")
    assert spoken.inner_text() == "Conv 3 × 3 stays where it is"
    for said in ("is pinned: nobody moves it", "can be moved again"):
        wall.press("p")
        wall.page.get_by_role("log").get_by_text(said).wait_for()


def test_m_says_what_to_do_without_a_wall(visit: Any) -> None:
    visit.press("m")
    visit.page.get_by_role("log").get_by_text("Go to a wall first").wait_for()


def test_a_hidden_wall_is_gone_until_someone_goes_there(
    wall: Any, client: layerwalk.Client
) -> None:
    walls = wall.page.evaluate("layerwalk.world.stats().walls")
    x, y = middle(wall)
    wall.press("x").wait("(state, walls) => layerwalk.world.stats().walls < walls", walls).settle()
    pick = "([x, y]) => layerwalk.world.pick(2 * x / innerWidth - 1, 1 - 2 * y / innerHeight)"
    hit = wall.page.evaluate(pick, [x, y])
    assert hit is None or hit.get("station") != STATION
    client.bookmark("hidden", "all that was said before has been heard")
    assert client.state()["hidden"]["main"] == {STATION: True}
    wall.go(STATION).wait("(state, walls) => layerwalk.world.stats().walls === walls", walls)
    wall.press("x").wait("(state, walls) => layerwalk.world.stats().walls < walls", walls)
    wall.press("Shift+X").wait("(state, walls) => layerwalk.world.stats().walls === walls", walls)


def test_a_pinned_wall_stays(wall: Any, client: layerwalk.Client) -> None:
    x, y = middle(wall)
    wall.press("p").page.get_by_role("log").get_by_text("is pinned: nobody moves it").wait_for()
    drag(wall, (x, y), (90, 0))
    wall.page.get_by_role("log").get_by_text("unpin it (P) to move it").wait_for()
    assert transform_of(wall) is None
    with pytest.raises(InvalidChange, match="is pinned"):
        client.move_layer(STATION, position_m=(1, 0, 2))
    wall.press("p").page.get_by_role("log").get_by_text("can be moved again").wait_for()
    drag(wall, middle(wall), (90, 0))
    assert transform_of(wall) is not None


def test_who_steps_along_walls_passes_hidden_ones(wall: Any) -> None:
    """Going on would show it again, for everyone."""
    wall.press("[").settle()
    before = wall.state["selected"]["station"]
    wall.press("]").settle()
    assert wall.state["selected"]["station"] == STATION
    wall.press("x").wait("() => layerwalk.app.store.at(['hidden', 'main', 'body.0.conv1'])")
    wall.go(before).press("]").settle()
    assert wall.state["selected"]["station"] not in (before, STATION)
    assert wall.page.evaluate("layerwalk.app.store.at(['hidden', 'main', 'body.0.conv1'])")
    wall.press("Shift+X").wait("() => !layerwalk.app.store.at(['hidden', 'main', 'body.0.conv1'])")


def test_a_button_of_the_panel_keeps_the_keys(wall: Any) -> None:
    """What it says is written anew; who uses the keyboard presses it once more."""
    button = wall.page.get_by_role("group", name="This wall").get_by_role("button", name="pin")
    button.focus()
    button.press("Enter")
    wall.wait("() => layerwalk.app.store.at(['pinned', 'main', 'body.0.conv1'])")
    wall.page.wait_for_function("document.activeElement?.textContent === 'unpin'")
    wall.page.keyboard.press("Enter")
    wall.wait("() => !layerwalk.app.store.at(['pinned', 'main', 'body.0.conv1'])")
