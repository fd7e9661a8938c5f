"""`layerwalk.exporting.extract`: what layers make of an image, as datasets that IFeaLiD opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from layerwalk.capture import Call, cloned, record, unchanged_randomness
from layerwalk.errors import InvalidDataset, RunFailed, nearest
from layerwalk.exporting.files import check_free, new_files
from layerwalk.exporting.inputs import Job, job_of, loaded
from layerwalk.exporting.names import folder_names
from layerwalk.exporting.values import values_of
from layerwalk.images import Pixels, Preprocess, decode, shrink
from layerwalk.images.preprocess import IMAGENET_MEAN, IMAGENET_STD
from layerwalk.introspection import trace
from layerwalk.introspection.tracing import first_pass_explained
from layerwalk.network import Network
from layerwalk.session.plan import is_glob, named
from layerwalk.similarity import write_dataset
from layerwalk.similarity.grids import Grid, features_of, grids
from layerwalk.sources import LoadedNetwork

if TYPE_CHECKING:
    from torch import Tensor, nn

_LONGEST_PX = 2048  # of a photograph that runs at its own size


@dataclass(frozen=True)
class Preset:
    """A network, the layers to take by what their files are called, and how the image runs."""

    source: str
    layers: Mapping[str, str] = field(default_factory=dict)


# The stages that the datasets of IFeaLiD's authors are of, at the photograph's own size.
PRESETS: dict[str, Preset] = {
    "resnet101": Preset(
        "torchvision:resnet101",
        {
            "C1": "layer1.2.relu:3",
            "C2": "layer2.3.relu:3",
            "C3": "layer3.22.relu:3",
            "C4": "layer4.2.relu:3",
        },
    )
}


def extract(
    model: str | nn.Module | None = None,
    image: str | Path | NDArray[np.uint8] | None = None,
    *,
    folder: str | Path,
    layers: str | Sequence[str] = (),
    preset: str | None = None,
    precision: int = 8,
    force: bool = False,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str | None = None,
    example_input: Any = None,
    preprocess: Any = None,
) -> tuple[Path, ...]:
    """Writes a dataset of each layer into `folder`: IMAGE.LAYER.PRECISION.zip; their paths.

    `model`, `image`, `layers` and what follows are those of `layerwalk.export`; of the layers that
    a glob names, those without places (single values, attention) are left out. Tokens are on the
    grid of their patches. The overlay is what the network sees of the image. A `preset` names all:
    "resnet101" the last layers of ResNet-101's four stages, C1 to C4, of the whole photograph at
    its own size, as the datasets of IFeaLiD's authors are.

    Values are stretched over the layer, as `layerwalk.similarity.write_dataset` says. Files appear
    when all are written, and replace none unless `force` is set. Raises InvalidDataset,
    UnknownLayer, InvalidImage, SourceError, RunFailed and ExportFailed.
    """
    chosen = _preset(preset, model, layers)
    network = loaded(
        chosen.source if chosen else model, weights=weights, input_size=input_size, device=device,
        example_input=example_input, preprocess=preprocess,
    )  # fmt: skip
    if chosen:
        network = replace(network, preprocess=_at_its_own_size())
    job = job_of(network, image, with_example=example_input is not None)
    with first_pass_explained(job.about.title):
        traced = trace(job.model, job.kwargs or job.args)
    places = _places(traced, chosen.layers.values() if chosen else layers, job.about.title)
    files = _files(traced, places, chosen, _name_of(job), precision)
    root = Path(folder).expanduser()
    check_free(root, list(files.values()), force=force)
    overlay = None if image is None else _overlay(network, image, whole=chosen is not None)
    with new_files(root, force=force) as new:
        features = _features(job, places)
        for layer in places:
            name = files[layer].rpartition(f".{precision}.")[0]
            target = new.path(files[layer])
            write_dataset(target, features[layer], name=name, precision=precision, overlay=overlay)
        return new.publish()


def _preset(preset: str | None, model: Any, layers: str | Sequence[str]) -> Preset | None:
    if preset is None:
        return None
    if preset not in PRESETS:
        remedy = nearest(preset, PRESETS) or f"; there is {', '.join(PRESETS)}"
        raise InvalidDataset(f"'{preset[:100]}' is no preset{remedy}")
    if model is not None or layers:
        raise InvalidDataset(
            f"the preset '{preset}' says the network and its layers; leave SOURCE and --layers out"
        )
    return PRESETS[preset]


def _at_its_own_size() -> Preprocess:
    """Normalized as ImageNet's, and neither scaled nor cropped."""
    mean, deviation = (np.array(one, np.float32) for one in (IMAGENET_MEAN, IMAGENET_STD))

    def prepare(pixels: Pixels) -> NDArray[np.float32]:
        shares = np.asarray(_bounded(pixels), np.float32) / np.float32(255)
        return np.ascontiguousarray(((shares - mean) / deviation).transpose(2, 0, 1))

    return Preprocess.custom(prepare, description="ImageNet's, the whole picture at its own size")


def _bounded(pixels: Pixels) -> Pixels:
    return shrink(pixels, _LONGEST_PX) if max(pixels.shape[:2]) > _LONGEST_PX else pixels


def _places(network: Network, layers: Any, title: str) -> dict[str, Grid]:
    """The layers that were named and have places. Raises for one that has none."""
    patterns = (layers,) if isinstance(layers, str) else tuple(layers)
    known = grids(network)
    for pattern in patterns:
        if not is_glob(pattern) and pattern in network.layers() and pattern not in known:
            raise InvalidDataset(
                f"'{pattern}' of {title} has no places in the picture; name a layer of feature "
                "maps or of tokens"
            )
    found = {name: known[name] for name in named(patterns, network.layers(), network=title)
             if name in known}  # fmt: skip
    if not found:
        raise InvalidDataset(f"no layer of {title} with places in the picture is named (--layers)")
    return found


def _files(
    network: Network, places: Mapping[str, Grid], preset: Preset | None, image: str, bits: int
) -> dict[str, str]:
    names = folder_names(network.layers())
    if preset:
        names |= {layer: label for label, layer in preset.layers.items()}
    return {layer: f"{image}.{names[layer]}.{bits}.zip" for layer in places}


def _name_of(job: Job) -> str:
    return str(job.about.image["name"]) if job.about.image else job.about.title


def _overlay(network: LoadedNetwork, image: Any, *, whole: bool) -> NDArray[np.uint8]:
    """What the network sees of the image."""
    pixels = (
        image if isinstance(image, np.ndarray) else decode(Path(image).expanduser().read_bytes())
    )
    assert network.preprocess is not None
    return _bounded(pixels) if whole else network.preprocess(pixels).view


def _features(job: Job, places: Mapping[str, Grid]) -> dict[str, NDArray[Any]]:
    """Features (H, W, F) of each layer, in one pass."""
    found: dict[str, NDArray[Any]] = {}

    def consume(call: Call, tensor: Tensor) -> None:
        grid = places.get(call.name)
        if grid is not None and call.name not in found:
            found[call.name] = features_of(values_of(tensor), call.axes, grid)

    with first_pass_explained(job.about.title), unchanged_randomness(job.model):
        record(job.model, cloned(job.args), cloned(job.kwargs), consume=consume)
    if missing := [layer for layer in places if layer not in found]:
        raise RunFailed(
            f"the layer '{missing[0]}' of {job.about.title} ran in one pass and not in the next on "
            "the same image; name one that always runs"
        )
    return found
