"""From the user's model, example and pictures to what a forward pass takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from layerwalk.capture import cloned, tensors_in, with_tensors
from layerwalk.errors import InvalidImage
from layerwalk.images import Preprocess, Shelf
from layerwalk.introspection.tracing import call_arguments, checked_module
from layerwalk.sources import LoadedNetwork, example_input_for

EMPTY_PICTURE = np.full((1, 1, 3), 24, np.uint8)  # stands for an input that is no picture


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
    shapes = ", ".join(
        f"{tuple(tensor.shape)} {str(tensor.dtype).removeprefix('torch.')}"
        for tensor in tensors_in(loaded.example_input)
    )
    return (
        f"{loaded.title} takes {shapes}, which is no picture, and runs on the example_input it "
        "was served with; give preprocess=, a function from pixels (uint8, (H, W, 3)) to its "
        "(first) input"
    )


def picture_of(example: Any) -> np.ndarray:
    """The example itself as a picture, uint8 (H, W, 3), if it has 1 or 3 channels.

    Values are stretched from the least to the greatest; EMPTY_PICTURE for other inputs.
    """
    tensor = only_tensor(example)
    if tensor is None or not tensor.is_floating_point() or tensor.ndim not in (3, 4):
        return EMPTY_PICTURE
    planes = (tensor[0] if tensor.ndim == 4 else tensor).detach().to("cpu", torch.float32)
    if planes.shape[0] not in (1, 3) or planes.numel() == 0:
        return EMPTY_PICTURE
    planes = torch.nan_to_num(planes)
    low, high = planes.min(), planes.max()
    span = high - low if bool(high > low) else torch.ones(())
    pixels = ((planes - low) / span * 255).round().to(torch.uint8)
    return pixels.expand(3, -1, -1).permute(1, 2, 0).contiguous().numpy()


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
