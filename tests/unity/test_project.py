"""The Unity project holds together, as far as that can be seen without an editor."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from . import build, metas

PROJECT = metas.CHECKOUT / "unity_project"
ASSETS = PROJECT / "Assets"
DIRECTION = [
    *("Layerwalk.Protocol", "Layerwalk.Transport", "Layerwalk.Scene", "Layerwalk.Client"),
    "Layerwalk.Editor",
]
# Assemblies of Unity's packages, and the package in the manifest that brings each.
PACKAGES = {
    "Unity.InputSystem": "com.unity.inputsystem",
    "Unity.RenderPipelines.Core.Runtime": "com.unity.render-pipelines.universal",
    "Unity.RenderPipelines.GPUDriven.Runtime": "com.unity.render-pipelines.universal",
    "Unity.RenderPipelines.Universal.Runtime": "com.unity.render-pipelines.universal",
    "Unity.XR.Management": "com.unity.xr.management",
    "Unity.XR.Management.Editor": "com.unity.xr.management",
    "Unity.XR.OpenXR": "com.unity.xr.openxr",
    "Unity.XR.OpenXR.Editor": "com.unity.xr.openxr",
    "Unity.XR.OpenXR.Features.MetaQuestSupport": "com.unity.xr.openxr",
}
REMEDY = "run python tests/unity/metas.py"
TYPE = re.compile(
    r"^    (?:[a-z]+ )*(?:class|struct|enum|interface|delegate \S+) (\w+)", re.MULTILINE
)


def definitions() -> dict[str, tuple[Path, dict[str, Any]]]:
    """Every assembly definition by its name."""
    found = {}
    for path in sorted(ASSETS.rglob("*.asmdef")):
        definition = json.loads(path.read_text("utf-8"))
        assert definition["name"] not in found, f"two assemblies are called {definition['name']}"
        found[definition["name"]] = (path, definition)
    return found


def dependencies() -> dict[str, str]:
    """The packages of the manifest with their versions."""
    manifest = json.loads((PROJECT / "Packages" / "manifest.json").read_text("utf-8"))
    found: dict[str, str] = manifest["dependencies"]
    return found


def sources() -> list[Path]:
    return sorted(ASSETS.rglob("*.cs"))


def assembly_of(source: Path) -> tuple[Path, dict[str, Any]]:
    """The assembly definition in the nearest folder above a source."""
    for folder in source.parents:
        here = list(folder.glob("*.asmdef"))
        if here or folder == ASSETS:
            assert len(here) == 1, f"{source} belongs to {len(here)} assemblies"
            return here[0], json.loads(here[0].read_text("utf-8"))
    raise AssertionError(f"{source} is not an asset")


# ---------------------------------------------------------------- assets


def test_every_asset_and_folder_has_a_meta_file() -> None:
    assert metas.missing() == [], REMEDY


def test_no_meta_file_is_left_behind() -> None:
    assert metas.orphans() == []


def test_every_guid_is_there_once() -> None:
    guids = metas.guids()
    assert len(guids) > 20
    assert [path for path, guid in guids.items() if not guid] == []
    twice = {guid for guid in guids.values() if list(guids.values()).count(guid) > 1}
    assert [path for path, guid in guids.items() if guid in twice] == []


def test_a_type_stands_in_a_file_of_its_name() -> None:
    for source in sources():
        if source.parent.name != "Generated":
            name = source.name.partition(".")[0]  # Type.Part.cs has a part of it
            assert name in TYPE.findall(source.read_text("utf-8")), source


# ---------------------------------------------------------------- assemblies


def test_assemblies_are_called_as_their_files_and_refer_downwards() -> None:
    assert set(definitions()) <= set(DIRECTION)
    for name, (path, definition) in definitions().items():
        assert path.stem == name
        assert path.parent.name == name.rpartition(".")[2]
        for reference in definition["references"]:
            if reference in PACKAGES:
                assert not definition["noEngineReferences"], f"{name} -> {reference}"
                assert PACKAGES[reference] in dependencies(), f"{name} needs {PACKAGES[reference]}"
                continue
            assert reference in definitions(), f"{name} refers to {reference}, which is not there"
            assert DIRECTION.index(reference) < DIRECTION.index(name), f"{name} -> {reference}"


def test_assemblies_are_built_after_those_they_refer_to() -> None:
    built = build.assemblies()
    assert set(built) == {*definitions(), build.ENGINE, build.EDITOR}
    for name in built:
        for reference in build.needs()[name]:
            assert built.index(reference) < built.index(name), f"{name} -> {reference}"
        if name in definitions():
            definition = definitions()[name][1]
            double = build.EDITOR if definition["includePlatforms"] == ["Editor"] else build.ENGINE
            doubles = {build.ENGINE, build.EDITOR} & set(build.needs()[name])
            assert doubles == (set() if definition["noEngineReferences"] else {double}), name


@pytest.mark.parametrize("name", ["Layerwalk.Protocol", "Layerwalk.Transport", "Layerwalk.Scene"])
def test_assemblies_without_the_engine_say_so(name: str) -> None:
    assert definitions()[name][1]["noEngineReferences"] is True
    assert definitions()[name][1]["allowUnsafeCode"] is False


def test_sources_without_the_engine_do_not_name_it() -> None:
    for source in sources():
        text = source.read_text("utf-8")
        if assembly_of(source)[1]["noEngineReferences"]:
            assert not re.search(r"\bUnity(Engine|Editor)?\b[.;]", text), source
        assert source.parent.name == "Editor" or "UnityEditor" not in text, source


def test_namespaces_are_those_of_their_assembly() -> None:
    for source in sources():
        root = assembly_of(source)[1]["rootNamespace"]
        (namespace,) = re.findall(r"^namespace (\S+)", source.read_text("utf-8"), re.MULTILINE)
        assert f"{namespace}.".startswith(f"{root}."), source


# ---------------------------------------------------------------- the scene


SCENE = ASSETS / "Layerwalk" / "Scenes" / "Layerwalk.unity"
OBJECT = re.compile(r"^--- !u!(\d+) &(\d+)\n(\w+):\n((?: .*\n?)*)", re.MULTILINE)


def objects() -> dict[str, tuple[str, str]]:
    """Class and fields of every object of the scene, by its file id."""
    text = SCENE.read_text("utf-8")
    head = "%YAML 1.1\n%TAG !u! tag:unity3d.com,2011:\n"
    assert text.startswith(head)
    found = OBJECT.findall(text)
    assert head + "".join(f"--- !u!{n} &{i}\n{k}:\n{b}" for n, i, k, b in found) == text
    assert len({i for _, i, _, _ in found}) == len(found), "a file id is there twice"
    return {i: (k, b) for _, i, k, b in found}


def test_the_scene_has_one_game_object_with_our_component() -> None:
    kinds = [kind for kind, _ in objects().values()]
    assert kinds.count("GameObject") == kinds.count("MonoBehaviour") == 1
    assert kinds.count("Transform") == kinds.count("SceneRoots") == 1


def test_all_that_the_scene_refers_to_is_there() -> None:
    for kind, body in objects().values():
        for number, rest in re.findall(r"\{fileID: (\d+)([^}]*)\}", body):
            if not rest:
                assert number == "0" or number in objects(), f"{kind} refers to {number}"
    (script,) = re.findall(r"m_Script: \{fileID: 11500000, guid: (\w+), type: 3\}",
                           SCENE.read_text("utf-8"))  # fmt: skip
    app = ASSETS / "Layerwalk" / "Client" / "LayerwalkApp.cs"
    assert metas.guids()[metas.meta_of(app)] == script
    assert re.search(r"class LayerwalkApp : MonoBehaviour$", app.read_text("utf-8"), re.MULTILINE)


def test_components_and_their_game_object_refer_to_each_other() -> None:
    for number, (_, body) in objects().items():
        for owner in re.findall(r"m_GameObject: \{fileID: (\d+)\}", body):
            assert f"component: {{fileID: {number}}}" in objects()[owner][1]


# ---------------------------------------------------------------- packages and settings


def test_packages_have_exact_versions_and_local_ones_exist() -> None:
    pairs = json.loads(
        (PROJECT / "Packages" / "manifest.json").read_text("utf-8"), object_pairs_hook=list
    )
    (dependencies,) = (value for key, value in pairs if key == "dependencies")
    names = [name for name, _ in dependencies]
    assert len(names) == len(set(names))
    for name, version in dependencies:
        if version.startswith("file:"):
            folder = PROJECT / "Packages" / version.removeprefix("file:")
            assert json.loads((folder / "package.json").read_text("utf-8"))["name"] == name
        else:
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_unitys_test_runner_gets_the_tests_that_need_no_double() -> None:
    tests = build.TESTS
    definitions = {path.parent: json.loads(path.read_text()) for path in tests.rglob("*.asmdef")}
    runs = definitions[tests]
    assert runs["defineConstraints"] == ["UNITY_INCLUDE_TESTS"]
    given = set()
    for source in sorted(tests.rglob("*.cs")):
        folder = next(above for above in source.parents if above in definitions)
        if folder == tests:
            assert not re.search(r"^using Unity", source.read_text("utf-8"), re.MULTILINE), source
            given.add(source.relative_to(tests).parts[0])
        else:
            assert definitions[folder]["defineConstraints"] == ["LAYERWALK_OUTSIDE_UNITY"], folder
    assert given == {"Protocol", "Transport", "Curve", "Scene"}
    assert {f"Layerwalk.{name}" for name in given - {"Curve"}} <= set(runs["references"])


def test_the_editor_is_the_one_that_the_packages_are_for() -> None:
    version = (PROJECT / "ProjectSettings" / "ProjectVersion.txt").read_text("utf-8")
    assert version.startswith("m_EditorVersion: 6000.3.19f1\n")
    package = json.loads((metas.CHECKOUT / "shaders" / "package.json").read_text("utf-8"))
    assert package["unity"] == "6000.3"


def test_the_new_input_system_is_the_active_one() -> None:
    settings = (PROJECT / "ProjectSettings" / "ProjectSettings.asset").read_text("utf-8")
    assert settings.startswith("%YAML 1.1\n%TAG !u! tag:unity3d.com,2011:\n--- !u!129 &1\n")
    assert "\n  activeInputHandler: 1\n" in settings
