"""Dataset files: what is written is read again bit by bit, and what is broken says which part."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from layerwalk.errors import InvalidDataset
from layerwalk.similarity import open_dataset, similarity_map, write_dataset

RANDOM = np.random.default_rng(3)
KINDS = {8: np.uint8, 16: np.uint16, 32: np.uint32}
Contents = dict[str, bytes]


def stored(shape: tuple[int, int, int], bits: int) -> NDArray[Any]:
    most = np.iinfo(KINDS[bits]).max
    return RANDOM.integers(0, most, shape, KINDS[bits], endpoint=True)


def as_specified(file: Path) -> tuple[dict[str, Any], NDArray[Any]]:
    """A slow reader made of the format's description alone."""
    with zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read("metadata.json"))
        bits = about["precision"]
        parts = -(-about["features"] * bits // 32)
        expected = {"metadata.json", *(f"{part}.png" for part in range(parts))}
        expected |= {"overlay.jpg"} if about["overlay"] else set()
        assert set(archive.namelist()) == expected, "IFeaLiD counts the files"
        pixels = []
        for part in range(parts):
            with Image.open(io.BytesIO(archive.read(f"{part}.png"))) as image:
                assert image.mode == "RGBA" and image.size == (about["width"], about["height"])
                pixels.append(np.array(image).astype(np.uint64))
    values = np.concatenate(pixels, axis=2)
    count = bits // 8
    joined = sum(values[..., byte::count] << np.uint64(8 * byte) for byte in range(count))
    assert not joined[..., about["features"] :].any(), "the rest is filled with zeros"
    return about, joined[..., : about["features"]]


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("features", [1, 2, 3, 4, 5, 7, 8])
def test_every_bit_comes_back(bits: int, features: int, tmp_path: Path) -> None:
    """Whatever is left in the last part: the last features of 16 and 32 bits too."""
    values = stored((3, 5, features), bits)
    file = write_dataset(tmp_path / "some.zip", values, name="Bläu 1")
    about, specified = as_specified(file)
    assert about == {
        "name": "Bläu 1", "width": 5, "height": 3, "features": features, "precision": bits,
        "overlay": False,
    }  # fmt: skip
    assert (specified == values).all()
    found = open_dataset(file)
    assert found.values.dtype == KINDS[bits] and (found.values == values).all()
    assert (found.name, found.precision, found.overlay) == ("Bläu 1", bits, None)
    assert (found.height, found.width, found.features) == (3, 5, features)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([8, 16, 32]).flatmap(
    lambda bits: hnp.arrays(KINDS[bits], hnp.array_shapes(min_dims=3, max_dims=3, max_side=6))
))  # fmt: skip
def test_any_values_come_back(values: NDArray[Any]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = write_dataset(Path(folder) / "any.zip", values)
        assert (open_dataset(file).values == values).all()


def test_the_same_values_make_the_same_bytes(tmp_path: Path) -> None:
    values = stored((4, 4, 6), 8)
    first = write_dataset(tmp_path / "a.zip", values, name="same").read_bytes()
    found = open_dataset(tmp_path / "a.zip")
    again = write_dataset(tmp_path / "b.zip", found.values, name=found.name)
    assert again.read_bytes() == first


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16])
def test_other_numbers_are_stretched_over_all(bits: int, kind: type, tmp_path: Path) -> None:
    """Also float32 to 32 bits, where the highest must not become 0."""
    values = (RANDOM.normal(size=(6, 7, 5)) * 900).astype(kind)
    found = open_dataset(write_dataset(tmp_path / "f.zip", values, precision=bits)).values
    wide = values.astype(np.float64)
    expected = np.round((wide - wide.min()) / (wide.max() - wide.min()) * (2.0**bits - 1))
    assert (found == expected).all()
    assert found.max() == 2**bits - 1 and found.min() == 0


def test_one_value_is_not_lost(tmp_path: Path) -> None:
    """All pixels are alike, and of zeros nothing is like anything."""
    for value, code in ((3.5, 255), (-2.0, 255), (0.0, 0)):
        file = write_dataset(tmp_path / "one.zip", np.full((2, 3, 4), value), force=True)
        assert (open_dataset(file).values == code).all()
        assert (similarity_map(open_dataset(file).values, (0, 0)) == (code > 0)).all()


def test_the_widest_range_of_float64(tmp_path: Path) -> None:
    values = np.array([[[-1.7e308, 1.7e308, 0.0]]])
    assert open_dataset(write_dataset(tmp_path / "w.zip", values)).values.tolist() == [
        [[0, 255, 128]]
    ]


# ---------------------------------------------------------------- overlays


def picture(format: str, size: tuple[int, int] = (24, 16)) -> bytes:
    data = io.BytesIO()
    ramp = np.linspace(0, 255, size[0] * size[1]).reshape(size[1], size[0]).astype(np.uint8)
    Image.fromarray(np.dstack([ramp, ramp[::-1], ramp])).save(data, format=format)
    return data.getvalue()


def test_a_jpeg_stays_as_it_is(tmp_path: Path) -> None:
    jpeg = picture("jpeg")
    (tmp_path / "cat.jpg").write_bytes(jpeg)
    file = write_dataset(tmp_path / "o.zip", stored((2, 3, 4), 8), overlay=tmp_path / "cat.jpg")
    found = open_dataset(file)
    assert found.overlay_jpeg == jpeg
    assert found.overlay is not None and found.overlay.shape == (16, 24, 3)
    assert as_specified(file)[0]["overlay"] is True


def test_other_images_become_one(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(picture("png"))
    pixels = np.array(Image.open(tmp_path / "cat.png"))
    for overlay in (tmp_path / "cat.png", str(tmp_path / "cat.png"), picture("webp"), pixels):
        file = write_dataset(tmp_path / "o.zip", stored((2, 3, 4), 8), overlay=overlay, force=True)
        found = open_dataset(file).overlay
        assert found is not None and np.abs(found.astype(int) - pixels).mean() < 6


def test_what_is_no_overlay_says_so(tmp_path: Path) -> None:
    values, file = stored((2, 3, 4), 8), tmp_path / "o.zip"
    overlays: list[tuple[Any, str]] = [
        (tmp_path / "none.jpg", "cannot be read"),
        (b"no image", "the overlay is no image"),
        (picture("jpeg")[:90], "the overlay is no image, or cut off"),
        (np.ones((4, 4, 3)), "give uint8"),
        (np.ones((4, 4, 2), np.uint8), "give uint8"),
    ]
    for overlay, says in overlays:
        with pytest.raises(InvalidDataset, match=says):
            write_dataset(file, values, overlay=overlay)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- writing


def test_nothing_is_replaced_or_left_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_dataset(tmp_path / "kept.zip", stored((2, 2, 2), 8))
    before = file.read_bytes()
    with pytest.raises(InvalidDataset, match="exists already"):
        write_dataset(file, stored((2, 2, 2), 8))
    bad = stored((2, 2, 2), 8).astype(float)
    bad[1, 1, 1] = np.nan
    with pytest.raises(InvalidDataset, match="1 of the 8 values"):
        write_dataset(file, bad, force=True)

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(InvalidDataset, match="No space left on device"):
        write_dataset(file, stored((2, 2, 2), 8), force=True)
    assert file.read_bytes() == before and os.listdir(tmp_path) == ["kept.zip"]


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    values = stored((2, 2, 2), 8)
    with pytest.raises(InvalidDataset, match="12 bits is not 8, 16 or 32"):
        write_dataset(tmp_path / "x.zip", values, precision=12)
    with pytest.raises(InvalidDataset, match=r"give numbers \(H, W, F\)"):
        write_dataset(tmp_path / "x.zip", values[0])
    with pytest.raises(InvalidDataset, match="name another folder"):
        write_dataset(tmp_path / "none" / "x.zip", values)


# ---------------------------------------------------------------- broken files


def contents(bits: int = 8, *, overlay: bool = True) -> Contents:
    """The files of a good ZIP of 3 × 2 pixels and 10 features."""
    data = io.BytesIO()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = write_dataset(
            Path(folder) / "good.zip",
            stored((2, 3, 10), bits),
            overlay=picture("jpeg") if overlay else None,
        )
        data = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(data) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, files: Contents) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def metadata(**changes: Any) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        said = {**json.loads(files["metadata.json"]), **changes}
        kept = {key: value for key, value in said.items() if value is not ...}
        files["metadata.json"] = json.dumps(kept).encode()

    return change


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    data = io.BytesIO()
    Image.new(mode, (width, height)).save(data, format="png")
    return data.getvalue()


def put(name: str, data: bytes | None) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        if data is None:
            del files[name]
        else:
            files[name] = data

    return change


BROKEN: list[tuple[str, Callable[[Contents], None]]] = [
    ("metadata.json is missing", put("metadata.json", None)),
    ("metadata.json is no JSON", put("metadata.json", b"{")),
    ("metadata.json is no JSON", put("metadata.json", b"[" * 100_000)),
    ("metadata.json is a list", put("metadata.json", b"[]")),
    ("metadata.json has more than", put("metadata.json", b" " * (2 << 20))),
    ("name is missing", metadata(name=...)),
    ("name is no text", metadata(name=7)),
    ("width is missing", metadata(width=...)),
    ("width is 3.5", metadata(width=3.5)),
    ("height is 0", metadata(height=0)),
    ("height is -2", metadata(height=-2)),
    ("height is True", metadata(height=True)),
    ("features is ten", metadata(features="ten")),
    ("features is nan", metadata(features=float("nan"))),
    ("features is 1e\\+300", metadata(features=1e300)),
    ("precision 12 is not 8, 16 or 32", metadata(precision=12)),
    ("overlay is neither", metadata(overlay="yes")),
    ("1.png is missing: 10 features of 8 bits are 3 parts", put("1.png", None)),
    ("3.png is missing", metadata(features=13)),
    ("3.png is missing", metadata(features=1 << 20)),
    ("'2.png' does not belong", metadata(features=8)),
    ("overlay.jpg is missing", put("overlay.jpg", None)),
    ("overlay.jpg is no image", put("overlay.jpg", b"no")),
    ("overlay.jpg is no image, or cut off", put("overlay.jpg", picture("jpeg")[:200])),
    ("'../../etc/x' does not belong", put("../../etc/x", b"x")),
    ("'/tmp/x' does not belong", put("/tmp/x", b"x")),
    ("1.png is 4 × 2; metadata.json says 3 × 2", put("1.png", png(4, 2))),
    ("2.png is 3 × 3", put("2.png", png(3, 3))),
    ("0.png is 3 × 2; metadata.json says 2 × 3", metadata(width=2, height=3)),
    ("at most 2,147,483,648 are read", metadata(width=1 << 18, height=1 << 18)),
    ("0.png is 3 × 2; metadata.json says 9000", metadata(width=9000, height=9000)),
    ("1.png is no PNG", put("1.png", b"GIF89a and more of it, and so on")),
    ("1.png is damaged or cut off", put("1.png", png(3, 2)[:45])),
    ("1.png has 16 bits a channel", put("1.png", png(3, 2, "I;16"))),
    ("1.png has more than", put("1.png", png(3, 2) + bytes(5 << 20))),
]


@pytest.mark.parametrize(("says", "breaks"), BROKEN)
def test_a_broken_part_is_named(
    says: str, breaks: Callable[[Contents], None], tmp_path: Path
) -> None:
    files = contents()
    assert open_dataset(zipped(tmp_path / "good.zip", files)).features == 10
    breaks(files)
    with pytest.raises(InvalidDataset, match=says):
        open_dataset(zipped(tmp_path / "bad.zip", files))


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    """A gigabyte of zeros, in a part and in the metadata, is not unpacked."""
    import tracemalloc

    for name in ("1.png", "metadata.json"):
        file = tmp_path / f"bomb-{name}.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, data in contents().items():
                if one != name:
                    archive.writestr(one, data)
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                for _ in range(64):
                    entry.write(bytes(1 << 20))
        tracemalloc.start()
        with pytest.raises(InvalidDataset, match=f"{name} has more than"):
            open_dataset(file)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert highest < 8 << 20


def test_a_file_that_is_cut_off_says_so(tmp_path: Path) -> None:
    """Wherever it is: never anything but InvalidDataset, and never a dataset."""
    data = zipped(tmp_path / "good.zip", contents()).read_bytes()
    for end in range(0, len(data), 37):
        (tmp_path / "cut.zip").write_bytes(data[:end])
        with pytest.raises(InvalidDataset):
            open_dataset(tmp_path / "cut.zip")


def test_a_file_with_wrong_bytes_says_so_or_is_read(tmp_path: Path) -> None:
    """A checksum guards every part: nothing wrong is shown, and nothing else is raised."""
    good = zipped(tmp_path / "good.zip", contents())
    expected, data = open_dataset(good), good.read_bytes()
    for seed in range(300):
        random = np.random.default_rng(seed)
        wrong = bytearray(data)
        wrong[random.integers(len(data))] ^= 1 << int(random.integers(8))
        (tmp_path / "wrong.zip").write_bytes(wrong)
        try:
            found = open_dataset(tmp_path / "wrong.zip")
        except InvalidDataset:
            continue
        assert (found.values == expected.values).all()


def test_a_part_twice_and_an_encrypted_one(tmp_path: Path) -> None:
    file = zipped(tmp_path / "twice.zip", contents())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("1.png", b"")
    with pytest.raises(InvalidDataset, match=r"'1\.png' is in the ZIP twice"):
        open_dataset(file)
    data = bytearray(zipped(tmp_path / "locked.zip", contents()).read_bytes())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.index(mark)
        data[at + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    with pytest.raises(InvalidDataset, match="encrypted"):
        open_dataset(tmp_path / "locked.zip")


def test_parts_of_other_colours_are_read_as_a_browser_does(tmp_path: Path) -> None:
    """An optimizer may have left out an alpha channel that is 255 everywhere."""
    files = contents(overlay=False)
    files["1.png"] = png(3, 2, "RGB")
    found = open_dataset(zipped(tmp_path / "rgb.zip", files))
    assert (found.values[..., 4:8] == [0, 0, 0, 255]).all()


# ---------------------------------------------------------------- arrays


def test_arrays_are_datasets_too(tmp_path: Path) -> None:
    cube = RANDOM.normal(size=(3, 4, 5)).astype(">f4")
    np.save(tmp_path / "cube.npy", cube)
    found = open_dataset(tmp_path / "cube.npy")
    assert (found.values == cube).all() and found.values.dtype == np.float32
    assert (found.name, found.precision, found.overlay) == ("cube.npy", 0, None)
    np.savez_compressed(tmp_path / "cube.npz", layer=stored((3, 4, 5), 16))
    assert open_dataset(tmp_path / "cube.npz").precision == 16
    first = open_dataset(tmp_path / "cube.npy", features_first=True)
    assert first.values.shape == (4, 5, 3) and (first.values[1, 2] == cube[:, 1, 2]).all()
    assert first.values.flags.c_contiguous
    np.save(tmp_path / "batch.npy", cube[None])
    assert open_dataset(tmp_path / "batch.npy").values.shape == (3, 4, 5)


def test_one_of_several_arrays_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "two.npz", a=np.ones((2, 3, 4)), b=np.zeros((2, 3, 5)))
    with pytest.raises(InvalidDataset, match="has 2 arrays; name one"):
        open_dataset(tmp_path / "two.npz")
    assert open_dataset(tmp_path / "two.npz", array="b").features == 5
    with pytest.raises(InvalidDataset, match="no array 'c'; it has 'a', 'b'"):
        open_dataset(tmp_path / "two.npz", array="c")


def test_what_is_no_array_says_so(tmp_path: Path) -> None:
    file = tmp_path / "x.npy"
    for values, says in (
        (np.ones((3, 4)), r"an array of \(3, 4\) is no map"),
        (np.ones((0, 4, 3)), "is no map"),
        (np.ones((2, 3, 4), complex), "give real numbers"),
        (np.array([{}]), "holds Python objects"),
    ):
        np.save(file, values, allow_pickle=True)
        with pytest.raises(InvalidDataset, match=says):
            open_dataset(file)
    np.save(file, np.ones((4, 5, 6)))
    with pytest.raises(InvalidDataset, match="more than the 900 bytes"):
        open_dataset(file, max_bytes=900)
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(InvalidDataset, match=r"x\.npy is damaged or cut off"):
        open_dataset(file)
    file.write_bytes(b"what is this")
    with pytest.raises(InvalidDataset, match="neither a ZIP of features nor an array"):
        open_dataset(file)
    with pytest.raises(InvalidDataset, match="cannot be read"):
        open_dataset(tmp_path / "none.npy")
    zipped(tmp_path / "other.zip", {"readme.txt": b"hello"})
    with pytest.raises(InvalidDataset, match=r"metadata\.json is missing"):
        open_dataset(tmp_path / "other.zip")
