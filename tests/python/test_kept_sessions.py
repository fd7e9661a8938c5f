"""Sessions that are kept and gone on with: by bridges, from Python and by the command."""

from __future__ import annotations

import contextlib
import http.client
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.cli import main
from layerwalk.errors import SessionFailed, Unsafe
from layerwalk.images import Shelf, encode_png
from layerwalk.kept import (
    KeptSession,
    NetworkReference,
    read_session,
    session_bytes,
    write_session,
)
from layerwalk.network import TileShape
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.room import TILE_GAP
from layerwalk.session import open_bridge, waiting
from layerwalk.session.inputs import loaded_network
from layerwalk.session.opening import asked
from layerwalk.session.recording import steps_bytes, steps_within

from .small_networks import IMAGE, OTHER, PICTURE, tiny
from .viewers import PATIENCE_S, connect, first_run

SHELF = {"first": PICTURE, "second": OTHER}
TOWER = {"main": {"kind": "tower", "spacing": 1.5, "tile_gap": TILE_GAP}}
MOVED = {"position_m": [1.0, 0.0, -2.0], "rotation": [0.0, 0.0, 0.0, 1.0], "scale": 1.5}
CODE = "from torch import nn\n\ndef build():\n    open('ran', 'w').close()\n    return {}\n"
SMALL = "nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5))"


@pytest.fixture(scope="module")
def model() -> nn.Module:
    return tiny()


@pytest.fixture(scope="module")
def kept(model: nn.Module, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session in which everything was done, in a file, with what its layers showed."""
    file = tmp_path_factory.mktemp("kept") / "room.layerwalk"
    with layerwalk.serve(model, IMAGE, SHELF, class_names=["a", "b", "c"]) as bridge:
        with connect(bridge) as client:
            first_run(client)
            client.set_layout("tower", spacing=1.5)
            client.collapse("1")
            client.move_layer("0.0", position_m=(1, 0, -2), scale=1.5)
            client._change(("hidden", "main", "1.1"), True)
            client._change(("pinned", "main", "0.0"), True)
            client.bookmark("my place", "#layer=0.0")
            client.wait_complete(client.place_image(PICTURE[::-1]))
        assert bridge.save(file, activations=True, settings={"link": "#layer=0.0"}) == ()
    return file


@pytest.fixture(scope="module")
def again(model: nn.Module, kept: Path) -> Iterator[layerwalk.Bridge]:
    with layerwalk.open_session(kept, model, example_input=IMAGE) as bridge:
        yield bridge


def test_a_session_goes_on_where_it_was_left(again: layerwalk.Bridge) -> None:
    with connect(again) as client:
        document = client.state()
        assert document["layout"] == TOWER
        assert document["expanded"] == {"main": {"0": True}}
        assert document["stations"] == {"main": {"0.0": MOVED}}
        assert document["hidden"] == {"main": {"1.1": True}}
        assert document["pinned"] == {"main": {"0.0": True}}
        link = {"link": "#layer=0.0", "note": "", "order": 0}
        assert document["bookmarks"] == {"my place": link}
        assert document["settings"] == {"link": "#layer=0.0"}
        assert (client.room().layout, client.room().expanded) == ("tower", ("0",))


def test_its_pictures_are_on_the_shelf_and_the_placed_one_is_placed(
    again: layerwalk.Bridge,
) -> None:
    with connect(again) as client:
        first_run(client)
        assert [(one.id, one.name) for one in client.shelf()] == [
            ("first", "first"), ("second", "second"), ("placed", "placed"),
        ]  # fmt: skip
        assert client.state()["inputs"]["main"]["input"]["picture"] == "placed"
        np.testing.assert_array_equal(client.picture("placed", edge=64), PICTURE[::-1])
        np.testing.assert_array_equal(client.picture("first", edge=64), PICTURE)


def test_it_can_be_kept_again_as_it_is(again: layerwalk.Bridge, kept: Path, tmp_path: Path) -> None:
    with connect(again) as client:
        first_run(client)
    again.save(tmp_path / "again.layerwalk")
    before, after = read_session(kept), read_session(tmp_path / "again.layerwalk")
    assert after.document == before.document
    assert after.pictures == before.pictures
    assert (after.placed, after.settings) == (before.placed, before.settings)
    assert after.network == before.network
    assert after.recording is None


def test_parts_that_this_version_does_not_know_stay(
    model: nn.Module, kept: Path, tmp_path: Path
) -> None:
    session = read_session(kept)
    newer = {**session.document, "weather": {"main": ["rain", 3]}}
    write_session(replace(session, document=newer), tmp_path / "newer.layerwalk")
    with layerwalk.open_session(tmp_path / "newer.layerwalk", model, example_input=IMAGE) as bridge:
        bridge.save(tmp_path / "kept.layerwalk")
    assert read_session(tmp_path / "kept.layerwalk").document["weather"] == {"main": ["rain", 3]}


def test_another_network_takes_what_fits_it_and_says_what_does_not(
    kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.ReLU()))
    with layerwalk.open_session(kept, other, example_input=IMAGE) as bridge, connect(bridge) as c:
        assert c.state()["stations"] == {}
        assert c.state()["layout"] == TOWER
        said = [text for text in c._inbox.welcome.left_out if "not the one" in text]
    assert said == [record.getMessage() for record in caplog.records]
    assert "Sequential" in said[0]
    assert "it has no 0.0, 1.1, and what was done to that is left out" in said[0]


def test_a_network_of_other_shapes_is_told(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    torch.manual_seed(0)
    wider = nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU()),
        nn.Sequential(nn.Flatten(), nn.Linear(8 * 14 * 14, 3)),
    )
    with layerwalk.open_session(kept, wider, example_input=IMAGE) as bridge, connect(bridge) as c:
        assert c.state()["stations"] == {"main": {"0.0": MOVED}}
    assert "its layers or their shapes have changed" in caplog.text


def test_the_recording_is_what_a_viewer_was_sent(kept: Path) -> None:
    recording = read_session(kept).recording
    assert recording is not None
    came = [frames.decode_bridge(frames.split(one)) for one in recording.messages]
    kinds = [type(message).__name__ for message, _ in came]
    assert kinds[:4] == ["Welcome", "NetworkPublished", "RoomPublished", "InputPlaced"]
    assert kinds[-2:] == ["Prediction", "Complete"]
    pages = [(message, arrays) for message, arrays in came if isinstance(message, m.Pages)]
    assert {page.layer for page, _ in pages} == {"0.0", "0.1", "1.0", "1.1"}
    levels = {(page.layer, level.level) for page, _ in pages for level in page.levels}
    assert {level for layer, level in levels if layer == "0.1"} == {0, 1, 2, 3, 4}  # of 14 pixels


def test_a_recording_keeps_within_its_budget() -> None:
    shapes = {
        "large": TileShape(64, 64, 64),
        "small": TileShape(8, 16, 16),
        "one": TileShape(9, 1, 1),
    }
    whole = steps_bytes(shapes, steps_within(shapes, {}, 1 << 30))

    def finest(budget: int) -> dict[str, int]:
        steps = steps_within(shapes, {}, budget)
        assert steps_bytes(shapes, steps) <= budget
        return {name: min(min(s.levels) for s in steps if s.layer == name) for name in shapes}

    assert set(finest(whole).values()) == {0}
    # Half of it: the large layer lacks its finest level, the small one does not.
    assert finest(whole // 2) == {"large": 1, "small": 0, "one": 0}
    assert finest(20_000)["large"] > 1


def test_what_is_behind_walls_gets_its_detail_after_them() -> None:
    wall, behind = {"wall": TileShape(8, 32, 32)}, {"behind": TileShape(4, 16, 16)}
    whole = steps_within(wall, behind, 1 << 30)
    levels = [(step.layer, min(step.levels)) for step in whole]
    assert levels[:2] == [("wall", 2), ("behind", 2)]  # first light of both
    assert levels.index(("wall", 0)) < levels.index(("behind", 1))
    shapes = {**wall, **behind}
    tight = steps_within(wall, behind, steps_bytes(shapes, whole[:-1]))
    assert ("behind", 0) not in [(step.layer, min(step.levels)) for step in tight]
    assert ("wall", 0) in [(step.layer, min(step.levels)) for step in tight]


def test_a_bridge_that_is_not_ready_or_stopped_says_so(tmp_path: Path) -> None:
    loaded = loaded_network(
        tiny(), example_input=IMAGE, preprocess=None, class_names=None, shelf=Shelf.empty()
    )
    bridge = open_bridge(lambda: loaded)
    bridge.wait_ready()
    bridge.stop()
    with pytest.raises(SessionFailed, match="stopped"):
        bridge.save(tmp_path / "room.layerwalk")

    def fail() -> Any:
        raise ValueError

    with open_bridge(fail) as bridge:
        pytest.raises(ValueError, bridge.wait_ready)  # noqa: RUF061
        with pytest.raises(SessionFailed, match="once it is ready"):
            bridge.save(tmp_path / "room.layerwalk")
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- who decides what runs


@pytest.mark.parametrize("source", ["demo", "torchvision:resnet18"])
def test_known_sources_are_taken_from_the_file(source: str) -> None:
    kept = NetworkReference(title="x", source=source, weights="default", input_size=(32, 32))
    # Nobody is made to download by a file.
    assert asked(kept).weights is None
    assert (asked(kept).source, asked(kept).input_size) == (source, (32, 32))
    assert asked(kept, trust=True).weights == "default"


@pytest.mark.parametrize(
    "source", ["evil:build", "evil.py:build", "torchvision:evil.py:build", "torchvision:a.b:c"]
)
def test_code_that_a_file_names_is_not_run(source: str) -> None:
    kept = NetworkReference(title="x", source=source)
    with pytest.raises(Unsafe, match=re.escape(f"'{source}'")):
        asked(kept)
    assert asked(kept, trust=True).source == source
    assert asked(kept, source="mine.py:build").source == "mine.py:build"


def test_a_weights_file_that_a_file_names_is_not_read() -> None:
    kept = NetworkReference(title="x", source="torchvision:resnet18", weights="/weights/w.pth")
    with pytest.raises(Unsafe, match="weights are a file"):
        asked(kept)
    assert asked(kept, weights="none").weights == "none"
    assert asked(kept, trust=True).weights == "/weights/w.pth"
    assert asked(kept, source="torchvision:resnet50").weights is None


def test_a_model_from_python_has_no_source(kept: Path) -> None:
    with pytest.raises(SessionFailed, match=r"open_session\(FILE, model\)"):
        layerwalk.open_session(kept)


# ---------------------------------------------------------------- the command


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process, and `meanwhile` once it serves: status, stdout, stderr."""

    def run(*arguments: object, meanwhile: Callable[[str, str], None] = lambda *_: None) -> Any:
        def wait() -> None:
            out = capfd.readouterr().out
            found = re.search(r'connect\("([^"]+)", token="([^"]+)"\)', out)
            assert found
            meanwhile(found[1], found[2])
            raise KeyboardInterrupt

        monkeypatch.setattr(waiting, "wait_for_signal", wait)
        monkeypatch.setattr(sys, "argv", ["layerwalk", *map(str, arguments), "--no-browser"])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert ended.value.code or not err
        return ended.value.code or 0, out, err

    return run


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keepable.py").write_text(CODE.format(SMALL))
    return "keepable.py:build"


def moves(endpoint: str, token: str) -> None:
    with layerwalk.connect(endpoint, token=token) as client:
        client.move_layer("0", position_m=(1, 0, -2), scale=1.5)


def test_walk_keeps_its_session_and_open_goes_on(
    command: Command, source: str, tmp_path: Path
) -> None:
    file = tmp_path / "room.layerwalk"
    (tmp_path / "cat.png").write_bytes(encode_png(PICTURE))
    options = ("--weights", "none", "--input-size", 16, 16)
    images = ("--images", "cat.png")
    code, out, err = command("walk", source, *options, *images, "--session", file, meanwhile=moves)
    assert (code, err) == (0, "")
    assert out.endswith(f"kept the session in {file}\n")
    session = read_session(file)
    assert session.network.source == source
    assert (session.network.weights, session.network.input_size) == ("none", (16, 16))
    assert [one.id for one in session.pictures] == ["cat"]

    before = file.read_bytes()
    (tmp_path / "ran").unlink()
    code, out, err = command("open", file)
    assert code == 1
    assert "error: the session is of 'keepable.py:build'" in err
    assert "--trust" in err
    assert not (tmp_path / "ran").exists()

    seen = []

    def look(endpoint: str, token: str) -> None:
        with layerwalk.connect(endpoint, token=token) as client:
            seen.append(client.state()["stations"]["main"])
            client.move_layer("0", position_m=(3, 0, 0))

    assert command("open", file, "--trust", meanwhile=look)[0] == 0
    assert seen == [{"0": MOVED}]
    assert file.read_bytes() == before  # without --save nothing is written
    assert command("open", file, "--source", source, "--save", meanwhile=look)[0] == 0
    assert command("walk", source, *options, "--session", file, meanwhile=look)[0] == 0
    assert [one["0"]["position_m"][0] for one in seen] == [1.0, 1.0, 3.0]


def test_the_command_names_what_is_wrong_with_a_file(
    command: Command, source: str, tmp_path: Path
) -> None:
    (tmp_path / "room.layerwalk").write_bytes(b"PK\x03\x04 half")
    for arguments in (("open", "room.layerwalk"), ("walk", source, "--session", "room.layerwalk")):
        code, out, err = command(*arguments)
        assert (code, out) == (1, "")
        assert err.startswith("error: 'room.layerwalk' is no session file")
    assert (tmp_path / "room.layerwalk").read_bytes() == b"PK\x03\x04 half"
    code, _, err = command("walk", source, "--session", tmp_path / "nowhere" / "room.layerwalk")
    assert "nowhere' does not exist" in err
    assert not (tmp_path / "ran").exists()


# ---------------------------------------------------------------- over HTTP


def post(bridge: layerwalk.Bridge, body: bytes, token: str) -> tuple[int, bytes]:
    """What the bridge answers to who asks it for the session's file."""
    connection = http.client.HTTPConnection("127.0.0.1", bridge.port, timeout=PATIENCE_S)
    with contextlib.closing(connection):
        connection.request("POST", "/session", body, {"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        return response.status, response.read()


def test_a_page_gets_the_file_with_its_settings(again: layerwalk.Bridge, tmp_path: Path) -> None:
    status, data = post(again, b'{"link": "#layer=1.1"}', again.token)
    assert status == 200
    (tmp_path / "room.layerwalk").write_bytes(data)
    kept = read_session(tmp_path / "room.layerwalk")
    assert kept.settings == {"link": "#layer=1.1"}
    assert kept.document["stations"] == {"main": {"0.0": MOVED}}


def test_files_are_made_one_after_the_other(
    again: layerwalk.Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes memory for all pictures, and the helpers' threads from all other visitors."""
    lock, second = threading.Lock(), threading.Event()

    def alone(kept: KeptSession) -> bytes:
        if not lock.acquire(blocking=False):
            second.set()
            raise AssertionError("two at once")
        try:
            second.wait(0.2)  # time for another to come, which must not
            return session_bytes(kept)
        finally:
            lock.release()

    monkeypatch.setattr("layerwalk.session.session.session_bytes", alone)
    with ThreadPoolExecutor(3) as visitors:
        answers = visitors.map(lambda _: post(again, b"{}", again.token)[0], range(3))
        assert list(answers) == [200] * 3


@pytest.mark.parametrize(
    ("body", "token", "status", "words"),
    [
        (b"{}", "wrong", 401, b"wrong or missing"),
        (b"[]", None, 400, b"settings are a JSON object"),
        (b"{", None, 400, b"settings are a JSON object"),
        (b'{"a": 36893488147419103232}', None, 400, b"more than 64 bits"),
        (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", None, 400, b"nested more than"),
        (b'{"a": "' + b"x" * 70_000 + b'"}', None, 413, b"at most 65,536"),
        (b'{"a": "' + b"x" * 2_000_000 + b'"}', None, 413, b"more than 65,536"),
    ],
    ids=["token", "array", "broken", "number", "deep", "large", "huge"],
)
def test_whoever_asks_wrongly_gets_no_file(
    again: layerwalk.Bridge, body: bytes, token: str | None, status: int, words: bytes
) -> None:
    answer = post(again, body, token or again.token)
    assert answer[0] == status
    assert words in answer[1]
