"""Viewers of a bridge: one that speaks the protocol itself, clients, and programs."""

from __future__ import annotations

import subprocess
from typing import Any

import numpy as np
import zmq

import layerwalk
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session import Bridge

# For what must come, however busy the machine is.
PATIENCE_S = 60.0


class Viewer:
    """A viewer that speaks the protocol itself."""

    def __init__(self, bridge: Bridge, hello: m.Hello | None = None) -> None:
        self._socket = zmq.Context.instance().socket(zmq.DEALER)
        self._socket.linger = 0
        self._socket.plain_username = b"layerwalk"
        self._socket.plain_password = bridge.token.encode()
        self._socket.connect(bridge.endpoint)
        self.send(hello or m.Hello(major=m.MAJOR, minor=m.MINOR, client="test"))

    def send(self, message: m.Message, *payloads: np.ndarray) -> None:
        self._socket.send_multipart(frames.encode(message, payloads))

    def receive(self) -> tuple[Any, list[np.ndarray]]:
        assert self._socket.poll(int(PATIENCE_S * 1000)), "the bridge sent nothing"
        return frames.decode_bridge(self._socket.recv_multipart())

    def until(self, kind: type, **fields: Any) -> list[Any]:
        """Messages up to the first of a kind with these fields, which is the last."""
        messages: list[Any] = []
        while True:
            messages.append(self.receive()[0])
            last = messages[-1]
            if isinstance(last, kind) and all(getattr(last, k) == v for k, v in fields.items()):
                return messages

    def nothing_comes(self) -> bool:
        """Whether all that the bridge sends is the answer to what is asked now."""
        self.send(m.GetSnapshot(request=999))
        return isinstance(self.receive()[0], m.Snapshot)

    def close(self) -> None:
        self._socket.close()


def connect(bridge: Bridge, **options: Any) -> layerwalk.Client:
    return layerwalk.connect(bridge.endpoint, token=bridge.token, timeout_s=PATIENCE_S, **options)


def first_run(client: layerwalk.Client) -> int:
    """The run that the bridge began by itself, complete."""
    return client.wait_complete()


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a program wrote until it ended by itself; nothing of it stays in any case."""
    try:
        return process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
