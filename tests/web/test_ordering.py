"""Channels in the visitor's own order, and the strongest of them alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
import web_network

LAYER = "stem.1"
Pictures = dict[str, np.ndarray]


@pytest.fixture
def own(visit: Any) -> Iterator[Any]:
    """A visitor before the wall, whose channels are by index again when the test is over."""
    yield visit.go(LAYER)
    visit.page.evaluate(
        "layer => layerwalk.app.ordering.set(layer, { order: 'index', strongest: null })", LAYER
    )
    visit.settle()


def reading_order(visit: Any) -> list[int]:
    """Channels that are on the station's walls, row by row from the top left."""
    return visit.page.evaluate(
        """layer => layerwalk.world.walls.filter(wall => wall.layer === layer).flatMap(
            wall => wall.panels.flatMap(panel => Array.from({ length: panel.count },
                (_, cell) => layerwalk.world.tileIn(layer, panel.first + cell))))""",
        LAYER,
    )


def choose(visit: Any, label: str, text: str) -> None:
    visit.page.get_by_label(label).select_option(label=text)
    visit.wait("state => state.settled")


def strongest(values: np.ndarray) -> list[int]:
    return [int(tile) for tile in np.argsort(-values.max((1, 2)), kind="stable")]


@pytest.mark.parametrize("order", ["mean", "maximum"])
def test_channels_stand_in_order(
    own: Any, model: torch.nn.Module, pictures: Pictures, order: str
) -> None:
    """On the screen: pixels, names and values are those of the channel that stands there."""
    values = web_network.activations(model, pictures["rings"])[LAYER]
    key = values.mean((1, 2)) if order == "mean" else values.max((1, 2))
    received = len(own.frames)
    choose(own, "Order of channels", f"by {order}")
    expected = [int(tile) for tile in np.argsort(-key, kind="stable")]
    assert reading_order(own) == expected != list(range(8))
    for tile in (expected[0], expected[-1], 3):
        own.approach(LAYER, tile)
        own.assert_shows(LAYER, tile, values)
        own.page.mouse.move(*own.at(LAYER, tile, 4, 9, values.shape[1]))
        assert own.page.get_by_role("tooltip").inner_text().startswith(f"channel {tile}\n")
        assert own.state["hovered"] == pytest.approx(values[tile, 4, 9], abs=0.02)
    assert len(own.frames) == received
    own.go(LAYER)
    choose(own, "Order of channels", "by index")
    assert reading_order(own) == list(range(8))
    own.approach(LAYER, 2)
    own.assert_shows(LAYER, 2, values)


def test_channels_stand_by_similarity_to_the_lifted_one(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    values = web_network.activations(model, pictures["rings"])[LAYER]
    own.go(LAYER, 3)
    choose(own, "Order of channels", "like channel 3")
    own.press("Escape").settle()
    order = reading_order(own)
    assert order[0] == 3
    flat = values.reshape(8, -1)
    alike = [float(np.corrcoef(flat[3], flat[tile])[0, 1]) for tile in order if flat[tile].std()]
    assert all(a >= b - 0.1 for a, b in pairwise(alike))
    assert alike[1] > alike[-1]


def test_the_strongest_alone_are_larger(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    """On both walls; whoever stands before one that is left empty goes to the one that is not."""
    values = web_network.activations(model, pictures["rings"])[LAYER]
    before = own.tile(LAYER, 0)
    choose(own, "Channels shown", "the strongest 4")
    four = sorted(strongest(values)[:4])
    assert reading_order(own) == four
    assert not own.page.evaluate("key => layerwalk.world.isEmpty(key, 1)", own.station_of(LAYER))
    own.go(LAYER, four[3])
    assert own.state["selected"]["wall"] == 1  # two on either
    own.press("Escape")
    x, y, width, height = own.tile(LAYER, four[3])
    own.page.mouse.click(x + width / 2, y + height / 2)
    own.wait("(state, tile) => state.selected.tile === tile && state.settled", four[3])
    for wall, channel in enumerate((four[0], four[1], four[2])):
        own.press("ArrowRight").settle()
        assert own.state["selected"]["tile"] == channel
        assert own.state["selected"]["wall"] == wall // 2
    own.go(LAYER)
    choose(own, "Channels shown", "all 8")
    assert own.tile(LAYER, 0) == pytest.approx(before, abs=0.01)
    own.go(LAYER, 7).press("Escape").settle()
    assert own.state["selected"]["wall"] == 1
    choose(own, "Channels shown", "the strongest 1")
    assert own.state["selected"]["wall"] == 0
    assert own.tile(LAYER, strongest(values)[0])[2] > 1.8 * before[2]


def test_a_channel_that_is_asked_for_is_shown(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    """By its name though it is none of the strongest; the filter puts a weak one back."""
    values = web_network.activations(model, pictures["rings"])[LAYER]
    weakest = strongest(values)[-1]
    own.go(LAYER, weakest)
    choose(own, "Channels shown", "the strongest 1")
    assert own.state["selected"]["tile"] is None
    assert reading_order(own) == strongest(values)[:1]
    own.go(LAYER, weakest)
    assert own.page.get_by_label("Channels shown").input_value() == "all"
    assert own.state["selected"]["tile"] == weakest
    assert len(reading_order(own)) == 8


def test_another_image_has_other_strongest_channels(
    own: Any, model: torch.nn.Module, pictures: Pictures
) -> None:
    choose(own, "Order of channels", "by maximum")
    seen = []
    for key, name in (("2", "checks"), ("3", "slope"), ("1", "rings")):
        own.press(key)
        own.wait("(state, name) => state.run?.picture === name && state.settled", name)
        values = web_network.activations(model, pictures[name])[LAYER]
        assert reading_order(own) == strongest(values)
        seen.append(strongest(values))
    assert seen[0] != seen[1]
