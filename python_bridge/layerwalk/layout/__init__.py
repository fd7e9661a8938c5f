"""Where everything stands: `layout` turns a traced network into a room, `Room` of `room.py`.

Pure arithmetic on names, shapes and edges; knows neither torch nor activations. The metres are
in `measures.py`, the words on the walls in `words.py`.
"""

from layerwalk.layout.arrangements import layout
from layerwalk.layout.blocks import initially_expanded
from layerwalk.layout.linear import SHELF_NOTE

__all__ = ["SHELF_NOTE", "initially_expanded", "layout"]
