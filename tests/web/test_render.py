"""Pictures of the room: what is seen, at any size, tiled, transparent, all around, and films."""

from __future__ import annotations

import base64
import io
import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from conftest import HEIGHT, WIDTH, Visit
from PIL import Image

import layerwalk
from layerwalk.errors import RenderFailed, UnknownLayer
from layerwalk.rendering.pictures import Studio
from layerwalk.rendering.views import Still

PLAIN = {"width": WIDTH, "height": HEIGHT, "samples": 1, "transparent": False, "panorama": False}


def take(visit: Visit, **options: Any) -> np.ndarray:
    """A picture of what the visitor sees, uint8 (height, width, 3 or 4)."""
    data = visit.page.evaluate(
        """async picture => {
            const file = await layerwalk.app.taking.take(picture);
            const bytes = new Uint8Array(await file.arrayBuffer());
            let text = "";
            for (const byte of bytes) text += String.fromCharCode(byte);
            return btoa(text);
        }""",
        PLAIN | options,
    )
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


def test_a_picture_shows_what_is_seen(visit: Visit) -> None:
    visit.settle()
    seen = visit.canvas().astype(int)
    taken = take(visit).astype(int)
    assert taken.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(taken - seen).max() <= 1
    assert seen.std() > 10


def test_tiles_leave_no_seams(visit: Visit) -> None:
    whole = take(visit, width=700, height=450, samples=4)
    tiled = take(visit, width=700, height=450, samples=4, tileEdge=128)
    assert (whole == tiled).all()
    assert whole.std() > 10
    # The page shows the room as before.
    again = take(visit)
    assert np.abs(again.astype(int) - visit.settle().canvas().astype(int)).max() <= 1


def test_where_pages_lie_is_not_seen(visit: Visit) -> None:
    """Pictures of a run are the same ones after another run took its places in the tables.

    Also on edges: a pixel of several samples is coloured by its middle, which may lie outside.
    """
    visit.go("body.0.conv2").press("Escape").press("Escape").settle()
    before = take(visit, samples=4)
    first, second = (picture["id"] for picture in visit.state["shelf"][:2])
    for picture in (second, first):
        visit.page.evaluate("picture => layerwalk.app.place(picture)", picture)
        visit.wait("(state, picture) => state.run?.picture === picture", picture).settle()
    assert (take(visit, samples=4) == before).all()


def test_edges_are_smooth(visit: Visit) -> None:
    """Between a wall and the sky there are pixels that are partly either."""
    rough, smooth = take(visit), take(visit, samples=4)
    assert 0.001 < (np.abs(rough.astype(int) - smooth).max(axis=2) > 8).mean() < 0.1


def test_without_a_background_alpha_says_what_stands_there(visit: Visit) -> None:
    opaque = take(visit)
    clear = take(visit, transparent=True)
    assert clear.shape == (HEIGHT, WIDTH, 4)
    alpha = clear[..., 3]
    assert (alpha[:20] == 0).all()  # the sky
    solid = alpha == 255
    assert 0.1 < solid.mean() < 0.8
    assert np.abs(clear[solid][:, :3].astype(int) - opaque[solid]).max() <= 1
    # Over black, what is neither opaque nor empty is light, and no brighter than it was.
    shown = clear[..., :3].astype(float) * alpha[..., None] / 255
    assert (shown <= opaque.astype(float) + 2)[~solid & (alpha > 0)].mean() > 0.95


def test_a_direction_lands_on_its_pixel_of_a_panorama(visit: Visit) -> None:
    width = 2048
    around = take(visit, width=width, height=width // 2, panorama=True, samples=4)
    assert around.shape == (width // 2, width, 3)
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(40, 920, 8), np.arange(40, 560, 8)))
    columns, rows = panorama_place(visit, x + 0.5, y + 0.5, width)
    # The page has about twice as many pixels to a degree.
    seen = cv2.blur(visit.canvas(), (2, 2), anchor=(1, 1)).astype(int)[y, x]

    def error(right: int, down: int) -> float:
        there = around[
            np.rint(rows - 0.5).astype(int) + down, np.rint(columns - 0.5).astype(int) + right
        ]
        return float(np.abs(there - seen).mean())

    errors = {(right, down): error(right, down) for right in range(-3, 4) for down in range(-3, 4)}
    assert min(errors, key=lambda shift: errors[shift]) == (0, 0), errors
    assert errors[0, 0] < 3
    # Behind the visitor's back, where the picture begins and ends, and overhead: no seam.
    assert np.abs(around[:, 0].astype(int) - around[:, -1]).mean() < 1
    assert np.ptp(around[1].astype(int), axis=0).max() < 6


def panorama_place(
    visit: Visit, x: np.ndarray, y: np.ndarray, width: int
) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of what is seen at points of the page, by the formula of the projection."""
    visitor = visit.state["visitor"]
    half = math.tan(math.radians(58 / 2))
    right, up = (2 * x - WIDTH) / HEIGHT * half, (1 - 2 * y / HEIGHT) * half
    pitch = visitor["pitch"]
    ahead = math.cos(pitch) - up * math.sin(pitch)
    high = math.sin(pitch) + up * math.cos(pitch)
    turn = np.arctan2(right, ahead)  # the middle is straight ahead, whichever way that is
    rise = np.arctan2(high, np.hypot(right, ahead))
    return (turn / (2 * math.pi) + 0.5) * width, (0.5 - rise / math.pi) * width / 2


def test_an_image_on_its_way_is_waited_for(visit: Visit) -> None:
    before = take(visit)
    visit.page.evaluate("() => layerwalk.app.place(layerwalk.app.store.shelf[1].id)")
    taken = take(visit)
    assert np.abs(taken.astype(int) - visit.settle().canvas().astype(int)).max() <= 1
    assert np.abs(taken.astype(int) - before).max() > 100


def test_a_picture_of_a_layer_from_python(bridge: layerwalk.Bridge, tmp_path: Path) -> None:
    file = tmp_path / "wall.png"
    made = layerwalk.render(bridge, file=file, view="layer:body.1.conv1", size=(640, 360))
    assert made == file
    picture = np.asarray(Image.open(file))
    assert picture.shape == (360, 640, 3)
    # Nothing else is left there.
    assert [(p, p.stat().st_size > 1000) for p in tmp_path.iterdir()] == [(file, True)]


def test_what_the_page_cannot_show_is_told(visit: Visit) -> None:
    studio = Studio(visit.page)
    try:
        with pytest.raises(
            UnknownLayer, match=r"body\.1\.conv7 is not in .*; nearest: body\.1\.conv"
        ):
            studio.view(Still({"kind": "layer", "layer": "body.1.conv7"}), PLAIN)
        with pytest.raises(UnknownLayer, match="nowhere is not in"):
            studio.view(Still({"kind": "link", "link": "#layer=nowhere"}), PLAIN)
        with pytest.raises(RenderFailed, match="no bookmarks"):
            studio.ask("flight", None, PLAIN)
        with pytest.raises(RenderFailed, match="no side has more than 8192"):
            studio.ask("take", PLAIN | {"width": 9000})
    finally:
        studio.ask("leave")


def test_a_film_has_the_same_frames_every_time(bridge: layerwalk.Bridge, tmp_path: Path) -> None:
    tour = [{"link": "#view=overview"}, {"link": "#layer=stem.0", "note": "The first."}]
    path = tmp_path / "tour.json"
    path.write_text(json.dumps({"bookmarks": tour}))
    films = []
    for name in ("one.mp4", "two.mp4"):
        file = tmp_path / name
        layerwalk.render(bridge, file=file, view=f"path:{path}", size=(320, 180), fps=4, seconds=2)
        films.append(frames_of(file))
    one, two = films
    assert one.shape == (8, 180, 320, 3)
    assert (one == two).all()
    moved = np.abs(np.diff(one.astype(int), axis=0)).mean((1, 2, 3))
    assert moved[0] < 0.5 < moved[3]  # it rests at the first stop, then flies


def frames_of(film: Path) -> np.ndarray:
    reader = cv2.VideoCapture(str(film))
    found = []
    while (read := reader.read())[0]:
        found.append(read[1])
    return np.stack(found)
