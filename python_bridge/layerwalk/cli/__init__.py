"""The command `layerwalk`. Importing it imports neither torch nor the bridge."""

from layerwalk.cli.main import main

__all__ = ["main"]
