"""Where networks come from: the demo's, torchvision's, a callable in a module or a file."""

from layerwalk.sources.demo import demo_shelf
from layerwalk.sources.example import example_input_for
from layerwalk.sources.load import load, resolve
from layerwalk.sources.loaded import LoadedNetwork, Loader

__all__ = ["LoadedNetwork", "Loader", "demo_shelf", "example_input_for", "load", "resolve"]
