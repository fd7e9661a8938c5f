"""The shared document: what may be written, who wins, and who holds what for how long."""

from __future__ import annotations

import math
from typing import Any

import pytest

from layerwalk.errors import InvalidChange, Leased, UnknownLayer, UnknownPicture
from layerwalk.session.document import (
    MAX_BOOKMARKS,
    MAX_LEASES_PER_VIEWER,
    MAX_NAME_CHARACTERS,
    Document,
)

BLOCK = ("expanded", "main", "layer1")
STATION = ("stations", "main", "layer1.0.conv1")
PLACE = {"link": "#layer=conv1", "note": ""}
MOVED = {"position_m": [1.0, 0.0, 2.0], "rotation": [0.0, 0.0, 0.0, 1.0], "scale": 1.5}


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def document(clock: Clock) -> Document:
    document = Document(clock=clock)
    stations = ["conv1", *(f"layer{i}.0.conv1" for i in range(70))]
    document.know("main", blocks=["layer1", "layer2"], stations=stations)
    return document


def test_changes_are_numbered_and_can_be_removed(document: Document) -> None:
    assert document.change("a", 0, BLOCK, True) == (1, BLOCK, True)
    assert document.change("a", 1, STATION, MOVED) == (2, STATION, MOVED)
    assert document.get("stations", "main") == {"layer1.0.conv1": MOVED}
    assert document.change("a", 2, BLOCK, None) == (3, BLOCK, None)
    assert document.tree()["expanded"] == {"main": {}}
    assert document.revision == 3


def test_all_stations_are_put_back_at_once_and_brought_there_again(document: Document) -> None:
    document.change("a", 0, STATION, MOVED)
    document.change("a", 0, ("stations", "main", "conv1"), MOVED | {"scale": 2})
    before = document.get("stations", "main")
    assert document.change("a", 2, ("stations", "main"), None) == (3, ("stations", "main"), None)
    assert document.get(*STATION) is None
    assert document.change("a", 3, ("stations", "main"), {}) is None, "none moved is none moved"
    assert document.change("a", 3, ("stations", "main"), before) is not None
    assert document.get("stations", "main") == before


def test_stations_are_written_whole_or_not_at_all(document: Document) -> None:
    document.change("a", 0, STATION, MOVED)
    before = document.tree()
    for refused in (
        {"conv1": MOVED, "nowhere": MOVED},
        {"conv1": MOVED | {"scale": 0}},
        {"conv1": None},
        {1: MOVED},
        [MOVED],
        True,
    ):
        with pytest.raises((InvalidChange, UnknownLayer)):
            document.change("a", 1, ("stations", "main"), refused)
    with pytest.raises(UnknownPicture, match="nowhere"):
        document.change("a", 1, ("stations", "nowhere"), None)
    assert document.tree() == before


def test_stations_are_hidden_and_pinned_and_all_shown_again(document: Document) -> None:
    for what in ("hidden", "pinned"):
        changed = document.change("a", 0, (what, "main", "conv1"), True)
        assert changed is not None
        assert document.get(what, "main") == {"conv1": True}
        assert document.change("a", 0, (what, "main", "conv1"), True) is None
        assert document.change("a", 0, (what, "main", "conv1"), False) is not None
        assert document.get(what, "main") == {}
        document.change("a", 0, (what, "main"), {"conv1": True, "layer1.0.conv1": False})
        assert document.get(what, "main") == {"conv1": True}
        assert document.change("a", 0, (what, "main"), None) is not None
        assert document.get(what, "main") is None
        with pytest.raises(InvalidChange, match=what):
            document.change("a", 0, (what, "main", "conv1"), MOVED)


def test_what_is_pinned_stays(document: Document) -> None:
    other = ("stations", "main", "conv1")
    document.change("a", 0, STATION, MOVED)
    document.change("a", 0, other, MOVED)
    document.change("a", 0, ("pinned", *STATION[1:]), True)
    for value in (None, MOVED | {"scale": 2.0}):
        with pytest.raises(InvalidChange, match=r"layer1\.0\.conv1 is pinned"):
            document.change("b", 1, STATION, value)
    document.change("b", 1, ("stations", "main"), None)
    assert document.get("stations", "main") == {STATION[2]: MOVED}
    document.change(
        "b", 1, ("stations", "main"), {"conv1": MOVED, STATION[2]: MOVED | {"scale": 3}}
    )
    assert document.get("stations", "main") == {"conv1": MOVED, STATION[2]: MOVED}
    document.change("b", 1, ("pinned", *STATION[1:]), None)
    assert document.change("b", 1, STATION, None) is not None


def test_leases_are_of_one_place(document: Document) -> None:
    """Who held all stations would hold none: a lease hinders writes to its very place."""
    with pytest.raises(InvalidChange, match="more than one place"):
        document.grab("a", ("stations", "main"), 5)


def test_a_station_in_a_hand_is_not_put_back_with_all(document: Document, clock: Clock) -> None:
    document.change("a", 0, STATION, MOVED)
    document.grab("a", STATION, 5)
    with pytest.raises(Leased, match=r"^layer1\.0\.conv1 is held"):
        document.change("b", 1, ("stations", "main"), None)
    assert document.get(*STATION) == MOVED
    assert document.change("a", 1, ("stations", "main"), None) is not None
    clock.now_s += 6
    document.change("a", 2, STATION, MOVED)
    assert document.change("b", 3, ("stations", "main"), None) is not None


def test_the_last_writer_wins_also_with_a_stale_base(document: Document) -> None:
    document.change("a", 0, STATION, MOVED)
    other = MOVED | {"scale": 2.0}
    changed = document.change("b", 0, STATION, other)
    assert changed is not None
    assert document.get(*STATION) == other


def test_a_base_from_the_future_is_refused(document: Document) -> None:
    with pytest.raises(InvalidChange, match="snapshot"):
        document.change("a", 1, BLOCK, True)


def test_the_same_value_again_is_no_change(document: Document) -> None:
    document.change("a", 0, BLOCK, True)
    assert document.change("b", 1, BLOCK, True) is None
    assert document.revision == 1


def test_a_block_that_is_not_expanded_has_no_entry(document: Document) -> None:
    document.change("a", 0, BLOCK, True)
    document.change("a", 1, BLOCK, False)
    assert document.get("expanded", "main") == {}


def test_a_layout_is_one_of_those_there_are_and_its_spacing_within_bounds(
    document: Document,
) -> None:
    path = ("layout", "main")
    changed = document.change("a", 0, path, {"kind": "tower", "spacing": 2})
    stands = {"kind": "tower", "spacing": 2.0, "tile_gap": 0.085}
    assert changed == (1, path, stands)
    assert document.change("b", 1, path, stands) is None
    wrong = [{"spacing": 0.4}, {"spacing": 3.1}, {"spacing": math.nan}, {"tile_gap": -0.1}]
    for value in (*wrong, {"kind": "cube"}, {"tile_gap": 1.1}, {"tile_gap": math.nan}, 3):
        with pytest.raises(InvalidChange, match="value of layout/main"):
            document.change("a", 1, path, value)
    with pytest.raises(UnknownPicture, match="nearest: 'main'"):
        document.change("a", 1, ("layout", "mian"), {"kind": "tower"})
    assert document.change("a", 1, path, None) == (2, path, None)


def test_many_blocks_open_and_close_in_one_change(document: Document) -> None:
    both = {"layer1": True, "layer2": True}
    assert document.expand("a", "main", ["layer1", "layer2"]) == (1, ("expanded", "main"), both)
    assert document.expand("b", "main", ["layer2"]) is None
    closed = document.expand("a", "main", ["layer1"], expanded=False)
    assert closed == (2, ("expanded", "main"), {"layer2": True})
    assert document.get("expanded", "main") == {"layer2": True}
    assert document.expand("a", "main", ["layer2"], expanded=False) == (3, ("expanded", "main"), {})


def test_blocks_open_all_or_none(document: Document) -> None:
    """One that is not there, or that another viewer holds, keeps the others closed too."""
    with pytest.raises(UnknownLayer, match="'layr2' is not in main; nearest: 'layer2'"):
        document.expand("a", "main", ["layer1", "layr2"])
    with pytest.raises(UnknownPicture, match="nearest: 'main'"):
        document.expand("a", "mian", [])
    document.grab("b", ("expanded", "main", "layer2"), 5.0)
    with pytest.raises(Leased, match=r"^layer2 is held by another viewer"):
        document.expand("a", "main", ["layer1", "layer2"])
    assert document.revision == 0
    assert document.get("expanded", "main") is None
    assert document.expand("b", "main", ["layer1", "layer2"]) is not None


def test_what_is_read_is_a_copy(document: Document) -> None:
    document.change("a", 0, STATION, MOVED)
    document.tree()["stations"].clear()
    document.get("stations", "main")["layer1.0.conv1"]["scale"] = 7.0
    assert document.get(*STATION) == MOVED


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("expanded",),
        ("expanded", "main"),
        ("expanded", "main", "layer1", "deeper"),
        ("networks", "main"),
        ("inputs", "main", "input"),
        ("layout", "main", "kind"),
        ("bookmarks",),
        ("nonsense", "main", "layer1"),
    ],
)
def test_other_paths_cannot_be_written(document: Document, path: tuple[str, ...]) -> None:
    before = document.tree()
    with pytest.raises(InvalidChange, match="cannot be written"):
        document.change("a", 0, path, True)
    assert document.tree() == before


@pytest.mark.parametrize(
    ("path", "error", "names"),
    [
        (("expanded", "main", "layr1"), UnknownLayer, "'layr1' is not in main; nearest: 'layer1'"),
        (("stations", "main", "layer1.0.conv"), UnknownLayer, "nearest: 'layer1.0.conv1'"),
        (("expanded", "mian", "layer1"), UnknownPicture, "nearest: 'main'"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(
    document: Document, path: tuple[str, ...], error: type[Exception], names: str
) -> None:
    with pytest.raises(error, match=names):
        document.change("a", 0, path, None)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (BLOCK, 1),
        (BLOCK, "true"),
        (STATION, True),
        (STATION, {"rotation": [0, 0, 0, 1]}),
        (STATION, MOVED | {"position_m": [0, 0]}),
        (STATION, MOVED | {"position_m": [0, 0, float("nan")]}),
        (STATION, MOVED | {"position_m": [0, 0, 1e9]}),
        (STATION, MOVED | {"rotation": [0, 0, 0, 0]}),
        (STATION, MOVED | {"rotation": [1e308, 1e308, 1e308, 1e308]}),
        (STATION, MOVED | {"scale": 0}),
        (STATION, MOVED | {"scale": float("inf")}),
        (("bookmarks", "here"), "#layer=conv1"),
        (("bookmarks", "here"), {"note": "without a place"}),
        (("bookmarks", "here"), PLACE | {"link": "x" * 2001}),
        (("bookmarks", "here"), PLACE | {"note": "x" * 1001}),
        (("bookmarks", "here"), PLACE | {"order": -1}),
        (("bookmarks", "here"), PLACE | {"order": 1.5}),
        (("bookmarks", ""), PLACE),
        (("bookmarks", "x" * (MAX_NAME_CHARACTERS + 1)), PLACE),
    ],
)
def test_values_that_do_not_fit_are_refused(
    document: Document, path: tuple[str, ...], value: Any
) -> None:
    with pytest.raises(InvalidChange):
        document.change("a", 0, path, value)
    assert document.revision == 0


def test_rotations_are_made_unit_quaternions(document: Document) -> None:
    document.change("a", 0, STATION, MOVED | {"rotation": [0, 2, 0, 0]})
    assert document.get(*STATION)["rotation"] == [0.0, 1.0, 0.0, 0.0]


def test_bookmarks_are_bounded_but_can_be_rewritten_and_removed(document: Document) -> None:
    for index in range(MAX_BOOKMARKS):
        document.change("a", index, ("bookmarks", str(index)), PLACE)
    with pytest.raises(InvalidChange, match="remove one"):
        document.change("a", 0, ("bookmarks", "one more"), PLACE)
    document.change("a", 0, ("bookmarks", "7"), PLACE | {"note": "new"})
    document.change("a", 0, ("bookmarks", "8"), None)
    document.change("a", 0, ("bookmarks", "one more"), PLACE)
    assert len(document.get("bookmarks")) == MAX_BOOKMARKS
    assert document.get("bookmarks", "7") == PLACE | {"note": "new", "order": 0}


def test_a_lease_keeps_others_away_until_it_expires(document: Document, clock: Clock) -> None:
    document.grab("a", STATION, 5.0)
    document.change("a", 0, STATION, MOVED)
    with pytest.raises(Leased, match=r"5\.0 s"):
        document.change("b", 1, STATION, None)
    with pytest.raises(Leased):
        document.grab("b", STATION, 1.0)
    document.change("b", 1, BLOCK, True)  # only that place is held
    clock.now_s += 4.0
    document.grab("a", STATION, 5.0)  # renewed
    clock.now_s += 4.0
    with pytest.raises(Leased):
        document.change("b", 2, STATION, None)
    clock.now_s += 1.0
    assert document.change("b", 2, STATION, None) is not None


def test_a_lease_is_given_back_at_will_and_when_its_viewer_leaves(document: Document) -> None:
    document.grab("a", STATION, 30.0)
    document.grab("a", STATION, 0.0)
    document.grab("b", STATION, 30.0)
    document.grab("b", BLOCK, 30.0)
    document.release("b")
    document.change("a", 0, STATION, MOVED)
    document.change("a", 1, BLOCK, True)


def test_leases_are_bounded(document: Document) -> None:
    for index in range(MAX_LEASES_PER_VIEWER):
        document.grab("a", ("stations", "main", f"layer{index}.0.conv1"), 30.0)
    with pytest.raises(InvalidChange, match="at most"):
        document.grab("a", BLOCK, 30.0)
    document.grab("b", BLOCK, 30.0)
    for seconds in (-1.0, 31.0, float("nan")):
        with pytest.raises(InvalidChange):
            document.grab("b", BLOCK, seconds)
