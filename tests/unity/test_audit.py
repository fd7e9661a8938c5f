"""The audit of the engine's double finds what is planted, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from . import audit_csharp, audit_engine

# As strange as real sources are: attributes, directives, several parts, strings with braces.
REFERENCE = """
using System;
namespace UnityEngine.Things
{
    // public class Comment { public int no; }
    [Flags, NativeHeader("a[0]{;}")]
    public enum Kinds
    {
        None = 0, First = 1 << 0, Both = First | (1 << 1), Next, Last = -1, [Obsolete] Old = 7
    }

    partial class Thing
    {
        public delegate void Heard(string what, ref int how);
        public static event Heard heard;
        #if UNITY_EDITOR
        extern internal static int Hidden(int a);
        #endif
        [FreeFunction("Thing::Make(\\"{\\")")]
        extern public static Thing Make(int count, [DefaultValue("null")] string name);
        public static Thing Make(int count) => Make(count, $"{count}\\"");
        public void Read<T>(in T value, System.Int32[] to, bool quick = true) where T : struct
        {
            if (to.Length > 3) { throw new Exception("}"); }
        }
        [Obsolete("Use count", false)] public int Count() { return count; }
        public int count { get { return 'x'; } internal set { } }
        public float this[int index] { get { return 0; } set { } }
        public const float kMost = 1e-5F;
        public static Thing operator +(Thing a, Thing b) { return a; }
        public static implicit operator bool(Thing exists) { return true; }
        protected virtual void OnEnable() { }
        void Secret() { }
    }

    public partial class Thing : Base<int>, IDisposable
    {
        public Thing(UnityEngine.Vector3 place) : base(place) { }
        public extern void Dispose();
        public readonly struct Inner { public readonly float x, y; public Inner(float x) { } }
    }

    public class Base<T> : Object { public T value; public System.Action<T, string> told; }
}
"""

RIGHT = """
namespace UnityEngine.Things
{
    [System.Flags]
    public enum Kinds { None, First, Both = 3, Next = 4, Last = -1 }

    public partial class Thing : Base<int>, IDisposable
    {
        internal int Own;
        public Thing(Vector3 place) { }
        public static event Heard heard;
        public static Thing Make(int count) { return null; }
        public static Thing Make(int count, string name) { return null; }
        public void Read<T>(in T value, int[] to, bool quick = true) where T : struct { }
        public int count { get { return 1; } private set { } }
        public float this[int index] { get { return 0; } set { } }
        public const float kMost = 0.00001f;
        public static Thing operator +(Thing a, Thing b) { return a; }
        public static implicit operator bool(Thing exists) { return true; }
        public void Dispose() { }
        public override string ToString() { return ""; }
        public delegate void Heard(string what, ref int how);
        public struct Inner { public Inner(float x) { } }
    }

    public class Base<T> { public T value; public System.Action<T, string> told; }
}
"""


def audited(tmp_path: Path, double: str) -> audit_engine.Report:
    """The report on a double of one file."""
    for name, text in (("reference", REFERENCE), ("double", double)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Things.cs").write_text(text, "utf-8")
    return audit_engine.audit(tmp_path / "double", [tmp_path / "reference"])


def test_what_is_right_passes(tmp_path: Path) -> None:
    report = audited(tmp_path, RIGHT)
    assert report.wrong == []
    assert (report.types, report.not_audited) == (5, [])
    assert report.members > 20


@pytest.mark.parametrize(
    ("right", "planted", "says"),
    [
        ("Thing Make(int count)", "Thing Make(long count)", "no static Thing Make(long)"),
        ("Thing Make(int count)", "Thing Make(int number)", "no static Thing Make(int)"),
        ("static Thing Make(int count)", "Thing Make(int count)", "no Thing Make(int)"),
        ("static Thing Make(int count)", "static int Make(int count)", "no static int Make(int)"),
        ("in T value", "ref T value", "no void Read`1(ref T, int[], bool)"),
        ("int[] to", "int[][] to", "no void Read`1(in T, int[][], bool)"),
        ("string name)", 'string name = "")', "no static Thing Make(int, string)"),
        ("private set { }", "set { }", "no int count {get, set}"),
        (
            "public int count { get { return 1; } private set { } }",
            "public int count;",
            "no int count",
        ),
        ("this[int index]", "this[string index]", "no float this"),
        ("ref int how", "int how", "Heard: has no void Invoke(string, int)"),
        ("implicit operator bool", "implicit operator int", "no static int implicit"),
        ("operator +(Thing a, Thing b)", "operator -(Thing a, Thing b)", "no static Thing -"),
        ("internal int Own", "public int Own", "no int Own"),
        ("public void Dispose", "public void Secret() { } public void Dispose", "no void Secret()"),
        ("Inner(float x)", "Inner(float x, float y)", "Inner: has no .ctor(float, float)"),
        ("public struct Inner", "public class Inner", "is a struct, not a class"),
        (": Base<int>,", ": Other,", "is no Other"),
        ("Both = 3", "Both = 5", "no Both = 5, but 3"),
        ("Next = 4", "Then = 4", "no Then = 4"),
        ("Last = -1", "Last = -1, Old = 7", "Old is obsolete"),
        ("internal int Own;", "public int Count() { return 1; }", "int Count() is obsolete"),
        ("class Base<T>", "class Basis<T>", "Basis`1: there is no such type"),
        ("Action<T, string>", "Action<string, T>", "no Action<string, T> told"),
    ],
)
def test_what_is_planted_is_found(tmp_path: Path, right: str, planted: str, says: str) -> None:
    assert right in RIGHT
    report = audited(tmp_path, RIGHT.replace(right, planted, 1))
    assert len(report.wrong) == 1, report.wrong
    assert says in report.wrong[0]


def test_packages_that_were_not_given_are_listed(tmp_path: Path) -> None:
    text = "namespace UnityEngine.InputSystem { public class Mouse { } }"
    report = audited(tmp_path, text)
    assert report.not_audited == ["UnityEngine.InputSystem.Mouse"]
    assert report.wrong == []


def test_all_of_the_double_is_read() -> None:
    """No declaration of Unity's that a plain search finds is missed."""
    types = audit_engine.double().values()
    read = sum(len(each.members) for each in types if each.kind in ("class", "struct"))
    declared = 0
    for path in audit_engine.DOUBLE.rglob("*.cs"):
        text = path.read_text("utf-8")
        public = re.search(r"^    public (?!enum|interface|delegate)", text, re.M)
        if public and "namespace UnityDouble" not in text:
            lines = re.findall(r"^ +(?:public|protected) .*", text, re.M)
            nested = r" (class|struct|enum|delegate) "
            declared += sum(not re.search(nested, line) for line in lines)
    assert declared == read


def test_tokens_leave_nothing_of_strings_and_comments() -> None:
    text = '/* { */ a = @"\\"; b = "\\"{"; c = \'}\'; // }\n#if {\nd\n#endif'
    assert audit_csharp.tokens(text) == 'a = @"\\" ; b = "\\"{" ; c = \'}\' ; d'.split(" ")
