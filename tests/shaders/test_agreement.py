"""The web viewer's GLSL and Unity's HLSL draw the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from . import scenes, webgl
from .pictures import contrast, difference, kept, told
from .renderer import Renderer
from .scenes import Scene

MOST = 2  # levels of 255
FLAT = 4  # of 255: contrast up to which no edge, and no border of a tile's pixels, is near

SCENES: dict[str, Callable[[], Scene]] = {
    "walls": scenes.whole,
    "special": scenes.special,
    "near": scenes.near,
    "fog": scenes.fog,
    "overview": lambda: scenes.whole(Fog=0.3, Overview=1.0),
    "each channel by its own range": lambda: scenes.whole(PerChannel=1.0),
    "stale": lambda: scenes.whole(Stale=0.85),
    "fading": scenes.fading,
    "focus": scenes.focus,
    "ground": scenes.ground,
    "picture": scenes.picture,
}


# Where the spill of a line lies on the floor of a block: Unity blends in linear light, and what
# the spill would have added to the floor is a little less than what it adds to something lighter.
LAID_TWICE = {"ground": 6}


@pytest.mark.parametrize("name", SCENES)
def test_both_clients_draw_the_same(name: str, renderer: Renderer, page: Any) -> None:
    """Within 2 levels of 255 where a picture is flat. At edges two rasterizers, and between two
    pixels of a tile two filters, round differently: there a few pixels may be further apart."""
    scene = SCENES[name]()
    ours = renderer.render(scene.draws, *scene.view)
    theirs = webgl.render(page, scene.draws, scene.shared, scene.camera, scene.size)
    away = difference(ours, theirs)
    flat = np.maximum(contrast(ours), contrast(theirs)) <= FLAT
    assert flat.mean() > 0.3, "there is hardly anything to compare"
    said = f"{kept(f'{name}-unity', ours)}, {kept(f'{name}-web', theirs)}: {told(away)}"
    assert away[flat].max() <= LAID_TWICE.get(name, MOST), said
    assert (away > MOST).mean() < 0.06, said
    assert (away > 16).mean() < 0.002, said
