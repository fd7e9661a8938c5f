"""The headset in the browser: a real page, and an emulated Quest 3 that a test wears and moves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
import web_network
from playwright.sync_api import Browser
from web_wearer import AIM, EMULATE, IWER, Wearer

EYE_M = 1.6
SNAP_RAD = math.radians(30)


@pytest.fixture(scope="module")
def page_with_headset(browser: Browser, room: Any) -> Iterator[Any]:
    """Another page in the room of `room`, in a browser that has a headset."""
    page = browser.new_page(viewport=room.page.viewport_size)
    visit = type(room)(page, room.bridge)
    page.add_init_script(path=IWER)
    page.add_init_script(EMULATE + AIM)
    yield visit.open()
    page.close()
    assert visit.errors == []


@pytest.fixture
def wearer(page_with_headset: Any) -> Iterator[Wearer]:
    """Somebody at the start of the room who has just put the headset on."""
    page_with_headset.page.evaluate(
        "() => { localStorage.clear(); layerwalk.app.headset.setComfort({ hand: 'right',"
        " smoothTurn: false, walks: true, vignette: 0.7, seated: false }); }"
    )
    wearer = Wearer(page_with_headset.begin()).enter()
    yield wearer
    if wearer.evaluate("layerwalk.app.headset.worn"):
        wearer.rest().leave()


def test_without_a_headset_nothing_is_said_of_one(visit: Any) -> None:
    assert visit.page.locator("button.headset").is_hidden()
    visit.press("h")
    assert "headset" not in visit.page.locator("dialog.help").inner_text()
    visit.press("v")
    assert not visit.page.evaluate("layerwalk.app.headset.worn")


def test_enter_and_leave(page_with_headset: Any) -> None:
    """By button and key, at any time; the visitor stays where they were, and the page too."""
    visit = page_with_headset.begin()
    before = visit.canvas()
    start = visit.position
    button = visit.page.locator("button.headset")
    assert button.inner_text().startswith("Enter")
    button.click()
    wearer = Wearer(visit).wait("headset.worn && headset.told !== null").rest()
    assert button.inner_text().startswith("Leave")
    assert wearer.position == pytest.approx([start[0], EYE_M, start[2]], abs=1e-3)
    both = visit.canvas().astype(float)
    left, right = np.split(both, 2, axis=1)
    assert min(left.std(), right.std()) > 10, "an eye sees nothing"
    apart = np.abs(left - right).mean()
    assert 0.5 < apart < 60, "eyes see the same, or different places"
    wearer.leave()
    visit.settle()
    assert visit.position == pytest.approx(start, abs=1e-3)
    visit.press("Home").settle()
    assert np.abs(visit.canvas().astype(int) - before).mean() < 1
    Wearer(visit).enter().leave()


def test_the_left_stick_walks(wearer: Wearer) -> None:
    """Where the head faces, not faster than 2.5 m/s, with a dark edge of sight."""
    start = wearer.position
    wearer.stick("left", 0, 1)
    wearer.wait("headset.locomotion.vignette.strength > 0.2")
    wearer.wait("layerwalk.visitor.position[2] < argument - 1", start[2])
    wearer.stick("left", 0, 0).wait("!headset.locomotion.moving")
    assert wearer.position[:2] == pytest.approx(start[:2], abs=1e-3)
    wearer.wait("headset.locomotion.vignette.strength === 0")


def test_the_right_stick_turns_by_30_degrees(wearer: Wearer) -> None:
    """Once a flick; the head stays where it is, wherever it is in the tracked space."""
    wearer.evaluate("device.position.set(0.7, 1.7, -0.4)")
    wearer.frames()
    start, yaw = wearer.position, wearer.yaw
    for flick in (1, 2):
        wearer.stick("right", 1, 0).frames(4).stick("right", 0, 0).frames()
        assert wearer.yaw == pytest.approx(yaw - flick * SNAP_RAD, abs=1e-4)
    assert wearer.position == pytest.approx(start, abs=1e-3)
    wearer.stick("right", -1, 0).frames(4).stick("right", 0, 0).frames()
    assert wearer.yaw == pytest.approx(yaw - SNAP_RAD, abs=1e-4)


def test_a_teleport_goes_where_the_arc_ends(wearer: Wearer) -> None:
    """Through the dark, facing where the visitor did; and not to where one cannot stand."""
    here, yaw = wearer.position, wearer.yaw
    wearer.point("right", wearer.wall("photograph", height=2.9))
    wearer.stick("right", 0, 1).wait("headset.locomotion.aims").frames()
    assert not wearer.evaluate("layerwalk.app.headset.locomotion.arc.valid")
    wearer.stick("right", 0, 0).wait("!headset.locomotion.aims").frames()
    assert wearer.position == pytest.approx(here, abs=1e-3)
    wearer.rest().stick("right", 0, 1).wait("headset.locomotion.aims").frames()
    arc = wearer.evaluate(
        "(({ end, valid }) => ({ end, valid }))(layerwalk.app.headset.locomotion.arc)"
    )
    assert arc["valid"]
    assert arc["end"][1] == 0
    wearer.stick("right", 0, 0).wait("layerwalk.visitor.fade > 0.3").landed()
    assert wearer.position[[0, 2]] == pytest.approx([arc["end"][0], arc["end"][2]], abs=1e-3)
    assert wearer.position[1] == pytest.approx(EYE_M, abs=1e-3)
    assert wearer.yaw == pytest.approx(yaw, abs=1e-4)


def test_a_press_at_the_floor_teleports(wearer: Wearer) -> None:
    """For hands without a stick: press, aim, let go."""
    wearer.point("right", [0, 0, wearer.position[2] - 2]).hold("right", "trigger")
    wearer.wait("headset.locomotion.aims").frames()
    end = wearer.evaluate("layerwalk.app.headset.locomotion.arc.end")
    wearer.hold("right", "trigger", False).landed()
    assert wearer.position[[0, 2]] == pytest.approx([end[0], end[2]], abs=1e-3)


@pytest.mark.parametrize(("side", "index"), [("right", 1), ("left", 2)])
def test_a_photograph_is_carried_to_the_input_frame(wearer: Wearer, side: str, index: int) -> None:
    """Taken off the shelf with either hand, let go at the frame: the network sees it."""
    before = wearer.visit.state["prediction"]
    picture, place = wearer.picture(index)
    wearer.point(side, place).hold(side, "squeeze")
    assert (
        wearer.evaluate("side => layerwalk.app.headset.presence.carrying.in(side)", side) == picture
    )
    assert wearer.run["picture"] != picture
    wearer.point(side, wearer.wall("photograph")).hold(side, "squeeze", False)
    wearer.visit.wait("(state, picture) => state.run?.picture === picture", picture)
    wearer.visit.wait("(state, run) => state.prediction.run > run", before["run"])
    assert wearer.visit.state["prediction"]["scores"] != before["scores"]
    assert wearer.evaluate("side => layerwalk.app.headset.presence.carrying.in(side)", side) is None


def test_a_photograph_that_is_let_go_of_elsewhere_stays_there(wearer: Wearer) -> None:
    """For all; it can be taken again from where it is, and put back on the shelf."""
    run = wearer.run["id"]
    picture, place = wearer.picture(1)
    things = "layerwalk.app.store.things()"
    wearer.point("right", place).hold("right", "squeeze")
    wearer.point("right", [0, 0, -3]).hold("right", "squeeze", False)
    wearer.visit.wait("(state, id) => id in layerwalk.app.store.things()", picture).settle()
    stands = wearer.evaluate(things)[picture]
    assert np.linalg.norm(wearer.position - stands["position_m"]) < 1.5
    assert wearer.evaluate("id => layerwalk.world.shelf.every(one => one.id !== id)", picture)
    assert wearer.run["id"] == run
    middle = stands["position_m"]
    wearer.point("left", middle).hold("left", "squeeze")
    carried = "layerwalk.app.headset.presence.carrying.in('left')"
    assert wearer.evaluate(carried) == picture
    wearer.point("left", wearer.wall("shelf", height=0.5)).hold("left", "squeeze", False)
    wearer.visit.wait("(state, id) => !(id in layerwalk.app.store.things())", picture).settle()
    assert wearer.run["id"] == run


def test_noise_is_chosen_in_the_menu(wearer: Wearer) -> None:
    """Its kind, seed and amplitude, with the ray; what is placed stands on the shelf."""
    wearer.evaluate("layerwalk.app.headset.presence.menus.show('noise')")
    labels = ("Kind   gaussian", "Seed   0", "Seed   1", "Amplitude   50 %", "Place")
    for label in labels:
        wearer.wait("headset.presence.panels.menu.where(argument)", label).frames()
        wearer.click("right", wearer.button(label))
    name = "uniform noise, seed 2, amplitude 0.75"
    wearer.visit.wait("(state, name) => state.run?.name === name && state.settled", name)
    assert wearer.visit.state["shelf"][-1]["name"] == name
    wearer.evaluate("layerwalk.app.making.remove(layerwalk.app.store.run.picture)")
    wearer.visit.wait("state => state.shelf.length === 3")


def test_a_click_goes_to_a_wall_and_lifts_a_tile(wearer: Wearer) -> None:
    """Feet stay on the floor, 2.75 m before the wall or more; the tile comes to the ray."""
    station = wearer.visit.station_of("stem.1")
    wearer.click("right", wearer.wall("layer", station, 2.2)).landed()
    assert wearer.visit.state["selected"]["station"] == station
    assert wearer.position[1] == pytest.approx(EYE_M, abs=1e-3)
    far = np.linalg.norm((wearer.position - wearer.wall("layer", station))[[0, 2]])
    assert 2.7 < far < 5
    wearer.click("left", wearer.tile("stem.1", 1))
    wearer.wait("layerwalk.state().selected?.tile === 1")


def test_the_menu_is_pressed_with_the_ray(wearer: Wearer) -> None:
    wearer.press("left", "x-button").wait("headset.presence.panels.menu.visible").frames()
    assert any("per" in line for line in wearer.texts())
    wearer.click("right", wearer.button("Colours scaled per   layer"))
    wearer.wait("layerwalk.state().normalization === 'channel'")
    wearer.click("right", wearer.button("Prediction")).landed()
    assert not wearer.evaluate("layerwalk.app.headset.presence.panels.menu.visible")
    assert wearer.position[2] < wearer.evaluate("layerwalk.app.store.room.end_m") + 9
    wearer.press("left", "x-button").frames()
    wearer.click("right", wearer.button("Leave")).wait("!headset.worn")


def test_search_with_the_keys_of_a_panel(wearer: Wearer) -> None:
    wearer.evaluate("layerwalk.app.headset.presence.menus.show('find')")
    wearer.frames()
    for letter in "stem":
        wearer.click("right", wearer.button(letter))
    lines = wearer.texts()
    assert "Name   stem|" in lines
    found = next(line for line in lines if line.startswith("stem.1 "))
    wearer.click("right", wearer.button(found)).landed()
    assert wearer.visit.state["selected"]["layer"] == "stem.1"


def test_a_finger_presses_a_button(wearer: Wearer) -> None:
    """The tip of a hand goes through the panel from before it."""
    wearer.evaluate("layerwalk.app.headset.presence.menus.show('menu')")
    wearer.frames()
    at = np.array(wearer.button("Comfort"))
    eyes = wearer.position
    way = (at - eyes) / np.linalg.norm(at - eyes)
    offset = np.array([eyes[0], 0, eyes[2]])  # the tracked space is turned by nothing here
    for metres in (-0.06, -0.02, 0.01):
        place = [float(part) for part in at + metres * way - offset]
        wearer.evaluate("place => device.controllers.right.position.set(...place)", place)
        wearer.frames()
    assert wearer.texts()[0] == "Comfort"


def test_comfort_is_kept(wearer: Wearer) -> None:
    wearer.evaluate("layerwalk.app.headset.presence.menus.show('comfort')")
    wearer.frames()
    wearer.click("right", wearer.button("Turn   by 30°")).wait("headset.comfort.smoothTurn")
    yaw = wearer.yaw
    wearer.stick("right", 1, 0)
    wearer.wait("layerwalk.visitor.yaw < argument - 0.7", yaw)
    wearer.stick("right", 0, 0).wait("!headset.locomotion.moving")
    wearer.click("right", wearer.button("Hand that points   right"))
    wearer.wait("headset.comfort.hand === 'left'")
    start = wearer.position
    wearer.stick("right", 0, 1)  # the other hand walks now
    wearer.wait(
        "Math.hypot(layerwalk.visitor.position[0] - argument[0],"
        " layerwalk.visitor.position[2] - argument[1]) > 0.5",
        [start[0], start[2]],
    )
    wearer.stick("right", 0, 0)
    kept = wearer.evaluate("JSON.parse(localStorage.getItem('layerwalk.comfort'))")
    assert (kept["hand"], kept["smoothTurn"]) == ("left", True)


def test_seated_eyes_are_as_high_as_standing_ones(wearer: Wearer) -> None:
    wearer.evaluate("device.position.set(0, 1.15, 0)")
    wearer.frames()
    assert wearer.position[1] == pytest.approx(1.15, abs=1e-3)
    wearer.evaluate("layerwalk.app.headset.setComfort({ seated: true })")
    wearer.frames()
    assert wearer.position[1] == pytest.approx(EYE_M, abs=1e-3)
    wearer.evaluate("layerwalk.app.headset.setComfort({ seated: false })")
    wearer.frames()
    assert wearer.position[1] == pytest.approx(1.15, abs=1e-3)


def test_the_overview_is_high_above_and_the_floor_comes_back(wearer: Wearer) -> None:
    start = wearer.position
    wearer.evaluate("layerwalk.app.navigator.toggleOverview()")
    wearer.wait("layerwalk.visitor.fade > 0.3").landed()
    assert wearer.position[1] > 5
    wearer.evaluate("layerwalk.app.navigator.toggleOverview()")
    wearer.landed()
    assert wearer.position == pytest.approx(start, abs=1e-3)


def test_the_wrist_panel_shows_while_it_is_looked_at(wearer: Wearer) -> None:
    assert not wearer.evaluate("layerwalk.app.headset.presence.panels.wrist.visible")
    wearer.evaluate(
        """() => {
            const { left, right } = device.controllers;
            left.position.set(-0.08, 1.35, -0.45);
            left.quaternion.set(0, 0, -Math.SQRT1_2, Math.SQRT1_2); // its back upwards
            right.position.set(0.3, 1.3, -0.15);
        }"""
    )
    wearer.wait("headset.presence.panels.wrist.visible").frames()
    assert "Map | Find | Menu" in wearer.texts("wrist")
    wearer.click("right", wearer.button("Find", "wrist")).wait(
        "headset.presence.menus.page === 'find'"
    )


def test_a_wall_is_moved_with_a_hand(wearer: Wearer) -> None:
    """The document says where it stands, for everyone; two hands make it larger."""
    station = wearer.visit.station_of("stem.1")
    where = wearer.wall("layer", station, 2.2)
    wearer.click("right", where).landed()  # from afar nothing can be taken
    wearer.point("right", where).hold("right", "squeeze")
    wearer.wait("layerwalk.app.holding.station === argument", station)
    wearer.evaluate("device.controllers.right.position.set(0.25, 1.2, -0.85)")
    wearer.frames(4).hold("right", "squeeze", False)
    path = f"layerwalk.app.store.transforms()['{station}']"
    wearer.wait(f"{path} && layerwalk.app.holding.station === null")
    moved = wearer.evaluate(path)
    after = wearer.wall("layer", station, 2.2)
    ahead = np.array([-math.sin(wearer.yaw), 0, -math.cos(wearer.yaw)])
    assert after == pytest.approx(where + 0.5 * ahead, abs=0.01)
    assert moved["scale"] == 1
    wearer.point("right", after).hold("right", "squeeze")
    wearer.point("left", after).hold("left", "squeeze")
    wearer.evaluate("device.controllers.left.position.set(-0.8, 1.2, -0.35)")
    wearer.frames(4).hold("left", "squeeze", False).hold("right", "squeeze", False)
    wearer.wait(f"({path}?.scale ?? 1) > 1.2 && layerwalk.app.holding.station === null")
    wearer.evaluate("layerwalk.app.arranging.resetAll()")
    wearer.wait(f"!{path}")


def test_bare_hands_pinch(wearer: Wearer) -> None:
    """A photograph goes where a pinch carries it."""
    wearer.evaluate("device.primaryInputMode = 'hand'")
    wearer.wait("headset.controls.right.joints !== null")
    try:
        before = wearer.run["id"]
        picture, place = wearer.picture(1)
        pinch = "down => device.hands.right.updatePinchValue(Number(down))"
        aim_hand(wearer, place)
        wearer.evaluate(pinch, True)
        wearer.wait("headset.presence.carrying.in('right') === argument", picture)
        aim_hand(wearer, wearer.wall("photograph"))
        wearer.evaluate(pinch, False)
        wearer.visit.wait("(state, run) => state.run?.id > run", before)
        assert wearer.run["picture"] == picture
    finally:
        wearer.evaluate("device.primaryInputMode = 'controller'")
        wearer.wait("headset.controls.right.joints === null")


def aim_hand(wearer: Wearer, at: Sequence[float]) -> None:
    """Turns the right bare hand so that its ray goes through a point of the room."""
    wearer.evaluate(
        """at => {
            const { origin } = layerwalk.app.headset.inRoom;
            const hand = device.hands.right;
            hand.position.set(0.25, 1.2, -0.35);
            const { x, y, z } = hand.position;
            aim(hand, [at[0] - origin[0] - x, at[1] - origin[1] - y, at[2] - origin[2] - z]);
        }""",
        [float(part) for part in at],
    )
    wearer.frames()


def test_frames_that_are_late_are_drawn_with_less(wearer: Wearer) -> None:
    """Reflections and sides of tubes go while a session is slow, and are back at a desk."""
    triangles = "layerwalk.world.stats().triangles"
    wearer.evaluate(
        """() => {
            const { headset } = layerwalk.app;
            for (let i = 0; i < 3 * 72; i++) headset.budget(0.05);
        }"""
    )
    wearer.frames()
    assert wearer.evaluate("layerwalk.app.headset.thrift.step") >= 3
    less = wearer.evaluate(triangles)
    wearer.evaluate("layerwalk.world.spare({ reflections: true, tubeSides: 5, detail: 1 })")
    wearer.frames()
    assert wearer.evaluate(triangles) > less


def test_all_is_drawn_into_the_headsets_own_picture(wearer: Wearer) -> None:
    """Emulated headsets draw on the page; real ones do not. While pages are uploaded, too."""
    wearer.evaluate(
        """() => {
            const gl = document.querySelector("#scene").getContext("webgl2");
            const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
            const own = gl.createFramebuffer();
            gl.bindFramebuffer(gl.FRAMEBUFFER, own);
            for (const [format, point] of [[gl.RGBA8, gl.COLOR_ATTACHMENT0],
                                           [gl.DEPTH_COMPONENT24, gl.DEPTH_ATTACHMENT]]) {
                const buffer = gl.createRenderbuffer();
                gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
                gl.renderbufferStorage(gl.RENDERBUFFER, format, width, height);
                gl.framebufferRenderbuffer(gl.FRAMEBUFFER, point, gl.RENDERBUFFER, buffer);
            }
            gl.bindFramebuffer(gl.FRAMEBUFFER, null);
            const layer = layerwalk.world.stereo.manager.getBaseLayer();
            Object.defineProperty(layer, "framebuffer", { configurable: true, value: own });
            window.drawn = { own: 0, page: 0 };
            for (const name of ["drawElements", "drawElementsInstanced"]) {
                const draw = gl[name].bind(gl);
                gl[name] = (...how) => {
                    const bound = gl.getParameter(gl.DRAW_FRAMEBUFFER_BINDING);
                    drawn[bound === own ? "own" : "page"]++;
                    draw(...how);
                };
            }
        }"""
    )
    wearer.frames()
    wearer.evaluate("drawn.own = drawn.page = 0")
    picture, _ = wearer.picture(2)
    wearer.evaluate("picture => layerwalk.app.place(picture)", picture)
    wearer.visit.wait("(state, picture) => state.run?.picture === picture", picture).settle()
    wearer.frames()
    drawn = wearer.evaluate(
        """() => {
            const gl = document.querySelector("#scene").getContext("webgl2");
            for (const name of ["drawElements", "drawElementsInstanced"]) delete gl[name];
            delete layerwalk.world.stereo.manager.getBaseLayer().framebuffer;
            return drawn;
        }"""
    )
    assert drawn["page"] == 0
    assert drawn["own"] > 20


def test_without_a_floor_eyes_are_at_their_usual_height(page_with_headset: Any) -> None:
    visit = page_with_headset.begin()
    visit.page.evaluate(
        """() => {
            window.asked = XRSession.prototype.requestReferenceSpace;
            XRSession.prototype.requestReferenceSpace = function (type) {
                return type === "local-floor"
                    ? Promise.reject(new DOMException("no floor", "NotSupportedError"))
                    : asked.call(this, type);
            };
        }"""
    )
    try:
        wearer = Wearer(visit).enter()
        assert wearer.position[1] == pytest.approx(EYE_M, abs=1e-3)
        wearer.leave()
    finally:
        visit.page.evaluate("() => { XRSession.prototype.requestReferenceSpace = asked; }")


def test_a_headset_that_refuses_says_why(page_with_headset: Any) -> None:
    visit = page_with_headset.begin()
    visit.page.evaluate(
        """() => {
            window.requested = navigator.xr.requestSession;
            navigator.xr.requestSession = () => Promise.reject(new Error("it is worn elsewhere"));
        }"""
    )
    visit.press("v")
    toast = visit.page.locator(".toast", has_text="it is worn elsewhere")
    toast.wait_for()
    assert not visit.page.evaluate("layerwalk.app.headset.worn")
    visit.page.evaluate("() => { navigator.xr.requestSession = requested; }")


def test_the_wearer_is_told_what_goes_wrong(wearer: Wearer) -> None:
    """What the page says in toasts stands before the eyes."""
    wearer.evaluate("layerwalk.app.navigator.goTo('stem.9')")
    wearer.wait("headset.presence.panels.notice.texts.join(' ').includes('stem.9 is not in')")


def test_a_jump_is_dark_for_both_eyes(wearer: Wearer) -> None:
    """In its middle nothing is seen of the room, nor of panels."""
    wearer.evaluate("layerwalk.app.headset.presence.menus.show('menu')")
    wearer.evaluate("() => { layerwalk.visitor.fade = 1; }")
    wearer.frames(3)
    dark = wearer.visit.canvas().reshape(-1, 3).astype(int)
    wearer.evaluate("() => { layerwalk.visitor.fade = 0; }")
    assert np.abs(dark - [0x0D, 0x0D, 0x16]).max() <= 2
    wearer.frames(3)
    assert wearer.visit.canvas().std() > 10


def test_walls_stand_elsewhere_and_the_visitor_does_not(wearer: Wearer) -> None:
    """Blocks that somebody closes move what is beyond them, and the wearer with it."""
    wearer.evaluate("layerwalk.go('head')")
    wearer.landed()
    before = wearer.position
    wearer.visit.page.evaluate("layerwalk.app.blocks.setAll(false)")
    wearer.visit.wait("state => state.room.expanded.length === 0")
    wearer.landed()
    station = wearer.visit.station_of("head")
    assert wearer.visit.state["selected"]["station"] == station
    assert wearer.position[2] > before[2] + 1
    assert wearer.position[1] == pytest.approx(EYE_M, abs=1e-3)
    wearer.visit.page.evaluate("layerwalk.app.blocks.setAll(true)")
    wearer.visit.wait("state => state.room.expanded.length > 0")
    wearer.landed()
    assert wearer.position[2] == pytest.approx(before[2], abs=0.05)


def test_the_ray_reads_values(wearer: Wearer, model: Any, pictures: dict[str, np.ndarray]) -> None:
    """Beside a tile that is pointed to stand its channel and the value there."""
    values = web_network.activations(model, pictures["rings"])["stem.1"]
    wearer.click("right", wearer.wall("layer", wearer.visit.station_of("stem.1"), 2.2)).landed()
    wearer.point("right", wearer.tile("stem.1", 2))
    wearer.wait("headset.presence.panels.readout.texts[0] === 'channel 2'")
    shown = float(wearer.texts("readout")[1].replace("−", "-"))
    middle = values[2][7:9, 7:9]
    slack = float(np.ptp(values)) / 250
    assert middle.min() - slack <= shown <= middle.max() + slack
    wearer.point("right", wearer.evaluate("layerwalk.app.headset.presence.panels.readout.middle"))
    wearer.wait("headset.presence.grasp.pointed.kind === 'tile'")  # through what stands before it
    wearer.point("right", [0, 0, wearer.position[2] - 1])
    wearer.wait("!headset.presence.panels.readout.visible")
