"""Similarity maps of what a network computes, before it is quantized: in a pass of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from layerwalk.capture import Call
from layerwalk.errors import InvalidReference
from layerwalk.session.passes import Passes
from layerwalk.session.question import Question
from layerwalk.similarity import NormalizedFeatures
from layerwalk.similarity.grids import Grid, features_of


def exact_maps(
    asked: Question,
    layers: Sequence[str],
    passes: Passes,
    found: Callable[[str, NDArray[np.float32]], None],
) -> None:
    """Gives `found` the map of each layer as soon as it ran; on the thread of the passes.

    The pass ends with the last of them, or with the question. Raises RunFailed.
    """
    if asked.over:  # while it waited for its turn: whoever asks fast costs no passes
        return
    waiting = set(layers)

    def use(call: Call, tensor: torch.Tensor) -> bool:
        if call.name in waiting and not asked.over:
            waiting.remove(call.name)
            features = _features(call, tensor, asked.places[call.name])
            try:
                vector = asked.vector(call.name, lambda pixels: _vector(features, pixels))
                found(call.name, features.map_of(vector, asked.message.metric))
            except InvalidReference as error:
                asked.left_out[call.name] = str(error)
        return bool(waiting) and not asked.over

    passes.again(asked.run.arguments, use)
    asked.left_out |= dict.fromkeys(waiting, "it did not run")


def _features(call: Call, tensor: torch.Tensor, grid: Grid) -> NormalizedFeatures:
    wide = torch.float64 if tensor.dtype is torch.float64 else torch.float32
    values = tensor.detach().to("cpu", wide, copy=True).contiguous().numpy()
    return NormalizedFeatures(features_of(values, call.axes, grid))


def _vector(features: NormalizedFeatures, pixels: NDArray[np.int64]) -> NDArray[np.float64]:
    mask = np.zeros((features.height, features.width), bool)
    mask.ravel()[pixels] = True
    return features.vector(mask).astype(np.float64)
