"""How time and bytes grow with feature maps, image size and viewers, with fitted exponents.

    python tests/benchmarks/growth.py [--repeats 5]

Prints JSON: for each of the three, the points measured and the exponent p of `y ~ x^p` for every
quantity y (a straight line through the logarithms). Beside every time stands its limit in the
same run: a plain forward pass, the same bytes once through memcpy, once through loopback TCP.
`report.py` draws the plots of docs/performance.md from it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import stream
import viewers

NETWORKS = ("resnet18", "resnet34", "resnet50", "densenet121", "resnet152", "densenet201")
SIZES = (64, 96, 128, 192, 256, 384)
VIEWERS = (1, 2, 4, 8, 16)

Point = dict[str, float]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    import torch

    torch.set_num_threads(1)
    result = {
        "benchmark": "growth",
        "machine": machine(),
        "maps": series("maps", NETWORKS, lambda name: of_network(name, 224, repeats)),
        "image size": series("pixels", SIZES, lambda size: of_network("resnet18", size, repeats)),
        "viewers": series("viewers", VIEWERS, lambda count: of_viewers(count, repeats)),
    }
    print(json.dumps(result, indent=2))


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    import torch

    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "torch_threads": torch.get_num_threads(),
    }


def series(
    over: str, values: Sequence[Any], measure: Callable[[Any], Point]
) -> dict[str, dict[str, Any]]:
    """Points for all values, and the exponents of all that grows with `over`."""
    points = [measure(value) for value in values]
    grown = [name for name in points[0] if name != over]
    return {
        "over": over,
        "points": points,
        "exponents": {name: exponent(points, over, name) for name in grown},
    }


def exponent(points: Sequence[Point], over: str, name: str) -> float:
    """p of the line through the points (log `over`, log `name`)."""
    logs = np.log([[point[over], point[name]] for point in points])
    return round(float(np.polyfit(logs[:, 0], logs[:, 1], 1)[0]), 2)


def of_network(name: str, size: int, repeats: int) -> Point:
    """One point of a network on images of `size` x `size`."""
    one = stream.measure(name, size, repeats)
    return {
        "maps": one["maps"],
        "pixels": size * size,
        "megabytes": round(one["bytes"] / 1e6, 2),
        "placed_to_last_page_ms": one["placed_to_last_page_ms"],
        "forward_pass_ms": one["forward_pass_ms"],
        "loopback_ms": one["loopback_ms"],
        "memcpy_ms": one["memcpy_ms"],
    }


def of_viewers(count: int, repeats: int) -> Point:
    """One point of EfficientNet-Lite0 at 128 x 128 for `count` viewers."""
    one = viewers.alone(count, repeats, 128)
    return {
        "viewers": count,
        "megabytes": round(count * one["bytes_per_viewer_and_image"] / 1e6, 2),
        "placed_to_last_page_ms": one["alone_ms"]["median"],
        "forward_pass_ms": one["forward_pass_ms"],
        "loopback_ms": one["loopback_all_viewers_ms"],
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
