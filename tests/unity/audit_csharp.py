"""Reads the public declarations of C# source: types, members, signatures. No bodies.

It knows as much of C# as Unity's sources and the double of its API use; what it doesn't know it
skips to the end of the declaration. Names of types are shortened to their last part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/|\#[^\n]*)
    |(?P<text>\$?@\$?"(?:""|[^"])*"|\$?"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')
    |(?P<word>@?[A-Za-z_]\w*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>=>|::|<<|&&|\|\||==|!=|<=|>=|\+\+|--|->|[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
MODIFIERS = frozenset(
    "public protected internal private static extern unsafe readonly const virtual override "
    "abstract sealed new partial volatile async ref fixed".split()
)
KINDS = frozenset(("class", "struct", "interface", "enum"))
ALIASES = {
    "Boolean": "bool",
    "Byte": "byte",
    "Int32": "int",
    "UInt32": "uint",
    "Int64": "long",
    "UInt64": "ulong",
    "Single": "float",
    "Double": "double",
    "String": "string",
    "UnityObject": "Object",  # as some of Unity's files call it
}
PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass
class Member:
    """`kind` is field, property, event, method or value; `takes` are types with ref, out or in."""

    kind: str
    name: str
    type: str = ""
    takes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    optional: tuple[bool, ...] = ()
    static: bool = False
    override: bool = False
    obsolete: bool = False
    accessors: frozenset[str] = frozenset()
    value: str = ""
    where: str = ""

    def __str__(self) -> str:
        takes = f"({', '.join(self.takes)})" if self.kind == "method" else ""
        accessors = f" {{{', '.join(sorted(self.accessors))}}}" if self.accessors else ""
        value = f" = {self.value}" if self.kind == "value" else ""
        static = "static " if self.static and self.kind != "value" else ""
        return f"{static}{self.type} {self.name}{takes}{accessors}{value}".strip()


@dataclass
class Type:
    """All parts of it together, if it has several."""

    name: str
    kind: str
    namespace: str
    bases: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    where: str = ""
    static: bool = False
    obsolete: bool = False
    public: bool = False  # where it has several parts, one of them says it


def tokens(text: str) -> list[str]:
    """Words, numbers, signs; literals are kept whole, comments and directives are not."""
    return [m.group() for m in TOKEN.finditer(text.removeprefix("\ufeff")) if not m["skip"]]


def read(path: Path) -> list[Type]:
    """The types of a file, with their public members."""
    return Reader(tokens(path.read_text("utf-8", errors="replace")), str(path)).types()


class Reader:
    """Goes through the tokens of one file."""

    def __init__(self, words: list[str], where: str) -> None:
        self.words, self.where, self.at = words, where, 0

    def types(self) -> list[Type]:
        """All of them, nested ones as Outer.Inner."""
        return list(self._scope("", "", ""))

    def _peek(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def _next(self) -> str:
        self.at += 1
        return self.words[self.at - 1]

    def _skip_pair(self) -> None:
        """From an opening bracket to after the one that closes it."""
        depth = 0
        while self.at < len(self.words):
            word = self._next()
            depth += (word in "([{") - (word in ")]}")
            if depth == 0:
                return

    def _attributes(self) -> bool:
        """Skips them; says whether one is Obsolete."""
        start = self.at
        while self._peek() == "[":
            self._skip_pair()
        return "Obsolete" in self.words[start : self.at]

    def _modifiers(self) -> set[str]:
        found = {"obsolete"} if self._attributes() else set()
        while self._peek() in MODIFIERS:
            found.add(self._next())
        return found

    def _scope(self, namespace: str, outer: str, kind: str) -> Iterator[Type]:
        """The declarations until a closing brace, outside of types."""
        while self.at < len(self.words) and self._peek() != "}":
            modifiers = self._modifiers()
            word = self._peek()
            if word == "namespace":
                self._next()
                inner = self._dotted()
                if self._peek() == "{":
                    self._next()
                    yield from self._scope(f"{namespace}.{inner}".strip("."), outer, kind)
                    self.at += 1
                else:
                    namespace = inner
                    self.at += 1
            elif word in KINDS or word == "delegate":
                yield from self._type(modifiers, namespace, outer, implied=False)
            elif word == "{":
                self._skip_pair()
            else:
                self.at += 1

    def _dotted(self) -> str:
        name = self._next()
        while self._peek() in (".", "::"):
            self.at += 1
            name = f"{name}.{self._next()}"
        return name

    def _type(self, modifiers: set[str], namespace: str, outer: str, implied: bool) -> list[Type]:
        kind = self._next()
        if kind == "delegate":
            return self._delegate(modifiers, namespace, outer)
        name = self._next()
        arity = self._arity()
        name = f"{outer}.{name}{arity}".strip(".")
        made = Type(name, kind, namespace, where=self.where, static="static" in modifiers)
        made.obsolete = "obsolete" in modifiers
        made.public = implied or bool(modifiers & {"public", "protected"})
        if self._peek() == ":":
            self.at += 1
            made.bases = self._bases()
        while self._peek() not in ("{", ";", ""):
            self.at += 1
        found = [made]
        if self._peek() == "{":
            self.at += 1
            nested = self._enum(made) if kind == "enum" else self._members(made)
            found += nested
            self.at += 1
        return found

    def _delegate(self, modifiers: set[str], namespace: str, outer: str) -> list[Type]:
        returns = self._type_name()
        name = self._next()
        arity = self._arity()
        made = Type(f"{outer}.{name}{arity}".strip("."), "delegate", namespace, where=self.where)
        made.members.append(self._method(Member("method", "Invoke", returns, where=self.where)))
        self._to_end()
        made.public = "public" in modifiers
        return [made]

    def _arity(self) -> str:
        """`2 after <A, B>."""
        if self._peek() != "<":
            return ""
        depth, commas = 0, 1
        while True:
            word = self._next()
            depth += (word == "<") - (word == ">")
            commas += word == ","
            if depth == 0:
                return f"`{commas}"

    def _bases(self) -> list[str]:
        bases = [self._type_name()]
        while self._peek() == ",":
            self.at += 1
            bases.append(self._type_name())
        return bases

    def _type_name(self) -> str:
        """The last part of its name, with arguments, brackets and the like."""
        if self._peek() == "(":
            start = self.at
            self._skip_pair()
            name = "".join(self.words[start : self.at])
        else:
            name = self._next()
        text = ALIASES.get(name, name)
        while True:
            word = self._peek()
            if word in (".", "::"):
                self.at += 1
                qualifier, name = name, self._next()
                text = (
                    "object"
                    if (qualifier, name) == ("System", "Object")
                    else ALIASES.get(name, name)
                )
            elif word == "<":
                text += self._arguments()
            elif word in ("?", "*"):
                text += self._next()
            elif word == "[" and self.words[self.at + 1] in ("]", ","):
                start = self.at
                self._skip_pair()
                text += "".join(self.words[start : self.at])
            else:
                return text

    def _arguments(self) -> str:
        self.at += 1
        inner = []
        while self._peek() != ">":
            self._attributes()
            inner.append(self._type_name())
            if self._peek() == ",":
                self.at += 1
        self.at += 1
        return f"<{', '.join(inner)}>"

    def _enum(self, made: Type) -> list[Type]:
        number = "-1"
        while self._peek() not in ("}", ""):
            obsolete = self._attributes()
            name = self._next()
            if self._peek() == "=":
                self.at += 1
                start = self.at
                while self._peek() not in (",", "}"):
                    if self._peek() == "(":
                        self._skip_pair()
                    else:
                        self.at += 1
                number = " ".join(self.words[start : self.at])
            else:
                number = f"{number} + 1"
            made.members.append(
                Member(
                    "value", name, value=number, static=True, obsolete=obsolete, where=self.where
                )
            )
            if self._peek() == ",":
                self.at += 1
        return []

    def _members(self, made: Type) -> list[Type]:
        nested: list[Type] = []
        implied = made.kind == "interface"
        while self._peek() not in ("}", ""):
            before = self.at
            modifiers = self._modifiers()
            if self._peek() in KINDS or self._peek() == "delegate":
                nested += self._type(modifiers, made.namespace, made.name, implied)
                continue
            member = self._member(modifiers, made)
            if member and (implied or modifiers & {"public", "protected"}):
                member.static = bool(modifiers & {"static", "const"})
                member.override = "override" in modifiers
                member.obsolete = "obsolete" in modifiers
                made.members.append(member)
            if self.at == before:
                self.at += 1
        return nested

    def _member(self, modifiers: set[str], made: Type) -> Member | None:
        """One declaration, and past its end."""
        if self._peek() in (";", "~"):
            self._to_end()
            return None
        simple = made.name.rpartition(".")[2].partition("`")[0]
        if self._peek() == simple and self.words[self.at + 1] == "(":
            self.at += 1
            return self._ended(self._method(Member("method", ".ctor", where=self.where)))
        if self._peek() in ("implicit", "explicit"):
            kind = self._next()
            self.at += 1
            target = self._type_name()
            return self._ended(self._method(Member("method", kind, target, where=self.where)))
        event = self._peek() == "event"
        self.at += event
        kind = self._type_name()
        if self._peek() == "operator":
            self.at += 1
            sign = self._next()
            while self._peek() != "(":
                sign += self._next()
            return self._ended(self._method(Member("method", sign, kind, where=self.where)))
        return self._named(kind, event)

    def _named(self, kind: str, event: bool) -> Member | None:
        if not re.match(r"@?\w", self._peek()):
            self._to_end()
            return None
        name = self._next()
        while self._peek() == ".":  # what is implemented for one interface only
            self.at += 1
            name = f"{name}.{self._next()}"
        member = Member("field", name, kind, where=self.where)
        if event:
            member.kind = "event"
            return self._ended(member)
        if name == "this":
            member.kind = "property"
            member.takes, member.names, _ = self._parameters()
            return self._property(member)
        if self._peek() == "<":
            member.name += self._arity()
        if self._peek() == "(":
            return self._ended(self._method(member))
        return self._property(member) if self._peek() in ("{", "=>") else self._ended(member)

    def _property(self, member: Member) -> Member:
        member.kind = "property"
        if self._peek() == "=>":
            member.accessors = frozenset(("get",))
            return self._ended(member)
        self.at += 1
        found = set()
        while self._peek() not in ("}", ""):
            hidden = self._modifiers() & {"private", "internal", "protected"}
            word = self._next()
            if word in ("get", "set") and not hidden:
                found.add(word)
            if word in ("get", "set"):
                self._to_end()
        self.at += 1
        if self._peek() == "=":
            self._to_end()
        member.accessors = frozenset(found)
        return member

    def _method(self, member: Member) -> Member:
        member.kind = "method"
        member.takes, member.names, member.optional = self._parameters()
        return member

    def _parameters(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...]]:
        close = PAIRS[self._next()]
        takes, names, optional = [], [], []
        while self._peek() not in (close, ""):
            self._attributes()
            how = ""
            while self._peek() in ("ref", "out", "in", "params", "this", "scoped", "readonly"):
                word = self._next()
                # Whoever calls an extension as a method does not see `this`.
                how += f"{word} " if word in ("ref", "out", "in", "params") else ""
            takes.append(how + self._type_name())
            names.append(self._next())
            optional.append(self._peek() == "=")
            while self._peek() not in (",", close, ""):
                if self._peek() in PAIRS:
                    self._skip_pair()
                else:
                    self.at += 1
            if self._peek() == ",":
                self.at += 1
        self.at += 1
        return tuple(takes), tuple(names), tuple(optional)

    def _ended(self, member: Member) -> Member:
        self._to_end()
        return member

    def _to_end(self) -> None:
        """Past the body or the semicolon of a declaration."""
        while self.at < len(self.words):
            word = self._peek()
            if word == "}":
                return
            if word in PAIRS:
                self._skip_pair()
                if word == "{" and self._peek() != ";":
                    return
            else:
                self.at += 1
                if word == ";":
                    return
