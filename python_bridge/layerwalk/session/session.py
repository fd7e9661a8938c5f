"""The session: networks, inputs, runs, viewers and the document they share, wired together.

Everything here lives in the loop of the bridge's thread. What takes its time is done by the
worker of its network or by a helper thread, and comes back as a call in the loop.
"""

from __future__ import annotations

import asyncio
import logging
import pathlib
import secrets
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec
import numpy as np

from layerwalk.errors import (
    InvalidMessage,
    LayerwalkError,
    RunSuperseded,
    UnknownLayer,
    UnknownPicture,
    instead,
)
from layerwalk.images import Gallery, LiveSource, Shelf, left_out
from layerwalk.kept import NetworkReference, session_bytes
from layerwalk.network import Network, TileShape, tile_shape
from layerwalk.protocol import frames, schema
from layerwalk.protocol import messages as m
from layerwalk.protocol.frames import BytesLike
from layerwalk.room import Layout
from layerwalk.session.answers import Answers
from layerwalk.session.document import INPUT, Changed, Document, Path
from layerwalk.session.keeping import Restoration, keep
from layerwalk.session.levels import Levels
from layerwalk.session.localizing import Localizing
from layerwalk.session.making import Making
from layerwalk.session.plan import Plan, is_glob, levels_at_once, plan
from layerwalk.session.question import question
from layerwalk.session.runs import Frame, Run, Runs
from layerwalk.session.served import ServedNetwork
from layerwalk.session.viewers import Viewer, pages_parts
from layerwalk.sources import LoadedNetwork
from layerwalk.transport.peer import Peer

logger = logging.getLogger(__name__)

BUDGET_BYTES = 1 << 30
MAX_CREDIT_BYTES = 1 << 40
MAX_GLOBS, MAX_GLOB_CHARACTERS = 64, 200
_TAKING_OTHERS = ("frames", "pictures")  # with what is removed there, other places go
LEVELS_S = 0.05  # requests of many walking viewers come in this time; late levels come as well

T = TypeVar("T")


class Session:
    """The handler of a `transport.Server`; `publish` is the server's, for events.

    `fonts` is the folder of the built viewer, whose font signs are set in; `reference` says how the
    network was asked for.

    Make it in the loop. `close` ends its threads.
    """

    def __init__(
        self,
        *,
        shelf: Shelf,
        limits: m.Limits,
        live: tuple[LiveSource, ...] = (),
        budget_bytes: int = BUDGET_BYTES,
        fonts: pathlib.Path | None = None,
        reference: NetworkReference | None = None,
    ) -> None:
        self.reference = reference
        self.notes: list[str] = []
        self.news = asyncio.Event()  # pulses whenever runs have got on
        self.id = secrets.token_hex(8)
        self.shelf = Gallery(shelf)
        self.limits = limits
        self.live = live
        self.runs = Runs(budget_bytes=budget_bytes)
        self.helper: Executor = ThreadPoolExecutor(2, "layerwalk-helper")
        self.document = Document()
        self.document.know_shelf(picture.id for picture in self.shelf.given())
        self.networks: dict[str, ServedNetwork] = {}
        self.events_endpoint = ""
        self.publish: Callable[[Sequence[BytesLike]], None] = lambda parts: None
        self._loop = asyncio.get_running_loop()
        self._peers: dict[str, Peer] = {}
        self._viewers: dict[str, Viewer] = {}
        self._shapes: dict[str, tuple[Network, dict[str, TileShape]]] = {}
        self._event = 0
        self._last_run = 0
        self._closed = False
        self._keeping = asyncio.Lock()
        self._levels_due: asyncio.TimerHandle | None = None
        self._answers = Answers(self.helper, shelf=self.shelf, fonts=fonts, soon=self.soon)
        self._localizing = Localizing(self.helper, soon=self.soon)
        self._levels = Levels(self.helper, soon=self.soon, progressed=self.progressed)
        self._making = Making(self)

    async def open(
        self,
        load: Callable[[], LoadedNetwork],
        *,
        name: str = "main",
        expanded: Collection[str] | None = None,
        form: Layout | None = None,
        restoration: Restoration | None = None,
    ) -> None:
        """Adds a network; returns once it is traced and laid out, and raises what fails."""
        self.networks[name] = ServedNetwork(name, self)
        await self.networks[name].open(load, expanded, form, restoration)

    async def close(self) -> None:
        """Ends all that runs but for what the helpers are at, for which `join` waits."""
        self._closed = True
        if self._levels_due is not None:
            self._levels_due.cancel()
        await asyncio.gather(*(served.close() for served in self.networks.values()))
        self.helper.shutdown(wait=False, cancel_futures=True)

    def join(self) -> None:
        """Waits for the helpers' threads. Not for the loop."""
        self.helper.shutdown()

    # ------------------------------------------------------------ the handler's methods

    def connected(self, peer: Peer) -> None:
        """Welcomes a client and tells it of the networks."""
        self._peers[peer.id] = peer
        self._viewers[peer.id] = Viewer(
            peer.id,
            peer.send,
            self._want_levels,
            lambda: self._localizing.go_on(peer.id),
        )
        self._send(peer, self._welcome(peer))
        for served in self.networks.values():
            self._send(peer, *served.messages())
        self.announce(m.ViewersChanged, viewers=len(self._viewers))

    def received(self, peer: Peer, parts: Sequence[BytesLike]) -> None:
        """Does what a client's message asks for."""
        message, arrays = frames.decode_client(parts)
        viewer = self._viewers[peer.id]
        match message:
            case m.Request():
                self._request(peer, viewer, message)
            case m.Credit():
                if viewer.credit_bytes + message.bytes > MAX_CREDIT_BYTES:
                    raise InvalidMessage(f"credit of {message.bytes} bytes; grant 0 to 2^40")
                if viewer.grant(message.bytes, message.run):
                    self._trim()
            case m.PlaceImage():
                self._place(peer, message, arrays)
            case m.MakeNoise() | m.MakeFeatureMap() | m.MakeBlend() | m.KeepImage():
                self._make(peer, message, arrays)
            case m.Change():
                self._change(peer, message)
            case m.Expand():
                self._expand(peer, message)
            case m.Grab():
                self.document.grab(viewer.id, message.path, message.seconds)
                self._send(peer, m.Reply(request=message.request))
            case m.GetSnapshot():
                self._send(peer, self._snapshot(message.request))
            case m.GetPicture():
                self._answers.picture(peer, message)
            case m.GetGlyphs():
                self._answers.glyphs(peer, message)
            case m.GetWeights():
                self._answers.weights(peer, message, self.served(message.network))
            case m.GetSimilarity():
                self._localize(peer, viewer, message)

    def disconnected(self, peer: Peer) -> None:
        """Gives back what a client held."""
        if self._viewers.pop(peer.id, None) is None:
            return
        del self._peers[peer.id]
        self._localizing.leave(peer.id)
        self.document.release(peer.id)
        self._renew_levels()
        self._trim()
        self.announce(m.ViewersChanged, viewers=len(self._viewers))

    async def page(self, network: str, run: int, layer: str, level: int) -> Sequence[BytesLike]:
        """The parts of the Pages message of one layer at one level.

        Raises UnknownPicture (network), RunSuperseded (a run that is not kept) or UnknownLayer.
        """
        self.served(network)
        found = self.runs.get(run)
        if found is None or found.network != network:
            raise RunSuperseded(
                f"run {run} of {network} is not kept (any more); kept are {self.runs.numbers()}"
            )
        result = found.results.get(layer)
        if result is None:
            raise UnknownLayer(
                f"'{layer[:200]}' is not in run {run}{instead(layer, found.results)}"
            )
        if level not in result.pixels:
            result = await self._levels.compute(found, result, level)
            level = min(level, max(result.pixels))
        return pages_parts(found, result, (level,))

    # ------------------------------------------------------------ requests

    def _welcome(self, peer: Peer) -> m.Welcome:
        return m.Welcome(
            major=m.MAJOR,
            minor=m.MINOR,
            schema=schema.schema_hash(),
            session=self.id,
            viewer=peer.id,
            events=self.events_endpoint if peer.kind == "zeromq" else "",
            event=self._event,
            revision=self.document.revision,
            document=self.document.tree(),
            shelf=tuple(
                m.Picture(id=p.id, name=p.name, width=p.width, height=p.height)
                for p in self.shelf.given()
            ),
            limits=self.limits,
            live=tuple(m.LiveSource(s.id, s.name, s.kind, s.frames, s.rate_hz) for s in self.live),
            left_out=(*left_out(self.shelf, self.live), *self.notes),
        )

    def _snapshot(self, request: int) -> m.Snapshot:
        return m.Snapshot(
            request=request,
            event=self._event,
            revision=self.document.revision,
            document=self.document.tree(),
        )

    def _request(self, peer: Peer, viewer: Viewer, message: m.Request) -> None:
        served = self.served(message.network)
        _check_request(message)
        planned = self._plan(message, served, strict=True)
        self._send(peer, m.Reply(request=message.request, layers=planned.layers))
        newest = [self.runs.newest(frame) for frame in self.runs.frames(message.network)]
        if viewer.request(message, planned, [run for run in newest if run is not None]):
            self._trim()
        self._renew_levels()

    def _localize(self, peer: Peer, viewer: Viewer, message: m.GetSimilarity) -> None:
        served = self.served(message.network)
        _check_globs(message.layers)
        kept = self._localizing.kept(peer.id, message.kept)
        self._localizing.ask(question(message, peer, viewer, self.runs, served, kept))

    def _plan(self, request: m.Request, served: ServedNetwork, *, strict: bool) -> Plan:
        """What a request means for a network as it is now; nothing before there is one."""
        if served.network is None:
            return plan(request, {}, strict=False)
        known, shapes = self._shapes.get(served.name, (None, {}))
        if known is not served.network:
            nodes = (node for node in served.network.nodes if node.shown)
            shapes = {node.name: tile_shape(node.axes) for node in nodes}
            self._shapes[served.name] = served.network, shapes
        return plan(request, shapes, strict=strict)

    def _place(self, peer: Peer, message: m.PlaceImage, arrays: list[np.ndarray]) -> None:
        def answer(error: LayerwalkError | None) -> None:
            if error is None:
                self._send(peer, m.Reply(request=message.request, run=number))
            else:
                peer.fail(error, request=message.request)

        number = self.served(message.network).place(message, arrays, answer)

    def _make(
        self,
        peer: Peer,
        message: m.MakeNoise | m.MakeFeatureMap | m.MakeBlend | m.KeepImage,
        arrays: list[np.ndarray],
    ) -> None:
        def answer(made: str | LayerwalkError) -> None:
            if isinstance(made, LayerwalkError):
                peer.fail(made, request=message.request)
            else:
                revision = self.document.revision
                reply = m.Reply(request=message.request, picture=made, revision=revision)
                self._send(peer, reply)

        self._making.make(message, arrays, answer)

    def _change(self, peer: Peer, message: m.Change) -> None:
        is_live = message.path[:1] == ("live",)
        if is_live and len(message.path) > 1 and message.path[1] in self.networks:
            self.networks[message.path[1]].check_live()
        if message.path[:1] == ("frames",) and message.value and len(message.path) > 2:
            self._check_more_frames(message.path[1], message.path[2])
        changed = self.document.change(peer.id, message.base, message.path, message.value)
        if changed is not None and changed.path[0] in _TAKING_OTHERS and changed.value is None:
            self._tell_change(changed, peer.id)
            self._removed(changed.path)
            changed = None
        self._send(peer, m.Reply(request=message.request, revision=self.document.revision))
        if changed is not None:
            self._tell_change(changed, peer.id)
        if is_live:  # also where it says the same once more
            value = self.document.get(*message.path)
            self.networks[message.path[1]].play(value and msgspec.convert(value, m.Live))
        if changed is not None and changed.path[0] == "expanded":
            self._expanded(changed.path[1])
        if changed is not None and changed.path[0] == "layout":
            self.networks[changed.path[1]].arrange(msgspec.convert(changed.value or {}, Layout))

    def _removed(self, path: Path) -> None:
        """What went takes other places of the document along."""
        if path[0] == "pictures":
            self._making.removed(path[1])
        else:
            self._frame_removed((path[1], path[2]))

    def _check_more_frames(self, network: str, frame: str) -> None:
        served = self.networks.get(network)
        if served is not None and frame not in self.document.frames(network):
            served.check_more_frames()

    def _frame_removed(self, frame: Frame) -> None:
        """Its runs go, and nobody hears of it any more."""
        self.runs.forget(frame)
        for viewer in list(self._viewers.values()):
            viewer.leave(frame)
        self.put(("inputs", *frame), None)
        self._trim()

    def _expand(self, peer: Peer, message: m.Expand) -> None:
        changed = self.document.expand(
            peer.id, message.network, message.blocks, expanded=message.expanded
        )
        self._send(peer, m.Reply(request=message.request, revision=self.document.revision))
        if changed is not None:
            self._tell_change(changed, peer.id)
            self._expanded(message.network)

    def _expanded(self, network: str) -> None:
        """Lays out a network whose blocks opened or closed."""
        self.networks[network].expand(frozenset(self.document.get("expanded", network) or {}))

    def served(self, network: str) -> ServedNetwork:
        """The network of that name. Raises UnknownPicture."""
        if network not in self.networks:
            raise UnknownPicture(
                f"network '{network[:200]}' is not in this session{instead(network, self.networks)}"
            )
        return self.networks[network]

    # ------------------------------------------------------------ what networks need

    def next_run(self) -> int:
        """A number for a new run."""
        self._last_run += 1
        return self._last_run

    def put(self, path: Path, value: Any) -> None:
        """Writes into the document, and tells everybody."""
        self._tell_change(self.document.put(path, value), "")

    def note(self, sentence: str) -> None:
        """Something that the terminal and every visitor is to be told."""
        logger.warning("%s", sentence)
        self.notes.append(sentence)

    async def in_helper(self, work: Callable[[], T]) -> T:
        """What takes its time, done by a helper's thread."""
        return await self._loop.run_in_executor(self.helper, work)

    async def kept(self, settings: dict[str, Any]) -> bytes:
        """The session's file, with a visitor's own `settings`. Raises SessionFailed."""
        async with self._keeping:  # each takes memory for all pictures
            kept = await keep(self, settings=settings)
            return await self.in_helper(partial(session_bytes, kept))

    def announce(self, event: type[m.Event], **fields: Any) -> None:
        """Publishes a numbered event."""
        self._event += 1
        self.publish(frames.encode(event(number=self._event, **fields)))

    def broadcast(self, *messages: m.Message) -> None:
        """Sends messages to every viewer."""
        for message in messages:
            parts = frames.encode(message)
            for peer in list(self._peers.values()):
                peer.send(parts)

    def network_published(self, served: ServedNetwork) -> None:
        """The network and its room are new: viewers get both, and their layers once more."""
        self._know_names(served)
        self.broadcast(*served.messages())
        for viewer in list(self._viewers.values()):
            if (request := viewer.requests.get(served.name)) is not None:
                viewer.restart(served.name, self._plan(request, served, strict=False))
        self._renew_levels()

    def room_published(self, served: ServedNetwork) -> None:
        """The room is new."""
        self._know_names(served)
        assert served.room is not None
        self.broadcast(m.RoomPublished(room=served.room))

    def begun(self, run: Run) -> None:
        """A run began: it is the newest of its frame for everybody."""
        for viewer in list(self._viewers.values()):
            viewer.begin(run)
        self._trim()

    def replaced(self, network: str, number: int, by: int, input: str = INPUT) -> None:
        """A run will never begin."""
        self.broadcast(m.Superseded(network=network, input=input, run=number, by=by))

    def frames(self, network: str) -> tuple[str, ...]:
        """The input frames of a network."""
        return self.document.frames(network)

    def progressed(self) -> None:
        """Runs have got on: viewers may have something to get."""
        self.news.set()
        self.news.clear()
        ended = [viewer.pump() for viewer in list(self._viewers.values())]
        if any(ended):
            self._trim()  # what a viewer was shown is not needed once it has a newer one

    # ------------------------------------------------------------ inside

    def _send(self, peer: Peer, *messages: m.Message) -> None:
        for message in messages:
            peer.send(frames.encode(message))

    def _tell_change(self, changed: Changed, viewer: str) -> None:
        self.announce(
            m.DocumentChanged,
            revision=changed.revision,
            path=changed.path,
            value=changed.value,
            viewer=viewer,
        )

    def _know_names(self, served: ServedNetwork) -> None:
        assert served.network is not None
        assert served.room is not None
        self.document.know(
            served.name,
            blocks=[block.name for block in served.network.blocks],
            stations=[station.key for station in served.room.stations],
            live={source.id: source.frames for source in self.live},
        )

    def _renew_levels(self) -> None:
        """Soon tells each network's worker which coarse levels of which layers are wanted."""
        if self._levels_due is None and not self._closed:
            self._levels_due = self._loop.call_later(LEVELS_S, self._tell_levels)

    def _tell_levels(self) -> None:
        self._levels_due = None
        for name, served in self.networks.items():
            plans = (viewer.plans.get(name) for viewer in self._viewers.values())
            served.levels = levels_at_once(one for one in plans if one is not None)

    def _trim(self) -> None:
        held = (viewer.holds() for viewer in self._viewers.values())
        if self.runs.trim(set().union(*held)):
            kept = self.runs.numbers()
            for viewer in list(self._viewers.values()):
                viewer.kept(kept)

    def _want_levels(self, run: Run, layer: str, levels: tuple[int, ...]) -> None:
        if not self._closed:
            self._levels.want(run, layer, levels)

    def soon(self, call: Callable[[], None]) -> None:
        """Calls it in the loop; from any thread."""
        if not self._closed:
            self._loop.call_soon_threadsafe(call)


def _check_request(message: m.Request) -> None:
    if not message.inputs:
        raise InvalidMessage("a request names no input frame; name one, 'input' as a rule")
    _check_globs((*message.layers, *(name for part in message.then for name in part.layers)))


def _check_globs(patterns: Sequence[str]) -> None:
    globs = [pattern for pattern in patterns if is_glob(pattern)]
    if len(globs) > MAX_GLOBS or any(len(glob) > MAX_GLOB_CHARACTERS for glob in globs):
        raise InvalidMessage(
            f"a request has at most {MAX_GLOBS} globs of {MAX_GLOB_CHARACTERS} characters; "
            "name layers in full, or use '*'"
        )
