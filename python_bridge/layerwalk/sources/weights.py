"""State dicts from files, loaded without running any code that may be inside."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerwalk.errors import SourceError, Unsafe

if TYPE_CHECKING:
    import torch
    from torch import nn

# Where training scripts put the state dict in a checkpoint, and what wrappers put before names.
_KEYS = ("state_dict", "model_state_dict", "model", "net", "ema")
_PREFIXES = ("module.", "_orig_mod.")
_SHOWN = 4


def load_weights(model: nn.Module, path: str | Path) -> None:
    """Loads the state dict in `path` into `model`: every name and shape must fit.

    Raises `SourceError`, or `Unsafe` where the file holds more than tensors.
    """
    path = existing_file(path)
    state = _state(path)
    own = model.state_dict()
    state = _without_prefix(state, own)
    problems = [
        *_listed("the file lacks", [name for name in own if name not in state]),
        *_listed("the network lacks", [name for name in state if name not in own]),
        *_listed(
            "shapes differ:",
            [
                f"{name} {tuple(state[name].shape)} in the file, {tuple(own[name].shape)} here"
                for name in own
                if name in state and state[name].shape != own[name].shape
            ],
        ),
    ]
    if problems:
        raise SourceError(
            f"'{path.name}' does not fit {type(model).__name__}: {'; '.join(problems)}. "
            "Give the network it was saved from, for instance as path/to/file.py:callable"
        )
    model.load_state_dict(state)


def existing_file(weights: str | Path) -> Path:
    """The weights file of this name. Raises `SourceError` if there is none."""
    path = Path(weights).expanduser()
    if not path.is_file():
        raise SourceError(f"the weights file '{path}' does not exist; give default, none or a file")
    return path


@contextmanager
def only_weights() -> Iterator[None]:
    """Every `torch.load` within refuses files with code, also where a library asks otherwise."""
    name = "TORCH_FORCE_WEIGHTS_ONLY_LOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _state(path: Path) -> dict[str, torch.Tensor]:
    import torch

    content: Any = _safetensors(path) if path.suffix == ".safetensors" else _torch(path)
    if isinstance(content, Mapping):
        nested = (content[key] for key in _KEYS if isinstance(content.get(key), Mapping))
        content = next(nested, content)
    if not isinstance(content, Mapping) or not all(
        isinstance(value, torch.Tensor) for value in content.values()
    ):
        raise SourceError(
            f"'{path.name}' holds no state dict; save one: torch.save(model.state_dict(), 'w.pth')"
        )
    return dict(content)


def _torch(path: Path) -> Any:
    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # bytes that are no pickle make torch's reader raise anything
        text = str(error)
        refused = "Unsupported" in text or "TorchScript" in text
        if refused and _is_saved_by_torch(path):
            raise Unsafe(
                f"'{path.name}' holds Python objects, and loading them may run any code; convert "
                "it where you trust it: torch.save(torch.load(FILE, weights_only=False)"
                ".state_dict(), 'weights.pth')"
            ) from error
        raise SourceError(
            f"'{path.name}' is no weights file that torch can read; save one: "
            "torch.save(model.state_dict(), 'w.pth')"
        ) from error


def _is_saved_by_torch(path: Path) -> bool:
    """By its first bytes: a ZIP archive or, of old, a pickle."""
    with path.open("rb") as file:
        return file.read(4)[:2] in (b"PK", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


def _safetensors(path: Path) -> Any:
    try:
        from safetensors.torch import load_file
    except ImportError as error:
        raise SourceError(
            f"'{path.name}' needs the package safetensors; pip install safetensors"
        ) from error
    try:
        return load_file(path)
    except Exception as error:  # its error type is not exported in every version
        raise SourceError(f"'{path.name}' is no safetensors file ({error})") from error


def _without_prefix(
    state: dict[str, torch.Tensor], own: Mapping[str, Any]
) -> dict[str, torch.Tensor]:
    """Names without what DataParallel or torch.compile put before every one of them."""
    for prefix in _PREFIXES:
        if state and all(name.startswith(prefix) and name not in own for name in state):
            state = {name.removeprefix(prefix): tensor for name, tensor in state.items()}
    return state


def _listed(fact: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return [f"{fact} {', '.join(names[:_SHOWN])}{more}"]
