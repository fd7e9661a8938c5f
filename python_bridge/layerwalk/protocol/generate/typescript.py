"""TypeScript types of the protocol, for the web viewer."""

from __future__ import annotations

import types as python_types
import typing
from typing import Any, Literal

import msgspec

from layerwalk.page import MAX_CODE, PAGE_EDGE
from layerwalk.protocol import limits, schema
from layerwalk.protocol import messages as m

_SIMPLE = {str: "string", int: "number", float: "number", bool: "boolean", Any: "unknown"}


def typescript() -> str:
    """The whole of `web_viewer/src/generated/protocol.ts`."""
    lines = [
        "// Generated from python_bridge/layerwalk/protocol/messages.py by `make generate`.",
        "// Do not edit.",
        "",
        f"export const MAJOR = {m.MAJOR};",
        f"export const MINOR = {m.MINOR};",
        f"export const PAGE_EDGE = {PAGE_EDGE};",
        f"export const MAX_CODE = {MAX_CODE};",
        f"export const ALIGNMENT = {limits.ALIGNMENT};",
        f"export const MAX_PARTS = {limits.MAX_PARTS};",
        f'export const SCHEMA = "{schema.schema_hash()}";',
    ]
    for struct in schema.types():
        lines += ["", *_interface(struct)]
    for name, members in (
        ("ClientMessage", schema.client_messages()),
        ("BridgeMessage", schema.bridge_messages()),
        ("EventMessage", schema.event_messages()),
    ):
        lines += ["", f"export type {name} ="]
        lines += [f"  | {member.__name__}" for member in members]
        lines[-1] += ";"
    return "\n".join(lines) + "\n"


def _interface(struct: schema.Type) -> list[str]:
    doc = [f" * {line.strip()}".rstrip() for line in struct.doc.splitlines()]
    lines = ["/**", *doc, " */"] if doc else []
    lines.append(f"export interface {struct.name} {{")
    if struct.tag:
        lines.append(f'  type: "{struct.tag}";')
    for field in struct.fields:
        # Clients may leave out what has a default; the bridge always writes every field.
        optional = "?" if struct.sent_by_client and not field.required else ""
        lines.append(f"  {field.name}{optional}: {_type(field.annotation)};")
    return [*lines, "}"]


def _type(annotation: Any) -> str:
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if annotation is type(None):
        return "null"
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation.__name__
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return " | ".join(f'"{a}"' if isinstance(a, str) else str(a) for a in arguments)
    if origin in (typing.Union, python_types.UnionType):
        return " | ".join(_type(a) for a in arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _type(arguments[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(_type(a) for a in arguments)}]"
    if origin is dict:
        return f"Record<{_type(arguments[0])}, {_type(arguments[1])}>"
    raise TypeError(f"the protocol has no TypeScript for {annotation!r}")
