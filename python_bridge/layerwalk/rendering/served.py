"""The bridge that a picture is taken of: one for as long as it takes, or one that is there."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerwalk.errors import InvalidImage, LayerwalkError, SourceError
from layerwalk.images import Shelf, decode
from layerwalk.session import Bridge, open_bridge, serve
from layerwalk.sources import LoadedNetwork, demo_shelf, resolve

if TYPE_CHECKING:
    import numpy as np


@contextmanager
def served(
    model: Any,
    image: str | Path | np.ndarray | None,
    *,
    weights: str | Path | None,
    input_size: tuple[int, int] | None,
    device: str | None,
    example_input: Any,
    preprocess: Any,
) -> Iterator[str]:
    """The address of the viewer where `image` is in the input frame.

    Raises SourceError for options that do not go together, InvalidImage, and what goes wrong with
    the network.
    """
    source = {"weights": weights, "input_size": input_size, "device": device}
    module = {"example_input": example_input, "preprocess": preprocess}
    if isinstance(model, Bridge):
        _refuse("a bridge", image=image, **source, **module)
        yield model.url
        return
    _refuse("a SOURCE", **module) if isinstance(model, str) else _refuse("a module", **source)
    shelf = _shelf(image)
    with _bridge(model, shelf, source, module) as bridge:
        bridge.wait_ready()
        yield bridge.url


def _bridge(model: Any, shelf: Shelf, source: dict[str, Any], module: dict[str, Any]) -> Bridge:
    if not isinstance(model, str):
        return serve(model, images=shelf, **module)
    load = resolve(model, **{**source, "device": source["device"] or "cpu"})

    def loaded() -> LoadedNetwork:
        found = load()
        if found.warning:
            warnings.warn(found.warning, stacklevel=1)
        return found

    return open_bridge(loaded, shelf=shelf)


def _refuse(kind: str, **options: Any) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise SourceError(f"{kind} takes no {given[0]}=; leave it out")


def _shelf(image: str | Path | np.ndarray | None) -> Shelf:
    """The image, and after it the demo's pictures where they are installed."""
    first: list[Any] = []
    if isinstance(image, str | Path):
        first = [_checked(Path(image).expanduser())]
    elif image is not None:
        first = [image]
    try:
        demo = demo_shelf()
    except SourceError:
        return Shelf.of(first)
    return Shelf.of(first).followed_by(demo) if first else demo


def _checked(file: Path) -> Path:
    """The file, if it is an image. Raises InvalidImage with its name."""
    try:
        decode(file.read_bytes())
    except OSError as error:
        raise InvalidImage(
            f"'{file}' cannot be read ({error.strerror}); name an image file"
        ) from error
    except LayerwalkError as error:
        raise type(error)(f"'{file}': {error}") from error
    return file
