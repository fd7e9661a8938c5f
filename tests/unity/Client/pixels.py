"""Reads a picture, and writes its pixels as they are: the argument is its path.

Prints `picture WIDTH HEIGHT PATH`, where PATH holds red, green and blue of every pixel.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image


def main() -> None:
    """Writes beside the picture."""
    path = Path(sys.argv[1])
    raw = path.with_suffix(".rgb")
    with Image.open(path) as picture:
        assert picture.mode == "RGB", picture.mode
        raw.write_bytes(picture.tobytes())
        print("picture", *picture.size, raw, flush=True)


if __name__ == "__main__":
    main()
