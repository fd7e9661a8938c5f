"""Which ops get a wall of their own: kinds of nodes as the layout understands them."""

from __future__ import annotations

import re

from layerwalk.network import Node

PADS = frozenset(
    [
        "pad",
        *(f"constantpad{d}d" for d in (1, 2, 3)),
        *(f"zeropad{d}d" for d in (1, 2, 3)),
        *(f"reflectionpad{d}d" for d in (1, 2, 3)),
        *(f"replicationpad{d}d" for d in (1, 2, 3)),
        *(f"circularpad{d}d" for d in (1, 2, 3)),
    ]
)
# Nothing to see that the layer before did not show: views, copies, identities.
CHEAP = frozenset(
    [
        "identity",
        "dropout",
        "dropout1d",
        "dropout2d",
        "dropout3d",
        "alphadropout",
        "featuredropout",
        "featurealphadropout",
        "stochasticdepth",
        "droppath",
        "flatten",
        "unflatten",
        "getitem",
        "view",
        "viewas",
        "reshape",
        "reshapeas",
        "permute",
        "transpose",
        "t",
        "mt",
        "movedim",
        "moveaxis",
        "swapaxes",
        "swapdims",
        "contiguous",
        "clone",
        "detach",
        "to",
        "type",
        "typeas",
        "float",
        "half",
        "bfloat16",
        "double",
        "cpu",
        "cuda",
        "expand",
        "expandas",
        "squeeze",
        "unsqueeze",
        "narrow",
        "select",
        "chunk",
        "split",
        "unbind",
        "tensorsplit",
        "ravel",
        "alias",
        "positive",
        "rearrange",
        "parametrize",
        "requiresgrad",
        "fill",
        "zero",
        "setitem",
        "splitwithsizes",
        "size",
        "shape",
        "dim",
        "numel",
        "tolist",
        "item",
        *PADS,
    ]
)
NORMS = frozenset(
    [
        "batchnorm",
        "batchnorm1d",
        "batchnorm2d",
        "batchnorm3d",
        "syncbatchnorm",
        "layernorm",
        "layernorm2d",
        "groupnorm",
        "instancenorm",
        "instancenorm1d",
        "instancenorm2d",
        "instancenorm3d",
        "rmsnorm",
        "localresponsenorm",
        "frozenbatchnorm2d",
        "normalize",
        "evonorm",
    ]
)
ACTIVATIONS = frozenset(
    [
        "relu",
        "relu6",
        "gelu",
        "silu",
        "swish",
        "memoryefficientswish",
        "hardswish",
        "hardsigmoid",
        "hardtanh",
        "sigmoid",
        "tanh",
        "logsigmoid",
        "leakyrelu",
        "prelu",
        "rrelu",
        "elu",
        "selu",
        "celu",
        "mish",
        "softplus",
        "softsign",
        "softmax",
        "logsoftmax",
        "softmax2d",
        "softmin",
        "threshold",
        "glu",
        "clamp",
        "clip",
        "tanhshrink",
        "hardshrink",
        "softshrink",
    ]
)
# With one tensor argument these only rescale what is there.
SCALINGS = frozenset(
    [
        "add",
        "sub",
        "mul",
        "div",
        "truediv",
        "rsub",
        "neg",
        "pow",
        "sqrt",
        "rsqrt",
        "abs",
        "square",
        "maskedfill",
    ]
)
ADDITIONS = frozenset({"add", "addcmul"})
CONCATENATIONS = frozenset({"cat", "concat", "concatenate", "hstack", "vstack", "stack"})


def plain_kind(kind: str) -> str:
    """`add_`, `__iadd__`, `iadd` and `add` are one: 'add'; `BatchNorm2d` is 'batchnorm2d'."""
    word = re.sub(r"[^a-z0-9]", "", kind.lower())
    if word.startswith("i") and word[1:] in SCALINGS:
        return word[1:]
    if word.startswith("r") and word[1:] in SCALINGS and word != "rsqrt":
        return word[1:]
    return word


def is_cheap(node: Node, readings: int) -> bool:
    """Whether the node shows nothing new; `readings`: how many tensors of other nodes it reads."""
    kind = plain_kind(node.kind)
    return not node.shown or kind in CHEAP or (kind in CONCATENATIONS and readings == 1)


def is_follower(node: Node, readings: int) -> bool:
    """Whether the node belongs to the op before it: a norm, an activation, a scaling."""
    kind = plain_kind(node.kind)
    if kind in NORMS or kind in ACTIVATIONS or kind.endswith("activation"):
        return True
    return kind in SCALINGS and readings == 1


def is_pad(node: Node) -> bool:
    """Whether the node only puts a margin around what it reads."""
    return plain_kind(node.kind) in PADS


def reads_margins(node: Node) -> bool:
    """Whether a margin is put around something for this node's sake."""
    kind = plain_kind(node.kind)
    return "conv" in kind or "pool" in kind
