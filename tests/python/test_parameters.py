"""Every parameter that a pass uses is counted, and counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torchvision
from torch import nn
from torch.nn import functional as F

from layerwalk.introspection import trace
from layerwalk.network import Block, Network

from .models import Attention

torch.set_num_threads(1)


def total(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


def block_of(network: Network, name: str) -> Block:
    return next(block for block in network.blocks if block.name == name)


class Reused(nn.Module):
    """A convolution and a norm that are called four times, as in a pyramid's head."""

    def __init__(self) -> None:
        super().__init__()
        self.head = nn.Sequential(nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for _ in range(4):
            x = self.head(x)
        return x


class Tied(nn.Module):
    """Two modules with one weight, which an op reads once more."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(5, 4)
        self.scores = nn.Linear(4, 5, bias=False)
        self.scores.weight = self.words.weight

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        return F.linear(self.words(words), self.words.weight) + self.scores(self.words(words))


class Nests(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.inner = Attention()
        self.frozen = torch.jit.script(nn.Linear(8, 8))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.frozen(self.frozen(self.inner(x)))


def detector() -> nn.Module:
    return torchvision.models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(
        weights=None, weights_backbone=None
    )


@pytest.mark.parametrize(
    ("build", "example"),
    [
        (Reused, torch.rand(1, 3, 8, 8)),
        (Tied, torch.tensor([[1, 2, 3]])),
        (Nests, torch.rand(1, 3, 8)),
        (lambda: nn.TransformerEncoder(encoder_layer(), 2), torch.rand(1, 3, 16)),
        (torchvision.models.vit_b_16, torch.rand(1, 3, 224, 224)),
        (torchvision.models.swin_t, torch.rand(1, 3, 64, 64)),
        (detector, ([torch.rand(3, 64, 64)],)),
    ],
)
def test_the_network_has_the_models_parameters(build: Callable[[], Any], example: Any) -> None:
    model = build().eval()
    network = trace(model, example)
    assert network.parameters == total(model)
    modules = dict(model.named_modules())
    for block in network.blocks:
        assert block.parameters == total(modules[block.name]), block.name


def encoder_layer() -> nn.TransformerEncoderLayer:
    return nn.TransformerEncoderLayer(16, 4, 64, batch_first=True)


def test_nodes_that_share_a_module_say_what_each_of_them_uses() -> None:
    network = trace(Reused(), torch.rand(1, 3, 8, 8))
    assert [node.parameters for node in network.nodes] == 4 * [84, 6]
    assert (network.parameters, block_of(network, "head").parameters) == (90, 90)


def test_parameters_that_no_node_uses_are_not_counted() -> None:
    class Idle(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.used, self.idle = nn.Linear(2, 3), nn.Linear(2, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.used(x)

    assert trace(Idle(), torch.rand(1, 2)).parameters == 9
