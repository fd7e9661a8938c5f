"""The surroundings of a pass: eval mode, no gradients, nothing compiled; restored afterwards.

Training flags belong to the modules, and random generators to the process: whoever trains the
same model in another thread meanwhile sees them change.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any

import torch
from torch import nn


@contextmanager
def inference(modules: Iterable[nn.Module]) -> Iterator[None]:
    """Eval mode without gradients; only modules that are in training mode are touched."""
    modules = list(modules)
    with ExitStack() as stack:
        stack.enter_context(torch.inference_mode(False))
        stack.enter_context(torch.no_grad())
        stack.enter_context(_nothing_compiled())
        stack.enter_context(_eval_mode(modules))
        yield


@contextmanager
def unchanged_randomness(model: nn.Module) -> Iterator[None]:
    """The random generators of the CPU and the model's devices are as before afterwards.

    They are the process's: another thread that draws meanwhile draws the same numbers again.
    """
    with torch.random.fork_rng(devices=_cuda_devices(model.modules())):
        yield


_training_lock = Lock()
_passes_of: dict[nn.Module, int] = {}  # trained modules in eval mode for now, and for how many


@contextmanager
def _eval_mode(modules: list[nn.Module]) -> Iterator[None]:
    """The flags are turned back by the last of the passes that share a module.

    The flags themselves are set: `train` and `eval` may be overridden to do more.
    """
    with _training_lock:
        trained = [module for module in modules if module.training or module in _passes_of]
        for module in trained:
            _passes_of[module] = _passes_of.get(module, 0) + 1
            module.training = False
    try:
        yield
    finally:
        with _training_lock:
            for module in trained:
                _passes_of[module] -= 1
                if _passes_of[module] == 0:
                    del _passes_of[module]
                    module.training = True


def _cuda_devices(modules: Iterable[nn.Module]) -> list[int]:
    if not torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        return []
    tensors = (tensor for module in modules for tensor in module._parameters.values())
    return sorted({one.device.index for one in tensors if one is not None and one.is_cuda})


_compiled_lock = Lock()
_compiled_passes: dict[str, Any] = {"count": 0, "stance": None}


@contextmanager
def _nothing_compiled() -> Iterator[None]:
    """Compiled models and functions run eagerly. The stance is one for all threads: counted."""
    if "torch._dynamo" not in sys.modules:  # nothing is compiled; and importing it takes seconds
        yield
        return
    state = _compiled_passes
    with _compiled_lock:
        state["count"] += 1
        if state["count"] == 1:
            state["stance"] = torch.compiler.set_stance("force_eager")
    try:
        with warnings.catch_warnings():
            # Compiled modules warn of global hooks, which would break their graphs. None is made.
            warnings.filterwarnings("ignore", message="Using `torch.compile")
            yield
    finally:
        with _compiled_lock:
            state["count"] -= 1
            if state["count"] == 0:
                state["stance"].__exit__(None, None, None)
                state["stance"] = None
