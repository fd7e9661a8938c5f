"""Pictures: decoding them safely, the shelf of them, and what a network wants of them."""

from layerwalk.images.decode import MAX_BYTES, MAX_PIXELS, decode, from_pixels, shrink
from layerwalk.images.preprocess import Prepared, Preprocess
from layerwalk.images.shelf import Shelf, ShelfPicture

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "Prepared",
    "Preprocess",
    "Shelf",
    "ShelfPicture",
    "decode",
    "from_pixels",
    "shrink",
]
