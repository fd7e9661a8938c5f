"""The most confident classes of a run, read from what the network returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import torch

from layerwalk.protocol.messages import Score

TOP = 10


def prediction(
    output: Any, class_names: Sequence[str] = (), *, output_kinds: Sequence[str] = ()
) -> tuple[Score, ...]:
    """The ten most confident classes of the first output that is (1, K) floating, K >= 2.

    Scores become confidences by softmax, unless the node that made the output is a softmax or
    sigmoid already; `output_kinds` are the kinds of these nodes. () where no output has
    scores, or they are not numbers.
    """
    found = next(((i, t) for i, t in enumerate(tensors(output)) if _holds_scores(t)), None)
    if found is None:
        return ()
    position, scores = found
    values = scores.detach()[0].to("cpu", torch.float64)
    if not bool(torch.isfinite(values).all()):
        return ()
    kind = output_kinds[position] if position < len(output_kinds) else ""
    confidences = (values if _are_confidences(values, kind) else values.softmax(0)).numpy()
    best = np.argsort(-confidences, kind="stable")[:TOP]
    return tuple(
        Score(int(i), class_name(int(i), class_names), float(confidences[i])) for i in best
    )


def class_name(index: int, class_names: Sequence[str]) -> str:
    """The name of a class, "class 12" where it has none."""
    return class_names[index] if index < len(class_names) else f"class {index}"


def tensors(output: Any) -> Iterator[torch.Tensor]:
    """Every tensor in nested tuples, lists, mappings and dataclasses, in order."""
    if isinstance(output, torch.Tensor):
        yield output
    elif isinstance(output, Mapping):
        for value in output.values():
            yield from tensors(value)
    elif isinstance(output, (tuple, list)):
        for value in output:
            yield from tensors(value)
    elif is_dataclass(output) and not isinstance(output, type):
        for part in fields(output):
            yield from tensors(getattr(output, part.name))


def _holds_scores(tensor: torch.Tensor) -> bool:
    shape = tensor.shape
    floating = tensor.is_floating_point()
    return floating and len(shape) == 2 and shape[0] == 1 and shape[1] >= 2


def _are_confidences(values: torch.Tensor, output_kind: str) -> bool:
    inside = bool(((values >= 0) & (values <= 1)).all())
    kind = output_kind.lower()
    if not inside or "log" in kind:
        return False
    return "sigmoid" in kind or ("softmax" in kind and abs(float(values.sum()) - 1) < 1e-3)
