"""Pictures: decoding them safely, the shelf of them, live sources, and what a network wants."""

from layerwalk.images.decode import MAX_BYTES, MAX_PIXELS, Pixels, decode, from_pixels, shrink
from layerwalk.images.live import LiveSource, is_camera, left_out, live_sources
from layerwalk.images.player import End, Order, Player, Shot
from layerwalk.images.preprocess import Prepared, Preprocess
from layerwalk.images.shelf import Shelf, ShelfPicture

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "End",
    "LiveSource",
    "Order",
    "Pixels",
    "Player",
    "Prepared",
    "Preprocess",
    "Shelf",
    "ShelfPicture",
    "Shot",
    "decode",
    "from_pixels",
    "is_camera",
    "left_out",
    "live_sources",
    "shrink",
]
