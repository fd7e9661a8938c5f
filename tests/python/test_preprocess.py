"""Pictures: what a network gets of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import models, transforms

from layerwalk.errors import InvalidImage, UnknownPicture
from layerwalk.images import Preprocess, Shelf

from .photographs import photograph

# ---------------------------------------------------------------- preprocessing


@pytest.mark.parametrize(
    "weights",
    [
        models.ResNet50_Weights.IMAGENET1K_V1,
        models.ResNet50_Weights.IMAGENET1K_V2,
        models.EfficientNet_B3_Weights.DEFAULT,  # bicubic
        models.Inception_V3_Weights.DEFAULT,
        models.Swin_T_Weights.DEFAULT,
    ],
)
@pytest.mark.parametrize("size", [(427, 640), (640, 427), (100, 130), (300, 300)])
def test_weights_are_preprocessed_exactly_as_torchvision_does(
    weights: models.WeightsEnum, size: tuple[int, int]
) -> None:
    prepared = Preprocess.from_weights(weights)(photograph(*size))
    expected = weights.transforms()(Image.fromarray(photograph(*size)))
    torch.testing.assert_close(prepared.tensor[0], expected, rtol=0, atol=1e-6)


def test_the_view_is_what_the_tensor_says_before_it_was_normalized() -> None:
    weights = models.ResNet18_Weights.DEFAULT
    prepared = Preprocess.from_weights(weights)(photograph(200, 300))
    preset = weights.transforms()
    mean, std = (torch.tensor(values)[:, None, None] for values in (preset.mean, preset.std))
    seen = (prepared.tensor[0] * std + mean).mul(255).round().permute(1, 2, 0)
    np.testing.assert_array_equal(seen.numpy().astype(np.uint8), prepared.view)


def test_the_description_says_what_is_done() -> None:
    described = Preprocess.from_weights(models.ResNet50_Weights.IMAGENET1K_V2)
    assert described.description == (
        "torchvision's for these weights: scaled to 232 (bilinear), middle 224 × 224; "
        "mean 0.485 0.456 0.406, deviation 0.229 0.224 0.225"
    )
    assert described.input_size == (224, 224)


def test_efficientnet_lite_gets_its_own_numbers() -> None:
    preprocess = Preprocess.efficientnet_lite()
    prepared = preprocess(np.full((256, 256, 3), 255, np.uint8))
    assert prepared.tensor.shape == (1, 3, 224, 224)
    torch.testing.assert_close(prepared.tensor, torch.ones(1, 3, 224, 224))
    black = preprocess(np.zeros((256, 256, 3), np.uint8))
    torch.testing.assert_close(black.tensor, torch.full((1, 3, 224, 224), -127 / 128))
    assert "(255 x - 127) / 128" in preprocess.description


def test_the_crop_is_the_middle() -> None:
    pixels = np.zeros((256, 512, 3), np.uint8)
    pixels[:, 256 - 112 : 256 + 112] = 255
    assert Preprocess.efficientnet_lite()(pixels).view.min() == 255


@pytest.mark.parametrize("shape", [(1, 200_000), (200_000, 1), (1, 1), (3, 2)])
def test_odd_shapes_are_prepared_quickly(shape: tuple[int, int]) -> None:
    prepared = Preprocess.imagenet()(np.full((*shape, 3), 77, np.uint8))
    assert prepared.view.shape == (224, 224, 3)
    assert set(prepared.view.ravel()) == {77}


@pytest.mark.parametrize(
    "shape",
    [
        (1, 3, 224, 224),
        (1, 1, 28, 28),
        (1, 4, 32, 48),
        (1, 3, 8, 32, 32),
        (1, 784),
        (1, 3072),
    ],
)
def test_pictures_fit_inputs_of_many_shapes(shape: tuple[int, ...]) -> None:
    prepared = Preprocess.for_shape(shape)(photograph())
    assert tuple(prepared.tensor.shape) == shape
    assert prepared.tensor.dtype == torch.float32
    assert prepared.view.dtype == np.uint8


@pytest.mark.parametrize("numbers", [4, 10, 12, 49])
def test_no_picture_fits_a_few_numbers(numbers: int) -> None:
    with pytest.raises(InvalidImage, match="give preprocess="):
        Preprocess.for_shape((1, numbers))


def test_a_grey_network_sees_grey() -> None:
    prepared = Preprocess.for_shape((1, 1, 32, 32))(photograph())
    assert (prepared.view[..., 0] == prepared.view[..., 2]).all()
    grey = torch.from_numpy(prepared.view[..., 0].copy()) / 255
    torch.testing.assert_close(prepared.tensor[0, 0] * 0.226 + 0.449, grey, rtol=0, atol=1e-3)


def test_own_preprocessing_is_shown_as_the_network_sees_it() -> None:
    steps = [
        transforms.Resize((30, 45)),
        transforms.ToTensor(),
        transforms.Normalize([0.5, 0.4, 0.3], [0.2, 0.3, 0.4]),
    ]
    preprocess = Preprocess.of(transforms.Compose(steps))
    assert preprocess.input_size == (30, 45)
    view = np.asarray(Image.fromarray(photograph()).resize((45, 30), Image.Resampling.BILINEAR))
    np.testing.assert_array_equal(preprocess(photograph()).view, view)


def test_own_preprocessing_may_take_pixels() -> None:
    def halved(pixels: np.ndarray) -> torch.Tensor:
        assert isinstance(pixels, np.ndarray)
        return torch.from_numpy(pixels[::2, ::2]).permute(2, 0, 1) / 255

    preprocess = Preprocess.of(halved)
    assert preprocess.input_size == (128, 128)
    np.testing.assert_array_equal(preprocess(photograph()).view, photograph()[::2, ::2])


@pytest.mark.parametrize("scale", [(0.0, 1.0), (-1.0, 2.0), (-300.0, 900.0)])
def test_own_preprocessing_without_normalize_is_shown_in_its_range(
    scale: tuple[float, float],
) -> None:
    low, span = scale
    plain = transforms.ToTensor()
    preprocess = Preprocess.of(lambda image: plain(image) * span + low)
    pixels = photograph()
    pixels[0, 0], pixels[0, 1] = 0, 255  # so that stretching is exact, too
    np.testing.assert_array_equal(preprocess(pixels).view, pixels)


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        (lambda image: 1 / 0, "raised ZeroDivisionError"),
        (lambda image: "no tensor", "returned str"),
        (lambda image: torch.zeros(5), r"returned \(5,\)"),
    ],
)
def test_own_preprocessing_that_fails_is_explained(function: object, problem: str) -> None:
    with pytest.raises(InvalidImage, match=problem):
        Preprocess.of(function)


# ---------------------------------------------------------------- the user's own preprocessing


def test_a_function_gets_pixels_and_torchvision_s_transforms_a_pillow_image() -> None:
    seen: list[type] = []

    def mine(picture: object) -> torch.Tensor:
        seen.append(type(picture))
        return torch.from_numpy(np.asarray(picture)).permute(2, 0, 1) / 255

    prepared = Preprocess.of(mine)(photograph())
    assert set(seen) == {np.ndarray}
    np.testing.assert_array_equal(prepared.view, photograph())

    class Watching(transforms.ToTensor):
        def __call__(self, picture: object) -> torch.Tensor:
            seen.append(type(picture))
            return super().__call__(picture)

    for chain in (transforms.Compose([Watching()]), torch.nn.Sequential(transforms.Resize(40))):
        seen.clear()
        if isinstance(chain, torch.nn.Sequential):
            with pytest.raises(InvalidImage, match="returned Image"):
                Preprocess.of(chain)
        else:
            Preprocess.of(chain)(photograph())
            assert set(seen) == {Image.Image}


def test_a_function_that_fails_on_arrays_gets_a_pillow_image() -> None:
    def mine(picture: Image.Image) -> torch.Tensor:
        return transforms.functional.pil_to_tensor(picture.resize((30, 20))) / 255

    assert Preprocess.of(mine)(photograph()).tensor.shape == (1, 3, 20, 30)


@pytest.mark.parametrize(
    "example",
    [
        torch.zeros(1, 16, dtype=torch.int64),
        torch.zeros(1, 12, 8),
        torch.zeros(2, 3, 4, 5),
        torch.zeros(1, 3, 8, 8, dtype=torch.uint8),
        torch.zeros(7, dtype=torch.float16),
    ],
)
def test_a_function_may_make_anything_like_the_example(example: torch.Tensor) -> None:
    def mine(pixels: np.ndarray) -> torch.Tensor:
        return torch.full_like(example, int(pixels[0, 0, 0]) % 100)

    pixels = np.full((60, 90, 3), 33, np.uint8)
    prepared = Preprocess.of(mine, example=example)(pixels)
    assert (prepared.tensor.shape, prepared.tensor.dtype) == (example.shape, example.dtype)
    assert bool((prepared.tensor == 33).all())
    assert prepared.view.dtype == np.uint8 and prepared.view.shape[2] == 3
    described = f"or one like the example: {tuple(example.shape)}"
    with pytest.raises(InvalidImage) as refused:
        Preprocess.of(lambda pixels: torch.zeros(2, 2), example=example)
    assert described in str(refused.value)


def test_an_unknown_picture_is_named_briefly() -> None:
    shelf = Shelf.of({"cat": photograph(), "dog": photograph()})
    with pytest.raises(UnknownPicture, match="nearest: 'cat'"):
        shelf.load("cad")
    with pytest.raises(UnknownPicture, match=r"on it are 'cat', 'dog'") as refused:
        shelf.load("x" * 900_000)
    assert len(str(refused.value)) < 500
