"""How long it takes from an image placed to its last page at a client, beside a plain pass.

    python tests/benchmarks/stream.py [--model resnet50 swin_t ...] [--size 224] [--repeats 5]

Prints JSON; all times are medians in milliseconds. The client is a process of its own, on the
same machine, over loopback. In the same run: a plain forward pass, the same bytes once through
loopback TCP, and once through memcpy.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))


def main() -> None:
    """Measures and prints."""
    options = _options()
    import torch

    torch.set_num_threads(options.threads)
    measured = [measure(name, options.size, options.repeats) for name in options.model]
    print(json.dumps(measured[0] if len(measured) == 1 else measured, indent=2))


def measure(name: str, size: int, repeats: int) -> dict[str, Any]:
    """All numbers for torchvision's model `name` on images of `size` x `size`."""
    import torch
    import torchvision

    import layerwalk
    from layerwalk.network import tile_shape

    torch.manual_seed(0)
    model = torchvision.models.get_model(name, weights=None).eval()
    image = np.random.default_rng(0).integers(0, 256, (256, 256, 3), np.uint8)
    example = torch.zeros(1, 3, size, size)
    network = layerwalk.trace(model, example)
    late = [node.name for node in network.nodes if node.kind == "Conv2d"][-1]
    plain_ms, expected = _plain(model, image, size, late, repeats)
    with layerwalk.serve(model, example) as bridge:
        client = _in_process(_client, bridge.endpoint, bridge.token, image, late, repeats)
    maps = sum(tile_shape(node.axes).tiles for node in network.nodes if node.shown)
    _check(client, maps, expected)
    placed_ms = statistics.median(client["placed_ms"])
    one_layer_ms = statistics.median(client["one_layer_ms"])
    return {
        "benchmark": "stream",
        "model": name,
        "input": size,
        "torch_threads": torch.get_num_threads(),
        "repeats": repeats,
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "torch": torch.__version__,
        },
        "layers": client["layers"],
        "maps": client["maps"],
        "bytes": client["bytes"],
        "forward_pass_ms": round(plain_ms, 2),
        "placed_to_one_layer_ms": round(one_layer_ms, 2),
        "placed_to_last_page_ms": round(placed_ms, 2),
        "ratio": round(placed_ms / plain_ms, 3),
        "loopback_ms": round(_median_ms(_loopback(client["bytes"]), repeats), 2),
        "memcpy_ms": round(_median_ms(_memcpy(client["bytes"]), repeats), 2),
    }


def _plain(
    model: Any, image: np.ndarray, size: int, late: str, repeats: int
) -> tuple[float, np.ndarray]:
    """Milliseconds of a plain forward pass, and what the late layer puts out."""
    import torch

    from layerwalk.images import Preprocess

    tensor = Preprocess.imagenet((size, size))(image).tensor
    outputs = []
    with torch.no_grad():
        hook = model.get_submodule(late).register_forward_hook(
            lambda module, args, output: outputs.append(output.clone())
        )
        model(tensor)
        hook.remove()
        time_ms = _median_ms(lambda: model(tensor), repeats)
    return time_ms, outputs[0][0].numpy()


def _client(
    pipe: Any, endpoint: str, token: str, image: np.ndarray, late: str, repeats: int
) -> None:
    """In the other process: places the image again and again, and reads what came."""
    import layerwalk

    with layerwalk.connect(endpoint, token=token) as client:
        client.wait_complete(client.place_image(image))
        times = []
        for _ in range(repeats):
            before = client.stats()
            start = time.perf_counter()
            run = client.place_image(image)
            client.wait_complete(run)
            times.append((time.perf_counter() - start) * 1e3)
            after = client.stats()
        late_values = np.asarray(client.activation(late, run=run))
        client.request(late)
        one_layer = []
        for _ in range(repeats):
            start = time.perf_counter()
            client.wait_complete(client.place_image(image))
            one_layer.append((time.perf_counter() - start) * 1e3)
        pipe.send(
            {
                "placed_ms": times,
                "one_layer_ms": one_layer,
                "layers": after.layers - before.layers,
                "maps": after.maps - before.maps,
                "bytes": after.bytes - before.bytes,
                "late": late_values,
            }
        )


def _in_process(function: Callable[..., None], *args: Any) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=function, args=(there, *args))
    process.start()
    there.close()
    try:
        result: dict[str, Any] = here.recv()
    finally:
        process.join()
    return result


def _check(client: dict[str, Any], maps: int, expected: np.ndarray) -> None:
    """Every map came, and the late layer is what a plain hook saw."""
    if client["maps"] != maps:
        raise SystemExit(f"{client['maps']} maps came, the network has {maps}")
    spread = expected.reshape(len(expected), -1)
    step = (spread.max(1) - spread.min(1)) / 252
    error = np.abs(client["late"] - expected).reshape(len(expected), -1).max(1)
    if not (error <= 0.5 * step + 1e-5 * np.abs(spread).max(1)).all():
        raise SystemExit(f"the late layer differs by up to {error.max()}")


def _loopback(size_bytes: int) -> Callable[[], None]:
    """Sends so many bytes through TCP on loopback, and waits until they were read."""
    data, buffer = bytes(size_bytes), bytearray(1 << 20)

    def send() -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:

            def write() -> None:
                with socket.create_connection(server.getsockname()) as outgoing:
                    outgoing.sendall(data)

            writer = threading.Thread(target=write)
            writer.start()
            with server.accept()[0] as incoming:
                while incoming.recv_into(buffer):
                    pass
            writer.join()

    return send


def _memcpy(size_bytes: int) -> Callable[[], None]:
    source, target = np.ones(size_bytes, np.uint8), np.empty(size_bytes, np.uint8)
    return lambda: np.copyto(target, source)


def _median_ms(function: Callable[[], Any], repeats: int) -> float:
    """Of `repeats` calls, after one to warm up."""
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times[1:])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--model", default=["resnet50", "densenet201", "swin_t"], nargs="+", help="of torchvision"
    )
    parser.add_argument("--size", type=int, default=224, help="edge of the input, in pixels")
    parser.add_argument("--threads", type=int, default=1, help="of torch, in the bridge")
    parser.add_argument("--repeats", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
