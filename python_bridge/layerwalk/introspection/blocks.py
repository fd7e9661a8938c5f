"""Blocks: the container modules of a network, with the nodes inside them."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from layerwalk.capture import Call
from layerwalk.capture.naming import kind_of
from layerwalk.introspection.parameters import parameter_count
from layerwalk.network import Block


def blocks_of(calls: Sequence[Call], paths: dict[str, nn.Module]) -> tuple[Block, ...]:
    """Every container with at least one node inside, outer ones before inner ones.

    A `ModuleList` or `ModuleDict` never runs; it is a block only where its nodes follow one
    another, as in a stack of layers, and not where the model goes back and forth between it
    and others.
    """
    members: dict[str, list[Call]] = {}
    for call in calls:
        for path in _containers(call):
            members.setdefault(path, []).append(call)
    kept = {path: inside for path, inside in members.items() if _is_block(paths[path], inside)}
    return tuple(
        Block(
            path,
            kind_of(paths[path]),
            _parent(path, kept),
            tuple(one.name for one in inside),
            parameter_count(inside),
        )
        for path, inside in kept.items()
    )


def _containers(call: Call) -> list[str]:
    """Paths of the modules a call is in, from the outside; without the model itself."""
    parts = call.module.split(".") if call.module else []
    if call.leaf is not None:
        parts = parts[:-1]
    return [".".join(parts[: depth + 1]) for depth in range(len(parts))]


def _is_block(module: nn.Module, inside: list[Call]) -> bool:
    if not isinstance(module, nn.ModuleList | nn.ModuleDict):
        return True
    return inside[-1].index - inside[0].index == len(inside) - 1


def _parent(path: str, kept: dict[str, list[Call]]) -> str:
    while "." in path:
        path = path.rpartition(".")[0]
        if path in kept:
            return path
    return ""
