"""Any model of `torchvision.models`, with its weights or random ones."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from layerwalk.errors import SourceError, nearest
from layerwalk.images import Preprocess
from layerwalk.sources.loaded import LoadedNetwork, Loader
from layerwalk.sources.titles import title_of
from layerwalk.sources.weights import existing_file, load_weights, only_weights

if TYPE_CHECKING:
    from torch import nn

_SEED = 0  # random weights are the same at every start, so that links to places stay true


def resolve(name: str, *, weights: str | Path | None, input_size: tuple[int, int] | None) -> Loader:
    """The model called `name` in `torchvision.models.list_models()`."""
    from torchvision import models

    if name not in models.list_models():
        remedy = nearest(name.lower(), models.list_models()) or "; see torchvision.models"
        raise SourceError(f"torchvision has no model '{name}'{remedy}")
    if weights not in (None, "default", "none"):
        weights = existing_file(weights)
    return partial(_load, name, weights, input_size)


def _load(
    name: str, weights: str | Path | None, input_size: tuple[int, int] | None
) -> LoadedNetwork:
    import torch

    known = _default_weights(name)
    model, used, warning = _built(name, known, weights)
    whose = "these weights" if used == str(known) else "its trained weights"
    preprocess = Preprocess.from_weights(known, input_size, whose=whose)
    picture = preprocess(_grey(preprocess.input_size)).tensor
    example: Any = torch.zeros_like(picture)
    return LoadedNetwork(
        model=model,
        # Optical flow compares two pictures.
        example_input=(example, example.clone()) if name.startswith("raft") else example,
        preprocess=preprocess,
        class_names=_class_names(known),
        title=title_of(name),
        source=f"torchvision:{name}",
        weights=used,
        warning=warning,
    )


def imagenet_class_names() -> tuple[str, ...]:
    """ImageNet's 1000 class names, in order, from torchvision's metadata."""
    from torchvision.models._meta import _IMAGENET_CATEGORIES

    return tuple(_IMAGENET_CATEGORIES)


def _default_weights(name: str) -> Any:
    """The default weights of a model; of a quantized one, those before quantization."""
    from torchvision import models

    default: Any = models.get_model_weights(name).DEFAULT
    return default.meta.get("unquantized", default)


def _built(name: str, known: Any, weights: str | Path | None) -> tuple[nn.Module, str, str]:
    """The model, its weights in words, and a warning or ''."""
    if weights == "default" or (weights is None and _cached(known)):
        return _pretrained(name, known), str(known), ""
    model = _random(name)
    if weights is not None and weights != "none":
        load_weights(model, weights)
        return model, Path(weights).name, ""
    if weights == "none":
        return model, "random", f"{name} has random weights"
    megabytes = known.meta.get("_file_size", 0)
    return (
        model,
        "random",
        f"{name} has random weights: torch's cache has no others; "
        f"--weights default downloads them ({megabytes:.0f} MB)",
    )


def _cached(known: Any) -> bool:
    import torch

    name = Path(urlparse(known.url).path).name
    return (Path(torch.hub.get_dir()) / "checkpoints" / name).is_file()


def _pretrained(name: str, known: Any) -> nn.Module:
    from torchvision import models

    try:
        with only_weights():
            model: nn.Module = models.get_model(name, weights=known)
    except OSError as error:
        raise SourceError(
            f"the weights {known} could not be downloaded ({error}); "
            "try again with a connection, or leave out --weights"
        ) from error
    return model


def _random(name: str) -> nn.Module:
    import torch
    from torchvision import models

    builder = models.get_model_builder(name)
    options: dict[str, Any] = {"weights": None}
    if "weights_backbone" in inspect.signature(builder).parameters:
        options["weights_backbone"] = None  # its default downloads
    if "googlenet" in name or "inception" in name:
        options["init_weights"] = True  # the default warns
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        model: nn.Module = builder(**options)
    return model


def _class_names(known: Any) -> tuple[str, ...]:
    """Names of the output's channels; detectors' outputs are boxes, and have none."""
    if type(known.transforms()).__name__ == "ObjectDetection":
        return ()
    return tuple(known.meta.get("categories") or ())


def _grey(size: tuple[int, int]) -> Any:
    import numpy as np

    return np.full((*size, 3), 128, np.uint8)
