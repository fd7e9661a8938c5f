"""Similarity maps through a bridge: against the slow formula on the activations of the model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

import layerwalk
from layerwalk.errors import InvalidReference, RunFailed, RunSuperseded, UnknownLayer
from layerwalk.protocol import messages as m
from layerwalk.session import Bridge, localizing

from .small_networks import Gated
from .test_dataset_cli import Tokens
from .test_similarity import formula
from .viewers import PATIENCE_S, Viewer, connect, first_run

RANDOM = np.random.default_rng(2)
PICTURE = RANDOM.integers(0, 256, (64, 96, 3), np.uint8)
OTHER = np.ascontiguousarray(PICTURE[::-1, ::-1])


class Photographic(nn.Module):
    """Maps of three sizes, tokens behind a class token, and single values at the end."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.stem = nn.Conv2d(3, 20, 3, stride=2, padding=1)
        self.deep = nn.Conv2d(20, 300, 3, stride=4, padding=1)
        self.transformer = Tokens()
        self.head = nn.Linear(300, 5)
        self.passes = 0

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        self.passes += 1
        image.mul_(0.5)  # what it was given is no more when it is run once more
        maps = torch.relu_(self.stem(image))
        maps = torch.relu(self.deep(maps))
        self.transformer(image)
        return self.head(maps.mean((2, 3)))


EXAMPLE = torch.zeros(1, 3, 32, 48)
MAPS = ("stem", "relu", "deep", "relu:2")
TOKENS = ("transformer.block.norm2", "transformer.block.linear1")


@pytest.fixture(scope="module")
def model() -> Photographic:
    return Photographic().eval()


@pytest.fixture(scope="module")
def bridge(model: Photographic) -> Iterator[Bridge]:
    with layerwalk.serve(model, EXAMPLE, [PICTURE], lambda pixels: _prepared(pixels)) as one:
        yield one


@pytest.fixture
def client(bridge: Bridge) -> Iterator[layerwalk.Client]:
    with connect(bridge) as one:
        one.wait_complete(one.place_image(PICTURE))
        yield one


def _prepared(pixels: NDArray[np.uint8]) -> torch.Tensor:
    small = torch.from_numpy(pixels[::2, ::2].copy()).permute(2, 0, 1) / 255
    return nn.functional.interpolate(small[None], (32, 48), mode="area")[0] - 0.5


def features(client: layerwalk.Client, layer: str, run: int | None = None) -> NDArray[np.float32]:
    """What pages hold of a layer, (H, W, F)."""
    values = np.asarray(client.activation(layer, run))
    if layer in TOKENS:
        return values[1:].reshape(4, 6, -1)
    return np.ascontiguousarray(values.transpose(1, 2, 0))


def exact_features(model: Photographic, picture: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    """What the model computes."""
    found: dict[str, NDArray[Any]] = {}
    hooks = [
        module.register_forward_hook(
            lambda _, __, out, name=name: found.__setitem__(name, out.detach()[0].numpy().copy())
        )
        for name, module in model.named_modules()
        if name in (*MAPS, *TOKENS)
    ]
    with torch.no_grad():
        model(_prepared(picture)[None])
    for hook in hooks:
        hook.remove()
    for layer in TOKENS:
        found[layer] = found[layer][1:].reshape(4, 6, -1)
    return {k: v if k in TOKENS else v.transpose(1, 2, 0) for k, v in found.items()}


def check(
    found: NDArray[np.float32], values: NDArray[Any], at: tuple[int, int], metric: str
) -> None:
    expected = formula(values, values[at[1], at[0]], metric)
    assert found.shape == values.shape[:2] and found.dtype == np.float32
    assert (np.abs(found - expected) / np.maximum(1, np.abs(expected))).max() < 1e-5


# ---------------------------------------------------------------- maps


@pytest.mark.parametrize("metric", ["angle", "cosine", "euclidean", "centred"])
def test_every_wall_shows_the_same_place_at_its_own_resolution(
    client: layerwalk.Client, metric: Any
) -> None:
    point = (0.62, 0.4)
    found = client.similarity(point, [*TOKENS, *MAPS], metric=metric)
    assert list(found) == [*TOKENS, *MAPS], "in the order that was asked for"
    for layer, one in found.items():
        values = features(client, layer)
        height, width = values.shape[:2]
        at = (int(point[0] * width), int(point[1] * height))
        assert one.place == at and one.places == 1 and not one.exact
        check(one.values, values, at, metric)
        others = np.delete(one.values.ravel(), at[1] * width + at[0])
        assert (one.low, one.high) == (others.min(), others.max())


def test_a_place_of_a_layer_is_pointed_at(client: layerwalk.Client) -> None:
    for y, x in ((0, 0), (15, 23), (7, 12)):
        found = client.similarity((x, y), ["stem", "deep", TOKENS[0]], layer="stem")
        assert found["stem"].place == (x, y)
        assert found["deep"].place == (x // 4, y // 4) == found[TOKENS[0]].place
    found = client.similarity((5, 3), ["stem", "deep"], layer=TOKENS[0])
    assert found["stem"].place == (22, 14) and found["deep"].place == (5, 3)


def test_regions_are_means(client: layerwalk.Client) -> None:
    values = features(client, "stem").astype(np.float64)
    regions: list[tuple[Any, Any, NDArray[Any]]] = [
        ("rectangle", [(0.25, 0.5), (0.5, 0.25)], values[4:8, 6:12]),
        ("pins", [(0.0, 0.0), (0.999, 0.999), (0.001, 0.001)], values[[0, 15], [0, 23]]),
        ("lasso", [(0.25, 0.25), (0.5, 0.25), (0.5, 0.5), (0.25, 0.5)], values[4:8, 6:12]),
    ]
    for region, points, inside in regions:
        one = client.similarity(points, "stem", region=region)["stem"]
        assert one.place is None and one.places == inside.reshape(-1, 20).shape[0]
        mean = inside.reshape(-1, 20).mean(axis=0)
        assert np.abs(one.values - formula(values, mean, "angle")).max() < 1e-5
    one = client.similarity([(6, 4), (11, 7)], "stem", region="rectangle", layer="stem")["stem"]
    assert one.places == 24


def test_where_in_one_picture_is_what_is_in_the_other(client: layerwalk.Client) -> None:
    layers = ["deep", TOKENS[0]]
    kept = client.similarity((0.3, 0.3), layers, keep=3)
    before = {layer: features(client, layer) for layer in layers}
    again = client.similarity(None, layers, kept=3)
    second = client.wait_complete(client.place_image(OTHER))
    viewed = client.similarity(None, [*layers, "stem"], kept=3)
    assert list(viewed) == layers, "in the stem it was not kept"
    for layer, one in viewed.items():
        at = kept[layer].place
        assert at is not None and one.place is None and one.places == 0 and one.run == second
        assert again[layer].place == at and (again[layer].values == kept[layer].values).all()
        expected = formula(features(client, layer), before[layer][at[1], at[0]], "angle")
        assert np.abs(one.values - expected).max() < 1e-5
        assert (one.low, one.high) == (one.values.min(), one.values.max())


def test_exact_maps_are_of_what_the_network_computes(
    client: layerwalk.Client, model: Photographic
) -> None:
    """Also where it overwrites its activations later, and with a reference of another run."""
    before = model.passes
    found = client.similarity((0.62, 0.4), ["deep", "stem", TOKENS[0]], exact=True, keep=1)
    assert model.passes == before + 1
    values = exact_features(model, PICTURE)
    for layer, one in found.items():
        at = one.place
        assert at is not None and one.exact
        check(one.values, values[layer], at, "angle")
    coarse = client.similarity((0.62, 0.4), "deep")["deep"].values
    assert np.abs(coarse - found["deep"].values).max() > 1e-4, "both are of the pages"
    client.wait_complete(client.place_image(OTHER))
    both = client.similarity(None, ["deep"], kept=1, exact=True)["deep"]
    x, y = found["deep"].place or (-1, -1)
    expected = formula(exact_features(model, OTHER)["deep"], values["deep"][y, x], "angle")
    assert np.abs(both.values - expected).max() < 1e-5


def test_what_has_no_places_is_left_out_and_said(bridge: Bridge, viewer: Any) -> None:
    one: Viewer = viewer(bridge)
    one.send(m.Credit(bytes=1 << 20))
    ask = m.GetSimilarity(request=5, layers=("head", "stem", "transf*"), points=((0.5, 0.5),))
    one.send(ask)
    done = one.until(m.SimilarityDone, request=5)[-1]
    assert done.left_out == {"head": "it has no places in the picture"}
    assert done.maps > 5 and not done.superseded


@pytest.mark.parametrize(
    ("fields", "error", "says"),
    [
        ({"points": ((1.5, 0),)}, InvalidReference, "outside of the picture"),
        ({"points": ((float("nan"), 0),)}, InvalidReference, "outside of the picture"),
        ({"points": ((0, 0), (1, 1))}, InvalidReference, "a point of 2 points"),
        ({"points": ((0, 0),), "region": "lasso"}, InvalidReference, "a lasso of 1 points"),
        ({"points": ((99, 0),), "layer": "stem"}, InvalidReference, "no place of 24 × 16"),
        ({"points": ((0, 0),), "layer": "head"}, InvalidReference, "'head' has no places"),
        ({"points": ((0, 0),), "layers": "stm"}, UnknownLayer, "nearest: 'stem'"),
        ({"points": ((0, 0),), "run": 10_000}, RunSuperseded, "is not kept"),
        ({"points": ((0, 0),), "input": "other"}, RunFailed, "place an image"),
        ({"points": "here"}, InvalidReference, "no point"),
        ({"points": None}, InvalidReference, "a point of 0 points"),
        ({"points": None, "kept": 9}, InvalidReference, "no reference is kept under 9"),
    ],
)
def test_wrong_questions_say_why(
    client: layerwalk.Client, fields: dict[str, Any], error: type, says: str
) -> None:
    with pytest.raises(error, match=says):
        client.similarity(**fields)


# ---------------------------------------------------------------- pace


def test_maps_wait_for_credit_and_the_newest_question_wins(bridge: Bridge, viewer: Any) -> None:
    one: Viewer = viewer(bridge)
    ask = m.GetSimilarity(request=1, layers=("stem", "deep"), points=((0.5, 0.5),))
    one.until(m.RoomPublished)
    one.send(ask)
    assert one.nothing_comes(), "there is no credit"
    one.send(m.GetSimilarity(request=2, layers=("deep", "stem"), points=((0.1, 0.5),)))
    first = one.receive()[0]
    assert isinstance(first, m.SimilarityDone) and first.request == 1
    assert first.superseded and first.maps == 0
    one.send(m.GetSimilarity(request=3, layers=("deep",), points=((0.2, 0.5),), slot=1))
    assert one.nothing_comes(), "another slot leaves it alone"
    one.send(m.Credit(bytes=1))
    message, arrays = one.receive()
    assert isinstance(message, m.Similarity)
    assert (message.request, message.layer, arrays[0].shape) == (2, "deep", (4, 6))
    assert one.nothing_comes(), "it cost 96 bytes"
    one.send(m.Credit(bytes=10_000))
    rest = [one.receive()[0] for _ in range(4)]
    assert {(type(x).__name__, x.request) for x in rest} == {
        ("Similarity", 2), ("SimilarityDone", 2), ("Similarity", 3), ("SimilarityDone", 3),
    }  # fmt: skip


def test_maps_come_while_the_pass_goes_on() -> None:
    """Of a layer that came at once; of the others when they have."""
    model = Gated()
    with layerwalk.serve(model, torch.zeros(1, 3, 16, 16), [PICTURE]) as bridge:
        one = Viewer(bridge)
        try:
            with connect(bridge) as client:
                first_run(client)
                model.gate.clear()
                model.inside.clear()
                events = client.events()
                run = client.place_image(PICTURE)
                assert model.inside.wait(PATIENCE_S)
                next(event for event in events if isinstance(event, m.RunStarted))
                one.send(m.Credit(bytes=1 << 20))
                ask = m.GetSimilarity(request=1, layers=("*",), points=((0.5, 0.5),), run=run)
                one.send(ask)
                before = one.until(m.Similarity)
                assert before[-1].layer == "first"
                model.gate.set()
                after = one.until(m.SimilarityDone)
                assert [x.layer for x in after if isinstance(x, m.Similarity)] == ["second"]
        finally:
            model.gate.set()
            one.close()


def test_a_newer_question_ends_an_exact_pass_and_visitors_do_not_disturb_each_other(
    bridge: Bridge,
) -> None:
    with connect(bridge) as client, connect(bridge) as other:
        first_run(client)
        expected = client.similarity((0.5, 0.5), "deep")["deep"].values
        errors: list[BaseException] = []

        def hurry(one: layerwalk.Client, slot: int) -> None:
            try:
                for k in range(20):
                    try:
                        one.similarity((k / 20, 0.5), "*", exact=k % 3 == 0, slot=slot)
                    except RunSuperseded:
                        assert slot == 7
            except BaseException as error:
                errors.append(error)

        threads = [
            threading.Thread(target=hurry, args=args)
            for args in ((client, 0), (client, 7), (client, 7), (other, 0))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        assert not errors and not any(thread.is_alive() for thread in threads)
        assert (client.similarity((0.5, 0.5), "deep")["deep"].values == expected).all()


def test_exact_questions_that_were_replaced_while_they_waited_cost_no_passes() -> None:
    model = Gated()
    with layerwalk.serve(model, torch.zeros(1, 3, 16, 16), [PICTURE]) as bridge:
        one = Viewer(bridge)
        try:
            with connect(bridge) as client:
                first_run(client)
                model.gate.clear()
                model.inside.clear()
                client.place_image(PICTURE)
                assert model.inside.wait(PATIENCE_S)
                one.until(m.RoomPublished)
                one.send(m.Credit(bytes=1 << 20))
                before = model.passes
                for k in range(12):
                    point = ((k / 12, 0.5),)
                    one.send(m.GetSimilarity(request=k, layers=("*",), points=point, exact=True))
                ended: list[m.SimilarityDone] = []
                while len(ended) < 11:
                    ended += [x for x in one.until(m.SimilarityDone) if hasattr(x, "superseded")]
                model.gate.set()
                last = one.until(m.SimilarityDone)[-1]
                assert (last.request, last.superseded) == (11, False)
                assert model.passes == before + 1
        finally:
            model.gate.set()
            one.close()


def test_what_is_said_of_a_map_is_computed_beside_the_loop(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody else would wait for a lasso of a thousand corners, once for each layer."""
    made, answer = [], localizing._answer

    def noted(*arguments: Any) -> m.Similarity:
        made.append(threading.current_thread().name)
        return answer(*arguments)

    monkeypatch.setattr(localizing, "_answer", noted)
    with connect(bridge) as client:
        first_run(client)
        client.similarity((0.5, 0.5), ["stem", "deep"])
        client.similarity((0.5, 0.5), ["stem", "deep"], exact=True)
    assert len(made) == 4 and "layerwalk-bridge" not in made


def test_a_visitor_that_leaves_is_forgotten(bridge: Bridge) -> None:
    with connect(bridge) as client:
        first_run(client)
        for _ in range(3):
            one = Viewer(bridge)
            one.until(m.RoomPublished)
            one.send(m.GetSimilarity(request=1, layers=("*",), points=((0.5, 0.5),)))
            one.close()
        assert client.similarity((0.5, 0.5), "deep")["deep"].values.shape == (4, 6)
