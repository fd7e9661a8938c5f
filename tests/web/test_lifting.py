"""The lifted tile: it is what the pointer meets, fits the page, and its legend is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
import web_network

import layerwalk

LAYER, SIGNED = "stem.1", "body.0.conv2"
COVERING = """box => [...document.querySelectorAll(".glass")].filter(element => {
    const { left, top, right, bottom, width } = element.getBoundingClientRect();
    return width > 0 && left < box.x + box.w && right > box.x
        && top < box.y + box.h && bottom > box.y;
}).map(element => element.className)"""


def lifted(visit: Any) -> dict[str, float]:
    """Where the lifted tile and its caption are on the page."""
    return visit.page.evaluate("layerwalk.world.projectLifted()")


def numbers(text: str) -> list[float]:
    return [float(one.replace("−", "-")) for one in re.findall(r"−?\d+\.?\d*", text)]


def scale_of(visit: Any) -> str:
    """What is written below the legend."""
    return visit.page.locator(".activations > .cap").last.inner_text()


def test_hovering_the_lifted_tile_reads_it(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """Every place of it, also where it stands before other tiles, and its caption hides them."""
    values = web_network.activations(model, pictures["rings"])[SIGNED][3]
    box = lifted(visit.go(SIGNED, 3))
    edge = box["w"]  # the tile is square, and as wide as what it stands on
    tooltip = visit.page.get_by_role("tooltip")
    half_a_code = float(np.ptp(values)) / 252 / 2
    for row, column in ((1, 1), (2, 14), (8, 7), (14, 3)):
        x = box["x"] + (0.02 + 0.96 * (column + 0.5) / 16) * edge
        y = box["y"] + (0.02 + 0.96 * (row + 0.5) / 16) * edge
        visit.page.mouse.move(x, y)
        assert tooltip.inner_text().split("\n")[0] == "channel 3"
        seen = visit.state["hovered"]
        assert seen == pytest.approx(values[row, column], abs=half_a_code + 1e-6)
    visit.page.mouse.move(box["x"] + edge / 2, box["y"] + box["h"] - 4)
    assert tooltip.is_hidden()


@pytest.mark.parametrize(("across", "down"), [(0.5, 0.4), (0.97, 0.1), (0.5, 0.97)])
def test_a_click_on_the_lifted_tile_puts_it_back(visit: Any, across: float, down: float) -> None:
    """On its caption too, and wherever it stands before something else."""
    box = lifted(visit.go(LAYER, 1))
    station, position = visit.state["selected"]["station"], visit.position
    visit.page.mouse.click(box["x"] + across * box["w"], box["y"] + down * box["h"])
    visit.wait("state => state.selected?.tile === null && state.settled")
    assert visit.state["selected"]["station"] == station
    assert visit.position == pytest.approx(position)


def test_a_tooltip_follows_a_tile_that_comes_under_the_pointer(visit: Any) -> None:
    box = lifted(visit.go(LAYER, 2))
    visit.press("Escape").settle()
    visit.page.mouse.move(box["x"] + 0.9 * box["w"], box["y"] + 0.1 * box["h"])
    visit.page.evaluate("layerwalk.app.navigator.lift(2)")
    visit.wait("state => state.settled")
    title = "() => document.querySelector('.tooltip:not([hidden]) b')?.textContent === 'channel 2'"
    visit.page.wait_for_function(title)


class Large(torch.nn.Module):
    """Eight maps of 222 x 222, and no classes."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 8, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(x).relu()


@pytest.fixture(scope="module")
def large(pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    with layerwalk.serve(Large(), torch.rand(1, 3, 224, 224), images=pictures) as bridge:
        yield bridge


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (900, 600)])
def test_a_large_lifted_tile_fits_the_page(
    visitors: Any, large: layerwalk.Bridge, width: int, height: int
) -> None:
    """With its caption: within the window, and under no panel; after a resize as well."""
    visit = visitors(large)
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.open("#layer=conv&tile=2")
    for tile in (2, 0, 7):
        box = lifted(visit.go("conv", tile))
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["w"] <= width
        assert box["y"] + box["h"] <= height
        assert box["h"] > 0.4 * height
        assert visit.page.evaluate(COVERING, box) == []
    visit.page.set_viewport_size({"width": width - 100, "height": height - 100})
    visit.page.wait_for_function(
        f"() => ({COVERING})(layerwalk.world.projectLifted()).length === 0"
    )
    assert lifted(visit)["h"] > 0.4 * (height - 100)


def test_where_there_are_no_classes_the_panel_says_so(
    visitors: Any, large: layerwalk.Bridge
) -> None:
    visit = visitors(large).open().press("k")
    panel = visit.page.get_by_role("region", name="Prediction")
    assert "This network's output is no list of classes" in panel.inner_text()
    assert "Nothing yet" not in panel.inner_text()


@pytest.mark.parametrize("layer", [LAYER, SIGNED])
def test_the_legend_says_what_the_colours_span(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], layer: str
) -> None:
    """Per channel: the lifted one's range, of which its colours are; with none lifted, words."""
    values = web_network.activations(model, pictures["rings"])[layer]
    quiet = int(np.argmin(np.abs(values).max((1, 2)) + 10 * (np.ptp(values, (1, 2)) == 0)))
    visit.go(layer, quiet)
    whole = numbers(scale_of(visit))
    visit.press("n").wait("state => state.normalization === 'channel' && state.settled")
    most = float(np.abs(values[quiet]).max())
    low = -most if values.min() < 0 else 0.0
    assert numbers(scale_of(visit)) == pytest.approx([low, most], rel=0.01, abs=0.001)
    assert "per channel" in scale_of(visit)
    visit.press("Escape").settle()
    assert "each channel’s own range" in scale_of(visit)
    assert numbers(scale_of(visit)) == []
    visit.press("n").wait("state => state.normalization === 'layer' && state.settled")
    assert numbers(scale_of(visit)) == whole
    assert whole[1] > 1.5 * most


def test_values_of_one_pixel_have_the_layers_range_only(visit: Any) -> None:
    """Their tiles are coloured by it whatever N says; the class has its name."""
    visit.go("head", 3)
    panel = visit.page.get_by_role("region", name="Selection")
    assert "dune (3)" in panel.inner_text().split("\n")
    before = scale_of(visit)
    visit.press("n").wait("state => state.normalization === 'channel' && state.settled")
    assert scale_of(visit) == before
    assert "per layer" in before
