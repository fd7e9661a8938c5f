"""A forwarder of TCP connections that can be cut, and can stand for a proxy with a prefix."""

from __future__ import annotations

import contextlib
import socket
import threading


class Forwarder:
    """Listens on `port` and passes everything on to `target_port`, both on loopback.

    With a `prefix` such as "/walk", requests for /walk/x are passed on as /x, as proxies do.
    """

    def __init__(self, target_port: int, *, prefix: str = "") -> None:
        self._target_port = target_port
        self._prefix = prefix.encode()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._open = True
        self._moving = threading.Event()
        self._moving.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Cuts every connection, and refuses new ones until `mend`."""
        with self._lock:
            self._open = False
            for connection in self._sockets:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._sockets.clear()

    def mend(self) -> None:
        """Accepts connections again."""
        with self._lock:
            self._open = True

    def hang(self) -> None:
        """Keeps every connection, and passes nothing on any more, until `go_on`."""
        self._moving.clear()

    def go_on(self) -> None:
        self._moving.set()

    def close(self) -> None:
        self.go_on()
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                if not self._open:
                    client.close()
                    continue
                target = socket.create_connection(("127.0.0.1", self._target_port))
                self._sockets |= {client, target}
            for source, sink, outward in ((client, target, True), (target, client, False)):
                threading.Thread(
                    target=self._pass_on, args=(source, sink, outward), daemon=True
                ).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, outward: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                self._moving.wait()
                if outward and self._prefix:
                    data = data.replace(b"GET " + self._prefix + b"/", b"GET /")
                sink.sendall(data)
        for connection in (source, sink):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
