"""What `layerwalk render` refuses, before it loads a network or starts a browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import InvalidImage, MissingBrowser, RenderFailed, SourceError
from layerwalk.rendering.films import write_film
from layerwalk.rendering.sizes import size_of
from layerwalk.rendering.views import Flight, Still, view_of

from .test_cli import Command, command  # noqa: F401

TOUR = [{"link": "#view=overview"}, {"link": "#layer=0", "name": "First", "note": "Edges."}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"view": "behind"}, "'behind' is no view; give start, overview, layer:NAME"),
        ({"view": "layer:"}, "'layer:' is no view"),
        ({"view": "path:none.json"}, "'none.json' cannot be read"),
        ({"view": "path:tour"}, "'tour' cannot be read"),  # a network has no session yet
        ({"size": (8193, 100)}, "16 to 8192"),
        ({"size": (100, 8)}, "16 to 8192"),
        ({"size": (300, 200), "panorama": True}, "twice as wide as high"),
        ({"samples": 0}, "0 samples"),
        ({"file": "room.jpg"}, r"ends in \.png"),
        ({"file": "nowhere/room.png"}, "the folder 'nowhere' does not exist"),
        ({"view": "path:tour.json"}, r"no name for a film .* \.mp4 or \.avi"),
        ({"view": "path:tour.json", "file": "a.mp4", "size": (101, 100)}, "even numbers"),
        ({"view": "path:tour.json", "file": "a.mp4", "panorama": True}, "no panoramas"),
        ({"view": "path:tour.json", "file": "a.mp4", "fps": 0}, "0 frames a second"),
        ({"view": "path:tour.json", "file": "a.mp4", "seconds": -1}, "-1 s; films last"),
    ],
)
def test_what_cannot_be_rendered_is_told_at_once(
    options: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tour.json").write_text(json.dumps(TOUR))
    with pytest.raises(RenderFailed, match=said):
        layerwalk.render("no such network", **{"file": "room.png"} | options)
    assert [path.name for path in tmp_path.iterdir()] == ["tour.json"]


def test_without_a_browser_or_opencv_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tour = tmp_path / "tour.json"
    tour.write_text(json.dumps({"network": "Small", "bookmarks": TOUR}))
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(RenderFailed, match=r"films need OpenCV.* pip install opencv"):
        layerwalk.render("demo", file=tmp_path / "a.mp4", view=f"path:{tour}")
    monkeypatch.setenv("LAYERWALK_BROWSER", "no-such-browser")
    with pytest.raises(MissingBrowser, match="LAYERWALK_BROWSER"):
        layerwalk.render("demo", file=tmp_path / "a.png")


def test_images_and_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("meow")
    model = nn.Conv2d(3, 4, 3)
    file = tmp_path / "room.png"
    with pytest.raises(InvalidImage, match=r"broken\.png"):
        layerwalk.render(model, broken, file=file)
    with pytest.raises(SourceError, match="a module takes no weights="):
        layerwalk.render(model, file=file, weights="default")
    with pytest.raises(SourceError, match="a SOURCE takes no preprocess="):
        layerwalk.render("demo", file=file, preprocess=lambda pixels: pixels)
    with (
        layerwalk.serve(model, torch.zeros(1, 3, 8, 8)) as bridge,
        pytest.raises(SourceError, match="a bridge takes no image="),
    ):
        layerwalk.render(bridge, broken, file=file)
    assert list(tmp_path.iterdir()) == [broken]


def test_views_are_read(tmp_path: Path) -> None:
    assert view_of("start", served=False) == Still({"kind": "start"})
    assert view_of("layer:a/b:2", served=False) == Still({"kind": "layer", "layer": "a/b:2"})
    assert view_of("#layer=a", served=False) == Still({"kind": "link", "link": "#layer=a"})
    assert view_of("path:tour", served=True) == Flight(None)
    file = tmp_path / "tour.json"
    file.write_text(json.dumps({"network": "x", "bookmarks": TOUR}))
    assert view_of(f"path:{file}", served=True) == Flight(("#view=overview", "#layer=0"))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "[1]", '{"bookmarks": 1}', '[{"name": "a"}]', "[" * 100_000, "\ud800",
     json.dumps([{"link": "#"}] * 257)],
)  # fmt: skip
def test_what_is_no_tour_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "tour.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(RenderFailed, match=r"tour\.json"):
        view_of(f"path:{file}", served=False)


def test_sizes_are_read() -> None:
    assert size_of("3840x2160") == (3840, 2160)
    assert size_of(" 100 × 50 ") == (100, 50)
    for text in ("", "4k", "100", "100x", "-1x5", "1e3x5", "100x50x3"):
        with pytest.raises(RenderFailed, match="as 3840x2160"):
            size_of(text)


def test_a_file_that_opencv_cannot_write_is_told(tmp_path: Path) -> None:
    with pytest.raises(RenderFailed, match="writes no"):
        write_film(tmp_path / "no" / "a.mp4", iter([]), fps=30, size=(np.int64(16), 16))


def test_the_command_line(command: Command, tmp_path: Path) -> None:  # noqa: F811
    assert command("render", "demo")[0] == 2
    code, out, err = command("render", "demo", "-o", str(tmp_path / "a.png"), "--size", "4k")
    assert (code, out) == (1, "")
    assert err == "error: '4k' is no size; give width and height in pixels, as 3840x2160\n"
    assert "--panorama" in command("render", "--help")[1]
