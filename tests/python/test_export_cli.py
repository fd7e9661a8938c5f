"""`layerwalk export`, and what its page says of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from layerwalk.cli import main

from .photographs import photograph

PAGE = Path(__file__).parents[2] / "docs" / "export.md"
NETWORK = """
import torch
from torch import nn

def build():
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 12, 3), nn.ReLU(), nn.Flatten(), nn.Linear(12 * 14 * 18, 5))

def vectors():
    return nn.Sequential(nn.Linear(7, 5), nn.Tanh())
"""

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Runs `layerwalk export` beside a network and a photograph: status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # main replaces it
    monkeypatch.delenv("LAYERWALK_DEBUG", raising=False)
    (tmp_path / "small.py").write_text(NETWORK)
    Image.fromarray(photograph()).save(tmp_path / "cat.png")

    def run(*arguments: str | int) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["layerwalk", "export", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert ended.value.code is None or isinstance(ended.value.code, int)
        return ended.value.code or 0, out, err

    return run


SMALL = ("small.py:build", "--image", "cat.png", "--input-size", 16, 20)


def test_it_writes_what_is_asked_for(command: Command) -> None:
    code, out, err = command(
        *SMALL, "--layers", "[01]", "--layers", "3", "-o", "maps", "--channels", "0,3,10-11",
        "--colour-map", "cividis", "--normalization", "channel",
    )  # fmt: skip
    assert code == 0
    assert err.startswith("warning: no --weights were given")
    files = sorted(path for path in Path("maps").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in files)
    assert out.startswith(f"exported 3 layers to maps: {len(files)} files, ")
    assert float(out.split()[-2]) == pytest.approx(size / 1000, rel=0.01)
    assert out.split()[-1] == "kB"
    tiles = [path.name for path in sorted(Path("maps/1/tiles").iterdir())]
    assert tiles == ["00.png", "03.png", "10.png", "11.png"]
    about = json.loads(Path("maps/1/layer.json").read_text("utf-8"))
    assert about["model"]["source"] == "small.py:build"
    assert about["image"]["name"] == "cat.png"
    assert "20 × 16" in about["preprocessing"]
    assert about["colours"]["map"] == "cividis"
    assert about["colours"]["normalization"] == "channel"
    assert np.load("maps/1/values.npy").shape == (1, 12, 14, 18)


def test_a_network_that_takes_no_image_runs_on_its_example(command: Command) -> None:
    layers = ("--layers", "*", "-o", "maps", "--what", "values, sheet", "--format", "npz")
    assert command("small.py:vectors", *layers)[0] == 0
    with np.load("maps/values.npz") as values:
        assert {name: values[name].shape for name in values} == {"0": (1, 5), "1": (1, 5)}
    code, _, err = command("small.py:vectors", "--image", "cat.png", *layers, "--force")
    assert code == 1
    assert "which is no picture" in err


def test_files_are_replaced_by_force_only(command: Command) -> None:
    layers = ("--layers", "0", "-o", "maps", "--what", "sheet")
    assert command(*SMALL, *layers)[0] == 0
    code, _, err = command(*SMALL, *layers)
    assert code == 1
    assert "error: 'maps/0/sheet.png' exists already and 1 more; " in err
    assert "--force" in err
    assert command(*SMALL, *layers, "--force")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--layers", "4", "-o", "maps"], 1, "error: '4' is not in Sequential; there are '0', '1'"),
        (["--layers", "a.*", "-o", "maps"], 1, "error: 'a.*' is not in Sequential; there are"),
        (["--layers", "0", "-o", "cat.png"], 1, "error: 'cat.png' is a file; name another folder"),
        (["--layers", "0", "-o", "maps", "--channels", "12-13"], 1, "has 0 to 11"),
        (["--layers", "0", "-o", "maps", "--colour-map", "gray"], 1, "nearest: 'grey'"),
        (["--layers", "0", "-o", "maps", "--channels", "3-1"], 2, "'3-1' is no channel"),
        (["--layers", "0", "-o", "maps", "--channels", "a"], 2, "'a' is no channel"),
        (["--layers", "0", "-o", "maps", "--channels", "0-9999999"], 2, "is no channel"),
        (["--layers", "0"], 2, "--output"),
        (["-o", "maps"], 2, "--layers"),
    ],
)
def test_errors_are_clear_and_leave_nothing(
    command: Command, arguments: list[str], code: int, words: str
) -> None:
    status, out, err = command(*SMALL, *arguments)
    assert (status, out) == (code, "")
    assert words in " ".join(err.split())
    assert not Path("maps").exists()


def test_help_names_it_and_imports_no_torch() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "layerwalk", "export", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for option in re.findall(r"`(--[a-z-]+)", PAGE.read_text("utf-8")):
        assert option in result.stdout
    imported = set(re.findall(r"\| +([\w.]+)$", result.stderr, re.MULTILINE))
    assert not imported & {"torch", "numpy", "PIL", "cv2"}


class Documented(nn.Module):
    """Has the layers that the page's examples name."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)
        self.layer1 = nn.Sequential(nn.Conv2d(4, 4, 3), nn.ReLU())

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.layer1(self.conv1(image))


def test_the_page_s_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Image.fromarray(photograph()).save("cat.jpg")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(code, PAGE, "exec"), {"model": Documented()})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("21 files, ")
    assert [line.split(" ", 1)[0] for line in lines[1:]] == ["conv1", "layer1.0", "layer1.1"]
    assert "(1, 4, 222, 222) ['batch', 'channel', 'height', 'width']" in lines[1]
