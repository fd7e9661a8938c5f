"""Waiting for Ctrl-C, or whatever other signal has a handler that raises."""

from __future__ import annotations

import signal
import socket
import threading


def wait_for_signal() -> None:
    """Blocks until a signal's handler raises; in other threads than the main one, for good.

    A lock would miss a signal that comes just before it is waited for; a byte in a socket
    stays there.
    """
    if threading.current_thread() is not threading.main_thread():
        threading.Event().wait()  # signals never come here
    receiver, sender = socket.socketpair()
    with receiver, sender:
        sender.setblocking(False)
        before = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        try:
            while True:
                receiver.recv(1)
        finally:
            signal.set_wakeup_fd(before)
