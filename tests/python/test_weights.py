"""How a layer's own parameters are spread, as the bridge counts them when somebody asks."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import UnknownLayer
from layerwalk.introspection import trace, weights
from layerwalk.introspection.weights import spreads

from .small_networks import IMAGE, tiny
from .viewers import connect


def test_the_counts_are_those_of_numpy() -> None:
    model = tiny()
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        layers = {name: one for name, one in model.named_modules() if hasattr(one, "weight")}
        assert layers
        for name, module in layers.items():
            found = client.weights(name, bins=20)
            assert found.keys() == dict(module.named_parameters(recurse=False)).keys()
            for parameter, (counts, edges) in found.items():
                values = getattr(module, parameter).detach().numpy()
                expected, between = np.histogram(values.astype(np.float64), 20)
                np.testing.assert_array_equal(counts, expected)
                np.testing.assert_allclose(edges, between)


def test_layers_without_any_have_none_and_unknown_ones_are_told() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        assert client.weights("1") == {}
        with pytest.raises(UnknownLayer, match="'7' is not in main"):
            client.weights("7")
        with pytest.raises(layerwalk.errors.InvalidMessage):
            client.weights("0", bins=513)


def test_they_are_counted_anew_only_when_they_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []

    def count(*arguments: object) -> object:
        counted.append(arguments)
        return spreads(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("layerwalk.session.answers.spreads", count)
    model = nn.Sequential(nn.Conv2d(3, 4, 3))
    with layerwalk.serve(model, IMAGE) as bridge, connect(bridge) as client:
        before = client.weights("0")["weight"]
        np.testing.assert_array_equal(client.weights("0")["weight"][0], before[0])
        assert len(counted) == 1
        with torch.no_grad():
            model[0].weight.mul_(3)
        assert client.weights("0")["weight"][1][-1] == pytest.approx(3 * before[1][-1], rel=1e-6)
        assert len(counted) == 2


def test_of_large_ones_a_part_is_counted_and_what_is_no_number_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weights, "MOST_VALUES", 100)
    linear = nn.Linear(40, 25)
    with torch.no_grad():
        linear.weight.view(-1)[0] = torch.nan
        linear.weight.view(-1)[10] = torch.inf
        linear.bias.fill_(0.5)
    network = trace(linear, torch.zeros(1, 40))
    weight, bias = spreads(linear, network.nodes[0], 8)
    assert (weight.values, weight.looked_at, weight.not_finite) == (1000, 100, 2)
    assert weight.counts.sum() == 98
    assert np.isfinite([weight.low, weight.high]).all()
    assert (bias.low, bias.high, bias.counts.tolist()) == (0.5, 0.5, [0, 0, 0, 0, 25, 0, 0, 0])
