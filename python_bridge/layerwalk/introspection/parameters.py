"""How many parameters calls use; one that several of them use is counted once."""

from __future__ import annotations

from collections.abc import Iterable

from torch import Tensor

from layerwalk.capture import Call


def parameter_count(calls: Iterable[Call]) -> int:
    """The parameters that these calls read themselves, or that belong to the modules they are."""
    used = {id(parameter): parameter for call in calls for parameter in _parameters_of(call)}
    return sum(parameter.numel() for parameter in used.values())


def _parameters_of(call: Call) -> Iterable[Tensor]:
    if call.leaf is None:
        return call.parameters
    if call.leaf._modules:  # parametrized or scripted
        return call.leaf.parameters()
    return [one for one in call.leaf._parameters.values() if one is not None]
