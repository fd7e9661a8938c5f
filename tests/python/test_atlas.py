"""Quantization, packing and coarser levels, against slow and obvious re-implementations."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numba
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from layerwalk.atlas import coarse, dequantize, give_back_memory, quantize, unpack
from layerwalk.atlas.memory import RecycledMemory
from layerwalk.atlas.quantization import quantize_on_device
from layerwalk.network import Axis
from layerwalk.page import MAX_CODE, image_height, level_count, page_level

torch.set_num_threads(1)

IMAGE = (
    Axis("batch", 1),
    Axis("channel", 1, "tile"),
    Axis("height", 1, "row"),
    Axis("width", 1, "column"),
)


def axes_for(shape: tuple[int, ...], axes: tuple[Axis, ...] = IMAGE) -> tuple[Axis, ...]:
    return tuple(Axis(axis.name, size, axis.role) for axis, size in zip(axes, shape, strict=True))


def restored(tensor: torch.Tensor, axes: tuple[Axis, ...] | None = None, **options) -> np.ndarray:
    """(tile, row, column) as a client sees them."""
    if axes is None:
        axes = axes_for(tuple(tensor.shape))
    quantized = quantize(tensor, axes, **options)
    assert quantized.pixels.dtype == np.uint8 and quantized.pixels.flags.c_contiguous
    assert quantized.ranges.dtype == np.float32
    codes = unpack(quantized.pixels, quantized.tiles, quantized.level)
    return dequantize(codes, quantized.ranges)


def assert_near(values: np.ndarray, exact: np.ndarray) -> None:
    """Within half a step of each tile, apart from rounding; what is no number is the same."""
    values, exact = values.astype(np.float64), exact.astype(np.float32).astype(np.float64)
    finite = np.isfinite(exact)
    np.testing.assert_array_equal(values[~finite], exact[~finite])
    for tile, truth, numbers in zip(values, exact, finite, strict=True):
        if not numbers.any():
            continue
        low, high = truth[numbers].min(), truth[numbers].max()
        largest = max(abs(low), abs(high))
        rounding = 4 * np.finfo(np.float32).eps * largest + 252 * 1.5e-45
        half_a_step = (high - low) / MAX_CODE / 2
        assert np.abs(tile[numbers] - truth[numbers]).max() <= half_a_step + rounding
        if low == high:
            assert (tile[numbers] == low).all()


# Everything float32 can be: tiny, huge, infinite, NaN, and tiles far away from zero.
FLOATS = st.one_of(
    st.floats(width=32),
    st.floats(-1, 1, width=32),
    st.floats(1e6, 1e6 + 1, width=32),
    st.sampled_from([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 3e38, -3e38, 1e-45]),
)


@given(
    st.data(),
    st.tuples(st.integers(1, 9), st.integers(1, 5), st.integers(1, 5)),
    st.sampled_from(["numbers", "anything"]),
)
def test_values_are_within_half_a_step(data, shape, kind) -> None:
    elements = FLOATS if kind == "anything" else st.floats(-100, 100, width=32)
    exact = data.draw(arrays.arrays(np.float32, shape, elements=elements))
    tensor = torch.from_numpy(exact)[None]
    assert_near(restored(tensor), exact)
    level = page_level(*shape)
    pixels, ranges = quantize_on_device(tensor[0], level)
    assert_near(dequantize(unpack(pixels, shape[0], level), ranges), exact)


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1e-30, 1e-3, 1.0, 1e4, 1e30]),
    st.sampled_from([0.0, 1.0, -50.0, 3e3, 1e5]),
)
def test_values_are_within_half_a_step_wherever_they_lie(seed, scale, offset) -> None:
    generator = torch.Generator().manual_seed(seed)
    tensor = (torch.randn(1, 3, 40, 30, generator=generator) + offset) * scale
    assert_near(restored(tensor), tensor[0].numpy())


def test_infinities_and_nan_stay_out_of_the_ranges() -> None:
    tensor = torch.rand(1, 3, 4, 4)
    tensor[0, 1, 0] = torch.tensor([-torch.inf, torch.inf, torch.nan, 0.5])
    tensor[0, 2] = torch.nan
    quantized = quantize(tensor, axes_for((1, 3, 4, 4)))
    codes = unpack(quantized.pixels, 3, quantized.level)
    assert codes[1, 0, :3].tolist() == [253, 254, 255]
    assert codes[0].max() == MAX_CODE and codes[1, 1:].max() <= MAX_CODE
    assert (codes[2] == 255).all() and np.isfinite(quantized.ranges).all()
    assert_near(dequantize(codes, quantized.ranges), tensor[0].numpy())


@pytest.mark.parametrize("value", [0.0, -3.7, 1e-40, 3e38, 16777217.0])
def test_constant_tiles_are_exact(value: float) -> None:
    tensor = torch.full((1, 2, 3, 3), value)
    tensor[0, 1] += torch.rand(3, 3)
    assert (restored(tensor)[0] == np.float32(value)).all()


@pytest.mark.parametrize(
    "dtype",
    [
        *(torch.bool, torch.uint8, torch.int8, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float64, torch.complex64),
    ],
)
def test_any_dtype(dtype: torch.dtype) -> None:
    tensor = (torch.randn(1, 3, 8, 8) * 5).to(dtype)
    exact = tensor[0].abs() if dtype.is_complex else tensor[0]
    assert_near(restored(tensor), exact.to(torch.float32).numpy())


def test_doubles_beyond_float32_stay_numbers() -> None:
    tensor = torch.zeros(1, 2, 2, 2, dtype=torch.float64)
    tensor[0, 0] = torch.tensor([[1e300, -1e300], [torch.inf, torch.nan]], dtype=torch.float64)
    tensor[0, 1, 0, 0] = 1e300
    largest = np.finfo(np.float32).max
    values = restored(tensor)
    np.testing.assert_allclose(values[0, 0], [largest, -largest], rtol=1e-5)
    assert np.isposinf(values[0, 1, 0]) and np.isnan(values[0, 1, 1])
    np.testing.assert_allclose(values[1], [[largest, 0], [0, 0]], rtol=1e-5)
    single = restored(tensor[:, :, :1, :1])
    assert single.ravel().tolist() == [largest, largest]


@given(st.permutations(range(4)), st.booleans(), st.integers(0, 1))
def test_any_memory_layout_and_order_of_axes(order, sliced, index) -> None:
    tensor = torch.arange(2 * 5 * 6 * 7, dtype=torch.float32).reshape(2, 5, 6, 7).sin()
    axes = axes_for((2, 5, 6, 7))
    if sliced:
        tensor, axes = tensor[:, 1:, ::2], axes_for((2, 4, 3, 7))
    permuted = tensor.permute(*order)
    exact = tensor[index].numpy()
    values = restored(permuted, tuple(axes[i] for i in order), selected={"batch": index})
    assert_near(values, exact)
    last = tensor.to(memory_format=torch.channels_last)
    assert_near(restored(last, axes, selected={"batch": index}), exact)


@pytest.mark.parametrize(
    ("shape", "roles"),
    [
        ((), ""),
        ((6,), "t"),
        ((1, 6), "it"),
        ((1, 4, 6), "irc"),
        ((4, 6), "rc"),
        ((1, 3, 2, 4, 5), "itirc"),
    ],
)
def test_any_rank(shape: tuple[int, ...], roles: str) -> None:
    names = {"i": "index", "t": "tile", "r": "row", "c": "column"}
    axes = tuple(
        Axis(f"axis{number}", size, names[role])  # type: ignore[arg-type]
        for number, (size, role) in enumerate(zip(shape, roles, strict=True))
    )
    tensor = torch.randn(shape)
    exact = tensor
    for number in reversed([number for number, role in enumerate(roles) if role == "i"]):
        exact = exact.select(number, 0)
    values = restored(tensor, axes)
    assert_near(values, exact.numpy().reshape(values.shape))


def test_a_layer_of_many_pages_is_packed_in_order() -> None:
    tensor = torch.randn(1, 300, 100, 90)
    quantized = quantize(tensor, axes_for((1, 300, 100, 90)))
    assert quantized.level == page_level(300, 100, 90) and quantized.level.pages > 1
    assert quantized.pixels.shape == (image_height(300, quantized.level), quantized.level.width)
    assert_near(restored(tensor), tensor[0].numpy())


def test_memory_of_images_is_used_again_when_nobody_refers_to_it() -> None:
    memory = RecycledMemory(most_bytes=1000)
    first = memory.image(10, 20)
    address = first.ctypes.data
    part = memoryview(first[2:4])
    del first
    other = memory.image(10, 20)
    assert other.ctypes.data != address  # `part` still needs it
    del part
    kept = memory.image(10, 20)
    assert kept.ctypes.data == address
    large = [memory.image(30, 30) for _ in range(3)]
    addresses = {image.ctypes.data for image in large}
    assert len(addresses) == 3
    del large, kept, other
    assert memory._idle_bytes <= 1000


def test_memory_of_sizes_that_nobody_asks_for_anymore_makes_room() -> None:
    memory = RecycledMemory(most_bytes=1000)
    for _ in range(3):
        old = [memory.image(30, 10) for _ in range(6)]
        del old[:3]  # 900 bytes are idle
    memory.image(20, 20)  # its 400 bytes push an image of the older size out
    assert {size: len(images) for size, images in memory._idle.items()} == {300: 2, 400: 1}
    assert memory._idle_bytes <= 1000


def test_no_more_memory_lies_idle_than_is_in_use() -> None:
    memory = RecycledMemory(most_bytes=10_000)
    images = [memory.image(10, 10) for _ in range(10)]
    del images[5:]
    assert memory._idle_bytes == 500
    del images[:]
    assert memory._idle_bytes == 500
    kept = memory.image(10, 10)
    memory.give_back()
    assert memory._idle_bytes == 0
    del kept
    assert memory._idle_bytes == 100


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and takes back")
def test_the_compilers_code_is_given_back_and_can_be_used_again() -> None:
    def resident_kb() -> int:
        kb, inside = 0, False
        for line in Path("/proc/self/smaps").read_text().splitlines():
            if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
                inside = " r-xp " in line and "libllvmlite" in line
            elif inside and line.startswith("Rss:"):
                kb += int(line.split()[1])
        return kb

    @numba.njit
    def twice(value: int) -> int:
        return 2 * value

    assert twice(2) == 4  # whatever was compiled before, the compiler is there now
    before = resident_kb()
    give_back_memory()
    assert resident_kb() < 0.2 * before
    assert numba.njit(lambda value: 3 * value)(2) == 6
    assert resident_kb() > 0.2 * before  # and so it was the compiler's that was given back


def test_tiles_of_every_width_land_where_they_belong() -> None:
    generator = torch.Generator().manual_seed(1)
    for size in range(1, 90):
        tensor = torch.randn(1, 3, size, size + 1, generator=generator)
        assert_near(restored(tensor), tensor[0].numpy())


def test_a_thread_in_inference_mode_leaves_usable_memory() -> None:
    def use() -> list[np.ndarray]:
        with torch.inference_mode():
            first = restored(tensor)
        return [first, restored(tensor)]

    tensor = torch.randn(1, 3, 9, 9)
    with ThreadPoolExecutor(1) as fresh:
        for values in fresh.submit(use).result():
            assert_near(values, tensor[0].numpy())


def test_gradients_and_the_tensor_itself_are_left_alone() -> None:
    tensor = torch.randn(1, 2, 3, 3, requires_grad=True)
    before = tensor.detach().clone()
    restored(tensor)
    assert torch.equal(tensor, before) and tensor._version == 0


def test_it_works_where_no_compiled_code_can_be_kept() -> None:
    program = "import test_atlas; test_atlas.test_levels_may_be_left_out(); print('well')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "NUMBA_CACHE_LOCATOR_CLASSES": "ZipCacheLocator"},  # not from a zip
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "well\n", done.stderr


def test_axes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="has not the axes"):
        quantize(torch.rand(1, 2, 3, 4), axes_for((1, 2, 3, 3)))
    with pytest.raises(IndexError):
        quantize(torch.rand(1, 2, 3, 4), axes_for((1, 2, 3, 4)), selected={"batch": 1})


SIZES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))


def pack_slowly(codes: np.ndarray, level) -> np.ndarray:
    image = np.zeros((image_height(len(codes), level), level.width), np.uint8)
    for tile, code in enumerate(codes):
        row, column = divmod(tile, level.columns)
        top, left = row * level.tile_height, column * level.tile_width
        image[top : top + level.tile_height, left : left + level.tile_width] = code
    return image


@given(SIZES, st.integers(0, 2**32 - 1))
def test_packing_is_as_page_level_says(size, seed) -> None:
    codes = np.random.default_rng(seed).integers(0, 256, size, np.uint8)
    level = page_level(*size)
    image = pack_slowly(codes, level)
    np.testing.assert_array_equal(unpack(image, size[0], level), codes)


def test_an_image_of_another_size_is_not_unpacked() -> None:
    with pytest.raises(ValueError, match="packed image is"):
        unpack(np.zeros((3, 3), np.uint8), 2, page_level(2, 4, 4))


def mean_slowly(tile: np.ndarray, factor: int) -> np.ndarray:
    """Means of blocks of the tile, cut off at its edges; the greatest code where none is."""
    height, width = (-(-size // factor) for size in tile.shape)
    result = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            block = [
                tile[y, x]
                for y in range(row * factor, min((row + 1) * factor, tile.shape[0]))
                for x in range(column * factor, min((column + 1) * factor, tile.shape[1]))
            ]
            numbers = [int(code) for code in block if code <= MAX_CODE]
            result[row, column] = np.mean(numbers) if numbers else max(block)
    return result


@given(
    st.tuples(st.integers(1, 4), st.integers(1, 20), st.integers(1, 20)),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.02, 0.7]),
)
def test_coarse_levels_are_means_of_numbers(size, seed, share) -> None:
    random = np.random.default_rng(seed)
    codes = random.integers(0, MAX_CODE + 1, size, np.uint8)
    special = random.random(size) < share
    codes[special] = random.integers(MAX_CODE + 1, 256, int(special.sum()), np.uint8)
    image = pack_slowly(codes, page_level(*size))
    levels = range(random.integers(1, 4), level_count(*size[1:]))
    images = coarse(image, *size, levels)
    assert sorted(images) == list(levels)
    for level, (packing, small) in images.items():
        assert packing == page_level(*size, level)
        tiles = unpack(small, size[0], packing)
        expected = np.stack([mean_slowly(tile, 1 << level) for tile in codes])
        assert np.abs(tiles - expected).max() <= 0.5 + 1e-3
        np.testing.assert_array_equal(tiles > MAX_CODE, expected > MAX_CODE)
        np.testing.assert_array_equal(small, pack_slowly(tiles, packing))


def test_huge_tiles_and_thin_ones_have_levels_too() -> None:
    codes = np.full((1, 1 << 25), 200, np.uint8)
    codes[0, : 1 << 10] = MAX_CODE + 2
    found = coarse(codes, 1, 1, 1 << 25, (10, 25))
    assert found[25][1].tolist() == [[200]]
    assert found[10][1][0, :2].tolist() == [MAX_CODE + 2, 200]


def test_levels_may_be_left_out() -> None:
    codes = np.random.default_rng(0).integers(0, 253, (5, 60, 33), np.uint8)
    image = pack_slowly(codes, page_level(*codes.shape))
    every, some = (coarse(image, *codes.shape, levels) for levels in (range(1, 7), (2, 5)))
    for level in (2, 5):
        np.testing.assert_array_equal(every[level][1], some[level][1])
    assert coarse(image, *codes.shape, ()) == {}


@pytest.mark.parametrize("kind", ["zero", "freed", "short"])
def test_a_tensor_without_memory_is_refused(kind: str) -> None:
    """Its address would be read all the same."""
    tensor = torch.rand(1, 2, 3, 4)
    if kind == "zero":
        tensor = torch._efficientzerotensor(1, 2, 3, 4)
    else:
        tensor.untyped_storage().resize_(0 if kind == "freed" else 4 * 23)
    with pytest.raises(ValueError, match="no memory of its own"):
        quantize(tensor, axes_for((1, 2, 3, 4)))


def test_an_empty_tensor_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="is empty"):
        quantize(torch.rand(1, 0, 3, 4), axes_for((1, 0, 3, 4)))


@pytest.mark.parametrize("dtype", [torch.float16, torch.float64, torch.complex64])
def test_only_what_is_selected_is_converted(dtype: torch.dtype) -> None:
    tensor = torch.randn(64, 2, 30, 30).to(dtype)
    quantized = quantize(tensor, axes_for(tuple(tensor.shape)), selected={"batch": 63})
    assert quantized.selected == {"batch": 63}
    codes = unpack(quantized.pixels, 2, quantized.level)
    exact = tensor[63].abs() if dtype.is_complex else tensor[63]
    assert_near(dequantize(codes, quantized.ranges), exact.float().numpy())


def test_negated_views_are_read_as_they_are() -> None:
    """`imag` of a conjugate has other signs than its memory."""
    for dtype in (torch.complex64, torch.complex128):
        tensor = torch.randn(1, 2, 5, 5, dtype=dtype).conj().imag
        assert tensor.is_neg()
        assert_near(restored(tensor), tensor[0].float().resolve_neg().numpy())


def test_values_are_quantized_without_a_compiler_too() -> None:
    """As debuggers and coverage run the loops."""
    code = (
        "import torch; from layerwalk.atlas import quantize; from layerwalk.network import Axis\n"
        "axes = [Axis('c', 1, 'tile'), Axis('h', 1, 'row'), Axis('w', 3, 'column')]\n"
        "found = quantize(torch.tensor([[[0.0, 1.0, 2.0]]]), axes)\n"
        "assert found.pixels.tolist() == [[0, 126, 252]], found.pixels\n"
    )
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], env=environment, check=True)
