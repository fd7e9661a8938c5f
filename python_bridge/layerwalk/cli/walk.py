"""`layerwalk demo` and `layerwalk walk`: the bridge, and a browser or a screenshot."""

from __future__ import annotations

import gc
import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from layerwalk.cli.browser import open_in_browser
from layerwalk.cli.screenshot import check_screenshot, save_screenshot
from layerwalk.errors import InvalidImage, LayerwalkError, SourceError
from layerwalk.transport import machine
from layerwalk.transport.address import check_address, is_loopback, tcp

if TYPE_CHECKING:
    from layerwalk.cli.invitation import Invitations
    from layerwalk.images import Shelf
    from layerwalk.kept import NetworkReference
    from layerwalk.room import LayoutKind
    from layerwalk.session import Bridge
    from layerwalk.session.keeping import Restoration
    from layerwalk.sources import LoadedNetwork, Loader


SOON_S = 2.0


@dataclass(frozen=True)
class Walk:
    """What the command line asks for."""

    source: str
    images: list[str] | None
    image: Path | None
    screenshot: Path | None
    weights: str | None
    input_size: tuple[int, int] | None
    device: str
    host: str
    port: int
    no_browser: bool
    allowed_hosts: list[str] | None = None
    live: list[str] | None = None
    zeromq_port: int = 0
    curve_key: str | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    layout: str = "linear"
    session: Path | None = None  # goes on with the session in this file,
    keeps: bool = False  # and writes it there at the end,
    activations: bool = False  # with what the layers show


def walk(options: Walk) -> None:
    """Serves the network until Ctrl-C, or until the screenshot is saved.

    What is wrong with the options is raised before there is an address to open.
    """
    check_address(
        options.host, options.port, options.zeromq_port, curve=options.curve_key is not None
    )
    if options.screenshot is not None:
        check_screenshot(options.screenshot)
    from layerwalk.cli.session import begun, check_file, keep_at_the_end
    from layerwalk.sources import resolve

    if options.session is not None and options.keeps:
        check_file(options.session)
    restoration = begun(options.session)
    load = resolve(
        options.source,
        weights=options.weights,
        input_size=options.input_size,
        device=options.device,
    )
    shelf = _shelf(options) if restoration is None else _kept_shelf(options, restoration)
    from layerwalk.cli.invitation import Invitations
    from layerwalk.session import open_bridge

    invitations = Invitations()
    with (
        _terminate_is_interrupt(),
        open_bridge(
            lambda: _loaded(load),
            shelf=shelf,
            host=options.host,
            port=options.port,
            zeromq_port=options.zeromq_port,
            curve_key=options.curve_key,
            tls_cert=options.tls_cert,
            tls_key=options.tls_key,
            layout=cast("LayoutKind", options.layout),
            on_pairing=invitations.hear,
            allowed_hosts=tuple(options.allowed_hosts or ()),
            token=os.environ.get("LAYERWALK_TOKEN") or None,
            live=options.live,
            reference=_reference(options),
            restoration=restoration,
        ) as bridge,
    ):
        if options.screenshot is not None:
            _save(bridge, options.screenshot)
        else:
            _stay(bridge, options, invitations)
            if options.session is not None and options.keeps:
                keep_at_the_end(bridge, options.session, activations=options.activations)


def _loaded(load: Loader) -> LoadedNetwork:
    """Called by the network's worker: the viewer shows that it is loading meanwhile."""
    loaded = load()
    if loaded.warning:
        warnings.warn(loaded.warning, stacklevel=1)
    return loaded


def _stay(bridge: Bridge, options: Walk, invitations: Invitations) -> None:
    from layerwalk.session.waiting import wait_for_signal

    try:
        typer.echo(f"layerwalk is at {bridge.url}")
        if bridge.origin:
            invitations.begin(bridge)
        _say_who_gets_in(bridge, options.host)
        # What fails at once is told here only; what takes its time is worth watching.
        with suppress(TimeoutError):
            bridge.wait_ready(SOON_S)
        if not options.no_browser and not open_in_browser(bridge.url):
            typer.echo("There is no display here: open the address in a browser.")
        bridge.wait_ready()
        _leave_out_of_collections()
        typer.echo("The network is ready. Ctrl-C ends it.")
        wait_for_signal()
    except KeyboardInterrupt:
        typer.echo("")


def _leave_out_of_collections() -> None:
    """What is there now stays: torch, the model, the network.

    To look through it for garbage takes 0.2 s, and would hold up every eighth image.
    """
    gc.freeze()


def _say_who_gets_in(bridge: Bridge, host: str) -> None:
    """Where Python clients and the Unity client connect to, and with what."""
    endpoint = bridge.endpoint
    key = f', server_key="{bridge.server_key}"' if bridge.server_key else ""
    if bridge.server_key and not is_loopback(host):
        address = next(iter(machine.addresses(host)), "ADDRESS_OF_THIS_MACHINE")
        endpoint = tcp(address, endpoint.rpartition(":")[2])
        typer.echo("The Unity client on this network is let in with:")
        typer.echo(f"  endpoint    {endpoint}")
        typer.echo(f"  server key  {bridge.server_key}")
        typer.echo(f"  token       {bridge.token}")
    typer.echo(f'From Python: layerwalk.connect("{endpoint}", token="{bridge.token}"{key})')


def _save(bridge: Bridge, file: Path) -> None:
    bridge.wait_ready()
    save_screenshot(bridge.url, file)
    typer.echo(f"saved {file}")


def _shelf(options: Walk) -> Shelf:
    """The pictures asked for, else the demo's; `--image` comes first, and is placed first."""
    from layerwalk.images import Shelf
    from layerwalk.sources import demo_shelf

    first: list[Any] = []
    if options.image is not None:
        if not options.image.is_file():
            raise InvalidImage(f"'{options.image}' does not exist; name an image file")
        _check_image(options.image)
        first = [options.image]
    if options.images:
        shelf = Shelf.of([*first, *options.images])
        if not shelf.pictures():
            folders = ", ".join(f"'{path}'" for path in options.images)
            _warn_of_empty_shelf(f"there are no images in {folders}: name others")
        return shelf
    try:
        demo = demo_shelf()
    except SourceError:
        if options.source == "demo":
            raise
        if not first:
            _warn_of_empty_shelf("there are no pictures: give --images")
        return Shelf.of(first)
    return Shelf.of(first).followed_by(demo) if first else demo


def _kept_shelf(options: Walk, restoration: Restoration) -> Shelf:
    """The session's pictures, then those asked for; `--image` comes first, and is placed first."""
    shelf = restoration.shelf()
    if options.image is not None or options.images:
        asked = _shelf(replace(options, images=options.images or [str(options.image)]))
        return asked.followed_by(shelf) if options.image is not None else shelf.followed_by(asked)
    return shelf


def _reference(options: Walk) -> NetworkReference:
    """What a session that is kept says of the network."""
    from layerwalk.kept import NetworkReference

    return NetworkReference(
        title="",
        source=options.source,
        weights=options.weights or "",
        input_size=options.input_size,
    )


def _check_image(file: Path) -> None:
    """Raises InvalidImage, with the file's name."""
    from layerwalk.images import decode

    try:
        decode(file.read_bytes())
    except OSError as error:
        raise InvalidImage(f"'{file}' cannot be read ({error.strerror})") from error
    except LayerwalkError as error:
        raise type(error)(f"'{file}': {error}") from error


def _warn_of_empty_shelf(fact_and_remedy: str) -> None:
    warnings.warn(f"{fact_and_remedy}, or drop a file on the page", stacklevel=1)


@contextmanager
def _terminate_is_interrupt() -> Iterator[None]:
    """What stops a service ends it as Ctrl-C does."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
