"""Where a bridge is, and how a client is let in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import zmq
from zmq.utils import z85

from layerwalk.errors import ConnectionFailed, Unsafe
from layerwalk.protocol.curve import client_keys
from layerwalk.protocol.limits import ZEROMQ_USER
from layerwalk.transport.address import is_loopback

_TCP, _ANY_HOST = "tcp://", "tcp://*:"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Access:
    """What the bridge printed: its endpoint, the token, and its public key if it speaks CURVE.

    Raises Unsafe where the token would leave this machine in clear, and ConnectionFailed for
    what is no key.
    """

    endpoint: str
    token: str = field(repr=False)
    server_key: str = ""

    def __post_init__(self) -> None:
        host = self.endpoint.removeprefix(_TCP).rpartition(":")[0].strip("[]")
        if self.server_key and not _is_key(self.server_key):
            raise ConnectionFailed(
                f"server_key= of {len(self.server_key)} characters is no key; give the "
                "40 characters that the bridge printed"
            )
        elsewhere = self.endpoint.startswith(_TCP) and host and not is_loopback(host)
        if elsewhere and not self.server_key:
            raise Unsafe(
                f"'{self.endpoint}' is not this machine, and without server_key= anybody on "
                "the way could read the token; give the key that the bridge printed"
            )

    def present(self, socket: zmq.Socket[bytes]) -> None:
        """Tells a socket that is not connected yet how it is let in."""
        if self.server_key:
            socket.curve_publickey, socket.curve_secretkey = client_keys(self.token)
            socket.curve_serverkey = self.server_key.encode()
        else:
            socket.plain_username = ZEROMQ_USER
            socket.plain_password = self.token.encode()

    def beside(self, endpoint: str) -> str:
        """Another endpoint of this bridge; a host `*` is the one that this client knows.

        Raises Unsafe where the token would leave this machine in clear.
        """
        if endpoint.startswith(_ANY_HOST):
            endpoint = f"{self.endpoint.rpartition(':')[0]}:{endpoint.removeprefix(_ANY_HOST)}"
        return replace(self, endpoint=endpoint).endpoint

    def doubt(self) -> str:
        """What may be wrong where nobody answers."""
        if self.server_key:
            return "is the bridge running, and server_key= the key that it printed?"
        return "is the bridge running, and did it print no server_key=?"


def _is_key(text: str) -> bool:
    try:
        return len(z85.decode(text.encode())) == _KEY_BYTES
    except (ValueError, KeyError):
        return False
