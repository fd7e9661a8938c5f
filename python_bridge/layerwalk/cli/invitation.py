"""What a headset is let in by: a short link, and the same as a QR code in the terminal."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import typer

from layerwalk.cli.qr import terminal_qr

if TYPE_CHECKING:
    from layerwalk.session import Bridge


class Invitations:
    """Prints a link, and another one when that was used, or Enter is pressed."""

    def __init__(self) -> None:
        self._bridge: Bridge | None = None

    def begin(self, bridge: Bridge) -> None:
        """Prints the first link, and how the certificate is known."""
        self._bridge = bridge
        typer.echo("In the browser of a headset, or of another machine, within 10 minutes:")
        self._invite()
        typer.echo("It will not know the certificate, which has this SHA-256 fingerprint:")
        half = len(bridge.fingerprint) // 2 + 1
        typer.echo(f"  {bridge.fingerprint[:half]}\n  {bridge.fingerprint[half:]}")
        if _is_typed_at():
            typer.echo("Each link lets one in. Enter prints another.")
            threading.Thread(target=self._read, name="layerwalk-enter", daemon=True).start()

    def hear(self, news: str, address: str) -> None:
        """Called in the bridge's thread with what came of a link."""
        if news == "let in":
            typer.echo(f"{address} was let in. For the next one, within 10 minutes:")
            self._invite()
        elif news == "exposed":
            typer.echo(f"{address} sent the code by http, for all to see, and it is void. Another:")
            self._invite()

    def _invite(self) -> None:
        assert self._bridge is not None
        link = self._bridge.invite()
        if sys.stdout.isatty():
            typer.echo(f"\n{terminal_qr(link)}\n")
        typer.echo(f"  {link}")

    def _read(self) -> None:
        """Waits for Enter, without Python's own lock on stdin, which would hold up the end."""
        try:
            while os.read(sys.stdin.fileno(), 1024):
                self._invite()
        except (OSError, ValueError):  # no longer the terminal's foreground, or closed
            pass


def _is_typed_at() -> bool:
    """Whether somebody may press Enter. In the background a read would stop the program."""
    if not (sys.stdin and sys.stdin.isatty()):
        return False
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # reading fails instead
    return True
