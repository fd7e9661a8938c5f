"""Bytes of an image file, from a stranger, to sRGB pixels."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from layerwalk.errors import InvalidImage, LayerwalkError, TooLarge

Pixels = NDArray[np.uint8]

MAX_BYTES = 32 * 2**20
MAX_PIXELS = 50_000_000

# Only these: some of Pillow's other formats start external programs (EPS) or parse scripts.
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "PPM", "JPEG2000")
SUFFIXES = frozenset(
    f".{ending}"
    for ending in (
        *("png", "jpg", "jpeg", "jpe", "webp", "avif", "gif", "bmp"),
        *("tif", "tiff", "ppm", "pgm", "pbm", "jp2"),
    )
)

_BACKGROUND_GREY = 128  # what stands behind transparent pixels
_ORIENTATION_TAG = 0x0112
_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG": b"IEND"}  # JPEG's and PNG's, by how they begin
_TAIL_BYTES = 4096


def decode(data: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Pixels:
    """The first picture of an encoded file as sRGB, uint8 (H, W, 3), upright as its EXIF says.

    Transparent pixels lie on grey. 16-bit samples are scaled, not cut; samples without a stated
    range (float, 32-bit) are stretched from their least to their greatest. Colour profiles are
    ignored, as the usual training pipelines do.

    Raises `TooLarge` before anything is decoded, `InvalidImage` for what is no image.
    """
    if len(data) > max_bytes:
        raise TooLarge(
            f"the image file has {len(data):,} bytes, the bridge takes {max_bytes:,}; "
            "save it smaller"
        )
    try:
        with _opened(io.BytesIO(data), max_pixels=max_pixels) as image:
            return _pixels(image)
    except LayerwalkError:
        raise
    except Exception as error:  # Pillow's decoders raise nearly anything on broken bytes
        raise InvalidImage(
            f"the image cannot be decoded ({error}); send a complete PNG, JPEG or WebP file"
        ) from error


def from_pixels(pixels: NDArray[np.generic], *, max_pixels: int = MAX_PIXELS) -> Pixels:
    """An array as sRGB, uint8 (H, W, 3).

    Takes (H, W), (H, W, 1), (H, W, 3) and (H, W, 4), uint8 (0 .. 255), uint16 (0 .. 65535),
    bool, float (0 .. 1), or wider integers that are 0 .. 255. Raises `InvalidImage` or `TooLarge`.
    """
    array = np.asarray(pixels)
    channels = array.shape[2] if array.ndim == 3 else 1
    if array.ndim not in (2, 3) or channels not in (1, 3, 4) or array.size == 0:
        raise InvalidImage(
            f"an array of shape {array.shape} is no picture; give (H, W), (H, W, 3) or (H, W, 4)"
        )
    _check_pixels(array.shape[1], array.shape[0], max_pixels)
    array = _to_uint8(_narrowed(array)).reshape(*array.shape[:2], channels)
    if channels == 1:
        return np.repeat(array, 3, axis=2)
    if channels == 4:
        return _on_grey(array)
    return np.ascontiguousarray(array)


def encode_png(pixels: Pixels) -> bytes:
    """The bytes of a PNG file of a picture, uint8 (H, W, 3) or (H, W)."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG")
    return file.getvalue()


def header(file: Path | io.BytesIO, *, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Width and height, upright, of an image file, read from its header only."""
    try:
        with _opened(file, max_pixels=max_pixels) as image:
            turned = image.getexif().get(_ORIENTATION_TAG, 1) in (5, 6, 7, 8)
            width, height = image.size
            return (height, width) if turned else (width, height)
    except LayerwalkError:
        raise
    except Exception as error:
        raise _none(error) from error


def look_into(path: Path, *, max_pixels: int = MAX_PIXELS) -> None:
    """As `header`, for whoever needs no size: nothing of what follows the header is read."""
    try:
        _opened(path, max_pixels=max_pixels).close()
    except LayerwalkError:
        raise
    except Exception as error:
        raise _none(error) from error


def _none(error: Exception) -> InvalidImage:
    """Without the path, which is nobody's business elsewhere."""
    why = getattr(error, "strerror", None) or error
    return InvalidImage(f"it is no image that can be read ({why})")


def seems_cut_off(path: Path) -> bool:
    """Whether a JPEG or PNG file lacks its end, whose header is well all the same; cheap.

    What follows the end of a whole picture, as in a phone's moving photographs, makes it seem so.
    """
    with path.open("rb") as file:
        start = file.read(4)
        end = next((end for first, end in _ENDS.items() if start.startswith(first)), b"")
        file.seek(max(0, file.seek(0, io.SEEK_END) - _TAIL_BYTES))
        return end not in file.read()


def shrink(pixels: Pixels, edge_px: int) -> Pixels:
    """The picture with its longer edge at most `edge_px` (at least 1), averaged over areas."""
    import cv2

    height, width = pixels.shape[:2]
    scale = max(edge_px, 1) / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _opened(file: io.BytesIO | Path, *, max_pixels: int) -> Image.Image:
    """The image with only its header read, refused where it is too large."""
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge(
            f"the image has more pixels than the bridge takes ({max_pixels:,}); scale it down"
        ) from error
    except UnidentifiedImageError as error:
        raise InvalidImage(
            "the bytes are no image in a known format; give a PNG, JPEG, WebP, AVIF, GIF, BMP, "
            "TIFF or PPM file"
        ) from error
    try:
        _check_pixels(image.width, image.height, max_pixels)
    except TooLarge:
        image.close()
        raise
    return image


def _check_pixels(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise TooLarge(
            f"the image has {width} × {height} pixels, the bridge takes {max_pixels:,} in all; "
            "scale it down"
        )


def _pixels(image: Image.Image) -> Pixels:
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        return np.repeat(_to_uint8(np.asarray(upright))[..., None], 3, axis=2)
    if upright.has_transparency_data:
        return _on_grey(np.asarray(upright.convert("RGBA")))
    return np.array(upright.convert("RGB"))


def _on_grey(rgba: Pixels) -> Pixels:
    """Composited onto grey, uint8 (H, W, 4) -> (H, W, 3)."""
    picture = Image.fromarray(rgba, "RGBA")
    grey = Image.new("RGBA", picture.size, (_BACKGROUND_GREY,) * 3 + (255,))
    return np.array(Image.alpha_composite(grey, picture).convert("RGB"))


def _narrowed(samples: NDArray[np.generic]) -> NDArray[np.generic]:
    """Bytes where the type says nothing of the range, as Python's integers become int64."""
    if samples.dtype.kind not in "iu" or samples.dtype in (np.uint8, np.uint16):
        return samples
    low, high = int(samples.min()), int(samples.max())
    if low < 0 or high > 255:
        raise InvalidImage(
            f"pixels of {samples.dtype} are {low} .. {high}; give uint8 (0 .. 255), "
            "uint16 (0 .. 65535) or float (0 .. 1)"
        )
    return samples.astype(np.uint8)


def _to_uint8(samples: NDArray[np.generic]) -> Pixels:
    """Samples of any type as 0 .. 255; the module's docstrings say which range they have."""
    if samples.dtype == np.uint8:
        return samples.astype(np.uint8, copy=False)
    if samples.dtype == np.bool_:
        return samples.astype(np.uint8) * np.uint8(255)
    values = np.nan_to_num(samples.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if samples.dtype.kind == "f" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif samples.dtype.kind in "iu" and low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    scale = 255 / (high - low) if high > low else 0.0
    return np.asarray(np.rint((values - low) * scale), np.uint8)
