"""What a bridge serves: networks, runs, viewers and the shared document, wired to the transport."""

from layerwalk.session.bridge import Bridge, open_bridge, serve, walk
from layerwalk.session.opening import open_session

__all__ = ["Bridge", "open_bridge", "open_session", "serve", "walk"]
