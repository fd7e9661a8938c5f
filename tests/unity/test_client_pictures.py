"""What the Unity client hands to its shaders looks like what the web viewer shows of that room.

The client runs on the engine's double, beside a real bridge; its draws are recorded, and drawn with
its own shaders where there is no engine. The web viewer shows the same bridge from the same places.
"""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

import layerwalk

from ..shaders import camera, compiler  # noqa: TID252
from ..shaders.renderer import Renderer, vulkan_adapter  # noqa: TID252
from . import build
from .Client import recorded, walk

Array = NDArray[Any]
SIZE = (960, 540)
LAYOUTS = {
    "linear": ["start", "wall", "lifted", "end", "above"],
    "spiral": ["bend", "spiral-above"],
    "tower": ["tower", "tower-wall", "tower-above"],
}
SMALLER = 6  # two rasterizers and two ways to draw letters: compared is what is larger
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
STAND = """([x, y, z, yaw, pitch, fov]) => {
    document.getElementById("hud").style.display = "none";
    const { app, visitor } = layerwalk;
    app.world.setOverview(fov < 50 ? [x, y, z] : null);
    app.world.setSelected(null, null);
    visitor.place({ position: [x, y, z], yaw, pitch, fov });
}"""
# The same room with paths overhead, or without them.
TUBES = """drawn => {
    const { room, network } = layerwalk.app.store;
    layerwalk.app.world.setRoom(drawn ? room : { ...room, tubes: [] }, network.network);
}"""
# The same tile as RecordingTests.cs lifts, on a screen with a hint at its foot and no panels.
LIFT = """() => {
    const { app, visitor } = layerwalk;
    const station = app.store.room.stations.find((one) => one.walls.length > 1);
    const tile = station.walls[0].panels[0].first + 2;
    const [width, height] = [window.innerWidth, window.innerHeight];
    const free = { left: 0, top: 0, right: width, bottom: 0.9 * height };
    const sight = { ...visitor.destination, screen: { width, height, free } };
    const { key, shown } = station;
    app.world.setSelected({ station: key, wall: 0, tile, layer: shown }, sight);
}"""


@pytest.fixture(scope="module")
def bridge() -> Iterator[layerwalk.Bridge]:
    torch.manual_seed(0)
    # Six that are all different: one slice of a texture taken for another is seen.
    first = _photograph()
    shelf = [np.roll(turned, by, -1) for turned in (first, first[::-1].copy()) for by in range(3)]
    example = torch.zeros(1, 3, 64, 64)
    with layerwalk.serve(walk.Forked().eval(), example, shelf) as made:
        yield made


@pytest.fixture(scope="module")
def recordings(bridge: layerwalk.Bridge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each place."""
    if build.missing_tools():
        pytest.skip("mono is not installed; on Debian and Ubuntu: make mono")
    folder = tmp_path_factory.mktemp("recordings")
    built = build.build(tmp_path_factory.mktemp("built"), RECORDED)
    told = {
        "LAYERWALK_RECORDINGS": str(folder),
        "LAYERWALK_RECORDED_BRIDGE": f"{bridge.endpoint} {bridge.token}",
    }
    before = dict(os.environ)
    os.environ.update(told)
    try:
        build.run(built[-1], "Layerwalk.Tests.RecordingTests")
    finally:
        for name in told:
            os.environ.pop(name, None)
        os.environ.update({name: before[name] for name in told if name in before})
    return folder


RECORDED = ("Client", "Transport", "Protocol", "Scene", "Curve")


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    if compiler.is_missing() or importlib.util.find_spec("wgpu") is None:
        pytest.skip("glslang and wgpu draw the shaders; make shader-tools")
    if vulkan_adapter() is None:
        pytest.skip("there is no Vulkan that draws on the processor; make shader-tools")
    return Renderer(compiler.make_packages(tmp_path_factory.mktemp("unity")))


@pytest.fixture(scope="module")
def page(bridge: layerwalk.Bridge) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from layerwalk.cli.browser import find_browser

    width, height = SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(60_000)
        page.goto(bridge.url)
        page.wait_for_function("() => document.documentElement.dataset.state === 'lit'")
        yield page
        browser.close()


@pytest.mark.parametrize(
    ("layout", "place"), [(layout, place) for layout, all in LAYOUTS.items() for place in all]
)
def test_both_clients_show_the_same_place(
    layout: str,
    place: str,
    recordings: Path,
    renderer: Renderer,
    page: Any,
    bridge: layerwalk.Bridge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = recorded.read(recordings / place, aspect=SIZE[0] / SIZE[1])
    monkeypatch.setattr(camera, "FIELD_OF_VIEW", np.radians(frame.fov))
    _lay_out(page, bridge, layout)
    ours = renderer.render(frame.room, {}, [frame.camera], SIZE)
    theirs = _seen(page, frame, LIFT if place == "lifted" else "() => {}")
    for name, picture in ("unity", ours), ("web", theirs):
        Image.fromarray(picture).save(_output() / f"{place}-{name}.png")
    away = np.abs(_smaller(ours) - _smaller(theirs)).max(-1)
    assert away.mean() < 2.5, f"{_output()}: {away.mean():.2f} levels on the whole"
    assert (away > 24).mean() < 0.02, f"{_output()}: {100 * (away > 24).mean():.1f} % differ"
    assert _smaller(ours).std() > 5, "there is nothing to see"


@pytest.mark.parametrize(("layout", "place"), [("linear", "start"), ("spiral", "bend")])
def test_paths_overhead_are_drawn_where_the_web_viewer_has_them(
    layout: str,
    place: str,
    recordings: Path,
    renderer: Renderer,
    page: Any,
    bridge: layerwalk.Bridge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are thin: on the whole two pictures agree without them."""
    frame = recorded.read(recordings / place, aspect=SIZE[0] / SIZE[1])
    monkeypatch.setattr(camera, "FIELD_OF_VIEW", np.radians(frame.fov))
    _lay_out(page, bridge, layout)
    ours = renderer.render(frame.room, {}, [frame.camera], SIZE).astype(float)
    drawn = _seen(page, frame, "() => {}").astype(float)
    page.evaluate(TUBES, False)
    without = _seen(page, frame, "() => {}").astype(float)
    page.evaluate(TUBES, True)
    paths = np.abs(drawn - without).max(-1) > 40
    assert paths.sum() > 300, "no path is in sight"
    towards = np.abs(ours - drawn).max(-1)[paths] < np.abs(ours - without).max(-1)[paths]
    assert towards.mean() > 0.8, f"{100 * towards.mean():.0f} % of what paths cover is theirs"


def _lay_out(page: Any, bridge: layerwalk.Bridge, layout: Any) -> None:
    """For everybody; the page shows it, lit."""
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        client.set_layout(layout)
    page.wait_for_function(
        "layout => layerwalk.app.store.room.layout === layout && layerwalk.state().settled",
        arg=layout,
    )


def _seen(page: Any, frame: recorded.Recorded, then: str) -> Array:
    eye = frame.camera
    page.evaluate(STAND, [*eye.position, eye.yaw, eye.pitch, frame.fov])
    page.evaluate(then)
    page.wait_for_function("() => layerwalk.state().settled")
    png = page.screenshot()
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def _smaller(picture: Array) -> Array:
    height, width = (size // SMALLER * SMALLER for size in picture.shape[:2])
    parts = picture[:height, :width].astype(float)
    rows, columns = height // SMALLER, width // SMALLER
    means: Array = parts.reshape(rows, SMALLER, columns, SMALLER, 3).mean((1, 3))
    return means


def _photograph() -> Array:
    """Large shapes, so that right and left, above and below are told apart."""
    y, x = np.mgrid[:64, :64] / 63
    parts = [x, y, (np.hypot(x - 0.3, y - 0.4) < 0.25).astype(float)]
    return np.rint(255 * np.stack(parts, -1)).astype(np.uint8)


def _output() -> Path:
    folder = build.CHECKOUT / "tests" / "output" / "unity-pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
