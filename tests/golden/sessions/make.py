"""Writes the golden session: a `.layerwalk` file of the version that this layerwalk writes.

    python tests/golden/sessions/make.py

Files of former versions stay beside it: they must open for ever.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from golden_messages import recorded

from layerwalk.images import encode_png
from layerwalk.kept import (
    MAJOR,
    MINOR,
    SUFFIX,
    KeptPicture,
    KeptSession,
    NetworkReference,
    Recording,
    write_session,
)

HERE = Path(__file__).parent
GREY = np.arange(6 * 8 * 3, dtype=np.uint8).reshape(6, 8, 3)


def session() -> KeptSession:
    """One of everything that a session can hold."""
    return KeptSession(
        network=NetworkReference(
            title="Sequential",
            source="models.py:small",
            weights="none",
            weights_used="random",
            input_size=(16, 16),
            structure="0" * 64,
            layers=4,
        ),
        document={
            "layout": {"main": {"kind": "tower", "spacing": 1.5}},
            "expanded": {"main": {"0": True}},
            "stations": {
                "main": {
                    "0.0": {"position_m": [1.0, 0.0, -2.0], "rotation": [0, 0, 0, 1], "scale": 2.0}
                }
            },
            "hidden": {"main": {"0.1": True}},
            "pinned": {"main": {"0.0": True}},
            "bookmarks": {"my place": {"link": "#layer=0.0", "note": "", "order": 0}},
            "of a newer layerwalk": {"any": ["thing", 1, None]},
        },
        pictures=(
            KeptPicture("cat", "cat.png", encode_png(GREY)),
            KeptPicture("placed", "dropped", encode_png(GREY[::-1])),
        ),
        placed="placed",
        settings={"link": "#layer=0.0", "normalization": "channel"},
        recording=Recording(recorded()),
        layerwalk="0.1.0",
    )


if __name__ == "__main__":
    write_session(session(), HERE / f"{MAJOR}.{MINOR}{SUFFIX}")
