"""The golden plans, which the web viewer's own planning is held against, are the bridge's."""

from __future__ import annotations

import runpy
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden" / "plan"


def test_golden_plans_are_still_written_alike() -> None:
    written = runpy.run_path(str(GOLDEN / "make.py"))["text"]()
    assert (GOLDEN / "plans.json").read_text("utf-8") == written
