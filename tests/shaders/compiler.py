"""Compiles the room's HLSL with glslang, under the shim of Unity's includes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from .shaderlab import SHADERS, Shader

COMPILER = "glslangValidator"
SHIM = Path(__file__).parent / "shim" / "Core.hlsl"
STAGES = {"vert": "Vert", "frag": "Frag"}
# The variants that Unity makes of each program, by the keywords it sets for them.
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "mono": (),
    "instancing": ("INSTANCING_ON",),
    "single-pass instanced": ("STEREO_INSTANCING_ON",),
    "instancing, single-pass instanced": ("INSTANCING_ON", "STEREO_INSTANCING_ON"),
    "multiview": ("STEREO_MULTIVIEW_ON",),
    "instancing, multiview": ("INSTANCING_ON", "STEREO_MULTIVIEW_ON"),
}


class CompileError(Exception):
    """The compiler refuses a program; the message is the compiler's."""


def is_missing() -> bool:
    return shutil.which(COMPILER) is None


def make_packages(folder: Path) -> Path:
    """A folder in which includes are found as Unity finds them."""
    universal = folder / "Packages/com.unity.render-pipelines.universal/ShaderLibrary"
    universal.mkdir(parents=True)
    shutil.copy(SHIM, universal / "Core.hlsl")
    (folder / "Packages/com.layerwalk.shaders").symlink_to(SHADERS)
    return folder


def compile_stage(
    shader: Shader, stage: str, packages: Path, keywords: Iterable[str] = ()
) -> bytes:
    """SPIR-V of a stage; its resources are in set 0 for vertices, 1 for pixels."""
    source, target = packages / f"program.{stage}.hlsl", packages / f"program.{stage}.spv"
    source.write_text(shader.program, "utf-8")
    command = [
        COMPILER,
        *("-D", "-V", "-S", stage, "-e", STAGES[stage], f"-I{packages}"),
        *(f"-D{keyword}" for keyword in keywords),
        *("--auto-map-bindings", "--auto-map-locations"),
        *("--resource-set-binding", stage, str(list(STAGES).index(stage))),
        *("-o", str(target), str(source)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout.replace(str(source), "").strip()
    if done.returncode or said:
        words = " ".join(keywords) or "no keyword"
        raise CompileError(f"{shader.name}, {stage}, {words}:\n{said}\n{done.stderr}")
    return target.read_bytes()
