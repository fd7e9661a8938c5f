"""What visitors share: open blocks, moved walls, images; and what comes from elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from PIL import Image

import layerwalk


@pytest.fixture
def own_bridge(
    model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> Iterator[layerwalk.Bridge]:
    """A bridge of its own, for tests that leave walls elsewhere."""
    with layerwalk.serve(
        model,
        images=pictures,
        preprocess=web_network.prepare,
        class_names=web_network.CLASSES,
    ) as bridge:
        yield bridge


@pytest.fixture
def client(own_bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with layerwalk.connect(own_bridge.endpoint, token=own_bridge.token) as connected:
        yield connected


def test_blocks_close_and_open_for_everybody(visit: Any, visitors: Any, bridge: Any) -> None:
    """Backspace closes the block one stands in, a double-click opens it, all see it."""
    other = visitors(bridge).open()
    stations = visit.state["room"]["stations"]
    visit.go("body.0.conv2").press("Backspace")
    for each in (visit, other):
        each.wait("state => !state.room.expanded.includes('body.0') && state.settled")
        assert each.state["room"]["stations"] < stations
    shown = visit.page.evaluate(
        "layerwalk.app.store.room.stations.find(s => s.closed === 'body.0').shown"
    )
    other.go("body.0").press("Escape").press("Escape").settle()
    x, y, width, height = other.tile(shown, 0)
    other.page.mouse.dblclick(x + width / 2, y + height / 2)
    for each in (visit, other):
        each.wait("state => state.room.expanded.includes('body.0') && state.settled")
        assert each.state["room"]["stations"] == stations


def test_enter_opens_and_the_visitor_stays_at_the_block(visit: Any) -> None:
    visit.go("body.1.conv2").press("Backspace")
    visit.wait("state => !state.room.expanded.includes('body.1') && state.settled")
    visit.go("body.1")
    visit.press("Enter").wait("state => state.room.expanded.includes('body.1') && state.settled")
    key = visit.page.evaluate("layerwalk.app.navigator.here().key")
    assert key.startswith("body.1")


def test_a_wall_that_a_client_moved_stands_elsewhere(
    visitors: Any,
    own_bridge: layerwalk.Bridge,
    client: layerwalk.Client,
    model: torch.nn.Module,
    pictures: dict[str, np.ndarray],
) -> None:
    """Tiles are drawn at position + rotation (scale (p - origin)), and can be walked to."""
    visit = visitors(own_bridge).open()
    layer, tile = "body.0.conv2", 2
    corners = tile_corners(visit, layer, tile)
    origin = station(visit, layer)["origin_m"]
    half = math.sqrt(0.5)
    quarter_turn = np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]])  # about +y
    position = (2.0, 0.5, origin[2] + 1)
    client.move_layer(layer, position_m=position, rotation=(0, half, 0, half), scale=1.5)
    visit.wait("state => state.documentRevision > 0")
    visit.page.wait_for_function(
        "key => layerwalk.app.store.transforms()[key]", arg=station(visit, layer)["key"]
    )
    moved = (corners - origin) * 1.5 @ quarter_turn.T + position
    middle, normal = moved.mean(0), np.cross(moved[1] - moved[0], moved[2] - moved[0])
    normal /= -np.linalg.norm(normal)
    yaw = math.atan2(normal[0], normal[2])
    visit.stand(middle + 0.5 * normal, yaw)
    x, y, width, height = visit.tile(layer, tile)
    assert (x + width / 2, y + height / 2) == pytest.approx((480, 300), abs=2)
    values = web_network.activations(model, pictures["rings"])[layer]
    visit.assert_shows(layer, tile, values)


def test_a_latecomer_sees_moved_walls(
    visitors: Any, own_bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    client.move_layer("stem.1", position_m=(3, 0, -4))
    late = visitors(own_bridge).open()
    early = late.page.evaluate("layerwalk.app.store.transforms()")
    key = station(late, "stem.1")["key"]
    assert early[key]["position_m"] == [3, 0, -4]
    found = late.go("stem.1").position
    assert found[0] > 1.5


def test_an_image_placed_by_a_client_is_shown(
    visit: Any,
    bridge: layerwalk.Bridge,
    model: torch.nn.Module,
    pictures: dict[str, np.ndarray],
) -> None:
    before = visit.state["run"]["id"]
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        client.place_image(pictures["checks"][::-1].copy())
        visit.wait("(state, before) => state.run.id > before && state.settled", before)
    upside_down = pictures["checks"][::-1]
    visit.approach("stem.1", 5)
    visit.assert_shows("stem.1", 5, web_network.activations(model, upside_down)["stem.1"])
    best, _ = web_network.prediction(model, upside_down)[0]
    assert visit.state["prediction"]["scores"][0]["name"] == best


def test_a_dropped_file_goes_through_the_network(
    visit: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], tmp_path: Path
) -> None:
    turned = np.rot90(pictures["slope"]).copy()
    Image.fromarray(turned).save(tmp_path / "turned.png")
    visit.drop(tmp_path / "turned.png", "image/png")
    visit.wait("state => state.run.name === 'turned.png' && state.settled")
    best, share = web_network.prediction(model, turned)[0]
    first = visit.state["prediction"]["scores"][0]
    assert (first["name"], first["confidence"]) == (best, pytest.approx(share, abs=1e-4))
    assert best in visit.page.locator(".guess").inner_text()


def test_a_file_that_is_no_image_is_refused_in_words(visit: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no image at all")
    run = visit.state["run"]["id"]
    visit.drop(tmp_path / "notes.txt", "text/plain")
    log = visit.page.get_by_role("log")
    visit.page.locator(".toast").wait_for()
    assert "notes.txt" in log.inner_text()
    visit.press("2").wait("(state, run) => state.run.id > run && state.settled", run)
    assert log.inner_text() == "", "what the former file was refused for is still told"


def test_the_shelf_strip_places_images(visit: Any) -> None:
    visit.press("i")
    strip = visit.page.get_by_role("region", name="Shelf of images")
    strip.get_by_role("button", name="Place slope").click()
    visit.wait("state => state.run.picture === 'slope' && state.settled")
    thumbnail = strip.get_by_role("button", name="Place checks")
    thumbnail.drag_to(visit.page.locator("#scene"), target_position={"x": 480, "y": 200})
    visit.wait("state => state.run.picture === 'checks' && state.settled")
    visit.press("i")
    assert strip.is_hidden()


def test_a_picture_on_the_shelf_wall_can_be_clicked(visit: Any) -> None:
    visit.wait("state => state.thumbnails === 3 && state.settled")
    spot = visit.page.evaluate(
        """() => {
            for (let y = 20; y < innerHeight; y += 12)
                for (let x = 20; x < innerWidth; x += 12) {
                    const hit = layerwalk.app.pick(x, y);
                    if (hit?.kind === 'shelf' && hit.picture === 'checks'
                        && document.elementFromPoint(x, y).id === 'scene') return [x, y];
                }
        }"""
    )
    assert spot, "no picture of the shelf is in sight"
    visit.page.mouse.click(*spot)
    visit.wait("state => state.run.picture === 'checks' && state.settled")


def station(visit: Any, layer: str) -> dict[str, Any]:
    """The station whose walls show `layer`."""
    return visit.page.evaluate(
        "layer => layerwalk.app.store.room.stations"
        ".find(s => s.walls.some(wall => wall.layer === layer))",
        layer,
    )


def tile_corners(visit: Any, layer: str, tile: int) -> np.ndarray:
    """Top left, top right and bottom left of a tile, in metres of the untransformed room."""
    for wall in station(visit, layer)["walls"]:
        for panel in wall["panels"]:
            index = tile - panel["first"]
            if 0 <= index < panel["count"]:
                row, column = divmod(index, panel["columns"])
                px, py = panel["pitch_m"]
                x = panel["centre_m"][0] + (column - (panel["columns"] - 1) / 2) * px
                y = panel["centre_m"][1] - (row - (panel["rows"] - 1) / 2) * py
                dx, dy = px / 1.085 / 2, py / 1.085 / 2
                across = np.array([math.cos(wall["yaw_rad"]), 0, -math.sin(wall["yaw_rad"])])
                foot = np.array(wall["position_m"])
                return np.array(
                    [
                        foot + (x + sx * dx) * across + [0, y + sy * dy, 0]
                        for sx, sy in ((-1, 1), (1, 1), (-1, -1), (1, -1))
                    ]
                )
    raise AssertionError(f"tile {tile} of {layer} is on no wall")
