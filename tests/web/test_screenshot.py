"""`layerwalk demo --screenshot`: a picture of the lit network, from one command."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image


def test_the_demo_saves_what_the_viewer_shows(tmp_path: Path) -> None:
    spec = find_spec("skimage")
    assert spec is not None
    assert spec.submodule_search_locations
    data = Path(spec.submodule_search_locations[0]) / "data"
    file = tmp_path / "out.png"
    command = ["demo", "--image", str(data / "coffee.png"), "--screenshot", str(file)]
    result = subprocess.run(
        [sys.executable, "-m", "layerwalk", *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DISPLAY": ""},
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"saved {file}\n"
    picture = np.asarray(Image.open(file).convert("RGB")).astype(int)
    assert picture.shape == (900, 1600, 3)
    # The photograph stands at the left, and nothing else in the room has the cup's red.
    red, green, blue = (picture[..., channel] for channel in range(3))
    cup = (red > 120) & (red > green + 70) & (green > blue)
    assert cup[:, :640].mean() > 0.02
    assert cup[:, 640:900].mean() < 0.002
    # The walls on both sides of the aisle are lit: feature maps, not empty panels.
    walls = picture[330:560, 500:1100].max(axis=2)
    assert (walls > 90).mean() > 0.05
