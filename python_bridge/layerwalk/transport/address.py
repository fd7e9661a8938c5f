"""Addresses to listen on. Quick to import: what is wrong is said before anything slow begins."""

from __future__ import annotations

import ipaddress
import os
import socket

from layerwalk.errors import ConnectionFailed, Unsafe


def loopback(host: str) -> str:
    """The loopback address that `host` is. Raises Unsafe if it is none."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(host).is_loopback:
            return host
    except ValueError:
        pass
    raise Unsafe(
        f"{host!r} is not loopback, and there is no TLS and no CURVE yet; listen on 127.0.0.1 "
        "and forward the port: ssh -L PORT:127.0.0.1:PORT THIS_MACHINE"
    )


def check_address(host: str, port: int) -> None:
    """Listens for a moment. Raises Unsafe (not loopback) or ConnectionFailed (in use)."""
    address = loopback(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        raise cannot_listen(address, port, error) from None


def cannot_listen(address: str, port: int, error: OSError) -> ConnectionFailed:
    """The error that says why, in words without the address: asyncio's name it once more."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return ConnectionFailed(
        f"{address}:{port} cannot be listened on ({reason}); choose another port, or 0 for any "
        "free one"
    )
