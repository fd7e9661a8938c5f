"""What the walls show is what the network computed: pixels, values, predictions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import web_network

SEQUENTIAL, DIVERGING = "stem.1", "body.0.conv2"


@pytest.mark.parametrize("layer", [SEQUENTIAL, DIVERGING])
def test_a_tile_shows_the_activation(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], layer: str
) -> None:
    """Every pixel of a tile has the colour that the activation computed in Python has."""
    values = web_network.activations(model, pictures["rings"])[layer]
    visit.approach(layer, 2)
    visit.assert_shows(layer, 2, values)


@pytest.mark.parametrize("layer", [SEQUENTIAL, DIVERGING])
def test_colours_are_scaled_by_layer_or_by_channel(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], layer: str
) -> None:
    """N switches the scale at once, and moves no data: only the colours change."""
    values = web_network.activations(model, pictures["rings"])[layer]
    quiet = int(np.argmin(np.abs(values).max((1, 2)) + 10 * (np.ptp(values, (1, 2)) == 0)))
    visit.approach(layer, quiet)
    before, received = visit.canvas(), len(visit.frames)
    visit.press("n").wait("state => state.normalization === 'channel' && state.settled")
    visit.assert_shows(layer, quiet, values, normalization="channel")
    assert np.abs(visit.canvas().astype(int) - before).max() > 30
    assert len(visit.frames) == received > 0
    visit.press("n").wait("state => state.normalization === 'layer' && state.settled")
    visit.assert_shows(layer, quiet, values)


def test_another_image_changes_prediction_and_pixels(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """A picture of the shelf goes through the network: the walls show what it became."""
    visit.approach(SEQUENTIAL, 5)
    for key, name in (("2", "checks"), ("3", "slope"), ("1", "rings")):
        before = visit.state["run"]["id"]
        visit.press(key)
        visit.wait("(state, before) => state.run.id > before && state.settled", before)
        assert visit.state["run"]["picture"] == name
        visit.assert_shows(
            SEQUENTIAL, 5, web_network.activations(model, pictures[name])[SEQUENTIAL]
        )
        expected = web_network.prediction(model, pictures[name])
        scores = visit.state["prediction"]["scores"]
        assert [score["name"] for score in scores] == [name for name, _ in expected]
        confidences = [score["confidence"] for score in scores]
        assert confidences == pytest.approx([share for _, share in expected], abs=1e-4)


def test_the_panel_lists_the_ten_best_classes(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    visit.press("k")
    panel = visit.page.get_by_role("region", name="Prediction")
    lines = panel.get_by_role("listitem").all_inner_texts()
    expected = web_network.prediction(model, pictures["rings"])
    assert len(lines) == 10
    for line, (name, share) in zip(lines, expected, strict=True):
        shown, percent = line.split("\n")
        assert shown == name
        assert float(percent.removesuffix(" %")) / 100 == pytest.approx(share, rel=0.02)
    visit.press("k")
    assert panel.is_hidden()


@pytest.mark.parametrize("layer", [SEQUENTIAL, DIVERGING])
def test_hovering_names_channel_and_value(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], layer: str
) -> None:
    """The value under the pointer is the activation's, within half a code."""
    values = web_network.activations(model, pictures["rings"])[layer]
    rows = values.shape[1]
    visit.approach(layer, 6)
    tooltip = visit.page.get_by_role("tooltip")
    for row, column in ((0, 0), (3, 12), (15, 15), (8, 2)):
        visit.page.mouse.move(*visit.at(layer, 6, row, column, rows))
        seen = visit.state["hovered"]
        half_a_code = float(np.ptp(values[6])) / 252 / 2
        assert seen == pytest.approx(values[6, row, column], abs=half_a_code + 1e-6)
        name, value = tooltip.inner_text().split("\n")
        assert name == "channel 6"
        assert float(value.replace("−", "-")) == pytest.approx(seen, abs=0.005 + abs(seen) / 100)
    visit.page.mouse.move(1, 1)
    assert tooltip.is_hidden()


def test_the_last_layer_says_class_names(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    scores = web_network.activations(model, pictures["rings"])["head"].ravel()
    visit.approach("head", 3)
    x, y, width, height = visit.tile("head", 3)
    visit.page.mouse.move(x + width / 2, y + height / 2)
    assert visit.page.get_by_role("tooltip").inner_text().split("\n")[0] == "dune"
    half_a_code = float(np.ptp(scores)) / 252 / 2
    assert visit.state["hovered"] == pytest.approx(scores[3], abs=half_a_code + 1e-6)


def test_the_lifted_tile_has_its_numbers_in_the_panel(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """Search, lift, next channel: the panel says each channel's greatest value."""
    values = web_network.activations(model, pictures["rings"])[SEQUENTIAL]
    visit.go(SEQUENTIAL, 1)
    panel = visit.page.get_by_role("region", name="Selection")
    for channel in (1, 2, 3):
        text = panel.inner_text().split("\n")
        said = text[text.index(f"Channel {channel}") + 1]
        greatest = float(said.removeprefix("max ").replace("−", "-"))
        assert greatest == pytest.approx(values[channel].max(), abs=0.01)
        visit.press("ArrowRight").settle()
    assert visit.state["selected"]["tile"] == 4
    visit.press("ArrowLeft").press("Escape").settle()
    assert visit.state["selected"]["tile"] is None


def test_a_resting_pointer_says_what_is_under_it_now(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """The tooltip goes while the view moves, and follows walls and images that change."""
    visit.approach(SEQUENTIAL, 6)
    visit.page.mouse.move(*visit.at(SEQUENTIAL, 6, 3, 12, 16))
    for key, name in (("2", "checks"), ("1", "rings")):
        visit.press(key).wait("(s, name) => s.run.picture === name && s.settled", name)
        values = web_network.activations(model, pictures[name])[SEQUENTIAL]
        expected = float(values[6, 3, 12])
        half_a_code = float(np.ptp(values[6])) / 252 / 2 + 1e-6
        visit.wait(
            "(state, [value, slack]) => Math.abs(state.hovered - value) <= slack",
            [expected, half_a_code],
        )
    visit.page.keyboard.down("s")
    visit.wait("state => state.visitor.moving && state.hovered === null")
    visit.page.keyboard.up("s")
    visit.settle()
    visit.press("Home").settle()
    visit.wait("state => state.hovered === null")


def test_a_prediction_that_was_closed_stays_closed(visit: Any) -> None:
    """Placing an image opens the ten best; who closes them is not shown them again."""
    panel = visit.page.get_by_role("region", name="Prediction")
    visit.press("]").settle()
    visit.press("2").wait("state => state.run.picture === 'checks' && state.settled")
    assert panel.is_visible()
    visit.press("k")
    assert panel.is_hidden()
    visit.press("3").wait("state => state.run.picture === 'slope' && state.settled")
    assert panel.is_hidden()
    visit.press("k")
    assert panel.is_visible()
