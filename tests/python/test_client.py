"""The Python client: its calls, the document it shares with others, and how it comes back."""

from __future__ import annotations

import contextlib
import gc
import itertools
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import layerwalk
from layerwalk.client.received import ReceivedDocument, ReceivedRuns
from layerwalk.errors import (
    ConnectionFailed,
    InvalidChange,
    InvalidImage,
    LayerwalkError,
    Leased,
    RunFailed,
    RunSuperseded,
    TooLarge,
    Unauthorized,
    UnknownLayer,
    UnknownPicture,
)
from layerwalk.protocol import messages as m
from layerwalk.session import Bridge

from .viewers import PATIENCE_S, connect

PICTURE = np.random.default_rng(1).integers(0, 256, (20, 24, 3), np.uint8)
ROOT = Path(__file__).parents[2]


class Stage(nn.Sequential):
    pass


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        Stage(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()),
        Stage(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(6, 5, 3), nn.ReLU()),
        nn.Flatten(),
        nn.Linear(5 * 10 * 10, 3),
    )


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridge]:
    pictures = {"noise": PICTURE, "black": np.zeros_like(PICTURE)}
    with layerwalk.serve(network(), torch.zeros(1, 3, 16, 16), images=pictures) as bridge:
        with connect(bridge) as client:
            client.wait_complete()  # no test meets the first run
        yield bridge


@pytest.fixture
def client(bridge: Bridge) -> Iterator[layerwalk.Client]:
    with connect(bridge) as client:
        yield client


# ---------------------------------------------------------------- images and layers


def test_layers_activations_and_predictions(client: layerwalk.Client) -> None:
    assert client.layers() == ("0.0", "0.1", "0.2", "1.0", "1.1", "1.2", "1.3", "2", "3")
    run = client.place_image(PICTURE, name="noise")
    client.wait_complete(run)
    activation = client.activation("1.0", run=run)
    assert [(axis.name, axis.size) for axis in activation.axes] == [
        ("channel", 6), ("height", 12), ("width", 12),
    ]  # fmt: skip
    assert (activation.layer, activation.run, activation.selected) == ("1.0", run, {"batch": 0})
    assert (activation + 1).axes == ()
    assert (client.activation("1.1", run=run) >= 0).all()
    assert sum(confidence for _, confidence in client.prediction(run)) == pytest.approx(1)
    assert client.run() == run


def test_images_come_as_files_bytes_pixels_and_from_the_shelf(
    client: layerwalk.Client, tmp_path: Path
) -> None:
    path = tmp_path / "noise.png"
    Image.fromarray(PICTURE).save(path)
    views = []
    for image in (path, str(path), path.read_bytes(), PICTURE, Image.open(path), "noise"):
        run = client.place_image(image)
        client.wait_complete(run)
        views.append(client.input_view(run))
    assert all((view == views[0]).all() for view in views)
    assert client.state()["inputs"]["main"]["input"] == {
        "name": "noise", "picture": "noise", "run": run,
    }  # fmt: skip
    grey = client.place_image(PICTURE[..., 0])
    client.wait_complete(grey)
    assert np.ptp(client.input_view(grey), axis=2).max() == 0


class Slow(nn.Module):
    """Does not come back before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.go_on.set()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        assert self.go_on.wait(PATIENCE_S)
        return x.relu()


def test_waiting_without_a_number_waits_for_the_newest_run_even_before_it_began() -> None:
    model = Slow()
    with layerwalk.serve(model, torch.zeros(1, 3, 4, 4)) as bridge, connect(bridge) as client:
        client.wait_complete()
        model.go_on.clear()
        first = client.place_image(PICTURE)
        with pytest.raises(TimeoutError, match=f"run {first} is not complete"):
            client.wait_complete(timeout_s=0.05)
        client.place_image(PICTURE)
        last = client.place_image(PICTURE)  # in the place of the one before
        model.go_on.set()
        assert client.wait_complete() == last


def test_waiting_without_a_number_comes_back_while_runs_never_end() -> None:
    """A run is complete when the next has long begun: there is always a newer one."""
    with (
        layerwalk.serve(
            network(), torch.zeros(1, 3, 16, 16), live={"noise": lambda: PICTURE}
        ) as bridge,
        connect(bridge) as client,
    ):
        first = client.wait_complete()
        client.play("noise", rate_hz=60)
        seen = [first, *(client.wait_complete() for _ in range(5))]
        assert seen == sorted(seen)


def test_what_cannot_be_placed_says_why(client: layerwalk.Client, tmp_path: Path) -> None:
    with pytest.raises(InvalidImage, match="cannot be read"):
        client.place_image(tmp_path / "missing.png")
    for wrong in (np.full((4, 4, 3), 200.0), np.full((4, 4), np.nan), np.zeros((4, 4, 3)) - 0.5):
        with pytest.raises(InvalidImage, match="float64 are from 0 to 1, not"):
            client.place_image(wrong)
    with pytest.raises(InvalidImage, match="bool"):
        client.place_image(np.zeros((4, 4), bool))
    with pytest.raises(InvalidImage, match="int64"):
        client.place_image(np.zeros((4, 4), np.int64))
    text = tmp_path / "readme.md"
    text.write_text("# no image")
    with pytest.raises(InvalidImage, match=r"'readme\.md': the bytes are no image"):
        client.place_image(text)
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(33 << 20)
    with pytest.raises(TooLarge, match="the bridge takes"):
        client.place_image(large)


def test_floats_from_0_to_1_are_pixels(client: layerwalk.Client) -> None:
    views = []
    noise = PICTURE / 255
    noise[0, 0] = 1 + 1e-6, -1e-6, 0.5  # as interpolation leaves them
    as_codes = np.rint(noise.clip(0, 1) * 255).astype(np.uint8)
    for image in (as_codes, noise, noise.astype(np.float32)):
        run = client.place_image(image)
        client.wait_complete(run)
        views.append(client.input_view(run))
    assert (views[0] == views[1]).all()
    assert (views[0] == views[2]).all()


def test_a_run_that_never_was_is_no_run(client: layerwalk.Client, bridge: Bridge) -> None:
    run = client.place_image(PICTURE)
    client.wait_complete(run)
    for number in (777, 0, -1):
        with pytest.raises(RunFailed, match=rf"no run {number}; the newest is {run}"):
            client.wait_complete(number, timeout_s=3600)  # which no test lasts
        with pytest.raises(RunFailed, match=f"no run {number};"):
            client.activation("1.0", run=number)
    with pytest.raises(TimeoutError):
        client.wait_complete(run + 1, timeout_s=0.05)  # it may come
    with connect(bridge) as other:  # the number of somebody else's run, at once
        for _ in range(3):
            newest = client.place_image(PICTURE)
        other.wait_complete(newest)


def test_requests_name_layers_by_globs(client: layerwalk.Client) -> None:
    assert client.request(["1.*", "3"]) == ("1.0", "1.1", "1.2", "1.3", "3")
    client.wait_complete()  # all that was requested before has come
    before = client.stats()
    run = client.place_image(PICTURE)
    client.wait_complete(run)
    after = client.stats()
    assert after.layers - before.layers == 5
    assert after.maps - before.maps == 6 + 6 + 5 + 5 + 3
    assert after.pages - before.pages == 5
    assert after.bytes - before.bytes > 2 * 6 * 12 * 12 + 2 * 5 * 10 * 10
    with pytest.raises(UnknownLayer, match="request it"):
        client.activation("0.0", run=run)
    client.request("0.0")
    client.wait_complete(run)  # what is newly requested of the newest run comes as well
    assert client.activation("0.0", run=run).shape == (4, 14, 14)


def test_a_missing_layer_is_answered_with_the_nearest(client: layerwalk.Client) -> None:
    with pytest.raises(UnknownLayer, match=r"'1\.00' is not in main; nearest: '1\.0'"):
        client.request("1.00")
    client.wait_complete(client.place_image(PICTURE))
    with pytest.raises(UnknownLayer, match=r"'1\.00' is not in main; nearest: '1\.0'"):
        client.activation("1.00")


def test_where_no_name_comes_near_the_first_layers_are_told(client: layerwalk.Client) -> None:
    with pytest.raises(UnknownLayer, match=r"'nope' is not in main; there are '0\.0', '0\.1', "):
        client.request("nope")
    with pytest.raises(UnknownLayer, match="'nope' stands nowhere in the room; there are '0"):
        client.move_layer("nope", position_m=(0, 0, 0))


def test_old_runs_are_forgotten_but_the_newest_complete_one() -> None:
    runs = ReceivedRuns(keep=2)
    view = np.zeros((1, 1, 3), np.uint8)
    for number in range(1, 6):
        runs.placed(m.InputPlaced(network="main", input="input", run=number, name=""), view)
        if number == 2:
            runs.ended(m.Complete(network="main", input="input", run=2, layers=0, seconds=0.0))
    assert [n for n in range(1, 6) if runs.get(n)] == [2, 4, 5]
    assert runs.get(4).state == "superseded"  # type: ignore[union-attr]


def test_the_run_that_arrives_is_kept_while_many_wait() -> None:
    runs = ReceivedRuns(keep=2)
    view = np.zeros((1, 1, 3), np.uint8)
    for number in range(1, 8):
        runs.expect(number)
    runs.placed(m.InputPlaced(network="main", input="input", run=1, name="first"), view)
    assert runs.get(1).name == "first"  # type: ignore[union-attr]
    for number in range(2, 8):
        runs.placed(m.InputPlaced(network="main", input="input", run=number, name=""), view)
    assert [n for n in range(1, 8) if runs.get(n)] == [6, 7]


def test_events_that_nobody_reads_are_not_collected(client: layerwalk.Client) -> None:
    events = client.events()
    assert len(client._inbox._listeners) == 1
    with client._inbox.changed:  # nothing is heard just now
        del events
        gc.collect()
        assert len(client._inbox._listeners) == 0


def test_waiting_for_a_run_that_is_past_says_so(bridge: Bridge) -> None:
    with connect(bridge) as first:
        first.wait_complete(first.place_image(PICTURE))
        first.wait_complete(first.place_image(PICTURE))
        with connect(bridge) as late:
            newest = late.wait_complete()
            with pytest.raises(RunSuperseded):
                late.wait_complete(newest - 1)
            with pytest.raises(TimeoutError, match="0 layers"):
                late.wait_complete(newest + 1, timeout_s=0.05)


def test_pictures_of_the_shelf(client: layerwalk.Client) -> None:
    assert [picture.name for picture in client.shelf()] == ["noise", "black"]
    assert (client.picture("noise") == PICTURE).all()
    with pytest.raises(UnknownPicture):
        client.picture("white")


# ---------------------------------------------------------------- the document


def next_change(events: Iterator[m.EventMessage], *path: str) -> m.DocumentChanged:
    """The next change of the document at `path`."""
    return next(
        event for event in events if isinstance(event, m.DocumentChanged) and event.path == path
    )


def test_a_change_by_one_client_reaches_the_other(bridge: Bridge) -> None:
    with connect(bridge) as one, connect(bridge) as other:
        events = other.events()
        one.move_layer("0.1", position_m=(1, 0, 2), rotation=(0, 0, 0, 2), scale=1.5)
        moved = {"position_m": [1, 0, 2], "rotation": [0, 0, 0, 1], "scale": 1.5}
        assert next_change(events, "stations", "main", "0.0").value == moved
        assert one.state() == other.state()
        assert one.state()["stations"]["main"] == {"0.0": moved}
        other.reset_layer("0.2")  # the same station
        assert other.state()["stations"]["main"] == {}
        one.bookmark("here", "#layer=1.0")
        assert next_change(events, "bookmarks", "here").value == {
            "link": "#layer=1.0",
            "note": "",
            "order": 0,
        }
        one.bookmark("here", None)


def test_blocks_collapse_and_expand_for_everybody(bridge: Bridge) -> None:
    with connect(bridge) as one, connect(bridge) as other:
        assert set(one.room().expanded) == {"0", "1"}
        one.collapse("1")
        assert one.room().expanded == ("0",)
        assert any(station.closed == "1" for station in one.room().stations)
        other.expand("1")
        assert set(other.room().expanded) == {"0", "1"}
        with pytest.raises(UnknownLayer, match="block '2' is not in main"):
            one.expand("2")


def test_all_blocks_open_and_close_in_one_change_and_make_one_room(bridge: Bridge) -> None:
    with connect(bridge) as one, connect(bridge) as other:
        events = other.events()
        one.collapse_all()
        assert next_change(events, "expanded", "main").value == {}
        assert one.room().expanded == ()
        before = one.room().revision
        one.expand_all()
        assert next_change(events, "expanded", "main").value == {"0": True, "1": True}
        assert set(one.room().expanded) == {"0", "1"}
        assert one.room().revision == before + 1
        one.collapse("0", "1")
        other.expand("1", "0")
        assert next_change(events, "expanded", "main").value == {}
        assert next_change(events, "expanded", "main").value == {"0": True, "1": True}
        assert one.state() == other.state()
        with pytest.raises(UnknownLayer, match="block '2' is not in main"):
            one.collapse("0", "2")
        assert set(one.state()["expanded"]["main"]) == {"0", "1"}


def test_the_room_is_laid_out_for_everybody(bridge: Bridge) -> None:
    with connect(bridge) as one:
        home = one.room()
        one.set_layout("tower", spacing=1.5)
        assert (one.room().layout, one.room().spacing) == ("tower", 1.5)
        one.collapse("1")
        with connect(bridge) as late:
            assert (late.room().layout, late.room().expanded) == ("tower", ("0",))
            assert late.state()["layout"]["main"] == {
                "kind": "tower",
                "spacing": 1.5,
                "tile_gap": 0.085,
            }
            late.expand("1")
            late.set_layout("spiral")
            assert {wall.position_m[1] for s in late.room().stations for wall in s.walls} == {0.06}
            with pytest.raises(InvalidChange, match="Invalid enum value 'cube'"):
                late.set_layout("cube")  # type: ignore[arg-type]
            with pytest.raises(InvalidChange, match="<= 3"):
                late.set_layout("tower", spacing=4)
            late.set_layout("spiral", tile_gap=0.5)
            assert (late.room().layout, late.room().tile_gap) == ("spiral", 0.5)
            with one._changed:  # which hears of it in its own time
                assert one._changed.wait_for(lambda: one.room() == late.room(), PATIENCE_S)
        one.set_layout("linear")
        assert msgspec.structs.replace(one.room(), revision=home.revision) == home


def test_a_closed_block_and_the_stations_inside_it_are_moved_apart(bridge: Bridge) -> None:
    with connect(bridge) as client:

        def places() -> dict[str, list[float]]:
            stations = client.state()["stations"]["main"]
            return {key: stations[key]["position_m"] for key in stations}

        client.move_layer("1.0", position_m=(0, 0.5, -8), scale=1.5)
        with pytest.raises(UnknownLayer, match="block '1' is not closed"):
            client.move_layer("1", position_m=(3, 0, 0))
        client.collapse("1")
        assert places() == {"1.0": [0, 0.5, -8]}
        assert "1.0" not in [station.key for station in client.room().stations]
        client.move_layer("1.0", position_m=(3, 0, 0))  # it is in the closed block now
        assert places() == {"1.0": [0, 0.5, -8], "1": [3, 0, 0]}
        client.reset_layer("1")
        assert places() == {"1.0": [0, 0.5, -8]}
        client.expand("1")
        client.reset_layer("1.0")
        assert places() == {}


def test_of_two_changes_at_once_the_last_wins_everywhere(bridge: Bridge) -> None:
    with connect(bridge) as one, connect(bridge) as other:
        start = threading.Barrier(2)

        def move(client: layerwalk.Client, x_m: float) -> None:
            start.wait(PATIENCE_S)
            for step in range(10):
                client.move_layer("1.0", position_m=(x_m, step, 0))

        threads = [
            threading.Thread(target=move, args=(client, x_m))
            for client, x_m in ((one, 1.0), (other, 2.0))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = other.events()
        one.bookmark("settled", "yes")  # who hears of this has heard of all before
        next_change(events, "bookmarks", "settled")
        assert one.state() == other.state()
        last = one.state()["stations"]["main"]["1.0"]["position_m"]
        assert last in ([1.0, 9.0, 0.0], [2.0, 9.0, 0.0])
        one.reset_layer("1.0")
        one.bookmark("settled", None)


def test_a_held_layer_is_moved_by_its_holder_only_until_that_one_leaves(bridge: Bridge) -> None:
    with connect(bridge) as other:
        events = other.events()
        with connect(bridge) as holder:
            holder.hold_layer("1.0", seconds=30)
            with pytest.raises(Leased, match="held by another viewer"):
                other.move_layer("1.1", position_m=(0, 0, 0))
            holder.move_layer("1.0", position_m=(3, 0, 0))
            next_change(events, "stations", "main", "1.0")  # by now both are counted
        counts = (event.viewers for event in events if isinstance(event, m.ViewersChanged))
        next(count for count in counts if count == 1)
        other.reset_layer("1.0")
        assert "1.0" not in other.state()["stations"]["main"]


def test_a_latecomer_gets_document_network_and_the_newest_run(bridge: Bridge) -> None:
    with connect(bridge) as early:
        early.bookmark("left", "behind")
        run = early.place_image("noise")
        early.wait_complete(run)
        with connect(bridge) as late:
            assert late.state() == early.state()
            assert late.network() == early.network()
            assert late.room() == early.room()
            late.wait_complete(run)
            for layer in early.layers():
                ours, theirs = late.activation(layer), early.activation(layer)
                np.testing.assert_array_equal(ours, theirs)
            assert late.prediction() == early.prediction()
        early.bookmark("left", None)


def test_changes_that_do_not_fit_are_refused(client: layerwalk.Client) -> None:
    with pytest.raises(InvalidChange, match="scale"):
        client.move_layer("1.0", position_m=(0, 0, 0), scale=-1)
    with pytest.raises(UnknownLayer, match=r"nearest: '1\.0'"):
        client.move_layer("1.00", position_m=(0, 0, 0))


def test_events_tell_of_runs_and_end_with_the_client(bridge: Bridge) -> None:
    client = connect(bridge)
    events = client.events()
    run = client.place_image(PICTURE, name="a picture")
    runs = (event for event in events if isinstance(event, m.RunStarted | m.RunFinished))
    started, finished = itertools.islice((event for event in runs if event.run == run), 2)
    assert isinstance(started, m.RunStarted) and isinstance(finished, m.RunFinished)
    assert (started.name, finished.error) == ("a picture", "")
    numbers = [finished.number, *(event.number for event in _closed_after_one(client, events))]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    with pytest.raises(ConnectionFailed, match="closed"):
        client.place_image(PICTURE)


def _closed_after_one(
    client: layerwalk.Client, events: Iterator[m.EventMessage]
) -> Iterator[m.EventMessage]:
    client.bookmark("last", "x")
    client.bookmark("last", None)
    client.close()
    yield from events


def test_a_missing_event_asks_for_a_snapshot_which_is_brought_up_to_date() -> None:
    document = ReceivedDocument()
    document.replace(m.Snapshot(request=0, event=1, revision=1, document={"bookmarks": {}}))

    def event(number: int, name: str, value: str) -> m.DocumentChanged:
        path = ("bookmarks", name)
        return m.DocumentChanged(number=number, revision=number, path=path, value=value, viewer="")

    assert document.take(event(2, "a", "2"), awaiting=False)
    assert not document.take(event(4, "b", "4"), awaiting=False)  # 3 is missing
    assert document.take(event(5, "c", "5"), awaiting=True)
    snapshot = {"bookmarks": {"a": "2", "lost": "3"}}  # as it was before event 4
    document.replace(m.Snapshot(request=0, event=3, revision=3, document=snapshot))
    assert document.tree == {"bookmarks": {"a": "2", "lost": "3", "b": "4", "c": "5"}}
    assert (document.event, document.revision) == (5, 5)


# ---------------------------------------------------------------- connections


def test_a_wrong_token_is_refused(bridge: Bridge) -> None:
    with pytest.raises(Unauthorized, match="token"):
        layerwalk.connect(bridge.endpoint, token="guessed", timeout_s=PATIENCE_S)


@pytest.mark.parametrize("endpoint", ["tcp://127.0.0.1:1", "nonsense"])
def test_where_no_bridge_is_the_client_says_so(endpoint: str) -> None:
    with pytest.raises(ConnectionFailed):
        layerwalk.connect(endpoint, token="x", timeout_s=PATIENCE_S)


class Relay:
    """Passes TCP on to a port, until its connections are cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[socket.socket] = []
        self.endpoint = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Ends all connections; new ones are taken."""
        pairs, self._pairs = self._pairs, []
        for one in pairs:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self) -> None:
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                incoming, _ = self._server.accept()
            except OSError:
                return
            outgoing = socket.create_connection(("127.0.0.1", self._port))
            self._pairs += [incoming, outgoing]
            for source, target in ((incoming, outgoing), (outgoing, incoming)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)


def test_calls_after_the_bridge_closed_fail_soon_and_say_why() -> None:
    with contextlib.ExitStack() as stack:
        bridge = layerwalk.serve(network(), torch.zeros(1, 3, 16, 16))
        stack.callback(bridge.stop)
        client = stack.enter_context(connect(bridge))
        bridge.stop()
        began_s = time.monotonic()
        with pytest.raises(ConnectionFailed, match="was lost"):
            client.place_image(PICTURE)
        assert time.monotonic() - began_s < 15


def test_a_client_comes_back_with_the_same_request(bridge: Bridge) -> None:
    relay = Relay(int(bridge.endpoint.rpartition(":")[2]))
    with (
        contextlib.closing(relay),
        layerwalk.connect(relay.endpoint, token=bridge.token, timeout_s=PATIENCE_S) as client,
        connect(bridge) as other,
    ):
        client.request(["1.*"])
        client.wait_complete(client.place_image(PICTURE))
        relay.cut()
        other.bookmark("meanwhile", "yes")
        before = client.stats()
        run = _placed_when_back(client)
        client.wait_complete(run)
        assert client.stats().layers - before.layers >= 4
        assert client.activation("1.1", run=run).shape == (6, 12, 12)
        with pytest.raises(UnknownLayer, match="request it"):
            client.activation("0.0", run=run)
        assert client.bookmarks["meanwhile"].link == "yes"
        other.bookmark("meanwhile", None)


def _placed_when_back(client: layerwalk.Client) -> int:
    """Places an image; the loss may be noticed only by the first attempt."""
    with contextlib.suppress(ConnectionFailed):
        return client.place_image(PICTURE)
    return client.place_image(PICTURE)


def test_a_client_is_told_when_the_bridge_stops() -> None:
    with layerwalk.serve(nn.ReLU(), torch.zeros(1, 3, 4, 4)) as short:
        client = connect(short)
        client.wait_complete()
    assert client.activation(client.layers()[0]).shape == (3, 4, 4)  # what came stays
    client.close()
    with pytest.raises(LayerwalkError):
        client.request("*")


def test_importing_layerwalk_and_its_client_imports_no_torch() -> None:
    code = (
        "import sys, layerwalk; layerwalk.connect; layerwalk.errors.UnknownLayer; "
        "layerwalk.__version__; sys.exit('torch' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "python_bridge")


def test_the_public_names_are_there() -> None:
    for name in layerwalk.__all__:
        assert getattr(layerwalk, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        layerwalk.nonsense  # noqa: B018
