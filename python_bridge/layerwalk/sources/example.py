"""An input to trace a network with, when nobody gave one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import nn

DEFAULT_SIZE = (224, 224)
_SAMPLES = 1024  # of a wave: more than wide kernels and a few poolings take away
_TOKENS = 16


def example_input_for(model: nn.Module, input_size: tuple[int, int] | None = None) -> torch.Tensor:
    """Zeros shaped as the first layer with weights asks: (1, C, h, w) for a convolution.

    A `Linear` first means vectors, (1, features), a `Conv1d` waves, (1, C, 1024), and an
    `Embedding` 16 integers, (1, 16), unless an `input_size` (height, width) says that pictures
    come in; a `Conv3d` gets 16 frames.
    On the device of the model's parameters, of their type unless these are integers.
    """
    import torch
    from torch import nn

    height, width = input_size or DEFAULT_SIZE
    shape: tuple[int, ...] = (1, 3, height, width)
    dtype: torch.dtype | None = None
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            shape = (1, module.in_channels, height, width)
        elif isinstance(module, nn.Conv3d):
            shape = (1, module.in_channels, 16, height, width)
        elif isinstance(module, nn.Conv1d) and input_size is None:
            shape = (1, module.in_channels, _SAMPLES)
        elif isinstance(module, nn.Linear) and input_size is None:
            shape = (1, module.in_features)
        elif isinstance(module, nn.Embedding | nn.EmbeddingBag) and input_size is None:
            shape, dtype = (1, _TOKENS), torch.int64
        else:
            continue
        break
    for parameter in model.parameters():
        if parameter.is_floating_point():
            return torch.zeros(shape, dtype=dtype or parameter.dtype, device=parameter.device)
    return torch.zeros(shape, dtype=dtype)
