"""Pages of a whole network into a browser: by one WebSocket, or by HTTP, six requests at a time.

    python tests/benchmarks/bulk.py [--models resnet50 densenet201] [--repeats 7]

Prints JSON; times are medians in milliseconds, in headless Chromium, from asking to the last byte.
The forward pass is over before: this is the way of the bytes alone. In the same run, as the limit:
as many bytes once through loopback TCP.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import platform
import statistics
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))

from devtools import Page, opened
from stream import _loopback, _median_ms

PATIENCE_S = 120.0

# The first messages are `said`; what counts are messages of the type in `ends`, and all bytes.
BY_WEBSOCKET = """(said, ends) => new Promise((resolve, reject) => {
    const decode = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const address = new URL("ws", location.href);
    address.protocol = "ws:";
    address.search = "";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    const latin = new TextDecoder("latin1");
    let began = 0, bytes = 0;
    const [hello, ...asking] = said.map(decode);
    socket.onopen = () => socket.send(hello);
    socket.onerror = () => reject(new Error("the WebSocket failed"));
    socket.onmessage = ({ data }) => {
        if (!began) {
            began = performance.now();
            for (const message of asking) socket.send(message);
        }
        bytes += data.byteLength;
        if (data.byteLength > 4096 || !latin.decode(data).includes(ends)) return;
        resolve({ ms: performance.now() - began, bytes });
        socket.close();
    };
})"""
BY_HTTP = """async (paths, token, atATime) => {
    const headers = { Authorization: `Bearer ${token}` };
    const began = performance.now();
    let bytes = 0, next = 0;
    const some = async () => {
        while (next < paths.length) {
            const answer = await fetch(paths[next++], { headers });
            if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
            const { byteLength } = await answer.arrayBuffer();
            bytes += byteLength;
        }
    };
    await Promise.all(Array.from({ length: atATime }, some));
    return { ms: performance.now() - began, bytes };
}"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", nargs="+", default=["resnet50", "densenet201"])
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()}
    models = {name: measure(name, options.repeats) for name in options.models}
    print(json.dumps({"benchmark": "bulk", "machine": machine, "models": models}, indent=2))


def measure(name: str, repeats: int) -> dict[str, Any]:
    """All numbers for torchvision's model of that name."""
    import torch
    import torchvision

    import layerwalk

    torch.set_num_threads(1)
    model = torchvision.models.get_model(name, weights=None).eval()
    noise = np.random.default_rng(0).integers(0, 256, (256, 256, 3), np.uint8)
    with layerwalk.serve(model, images={"noise": noise}) as bridge:
        with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
            run, layers = client.wait_complete(), client.layers()
        # Not the viewer: it would ask for pages of its own.
        address = bridge.url.replace("?", "favicon.svg?")
        with opened(address, 640, 360, PATIENCE_S) as page:
            ways = _both(page, _said(bridge.token), _paths(run, layers), bridge.token, repeats)
    size = ways["websocket"]["bytes"]
    loopback = round(_median_ms(_loopback(size), repeats), 1)
    return {"layers": len(layers), **ways, "loopback_ms": loopback}


def _both(
    page: Page, said: list[str], paths: list[str], token: str, repeats: int
) -> dict[str, Any]:
    """Taking turns, after one of each to warm up."""
    ways = {
        "websocket": lambda: page.evaluate(BY_WEBSOCKET, said, "complete"),
        "http": lambda: page.evaluate(BY_HTTP, paths, token, 6),
    }
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(repeats + 1):
        for way, go in ways.items():
            found[way].append(go())
    return {
        way: {
            "ms": round(statistics.median(one["ms"] for one in times[1:]), 1),
            "bytes": times[-1]["bytes"],
        }
        for way, times in found.items()
    }


def _said(token: str) -> list[str]:
    """What a client says to get everything, as base64."""
    from layerwalk.protocol import frames
    from layerwalk.protocol import messages as m

    messages = (
        m.Hello(major=m.MAJOR, minor=m.MINOR, schema="", client="benchmark", token=token),
        m.Credit(bytes=1 << 40),
        m.Request(layers=("*",)),
    )
    return [base64.b64encode(frames.join(frames.encode(one))).decode() for one in messages]


def _paths(run: int, layers: tuple[str, ...]) -> list[str]:
    return [f"/pages/main/{run}/{quote(layer, safe='')}?level=0" for layer in layers]


if __name__ == "__main__":
    main()
