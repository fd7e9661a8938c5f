"""What a frame of the Unity client takes of the main thread when nothing changes, on mono.

    python tests/benchmarks/unity_frames.py [--walls 500] [--frames 2000]

Prints JSON. A bridge serves a network with so many walls; the client, on the hand-written double of
the engine, walks in, waits until all are lit, points the mouse to one, and stands still. `client`
is all of its work in a frame, which ends with handing the draws to the engine; `limit` is the
double alone, handed the same draws by a loop that does nothing else. Milliseconds are the median
and 99 %. Bytes are those that the main thread allocated a frame. The double notes every draw that
it is handed (`double_bytes_per_draw`), and numbers and places (`double_bytes_besides`): without
these the client allocates `own_bytes`. What the engine takes to draw is in none of these numbers.
Needs mono.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT / "python_bridge"), str(CHECKOUT / "tests" / "unity")]

CHANNELS, EDGE = 16, 14
# The program, and those of the tests whose files it uses.
PARTS = ("FramesBenchmark", "Client", "Transport", "Protocol", "Scene", "Curve")

Lines = dict[str, list[list[float]]]


def main() -> None:
    """Measures and prints."""
    options = _options()
    import build  # beside the C# tests

    import layerwalk

    missing = build.missing_tools()
    if missing:
        raise SystemExit(f"{', '.join(missing)} not found; on Debian and Ubuntu: make mono")
    torch.manual_seed(0)
    torch.set_num_threads(1)
    example = torch.rand(1, CHANNELS, EDGE, EDGE)
    with tempfile.TemporaryDirectory() as folder:
        built = build.build(Path(folder), PARTS)
        program = next(path for path in built if path.stem == "FramesBenchmarkProgram")
        with layerwalk.serve(corridor(options.walls), example) as bridge:
            lines = measured(program, bridge.endpoint, bridge.token, options.frames)
    print(json.dumps(_report(lines, options.frames), indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walls", type=int, default=500)
    parser.add_argument("--frames", type=int, default=2000)
    return parser.parse_args()


def corridor(walls: int) -> nn.Module:
    """Layers one behind the other, each with a wall on either side of the aisle."""
    layers = (nn.Conv2d(CHANNELS, CHANNELS, 1) for _ in range(walls // 2))
    return nn.Sequential(*layers).eval()


def measured(program: Path, endpoint: str, token: str, frames: int) -> Lines:
    """What the program printed: numbers, by the first words of its lines."""
    command = ["mono", str(program), endpoint, token, str(frames)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    lines: Lines = {}
    for word, *numbers in map(str.split, said.splitlines()):
        lines.setdefault(word, []).append([float(number) for number in numbers])
    return lines


def _report(lines: Lines, frames: int) -> dict[str, Any]:
    client, limit = np.array(lines["ms"]).T
    memory = [number / frames for number in lines["memory"][0]]
    walls, draws = map(int, lines["room"][0])
    rows = {"client": _row(client, memory[0]), "limit": _row(limit, memory[1])}
    return {
        "benchmark": "unity_frames",
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
        },
        "walls": walls,
        "frames": frames,
        "draws": draws,
        **rows,
        "ratio": round(rows["client"]["ms"] / rows["limit"]["ms"], 2),
        "own_bytes": round(memory[0] - memory[1] - memory[2], 2),
        "double_bytes_per_draw": round(memory[1] / draws, 1),
        "double_bytes_besides": round(memory[2], 1),
        "collections": int(lines["collections"][0][0]),
    }


def _row(ms: NDArray[np.float64], allocated: float) -> dict[str, float]:
    median, slowest = np.percentile(ms, (50, 99))
    return {
        "ms": round(float(median), 4),
        "ms_99": round(float(slowest), 4),
        "bytes": round(allocated, 1),
    }


if __name__ == "__main__":
    main()
