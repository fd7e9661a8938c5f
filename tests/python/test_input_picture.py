"""What hangs on the input's wall where the network runs on its example."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from layerwalk.session.inputs import EMPTY_PICTURE, PLOT_GROUND, PLOT_LINE, PLOT_SIZE, picture_of


def wave(samples: int = 16000) -> torch.Tensor:
    """A tone that fades away, and one click near its end."""
    at = torch.linspace(0, 1, samples)
    tone = torch.sin(40 * at) * (1 - at)
    tone[9 * samples // 10] = -1
    return tone


def line(picture: np.ndarray) -> np.ndarray:
    """Where the plot's line is, bool (H, W)."""
    return np.asarray((picture == PLOT_LINE).all(-1))


@pytest.mark.parametrize("samples", [12, 700, 16000])
@pytest.mark.parametrize("shape", [(-1,), (1, -1), (1, 1, -1)])
def test_a_wave_is_a_plot_of_its_extremes(shape: tuple[int, ...], samples: int) -> None:
    """Every column is bright from the greatest to the least value there, and little farther."""
    values = wave(samples)
    picture = picture_of(values.reshape(shape))
    assert picture.shape == (*PLOT_SIZE, 3)
    assert picture.dtype == np.uint8
    height, width = PLOT_SIZE
    scale = 0.88 * (height - 1) / float(values.max() - values.min())
    top = 0.06 * (height - 1)
    for column, bright in enumerate(line(picture).T):
        ends = np.array([column, column + 1]) / width * (samples - 1)
        at = [*ends, *range(int(np.ceil(ends[0])), int(ends[1]) + 1)]
        here = np.interp(at, np.arange(samples), values.numpy())
        rows = np.flatnonzero(bright)
        assert (np.diff(rows) == 1).all(), "the line has gaps"
        expected = top + (float(values.max()) - np.array([here.max(), here.min()])) * scale
        assert rows[[0, -1]] == pytest.approx(expected, abs=1.6)


def test_several_waves_stand_below_each_other_on_one_scale() -> None:
    loud, quiet = wave(), wave() / 4
    picture = line(picture_of(torch.stack([loud, quiet])[None]))
    upper, lower = (np.ptp(np.flatnonzero(half.any(1))) for half in np.split(picture, 2))
    assert upper > 3 * lower > 0


def test_a_silent_wave_is_a_straight_line() -> None:
    rows = np.flatnonzero(line(picture_of(torch.zeros(1, 1, 500))).any(1))
    assert 1 <= len(rows) <= 4


def test_what_is_no_number_leaves_the_rest_of_a_wave_legible() -> None:
    values = wave()
    values[5], values[6] = torch.nan, torch.inf
    assert np.ptp(np.flatnonzero(line(picture_of(values)).any(1))) > PLOT_SIZE[0] // 2


def test_an_image_is_itself() -> None:
    image = torch.rand(1, 3, 20, 30)
    picture = picture_of(image)
    stretched = (image[0] - image.min()) / (image.max() - image.min()) * 255
    assert picture == pytest.approx(stretched.permute(1, 2, 0).numpy(), abs=0.51)
    assert picture_of(torch.rand(1, 28, 28)).shape == (28, 28, 3)


@pytest.mark.parametrize(
    ("numbers", "rows", "columns"),
    [
        (torch.tensor([3, 1, 2]), 1, 3),
        (torch.tensor([[7, 0, 5, 5], [1, 2, 3, 4]]), 1, 4),
        (torch.arange(16)[None], 4, 4),
        (torch.arange(30, dtype=torch.int32).flip(0), 5, 6),
        (torch.tensor([[True, False]]), 1, 2),
        (torch.zeros(1, 9, dtype=torch.int64), 3, 3),
    ],
)
def test_whole_numbers_are_cells_row_by_row(numbers: torch.Tensor, rows: int, columns: int) -> None:
    """The first sample's: equal numbers are equally bright, greater ones brighter, none is dark."""
    values = numbers.reshape(-1, numbers.shape[-1])[0].to(torch.float64).numpy()
    picture = picture_of(numbers)
    pitch = picture.shape[1] // columns
    assert picture.shape == (rows * pitch, columns * pitch, 3)
    middles = picture[pitch // 2 :: pitch, pitch // 2 :: pitch].reshape(-1, 3).astype(int).sum(1)
    shown, left_over = np.split(middles, [len(values)])
    assert (np.sign(shown[:, None] - shown) == np.sign(values[:, None] - values)).all()
    assert (shown > sum(PLOT_GROUND) + 30).all()
    assert (left_over == sum(PLOT_GROUND)).all()


def test_tokens_are_shown_beside_their_mask() -> None:
    tokens = torch.tensor([[4, 9, 2]])
    both = {"input_ids": tokens, "attention_mask": torch.ones(1, 3)}
    assert (picture_of(both) == picture_of(tokens)).all()


@pytest.mark.parametrize(
    "example",
    [
        torch.zeros(1, 0, dtype=torch.int64),
        torch.zeros(1, 2, 5, dtype=torch.int64),
        torch.zeros(1, 1, 0),
        torch.rand(1, 7, 9, 9),
    ],
)
def test_other_inputs_have_no_picture(example: torch.Tensor) -> None:
    assert picture_of(example) is EMPTY_PICTURE
