"""Which outputs cannot be below zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from torch import nn

# Whatever they are given, as modules and as functions.
_ALWAYS = frozenset(
    "relu relu6 sigmoid hardsigmoid softmax softmax2d softplus softmin exp exp2 abs square "
    "sqrt norm cdist eq ne lt le gt ge logical_not logical_and logical_or isnan isinf one_hot "
    "zeros ones zeros_like ones_like rand argmax argmin argsort gumbel_softmax "
    "bernoulli var std".split()
)
# If everything they are given cannot be below zero either.
_KEEPING = frozenset(
    "maxpool1d maxpool2d maxpool3d max_pool1d max_pool2d max_pool3d "
    "avgpool1d avgpool2d avgpool3d avg_pool1d avg_pool2d avg_pool3d "
    "adaptiveavgpool1d adaptiveavgpool2d adaptiveavgpool3d adaptive_avg_pool1d "
    "adaptive_avg_pool2d adaptive_avg_pool3d adaptivemaxpool1d adaptivemaxpool2d "
    "adaptive_max_pool1d adaptive_max_pool2d lppool2d lp_pool2d "
    "dropout dropout1d dropout2d dropout3d dropout_ alphadropout identity flatten unflatten "
    "cat stack add mul div view reshape permute transpose movedim squeeze unsqueeze getitem "
    "contiguous clone detach to float half double chunk split tensor_split unbind narrow "
    "index_select gather select expand repeat roll flip t mt h mean sum amax amin max min median "
    "maximum minimum prod cumsum channelshuffle channel_shuffle pixelshuffle pixel_shuffle pad "
    "pixelunshuffle pixel_unshuffle zeropad1d zeropad2d zeropad3d reflectionpad2d "
    "replicationpad2d upsamplingnearest2d upsamplingbilinear2d sort topk tril triu bfloat16 "
    "data view_as reshape_as expand_as as_strided broadcast_to matmul bmm einsum type".split()
)


def is_nonnegative(
    kind: str,
    sources: Sequence[bool],
    *,
    unknown: bool,
    leaf: nn.Module | None,
    arguments: Iterable[Any],
) -> bool:
    """Whether the output of a call cannot be below zero.

    `sources` says it of every tensor it read, `unknown` whether it read others too
    (parameters), `arguments` are its other arguments: a negative number settles it.
    """
    name = kind.lower()
    if name in _ALWAYS:
        return True
    if name == "clamp" or name == "hardtanh":
        low = getattr(leaf, "min_val", None) if leaf is not None else _first_number(arguments)
        return low is not None and low >= 0
    if name not in _KEEPING or unknown or not sources or not all(sources):
        return False
    if leaf is None and name in ("add", "mul", "div", "pad", "cat"):
        return not any(isinstance(value, int | float) and value < 0 for value in arguments)
    return True


def _first_number(arguments: Iterable[Any]) -> float | None:
    return next(
        (value for value in arguments if isinstance(value, int | float) and value is not True),
        None,
    )
