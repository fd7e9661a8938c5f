"""What a client receives is what plain hooks see, within half a quantization step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torchvision
from torch import nn

import layerwalk
from layerwalk.images import Preprocess

PICTURE = np.random.default_rng(0).integers(0, 256, (250, 300, 3), np.uint8)


def half_steps(received: np.ndarray, tensor: torch.Tensor) -> float:
    """How far off the worst value is, in halves of its tile's step; tiles are axis 0."""
    expected = tensor.numpy().reshape(len(tensor), -1).astype(np.float64)
    values = np.asarray(received, np.float64).reshape(expected.shape)
    half_step = (expected.max(1) - expected.min(1)) / 252 / 2
    rounding = 1e-6 * np.abs(expected).max(1) + 1e-30
    return float((np.abs(values - expected).max(1) / (half_step + rounding)).max())


def resnet18_by_hooks(model: nn.Module, image: torch.Tensor) -> dict[str, torch.Tensor]:
    """Every layer of torchvision's resnet18 by plain module hooks, with copies."""
    seen: dict[str, torch.Tensor] = {}

    def note(name: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: object, output: torch.Tensor) -> None:
            calls = sum(key == name or key.startswith(name + ":") for key in seen)
            seen[f"{name}:{calls + 1}" if calls else name] = output.clone()

        return hook

    leaves = [(name, one) for name, one in model.named_modules() if not list(one.children())]
    hooks = [one.register_forward_hook(note(name)) for name, one in leaves]
    with torch.no_grad():
        model(image)
    for hook in hooks:
        hook.remove()
    block_input = seen["maxpool"]
    for stage in (1, 2, 3, 4):
        for index in (0, 1):
            block = f"layer{stage}.{index}"
            identity = seen.get(f"{block}.downsample.1", block_input)
            seen[f"{block}/add"] = seen[f"{block}.bn2"] + identity
            block_input = seen[f"{block}.relu:2"]
    seen["flatten"] = seen["avgpool"].flatten(1)
    return seen


def test_every_layer_of_resnet18_is_within_half_a_step() -> None:
    torch.manual_seed(0)
    model = torchvision.models.resnet18(weights=None).eval()
    for module in model.modules():  # as if trained: no two channels alike
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.2)
            nn.init.normal_(module.bias, 0.0, 0.2)
            nn.init.uniform_(module.running_mean, -0.1, 0.1)
    expected = resnet18_by_hooks(model, Preprocess.imagenet((224, 224))(PICTURE).tensor)
    with (
        layerwalk.serve(model) as bridge,
        layerwalk.connect(bridge.endpoint, token=bridge.token) as client,
    ):
        run = client.place_image(PICTURE)
        client.wait_complete(run)
        assert set(client.layers()) == set(expected)
        assert len(expected) == 69
        for layer, tensor in expected.items():
            received = client.activation(layer, run=run)
            assert received.dtype == np.float32
            assert received.shape == tuple(tensor.shape[1:]), layer
            assert [axis.size for axis in received.axes] == list(received.shape)
            assert half_steps(received, tensor[0]) <= 1, layer
        best = expected["fc"][0].softmax(0).topk(10)
        names, confidences = zip(*client.prediction(run), strict=True)
        assert names == tuple(f"class {index}" for index in best.indices.tolist())
        assert confidences == pytest.approx(best.values.tolist(), rel=1e-5)


class Shares(nn.Module):
    """Divides by zero here and there, and has outputs of several kinds of axes."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3)
        self.norm = nn.LayerNorm(6)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        maps = self.conv(image)
        shares = maps / maps.relu()  # x / 0: -inf; relu(x) == x: 1
        odd = shares * (maps > 0.1)  # -inf * 0: NaN
        tokens = self.norm(maps.flatten(2).transpose(1, 2))
        last = maps.permute(0, 2, 3, 1).tanh()
        return odd.nan_to_num(0, 0, 0).mean() + tokens.mean() + last.mean()


def test_nan_and_infinities_arrive_as_such_and_axes_in_the_tensors_order() -> None:
    torch.manual_seed(0)
    model = Shares().eval()
    image = torch.randn(1, 3, 12, 12)
    with torch.no_grad():
        maps = model.conv(image)
        shares = (maps / maps.relu())[0]
        odd = shares * (maps > 0.1)[0]
        tokens = model.norm(maps.flatten(2).transpose(1, 2))[0]
        last = maps.permute(0, 2, 3, 1).tanh()[0]
    assert shares.isinf().any()
    assert odd.isnan().any()
    with (
        layerwalk.serve(model, image) as bridge,
        layerwalk.connect(bridge.endpoint, token=bridge.token) as client,
    ):
        client.wait_complete()
        kinds = {node.kind: node.name for node in client.network().nodes}
        products = [node.name for node in client.network().nodes if node.kind == "mul"]
        quotients = [node.name for node in client.network().nodes if "div" in node.kind]
        for name, tensor in ((quotients[0], shares), (products[0], odd)):
            np.testing.assert_allclose(client.activation(name), tensor.numpy(), atol=1e-5)
        for name, tensor in (("norm", tokens), (kinds["tanh"], last)):
            received = client.activation(name)
            assert received.shape == tuple(tensor.shape)
            assert [axis.size for axis in received.axes] == list(tensor.shape)
            spread = float(tensor.max() - tensor.min())
            np.testing.assert_allclose(received, tensor.numpy(), atol=spread / 252 / 2 * 1.01)


def test_coarse_levels_are_averages_of_the_full_one() -> None:
    torch.manual_seed(0)
    model = nn.Conv2d(3, 5, 3, padding=1)
    image = torch.nn.functional.interpolate(torch.randn(1, 3, 4, 4), 16)
    with (
        layerwalk.serve(model, image) as bridge,
        layerwalk.connect(bridge.endpoint, token=bridge.token) as client,
    ):
        layer = client.layers()[0]
        client.wait_complete()
        full = np.asarray(client.activation(layer))
        before = client.stats().bytes

    with (
        layerwalk.serve(model, image) as bridge,
        layerwalk.connect(bridge.endpoint, token=bridge.token, layers=()) as client,
    ):
        client.request("*", levels=(2,))
        client.wait_complete()
        coarse = np.asarray(client.activation(layer))
        assert client.stats().bytes < before / 4
    assert coarse.shape == (5, 4, 4)
    averages = full.reshape(5, 4, 4, 4, 4).mean((2, 4))
    step = (full.max((1, 2)) - full.min((1, 2))) / 252
    assert (np.abs(coarse - averages).max((1, 2)) <= step).all()
