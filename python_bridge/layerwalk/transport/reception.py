"""What is done with every message a client sends, on whichever connection it came."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence

from layerwalk.errors import (
    InvalidMessage,
    LayerwalkError,
    TooLarge,
    Unauthorized,
    VersionMismatch,
)
from layerwalk.protocol import frames, schema
from layerwalk.protocol.frames import BytesLike
from layerwalk.protocol.limits import MAX_HELLO_BYTES
from layerwalk.protocol.messages import MAJOR, MINOR, Hello, Limits
from layerwalk.transport.handler import Handler
from layerwalk.transport.peer import Peer

logger = logging.getLogger(__name__)

BRIDGE_FAILED = LayerwalkError("the bridge failed; its terminal says why")
KNOWN = frozenset(map(schema.tag, schema.client_messages()))


def greeting(parts: Sequence[BytesLike], *, token: str | None = None) -> Hello:
    """The Hello in `parts`, the first message of a client. Any token will do if `token` is None.

    Raises InvalidMessage, TooLarge, VersionMismatch or Unauthorized.
    """
    check_size(parts, MAX_HELLO_BYTES, what="first message")
    brief = frames.peek(parts)
    if brief.type != "hello":
        raise InvalidMessage(f"the first message must be hello, this one is {brief.type!r}")
    if isinstance(brief.major, int) and brief.major != MAJOR:  # another major's may not decode
        raise VersionMismatch(
            f"the client speaks version {brief.major} of the protocol, this bridge "
            f"{MAJOR}.{MINOR}; install the same release of layerwalk on both sides"
        )
    hello, _ = frames.decode_client(parts)
    assert isinstance(hello, Hello)
    if token is not None and not same_token(hello.token, token):
        raise Unauthorized(
            "the token is wrong or missing; open the address that the bridge printed"
        )
    return hello


def deliver(handler: Handler, peer: Peer, parts: Sequence[BytesLike], limits: Limits) -> None:
    """Gives a message of a greeted client to the handler; what is wrong with it, to the client.

    Messages of unknown type are ignored: a newer minor version may have them.
    """
    request = None
    try:
        check_size(parts, limits.message_bytes)
        brief = frames.peek(parts)
        request = brief.request_number
        if brief.type == "hello":
            raise InvalidMessage("hello was said already; it is the first message only")
        if brief.type in KNOWN:
            handler.received(peer, parts)
    except LayerwalkError as error:
        peer.fail(error, request=request)
    except Exception:
        logger.exception("A message of client %s could not be handled", peer.id)
        peer.fail(BRIDGE_FAILED, request=request)


def says_hello(parts: Sequence[BytesLike]) -> bool:
    """Whether these parts are a Hello, right or wrong."""
    try:
        return frames.peek(parts).type == "hello"
    except LayerwalkError:
        return False


def welcome(handler: Handler, peer: Peer) -> None:
    """Tells the handler of a new client; closes it if the handler raises."""
    try:
        handler.connected(peer)
    except LayerwalkError as error:
        peer.close(error)
    except Exception:
        logger.exception("Client %s could not be welcomed", peer.id)
        peer.close(BRIDGE_FAILED)


def farewell(handler: Handler, peer: Peer) -> None:
    """Tells the handler that a client is gone."""
    try:
        handler.disconnected(peer)
    except Exception:
        logger.exception("Client %s could not be taken leave of", peer.id)


def check_size(parts: Sequence[BytesLike], max_bytes: int, *, what: str = "message") -> None:
    """Raises TooLarge if a message has more bytes, all its parts together."""
    size = sum(len(part) for part in parts)
    if size > max_bytes:
        raise TooLarge(f"{what} of {size} bytes; this bridge reads at most {max_bytes}")


def same_token(given: str, token: str) -> bool:
    """Whether the tokens are the same, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode(errors="surrogatepass"), token.encode())
