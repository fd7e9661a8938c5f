"""Live input: how many images a second reach first light at a client, and how old they are then.

    python tests/benchmarks/live.py [--size 128] [--rate 10] [--seconds 15] [--threads 1]

EfficientNet-Lite0 plays a video of photographs, 640 x 480, at `--rate`; the client, a process of
its own over loopback, asks for the first light of all layers and nothing else. Prints JSON: runs a
second that came whole, how many frames were passed over, and the age of a frame, from its capture
to the last of its pages (median and 95 %). Beside it, in the same run, a plain forward pass.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zmq

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))

from stream import _in_process, _median_ms

HEIGHT, WIDTH = 480, 640
FRAMES_A_PICTURE = 20
WARM_UP = 5  # runs
CREDIT_BYTES = 1 << 40
PATIENCE_MS = 60_000


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=128, help="edge of the network's input")
    parser.add_argument("--rate", type=float, default=10.0, help="images a second")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--threads", type=int, default=1, help="of torch, in the bridge")
    options = parser.parse_args()
    import torch

    torch.set_num_threads(options.threads)
    result = measure(options.size, options.rate, options.seconds)
    print(json.dumps({"torch_threads": options.threads, **result}, indent=2))


def measure(size: int, rate_hz: float, seconds: float) -> dict[str, Any]:
    """All numbers."""
    from layerwalk.session import open_bridge
    from layerwalk.sources import demo_shelf, resolve

    load, shelf = resolve("demo", input_size=(size, size)), demo_shelf()
    plain_ms = _plain_ms(load())
    with tempfile.TemporaryDirectory() as folder:
        clip = _video(Path(folder) / "clip.avi", shelf, rate_hz)
        with open_bridge(load, shelf=shelf, live={"clip": clip}) as bridge:
            bridge.wait_ready()
            client = _in_process(_client, bridge.endpoint, bridge.token, rate_hz, seconds)
    ages, positions = client["ages_ms"], client["positions"]
    passed_over = sum((b - a - 1) % client["frames"] for a, b in pairwise(positions))
    return {
        "benchmark": "live",
        "model": "efficientnet-lite0",
        "input": size,
        "source": f"video, {WIDTH} x {HEIGHT}",
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
        },
        "images_per_second": rate_hz,
        "first_lights_per_second": round(len(ages) / client["seconds"], 2),
        "seconds": round(client["seconds"], 1),
        "frames_passed_over": passed_over,
        "layers": client["layers"],
        "first_light_bytes": client["bytes"],
        "age_ms": round(statistics.median(ages), 1),
        "age_95_ms": round(float(np.percentile(ages, 95)), 1),
        "forward_pass_ms": round(plain_ms, 2),
    }


def _plain_ms(loaded: Any) -> float:
    import torch

    with torch.no_grad():
        return _median_ms(lambda: loaded.model(loaded.example_input), 15)


def _video(file: Path, shelf: Any, rate_hz: float) -> Path:
    """The photographs, one after the other, each moving a little."""
    size = (WIDTH, HEIGHT)
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter_fourcc(*"MJPG"), rate_hz, size)
    for picture in shelf.pictures():
        wide = cv2.resize(shelf.load(picture.id), (WIDTH + 2 * FRAMES_A_PICTURE, HEIGHT))
        for step in range(FRAMES_A_PICTURE):
            frame = wide[:, 2 * step : 2 * step + WIDTH, ::-1]
            writer.write(np.ascontiguousarray(frame))
    writer.release()
    return file


def _client(pipe: Any, endpoint: str, token: str, rate_hz: float, seconds: float) -> None:
    """In the other process: plays, and notes when each image is lit."""
    from layerwalk.protocol import frames
    from layerwalk.protocol import messages as m

    socket = _connected(endpoint, token)

    def send(message: Any) -> None:
        socket.send_multipart(frames.encode(message))

    def receive() -> tuple[Any, list[np.ndarray]]:
        if not socket.poll(PATIENCE_MS):
            raise SystemExit("the bridge sent nothing")
        return frames.decode_bridge(socket.recv_multipart())

    send(m.Hello(major=m.MAJOR, minor=m.MINOR, client="benchmark"))
    welcome = receive()[0]
    while not isinstance(receive()[0], m.RoomPublished):
        pass
    send(m.Request(first_light=True))
    send(m.Credit(bytes=CREDIT_BYTES))
    live = {"source": "clip", "rate_hz": rate_hz}
    send(m.Change(request=1, base=0, path=("live", "main", "input"), value=live))
    seen = _watch(receive, seconds)
    pipe.send({**seen, "frames": welcome.live[0].frames})
    socket.close()


def _watch(receive: Any, seconds: float) -> dict[str, Any]:
    """The age of every image when all of its first light is there, for so many seconds."""
    from layerwalk.protocol import messages as m

    ages: list[float] = []
    positions: list[int] = []
    placed, placed_s, size_bytes, warm, began_s = None, 0.0, 0, 0, 0.0
    while True:
        message, arrays = receive()
        now_s = time.perf_counter()
        if isinstance(message, m.InputPlaced) and message.live:
            placed, placed_s, size_bytes = message, now_s, 0
        elif isinstance(message, m.Pages):
            size_bytes += sum(array.nbytes for array in arrays)
        elif isinstance(message, m.Complete) and placed and message.run == placed.run:
            warm += 1
            if warm < WARM_UP:
                continue
            began_s = began_s or now_s
            if now_s - began_s > seconds:
                break
            ages.append(1e3 * (placed.age_s + now_s - placed_s))
            positions.append(placed.position)
            layers, complete_bytes = message.layers, size_bytes
    return {
        "ages_ms": ages,
        "positions": positions,
        "seconds": seconds,
        "layers": layers,
        "bytes": complete_bytes,
    }


def _connected(endpoint: str, token: str) -> Any:
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.linger = 0
    socket.plain_username, socket.plain_password = b"layerwalk", token.encode()
    socket.connect(endpoint)
    return socket


if __name__ == "__main__":
    main()
