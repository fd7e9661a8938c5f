"""Feature localization: where in a map of features it looks as it does here.

Similarity maps of a pixel or a region, and the dataset files of IFeaLiD. Names are loaded when
they are first used: who only opens a dataset needs no compiled loops.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layerwalk.similarity.datasets import Dataset, open_dataset
    from layerwalk.similarity.features import METRICS, Metric, NormalizedFeatures
    from layerwalk.similarity.maps import similarity_map, stretch, used_range
    from layerwalk.similarity.regions import Lasso, Pins, Rectangle, Reference
    from layerwalk.similarity.writing import write_dataset

_HOMES = {
    "METRICS": "features",
    "Dataset": "datasets",
    "Lasso": "regions",
    "Metric": "features",
    "NormalizedFeatures": "features",
    "Pins": "regions",
    "Rectangle": "regions",
    "Reference": "regions",
    "open_dataset": "datasets",
    "similarity_map": "maps",
    "stretch": "maps",
    "used_range": "maps",
    "write_dataset": "writing",
}

__all__ = [
    "METRICS",
    "Dataset",
    "Lasso",
    "Metric",
    "NormalizedFeatures",
    "Pins",
    "Rectangle",
    "Reference",
    "open_dataset",
    "similarity_map",
    "stretch",
    "used_range",
    "write_dataset",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
