"""Sessions in files, for the commands: `walk --session`, `open`."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import typer

from layerwalk.cli.browser import open_in_browser
from layerwalk.cli.screenshot import check_screenshot, save_screenshot
from layerwalk.errors import LayerwalkError, SessionFailed

if TYPE_CHECKING:
    from layerwalk.session import Bridge
    from layerwalk.session.keeping import Restoration
    from layerwalk.session.opening import Asked


def begun(file: Path | None) -> Restoration | None:
    """The session in this file, None if there is no such file yet. Raises SessionFailed."""
    if file is None or not file.exists():
        return None
    from layerwalk.kept import read_session
    from layerwalk.session.opening import restoration_of

    return restoration_of(read_session(file), file)


def named(
    file: Path,
    *,
    source: str | None,
    weights: str | None,
    input_size: tuple[int, int] | None,
    trust: bool,
) -> Asked:
    """The network to walk in the session of this file. Raises SessionFailed or Unsafe."""
    from layerwalk.kept import read_session
    from layerwalk.session.opening import asked

    kept = read_session(file).network
    return asked(kept, source=source, weights=weights, input_size=input_size, trust=trust)


def show_recorded(file: Path, screenshot: Path | None, *, no_browser: bool) -> None:
    """Opens a page of what was kept, which stays for as long as the system keeps such files."""
    from layerwalk.exporting.page import page_of

    if screenshot is not None:
        check_screenshot(screenshot)
    page = page_of(file).write(Path(mkdtemp(prefix="layerwalk-")) / f"{file.stem}.html")
    if screenshot is not None:
        save_screenshot(page.as_uri(), screenshot)
        typer.echo(f"saved {screenshot}")
        return
    typer.echo(f"the recording is at {page.as_uri()}")
    if not no_browser and not open_in_browser(page.as_uri()):
        typer.echo("There is no display here: open the address in a browser.")


def check_file(file: Path) -> None:
    """Before anything takes its time: can a session be kept there?"""
    if not file.parent.is_dir():
        raise SessionFailed(f"the folder '{file.parent}' does not exist; create it")
    if file.is_dir():
        raise SessionFailed(f"'{file}' is a folder; name a file, room.layerwalk for instance")


def keep_at_the_end(bridge: Bridge, file: Path, *, activations: bool) -> None:
    """Writes the session; if its network never came, the file stays as it is."""
    try:
        bridge.wait_ready(0)
    except (LayerwalkError, TimeoutError):
        return
    for sentence in bridge.save(file, activations):
        typer.echo(f"warning: {sentence}", err=True)
    typer.echo(f"kept the session in {file}")
