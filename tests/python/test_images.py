"""Pictures: what may come in, and how it is shown."""

from __future__ import annotations

import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layerwalk.errors import InvalidImage, TooLarge, UnknownPicture
from layerwalk.images import MAX_BYTES, Shelf, decode, from_pixels, shrink

from .photographs import encoded, photograph

# ---------------------------------------------------------------- decoding


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM"])
def test_lossless_files_come_out_as_they_went_in(kind: str) -> None:
    np.testing.assert_array_equal(
        decode(encoded(Image.fromarray(photograph()), kind)), photograph()
    )


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_lossy_files_come_out_nearly_so(kind: str) -> None:
    pixels = decode(encoded(Image.fromarray(photograph()), kind, quality=95))
    assert np.abs(pixels.astype(int) - photograph()).mean() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int, tmp_path: Path) -> None:
    turned = {
        1: lambda p: p,
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.transpose(1, 0, 2),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
        8: lambda p: np.rot90(p, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(np.ascontiguousarray(turned(photograph())))
    file = tmp_path / "turned.png"
    file.write_bytes(encoded(stored, exif=exif))
    np.testing.assert_array_equal(decode(file.read_bytes()), photograph())
    (picture,) = Shelf.of(file).pictures()
    assert (picture.height, picture.width) == photograph().shape[:2]


def test_transparency_lies_on_grey() -> None:
    rgba = np.zeros((2, 2, 4), np.uint8)
    rgba[0] = (255, 0, 0, 255)
    rgba[1] = (255, 0, 0, 0)
    pixels = decode(encoded(Image.fromarray(rgba)))
    assert pixels[0, 0].tolist() == [255, 0, 0]
    assert pixels[1, 0].tolist() == [128, 128, 128]


def test_palettes_keep_their_colours_and_transparency() -> None:
    palette = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "P")
    palette.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    pixels = decode(encoded(palette, transparency=2))
    assert pixels.tolist() == [[[255, 0, 0], [0, 255, 0], [128, 128, 128]]]


def test_sixteen_bits_are_scaled_and_not_cut() -> None:
    ramp = np.array([[0, 257, 32768, 65535]], np.uint16)
    assert decode(encoded(Image.fromarray(ramp)))[0, :, 0].tolist() == [0, 1, 128, 255]


@pytest.mark.parametrize(
    ("samples", "codes"),
    [([0.0, 0.25, 1.0], [0, 64, 255]), ([-4.0, 0.0, 12.0], [0, 64, 255]), ([7.0, 7.0], [0, 0])],
)
def test_floating_samples_have_a_range(samples: list[float], codes: list[int]) -> None:
    image = Image.fromarray(np.array([samples], np.float32))
    assert decode(encoded(image, "TIFF"))[0, :, 0].tolist() == codes


@pytest.mark.parametrize("mode", ["L", "LA", "1", "CMYK", "YCbCr", "RGBA"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    expected = Image.fromarray(photograph()).convert(mode)
    pixels = decode(encoded(expected, kind))
    np.testing.assert_array_equal(pixels, np.asarray(expected.convert("RGB")))


def test_an_animation_shows_its_first_frame() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(data)[0, 0].tolist() == [255, 0, 0]


def test_a_phone_s_file_of_two_pictures_shows_the_first() -> None:
    pictures = [Image.new("RGB", (16, 16), colour) for colour in ("white", "black")]
    data = encoded(pictures[0], "MPO", save_all=True, append_images=pictures[1:])
    assert decode(data).min() > 250


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size, and has no pixels at all."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(101, 100), (12_000, 9_000), (60_000, 60_000)])
def test_too_many_pixels_are_refused_from_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge, match="scale it down"):
        decode(png_header(*size), max_pixels=10_000)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(TooLarge, match=r"101 bytes.*takes 100"):
        decode(bytes(101), max_bytes=100)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9"]
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidImage, match="give a PNG"):
        decode(data)


def test_a_truncated_image_is_refused() -> None:
    data = encoded(Image.fromarray(photograph()), "JPEG")
    with pytest.raises(InvalidImage, match="complete"):
        decode(data[: len(data) // 2])


@given(st.data())
def test_broken_bytes_never_raise_anything_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"]))
    whole = bytearray(encoded(Image.fromarray(photograph(8, 9)), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata
        try:
            pixels = decode(bytes(whole), max_pixels=100_000)
        except (InvalidImage, TooLarge):
            return
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    assert pixels.shape[2] == 3


# ---------------------------------------------------------------- arrays


@pytest.mark.parametrize(
    "array",
    [
        photograph(),
        np.dstack([photograph(), np.full((60, 90), 255, np.uint8)]),
        photograph() / 255.0,
        photograph().astype(np.uint16) * 257,
    ],
)
def test_arrays_of_all_types_mean_the_same(array: np.ndarray) -> None:
    np.testing.assert_array_equal(from_pixels(array), photograph())


def test_grey_arrays_become_grey_pictures() -> None:
    grey = photograph()[..., 0]
    for array in (grey, grey[..., None], grey / 255.0):
        np.testing.assert_array_equal(from_pixels(array), np.repeat(grey[..., None], 3, axis=2))


@pytest.mark.parametrize("shape", [(4,), (4, 4, 2), (0, 4, 3), (1, 3, 4, 4)])
def test_other_arrays_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InvalidImage, match="no picture"):
        from_pixels(np.zeros(shape, np.uint8))


def test_arrays_are_capped_too() -> None:
    with pytest.raises(TooLarge, match="11 × 10"):
        from_pixels(np.zeros((10, 11), np.uint8), max_pixels=100)


def test_shrinking_keeps_proportions_and_never_enlarges() -> None:
    assert shrink(photograph(60, 90), 30).shape == (20, 30, 3)
    assert shrink(photograph(1, 500), 30).shape == (1, 30, 3)
    assert shrink(photograph(10, 10), 30).shape == (10, 10, 3)


# ---------------------------------------------------------------- the shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.png", "a.jpg", "more/a.png", ".hidden/c.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.fromarray(photograph()).save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_a_folder_is_sorted_and_other_files_are_left_out(folder: Path) -> None:
    pictures = Shelf.of(folder).pictures()
    assert [(p.id, p.name) for p in pictures] == [
        ("a", "a.jpg"),
        ("b", "b.png"),
        ("a-2", "a.png"),
    ]
    assert Shelf.of(folder).pictures() == pictures, "ids are the same at every start"


def test_files_arrays_and_names_keep_their_order(folder: Path) -> None:
    shelf = Shelf.of([photograph(4, 5), folder / "b.png", str(folder / "a.jpg")])
    assert [p.id for p in shelf.pictures()] == ["picture", "b", "a"]
    assert (shelf.pictures()[0].width, shelf.pictures()[0].height) == (5, 4)
    np.testing.assert_array_equal(shelf.load("picture"), photograph(4, 5))
    np.testing.assert_array_equal(shelf.load("b"), photograph())
    named = Shelf.of({"My cat": folder / "b.png", "noise": photograph(4, 5)})
    assert [(p.id, p.name) for p in named.pictures()] == [("my-cat", "My cat"), ("noise", "noise")]


def test_a_broken_file_is_skipped_which_is_logged_in_a_line(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "broken.png").write_bytes(b"\x89PNG nothing")
    shelf = Shelf.of(folder)
    (message,) = caplog.messages
    assert message.startswith("'broken.png' was left off the shelf: ")
    assert [p.id for p in shelf.pictures()] == ["a", "b", "a-2"]


def test_a_file_that_was_cut_off_is_told_of_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its header is well. Bytes behind a whole picture, as phones write them, do no harm."""
    noise = np.random.default_rng(0).integers(0, 255, (80, 80, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "whole.jpg")
    data = (tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    (tmp_path / "moving.jpg").write_bytes(data + bytes(9000))
    shelf = Shelf.of(tmp_path)
    assert [picture.name for picture in shelf.pictures()] == ["moving.jpg", "whole.jpg"]
    (message,) = (record.getMessage() for record in caplog.records)
    assert message.startswith("'cut.jpg' was left off the shelf: the image cannot be decoded")


def test_a_png_that_was_cut_off_is_told_of_at_the_start(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (80, 80, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "whole.png")
    data = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[: len(data) // 2])
    shelf = Shelf.of(tmp_path)
    assert [picture.name for picture in shelf.pictures()] == ["whole.png"]
    said = "1 of 2 files for the shelf could not be read: cut.png (it is no image that can be read"
    assert shelf.left_out.startswith(said)
    assert shelf.followed_by(Shelf.empty()).left_out == shelf.left_out
    assert Shelf.of(tmp_path / "whole.png").left_out == ""


def test_a_file_larger_than_any_that_can_be_placed_is_left_off(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (folder / "b.png").open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    assert "b.png" not in [picture.name for picture in Shelf.of(folder).pictures()]
    (message,) = caplog.messages
    assert message.startswith("'b.png' was left off the shelf: it has more than 33,554,432 bytes")


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidImage, match="does not exist"):
        Shelf.of(tmp_path / "nowhere")


def test_only_pictures_on_the_shelf_can_be_loaded(folder: Path) -> None:
    shelf = Shelf.of(folder)
    with pytest.raises(UnknownPicture, match="'b2' is not on the shelf; nearest: 'b'"):
        shelf.load("b2")
    for path in (str(folder / "b.png"), "../b.png", "b.png"):
        with pytest.raises(UnknownPicture):
            shelf.load(path)
    with pytest.raises(UnknownPicture, match="empty"):
        Shelf.empty().thumbnail("a")


def test_a_file_that_went_away_is_named(folder: Path) -> None:
    shelf = Shelf.of(folder)
    (folder / "b.png").unlink()
    with pytest.raises(InvalidImage, match="'b' cannot be read any more"):
        shelf.load("b")


def test_thumbnails_are_small(folder: Path) -> None:
    assert Shelf.of(folder).thumbnail("b", 45).shape == (30, 45, 3)


def test_thumbnails_are_kept_within_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layerwalk.images.shelf.MAX_THUMBNAIL_BYTES", 2 * 30 * 45 * 3)
    shelf = Shelf.of(folder)
    first = shelf.thumbnail("b", 45)
    assert shelf.thumbnail("b", 45) is first
    shelf.thumbnail("b", 44)
    assert shelf.thumbnail("b", 45) is first
    shelf.thumbnail("b", 43)  # one too many: that of 44 was used the longest ago
    assert shelf.thumbnail("b", 45) is first
    for edge in (42, 41):
        shelf.thumbnail("b", edge)
    assert shelf.thumbnail("b", 45) is not first


def test_shelves_stand_one_behind_the_other(folder: Path) -> None:
    both = Shelf.of({"a": photograph(), "mine": folder / "b.png"}).followed_by(Shelf.of(folder))
    assert [p.id for p in both.pictures()] == ["a", "mine", "a-2", "a-2-2"]
    assert both.pictures()[2].name == "a.jpg"
