"""First light, then detail: what comes in which order, and what is said while it is coarse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import web_network

from layerwalk.page import first_light_level

NEAR, FAR = "stem.1", "body.1/relu"  # the first wall of feature maps, and the last

# Notes what comes of which run; what is finer than `from` is kept back until it is let go.
WATCH = """(from) => {
    const { world } = layerwalk;
    const come = world.setPages.bind(world);
    const watched = { came: [], kept: [] };
    world.setPages = (message, ranges, levels) => {
        const finest = Math.min(...message.levels.map(({ level }) => level));
        watched.came.push([message.run, message.layer, finest]);
        if (finest < from) watched.kept.push([message, ranges, levels]);
        else come(message, ranges, levels);
    };
    watched.letGo = () => {
        world.setPages = come;
        for (const pages of watched.kept) come(...pages);
    };
    window.watched = watched;
}"""
LET_GO = "() => { watched.letGo(); layerwalk.app.store.changed('run'); }"


@pytest.fixture
def watched(visit: Any) -> Any:
    """The visit, whose pages can be kept back; afterwards they are not."""
    yield visit
    visit.page.evaluate("() => window.watched?.letGo()")


def place(visit: Any, picture: str) -> int:
    """Places a picture of the shelf by its digit, and waits until all has come; the run."""
    key = 1 + [shown["id"] for shown in visit.state["shelf"]].index(picture)
    visit.press(str(key))
    visit.wait("(state, name) => state.run.picture === name && state.settled", picture)
    return visit.state["run"]["id"]


def coarse(values: np.ndarray, level: int) -> np.ndarray:
    """Means of blocks of pixels, (tiles, rows, columns)."""
    tiles, height, width = values.shape
    edge = 2**level
    blocks = values.reshape(tiles, height // edge, edge, width // edge, edge)
    return blocks.mean((2, 4))


def test_all_walls_have_first_light_before_any_has_detail(watched: Any) -> None:
    """Then the nearest wall gets its detail first; far ones get none that nobody could see."""
    watched.page.evaluate(WATCH, 0)
    run = place(watched, "checks")
    came = [
        (layer, level) for of, layer, level in watched.page.evaluate("watched.came") if of == run
    ]
    walls = watched.page.evaluate("() => layerwalk.world.fields.map(({ layer }) => layer)")
    shapes = watched.page.evaluate("() => layerwalk.world.fields.map(({ shape }) => shape)")
    first = came[: len(set(walls))]
    assert {layer for layer, _ in first} == set(walls)
    for layer, shape in zip(walls, shapes, strict=True):
        light = first_light_level(shape["height"], shape["width"])
        assert (layer, light) in first
    assert came[len(first)] == (NEAR, 0)
    assert (FAR, 0) not in came
    assert len(came) == len(set(came))


def test_first_light_is_shown_until_the_detail_comes(
    watched: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    watched.approach(NEAR, 5)
    watched.page.evaluate(WATCH, 2)
    place(watched, "checks")
    values = web_network.activations(model, pictures["checks"])[NEAR]
    watched.assert_shows(NEAR, 5, coarse(values, 2))
    watched.page.mouse.move(*watched.at(NEAR, 5, 3, 12, 16))
    tooltip = watched.page.get_by_role("tooltip")
    assert tooltip.inner_text().split("\n")[1].startswith("about ")
    watched.page.evaluate(LET_GO)
    watched.settle().assert_shows(NEAR, 5, values)
    watched.page.mouse.move(*watched.at(NEAR, 5, 4, 12, 16))
    assert "about" not in tooltip.inner_text()


def test_the_panel_says_which_numbers_are_not_exact_yet(
    watched: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """A channel's greatest value comes with its first pages; the layer's ends are measured."""
    watched.go(NEAR, 5)
    panel = watched.page.get_by_role("region", name="Selection")
    assert "about" not in panel.inner_text()
    watched.page.evaluate(WATCH, 2)
    place(watched, "checks")
    watched.press("k")  # the prediction had taken the panel's place
    greatest = web_network.activations(model, pictures["checks"])[NEAR][5].max()
    lines = panel.inner_text().split("\n")
    said = lines[lines.index("Channel 5") + 1]
    assert float(said.removeprefix("max ")) == pytest.approx(greatest, abs=0.01)
    assert any(line.startswith("about ") for line in lines)
    watched.page.evaluate(LET_GO)
    watched.settle()
    panel.filter(has_not_text="about").wait_for()


def test_detail_neither_flashes_nor_fades_anew(watched: Any) -> None:
    """While detail comes into focus the wall is about as bright as before, in every frame."""
    watched.approach(NEAR, 5)
    watched.page.evaluate(WATCH, 2)
    place(watched, "checks")
    coarsely = watched.canvas().astype(float).mean()
    seen = watched.page.evaluate(
        """() => new Promise((resolve) => {
            const { world, app } = layerwalk;
            const means = [];
            const canvas = document.querySelector("#scene");
            const options = { willReadFrequently: true };
            const small = new OffscreenCanvas(32, 20).getContext("2d", options);
            const { render } = world;
            world.render = () => {
                const drawn = render.call(world);
                if (!drawn) return drawn;
                small.drawImage(canvas, 0, 0, 32, 20);
                const { data } = small.getImageData(0, 0, 32, 20);
                let sum = 0;
                for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
                means.push(sum / (0.75 * data.length));
                return drawn;
            };
            watched.letGo();
            const check = () => {
                if (means.length > 0 && app.world.settled) {
                    world.render = render;
                    resolve(means);
                } else requestAnimationFrame(check);
            };
            check();
        })"""
    )
    finely = watched.settle().canvas().astype(float).mean()
    low, high = sorted((coarsely, finely))
    assert seen
    assert min(seen) > low - 6
    assert max(seen) < high + 6


def test_a_wall_gets_its_detail_when_the_visitor_comes(visit: Any) -> None:
    """What has come is not sent again."""
    assert not visit.page.evaluate("layer => layerwalk.world.isExact(layer)", FAR)
    visit.page.evaluate(WATCH, 0)
    visit.go(FAR)
    assert visit.page.evaluate("layer => layerwalk.world.isExact(layer)", FAR)
    came = visit.page.evaluate("watched.came")
    assert FAR in {layer for _, layer, _ in came}
    visit.press("Home").settle().go(FAR)
    again = visit.page.evaluate("watched.came")
    visit.page.evaluate("() => watched.letGo()")
    assert len(again) == len({(layer, level) for _, layer, level in again})
    assert not any("/pages/" in url for url in visit.requests)


def test_requests_are_few(visit: Any) -> None:
    """None while nothing changes, and about three a second while the visitor walks."""
    visit.page.evaluate(
        """() => {
            const { connection } = layerwalk.app;
            const { ask } = connection;
            window.asked = [];
            connection.ask = (message, ...payloads) => {
                if (message.type === "request") asked.push(performance.now());
                return ask.call(connection, message, ...payloads);
            };
        }"""
    )
    visit.page.mouse.move(500, 300)
    visit.press("n").press("n").settle()
    assert visit.page.evaluate("asked.length") == 0
    visit.page.keyboard.down("w")
    visit.wait("(state, z) => state.visitor.position[2] < z", visit.position[2] - 8)
    visit.page.keyboard.up("w")
    visit.settle()
    times = np.array(visit.page.evaluate("asked"))
    assert len(times) >= 1
    assert (np.diff(times)[:-1] > 300).all()
    drawn = visit.page.evaluate("() => layerwalk.world.render()")
    assert drawn is False, "something is drawn though nothing changed"


def test_what_stands_on_no_wall_is_asked_for_when_it_is_chosen(visit: Any) -> None:
    """A station shows its last layer; another of its layers comes when the visitor wants it."""
    hidden = "stem.0"
    assert visit.state["wantedLayers"] < len(visit.state["layers"])
    assert visit.page.evaluate("layer => layerwalk.world.rangeOf(layer)", hidden) is None
    visit.go(hidden)
    assert visit.page.evaluate("layer => layerwalk.world.isExact(layer)", hidden)


def test_pages_that_come_ask_for_no_picture_at_once(visit: Any) -> None:
    """Drawn at once, they would take the processor from those that are still to come."""
    visit.page.evaluate(
        """() => {
            const { world } = layerwalk;
            window.chosenAnew = 0;
            const choose = world.setSelected.bind(world);
            world.setSelected = (...now) => { window.chosenAnew++; choose(...now); };
        }"""
    )
    visit.press("2").wait("state => state.run.picture === state.shelf[1].id").settle()
    assert visit.page.evaluate("window.chosenAnew") == 0
    visit.page.evaluate("delete layerwalk.world.setSelected")
