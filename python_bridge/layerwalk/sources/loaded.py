"""What every source yields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerwalk.images import Preprocess

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class LoadedNetwork:
    """A network ready to be traced.

    `model` is in evaluation mode on its device, and `example_input` too: a tensor, or a tuple
    of tensors for a network of several inputs, the first of which is the picture.
    `preprocess` is None where no picture fits the input.
    `source` is what was asked for; `weights` says in words which are used; `warning` is what
    the terminal and the wall must say, '' for nothing.
    """

    model: nn.Module
    example_input: Any
    preprocess: Preprocess | None
    class_names: tuple[str, ...]
    title: str
    source: str
    weights: str
    warning: str = ""


# What a source that was found becomes: calling it takes its time.
Loader = Callable[[], LoadedNetwork]
