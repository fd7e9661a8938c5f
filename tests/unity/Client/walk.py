"""A real bridge with a shelf of pictures, and a Python client beside it, for tests of the Unity
client. Arguments: the port for ZeroMQ, and the token; the same ones again make the same address. A
third one is a file for a CURVE key, which makes it a bridge for other machines, or -; a fourth one
is the network: `hall`, or `wide`, whose maps take many megabytes. Frames can be played into both.

Prints `bridge ENDPOINT KEY`, where KEY is - without CURVE. Reads commands from standard input and
prints `done` after each: `digest RUN` prints, of every layer that the Python client got of that
run, `layer NAME SHA256-OF-RANGES SHA256-OF-CODES`; `place SEED` prints `run NUMBER`; `expand
BLOCK`, `collapse BLOCK`; `move STATION X Y Z SCALE`; `where STATION` prints `at X Y Z SCALE`, or
`at home`; `hold STATION SECONDS` leases it; `leased STATION` prints `left SECONDS` of somebody
else's lease, 0 for none; `layout KIND SPACING`; `hide STATION`, `show STATION`, `pin STATION`,
`unpin STATION`; `play SOURCE`, `stop`; `expanded` prints `open BLOCK` of every open block.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import torch
from torch import nn

import layerwalk
from layerwalk.errors import Leased

KEEPING = {
    "hide": ("hidden", True),
    "show": ("hidden", None),
    "pin": ("pinned", True),
    "unpin": ("pinned", None),
}


class Hall(nn.Module):
    """A stem, a block of three, and a head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block = nn.Sequential(nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Conv2d(16, 16, 3))
        self.head = nn.Linear(16, 10)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Scores of ten classes."""
        features = self.block(torch.relu(self.stem(image)))
        scores: torch.Tensor = self.head(features.mean(dim=(2, 3)))
        return scores


class Forked(nn.Module):
    """What a residual block adds and what is joined to it, so that paths lead overhead."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 8, 1))
        self.side = nn.Conv2d(8, 8, 1)
        self.mix = nn.Conv2d(16, 12, 1)
        self.head = nn.Linear(12, 10)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Scores of ten classes."""
        stem = torch.relu(self.stem(image))
        added = torch.relu(stem + self.block(stem))
        joined = torch.cat([added, self.side(stem)], 1)
        scores: torch.Tensor = self.head(torch.relu(self.mix(joined)).mean(dim=(2, 3)))
        return scores


def wide() -> nn.Module:
    """Twelve layers of 4 MiB each."""
    layers = [nn.Conv2d(3, 64, 1), *(nn.Conv2d(64, 64, 1, groups=64) for _ in range(11))]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def picture(seed: int) -> np.ndarray:
    """Random pixels."""
    return np.random.default_rng(seed).integers(0, 256, (64, 64, 3), np.uint8)


def frames() -> dict[str, np.ndarray]:
    """Live sources: a clip of six frames."""
    return {"clip": np.stack([picture(200 + index) for index in range(6)])}


def main() -> None:
    """Serves until standard input ends."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    port, token, key_file, kind = int(sys.argv[1]), *sys.argv[2:5]
    access = {} if key_file == "-" else {"host": "0.0.0.0", "curve_key": key_file}
    network, edge = (wide(), 256) if kind == "wide" else (Hall(), 64)
    shelf = [picture(seed) for seed in range(101, 109)]
    names = [f"class {index}" for index in range(10)]
    with (
        layerwalk.serve(
            network.eval(), torch.zeros(1, 3, edge, edge), shelf, class_names=names,
            zeromq_port=port, token=token, live=frames(), **access,
        ) as bridge,
        layerwalk.connect(
            local(bridge.endpoint), token=bridge.token, server_key=bridge.server_key
        ) as client,
    ):  # fmt: skip
        print("bridge", local(bridge.endpoint), bridge.server_key or "-", flush=True)
        for line in sys.stdin:
            obey(client, *line.split())
            print("done", flush=True)


def local(endpoint: str) -> str:
    """From this machine."""
    return f"tcp://127.0.0.1:{endpoint.rpartition(':')[2]}"


def obey(client: layerwalk.Client, command: str, *arguments: str) -> None:
    """Does one command."""
    if command == "digest":
        digest(client, int(arguments[0]))
    elif command == "place":
        print("run", client.place_image(picture(int(arguments[0]))), flush=True)
    elif command == "expand":
        client.expand(arguments[0])
    elif command == "collapse":
        client.collapse(arguments[0])
    elif command == "move":
        x, y, z, scale = map(float, arguments[1:])
        client.move_layer(arguments[0], position_m=(x, y, z), scale=scale)
    elif command == "layout":
        client.set_layout(arguments[0], spacing=float(arguments[1]))  # type: ignore[arg-type]
    elif command in KEEPING:
        kind, value = KEEPING[command]
        client._change((kind, "main", arguments[0]), value)
    elif command == "play":
        client.play(arguments[0])
    elif command == "stop":
        client.play(None)
    elif command == "hold":
        client.hold_layer(arguments[0], seconds=float(arguments[1]))
    elif command == "leased":
        leased(client, arguments[0])
    elif command == "where":
        value = client.state().get("stations", {}).get("main", {}).get(arguments[0])
        place = [*value["position_m"], value["scale"]] if value else ["home"]
        print("at", *place, flush=True)
    else:
        for block in client.state().get("expanded", {}).get("main", {}):
            print("open", block, flush=True)


def leased(client: layerwalk.Client, station: str) -> None:
    """Prints how long somebody else holds a station, as the bridge says to who would have it."""
    left = "0"
    try:
        client.hold_layer(station, seconds=0)
    except Leased as refused:
        left = str(refused).rpartition("try again in ")[2].removesuffix(" s")
    print("left", left, flush=True)


def digest(client: layerwalk.Client, run: int) -> None:
    """Prints what the client got."""
    got = client._inbox.runs.get(client.wait_complete(run))
    assert got is not None
    for name, layer in got.layers.items():
        ranges = hashlib.sha256(layer.ranges.tobytes()).hexdigest()
        codes = hashlib.sha256(layer.levels[0][1].tobytes()).hexdigest()
        print("layer", name, ranges, codes)


if __name__ == "__main__":
    main()
