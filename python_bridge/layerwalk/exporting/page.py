"""`layerwalk.export_page`: one HTML page with the viewer, a room and what its layers show.

The page needs neither Python nor a server, and asks no host for anything: its own security policy
allows it none.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerwalk.errors import ExportFailed, InvalidImage, RunFailed, SessionFailed
from layerwalk.exporting.inputs import loaded
from layerwalk.images import Shelf
from layerwalk.kept import SUFFIX, Recording, read_session, written_whole
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session import open_bridge
from layerwalk.session.bridge import VIEWER_DIR
from layerwalk.session.inputs import refusal

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

BUDGET_MB = 32.0
MOST_MB = 100.0  # a larger page is asked for
_MB = 1_000_000
_RECORDING = "application/x-layerwalk-recording"
_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
    "font-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class ExportedPage:
    """A page that is made but not written: `nbytes` is how large its file will be.

    It shows so many `layers`, of which `finest` at full detail.
    """

    title: str
    layers: int
    finest: int
    parts: tuple[bytes, ...] = field(repr=False)

    @property
    def nbytes(self) -> int:
        """Bytes of its file."""
        return sum(map(len, self.parts))

    def write(self, file: str | Path, *, force: bool = False) -> Path:
        """Writes it, whole or not at all.

        Raises ExportFailed where it would replace a file, unless `force` is set.
        """
        path = Path(file).expanduser()
        if os.path.lexists(path) and not force:
            raise ExportFailed(
                f"'{path}' exists already; name another file, or replace it with --force "
                "(force=True)"
            )
        try:
            with written_whole(path) as out:
                out.writelines(self.parts)
        except SessionFailed as error:
            raise ExportFailed(str(error)) from error
        return path


def export_page(
    network: str | Path | nn.Module,
    image: str | Path | np.ndarray | None = None,
    *,
    file: str | Path,
    budget_mb: float = BUDGET_MB,
    most_mb: float = MOST_MB,
    force: bool = False,
    **options: Any,
) -> ExportedPage:
    """Writes one HTML page in which anybody can walk through the network, without Python.

    `network` is a module, a SOURCE as on the command line, or a `.layerwalk` file that was kept
    with its activations, which needs no network. `image` is a file or an array (H, W, 3), and the
    page shows what the layers make of it; None runs the example input. `options` are those of
    `layerwalk.export` (weights, input_size, device; example_input, preprocess of a module).

    `budget_mb` bounds the feature maps in the page, in megabytes before they are packed: where it
    is too little, some are coarser, the largest first. A page of more than `most_mb` megabytes is
    not written. Raises ExportFailed then, and where `file` is there and `force` is not set;
    InvalidImage, SourceError, SessionFailed, and RunFailed from what the model raises.
    """
    page = page_of(network, image, budget_mb=budget_mb, **options)
    if page.nbytes > most_mb * _MB:
        raise ExportFailed(
            f"the page would have {page.nbytes / _MB:.0f} MB; make it smaller (budget_mb=, now "
            f"{budget_mb:g}), or allow that (most_mb={page.nbytes / _MB + 1:.0f})"
        )
    page.write(file, force=force)
    return page


def page_of(
    network: str | Path | nn.Module,
    image: Any = None,
    *,
    budget_mb: float = BUDGET_MB,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str | None = None,
    example_input: Any = None,
    preprocess: Any = None,
) -> ExportedPage:
    """The page that `export_page` writes."""
    if not 0 < budget_mb <= 1 << 20:
        raise ExportFailed(f"a budget of {budget_mb:g} MB; give a number of megabytes above 0")
    if isinstance(network, Path) or (isinstance(network, str) and network.endswith(SUFFIX)):
        return html_page(_kept(Path(network).expanduser(), image))
    found = loaded(
        network, weights=weights, input_size=input_size, device=device,
        example_input=example_input, preprocess=preprocess,
    )  # fmt: skip
    if image is not None and (reason := refusal(found)):
        raise InvalidImage(reason)
    shelf = Shelf.empty() if image is None else Shelf.of([image])
    if shelf.unreadable:
        raise InvalidImage(f"'{image}': {shelf.unreadable[0].reason}")
    with open_bridge(lambda: found, shelf=shelf) as bridge:
        bridge.wait_ready()
        return html_page(bridge.record(budget_mb=budget_mb))


def _kept(file: Path, image: Any) -> Recording:
    if image is not None:
        raise ExportFailed(f"'{file}' shows the image that it was kept with; leave --image out")
    recording = read_session(file).recording
    if recording is None:
        raise SessionFailed(
            f"'{file}' was kept without what its layers show; keep it with that: layerwalk walk "
            "SOURCE --session FILE --activations (bridge.save(FILE, activations=True)), or export "
            "its SOURCE"
        )
    return recording


def html_page(recording: Recording) -> ExportedPage:
    """The page of a recording. Raises RunFailed where its image did not come through."""
    title, finest, opening = "", {}, 0
    for message in recording.messages:
        decoded = frames.decode_bridge(frames.split(message))[0]
        if isinstance(decoded, m.Failed):
            raise RunFailed(f"the image did not come through the network: {decoded.message}")
        if isinstance(decoded, m.NetworkPublished):
            title = decoded.title
        if isinstance(decoded, m.Pages):
            levels = [level.level for level in decoded.levels]
            finest[decoded.layer] = min(levels, default=0)
        else:
            opening += not finest
    packed = [
        base64.b64encode(gzip.compress(chunk, 6, mtime=0))
        for chunk in recording.chunks(first=opening)
    ]
    shown = sum(level == 0 for level in finest.values())
    return ExportedPage(title, len(finest), shown, tuple(_document(title, packed)))


# ---------------------------------------------------------------- the viewer, in one piece


def _document(title: str, packed: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of the file."""
    script, style, icon = _viewer(VIEWER_DIR)
    policy = _POLICY.format(script=_hash(script), style=_hash(style))
    head = (
        '<!doctype html>\n<html lang="en" class="recorded">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html.escape(title)} – layerwalk</title>\n"
        f'<link rel="icon" href="{icon}">\n<style>'
    )
    yield head.encode()
    yield style
    yield b'</style>\n</head>\n<body>\n<canvas id="scene"></canvas>\n<div id="hud"></div>\n'
    for chunk in packed:
        yield f'<script type="{_RECORDING}">'.encode()
        yield chunk
        yield b"</script>\n"
    yield b'<script type="module">'
    yield script
    yield b"</script>\n</body>\n</html>\n"


def _viewer(folder: Path) -> tuple[bytes, bytes, str]:
    """Script, style and icon of the built viewer."""
    index = folder / "index.html"
    if not index.is_file():
        raise ExportFailed("the web viewer is not built; `make` in a checkout does")
    text = index.read_text("utf-8")
    scripts = re.findall(r'<script[^>]* src="\./([^"]+)"', text)
    styles = re.findall(r'<link rel="stylesheet"[^>]* href="\./([^"]+)"', text)
    if len(scripts) != 1:
        raise ExportFailed(f"the web viewer has {len(scripts)} scripts, not one; build it anew")
    script = (folder / scripts[0]).read_text("utf-8")
    style = "\n".join(_with_fonts(folder / name) for name in styles)
    icon = base64.b64encode((folder / "favicon.svg").read_bytes()).decode()
    return _inline(script), style.encode(), f"data:image/svg+xml;base64,{icon}"


def _inline(script: str) -> bytes:
    """The same program in a form that no HTML parser ends too early."""
    script = re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE)
    return script.replace("<!--", "<\\!--").encode()


def _with_fonts(file: Path) -> str:
    """A style sheet with its fonts inside; every browser that runs the viewer reads WOFF2."""
    text = re.sub(r',\s*url\([^)]+\.woff\)\s*format\("?woff"?\)', "", file.read_text("utf-8"))

    def data(found: re.Match[str]) -> str:
        font = base64.b64encode((file.parent / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return re.sub(r"url\(\./([^)]+\.woff2)\)", data, text)


def _hash(content: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"
