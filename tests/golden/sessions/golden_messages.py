"""The messages of the golden session's recording: those of the golden protocol, as they are."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "protocol"
ORDER = (
    "welcome", "network_published", "room_published", "picture_data",
    "input_placed", "pages", "prediction", "complete",
)  # fmt: skip


def recorded() -> tuple[bytes, ...]:
    """One of each kind, in the order of a recording."""
    return tuple((FOLDER / f"{name}.bin").read_bytes() for name in ORDER)
