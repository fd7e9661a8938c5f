"""C# classes of the protocol, for the Unity client: readers and writers without reflection.

C# 7.2 without local functions, as `unity_project/README.md` says. The codec they are written for
is in `unity_project/Assets/Layerwalk/Protocol`.
"""

from __future__ import annotations

import re
import textwrap
from xml.sax.saxutils import escape

from layerwalk import page
from layerwalk.protocol import limits, schema
from layerwalk.protocol import messages as m
from layerwalk.protocol.generate import csharp_types as types

_HEADER = """\
// Generated from python_bridge/layerwalk/protocol/messages.py by `make generate`.
// Do not edit.
"""
_LINE = 100
_NO_BREAK = "\0"  # a space that stays one
_MASK_BITS = 64  # of the fields that came


def wire() -> str:
    """The whole of `Generated/WireFormat.cs`: versions and bounds."""
    constants: list[tuple[str, str, object]] = [
        ("Major", "int", m.MAJOR),
        ("Minor", "int", m.MINOR),
        ("Schema", "string", schema.schema_hash()),
        ("Alignment", "int", limits.ALIGNMENT),
        ("MaxParts", "int", limits.MAX_PARTS),
        ("MaxDimensions", "int", limits.MAX_DIMENSIONS),
        ("MaxHeaderBytes", "int", limits.MAX_HEADER_BYTES),
        ("MaxClientHeaderBytes", "int", limits.MAX_CLIENT_HEADER_BYTES),
        ("MaxHelloBytes", "int", limits.MAX_HELLO_BYTES),
        ("ZeroMQUser", "string", limits.ZEROMQ_USER.decode()),
        ("CurveClient", "string", limits.CURVE_CLIENT.decode()),
        ("HeartbeatMs", "int", limits.HEARTBEAT_MS),
        ("HeartbeatTimeoutMs", "int", limits.HEARTBEAT_TIMEOUT_MS),
        ("PageEdge", "int", page.PAGE_EDGE),
        ("MaxCode", "int", page.MAX_CODE),
        ("NegativeInfinityCode", "int", page.NEGATIVE_INFINITY),
        ("PositiveInfinityCode", "int", page.POSITIVE_INFINITY),
        ("NotANumberCode", "int", page.NOT_A_NUMBER),
    ]
    lines = [f"public const {kind} {name} = {types.literal(v)};" for name, kind, v in constants]
    doc = _summary("Versions, bounds and settings that both sides of the wire agree on.")
    return _file([*doc, "public static class WireFormat", "{", *_indented(lines), "}"])


def messages() -> str:
    """The whole of `Generated/Messages.cs`: the dispatch by tag, then every type."""
    lines = _dispatch()
    for struct in schema.types():
        for field in struct.fields:
            lines += types.enumeration(struct.name, field)
        lines += ["", *_class(struct)]
    return _file(lines, uses=["System", "System.Collections.Generic"])


def _file(lines: list[str], uses: list[str] | None = None) -> str:
    body = [*(f"using {name};" for name in uses or []), *([""] if uses else [])]
    body += ["namespace Layerwalk.Protocol", "{", *_indented(lines), "}"]
    return _HEADER + "\n" + "\n".join(line for long in body for line in _wrapped(long)) + "\n"


def _wrapped(line: str) -> list[str]:
    """A line that is too long, broken behind commas; what follows stands one step further in."""
    if len(line) <= _LINE:
        return [line]
    code = line.lstrip()
    indent = " " * (len(line) - len(code))
    kept = re.sub("(?<!,) ", _NO_BREAK, code)
    lines = textwrap.wrap(
        kept,
        _LINE,
        initial_indent=indent,
        subsequent_indent=indent + "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _dispatch() -> list[str]:
    lines = [
        *_summary("Reads a message of whichever type its tag says."),
        "public static class Messages",
        "{",
    ]
    for side, structs in (
        ("Client", schema.client_messages()),
        ("Bridge", schema.bridge_messages()),
    ):
        readers = {schema.tag(s): f"{types.renamed(s.__name__)}.Read(ref reader)" for s in structs}
        cases = [f'case "{tag}": return {read};' for tag, read in readers.items()]
        body = [
            *_summary(
                f"A message of the {side.lower()}, whose tag is `type`; null for a type "
                "that is not known."
            ),
            f"public static Message Read{side}(string type, ref MessagePackReader reader)",
            "{",
            "    switch (type)",
            "    {",
            *_indented([*cases, "default: return null;"], 2),
            "    }",
            "}",
        ]
        lines += _indented([*([""] if side == "Bridge" else []), *body])
    return [*lines, "}"]


def _class(struct: schema.Type) -> list[str]:
    fields = [types.Member(struct, field) for field in struct.fields]
    name = types.renamed(struct.name)
    base = " : Message" if struct.tag else ""
    own = [member for member in fields if not (struct.tag and member.wire == "buffers")]
    sections = [
        [f"public readonly {f.form.name} {f.property};" for f in own],
        _statics(name, struct, fields),
        _constructor(name, struct, fields),
        _type_property(struct),
        _read(name, struct, fields),
        _write(struct, fields),
    ]
    body = [line for section in sections if section for line in ("", *section)][1:]
    return [
        *_summary(struct.doc),
        f"public sealed class {name}{base}",
        "{",
        *_indented(body),
        "}",
    ]


def _statics(name: str, struct: schema.Type, fields: list[types.Member]) -> list[str]:
    wires = [*(["type"] if struct.tag else []), *(f.wire for f in fields)]
    if len(wires) > _MASK_BITS:
        raise TypeError(f"{struct.name} has more than {_MASK_BITS} fields")
    required = [f.wire for f in fields if f.required]
    mask = sum(1 << wires.index(wire) for wire in required)
    names = ", ".join(f'"{wire}"' for wire in wires)
    lines = [
        *([] if struct.tag else [f"internal static readonly ReadElement<{name}> Element = Read;"]),
        f'static readonly Fields Known = new Fields("{name}", {mask:#x}, {names});',
    ]
    for f in fields:
        lines += f.statics()
    return lines


def _constructor(name: str, struct: schema.Type, fields: list[types.Member]) -> list[str]:
    parameters = ", ".join(f.parameter() for f in _ordered(struct, fields))
    lines = [f"public {name}({parameters})"]
    if struct.tag:
        lines.append("    : base(buffers)")
    lines.append("{")
    for f in fields:
        if not (struct.tag and f.wire == "buffers"):
            lines.append(f"    {f.property} = {f.filled()};")
    return [*lines, "}"]


def _ordered(struct: schema.Type, fields: list[types.Member]) -> list[types.Member]:
    """What must be given, then what may be, the buffers of a message last."""
    buffers = [f for f in fields if struct.tag and f.wire == "buffers"]
    rest = [f for f in fields if f not in buffers]
    return [*(f for f in rest if f.required), *(f for f in rest if not f.required), *buffers]


def _type_property(struct: schema.Type) -> list[str]:
    if not struct.tag:
        return []
    return ["public override string Type", "{", f'    get {{ return "{struct.tag}"; }}', "}"]


def _read(name: str, struct: schema.Type, fields: list[types.Member]) -> list[str]:
    cases = [f'case 0: reader.ReadTag("{struct.tag}"); break;'] if struct.tag else []
    first = len(cases)
    cases += [f"case {first + i}: {f.local} = {f.form.read}; break;" for i, f in enumerate(fields)]
    arguments = ", ".join(f.local for f in _ordered(struct, fields))
    return [
        f"public static {name} Read(ref MessagePackReader reader)",
        "{",
        *(f"    {f.type} {f.local} = {f.initial()};" for f in fields),
        "    FieldCursor cursor = reader.BeginFields(Known);",
        "    while (reader.NextField(Known, ref cursor))",
        "    {",
        "        switch (cursor.Field)",
        "        {",
        *_indented([*cases, "default: reader.Skip(); break;"], 3),
        "        }",
        "    }",
        f"    return new {name}({arguments});",
        "}",
    ]


def _write(struct: schema.Type, fields: list[types.Member]) -> list[str]:
    count = len(fields) + bool(struct.tag)
    override = "override " if struct.tag else ""
    lines = [
        f"public {override}void Write(MessagePackWriter writer)",
        "{",
        f"    writer.WriteMapHeader({count});",
    ]
    if struct.tag:
        lines += ["    Known.WriteName(writer, 0);", "    writer.Write(Type);"]
    for index, f in enumerate(fields, 1 if struct.tag else 0):
        lines += [f"    Known.WriteName(writer, {index});", *_indented(f.write())]
    return [*lines, "}"]


def _summary(doc: str) -> list[str]:
    if not doc:
        return []
    text = escape(doc).replace("None", "null")
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, _LINE - 10) or [""]]
    return [
        "/// <summary>",
        *(f"/// {line}".rstrip() for line in lines),
        "/// </summary>",
    ]


def _indented(lines: list[str], levels: int = 1) -> list[str]:
    return [("    " * levels + line) if line else line for line in lines]
