"""Sessions from files: which network is walked, and who decides that its code may run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerwalk.errors import SessionFailed, SourceError, Unsafe
from layerwalk.images import Shelf
from layerwalk.kept import KeptSession, NetworkReference, read_session
from layerwalk.session.bridge import Bridge, open_bridge
from layerwalk.session.inputs import loaded_network
from layerwalk.session.keeping import Restoration
from layerwalk.sources import LoadedNetwork, resolve

if TYPE_CHECKING:
    from torch import nn

    from layerwalk.session.bridge import Images


@dataclass(frozen=True)
class Asked:
    """How a network is asked for, as `layerwalk.sources.load` takes it."""

    source: str
    weights: str | None
    input_size: tuple[int, int] | None

    @property
    def reference(self) -> NetworkReference:
        """What a session that is kept says of it."""
        return NetworkReference(
            title="", source=self.source, weights=self.weights or "", input_size=self.input_size
        )


def asked(
    kept: NetworkReference,
    *,
    source: str | None = None,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    trust: bool = False,
) -> Asked:
    """The network of a kept session: what is given counts, then what its file says.

    A file may come from anywhere, so that it does not decide what runs, what is read, or what is
    downloaded: its SOURCE is taken where that is of layerwalk or torchvision, whose code is here
    already; another, and a weights file, is taken where `trust` says so.

    Raises Unsafe, or SessionFailed where no source is known.
    """
    if source is None and not kept.source:
        raise SessionFailed(
            f"the session is of a model that was passed from Python ({kept.title}), which its file "
            "does not hold; give its source (--source path/to/file.py:callable), or the model: "
            "layerwalk.open_session(FILE, model)"
        )
    if source is None and not trust and not _is_known(kept.source):
        raise Unsafe(
            f"the session is of '{kept.source}', and to load that runs Python code which this file "
            "only names; if you know it, say --trust (trust=True), or give the source yourself "
            "(--source)"
        )
    same = source is None or source == kept.source
    if weights is None and same:
        weights = _weights(kept.weights, trust=trust)
    if input_size is None and same:
        input_size = kept.input_size
    return Asked(source or kept.source, None if weights is None else str(weights), input_size)


def _is_known(source: str) -> bool:
    return source == "demo" or re.fullmatch(r"torchvision:\w+", source, re.ASCII) is not None


def _weights(kept: str, *, trust: bool) -> str | None:
    if kept in ("", "none") or trust:
        return kept or None
    if kept == "default":
        return None  # from the cache; a file does not make anybody download
    raise Unsafe(
        f"the session's weights are a file, '{kept}'; if that is yours, say --trust (trust=True), "
        "or name it yourself (--weights)"
    )


def open_session(
    path: str | Path,
    model: nn.Module | None = None,
    *,
    source: str | None = None,
    trust: bool = False,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str = "cpu",
    images: Images | None = None,
    example_input: Any = None,
    preprocess: Any = None,
    class_names: Sequence[str] | None = None,
    **options: Any,
) -> Bridge:
    """Serves a session that was kept in a file; returns once its network is laid out.

    Walls stand, blocks are open, and pictures are on the shelf as when it was kept; `images` are
    put behind these. The network is `model` (with `example_input`, `preprocess` and `class_names`
    as for `serve`), or that of `source`, or the one the file refers to, where that is of layerwalk
    or torchvision, or `trust` says that its code may run. `options` are those of
    `open_bridge`: host, port, token, and so on.

    Where the network is another than it was, what fits it is taken, and a warning says what does
    not. Raises SessionFailed for a file that cannot be opened, which stays as it is, and Unsafe.
    """
    kept = read_session(Path(path).expanduser())
    restoration = restoration_of(kept, path)
    shelf = restoration.shelf()
    if images is not None:
        shelf = shelf.followed_by(images if isinstance(images, Shelf) else Shelf.of(images))
    if model is not None:
        if source is not None or weights is not None:
            raise SourceError("a model takes no source= and no weights=; leave them out")
        loaded = loaded_network(
            model, example_input=example_input, preprocess=preprocess,
            class_names=class_names, shelf=shelf,
        )  # fmt: skip
        load: Callable[[], LoadedNetwork] = lambda: loaded  # noqa: E731
        reference = None
    else:
        wanted = asked(
            kept.network, source=source, weights=weights, input_size=input_size, trust=trust
        )
        load = resolve(
            wanted.source, weights=wanted.weights, input_size=wanted.input_size, device=device
        )
        reference = wanted.reference
    bridge = open_bridge(load, shelf=shelf, reference=reference, restoration=restoration, **options)
    try:
        bridge.wait_ready()
    except BaseException:
        bridge.stop()
        raise
    return bridge


def restoration_of(kept: KeptSession, path: str | Path) -> Restoration:
    """How a bridge goes on with it. Raises SessionFailed, with the file's name."""
    try:
        return Restoration(kept)
    except SessionFailed as error:
        raise SessionFailed(f"'{os.fspath(path)}': {error}") from error
