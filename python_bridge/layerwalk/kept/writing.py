"""A session into a file: whole, or not at all."""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from layerwalk.errors import SessionFailed
from layerwalk.kept import session as kept
from layerwalk.kept.session import KeptSession, Manifest, PictureEntry
from layerwalk.kept.values import decoded, shown

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same session makes the same file
_JSON = msgspec.json.Encoder(order="sorted")


def write_session(session: KeptSession, path: Path) -> int:
    """Writes the session to `path`, in the place of what may be there; its size in bytes.

    Until all of it is written, the former file stays as it is. Raises SessionFailed where it
    cannot be written.
    """
    with written_whole(path) as file:
        _write(session, file)
        return file.tell()


def session_bytes(session: KeptSession) -> bytes:
    """What the file of the session holds."""
    file = io.BytesIO()
    _write(session, file)
    return file.getvalue()


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of `path` at the end; nothing stays of what fails.

    Raises SessionFailed for what the file system refuses.
    """
    with _explained(path):
        if path.is_dir():
            raise SessionFailed(f"'{path}' is a folder; name a file")
        handle, name = tempfile.mkstemp(prefix=".layerwalk-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, _mode(path))
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _mode(path: Path) -> int:
    """That of the file which is replaced; else what a new file has here."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SessionFailed(
            f"'{path}' cannot be written ({error.strerror or error}); make room, or name another "
            "file. What was there before is unchanged"
        ) from error


def _write(session: KeptSession, file: IO[bytes]) -> None:
    entries: dict[str, Callable[[], bytes]] = {}
    pictures = []
    for index, picture in enumerate(session.pictures):
        entry = f"pictures/{index:04}{_ending(picture.name)}"
        pictures.append(PictureEntry(picture.id, shown(picture.name[:256]), entry))
        entries[entry] = lambda data=picture.data: data  # type: ignore[misc]
    captured = [] if session.recording is None else list(session.recording.chunks())
    names = [f"captured/{index:04}.messages" for index in range(len(captured))]
    for name, chunk in zip(names, captured, strict=True):
        entries[name] = lambda data=chunk: data  # type: ignore[misc]
    manifest = Manifest(
        format=kept.FORMAT,
        version=(kept.MAJOR, kept.MINOR),
        layerwalk=session.layerwalk,
        network=session.network,
        pictures=tuple(pictures),
        placed=session.placed,
        settings=session.settings,
        captured=tuple(names),
    )
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, kept.MANIFEST, _json(manifest, kept.MAX_MANIFEST_BYTES, "the settings"))
        _add(archive, kept.DOCUMENT, _json(session.document, kept.MAX_DOCUMENT_BYTES, "the room"))
        for name, data in entries.items():
            _add(archive, name, data())


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Pictures are packed already."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o644 << 16
    packed = name.startswith("pictures/")
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _json(value: Any, most: int, what: str) -> bytes:
    """Its JSON, which can be read again."""
    try:
        text = msgspec.json.format(_JSON.encode(value), indent=1)
        decoded(text, type(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise SessionFailed(f"{what} cannot be kept: {error}") from error
    if len(text) > most:
        raise SessionFailed(f"{what} would take {len(text):,} bytes; a file holds {most:,} of them")
    return text


def _ending(name: str) -> str:
    """Of the picture's file, for whoever opens the archive; what it is, its bytes say."""
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found[0].lower() if found else ".png"
