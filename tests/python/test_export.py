"""Exports: values are what hooks see, files come whole or not at all, descriptions are true."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import layerwalk
from layerwalk.errors import (
    ExportFailed,
    InvalidImage,
    LayerwalkError,
    RunFailed,
    SourceError,
    UnknownLayer,
)

from .models import Residual
from .photographs import photograph

PICTURE = photograph(40, 40)


class Everything(nn.Module):
    """Reused and in-place modules, functional ops, several outputs, every kind of number."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.block = Residual(4)
        self.volume = nn.Conv3d(4, 2, (2, 3, 3), padding=1)
        self.rows = nn.LSTM(16, 5, batch_first=True)
        self.token = nn.Linear(5, 6)
        self.head = nn.Linear(6, 3)

    def forward(self, image: torch.Tensor) -> dict[str, torch.Tensor]:
        maps = self.block(self.stem(image))
        volume = self.volume(torch.stack([maps, maps.neg()], 2))
        rows, _ = self.rows(maps.mean(1))
        tokens = self.token(rows)
        return {
            "scores": self.head(tokens.mean(1)),
            "half": maps.half(),
            "brain": maps.bfloat16(),
            "double": maps.double() / 3,
            "whole": (maps * 1e9).long(),
            "mask": maps > 0.5,
            "complex": torch.fft.fft(volume),
            "turned": maps.transpose(2, 3),
            "flipped": tokens[0].t(),
            "one": maps.sum(),
        }


def everything() -> nn.Module:
    torch.manual_seed(0)
    return Everything()


EXAMPLE = torch.linspace(-1, 1, 3 * 16 * 16).reshape(1, 3, 16, 16)


def exported(folder: Path, layers: str | list[str] = "*", **options: Any) -> layerwalk.Exported:
    model = options.pop("model", None) or everything()
    options = {"example_input": EXAMPLE} | options
    return layerwalk.export(model, layers=layers, folder=folder, **options)


def values(made: layerwalk.Exported, layer: str) -> np.ndarray:
    found = next(one for one in made.layers if one.layer == layer)
    assert found.values is not None
    return np.load(found.values)


def described(made: layerwalk.Exported, layer: str) -> dict[str, Any]:
    found = next(one for one in made.layers if one.layer == layer)
    return json.loads(found.description.read_text("utf-8"))


# ---------------------------------------------------------------- values


def test_values_are_bit_by_bit_what_forward_hooks_see(tmp_path: Path) -> None:
    model = everything()
    seen: dict[str, list[np.ndarray]] = {}

    def note(name: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: Any, output: Any) -> None:
            first = output if isinstance(output, torch.Tensor) else output[0]
            seen.setdefault(name, []).append(first.detach().clone().numpy())

        return hook

    leaves = {n: m for n, m in model.named_modules() if n and not list(m.children())}
    hooks = [module.register_forward_hook(note(name)) for name, module in leaves.items()]
    with torch.no_grad():
        output = model.eval()(EXAMPLE)
    for hook in hooks:
        hook.remove()
    made = exported(tmp_path, model=model)
    assert len(seen["block.relu"]) == 2
    for name, arrays in seen.items():
        for number, expected in enumerate(arrays, 1):
            found = values(made, name if number == 1 else f"{name}:{number}")
            assert found.dtype == np.float32
            assert found.flags.c_contiguous
            np.testing.assert_array_equal(found, expected)
    for layer, key, dtype in [
        ("half", "half", np.float32),
        ("bfloat16", "brain", np.float32),
        ("transpose", "turned", np.float32),
        ("t", "flipped", np.float32),
        ("sum", "one", np.float32),
        ("div", "double", np.float64),
        ("long", "whole", np.int64),
        ("gt", "mask", np.bool_),
        ("fft_fft", "complex", np.complex64),
    ]:
        found = values(made, layer)
        expected = output[key].float() if output[key].dtype is torch.bfloat16 else output[key]
        assert (found.dtype, found.shape) == (dtype, tuple(expected.shape))
        assert found.flags.c_contiguous
        np.testing.assert_array_equal(found, expected.numpy())
    assert [one.layer for one in made.layers] == list(layerwalk.trace(model, EXAMPLE).layers())


def test_one_archive_holds_the_same_values_by_name(tmp_path: Path) -> None:
    alone = exported(tmp_path / "npy", what="values")
    made = exported(tmp_path / "npz", what=["values"], format="npz")
    with np.load(tmp_path / "npz" / "values.npz") as archive:
        assert archive.files == [one.layer for one in alone.layers]
        for name in archive.files:
            np.testing.assert_array_equal(archive[name], values(alone, name))
    assert {one.values for one in made.layers} == {tmp_path / "npz" / "values.npz"}
    assert described(made, "block/add")["values"] == {
        "file": "../values.npz", "key": "block/add", "dtype": "float32",
    }  # fmt: skip
    again = exported(tmp_path / "again", what="values", format="npz")
    first = (tmp_path / "npz" / "values.npz").read_bytes()
    assert (again.folder / "values.npz").read_bytes() == first


def test_an_image_goes_through_the_preprocessing(tmp_path: Path) -> None:
    model = everything()
    file = tmp_path / "noise.png"
    Image.fromarray(PICTURE).save(file)

    def preprocess(pixels: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(pixels[:16, :16] / np.float32(255)).permute(2, 0, 1)

    made = exported(tmp_path / "out", "stem", model=model, image=file, preprocess=preprocess)
    with torch.no_grad():
        expected = model.stem(preprocess(PICTURE)[None])
    np.testing.assert_array_equal(values(made, "stem"), expected.numpy())
    about = described(made, "stem")
    assert about["image"] == {
        "name": "noise.png",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "width": 40,
        "height": 40,
    }
    assert about["preprocessing"] == "your preprocessing"
    pixels = exported(tmp_path / "two", "stem", model=model, image=PICTURE, preprocess=preprocess)
    np.testing.assert_array_equal(values(pixels, "stem"), values(made, "stem"))


def test_it_leaves_no_trace_in_the_model_nor_in_the_generators(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Dropout(0.5), nn.Conv2d(3, 2, 1)).train()
    model.append(Noisy())
    torch.manual_seed(3)
    state = torch.get_rng_state()
    exported(tmp_path, model=model)
    assert torch.equal(torch.get_rng_state(), state)
    assert model.training and model[0].training
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())


class Noisy(nn.Module):
    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        return maps + torch.rand_like(maps)


# ---------------------------------------------------------------- descriptions


def test_the_description_says_what_the_files_are(tmp_path: Path) -> None:
    made = exported(tmp_path, "stem", channels=[3, 1], colour_map="grey")
    about = described(made, "stem")
    array = values(made, "stem")
    assert about["layerwalk"] == layerwalk.__version__
    assert about["torch"] == torch.__version__
    assert about["model"]["title"] == "Everything"
    assert about["model"]["source"].endswith("test_export.Everything")
    assert about["model"]["weights"] == "as given"
    assert about["image"] is None
    assert about["preprocessing"] == "none: the example input"
    assert (about["layer"], about["kind"], about["dtype"]) == ("stem", "Conv2d", "float32")
    assert about["shape"] == [1, 4, 16, 16]
    assert [(axis["name"], axis["size"], axis["role"]) for axis in about["axes"]] == [
        ("batch", 1, "index"),
        ("channel", 4, "tile"),
        ("height", 16, "row"),
        ("width", 16, "column"),
    ]
    assert about["selected"] == {"batch": 0}
    assert about["values"] == {"file": "values.npy", "dtype": "float32"}
    assert [(tile["channel"], tile["file"]) for tile in about["tiles"]] == [
        (1, "tiles/1.png"),
        (3, "tiles/3.png"),
    ]
    for tile in about["tiles"]:
        own = array[0, tile["channel"]]
        assert (tile["low"], tile["offset"]) == (own.min(), own.min())
        assert tile["high"] == pytest.approx(own.max(), abs=tile["step"] / 100)
        assert tile["step"] == pytest.approx((own.max() - own.min()) / 252)
    assert about["colours"]["map"] == "grey"
    assert about["colours"]["normalization"] == "layer"
    assert about["colours"]["centred"] is True
    sheet = made.layers[0].sheet
    assert sheet == tmp_path / "stem" / about["sheet"]
    assert made.layers[0].tiles == tuple(tmp_path / "stem" / t["file"] for t in about["tiles"])


def test_the_result_names_every_file_and_counts_their_bytes(tmp_path: Path) -> None:
    made = exported(tmp_path / "a" / "b", ["stem", "block*"])
    found = {path for path in made.folder.rglob("*") if path.is_file()}
    assert set(made.paths) == found
    assert made.bytes == sum(path.stat().st_size for path in found)
    assert [one.layer for one in made.layers][:3] == ["stem", "block.conv", "block.relu"]
    assert made.layers[3].folder.name == "block-add"


@pytest.mark.parametrize("what", ["tiles", "sheet", "values"])
def test_only_what_is_asked_for_is_written(tmp_path: Path, what: str) -> None:
    (one,) = exported(tmp_path, "stem", what=what).layers
    kinds = {"tiles": bool(one.tiles), "sheet": bool(one.sheet), "values": bool(one.values)}
    assert [kind for kind, made in kinds.items() if made] == [what]
    about = json.loads(one.description.read_text())
    assert (about["sheet"] is None) == (what != "sheet")
    assert (about["values"] is None) == (what != "values")
    assert (about["tiles"][0]["file"] is None) == (what != "tiles")


def test_single_values_make_a_sheet_and_no_pictures_of_one_pixel(tmp_path: Path) -> None:
    made = exported(tmp_path, ["head", "sum", "mean"])
    assert [len(one.tiles) for one in made.layers] == [0, 0, 1]
    assert all(one.sheet and one.sheet.is_file() for one in made.layers)


def test_channels_that_a_layer_has_not_are_left_out(tmp_path: Path) -> None:
    made = exported(tmp_path, ["stem", "volume", "head"], channels=range(2, 100))
    tiles = {one.layer: [path.name for path in one.tiles] for one in made.layers}
    assert tiles == {"stem": ["2.png", "3.png"], "volume": [], "head": []}
    assert [bool(one.sheet) for one in made.layers] == [True, False, True]
    assert values(made, "volume").shape == (1, 2, 3, 16, 16)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"layers": "stam"}, UnknownLayer, "'stam' is not in Everything; nearest: 'stem'"),
        ({"layers": "nothing.*"}, UnknownLayer, "'nothing.*' is not in Everything; there are"),
        ({"layers": []}, UnknownLayer, "no layer is named"),
        ({"layers": "stem", "channels": [4, 9]}, ExportFailed, r"\(4, 9\).* has 0 to 3"),
        ({"layers": "stem", "channels": []}, ExportFailed, r"\(none\)"),
        ({"layers": "stem", "what": ["tile"]}, ExportFailed, "nearest: 'tiles'"),
        ({"layers": "stem", "what": []}, ExportFailed, "what '' is not known; give tiles or"),
        ({"layers": "stem", "format": "mat"}, ExportFailed, "format 'mat'.*npy or npz"),
        ({"layers": "stem", "normalization": "tile"}, ExportFailed, "layer or channel"),
        ({"layers": "stem", "colour_map": "jet"}, ExportFailed, "'jet' is no colour map; there"),
        ({"layers": "stem", "colour_map": "virids"}, ExportFailed, "nearest: 'viridis'"),
        ({"layers": "stem", "image": "nowhere.png"}, InvalidImage, "'nowhere.png' cannot be read"),
        ({"layers": "stem", "image": 3}, InvalidImage, "of type int"),
        ({"layers": "stem", "weights": "none"}, SourceError, "a module takes no weights="),
        ({"layers": "x", "model": "demo"}, SourceError, "a SOURCE takes no example_input="),
        ({"layers": "x", "example_input": None}, InvalidImage, "Everything takes an image"),
        ({"layers": "x", "example_input": torch.zeros(2, 2)}, RunFailed, "raised RuntimeError"),
    ],
)
def test_refusals_are_clear_and_leave_nothing(
    tmp_path: Path, options: dict[str, Any], error: type[LayerwalkError], words: str
) -> None:
    with pytest.raises(error, match=words):
        exported(tmp_path / "maps" / "new", **options)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_there_are_replaced_only_by_force(tmp_path: Path) -> None:
    exported(tmp_path, "stem")
    foreign = tmp_path / "stem" / "notes.txt"
    foreign.write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    torch.manual_seed(1)
    other = Everything()
    with pytest.raises(ExportFailed, match=r"'.*0\.png' exists already and 6 more.*--force"):
        exported(tmp_path, ["block.conv", "stem"], model=other)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    made = exported(tmp_path, "stem", model=other, force=True)
    assert foreign.read_text() == "mine"
    assert {path for path in made.paths if path.read_bytes() == before[path]} == set()
    exported(tmp_path, "block.conv")  # what has other names needs no force


@pytest.mark.parametrize("blocked", ["stem/sheet.png/", "stem", "stem/tiles", ""])
def test_what_cannot_be_replaced_is_told(tmp_path: Path, blocked: str) -> None:
    folder = tmp_path / "maps"
    place = folder / blocked
    if blocked.endswith("/"):
        place.mkdir(parents=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("here")
    with pytest.raises(ExportFailed, match=f"'{place}' is a f"):
        exported(folder, "stem", force=True)
    assert list(tmp_path.rglob(".layerwalk*")) == []


def test_a_layer_that_comes_only_once_is_told(tmp_path: Path) -> None:
    class Once(nn.Module):
        passes = 0

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            self.passes += 1
            return image.exp() if self.passes == 1 else image.sin()

    with pytest.raises(RunFailed, match="'exp' of Once ran in one pass and not in the next"):
        exported(tmp_path / "maps", "exp", model=Once())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_a_pass_that_ends_in_its_middle_leaves_no_files(
    tmp_path: Path, error: type[BaseException]
) -> None:
    class Breaking(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.passes = nn.Conv2d(3, 4, 1), 0

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            maps = self.conv(image)
            self.passes += 1
            if self.passes == 2:
                assert next(tmp_path.rglob("layer.json"))  # something was written already
                raise error("no more")
            return maps

    expected = KeyboardInterrupt if error is KeyboardInterrupt else RunFailed
    with pytest.raises(expected):
        exported(tmp_path / "a" / "maps", "conv", model=Breaking())
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    class Unplugged(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.passes = nn.Conv2d(3, 4, 1), 0

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            self.passes += 1
            if self.passes == 2:  # the disk goes away
                (staging,) = (tmp_path / "maps").iterdir()
                staging.rmdir()
                staging.write_text("")
            return self.conv(image)

    with pytest.raises(ExportFailed, match=r"cannot be written \(Not a directory\)"):
        exported(tmp_path / "maps", "conv", model=Unplugged())


def test_a_model_that_catches_everything_does_not_hide_that_a_layer_cannot_be_read(
    tmp_path: Path,
) -> None:
    class Freeing(nn.Module):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            maps = image.clone()
            maps.untyped_storage().resize_(4)
            try:
                maps.view(-1)
            except Exception:
                return image
            return image.exp()

    with pytest.raises(ExportFailed, match=r"'view' cannot be read .*no memory of its own"):
        exported(tmp_path / "maps", ["clone", "view"], model=Freeing())
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- the package


def test_the_function_stays_the_function_whatever_is_imported() -> None:
    code = (
        "import layerwalk, layerwalk.exporting.passes, layerwalk.cli.main, layerwalk.cli.export\n"
        "from layerwalk.exporting.passes import export\n"
        "assert layerwalk.export is export, layerwalk.export"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
