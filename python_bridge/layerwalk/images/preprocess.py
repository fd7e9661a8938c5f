"""From a picture to what a network takes: resized, cropped, normalized; and what that looks like.

Resizing follows torchvision's presets on Pillow images to the pixel, so that a prediction is
the one its weights were measured with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from layerwalk.errors import InvalidImage, with_article
from layerwalk.images.decode import Pixels

if TYPE_CHECKING:
    import torch

Size = tuple[int, int]  # height, width in pixels

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)

# The share of the shorter side that ImageNet's evaluation crops out of the middle.
_CENTRE = 224 / 256
_VIDEO_FRAMES = 16
_LEAST_FLAT_EDGE = 8  # shorter vectors are no picture, though their length is a square
_LONGEST = 8  # edges of the crop that a scaled picture may be long


@dataclass(frozen=True)
class Prepared:
    """A picture ready for the network.

    `tensor` is on the CPU, shaped as the network's (first) input with a batch of 1: float32
    (1, C, h, w) nearly always. `view` is the picture the network sees, uint8 (h, w, 3), sRGB:
    resized and cropped, not normalized.
    """

    tensor: torch.Tensor
    view: Pixels


@dataclass(frozen=True)
class Preprocess:
    """Turns pixels, uint8 (H, W, 3) in sRGB, into a `Prepared`.

    `description` says in words what is done; `input_size` is height and width in pixels. A picture
    of the size `unscaled` is cropped only, pixel for pixel; None where nothing is known of it.
    """

    description: str
    input_size: Size
    prepare: Callable[[Pixels], Prepared]
    unscaled: Size | None = None

    def __call__(self, pixels: Pixels) -> Prepared:
        return self.prepare(pixels)

    @classmethod
    def imagenet(cls, size: Size = (224, 224), *, channels: int = 3) -> Preprocess:
        """ImageNet's: the middle 7/8 at `size`, bilinear, ImageNet's mean and deviation."""
        resize = (round(size[0] / _CENTRE), round(size[1] / _CENTRE))
        mean, std = _for_channels(channels)
        what = "ImageNet's" if channels in (1, 3) else "ImageNet's, channels repeating R, G, B"
        return cls._normalized(_Fit(resize, size), mean, std, title=what)

    @classmethod
    def efficientnet_lite(cls, size: Size = (224, 224)) -> Preprocess:
        """EfficientNet-Lite's: the middle 7/8, bicubic, normalized to (255 x - 127) / 128."""
        fit = _Fit((round(size[0] / _CENTRE), round(size[1] / _CENTRE)), size, "bicubic")
        return cls._normalized(
            fit, (127 / 255,) * 3, (128 / 255,) * 3,
            title="EfficientNet-Lite's", formula="(255 x - 127) / 128",
        )  # fmt: skip

    @classmethod
    def from_weights(
        cls, weights: Any, size: Size | None = None, *, whose: str = "these weights"
    ) -> Preprocess:
        """That of torchvision weights (a member of a `WeightsEnum`), or of their transforms.

        `size` replaces the crop and scales the resize with it. Where the transforms keep the
        picture's size (detection, segmentation, optical flow), it is covered and cropped to
        `size`. Video models get the still picture in every frame. `whose` is for the description,
        where other weights are used.
        """
        preset = weights.transforms() if hasattr(weights, "transforms") else weights
        title = f"torchvision's for {whose}"
        mean = tuple(getattr(preset, "mean", ()))
        std = tuple(getattr(preset, "std", ()))
        if not mean:
            mean, std = (0.0,) * 3, (1.0,) * 3
        if type(preset).__name__ == "OpticalFlow":
            mean, std = (0.5,) * 3, (0.5,) * 3
        fit = _preset_fit(preset, size)
        frames = _VIDEO_FRAMES if type(preset).__name__ == "VideoClassification" else 0
        return cls._normalized(fit, mean, std, title=title, frames=frames)

    @classmethod
    def custom(
        cls,
        function: Callable[[Any], Any],
        *,
        description: str = "your preprocessing",
        example: torch.Tensor | None = None,
    ) -> Preprocess:
        """The user's: `function` takes pixels, uint8 numpy (H, W, 3) in sRGB.

        torchvision's transforms, and what fails on an array (a grey test picture shows it), get
        a Pillow image (RGB) instead. It returns a float tensor (or array), (C, h, w) or
        (1, C, h, w); or one of the shape and type of `example`, the network's first input,
        which may be anything then.

        What the network sees is shown by undoing the `Normalize` in a torchvision `Compose`;
        without one, values in 0 .. 1 and -1 .. 1 are taken as such, and others are stretched
        from their least to their greatest. What is no picture shows the one it was made of.
        Raises `InvalidImage` if the function fails on the test picture.
        """
        grey = np.full((256, 256, 3), 128, np.uint8)
        takes: Callable[[Pixels], Any] = np.array  # a copy, which the function may change
        if _is_torchvision(function):
            takes = Image.fromarray
        try:
            tensor = _called(function, takes(grey), example)
        except InvalidImage as refused:
            if takes is Image.fromarray:
                raise
            takes = Image.fromarray
            try:
                tensor = _called(function, takes(grey), example)
            except InvalidImage:
                raise refused from None

        def prepare(pixels: Pixels) -> Prepared:
            tensor = _called(function, takes(pixels), example)
            if tensor.ndim != 4 or not tensor.is_floating_point():
                return Prepared(tensor, pixels)
            planes = tensor[0].float().numpy()
            return Prepared(tensor, _view(planes, _normalization(function)))

        is_picture = tensor.ndim == 4
        size = (tensor.shape[2], tensor.shape[3]) if is_picture else grey.shape[:2]
        return cls(description, size, prepare)

    @classmethod
    def for_shape(cls, shape: Sequence[int]) -> Preprocess:
        """ImageNet's for an input of this shape, with the batch: (1, C, h, w) as a rule.

        (1, C, frames, h, w) gets the picture in every frame, (1, n) the flattened pixels of a
        square picture, grey or RGB, of 8 × 8 at least. Raises `InvalidImage` where no picture fits.
        """
        match tuple(shape):
            case (_, channels, height, width):
                return cls.imagenet((height, width), channels=channels)
            case (_, channels, frames, height, width):
                mean, std = _for_channels(channels)
                fit = _Fit.middle((height, width))
                return cls._normalized(fit, mean, std, title="ImageNet's", frames=frames)
            case (_, samples) if (flat := _flat(samples)) is not None:
                return flat
        raise InvalidImage(
            f"no picture fits an input of shape {tuple(shape)}; "
            "give preprocess=, a function from pixels (uint8, (H, W, 3)) to the tensor"
        )

    @classmethod
    def of(
        cls,
        value: Any,
        *,
        shape: Sequence[int] = (1, 3, 224, 224),
        example: torch.Tensor | None = None,
    ) -> Preprocess:
        """The user's `preprocess=` as a Preprocess: None, one, torchvision weights, a function.

        None means ImageNet's for an input of `shape`; a function may make anything that is
        like `example`, the network's first input.
        """
        if value is None:
            return cls.for_shape(shape)
        if isinstance(value, cls):
            return value
        if hasattr(value, "transforms") and hasattr(value, "meta"):
            return cls.from_weights(value)
        if callable(value):
            return cls.custom(value, example=example)
        raise InvalidImage(
            f"preprocess is {with_article(type(value).__name__)}; give a function from pixels "
            "(uint8, (H, W, 3)) to a tensor (C, h, w), or torchvision weights"
        )

    @classmethod
    def _normalized(
        cls, fit: _Fit, mean: tuple[float, ...], std: tuple[float, ...], *,
        title: str, formula: str = "", frames: int = 0,
    ) -> Preprocess:  # fmt: skip
        offset, scale = np.array(mean, np.float32), np.array(std, np.float32)

        def prepare(pixels: Pixels) -> Prepared:
            view = fit(pixels)
            channels = _channels(view, len(mean))
            planes = np.asarray((channels - offset) / scale, np.float32)
            tensor = _tensor(planes.transpose(2, 0, 1), frames)
            shown = np.repeat(np.rint(channels * 255).astype(np.uint8), 3, 2)
            return Prepared(tensor, shown if len(mean) == 1 else view)

        normalization = formula or f"mean {_numbers(mean)}, deviation {_numbers(std)}"
        still = f"; the still picture in all {frames} frames" if frames else ""
        description = f"{title}: {fit.description}; {normalization}{still}"
        return cls(description, fit.size, prepare, fit.unscaled)


@dataclass(frozen=True)
class _Fit:
    """Scales a picture until it just covers `resize`, and crops `size` out of its middle."""

    resize: Size
    size: Size
    interpolation: str = "bilinear"

    @classmethod
    def middle(cls, size: Size) -> _Fit:
        return cls((round(size[0] / _CENTRE), round(size[1] / _CENTRE)), size)

    @property
    def description(self) -> str:
        height, width = self.size
        if self.resize == self.size:
            return f"scaled ({self.interpolation}) and cropped to {width} × {height}"
        covered = " × ".join(str(edge) for edge in sorted(set(self.resize), reverse=True))
        return f"scaled to {covered} ({self.interpolation}), middle {width} × {height}"

    @property
    def unscaled(self) -> Size:
        """The size of a picture that is not scaled."""
        return max(self.resize[0], self.size[0]), max(self.resize[1], self.size[1])

    def __call__(self, pixels: Pixels) -> Pixels:
        """Pixels uint8 (H, W, 3) -> (h, w, 3)."""
        image = Image.fromarray(self._not_elongated(pixels))
        height, width = self.size
        rows, columns = self._scaled(image.height, image.width)
        rows, columns = max(rows, height), max(columns, width)
        resample = getattr(Image.Resampling, self.interpolation.upper())
        top, left = round((rows - height) / 2), round((columns - width) / 2)
        scaled = image.resize((columns, rows), resample)
        return np.asarray(scaled.crop((left, top, left + width, top + height)))

    def _not_elongated(self, pixels: Pixels) -> Pixels:
        """Without the ends of a strip: scaled up whole, 1 x 1,000,000 pixels would fill memory."""
        height, width = pixels.shape[:2]
        rows, columns = self._scaled(height, width)
        keep_rows = min(height, max(1, height * _LONGEST * self.size[0] // rows))
        keep_columns = min(width, max(1, width * _LONGEST * self.size[1] // columns))
        top, left = (height - keep_rows) // 2, (width - keep_columns) // 2
        return np.ascontiguousarray(pixels[top : top + keep_rows, left : left + keep_columns])

    def _scaled(self, height: int, width: int) -> Size:
        """Size of the whole picture when it covers `resize`; truncated, as torchvision does."""
        rows, columns = self.resize
        if rows * width >= columns * height:
            return rows, int(rows * width / height)
        return int(columns * height / width), columns


def _preset_fit(preset: Any, size: Size | None) -> _Fit:
    """What a torchvision preset does to a picture's size."""
    crop = _pair(getattr(preset, "crop_size", None))
    resize = _pair(getattr(preset, "resize_size", None))
    if type(preset).__name__ == "ObjectDetection":
        crop = resize = (480, 640)
    crop = crop or resize or (224, 224)
    resize = resize or crop
    if size is not None:
        resize = (round(resize[0] * size[0] / crop[0]), round(resize[1] * size[1] / crop[1]))
        crop = size
    name = getattr(getattr(preset, "interpolation", None), "value", "bilinear")
    return _Fit(resize, crop, name)


def _pair(edges: Any) -> Size | None:
    if not edges:
        return None
    edges = [edges] if isinstance(edges, int) else list(edges)
    return int(edges[0]), int(edges[-1])


def _for_channels(channels: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """ImageNet's mean and deviation for any number of channels; 1 is grey."""
    if channels == 1:
        return (sum(IMAGENET_MEAN) / 3,), (sum(IMAGENET_STD) / 3,)
    repeats = -(-channels // 3)
    return (IMAGENET_MEAN * repeats)[:channels], (IMAGENET_STD * repeats)[:channels]


def _flat(samples: int) -> Preprocess | None:
    """For networks of vectors: the pixels of a square picture in a row, grey or RGB."""
    for channels in (1, 3):
        edge = isqrt(samples // channels)
        if channels * edge * edge == samples and edge >= _LEAST_FLAT_EDGE:
            pictures = Preprocess.imagenet((edge, edge), channels=channels)

            def prepare(pixels: Pixels, pictures: Preprocess = pictures) -> Prepared:
                prepared = pictures(pixels)
                return Prepared(prepared.tensor.flatten(1), prepared.view)

            description = pictures.description + "; flattened"
            return Preprocess(description, (edge, edge), prepare, pictures.unscaled)
    return None


def _channels(view: Pixels, count: int) -> NDArray[np.float32]:
    """The view as `count` channels of 0 .. 1: grey for 1, else R, G, B repeating."""
    samples = np.asarray(view, np.float32) / np.float32(255)
    if count == 1:
        grey = np.asarray(Image.fromarray(view).convert("L"), np.float32) / np.float32(255)
        return grey[..., None]
    return samples[..., [channel % 3 for channel in range(count)]]


def _tensor(planes: NDArray[np.float32], frames: int) -> torch.Tensor:
    import torch

    tensor = torch.from_numpy(np.ascontiguousarray(planes, np.float32))[None]
    return tensor[:, :, None].repeat(1, 1, frames, 1, 1) if frames else tensor


def _is_torchvision(function: Any) -> bool:
    """Whether this is one of torchvision's transforms, or a chain (`nn.Sequential`) of them.

    They leave arrays as they are, or read them otherwise than a picture's.
    """
    steps = (function, *getattr(function, "children", tuple)())
    return any(type(step).__module__.startswith("torchvision.transforms") for step in steps)


def _called(
    function: Callable[[Any], Any], picture: Any, example: torch.Tensor | None
) -> torch.Tensor:
    """What the user's function makes of a picture, checked: float32 (1, C, h, w).

    Or as it is, if it has the shape and type of `example`.
    """
    import torch

    try:
        tensor = function(picture)
    except Exception as error:  # it is the user's code: it may raise anything
        raise InvalidImage(
            f"your preprocessing raised {type(error).__name__}: {error}; it gets pixels, uint8 "
            "numpy (H, W, 3) (torchvision's transforms a Pillow image), and returns a tensor "
            "(C, h, w)"
        ) from error
    if isinstance(tensor, np.ndarray):
        tensor = torch.from_numpy(tensor)
    if isinstance(tensor, torch.Tensor) and _is_like(tensor, example):
        return tensor.detach().to("cpu")
    if isinstance(tensor, torch.Tensor) and tensor.ndim == 3:
        tensor = tensor[None]
    if not isinstance(tensor, torch.Tensor) or tensor.ndim != 4 or len(tensor) != 1:
        shape = tuple(tensor.shape) if isinstance(tensor, torch.Tensor) else type(tensor).__name__
        like = "" if example is None else f", or one like the example: {_described(example)}"
        raise InvalidImage(
            f"your preprocessing returned {shape}; return a float tensor (C, h, w) or "
            f"(1, C, h, w){like}"
        )
    return tensor.detach().to("cpu", torch.float32)


def _is_like(tensor: torch.Tensor, example: torch.Tensor | None) -> bool:
    return example is not None and tensor.shape == example.shape and tensor.dtype == example.dtype


def _described(tensor: torch.Tensor) -> str:
    return f"{tuple(tensor.shape)} {str(tensor.dtype).removeprefix('torch.')}"


def _normalization(function: Any) -> tuple[Any, Any] | None:
    """Mean and deviation of the last `Normalize` in a torchvision `Compose` or preset."""
    for step in reversed([function, *getattr(function, "transforms", ())]):
        if hasattr(step, "mean") and hasattr(step, "std"):
            return step.mean, step.std
    return None


def _view(planes: NDArray[np.float32], normalization: tuple[Any, Any] | None) -> Pixels:
    """Normalized planes (C, h, w) as a picture, uint8 (h, w, 3)."""
    shown = planes[:3] if len(planes) >= 3 else planes[:1]
    values: NDArray[np.floating] = np.nan_to_num(shown).transpose(1, 2, 0)
    low, high = float(values.min()), float(values.max())
    if normalization is not None:
        mean, std = (np.array(part, np.float32)[: values.shape[2]] for part in normalization)
        values = values * std + mean
    elif low >= -1 and high <= 1:
        values = (values + 1) / 2 if low < 0 else values
    else:
        values = (values - low) / (high - low) if high > low else values * 0
    picture = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(picture, (*picture.shape[:2], 3)))


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.3f}" for value in values[:3]) + (" …" if len(values) > 3 else "")
