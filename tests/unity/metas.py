"""Writes the .meta files that Unity wants beside every asset and folder, where they are missing.

    python tests/unity/metas.py

A new GUID comes from the path, so that two people who add the same file agree; one that is there
already stays for ever, also where the file moves, because scenes refer to it. An orphan is told of.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS = (CHECKOUT / "unity_project" / "Assets", CHECKOUT / "shaders")

_IMPORTERS = {
    ".asmdef": "AssemblyDefinitionImporter",
    ".hlsl": "ShaderIncludeImporter",
    ".json": "TextScriptImporter",
    ".md": "TextScriptImporter",
    ".shader": "ShaderImporter",
}
_EMPTY = """\
  externalObjects: {}
  userData:
  assetBundleName:
  assetBundleVariant:
"""
_SCRIPT = """\
MonoImporter:
  externalObjects: {}
  serializedVersion: 2
  defaultReferences: []
  executionOrder: 0
  icon: {instanceID: 0}
  userData:
  assetBundleName:
  assetBundleVariant:
"""


def assets(root: Path) -> Iterator[Path]:
    """Files and folders under `root` that Unity sees: not `.hidden`, nor `hidden~`, nor metas."""
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.name.endswith("~") or path.suffix == ".meta":
            continue
        if not path.is_dir():
            yield path
        elif any(path.iterdir()):  # git knows no empty folder, so no meta may stand for one
            yield path
            yield from assets(path)


def meta_of(path: Path) -> Path:
    """Where the meta file of an asset stands."""
    return path.with_name(path.name + ".meta")


def missing() -> list[Path]:
    """Assets and folders without a meta file."""
    return [path for root in ROOTS for path in assets(root) if not meta_of(path).is_file()]


def orphans() -> list[Path]:
    """Meta files whose asset is gone."""
    metas = [path for root in ROOTS for path in root.rglob("*.meta")]
    known = {meta_of(path) for root in ROOTS for path in assets(root)}
    return sorted(path for path in metas if path not in known)


def guids() -> dict[Path, str]:
    """The GUID in every meta file, '' where there is none."""
    found = {}
    for root in ROOTS:
        for path in sorted(root.rglob("*.meta")):
            match = re.search(r"^guid: ([0-9a-f]{32})$", path.read_text("utf-8"), re.MULTILINE)
            found[path] = match[1] if match else ""
    return found


def text(path: Path) -> str:
    """A new meta file for an asset."""
    name = path.relative_to(CHECKOUT).as_posix()
    guid = hashlib.md5(f"layerwalk {name}".encode(), usedforsecurity=False).hexdigest()
    if path.is_dir():
        importer = f"folderAsset: yes\nDefaultImporter:\n{_EMPTY}"
    elif path.suffix == ".cs":
        importer = _SCRIPT
    elif path.name == "package.json":
        importer = f"PackageManifestImporter:\n{_EMPTY}"
    else:
        importer = f"{_IMPORTERS.get(path.suffix, 'DefaultImporter')}:\n{_EMPTY}"
    return f"fileFormatVersion: 2\nguid: {guid}\n{importer}"


def main() -> int:
    """The command."""
    for path in missing():
        meta_of(path).write_text(text(path), "utf-8", newline="\n")
        print(f"wrote {meta_of(path).relative_to(CHECKOUT)}")
    for path in orphans():
        print(f"{path.relative_to(CHECKOUT)} belongs to nothing; remove or rename it")
    return 1 if orphans() else 0


if __name__ == "__main__":
    sys.exit(main())
