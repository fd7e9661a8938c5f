"""Frame times of the viewer, and from an image placed to what is seen of it.

    python tests/benchmarks/frames.py [--models densenet201 resnet152 chain1000] [--frames 40]

Prints JSON; times are medians in milliseconds, in headless Chromium, which draws in software, at
1280 x 720, with every block open. `chainN` is N small convolutions: it has about N walls. In the
same run: a plain forward pass. A frame is the time from one to the next while the view turns a
little, so it is never below 16.7; drawing ends with a pixel read back.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python_bridge"))

from devtools import Page, opened

WIDTH, HEIGHT = 1280, 720
PATIENCE_S = 300.0

# Turns a little to and fro: the time between frames, and what each part of a frame took.
FRAMES = """(count) => new Promise((resolve) => {
    const { app, world, visitor } = layerwalk;
    const gl = document.querySelector("#scene").getContext("webgl2");
    const pixel = new Uint8Array(4);
    const seen = { frame: [], script: [], culling: [], drawn: [] };
    const { render } = world;
    world.render = () => {
        const began = performance.now();
        const drew = render.call(world);
        seen.script.push(performance.now() - began);
        seen.culling.push(world.stats().cullingMs);
        return drew;
    };
    const finished = () => {
        world.render = render;
        for (let i = 0; i < count / 2; i++) {
            world.invalidate();
            const began = performance.now();
            world.render();
            gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
            seen.drawn.push(performance.now() - began);
        }
        const { drawCalls, wallDrawCalls, walls, triangles } = world.stats();
        resolve({ seen, drawCalls, wallDrawCalls, walls, triangles });
    };
    let before = 0;
    const step = (now) => {
        if (before) seen.frame.push(now - before);
        before = now;
        visitor.look(seen.frame.length % 2 ? 0.002 : -0.002, 0);
        if (seen.frame.length < count) requestAnimationFrame(step);
        else finished();
    };
    requestAnimationFrame(step);
})"""

# Milliseconds until every wall shows the coarse pages of a new run, and until all has come.
PLACED = """(picture) => new Promise((resolve) => {
    const { app, world } = layerwalk;
    const before = app.store.run.id;
    const began = performance.now();
    let light = 0, longest = 0, last = began;
    app.place(picture);
    const look = () => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        const { walls, newestLayers } = world.stats();
        const { run, settled, arrivedLayers, wantedLayers } = layerwalk.state();
        const fresh = run.id > before;
        const showing = fresh && arrivedLayers > 0 && newestLayers >= wantedLayers;
        if (!light && showing) light = now - began;
        if (fresh && settled) resolve({ light, detail: now - began, longest });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""

RANKED = """(count) => {
    const { streaming } = layerwalk.app;
    return Array.from({ length: count }, () => {
        const began = performance.now();
        streaming.plan();
        return performance.now() - began;
    });
}"""
SETTLED = "() => !!window.layerwalk && layerwalk.state().settled"


def main() -> None:
    """Measures and prints."""
    options = _options()
    import torch

    torch.set_num_threads(1)
    results = {name: measure(name, options) for name in options.models}
    machine = {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
    }
    print(json.dumps({"benchmark": "frames", "machine": machine, "models": results}, indent=2))


def measure(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """All numbers for one network."""
    import torch

    import layerwalk

    model, edge = _model(name)
    example = torch.zeros(1, 3, edge, edge)
    plain_ms = _plain_ms(model, example)
    network = layerwalk.trace(model, example)
    noise = np.random.default_rng(0).integers(0, 256, (2, 256, 256, 3), np.uint8)
    pictures = {"a": noise[0], "b": np.sort(noise[1], axis=1)}
    blocks = [block.name for block in network.blocks]
    with (
        layerwalk.serve(model, images=pictures, example_input=example, expanded=blocks) as bridge,
        opened(bridge.url + options.hash, WIDTH, HEIGHT, PATIENCE_S) as page,
    ):
        page.wait_for(SETTLED)
        result = {"forward_pass_ms": round(plain_ms, 1), **_placed(page)}
        result["ranking_ms"] = round(statistics.median(page.evaluate(RANKED, 20)), 2)
        result["memory"] = page.evaluate("() => layerwalk.state().memory")
        for place, go in _PLACES.items():
            page.evaluate(go)
            page.wait_for(SETTLED)
            result[place] = _frames(page, options.frames)
            if options.pictures:
                page.screenshot(Path(options.pictures) / f"{name}-{place}.png")
    return result


_PLACES = {
    "start": "() => layerwalk.app.navigator.home()",
    "middle": "() => layerwalk.app.navigator.goToDepth(0.5 * layerwalk.app.store.room.end_m)",
    "near": """() => {
        const { stations } = layerwalk.app.store.room;
        layerwalk.go(stations[Math.floor(stations.length / 4)].shown);
    }""",
    "overview": "() => layerwalk.app.navigator.toggleOverview()",
}


def _frames(page: Page, count: int) -> dict[str, Any]:
    found = page.evaluate(FRAMES, count)
    seen = found.pop("seen")
    times = {f"{part}_ms": round(statistics.median(seen[part]), 2) for part in seen}
    return {**times, **found}


def _placed(page: Page) -> dict[str, Any]:
    """Medians of some images placed one after the other."""
    times = [page.evaluate(PLACED, picture) for picture in ("b", "a", "b", "a")][1:]
    names = {
        "light": "placed_to_first_light_ms",
        "detail": "placed_to_all_detail_ms",
        "longest": "longest_frame_meanwhile_ms",
    }
    return {to: round(statistics.median(t[part] for t in times), 1) for part, to in names.items()}


def _plain_ms(model: Any, example: Any, repeats: int = 5) -> float:
    import torch

    times = []
    with torch.no_grad():
        for _ in range(repeats + 1):
            start = time.perf_counter()
            model(example)
            times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times[1:])


def _model(name: str) -> tuple[Any, int]:
    """The network, and the edge of the pictures that it takes."""
    import torch
    import torchvision

    torch.manual_seed(0)
    if name.startswith("chain"):
        convolutions = (
            torch.nn.Conv2d(4 if i else 3, 4, 3, padding=1) for i in range(int(name[5:]))
        )
        return torch.nn.Sequential(*convolutions).eval(), 32
    return torchvision.models.get_model(name, weights=None).eval(), 224


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=["densenet201", "resnet152", "chain1000"])
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--hash", default="", help="of the address: '#budget=16'")
    parser.add_argument("--pictures", help="a folder for screenshots")
    return parser.parse_args()


if __name__ == "__main__":
    main()
