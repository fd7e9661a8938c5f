"""The most confident classes of a run, read from what the network returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch

from layerwalk.capture import Call, tensors_in
from layerwalk.protocol.messages import Score

TOP = 10
NO_CLASSES = "This network's output is no list of classes"
SUM_TOLERANCE = 1e-3  # of confidences that were made by a softmax, in float16 too

# What leaves the values of its input as they are, by the kind of a call.
_MOVES = frozenset(
    "view reshape flatten unflatten squeeze unsqueeze expand view_as reshape_as permute transpose "
    "t T mT getitem select narrow slice contiguous clone detach alias to float double half "
    "Flatten Unflatten Identity Dropout dropout".split()
)


class Probabilities:
    """Notes during a pass which scores came out of a sigmoid.

    Their sum tells nothing, unlike a softmax's, and the kind of the call that made an output
    may be a mere reshape: so what only moves values is followed, and the output is known
    again by its memory.
    """

    def __init__(self) -> None:
        self._calls: set[str] = set()
        self._scores: list[torch.Tensor] = []  # kept, so that nothing else gets their memory

    def note(self, call: Call, tensor: torch.Tensor) -> None:
        """A call of the pass, and its output; they come in the order they ran."""
        if self._is_probability(call):
            self._calls.add(call.name)
            if tensor.dim() == 2 and tensor.is_floating_point():
                self._scores.append(tensor)

    def _is_probability(self, call: Call) -> bool:
        kind = call.kind.lower()
        if "sigmoid" in kind:
            return "log" not in kind
        moved = call.kind in _MOVES and bool(call.sources)
        return moved and all(source.name in self._calls for source in call.sources)

    def holds(self, scores: torch.Tensor) -> bool:
        """Whether an output is one of those that were noted."""
        place = scores.data_ptr()
        return any(one.data_ptr() == place and one.shape == scores.shape for one in self._scores)


class Predicted(NamedTuple):
    """The most confident classes, best first; where there are none, why, in a sentence."""

    scores: tuple[Score, ...] = ()
    note: str = ""


def prediction(
    output: Any,
    class_names: Sequence[str] = (),
    *,
    batch: int = 1,
    probabilities: Probabilities | None = None,
) -> Predicted:
    """The ten most confident classes of the first output that is floating (B, K), K >= 2.

    B is 1, or the network's `batch`, of which the first sample is shown. Values from 0 to 1
    that sum to 1 are confidences, and so are those that `probabilities` holds; others become
    it by softmax. None where no output has scores, or they are not numbers.
    """
    if _holds_boxes(output):
        return Predicted(note=NO_CLASSES)
    scores = next((one for one in tensors_in(output) if _holds_scores(one, batch)), None)
    if scores is None:
        return Predicted(note=NO_CLASSES)
    values = scores.detach()[0].to("cpu", torch.float64)
    are_confidences = bool(((values >= 0) & (values <= 1)).all()) and (
        abs(float(values.sum()) - 1) < SUM_TOLERANCE
        or (probabilities is not None and probabilities.holds(scores))
    )
    confidences = (values if are_confidences else values.softmax(0)).numpy()
    if not np.isfinite(confidences).all():  # one NaN or +inf makes all of a softmax NaN
        return Predicted(note=_no_numbers(values))
    best = np.argsort(-confidences, kind="stable")[:TOP]
    return Predicted(
        tuple(Score(int(i), class_name(int(i), class_names), float(confidences[i])) for i in best)
    )


def _no_numbers(values: torch.Tensor) -> str:
    bad, of = int((~torch.isfinite(values)).sum()), len(values)
    which = f"All {of}" if bad == of else f"{bad} of {of}"
    return f"{which} scores are NaN or infinite; check the weights and the preprocessing"


def class_name(index: int, class_names: Sequence[str]) -> str:
    """The name of a class, "class 12" where it has none."""
    return class_names[index] if index < len(class_names) else f"class {index}"


def _holds_boxes(output: Any) -> bool:
    """Whether it is what detection networks return: one box, (1, 4), is no four scores."""
    images = output if isinstance(output, list | tuple) else [output]
    return any(isinstance(image, Mapping) and "boxes" in image for image in images)


def _holds_scores(tensor: torch.Tensor, batch: int) -> bool:
    if tensor.dim() != 2 or not tensor.is_floating_point():
        return False
    samples, classes = tensor.shape
    return samples in (1, batch) and classes >= 2
