"""What the generators read: every type of the protocol, in order, and the schema hash."""

from __future__ import annotations

import hashlib
import typing
from typing import Any, NamedTuple

import msgspec

from layerwalk.protocol import messages as m


class Type(NamedTuple):
    """A struct of the protocol; `tag` is its "type" on the wire, None for a part of messages."""

    name: str
    tag: str | None
    doc: str
    fields: tuple[Field, ...]


class Field(NamedTuple):
    """One field: its Python type, and its default (`msgspec.NODEFAULT` if it must be given)."""

    name: str
    annotation: Any
    default: Any


def client_messages() -> tuple[type, ...]:
    """Types of the messages that clients send."""
    return typing.get_args(m.ClientMessage)


def bridge_messages() -> tuple[type, ...]:
    """Types of the messages that the bridge sends."""
    return typing.get_args(m.BridgeMessage)


def event_messages() -> tuple[type, ...]:
    """Types of the numbered events, which are also bridge messages."""
    return typing.get_args(m.EventMessage)


def types() -> tuple[Type, ...]:
    """Every struct the messages are made of, parts before the wholes."""
    found: dict[type, Type] = {}
    for root in (*client_messages(), *bridge_messages(), m.Transform):
        _collect(root, found)
    return tuple(found.values())


def schema_hash() -> str:
    """Twelve hexadecimal digits that change with any type, field, default or tag."""
    text = repr(
        [
            (t.name, t.tag, [(f.name, str(f.annotation), repr(f.default)) for f in t.fields])
            for t in types()
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _collect(struct: type, found: dict[type, Type]) -> None:
    if struct in found:
        return
    hints = typing.get_type_hints(struct)
    fields = []
    for field in msgspec.structs.fields(struct):
        annotation = hints[field.name]
        for part in _structs_in(annotation):
            _collect(part, found)
        default = field.default
        if default is msgspec.NODEFAULT and field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        fields.append(Field(field.name, annotation, default))
    tag = struct.__struct_config__.tag  # type: ignore[attr-defined]
    found[struct] = Type(struct.__name__, tag, (struct.__doc__ or "").strip(), tuple(fields))


def _structs_in(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [struct for part in typing.get_args(annotation) for struct in _structs_in(part)]
