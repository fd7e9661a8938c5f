"""Names of modules, ops and nodes; which modules are leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

# The same op under other names: operators, reflected and in-place forms, synonyms.
_SYNONYMS = {
    "iadd": "add", "radd": "add", "isub": "sub", "rsub": "sub", "subtract": "sub",
    "imul": "mul", "rmul": "mul", "multiply": "mul",
    "truediv": "div", "itruediv": "div", "rtruediv": "div", "idiv": "div", "rdiv": "div",
    "divide": "div", "true_divide": "div",
    "floordiv": "floor_divide", "ifloordiv": "floor_divide", "rfloordiv": "floor_divide",
    "mod": "remainder", "imod": "remainder", "rmod": "remainder",
    "ipow": "pow", "rpow": "pow", "matmul": "matmul", "imatmul": "matmul", "rmatmul": "matmul",
    "invert": "bitwise_not", "negative": "neg", "absolute": "abs",
    "greater": "gt", "less": "lt", "greater_equal": "ge", "less_equal": "le",
    "concat": "cat", "concatenate": "cat", "swapaxes": "transpose", "swapdims": "transpose",
    "special_expit": "sigmoid", "special_softmax": "softmax",
}  # fmt: skip
# Only as operators, with their underscores: `torch.rand` is something else than `__rand__`.
_OPERATORS = {
    form + name: f"bitwise_{name}" for name in ("and", "or", "xor") for form in ("", "i", "r")
}
_ORIGINAL = "_orig_mod"  # what torch.compile calls the module it wraps


def op_name(func: Callable[..., Any]) -> str:
    """The op's one name: `__iadd__`, `add_` and `torch.add` are `add`; `Tensor.T` is `T`."""
    name = getattr(func, "__name__", None) or type(func).__name__
    if name == "__get__":
        name = getattr(getattr(func, "__self__", None), "__name__", name)
    name = name.split(".")[0]  # torch.ops name their overload behind a dot
    if name.startswith("__") and name.endswith("__"):
        name = name[2:-2]
        name = _OPERATORS.get(name, name)
    name = name.strip("_") or name
    return _SYNONYMS.get(name, name)


def writes_in_place(func: Callable[..., Any], kwargs: dict[str, Any]) -> bool:
    """Whether the op may write into a tensor it was given."""
    name: str = getattr(func, "__name__", "")
    if isinstance(func, torch._ops.OpOverload | torch._ops.OpOverloadPacket):
        return True  # a custom op may do anything
    if name.startswith("__"):
        return name == "__setitem__" or name[2:-2] in _IN_PLACE_OPERATORS
    return name.endswith("_") or bool(kwargs.get("inplace")) or kwargs.get("out") is not None


_IN_PLACE_OPERATORS = frozenset(
    "i" + name
    for name in ("add sub mul truediv div floordiv mod pow matmul and or xor lshift rshift").split()
)


def module_paths(model: nn.Module) -> dict[str, nn.Module]:
    """Every module by its path, '' for the model itself; without torch.compile's wrappers."""
    paths: dict[str, nn.Module] = {}
    for name, module in model.named_modules():
        path = ".".join(part for part in name.split(".") if part != _ORIGINAL)
        paths[path] = module  # the wrapped module comes after its wrapper, and stays
    return paths


_CONTAINERS = (nn.Sequential, nn.ModuleList, nn.ModuleDict)
_PARAMETRIZED = "torch.nn.utils.parametri"


def is_leaf(module: nn.Module) -> bool:
    """Whether a call of the module is one node: torch's own without children, and scripted ones.

    Modules that a user wrote are not, even if they have no children: their ops are nodes.
    """
    if isinstance(module, torch.jit.ScriptModule):
        return True
    kind, children = type(module), module._modules
    if not children:
        return is_leaf_class(kind) and not isinstance(module, _CONTAINERS)
    # A parametrized Conv2d is still a Conv2d.
    return (
        set(children) == {"parametrizations"}
        and kind.__module__.startswith(_PARAMETRIZED)
        and is_leaf_class(kind.__bases__[0])
    )


def is_leaf_class(kind: type) -> bool:
    """Whether torch itself defines this class of module."""
    return kind.__module__.startswith(("torch.nn.", "torch.ao.nn."))


def kind_of(module: nn.Module) -> str:
    """The module's class; a scripted one's original class."""
    if isinstance(module, torch.jit.ScriptModule):
        return str(getattr(module, "original_name", type(module).__name__))
    kind = type(module)
    if kind.__module__.startswith(_PARAMETRIZED):
        kind = kind.__bases__[0]
    return kind.__name__


class NodeNames:
    """Gives every call its name: the path, `path/op`, and `:k` from the second on."""

    def __init__(self, paths: dict[str, nn.Module]) -> None:
        self._paths = paths
        self._calls: dict[str, int] = {}

    def of_module(self, path: str, kind: str) -> str:
        return self._numbered(path or kind)

    def of_op(self, path: str, op: str) -> str:
        # At the top an op is called by its name alone, unless a module has it.
        top = f"/{op}" if op in self._paths else op
        return self._numbered(f"{path}/{op}" if path else top)

    def _numbered(self, name: str) -> str:
        count = self._calls.get(name, 0) + 1
        self._calls[name] = count
        return name if count == 1 else f"{name}:{count}"
