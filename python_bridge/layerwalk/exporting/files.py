"""Files that come into a folder whole or not at all, and replace none that is not to be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from layerwalk.errors import ExportFailed


class NewFiles:
    """Files on their way into `folder`; get one from `new_files`.

    They are written in a hidden folder inside of it, and moved to their places by `publish`.
    """

    def __init__(self, folder: Path, staging: Path, *, force: bool) -> None:
        self._folder = folder
        self._staging = staging
        self._force = force
        self._names: list[str] = []

    def path(self, name: str) -> Path:
        """Where to write the file that will be `name` in the folder."""
        self._names.append(name)
        path = self._staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def publish(self) -> tuple[Path, ...]:
        """Moves all files to their places, in the order they were named in.

        Raises ExportFailed, before any of them is moved, if one would replace another's.
        """
        check_free(self._folder, self._names, force=self._force)
        for name in self._names:
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._staging / name, self._folder / name)
        return tuple(self._folder / name for name in self._names)


@contextmanager
def new_files(folder: Path, *, force: bool) -> Iterator[NewFiles]:
    """New files for `folder`, which is made if it is not there; nothing stays of what fails.

    Raises ExportFailed where the folder cannot be written to.
    """
    made: list[Path] = []
    try:
        with _explained(folder):
            made = _missing(folder)
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".layerwalk-", dir=folder) as staging:
                yield NewFiles(folder, Path(staging), force=force)
    finally:
        with suppress(OSError):  # of those that hold something
            for path in made:
                path.rmdir()


def check_free(folder: Path, names: Sequence[str], *, force: bool) -> None:
    """Raises ExportFailed if files of these names cannot be put into `folder`.

    With `force` they replace files, but no folders.
    """
    with _explained(folder):
        _check_free(folder, names, force=force)


def _check_free(folder: Path, names: Sequence[str], *, force: bool) -> None:
    above = {parent for name in names for parent in (folder / name).parents}
    for parent in sorted({*above, folder}):
        if parent.exists() and not parent.is_dir():
            raise ExportFailed(f"'{parent}' is a file; name another folder to export to")
    there = [name for name in names if os.path.lexists(folder / name)]
    if there and not force:
        more = f" and {len(there) - 1:,} more" if len(there) > 1 else ""
        raise ExportFailed(
            f"'{folder / there[0]}' exists already{more}; name another folder, or replace "
            "what is there with --force (force=True)"
        )
    for name in there:
        if (folder / name).is_dir():
            raise ExportFailed(f"'{folder / name}' is a folder, which no file replaces; remove it")


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [path for path in (folder, *folder.parents) if not os.path.lexists(path)]


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """What the file system refuses becomes ExportFailed."""
    try:
        yield
    except OSError as error:
        raise ExportFailed(
            f"'{error.filename or folder}' cannot be written ({error.strerror or error}); make "
            "room, or name another folder"
        ) from error


def total_bytes(paths: Iterable[Path]) -> int:
    """Bytes of all these files."""
    return sum(path.stat().st_size for path in paths)
