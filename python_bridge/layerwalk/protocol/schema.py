"""What the generators read: every type of the protocol, in order, and the schema hash."""

from __future__ import annotations

import hashlib
import inspect
import types as python_types
import typing
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from layerwalk.protocol import messages as m


class Type(NamedTuple):
    """A struct of the protocol; `tag` is its "type" on the wire, None for a part of messages.

    `sent_by_client` holds for the messages of clients, not for their parts.
    """

    name: str
    tag: str | None
    doc: str
    fields: tuple[Field, ...]
    sent_by_client: bool = False


class Field(NamedTuple):
    """One field: its Python type, and its default (`msgspec.NODEFAULT` if it must be given).

    The type may be Annotated with a `msgspec.Meta`: the values that are taken.
    """

    name: str
    annotation: Any
    default: Any

    @property
    def required(self) -> bool:
        """Whether a message without it is refused."""
        return self.default is msgspec.NODEFAULT


def client_messages() -> tuple[type, ...]:
    """Types of the messages that clients send."""
    return typing.get_args(m.ClientMessage)


def bridge_messages() -> tuple[type, ...]:
    """Types of the messages that the bridge sends."""
    return typing.get_args(m.BridgeMessage)


def event_messages() -> tuple[type, ...]:
    """Types of the numbered events, which are also bridge messages."""
    return typing.get_args(m.EventMessage)


def document_structs() -> tuple[type, ...]:
    """Types of values of the shared document that are structs."""
    return tuple(t for t in m.DOCUMENT_VALUES.values() if issubclass(t, msgspec.Struct))


def tag(struct: type) -> str | None:
    """The "type" of a message on the wire, None for a part of messages."""
    config: msgspec.structs.StructConfig = struct.__struct_config__  # type: ignore[attr-defined]
    return config.tag if isinstance(config.tag, str) else None


def types() -> tuple[Type, ...]:
    """Every struct the messages are made of, parts before the wholes."""
    found: dict[type, Type] = {}
    for root in (*client_messages(), *bridge_messages(), *document_structs()):
        _collect(root, found)
    return tuple(found.values())


def schema_hash() -> str:
    """Twelve hexadecimal digits that change with any type, field, default or tag."""
    description = [
        (t.name, t.tag, [(f.name, spell(f.annotation), repr(f.default)) for f in t.fields])
        for t in types()
    ]
    return hashlib.sha256(repr(description).encode()).hexdigest()[:12]


def spell(annotation: Any, name: Callable[[str], str] = str) -> str:
    """A type in words, the same in every version of Python; `name` writes a struct's name."""
    if annotation in _WORDS:
        return _WORDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return name(annotation.__name__)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return f"{spell(arguments[0], name)} ({_bounds(arguments[1])})"
    if origin is typing.Literal:
        return " or ".join(f'"{a}"' if isinstance(a, str) else str(a) for a in arguments)
    if origin in (typing.Union, python_types.UnionType):
        return " or ".join(spell(a, name) for a in arguments)
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return f"[{spell(arguments[0], name)}, …]"
    if origin is tuple:
        return f"[{', '.join(spell(a, name) for a in arguments)}]"
    if origin is dict:
        return f"{{{spell(arguments[0], name)}: {spell(arguments[1], name)}}}"
    raise TypeError(f"the protocol has no words for {annotation!r}")


_WORDS: dict[Any, str] = {
    str: "text",
    int: "int",
    float: "float",
    bool: "bool",
    Any: "any",
    type(None): "null",
}


def _bounds(meta: msgspec.Meta) -> str:
    known = {
        "from {}": meta.ge,
        "to {}": meta.le,
        "at least {}": meta.min_length,
        "at most {}": meta.max_length,
    }
    return " ".join(text.format(bound) for text, bound in known.items() if bound is not None)


def _collect(struct: type, found: dict[type, Type]) -> None:
    if struct in found:
        return
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = []
    for field in msgspec.structs.fields(struct):
        annotation = hints[field.name]
        for part in _structs_in(annotation):
            _collect(part, found)
        default = field.default
        if default is msgspec.NODEFAULT and field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        fields.append(Field(field.name, annotation, default))
    found[struct] = Type(
        struct.__name__,
        tag(struct),
        inspect.cleandoc(struct.__doc__ or ""),
        tuple(fields),
        sent_by_client=struct in client_messages(),
    )


def _structs_in(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [struct for part in typing.get_args(annotation) for struct in _structs_in(part)]
