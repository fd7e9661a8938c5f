"""Pictures for tests, and the files that hold them."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(height: int = 60, width: int = 90) -> np.ndarray:
    """A smooth picture without symmetries: whatever is turned or swapped shows."""
    y, x = np.mgrid[:height, :width]
    channels = (x * 255 / width, y * 255 / height, 255 - (x + y) * 255 / (height + width))
    return np.stack(channels, axis=-1).astype(np.uint8)
