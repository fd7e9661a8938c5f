"""A socket of libzmq for the tests of the C# transport, in a process of its own.

    python peer.py router|pub|xpub null|plain|curve [--port PORT] [...]

Prints what happens, one line each: `listening ENDPOINT`, `public KEY` (CURVE),
`subscribed TOPIC`, `unsubscribed TOPIC`, and `done` after each command. A ROUTER answers a message
by its first frame: `digest` with the SHA-256 of every other frame, `make COUNT SIZE...` with COUNT
messages of such frames (byte i of frame f is i * 31 + f, modulo 251), everything else as it came.
Reads commands from standard input: `publish TOPIC COUNT SIZE`. Ends with its standard input.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import sys
import threading
from collections.abc import Callable

import numpy as np
import zmq
from zmq.utils import z85

LONGEST = 64 << 20
PATTERN = np.resize(((np.arange(251) * 31) % 251).astype(np.uint8), LONGEST + 251)


def frame(index: int, size: int) -> memoryview:
    """`size` bytes of the pattern, which begins where i * 31 = index modulo 251."""
    begin = index * pow(31, -1, 251) % 251
    return PATTERN[begin : begin + size].data


def main() -> None:
    """Serves until standard input ends."""
    options = _options()
    context = zmq.Context()
    kinds = {"router": zmq.ROUTER, "pub": zmq.PUB, "xpub": zmq.XPUB}
    if options.mechanism != "null":
        _let_in(context, options)
    socket = context.socket(kinds[options.socket])
    socket.linger = 0
    socket.sndhwm = socket.rcvhwm = options.queued
    socket.heartbeat_ivl, socket.heartbeat_timeout = options.heartbeat, 3 * options.heartbeat
    _secure(socket, options)
    socket.bind(f"tcp://127.0.0.1:{options.port or '*'}")
    endpoint = socket.getsockopt(zmq.LAST_ENDPOINT)
    assert isinstance(endpoint, bytes)
    say("listening", endpoint.rstrip(b"\0").decode())
    _serve(context, socket, "mute" if options.mute else options.socket)
    context.destroy(linger=0)


def say(*words: str) -> None:
    """One line for the test."""
    print(*words, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("socket", choices=["router", "pub", "xpub"])
    parser.add_argument("mechanism", choices=["null", "plain", "curve"])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--password", default="")
    parser.add_argument("--secret", default="", help="of CURVE's server; a new one, if empty")
    parser.add_argument("--allow", default="", help="the only client's key; any, if it is empty")
    parser.add_argument("--heartbeat", type=int, default=0)
    parser.add_argument("--queued", type=int, default=0)
    parser.add_argument("--mute", type=int, default=0, help="1: answers nothing")
    parser.add_argument("--status", default="400", help="for those who may not come in")
    return parser.parse_args()


def _secure(socket: zmq.Socket[bytes], options: argparse.Namespace) -> None:
    if options.mechanism == "plain":
        socket.plain_server = True
    elif options.mechanism == "curve":
        public, secret = zmq.curve_keypair()
        if options.secret:
            secret = options.secret.encode()
            public = zmq.curve_public(secret)
        socket.curve_server = True
        socket.curve_secretkey = secret
        say("public", public.decode())
    socket.zap_domain = b"test"


def _let_in(context: zmq.Context[zmq.Socket[bytes]], options: argparse.Namespace) -> None:
    """Answers libzmq's question who may come in."""
    handler = context.socket(zmq.REP)
    handler.bind("inproc://zeromq.zap.01")

    def allowed(credentials: list[bytes]) -> bool:
        if options.mechanism == "plain":
            return credentials == [b"layerwalk", options.password.encode()]
        return not options.allow or z85.encode(credentials[0]) == options.allow.encode()

    def run() -> None:
        while True:
            version, request, _, _, _, _, *credentials = handler.recv_multipart()
            verdict = [b"200", b"OK"] if allowed(credentials) else [options.status.encode(), b"no"]
            handler.send_multipart([version, request, *verdict, b"", b""])

    _in_background(run)


def _in_background(run: Callable[[], None]) -> None:
    def until_the_end() -> None:
        with contextlib.suppress(zmq.ZMQError):  # the context is gone
            run()

    threading.Thread(target=until_the_end, daemon=True).start()


def _serve(context: zmq.Context[zmq.Socket[bytes]], socket: zmq.Socket[bytes], kind: str) -> None:
    commands, ours = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    ours.bind("inproc://commands")
    commands.connect("inproc://commands")

    def read() -> None:
        for line in sys.stdin:
            commands.send_string(line)
        commands.send_string("end")

    threading.Thread(target=read, daemon=True).start()
    poller = zmq.Poller()
    poller.register(ours, zmq.POLLIN)
    if kind != "pub":
        poller.register(socket, zmq.POLLIN)
    while True:
        ready = dict(poller.poll())
        if socket in ready and kind == "router":
            _answer(socket, socket.recv_multipart())
        elif socket in ready and kind == "mute":
            socket.recv_multipart()
        elif socket in ready:
            told = socket.recv()
            say("subscribed" if told[0] else "unsubscribed", told[1:].decode())
        if ours in ready:
            words = ours.recv_string().split()
            if words[0] == "end":
                return
            topic, count, size = words[1].encode(), int(words[2]), int(words[3])
            for number in range(count):
                socket.send_multipart([topic, str(number).encode(), frame(0, size)])
            say("done")


def _answer(socket: zmq.Socket[bytes], parts: list[bytes]) -> None:
    identity, first, *rest = parts
    words = first.split()
    if words[:1] == [b"digest"]:
        answer = [hashlib.sha256(part).digest() for part in rest]
        socket.send_multipart([identity, *answer])
    elif words[:1] == [b"make"]:
        frames = [frame(index, int(size)) for index, size in enumerate(words[2:])]
        for _ in range(int(words[1])):
            socket.send_multipart([identity, *frames], copy=False)
    elif words[:1] == [b"identity"]:
        socket.send_multipart([identity, identity])
    else:
        socket.send_multipart(parts)


if __name__ == "__main__":
    main()
