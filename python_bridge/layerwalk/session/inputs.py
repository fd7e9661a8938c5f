"""From the user's model, example and pictures to what a forward pass takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch

from layerwalk.capture import cloned, named_arguments, tensors_in, with_tensors
from layerwalk.errors import InvalidImage
from layerwalk.images import Preprocess, Shelf
from layerwalk.introspection.tracing import call_arguments, checked_module
from layerwalk.sources import LoadedNetwork, example_input_for

EMPTY_PICTURE = np.full((1, 1, 3), 24, np.uint8)  # stands for an input that is no picture
MOST_WAVES = 8  # more are told apart no longer
PLOT_SIZE = (360, 512)
ONE_ROW = 8  # cells; more stand in a square
MOST_CELLS = 16384
PLOT_GROUND, PLOT_LINE = (14, 17, 27), (239, 233, 223)


def loaded_network(
    model: torch.nn.Module,
    *,
    example_input: Any = None,
    preprocess: Any = None,
    class_names: Sequence[str] | None = None,
    shelf: Shelf,
) -> LoadedNetwork:
    """The user's own model as the bridge takes it.

    Without `preprocess`, it is ImageNet's for the shape of the example; without
    `example_input`, the preprocessed first picture of the shelf (or a grey one) is it, in the
    shape that the first layer with weights asks for. A network that takes no pictures has
    `preprocess` None. Raises SourceError for what is no `torch.nn.Module`.
    """
    checked_module(model)
    given = example_input is not None
    example_input = example_input if given else example_input_for(model)
    prepare = _preprocess_for(example_input, preprocess, given=given)
    if prepare is not None and not given:
        picture = prepare(_first_picture(shelf)).tensor
        dtype = example_input.dtype if example_input.is_floating_point() else picture.dtype
        example_input = picture.to(device_of(model), dtype)
    kind = type(model)
    return LoadedNetwork(
        model=model,
        example_input=example_input,
        preprocess=prepare,
        class_names=tuple(class_names or ()),
        title=kind.__name__,
        source=f"{kind.__module__}.{kind.__qualname__}",
        weights="as given",
        warning="",
    )


def image_arguments(example: Any, tensor: torch.Tensor) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Arguments like those of `example`, but with `tensor` for its first one.

    All of them are copies, so that nothing that the model writes into them reaches the next
    run. Raises InvalidImage if the example has no tensor.
    """
    old = next(iter(tensors_in(example)), None)
    if old is None:
        raise InvalidImage(
            f"an example_input of {type(example).__name__} has no tensor that a picture could "
            "take the place of; give one that has"
        )
    new = tensor.to(old.device, old.dtype)
    return example_arguments(with_tensors(example, lambda one: new if one is old else one))


def example_arguments(example: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of `example`, in copies that the model may write into."""
    return call_arguments(cloned(example))


def only_tensor(example: Any) -> torch.Tensor | None:
    """The one tensor of an example; None if there are several, or none, or it is nested."""
    args, kwargs = call_arguments(example)
    direct = [v for v in (*args, *kwargs.values()) if isinstance(v, torch.Tensor)]
    return direct[0] if len(direct) == len(tensors_in(example)) == 1 else None


def refusal(loaded: LoadedNetwork) -> str:
    """Why no picture can be placed in this network; '' if one can."""
    if loaded.preprocess is not None:
        return ""
    only = only_tensor(loaded.example_input)
    if only is None:
        return _refusal_of_several(loaded)
    return (
        f"{loaded.title} takes {_described(only)}, which is no picture, and runs on the "
        "example_input it was served with; give preprocess=, a function from pixels (uint8, "
        "(H, W, 3)) to its input"
    )


def _refusal_of_several(loaded: LoadedNetwork) -> str:
    """Of several tensors, or one inside a list or dict: which of them a picture would take."""
    args, kwargs = call_arguments(loaded.example_input)
    named = named_arguments(loaded.model, args, kwargs)
    first = next(iter(tensors_in(loaded.example_input)), None)
    if first is None:
        return (
            f"the example_input of {loaded.title} has no tensor that a picture could take the "
            "place of; give one that has"
        )
    taken = next((f"'{name}'" for name, tensor in named if tensor is first), "the first one")
    inputs = ", ".join(f"'{name}' {_described(tensor)}" for name, tensor in named)
    others = "; the others stay as they are in the example" if len(named) > 1 else ""
    return (
        f"{loaded.title} takes {inputs}, and runs on the example_input it was served with; to "
        f"place pictures in {taken}, give preprocess=, a function from pixels (uint8, "
        f"(H, W, 3)) to it{others}"
    )


def _described(tensor: torch.Tensor) -> str:
    return f"{tuple(tensor.shape)} {str(tensor.dtype).removeprefix('torch.')}"


def picture_of(example: Any) -> np.ndarray:
    """The example as a picture, uint8 (H, W, 3): an image, waves as a plot, whole numbers as cells.

    Images have 1 or 3 channels, waves at most MOST_WAVES: (N), (1, N) or (1, C, N). Whole numbers,
    tokens for instance, are (N) or (B, N), also where other tensors follow them. Values are
    stretched from the least to the greatest; EMPTY_PICTURE for other inputs.
    """
    first = next(iter(tensors_in(example)), None)
    if first is not None and not first.is_floating_point() and not first.is_complex():
        return _cells(first)
    tensor = only_tensor(example)
    if tensor is None or not tensor.is_floating_point() or tensor.numel() == 0:
        return EMPTY_PICTURE
    tensor = torch.nan_to_num(tensor.detach().to("cpu", torch.float32), 0.0, 0.0, 0.0)
    if (waves := _waves_in(tensor)) is not None:
        return _plot(waves)
    if tensor.ndim not in (3, 4):
        return EMPTY_PICTURE
    planes = tensor[0] if tensor.ndim == 4 else tensor
    if planes.shape[0] not in (1, 3):
        return EMPTY_PICTURE
    low, high = planes.min(), planes.max()
    span = high - low if bool(high > low) else torch.ones(())
    pixels = ((planes - low) / span * 255).round().to(torch.uint8)
    return pixels.expand(3, -1, -1).permute(1, 2, 0).contiguous().numpy()


def _waves_in(tensor: torch.Tensor) -> np.ndarray | None:
    """The waves of the first sample, (C, N); None for what is an image, or more than a few."""
    if tensor.ndim == 1:
        return tensor[None].numpy()
    if tensor.ndim == 2:
        return tensor[:1].numpy()
    long = tensor.ndim == 3 and tensor.shape[2] >= 8 * tensor.shape[1]
    return tensor[0].numpy() if long and tensor.shape[1] <= MOST_WAVES else None


def _cells(numbers: torch.Tensor) -> np.ndarray:
    """Numbers (N), or the first of (B, N), as cells row by row, the greatest the brightest."""
    if numbers.ndim not in (1, 2) or not 0 < numbers.shape[-1] <= MOST_CELLS:
        return EMPTY_PICTURE
    values = numbers.reshape(-1, numbers.shape[-1])[0].to("cpu", torch.float64).numpy()
    count = len(values)
    columns = count if count <= ONE_ROW else math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    span = values.max() - values.min() or 1.0
    shares = 0.15 + 0.85 * (values - values.min()) / span
    ground, bright = np.array(PLOT_GROUND), np.array(PLOT_LINE)
    pitch = max(4, PLOT_SIZE[1] // columns)
    picture = np.full((rows * pitch, columns * pitch, 3), PLOT_GROUND, np.uint8)
    for place, share in enumerate(shares):
        row, column = divmod(place, columns)
        cell = picture[row * pitch :, column * pitch :][: pitch - pitch // 8, : pitch - pitch // 8]
        cell[:] = np.round(ground + share * (bright - ground))
    return picture


def _plot(waves: np.ndarray) -> np.ndarray:
    """The waves (C, N) below each other, all on one scale, uint8 (H, W, 3)."""
    low, high = float(waves.min()), float(waves.max())
    span = high - low or 1.0
    height, width = PLOT_SIZE[0] // len(waves), PLOT_SIZE[1]
    picture = np.full((height * len(waves), width, 3), PLOT_GROUND, np.uint8)
    rows = np.arange(height)[:, None]
    for wave, band in zip(waves, np.split(picture, len(waves)), strict=True):
        tops, bottoms = (
            np.round((0.94 - 0.88 * (values - low) / span) * (height - 1))
            for values in _extremes(wave, width)[::-1]
        )
        band[(rows >= tops - 1) & (rows <= bottoms + 1)] = PLOT_LINE
    return picture


def _extremes(wave: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest value in each of `columns` equal parts; neighbours share their ends."""
    at = np.arange(len(wave), dtype=np.float64)
    ends = np.linspace(0, len(wave) - 1, columns + 1)
    places = np.union1d(at, ends)
    values = np.interp(places, at, wave)
    first = np.searchsorted(places, ends)
    parts = [values[a : b + 1] for a, b in pairwise(first)]
    return np.array([part.min() for part in parts]), np.array([part.max() for part in parts])


def device_of(model: torch.nn.Module) -> torch.device:
    """Where the model's first parameter or buffer is; the CPU if it has none."""
    for tensor in (*model.parameters(), *model.buffers()):
        return tensor.device
    return torch.device("cpu")


def _preprocess_for(example: Any, preprocess: Any, *, given: bool) -> Preprocess | None:
    """The user's, or ImageNet's where the example is one tensor that a picture can make.

    The user's may make whatever is like the first tensor of an example that was given.
    """
    if preprocess is not None:
        first = next(iter(tensors_in(example)), None) if given else None
        return Preprocess.of(preprocess, example=first)
    tensor = only_tensor(example)
    if tensor is None or not tensor.is_floating_point():
        return None
    try:
        return Preprocess.of(None, shape=tuple(tensor.shape))
    except InvalidImage:
        return None


def _first_picture(shelf: Shelf) -> np.ndarray:
    pictures = shelf.pictures()
    return shelf.load(pictures[0].id) if pictures else np.full((256, 256, 3), 128, np.uint8)
