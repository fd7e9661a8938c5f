"""`layerwalk.export`: one pass to learn of the layers, and one that writes what they put out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerwalk.capture import Call, cloned, record, unchanged_randomness
from layerwalk.errors import ExportFailed, RunFailed, UnknownLayer, nearest
from layerwalk.exporting.colours import colours
from layerwalk.exporting.files import NewFiles, check_free, new_files, total_bytes
from layerwalk.exporting.inputs import Job, job_of, loaded
from layerwalk.exporting.layer import (
    ARCHIVE,
    WHAT,
    LayerFiles,
    Wanted,
    layer_files,
    write_layer,
)
from layerwalk.exporting.names import folder_names
from layerwalk.exporting.result import Exported
from layerwalk.exporting.scale import Normalization
from layerwalk.exporting.tiles import check_channels
from layerwalk.exporting.values import Archive, Format
from layerwalk.introspection import trace
from layerwalk.introspection.tracing import first_pass_explained
from layerwalk.network import Network, tile_shape
from layerwalk.session.plan import named

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor, nn


def export(
    model: str | nn.Module,
    image: str | Path | np.ndarray | None = None,
    *,
    layers: str | Sequence[str],
    folder: str | Path,
    what: str | Collection[str] = WHAT,
    format: Format = "npy",
    channels: Collection[int] | None = None,
    colour_map: str = "viewer",
    normalization: Normalization = "layer",
    force: bool = False,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str | None = None,
    example_input: Any = None,
    preprocess: Any = None,
) -> Exported:
    """Writes what the layers of a network make of an image into `folder`: pictures and values.

    `model` is a module, or a SOURCE as on the command line ("torchvision:resnet50"), which takes
    `weights`, `input_size` and `device`. A module takes `example_input` and `preprocess`, as
    `layerwalk.serve` does. `image` is a file or an array (H, W, 3); None runs the example input.
    `layers` are names and globs, as `layerwalk.trace` names them.

    Each layer gets a folder in `folder` with `what` was asked for: `tiles/*.png`, a picture of each
    channel, one pixel a value; `sheet.png`, all of them with their numbers; `values.npy`, the
    values of the whole activation exactly as a forward hook sees them (half precision as float32);
    and always `layer.json`, which says what they are. With the `format` "npz" the values of all
    layers are in `folder/values.npz`, by name. `channels` chooses tiles, not values. `colour_map`
    is one of `exporting.COLOUR_MAPS`; by `normalization` colours span the "layer" or each
    "channel", as in the viewer.

    Files come into the folder when all are written. None replaces one that is there, unless
    `force` is set. Raises ExportFailed, UnknownLayer with the nearest names, InvalidImage,
    SourceError, and RunFailed from what the model raises.
    """
    wanted = _wanted(what, format, channels, colour_map, normalization)
    root = Path(folder).expanduser()
    check_free(root, (), force=force)
    network = loaded(
        model, weights=weights, input_size=input_size, device=device,
        example_input=example_input, preprocess=preprocess,
    )  # fmt: skip
    job = job_of(network, image, with_example=example_input is not None)
    with first_pass_explained(job.about.title):
        traced = trace(job.model, job.kwargs or job.args)
    files = _files(traced, layers, wanted, title=job.about.title)
    check_free(root, [*_archives(files), *(n for one in files for n in one.names)], force=force)
    with new_files(root, force=force) as new:
        _run(job, files, wanted, new)
        paths = new.publish()
    return Exported(root, tuple(one.exported(root) for one in files), paths, total_bytes(paths))


def _wanted(
    what: str | Collection[str],
    format: Format,
    channels: Collection[int] | None,
    colour_map: str,
    normalization: Normalization,
) -> Wanted:
    """What is asked for. Raises ExportFailed for what does not exist."""
    parts = (what,) if isinstance(what, str) else tuple(what)
    for part in parts or ("",):
        _check_choice("what", part, WHAT)
    _check_choice("format", format, ("npy", "npz"))
    _check_choice("normalization", normalization, ("layer", "channel"))
    colours(colour_map, signed=False)
    return Wanted(parts, format, channels, colour_map, normalization)


def _check_choice(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        remedy = nearest(value, known) or f"; give {' or '.join(known)}"
        raise ExportFailed(f"{name} '{value[:200]}' is not known{remedy}")


def _files(
    network: Network, layers: str | Sequence[str], wanted: Wanted, *, title: str
) -> list[LayerFiles]:
    """The files of every layer that `layers` names."""
    patterns = (layers,) if isinstance(layers, str) else tuple(layers)
    known = network.layers()
    found = named(patterns, known, network=title)
    if not found:
        raise UnknownLayer(f"no layer is named, of the {len(known)} of {title}; '*' names all")
    nodes = {node.name: node for node in network.nodes if node.name in set(found)}
    check_channels(wanted.channels, [tile_shape(node.axes).tiles for node in nodes.values()])
    folders = folder_names(known, taken=[ARCHIVE])
    return [layer_files(nodes[name], folders[name], wanted) for name in found]


def _archives(files: Sequence[LayerFiles]) -> list[str]:
    return [ARCHIVE] if any(one.values == ARCHIVE for one in files) else []


class _Unwritten(BaseException):
    """Leaves a forward pass, which may catch any Exception, because of this one."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


def _run(job: Job, files: Sequence[LayerFiles], wanted: Wanted, new: NewFiles) -> None:
    """The pass that writes. The generators are as in the first one, so that it goes the same way.

    Raises RunFailed if it did not.
    """
    awaited: dict[str, LayerFiles] = {one.node.name: one for one in files}
    with ExitStack() as stack:
        archives = [stack.enter_context(Archive(new.path(name))) for name in _archives(files)]

        def consume(call: Call, tensor: Tensor) -> None:
            one = awaited.get(call.name)
            if one is None or call.axes != one.node.axes:
                return
            del awaited[call.name]
            archive = archives[0] if archives else None
            try:
                write_layer(one, tensor, about=job.about, wanted=wanted, new=new, archive=archive)
            except Exception as error:
                raise _Unwritten(error) from error

        try:
            with first_pass_explained(job.about.title), unchanged_randomness(job.model):
                record(job.model, cloned(job.args), cloned(job.kwargs), consume=consume)
        except _Unwritten as stopped:
            raise stopped.error from None
    _check_all_came(awaited, job.about.title)


def _check_all_came(missing: Mapping[str, LayerFiles], title: str) -> None:
    if missing:
        raise RunFailed(
            f"the layer '{next(iter(missing))}' of {title} ran in one pass and not in the next on "
            "the same image; export one that always runs"
        )
