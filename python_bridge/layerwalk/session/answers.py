"""Answers that take their time, so that a helper's thread makes them: pictures and letters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from layerwalk.errors import LayerwalkError, UnknownLayer, instead
from layerwalk.glyphs import EM_PX, SPREAD_PX, glyph_sheet
from layerwalk.images import Shelf, shrink
from layerwalk.introspection.weights import Spread, spreads, state_of
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.protocol.frames import BytesLike
from layerwalk.transport.peer import Peer

if TYPE_CHECKING:
    from layerwalk.session.served import ServedNetwork

logger = logging.getLogger(__name__)

MAX_THUMBNAIL_PX = 512
MOST_WEIGHTS = 256  # layers whose histograms are kept


class Answers:
    """Of one session; `soon` calls in its loop. `fonts` is the folder of the built viewer."""

    def __init__(
        self,
        helper: Executor,
        *,
        shelf: Shelf,
        fonts: Path | None,
        soon: Callable[[Callable[[], None]], None],
    ) -> None:
        self._helper = helper
        self._shelf = shelf
        self._fonts = fonts
        self._soon = soon
        self._glyphs: Future[tuple[m.Glyphs, list[np.ndarray]]] | None = None
        self._weights: dict[tuple[object, ...], Future[tuple[Spread, ...]]] = {}

    def picture(self, peer: Peer, message: m.GetPicture) -> None:
        """Sends a picture of the shelf."""
        data = m.PictureData(request=message.request, picture=message.picture)
        future = self._helper.submit(_shrunk, self._shelf, message.picture, message.edge)
        self._send(peer, message.request, future, lambda pixels: frames.encode(data, (pixels,)))

    def glyphs(self, peer: Peer, message: m.GetGlyphs) -> None:
        """Sends the letters, which are made when somebody asks first."""

        def parts(made: tuple[m.Glyphs, list[np.ndarray]]) -> Sequence[BytesLike]:
            glyphs, arrays = made
            numbered = msgspec.structs.replace(glyphs, request=message.request)
            return frames.encode(numbered, arrays)

        if self._glyphs is None:
            self._glyphs = self._helper.submit(_made, self._fonts)
        self._send(peer, message.request, self._glyphs, parts)

    def weights(self, peer: Peer, message: m.GetWeights, served: ServedNetwork) -> None:
        """Sends how a layer's parameters are spread; kept while they stay as they are.

        Raises UnknownLayer.
        """
        loaded, network = served.loaded, served.network
        if loaded is None or network is None:
            raise UnknownLayer(f"network '{served.name}' is not ready yet; wait until it is")
        nodes = {node.name: node for node in network.nodes}
        if message.layer not in nodes:
            raise UnknownLayer(
                f"'{message.layer[:200]}' is not in {served.name}{instead(message.layer, nodes)}"
            )
        node, bins = nodes[message.layer], message.bins
        key = (served.name, node.name, bins, *state_of(loaded.model, node))
        future = self._weights.get(key)
        if future is None:
            future = self._helper.submit(spreads, loaded.model, node, bins)
            self._weights[key] = future
            while len(self._weights) > MOST_WEIGHTS:
                del self._weights[next(iter(self._weights))]
        self._send(peer, message.request, future, partial(_weights, message))

    def _send(
        self,
        peer: Peer,
        request: int,
        future: Future[Any],
        parts: Callable[[Any], Sequence[BytesLike]],
    ) -> None:
        """Sends `parts` of what comes out, or why nothing did."""

        def send() -> None:
            error = future.exception()
            if error is None:
                peer.send(parts(future.result()))
            elif isinstance(error, LayerwalkError):
                peer.fail(error, request=request)
            else:
                logger.error("A request could not be answered", exc_info=error)
                peer.fail(LayerwalkError("the bridge failed"), request=request)

        future.add_done_callback(lambda done: self._soon(send))


def _shrunk(shelf: Shelf, picture: str, edge_px: int) -> np.ndarray:
    """Small ones are kept by the shelf; of large ones, that would fill the memory."""
    if edge_px <= MAX_THUMBNAIL_PX:
        return shelf.thumbnail(picture, edge_px)
    return shrink(shelf.load(picture), edge_px)


def _weights(message: m.GetWeights, found: tuple[Spread, ...]) -> Sequence[BytesLike]:
    weights = tuple(
        m.Weight(one.name, one.shape, one.low, one.high, one.looked_at, one.not_finite)
        for one in found
    )
    answer = m.Weights(request=message.request, layer=message.layer, parameters=weights)
    return frames.encode(answer, [one.counts for one in found])


def _made(fonts: Path | None) -> tuple[m.Glyphs, list[np.ndarray]]:
    sheet = glyph_sheet(fonts)
    glyphs = m.Glyphs(
        request=0,
        em_px=EM_PX,
        spread_px=SPREAD_PX,
        cap_em=sheet.cap_em,
        ascent_em=sheet.ascent_em,
        descent_em=sheet.descent_em,
        letters=tuple(m.Glyph(**asdict(letter)) for letter in sheet.letters),
    )
    return glyphs, [sheet.atlas, sheet.kerning]
