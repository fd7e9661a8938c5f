"""Addresses to listen on. Quick to import: what is wrong is said before anything slow begins."""

from __future__ import annotations

import ipaddress
import os
import socket

from layerwalk.errors import ConnectionFailed, Unsafe

LOOPBACK = "127.0.0.1"
_ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: nobody has this address


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


def web_host(host: str) -> str:
    """Where the web viewer is while ZeroMQ listens on `host`: without TLS, on loopback only."""
    return address_of(host) if is_loopback(host) else LOOPBACK


def is_any(host: str) -> bool:
    """Whether `host` stands for all of this machine's addresses."""
    return ipaddress.ip_address(host).is_unspecified


def on_this_machine(host: str) -> str:
    """An address by which who listens on `host` is reached from here."""
    if not is_any(host):
        return host
    return "::1" if ":" in host else LOOPBACK


def from_elsewhere(host: str) -> str:
    """An address by which who listens on `host` is reached from other machines, as far as known."""
    if not is_any(host):
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        try:
            nobody.connect(_ELSEWHERE)  # sends nothing; the system chooses where from it would
            return str(nobody.getsockname()[0])
        except OSError:
            return "ADDRESS_OF_THIS_MACHINE"


def tcp(host: str, port: int | str) -> str:
    """The ZeroMQ endpoint."""
    return f"tcp://{f'[{host}]' if ':' in host else host}:{port}"


def check_address(host: str, port: int, zeromq_port: int = 0) -> None:
    """Listens for a moment. Raises Unsafe (no address) or ConnectionFailed (in use, not ours)."""
    _listen(web_host(host), port)
    for number in (zeromq_port, zeromq_port + 1) if zeromq_port else (0,):
        _listen(address_of(host), number)


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
