"""What the generator of C# writes for every kind of field, and what it refuses."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from layerwalk.protocol import schema
from layerwalk.protocol.generate import csharp
from layerwalk.protocol.generate.csharp_types import Member, pascal, renamed


def member(annotation: Any, default: Any = msgspec.NODEFAULT, name: str = "size_m") -> Member:
    field = schema.Field(name, annotation, default)
    return Member(schema.Type("Thing", None, "", (field,)), field)


def test_every_type_and_field_has_its_class_and_member() -> None:
    classes = re.split(r"\n    public sealed class ", csharp.messages())[1:]
    by_name = {re.match(r"\w+", text)[0]: text for text in classes}  # type: ignore[index]
    assert set(by_name) == {renamed(struct.name) for struct in schema.types()}
    for struct in schema.types():
        text = by_name[renamed(struct.name)]
        assert (": Message\n" in text) == (struct.tag is not None)
        for field in struct.fields:
            assert f'"{field.name}"' in text
            if field.name not in ("buffers", struct.name.lower()):
                assert re.search(rf"public readonly \S+ {pascal(field.name)};", text), field


@pytest.mark.parametrize(
    ("annotation", "name", "read"),
    [
        (int, "long", "reader.ReadInt64()"),
        (Annotated[int, Meta(ge=0, le=31)], "long", "reader.ReadInt64(0, 31)"),
        (Annotated[float, Meta(ge=0, le=30)], "double", "reader.ReadDouble(0, 30)"),
        (int | None, "long?", "reader.TryReadNil() ? (long?)null : reader.ReadInt64()"),
        (tuple[str, ...], "string[]", "reader.ReadArray(Elements.Text)"),
        (
            Annotated[tuple[str, ...], Meta(max_length=9)],
            "string[]",
            "reader.ReadArray(Elements.Text, 9)",
        ),
        (tuple[tuple[float, float], ...], "Vec2[]", "reader.ReadArray(Vec2.Element)"),
        (dict[str, Any], "Map<object>", "reader.ReadMap(AnyValue.Element)"),
        (Literal["a", "b"], "ThingSizeM", "(ThingSizeM)reader.ReadChoice(SizeMChoice)"),
        (Literal[-1, 1], "long", "reader.ReadInt64(SizeMChoice)"),
    ],
)
def test_fields_are_held_and_read_in_their_type(annotation: Any, name: str, read: str) -> None:
    form = member(annotation).form
    assert (form.name, form.read) == (name, read)


@pytest.mark.parametrize(
    ("annotation", "default", "parameter", "filled"),
    [
        (int, msgspec.NODEFAULT, "long sizeM", "sizeM"),
        (int, 3, "long sizeM = 3", "sizeM"),
        (bool, True, "bool sizeM = true", "sizeM"),
        (str, 'a"b', 'string sizeM = "a\\"b"', "sizeM"),
        (int | None, None, "long? sizeM = null", "sizeM"),
        (tuple[int, ...], (), "long[] sizeM = null", "sizeM ?? Array.Empty<long>()"),
        (tuple[int, ...], (1, 2), "long[] sizeM = null", "sizeM ?? DefaultSizeM"),
        (tuple[float, float], (0.5, 1.0), "Vec2? sizeM = null", "sizeM ?? new Vec2(0.5, 1.0)"),
        (dict[str, int], {}, "Map<long> sizeM = null", "sizeM ?? Map<long>.Empty"),
        (Literal["a", "b"], "b", "ThingSizeM sizeM = ThingSizeM.B", "sizeM"),
    ],
)
def test_defaults_are_those_of_python(
    annotation: Any, default: Any, parameter: str, filled: str
) -> None:
    field = member(annotation, default)
    assert (field.parameter(), field.filled()) == (parameter, filled)


@pytest.mark.parametrize(
    "annotation",
    [
        bytes,
        int | str,
        tuple[int, str],
        dict[int, str],
        Annotated[int, Meta(gt=0)],
        Annotated[int, Meta(ge=0)],
        Annotated[str, Meta(pattern="x")],
    ],
)
def test_what_has_no_form_in_csharp_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"no C# for"):
        member(annotation)


def test_a_member_may_not_have_the_name_of_its_class() -> None:
    with pytest.raises(TypeError, match=r"Thing\.thing needs another name"):
        member(int, name="thing")
