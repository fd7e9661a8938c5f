"""The session: which images it takes for which networks, and what it predicts."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import (
    InvalidImage,
    TooLarge,
)
from layerwalk.protocol import messages as m

from .small_networks import IMAGE, OTHER, PICTURE, tiny
from .viewers import connect, first_run

# ---------------------------------------------------------------- images


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has no pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"")


def test_what_is_no_image_or_too_large_is_refused() -> None:
    limits = m.Limits(image_bytes=2000, image_pixels=1000)
    with layerwalk.serve(tiny(), IMAGE, limits=limits) as bridge, connect(bridge) as client:
        run = first_run(client)
        with pytest.raises(InvalidImage, match="no image"):
            client.place_image(b"certainly not an image")
        with pytest.raises(InvalidImage):
            client.place_image(png_of_size(10, 10))  # decoding this fails, so
        with pytest.raises(TooLarge, match="pixels"):
            client.place_image(png_of_size(60_000, 60_000))  # nobody tried to decode this
        with pytest.raises(TooLarge, match="bytes"):
            client.place_image(b"x" * 2001)
        with pytest.raises(TooLarge, match="pixels"):
            client.place_image(np.zeros((40, 40, 3), np.uint8))
        client.wait_complete(client.place_image(PICTURE))
        assert client.run() is not None
        assert client.run() > run


def test_a_preprocessing_that_raises_is_the_clients_error() -> None:
    calls: list[int] = []

    def touchy(image: Any) -> torch.Tensor:
        calls.append(1)
        if np.asarray(image).mean() < 1:
            raise ZeroDivisionError("black")
        return IMAGE[0]

    with layerwalk.serve(tiny(), IMAGE, preprocess=touchy) as bridge, connect(bridge) as client:
        with pytest.raises(InvalidImage, match="black"):
            client.place_image(OTHER)
        client.wait_complete(client.place_image(PICTURE))


def test_the_shelfs_first_picture_is_placed_at_the_start(tmp_path: Path) -> None:
    from PIL import Image

    Image.fromarray(PICTURE).save(tmp_path / "second.png")
    Image.fromarray(OTHER).save(tmp_path / "first.png")
    with layerwalk.serve(tiny(), IMAGE, images=tmp_path) as bridge, connect(bridge) as client:
        first_run(client)
        placed = client.state()["inputs"]["main"]["input"]
        assert (placed["name"], placed["picture"]) == ("first.png", "first")
        assert client.input_view().shape == (16, 16, 3)
        assert client.input_view().max() == 0


def test_an_example_with_one_or_three_channels_is_shown_as_a_picture() -> None:
    model = nn.Conv2d(1, 2, 3)
    with layerwalk.serve(model, torch.eye(8)[None, None]) as bridge, connect(bridge) as client:
        first_run(client)
        assert (client.input_view() == 255 * np.eye(8)[..., None]).all()


class Two(nn.Module):
    def forward(self, left: torch.Tensor, right: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"sum": (left + right).sigmoid(), "product": left * right}


@pytest.mark.parametrize(
    ("model", "example", "layer"),
    [
        (nn.Linear(7, 4), torch.ones(1, 7), None),
        (nn.Linear(4, 2), torch.ones(1, 4), None),
        (nn.Embedding(9, 4), torch.arange(5)[None], None),
        (Two(), (torch.ones(1, 6), torch.zeros(1, 6)), "mul"),
        (Two(), {"right": torch.ones(1, 6), "left": torch.zeros(1, 6)}, "mul"),
    ],
)
def test_networks_that_take_no_pictures_run_on_their_example(
    model: nn.Module, example: Any, layer: str | None
) -> None:
    with layerwalk.serve(model, example) as bridge, connect(bridge) as client:
        run = first_run(client)
        assert client.activation(layer or client.layers()[0], run=run).size > 0
        with pytest.raises(InvalidImage, match=r"which is no picture.*preprocess="):
            client.place_image(PICTURE)


def test_several_inputs_take_a_picture_for_the_first_if_told_how() -> None:
    def flat(image: Any) -> torch.Tensor:
        return torch.full((1, 1, 6), float(np.asarray(image).mean()))

    example = (torch.ones(1, 1, 1, 6), torch.full((1, 1, 1, 6), 2.0))
    with layerwalk.serve(Two(), example, preprocess=flat) as bridge, connect(bridge) as client:
        run = client.place_image(np.full((4, 4, 3), 3, np.uint8))
        client.wait_complete(run)
        np.testing.assert_allclose(client.activation("mul", run=run), 6.0)


# ---------------------------------------------------------------- predictions


def test_predictions_have_names_and_confidences() -> None:
    class Scores(nn.Module):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return image.flatten(1)[:, :12]

    example = torch.arange(27.0).reshape(1, 3, 3, 3)
    expected = torch.arange(12.0).softmax(0).flip(0)[:10].tolist()
    names = ["zero", "one", "two"]
    with (
        layerwalk.serve(Scores(), example, class_names=names) as bridge,
        connect(bridge) as client,
    ):
        scores = client.prediction(first_run(client))
        assert [name for name, _ in scores[:2]] == ["class 11", "class 10"]
        assert [name for name, _ in scores[-1:]] == ["two"]
        assert [value for _, value in scores] == pytest.approx(expected)


@pytest.mark.parametrize("last", [nn.Softmax(1), nn.Sigmoid(), nn.LogSoftmax(1)])
def test_scores_that_are_confidences_stay_what_they_are(last: nn.Module) -> None:
    scores = torch.tensor([[0.3, 2.0, -1.0]])
    expected = torch.sigmoid(scores) if isinstance(last, nn.Sigmoid) else scores.softmax(1)
    with layerwalk.serve(nn.Sequential(last), scores) as bridge, connect(bridge) as client:
        values = dict(client.prediction(first_run(client)))
        assert [values[f"class {k}"] for k in range(3)] == pytest.approx(expected[0].tolist())


@pytest.mark.parametrize("shape", [(1, 1), (5, 1), (1, 4, 4)])
def test_outputs_that_are_no_scores_have_no_prediction(shape: tuple[int, ...]) -> None:
    with layerwalk.serve(nn.ReLU(), torch.ones(shape)) as bridge, connect(bridge) as client:
        assert client.prediction(first_run(client)) == []
