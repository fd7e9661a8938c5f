"""A real bridge with a small network, and a Python client beside it, for the C# client's tests.

Prints `bridge ENDPOINT TOKEN`. Reads commands from standard input and prints `done` after each:
`digest RUN` prints, of every layer that its own client got of that run, one line
`layer NAME SHA256-OF-RANGES SHA256-OF-CODES`; `expand BLOCK` and `collapse BLOCK` change the
document; `place SEED` places an image of random pixels, and prints `run NUMBER`.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import torch
from torch import nn

import layerwalk


class Small(nn.Module):
    """Three convolutions, the last two in a block."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block = nn.Sequential(nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Conv2d(16, 16, 3))
        self.head = nn.Linear(16, 10)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Scores of ten classes."""
        features = self.block(torch.relu(self.stem(image)))
        scores: torch.Tensor = self.head(features.mean(dim=(2, 3)))
        return scores


def main() -> None:
    """Serves until standard input ends."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    with (
        layerwalk.serve(Small().eval(), torch.zeros(1, 3, 64, 64)) as bridge,
        layerwalk.connect(bridge.endpoint, token=bridge.token) as client,
    ):
        print("bridge", bridge.endpoint, bridge.token, flush=True)
        for line in sys.stdin:
            obey(client, *line.split())
            print("done", flush=True)


def obey(client: layerwalk.Client, command: str, argument: str) -> None:
    """Does one command."""
    if command == "digest":
        number = client.wait_complete(int(argument))
        run = client._inbox.runs.get(number)
        assert run is not None
        for name, layer in run.layers.items():
            ranges = hashlib.sha256(layer.ranges.tobytes()).hexdigest()
            codes = hashlib.sha256(layer.levels[0][1].tobytes()).hexdigest()
            print("layer", name, ranges, codes)
    elif command == "place":
        pixels = np.random.default_rng(int(argument)).integers(0, 256, (64, 64, 3), np.uint8)
        print("run", client.place_image(pixels), flush=True)
    elif command == "expand":
        client.expand(argument)
    else:
        client.collapse(argument)


if __name__ == "__main__":
    main()
