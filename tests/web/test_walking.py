"""Walking, flying, searching, links: where the visitor gets to."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest


def test_the_room_lights_up(visit: Any) -> None:
    """Every layer's pages arrive, and the page says where it is."""
    state = visit.state
    assert state["arrivedLayers"] == state["litLayers"] == state["wantedLayers"]
    assert state["litLayers"] > 6
    assert state["run"]["complete"]
    assert visit.page.locator(".chip.name").inner_text().startswith("layerwalk")
    canvas = visit.canvas().astype(int)
    assert canvas.std() > 10, "the canvas is empty"


def test_keys_walk_and_fly(visit: Any) -> None:
    start = visit.position
    visit.page.keyboard.down("w")
    visit.wait("(state, z) => state.visitor.position[2] < z - 1", start[2])
    visit.page.keyboard.up("w")
    visit.settle()
    ahead = visit.position
    assert ahead[:2] == pytest.approx(start[:2])
    visit.page.keyboard.down("d")
    visit.wait("(state, x) => state.visitor.position[0] > x + 0.3", start[0])
    visit.page.keyboard.up("d")
    visit.page.keyboard.down("e")
    visit.wait("state => state.visitor.position[1] > 2")
    visit.page.keyboard.up("e")
    visit.settle()
    assert visit.position[2] == pytest.approx(ahead[2], abs=1e-6)


def test_a_drag_looks_around(visit: Any) -> None:
    mouse = visit.page.mouse
    mouse.move(480, 100)
    mouse.down()
    mouse.move(580, 130, steps=4)
    mouse.up()
    visitor = visit.settle().state["visitor"]
    assert visitor["yaw"] > 0.2  # the scene follows the hand, so one looks to the left
    assert visitor["pitch"] > 0.05
    assert visit.state["selected"] is None


def test_only_the_primary_button_acts(visit: Any) -> None:
    """Right and middle button neither look, nor fly, nor lift a tile."""
    visit.press("]").settle()
    x, y, width, height = visit.tile("stem.1", 1)
    before, mouse = visit.state["visitor"], visit.page.mouse
    for button in ("right", "middle"):
        mouse.move(x + width / 2, y + height / 2)
        mouse.down(button=button)
        mouse.move(x + width / 2 + 60, y, steps=3)
        mouse.up(button=button)
        mouse.click(x + width / 2, y + height / 2, button=button)
    after = visit.state
    assert (after["visitor"], after["selected"]) == (before, None)
    mouse.click(x + width / 2, y + height / 2)
    visit.wait("state => state.selected && state.settled")


def test_the_wheel_gives_up_a_place_that_is_waited_for(visit: Any) -> None:
    """Whoever moves while blocks open on the way to a layer stays where they went."""
    visit.go("body.0.conv2").press("Backspace")
    visit.wait("state => !state.room.expanded.includes('body.0') && state.settled")
    visit.press("Home").settle()
    # All in one task of the page: the bridge's answer cannot come in between.
    waiting = visit.page.evaluate(
        """() => {
            layerwalk.go("body.0.conv2");
            const before = layerwalk.app.navigator.waiting;
            document.querySelector("#scene").dispatchEvent(new WheelEvent("wheel", { deltaY: 8 }));
            return [before, layerwalk.app.navigator.waiting];
        }"""
    )
    assert waiting == [True, False]
    visit.wait("state => state.room.expanded.includes('body.0') && state.settled")
    assert visit.state["selected"] is None


def test_a_frame_that_fails_is_told_once_and_not_the_last(visit: Any) -> None:
    told: list[str] = []
    visit.page.on("console", lambda message: told.append(message.text))
    visit.page.evaluate(
        """() => {
            const { hud } = layerwalk.app;
            const { frame } = hud;
            let left = 3;
            hud.frame = () => {
                if (left-- > 0) throw new Error("a frame fell");
                hud.frame = frame;
                hud.frame();
            };
        }"""
    )
    visit.page.locator(".toast").get_by_text("a frame fell").wait_for()
    visit.press("]").settle()
    assert sum("a frame fell" in text for text in told) == 1


def test_digits_are_digits_on_every_keyboard(visit: Any) -> None:
    """On AZERTY the key of 3 writes a quotation mark, and that of 6 a minus."""
    visit.page.evaluate(
        "() => window.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit3', key: '\"'}))"
    )
    visit.wait("state => state.run.picture === 'slope' && state.settled")


def test_a_click_goes_to_a_wall_and_then_lifts_a_tile(visit: Any) -> None:
    """From afar a click flies before the wall; there it lifts the tile, and puts it back."""
    visit.press("]").settle()
    x, y, width, height = visit.tile("stem.1", 1)
    centre = (x + width / 2, y + height / 2)
    visit.page.mouse.click(*centre)
    visit.wait("state => state.selected && state.settled")
    selected = visit.state["selected"]
    assert (selected["station"], selected["tile"]) == (visit.station_of("stem.1"), None)
    x, y, width, height = visit.tile("stem.1", 1)
    assert width == pytest.approx(height, rel=0.02), "it is not seen straight on"
    visit.page.mouse.click(x + width / 2, y + height / 2)
    visit.wait("state => state.selected.tile === 1 && state.settled")
    visit.press("Escape").wait("state => state.selected.tile === null")
    visit.press("Escape").wait("state => state.selected === null")


def test_start_end_and_overview(visit: Any) -> None:
    start = visit.position
    visit.press("End").settle()
    assert visit.position[2] < start[2] - 10
    visit.press("o").wait("state => state.overview && state.settled")
    assert visit.position[1] > 3
    assert visit.page.get_by_role("region", name="Selection").is_visible()
    visit.press("o").wait("state => !state.overview && state.settled")
    visit.press("Home").settle()
    assert visit.position == pytest.approx(start)


def test_brackets_go_from_block_to_block(visit: Any) -> None:
    depths = [visit.position[2]]
    for _ in range(3):
        depths.append(visit.press("]").settle().position[2])
    assert all(later < earlier for earlier, later in pairwise(depths))
    back = [visit.press("[").settle().position[2] for _ in range(2)]
    assert back == pytest.approx(depths[2:0:-1])


def test_search_finds_by_name_kind_and_class(visit: Any) -> None:
    box = visit.page.get_by_role("combobox", name="Find a layer")
    for query, station_layer, tile in (
        ("body.1.conv2", "body.1.conv2", None),
        ("linear", "head", None),
        ("fern", "head", 5),
        ("stem.1 3", "stem.1", 3),
    ):
        visit.press("/")
        box.fill(query)
        visit.press("Enter")
        visit.wait("state => state.selected && state.settled")
        selected = visit.state["selected"]
        assert (selected["layer"], selected["tile"]) == (station_layer, tile)
        assert selected["station"] == visit.station_of(station_layer)


def test_search_goes_through_its_results_by_arrows(visit: Any) -> None:
    visit.press("/")
    visit.page.keyboard.type("conv")
    options = visit.page.get_by_role("option")
    assert options.count() >= 4
    visit.press("ArrowDown").press("ArrowDown")
    chosen = options.nth(2)
    assert chosen.get_attribute("aria-selected") == "true"
    title = chosen.locator("span").first.inner_text()
    visit.press("Enter").wait("state => state.selected && state.settled")
    assert visit.state["selected"]["layer"] == title


def test_the_map_goes_where_it_is_clicked(visit: Any) -> None:
    box = visit.page.get_by_role("img", name="Map of the network").bounding_box()
    visit.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 20)
    visit.wait("(state, z) => state.settled && state.visitor.position[2] < z", -3)
    near, far = visit.page.evaluate(
        "[layerwalk.app.store.room.start.position_m[2], layerwalk.app.store.room.end_m]"
    )
    assert visit.position[2] == pytest.approx(near + 0.6 * (far - near), abs=0.5)


def test_a_link_restores_place_and_image(visit: Any, visitors: Any, bridge: Any) -> None:
    """The address of one visitor shows another one the same."""
    visit.press("3").wait("state => state.run.picture === 'slope' && state.settled")
    visit.go("body.0.conv2", 4)
    visit.page.wait_for_url("**/#layer=body.0.conv2&tile=4&image=slope&view=*")
    before = visit.page.url
    visit.page.keyboard.down("s")
    visit.wait("(state, z) => state.visitor.position[2] > z + 0.3", visit.position[2])
    visit.page.keyboard.up("s")
    visit.settle()
    visit.page.wait_for_url(lambda url: url != before)
    link = visit.page.url.split("#")[1]
    assert link.startswith("layer=body.0.conv2&tile=4&image=slope&view=")
    assert "token" not in visit.page.url
    visit.press("1").wait("state => state.run.picture === 'rings' && state.settled")
    other = visitors(bridge)
    other.open(f"#{link}").wait("state => state.run.picture === 'slope' && state.settled")
    assert other.position == pytest.approx(visit.position, abs=0.01)
    assert other.state["visitor"]["yaw"] == pytest.approx(visit.state["visitor"]["yaw"], abs=0.001)
    selected = other.state["selected"]
    assert (selected["station"], selected["tile"]) == (visit.station_of("body.0.conv2"), 4)


def test_a_link_may_name_a_layer_only(visitors: Any, bridge: Any) -> None:
    first, second = visitors(bridge).open("#layer=head"), visitors(bridge).open()
    second.go("head")
    assert first.position == pytest.approx(second.position)
    over = visitors(bridge).open("#view=overview")
    assert over.state["overview"]


def test_a_link_that_leads_nowhere_stays_in_the_room(visitors: Any, bridge: Any) -> None:
    """Tiles that there are not, places far outside, and heads that turn over are left out."""
    visit = visitors(bridge).enter("#layer=stem.1&tile=700&view=90000,1.6,-3,0,0")
    visit.page.get_by_role("log").get_by_text("stem.1 has no tile 700").wait_for()
    visit.settle()
    assert (visit.state["selected"]["layer"], visit.state["selected"]["tile"]) == ("stem.1", None)
    other = visitors(bridge).open("#layer=stem.1")
    assert visit.position == pytest.approx(other.position)
    turned = visitors(bridge).open("#view=0,-9,-3,7,99")
    assert turned.position == pytest.approx([0, 0.25, -3])
    visitor = turned.state["visitor"]
    assert visitor["yaw"] == pytest.approx(7 - 2 * np.pi)
    assert 1 < visitor["pitch"] < np.pi / 2


def test_a_link_to_an_unknown_layer_says_what_is_near(visitors: Any, bridge: Any) -> None:
    visit = visitors(bridge).enter("#layer=bdy.0.conv2")
    told = visit.page.get_by_role("log").get_by_text("bdy.0.conv2 is not in")
    assert "nearest: body.0.conv2" in told.inner_text()


NOTE = ".astray"
SKY = (30, 1.6, -5)


def test_in_the_empty_sky_there_is_a_way_back(visit: Any) -> None:
    """B leads before the wall that was looked at last, O above all; the note goes by itself."""
    note = visit.page.locator(NOTE)
    visit.go("body.0.conv2").press("Escape").wait("state => state.selected === null")
    before = visit.position
    visit.stand(SKY, -np.pi / 2)
    note.wait_for()
    visit.press("b").settle()
    assert visit.state["selected"]["station"] == visit.station_of("body.0.conv2")
    assert visit.position == pytest.approx(before)
    note.wait_for(state="hidden")
    visit.press("Escape").stand((0, 200, 300), 0)
    note.get_by_role("button", name="the whole network").click()
    visit.wait("state => state.overview && state.settled")
    note.wait_for(state="hidden")


def test_the_way_back_is_told_once(visit: Any) -> None:
    """Esc puts the note away until the room was seen again."""
    visit.stand(SKY, -np.pi / 2)
    visit.page.locator(NOTE).wait_for()
    visit.press("Escape")
    assert visit.page.locator(NOTE).is_hidden()
    visit.page.evaluate("layerwalk.app.hud.frame()")
    assert visit.page.locator(NOTE).is_hidden()
    visit.press("Home").settle()
    visit.wait("() => layerwalk.app.hud.astray.since === null")
    visit.stand(SKY, -np.pi / 2)
    visit.page.locator(NOTE).wait_for()


def test_without_a_wall_looked_at_the_way_back_is_the_nearest(visitors: Any, bridge: Any) -> None:
    visit = visitors(bridge).open().stand(SKY, 0).press("b").settle()
    x, _, z = visit.position
    assert abs(x) < 0.1
    assert abs(z - SKY[2]) < 7


@pytest.mark.parametrize("close", ["Escape", "h", "click", "beside"])
def test_keys_after_the_help_are_the_rooms(visit: Any, close: str) -> None:
    """The very next key, and also Space and Enter: no button holds them."""
    visit.page.locator(".guess").focus()
    visit.press("h")
    if close == "click":
        visit.page.get_by_role("button", name="Close help").click()
    elif close == "beside":
        visit.page.mouse.click(5, 300)
    else:
        visit.press(close)
    visit.press("]")
    assert visit.page.evaluate("document.activeElement.id") == "scene"
    assert visit.page.evaluate("layerwalk.visitor.moving"), "the key was lost"
    visit.settle()


def test_keys_after_search_and_buttons_are_the_rooms(visit: Any) -> None:
    active = "document.activeElement.id"
    visit.press("/").press("x").press("Escape")
    assert visit.page.evaluate(active) == "scene"
    visit.go("body.0.conv2")
    scale = visit.page.get_by_role("button", name="per layer")
    scale.click()
    assert visit.page.evaluate(active) == "scene"
    visit.page.get_by_role("button", name="per channel").click()
    visit.press("k")
    panel = visit.page.get_by_role("region", name="Prediction")
    panel.get_by_role("button").first.click()
    assert visit.page.evaluate(active) == "scene"
    visit.settle()
    # By Tab one stays on the button.
    scale.focus()
    visit.press("Enter")
    assert visit.state["normalization"] == "channel"


def test_help_names_every_key(visit: Any) -> None:
    visit.press("h")
    dialog = visit.page.get_by_role("dialog", name="Help")
    text = dialog.inner_text()
    keys = "W A S D,[ ],Home,End,O,N,B,Backspace,Shift + Enter,Shift + Backspace,/,K,I,1 – 6"
    for key in keys.split(","):
        assert key in text.split("\n"), key
    visit.press("Escape")
    assert dialog.is_hidden()


def test_help_fits_a_small_screen(visit: Any) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    try:
        visit.press("h")
        dialog = visit.page.get_by_role("dialog", name="Help")
        assert dialog.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
        visit.press("Escape")
    finally:
        visit.page.set_viewport_size({"width": 960, "height": 600})
        visit.settle()


def test_notices_do_not_pile_up(visit: Any) -> None:
    toasts = visit.page.locator(".toast")
    visit.press("+").press("+").press("-").press("-")
    assert toasts.all_inner_texts() == ["Speed × 1"]
    for _ in range(3):
        visit.page.evaluate("layerwalk.go('nowhere')")
    assert toasts.count() == 2
