"""The documented example client does what its page says, without anything of layerwalk."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

import layerwalk

EXAMPLE = Path(__file__).parents[2] / "docs" / "example_client.py"


def run_example(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_it_reads_the_layer_that_hooks_see(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 40, 5), nn.ReLU())
    picture = tmp_path / "noise.png"
    noise = np.random.default_rng(0).integers(0, 256, (70, 80, 3), np.uint8)
    Image.fromarray(noise).save(picture)
    with layerwalk.serve(model, torch.zeros(1, 3, 64, 64)) as bridge:
        done = run_example(bridge.endpoint, bridge.token, str(picture), "0")
        assert done.returncode == 0, done.stderr
        with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
            run = client.wait_complete()
            expected = client.activation("0", run=run)
        found = re.fullmatch(
            r"run (\d+), 0 \(40, 60, 60\): mean (\S+), largest (\S+)\n", done.stdout
        )
        assert found is not None, done.stdout
        assert int(found[1]) == run
        np.testing.assert_allclose(float(found[2]), expected.mean(), atol=1e-5)
        np.testing.assert_allclose(float(found[3]), expected.max(), atol=1e-5)
        missing = run_example(bridge.endpoint, bridge.token, str(picture), "00")
        assert missing.returncode == 1
        assert "'00' is not in main" in missing.stderr


def test_it_is_short_and_uses_nothing_of_layerwalk() -> None:
    tree = ast.parse(EXAMPLE.read_text())
    names = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    assert sorted(names) == ["msgpack", "numpy", "sys", "zmq"]
    lines = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)}
    assert len(lines) <= 31  # thirty, and the docstring


def test_without_arguments_it_says_how_to_use_it() -> None:
    done = run_example()
    assert (done.returncode, done.stdout) == (1, "")
    assert "python example_client.py tcp://127.0.0.1:PORT TOKEN IMAGE LAYER" in done.stderr
    assert "Traceback" not in done.stderr
