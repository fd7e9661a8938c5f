"""`layerwalk render`: the room as a picture or a film."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True)
class Render:
    """What the command line asks for."""

    source: str
    image: Path | None
    file: Path
    view: str
    size: str | None
    transparent: bool
    panorama: bool
    samples: int
    fps: float
    seconds: float | None
    weights: str | None
    input_size: tuple[int, int] | None
    device: str


def render(options: Render) -> None:
    """Renders, and prints where to."""
    from layerwalk.rendering.pictures import render
    from layerwalk.rendering.sizes import size_of

    render(
        options.source,
        options.image,
        file=options.file,
        view=options.view,
        size=None if options.size is None else size_of(options.size),
        transparent=options.transparent,
        panorama=options.panorama,
        samples=options.samples,
        fps=options.fps,
        seconds=options.seconds,
        weights=options.weights,
        input_size=options.input_size,
        device=options.device,
        progress=_tell if sys.stderr.isatty() else None,
    )
    typer.echo(f"saved {options.file}")


def _tell(done: int, frames: int) -> None:
    typer.echo(f"\rframe {done:,} of {frames:,}", err=True, nl=done == frames)
