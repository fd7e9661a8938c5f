"""What is generated from the messages is up to date, and the golden messages mean what they did."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import msgpack
import msgspec
import numpy as np
import pytest

from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m
from layerwalk.protocol.generate.__main__ import CHECKOUT, generated, stale
from layerwalk.protocol.generate.markdown import markdown
from layerwalk.protocol.generate.typescript import typescript

GOLDEN = CHECKOUT / "tests" / "golden" / "protocol"


def test_generated_files_are_what_the_messages_say() -> None:
    assert stale(CHECKOUT) == []


def test_check_notices_what_is_stale(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "layerwalk.protocol.generate", "--checkout", str(tmp_path)]
    assert subprocess.run([*command, "--check"], check=False).returncode == 1
    assert not list(tmp_path.iterdir())
    assert subprocess.run(command, check=False).returncode == 0
    assert stale(tmp_path) == []
    assert subprocess.run([*command, "--check"], check=False).returncode == 0
    (tmp_path / "docs/protocol.md").write_text("edited by hand")
    assert stale(tmp_path) == ["docs/protocol.md"]
    assert set(generated()) == {
        str(path.relative_to(tmp_path).as_posix()) for path in files_under(tmp_path)
    }


def files_under(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_every_type_and_field_is_documented() -> None:
    text = markdown()
    for struct in schema.types():
        assert f"### {struct.name}\n" in text
        for field in struct.fields:
            if field.name != "buffers":
                assert f"| `{field.name}` |" in text
    headings = [line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == len(set(headings)), "two headings share an anchor"
    targets = {part.split(")")[0] for part in text.split("](#")[1:]}
    assert targets <= set(headings)


def test_clients_may_leave_out_defaults_in_typescript_and_the_bridge_may_not() -> None:
    text = typescript()
    request = text.split("export interface Request {")[1].split("}")[0]
    assert "  layers?: string[];" in request
    assert "  buffers?: Buffer[];" in request
    reply = text.split("export interface Reply {")[1].split("}")[0]
    assert "  run: number | null;" in reply
    assert "  buffers: Buffer[];" in reply
    assert "side: -1 | 1;" in text
    assert "position_m: [number, number, number];" in text


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (int | None, "int or null"),
        (tuple[float, float], "[float, float]"),
        (dict[str, Any], "{text: any}"),
        (Annotated[int, msgspec.Meta(ge=0, le=31)], "int (from 0 to 31)"),
    ],
)
def test_types_are_spelled_alike_in_every_version_of_python(annotation: Any, words: str) -> None:
    assert schema.spell(annotation) == words


def test_the_hash_changes_with_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.schema_hash()

    class Renamed(m.Message, frozen=True, kw_only=True, tag="hello"):
        major: int = 2

    changed = (*schema.client_messages()[1:], Renamed)
    monkeypatch.setattr(schema, "client_messages", lambda: changed)
    assert schema.schema_hash() != before
    monkeypatch.undo()
    assert schema.schema_hash() == before


# ---------------------------------------------------------------- golden messages


def maker() -> ModuleType:
    """The script that writes the golden messages."""
    spec = importlib.util.spec_from_file_location("make_golden", GOLDEN / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_a_golden_message_of_every_type() -> None:
    structs = (*schema.client_messages(), *schema.bridge_messages())
    assert {path.stem for path in GOLDEN.glob("*.bin")} == {schema.tag(s) for s in structs}


def test_golden_messages_are_still_written_alike() -> None:
    for tag, parts in maker().golden().items():
        assert (GOLDEN / f"{tag}.bin").read_bytes() == frames.join(parts)
        assert (GOLDEN / f"{tag}.json").read_text("utf-8") == maker().meaning(parts)


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.rglob("*.bin")), ids=lambda path: str(path.relative_to(GOLDEN))
)
def test_golden_messages_are_read_as_they_were_meant(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    parts = frames.split(path.read_bytes())
    assert msgpack.unpackb(parts[0]) == expected["header"]
    clients = {schema.tag(struct) for struct in schema.client_messages()}
    from_client = frames.message_type(parts[0]) in clients
    decode = frames.decode_client if from_client else frames.decode_bridge
    message, arrays = decode(parts)
    # What this version has besides is filled in, so the expected fields are a part of its own.
    ours = json.loads(msgspec.json.encode(message))
    assert ours == ours | expected["header"]
    for array, values in zip(arrays, expected["payloads"], strict=True):
        np.testing.assert_array_equal(array.ravel(), values)
