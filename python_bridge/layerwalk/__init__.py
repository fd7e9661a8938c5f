"""layerwalk: walk through any PyTorch network.

    import layerwalk

    network = layerwalk.trace(model, example_input)      # its structure
    layerwalk.walk(model, images="photos/")              # a walk through it in the browser
    layerwalk.export(model, "cat.jpg", layers="layer1.*", folder="maps/")   # pictures and values
    layerwalk.render(model, "cat.jpg", file="room.png", size=(3840, 2160))  # the room itself
    layerwalk.similarity.similarity_map(features, (x, y))                   # where it looks alike
    with layerwalk.serve(model) as bridge: ...           # for viewers and Python clients
    bridge = layerwalk.open_session("room.layerwalk")    # one that bridge.save(...) kept
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client: ...

Importing this package imports neither torch nor anything else that takes its time; names are
loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from layerwalk import errors

if TYPE_CHECKING:
    from layerwalk import similarity
    from layerwalk.client import Client, connect
    from layerwalk.exporting import Exported, ExportedLayer, export, export_page
    from layerwalk.introspection import trace
    from layerwalk.rendering.pictures import render
    from layerwalk.session import Bridge, open_session, serve, walk

__version__ = "0.1.0"

__all__ = [
    "Bridge",
    "Client",
    "Exported",
    "ExportedLayer",
    "__version__",
    "connect",
    "errors",
    "export",
    "export_page",
    "open_session",
    "render",
    "serve",
    "similarity",
    "trace",
    "walk",
]

_HOMES = {
    "trace": "layerwalk.introspection",
    "export": "layerwalk.exporting",
    "export_page": "layerwalk.exporting",
    "render": "layerwalk.rendering.pictures",
    "Exported": "layerwalk.exporting",
    "ExportedLayer": "layerwalk.exporting",
    "serve": "layerwalk.session",
    "walk": "layerwalk.session",
    "open_session": "layerwalk.session",
    "Bridge": "layerwalk.session",
    "connect": "layerwalk.client",
    "Client": "layerwalk.client",
}


def __getattr__(name: str) -> Any:
    if name == "similarity":
        return importlib.import_module("layerwalk.similarity")
    if name not in _HOMES:
        raise AttributeError(f"module 'layerwalk' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "similarity"})
