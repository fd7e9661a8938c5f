"""A model and one forward pass become a `Network`."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from layerwalk.capture import (
    Call,
    Consume,
    Recorded,
    cloned,
    described,
    record,
    unchanged_randomness,
)
from layerwalk.errors import LayerwalkError, RunFailed, SourceError
from layerwalk.introspection.blocks import blocks_of
from layerwalk.introspection.details import details_of
from layerwalk.introspection.parameters import parameter_count
from layerwalk.network import Edge, Input, Network, Node

Example = Tensor | tuple[Any, ...] | list[Any] | Mapping[str, Any]


def trace(
    model: nn.Module,
    example_input: Example,
    *,
    name: str = "main",
    consume: Consume | None = None,
) -> Network:
    """Trace any eager `nn.Module`, unedited, by one plain forward pass.

    `example_input` is what the model is called with: a tensor; a tuple or list of positional
    arguments; or a mapping of keyword arguments. The pass runs in eval mode without gradients,
    on copies of the example's tensors, and leaves the model and the random generators as they
    were. `consume` is as `record` takes it; what it raises ends the pass. Raises what the model
    raises, and SourceError for what is no module; warns if it ran no layer at all.
    """
    checked_module(model)
    args, kwargs = call_arguments(example_input)
    with unchanged_randomness(model):
        recorded = record(model, cloned(args), cloned(kwargs), consume=consume)
    if not recorded.calls:
        warnings.warn(
            f"the forward pass of {type(model).__name__} ran no module and no op, so there is "
            "nothing to see; a forward that is a generator (`yield`) runs only when it is iterated",
            stacklevel=2,
        )
    return network_of(recorded, model, name=name)


@contextmanager
def first_pass_explained(title: str) -> Iterator[None]:
    """What the forward pass of `title` raises within becomes `RunFailed`, with what to try."""
    try:
        yield
    except LayerwalkError:
        raise
    except Exception as error:  # the model's own: it may raise anything
        raise RunFailed(
            f"the forward pass of '{title}' raised {described(error)}; give an example_input that "
            "it takes, or in the terminal another --input-size H W"
        ) from error


def checked_module(model: object) -> nn.Module:
    """The eager model that was given. Raises SourceError for what is no such `torch.nn.Module`."""
    if isinstance(model, torch.jit.ScriptModule):
        raise SourceError(
            f"{_scripted_name(model)} is a TorchScript module, whose layers cannot be seen; give "
            "the eager torch.nn.Module that it was scripted or traced from"
        )
    if isinstance(model, nn.Module):
        return model
    if isinstance(model, type):
        raise SourceError(f"the class {model.__name__} is no network yet; give {model.__name__}()")
    raise SourceError(
        f"an object of type {type(model).__name__} is no network; give a torch.nn.Module"
    )


def _scripted_name(model: torch.jit.ScriptModule) -> str:
    name = getattr(model, "original_name", "")
    return f"'{name}'" if name else f"an object of type {type(model).__name__}"


def call_arguments(example_input: Example) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Positional and keyword arguments, from an example input as `trace` takes it."""
    if isinstance(example_input, Mapping):
        return (), dict(example_input)
    if isinstance(example_input, tuple | list):
        return tuple(example_input), {}
    return (example_input,), {}


def network_of(
    recorded: Recorded, model: nn.Module, *, name: str = "main", revision: int = 1
) -> Network:
    """The network as a recorded pass of `model` showed it."""
    edges: list[Edge] = []
    targets: dict[str, dict[str, None]] = {one.name: {} for one in recorded.inputs}
    for call in recorded.calls:
        for source in call.sources:
            if source.is_input:
                targets[source.name][call.name] = None
            else:
                edges.append(Edge(source.name, call.name, source.argument))
    return Network(
        name=name,
        nodes=tuple(map(_node, recorded.calls)),
        edges=tuple(edges),
        blocks=blocks_of(recorded.calls, recorded.paths),
        inputs=tuple(
            Input(one.name, one.axes, one.dtype, tuple(targets[one.name]))
            for one in recorded.inputs
        ),
        outputs=recorded.outputs,
        revision=revision,
        parameters=parameter_count(recorded.calls),
    )


def _node(call: Call) -> Node:
    return Node(
        name=call.name,
        module=call.module,
        kind=call.kind,
        axes=call.axes,
        dtype=call.dtype,
        parameters=parameter_count([call]),
        nonnegative=call.nonnegative,
        shown=call.shown,
        details=details_of(call),
    )
