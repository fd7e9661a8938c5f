"""Writes the golden plans: what the bridge sends of which layers within how many bytes.

The web viewer plans by itself, so that it asks for nothing that the bridge would not send; for
both to count alike, the viewer's tests read `plans.json`:

    python tests/golden/plan/make.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from layerwalk.network import TileShape
from layerwalk.page import image_height, level_count, page_level
from layerwalk.protocol import messages as m
from layerwalk.session.plan import RANGE_BYTES, plan

FOLDER = Path(__file__).parent
EDGE = 1024
LEVELS = tuple(range(13))
SHAPES = {
    # Ranges are a large part of many small tiles, and of pages of odd sizes little is left over.
    "many small tiles": [TileShape(2048, 7, 7)] * 30,
    "single values": [TileShape(1000, 1, 1), TileShape(4096, 2, 1)] * 6,
    "a network": [
        *[TileShape(64, 112, 112)] * 3,
        *[TileShape(256, 56, 56)] * 4,
        *[TileShape(1024, 14, 9)] * 5,
        TileShape(1000, 1, 1),
    ],
    "larger than a page": [
        TileShape(3, 1500, 2100),
        TileShape(1, 4096, 30),
        TileShape(5, 520, 600),
    ],
}
SHARES = (0.004, 0.02, 0.08, 0.2, 0.3, 0.4, 0.6, 0.8, 0.97, 1.0)


def whole(shape: TileShape) -> int:
    """Bytes of all levels that fit into a page, with the ranges twice."""
    levels = (page_level(*shape, level) for level in range(level_count(shape.height, shape.width)))
    sizes = (
        image_height(shape.tiles, one) * one.width
        for one in levels
        if max(one.width, one.tile_height) <= EDGE
    )
    return 2 * RANGE_BYTES * shape.tiles + sum(sizes)


def planned(shapes: list[TileShape], budget: int) -> dict[str, Any] | None:
    """What the bridge sends to who asks for first light of all and then for everything.

    None where not even the coarsest levels of all are within the budget.
    """
    layers = {f"layer{i}": shape for i, shape in enumerate(shapes)}
    request = m.Request(
        layers=tuple(layers),
        levels=LEVELS,
        first_light=True,
        then=(m.Part(layers=tuple(layers), levels=LEVELS),),
        budget_bytes=budget,
        texture_edge=EDGE,
    )
    sent: dict[str, list[int]] = {layer: [] for layer in layers}
    for step in plan(request, layers).steps:
        sent[step.layer].append(min(step.levels))
    if not all(sent.values()):
        return None
    coarse, finest = ([levels[i] for levels in sent.values()] for i in (0, -1))
    return {"budget": budget, "coarse": coarse, "finest": finest}


def golden() -> list[dict[str, Any]]:
    """Every set of layers with its plans, from the smallest budget to one that holds all."""
    found = []
    for name, shapes in SHAPES.items():
        total = sum(map(whole, shapes))
        plans = [planned(shapes, round(share * total)) for share in SHARES]
        sizes = [list(shape) for shape in shapes]
        found.append({"name": name, "edge": EDGE, "shapes": sizes, "plans": [*filter(None, plans)]})
    return found


def text() -> str:
    """The file, a line a set or a plan."""
    return json.dumps(golden()).replace('{"', '\n{"') + "\n"


if __name__ == "__main__":
    (FOLDER / "plans.json").write_text(text(), "utf-8", newline="\n")
