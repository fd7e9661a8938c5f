"""How long a similarity map takes, beside one BLAS sgemv over the same features as float32.

    python tests/benchmarks/similarity.py [--repeat 15] [--size 106 160 256]

Prints JSON: milliseconds on one core, the shortest of the repetitions, which take turns. `ours_ms`
is from a pixel to the map as it is coloured: angles and their stretch included; `floats_ms` the
same of float32, `region_ms` of bytes with the mean of a rectangle. What is prepared once
is apart, in `prepared_ms`. The sgemv is the product alone, of unit vectors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from layerwalk.similarity import NormalizedFeatures, Rectangle, stretch

SIZES = (
    (106, 160, 256), (52, 80, 512), (26, 40, 1024),
    (256, 256, 1024), (512, 512, 512), (1024, 1024, 256),
)  # fmt: skip
LARGEST_FLOATS = 1 << 30  # bytes


def features(height: int, width: int, count: int) -> np.ndarray:
    """Bytes as a dataset has them: of a ReLU, most of them small."""
    random = np.random.default_rng(0)
    values = np.empty((height, width, count), np.uint8)
    for row in values:
        row[:] = np.abs(random.standard_normal(row.shape, np.float32) * 40).clip(0, 255)
    return values


def measurement(height: int, width: int, count: int, repeat: int) -> dict[str, Any]:
    """Times of one size, in milliseconds."""
    values = features(height, width, count)
    place, region = (width // 3, height // 2), Rectangle(width // 3, height // 2, 5, 4)
    units = values.reshape(-1, count).astype(np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    product, reference = np.empty(len(units), np.float32), units[place[1] * width + place[0]].copy()
    clock = time.perf_counter()
    ready = NormalizedFeatures(values)
    ready.map(place)
    prepared = time.perf_counter() - clock
    contenders: dict[str, Callable[[], Any]] = {
        "sgemv": lambda: np.dot(units, reference, out=product),
        "ours": lambda: stretch(ready.map(place), place),
        "region": lambda: stretch(ready.map(region), region),
    }
    if units.nbytes < LARGEST_FLOATS:  # the copy of a copy has to fit
        floats = NormalizedFeatures(units.reshape(values.shape))
        contenders["floats"] = lambda: stretch(floats.map(place), place)
    best = shortest(contenders, repeat)
    return {
        "size": [height, width, count],
        **{f"{name}_ms": round(seconds * 1e3, 3) for name, seconds in best.items()},
        "prepared_ms": round(prepared * 1e3, 2),
        "ratio": round(best["ours"] / best["sgemv"], 2),
        "floats_ratio": round(best["floats"] / best["sgemv"], 2) if "floats" in best else None,
    }


def shortest(contenders: dict[str, Callable[[], Any]], repeat: int) -> dict[str, float]:
    """Least seconds of each, in turns, after one to warm up."""
    best: dict[str, float] = {}
    for turn in range(repeat + 1):
        for name, run in contenders.items():
            clock = time.perf_counter()
            run()
            seconds = time.perf_counter() - clock
            if turn:
                best[name] = min(seconds, best.get(name, seconds))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--size", type=int, nargs=3, metavar=("H", "W", "F"))
    options = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":  # it is read when numpy is imported
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        sys.exit(subprocess.call([sys.executable, *sys.argv], env={**os.environ, **one}))
    sizes = [tuple(options.size)] if options.size else SIZES
    measurement(8, 8, 8, 1)  # compiles
    print(json.dumps([measurement(*size, options.repeat) for size in sizes], indent=2))


if __name__ == "__main__":
    main()
