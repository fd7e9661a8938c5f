"""What a label may say about a node beside its name, kind and shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from torch import nn

from layerwalk.capture import Call

Details = dict[str, str]


def details_of(call: Call) -> Details:
    """Kernel, stride, groups, ... by name, as they are read: {"kernel": "3 × 3", "stride": "2"}."""
    if call.leaf is not None:
        describe = next((one for kind, one in _MODULES if isinstance(call.leaf, kind)), None)
        return describe(call.leaf) if describe else {}
    read = _OPS.get(call.kind)
    return read(_Options(call, _SIGNATURES.get(call.kind, ""))) if read else {}


def product(sizes: Sequence[int] | int) -> str:
    """`3 × 3` for (3, 3)."""
    return " × ".join(map(str, [sizes] if isinstance(sizes, int) else sizes))


def _short(sizes: Any) -> str:
    """`2` for (2, 2), `2 × 1` for (2, 1)."""
    if isinstance(sizes, list | tuple):
        return str(sizes[0]) if len(set(sizes)) == 1 else product(sizes)
    return str(sizes)


def _window(get: Callable[[str], Any], kernel: Sequence[int]) -> Details:
    """Kernel, and whatever of the rest is not the usual."""
    details = {"kernel": product(kernel)}
    for name, usual in (("stride", 1), ("padding", 0), ("dilation", 1), ("groups", 1)):
        value = get(name)
        if value is not None and _short(value) != str(usual):
            details[name] = _short(value)
    return details


def _convolution(module: Any) -> Details:
    return _window(lambda name: getattr(module, name), module.kernel_size)


def _pool(module: Any) -> Details:
    rank = int(type(module).__name__[-2])
    kernel = module.kernel_size
    return _window(
        lambda name: getattr(module, name, None),
        kernel if isinstance(kernel, tuple | list) else (kernel,) * rank,
    )


def _adaptive_pool(module: Any) -> Details:
    rank = int(type(module).__name__[-2])
    return {"output size": _output_size(module.output_size, rank)}


def _output_size(size: Any, rank: int) -> str:
    sizes = size if isinstance(size, tuple | list) else (size,) * rank
    return " × ".join("·" if one is None else str(one) for one in sizes)


def _features(incoming: int, outgoing: int) -> Details:
    return {"features": f"{incoming} → {outgoing}"}


def _recurrent(module: Any) -> Details:
    details = {**_features(module.input_size, module.hidden_size)}
    if module.num_layers > 1:
        details["layers"] = str(module.num_layers)
    if module.bidirectional:
        details["directions"] = "2"
    return details


_POOLS = tuple(getattr(nn, f"{kind}Pool{rank}d") for kind in ("Max", "Avg") for rank in (1, 2, 3))
_ADAPTIVE = tuple(
    getattr(nn, f"Adaptive{kind}Pool{rank}d") for kind in ("Max", "Avg") for rank in (1, 2, 3)
)
_MODULES: list[tuple[Any, Callable[[Any], Details]]] = [
    (nn.modules.conv._ConvNd, _convolution),
    (nn.Linear, lambda module: _features(module.in_features, module.out_features)),
    (_POOLS, _pool),
    (_ADAPTIVE, _adaptive_pool),
    (nn.GroupNorm, lambda module: {"groups": str(module.num_groups)}),
    (nn.modules.dropout._DropoutNd, lambda module: {"probability": f"{module.p:g}"}),
    (
        nn.Embedding,
        lambda module: {
            "entries": str(module.num_embeddings),
            "features": str(module.embedding_dim),
        },
    ),
    (nn.RNNBase, _recurrent),
    (nn.Upsample, lambda module: _upsampled(module.scale_factor, module.size, module.mode)),
    (nn.LeakyReLU, lambda module: {"slope": f"{module.negative_slope:g}"}),
    (nn.Softmax, lambda module: {"over": f"axis {module.dim}"}),
]


class _Options:
    """The arguments of an op by name, whether they were given by position or by keyword."""

    def __init__(self, call: Call, signature: str) -> None:
        self._given = dict(zip(signature.split(), call.arguments, strict=False)) | call.options

    def __call__(self, name: str) -> Any:
        return self._given.get(name)


def _convolution_op(option: _Options) -> Details:
    weight = option("weight")
    return _window(option, weight[2:]) if weight else {}


def _pool_op(option: _Options) -> Details:
    kernel = option("kernel_size")
    if kernel is None:
        return {}
    rank = max(len(option("input") or ()) - 2, 1)
    sizes = kernel if isinstance(kernel, tuple) else (kernel,) * rank
    details = _window(option, sizes)
    # Pools move by their kernel if no stride is given, as the modules show.
    return details if option("stride") is not None else {**details, "stride": _short(sizes)}


def _adaptive_pool_op(option: _Options) -> Details:
    size = option("output_size")
    rank = max(len(option("input") or ()) - 2, 1)
    return {} if size is None else {"output size": _output_size(size, rank)}


def _linear_op(option: _Options) -> Details:
    weight = option("weight")
    return _features(weight[1], weight[0]) if weight and len(weight) == 2 else {}


def _upsampled(scale: Any, size: Any, mode: Any) -> Details:
    details = {"mode": str(mode)} if mode else {}
    if scale is not None:
        details["scale"] = _short(tuple(scale) if isinstance(scale, list) else scale)
    elif size is not None:
        details["output size"] = product(size)
    return details


def _over(option: _Options) -> Details:
    axis = option("dim")
    return {} if axis is None else {"over": f"axis {_short(axis)}"}


_OPS: dict[str, Callable[[_Options], Details]] = {
    **{f"conv{rank}d": _convolution_op for rank in (1, 2, 3)},
    **{f"conv_transpose{rank}d": _convolution_op for rank in (1, 2, 3)},
    **{f"{kind}_pool{rank}d": _pool_op for kind in ("max", "avg") for rank in (1, 2, 3)},
    **{
        f"adaptive_{kind}_pool{rank}d": _adaptive_pool_op
        for kind in ("max", "avg")
        for rank in (1, 2, 3)
    },
    "linear": _linear_op,
    "interpolate": lambda given: _upsampled(given("scale_factor"), given("size"), given("mode")),
    "cat": _over,
    "softmax": _over,
    "mean": _over,
}
_CONVOLUTION = "input weight bias stride padding dilation groups"
_TRANSPOSED = "input weight bias stride padding output_padding groups dilation"
_SIGNATURES = {
    **{f"conv{rank}d": _CONVOLUTION for rank in (1, 2, 3)},
    **{f"conv_transpose{rank}d": _TRANSPOSED for rank in (1, 2, 3)},
    **{
        f"{kind}_pool{rank}d": "input kernel_size stride padding"
        for kind in ("max", "avg")
        for rank in (1, 2, 3)
    },
    **{
        f"adaptive_{kind}_pool{rank}d": "input output_size"
        for kind in ("max", "avg")
        for rank in (1, 2, 3)
    },
    "linear": "input weight bias",
    "interpolate": "input",
    "cat": "tensors dim",
    "softmax": "input dim",
    "mean": "input dim",
}
