"""In which order, and how fine, pages are sent: against the rules as the protocol states them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import layerwalk
from layerwalk.errors import UnknownLayer
from layerwalk.network import TileShape
from layerwalk.page import first_light_level, image_height, level_count, page_level
from layerwalk.protocol import messages as m
from layerwalk.session.plan import RANGE_BYTES, Plan, levels_at_once, plan

from .viewers import connect

SHAPES = {
    "stem": TileShape(8, 112, 112),
    "stem.relu": TileShape(8, 112, 112),
    "deep": TileShape(64, 14, 14),
    "head": TileShape(10, 1, 1),
}
EDGES = st.integers(1, 300)


def steps(planned: Plan) -> list[tuple[int, str, tuple[int, ...]]]:
    return [tuple(step) for step in planned.steps]


def cost(planned: Plan, shapes: dict[str, TileShape]) -> int:
    """Bytes of all buffers, step by step."""
    total = 0
    for step in planned.steps:
        shape = shapes[step.layer]
        total += RANGE_BYTES * shape.tiles
        packings = (page_level(*shape, level) for level in step.levels)
        total += sum(image_height(shape.tiles, one) * one.width for one in packings)
    return total


@given(EDGES, EDGES)
def test_first_light_is_the_coarsest_level_that_still_shows_something(height, width) -> None:
    def shows(level: int) -> bool:
        edges = ((height, -(-height // 2**level)), (width, -(-width // 2**level)))
        return all(small >= min(edge, max(4, edge / 4)) for edge, small in edges)

    levels = range(level_count(height, width))
    assert first_light_level(height, width) == max(filter(shows, levels))


def test_names_come_as_they_are_asked_for_and_globs_in_order() -> None:
    asked = m.Request(layers=("head", "st*", "deep", "head"))
    assert steps(plan(asked, SHAPES)) == [
        (0, "head", (0,)),
        (0, "stem", (0,)),
        (0, "stem.relu", (0,)),
        (0, "deep", (0,)),
    ]


def test_first_light_of_all_comes_before_anything_in_full() -> None:
    asked = m.Request(
        levels=(0, 1, 2, 3, 31), first_light=True, then=(m.Part(layers=("deep", "st*")),)
    )
    assert steps(plan(asked, SHAPES)) == [
        (0, "stem", (2, 3)),
        (0, "stem.relu", (2, 3)),
        (0, "deep", (2, 3)),
        (0, "head", (0,)),
        (1, "deep", (0,)),
        (1, "stem", (0,)),
        (1, "stem.relu", (0,)),
    ]


def test_nothing_is_sent_twice() -> None:
    asked = m.Request(layers=("deep",), then=(m.Part(), m.Part(levels=(0, 1))))
    found = steps(plan(asked, SHAPES))
    assert (1, "stem", (0,)) in found and (2, "stem", (1,)) in found
    assert [step for step in found if step[1] == "deep"] == [(0, "deep", (0,)), (2, "deep", (1,))]


def test_levels_that_there_are_not_are_the_coarsest() -> None:
    (found,) = plan(m.Request(layers=("deep",), levels=(31,)), SHAPES).steps
    assert found.levels == (4,)
    assert plan(m.Request(levels=()), SHAPES).steps == ()
    assert plan(m.Request(levels=()), SHAPES).layers == tuple(SHAPES)


def test_pages_are_no_larger_than_a_texture() -> None:
    shapes = {"huge": TileShape(2, 5000, 300), "small": TileShape(2, 5, 5)}
    found = plan(m.Request(levels=(0, 4), texture_edge=2048), shapes).steps
    assert [tuple(step) for step in found] == [(0, "huge", (4,)), (0, "small", (0,))]
    (huge,) = plan(m.Request(layers=("huge",), texture_edge=2048), shapes).steps
    assert huge.levels == (2,)
    many = {"many": TileShape(5000, 1, 1)}  # whatever the level, 1024 of them make a row
    assert plan(m.Request(texture_edge=1023), many).steps == ()
    assert len(plan(m.Request(texture_edge=1024), many).steps) == 1


@given(
    st.lists(st.tuples(st.integers(1, 50), EDGES, EDGES), min_size=1, max_size=6),
    st.integers(1, 300_000),
    st.booleans(),
)
def test_a_budget_is_kept_and_spent_on_what_comes_first(found, budget, light) -> None:
    shapes = {f"l{i}": TileShape(*shape) for i, shape in enumerate(found)}
    asked = m.Request(
        levels=(0,), first_light=light, then=(m.Part(),) if light else (), budget_bytes=budget
    )
    planned = plan(asked, shapes)
    assert cost(planned, shapes) <= budget
    free = plan(m.Request(levels=(0,), first_light=light, then=asked.then), shapes)
    if cost(free, shapes) <= budget:
        assert planned == free
    if light:  # everything is dark only if even a pixel a tile is too much
        least = sum((RANGE_BYTES + 1) * shape.tiles for shape in shapes.values())
        if least * 3 < budget:
            assert {step.layer for step in planned.steps} == set(shapes)


def test_unknown_names_are_refused_unless_there_is_no_network_yet() -> None:
    for layers, then in ((("nope",), ()), (("*",), (m.Part(layers=("no*",)),))):
        asked = m.Request(layers=layers, then=then)
        with pytest.raises(UnknownLayer, match="'no"):
            plan(asked, SHAPES)
        assert "nope" not in plan(asked, SHAPES, strict=False).layers
    assert plan(m.Request(), {}).steps == ()


def test_only_the_first_parts_coarse_levels_are_made_during_the_pass() -> None:
    light = plan(m.Request(levels=(0, 3), first_light=True, then=(m.Part(levels=(1,)),)), SHAPES)
    full = plan(m.Request(), SHAPES)
    levels = levels_at_once([light, full])
    assert levels == {"stem": {3}, "stem.relu": {3}, "deep": {3}}


# ---------------------------------------------------------------- over the wire


def corridor() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(*(nn.Conv2d(3, 3, 3, padding=1) for _ in range(5)))


def test_a_client_gets_first_light_then_detail_in_the_order_it_asks_for() -> None:
    with (
        layerwalk.serve(corridor(), torch.randn(1, 3, 32, 32)) as bridge,
        connect(bridge, layers=()) as client,
    ):
        came: list[tuple[str, int]] = []
        pages = client._inbox.runs.pages

        def noted(message: m.Pages, arrays: list[np.ndarray]) -> int:
            came.extend((message.layer, level.level) for level in message.levels)
            return pages(message, arrays)

        client._inbox.runs.pages = noted  # type: ignore[method-assign]
        order = ("3", "1", "4", "0", "2")
        assert client.request(order, first_light=True) == order
        client.wait_complete()
        assert sorted(came[:5]) == [(str(i), 2) for i in range(5)]
        assert came[5:] == [(layer, 0) for layer in order]
        assert client.activation("3").shape == (3, 32, 32)


def test_within_a_budget_what_comes_first_comes_fine() -> None:
    with (
        layerwalk.serve(corridor(), torch.randn(1, 3, 32, 32)) as bridge,
        connect(bridge, layers=()) as client,
    ):
        full, light = 3 * (32 * 32 + 8), 3 * (8 * 8 + 8)
        client.request(("4", "*"), first_light=True, budget_bytes=5 * light + 2 * full)
        client.wait_complete()
        edges = {layer: client.activation(layer).shape[-1] for layer in client.layers()}
        assert edges == {"4": 32, "0": 32, "1": 8, "2": 8, "3": 8}
