"""The session: which images it takes for which networks, and what it predicts."""

from __future__ import annotations

import math
import re
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
    ("model", "example", "layer", "reason"),
    [
        (nn.Linear(7, 4), torch.ones(1, 7), None, r"\(1, 7\) float32, which is no picture"),
        (nn.Linear(4, 2), torch.ones(1, 4), None, "which is no picture"),
        (nn.Embedding(9, 4), torch.arange(5)[None], None, "int64, which is no picture"),
        (
            Two(),
            (torch.ones(1, 3, 32, 32), torch.zeros(1, 3, 32, 32)),
            "mul",
            r"takes 'left' \(1, 3, 32, 32\) float32, 'right' .*to place pictures in 'left'",
        ),
        (
            Two(),
            {"right": torch.ones(1, 6), "left": torch.zeros(1, 6)},
            "mul",
            "to place pictures in 'right'",
        ),
    ],
)
def test_networks_that_take_no_pictures_run_on_their_example(
    model: nn.Module, example: Any, layer: str | None, reason: str
) -> None:
    with layerwalk.serve(model, example) as bridge, connect(bridge) as client:
        run = first_run(client)
        assert client.activation(layer or client.layers()[0], run=run).size > 0
        with pytest.raises(InvalidImage, match=rf"{reason}.*preprocess="):
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
    names = [*"abcdefghijkl"]
    with (
        layerwalk.serve(Scores(), example, class_names=names) as bridge,
        connect(bridge) as client,
    ):
        scores = client.prediction(first_run(client))
        assert [name for name, _ in scores] == [*"lkjihgfedc"]
        assert [value for _, value in scores] == pytest.approx(expected)
        assert client.published().warning == ""


@pytest.mark.parametrize("count", [1, 9, 50])
def test_names_that_are_not_one_for_each_class_are_left_out_with_a_warning(
    count: int, caplog: pytest.LogCaptureFixture
) -> None:
    names = [f"name {k}" for k in range(count)]
    with (
        layerwalk.serve(nn.Linear(4, 10), torch.ones(1, 4), class_names=names) as bridge,
        connect(bridge) as client,
    ):
        published = client.published()
        told = f"class_names has {count} names?, but the output of Linear has 10 classes"
        assert re.match(told, published.warning)
        assert published.warning in caplog.text
        assert published.class_names == ()
        assert {name for name, _ in client.prediction(first_run(client))} == {
            f"class {k}" for k in range(10)
        }


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
        assert client.prediction_note() == "This network's output is no list of classes"


@pytest.mark.parametrize(
    ("scores", "note"),
    [
        ([math.nan] * 3, "All 3 scores are NaN or infinite"),
        ([1.0, math.nan, 2.0], "1 of 3 scores are NaN or infinite"),
        ([1.0, math.inf, math.nan], "2 of 3 scores are NaN or infinite"),
        ([-math.inf] * 3, "All 3 scores are NaN or infinite"),
    ],
)
def test_scores_that_are_not_numbers_are_told_apart(scores: list[float], note: str) -> None:
    example = torch.tensor([scores])
    with layerwalk.serve(nn.Identity(), example) as bridge, connect(bridge) as client:
        assert client.prediction(first_run(client)) == []
        said = client.prediction_note()
        assert said == f"{note}; check the weights and the preprocessing"


def test_a_class_that_is_ruled_out_hides_no_other() -> None:
    example = torch.tensor([[1.0, -math.inf, 1.0]])
    with layerwalk.serve(nn.Identity(), example) as bridge, connect(bridge) as client:
        assert [value for _, value in client.prediction(first_run(client))] == [0.5, 0.5, 0.0]
        assert client.prediction_note() == ""


def test_a_detected_box_is_no_list_of_scores() -> None:
    class Detector(nn.Module):
        def forward(self, image: torch.Tensor) -> list[dict[str, torch.Tensor]]:
            boxes = image.mean().expand(1, 4)
            return [{"boxes": boxes, "labels": torch.ones(1), "scores": image.mean()[None]}]

    with (
        layerwalk.serve(Detector(), torch.ones(1, 3, 8, 8)) as bridge,
        connect(bridge) as client,
    ):
        assert client.prediction(first_run(client)) == []
        assert client.prediction_note() == "This network's output is no list of classes"
