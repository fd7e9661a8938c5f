"""The bridge: a session and its server on a thread of their own, started and stopped at will."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import re
import secrets
import sys
import threading
import webbrowser
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from layerwalk.errors import InvalidChange, LayerwalkError, SessionFailed, Unsafe
from layerwalk.images import LiveSource, Shelf, live_sources
from layerwalk.kept import NetworkReference, Recording, write_session
from layerwalk.protocol.messages import Limits
from layerwalk.room import Layout, LayoutKind
from layerwalk.session.inputs import loaded_network
from layerwalk.session.keeping import Restoration, keep, record
from layerwalk.session.recording import BUDGET_BYTES as RECORDED_BYTES
from layerwalk.session.session import BUDGET_BYTES, Session
from layerwalk.session.waiting import wait_for_signal
from layerwalk.sources import LoadedNetwork
from layerwalk.transport import certificates, machine
from layerwalk.transport.address import address_of, is_loopback
from layerwalk.transport.entrance import Entrance, News
from layerwalk.transport.pairing import Pairing
from layerwalk.transport.security import default_key_file, kept_secret_key
from layerwalk.transport.server import Server

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

    Images = str | Path | np.ndarray | Iterable[str | Path | np.ndarray] | Mapping[str, Any] | Shelf

logger = logging.getLogger(__name__)

VIEWER_DIR = Path(__file__).parent.parent / "_viewer"
DEFAULT = "default"  # of curve_key: the one that is kept for this user
T = TypeVar("T")
MIN_TOKEN_CHARACTERS, MAX_TOKEN_CHARACTERS = 16, 200


class Bridge:
    """Serves one network to viewers and clients, until `stop`; a context manager.

    `url` opens the viewer in a browser of this machine, `invite()` in one of another; `endpoint`,
    `token` and `server_key` are for `layerwalk.connect`.
    Get one from `serve` or `open_bridge`. It needs no running event loop, and minds none.
    """

    def __init__(
        self,
        load: Callable[[], LoadedNetwork],
        *,
        shelf: Shelf,
        host: str = "127.0.0.1",
        port: int = 0,
        zeromq_port: int = 0,
        curve_key: str | Path | None = None,
        tls_cert: str | Path | None = None,
        tls_key: str | Path | None = None,
        on_pairing: Callable[[News, str], None] | None = None,
        expanded: Collection[str] | None = None,
        layout: LayoutKind = "linear",
        limits: Limits | None = None,
        allowed_hosts: Collection[str] = (),
        token: str | None = None,
        live: tuple[LiveSource, ...] = (),
        budget_bytes: int = BUDGET_BYTES,
        reference: NetworkReference | None = None,
        restoration: Restoration | None = None,
    ) -> None:
        self._form = _form(layout)
        self._entrance = _entrance(host, tls_cert, tls_key, allowed_hosts, on_pairing)
        self._curve_key = _curve_key(host, curve_key)
        self.token = secrets.token_urlsafe(24) if token is None else _checked(token)
        self._load = load
        self._shelf = shelf
        self._expanded = expanded
        self._limits = limits or Limits()
        self._allowed_hosts = tuple(allowed_hosts)
        self._live = live
        self._budget_bytes = budget_bytes
        self._reference = reference
        self._restoration = restoration
        self._session: Session | None = None
        self._host, self._port, self._zeromq_port = host, port, zeromq_port
        self._bound: Future[Server] = Future()
        self._ready: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._served = False  # to the end, all of it closed
        self._thread = threading.Thread(target=self._run, name="layerwalk-bridge", daemon=True)
        self._thread.start()
        try:
            self._server = self._bound.result()
        except BaseException:
            self._thread.join()
            raise
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        """Where the viewer is on this machine, with the token."""
        return self._server.url

    @property
    def origin(self) -> str:
        """`https://HOST:PORT`, where the viewer is for other machines; '' if it is not.

        With `/?token=TOKEN` it lets in whoever has it; `invite` is good for one.
        """
        return self._server.origin

    @property
    def fingerprint(self) -> str:
        """The certificate's SHA-256, as browsers show it; '' where there is none."""
        return "" if self._entrance is None else self._entrance.identity.fingerprint

    def invite(self) -> str:
        """A short link that lets one browser of another machine in, within ten minutes.

        Raises Unsafe where `host` is loopback.
        """
        if self._entrance is None:
            raise Unsafe("other machines don't get in on loopback; give host='0.0.0.0'")
        return f"{self.origin}/{self._entrance.pairing.issue()}"

    @property
    def endpoint(self) -> str:
        """The ZeroMQ endpoint for `layerwalk.connect` on this machine."""
        return self._server.endpoint

    @property
    def server_key(self) -> str:
        """The public key for `layerwalk.connect`, in Z85; '' where ZeroMQ is on loopback only."""
        return self._server.server_key

    @property
    def port(self) -> int:
        """The HTTP port."""
        return self._server.port

    def wait_ready(self, timeout_s: float | None = None) -> None:
        """Returns once the network is traced and laid out; raises what went wrong.

        Raises TimeoutError after `timeout_s`.
        """
        try:
            self._ready.result(timeout_s)
        except TimeoutError:
            if self._ready.done():
                raise  # the loader's own
            raise TimeoutError(f"the network was not ready within {timeout_s:g} s") from None

    def stop(self) -> None:
        """Lets every client go, closes all ports and ends all threads. May be called again."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop closed meanwhile
                self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        atexit.unregister(self.stop)

    def save(
        self,
        path: str | Path,
        activations: bool = False,
        *,
        budget_mb: float = RECORDED_BYTES / 2**20,
        settings: Mapping[str, Any] | None = None,
    ) -> tuple[str, ...]:
        """Keeps the session in a file, usually NAME.layerwalk, for `layerwalk.open_session`.

        It holds which network it is (not the network), the shared document with layout, moves and
        bookmarks, the pictures of the shelf and the image that is placed. With `activations` also
        what the layers make of that image, in `budget_mb` megabytes of feature maps, coarser
        where that is too little: `layerwalk.export_page` shows them without the network.
        `settings` are what a viewer keeps with it; None leaves those that it was opened with.

        A file that is there is replaced once the new one is written. Returns, in sentences, what
        was not kept: pictures that cannot be read, or too many. Raises SessionFailed where the file
        cannot be written, or while there is no network yet.
        """
        work = partial(
            keep,
            activations=activations,
            budget_bytes=round(budget_mb * 2**20),
            settings=settings,
        )
        kept = self._of_session(work)
        write_session(kept, Path(path).expanduser())
        return kept.left_out

    def record(self, *, budget_mb: float = RECORDED_BYTES / 2**20) -> Recording:
        """What a viewer is sent of the newest run, in `budget_mb` megabytes of feature maps."""
        return self._of_session(partial(record, budget_bytes=round(budget_mb * 2**20)))

    def _of_session(self, work: Callable[[Session], Coroutine[Any, Any, T]]) -> T:
        """What comes of `work` in the session's loop."""
        if self._session is None or self._loop is None or not self._thread.is_alive():
            raise SessionFailed("the bridge was stopped; keep a session before that")
        return asyncio.run_coroutine_threadsafe(work(self._session), self._loop).result()

    def __enter__(self) -> Bridge:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = self.endpoint if self._thread.is_alive() else "stopped"
        return f"<layerwalk.Bridge {state}>"

    # ------------------------------------------------------------ the bridge's own thread

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # raised in the thread that waits for it
            if not self._bound.done():
                self._bound.set_exception(error)
            elif not self._served:  # else the interpreter shuts down, and asyncio's executor can't
                logger.exception("The bridge failed")
        finally:
            if not self._ready.done():
                stopped = LayerwalkError("the bridge was stopped before the network was ready")
                self._ready.set_exception(stopped)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # It reads the viewer's small files; asyncio's own would start thread after thread for them.
        self._loop.set_default_executor(ThreadPoolExecutor(1, "layerwalk-files"))
        session = Session(
            shelf=self._shelf,
            limits=self._limits,
            live=self._live,
            budget_bytes=self._budget_bytes,
            fonts=VIEWER_DIR,
            reference=self._reference,
        )
        self._session = session
        try:
            server = Server(
                session,
                token=self.token,
                viewer_dir=VIEWER_DIR,
                limits=self._limits,
                host=self._host,
                port=self._port,
                zeromq_port=self._zeromq_port,
                curve_key=self._curve_key,
                entrance=self._entrance,
                allowed_hosts=self._allowed_hosts,
            )
            await server.start()
        except BaseException:
            await session.close()
            session.join()
            raise
        session.publish = server.publish
        session.events_endpoint = server.events_endpoint
        opening = asyncio.create_task(self._open(session))
        self._bound.set_result(server)
        try:
            await self._stop.wait()
        finally:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            try:
                await session.close()
            finally:
                await server.stop()
            session.join()
        self._served = True

    async def _open(self, session: Session) -> None:
        try:
            await session.open(
                self._load,
                expanded=self._expanded,
                form=self._form,
                restoration=self._restoration,
            )
        except Exception as error:
            self._ready.set_exception(error)
        else:
            self._ready.set_result(None)


def open_bridge(
    load: Callable[[], LoadedNetwork],
    *,
    shelf: Shelf | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    zeromq_port: int = 0,
    curve_key: str | Path | None = None,
    tls_cert: str | Path | None = None,
    tls_key: str | Path | None = None,
    expanded: Collection[str] | None = None,
    layout: LayoutKind = "linear",
    limits: Limits | None = None,
    allowed_hosts: Collection[str] = (),
    token: str | None = None,
    live: Any = None,
    on_pairing: Callable[[News, str], None] | None = None,
    reference: NetworkReference | None = None,
    restoration: Restoration | None = None,
) -> Bridge:
    """A bridge that serves at once, while its worker loads and traces the network.

    `load` is called on the worker's thread; viewers see how far it is, or why it failed, and
    `Bridge.wait_ready` tells. `expanded` names the blocks that are open at first (None: all
    of them, or none in a large network), and `layout` is what the room is laid out as: "linear",
    "spiral" or "tower". `limits` bounds what clients may send, and
    `allowed_hosts` are names, besides those of loopback, by which a proxy in front of the HTTP
    port is reached. `token` is what viewers and clients must know; give one, and a `port`, so
    that open pages come back after a new start (None: a random one). Raises Unsafe for a token
    that is too short, and ConnectionFailed for a port in use.

    Where `host` is not loopback, other machines' browsers get in over TLS: with the certificate
    in `tls_cert` and its key in `tls_key`, PEM files, or with one that is made and kept for this
    user. `Bridge.invite` makes a link for them, and `on_pairing` is called in the bridge's thread
    with what came of one, "let in", "exposed" (it came in clear, and is withdrawn) or "refused",
    and from which address.

    ZeroMQ stays on loopback, unless `curve_key` names a file with a secret key, which is made if
    it is not there, or is "default", for one of this user's: then it listens on `host`, speaks
    CURVE, and clients need `Bridge.server_key` too. It is at `zeromq_port`, its events at the next
    one; 0 takes free ones. Raises Unsafe for what is no address, for files that others can read,
    and for a certificate that has expired or is not that of its key.

    `live` are the sources that viewers may play into the network: "camera", "camera:1", a video
    file, a folder of images, a sequence or iterable of frames, uint8 (H, W, 3), or a function that
    returns the frame of now; one of them, a list, or a mapping with their names. Raises LiveFailed
    for a source that cannot be opened.

    `reference` is what a kept session says of how the network was asked for. With a `restoration`
    the bridge goes on with a session that was kept; its shelf is not put on `shelf` by this.
    """
    accepted = limits or Limits()
    return Bridge(
        load,
        shelf=shelf or Shelf.empty(),
        host=host,
        port=port,
        zeromq_port=zeromq_port,
        curve_key=curve_key,
        tls_cert=tls_cert,
        tls_key=tls_key,
        expanded=expanded,
        layout=layout,
        limits=accepted,
        allowed_hosts=allowed_hosts,
        token=token,
        live=live_sources(live, max_pixels=accepted.image_pixels),
        on_pairing=on_pairing,
        reference=reference,
        restoration=restoration,
    )


def serve(
    model: nn.Module,
    example_input: Any = None,
    images: Images | None = None,
    preprocess: Any = None,
    class_names: Sequence[str] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    zeromq_port: int = 0,
    curve_key: str | Path | None = None,
    tls_cert: str | Path | None = None,
    tls_key: str | Path | None = None,
    expanded: Collection[str] | None = None,
    layout: LayoutKind = "linear",
    limits: Limits | None = None,
    allowed_hosts: Collection[str] = (),
    token: str | None = None,
    live: Any = None,
) -> Bridge:
    """Serves `model` to viewers and clients; returns once it is traced and laid out.

    `example_input` is a tensor, a tuple or list of them, or a dict of keyword arguments; None
    takes the first picture. `images` are files, folders and arrays for the shelf; None leaves it
    empty. `preprocess` is a function from pixels, uint8 numpy (H, W, 3), to a tensor (C, h, w)
    or one like the example's first (torchvision's transforms get a Pillow image); torchvision
    weights; or None for ImageNet's. `port` is the HTTP port, 0 any free one; `host`, `layout`,
    `zeromq_port`, `curve_key`, `tls_cert`, `tls_key`, `limits`, `allowed_hosts`, `token` and `live`
    as for `open_bridge`.
    Raises RunFailed, from what the model raised, where it does not take the example, and
    SourceError where it is no `torch.nn.Module`.

    `class_names` are one for each class of the output; where there are more or fewer, they are
    left out, and a warning says so, on the wall too.

    The model runs in evaluation mode, without gradients, and is left in the mode it was in.
    It is the model itself that runs, on a thread of the bridge: to train it meanwhile, give
    `copy.deepcopy(model)`.
    """
    if isinstance(images, Shelf):
        shelf = images
    else:
        shelf = Shelf.empty() if images is None else Shelf.of(images)
    loaded = loaded_network(
        model,
        example_input=example_input,
        preprocess=preprocess,
        class_names=class_names,
        shelf=shelf,
    )
    bridge = open_bridge(
        lambda: loaded,
        shelf=shelf,
        host=host,
        port=port,
        zeromq_port=zeromq_port,
        curve_key=curve_key,
        tls_cert=tls_cert,
        tls_key=tls_key,
        expanded=expanded,
        layout=layout,
        limits=limits,
        allowed_hosts=allowed_hosts,
        token=token,
        live=live,
    )
    try:
        bridge.wait_ready()
    except BaseException:
        bridge.stop()
        raise
    return bridge


def walk(
    model: nn.Module,
    example_input: Any = None,
    images: Images | None = None,
    preprocess: Any = None,
    class_names: Sequence[str] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    zeromq_port: int = 0,
    curve_key: str | Path | None = None,
    tls_cert: str | Path | None = None,
    tls_key: str | Path | None = None,
    expanded: Collection[str] | None = None,
    layout: LayoutKind = "linear",
    limits: Limits | None = None,
    allowed_hosts: Collection[str] = (),
    token: str | None = None,
    live: Any = None,
) -> None:
    """Serves `model`, opens its room in the browser and returns on Ctrl-C. See `serve`."""
    bridge = serve(
        model,
        example_input,
        images,
        preprocess,
        class_names,
        host=host,
        port=port,
        zeromq_port=zeromq_port,
        curve_key=curve_key,
        tls_cert=tls_cert,
        tls_key=tls_key,
        expanded=expanded,
        layout=layout,
        limits=limits,
        allowed_hosts=allowed_hosts,
        token=token,
        live=live,
    )
    with bridge, contextlib.suppress(KeyboardInterrupt):  # from the first word on that names it
        elsewhere = f"On another machine: {bridge.invite()}\n" if bridge.origin else ""
        sys.stderr.write(f"Walk at {bridge.url}\n{elsewhere}Stop with Ctrl-C.\n")
        webbrowser.open(bridge.url)
        wait_for_signal()


def _form(layout: str) -> Layout:
    if layout not in get_args(LayoutKind):
        known = ", ".join(get_args(LayoutKind))
        raise InvalidChange(f"'{layout}' is no layout; there are {known}")
    return Layout(cast(LayoutKind, layout))


def _curve_key(host: str, file: str | Path | None) -> str:
    """The secret key that ZeroMQ needs; '' where it stays on loopback, and no file was named."""
    if file is None:
        return ""
    address_of(host)  # nothing is written for what is none
    return kept_secret_key(default_key_file() if file == DEFAULT else Path(file).expanduser())


def _entrance(
    host: str,
    cert: str | Path | None,
    key: str | Path | None,
    allowed_hosts: Collection[str],
    hear: Callable[[News, str], None] | None,
) -> Entrance | None:
    """How other machines get in; None on loopback. Raises Unsafe for what would be no use."""
    if (cert is None) != (key is None):
        missing = "--tls-key" if key is None else "--tls-cert"
        raise Unsafe(f"a certificate needs its key, and both a file: {missing} is missing")
    address_of(host)  # nothing is written for what is none
    if is_loopback(host):
        if cert is not None:
            raise Unsafe(f"{host} needs no certificate; give --host 0.0.0.0, or leave it out")
        return None
    if cert is not None and key is not None:
        identity = certificates.own(Path(cert).expanduser(), Path(key).expanduser())
    else:
        names = (*machine.addresses(host), *machine.names(), *filter(str.isascii, allowed_hosts))
        identity = certificates.kept(certificates.default_file(), names)
    return Entrance(host, identity, Pairing(), hear=hear or (lambda news, address: None))


def _checked(token: str) -> str:
    """The token that was given. Raises Unsafe for one that could be guessed, or not be sent."""
    allowed = rf"[A-Za-z0-9._~-]{{{MIN_TOKEN_CHARACTERS},{MAX_TOKEN_CHARACTERS}}}"
    if not re.fullmatch(allowed, token):  # it is never printed
        raise Unsafe(
            f"the token (token=, LAYERWALK_TOKEN) of {len(token)} characters is refused; give "
            f"{MIN_TOKEN_CHARACTERS} to {MAX_TOKEN_CHARACTERS} letters, digits and -._~, "
            "for instance what secrets.token_urlsafe() makes"
        )
    return token
