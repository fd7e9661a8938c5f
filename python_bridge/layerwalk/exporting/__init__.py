"""What a network makes of an image, as files: pictures of its feature maps, and their values.

The package is not called `export`, which is the function: importing a module of that name would
put it in the function's place.
"""

from layerwalk.exporting.colours import COLOUR_MAPS
from layerwalk.exporting.datasets import PRESETS, extract
from layerwalk.exporting.layer import WHAT
from layerwalk.exporting.page import ExportedPage, export_page
from layerwalk.exporting.passes import export
from layerwalk.exporting.result import Exported, ExportedLayer

__all__ = [
    "COLOUR_MAPS",
    "PRESETS",
    "WHAT",
    "Exported",
    "ExportedLayer",
    "ExportedPage",
    "export",
    "export_page",
    "extract",
]
