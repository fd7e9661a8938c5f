"""One network that the bridge serves: how it is opened, its room, and its runs."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np

from layerwalk.atlas import give_back_memory, warm_up
from layerwalk.capture import described
from layerwalk.errors import (
    InvalidImage,
    LayerwalkError,
    UnknownLayer,
    UnknownPicture,
    instead,
)
from layerwalk.images import Gallery, LiveSource
from layerwalk.introspection import trace
from layerwalk.introspection.tracing import first_pass_explained
from layerwalk.layout import SHELF_NOTE, initially_expanded, layout
from layerwalk.network import Network
from layerwalk.protocol import messages as m
from layerwalk.room import Layout, Room
from layerwalk.session import passes
from layerwalk.session.classes import with_fitting_names
from layerwalk.session.document import INPUT, Path
from layerwalk.session.inputs import only_tensor, refusal
from layerwalk.session.keeping import Restoration
from layerwalk.session.live import LiveInput
from layerwalk.session.passes import Levels, Passes
from layerwalk.session.placing import Answer, Placement, Placing
from layerwalk.session.runs import Run, Runs
from layerwalk.session.worker import ImageJob, Job, LiveJob, Mailbox, Worker
from layerwalk.sources import LoadedNetwork

logger = logging.getLogger(__name__)

MAX_NAME_CHARACTERS = 200

T = TypeVar("T")


class Surroundings(Protocol):
    """What a served network needs of its session, all of it in the session's loop."""

    shelf: Gallery
    runs: Runs
    limits: m.Limits
    live: tuple[LiveSource, ...]
    helper: Executor

    def next_run(self) -> int:
        """A number for a new run."""

    def put(self, path: Path, value: Any) -> None:
        """Writes into the document, and tells everybody."""

    def note(self, sentence: str) -> None:
        """Something that the terminal and every visitor is to be told."""

    def announce(self, event: type[m.Event], **fields: Any) -> None:
        """Publishes a numbered event."""

    def broadcast(self, *messages: m.Message) -> None:
        """Sends messages to every viewer."""

    def network_published(self, served: ServedNetwork) -> None:
        """The network and its room are new: viewers get both, and their layers once more."""

    def room_published(self, served: ServedNetwork) -> None:
        """The room is new."""

    def begun(self, run: Run) -> None:
        """A run began."""

    def replaced(self, network: str, number: int, by: int, input: str = INPUT) -> None:
        """A run will never begin."""

    def frames(self, network: str) -> tuple[str, ...]:
        """The input frames of a network."""

    def progressed(self) -> None:
        """Runs have got on: viewers may have something to get."""


class ServedNetwork:
    """A network by its name in the session. Lives in the loop; its passes have their thread.

    `levels` are the coarse levels that viewers want, by layer, and `expanded` the blocks; both
    are read by the worker's thread too, so they are replaced and never changed.
    """

    def __init__(self, name: str, around: Surroundings) -> None:
        self.name = name
        self.loaded: LoadedNetwork | None = None
        self.network: Network | None = None
        self.room: Room | None = None
        self.levels: Levels = {}
        self.expanded: frozenset[str] = frozenset()
        self.form = Layout()
        self._around = around
        self._progress = m.Progress(network=name, stage="waiting")
        self._stopping = threading.Event()
        self._passes: Passes | None = None
        self._placing: Placing | None = None
        self._added: dict[str, Placing] = {}  # of further input frames
        self._live: LiveInput | None = None
        self._rooms = itertools.count(1)
        self._relayout: asyncio.Task[None] | None = None
        self._mailbox = Mailbox(asyncio.get_running_loop(), self._receive)
        self._worker = Worker(name, self._run, rest=give_back_memory)

    # ------------------------------------------------------------ opening

    async def open(
        self,
        load: Callable[[], LoadedNetwork],
        expanded: Collection[str] | None,
        form: Layout | None = None,
        restoration: Restoration | None = None,
    ) -> None:
        """Loads, traces and lays out, then places the first image. Raises what fails.

        With a `restoration` it goes on with a session that was kept.
        """
        self.form = form or self.form
        # Otherwise the first image would wait for it.
        threading.Thread(target=warm_up, name="layerwalk-warm-up", daemon=True).start()
        try:
            loaded = await self._stage("loading the network", load)
            network = await self._stage("tracing a forward pass", lambda: self._traced(loaded))
            self.loaded = loaded = with_fitting_names(loaded, network)
            if restoration is not None:
                self.form = restoration.form
                expanded = restoration.expanded(network) if expanded is None else expanded
            self.expanded = _expanded(network, expanded)
            room = await self._stage("laying out the room", lambda: self._laid_out(network))
        except Exception as error:
            own = isinstance(error, LayerwalkError)
            self._tell("failed", done=True, error=str(error) if own else described(error))
            raise
        self._equip(loaded, network)
        if restoration is not None:
            self._restore(restoration, network)
        self._tell("ready", done=True)
        self._publish(network, room)
        assert self._placing is not None
        assert self._live is not None
        self._live.hold()
        placed = restoration.placed if restoration is not None else ""
        released = partial(self._live.release, pause=False)
        self._placing.first(self._around.next_run(), released, placed)

    def _restore(self, restoration: Restoration, network: Network) -> None:
        for path, value in restoration.parts(network):
            self._around.put(path, value)
        for note in restoration.notes(network):
            self._around.note(note)

    def _traced(self, loaded: LoadedNetwork) -> Network:
        with first_pass_explained(loaded.title):
            return trace(loaded.model, loaded.example_input, name=self.name, consume=self._go_on)

    def _go_on(self, *_: Any) -> None:
        """Ends the pass that traces when the bridge stops; on the worker's thread."""
        if self._stopping.is_set():
            raise passes.Stopped

    async def _stage(self, stage: str, work: Callable[[], T]) -> T:
        self._tell(stage)
        return await asyncio.wrap_future(self._worker.call(work))

    def _tell(self, stage: str, *, done: bool = False, error: str = "") -> None:
        self._progress = m.Progress(network=self.name, stage=stage, done=done, error=error)
        self._around.broadcast(self._progress)

    def _equip(self, loaded: LoadedNetwork, network: Network) -> None:
        around = self._around
        self._passes = Passes(
            loaded.model,
            network,
            class_names=loaded.class_names,
            levels=lambda: self.levels,
            lay_out=self._laid_out,
            deliver=self._mailbox.post,
        )
        self._placing = self._placing_into(INPUT, loaded)
        self._live = LiveInput(
            around.live,
            (self.name, INPUT),
            prepare=self._placing.live_job,
            submit=self._submit,
            write=lambda value: around.put(("live", self.name, INPUT), value),
            next_run=around.next_run,
        )
        about = {"title": loaded.title, "source": loaded.source, "weights": loaded.weights}
        around.put(("networks", self.name), about)
        around.put(("layout", self.name), msgspec.to_builtins(self.form))
        around.put(("expanded", self.name), dict.fromkeys(sorted(self.expanded), True))

    def _placing_into(self, input: str, loaded: LoadedNetwork) -> Placing:
        around = self._around
        return Placing(
            loaded,
            (self.name, input),
            shelf=around.shelf,
            limits=around.limits,
            helper=around.helper,
            submit=self._submit,
            replaced=lambda number, by: around.replaced(self.name, number, by, input),
        )

    def messages(self) -> list[m.Message]:
        """What tells a newcomer of this network."""
        if self.loaded is None or self.network is None or self.room is None:
            return [self._progress]
        preprocess = self.loaded.preprocess
        published = m.NetworkPublished(
            name=self.name,
            title=self.loaded.title,
            network=self.network,
            weights=self.loaded.weights,
            preprocess=preprocess.description if preprocess else "none: runs on its example",
            warning=self.loaded.warning,
            class_names=self.loaded.class_names,
        )
        return [published, m.RoomPublished(room=self.room)]

    def _publish(self, network: Network, room: Room) -> None:
        self.network = network
        self._set_room(room)
        self._around.network_published(self)
        if set(room.expanded) != self._open_blocks(network) or _form(room) != self.form:
            self._lay_out_anew()  # something was changed while this room was laid out

    # ------------------------------------------------------------ the room

    def expand(self, expanded: frozenset[str]) -> None:
        """Lays out anew with these blocks expanded; the newest call counts."""
        self.expanded = expanded
        self._lay_out_anew()

    def arrange(self, form: Layout) -> None:
        """Lays out anew in this layout; the newest call counts."""
        self.form = form
        self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        if self._relayout is None or self._relayout.done():
            self._relayout = asyncio.get_running_loop().create_task(self._renew_room())

    async def _renew_room(self) -> None:
        """Until the room is that of the network, the blocks and the layout as they are now."""
        made: tuple[object, ...] = ()
        while made != self._basis():
            await asyncio.sleep(0)  # changes that came together make one room
            made, network = self._basis(), self.network
            assert network is not None
            try:
                room = await self._in_helper(partial(self._laid_out, network))
            except Exception:
                logger.exception("The room of network %s could not be laid out", self.name)
                return
        self._set_room(room)
        self._around.room_published(self)

    def _basis(self) -> tuple[object, ...]:
        """What a room is made of; networks are compared by identity."""
        return id(self.network), self.expanded, self.form

    def _set_room(self, room: Room) -> None:
        """Rooms count as they are published: several threads lay out, one may overtake another."""
        self.room = msgspec.structs.replace(room, revision=next(self._rooms))

    def _open_blocks(self, network: Network) -> frozenset[str]:
        return self.expanded.intersection(block.name for block in network.blocks)

    def _laid_out(self, network: Network) -> Room:
        """Takes its time; may run in any thread."""
        assert self.loaded is not None
        return layout(
            network,
            self._open_blocks(network),
            form=self.form,
            class_names=self.loaded.class_names,
            photograph=self.loaded.preprocess is not None,
            shelf_note=self._shelf_note(),
        )

    def _shelf_note(self) -> str:
        assert self.loaded is not None
        if self.loaded.preprocess is None:
            takes_one = only_tensor(self.loaded.example_input) is not None
            return "this network takes no image" if takes_one else "images need preprocess="
        return SHELF_NOTE if self._around.shelf.pictures() else "drop an image here"

    async def _in_helper(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._around.helper, work)

    # ------------------------------------------------------------ runs

    def place(self, message: m.PlaceImage, arrays: list[np.ndarray], answer: Answer) -> int:
        """Begins to place an image; its run's number. `answer` tells later if it is well.

        Raises InvalidImage or UnknownPicture.
        """
        if self._placing is None:
            raise UnknownPicture(f"network '{self.name}' is not ready yet; wait until it is")
        self._check_frame(message.input)
        if bool(message.picture) == bool(arrays) or len(arrays) > 1:
            raise InvalidImage(
                "place either one buffer or a picture of the shelf by its id, not "
                f"{len(arrays)} buffers and picture '{message.picture[:100]}'"
            )
        number = self._around.next_run()
        pixels = arrays[0] if arrays else None
        name, now = message.name[:MAX_NAME_CHARACTERS], time.monotonic()
        placement = Placement(number, name, message.picture, pixels, answer, now)
        if message.input != INPUT:
            self._placing_added(message.input).add(placement)
            return number
        assert self._live is not None
        live = self._live

        def answered(error: LayerwalkError | None) -> None:
            live.release(pause=error is None)
            answer(error)

        self._placing.add(replace(placement, answer=answered))
        live.hold()
        return number

    def again(self, work: Callable[[Passes], None]) -> Future[None]:
        """Has work done with this network's passes, on their thread, after the images."""
        assert self._passes is not None
        return self._worker.call(partial(work, self._passes))

    def _check_frame(self, input: str) -> None:
        frames = self._around.frames(self.name)
        if input not in frames:
            raise UnknownPicture(
                f"'{input[:100]}' is no input frame of {self.name}; nearest: "
                + ", ".join(f"'{frame}'" for frame in frames)
            )

    def _placing_added(self, input: str) -> Placing:
        assert self.loaded is not None
        if input not in self._added:
            self._added[input] = self._placing_into(input, self.loaded)
        return self._added[input]

    def check_more_frames(self) -> None:
        """Raises UnknownPicture, InvalidImage or TooLarge where no frame can be added."""
        if self.loaded is None:
            raise UnknownPicture(f"network '{self.name}' is not ready yet; wait until it is")
        if reason := refusal(self.loaded):
            raise InvalidImage(reason)
        self._around.runs.check_room(self.name)

    def check_live(self) -> None:
        """Raises InvalidImage if no live source can be played into this network."""
        if self.loaded is not None and (reason := refusal(self.loaded)):
            raise InvalidImage(reason)

    def play(self, live: m.Live | None) -> None:
        """Carries out what the document says of the live source."""
        if self._live is not None:
            self._live.change(live)

    def _submit(self, job: Job) -> None:
        replaced = self._worker.submit(job)
        if replaced is not None:
            self._around.replaced(self.name, replaced.number, job.number, job.frame[1])
        if isinstance(replaced, LiveJob):
            replaced.dropped()

    def _run(self, job: ImageJob) -> None:
        assert self._passes is not None
        self._passes.run(job)

    def _receive(self, outcomes: list[passes.Outcome]) -> None:
        """In the loop: what the passes delivered, in order."""
        for outcome in outcomes:
            try:
                self._take(outcome)
            except Exception:  # the others of the batch are none the worse
                logger.exception("A result of network %s could not be taken in", self.name)
                self._give_up(outcome)
        self._around.progressed()

    def _take(self, outcome: passes.Outcome) -> None:
        if isinstance(outcome, passes.Began):
            self._around.progressed()  # the run before may be done: viewers get the rest of it
            self._begin(outcome.job, outcome.arguments)
        elif (run := self._around.runs.get(outcome.number)) is not None:
            self._get_on(run, outcome)

    def _give_up(self, outcome: passes.Outcome) -> None:
        number = outcome.job.number if isinstance(outcome, passes.Began) else outcome.number
        run = self._around.runs.get(number)
        if run is not None and run.state == "running":
            run.error = "the bridge failed; its terminal says why"
            with contextlib.suppress(Exception):  # it may be this that fails
                self._end(run, "failed", run.seconds)

    def _begin(self, job: ImageJob, arguments: passes.Arguments) -> None:
        assert self.network is not None
        network, input = job.frame
        if input not in self._around.frames(network):  # it was removed meanwhile
            return
        run = Run(network, input, job.number, job.picture, self.network.revision)
        run.arguments = arguments
        name, number = job.picture.name, job.number
        self._around.runs.add(run)
        self._around.announce(m.RunStarted, network=network, input=input, run=number, name=name)
        placed = {"name": name, "picture": job.picture.id, "run": number}
        self._around.put(("inputs", network, input), placed)
        self._around.begun(run)

    def _get_on(self, run: Run, outcome: passes.Outcome) -> None:
        late = isinstance(outcome, passes.Revised) and run.state == "done"
        if run.state != "running" and not late:  # it was given up
            return
        match outcome:
            case passes.LayerReady(result=result):
                run.results[result.layer] = result
            case passes.Revised(network=network, room=room):
                run.revision = network.revision
                run.encoded.clear()
                self._publish(network, room)
            case passes.Finished(predicted=predicted, seconds=seconds):
                run.predicted = predicted
                self._end(run, "done", seconds)
            case passes.Broken(message=message, seconds=seconds):
                run.error = message
                self._end(run, "failed", seconds)

    def _end(self, run: Run, state: str, seconds: float) -> None:
        run.state, run.seconds = state, seconds
        self._around.announce(
            m.RunFinished,
            network=run.network,
            input=run.input,
            run=run.number,
            seconds=seconds,
            error=run.error,
        )

    # ------------------------------------------------------------ the end

    async def close(self) -> None:
        """Ends every task and thread of this network; a pass under way ends at its next op."""
        self._stopping.set()
        if self._passes is not None:
            self._passes.stop()
        if self._relayout is not None:
            self._relayout.cancel()
            await asyncio.gather(self._relayout, return_exceptions=True)
        for placing in (self._placing, *self._added.values()):
            if placing is not None:
                await placing.close()
        if self._live is not None:
            await self._live.close()
        await asyncio.wrap_future(self._worker.stop())
        self._worker.join()
        if self._passes is not None:
            self._passes.close()


def _form(room: Room) -> Layout:
    return Layout(room.layout, room.spacing, room.tile_gap)


def _expanded(network: Network, expanded: Collection[str] | None) -> frozenset[str]:
    """The blocks that are expanded at first. Raises UnknownLayer for one there is not."""
    if expanded is None:
        return initially_expanded(network)
    blocks = [block.name for block in network.blocks]
    for block in expanded:
        if block not in blocks:
            raise UnknownLayer(f"block '{block}' is not in {network.name}{instead(block, blocks)}")
    return frozenset(expanded)
