"""Writes what is generated from the protocol's messages: `python -m layerwalk.protocol.generate`.

With `--check`, writes nothing, and exits with 1 if a file is not as it should be.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from layerwalk.protocol.generate import csharp
from layerwalk.protocol.generate.markdown import markdown
from layerwalk.protocol.generate.typescript import typescript

CHECKOUT = Path(__file__).resolve().parents[4]
CSHARP = "unity_project/Assets/Layerwalk/Protocol/Generated"


def generated() -> dict[str, str]:
    """What every generated file should hold, by its path in the checkout."""
    return {
        "python_bridge/web_viewer/src/generated/protocol.ts": typescript(),
        "docs/protocol.md": markdown(),
        f"{CSHARP}/Messages.cs": csharp.messages(),
        f"{CSHARP}/WireFormat.cs": csharp.wire(),
    }


def stale(checkout: Path) -> list[str]:
    """Paths of the generated files that are missing or hold something else."""

    def read(path: Path) -> str | None:
        return path.read_text("utf-8") if path.is_file() else None

    return [path for path, text in generated().items() if read(checkout / path) != text]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m layerwalk.protocol.generate")
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--checkout", type=Path, default=CHECKOUT, help="root of the repository")
    options = parser.parse_args()
    paths = stale(options.checkout)
    if options.check:
        for path in paths:
            sys.stdout.write(f"{path} is stale; run python -m layerwalk.protocol.generate\n")
        return 1 if paths else 0
    for path in paths:
        (options.checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (options.checkout / path).write_text(generated()[path], "utf-8", newline="\n")
        sys.stdout.write(f"wrote {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
