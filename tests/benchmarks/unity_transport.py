"""How fast the Unity client's transport receives pages on mono, beside a plain read of TCP.

    python tests/benchmarks/unity_transport.py [--megabytes 32] [--tile 64] [--rounds 20]

Prints JSON. libzmq sends Pages messages of `megabytes` in all, over loopback, by NULL, PLAIN and
CURVE; the C# client receives them, and in two more rows decodes them too. `tcp` is the same bytes
read by a plain TcpClient from a plain socket. Times are medians in milliseconds, `ratio` is to
`tcp`; bytes a message are those that the client's receiving thread allocated, and at most those of
all threads, from the number of collections. Needs mono.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import numpy as np
import zmq

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT / "python_bridge"), str(CHECKOUT / "tests" / "unity")]

TOKEN = "benchmark"
NURSERY_BYTES = 1 << 20
WARM_UP = 3  # rounds of the C# program before those that count
TILES = 64

Parts = list[bytes]


def main() -> None:
    """Measures and prints."""
    options = _options()
    import build  # beside the C# tests

    missing = build.missing_tools()
    if missing:
        raise SystemExit(f"{', '.join(missing)} not found; on Debian and Ubuntu: make mono")
    message = pages(options.tile)
    size = sum(map(len, message))
    count = max(1, options.megabytes * 1_000_000 // size)
    with tempfile.TemporaryDirectory() as folder:
        program = build.build(Path(folder), ["TransportBenchmark"])[-1]
        work = Work(program, message, count, options.rounds)
        rows = {"tcp": work.tcp()}
        for mechanism in ("null", "plain", "curve"):
            rows[mechanism] = work.zeromq("receive", mechanism)
        for mechanism in ("plain", "curve"):
            rows[f"{mechanism}_decoded"] = work.zeromq("decode", mechanism)
    for row in rows.values():
        row["ratio"] = round(row["ms"] / rows["tcp"]["ms"], 2)
    report = {
        "benchmark": "unity_transport",
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "libzmq": zmq.zmq_version(),
        },
        "bytes": size * count,
        "messages": count,
        "rounds": options.rounds,
        **rows,
    }
    print(json.dumps(report, indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=32, help="of pages in a round")
    parser.add_argument("--tile", type=int, default=64, help="edge of a feature map")
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def pages(edge: int) -> Parts:
    """One layer of 64 feature maps of `edge` x `edge`, as a bridge sends it."""
    from layerwalk.network import Axis
    from layerwalk.page import image_height, page_level
    from layerwalk.protocol import frames
    from layerwalk.protocol import messages as m

    random = np.random.default_rng(0)
    level = page_level(TILES, edge, edge)
    message = m.Pages(
        network="main",
        input="input",
        run=1,
        revision=1,
        layer="layer1.0.conv1",
        axes=(Axis("channel", TILES, "tile"), Axis("y", edge, "row"), Axis("x", edge, "column")),
        tiles=TILES,
        levels=(level,),
    )
    ranges = random.random((TILES, 2), np.float32)
    codes = random.integers(0, 253, (image_height(TILES, level), level.width), np.uint8)
    return [bytes(part) for part in frames.encode(message, [ranges, codes])]


class Work:
    """Sends `count` times `message` a round, to the C# program."""

    def __init__(self, program: Path, message: Parts, count: int, rounds: int) -> None:
        self._program = program
        self._message = message
        self._count = count
        self._bytes = count * sum(map(len, message))
        self._rounds = rounds

    def tcp(self) -> dict[str, Any]:
        """The same bytes through a plain socket."""
        listener = socket.create_server(("127.0.0.1", 0))
        everything = b"".join(self._message) * self._count

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                while connection.recv(1):
                    connection.sendall(everything)

        threading.Thread(target=serve, daemon=True).start()
        with listener:
            return self._run("tcp", f"tcp://127.0.0.1:{listener.getsockname()[1]}", "null", "")

    def zeromq(self, what: str, mechanism: str) -> dict[str, Any]:
        """Through libzmq's ROUTER."""
        context = zmq.Context()
        router = context.socket(zmq.ROUTER)
        router.linger = router.sndhwm = 0
        secret = _secure(context, router, mechanism)
        port = router.bind_to_random_port("tcp://127.0.0.1")

        def serve() -> None:
            for _ in range(self._rounds + WARM_UP):
                identity, _ = router.recv_multipart()
                for _ in range(self._count):
                    router.send_multipart([identity, *self._message], copy=False)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        row = self._run(what, f"tcp://127.0.0.1:{port}", mechanism, secret)
        thread.join()
        context.destroy(linger=0)
        return row

    def _run(self, what: str, endpoint: str, mechanism: str, secret: str) -> dict[str, Any]:
        numbers = map(str, (self._count, self._bytes, self._rounds))
        command = ["mono", str(self._program), what, endpoint, mechanism, secret, *numbers]
        environment = {**os.environ, "MONO_GC_PARAMS": f"nursery-size={NURSERY_BYTES}"}
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        lines = [line.split() for line in done.stdout.splitlines()]
        ms = statistics.median(float(words[1]) for words in lines if words[0] == "ms")
        allocated, collections = (int(word) for word in lines[-1][1:])
        messages = self._count * self._rounds
        return {
            "ms": round(ms, 2),
            "megabytes_per_s": round(self._bytes / ms / 1e3),
            "bytes_allocated_per_message": round(allocated / messages, 1),
            "at_most_of_all_threads": round((collections + 1) * NURSERY_BYTES / messages),
        }


def _secure(
    context: zmq.Context[zmq.Socket[bytes]], router: zmq.Socket[bytes], mechanism: str
) -> str:
    """What the client has to know."""
    if mechanism == "curve":
        public, router.curve_secretkey = zmq.curve_keypair()
        router.curve_server = True
        return public.decode()
    if mechanism == "plain":
        handler = context.socket(zmq.REP)
        handler.bind("inproc://zeromq.zap.01")

        def let_in() -> None:
            version, request, *_ = handler.recv_multipart()
            handler.send_multipart([version, request, b"200", b"OK", b"", b""])
            handler.close()

        threading.Thread(target=let_in, daemon=True).start()
        router.plain_server = True
        router.zap_domain = b"benchmark"
    return TOKEN


if __name__ == "__main__":
    main()
