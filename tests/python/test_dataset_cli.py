"""`layerwalk dataset`, and which layers of a network have places."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import layerwalk
from layerwalk.cli import main
from layerwalk.errors import InvalidDataset, UnknownLayer
from layerwalk.exporting import PRESETS, extract
from layerwalk.similarity import open_dataset, write_dataset
from layerwalk.similarity.grids import Grid, features_of, grids

RANDOM = np.random.default_rng(5)
Command = Callable[..., tuple[int, str, str]]


class Tokens(nn.Module):
    """Patches of a picture behind a class token, through torch's own attention."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 8, stride=8)
        self.cls = nn.Parameter(torch.randn(1, 1, 8))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        self.head = nn.Linear(8, 3)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        patches = self.patches(image).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.cls.expand(len(image), -1, -1), patches], dim=1)
        return self.head(self.block(tokens)[:, 0])


NETWORK = """
import torch
from torch import nn

def build():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2, padding=1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 4),
    )
"""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process: exit status, stdout and stderr."""
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # main replaces it
    monkeypatch.delenv("LAYERWALK_DEBUG", raising=False)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["layerwalk", "dataset", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return code or 0, out, err

    return run


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A picture of 96 × 64 pixels."""
    file = tmp_path / "cat.png"
    Image.fromarray(RANDOM.integers(0, 256, (64, 96, 3), np.uint8)).save(file)
    return file


# ---------------------------------------------------------------- places


def test_maps_have_places_and_single_values_none() -> None:
    model = nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(6, 4),
    )  # fmt: skip
    network = layerwalk.trace(model.eval(), torch.zeros(1, 3, 33, 47))
    assert grids(network) == {"0": Grid(16, 23, 6), "1": Grid(16, 23, 6)}


def test_tokens_stand_where_their_patches_are() -> None:
    model = Tokens().eval()
    network = layerwalk.trace(model, torch.zeros(1, 3, 40, 56))
    found = grids(network)
    assert found["patches"] == Grid(5, 7, 8)
    assert found["block.norm2"] == Grid(5, 7, 8, tokens=36, skipped=1)
    assert found["block.linear1"] == Grid(5, 7, 16, tokens=36, skipped=1)
    assert "head" not in found
    assert not [name for name in found if "softmax" in name], "attention is no picture"
    axes = next(node.axes for node in network.nodes if node.name == "block.norm2")
    values = np.arange(36 * 8, dtype=np.float32).reshape(1, 36, 8)
    features = features_of(values, axes, found["block.norm2"])
    assert (features[2, 3] == values[0, 1 + 2 * 7 + 3]).all()


def test_windows_and_attention_of_a_shifted_window_transformer_have_none() -> None:
    from torchvision.models import SwinTransformer

    model = SwinTransformer([4, 4], 24, [2, 1], [2, 2], [7, 7]).eval()
    network = layerwalk.trace(model, torch.zeros(1, 3, 112, 112))
    found = grids(network)
    assert found["features.1.0.mlp.0"] == Grid(28, 28, 96)
    assert found["features.3.0/add:2"] == Grid(14, 14, 48)
    sizes = {(grid.height, grid.width) for grid in found.values()}
    assert (49, 49) not in sizes and (28, 28) in sizes
    for node in network.nodes:
        if node.name in found:
            assert all(axis.size == 1 for axis in node.axes if axis.name == "batch"), node


def test_places_and_points_are_the_same_both_ways() -> None:
    grid = Grid(5, 7, 8)
    for y in range(5):
        for x in range(7):
            assert grid.pixel(*grid.point(x, y)) == (x, y)
    assert grid.pixel(1, 1) == (6, 4) and grid.pixel(0, 0) == (0, 0)
    with pytest.raises(layerwalk.errors.InvalidReference, match="outside of the picture"):
        grid.pixel(float("nan"), 0.5)
    with pytest.raises(layerwalk.errors.InvalidReference, match="no place of 7 × 5"):
        grid.point(7, 0)


# ---------------------------------------------------------------- create and info


def test_create_and_info(command: Command, tmp_path: Path, photograph: Path) -> None:
    cube = RANDOM.normal(size=(5, 6, 7))
    np.savez(tmp_path / "features.npz", cube)
    file = tmp_path / "F.zip"
    code, out, err = command(
        "create", tmp_path / "features.npz", "--precision", "16", "--overlay", photograph,
        "--name", "Katze", "-o", file,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "6 × 5 pixels, 7 features, 16 bits" in out
    found = open_dataset(file)
    assert found.name == "Katze" and found.precision == 16
    assert found.overlay is not None and found.overlay.shape == (64, 96, 3)
    spread = cube.max() - cube.min()
    assert (found.values == np.round((cube - cube.min()) / spread * 65535)).all()
    code, out, err = command("info", file)
    assert code == 0 and "Katze: 6 × 5 pixels, 7 features, 16 bits" in out
    assert "values from 0 to 65535" in out and "overlay of 96 × 64 pixels" in out
    code, _, err = command("create", tmp_path / "features.npz", "-o", file)
    assert code == 1 and "exists already" in err
    code, _, _ = command("create", file, "-o", tmp_path / "same.zip")
    assert code == 0 and (open_dataset(tmp_path / "same.zip").values == found.values).all()
    assert open_dataset(tmp_path / "same.zip").overlay_jpeg == found.overlay_jpeg


def test_features_first_and_one_of_several(command: Command, tmp_path: Path) -> None:
    values = RANDOM.integers(0, 256, (4, 5, 6), np.uint8)
    np.savez(tmp_path / "f.npz", other=np.ones(3), cube=values)
    code, _, err = command(
        "create",
        tmp_path / "f.npz",
        "--array",
        "cube",
        "--features-first",
        "-o",
        tmp_path / "o.zip",
    )
    assert code == 0, err
    assert (open_dataset(tmp_path / "o.zip").values == values.transpose(1, 2, 0)).all()


def test_wrong_usage_is_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    code, _, err = command("info", tmp_path / "bad.zip")
    assert code == 1 and err.startswith("error: the ZIP is damaged or cut off")
    code, _, err = command("create", "-o", tmp_path / "x.zip")
    assert code == 2 and "FEATURES" in err
    code, _, err = command("extract", "demo", "-o", tmp_path)
    assert code == 2 and "--layers" in err
    code, _, err = command("extract", "--preset", "resnet", "-o", tmp_path)
    assert code == 1 and "nearest: 'resnet101'" in err
    code, _, err = command("extract", "demo", "--preset", "resnet101", "-o", tmp_path)
    assert code == 1 and "leave SOURCE and --layers out" in err


# ---------------------------------------------------------------- extract


def test_extract_writes_what_a_layer_puts_out(
    command: Command, tmp_path: Path, photograph: Path
) -> None:
    (tmp_path / "small.py").write_text(NETWORK)
    folder = tmp_path / "made"
    code, out, err = command(
        "extract", f"{tmp_path / 'small.py'}:build", "--image", photograph, "--layers", "*",
        "--input-size", "32", "48", "--precision", "32", "-o", folder,
    )  # fmt: skip
    assert code == 0, err
    assert out.splitlines() == [str(folder / f"cat.png.{layer}.32.zip") for layer in (0, 1)]
    found = open_dataset(folder / "cat.png.0.32.zip")
    assert found.values.shape == (16, 24, 6) and found.name == "cat.png.0"
    assert found.overlay is not None and found.overlay.shape == (32, 48, 3)
    exported = layerwalk.export(
        f"{tmp_path / 'small.py'}:build", photograph, layers="0", folder=tmp_path / "exported",
        what="values", input_size=(32, 48),
    )  # fmt: skip
    assert exported.layers[0].values is not None
    values = np.load(exported.layers[0].values)[0].transpose(1, 2, 0).astype(np.float64)
    expected = np.round((values - values.min()) / (values.max() - values.min()) * (2**32 - 1))
    assert (found.values == expected).all()


def test_extract_of_tokens_and_of_what_has_no_places(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model, image = Tokens().eval(), torch.randn(1, 3, 40, 56)
    files = extract(model, example_input=image, layers=["block.norm2", "patches"], folder=tmp_path)
    assert [file.name for file in files] == ["Tokens.block.norm2.8.zip", "Tokens.patches.8.zip"]
    found = open_dataset(files[0])
    assert found.values.shape == (5, 7, 8) and found.overlay is None
    with pytest.raises(InvalidDataset, match="'head' of Tokens has no places"):
        extract(model, example_input=image, layers="head", folder=tmp_path)
    with pytest.raises(InvalidDataset, match="no layer of Tokens with places"):
        extract(model, example_input=image, layers="hea*", folder=tmp_path)
    with pytest.raises(UnknownLayer, match="'patch' is not in Tokens; nearest: 'patches'"):
        extract(model, example_input=image, layers="patch", folder=tmp_path)
    with pytest.raises(layerwalk.errors.ExportFailed, match="exists already"):
        extract(model, example_input=image, layers="patches", folder=tmp_path)


def test_the_layers_of_the_preset_are_there() -> None:
    """The pass itself is that of any other network; its weights are not at hand everywhere."""
    from torchvision.models import resnet101

    network = layerwalk.trace(resnet101().eval(), torch.zeros(1, 3, 64, 96))
    places = grids(network)
    sizes = [places[layer][:3] for layer in PRESETS["resnet101"].layers.values()]
    assert sizes == [(16, 24, 256), (8, 12, 512), (4, 6, 1024), (2, 3, 2048)]


def test_a_photograph_of_a_preset_is_neither_cropped_nor_scaled(
    tmp_path: Path, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.py").write_text(NETWORK)
    preset = type(PRESETS["resnet101"])(f"{tmp_path / 'small.py'}:build", {"A": "1"})
    monkeypatch.setitem(PRESETS, "small", preset)
    with pytest.warns(UserWarning, match="no --weights"):
        (file,) = extract(None, photograph, preset="small", folder=tmp_path / "made")
    assert file.name == "cat.png.A.8.zip"
    found = open_dataset(file)
    assert found.values.shape == (32, 48, 6)
    assert found.overlay is not None and found.overlay.shape == (64, 96, 3)
    assert write_dataset(tmp_path / "again.zip", found.values, name=found.name).exists()
