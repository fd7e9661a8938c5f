"""A bridge that serves other machines too, by CURVE; otherwise as bridge.py.

Prints `bridge ENDPOINT SERVER-KEY TOKEN`, and obeys the same commands.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import torch
from bridge import Small, obey

import layerwalk


def main() -> None:
    """Serves until standard input ends."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        options = {"host": "0.0.0.0", "curve_key": Path(folder) / "key"}
        with layerwalk.serve(Small().eval(), torch.zeros(1, 3, 64, 64), **options) as bridge:
            access = {"server_key": bridge.server_key, "token": bridge.token}
            with layerwalk.connect(bridge.endpoint, **access) as client:
                print("bridge", bridge.endpoint, *access.values(), flush=True)
                for line in sys.stdin:
                    obey(client, *line.split())
                    print("done", flush=True)


if __name__ == "__main__":
    main()
