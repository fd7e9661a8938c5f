"""The spiral and the tower: made of the corridor, nothing overlaps, and all stands in order."""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerwalk.layout import layout
from layerwalk.layout.linear import corridor
from layerwalk.layout.measures import WALL_YAW
from layerwalk.layout.spiral import LOOSER, Aisle
from layerwalk.network import Network
from layerwalk.room import Layout, Room, Station, Wall

from .rooms import NETWORKS, Point, apart, corners, expansions, traced, walls_of
from .test_layout import branching_networks, check, networks

KINDS = ("spiral", "tower")
SPACINGS = st.floats(0.5, 3)
FARTHEST_M = 20_000.0


def laid_out(network: Network, kind: str, spacing: float = 1.0, how: str = "initial") -> Room:
    form = Layout(kind, spacing)  # type: ignore[arg-type]
    return layout(network, expansions(network)[how], form=form, class_names=["a"] * 1000)


def corridor_of(network: Network, kind: str, spacing: float = 1.0, how: str = "initial") -> Room:
    """The corridor that a layout is made of."""
    apart = {"linear": spacing, "spiral": LOOSER * spacing, "tower": 1.0}[kind]
    expanded = expansions(network)[how]
    return corridor(network, expanded, class_names=["a"] * 1000, spacing=apart)


def standing(room: Room) -> list[tuple[str, Wall]]:
    """All walls by what they belong to; photograph, shelf and board stand as walls do."""
    found = [(station.key, wall) for station, wall in walls_of(room)]
    for name in ("photograph", "shelf", "board"):
        at = getattr(room, name)
        found.append((name, Wall("", 1, at.position_m, at.yaw_rad, at.width_m, at.height_m, ())))
    return found


def check_apart(room: Room) -> None:
    walls = [(key, wall, corners(wall)) for key, wall in standing(room)]
    for k, (key, wall, shape) in enumerate(walls):
        low, high = wall.position_m[1], wall.position_m[1] + wall.height_m
        for other, beside, other_shape in walls[k + 1 :]:
            bottom = beside.position_m[1]
            over = bottom >= high or bottom + beside.height_m <= low
            assert other == key or over or apart(shape, other_shape), (key, other)


def check_same_stations(room: Room, home: Room) -> None:
    """Each station of the corridor, in its order, with its walls as they are there."""

    def inside(station: Station) -> Station:
        walls = tuple(
            msgspec.structs.replace(wall, position_m=(0.0, 0.0, 0.0), yaw_rad=0.0)
            for wall in station.walls
        )
        fields = {"walls": walls, "origin_m": (0.0, 0.0, 0.0), "yaw_rad": 0.0}
        return msgspec.structs.replace(station, **fields)

    assert [inside(one) for one in room.stations] == [inside(one) for one in home.stations]
    assert room.marks == home.marks
    assert room.end_m == home.end_m


def numbers(value: object) -> list[float]:
    """Every number within plain data."""
    if isinstance(value, dict):
        return [n for one in value.values() for n in numbers(one)]
    if isinstance(value, list | tuple):
        return [n for one in value for n in numbers(one)]
    return [float(value)] if isinstance(value, int | float) else []


def check_bounded(room: Room) -> None:
    assert all(abs(n) < FARTHEST_M for n in numbers(msgspec.to_builtins(room)))


def check_way(room: Room) -> None:
    """From the start to the end, deeper and deeper."""
    depths = [point.z_m for point in room.way]
    assert all(a > b for a, b in pairwise(depths))
    assert room.way[0].position_m == room.start.position_m
    assert depths[-1] == pytest.approx(room.end_m)


def check_home(room: Room) -> None:
    """A wall that stands alone is turned to its station's frame as in every other layout."""
    for station in room.stations:
        if len(station.walls) == 1:
            turn = abs(station.walls[0].yaw_rad - station.yaw_rad)
            assert turn == pytest.approx(math.radians(52))
            x, _, z = station.walls[0].position_m
            assert (station.origin_m[0], station.origin_m[2]) == pytest.approx((x, z))


def check_texts(room: Room) -> None:
    """What is written of a station stands just before one of its walls, and turned as it is."""
    walls: dict[str, list[Wall]] = {}
    for station, wall in walls_of(room):
        walls.setdefault(station.key, []).append(wall)
    for text in room.texts:
        if text.kind != "wall" or not text.station:
            continue
        x, y, z = text.position_m

        def before(wall: Wall, x: float = x, z: float = z) -> tuple[float, float]:
            sin, cos = math.sin(wall.yaw_rad), math.cos(wall.yaw_rad)
            dx, dz = x - wall.position_m[0], z - wall.position_m[2]
            return dx * cos - dz * sin, dx * sin + dz * cos

        assert any(
            abs(along) <= wall.width_m / 2 and front == pytest.approx(0.02)
            for wall in walls[text.station]
            for along, front in [before(wall)]
            if wall.yaw_rad == pytest.approx(text.yaw_rad)
            and wall.position_m[1] <= y <= wall.position_m[1] + wall.height_m
        ), text


def check_laid_out(room: Room, home: Room) -> None:
    check_same_stations(room, home)
    check_apart(room)
    check_bounded(room)
    check_way(room)
    check_home(room)
    check_texts(room)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["initial", "all", "none"])
@pytest.mark.parametrize("name", NETWORKS)
def test_traced_network(name: str, how: str, kind: str) -> None:
    network = traced(name)
    check_laid_out(laid_out(network, kind, how=how), corridor_of(network, kind, how=how))


@settings(deadline=None)
@given(st.one_of(networks(), branching_networks()), st.sampled_from(KINDS), SPACINGS)
def test_random_network(network: Network, kind: str, spacing: float) -> None:
    room = laid_out(network, kind, spacing)
    check_laid_out(room, corridor_of(network, kind, spacing))
    assert (room.layout, room.spacing) == (kind, spacing)
    assert laid_out(network, kind, spacing) == room


@settings(deadline=None)
@given(st.one_of(networks(), branching_networks()), SPACINGS)
def test_random_corridor_of_any_spacing(network: Network, spacing: float) -> None:
    check(network, layout(network, form=Layout(spacing=spacing)))


@pytest.mark.parametrize("kind", ["linear", *KINDS])
def test_gaps_between_tiles_move_no_wall(kind: str) -> None:
    usual = laid_out(traced("resnet18"), kind)
    form = Layout(kind, tile_gap=0.5)  # type: ignore[arg-type]
    expanded = expansions(traced("resnet18"))["initial"]
    wide = layout(traced("resnet18"), expanded, form=form, class_names=["a"] * 1000)
    assert (usual.tile_gap, wide.tile_gap) == (0.085, 0.5)
    assert msgspec.structs.replace(wide, tile_gap=0.085) == usual


@pytest.mark.parametrize("kind", ["linear", *KINDS])
def test_wider_spacing_takes_more_room(kind: str) -> None:
    def span(spacing: float) -> float:
        walls = [
            wall.position_m for _, wall in walls_of(laid_out(traced("resnet18"), kind, spacing))
        ]
        return math.prod(max(c) - min(c) + 1 for c in zip(*walls, strict=True))

    sizes = [span(spacing) for spacing in (0.5, 0.8, 1.0, 1.6, 3.0)]
    assert all(b > 1.02 * a for a, b in pairwise(sizes)), sizes


def test_the_linear_layout_is_the_corridor_bit_for_bit() -> None:
    network = traced("resnet50")
    assert msgspec.msgpack.encode(layout(network)) == msgspec.msgpack.encode(corridor(network))
    assert layout(network).way == ()


@pytest.mark.parametrize("name", ["resnet50", "googlenet", "densenet121"])
def test_the_tower_is_about_as_wide_as_high(name: str) -> None:
    room = laid_out(traced(name), "tower")
    walls = [wall for _, wall in standing(room)]
    width = max(w.position_m[0] + w.width_m / 2 for w in walls)
    width -= min(w.position_m[0] - w.width_m / 2 for w in walls)
    height = max(w.position_m[1] + w.height_m for w in walls)
    assert 0.8 < width / height < 2
    assert {wall.yaw_rad for wall in walls} == {0.0}
    assert len({wall.position_m[2] for wall in walls if wall.layer}) == 1


def test_the_tower_is_read_as_a_page_from_the_floor_up() -> None:
    room = laid_out(traced("googlenet"), "tower")
    places = [(w.position_m[1], w.position_m[0]) for _, w in walls_of(room)]
    assert places == sorted(places)
    assert (room.photograph.position_m[1], room.photograph.position_m[0]) < places[0]
    assert room.board.position_m[1] > places[-1][0] - 0.1


def test_rows_of_the_tower_begin_with_a_name() -> None:
    room = laid_out(traced("resnet50"), "tower")
    floors = sorted({round(w.position_m[1], 6) for _, w in walls_of(room)})
    for floor in floors[1:]:
        left = min(
            w.position_m[0] - w.width_m / 2
            for _, w in walls_of(room)
            if w.position_m[1] == pytest.approx(floor)
        )
        names = [t for t in room.texts if t.kind == "block" and floor < t.position_m[1] < floor + 4]
        assert any(t.position_m[0] == pytest.approx(left) for t in names)


@pytest.mark.parametrize("name", ["resnet50", "googlenet"])
def test_paths_of_the_tower_end_over_their_stations(name: str) -> None:
    room = laid_out(traced(name), "tower")
    stations = {station.key: station for station in room.stations}
    assert room.tubes
    for tube in room.tubes:
        for key, point in ((tube.source, tube.points_m[0]), (tube.target, tube.points_m[-1])):
            assert point[0] == pytest.approx(stations[key].origin_m[0])
            assert 3.3 <= point[1] - stations[key].origin_m[1] < 4
        assert max(y for _, y, _ in tube.points_m) - tube.points_m[0][1] < 1.8


@given(st.floats(4, 60), st.floats(3, 60), st.floats(-4, 2000))
def test_turns_of_the_spiral_are_equally_far_apart(
    radius: float, pitch: float, along: float
) -> None:
    aisle = Aisle(radius, pitch)

    def depth_at(turn: float) -> float:
        return -4.0 - (radius * turn + pitch / (4 * math.pi) * turn * turn)

    turn = aisle.heading(-4.0 - max(0.0, along))
    here, there = aisle.at(depth_at(turn)), aisle.at(depth_at(turn + 2 * math.pi))
    sideways = (math.cos(turn), -math.sin(turn))
    across = (there[0] - here[0]) * sideways[0] + (there[2] - here[2]) * sideways[1]
    assert across == pytest.approx(pitch, rel=1e-6)


def test_the_spiral_begins_as_the_corridor() -> None:
    network = traced("resnet18")
    spiral, home = laid_out(network, "spiral"), layout(network, class_names=["a"] * 1000)
    assert spiral.start == home.start
    assert spiral.photograph.position_m == pytest.approx(home.photograph.position_m, abs=0.5)


@pytest.mark.parametrize("name", ["resnet50", "googlenet", "densenet121"])
def test_paths_of_the_spiral_stay_with_its_stations(name: str) -> None:
    """Tubes end where they do in the corridor, seen from their stations."""
    network = traced(name)
    room = laid_out(network, "spiral", how="all")
    home = corridor_of(network, "spiral", how="all")
    at_home = {station.key: station for station in home.stations}
    for station in room.stations:
        turned = station.yaw_rad
        ends = [t.points_m[-1] for t in room.tubes if t.target == station.key and t.kind != "rail"]
        were = [t.points_m[-1] for t in home.tubes if t.target == station.key and t.kind != "rail"]
        for end, was in zip(ends, were, strict=True):
            dx, dz = end[0] - station.origin_m[0], end[2] - station.origin_m[2]
            x = dx * math.cos(turned) - dz * math.sin(turned)
            z = dx * math.sin(turned) + dz * math.cos(turned)
            origin = at_home[station.key].origin_m
            assert (x, end[1]) == pytest.approx((was[0] - origin[0], was[1]), abs=0.02)
            assert z == pytest.approx(was[2] - origin[2], abs=0.02)


def sight_of(wall: Wall) -> list[Point]:
    """What is between a wall and who looks at it from the aisle of a corridor, or as far away."""
    aside = 1.6 + wall.width_m / 2 * math.cos(WALL_YAW)
    away = max(2.75, min((aside + 1.3) / math.sin(WALL_YAW), 1.15 * wall.width_m))
    x, _, z = wall.position_m
    sin, cos = math.sin(wall.yaw_rad), math.cos(wall.yaw_rad)
    a, b, *_ = corners(wall)
    edges = [(px + 0.05 * sin, pz + 0.05 * cos) for px, pz in (a, b)]
    return [*edges, (x + sin * away, z + cos * away)]


def hidden(room: Room) -> set[tuple[str, int]]:
    """Walls that others stand before."""
    walls = [(station.key, wall, corners(wall)) for station, wall in walls_of(room)]
    return {
        (key, wall.side)
        for key, wall, _ in walls
        if not all(other == key or apart(sight_of(wall), shape) for other, _, shape in walls)
    }


@pytest.mark.parametrize("name", ["resnet50", "googlenet", "efficientnet-lite0", "densenet121"])
def test_no_wall_of_the_spiral_stands_before_another(name: str) -> None:
    network = traced(name)
    assert hidden(laid_out(network, "spiral")) <= hidden(layout(network))


def test_an_empty_network_has_every_layout() -> None:
    empty = Network("empty", (), (), ())
    for kind in KINDS:
        room = layout(empty, form=Layout(kind))  # type: ignore[arg-type]
        check_apart(room)
        check_way(room)
