"""Writes docs/performance.md and its plots from what the benchmarks printed.

    python tests/benchmarks/report.py FOLDER [--docs docs]

`make bench` runs the benchmarks into FOLDER, one NAME.json each, and then this. Every number
stands beside its limit, measured in the same run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]
PLACES = ("overview", "near")

INTRODUCTION = """# Performance

Made by `make bench` ({date}), which runs `tests/benchmarks/*.py`. Every number stands beside its
limit from the same run, and what counts are the ratios: times drift where a machine is shared.

{machine}

One torch thread. The client is a process of its own on the same machine and reads everything
through loopback, so bridge, client and network share the cores.
"""

STREAMING = """
## From an image placed to its last page

What a client waits for: the forward pass, every activation quantized to 8 bits and packed, and all
pages received. A plain pass is the limit that streaming cannot beat; beside it, the same bytes once
through loopback TCP and through memcpy.

"""

STREAMING_END = """
Where only one layer is asked for, every other is recorded and quantized all the same: the rest is
what sending and reading pages takes. What is left above the plain pass is mostly Python per layer,
on four threads of two processes (recorder, quantizer, the bridge's loop, the client), each with
cold caches: networks of many small layers have more of it. Activations are quantized in batches by
one compiled call ([decision 5](decisions/0005-compiled-loops-over-values.md)).

We are after 1.3 times a plain pass for resnet50, and 1.6 for the others, and are not there.
"""

MEMORY = """
## Memory of the bridge

Above what the process takes when the model is loaded and has run once, in megabytes and in pages of
one run. While images change quickly two runs are alive, and as much memory again is kept for the
next one; after {rest} seconds without an image what is idle goes back to the system. numba and
llvmlite, which compile the loops over values, are a fixed cost. We are after 2.3 pages when it
rests.

"""

GROWTH = """
## Growth

Time and bytes as a function of feature maps, image size and viewers: points measured, and the
exponent p of `y ~ x^p` fitted through their logarithms (1: twice as many take twice as long).
"""


def main() -> None:
    """Reads the folder and writes the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", type=Path, default=Path(__file__).parents[2] / "docs")
    parser.add_argument("--date", default="", help="of the measurements")
    options = parser.parse_args()
    results = {one.stem: json.loads(one.read_text()) for one in options.folder.glob("*.json")}
    (options.docs / "pictures").mkdir(parents=True, exist_ok=True)
    for over, growth in _grown(results):
        draw(growth, options.docs / "pictures" / _plot_name(over))
    page = "\n".join(sections(results, options.date)).rstrip() + "\n"
    (options.docs / "performance.md").write_text(page, encoding="utf-8")


def sections(results: dict[str, Json], date: str) -> Iterator[str]:
    """The page, part by part; what was not measured is left out."""
    yield INTRODUCTION.format(date=date, machine=_machine(results["growth"]["machine"]))
    if "stream" in results:
        yield STREAMING + _streaming(results["stream"]) + STREAMING_END
    if "live" in results:
        yield _live(results["live"])
    if "viewers" in results:
        yield _viewers(results["viewers"])
    if "frames" in results:
        yield _frames(results["frames"])
    if "bulk" in results:
        yield _bulk(results["bulk"])
    if "memory" in results:
        yield MEMORY.format(rest=5) + _memory(results["memory"])
    if "trace" in results:
        yield _trace(results["trace"])
    if "similarity" in results:
        yield _similarity(results["similarity"])
    if "unity_transport" in results:
        yield _transport(results["unity_transport"])
    if "unity_frames" in results:
        yield _unity_frames(results["unity_frames"])
    yield GROWTH
    for over, growth in _grown(results):
        yield f"![{over}](pictures/{_plot_name(over)})\n\n{_exponents(growth)}"


def _machine(machine: Json) -> str:
    return (
        f"Measured on: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, {machine['system']}, Python {machine['python']}, "
        f"torch {machine['torch']}."
    )


def _streaming(runs: Json | list[Json]) -> str:
    rows = [
        (
            one["model"],
            f"{one['maps']:,}",
            f"{one['bytes'] / 1e6:.0f}",
            f"{one['forward_pass_ms']:.0f}",
            f"{one['placed_to_one_layer_ms']:.0f}",
            f"{one['placed_to_last_page_ms']:.0f}",
            f"**{one['ratio']:.2f}**",
            f"{one['loopback_ms']:.0f}",
            f"{one['memcpy_ms']:.0f}",
        )
        for one in (runs if isinstance(runs, list) else [runs])
    ]
    heads = (
        "network|maps|MB|plain pass, ms|all quantized, one layer sent, ms"
        "|placed to last page, ms|ratio|loopback, ms|memcpy, ms"
    )
    return _table(heads, rows)


def _live(one: Json) -> str:
    return f"""
## Live input

{one["model"]} at {one["input"]} × {one["input"]} on a {one["source"]},
{one["images_per_second"]:g} images a second: a coarse picture of every layer came
**{one["first_lights_per_second"]:.1f}** times a second. What is shown is {one["age_ms"]:.0f} ms old
(95 %: {one["age_95_ms"]:.0f} ms), of which a plain pass is {one["forward_pass_ms"]:.0f} ms.
"""


def _viewers(one: Json) -> str:
    alone, beside = one["alone_ms"], one["beside_slow_ones_ms"]
    memory = one["bridge_resident_mb"]
    rows = [
        (
            str(one["viewers"]),
            f"{alone['median']:.0f}",
            f"{beside['median']:.0f}",
            f"**{one['ratio']:.2f}**",
            f"{one['loopback_all_viewers_ms']:.0f}",
            f"{memory['alone']:.0f} → {memory['beside_slow_ones']:.0f}",
        )
    ]
    heads = (
        "viewers|alone, ms|beside two slow ones, ms|ratio|all their bytes through loopback, ms"
        "|memory of the bridge, MB"
    )
    return f"""
## Many viewers

{one["model"]} at {one["input"]} × {one["input"]}, an image a second, every viewer asks for
everything. Alone, then beside one that is stopped dead and one that reads 10 kB/s: from an image
placed to its last page at each of them, median. The slow
reader got {one["slow_reader"]["bytes"] / 1e3:.0f} kB meanwhile.

{_table(heads, rows)}"""


def _frames(one: Json) -> str:
    rows = []
    for name, model in one["models"].items():
        for place in PLACES:
            seen = model[place]
            rows.append(
                (
                    name,
                    place,
                    f"{seen['walls']:,}",
                    f"{seen['frame_ms']:.0f}",
                    f"{seen['drawn_ms']:.0f}",
                    f"{seen['drawCalls']} ({seen['wallDrawCalls']})",
                    f"{seen['culling_ms']:.2f}",
                )
            )
    heads = "network|place|walls|frame, ms|drawing, ms|draw calls (walls)|culling, ms"
    placed = [
        (
            name,
            f"{model['forward_pass_ms']:.0f}",
            f"{model['placed_to_first_light_ms']:.0f}",
            f"{model['placed_to_all_detail_ms']:.0f}",
        )
        for name, model in one["models"].items()
    ]
    return f"""
## The web viewer

Headless Chromium, which draws in software (SwiftShader) on the same cores, at 1280 × 720, every
block open. A frame lasts a multiple of 16.7 ms. A graphics card draws the same in a fraction of it;
the script's part is the same.

{_table(heads, rows)}
From an image placed to a coarse picture on every wall on view, and to full detail of what is seen,
while page, drawing and bridge share the cores. For densenet201 we are after first light within 1.3
times its plain pass plus 150 ms:

{_table("network|plain pass, ms|first light, ms|all detail, ms", placed)}"""


def _bulk(one: Json) -> str:
    rows = [
        (
            name,
            f"{model['layers']}",
            f"{model['websocket']['bytes'] / 1e6:.0f}",
            f"{model['websocket']['ms']:.0f}",
            f"{model['http']['ms']:.0f}",
            f"{model['loopback_ms']:.0f}",
        )
        for name, model in one["models"].items()
    ]
    heads = "network|layers|MB|one WebSocket, ms|HTTP, ms|loopback, ms"
    return f"""
## Pages into a browser

All pages of a run that is over, into headless Chromium: by one WebSocket, or by HTTP with a request
a layer, six at a time. Pages of a run come by WebSocket therefore; by HTTP come only those that the
viewer gave back and wants again.

{_table(heads, rows)}"""


def _memory(runs: list[Json]) -> str:
    rows = []
    for one in runs:
        above = one["resident_mb"]["model and one forward pass"]
        rows.append(
            (
                one["model"],
                f"{one['pages_mb']:.0f}",
                f"{one['modules_mb']:.0f}",
                f"{one['resident_mb']['highest'] - above:.0f} (**{one['highest_ratio']:.1f}**)",
                f"{one['resident_mb']['after a rest'] - above:.0f} (**{one['rested_ratio']:.1f}**)",
            )
        )
    heads = (
        "network|pages of a run, MB|modules, MB|highest, MB (in pages)|after a rest, MB (in pages)"
    )
    return _table(heads, rows)


def _trace(one: Json) -> str:
    ratio, ms = one["ratio_to_plain"], one["milliseconds"]
    return f"""
## Tracing and recording

{one["network"]}, {one["nodes"]} nodes: a plain pass takes {ms["plain"]:.0f} ms, tracing
**{ratio["trace"]:.2f}** times as long, recording with every activation quantized on another thread
**{ratio["record"]:.2f}** times.
"""


def _similarity(sizes: list[Json]) -> str:
    rows = [
        (
            " × ".join(f"{edge:,}" for edge in one["size"]),
            f"{one['sgemv_ms']:.2f}",
            f"{one['ours_ms']:.2f}",
            f"**{one['ratio']:.2f}**",
            "" if one["floats_ratio"] is None else f"{one['floats_ratio']:.2f}",
            f"{one['region_ms']:.2f}",
            f"{one['prepared_ms']:.1f}",
        )
        for one in sizes
    ]
    heads = (
        "height × width × features|sgemv, ms|bytes, ms|ratio|of float32, ratio"
        "|a region's mean, ms|prepared once, ms"
    )
    return f"""
## Similarity maps

From a pixel to the map as it is coloured, angles and their stretch included, on one core: of a
dataset's bytes, and of float32. Beside it, one product of BLAS (sgemv) over the same vectors as
float32. We are after 2 times that.

{_table(heads, rows)}"""


def _transport(one: Json) -> str:
    names = {
        "tcp": "plain TCP, read in one loop",
        "null": "NULL",
        "plain": "PLAIN",
        "plain_decoded": "PLAIN, with messages decoded",
        "curve": "CURVE",
        "curve_decoded": "CURVE, with messages decoded",
    }
    rows = [
        (
            words,
            f"{one[name]['megabytes_per_s']:,}",
            f"{one[name]['ratio']:.2f}",
            f"{one[name]['bytes_allocated_per_message']:,.0f}",
        )
        for name, words in names.items()
        if name in one
    ]
    heads = "on mono|MB/s|time, in that of plain TCP|bytes allocated a message"
    return f"""
## The Unity client's transport

{one["bytes"] / 1e6:.0f} MB of pages in {one["messages"]} messages, received by the managed client.
CURVE's frames are opened on two threads, which share the machine's cores with the sender.

{_table(heads, rows)}"""


def _unity_frames(one: Json) -> str:
    client, limit = one["client"], one["limit"]
    rows = [
        (words, f"{row['ms']:.3f}", f"{row['ms_99']:.3f}", f"{row['bytes']:,.0f}")
        for words, row in (
            ("all of the client's work", client),
            (f"the double, handed the same {one['draws']} draws", limit),
        )
    ]
    heads = "of the main thread, a frame|ms|99 %, ms|bytes allocated"
    return f"""
## The Unity client's frames

{one["walls"]} walls, all lit, and nothing changes: what the client does in a frame, on mono and the
double of the engine that tests use. The double notes each draw in
{one["double_bytes_per_draw"]:.0f} bytes, and numbers and places in
{one["double_bytes_besides"]:,.0f}; without these the client allocates **{one["own_bytes"]:,.0f}**
bytes. What the engine itself takes, and a headset's slower processor, are not in these numbers.

{_table(heads, rows)}"""


def _grown(results: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for over in ("maps", "image size", "viewers"):
        yield over, results["growth"][over]


def _plot_name(over: str) -> str:
    return f"growth-{over.replace(' ', '-')}.svg"


def _exponents(growth: Json) -> str:
    rows = [
        (_words(name), f"{p:.2f}") for name, p in growth["exponents"].items() if abs(p) >= 0.005
    ]
    return _table(f"with {growth['over']}|exponent", rows)


def _words(name: str) -> str:
    return name.removesuffix("_ms").replace("_", " ") + (", ms" if name.endswith("_ms") else "")


def _table(heads: str, rows: Sequence[Sequence[str]]) -> str:
    titles = heads.split("|")
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def draw(growth: Json, target: Path) -> None:
    """A plot with logarithmic axes: what was measured, and in grey its limits."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.fonttype"] = "none"
    mpl.rcParams["svg.hashsalt"] = "layerwalk"
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log")
    over, points = growth["over"], growth["points"]
    x = [point[over] for point in points]
    for name, p in growth["exponents"].items():
        if not name.endswith("_ms"):
            continue
        ours = name.startswith("placed")
        style = {"color": "#b4531f", "linewidth": 2.2} if ours else {"color": "0.55"}
        marker = {"forward": "s", "loopback": "^", "memcpy": "v"}.get(name.split("_")[0], "o")
        label = f"{_words(name).removesuffix(', ms')}, p = {p:.2f}"
        axes.plot(x, [point[name] for point in points], marker=marker, label=label, **style)
    axes.set_xlabel(over)
    axes.set_ylabel("milliseconds")
    axes.grid(visible=True, which="major", color="0.9")
    axes.legend(frameon=False)
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
