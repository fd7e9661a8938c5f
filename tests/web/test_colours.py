"""A visitor's own colours: on walls, in the floor, in the legend, and when they come again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
import web_colours
import web_network

LAYER, SIGNED = "stem.1", "body.0.conv2"
LEGEND = """share => {
    const canvas = document.querySelector(".legend");
    const x = Math.min(canvas.width - 1, Math.round(share * (canvas.width - 1)));
    return [...canvas.getContext("2d").getImageData(x, 2, 1, 1).data].slice(0, 3);
}"""
Pictures = dict[str, np.ndarray]


@pytest.fixture
def own(visit: Any) -> Iterator[Any]:
    """A visitor whose colours are the room's again when the test is over."""
    yield visit
    visit.page.evaluate(
        "layerwalk.app.colouring.set({ map: 'room', threshold: 0, symmetric: true })"
    )
    visit.page.evaluate("localStorage.removeItem('layerwalk.colours')")


def palette(visit: Any) -> np.ndarray:
    """Both scales as the page has them, (2, 256, 3)."""
    return np.array(visit.page.evaluate("[...layerwalk.world.palette]")).reshape(2, 256, 4)[..., :3]


def assert_drawn(visit: Any, values: np.ndarray, tile: int, colours: np.ndarray) -> None:
    """The tile's pixels have the colours of their values, from zero on."""
    assert_places(visit, LAYER, values / web_colours.extent(values, tile, "layer"), tile, colours)


def assert_places(
    visit: Any, layer: str, places: np.ndarray, tile: int, colours: np.ndarray
) -> None:
    """The tile's pixels have the colours of their places on the scale, or of half a code beside."""
    off = 0.5 * float(np.ptp(places[tile])) / 252 + 0.6 / 255
    canvas = visit.canvas()
    rows = places.shape[1]
    for row, column in np.ndindex(places.shape[1:]):
        x, y = visit.at(layer, tile, row, column, rows)
        place = float(places[tile, row, column])
        low, high = (min(max(place + side * off, 0.0), 1.0) * 255 for side in (-1, 1))
        near = colours[math.floor(low) : math.ceil(high) + 1]
        seen = canvas[int(y), int(x)].astype(float)
        assert (near.min(0) - 4 <= seen).all(), (row, column)
        assert (seen <= near.max(0) + 4).all(), (row, column)


def test_c_changes_the_colours_of_walls_and_floor(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    """No data moves; the next C goes on, and the last comes back to the room's."""
    values = web_network.activations(model, pictures["rings"])[LAYER]
    own.approach(LAYER, 2)
    received, before = len(own.frames), palette(own)
    maps = [own.state["colourMap"]]
    for _ in range(4):
        own.press("c").wait("(state, map) => state.colourMap !== map && state.settled", maps[-1])
        maps.append(own.state["colourMap"])
        now = palette(own)
        assert np.abs(now[0] - before[0]).max() > 40
        assert (now[1] == before[1]).all()
        assert_drawn(own, values, 2, now[0])
    assert maps == ["room", "lagoon", "ember", "dusk", "grey"]
    own.press("c").wait("state => state.colourMap === 'room' && state.settled")
    own.assert_shows(LAYER, 2, values)
    assert len(own.frames) == received


def test_the_floor_mirrors_the_colours(own: Any) -> None:
    """Grey tiles have grey reflections: mean colours follow too."""
    own.go(LAYER).press("Escape").settle()

    def colourful() -> float:
        floor = own.canvas()[470:520, 200:600].astype(int)
        return float(np.ptp(floor - floor.mean((0, 1)), 2).mean())

    before = colourful()
    own.page.evaluate("layerwalk.app.colouring.set({ map: 'grey' })")
    own.settle()
    assert colourful() < 0.6 * before


def test_the_panel_offers_the_maps_and_its_legend_follows(own: Any) -> None:
    own.go(LAYER, 1)
    select = own.page.get_by_label("Colour map")
    select.select_option(label="Dusk, colour-blind safe")
    own.wait("state => state.colourMap === 'dusk' && state.settled")
    colours = palette(own)
    for share in (0.0, 0.5, 1.0):
        seen = np.array(own.page.evaluate(LEGEND, share))
        assert np.abs(seen - colours[0, round(255 * share)]).max() <= 3
    blue, yellow = colours[0, 40], colours[0, 250]
    assert blue[2] > blue[0] + 30
    assert yellow[0] > yellow[2] + 30
    own.go(SIGNED, 1)
    middle = np.array(own.page.evaluate(LEGEND, 0.5))
    assert np.abs(middle - colours[1, 128]).max() <= 3
    own.press("Escape").press("Escape").press("c").settle()
    own.go(LAYER)
    assert select.input_value() == "grey"


def test_colours_are_kept_by_the_browser(own: Any) -> None:
    own.press("c").wait("state => state.colourMap === 'lagoon'")
    own.page.reload()
    own.wait("state => state.settled && state.colourMap === 'lagoon'")
    own.go(LAYER)
    assert own.page.get_by_label("Colour map").input_value() == "lagoon"


def test_values_below_a_threshold_are_dimmed(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    """Of the scale's end; the keys of the room work on once the pointer lets the slider go."""
    values = web_network.activations(model, pictures["rings"])[LAYER]
    usual = palette(own)[0]
    own.go(LAYER, 2)
    box = own.page.get_by_label("Threshold").bounding_box()
    own.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    share = own.page.evaluate("layerwalk.app.colouring.scheme.threshold")
    assert share == pytest.approx(0.5, abs=0.05)
    assert (
        f"{round(100 * share)} %" in own.page.get_by_role("region", name="Selection").inner_text()
    )
    own.press("Escape").settle()
    assert own.state["selected"]["tile"] is None
    own.approach(LAYER, 2)
    dimmed = palette(own)[0]
    below = np.arange(256) / 255 < share
    assert (dimmed[~below] == usual[~below]).all()
    assert dimmed[below].max() < 0.5 * usual[below].max()
    assert_drawn(own, values, 2, dimmed)


def test_signed_values_are_drawn_from_the_least_to_the_greatest(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    """With the colours of values from zero; the legend's ends say which values these are."""
    values = web_network.activations(model, pictures["rings"])[SIGNED]
    own.go(SIGNED, 1)
    choice = own.page.get_by_label("Range of colours")
    choice.select_option(label="least to greatest")
    own.settle()
    end = web_colours.extent(values, 1, "layer")
    least, greatest = max(-end, float(values.min())), min(end, float(values.max()))
    text = own.page.locator(".activations > .cap").last.inner_text().replace("\u2212", "-")
    said = [float(part) for part in text.split() if part.lstrip("-")[0].isdigit()]
    assert said == pytest.approx([least, greatest], rel=0.02)
    own.press("Escape").settle()
    for normalization in ("layer", "channel"):
        own.page.evaluate("by => layerwalk.app.navigator.setNormalization(by)", normalization)
        own.settle().approach(SIGNED, 1)
        low, high = (least, greatest)
        if normalization == "channel":
            low, high = float(values[1].min()), float(values[1].max())
        spread = (values - low) / (high - low)
        assert_places(own, SIGNED, spread, 1, palette(own)[0])
    own.page.evaluate("layerwalk.app.navigator.setNormalization('layer')")
    own.page.evaluate("layerwalk.app.colouring.set({ symmetric: true })")
    own.settle()
    own.assert_shows(SIGNED, 1, values)
    own.go(LAYER)
    assert choice.is_hidden()


def test_the_histogram_has_numbers_along_both_sides(own: Any) -> None:
    """Below the bars, where nothing else is, and at the right."""
    own.go(SIGNED, 1)
    rows = own.page.evaluate(
        """() => {
            const canvas = document.querySelector(".histogram");
            const { width, height } = canvas;
            const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
            const ink = (x, y) => data[4 * (y * width + x) + 3] > 100;
            const count = (x0, x1, y0, y1) => {
                let n = 0;
                for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) n += ink(x, y);
                return n;
            };
            const foot = Math.round(height * 56 / 71) + 3;
            return [count(0, 80, foot, height), count(width - 80, width, foot, height),
                count(width - 20, width, 0, 20)];
        }"""
    )
    assert min(rows) > 12


def test_the_help_says_it(own: Any) -> None:
    own.press("h")
    assert "other colours" in own.page.get_by_role("dialog").inner_text()
