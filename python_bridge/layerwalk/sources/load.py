"""One way in: `load(source)`, or in two steps: `resolve(source)` finds it, at once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from layerwalk.errors import SourceError
from layerwalk.sources import callables, demo, torchvision_models
from layerwalk.sources.loaded import LoadedNetwork, Loader

FORMS = "demo, torchvision:resnet50, package.module:callable or path/to/file.py:callable"


def load(
    source: str,
    *,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str = "cpu",
) -> LoadedNetwork:
    """The network that `source` names, in one of `FORMS`.

    `weights` is None, "default", "none" (random) or a file with a state dict, which is loaded
    without running any code in it. Only "default" may download. `input_size` is (height,
    width) in pixels; `device` is as torch names it.

    Raises `SourceError`, and `Unsafe` for a weights file that is more than tensors.
    """
    return resolve(source, weights=weights, input_size=input_size, device=device)()


def resolve(
    source: str,
    *,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str = "cpu",
) -> Loader:
    """Finds what `load` loads, without building, reading or downloading it: the result does.

    Raises `SourceError` for what can be known so far: a model, module, attribute, weights file
    or device that is not there. A module is imported to look.
    """
    scheme, colon, name = source.rpartition(":")
    if source != "demo" and not (colon and scheme and name):
        raise SourceError(f"'{source}' names no network; give {FORMS}")
    if source == "demo":
        load_it = demo.resolve(weights=weights, input_size=input_size)
    elif scheme == "torchvision":
        load_it = torchvision_models.resolve(name, weights=weights, input_size=input_size)
    else:
        load_it = callables.resolve(scheme, name, weights=weights, input_size=input_size)
    _check_device(device)
    return partial(_on_device, load_it, device)


def _on_device(load_it: Loader, device: str) -> LoadedNetwork:
    loaded = load_it()
    loaded.model.eval()
    if device == "cpu":
        return loaded
    return replace(
        loaded, model=loaded.model.to(device), example_input=_moved(loaded.example_input, device)
    )


def _check_device(device: str) -> None:
    import torch

    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:  # a torch without CUDA asserts
        reason = re.split(r"\. |\n", str(error))[0]  # a list of all backends follows
        raise SourceError(
            f"the device '{device}' cannot be used ({reason}); use --device cpu"
        ) from error


def _moved(value: Any, device: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(one, device) for one in value)
    return value.to(device)
