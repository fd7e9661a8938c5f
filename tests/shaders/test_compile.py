"""Every Unity shader compiles in every variant that Unity makes of it, and says what it has to."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from . import compiler, shaderlab
from .shaderlab import SHADERS, Shader

PATHS = shaderlab.all_paths()
NAMES = [path.stem for path in PATHS]
EVERY = pytest.mark.parametrize("path", PATHS, ids=NAMES)
CLIENT = shaderlab.CHECKOUT / "unity_project" / "Assets" / "Layerwalk" / "Client"
README = (SHADERS / "README.md").read_text("utf-8")

GLOBAL = {
    *("Time Fog Overview Stale PerChannel Sweep".split()),
    *("Walls Panels Layers Ranges TileColours Palette".split()),
}
DECLARED = re.compile(
    r"^(?:float4?|StructuredBuffer<\w+>) (_Layerwalk\w+);|^TEXTURE2D(?:_ARRAY)?\((_Layerwalk\w+)\)",
    re.MULTILINE,
)

_IDS = re.compile(r'= Of\("(\w+)"\)')
_DRAWN = re.compile(r'(?:new NumberedDraw|new DrawnMesh|Materials\.Make)\("(\w+)"')


def declared(shader: Shader) -> set[str]:
    """Names of what a program reads, apart from what Unity sets by itself."""
    found = {a or b for a, b in DECLARED.findall(shader.source)}
    return {name for name in found if not name.endswith("_TexelSize")}


def everything() -> set[str]:
    return set().union(*(declared(shaderlab.read(path)) for path in PATHS))


@pytest.mark.parametrize("variant", compiler.VARIANTS)
@EVERY
def test_it_compiles(path: Path, variant: str, packages: Path) -> None:
    """With each keyword of its own and without, for projects of linear and of gamma colours."""
    shader = shaderlab.read(path)
    own = [(), *((keyword,) for keyword in shader.keywords)]
    spaces: list[tuple[str, ...]] = [(), ("UNITY_COLORSPACE_GAMMA",)]
    for keywords, colours in product(own, spaces if variant == "mono" else spaces[:1]):
        for stage in compiler.STAGES:
            wanted = (*compiler.VARIANTS[variant], *keywords, *colours)
            code = compiler.compile_stage(shader, stage, packages, wanted)
            assert code[:4] == b"\x03\x02\x23\x07"


def test_what_is_no_hlsl_does_not_compile(packages: Path) -> None:
    shader = shaderlab.load("Layerwalk/Solid")
    broken = shaderlab.Shader(**{**vars(shader), "program": shader.program + "\nfloat f() { x }"})
    with pytest.raises(compiler.CompileError, match=r"Layerwalk/Solid, frag, no keyword:\n.*ERROR"):
        compiler.compile_stage(broken, "frag", packages)


@EVERY
def test_it_is_found_by_its_name(path: Path) -> None:
    """`Resources.Load` takes the path under Resources, `Shader.Find` the name: they are one."""
    shader = shaderlab.read(path)
    assert shaderlab.load(shader.name) == shader
    assert path.with_name(path.name + ".meta").is_file()
    assert f"`{path.stem}`" in README


@EVERY
def test_it_draws_in_both_eyes(path: Path) -> None:
    shader = shaderlab.read(path)
    assert ["multi_compile_instancing"] in shader.pragmas
    vertex, pixel = re.findall(r"\n\w+ (?:Vert|Frag)\(.+?\n\}", shader.source, re.DOTALL)
    assert vertex.index("UNITY_SETUP_INSTANCE_ID(input)") < vertex.index("eye()")
    assert "UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output)" in vertex
    assert "UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input)" in pixel
    assert "UNITY_VERTEX_OUTPUT_STEREO" in shader.source
    counted = "LAYERWALK_INSTANCE_ID(input)" in vertex
    wanted = "LAYERWALK_INPUT_INSTANCE_ID" if counted else "UNITY_VERTEX_INPUT_INSTANCE_ID"
    assert f"    {wanted}\n}};" in shader.source


@EVERY
def test_a_build_strips_none_of_its_variants(path: Path) -> None:
    """Materials are made at run time: no asset tells a build which features are used."""
    shader = shaderlab.read(path)
    assert not [words for words in shader.pragmas if words[0].startswith("shader_feature")]
    assert ["target", "4.5"] in shader.pragmas  # structured buffers in vertex programs
    assert shader.tags["RenderPipeline"] == "UniversalPipeline"
    assert shader.tags["LightMode"] == "UniversalForwardOnly"


@EVERY
def test_properties_are_the_material_s(path: Path) -> None:
    """A material's property hides the global of its name, so no global may be one."""
    shader = shaderlab.read(path)
    globals_ = {f"_Layerwalk{name}" for name in GLOBAL}
    buffers = set(re.findall(r"StructuredBuffer<\w+> (\w+)", shader.source))
    assert set(shader.properties) == declared(shader) - globals_ - buffers - _unused(shader)


@EVERY
def test_numbers_of_a_material_are_where_the_batcher_wants_them(path: Path) -> None:
    """All in one buffer of that name, or URP draws it outside its batches."""
    shader = shaderlab.read(path)
    found = re.findall(r"CBUFFER_START\((\w+)\)\n(.+?)CBUFFER_END", shader.source, re.DOTALL)
    kept = {name for _, body in found for name in re.findall(r"^float4? (\w+);$", body, re.M)}
    numbers = {name for name, kind in shader.properties.items() if kind == "Float"}
    sizes = set(re.findall(r"^float4 (\w+_TexelSize);$", shader.source, re.M))
    assert kept == numbers | sizes
    assert {name for name, _ in found} <= {"UnityPerMaterial"}


def _unused(shader: Shader) -> set[str]:
    """Declared with all tables, though only canvases read them."""
    return set() if "canvas_of(" in shader.program + _own(shader) else {"_LayerwalkPages"}


def _own(shader: Shader) -> str:
    (include,) = re.findall(r'#include "Packages/com\.layerwalk\.shaders/(.+)"', shader.program)
    return (SHADERS / include).read_text("utf-8")


def test_the_contract_names_what_the_shaders_read() -> None:
    named = set(re.findall(r"`(_Layerwalk\w+)`", README))
    assert named == everything()
    keywords = {keyword for path in PATHS for keyword in shaderlab.read(path).keywords}
    assert set(re.findall(r"`(LAYERWALK_\w+)`", README)) == keywords


def test_the_client_sets_what_the_shaders_read() -> None:
    """All of it, and nothing else: a name that is misspelt sets nothing, without a word."""
    sources = {path: path.read_text("utf-8") for path in sorted(CLIENT.rglob("*.cs"))}
    ids = {f"_Layerwalk{name}" for text in sources.values() for name in _IDS.findall(text)}
    assert ids == everything()
    drawn = {name for text in sources.values() for name in _DRAWN.findall(text)}
    assert drawn == set(NAMES)
    keywords = {keyword for path in PATHS for keyword in shaderlab.read(path).keywords}
    assert all(f'"{keyword}"' in "".join(sources.values()) for keyword in keywords)


def test_arithmetic_is_the_library_s() -> None:
    """Includes of Unity's fetch and place; what both clients compute stands in the library."""
    library = {path.name for path in (SHADERS / "library").glob("*.hlsl")}
    for path in sorted((SHADERS / "unity" / "Includes").glob("*.hlsl")):
        text = path.read_text("utf-8")
        for name in re.findall(r"/library/(\S+\.hlsl)", text):
            assert name in library, f"{path.name} includes {name}"
        assert "SV_InstanceID" not in re.sub(r"//.*", "", text) or path.name == "Room.hlsl"
