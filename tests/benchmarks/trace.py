"""How much slower tracing and recording are than a plain forward pass of resnet50.

    python tests/benchmarks/trace.py [--threads 1] [--repeat 7] [--network resnet50]

Prints JSON: milliseconds (the shortest of the repetitions, which take turns, so that the same
disturbances meet all) and their ratios to the plain pass. `record` quantizes every
activation on another thread, and its time ends when the last one is packed. Processor time
is that of all threads: where others compute meanwhile, it says more than the time on the clock.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import torch
import torchvision

from layerwalk.atlas import Quantized, quantize_all
from layerwalk.capture import Call, SharedTask, SharedWork, record
from layerwalk.introspection import network_of, trace
from layerwalk.network import Axis

Given = tuple[torch.Tensor, Sequence[Axis]]


def measurements(network: str, threads: int, repeat: int) -> dict[str, Any]:
    """Times in milliseconds by name, and their ratios to the plain pass."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = getattr(torchvision.models, network)(weights=None).eval()
    image = torch.rand(1, 3, 224, 224)
    kept: list[Quantized] = []
    work = SharedWork[Given]("quantizer", lambda given: kept.extend(quantize_all(given)))

    def recorded_quantized() -> None:
        kept.clear()
        record_quantized(model, image, work)

    with closing(work), torch.no_grad():
        recorded = record(model, (image,), {})
        contenders: dict[str, Callable[[], Any]] = {
            "plain": lambda: model(image),
            "trace": lambda: trace(model, image),
            "record": recorded_quantized,
            "network_of": lambda: network_of(recorded, model),
        }
        best = shortest(contenders, repeat)
    values = sum(one.pixels.size for one in kept)
    return {
        "network": network,
        "nodes": len(recorded.calls),
        "quantized_mb": round(values / 1e6, 1),
        "threads": threads,
        "milliseconds": {name: round(clock * 1e3, 2) for name, (clock, _) in best.items()},
        "processor_milliseconds": {name: round(cpu * 1e3, 2) for name, (_, cpu) in best.items()},
        "ratio_to_plain": {
            name: round(best[name][0] / best["plain"][0], 3) for name in ("trace", "record")
        },
    }


def shortest(
    contenders: dict[str, Callable[[], Any]], repeat: int
) -> dict[str, tuple[float, float]]:
    """Least seconds, on the clock and of processors, of `repeat` runs of each.

    They take turns, after one run each to warm up.
    """
    best: dict[str, tuple[float, float]] = {}
    for turn in range(repeat + 1):
        for name, run in contenders.items():
            clock, processor = time.perf_counter(), time.process_time()
            run()
            seconds = time.perf_counter() - clock, time.process_time() - processor
            if turn:
                known = best.get(name, seconds)
                best[name] = min(seconds[0], known[0]), min(seconds[1], known[1])
    return best


def record_quantized(model: torch.nn.Module, image: torch.Tensor, work: SharedWork[Given]) -> None:
    """Every activation of one pass, quantized on another thread while the pass goes on."""

    def consume(call: Call, tensor: torch.Tensor) -> SharedTask[Given]:
        return work.submit((tensor, call.axes), tensor.nbytes)

    record(model, (image,), {}, consume=consume)
    work.finish()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--network", default="resnet50", help="a model of torchvision")
    parser.add_argument("--threads", type=int, default=1, help="threads of one torch op")
    parser.add_argument("--repeat", type=int, default=7)
    options = parser.parse_args()
    print(json.dumps(measurements(options.network, options.threads, options.repeat), indent=2))


if __name__ == "__main__":
    main()
