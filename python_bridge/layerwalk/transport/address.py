"""Addresses to listen on. Quick to import: what is wrong is said before anything slow begins."""

from __future__ import annotations

import ipaddress
import os
import socket

from layerwalk.errors import ConnectionFailed, Unsafe

LOOPBACK = "127.0.0.1"


def address_of(host: str) -> str:
    """The address that `host` is: an IP address, or localhost. Raises Unsafe for anything else."""
    if host == "localhost":
        return LOOPBACK
    try:
        ipaddress.ip_address(host)
    except ValueError:
        raise Unsafe(
            f"{host!r} is no address to listen on; give 127.0.0.1, one of this machine's, or "
            "0.0.0.0 for all of them"
        ) from None
    return host


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine's, and reached from nowhere else."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_any(host: str) -> bool:
    """Whether `host` stands for all of this machine's addresses."""
    return ipaddress.ip_address(host).is_unspecified


def on_this_machine(host: str) -> str:
    """An address by which who listens on `host` is reached from here."""
    if not is_any(host):
        return host
    return "::1" if ":" in host else LOOPBACK


def tcp(host: str, port: int | str) -> str:
    """The ZeroMQ endpoint."""
    return f"tcp://{f'[{host}]' if ':' in host else host}:{port}"


def check_address(host: str, port: int, zeromq_port: int = 0, *, curve: bool = False) -> None:
    """Listens for a moment. Raises Unsafe (no address) or ConnectionFailed (in use, not ours).

    ZeroMQ is on `host` only if it speaks CURVE, else on loopback.
    """
    _listen(address_of(host), port)
    for number in (zeromq_port, zeromq_port + 1) if zeromq_port else (0,):
        _listen(address_of(host) if curve or is_loopback(host) else LOOPBACK, number)


def _listen(address: str, port: int) -> None:
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
