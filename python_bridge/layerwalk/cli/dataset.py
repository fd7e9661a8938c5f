"""`layerwalk dataset`: datasets of features as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from layerwalk.cli.export import required

app = typer.Typer(
    name="dataset",
    help="Make and look into datasets of features, the ZIP files of IFeaLiD.",
    no_args_is_help=True,
)

Precision = Annotated[
    int, typer.Option(metavar="8|16|32", help="Bits of a value.", show_default=True)
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]
Array = Annotated[
    str | None, typer.Option("--array", metavar="NAME", help="One of several arrays in an .npz.")
]
FeaturesFirst = Annotated[
    bool, typer.Option("--features-first", help="The array is (F, H, W), not (H, W, F).")
]


@app.command()
def create(
    features: Annotated[
        Path | None,
        typer.Argument(metavar="FEATURES", help="An .npy or .npz, or a dataset to convert."),
    ] = None,
    precision: Annotated[
        int | None,
        typer.Option(
            metavar="8|16|32",
            help="Bits of a value; without it 8, or those of unsigned integers as they are.",
        ),
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option(metavar="IMAGE", help="The photograph to lay over the maps.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="N", help="Its title; without it, that of the file.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="F.zip", help="The file to write.")
    ] = None,
    features_first: FeaturesFirst = False,
    array: Array = None,
    force: Force = False,
) -> None:
    """Write a dataset of an array, or of another dataset."""
    from layerwalk.similarity import open_dataset, write_dataset

    found = open_dataset(required(features, "FEATURES"), features_first=features_first, array=array)
    photograph: Any = overlay if overlay is not None else found.overlay_jpeg
    file = write_dataset(
        required(output, "--output"),
        found.values,
        name=found.name if name is None else name,
        precision=precision,
        overlay=photograph,
        force=force,
    )
    typer.echo(f"wrote {file}: {_described(open_dataset(file))}")


@app.command()
def extract(
    source: Annotated[
        str | None,
        typer.Argument(help="A network, as for `layerwalk walk`; not with --preset."),
    ] = None,
    image: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The image; without it, an example input.")
    ] = None,
    layers: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|GLOB", help="Layers, named as `layerwalk trace` does; repeatable."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to.")
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            metavar="resnet101", help="Network and layers: ResNet-101's stages, as IFeaLiD's own."
        ),
    ] = None,
    precision: Precision = 8,
    force: Force = False,
    weights: Annotated[
        str | None, typer.Option(metavar="default|none|FILE", help="As for `layerwalk walk`.")
    ] = None,
    input_size: Annotated[
        tuple[int, int] | None,
        typer.Option(metavar="H W", min=1, help="Height and width of the input in pixels."),
    ] = None,
    device: Annotated[str, typer.Option(metavar="cpu|cuda", help="Where it runs.")] = "cpu",
) -> None:
    """Write a dataset of what each layer makes of an image."""
    if preset is None:
        required(source, "SOURCE")
        required(layers, "--layers")
    folder = required(output, "--output")
    from layerwalk.exporting import extract

    files = extract(
        source, image, folder=folder, layers=layers or (), preset=preset, precision=precision,
        force=force, weights=weights, input_size=input_size, device=device,
    )  # fmt: skip
    for file in files:
        typer.echo(str(file))


@app.command()
def info(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A dataset, .npy or .npz.")
    ] = None,
    features_first: FeaturesFirst = False,
    array: Array = None,
) -> None:
    """Print what a dataset holds; fails, and says where, if any of it is broken."""
    from layerwalk.similarity import open_dataset

    found = open_dataset(required(file, "FILE"), features_first=features_first, array=array)
    typer.echo(f"{found.name}: {_described(found)}")
    typer.echo(f"values from {found.values.min():g} to {found.values.max():g}")
    if found.overlay is not None:
        height, width = found.overlay.shape[:2]
        typer.echo(f"overlay of {width} × {height} pixels")


def _described(found: Any) -> str:
    bits = f"{found.precision} bits" if found.precision else found.values.dtype.name
    return f"{found.width} × {found.height} pixels, {found.features} features, {bits}"
