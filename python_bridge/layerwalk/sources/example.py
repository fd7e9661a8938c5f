"""An input to trace a network with, when nobody gave one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import nn

DEFAULT_SIZE = (224, 224)


def example_input_for(model: nn.Module, input_size: tuple[int, int] | None = None) -> torch.Tensor:
    """Zeros shaped as the first layer with weights asks: (1, C, h, w) for a convolution.

    A `Linear` first means vectors, (1, features), unless an `input_size` (height, width) says
    that pictures come in; a `Conv3d` gets 16 frames. On the device of the model's parameters.
    """
    import torch
    from torch import nn

    height, width = input_size or DEFAULT_SIZE
    shape: tuple[int, ...] = (1, 3, height, width)
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            shape = (1, module.in_channels, height, width)
        elif isinstance(module, nn.Conv3d):
            shape = (1, module.in_channels, 16, height, width)
        elif isinstance(module, nn.Linear) and input_size is None:
            shape = (1, module.in_features)
        else:
            continue
        break
    parameter = next(model.parameters(), None)
    return torch.zeros(shape, device=None if parameter is None else parameter.device)
