"""One port for TLS and for plain HTTP: the first byte of who comes tells which it is.

Plain HTTP is for this machine, where no browser shall ask about a certificate, and to tell others
that they need https.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import NamedTuple

from layerwalk.transport.address import is_loopback

logger = logging.getLogger(__name__)

FIRST_BYTE_S = 10.0
HANDSHAKE_S = 10.0
MAX_AT_THE_DOOR = 32  # of one address, who has not shaken hands yet
MAX_OF_ONE = 128  # connections of one address elsewhere: a headset's browser has less than ten
MAX_FROM_ELSEWHERE = 512  # so that strangers leave files and memory, and this machine gets in
BACKLOG = 128
FULL_S = 1.0  # until the next try, where the system gives no more connections
_HANDSHAKE = b"\x16"  # TLS records of that type come first, and no HTTP method begins so


class _Guest(NamedTuple):
    """A connection, until its socket is closed; its task is done once it is in."""

    connection: socket.socket
    address: str
    task: asyncio.Task[None]


class Doorway:
    """Hands who comes to the protocol that `factory` makes, over TLS with `context` or without.

    Belongs to one event loop.
    """

    def __init__(
        self, factory: Callable[[], asyncio.BaseProtocol], context: ssl.SSLContext
    ) -> None:
        self._factory = factory
        self._context = context
        self._listening: list[socket.socket] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._guests: list[_Guest] = []

    def open(self, hosts: Sequence[str], port: int) -> int:
        """Listens on all of `hosts`, at one port: `port`, or a free one for 0. Raises OSError."""
        self._listening = _listening(hosts, port)
        for one in self._listening:
            task = asyncio.create_task(self._accept(one))
            self._tasks.add(task)
        return int(self._listening[0].getsockname()[1])

    async def close(self) -> None:
        """No longer listens, and hangs up on who is still at the door."""
        tasks = [*self._tasks, *(guest.task for guest in self._guests)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in self._listening:
            one.close()
        self._listening.clear()
        self._tasks.clear()

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, (address, *_) = await loop.sock_accept(listening)
            except ConnectionError:
                continue
            except OSError as error:
                logger.warning("No more connections are accepted for a moment: %s", error)
                await asyncio.sleep(FULL_S)
                continue
            if not self._has_room(address):
                connection.close()
                continue
            connection.setblocking(False)
            task = asyncio.create_task(self._let_in(connection))
            self._guests.append(_Guest(connection, address, task))

    def _has_room(self, address: str) -> bool:
        """Whether one more may come from there: nobody can fill the house for all others."""
        self._guests = [one for one in self._guests if one.connection.fileno() >= 0]
        own = [one for one in self._guests if one.address == address]
        if sum(not one.task.done() for one in own) >= MAX_AT_THE_DOOR:
            return False
        elsewhere = sum(not is_loopback(one.address) for one in self._guests)
        return is_loopback(address) or (len(own) < MAX_OF_ONE and elsewhere < MAX_FROM_ELSEWHERE)

    async def _let_in(self, connection: socket.socket) -> None:
        """Strangers may send anything: whatever is wrong with it ends this connection alone."""
        taken = False
        try:
            secure = await _first_byte(connection) == _HANDSHAKE
            taken = True  # the transport closes it
            await asyncio.get_running_loop().connect_accepted_socket(
                self._factory,
                connection,
                ssl=self._context if secure else None,
                ssl_handshake_timeout=HANDSHAKE_S if secure else None,
            )
        except (OSError, TimeoutError):  # TLS errors are OSErrors
            pass
        finally:
            if not taken:
                connection.close()


async def _first_byte(connection: socket.socket) -> bytes:
    """Looks at it, and leaves it there. Raises TimeoutError if none comes, OSError if none will."""
    loop, there = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection, there.set)
    try:
        async with asyncio.timeout(FIRST_BYTE_S):
            await there.wait()
    finally:
        loop.remove_reader(connection)
    first = connection.recv(1, socket.MSG_PEEK)
    if not first:
        raise ConnectionResetError
    return first


def _listening(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """Sockets at one port. A free one may be taken on the second host: then another is tried."""
    attempts = 1 if port else 20
    while True:
        attempts -= 1
        with contextlib.ExitStack() as opened:
            try:
                first = opened.enter_context(_listen(hosts[0], port))
                number = first.getsockname()[1]
                others = [opened.enter_context(_listen(host, number)) for host in hosts[1:]]
            except OSError:
                if not attempts:
                    raise
                continue
            opened.pop_all()
            return [first, *others]


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listening.setblocking(False)
    return listening
