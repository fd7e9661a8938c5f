"""Live input in the viewer: the bar, its keys, and that what is shown is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from PIL import Image

import layerwalk

FRAMES = 12


def frames() -> np.ndarray:
    """A bar that wanders over a grey ground, a frame each step: all are told apart."""
    row = np.full((FRAMES, web_network.SIZE, web_network.SIZE, 3), 60, np.uint8)
    for position, frame in enumerate(row):
        frame[:, 2 * position : 2 * position + 6] = (250, 20 * position, 40)
    return row


def failing() -> np.ndarray:
    raise OSError("the cable is out")


@pytest.fixture(scope="module")
def bridge(model: torch.nn.Module, pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    live = {"street.mp4": frames(), "now": lambda: frames()[5], "broken": failing}
    with web_network.serve(model, pictures, live=live) as served:
        yield served


@pytest.fixture
def visit(room: Any) -> Iterator[Any]:
    """At the start, no source chosen."""
    room.begin()
    yield room
    room.page.evaluate("layerwalk.app.live.end()")
    room.page.wait_for_function("() => layerwalk.app.live.state === null")


def live(visit: Any, condition: str) -> Any:
    """Waits until a condition on what the document says of the live source holds."""
    visit.page.wait_for_function(f"() => ({condition})(layerwalk.app.live.state)")
    return visit


def choose(visit: Any, source: str) -> Any:
    """As a visitor does: I, then a click on the source."""
    visit.press("i")
    visit.page.click(f"[data-source={source}]")
    visit.press("Escape")
    return visit.wait("(state, source) => state.run.live === source", source)


def bar(visit: Any, part: str = "") -> Any:
    return visit.page.locator(f".live {part}")


def paused_at(visit: Any, position: int) -> Any:
    """Frame `position` is on show, whole."""
    return visit.wait(
        "(state, position) => state.run.live !== '' && state.run.position === position"
        " && state.settled",
        position,
    )


def test_without_live_sources_nothing_is_different(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    with web_network.serve(model, pictures) as plain:
        visit = visitors(plain).open()
        assert bar(visit).count() == 0 or not bar(visit).first.is_visible()
        visit.press("i").press("Space").press(".")
        assert visit.page.locator("[data-source]").count() == 0
        visit.press("h")
        assert "play, pause" not in visit.page.locator(".help").inner_text()


def test_a_source_is_chosen_played_and_paused_at_the_frame_it_says(
    visit: Any, model: torch.nn.Module
) -> None:
    """What the walls show then is the network's answer to just that frame."""
    assert bar(visit, ".age").inner_text() == ""
    choose(visit, "street")
    visit.wait("state => state.run.position > 2")
    assert bar(visit, ".name").last.inner_text() == "street.mp4"
    visit.page.wait_for_function(
        "() => /^\\d+\\.\\d s old$/.test(document.querySelector('.live .age').textContent)"
    )
    visit.press("Space")
    live(visit, "live => live.playing === false && live.position !== null")
    position = visit.page.evaluate("layerwalk.app.live.state.position")
    paused_at(visit, position)
    assert bar(visit, ".age").inner_text() == "paused"
    assert bar(visit, ".count").inner_text() == f"{position + 1} / {FRAMES}"
    layer = "body.0.conv2"
    visit.approach(layer, 1)
    visit.assert_shows(layer, 1, web_network.activations(model, frames()[position])[layer])


def test_space_pauses_while_the_strip_that_was_clicked_is_open(visit: Any) -> None:
    visit.press("i")
    visit.page.click("[data-source=street]")
    visit.wait("state => state.run.live === 'street'").press("Space")
    live(visit, "live => live?.source === 'street' && !live.playing")


def test_keys_step_and_play(visit: Any) -> None:
    choose(visit, "street").press("Space")
    live(visit, "live => live.playing === false")
    visit.page.evaluate("layerwalk.app.live.seek(4)")
    paused_at(visit, 4).press(".")
    paused_at(visit, 5).press(",").press(",")
    paused_at(visit, 3)
    for _ in range(4):
        visit.press(",")
    paused_at(visit, FRAMES - 1)  # before the first one is the last one
    visit.press("Space")
    live(visit, "live => live.playing")
    visit.wait("state => state.run.position !== 11")


def test_the_bar_scrubs_loops_and_sets_the_rate(visit: Any) -> None:
    choose(visit, "street")
    bar(visit, "[data-live=play]").click()
    live(visit, "live => live.playing === false")
    track = bar(visit, "input").bounding_box()
    visit.page.mouse.click(track["x"] + track["width"] - 2, track["y"] + track["height"] / 2)
    paused_at(visit, FRAMES - 1)
    bar(visit, "[data-live=loop]").click()
    live(visit, "live => live.loop === false")
    assert bar(visit, "[data-live=loop]").get_attribute("aria-pressed") == "false"
    bar(visit, "select").select_option("30")
    live(visit, "live => live.rate_hz === 30")
    before = visit.state["run"]["id"]
    visit.press("Space")  # who used the pointer goes on with the keys
    visit.wait("(state, before) => state.run.id > before && state.run.position === 11", before)
    live(visit, "live => !live.playing && live.position === 11")  # it came to its end
    assert_ends_as_it_says(visit)
    bar(visit, "[data-live=close]").click()
    live(visit, "live => live === null")
    assert bar(visit, "[data-live=close]").is_disabled()


def assert_ends_as_it_says(visit: Any) -> None:
    """At its end it plays again; once a still image is placed it is of no use any more."""
    ended = "() => document.querySelector('.live .age').textContent === 'ended'"
    visit.page.wait_for_function(ended)
    play = bar(visit, "[data-live=play]")
    assert play.get_attribute("title") == "Play again (Space)"
    before = visit.state["run"]["id"]
    play.click()
    visit.wait("(state, before) => state.run.id > before && state.run.position === 11", before)
    visit.page.wait_for_function(ended)
    visit.press("2").wait("state => state.run.picture === state.shelf[1].id")
    bar(visit).first.wait_for(state="hidden")
    visit.press("Space").wait("state => state.run.live === 'street'")
    live(visit, "live => !live.playing && live.position === 11")
    assert bar(visit).first.is_visible()


def test_two_visitors_see_the_same_bar(visit: Any, visitors: Any, bridge: Any) -> None:
    other = visitors(bridge).open()
    choose(visit, "street").press("Space")
    live(other, "live => live?.source === 'street' && !live.playing")
    other.page.evaluate("layerwalk.app.live.seek(7)")
    for each in (visit, other):
        paused_at(each, 7)
        assert bar(each, ".count").inner_text() == f"8 / {FRAMES}"
        assert bar(each, "input").input_value() == "7"
    late = visitors(bridge).open()
    paused_at(late, 7)
    assert bar(late, ".age").inner_text() == "paused"


def test_a_still_image_pauses_and_play_goes_on(visit: Any) -> None:
    choose(visit, "street").press("2")
    visit.wait("state => state.run.picture === state.shelf[1].id && state.settled")
    live(visit, "live => live.playing === false")
    visit.page.wait_for_function(
        "() => document.querySelector('.live .age').textContent === 'still image'"
    )
    visit.press("Space").wait("state => state.run.live === 'street'")


def test_a_link_to_a_still_image_does_not_end_what_plays(
    visit: Any, visitors: Any, bridge: Any
) -> None:
    choose(visit, "street")
    late = visitors(bridge)
    late.page.goto(f"{bridge.url}&image=checks")
    late.wait("state => state.run?.live === 'street' && state.litLayers > 0")
    before = late.state["run"]["id"]
    late.wait("(state, before) => state.run.live === 'street' && state.run.id > before", before)
    assert late.page.evaluate("layerwalk.app.live.state.playing")


def test_what_has_no_end_has_no_scrub_bar(visit: Any) -> None:
    choose(visit, "now").press("Space")
    live(visit, "live => !live.playing")
    assert not bar(visit, "input").is_visible()
    assert bar(visit, "[data-live=back]").is_disabled()
    before = visit.settle().state["run"]["id"]
    visit.press(".").wait("(state, before) => state.run.id > before && state.settled", before)


def test_why_a_source_ended_is_told(visit: Any) -> None:
    visit.press("i")
    visit.page.click("[data-source=broken]")
    live(visit, "live => live?.error !== '' && live?.playing === false")
    toast = visit.page.locator(".toast", has_text="raised OSError: the cable is out")
    toast.wait_for()
    assert "failed" in bar(visit).first.get_attribute("class")
    visit.press("Escape")


OVERLAPS = """() => {
    const boxes = [".live", ".map", ".hint", ".side > .panel:not([hidden])", ".searching"]
        .map(name => [name, document.querySelector(name)])
        .filter(([, element]) => element && getComputedStyle(element).display !== "none")
        .map(([name, element]) => [name, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0);
    const apart = (a, b) => a.right <= b.left || b.right <= a.left
        || a.bottom <= b.top || b.bottom <= a.top;
    const found = [];
    for (const [i, [first, a]] of boxes.entries())
        for (const [second, b] of boxes.slice(i + 1))
            if (!apart(a, b)) found.push(`${first} lies over ${second}`);
    const bar = document.querySelector(".live");
    if (bar.scrollWidth > bar.clientWidth + 1) found.push("the bar holds more than it is wide");
    const [left, right] = [bar.getBoundingClientRect().left, bar.getBoundingClientRect().right];
    for (const part of bar.querySelectorAll("button, input, select, span")) {
        const box = part.getBoundingClientRect();
        if (box.width > 0 && (box.left < left || box.right > right)) found.push(part.outerHTML);
    }
    return found;
}"""


@pytest.mark.parametrize("source", ["street", "now"])
def test_the_bar_fits_beside_everything_else(visit: Any, source: str) -> None:
    before = visit.page.viewport_size
    choose(visit, source).press("Space")
    live(visit, "live => !live.playing")
    visit.go("body.0.conv2")
    try:
        for width, height in ((1280, 720), (960, 600), (900, 600), (640, 480)):
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.settle()
            assert visit.page.evaluate(OVERLAPS) == [], f"{width} × {height}"
    finally:
        visit.page.set_viewport_size(before)


def test_files_that_cannot_be_read_are_told_and_not_counted(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], tmp_path: Path
) -> None:
    for position, frame in enumerate(frames()):
        Image.fromarray(frame).save(tmp_path / f"{position:02}.png")
    for name in ("a.jpg", "b.png"):
        (tmp_path / name).write_bytes(b"no image at all")
    with web_network.serve(model, pictures, live={"walk": tmp_path}) as served:
        visit = visitors(served).open()
        told = visit.page.locator("[data-about=files]")
        said = f"2 of {FRAMES + 2} files of 'walk' could not be read: a.jpg (the bytes are no image"
        assert told.inner_text().startswith(said)
        choose(visit, "walk").press("Space")
        live(visit, "live => live.playing === false")
        visit.page.wait_for_function(
            "end => document.querySelector('.live .count').textContent.endsWith(end)",
            arg=f"/ {FRAMES}",
        )
        visit.press("Escape")
        assert not told.is_visible()
