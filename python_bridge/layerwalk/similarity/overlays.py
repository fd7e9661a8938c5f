"""The photograph that lies over a dataset's maps."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from layerwalk.errors import InvalidDataset

MAX_PIXELS = 50_000_000
_QUALITY = 85  # as IFeaLiD's own script writes it


def pixels_of_overlay(data: bytes, name: str) -> NDArray[np.uint8]:
    """The pixels, uint8 (h, w, 3), upright. Raises InvalidDataset, which names it as `name`."""
    return np.asarray(_opened(data, name), np.uint8)


def jpeg_of(overlay: str | Path | bytes | NDArray[Any]) -> bytes:
    """A JPEG of an image file, its bytes, or pixels uint8 (h, w, 3) or (h, w).

    What is a JPEG stays as it is, byte by byte. Raises InvalidDataset for what is no image.
    """
    if isinstance(overlay, np.ndarray):
        if overlay.dtype != np.uint8 or overlay.ndim not in (2, 3) or overlay.shape[2:] not in (
            (), (3,)
        ):  # fmt: skip
            raise InvalidDataset(
                f"an overlay of {overlay.dtype} {overlay.shape} is no image; give uint8 (h, w, 3)"
            )
        return _encoded(Image.fromarray(overlay))
    name = "the overlay" if isinstance(overlay, bytes) else f"'{overlay}'"
    data = overlay if isinstance(overlay, bytes) else _read(Path(overlay))
    image = _opened(data, name)  # also where it stays as it is: it must be one
    return data if data.startswith(b"\xff\xd8\xff") else _encoded(image)


def _read(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise InvalidDataset(f"the overlay '{path}' cannot be read ({error.strerror})") from None


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise InvalidDataset(
                    f"{name} has {image.width} × {image.height} pixels; at most {MAX_PIXELS:,} are "
                    "shown"
                )
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InvalidDataset(f"{name} is no image, or cut off: {error}"[:500]) from None


def _encoded(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.convert("RGB").save(data, format="jpeg", quality=_QUALITY)
    return data.getvalue()
