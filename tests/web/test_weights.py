"""Histograms of a layer's parameters in the panel, with axes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import torch

STATION = "body.0.conv1"
WITHOUT = """() => {
    const { nodes } = layerwalk.app.store.network.network;
    return layerwalk.app.weights.of(nodes.find(({ parameters }) => parameters === 0).name);
}"""
INK = """() => [...document.querySelectorAll('.weights canvas')].map(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.getAttribute('aria-label'), data.reduce((sum, one) => sum + (one > 0), 0)];
})"""


def test_the_panel_shows_how_the_weights_are_spread(visit: Any, model: torch.nn.Module) -> None:
    visit.go(STATION)
    visit.page.wait_for_selector(".weights canvas")
    if folder := os.environ.get("LAYERWALK_PICTURES"):
        visit.page.screenshot(path=Path(folder) / "weights.png")
    values = model.get_submodule(STATION).weight.detach().numpy()
    drawn = visit.page.evaluate(
        "layer => Array.from(layerwalk.app.weights.of(layer)[0].counts)", STATION
    )
    np.testing.assert_array_equal(drawn, np.histogram(values.astype(np.float64), 62)[0])
    (label, ink), *_ = visit.page.evaluate(INK)
    assert label.startswith("Histogram of weight: ")
    assert ink > 500
    assert visit.page.evaluate(WITHOUT) == []
    edges = "[...document.querySelectorAll('.weights canvas, .panel')].map(one => one.clientWidth)"
    widths = visit.page.evaluate(edges)
    assert max(widths) == widths[0] > max(widths[1:]), "a histogram is wider than the panel"
