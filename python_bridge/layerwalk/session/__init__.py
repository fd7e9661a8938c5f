"""What a bridge serves: networks, runs, viewers and the shared document, wired to the transport."""

from layerwalk.session.bridge import Bridge, open_bridge, serve, walk

__all__ = ["Bridge", "open_bridge", "serve", "walk"]
