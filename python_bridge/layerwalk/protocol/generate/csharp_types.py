"""How the types of the protocol's fields are named, read and written in C#."""

from __future__ import annotations

import json
import types as python_types
import typing
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import msgspec

from layerwalk.protocol import schema

# Names that C# has for something else where they are used: System.Buffer, and UnityEngine's.
_TYPES = {"Buffer": "BufferInfo", "Input": "NetworkInput", "Transform": "StationTransform"}
_PROPERTIES = {("Request", "request"): "Number"}  # a member may not have its class's name
_KEYWORDS = frozenset("as base bool byte event fixed in is lock object operator out ref".split())


class Form(NamedTuple):
    """A type in C#: its `name`, the expression that reads one, and the lines that write one.

    `element` is a delegate that reads one, '' where its user has to make it. `is_value` holds
    for types that have no null. `statics` are members that the class with the field needs.
    """

    name: str
    read: str
    write: Callable[[str], list[str]]
    element: str = ""
    is_value: bool = False
    statics: tuple[str, ...] = ()


class Member:
    """A field of a struct as member of a C# class."""

    def __init__(self, struct: schema.Type, field: schema.Field) -> None:
        self.wire = field.name
        self.required = field.required
        self.property = _PROPERTIES.get((struct.name, field.name), pascal(field.name))
        if self.property == renamed(struct.name):
            raise TypeError(f"{struct.name}.{field.name} needs another name in C#")
        text = self.property[:1].lower() + self.property[1:]
        self.local = f"@{text}" if text in _KEYWORDS else text
        self.form = _form(field.annotation, Owner(struct.name, self.property))
        self._default = None if field.required else field.default
        # What is no constant in C# is left out as null, and filled in.
        self._fill = _fill(self._default, self.form, self.property)
        nullable = bool(self._fill) and self.form.is_value
        self.type = f"{self.form.name}?" if nullable else self.form.name

    def parameter(self) -> str:
        """As parameter of the constructor."""
        return f"{self.type} {self.local}" + ("" if self.required else f" = {self.initial()}")

    def initial(self) -> str:
        """What a variable for it begins with."""
        if self.required:
            return f"default({self.type})"
        if self._fill or self._default is None:
            return "null"
        if self.form.statics and isinstance(self._default, str):
            return f"{self.form.name}.{pascal(self._default)}"
        return literal(self._default)

    def filled(self) -> str:
        """Its value, of the constructor's parameter."""
        return f"{self.local} ?? {self._fill}" if self._fill else self.local

    def statics(self) -> list[str]:
        """Members that the class needs for it."""
        lines = list(self.form.statics)
        if self._fill == f"Default{self.property}":
            values = ", ".join(map(literal, self._default or ()))
            lines.append(f"static readonly {self.form.name} {self._fill} = {{ {values} }};")
        return lines

    def write(self) -> list[str]:
        """Lines that write it."""
        return self.form.write(self.property)


class Owner(NamedTuple):
    """The C# class and the property that a type stands in."""

    struct: str
    property: str


def enumeration(struct: str, field: schema.Field) -> list[str]:
    """The enum of a field that has one of several words."""
    words = _words(field.annotation)
    if not words:
        return []
    return [
        "",
        f"/// <summary>Values of {renamed(struct)}.{pascal(field.name)}.</summary>",
        f"public enum {struct}{pascal(field.name)}",
        "{",
        *(f"    {pascal(word)}," for word in words),
        "}",
    ]


def renamed(python: str) -> str:
    """The C# name of a struct."""
    return _TYPES.get(python, python)


def literal(value: object) -> str:
    """A constant as C#, which writes numbers and text as JSON does."""
    return json.dumps(value)


def pascal(snake: str) -> str:
    """`position_m` is PositionM."""
    return "".join(part[:1].upper() + part[1:] for part in snake.split("_"))


def _fill(default: object, form: Form, name: str) -> str:
    if isinstance(default, dict) and not default:
        return f"{form.name}.Empty"
    if not isinstance(default, tuple):
        return ""
    if form.is_value:
        return f"new {form.name}({', '.join(map(literal, default))})"
    return f"Default{name}" if default else f"Array.Empty<{form.name[:-2]}>()"


def _words(annotation: Any) -> list[str]:
    arguments = typing.get_args(annotation) if typing.get_origin(annotation) is Literal else ()
    return [a for a in arguments if isinstance(a, str)]


def _plain(value: str) -> list[str]:
    return [f"writer.Write({value});"]


_SIMPLE: dict[Any, Form] = {
    str: Form("string", "reader.ReadString()", _plain, "Elements.Text"),
    int: Form("long", "reader.ReadInt64()", _plain, "Elements.Int64", is_value=True),
    float: Form("double", "reader.ReadDouble()", _plain, "Elements.Double", is_value=True),
    bool: Form("bool", "reader.ReadBool()", _plain, "Elements.Bool", is_value=True),
    Any: Form(
        "object",
        "AnyValue.Read(ref reader)",
        lambda value: [f"AnyValue.Write(writer, {value});"],
        "AnyValue.Element",
    ),
}


def _form(annotation: Any, owner: Owner) -> Form:
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return _struct(renamed(annotation.__name__), is_value=False)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _bounded(_form(arguments[0], owner), arguments[1])
    if origin is Literal:
        return _choice(arguments, owner)
    if origin in (typing.Union, python_types.UnionType) and arguments[1:] == (type(None),):
        return _optional(_form(arguments[0], owner))
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return _array(_form(arguments[0], owner), owner)
    if origin is tuple and set(arguments) == {float} and 2 <= len(arguments) <= 4:
        return _struct(f"Vec{len(arguments)}", is_value=True)
    if origin is dict and arguments[0] is str:
        return _map(_form(arguments[1], owner), owner)
    raise TypeError(f"the protocol has no C# for {annotation!r}")


def _struct(name: str, *, is_value: bool) -> Form:
    return Form(
        name,
        f"{name}.Read(ref reader)",
        lambda value: [f"{value}.Write(writer);"],
        f"{name}.Element",
        is_value,
    )


def _bounded(form: Form, meta: msgspec.Meta) -> Form:
    """The same with the bounds that msgspec checks: both of a number, or the longest array."""
    numbers = msgspec.Meta(ge=meta.ge, le=meta.le) if meta.ge is not None else None
    if meta == numbers and meta.le is not None:
        bounds = f"{literal(meta.ge)}, {literal(meta.le)}"
    elif meta.max_length is not None and meta == msgspec.Meta(max_length=meta.max_length):
        bounds = literal(meta.max_length)
    else:
        raise TypeError(f"the protocol has no C# for {meta!r}")
    method, _, rest = form.read.partition("(")
    inner = rest.removesuffix(")")
    return form._replace(read=f"{method}({inner}{', ' if inner else ''}{bounds})", element="")


def _choice(values: tuple[Any, ...], owner: Owner) -> Form:
    name, owned = f"{owner.struct}{owner.property}", f"{owner.property}Choice"
    constants = ", ".join(map(literal, values))
    if all(isinstance(value, int) for value in values):
        static = f"static readonly long[] {owned} = {{ {constants} }};"
        return Form("long", f"reader.ReadInt64({owned})", _plain, "", True, (static,))
    return Form(
        name,
        f"({name})reader.ReadChoice({owned})",
        lambda value: [f"{owned}.Write(writer, (int){value});"],
        "",
        True,
        (f"static readonly Choice {owned} = new Choice({constants});",),
    )


def _optional(form: Form) -> Form:
    name = f"{form.name}?" if form.is_value else form.name
    part = ".Value" if form.is_value else ""

    def write(value: str) -> list[str]:
        nil = _block(f"if ({value} == null)", ["writer.WriteNil();"])
        return [*nil, *_block("else", form.write(value + part))]

    read = f"reader.TryReadNil() ? ({name})null : {form.read}"
    return Form(name, read, write, statics=form.statics)


def _block(head: str, lines: list[str]) -> list[str]:
    return [head, "{", *("    " + line for line in lines), "}"]


def _delegate(form: Form, owner: Owner) -> tuple[str, tuple[str, ...]]:
    """What reads an element, and the member it needs."""
    if form.element:
        return form.element, form.statics
    name = f"{owner.property}Element"
    made = f"static readonly ReadElement<{form.name}> {name} ="
    return name, (*form.statics, made, f"    (ref MessagePackReader reader) => {form.read};")


def _array(form: Form, owner: Owner) -> Form:
    element, statics = _delegate(form, owner)

    def write(value: str) -> list[str]:
        each = _block(f"foreach ({form.name} item in {value})", form.write("item"))
        return [f"writer.WriteArrayHeader({value}.Length);", *each]

    return Form(f"{form.name}[]", f"reader.ReadArray({element})", write, statics=statics)


def _map(form: Form, owner: Owner) -> Form:
    element, statics = _delegate(form, owner)

    def write(value: str) -> list[str]:
        lines = ["writer.Write(entry.Key);", *form.write("entry.Value")]
        entry = f"KeyValuePair<string, {form.name}> entry"
        each = _block(f"foreach ({entry} in {value}.Entries)", lines)
        return [f"writer.WriteMapHeader({value}.Count);", *each]

    return Form(f"Map<{form.name}>", f"reader.ReadMap({element})", write, statics=statics)
