"""`.layerwalk` files: what is written is read, in later versions too; hostile ones are refused."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layerwalk.errors import SessionFailed
from layerwalk.kept import (
    KeptPicture,
    KeptSession,
    NetworkReference,
    Recording,
    read_session,
    session_bytes,
    write_session,
)
from layerwalk.kept import session as kept
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session.opening import restoration_of

GOLDEN = Path(__file__).parents[1] / "golden" / "sessions"
Parts = dict[str, bytes]


def golden() -> KeptSession:
    """What the golden file of this version was made of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(GOLDEN)
        spec = importlib.util.spec_from_file_location("golden_session", GOLDEN / "make.py")
        assert spec is not None
        assert spec.loader is not None
        make = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(make)
    return make.session()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the golden file."""
    return Path(shutil.copy(GOLDEN / "1.0.layerwalk", tmp_path / "room.layerwalk"))


def parts_of(file: Path) -> Parts:
    with zipfile.ZipFile(file) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def rewrite(file: Path, change: Callable[[Parts], None]) -> None:
    """The file with its parts changed."""
    parts = parts_of(file)
    change(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def rewrite_json(file: Path, part: str, **values: Any) -> None:
    rewrite(
        file, lambda ps: ps.update({part: json.dumps({**json.loads(ps[part]), **values}).encode()})
    )


def refused(file: Path) -> str:
    """Why a file is not opened; it stays as it is."""
    before = file.read_bytes()
    with pytest.raises(SessionFailed) as caught:
        restoration_of(read_session(file), file)
    assert file.read_bytes() == before
    message = str(caught.value)
    assert message.startswith(f"'{file}'")
    return message


# ---------------------------------------------------------------- what is written is read


@pytest.mark.parametrize("golden_file", sorted(GOLDEN.glob("*.layerwalk")), ids=lambda p: p.stem)
def test_files_of_every_version_open(golden_file: Path) -> None:
    session = read_session(golden_file)
    assert session.network.source == "models.py:small"
    link = {"link": "#layer=0.0", "note": "", "order": 0}
    assert session.document["bookmarks"] == {"my place": link}
    assert [(one.id, one.name) for one in session.pictures] == [
        ("cat", "cat.png"), ("placed", "dropped"),
    ]  # fmt: skip
    restoration = restoration_of(session, golden_file)
    assert restoration.placed == "placed"
    assert restoration.form.kind == "tower"
    assert restoration.shelf().load("cat").shape == (6, 8, 3)
    assert session.recording is not None
    (first, *_) = session.recording.messages
    assert isinstance(frames.decode_bridge(frames.split(first))[0], m.Welcome)


def test_the_newest_golden_file_is_what_this_version_writes(tmp_path: Path) -> None:
    newest = GOLDEN / f"{kept.MAJOR}.{kept.MINOR}.layerwalk"
    assert read_session(newest) == golden()
    write_session(golden(), tmp_path / "now")
    assert parts_of(newest) == parts_of(tmp_path / "now")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    session = golden()
    size = write_session(session, tmp_path / "a.layerwalk")
    assert read_session(tmp_path / "a.layerwalk") == session
    assert size == (tmp_path / "a.layerwalk").stat().st_size == len(session_bytes(session))
    without = replace(session, recording=None, pictures=(), placed="", settings={})
    write_session(without, tmp_path / "a.layerwalk")
    assert read_session(tmp_path / "a.layerwalk") == without


def test_a_file_that_fails_leaves_the_former_one(tmp_path: Path, file: Path) -> None:
    before = file.read_bytes()
    hopeless = replace(golden(), document={"no": {"json": object()}})
    with pytest.raises(SessionFailed, match="the room cannot be kept"):
        write_session(hopeless, file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_file_keeps_its_permissions(file: Path) -> None:
    file.chmod(0o640)
    write_session(golden(), file)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o640


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SessionFailed, match=r"cannot be written .*No such file.*unchanged"):
        write_session(golden(), tmp_path / "nowhere" / "room.layerwalk")


# ---------------------------------------------------------------- other versions


def test_a_newer_major_version_is_told_and_what_reads_it(file: Path) -> None:
    rewrite_json(file, "layerwalk.json", version=[2, 0], layerwalk="9.1", network="another")
    assert "version 2.0" in (message := refused(file))
    assert "layerwalk 9.1" in message


def test_what_a_newer_minor_version_adds_is_ignored(file: Path) -> None:
    rewrite_json(file, "layerwalk.json", version=[1, 7], weather={"rain": True})
    rewrite(file, lambda parts: parts.update({"weather/0000.json": b"{}"}))
    assert read_session(file) == golden()


# ---------------------------------------------------------------- broken and hostile ones


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(file: Path, share: float) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: int(share * len(data))])
    assert "copy it again" in refused(file)


def test_every_changed_byte_is_refused_or_harmless(file: Path) -> None:
    data, whole = file.read_bytes(), golden()
    for at in range(0, len(data), 7):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(SessionFailed):
            assert read_session(file) == whole, at


def test_no_file_and_no_session_are_told(tmp_path: Path, file: Path) -> None:
    with pytest.raises(SessionFailed, match=r"cannot be read \(No such file"):
        read_session(tmp_path / "none.layerwalk")
    rewrite(file, lambda parts: parts.pop("layerwalk.json"))
    assert "part 'layerwalk.json' is missing" in refused(file)
    file.write_bytes(b"PK")
    refused(file)


@pytest.mark.parametrize("part", ["document.json", "pictures/0001.png", "captured/0000.messages"])
def test_a_missing_part_is_named(file: Path, part: str) -> None:
    rewrite(file, lambda parts: parts.pop(part))
    assert f"part '{part}' is missing" in refused(file)


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "a\\b", "C:x", "pictures/../../x", "a//b"]
)
def test_a_name_that_leads_elsewhere_is_refused(file: Path, name: str) -> None:
    rewrite(file, lambda parts: parts.update({name: b"x"}))
    assert "leads elsewhere" in refused(file)


def test_a_part_that_is_there_twice_is_refused(file: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("document.json", b"{}")
    assert "part 'document.json' is there twice" in refused(file)


def test_a_bomb_is_not_unpacked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a part that says what it is, nor one that hides it."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts_of(file).items():
            archive.writestr(name, data if name != "document.json" else b" " * (20 << 20))
    file.write_bytes(bomb.getvalue())
    with monkeypatch.context() as patch:
        patch.setattr(kept, "MAX_MANIFEST_BYTES", 10_000)
        assert "part 'document.json' has 20,971,520 bytes" in refused(file)
    data = bytearray(file.read_bytes())
    at = data.rindex(b"document.json")  # in the central directory, 22 bytes behind its size
    struct.pack_into("<I", data, at - 22, 10)
    file.write_bytes(data)
    refused(file)


def test_more_pictures_than_fit_are_refused_before_they_are_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MAX_PICTURES_BYTES", 100)
    assert "have more than 100 bytes" in refused(file)


@pytest.mark.parametrize(
    ("part", "values", "why"),
    [
        ("layerwalk.json", {"format": "zip"}, "not that of a session"),
        ("layerwalk.json", {"version": "1.0"}, "has no version"),
        ("layerwalk.json", {"network": 3}, "part 'layerwalk.json' cannot be read"),
        ("layerwalk.json", {"pictures": [{"id": 1}]}, "part 'layerwalk.json' cannot be read"),
        ("layerwalk.json", {"placed": "dog"}, "places 'dog'"),
        ("layerwalk.json", {"captured": ["document.json"]}, "captured pages cannot be read"),
        ("document.json", {"stations": []}, "no table 'stations'"),
        ("document.json", {"stations": {"main": {"0": {"scale": 1e9}}}}, "document is not one"),
        ("document.json", {"stations": {"main": {"0": 5}}}, "document is not one"),
        ("document.json", {"layout": {"main": {"kind": "maze"}}}, "document is not one"),
        ("document.json", {"expanded": {"main": {"0": "yes"}}}, "document is not one"),
        ("document.json", {"bookmarks": {"x": 5}}, "document is not one"),
        ("document.json", {"bookmarks": {"x" * 999: {"link": "#"}}}, "document is not one"),
    ],
)
def test_wrong_types_are_named(file: Path, part: str, values: dict[str, Any], why: str) -> None:
    rewrite_json(file, part, **values)
    assert why in refused(file)


def test_deeply_nested_values_are_refused(file: Path) -> None:
    rewrite(
        file, lambda parts: parts.update({"document.json": b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"})
    )
    assert "nested" in refused(file)
    rewrite(file, lambda parts: parts.update({"document.json": b"[" * 200_000}))
    assert "part 'document.json' cannot be read" in refused(file)


def test_a_recording_with_other_messages_is_refused(file: Path) -> None:
    error = frames.join(frames.encode(m.Error(request=None, code="X", message="y")))
    foreign = Recording((*golden().recording.messages, error))  # type: ignore[union-attr]
    rewrite(file, lambda parts: parts.update({"captured/0000.messages": next(foreign.chunks())}))
    assert "Error does not belong into a recording" in refused(file)


def test_a_recording_comes_back_from_its_chunks() -> None:
    recording = golden().recording
    assert recording is not None
    chunks = list(recording.chunks(first=3))
    assert len(chunks) == 2
    assert Recording.of_chunks(chunks) == recording


def test_a_picture_that_is_none_is_left_off_the_shelf(file: Path) -> None:
    session = KeptSession(
        network=NetworkReference(title="x"),
        pictures=(KeptPicture("a", "a.png", b"no image"), golden().pictures[0]),
    )
    write_session(session, file)
    shelf = restoration_of(read_session(file), file).shelf()
    assert [one.id for one in shelf.pictures()] == ["cat"]
    assert "a.png" in shelf.left_out


def test_a_directory_is_not_read_that_is_larger_than_any_session_s(file: Path) -> None:
    """`zipfile` takes all of it into memory, before it says how much there is."""
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(4 << 10):
            entry = zipfile.ZipInfo(f"pictures/{number}")
            entry.comment = b"x" * 1024
            archive.writestr(entry, b"")
    assert "its directory would have" in refused(file)


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**30])
@pytest.mark.parametrize(
    ("part", "name"), [("document.json", "of a newer layerwalk"), ("layerwalk.json", "settings")]
)
def test_numbers_that_cannot_be_sent_to_viewers_are_refused(
    file: Path, part: str, name: str, number: int
) -> None:
    rewrite_json(file, part, **{name: {"a": {"b": number}}})
    assert f"part '{part}' cannot be read: it has a whole number" in refused(file)


def test_a_recording_of_countless_messages_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layerwalk.kept.recording.MAX_MESSAGES", 4)
    assert "at most 4 messages" in refused(file)


@pytest.mark.parametrize("size", [[0, 224], [-5, 224], [224, 10**9]])
def test_an_input_of_a_size_that_no_network_takes_is_refused(file: Path, size: list[int]) -> None:
    rewrite_json(file, "layerwalk.json", network={"title": "x", "input_size": size})
    assert "part 'layerwalk.json' cannot be read" in refused(file)


@pytest.mark.parametrize(
    "settings", [{"x" * 300: 1}, {"a": 2**64}, {str(n): n for n in range(300)}]
)
def test_nothing_is_kept_that_could_not_be_opened(tmp_path: Path, settings: dict[str, Any]) -> None:
    with pytest.raises(SessionFailed, match="the settings cannot be kept"):
        write_session(replace(golden(), settings=settings), tmp_path / "room.layerwalk")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("part", ["title", "source", "picture"])
def test_no_file_writes_to_the_terminal_as_a_program_does(file: Path, part: str) -> None:
    escape = "\x1b]52;c;cm0gLXJmIH4=\x07" if part != "source" else "demo\n"
    manifest = json.loads(parts_of(file)["layerwalk.json"])
    target = manifest["pictures"][0] if part == "picture" else manifest["network"]
    target["name" if part == "picture" else part] = escape
    rewrite_json(file, "layerwalk.json", **manifest)
    assert "\x1b" not in (message := refused(file))
    assert "part 'layerwalk.json' cannot be read" in message


def test_a_picture_of_a_strange_name_is_kept(file: Path) -> None:
    strange = replace(golden().pictures[0], name="a\x1b[2J\nb.png")
    write_session(replace(golden(), pictures=(strange,), placed=""), file)
    assert read_session(file).pictures[0].name == "a\ufffd[2J\ufffdb.png"
