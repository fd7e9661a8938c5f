"""How much memory a bridge takes above the model alone, beside the pages that it holds.

    python tests/benchmarks/memory.py [--model resnet50] [--size 224] [--images 8]

Prints JSON: resident megabytes of the bridge's process when the model is loaded and has run once,
with the bridge's modules loaded, after some images, at the highest, and when nothing was placed
for a while; and what is above the first in units of the pages of one run, uint8. A client in
another process reads everything.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))


def main() -> None:
    """Measures each model in a process of its own, and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default=["resnet50", "densenet201"], nargs="+")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--images", type=int, default=8)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    measured = []
    for name in options.model:
        with context.Pool(1) as pool:
            measured.append(pool.apply(measure, (name, options.size, options.images)))
    print(json.dumps(measured, indent=2))


def measure(name: str, size: int, images: int) -> dict[str, Any]:
    """All numbers for torchvision's model `name`, in a fresh process."""
    import torch
    import torchvision

    torch.set_num_threads(1)
    model = torchvision.models.get_model(name, weights=None).eval()
    example = torch.zeros(1, 3, size, size)
    with torch.inference_mode():
        model(example)
    alone = resident_mb()
    import layerwalk
    import layerwalk.atlas.quantization
    from layerwalk.session.worker import REST_S

    loaded = resident_mb()
    Path("/proc/self/clear_refs").write_text("5")  # the highest from now on
    with layerwalk.serve(model, example) as bridge:
        with _reader(bridge.endpoint, bridge.token, images) as pages_mb:
            after, highest = resident_mb(), resident_mb("VmHWM")
        time.sleep(REST_S + 1)
        rested = resident_mb()
    return {
        "benchmark": "memory",
        "model": name,
        "pages_mb": round(pages_mb, 1),
        "resident_mb": {
            "model and one forward pass": alone,
            "modules loaded": loaded,
            "after the images": after,
            "highest": highest,
            "after a rest": rested,
        },
        "modules_mb": round(loaded - alone, 1),
        "ratio": round((after - alone) / pages_mb, 2),
        "ratio_without_modules": round((after - loaded) / pages_mb, 2),
        "rested_ratio": round((rested - alone) / pages_mb, 2),
        "highest_ratio": round((highest - alone) / pages_mb, 2),
    }


def resident_mb(which: str = "VmRSS") -> float:
    """Of this process."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"^{which}:\s+(\d+) kB", status, re.MULTILINE)
    assert found is not None
    return round(int(found[1]) * 1024 / 1e6, 1)


@contextmanager
def _reader(endpoint: str, token: str, images: int) -> Iterator[float]:
    """While a client is there that has read the images: megabytes of one run's pages."""
    code = (
        "import sys, numpy as np, layerwalk\n"
        "endpoint, token, images = sys.argv[1:]\n"
        "with layerwalk.connect(endpoint, token=token) as client:\n"
        "    client.wait_complete()\n"
        "    for seed in range(int(images)):\n"
        "        before = client.stats().bytes\n"
        "        pixels = np.random.default_rng(seed).integers(0, 256, (256, 256, 3), np.uint8)\n"
        "        client.wait_complete(client.place_image(pixels))\n"
        "    print((client.stats().bytes - before) / 1e6, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, endpoint, token, str(images)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as client:  # leaving it closes what it reads
        assert client.stdout is not None
        yield float(client.stdout.readline())


if __name__ == "__main__":
    main()
