"""Compiles the assemblies of the Unity project with mono, and runs their tests.

    python tests/unity/build.py                      all of them; ends with the number of tests
    python tests/unity/build.py --only Protocol      tests in folders and files of that beginning
    python tests/unity/build.py --only Curve --run Layerwalk.Tests.CurveTests
    python tests/unity/build.py --only Protocol --up-to Layerwalk.Protocol
    python tests/unity/build.py --only EngineTests --up-to UnityEngine    of the engine's double
    python tests/unity/build.py --only EditorTests                        of the editor's scripts
    python tests/unity/build.py --output FOLDER   beside others who build in this checkout

C# under `unity_project/Assets/Layerwalk/NAME` becomes `Layerwalk.NAME.dll`, in the order that the
asmdef files ask for. Where they need the engine they get its double: `tests/unity/Engine`, which
becomes `UnityEngine.dll`. Those of the editor get another: the same and `tests/unity/EngineEditor`,
as `UnityEditor.dll`; and their tests, `tests/unity/EditorTests`, are an assembly of their own,
`Layerwalk.EditorTests.dll`. All other `tests/unity/**/*.cs` becomes `Layerwalk.Tests.dll`, but a
folder `tests/unity/NAMEProgram` becomes `NAMEProgram.exe`, for tests that need a process of their
own; it may use what of the tests is built beside it. A warning is an error. Every test of Unity's
is one of these files too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ASSETS = CHECKOUT / "unity_project" / "Assets" / "Layerwalk"
TESTS = CHECKOUT / "tests" / "unity"
OUTPUT = CHECKOUT / "tests" / "output" / "unity"
TOOLS = ("mono", "mcs", "nunit-console")
SHARED = "Shared"  # the folder of what all tests use
ENGINE = "UnityEngine"  # the double of its API, one assembly for all of Unity's
EDITOR = "UnityEditor"  # the same with the editor's API; never beside the other
EDITOR_TESTS = "EditorTests"
# What both Debian's mcs and Unity accept; see unity_project/README.md.
COMPILER = "mcs -langversion:7.2 -warn:4 -warnaserror+ -debug+ -optimize+ -nologo".split()
REFERENCES = ("System.dll", "System.Core.dll", "System.Numerics.dll")


class Failed(Exception):
    """What was built or run does not work; the message says what."""


def missing_tools() -> list[str]:
    """Names of the commands that are needed and not there."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def needs() -> dict[str, list[str]]:
    """The doubles and the assemblies that have sources, each with what it refers to."""
    found: dict[str, list[str]] = {ENGINE: [], EDITOR: []}
    for path in sorted(ASSETS.glob("*/*.asmdef")):
        definition = json.loads(path.read_text("utf-8"))
        if not any(path.parent.rglob("*.cs")):
            continue
        double = EDITOR if definition.get("includePlatforms") == ["Editor"] else ENGINE
        engine = [] if definition.get("noEngineReferences") else [double]
        found[definition["name"]] = [*definition.get("references", []), *engine]
    # What has no sources is not there yet; whether it exists at all, test_project.py checks. What
    # is Unity's own is in the double.
    return {name: [each for each in all if each in found] for name, all in found.items()}


def assemblies() -> list[str]:
    """Their names, each after those it refers to."""
    missing = needs()
    ordered: list[str] = []
    while len(ordered) < len(missing):
        rest = [name for name in missing if name not in ordered]
        ready = [name for name in rest if not set(missing[name]) & set(rest)]
        if not ready:
            raise Failed(f"these assemblies refer to each other in a circle: {', '.join(rest)}")
        ordered += ready
    return ordered


def _closure(name: str) -> set[str]:
    """An assembly and all that it needs."""
    return {name}.union(*(_closure(each) for each in needs()[name]))


def build(output: Path = OUTPUT, only: Sequence[str] = (), up_to: str = "") -> list[Path]:
    """Compiles everything into `output`; returns what was built, tests after what they test.

    With `only`, of the tests and programs those whose folder or file begins so; with `up_to`,
    of the assemblies that one and what it refers to. Of the editor and of the player only that
    is built which there are tests or programs for.
    """
    output.mkdir(parents=True, exist_ok=True)
    names = assemblies()
    wanted = _closure(up_to) if up_to in names else set(names)
    of_editor = {name for name in names if EDITOR in _closure(name)}
    tests, programs = _tests(only)
    editor_tests = [test for test in tests if test.is_relative_to(TESTS / EDITOR_TESTS)]
    tests = [test for test in tests if test not in editor_tests]
    built: list[Path] = []
    if tests or programs or not only:
        built = [_assembly(name, output) for name in names if name in wanted - of_editor]
    libraries = list(built)
    target = output / "Layerwalk.Tests.dll"
    fixtures = [_compile(target, tests, [*libraries, _nunit()])] if tests else []
    for folder in programs:  # which may use what is there for tests
        references = [*libraries, *fixtures]
        built.append(_compile(output / f"{folder.name}.exe", folder.rglob("*.cs"), references))
    built += fixtures
    if editor_tests:
        libraries = [_assembly(name, output) for name in names if name in of_editor]
        references = [*libraries, _nunit()]
        target = output / "Layerwalk.EditorTests.dll"
        built += [*libraries, _compile(target, editor_tests, references)]
    return built


def _assembly(name: str, output: Path) -> Path:
    """Compiles a double or an assembly of the project."""
    # Only what its asmdef names, as Unity does.
    references = [output / f"{each}.dll" for each in needs()[name]]
    return _compile(output / f"{name}.dll", _sources(name), references)


def _sources(name: str) -> Iterable[Path]:
    """What a double or an assembly of the project is made of."""
    if name not in (ENGINE, EDITOR):
        return (ASSETS / name.rpartition(".")[2]).rglob("*.cs")
    folders = [TESTS / "Engine", *([TESTS / "EngineEditor"] if name == EDITOR else [])]
    # A file of the editor's stands for the player's of the same place.
    files = {path.relative_to(root): path for root in folders for path in root.rglob("*.cs")}
    return files.values()


def _tests(only: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The sources of the tests, and the folders of the programs."""
    programs = sorted(TESTS.glob("*Program"))
    apart = [*programs, TESTS / "Engine", TESTS / "EngineEditor"]
    tests = [
        source
        for source in sorted(TESTS.rglob("*.cs"))
        if not any(source.is_relative_to(folder) for folder in apart)
    ]
    if only:
        prefixes = (SHARED, *only)
        tests = [t for t in tests if t.relative_to(TESTS).parts[0].startswith(prefixes)]
        programs = [folder for folder in programs if folder.name.startswith(prefixes)]
    return tests, programs


def _compile(target: Path, sources: Iterable[Path], references: Iterable[str | Path]) -> Path:
    kind = "library" if target.suffix == ".dll" else "exe"
    command = [
        *COMPILER,
        f"-target:{kind}",
        f"-out:{target}",
        *(f"-r:{reference}" for reference in (*REFERENCES, *references)),
        *map(str, sorted(sources)),
    ]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    if done.returncode or "warning" in said:
        raise Failed(f"{target.name} does not compile:\n{said}")
    return target


def _nunit() -> Path:
    """NUnit 2.6, where Debian puts it. The compiler does not look for it there by itself."""
    compiler = Path(shutil.which("mcs") or "/usr/bin/mcs")
    lib = compiler.resolve().parents[1] / "lib"
    for path in sorted(lib.glob("cli/nunit.framework-2.6*/nunit.framework.dll")):
        return path
    raise Failed(f"nunit.framework 2.6 is not in {lib}/cli; on Debian and Ubuntu: make mono")


def run(tests: Path, fixture: str = "") -> int:
    """Runs the tests of an assembly, and returns how many there were. None at all is a failure."""
    results = tests.with_suffix(".xml")
    results.unlink(missing_ok=True)
    command = ["nunit-console", "-nologo", "-nodots", f"-xml:{results}", str(tests)]
    if fixture:
        command.append(f"-run:{fixture}")
    environment = os.environ | {
        "LAYERWALK_CHECKOUT": str(CHECKOUT),  # nunit-console goes to the folder of the assembly
        "LAYERWALK_PYTHON": sys.executable,  # for tests against the bridge
        "MONO_ENV_OPTIONS": "--debug",  # numbers of lines in what an exception says
    }
    done = subprocess.run(
        command, cwd=tests.parent, env=environment, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    if not results.is_file():
        raise Failed(f"nunit-console ended with {done.returncode} and wrote no results:\n{said}")
    root = ElementTree.parse(results).getroot()
    count, unwell = int(root.get("total", 0)), ("errors", "failures", "inconclusive", "not-run")
    bad = {name: int(root.get(name, 0)) for name in unwell if int(root.get(name, 0))}
    if done.returncode or bad:
        raise Failed(f"{said}\n{count} C# tests ran: {bad}")
    if not count:
        raise Failed(f"no C# test ran of {tests.name} {fixture}")
    return count


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Compiles and tests the Unity project on mono")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder of the assemblies")
    parser.add_argument("--only", nargs="*", default=(), help="beginnings of tests' folders")
    parser.add_argument("--up-to", default="", help="the last assembly to compile")
    parser.add_argument("--run", default="", help="one fixture or test by its full name")
    options = parser.parse_args()
    missing = missing_tools()
    if missing:
        in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
        print(f"{', '.join(missing)} not found; install mono, on Debian and Ubuntu by `make mono`")
        if in_ci:
            return 1
        print("no C# test ran")
        return 0
    try:
        built = build(options.output.resolve(), options.only, options.up_to)
        tests = [path for path in built if path.stem.endswith("Tests")]
        if options.run:  # a fixture's namespace is called as its assembly
            tests = [path for path in tests if options.run.startswith(f"{path.stem}.")] or tests[:1]
        if not tests:
            raise Failed(f"no C# test is called {' or '.join(options.only)}")
        print(f"{sum(run(path, options.run) for path in tests)} C# tests ran, all passed")
    except Failed as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
