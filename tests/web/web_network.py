"""The small network that the tests walk through: real layers, fixed weights, real pictures."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import nn

import layerwalk
from layerwalk.images import Preprocess
from layerwalk.sources import LoadedNetwork

SIZE = 32
CLASSES = ("apple", "brick", "cloud", "dune", "ember", "fern", "grass", "hill", "iris", "jade")


class Residual(nn.Module):
    """Two convolutions and what came in."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x + self.conv2(self.relu(self.norm(self.conv1(x)))))


def small_network() -> nn.Module:
    """A stem, two residual blocks, a pool and a classifier; the same weights every time."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        layers = OrderedDict(
            stem=nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ReLU()),
            body=nn.Sequential(Residual(8), Residual(8)),
            pool=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            head=nn.Linear(8, len(CLASSES)),
        )
        network = nn.Sequential(layers).eval()
    _tell_apart(network)
    return network


def _tell_apart(network: nn.Sequential) -> None:
    """Turns the classifier towards what differs between the pictures."""
    inputs = torch.stack([prepare(Image.fromarray(p)) for p in pictures().values()])
    with torch.no_grad():
        seen = network[:-1](inputs)
        network.head.weight *= 12 / (seen - seen.mean(0)).norm()
        network.head.bias.copy_(-network.head.weight @ seen.mean(0))


def prepare(image: Image.Image) -> torch.Tensor:
    """Preprocessing of the tests: values in -1 .. 1, at the network's size."""
    pixels = np.asarray(image.convert("RGB").resize((SIZE, SIZE)), np.float32)
    return torch.from_numpy(pixels / 127.5 - 1).permute(2, 0, 1)


def pictures() -> dict[str, np.ndarray]:
    """Three pictures that the network tells apart, uint8 (SIZE, SIZE, 3)."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / (SIZE - 1)
    rings = 0.5 + 0.5 * np.sin(24 * np.hypot(x - 0.4, y - 0.6))
    checks = ((np.floor(x * 6) + np.floor(y * 6)) % 2).astype(float)
    made = {
        "rings": np.stack([rings, x, 1 - y], -1),
        "checks": np.stack([checks, 1 - checks, 0.2 + 0 * x], -1),
        "slope": np.stack([x * y, 1 - x, y], -1),
    }
    return {name: np.round(255 * picture).astype(np.uint8) for name, picture in made.items()}


def activations(model: nn.Module, picture: np.ndarray) -> dict[str, np.ndarray]:
    """Outputs of all leaf modules by plain hooks, each (channels, rows, columns) or (n, 1, 1)."""
    found: dict[str, np.ndarray] = {}

    def keep(name: str):  # type: ignore[no-untyped-def]
        def hook(module: nn.Module, args: object, output: torch.Tensor) -> None:
            array = output.detach().clone().numpy()[0]
            found[name] = array if array.ndim == 3 else array.reshape(-1, 1, 1)

        return hook

    leaves = [(n, m) for n, m in model.named_modules() if n and not list(m.children())]
    handles = [module.register_forward_hook(keep(name)) for name, module in leaves]
    with torch.no_grad():
        model(prepare(Image.fromarray(picture))[None])
    for handle in handles:
        handle.remove()
    return found


def prediction(model: nn.Module, picture: np.ndarray) -> list[tuple[str, float]]:
    """All classes with their softmax, best first."""
    scores = activations(model, picture)["head"].ravel()
    shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    return [(CLASSES[i], float(shares[i])) for i in np.argsort(-shares)]


def serve(model: nn.Module, pictures: dict[str, np.ndarray], **options: Any) -> layerwalk.Bridge:
    """A bridge to the network with these pictures; `options` as for `layerwalk.serve`."""
    return layerwalk.serve(
        model, images=pictures, preprocess=prepare, class_names=CLASSES, **options
    )


def loaded(model: nn.Module) -> LoadedNetwork:
    """The network as a loader of the command line would return it."""
    return LoadedNetwork(
        model=model,
        example_input=torch.zeros(1, 3, SIZE, SIZE),
        preprocess=Preprocess.custom(prepare),
        class_names=CLASSES,
        title="Small",
        source="tests",
        weights="fixed",
    )
