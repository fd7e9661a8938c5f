"""Rooms of many kinds of networks, and the geometry by which they are checked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import torch
import torchvision
from torch import nn

import layerwalk.introspection as introspection
from layerwalk.layout import layout
from layerwalk.network import Network
from layerwalk.room import Room, Station, Wall

THICKNESS = 0.07
WALL_TOP = 3.31
Point = tuple[float, float]


class UNet(nn.Module):
    """Three levels, joined across by concatenation."""

    def __init__(self) -> None:
        super().__init__()
        widths = [3, 8, 16, 32]
        self.down = nn.ModuleList(
            nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.Conv2d(b, b, 1))
            for a, b in pairwise(widths)
        )
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 2, 2) for a, b in ((32, 32), (32, 16), (16, 8))
        )
        self.merge = nn.ModuleList(nn.Conv2d(2 * b, b, 3, padding=1) for b in (32, 16, 8))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = []
        for down in self.down:
            kept.append(down(x))
            x = self.pool(kept[-1])
        for up, merge in zip(self.up, self.merge, strict=True):
            x = merge(torch.cat([kept.pop(), up(x)], 1)).relu()
        return x


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.lstm = nn.Embedding(50, 16), nn.LSTM(16, 32, 2, batch_first=True)
        self.decide = nn.Linear(32, 4)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.decide(self.lstm(self.embedding(tokens))[0][:, -1])


def torchvision_model(name: str) -> nn.Module:
    options = {"googlenet": {"init_weights": False, "aux_logits": False}}.get(name, {})
    return torchvision.models.get_model(name, weights=None, **options)


def lite0() -> nn.Module:
    from efficientnet_lite_pytorch import EfficientNet

    return EfficientNet.from_name("efficientnet-lite0")


TORCHVISION = [
    "resnet18",
    "resnet50",
    "densenet121",
    "densenet201",
    "googlenet",
    "mobilenet_v3_small",
    "vit_b_16",
    "swin_t",
]
NETWORKS = [*TORCHVISION, "efficientnet-lite0", "unet", "lstm"]


@cache
def traced(name: str) -> Network:
    torch.set_num_threads(1)
    if name == "lstm":
        return introspection.trace(Reader().eval(), torch.zeros(1, 12, dtype=torch.long))
    if name == "unet":
        return introspection.trace(UNet().eval(), torch.zeros(1, 3, 64, 64))
    model = lite0() if name == "efficientnet-lite0" else torchvision_model(name)
    return introspection.trace(model.eval(), torch.zeros(1, 3, 224, 224), name=name)


def expansions(network: Network) -> dict[str, list[str] | None]:
    names = [block.name for block in network.blocks]
    return {
        "initial": None,
        "all": names,
        "none": [],
        "half": [name for k, name in enumerate(names) if k % 2 == 0 or name.count(".") == 0],
    }


CASES = [(name, how) for name in NETWORKS for how in ("initial", "all", "none", "half")]


@cache
def room_of(name: str, how: str) -> Room:
    network = traced(name)
    return layout(network, expansions(network)[how], class_names=["a"] * 1000)


# ---------------------------------------------------------------- geometry of the checks


def corners(wall: Wall) -> list[Point]:
    """The wall's rectangle in plan: front edge, and THICKNESS behind it."""
    x, _, z = wall.position_m
    along = (math.cos(wall.yaw_rad), -math.sin(wall.yaw_rad))
    front = (math.sin(wall.yaw_rad), math.cos(wall.yaw_rad))
    half = wall.width_m / 2
    a, b = (x - along[0] * half, z - along[1] * half), (x + along[0] * half, z + along[1] * half)
    back = [(p[0] - front[0] * THICKNESS, p[1] - front[1] * THICKNESS) for p in (b, a)]
    return [a, b, *back]


def apart(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two convex polygons (or segments) are disjoint: separating axes."""
    for shape in (one, other):
        for (ax, az), (bx, bz) in zip(shape, [*shape[1:], shape[0]], strict=True):
            normal = (bz - az, ax - bx)
            if normal == (0, 0):
                continue
            mine = [p[0] * normal[0] + p[1] * normal[1] for p in one]
            theirs = [p[0] * normal[0] + p[1] * normal[1] for p in other]
            if max(mine) <= min(theirs) + 1e-9 or max(theirs) <= min(mine) + 1e-9:
                return True
    return False


def walls_of(room: Room) -> Iterator[tuple[Station, Wall]]:
    for station in room.stations:
        for wall in station.walls:
            yield station, wall


def rectangles(room: Room) -> list[tuple[float, float, list[Point]]]:
    """Walls as (nearest z, farthest z, corners), from the visitor on; photograph and shelf too."""
    shapes = [corners(wall) for _, wall in walls_of(room)]
    for picture in (room.photograph, room.shelf):
        side = -1 if picture.position_m[0] < 0 else 1
        stand_in = Wall("", side, picture.position_m, picture.yaw_rad, picture.width_m, 3.25, ())
        shapes.append(corners(stand_in))
    found = [(max(z for _, z in s), min(z for _, z in s), s) for s in shapes]
    return sorted(found, key=lambda shape: -shape[0])


def near(
    shapes: Sequence[tuple[float, float, list[Point]]], z0: float, z1: float
) -> Iterator[list[Point]]:
    low, high = min(z0, z1), max(z0, z1)
    return (shape for far_z, near_z, shape in shapes if near_z <= high and far_z >= low)


def inner_z(wall: Wall) -> float:
    return wall.position_m[2] - abs(math.sin(wall.yaw_rad)) * wall.width_m / 2
