"""How the web viewer's shaders come from places in the room to places on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

SHADERS = Path(__file__).parents[2] / "shaders" / "web~"
VERTEX_SHADERS = sorted(SHADERS.glob("*.vert.glsl"))


@pytest.mark.parametrize("file", VERTEX_SHADERS, ids=lambda file: file.name)
def test_places_are_projected_only_as_seen_from_the_eye(file: Path) -> None:
    """`projection * view * place` multiplies the matrices first. Hundreds of metres from the start
    that rounds depth and distance apart by more than a wall is thick, and tiles vanish behind it.
    """
    assert "projectionMatrix * viewMatrix" not in file.read_text("utf-8")


def test_there_are_vertex_shaders() -> None:
    assert len(VERTEX_SHADERS) > 5
