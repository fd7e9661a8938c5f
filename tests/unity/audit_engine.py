"""Compares the double of Unity's API with Unity's own sources: does all of it exist, and like this?

    python tests/unity/audit_engine.py REFERENCE [--package FOLDER …]

REFERENCE is a checkout of https://github.com/Unity-Technologies/UnityCsReference at the tag of
`ProjectVersion.txt`; it may be read only, so no part of it is in this repository, and CI doesn't
run this. A FOLDER is that of a package, for instance `Library/PackageCache/com.unity.inputsystem@…`
of a project that an editor has opened. Types of packages that were not given are listed as not
audited. Ends with 1 when the double has what Unity hasn't.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import audit_csharp as csharp  # also without the package around it

DOUBLE = Path(__file__).resolve().parent / "Engine"
EDITOR_DOUBLE = DOUBLE.with_name("EngineEditor")
DECLARES = re.compile(
    r"\b(?:class|struct|interface|enum)\s+(\w+)|\bdelegate\b[^;({]*?(\w+)\s*(?:<[^>]*>)?\s*\("
)
OF_OBJECT = frozenset(("ToString", "Equals", "GetHashCode"))
# Namespaces of packages: what is there is not in the reference.
PACKAGED = (
    "Unity.XR.",
    "UnityEditor.XR.",
    "UnityEngine.InputSystem",
    "UnityEngine.Rendering.ResourceReloader",
    "UnityEngine.Rendering.Universal",
    "UnityEngine.XR.Management",
    "UnityEngine.XR.OpenXR",
    "UnityEngine.XR.Interaction",
)


@dataclass
class Report:
    """What was found; `wrong` is empty when all is well."""

    wrong: list[str] = field(default_factory=list)
    not_audited: list[str] = field(default_factory=list)
    types: int = 0
    members: int = 0

    def __iadd__(self, other: Report) -> Report:
        self.wrong += other.wrong
        self.not_audited += other.not_audited
        self.types += other.types
        self.members += other.members
        return self


class Sources:
    """Types of C# files, read when they are asked for."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.files: dict[str, list[Path]] = {}
        self.read: dict[Path, list[csharp.Type]] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*.cs")):
                found = DECLARES.findall(path.read_text("utf-8", errors="replace"))
                for name in {one or other for one, other in found}:
                    self.files.setdefault(name, []).append(path)

    def find(self, namespace: str | None, name: str) -> csharp.Type | None:
        """All parts of a type as one; None where there is none. Without namespace: any."""
        simple = name.rpartition(".")[2].partition("`")[0]
        parts = [
            each
            for path in self.files.get(simple, [])
            for each in self._types(path)
            if each.name == name and namespace in (None, each.namespace)
        ]
        if not any(part.public for part in parts):
            return None
        whole = csharp.Type(name, parts[0].kind, parts[0].namespace, where=parts[0].where)
        for part in parts:
            whole.bases += part.bases
            whole.members += part.members
            whole.static |= part.static
            whole.obsolete |= part.obsolete
        return whole

    def lineage(self, found: csharp.Type) -> list[csharp.Type]:
        """A type and those it is derived from, as far as their sources are there."""
        line, names = [found], {found.name}
        for each in line:
            for base in each.bases:
                name = f"{base.partition('<')[0]}{_arity(base)}"
                parent = None if name in names else self._seen_from(each.namespace, name)
                names.add(name)
                if parent:
                    line.append(parent)
        return line

    def _seen_from(self, namespace: str, name: str) -> csharp.Type | None:
        """The nearest type of that name: of the namespace, of those around it, of any."""
        parts = namespace.split(".")
        around: list[str | None] = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
        found = (self.find(each, name) for each in [*around, None])
        return next(filter(None, found), None)

    def _types(self, path: Path) -> list[csharp.Type]:
        if path not in self.read:
            self.read[path] = csharp.read(path)
        return self.read[path]


def _arity(name: str) -> str:
    inside = name.partition("<")[2]
    depth = count = 0
    for sign in inside:
        depth += (sign == "<") - (sign == ">")
        count += sign == "," and depth == 0
    return f"`{count + 1}" if inside else ""


def double(folder: Path = DOUBLE) -> dict[tuple[str, str], csharp.Type]:
    """The public types of the double that stand for Unity's, by namespace and name."""
    sources = Sources([folder])
    names = {
        (each.namespace, each.name)
        for path in sorted(folder.rglob("*.cs"))
        for each in csharp.read(path)
        if each.namespace.partition(".")[0] != "UnityDouble"
    }
    types = {key: sources.find(*key) for key in sorted(names)}
    return {key: found for key, found in types.items() if found}


def audit(folder: Path, reference: Iterable[Path]) -> Report:
    """Compares the double in `folder` with the sources in the folders of `reference`."""
    sources, report = Sources(reference), Report()
    for (namespace, name), ours in double(folder).items():
        theirs = sources.find(namespace, name)
        label = f"{namespace}.{name}"
        if theirs is None:
            packaged = label.startswith(PACKAGED)
            (report.not_audited if packaged else report.wrong).append(
                label if packaged else f"{label}: there is no such type"
            )
            continue
        report.types += 1
        report.members += len(ours.members)
        report.wrong += [f"{label}: {fault}" for fault in compare(ours, sources, theirs)]
    return report


def compare(ours: csharp.Type, sources: Sources, theirs: csharp.Type) -> list[str]:
    """What is different about a type of the double."""
    line = sources.lineage(theirs)
    faults = [] if ours.kind == theirs.kind else [f"is a {theirs.kind}, not a {ours.kind}"]
    if theirs.obsolete:
        faults.append("is obsolete")
    if ours.static != theirs.static and ours.kind == "class" and ours.static:
        faults.append("is not static")
    known = {base for each in line for base in each.bases}
    known_names = {base.partition("<")[0] for base in known} | {e.name for e in line}
    for base in ours.bases:
        if base.partition("<")[0] not in known_names and ours.kind != "enum":
            faults.append(f"is no {base}")
    if ours.kind == "enum":
        return faults + _values(ours, theirs)
    members = [
        member for each in line for member in each.members if each is theirs or not _made(member)
    ]
    return faults + [fault for member in ours.members if (fault := _fault(member, members))]


def _made(member: csharp.Member) -> bool:
    return member.name == ".ctor"


def _fault(ours: csharp.Member, members: Sequence[csharp.Member]) -> str:
    """What is wrong with a member; nothing where Unity has it so."""
    if ours.override and ours.name in OF_OBJECT:
        return ""
    if _made(ours) and not ours.takes and not any(map(_made, members)):
        return ""  # the constructor that the compiler makes
    same = [each for each in members if each.name == ours.name]
    if not same:
        return f"has no {ours}"
    alike = [each for each in same if _agree(ours, each)]
    if alike:
        return f"{ours} is obsolete" if all(each.obsolete for each in alike) else ""
    return f"has no {ours}, but {'; '.join(sorted({str(each) for each in same}))}"


def _agree(ours: csharp.Member, theirs: csharp.Member) -> bool:
    alike = (ours.kind, ours.type, ours.takes, ours.static) == (
        theirs.kind,
        theirs.type,
        theirs.takes,
        theirs.static,
    )
    named = (
        ours.names == theirs.names
        or ours.name in ("implicit", "explicit")
        or not ours.name[0].isalpha()
    )
    may_leave = all(
        not our or their for our, their in zip(ours.optional, theirs.optional, strict=False)
    )
    return alike and named and may_leave and ours.accessors <= theirs.accessors


def _values(ours: csharp.Type, theirs: csharp.Type) -> list[str]:
    known, mine = _numbers(theirs), _numbers(ours)
    obsolete = {member.name for member in theirs.members if member.obsolete}
    return [
        f"has no {name} = {value}" + (f", but {known[name]}" if name in known else "")
        for name, value in mine.items()
        if known.get(name) != value
    ] + [f"{name} is obsolete" for name in mine if name in obsolete]


def _numbers(of: csharp.Type) -> dict[str, int]:
    """The values of an enumeration."""
    found: dict[str, int] = {}
    last = -1
    for member in of.members:
        text = member.value
        if text.endswith("+ 1") and not re.match(r"\d+ \+ 1$", text):
            number = last + 1
        else:
            words = [str(found.get(word, word)) for word in text.split()]
            number = _evaluate(" ".join(words))
        found[member.name] = last = number
    return found


def _evaluate(text: str) -> int:
    """Of what an enumeration's value may be made: numbers, shifts, or, plus, minus, brackets."""
    plain = re.sub(r"(?<=\d)[uUlL]+\b", "", text).replace("< <", "<<").replace("- ", "-")
    try:
        return _of_node(ast.parse(plain, mode="eval").body)
    except (SyntaxError, TypeError):
        return -(10**9)  # unlike any value of the double


def _of_node(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_of_node(inner)
        case ast.BinOp(left=left, op=ast.LShift(), right=right):
            return _of_node(left) << _of_node(right)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _of_node(left) | _of_node(right)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _of_node(left) + _of_node(right)
        case _:
            raise TypeError(ast.dump(node))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Audits the double of Unity's API")
    parser.add_argument("reference", type=Path, help="a checkout of UnityCsReference")
    parser.add_argument("--package", type=Path, action="append", default=[], help="its folder")
    options = parser.parse_args()
    runtime = [options.reference / name for name in ("Runtime", "Modules", "artifacts")]
    if not runtime[0].is_dir():
        print(f"{options.reference} has no folder Runtime; give a checkout of UnityCsReference")
        return 2
    player = [*runtime, *options.package]
    report = audit(DOUBLE, player)
    report += audit(EDITOR_DOUBLE, [*player, options.reference / "Editor"])
    for line in report.wrong:
        print(line)
    for line in report.not_audited:
        print(f"not audited: {line}")
    print(f"{report.types} types with {report.members} members audited: {len(report.wrong)} wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
