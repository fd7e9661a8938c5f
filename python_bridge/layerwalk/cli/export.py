"""`layerwalk export`: what layers make of an image, as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

MOST_CHANNELS = 1 << 20


@dataclass(frozen=True)
class Export:
    """What the command line asks for."""

    source: str
    image: Path | None
    layers: list[str]
    folder: Path
    what: str
    format: str
    channels: str | None
    colour_map: str
    normalization: str
    force: bool
    weights: str | None
    input_size: tuple[int, int] | None
    device: str


def export(options: Export) -> None:
    """Exports, and prints what came of it."""
    channels = None if options.channels is None else channel_numbers(options.channels)
    what = [one.strip() for one in options.what.split(",") if one.strip()]
    from layerwalk.exporting import export

    chosen: dict[str, Any] = {"format": options.format, "normalization": options.normalization}
    made = export(
        options.source,
        options.image,
        layers=options.layers,
        folder=options.folder,
        what=what,
        channels=channels,
        colour_map=options.colour_map,
        force=options.force,
        weights=options.weights,
        input_size=options.input_size,
        device=options.device,
        **chosen,
    )
    layers = "1 layer" if len(made.layers) == 1 else f"{len(made.layers):,} layers"
    typer.echo(
        f"exported {layers} to {made.folder}: {len(made.paths):,} files, {_size(made.bytes)}"
    )


@dataclass(frozen=True)
class Html:
    """What the command line asks for with `--html`."""

    source: str
    image: Path | None
    layers: list[str] | None
    file: Path
    budget_mb: float
    yes: bool
    force: bool
    weights: str | None
    input_size: tuple[int, int] | None
    device: str


def export_html(options: Html) -> None:
    """Writes a page, once it was said how large it is."""
    from layerwalk.errors import ExportFailed
    from layerwalk.exporting.page import MOST_MB, page_of

    if options.layers:
        raise typer.BadParameter("goes without --html: the page shows all", param_hint="--layers")
    if options.file.exists() and not options.force:
        raise ExportFailed(f"'{options.file}' exists already; name another file, or add --force")
    page = page_of(
        options.source,
        options.image,
        budget_mb=options.budget_mb,
        **_of_source(options),
    )
    coarser = page.layers - page.finest
    most = f", {coarser:,} of them coarser than they are" if coarser else ""
    typer.echo(f"{page.title}: {page.layers:,} layers{most}; the page has {_size(page.nbytes)}")
    if page.nbytes > MOST_MB * 1_000_000 and not options.yes:
        raise ExportFailed(
            f"a page of {_size(page.nbytes)} was not written; make it smaller (--budget-mb, now "
            f"{options.budget_mb:g}), or say --yes"
        )
    typer.echo(f"wrote {page.write(options.file, force=options.force)}")


def _of_source(options: Html) -> dict[str, Any]:
    """A session that was kept takes none of these."""
    if options.source.endswith(".layerwalk"):
        return {}
    return {
        "weights": options.weights,
        "input_size": options.input_size,
        "device": options.device,
    }


def channel_numbers(text: str) -> frozenset[int]:
    """The numbers that `0,3,8-15` says."""
    numbers: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"\s*([0-9]{1,7})\s*(?:-\s*([0-9]{1,7})\s*)?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not first <= last < MOST_CHANNELS:
            raise typer.BadParameter(
                f"'{part.strip()}' is no channel; give numbers and ranges, as in 0,3,8-15",
                param_hint="--channels",
            )
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


def required(values: Sequence[str] | Path | None, option: str) -> Any:
    """The option's value. Wrong usage if it is missing."""
    if not values:
        raise typer.BadParameter("is missing", param_hint=option)
    return values
