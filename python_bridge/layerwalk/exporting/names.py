"""Names of layers as names of folders, on every file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

MAX_BYTES = 100  # of 255 that file systems take, so that whole paths stay short, too
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))]
)


def folder_names(layers: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """A folder name for each layer, no two of them the same where case does not count either.

    Letters, digits and `._-` stay, all else becomes `-`: `layer1.0/add` is `layer1.0-add`. Of
    layers that would have the same name, and of names in `taken`, the later ones end in `~2`,
    `~3`, ...: so give all layers of a network, in its order, and a layer has the same name
    whichever of them are exported.
    """
    used = {_compared(name) for name in taken}
    found: dict[str, str] = {}
    for layer in layers:
        base = _safe(layer)
        name, number = base, 1
        while _compared(name) in used:
            number += 1
            name = f"{_cut(base, MAX_BYTES - 12)}~{number}"
        used.add(_compared(name))
        found[layer] = name
    return found


def _safe(layer: str) -> str:
    normal = unicodedata.normalize("NFKC", layer)
    kept = "".join(one if one.isalnum() or one in "._-" else "-" for one in normal)
    name = _cut(kept.lstrip("-."), MAX_BYTES - 1) or "layer"
    # Windows has devices of these names, whatever stands behind a dot: `aux.0` of a module `aux`.
    return f"_{name}" if name.partition(".")[0].casefold() in _DEVICES else name


def _cut(name: str, most_bytes: int) -> str:
    return name.encode()[:most_bytes].decode(errors="ignore").rstrip(".")


def _compared(name: str) -> str:
    """Equal for names that are the same file where case or the form of accents doesn't count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
