"""Reads from SPIR-V where a program wants its resources: names, bindings, offsets, locations."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_HEADER = 5  # words
_NAME, _MEMBER_NAME, _DECORATE, _MEMBER_DECORATE = 5, 6, 71, 72
_TYPE_IMAGE, _TYPE_SAMPLER, _TYPE_POINTER, _VARIABLE = 25, 26, 32, 59
_BINDING, _OFFSET, _LOCATION, _BUFFER_BLOCK, _BLOCK = 33, 35, 30, 3, 2
_INPUT = 1


@dataclass
class Interface:
    """What a stage wants, by name."""

    buffers: dict[str, int] = field(default_factory=dict)  # bindings of structured buffers
    textures: dict[str, int] = field(default_factory=dict)
    dimensions: dict[str, bool] = field(default_factory=dict)  # of textures: is an array
    samplers: dict[str, int] = field(default_factory=dict)
    blocks: dict[int, dict[str, int]] = field(default_factory=dict)  # binding: offsets
    inputs: dict[str, int] = field(default_factory=dict)  # locations


def interface_of(code: bytes) -> Interface:
    """The interface of the one entry point in `code`."""
    return _Module(code).interface()


class _Module:
    def __init__(self, code: bytes) -> None:
        self.names: dict[int, str] = {}
        self.members: dict[int, dict[int, str]] = {}
        self.offsets: dict[int, dict[int, int]] = {}
        self.decorations: dict[tuple[int, int], int] = {}
        self.pointed: dict[int, int] = {}
        self.images: dict[int, bool] = {}
        self.samplers: set[int] = set()
        self.variables: list[tuple[int, int, int]] = []
        words = struct.unpack(f"<{len(code) // 4}I", code)
        at = _HEADER
        while at < len(words):
            length = words[at] >> 16
            self._read(words[at] & 0xFFFF, words[at + 1 : at + length])
            at += length

    def _read(self, operation: int, words: tuple[int, ...]) -> None:
        if operation == _NAME:
            self.names[words[0]] = _text(words[1:])
        elif operation == _MEMBER_NAME:
            self.members.setdefault(words[0], {})[words[1]] = _text(words[2:])
        elif operation == _DECORATE:
            self.decorations[words[0], words[1]] = words[2] if len(words) > 2 else 1
        elif operation == _MEMBER_DECORATE and words[2] == _OFFSET:
            self.offsets.setdefault(words[0], {})[words[1]] = words[3]
        elif operation == _TYPE_POINTER:
            self.pointed[words[0]] = words[2]
        elif operation == _TYPE_IMAGE:
            self.images[words[0]] = bool(words[4])
        elif operation == _TYPE_SAMPLER:
            self.samplers.add(words[0])
        elif operation == _VARIABLE:
            self.variables.append((words[0], words[1], words[2]))

    def interface(self) -> Interface:
        found = Interface()
        for pointer, variable, storage in self.variables:
            name, kind = self.names.get(variable, ""), self.pointed[pointer]
            binding = self.decorations.get((variable, _BINDING))
            location = self.decorations.get((variable, _LOCATION))
            if storage == _INPUT and location is not None:
                found.inputs[name.removeprefix("input.")] = location
            elif binding is not None:
                self._add(found, name, kind, binding)
        return found

    def _add(self, found: Interface, name: str, kind: int, binding: int) -> None:
        if kind in self.images:
            found.textures[name] = binding
            found.dimensions[name] = self.images[kind]
        elif kind in self.samplers:
            found.samplers[name] = binding
        elif (kind, _BUFFER_BLOCK) in self.decorations:
            found.buffers[name] = binding
        elif (kind, _BLOCK) in self.decorations:
            offsets = self.offsets[kind]
            found.blocks[binding] = {
                member: offsets[index] for index, member in self.members[kind].items()
            }


def _text(words: tuple[int, ...]) -> str:
    return struct.pack(f"<{len(words)}I", *words).split(b"\0")[0].decode()
