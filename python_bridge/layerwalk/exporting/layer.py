"""The files of one layer: pictures of its tiles, a sheet of them, its values, what they are."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from numpy.typing import NDArray
from PIL import Image

from layerwalk import __version__
from layerwalk.errors import ExportFailed
from layerwalk.exporting.colours import colours, is_centred
from layerwalk.exporting.files import NewFiles
from layerwalk.exporting.result import ExportedLayer
from layerwalk.exporting.scale import Normalization
from layerwalk.exporting.sheet import Legend, contact_sheet
from layerwalk.exporting.tiles import Tiles, chosen, tiles_of
from layerwalk.exporting.values import Archive, Format, save, values_of
from layerwalk.network import Axis, Node, tile_shape

WHAT = ("tiles", "sheet", "values")
ARCHIVE = "values.npz"


@dataclass(frozen=True)
class About:
    """What every description of an export says. `image` is None where an example input ran."""

    title: str
    source: str
    weights: str
    preprocessing: str
    image: dict[str, Any] | None


@dataclass(frozen=True)
class Wanted:
    """What is exported of each layer; `channels` None means all of them."""

    what: Collection[str]
    format: Format
    channels: Collection[int] | None
    colour_map: str
    normalization: Normalization


@dataclass(frozen=True)
class LayerFiles:
    """Which files a layer becomes: paths inside the export's folder, '' for what is not made.

    `tiles` are those of `channels`; of a layer of single values there are none, which would be
    pictures of one pixel.
    """

    node: Node
    folder: str
    channels: tuple[int, ...]
    tiles: tuple[str, ...]
    sheet: str
    values: str
    description: str

    @property
    def names(self) -> tuple[str, ...]:
        """All that are this layer's alone, the description last."""
        own = "" if self.values == ARCHIVE else self.values
        return tuple(name for name in (*self.tiles, self.sheet, own, self.description) if name)

    def exported(self, root: Path) -> ExportedLayer:
        """The files, once they are in their folder."""
        return ExportedLayer(
            layer=self.node.name,
            folder=root / self.folder,
            description=root / self.description,
            tiles=tuple(root / name for name in self.tiles),
            sheet=root / self.sheet if self.sheet else None,
            values=root / self.values if self.values else None,
        )


def layer_files(node: Node, folder: str, wanted: Wanted) -> LayerFiles:
    """The files of the layer in this folder."""
    count, height, width = tile_shape(node.axes)
    channels = chosen(wanted.channels, count)
    digits = len(str(count - 1))
    alone = ARCHIVE if wanted.format == "npz" else f"{folder}/values.npy"
    with_tiles = "tiles" in wanted.what and height * width > 1
    return LayerFiles(
        node=node,
        folder=folder,
        channels=channels,
        tiles=tuple(f"{folder}/tiles/{one:0{digits}}.png" for one in channels if with_tiles),
        sheet=f"{folder}/sheet.png" if "sheet" in wanted.what and channels else "",
        values=alone if "values" in wanted.what else "",
        description=f"{folder}/layer.json",
    )


def write_layer(
    files: LayerFiles,
    tensor: torch.Tensor,
    *,
    about: About,
    wanted: Wanted,
    new: NewFiles,
    archive: Archive | None,
) -> None:
    """Writes all files of the layer, whose activation is `tensor`."""
    node = files.node
    try:
        tiles = tiles_of(
            tensor, node.axes, colour_map=wanted.colour_map, normalization=wanted.normalization
        )
    except ValueError as error:  # the model has freed its memory, for instance
        raise ExportFailed(f"'{node.name}' cannot be read ({error}); leave it out") from error
    for channel, name in zip(files.channels, files.tiles, strict=False):
        _save_png(new.path(name), tiles.picture(channel))
    if files.sheet:
        _save_png(new.path(files.sheet), _sheet(files, tiles, about, wanted))
    saved = None
    if files.values:
        saved = values_of(tensor)
        if archive is not None:
            archive.add(node.name, saved)
        else:
            save(new.path(files.values), saved)
    text = json.dumps(
        _description(files, tiles, about, wanted, saved), indent=2, ensure_ascii=False
    )
    new.path(files.description).write_text(text + "\n", "utf-8")


def _save_png(path: Path, picture: NDArray[Any]) -> None:
    """Grey ones have one channel, which everything reads as the same picture."""
    is_grey = bool((picture == picture[..., :1]).all())
    Image.fromarray(picture[..., 0] if is_grey else picture).save(path, "PNG")


# ---------------------------------------------------------------- words


def _description(
    files: LayerFiles,
    tiles: Tiles,
    about: About,
    wanted: Wanted,
    saved: NDArray[Any] | None,
) -> dict[str, Any]:
    node = files.node
    low, high, signed = tiles.shown
    return {
        "layerwalk": __version__,
        "torch": str(torch.__version__),
        "model": {"title": about.title, "source": about.source, "weights": about.weights},
        "image": about.image,
        "preprocessing": about.preprocessing,
        "layer": node.name,
        "kind": node.kind,
        "axes": [msgspec.to_builtins(axis) for axis in node.axes],
        "shape": list(node.shape),
        "dtype": node.dtype,
        "selected": tiles.selected,
        "values": _saved_values(files, saved),
        "sheet": _beside(files.sheet),
        "colours": {
            "map": wanted.colour_map,
            "normalization": wanted.normalization,
            "low": low,
            "high": high,
            "centred": is_centred(wanted.colour_map, signed=signed),
        },
        "tiles": [
            _tile(channel, tiles, _beside(name))
            for channel, name in zip(
                files.channels, files.tiles or [""] * len(files.channels), strict=True
            )
        ],
    }


def _saved_values(files: LayerFiles, saved: NDArray[Any] | None) -> dict[str, Any] | None:
    if saved is None:
        return None
    found: dict[str, Any] = {"file": _beside(files.values), "dtype": saved.dtype.name}
    return found | {"key": files.node.name} if files.values == ARCHIVE else found


def _tile(channel: int, tiles: Tiles, file: str | None) -> dict[str, Any]:
    low, high = tiles.extent(channel)
    offset, step = map(float, tiles.ranges[channel])
    return {
        "channel": channel, "file": file, "low": low, "high": high, "offset": offset, "step": step,
    }  # fmt: skip


def _beside(name: str) -> str | None:
    """The path of a file as seen from the description."""
    if not name:
        return None
    return f"../{name}" if name == ARCHIVE else name.partition("/")[2]


def _sheet(files: LayerFiles, tiles: Tiles, about: About, wanted: Wanted) -> NDArray[Any]:
    node = files.node
    roles: dict[str, Axis] = {axis.role: axis for axis in node.axes}
    return contact_sheet(
        files.channels,
        tiles.shape[1:],
        tiles.picture,
        title=node.name,
        facts=_facts(node, tiles, about, roles),
        legend=_legend(tiles, wanted),
        labelled="tile" in roles,
    )


def _facts(node: Node, tiles: Tiles, about: About, roles: dict[str, Axis]) -> Sequence[str]:
    weights = "" if about.weights == "as given" else f" ({about.weights})"
    dtype = "" if node.dtype == "float32" else f" {node.dtype}"
    shape = " × ".join(map(str, node.shape)) or "one value"
    facts = [f"{about.title}{weights}", node.kind, f"{shape}{dtype}"]
    sizes = {axis.name: axis.size for axis in node.axes}
    facts += [
        f"{name} {index} of {sizes[name]}"
        for name, index in tiles.selected.items()
        if sizes[name] > 1
    ]
    if "row" in roles and roles["row"].name not in ("height", "row"):
        facts.append(f"{roles['row'].name} down, {roles['column'].name} across")
    facts.append(about.image["name"] if about.image else "example input")
    return facts


def _legend(tiles: Tiles, wanted: Wanted) -> Legend:
    low, high, signed = tiles.shown
    centred = is_centred(wanted.colour_map, signed=signed)
    table = colours(wanted.colour_map, signed=signed)
    if wanted.normalization == "channel" and math.prod(tiles.shape[1:]) > 1:
        whose = "its own range, around zero" if centred else "its own range, from zero"
        return Legend(table, "", f"each channel: {whose}")
    return Legend(table, number_text(-high if centred else low), number_text(high))


def number_text(value: float) -> str:
    """A number in about six characters."""
    return f"{value:.3g}".replace("e+0", "e").replace("e-0", "e-").replace("-", "−")
