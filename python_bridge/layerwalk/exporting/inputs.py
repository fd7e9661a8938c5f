"""What an export runs: a network, and an image as the network takes it."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from layerwalk.errors import InvalidImage, LayerwalkError, SourceError
from layerwalk.exporting.layer import About
from layerwalk.images import Pixels, Shelf, decode, from_pixels
from layerwalk.session.inputs import (
    example_arguments,
    image_arguments,
    loaded_network,
    refusal,
)
from layerwalk.sources import LoadedNetwork, load

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, eq=False)
class Job:
    """A network and the arguments to call it with, and what there is to say of both."""

    model: nn.Module
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    about: About


def job_of(loaded: LoadedNetwork, image: Any, *, with_example: bool) -> Job:
    """The job of running the network on `image`, or on its example input where that is None.

    Raises InvalidImage for what is no image, where the network takes none, and where it takes
    one that is missing; `with_example` says that the example was given to be run.
    """
    preprocess = loaded.preprocess
    if image is None:
        if preprocess is not None and not with_example:
            raise InvalidImage(f"{loaded.title} takes an image; name one: --image FILE (image=)")
        args, kwargs = example_arguments(loaded.example_input)
        return Job(loaded.model, args, kwargs, _about(loaded, "none: the example input", None))
    if reason := refusal(loaded):
        raise InvalidImage(reason)
    assert preprocess is not None
    pixels, name, digest = _read(image)
    args, kwargs = image_arguments(loaded.example_input, preprocess(pixels).tensor)
    height, width = pixels.shape[:2]
    described = {"name": name, "sha256": digest, "width": width, "height": height}
    return Job(loaded.model, args, kwargs, _about(loaded, preprocess.description, described))


def loaded(
    model: Any,
    *,
    weights: str | Path | None,
    input_size: tuple[int, int] | None,
    device: str | None,
    example_input: Any,
    preprocess: Any,
) -> LoadedNetwork:
    """The network of a SOURCE, or a module itself; a warning about its weights is given.

    Raises SourceError, also for options that do not go together.
    """
    if isinstance(model, str):
        _refuse("a SOURCE", example_input=example_input, preprocess=preprocess)
        found = load(model, weights=weights, input_size=input_size, device=device or "cpu")
    else:
        _refuse("a module", weights=weights, input_size=input_size, device=device)
        found = loaded_network(
            model, example_input=example_input, preprocess=preprocess, shelf=Shelf.empty()
        )
    if found.warning:
        warnings.warn(found.warning, stacklevel=3)
    return found


def _refuse(kind: str, **options: Any) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise SourceError(f"{kind} takes no {given[0]}=; leave it out")


def _about(loaded: LoadedNetwork, preprocessing: str, image: dict[str, Any] | None) -> About:
    return About(loaded.title, loaded.source, loaded.weights, preprocessing, image)


def _read(image: Any) -> tuple[Pixels, str, str]:
    """Pixels of a file or an array, a name to show, and the SHA-256 of the file or the pixels."""
    if isinstance(image, np.ndarray):
        pixels = from_pixels(image)
        return pixels, "array", hashlib.sha256(pixels.tobytes()).hexdigest()
    if not isinstance(image, str | Path):
        raise InvalidImage(
            f"image is of type {type(image).__name__}; give the path of an image file, or pixels, "
            "a uint8 array (H, W, 3)"
        )
    file = Path(image).expanduser()
    try:
        data = file.read_bytes()
        return decode(data), file.name, hashlib.sha256(data).hexdigest()
    except OSError as error:
        raise InvalidImage(
            f"'{file}' cannot be read ({error.strerror}); name an image file"
        ) from error
    except LayerwalkError as error:
        raise type(error)(f"'{file}': {error}") from error
