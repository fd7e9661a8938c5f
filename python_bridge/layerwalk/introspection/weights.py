"""How the values of a layer's own parameters are spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from layerwalk.network import Node

MOST_PARAMETERS = 16  # of one layer
MOST_VALUES = 1 << 22  # of one parameter; of larger ones every second, third, ... is looked at


@dataclass(frozen=True)
class Spread:
    """Of one parameter: `counts` (bins,) int32 are how many values lie in each of as many equal
    parts from `low` to `high`, the least and the greatest finite value; `values` all it has,
    `looked_at` those that are counted, `not_finite` those of them that are NaN or infinite.
    """

    name: str
    shape: tuple[int, ...]
    low: float
    high: float
    values: int
    looked_at: int
    not_finite: int
    counts: np.ndarray


def state_of(model: nn.Module, node: Node) -> tuple[object, ...]:
    """What changes when the parameters do: the same as long as they are as they were."""
    return tuple((name, id(one), one._version) for name, one in _own(model, node))


def spreads(model: nn.Module, node: Node, bins: int) -> tuple[Spread, ...]:
    """Of the parameters of the module that `node` is, or ran in, without its children's.

    () for a node that uses none. Nothing of the model changes; other threads may run it.
    """
    return tuple(_spread(name, one.detach(), bins) for name, one in _own(model, node))


def _own(model: nn.Module, node: Node) -> Iterator[tuple[str, Tensor]]:
    if not node.parameters:
        return
    try:
        module = model.get_submodule(node.module)
    except AttributeError:  # it was taken out since
        return
    found = ((name, one) for name, one in module.named_parameters(recurse=False))
    for _, (name, one) in zip(range(MOST_PARAMETERS), found, strict=False):
        if one.numel() and one.is_floating_point() and not one.is_meta:
            yield name, one


def _spread(name: str, parameter: Tensor, bins: int) -> Spread:
    step = -(-parameter.numel() // MOST_VALUES)
    looked_at = parameter.flatten()[::step].to("cpu", torch.float32).numpy()
    finite = looked_at[np.isfinite(looked_at)].astype(np.float64)
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low < high:
        counts = np.histogram(finite, bins, (low, high))[0].astype(np.int32)
    else:  # all alike: in the middle
        counts = np.zeros(bins, np.int32)
        counts[bins // 2] = finite.size
    missing = looked_at.size - finite.size
    shape = tuple(parameter.shape)
    return Spread(name, shape, low, high, parameter.numel(), looked_at.size, missing, counts)
