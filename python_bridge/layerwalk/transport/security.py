"""Who gets into the ZeroMQ sockets: who knows the token, by PLAIN on loopback or by CURVE."""

from __future__ import annotations

import contextlib
import hmac
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import platformdirs
import zmq
from zmq.utils import z85

from layerwalk.errors import Unsafe
from layerwalk.protocol.curve import client_keys
from layerwalk.protocol.limits import ZEROMQ_USER

KEY_CHARACTERS = 40  # of Z85


class Security(Protocol):
    """What the sockets ask for, and whom the ZAP handler lets in.

    `overhead_bytes` are added to every part on the wire; `server_key` is the key by which clients
    know the server, '' for none.
    """

    overhead_bytes: int
    server_key: str

    def guard(self, socket: zmq.Socket[Any]) -> None:
        """Makes a server of a socket that is not bound yet."""

    def lets_in(self, mechanism: bytes, credentials: Sequence[bytes]) -> bool:
        """Whether these are the credentials of somebody who knows the token."""


class Plain:
    """The token is the password, in clear: for loopback."""

    overhead_bytes = 0
    server_key = ""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def guard(self, socket: zmq.Socket[Any]) -> None:
        socket.plain_server = True

    def lets_in(self, mechanism: bytes, credentials: Sequence[bytes]) -> bool:
        user, password = credentials if len(credentials) == 2 else (b"", b"")
        right = hmac.compare_digest(password, self._token)
        return right and user == ZEROMQ_USER and mechanism == b"PLAIN"


class Curve:
    """Encrypted; the client proves that it has the key pair which is made from the token."""

    overhead_bytes = 33  # name, nonce, authenticator and flags of a MESSAGE

    def __init__(self, token: str, secret_key: str) -> None:
        self._secret_key = secret_key.encode()
        self._client = z85.decode(client_keys(token)[0])
        self.server_key = zmq.curve_public(self._secret_key).decode()

    def guard(self, socket: zmq.Socket[Any]) -> None:
        socket.curve_server = True
        socket.curve_secretkey = self._secret_key

    def lets_in(self, mechanism: bytes, credentials: Sequence[bytes]) -> bool:
        (key,) = credentials if len(credentials) == 1 else (b"",)
        return hmac.compare_digest(key, self._client) and mechanism == b"CURVE"


def default_key_file() -> Path:
    """Where the server's secret key is kept, so that clients know this machine's bridges."""
    return platformdirs.user_data_path("layerwalk") / "curve-secret-key"


def kept_secret_key(file: Path) -> str:
    """The secret key in `file`, in Z85; a new one, which is kept there, if there is no such file.

    Nobody else may read it. Raises Unsafe where others may, or it is no key, or cannot be kept.
    """
    if not zmq.has("curve"):
        raise Unsafe("this ZeroMQ has no CURVE, and nothing else is safe; install pyzmq's wheel")
    try:
        if not file.exists():
            _keep(zmq.curve_keypair()[1], file)
        return _read(file)
    except OSError as error:
        raise Unsafe(
            f"the key file '{file}' cannot be used ({error.strerror}); name another one, "
            "--curve-key FILE"
        ) from None


def _keep(secret_key: bytes, file: Path) -> None:
    """Writes the file in one step, for its owner only; one that came meanwhile stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # of mode 0600
    try:
        with os.fdopen(number, "wb") as written:
            written.write(secret_key + b"\n")
            written.flush()
            os.fsync(number)
        with contextlib.suppress(FileExistsError):
            os.link(name, file)
    finally:
        os.unlink(name)


def _read(file: Path) -> str:
    with file.open("rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Unsafe(
                f"others can read the secret key in '{file}'; remove it, and give clients the key "
                f"of the next start, or, if they never could: chmod 600 '{file}'"
            )
        key = opened.read(KEY_CHARACTERS + 3).strip()
    try:
        if len(key) != KEY_CHARACTERS:
            raise ValueError
        zmq.curve_public(key)
    except (ValueError, KeyError, zmq.ZMQError):
        raise Unsafe(
            f"'{file}' holds no secret key of CURVE; remove it, and a new one is made"
        ) from None
    return key.decode()
