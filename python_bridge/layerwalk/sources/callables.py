"""Networks that a callable makes: `package.module:callable`, `path/to/file.py:callable`."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from layerwalk.errors import InvalidImage, SourceError, nearest, with_article
from layerwalk.images import Preprocess
from layerwalk.sources.example import example_input_for
from layerwalk.sources.loaded import LoadedNetwork, Loader
from layerwalk.sources.weights import existing_file, load_weights

if TYPE_CHECKING:
    from torch import nn


def resolve(
    module: str, name: str, *, weights: str | Path | None, input_size: tuple[int, int] | None
) -> Loader:
    """The network that `name` in `module` (dotted, or a .py file) is, or returns when called."""
    source = f"{module}:{name}"
    if weights == "default":
        raise SourceError(f"'{source}' has no default weights; give a file, or leave out --weights")
    if weights not in (None, "none"):
        weights = existing_file(weights)
    found = _attribute(_module(module), name, source)
    _check_callable(found, source)
    return partial(_load, found, source, weights, input_size)


def _load(
    found: Any, source: str, weights: str | Path | None, input_size: tuple[int, int] | None
) -> LoadedNetwork:
    model = _network(found, source)
    used, warning = "as the callable made them", ""
    if weights is None:
        name = source.rpartition(":")[2]
        warning = f"no --weights were given: they are as '{name}' made them, random perhaps"
    elif weights != "none":
        load_weights(model, weights)
        used = Path(weights).name
    example = example_input_for(model, input_size)
    return LoadedNetwork(
        model=model,
        example_input=example,
        preprocess=_preprocess(example.shape) if example.is_floating_point() else None,
        class_names=(),
        title=type(model).__name__,
        source=source,
        weights=used,
        warning=warning,
    )


def _preprocess(shape: Sequence[int]) -> Preprocess | None:
    try:
        return Preprocess.for_shape(shape)
    except InvalidImage:
        return None


def _module(name: str) -> ModuleType:
    is_file = name.endswith(".py") or "/" in name or "\\" in name
    path = Path(name).expanduser().resolve()
    if is_file and not path.is_file():
        raise SourceError(f"the file '{name}' does not exist; give path/to/file.py:callable")
    try:
        _look_first_in(path.parent if is_file else Path.cwd())
        return _from_file(path) if is_file else importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not is_file and error.name and f"{name}.".startswith(f"{error.name}."):
            raise SourceError(
                f"no module '{error.name}' is installed or in this folder; "
                "give package.module:callable or path/to/file.py:callable"
            ) from error
        raise SourceError(f"importing '{name}' failed: {error}; install what it needs") from error
    except (Exception, SystemExit) as error:  # the user's code may raise anything
        raise SourceError(f"importing '{name}' raised {type(error).__name__}: {error}") from error


def _from_file(path: Path) -> ModuleType:
    name = f"layerwalk_source_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SourceError(f"'{path.name}' is no Python file; give path/to/file.py:callable")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _look_first_in(folder: Path) -> None:
    """Python looks for modules in `folder`, as when running a file in it.

    It goes on doing so: the callable may import more when it is called.
    """
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()


def _attribute(module: ModuleType, name: str, source: str) -> Any:
    value: Any = module
    for part in name.split("."):
        if not hasattr(value, part):
            remedy = nearest(part, _candidates(value)) or "; name a function or a class"
            raise SourceError(f"'{source}': there is no '{part}'{remedy}")
        value = getattr(value, part)
    return value


def _candidates(value: Any) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")]


def _check_callable(value: Any, source: str) -> None:
    """Whether it may be called; that it makes a network is seen when it is."""
    from torch import nn

    if isinstance(value, nn.Module):
        return
    if not callable(value):
        raise SourceError(
            f"'{source}' is {with_article(type(value).__name__)}; "
            "name a network, or a class or function that makes one"
        )
    try:
        # Not what a decorator wraps: it may give the arguments itself.
        signature = inspect.signature(value, follow_wrapped=False)
    except (TypeError, ValueError):  # written in C
        return
    try:
        signature.bind()
    except TypeError as error:
        raise SourceError(
            f"'{source}' cannot be called without arguments ({error}); "
            "name a function without arguments that returns the network"
        ) from error


def _network(value: Any, source: str) -> nn.Module:
    """The module itself, or what the class or function makes without arguments."""
    from torch import nn

    if not isinstance(value, nn.Module):
        try:
            value = value()
        except (Exception, SystemExit) as error:  # the user's code may raise anything
            raise SourceError(f"'{source}' raised {type(error).__name__}: {error}") from error
    if not isinstance(value, nn.Module):
        raise SourceError(
            f"'{source}' returned {with_article(type(value).__name__)}; return a torch.nn.Module"
        )
    return value
