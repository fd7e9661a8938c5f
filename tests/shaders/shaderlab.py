"""As much of ShaderLab as the room's shaders are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SHADERS = CHECKOUT / "shaders"
UNITY = SHADERS / "unity"

_INCLUDE = re.compile(r'^\s*#include "Packages/com\.layerwalk\.shaders/(.+)"', re.MULTILINE)
_PROPERTY = re.compile(r'^\s*(?:\[\w+\] )*(\w+) \(".*", (\w+)\) = (.+)$', re.MULTILINE)
_MEMBER = re.compile(r"^\s+(float\d?) (\w+) : (POSITION|TEXCOORD\d);", re.MULTILINE)


@dataclass(frozen=True)
class Shader:
    """A shader of one pass. `states` are words by command, `properties` kinds by name."""

    path: Path
    name: str
    properties: dict[str, str]
    defaults: dict[str, str]
    tags: dict[str, str]
    states: dict[str, str]
    program: str

    @property
    def pragmas(self) -> list[list[str]]:
        return [line.split() for line in re.findall(r"^\s*#pragma (.+)$", self.program, re.M)]

    @property
    def keywords(self) -> list[str]:
        """Those of our own that Unity compiles variants for."""
        return [
            word
            for name, *words in self.pragmas
            if name == "multi_compile"
            for word in words
            if word.strip("_")
        ]

    @property
    def source(self) -> str:
        """The program, and every include of this package."""
        parts, wanted, seen = [self.program], _INCLUDE.findall(self.program), set[str]()
        while wanted:
            name = wanted.pop()
            if name not in seen:
                seen.add(name)
                parts.append((SHADERS / name).read_text("utf-8"))
                wanted += _INCLUDE.findall(parts[-1])
        return "\n".join(parts)

    @property
    def vertices(self) -> dict[str, tuple[str, int]]:
        """Name and number of floats of each semantic that a vertex has."""
        (attributes,) = re.findall(r"struct Attributes\n\{(.+?)\n\};", self.source, re.DOTALL)
        return {
            semantic: (name, int(kind.removeprefix("float") or 1))
            for kind, name, semantic in _MEMBER.findall(attributes)
        }


def all_paths() -> list[Path]:
    return sorted(UNITY.rglob("*.shader"))


def read(path: Path) -> Shader:
    """Raises ValueError for what is no shader of one pass."""
    text = path.read_text("utf-8")
    outer, programs = [], re.findall(r"HLSLPROGRAM\n(.+?)ENDHLSL", text, re.DOTALL)
    names = re.findall(r'^Shader "(.+)"$', text, re.MULTILINE)
    if len(programs) != 1 or len(names) != 1 or text.count("{") != text.count("}"):
        raise ValueError(f"{path} is not a shader of one pass with balanced braces")
    outer = text.replace(programs[0], "")
    block = re.search(r"\n    Properties\n    \{\n(.*?)\n    \}", outer, re.DOTALL)
    found = _PROPERTY.findall(block[1]) if block else []
    body = outer[outer.index("SubShader") :]
    states = re.findall(r"^ {12}(Blend|ZWrite|ZTest|Cull|Offset) (.+)$", body, re.MULTILINE)
    return Shader(
        path=path,
        name=names[0],
        properties={name: kind for name, kind, _ in found},
        defaults={name: value for name, _, value in found},
        tags=dict(re.findall(r'"(\w+)" = "(.+?)"', body)),
        states=dict(states),
        program=programs[0],
    )


def load(name: str) -> Shader:
    """A shader by its name, as `Resources.Load` finds it."""
    return read(UNITY / "Resources" / f"{name}.shader")
