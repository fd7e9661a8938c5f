"""What the Unity shaders draw, for one eye and for two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from . import letters, scenes
from .camera import Camera
from .compiler import VARIANTS
from .pictures import assert_golden, difference, told
from .renderer import Renderer
from .scenes import Scene

STEREO = VARIANTS["single-pass instanced"]
BY_TWO_EYES = pytest.mark.parametrize("name", ["walls", "ground", "text", "picture"])


def drawn(renderer: Renderer, scene: Scene, *keywords: str) -> np.ndarray:
    return renderer.render(scene.draws, *scene.view, keywords)


@pytest.mark.parametrize("name", scenes.GOLDEN)
def test_it_looks_as_it_did(name: str, renderer: Renderer) -> None:
    assert_golden(name, drawn(renderer, scenes.GOLDEN[name]()))


@BY_TWO_EYES
def test_both_eyes_in_one_draw_see_what_each_sees_alone(name: str, renderer: Renderer) -> None:
    """No instance is lost or drawn in the wrong eye, though there are twice as many."""
    scene = scenes.GOLDEN[name]()
    both = renderer.render(scene.draws, scene.shared, scene.eyes, scene.size, STEREO)
    assert_seen_by(scene, np.split(both, 2, axis=1), renderer)
    if name == "walls":
        assert_golden("walls-stereo", both)


@pytest.mark.parametrize("variant", ["multiview", "instancing, multiview"])
@BY_TWO_EYES
def test_an_eye_of_multiview_sees_what_it_sees_alone(
    name: str, variant: str, renderer: Renderer
) -> None:
    """Which of the two is drawn, the API alone knows."""
    scene = scenes.GOLDEN[name]()
    eyes = [
        renderer.render(scene.draws, scene.shared, scene.eyes, scene.size, VARIANTS[variant], eye)
        for eye in range(2)
    ]
    assert_seen_by(scene, eyes, renderer)


def assert_seen_by(scene: Scene, eyes: Sequence[np.ndarray], renderer: Renderer) -> None:
    """Each picture is that of its own eye, and no other's."""
    for picture, camera in zip(eyes, scene.eyes, strict=True):
        alone = renderer.render(scene.draws, scene.shared, [camera], scene.size)
        away = difference(picture, alone)
        assert (away > 2).mean() < 0.002, told(away)
    assert (difference(*eyes) > 20).mean() > 0.003, "both eyes see the same"


def test_instancing_draws_the_same(renderer: Renderer) -> None:
    scene = scenes.whole()
    once, instanced = (drawn(renderer, scene, *VARIANTS[one]) for one in ("mono", "instancing"))
    assert difference(once, instanced).max() == 0
    both, instanced = (
        renderer.render(scene.draws, scene.shared, scene.eyes, scene.size, VARIANTS[one])
        for one in ("single-pass instanced", "instancing, single-pass instanced")
    )
    assert difference(both, instanced).max() == 0


def test_far_away_a_tile_is_its_mean_colour(renderer: Renderer) -> None:
    """Which is green here, as no colour of the scale is."""
    scene = scenes.fog()
    (canvas,) = (draw for draw in scene.draws if draw.shader == "Layerwalk/Canvas")
    green = np.full_like(scene.shared["_LayerwalkTileColours"], 0xFF00FF00)
    shared = {**scene.shared, "_LayerwalkTileColours": green, "_LayerwalkFog": 0.0}
    for panel, is_far in ((0, False), (6, True)):
        rows = np.full(8, -1, np.int32)
        rows[0] = panel
        one = replace(
            canvas, instances=1, resources={**canvas.resources, "_LayerwalkNumbers": rows}
        )
        seen = renderer.render([one], shared, [scene.camera], scene.size).astype(int)
        assert seen.any()
        assert ((seen[..., 1] - seen[..., 0] > 100).any()) == is_far


def test_more_walls_than_one_instance_holds(renderer: Renderer) -> None:
    """The ninth panel is in the second instance, for both eyes."""
    scene = scenes.fog()
    (canvas,) = (draw for draw in scene.draws if draw.shader == "Layerwalk/Canvas")
    rows = np.full(16, -1, np.int32)
    rows[8] = 1
    one = scenes.Draw(
        canvas.shader, canvas.vertices, canvas.indices, 2, {"_LayerwalkNumbers": rows}
    )
    both = renderer.render([one], scene.shared, scene.eyes, scene.size, STEREO)
    left, right = (half.any(-1) for half in np.split(both, 2, axis=1))
    assert left.sum() > 500
    assert right.sum() == pytest.approx(left.sum(), rel=0.1)
    assert left.mean(0)[: left.shape[1] // 2].sum() == 0, "it stands on the right"


def test_triangles_are_seen_from_their_front_only(renderer: Renderer) -> None:
    """Counter-clockwise in the room, though the engine's z points the other way."""
    scene = scenes.whole()
    faces = [draw for draw in scene.draws if draw.shader in ("Layerwalk/Face", "Layerwalk/Canvas")]
    behind = Camera((0.0, 1.6, -14.0), np.pi)
    assert renderer.render(faces, *scene.view).any()
    assert not renderer.render(faces, scene.shared, [behind], scene.size).any()


@pytest.mark.parametrize(
    ("name", "shader", "one_sided"),
    [
        ("ground", "Solid", True),
        ("ground", "Field", False),
        ("ground", "Line", False),
        ("picture", "Picture", True),
        ("text", "Text", False),
    ],
)
def test_one_triangle_has_one_front(
    name: str, shader: str, one_sided: bool, renderer: Renderer
) -> None:
    """What is closed, or hangs on a wall, is not drawn from behind; what is thin is."""
    scene = scenes.GOLDEN[name]()
    (draw,) = (one for one in scene.draws if one.shader == f"Layerwalk/{shader}")
    triangles = draw.indices.reshape(-1, 3)
    ways = [triangles, triangles[:, ::-1]]
    if shader == "Solid":  # a box is seen from one side whichever way it is turned
        ways = [[[4, 5, 7]], [[7, 5, 4]]]
    seen = [
        renderer.render([replace(draw, indices=np.array(way))], *scene.view).any() for way in ways
    ]
    assert seen == [True, not one_sided]


def test_labels_over_everything_hide_behind_nothing(renderer: Renderer) -> None:
    scene = scenes.text()
    wall = scenes.room_wall()
    (text,) = (draw for draw in scene.draws if draw.shader == "Layerwalk/Text")
    always = {**text.resources, "_LayerwalkDepthTest": 8.0}
    over = scenes.Draw(text.shader, text.vertices, text.indices, resources=always)
    bare, hidden, seen = (
        renderer.render(draws, *scene.view) for draws in ([wall], [wall, text], [wall, over])
    )
    assert difference(bare, hidden).max() == 0
    assert (difference(bare, seen) > 50).sum() > 200


def test_a_label_faces_whoever_looks(renderer: Renderer) -> None:
    """Straight ahead it looks the same, wherever that is."""
    scene = scenes.text()
    (text,) = (draw for draw in scene.draws if draw.shader == "Layerwalk/Text")
    seen = []
    for camera in (Camera((1.0, 1.6, 2.0)), Camera((1.0, 1.6, 2.0), 0.8, -0.5)):
        ahead = -4 * np.linalg.inv(camera.view)[:3, 2] + camera.position
        x, y, z = map(float, ahead)
        line = letters.quads("TOIL", (x, y, z), 0.15, (1.0, 0.886, 0.69), seen=3)
        vertices, indices = letters.joined([line])
        draws = [replace(text, vertices=vertices, indices=indices)]
        seen.append(renderer.render(draws, scene.shared, [camera], scene.size))
    assert seen[0].any(-1).sum() > 500
    assert (difference(*seen) > 30).mean() < 0.001


def test_golden_pictures_are_all_drawn() -> None:
    kept = {path.stem for path in Path(scenes.__file__).parents[1].glob("golden/shaders/*.png")}
    assert kept == {*scenes.GOLDEN, "walls-stereo"}
