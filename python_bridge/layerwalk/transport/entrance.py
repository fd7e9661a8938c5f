"""How other machines get in: over TLS, by this machine's names, with a code for the token."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Collection
from typing import Literal

from aiohttp import web

from layerwalk.errors import Unauthorized
from layerwalk.protocol.limits import HELLO_S
from layerwalk.transport import machine
from layerwalk.transport.address import LOOPBACK, is_any, is_loopback
from layerwalk.transport.certificates import Identity, covers
from layerwalk.transport.pairing import ALPHABET, LENGTH, Pairing, TooManyTries
from layerwalk.transport.static import host_and_port

CODE_PATH = rf"{{code:[{ALPHABET}{ALPHABET.lower()}]{{{LENGTH}}}}}"
_MOST_BYTES = 256
News = Literal["let in", "exposed", "refused"]


class Entrance:
    """Of a bridge that listens on `host`, which is not loopback.

    `hear` is told, in the bridge's thread, what came of a code, and at which address: it was
    used ("let in"), came in clear and is withdrawn ("exposed"), or is none ("refused").
    """

    def __init__(
        self,
        host: str,
        identity: Identity,
        pairing: Pairing,
        *,
        hear: Callable[[News, str], None] = lambda news, address: None,
    ) -> None:
        self.identity = identity
        self.pairing = pairing
        self._hear = hear
        self._host = host
        self._reached_by = (*machine.addresses(host), *machine.names())

    @property
    def listens_on(self) -> tuple[str, ...]:
        """All addresses to listen on: this machine itself gets in without TLS."""
        return (self._host,) if is_any(self._host) else (self._host, LOOPBACK)

    def origin(self, port: int) -> str:
        """`https://HOST:PORT`, as this machine is reached by others."""
        name = self._name()
        return f"https://{f'[{name}]' if ':' in name else name}:{port}"

    def _name(self) -> str:
        certified = self.identity.names
        known = [name for name in self._reached_by if covers(certified, name)]
        known += [] if self.identity.made_here else [n for n in certified if "*" not in n]
        return next(iter([*known, *self._reached_by]), LOOPBACK)

    def is_ours(self, request: web.Request, name: str) -> bool:
        """Whether a request may name this host: not one that somebody made to point here."""
        try:
            name = str(ipaddress.ip_address(name))
        except ValueError:
            return name in self._reached_by or covers(self.identity.names, name)
        sockname = request.transport and request.transport.get_extra_info("sockname")
        return name in self._reached_by or bool(sockname and sockname[0] == name)

    def insist_on_tls(self, request: web.Request, name: str, private: Collection[str]) -> None:
        """Raises a redirection for what came in clear, except on this machine.

        `private` are the names by which this machine, or a proxy on it, asks. What was asked for
        is left out of the new address: if it holds a secret, that is one no longer.
        """
        if request.secure or (_is_here(request) and name in private):
            return
        code = request.path.strip("/")
        if self.pairing.withdraw(code):
            self._hear("exposed", request.remote or "")
        if not self.is_ours(request, name):
            raise web.HTTPMisdirectedRequest(text="This host name is not served here.\n")
        where = f"https://{host_and_port(request.headers['Host'])}/"
        raise web.HTTPTemporaryRedirect(
            where, text=f"From another machine, the walk is at {where} only.\n"
        )

    async def redeem(self, request: web.Request, token: str) -> web.Response:
        """Answers a code with the token, both as JSON."""
        try:
            self.pairing.redeem(await _code(request), request.remote or "")
        except Unauthorized as error:
            status = 429 if isinstance(error, TooManyTries) else 403
            self._hear("refused", request.remote or "")
            return _answer({"error": str(error)}, status)
        self._hear("let in", request.remote or "")
        return _answer({"token": token}, 200)


async def _code(request: web.Request) -> str:
    """What was posted, '' for too much of it."""
    try:
        async with asyncio.timeout(HELLO_S):
            return (await request.content.readexactly(_MOST_BYTES)).decode(errors="replace")[:0]
    except asyncio.IncompleteReadError as error:  # as it should be
        return error.partial.decode(errors="replace")
    except TimeoutError:
        return ""


def _answer(content: dict[str, str], status: int) -> web.Response:
    return web.json_response(content, status=status, headers={"Cache-Control": "no-store"})


def _is_here(request: web.Request) -> bool:
    return is_loopback(request.remote or "")
