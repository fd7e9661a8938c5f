"""Tiles keep to themselves near by, and do not shimmer far away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

import layerwalk

TILES, EDGE, NOISE_EDGE = 16, 32, 64
APART, NOISY = "add", "add:2"
WIDTH_AT_1_M = 1 / (2 * np.tan(np.radians(58 / 2)))  # of a metre, in heights of the screen


class Patterns(torch.nn.Module):
    """Two layers that are the same for every image.

    `APART` is all 0 in even channels and all 1 in odd ones, but for the pixel in the middle, so
    that every tile uses all codes, and at its borders the opposite one of its neighbours'.
    `NOISY` has no two neighbouring pixels alike.
    """

    def __init__(self) -> None:
        super().__init__()
        apart = torch.zeros(1, TILES, EDGE, EDGE)
        apart[:, 1::2] = 1
        apart[:, :, EDGE // 2, EDGE // 2] = 1 - apart[:, :, EDGE // 2, EDGE // 2]
        noise = torch.rand(
            1, TILES, NOISE_EDGE, NOISE_EDGE, generator=torch.Generator().manual_seed(0)
        )
        self.register_buffer("apart", apart)
        self.register_buffer("noise", noise)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        nothing = x.mean() * 0
        return (self.apart + nothing).mean() + (self.noise + nothing).mean()


@pytest.fixture(scope="module")
def bridge() -> Iterator[layerwalk.Bridge]:
    with layerwalk.serve(Patterns(), torch.zeros(1, 3, 8, 8)) as served:
        yield served


@pytest.fixture
def visit(room: Any) -> Any:
    """The page of this file; there is no shelf to begin at."""
    room.page.evaluate("layerwalk.app.navigator.home()")
    return room.settle()


def insides(visit: Any, layer: str, inset: float = 1.5) -> list[tuple[slice, slice] | None]:
    """Rows and columns of the pixels that lie wholly inside of each tile; None if not on view."""
    size = visit.page.viewport_size
    found: list[tuple[slice, slice] | None] = []
    for tile in range(TILES):
        x, y, width, height = visit.tile(layer, tile)
        left, right = np.ceil(x + inset), np.floor(x + width - inset)
        top, bottom = np.ceil(y + inset), np.floor(y + height - inset)
        on_view = left >= 0 and right <= size["width"] and top >= 0 and bottom <= size["height"]
        part = slice(int(top), int(bottom)), slice(int(left), int(right))
        found.append(part if on_view and right - left >= 3 and bottom - top >= 3 else None)
    return found


def before(visit: Any, layer: str, distance_m: float, aside_m: float = 0.0) -> Any:
    """Stands straight before a layer's first tile."""
    pose = visit.page.evaluate(
        """layer => {
            const { room } = layerwalk.app.store;
            const station = room.stations.find(one => one.walls.some(w => w.layer === layer));
            return station.walls[0];
        }""",
        layer,
    )
    (x, y, z), yaw = pose["position_m"], pose["yaw_rad"]
    along, away = (np.cos(yaw), -np.sin(yaw)), (np.sin(yaw), np.cos(yaw))
    eye = [x + away[0] * distance_m + along[0] * aside_m, y + pose["height_m"] / 2, 0.0]
    eye[2] = z + away[1] * distance_m + along[1] * aside_m
    return visit.stand(eye, yaw)


@pytest.mark.parametrize("distance_m", [0.8, 1.7, 3.1, 6.2])
def test_tiles_do_not_bleed_into_their_neighbours(visit: Any, distance_m: float) -> None:
    """Up to its border a tile has its own colour, magnified as well as from a coarser level."""
    before(visit, APART, distance_m)
    canvas = visit.canvas().astype(int)
    colours: dict[int, list[np.ndarray]] = {0: [], 1: []}
    for tile, inside in enumerate(insides(visit, APART)):
        if inside is None:
            continue
        pixels = canvas[inside]
        height, width = pixels.shape[:2]
        rows, columns = np.ogrid[:height, :width]
        middle = (abs(rows - height / 2) < 0.3 * height) & (abs(columns - width / 2) < 0.3 * width)
        border = pixels[~middle]
        own = np.median(border, axis=0)
        assert np.abs(border - own).max() <= 3, f"tile {tile} is not of one colour at its border"
        colours[tile % 2].append(own)
    assert colours[0], "no tile is on view"
    assert colours[1]
    for same in colours.values():
        assert np.ptp(same, axis=0).max() <= 3
    assert np.abs(colours[0][0] - colours[1][0]).max() > 100


def expected_change(noise: np.ndarray, pixels: float, step: float) -> float:
    """How much a step sideways, of a part of a pixel, changes a tile that is seen at this many
    pixels an edge, if each pixel is the mean of what it covers; in standard deviations of it."""
    fine = 16
    edge = max(1, round(pixels * fine))
    at = (np.arange(edge) * noise.shape[-1]) // edge
    magnified = noise[np.ix_(at, at)]
    changes = []
    for start in range(0, fine, 4):
        shifted = start + round(step * fine)
        whole = (edge - shifted) // fine * fine
        frames = [
            magnified[:whole, first : first + whole]
            .reshape(whole // fine, fine, whole // fine, fine)
            .mean(axis=(1, 3))
            for first in (start, shifted)
        ]
        changes.append(np.abs(frames[1] - frames[0]).mean())
    return float(np.mean(changes) / noise.std())


@pytest.mark.parametrize("distance_m", [2.6, 3.6, 4.5, 6.0, 9.0])
def test_noise_does_not_shimmer_far_away(visit: Any, distance_m: float) -> None:
    """A step of a part of a pixel changes what is seen about as much as if every pixel were the
    mean of what it covers. Where pixels are picked out instead, a far wall flickers; where it is
    coarser than it need be, it is a grey one that hardly changes."""
    before(visit, NOISY, 1.0)
    near = [visit.canvas()[part].astype(float) for part in insides(visit, NOISY) if part]
    contrast = np.mean([pixels.std(axis=(0, 1)).mean() for pixels in near])
    assert contrast > 20, "the noise cannot be seen"
    step_m = 0.0007 * distance_m
    seen: list[list[np.ndarray]] = [[] for _ in range(TILES)]
    for step in range(6):
        before(visit, NOISY, distance_m, aside_m=step * step_m)
        canvas = visit.canvas().astype(float)
        for tile, part in enumerate(insides(visit, NOISY)):
            if part is not None:
                seen[tile].append(canvas[part])
    changes = [
        np.abs(now - then).mean()
        for frames in seen
        for then, now in pairwise(frames)
        if then.shape == now.shape
    ]
    assert len(changes) > TILES, "too few tiles are on view"
    width = visit.tile(NOISY, 0)[2]
    step_pixels = step_m * WIDTH_AT_1_M * visit.page.viewport_size["height"] / distance_m
    ideal = expected_change(Patterns().noise[0, 0].numpy(), width, step_pixels) * contrast
    assert 0.5 * ideal < np.mean(changes) < 1.5 * ideal
