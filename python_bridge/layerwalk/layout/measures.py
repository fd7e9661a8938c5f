"""Metres and colours of the room, as the art direction states them. One place for each number."""

from __future__ import annotations

import math

from layerwalk.room import TILE_GAP

# ---------------------------------------------------------------- walls
WALL_YAW = math.radians(52)  # from square-on; left walls turn by +, right walls by -
INNER_EDGE = 1.6  # from the axis to a wall's inner edge
WALL_HEIGHT = 3.25
WALL_FOOT = 0.06  # gap between floor and wall
WALL_MARGIN = 0.44  # tiles to both edges, together
MINIMUM_WALL = 1.5
COMFORTABLE_WALL = 4.6  # wider walls shrink their tiles first
SMALLEST_SCALE = 0.5
FIELD_CENTRE = 1.58  # height of the tiles' centre above the floor
FIELD_HEIGHT = 2.36
PITCH = 1 + TILE_GAP  # of a tile's edge, as it is usually

# ---------------------------------------------------------------- along the aisle
MINIMUM_SPACING = 2.1
BAY_GAP = 1.8
ROOM_GAP = 4.2
FIRST_Z = -3.0
BOARD_GAP = 5.0
PAGE_GAP = 0.14  # pages of a closed book
MOST_PAGES = 24
BRANCH_GAP = 0.9  # extra before a branch's first wall
MOST_STRETCH = 1.35

# ---------------------------------------------------------------- signs
NAME_Y = 3.09
SECOND_LINE_Y = 2.89
NAME_CAP = 0.10
NOTE_CAP = 0.075
GATE_HALF_WIDTH = INNER_EDGE + 0.3
GATE_HEIGHT = 3.62
GATE_HEIGHT_OVER_RAIL = 4.3
FIELD_WIDTH = 2.96
OUTER_FIELD_WIDTH = 3.1

# ---------------------------------------------------------------- overhead
ARC_Y = 3.42
LANE_Y = 3.86
RAIL_Y = 3.92
JOIN_Y = 3.46
CAPITAL_Y = WALL_FOOT + WALL_HEIGHT + 0.02  # small bar on a wall's top, where a tube starts
TOUCH_X = 1.57  # where floor lines touch inner edges
LANE_X = 1.05  # where a branch runs on the floor
WAIT_X = 0.5  # where the split line waits
RAIL_X = -0.42
MOST_STRANDS = 48
MOST_EDGES_AS_ARCS = 4

# ---------------------------------------------------------------- colours
TEXT = "#efe9df"
SECOND = "#9aa3b5"
THIRD = "#7e879b"
INK = "#10141f"  # on coloured discs and squares
FORWARD = "#f3e6cf"
ADDED = "#5fd6c4"
JOINED = "#b7a2ff"
STRAND_OLD, STRAND_NEW = "#62579c", "#dcd2ff"
BRANCHES = ("#6cb8f5", "#ffa3b5", "#c3e07c", "#f2b661")
LINE = "#4a5268"
WALL = "#171c29"
WALL_BACK = "#0b0e17"
PAGE_EDGE_SEQUENTIAL = "#4c4596"
PAGE_EDGE_DIVERGING = "#2769ad"
SIGNED_BAR = "#6f7686"


def spacing(width_m: float) -> float:
    """Distance from the previous station to one whose walls are this wide."""
    return max(MINIMUM_SPACING, 0.68 * width_m + 0.55)


def branch_colour(number: int) -> str:
    """Colour of branch `number`, from 1; repeats, so it never goes without its number."""
    return BRANCHES[(number - 1) % len(BRANCHES)]


def strand_colour(age: float) -> str:
    """Colour of a rail's strand; `age` from 0 (oldest) to 1 (newest)."""
    old, new = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (STRAND_OLD, STRAND_NEW))
    return "#" + "".join(f"{round(a + (b - a) * age):02x}" for a, b in zip(old, new, strict=True))
