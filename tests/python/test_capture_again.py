"""A pass that is told of an earlier one: it says the same, and finds out less anew."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from msgspec.structs import asdict
from torch import Tensor, nn

from layerwalk.capture import Recorded, record

from .models import Attention, Nested, Residual, TwoPaths, Views

torch.set_num_threads(1)

BRIGHT, DARK = torch.ones(1, 3, 8, 8), -torch.ones(1, 3, 8, 8)


class Crossing(nn.Module):
    """Runs the same modules on the same shapes, but on each other's maps where it is dark."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1)
        self.last = nn.ReLU()

    def forward(self, image: Tensor) -> Tensor:
        left, right = self.left(image), self.right(image)
        return self.last(left if image.mean() > 0 else right)


class Scaled(nn.Module):
    """Multiplies by a number that is another each time."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = 0

    def forward(self, image: Tensor) -> Tensor:
        self.factor += 1
        return torch.relu(image * self.factor)


def told(recorded: Recorded) -> tuple[Any, ...]:
    """What a recording says, by value."""
    calls = [asdict(call) | {"leaf": id(call.leaf)} for call in recorded.calls]
    for call in calls:
        call["parameters"] = [id(one) for one in call["parameters"]]
    return calls, [asdict(one) for one in recorded.inputs], recorded.outputs


CASES: dict[str, tuple[nn.Module, list[tuple[tuple[Any, ...], dict[str, Any]]]]] = {
    "the same": (Residual(3), [((BRIGHT,), {})]),
    "another way": (TwoPaths(), [((BRIGHT,), {}), ((DARK,), {})]),
    "other sources": (Crossing(), [((BRIGHT,), {}), ((DARK,), {})]),
    "another shape": (Residual(3), [((BRIGHT,), {}), ((torch.ones(1, 3, 6, 8),), {})]),
    "another batch": (Residual(3), [((BRIGHT,), {}), ((torch.ones(2, 3, 8, 8),), {})]),
    "another dtype": (nn.ReLU(), [((BRIGHT,), {}), ((BRIGHT.double(),), {})]),
    "more inputs": (
        Nested(),
        [
            (({"a": torch.ones(1, 4), "b": torch.ones(1, 4)},), {}),
            (({"a": torch.ones(1, 4), "b": torch.ones(1, 4)},), {"scale": torch.ones(1)}),
        ],
    ),
    "views": (Views(), [((torch.ones(1, 4, 4, 4),), {})]),
    "attention": (Attention(), [((torch.ones(1, 5, 8),), {})]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pass_that_knows_of_another_says_the_same_as_one_that_does_not(case: str) -> None:
    model, calls = CASES[case]
    before: Recorded | None = None
    for args, kwargs in [*calls, *reversed(calls)]:
        plain = record(model, args, kwargs)
        before = record(model, args, kwargs, before=before)
        assert told(before) == told(plain)
        again = record(model, args, kwargs, before=before)
        assert told(again) == told(plain)
        assert all(map(lambda new, old: new is old, again.calls, before.calls))


def test_another_number_given_to_an_op_is_noticed() -> None:
    model = Scaled()
    first = record(model, (BRIGHT,), {})
    second = record(model, (BRIGHT,), {}, before=first)
    assert [call.arguments[1:] for call in first.calls] == [(1,), ()]
    assert [call.arguments[1:] for call in second.calls] == [(2,), ()]


def test_calls_behind_one_that_differs_are_found_out_anew() -> None:
    model = Crossing()
    bright = record(model, (BRIGHT,), {})
    dark = record(model, (DARK,), {}, before=bright)
    same = [new is old for new, old in zip(dark.calls, bright.calls, strict=True)]
    assert dict(zip([call.name for call in dark.calls], same, strict=True)) == {
        "left": True,
        "right": True,
        "mean": True,
        "gt": True,
        "last": False,
    }
