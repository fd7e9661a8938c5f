"""Pictures and films of the room, at any size, by a browser without a display.

The package is not called `render`, which is the function: importing a module of that name would
put it in the function's place.
"""

from layerwalk.rendering.pictures import render

__all__ = ["render"]
