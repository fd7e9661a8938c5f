"""Small models whose ways through themselves are all a little different."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Heads = namedtuple("Heads", ["scores", "boxes"])


class TwoPaths(nn.Module):
    """Takes another way through itself for bright images than for dark ones."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.bright = nn.Conv2d(4, 2, 1)
        self.dark = nn.Conv2d(4, 2, 3)

    def forward(self, image: Tensor) -> Tensor:
        maps = self.conv(image)
        return self.bright(maps) if image.mean() > 0 else self.dark(maps)


class Residual(nn.Module):
    """A block with an in-place ReLU that is called twice, the second time behind an addition."""

    def __init__(self, channels: int = 4) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, maps: Tensor) -> Tensor:
        out = self.relu(self.conv(maps))
        out += maps
        return self.relu(out)


class Nested(nn.Module):
    """Several inputs and outputs: a dictionary in, a dictionary with a named tuple out."""

    def __init__(self) -> None:
        super().__init__()
        self.left = nn.Linear(4, 3)
        self.right = nn.Linear(4, 3)

    def forward(self, batch: dict[str, Tensor], scale: Tensor | None = None) -> dict[str, object]:
        left, right = self.left(batch["a"]), self.right(batch["b"])
        if scale is not None:
            left = left * scale
        return {"heads": Heads(left, right), "both": [torch.cat([left, right], dim=1)]}


@dataclass
class ModelOutput:
    logits: Tensor
    hidden: tuple[Tensor, ...] = ()


class WithDataclass(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = nn.Linear(4, 2)

    def forward(self, x: Tensor) -> ModelOutput:
        hidden = F.gelu(self.first(x))
        return ModelOutput(self.second(hidden), (hidden,))


class Raising(nn.Module):
    """Raises in the middle of a nested module; catches it itself if told so."""

    def __init__(self, *, catches: bool = False) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.inner = nn.Sequential(Residual(4), nn.Conv2d(5, 4, 1))
        self.after = nn.Conv2d(4, 2, 1)
        self.catches = catches

    def forward(self, image: Tensor) -> Tensor:
        maps = self.conv(image)
        try:
            maps = self.inner(maps)
        except RuntimeError:
            if not self.catches:
                raise
        return torch.sigmoid(self.after(maps))


class Attention(nn.Module):
    """Torch's own transformer layer, which has a fused path that hides its inside."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.layer(tokens)


class Views(nn.Module):
    """Writes into its activations through views."""

    def __init__(self) -> None:
        super().__init__()
        self.left = nn.Conv2d(2, 2, 1)
        self.right = nn.Conv2d(2, 2, 1)

    def forward(self, image: Tensor) -> Tensor:
        first, second = image.clone().chunk(2, dim=1)
        first.mul_(2)
        out = torch.zeros_like(image)
        out[:, :2] = self.left(first)
        out[:, 2:].copy_(self.right(second))
        return out.relu()
