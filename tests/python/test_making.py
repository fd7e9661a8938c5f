"""Pictures that are made: noise, feature maps, blends, kept images, and where they stand."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import (
    InvalidChange,
    InvalidImage,
    RunSuperseded,
    TooLarge,
    UnknownLayer,
    UnknownPicture,
)
from layerwalk.images import blend, map_picture, noise
from layerwalk.images import gallery as galleries
from layerwalk.protocol import messages as m
from layerwalk.session import document as documents

from .small_networks import IMAGE, PICTURE, tiny
from .viewers import Viewer, connect, first_run

# ---------------------------------------------------------------- noise

HASHES = {
    "gaussian": "83872fd81b22f945",
    "uniform": "af384b092f69109d",
    "pink": "c61afcf592a6d1db",
}


@pytest.mark.parametrize("kind", HASHES)
def test_noise_is_the_same_bytes_everywhere(kind: str) -> None:
    pixels = noise(kind, seed=3, amplitude=0.5, size=(33, 47))  # type: ignore[arg-type]
    assert pixels.shape == (33, 47, 3)
    assert hashlib.sha256(pixels.tobytes()).hexdigest()[:16] == HASHES[kind]


@pytest.mark.parametrize("kind", ["gaussian", "uniform", "pink"])
@pytest.mark.parametrize("amplitude", [0.0, 0.1, 0.4])
def test_noise_has_the_deviation_that_it_says(kind: str, amplitude: float) -> None:
    values = noise(kind, seed=7, amplitude=amplitude, size=(256, 256)) / 255  # type: ignore[arg-type]
    assert values.mean() == pytest.approx(0.5, abs=0.005)
    assert values.std() == pytest.approx(amplitude / math.sqrt(12), abs=0.003)
    if kind == "uniform":
        assert 0.5 - amplitude / 2 - 0.003 <= values.min()
        assert values.max() <= 0.5 + amplitude / 2 + 0.003


def test_seeds_make_other_noise_and_grey_noise_is_grey() -> None:
    first, second = (noise("uniform", seed=s, amplitude=1, size=(16, 16)) for s in (1, 2))
    assert (first != second).mean() > 0.9
    assert (first[..., 0] != first[..., 1]).mean() > 0.9
    grey = noise("gaussian", seed=1, amplitude=1, size=(16, 16), colour=False)
    assert (grey == grey[..., :1]).all()


def test_pink_noise_has_the_same_power_in_every_octave() -> None:
    values = noise("pink", seed=5, amplitude=0.5, size=(256, 256))[..., 0] / 255 - 0.5
    power = np.abs(np.fft.fft2(values)) ** 2
    frequency = np.hypot(np.fft.fftfreq(256)[:, None], np.fft.fftfreq(256)[None]) * 256
    octaves = [power[(frequency >= f) & (frequency < 2 * f)].sum() for f in (8, 16, 32)]
    assert max(octaves) / min(octaves) < 1.3
    white = noise("gaussian", seed=5, amplitude=0.5, size=(256, 256))[..., 0] / 255 - 0.5
    power = np.abs(np.fft.fft2(white)) ** 2
    assert power[(frequency >= 32) & (frequency < 64)].sum() > 3 * (
        power[(frequency >= 16) & (frequency < 32)].sum()
    )


# ---------------------------------------------------------------- blends and maps


def test_a_blend_is_the_sum_of_shares() -> None:
    first = np.full((4, 6, 3), 10, np.uint8)
    second = np.full((4, 6, 3), 211, np.uint8)
    assert (blend(first, second, 0.0) == 10).all()
    assert (blend(first, second, 1.0) == 211).all()
    assert (blend(first, second, 0.25) == math.floor(0.75 * 10 + 0.25 * 211 + 0.5)).all()


def test_the_second_of_a_blend_covers_the_first() -> None:
    first = np.zeros((10, 20, 3), np.uint8)
    second = np.zeros((40, 40, 3), np.uint8)
    second[10:30] = 200  # what stays of it, and fills the first
    assert (blend(first, second, 1.0)[1:-1] == 200).all()
    strip = np.full((1, 50_000, 3), 90, np.uint8)
    assert (blend(first, strip, 1.0) == 90).all()
    assert blend(np.zeros((2000, 100, 3), np.uint8), first, 0.5).shape == (1024, 51, 3)


def test_a_map_s_values_stay_different_greys() -> None:
    codes = np.arange(256, dtype=np.uint8)[None]
    greys = map_picture(codes)[0, :, 0]
    assert len(set(greys[:253].tolist())) == 253
    assert (greys[0], greys[252], greys[253], greys[254], greys[255]) == (0, 255, 0, 255, 0)
    assert (np.diff(greys[:253].astype(int)) > 0).all()


# ---------------------------------------------------------------- with a bridge


@pytest.fixture(scope="module")
def bridge() -> Iterator[layerwalk.Bridge]:
    shelf = {"first": PICTURE, "second": 255 - PICTURE}
    with layerwalk.serve(tiny(), IMAGE, images=shelf, preprocess=None) as served:
        yield served


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    with connect(bridge) as one:
        first_run(one)
        yield one
        for picture in one.state()["pictures"]:
            one.remove_picture(picture)


def test_noise_goes_through_the_network_pixel_for_pixel(client: layerwalk.Client) -> None:
    picture = client.make_noise("pink", seed=3, amplitude=0.5)
    made = client.shelf()[-1]
    assert (made.id, made.name) == (picture, "pink noise, seed 3, amplitude 0.5")
    assert (made.height, made.width) == (18, 18)  # ImageNet's for 16: scaled to 18, cropped
    expected = noise("pink", seed=3, amplitude=0.5, size=(18, 18))
    assert (client.picture(picture) == expected).all()
    run = client.wait_complete(client.place_image(picture))
    assert (client.input_view(run) == expected[1:-1, 1:-1]).all()
    assert client.state()["inputs"]["main"]["input"]["name"] == made.name


def test_the_same_recipe_is_the_same_thing(client: layerwalk.Client) -> None:
    first = client.make_noise("uniform", seed=1)
    assert client.make_noise("uniform", seed=1) == first
    assert client.make_noise("uniform", seed=2) != first
    assert client.make_noise("uniform", seed=1, size=(8, 40)) != first
    assert [one.name for one in client.shelf()[2:]] == [
        "uniform noise, seed 1, amplitude 1",
        "uniform noise, seed 2, amplitude 1",
        "uniform noise, seed 1, amplitude 1, 40 × 8",
    ]
    assert client.state()["pictures"][first]["recipe"] == {
        "noise": "uniform", "seed": 1, "amplitude": 1.0, "colour": True, "width": 18, "height": 18,
    }  # fmt: skip


def test_a_feature_map_is_its_values(client: layerwalk.Client) -> None:
    run = client.wait_complete(client.place_image("first"))
    values = np.asarray(client.activation("0.0", run)[2])
    picture = client.make_feature_map("0.0", 2)
    name = "0.0, channel 2, of first"
    assert client.shelf()[-1] == m.Picture(picture, name, 14, 14)
    shares = (values - values.min()) / (values.max() - values.min())
    assert (client.picture(picture)[..., 1] == np.floor(255 * shares + 0.5)).all()
    after = client.wait_complete(client.place_image(picture))
    assert client.input_view(after).shape == (16, 16, 3)
    client.wait_complete(client.place_image(client.make_feature_map("0.0", 2, run=after)))
    assert client.state()["inputs"]["main"]["input"]["name"] == f"0.0, channel 2, of {name}"


def test_two_pictures_are_blended(client: layerwalk.Client) -> None:
    picture = client.make_blend("first", "second", alpha=0.25)
    assert client.shelf()[-1].name == "first with 25 % second"
    assert (client.picture(picture) == blend(PICTURE, 255 - PICTURE, 0.25)).all()
    again = client.make_blend(picture, client.make_noise(), alpha=1)  # things of things
    assert client.shelf()[-1].id == again


def test_a_kept_image_stands_on_the_shelf_for_all(
    bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    picture = client.keep_image(PICTURE, name="mine.png")
    assert (picture, client.shelf()[-1].name) == ("mine", "mine.png")
    assert client.keep_image(PICTURE, name="3.png") == "picture-3"
    with connect(bridge) as other:  # who comes later has it, too
        assert [one.id for one in other.shelf()] == ["first", "second", "mine", "picture-3"]
        assert (other.picture("mine") == PICTURE).all()
        other.wait_complete(other.place_image("mine"))
    with pytest.raises(InvalidImage, match=r"'broken.png': .*no image"):
        client.keep_image(b"certainly not an image", name="broken.png")


def test_made_pictures_can_be_removed_and_others_not(
    bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    picture = client.make_noise()
    client.put_picture(picture, position_m=(1, 1.5, 0))
    client.remove_picture(picture)
    assert [one.id for one in client.shelf()] == ["first", "second"]
    with pytest.raises(UnknownPicture):
        client.picture(picture)
    with pytest.raises(UnknownPicture, match="no made picture"):
        client.remove_picture(picture)
    with pytest.raises(UnknownPicture, match="stays on the shelf"):
        client.remove_picture("first")
    assert client.make_noise() != picture  # whose thumbnail somebody may keep
    with connect(bridge) as other:
        assert other.state()["things"]["main"] == {}  # nor does it stand anywhere


def test_pictures_stand_in_the_room_for_all(
    bridge: layerwalk.Bridge, client: layerwalk.Client
) -> None:
    client.put_picture("first", position_m=(1, 1.5, -2), scale=2)
    with connect(bridge) as other:
        stands = other.state()["things"]["main"]["first"]
        assert (stands["position_m"], stands["scale"]) == ([1, 1.5, -2], 2)
        other.return_picture("first")
        assert other.state()["things"]["main"] == {}
    client.put_picture("second", position_m=(0, 1, 0))
    client.return_all_pictures()
    assert "main" not in client.state()["things"]
    with pytest.raises(UnknownPicture, match="'frist' is not on the shelf; nearest: 'first'"):
        client.put_picture("frist", position_m=(0, 0, 0))
    with pytest.raises(InvalidChange, match="within 10000 m"):
        client.put_picture("first", position_m=(0, 1e6, 0))


@pytest.mark.parametrize(
    ("wrong", "error", "text"),
    [
        (m.MakeNoise(request=1, seed=-1), "InvalidMessage", "seed"),
        (m.MakeNoise(request=1, amplitude=1.01), "InvalidMessage", "amplitude"),
        (m.MakeNoise(request=1, amplitude=math.nan), "InvalidMessage", "amplitude"),
        (m.MakeNoise(request=1, width=1025), "InvalidMessage", "width"),
        (m.MakeNoise(request=1, kind="brown"), "InvalidMessage", "brown"),  # type: ignore[arg-type]
        (m.MakeNoise(request=1, network="other"), "UnknownPicture", "'other' is not in"),
        (m.MakeFeatureMap(request=1, layer="0.0", tile=4), "UnknownLayer", "tiles 0 to 3"),
        (m.MakeFeatureMap(request=1, layer="0.7", tile=0), "UnknownLayer", "'0.7' has not come"),
        (m.MakeFeatureMap(request=1, layer="1.1", tile=0), "InvalidImage", "is one value"),
        (m.MakeFeatureMap(request=1, layer="0.0", tile=0, run=999), "RunSuperseded", "999"),
        (m.MakeFeatureMap(request=1, layer="0.0", tile=0, input="2"), "UnknownPicture", "'2'"),
        (m.MakeBlend(request=1, first="first", second="nix"), "UnknownPicture", "'nix'"),
        (m.MakeBlend(request=1, first="first", second="first", alpha=2), "InvalidMessage", "alpha"),
        (
            m.MakeBlend(request=1, first="first", second="first", alpha=math.nan),
            "InvalidMessage",
            "alpha",
        ),
        (m.KeepImage(request=1, name="none"), "InvalidImage", "of one buffer, not of 0"),
        (
            m.Change(request=1, base=0, path=("pictures", "first"), value={"name": "x"}),
            "UnknownPicture",
            "stays",
        ),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_once(
    bridge: layerwalk.Bridge, client: layerwalk.Client, wrong: m.Message, error: str, text: str
) -> None:
    viewer = Viewer(bridge)
    try:
        viewer.send(wrong)
        told = viewer.until(m.Error)[-1]
        assert (told.request, told.code) == (1, error)
        assert text in told.message
    finally:
        viewer.close()


def test_the_client_says_what_is_out_of_bounds(client: layerwalk.Client) -> None:
    with pytest.raises(InvalidImage, match="amplitude"):
        client.make_noise(amplitude=2)
    with pytest.raises(InvalidImage, match="edges are 1 to 1024"):
        client.make_noise(size=(0, 20))
    with pytest.raises(UnknownLayer, match=r"tiles 0 to 3"):
        client.make_feature_map("0.0", 17)
    with pytest.raises(RunSuperseded):
        client.make_feature_map("0.0", 0, run=100_000)


def test_so_many_pictures_may_be_made(
    client: layerwalk.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(galleries, "MAX_MADE", 2)
    kept = [client.make_noise(seed=seed) for seed in range(2)]
    with pytest.raises(TooLarge, match="2 pictures have been made already; remove one"):
        client.make_noise(seed=2)
    assert client.make_noise(seed=1) == kept[1]  # that is there
    client.remove_picture(kept[0])
    client.make_noise(seed=2)
    monkeypatch.setattr(galleries, "MAX_MADE", 64)
    monkeypatch.setattr(galleries, "MAX_MADE_BYTES", 2 * 18 * 18 * 3 + 5)
    with pytest.raises(TooLarge, match="remove one first"):
        client.make_noise(seed=3)


def test_a_shelf_that_two_bridges_share_is_not_changed() -> None:
    from layerwalk.images import Shelf

    shelf = Shelf.of({"first": PICTURE})
    with layerwalk.serve(tiny(), IMAGE, images=shelf) as bridge, connect(bridge) as client:
        client.make_noise()
        assert len(client.shelf()) == 2
    assert [picture.id for picture in shelf.pictures()] == ["first"]


def test_noise_suits_networks_of_vectors_and_of_one_channel() -> None:
    model = nn.Sequential(nn.Linear(64, 3))
    with layerwalk.serve(model, torch.ones(1, 64)) as bridge, connect(bridge) as client:
        picture = client.make_noise(colour=False, amplitude=0.7)
        assert client.shelf()[0].name == "gaussian noise, seed 0, amplitude 0.7, grey"
        assert client.shelf()[0].width == 9  # ImageNet's for 8
        client.wait_complete(client.place_image(picture))


def test_so_many_pictures_stand_in_a_room(
    client: layerwalk.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_THINGS", 1)
    client.put_picture("first", position_m=(0, 1, 0))
    client.put_picture("first", position_m=(1, 1, 0))
    with pytest.raises(InvalidChange, match="at most 1 pictures stand in a room"):
        client.put_picture("second", position_m=(0, 1, 0))
    client.return_all_pictures()
