"""docs/performance.md is made of what the benchmarks printed."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "tests" / "benchmarks" / "report.py"


def growth(over: str, exponent: float) -> dict[str, Any]:
    points = [
        {over: x, "placed_to_last_page_ms": 7 * x**exponent, "forward_pass_ms": 3 * x**exponent}
        for x in (1, 4, 16)
    ]
    exponents = {name: exponent for name in points[0] if name != over}
    return {"over": over, "points": points, "exponents": exponents}


MEASURED: dict[str, Any] = {
    "growth": {
        "machine": {
            "processor": "Abacus",
            "cores": 2,
            "memory_gb": 3,
            "system": "Linux",
            "python": "3.12",
            "torch": "2.14",
        },
        "maps": growth("maps", 0.75),
        "image size": growth("pixels", 1.0),
        "viewers": growth("viewers", 0.5),
    },
    "stream": {
        "model": "resnet50",
        "maps": 22720,
        "bytes": 41_000_000,
        "forward_pass_ms": 80.0,
        "placed_to_one_layer_ms": 110.0,
        "placed_to_last_page_ms": 140.0,
        "ratio": 1.75,
        "loopback_ms": 15.0,
        "memcpy_ms": 6.0,
    },
    "bulk": {
        "models": {
            "resnet50": {
                "layers": 175,
                "websocket": {"ms": 150.0, "bytes": 41_000_000},
                "http": {"ms": 900.0, "bytes": 41_000_000},
                "loopback_ms": 15.0,
            }
        }
    },
    "similarity": [
        {
            "size": [1024, 1024, 256],
            "sgemv_ms": 64.5,
            "ours_ms": 28.4,
            "region_ms": 114.0,
            "prepared_ms": 158.7,
            "ratio": 0.44,
            "floats_ratio": None,
        }
    ],
    "memory": [
        {
            "model": "resnet50",
            "pages_mb": 41.4,
            "modules_mb": 64.0,
            "resident_mb": {
                "model and one forward pass": 800.0,
                "highest": 1100.0,
                "after a rest": 950.0,
            },
            "highest_ratio": 7.25,
            "rested_ratio": 3.62,
        }
    ],
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, docs = tmp_path_factory.mktemp("measured"), tmp_path_factory.mktemp("docs")
    for name, result in MEASURED.items():
        (folder / f"{name}.json").write_text(json.dumps(result))
    command = [
        sys.executable,
        str(REPORT),
        str(folder),
        "--docs",
        str(docs),
        "--date",
        "2026-01-02",
    ]
    subprocess.run(command, check=True, timeout=120)
    return docs


def test_every_number_stands_beside_its_limit(docs: Path) -> None:
    page = (docs / "performance.md").read_text()
    assert "2026-01-02" in page and "Abacus, 2 cores" in page
    assert "| resnet50 | 22,720 | 41 | 80 | 110 | 140 | **1.75** | 15 | 6 |" in page
    assert "| resnet50 | 175 | 41 | 150 | 900 | 15 |" in page
    assert "| resnet50 | 41 | 64 | 300 (**7.2**) | 150 (**3.6**) |" in page
    assert "| placed to last page, ms | 0.75 |" in page
    assert "| 1,024 × 1,024 × 256 | 64.50 | 28.40 | **0.44** |  | 114.00 | 158.7 |" in page
    assert "Live input" not in page, "it was not measured"
    for line in page.splitlines():
        assert "nan" not in line.lower()


def test_plots_show_all_points_and_the_exponents(docs: Path) -> None:
    page = (docs / "performance.md").read_text()
    for over, exponent in (("maps", 0.75), ("image-size", 1.0), ("viewers", 0.5)):
        name = f"pictures/growth-{over}.svg"
        assert f"({name})" in page
        text = (docs / name).read_text()
        words = " ".join(ElementTree.fromstring(text).itertext())
        assert f"placed to last page, p = {exponent:.2f}" in words
        assert f"forward pass, p = {exponent:.2f}" in words


def test_the_page_in_docs_is_of_this_form() -> None:
    """Its numbers are a machine's, its words the script's."""
    page = (ROOT / "docs" / "performance.md").read_text()
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    script = REPORT.read_text()
    assert len(headings) >= 6
    assert all(heading in script for heading in headings)
    for name in ("maps", "image-size", "viewers"):
        ElementTree.fromstring((ROOT / "docs" / "pictures" / f"growth-{name}.svg").read_text())
