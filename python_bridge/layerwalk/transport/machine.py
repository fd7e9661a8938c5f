"""By which addresses and names other machines reach this one."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import struct
import sys
from collections.abc import Iterator

from layerwalk.transport.address import is_any, is_loopback

_NOBODY = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}  # RFC 5737, RFC 3849
_DISCARD = 9
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.ASCII)
_MOST = 16
_SIOCGIFADDR = 0x8915


def addresses(host: str) -> tuple[str, ...]:
    """The IP addresses by which who listens on `host` is reached from other machines.

    The one that the system would take for the way out comes first. Only `host` itself, where it
    is one address.
    """
    if not is_any(host):
        return (host,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = [one.partition("%")[0] for one in _found(family)]
    return tuple(dict.fromkeys(one for one in found if _is_of_use(one)))[:_MOST]


def names() -> tuple[str, ...]:
    """The host names that this machine may be reached by: its own, and that of multicast DNS."""
    own = socket.gethostname().lower().rstrip(".")
    if not _NAME.fullmatch(own) or own == "localhost" or own.replace(".", "").isdigit():
        return ()
    return (own,) if "." in own else (own, f"{own}.local")


def _found(family: socket.AddressFamily) -> Iterator[str]:
    with (
        contextlib.suppress(OSError),
        socket.socket(family, socket.SOCK_DGRAM) as nobody,
    ):
        nobody.connect((_NOBODY[family], _DISCARD))  # sends nothing; the system chooses from where
        yield str(nobody.getsockname()[0])
    with contextlib.suppress(OSError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, family):
            yield str(address[0])
    if sys.platform == "linux" and family == socket.AF_INET:
        yield from _of_interfaces()


def _of_interfaces() -> Iterator[str]:
    """The first IPv4 address of each network interface."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # it has none
                request = struct.pack("256s", name.encode()[:15])
                answer = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, request)
                yield socket.inet_ntoa(answer[20:24])


def _is_of_use(address: str) -> bool:
    """Neither this machine's alone, nor one that needs the name of an interface beside it."""
    return not is_loopback(address) and not ipaddress.ip_address(address).is_link_local
