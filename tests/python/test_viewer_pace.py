"""Each viewer at its own pace: whole pictures for the slow, the newest for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from layerwalk.network import Axis, TileShape
from layerwalk.page import page_level
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session.plan import plan
from layerwalk.session.runs import LayerResult, Picture, Run
from layerwalk.session.viewers import Viewer

LAYERS = ("a", "b", "c")
TILES, EDGE = 2, 8
PAGE_BYTES = TILES * (EDGE * EDGE + 8)
SHAPES = {layer: TileShape(TILES, EDGE, EDGE) for layer in LAYERS}


def result(layer: str) -> LayerResult:
    axes = (Axis("channel", TILES, "tile"), Axis("y", EDGE, "row"), Axis("x", EDGE, "column"))
    packing = page_level(TILES, EDGE, EDGE)
    pixels = np.zeros((EDGE, packing.width), np.uint8)
    ranges = np.zeros((TILES, 2), np.float32)
    return LayerResult(layer, axes, TILES, EDGE, EDGE, ranges, {}, {0: (packing, pixels)})


def done_run(number: int) -> Run:
    picture = Picture("noise", "", np.zeros((1, 1, 3), np.uint8))
    run = Run("main", "input", number, picture, revision=1)
    run.results.update((layer, result(layer)) for layer in LAYERS)
    run.state = "done"
    return run


class Slow:
    """A viewer that reads as many layers as it is told to."""

    def __init__(self, **request: Any) -> None:
        self.told: list[m.Message] = []
        self.wanted: list[tuple[str, tuple[int, ...]]] = []
        self.viewer = Viewer("1", self._send, self._want)
        self.request(**request)

    def request(self, *runs: Run, **request: Any) -> None:
        asked = m.Request(**request)
        self.viewer.request(asked, plan(asked, SHAPES), runs)

    def _want(self, run: Run, layer: str, levels: tuple[int, ...]) -> None:
        self.wanted.append((layer, levels))

    def _send(self, parts: Sequence[Any]) -> None:
        self.told.append(frames.decode_bridge(parts)[0])

    def read(self, layers: int) -> None:
        for _ in range(layers):
            self.viewer.grant(PAGE_BYTES)

    def news(self) -> list[str]:
        """What came since: "2a" is layer a of run 2, "2!" its end, "2x" failure, "2>3" replaced."""
        told, self.told = self.told, []
        short = {
            m.Pages: lambda x: f"{x.run}{x.layer}",
            m.Complete: lambda x: f"{x.run}!",
            m.Failed: lambda x: f"{x.run}x",
            m.Superseded: lambda x: f"{x.run}>{x.by}",
        }
        return [short[type(x)](x) for x in told if type(x) in short]


def test_a_viewer_that_keeps_up_always_gets_the_newest() -> None:
    slow = Slow()
    slow.read(10)
    for number in range(1, 4):
        slow.viewer.begin(done_run(number))
        assert slow.news() == [f"{number}a", f"{number}b", f"{number}c", f"{number}!"]


def after_one_that_was_superseded() -> Slow:
    """A viewer that got run 1 whole, of run 2 one layer, and of run 3 one so far."""
    slow = Slow()
    slow.read(3)
    slow.viewer.begin(done_run(1))
    for number in (2, 3):
        slow.viewer.begin(done_run(number))
        slow.read(1)
    assert slow.news() == ["1a", "1b", "1c", "1!", "2a", "2>3", "3a"]
    return slow


def test_a_slow_viewer_gets_every_second_picture_whole_and_then_the_newest() -> None:
    slow = after_one_that_was_superseded()
    slow.viewer.begin(done_run(4))
    slow.viewer.begin(done_run(5))
    assert slow.news() == ["4>5"]
    assert slow.viewer.holds() >= {3}
    slow.read(2)
    assert slow.news() == ["3b", "3c", "3!"]
    slow.read(1)
    assert slow.news() == ["5a"]


def test_who_comes_while_images_do_gets_the_first_whole_and_then_the_newest() -> None:
    """Nothing is on its walls yet: parts of one image and then of others would fill them late."""
    slow = Slow()
    for number in (1, 2, 3):
        slow.viewer.begin(done_run(number))
        slow.read(1)
    assert slow.news() == ["1a", "1b", "2>3", "1c", "1!"]
    slow.read(1)
    assert slow.news() == ["3a"]


def test_nothing_piles_up_before_a_viewer_has_read_its_first_run() -> None:
    """A page that is busy while images come would show each of them, ever later."""
    slow = Slow()
    slow.viewer.grant(100 * PAGE_BYTES, 1)  # it will say what it has dealt with
    for number in (4, 5, 6):
        slow.viewer.begin(done_run(number))
    assert slow.news() == ["4a", "4b", "4c", "4!", "5>6"]
    slow.viewer.grant(0, 4)
    assert slow.news() == ["6a", "6b", "6c", "6!"]


def test_a_viewer_that_reads_nothing_waits_for_nothing_but_the_newest() -> None:
    slow = Slow()
    for number in range(1, 5):
        slow.viewer.begin(done_run(number))
    assert slow.news() == ["1>2", "2>3", "3>4"]
    assert slow.viewer.holds() == {4}


def test_a_whole_coarse_picture_is_enough_to_go_on_to_the_newest() -> None:
    slow = Slow(first_light=True, then=(m.Part(),))
    light = TILES * (4 * 4 + 8)
    for number in (1, 2):
        run = done_run(number)
        for layer in LAYERS:
            coarse = (page_level(TILES, EDGE, EDGE, 1), np.zeros((4, 8), np.uint8))
            full = run.results[layer]
            run.results[layer] = LayerResult(
                layer, full.axes, TILES, EDGE, EDGE, full.ranges, {}, {**full.pixels, 1: coarse}
            )
        slow.viewer.begin(run)
        slow.viewer.grant(light)
    assert slow.news() == ["1a", "1b"]
    slow.viewer.begin(done_run(3))
    assert slow.news() == ["2>3"]
    slow.viewer.grant(light)
    assert slow.news() == ["1c", "1>3"]


def test_a_run_that_is_no_longer_kept_gives_way() -> None:
    slow = after_one_that_was_superseded()
    slow.viewer.begin(done_run(4))
    slow.read(1)
    assert slow.news() == ["3b"]
    slow.viewer.kept((4,))
    slow.read(1)
    assert slow.news() == ["3>4", "4a"]


def test_a_network_published_anew_ends_what_was_of_the_old_one() -> None:
    slow = Slow()
    for number in (1, 2):
        slow.viewer.begin(done_run(number))
        slow.read(1)
    assert slow.news() == ["1a", "1b"]
    slow.viewer.restart("main", plan(m.Request(), {"c": SHAPES["c"]}))
    slow.read(1)
    assert slow.news() == ["1>2", "2c", "2!"]


def test_levels_that_a_layer_turns_out_not_to_have_are_its_coarsest() -> None:
    slow = Slow(layers=("a",), levels=(3,))
    run = done_run(1)
    one = np.zeros((1, 2), np.uint8)
    run.results["a"] = LayerResult(
        "a", (), TILES, 1, 1, np.zeros((TILES, 2), np.float32), {}, {0: (page_level(2, 1, 1), one)}
    )
    slow.viewer.begin(run)
    slow.read(1)
    assert slow.news() == ["1a", "1!"]
    assert slow.wanted == []


def test_parts_that_ask_for_nothing_hold_up_none() -> None:
    slow = Slow(layers=(), then=(m.Part(levels=()), m.Part()))
    run = done_run(1)
    run.state = "running"
    slow.viewer.begin(run)
    slow.read(1)
    assert slow.news() == ["1a"]


def test_a_request_anew_sends_nothing_twice_and_goes_on_with_the_run_it_is_at() -> None:
    slow = Slow()
    for number in (1, 2):
        slow.viewer.begin(newest := done_run(number))
        slow.read(1)
    assert slow.news() == ["1a", "1b"]
    slow.request(newest, layers=("c", "a"))
    slow.read(2)
    assert slow.news() == ["1c", "1!", "2c"]


def test_missing_levels_are_asked_for_and_hold_up_no_others() -> None:
    slow = Slow(levels=(1,), then=(m.Part(),))
    run = done_run(1)
    full = run.results["b"]
    coarse = (page_level(TILES, EDGE, EDGE, 1), np.zeros((4, 8), np.uint8))
    with_coarse = LayerResult(
        "b", full.axes, TILES, EDGE, EDGE, full.ranges, {}, {**full.pixels, 1: coarse}
    )
    run.results["b"] = with_coarse
    slow.viewer.begin(run)
    slow.read(6)
    assert slow.news() == ["1b"]
    assert set(slow.wanted) == {("a", (1,)), ("c", (1,))}


def test_a_viewer_says_when_it_has_come_to_the_end_of_a_run() -> None:
    """Then nobody may hold the run before any more."""
    slow = Slow()
    slow.viewer.begin(done_run(1))
    ends = [slow.viewer.grant(PAGE_BYTES) for _ in LAYERS]
    assert ends == [False, False, True] and slow.news()[-1] == "1!"


def test_what_a_failed_run_came_to_is_sent_before_its_failure() -> None:
    slow = Slow()
    run = done_run(1)
    del run.results["c"]
    run.state = "failed"
    slow.viewer.begin(run)
    slow.read(1)
    assert slow.news() == ["1a"]
    slow.read(1)
    assert slow.news() == ["1b", "1x"]
    slow.read(1)
    assert slow.news() == []
