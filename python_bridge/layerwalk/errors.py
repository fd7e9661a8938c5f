"""Every error a user or a client can meet. Each message names the thing, the fact, the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NAMED = 3  # names that an error tells of those it knows


class LayerwalkError(Exception):
    """Base of all errors of layerwalk; its class name is the `code` on the wire."""


class UnknownLayer(LayerwalkError):
    """No layer, block or station of that name."""


class UnknownPicture(LayerwalkError):
    """No picture of that id on the shelf, or no input frame or network of that name."""


class InvalidImage(LayerwalkError):
    """The bytes are no image, or not one that the network's preprocessing takes."""


class TooLarge(LayerwalkError):
    """A message, an array or an image is larger than the bridge accepts."""


class LiveFailed(LayerwalkError):
    """A camera, a video or another live source cannot be opened, or stopped giving frames."""


class InvalidMessage(LayerwalkError):
    """A message could not be read, or does not fit its type."""


class InvalidChange(LayerwalkError):
    """The path cannot be written, or the value does not fit it."""


class Leased(LayerwalkError):
    """Somebody else holds this part of the document."""


class Unauthorized(LayerwalkError):
    """The token is wrong or missing."""


class VersionMismatch(LayerwalkError):
    """Client and bridge speak different major versions of the protocol."""


class RunSuperseded(LayerwalkError):
    """A newer image was placed in the same input frame."""


class RunFailed(LayerwalkError):
    """The forward pass raised."""


class ConnectionFailed(LayerwalkError):
    """The bridge cannot be reached, or does not answer."""


class SourceError(LayerwalkError):
    """A network could not be loaded from the given source."""


class Unsafe(LayerwalkError):
    """Refused because it would be unsafe."""


class MissingBrowser(LayerwalkError):
    """No browser to take a screenshot with."""


class InvalidReference(LayerwalkError):
    """No place, region or metric that a similarity map could be made for."""


class InvalidDataset(LayerwalkError):
    """A dataset of features cannot be read, or not be written as asked for."""


class ExportFailed(LayerwalkError):
    """Files cannot be exported as asked for, or would replace others."""


class SessionFailed(LayerwalkError):
    """A session cannot be kept in a file, or a file cannot be opened as one."""


class RenderFailed(LayerwalkError):
    """A picture or a film cannot be made as asked for."""


def with_article(word: str) -> str:
    """`a list`, `an int`."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def nearest(name: str, known: Iterable[str]) -> str:
    """`; nearest: 'layer1.0'` to end a message with; '' where nothing comes near."""
    near = difflib.get_close_matches(name[:200], list(known), n=NAMED, cutoff=0.65)
    return f"; nearest: {_listed(near)}" if near else ""


def instead(name: str, known: Iterable[str]) -> str:
    """As `nearest`; where nothing comes near, the first few: `; there are 'stem', 'head'`."""
    names = list(known)
    near = nearest(name, names)
    if near or not names:
        return near
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"; there {'are' if len(names) > 1 else 'is'} {_listed(names[:NAMED])}{more}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
