"""What slow viewers cost the others: 30 viewers of one session, with and without two slow ones.

    python tests/benchmarks/viewers.py [--viewers 28] [--images 8] [--size 224]

EfficientNet-Lite0, an image a second, one torch thread. Every viewer asks for all layers in full.
First 28 viewers alone; then the same 28 beside one that is stopped dead (it grants credit, and
its process is halted) and one that reads 10 kB/s. Prints JSON: the time from an image placed to
its last page at each of the 28 (median and 95 %), the ratio of both, what the bridge's memory
grew to, what the slow reader got, and, in the same run, a plain forward pass and the same bytes
for as many viewers once through loopback TCP.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import zmq

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))

from stream import _loopback, _median_ms

PERIOD_S = 1.0
SLOW_BYTES_PER_S = 10_000
WINDOW_BYTES = 64 << 20


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--viewers", type=int, default=28)
    parser.add_argument("--images", type=int, default=8)
    parser.add_argument("--size", type=int, default=224)
    options = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    print(json.dumps(measure(options.viewers, options.images, options.size), indent=2))


def measure(viewers: int, images: int, size: int) -> dict[str, Any]:
    """All numbers."""
    with _session(viewers, size) as (where, readers, limits):
        alone = _delays(where, readers, images)
        before = _resident_mb()
        with _process(_dead, *where) as dead, _process(_slow, *where) as slow:
            assert dead.process.pid is not None
            os.kill(dead.process.pid, signal.SIGSTOP)
            beside = _delays(where, readers, images)
            crowded = _resident_mb()
            slow.pipe.send(None)
            got = slow.pipe.recv()
        limits |= _limits(readers, viewers)
    return {
        "benchmark": "viewers",
        "model": "efficientnet-lite0",
        "input": size,
        "viewers": viewers,
        "images": images,
        "cores": os.cpu_count(),
        **limits,
        "alone_ms": alone,
        "beside_slow_ones_ms": beside,
        "ratio": round(beside["median"] / alone["median"], 3),
        "bridge_resident_mb": {"alone": before, "beside_slow_ones": crowded},
        "slow_reader": got,
    }


def alone(viewers: int, images: int, size: int) -> dict[str, Any]:
    """Only the delays of viewers that keep up, and their limits."""
    with _session(viewers, size) as (where, readers, limits):
        delays = _delays(where, readers, images)
        return {**limits, **_limits(readers, viewers), "alone_ms": delays}


@contextmanager
def _session(viewers: int, size: int) -> Iterator[tuple[tuple[str, str], _Child, dict[str, Any]]]:
    """Endpoint and token of a bridge with so many viewers, their process, and a plain pass."""
    import torch

    from layerwalk.session import open_bridge
    from layerwalk.sources import load

    loaded = load("demo", input_size=(size, size))
    with torch.inference_mode():
        forward_ms = _median_ms(lambda: loaded.model(loaded.example_input), 5)
    with open_bridge(lambda: loaded) as bridge:
        bridge.wait_ready()
        where = (bridge.endpoint, bridge.token)
        with _process(_readers, *where, viewers) as readers:
            yield where, readers, {"forward_pass_ms": round(forward_ms, 1)}


def _limits(readers: _Child, viewers: int) -> dict[str, Any]:
    """What one image is for one viewer, and how long all of it takes through loopback TCP."""
    readers.pipe.send(None)
    bytes_each = readers.pipe.recv()
    loopback_ms = _median_ms(_loopback(bytes_each * viewers), 3)
    return {
        "bytes_per_viewer_and_image": bytes_each,
        "loopback_all_viewers_ms": round(loopback_ms, 1),
    }


def _delays(where: tuple[str, str], readers: Any, images: int) -> dict[str, float]:
    """Places an image a second; milliseconds to the last page at the readers."""
    import layerwalk

    random = np.random.default_rng(0)
    delays: list[float] = []
    with layerwalk.connect(where[0], token=where[1], layers=()) as client:
        for index in range(images + 1):
            began = time.monotonic()
            run = client.place_image(random.integers(0, 256, (256, 256, 3), np.uint8))
            readers.pipe.send(run)
            ended = readers.pipe.recv()
            if index:  # the first warms up
                delays += [1e3 * (end - began) for end in ended]
            time.sleep(max(0.0, began + PERIOD_S - time.monotonic()))
    return {
        "median": round(statistics.median(delays), 1),
        "95 %": round(float(np.percentile(delays, 95)), 1),
    }


# ---------------------------------------------------------------- viewers, in their own processes


class _Reader:
    """A viewer in plain pyzmq: counts what comes, and grants what it has read."""

    def __init__(self, context: zmq.Context[Any], endpoint: str, token: str, credit: int) -> None:
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.plain_username, self.socket.plain_password = b"layerwalk", token.encode()
        self.socket.connect(endpoint)
        self.bytes = 0
        self.complete: dict[int, float] = {}
        self.send("hello", major=1, minor=0, client="benchmark")
        self.send("request", request=1, layers=["*"], levels=[0])
        self.send("credit", bytes=credit)

    def send(self, type: str, **fields: Any) -> None:
        self.socket.send(msgpack.packb({"type": type, "buffers": [], **fields}))

    def receive(self) -> int:
        """Takes one message; its bytes of pages."""
        header, *buffers = self.socket.recv_multipart(copy=False)
        message = msgpack.unpackb(header.buffer)
        if message["type"] == "complete":
            self.complete[message["run"]] = time.monotonic()
        if message["type"] != "pages":
            return 0
        size = sum(len(buffer) for buffer in buffers)
        self.bytes += size
        return size


def _readers(pipe: Any, endpoint: str, token: str, count: int) -> None:
    """Reads for `count` viewers; for every run sent by the pipe, answers when each had it all."""
    context: zmq.Context[Any] = zmq.Context()
    readers = [_Reader(context, endpoint, token, WINDOW_BYTES) for _ in range(count)]
    poller = zmq.Poller()
    by_socket = {reader.socket: reader for reader in readers}
    for socket in by_socket:
        poller.register(socket, zmq.POLLIN)
    pipe.send("ready")
    runs = 0
    while (run := pipe.recv()) is not None:
        runs += 1
        while any(run not in reader.complete for reader in readers):
            for socket, _ in poller.poll():
                reader = by_socket[socket]
                size = reader.receive()
                if size:
                    reader.send("credit", bytes=size)
        pipe.send([reader.complete[run] for reader in readers])
    pipe.send(readers[0].bytes // (runs + 1))  # and the run that was there before


def _dead(pipe: Any, endpoint: str, token: str) -> None:
    """Grants credit, and is halted from outside before it reads anything."""
    reader = _Reader(zmq.Context(), endpoint, token, WINDOW_BYTES)
    reader.socket.recv_multipart()  # Welcome: it is a viewer now
    pipe.send("ready")
    time.sleep(3600)


def _slow(pipe: Any, endpoint: str, token: str) -> None:
    """Reads 10 kB/s, and grants no more than it has read, but for a first 100 kB."""
    reader = _Reader(zmq.Context(), endpoint, token, 10 * SLOW_BYTES_PER_S)
    reader.socket.recv_multipart()
    pipe.send("ready")
    while not pipe.poll():
        if reader.socket.poll(100):
            size = reader.receive()
            time.sleep(size / SLOW_BYTES_PER_S)  # this is its speed
            if size:
                reader.send("credit", bytes=size)
    pipe.recv()
    pipe.send({"bytes": reader.bytes, "whole_pictures": len(reader.complete)})


class _Child:
    def __init__(self, process: Any, pipe: Any) -> None:
        self.process, self.pipe = process, pipe


@contextmanager
def _process(function: Any, *args: Any) -> Iterator[_Child]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=function, args=(there, *args), daemon=True)
    process.start()
    there.close()
    try:
        here.recv()
        yield _Child(process, here)
    finally:
        process.kill()
        process.join()


def _resident_mb() -> float:
    with open("/proc/self/statm") as file:
        return round(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


if __name__ == "__main__":
    main()
