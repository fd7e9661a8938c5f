"""Pages stay within their budget: what the visitor has left is given back, and comes again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import layerwalk

EDGE, CHANNELS, STAGES = 256, 16, 5
BUDGET_BYTES = 2 << 20
PAGES_OF_A_LAYER = EDGE * EDGE * CHANNELS * 4 / 3

# The most that pages took in any frame since it was called.
RECORD_MOST = """() => {
    window.most = { gpuBytes: 0, pageBytes: 0 };
    const look = () => {
        const { memory } = layerwalk.world;
        for (const name of Object.keys(most)) most[name] = Math.max(most[name], memory[name]);
        requestAnimationFrame(look);
    };
    look();
}"""


def large_maps() -> nn.Module:
    """Five convolutions that keep the size of the picture, so that each makes a megabyte."""
    with torch.random.fork_rng():
        torch.manual_seed(5)
        stages = [
            nn.Sequential(nn.Conv2d(CHANNELS if i else 3, CHANNELS, 3, padding=1), nn.ReLU())
            for i in range(STAGES)
        ]
        return nn.Sequential(*stages, nn.AdaptiveAvgPool2d(1), nn.Flatten()).eval()


def prepare(image: Image.Image) -> torch.Tensor:
    """Values in -1 .. 1."""
    pixels = np.asarray(image.convert("RGB").resize((EDGE, EDGE)), np.float32)
    return torch.from_numpy(pixels / 127.5 - 1).permute(2, 0, 1)


def maps(picture: np.ndarray) -> list[np.ndarray]:
    """What the stages make of a picture."""
    tensor, found = prepare(Image.fromarray(picture))[None], []
    with torch.no_grad():
        for stage in list(large_maps())[:STAGES]:
            tensor = stage(tensor)
            found.append(tensor[0].numpy())
    return found


@pytest.fixture(scope="module")
def bridge(pictures: dict[str, np.ndarray]) -> Iterator[layerwalk.Bridge]:
    """The network with large maps."""
    example = torch.zeros(1, 3, EDGE, EDGE)
    with layerwalk.serve(
        large_maps(), images=pictures, preprocess=prepare, example_input=example
    ) as served:
        yield served


def exact(visit: Any) -> list[int]:
    """Stages of which the page has full detail."""
    layers = [f"{stage}.1" for stage in range(STAGES)]
    found = visit.page.evaluate("layers => layers.map(l => layerwalk.world.isExact(l))", layers)
    return [stage for stage in range(STAGES) if found[stage]]


def assert_value(visit: Any, stage: int, values: np.ndarray) -> None:
    """The tooltip over a tile says the value that Python has."""
    layer, tile = f"{stage}.1", 4
    visit.approach(layer, tile)
    visit.page.mouse.move(*visit.at(layer, tile, 100, 130, EDGE))
    text = visit.page.get_by_role("tooltip").inner_text()
    assert "about" not in text
    half_a_code = float(np.ptp(values[tile])) / 252 / 2
    x, y, width, height = visit.tile(layer, tile)
    assert visit.state["hovered"] == pytest.approx(
        values[tile, 100, 130], abs=half_a_code + 1e-6
    ), (x, y, width, height)
    visit.page.mouse.move(1, 1)


def test_a_budget_smaller_than_the_network_works_only_coarser(
    visitors: Any, bridge: layerwalk.Bridge, pictures: dict[str, np.ndarray]
) -> None:
    """Every wall is lit, the nearest one in full detail, wherever the visitor goes."""
    visit = visitors(bridge)
    visit.page.goto(bridge.url + "#budget=2")
    visit.wait("() => true")
    visit.page.evaluate(RECORD_MOST)
    visit.settle()
    assert visit.state["memory"]["budgetBytes"] == BUDGET_BYTES < STAGES * PAGES_OF_A_LAYER
    expected = maps(pictures[visit.state["run"]["picture"]])
    for stage in (0, 4, 2, 0):
        assert_value(visit, stage, expected[stage])
        state = visit.state
        assert state["litLayers"] == state["wantedLayers"]
        assert exact(visit) == [stage]
    most = visit.page.evaluate("most")
    assert PAGES_OF_A_LAYER < most["gpuBytes"] <= BUDGET_BYTES
    assert PAGES_OF_A_LAYER < most["pageBytes"] <= BUDGET_BYTES
    assert any("/pages/" in url for url in visit.requests), "nothing was given back"
    assert "budget=2" in visit.page.url


def test_images_change_within_the_budget(
    visitors: Any, bridge: layerwalk.Bridge, pictures: dict[str, np.ndarray]
) -> None:
    visit = visitors(bridge).open("#budget=2")
    visit.go("2.1", 4)
    visit.page.evaluate(RECORD_MOST)
    for key in ("2", "3", "1", "3"):
        run = visit.state["run"]["id"]
        visit.press(key).wait("(state, run) => state.run.id > run && state.settled", run)
        state = visit.state
        assert state["litLayers"] == state["wantedLayers"]
        assert exact(visit) == [2]
        assert_value(visit, 2, maps(pictures[state["run"]["picture"]])[2])
    most = visit.page.evaluate("most")
    assert max(most.values()) <= BUDGET_BYTES


def test_all_the_detail_that_can_be_seen_is_kept_where_there_is_room(
    visitors: Any, bridge: layerwalk.Bridge
) -> None:
    visit = visitors(bridge).open()
    for stage in range(STAGES):
        visit.go(f"{stage}.1")
    assert exact(visit) == list(range(STAGES))
    assert visit.state["memory"]["pageBytes"] >= STAGES * PAGES_OF_A_LAYER
    visit.press("Home").settle()
    assert not any("/pages/" in url for url in visit.requests)


class Halves(nn.Module):
    """A block that can be closed, and what comes after it."""

    def __init__(self) -> None:
        super().__init__()
        self.block = nn.Sequential(*list(large_maps())[:3])
        self.last = nn.Conv2d(CHANNELS, CHANNELS, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(self.block(x))


def test_pages_of_walls_that_are_gone_are_given_back(
    visitors: Any, pictures: dict[str, np.ndarray]
) -> None:
    """Closed books keep their coarse pages; when they open again, the detail comes again."""
    inside = "block.0.1"
    example = torch.zeros(1, 3, EDGE, EDGE)
    with layerwalk.serve(
        Halves(), images=pictures, preprocess=prepare, example_input=example, expanded=["block"]
    ) as bridge:
        visit = visitors(bridge).open()
        visit.go(inside)
        before = visit.state["memory"]["pageBytes"]
        visit.press("Backspace")
        visit.wait("state => !state.room.expanded.includes('block') && state.settled")
        after = visit.state["memory"]["pageBytes"]
        assert after <= before, "the closed book's wall takes as much as the open one's gave back"
        assert visit.page.evaluate("layer => layerwalk.world.isExact(layer)", "block.2.1")
        assert not visit.page.evaluate("layer => layerwalk.world.isExact(layer)", inside)
        visit.go(inside)
        visit.wait("state => state.room.expanded.includes('block') && state.settled")
        assert visit.page.evaluate("layer => layerwalk.world.isExact(layer)", inside)
        values = maps(pictures[visit.state["run"]["picture"]])[0]
        visit.approach(inside, 4)
        visit.page.mouse.move(*visit.at(inside, 4, 100, 130, EDGE))
        half_a_code = float(np.ptp(values[4])) / 252 / 2
        assert visit.state["hovered"] == pytest.approx(values[4, 100, 130], abs=half_a_code + 1e-6)


# Copies images of one page and of two, from the middle of a slice too, and reads them again.
MOVE = """() => {
    const { atlas } = layerwalk.world.stage.layers;
    const gl = document.querySelector("#scene").getContext("webgl2");
    const { places, slices } = atlas;
    const sizes = [[100, 60], [1000, 900], [640, 1500]];
    const moves = sizes.map(([width, height]) => {
        const from = places.take(width, height);
        const closed = { first: from.slice, count: Math.ceil(height / 1024), top: 0, bottom: 1024 };
        return [from, places.take(width, height, closed)];
    });
    atlas.grow();
    const parts = moves.map(([from, to], i) => {
        const { width, height, x, y, slice } = from;
        const pixels = Uint8Array.from({ length: width * height }, (_, k) => (k * 7 + i) % 251);
        const rows = Math.min(1024, height);
        const rest = pixels.subarray(rows * width);
        slices.put(slice, x, y, width, rows, pixels.subarray(0, rows * width));
        if (rest.length > 0) slices.put(slice + 1, x, 0, width, height - 1024, rest);
        return pixels;
    });
    while (gl.getError() !== gl.NO_ERROR);
    atlas.copy(moves);
    const errors = gl.getError();
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, framebuffer);
    gl.pixelStorei(gl.PACK_ALIGNMENT, 1);
    const look = (slice) => gl.framebufferTextureLayer(
        gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, slices.texture.sourceTexture, 0, slice
    );
    const same = moves.map(([, to], i) => {
        const { width, height, x, y, slice } = to;
        const found = new Uint8Array(width * height);
        for (let at = 0; at < height; at += 1024) {
            look(slice + at / 1024);
            const part = found.subarray(at * width);
            const rows = Math.min(1024, height - at);
            gl.readPixels(x, y, width, rows, gl.RED, gl.UNSIGNED_BYTE, part);
        }
        return found.every((one, k) => one === parts[i][k]);
    });
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.deleteFramebuffer(framebuffer);
    for (const place of moves.flat()) places.giveBack(place);
    return { errors, same };
}"""


def test_pages_are_moved_within_the_texture(visitors: Any, bridge: layerwalk.Bridge) -> None:
    """The graphics card copies from one slice to another of the texture that is drawn from."""
    visit = visitors(bridge).open("#budget=32")
    assert visit.page.evaluate(MOVE) == {"errors": 0, "same": [True, True, True]}


def test_a_lost_graphics_context_comes_back(
    visitors: Any, bridge: layerwalk.Bridge, pictures: dict[str, np.ndarray]
) -> None:
    """All pages travel to the GPU again."""
    visit = visitors(bridge).open("#budget=2").go("1.1", 3)
    visit.press("Escape").press("Escape").settle()
    before = visit.canvas().astype(int)
    visit.page.evaluate(
        """() => {
            const gl = document.querySelector("#scene").getContext("webgl2");
            const lose = gl.getExtension("WEBGL_lose_context");
            lose.loseContext();
            window.lost = false;
            setTimeout(() => { window.lost = true; lose.restoreContext(); });
        }"""
    )
    visit.page.wait_for_function("() => window.lost")
    visit.wait("state => state.settled && state.litLayers === state.wantedLayers")
    after = visit.canvas().astype(int)
    assert np.abs(after - before).mean() < 1


class Repeated(nn.Module):
    """So many channels, of which the ranges alone take a quarter of a megabyte a layer."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean(1, keepdim=True).repeat(1, 32768, 1, 1)


def test_walls_that_there_is_no_room_for_are_told_and_the_nearest_lit(
    visitors: Any, pictures: dict[str, np.ndarray]
) -> None:
    model = nn.Sequential(nn.AdaptiveAvgPool2d(2), Repeated(), *(nn.AvgPool2d(1) for _ in range(4)))
    with layerwalk.serve(
        model, images=pictures, preprocess=prepare, example_input=torch.zeros(1, 3, EDGE, EDGE)
    ) as served:
        visit = visitors(served).open("#budget=1")
        notice = visit.page.locator("[data-about=budget]")
        assert notice.inner_text().startswith("The budget of 1 MB is too small for ")
        assert "whose walls stay dark" in notice.inner_text()
        assert notice.inner_text().endswith("open the page with #budget=2 to see all")
        dark = visit.page.evaluate("[...layerwalk.app.store.dark]")
        state = visit.state
        assert len(dark) > 0 and state["litLayers"] == state["wantedLayers"]
        assert state["litLayers"] + len(dark) == len(state["layers"])
        visit.go(dark[0])  # who stands before a wall sees it
        assert dark[0] not in visit.page.evaluate("[...layerwalk.app.store.dark]")
        assert visit.page.evaluate("layer => layerwalk.world.rangeOf(layer) !== null", dark[0])
        visit.press("2").wait("state => state.run.picture === 'checks' && state.settled")
        assert visit.state["litLayers"] == state["wantedLayers"], "of an earlier picture"
        notice.click()
        visit.press("Home").settle()
        assert not notice.is_visible()
        visit.page.goto("about:blank")
        again = visit.open("#budget=2")
        assert again.state["litLayers"] == len(again.state["layers"])
        assert not notice.is_visible()


@pytest.mark.parametrize("value", ["abc", "0", "-3"])
def test_a_budget_that_is_none_is_told(visitors: Any, bridge: Any, value: str) -> None:
    visit = visitors(bridge).open(f"#budget={value}")
    said = visit.page.locator("[data-about=address]").inner_text()
    assert said == f"budget={value} is no number of megabytes above 0; 256 MB hold instead"
    assert visit.state["memory"]["budgetBytes"] == 256 << 20
