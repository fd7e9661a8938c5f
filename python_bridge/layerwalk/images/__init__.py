"""Pictures: decoding them safely, the shelf of them, live sources, and what a network wants."""

from layerwalk.images.decode import (
    MAX_BYTES,
    MAX_PIXELS,
    Pixels,
    decode,
    encode_png,
    from_pixels,
    shrink,
)
from layerwalk.images.gallery import Gallery
from layerwalk.images.live import LiveSource, is_camera, left_out, live_sources
from layerwalk.images.mixing import blend, map_picture
from layerwalk.images.noise import noise
from layerwalk.images.player import End, Order, Player, Shot
from layerwalk.images.preprocess import Prepared, Preprocess
from layerwalk.images.shelf import Shelf, ShelfPicture

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "End",
    "Gallery",
    "LiveSource",
    "Order",
    "Pixels",
    "Player",
    "Prepared",
    "Preprocess",
    "Shelf",
    "ShelfPicture",
    "Shot",
    "blend",
    "decode",
    "encode_png",
    "from_pixels",
    "is_camera",
    "left_out",
    "live_sources",
    "map_picture",
    "noise",
    "shrink",
]
