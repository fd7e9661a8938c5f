"""What a recording consists of: calls of modules and ops, and the tensors between them."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec
from torch import nn

from layerwalk.network import Axis


class Source(msgspec.Struct, frozen=True):
    """Where a tensor came from that a call reads as its `argument`-th tensor.

    `name` is a node's name, or, where `is_input`, the name of an input of the network.
    """

    name: str
    argument: int
    is_input: bool = False


class InputRead(msgspec.Struct, frozen=True, eq=False):
    """One tensor that was given to the model: its name, like `x` or `batch.image`, and axes.

    Each equals only itself, as calls do.
    """

    name: str
    axes: tuple[Axis, ...]
    dtype: str
    nonnegative: bool = False


class Call(msgspec.Struct, frozen=True, eq=False):
    """One call of a module or functional op, in the order they returned. It equals only itself.

    `name`, `module` and `kind` as in `layerwalk.network.Node`. `leaf` is the module itself,
    None for a functional op; `arguments` and `options` are what the op was given by position
    and by keyword, with shapes instead of tensors, `parameters` those of them that it read
    itself; a leaf has its own. `axes` and `dtype` describe the first
    output; `shown` is False where it cannot be shown (empty, sparse, ...).
    """

    index: int
    name: str
    module: str
    kind: str
    sources: tuple[Source, ...]
    shape: tuple[int, ...]
    axes: tuple[Axis, ...]
    dtype: str
    shown: bool = True
    nonnegative: bool = False
    parameters: tuple[nn.Parameter, ...] = ()
    leaf: nn.Module | None = None
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = {}


Producer: TypeAlias = Call | InputRead
Origin: TypeAlias = tuple[Producer, ...]  # of one tensor; () if it was born outside of the pass


class Recorded(msgspec.Struct, frozen=True):
    """One forward pass: what the model returned, and every call that led there.

    `outputs` names the calls whose outputs the model returned, `paths` every module by name
    (the first one, where it has several). `origins` says for every call where each tensor that
    it read came from.
    """

    output: Any
    calls: tuple[Call, ...]
    inputs: tuple[InputRead, ...]
    outputs: tuple[str, ...]
    paths: dict[str, nn.Module]
    origins: tuple[tuple[Origin, ...], ...] = ()

    def went_as(self, other: Recorded) -> bool:
        """Whether this pass made the very same calls, and returned what the same ones made."""
        return (
            self.calls == other.calls
            and self.inputs == other.inputs
            and self.outputs == other.outputs
        )
