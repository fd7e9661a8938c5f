"""Networks for bridges: quick ones, and one that can be stopped in the middle of its pass."""

from __future__ import annotations

import threading

import numpy as np
import torch
from torch import nn

from .viewers import PATIENCE_S

IMAGE = torch.linspace(-1, 1, 3 * 16 * 16).reshape(1, 3, 16, 16)
PICTURE = np.random.default_rng(0).integers(0, 256, (20, 24, 3), np.uint8)
OTHER = np.zeros((20, 24, 3), np.uint8)


def tiny() -> nn.Module:
    """A network of four layers, in two blocks."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()),
        nn.Sequential(nn.Flatten(), nn.Linear(4 * 14 * 14, 3)),
    )


class Gated(nn.Module):
    """Waits in the middle of its pass while the gate is closed, and counts its passes."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.second = nn.ReLU()
        self.gate, self.inside = threading.Event(), threading.Event()
        self.gate.set()
        self.passes = 0

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        self.passes += 1
        maps = self.first(image)
        self.inside.set()
        assert self.gate.wait(PATIENCE_S)
        return self.second(maps)


class Moody(nn.Module):
    """Raises, or takes another way through itself, as the picture wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.dark, self.bright = nn.Conv2d(3, 2, 1), nn.Conv2d(3, 5, 1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        mean = float(image.mean())
        if mean > 2:
            raise ValueError("too bright by far")
        return self.bright(image) if mean > 0 else self.dark(image)
