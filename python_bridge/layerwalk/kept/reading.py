"""A session from a file, from a stranger: everything is bounded before it is unpacked."""

from __future__ import annotations

import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from layerwalk.errors import LayerwalkError, SessionFailed
from layerwalk.kept import session as kept
from layerwalk.kept.recording import Recording
from layerwalk.kept.session import KeptPicture, KeptSession, Manifest
from layerwalk.kept.values import decoded

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_ENCRYPTED = 0x1
MAX_PACKED = 1032  # no deflated byte becomes more
MAX_DIRECTORY_BYTES = 4 << 20  # names and sizes of all parts, before any of them is known

T = TypeVar("T")


def read_session(path: str | Path) -> KeptSession:
    """The session in a `.layerwalk` file.

    Nothing in it is run, imported or written to disk. Raises SessionFailed for a file that is
    truncated, is none, was written by a newer major version, or holds too much; it names the part.
    """
    path = Path(path)
    with (
        _explained(path),
        _File(io.FileIO(path)) as file,
        zipfile.ZipFile(file) as archive,
    ):
        file.most_bytes = sys.maxsize
        return _session(_Parts(archive))


class _File(io.BufferedReader):
    """At first not more than an archive's directory is read, which `zipfile` takes as it comes."""

    most_bytes = MAX_DIRECTORY_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises SessionFailed for a read that is too large."""
        if size is not None and size > self.most_bytes:
            raise SessionFailed(
                f"its directory would have {size:,} bytes, of which {self.most_bytes:,} are read; "
                "it is no session file"
            )
        return super().read(size)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """One error, with the file's name, whatever is wrong with it."""
    try:
        yield
    except SessionFailed as error:
        raise SessionFailed(f"'{path}': {error}") from error.__cause__
    except zipfile.BadZipFile as error:
        raise SessionFailed(
            f"'{path}' is no session file, or only the beginning of one ({error}); "
            "copy it again, or open another"
        ) from error
    except OSError as error:
        raise SessionFailed(
            f"'{path}' cannot be read ({error.strerror or error}); name a {kept.SUFFIX} file"
        ) from error
    except (EOFError, zlib.error, RuntimeError, NotImplementedError, ValueError) as error:
        raise SessionFailed(f"'{path}' is broken ({error}); copy it again") from error


class _Parts:
    """The entries of an archive, looked at before any of them is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        found = archive.infolist()
        if len(found) > kept.MAX_ENTRIES:
            raise SessionFailed(
                f"it has {len(found):,} parts, of which {kept.MAX_ENTRIES:,} are read; it is no "
                "session file"
            )
        for entry in found:
            self._look_at(entry)

    def _look_at(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        shown = name[:100]
        if not _NAME.fullmatch(name) or len(name) > 256:
            raise SessionFailed(f"part '{shown}' has a name that leads elsewhere; do not trust it")
        if name in self._entries:
            raise SessionFailed(f"part '{shown}' is there twice; keep the session anew")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            raise SessionFailed(f"part '{shown}' is encrypted or packed in an unknown way")
        if entry.file_size > max(1, entry.compress_size) * MAX_PACKED:
            raise SessionFailed(
                f"part '{shown}' says that {entry.compress_size:,} bytes are "
                f"{entry.file_size:,}; do not trust it"
            )
        self._entries[name] = entry

    def size(self, name: str) -> int:
        """How many bytes a part has, as it says. Raises SessionFailed if it is missing."""
        if name not in self._entries:
            raise SessionFailed(f"part '{name[:100]}' is missing; keep the session anew")
        return self._entries[name].file_size

    def bytes(self, name: str, most: int) -> bytes:
        """A part's content, of at most so many bytes."""
        size = self.size(name)
        if size > most:
            raise SessionFailed(
                f"part '{name[:100]}' has {size:,} bytes, of which {most:,} are read"
            )
        try:
            with self._archive.open(self._entries[name]) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise SessionFailed(
                f"part '{name[:100]}' is broken ({error}); copy the file again"
            ) from error
        if len(data) != size:
            raise SessionFailed(f"part '{name[:100]}' has not the {size:,} bytes that it says")
        return data


def _session(parts: _Parts) -> KeptSession:
    manifest = _manifest(parts)
    document = _json(parts, kept.DOCUMENT, kept.MAX_DOCUMENT_BYTES, dict[str, Any])
    pictures = tuple(_pictures(parts, manifest))
    if manifest.placed and manifest.placed not in {picture.id for picture in pictures}:
        raise SessionFailed(
            f"part '{kept.MANIFEST}' places '{manifest.placed[:100]}', which is no picture of it"
        )
    return KeptSession(
        network=manifest.network,
        document=document,
        pictures=pictures,
        placed=manifest.placed,
        layerwalk=manifest.layerwalk,
        settings=manifest.settings,
        recording=_recording(parts, manifest.captured),
    )


def _manifest(parts: _Parts) -> Manifest:
    """The version is looked at first: what another has in its manifest is not known."""
    head = _json(parts, kept.MANIFEST, kept.MAX_MANIFEST_BYTES, dict[str, Any])
    if head.get("format") != kept.FORMAT:
        raise SessionFailed(f"part '{kept.MANIFEST}' is not that of a session; name another file")
    try:
        major, minor = msgspec.convert(head.get("version"), tuple[int, int])
    except msgspec.ValidationError as error:
        raise SessionFailed(f"part '{kept.MANIFEST}' has no version ({error})") from None
    if major != kept.MAJOR:
        age = "newer" if major > kept.MAJOR else "older"
        raise SessionFailed(
            f"it has version {major}.{minor}, of a layerwalk that is {age}; this one reads "
            f"{kept.MAJOR}.x: open it with layerwalk {str(head.get('layerwalk', ''))[:40]}"
        )
    return _json(parts, kept.MANIFEST, kept.MAX_MANIFEST_BYTES, Manifest)


def _json(parts: _Parts, name: str, most: int, kind: type[T]) -> T:
    data = parts.bytes(name, most)
    try:
        return decoded(data, kind)
    except ValueError as error:
        raise SessionFailed(f"part '{name}' cannot be read: {error}") from None


def _pictures(parts: _Parts, manifest: Manifest) -> Iterator[KeptPicture]:
    _check_total(parts, [one.entry for one in manifest.pictures], kept.MAX_PICTURES_BYTES)
    taken: set[str] = set()
    for one in manifest.pictures:
        if one.id in taken:
            raise SessionFailed(f"part '{kept.MANIFEST}' has the picture '{one.id}' twice")
        taken.add(one.id)
        yield KeptPicture(one.id, one.name, parts.bytes(one.entry, kept.MAX_PICTURE_BYTES))


def _recording(parts: _Parts, names: Iterable[str]) -> Recording | None:
    names = list(names)
    if not names:
        return None
    _check_total(parts, names, kept.MAX_CAPTURED_BYTES)
    try:
        return Recording.of_chunks(parts.bytes(name, kept.MAX_CAPTURED_BYTES) for name in names)
    except SessionFailed:
        raise
    except LayerwalkError as error:
        raise SessionFailed(f"the captured pages cannot be read: {error}") from error


def _check_total(parts: _Parts, names: Iterable[str], most: int) -> None:
    total = 0
    for name in names:
        total += parts.size(name)
        if total > most:
            raise SessionFailed(
                f"part '{name[:100]}' and those before it have more than {most:,} bytes; "
                "it is no session that was kept"
            )
