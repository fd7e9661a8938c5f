"""Bounds and settings that both sides of the wire agree on. Those of messages: `Limits`."""

from __future__ import annotations

ALIGNMENT = 8  # bytes; where parts begin in a WebSocket message
MAX_PARTS = 64  # of a message, header included
MAX_DIMENSIONS = 8  # of a buffer
MAX_HEADER_BYTES = 64 << 20  # a room of a large network is a few megabytes
MAX_CLIENT_HEADER_BYTES = 1 << 20  # from a client; a request that names every layer is 100 kB

# A client that leaves more than this unread is cut off. Pages wait in the session until the
# client grants credit for them, so only one that grants far more than it reads gets here.
MAX_PENDING_BYTES = 256 << 20
ZEROMQ_USER = b"layerwalk"  # PLAIN's; the password is the token
CURVE_CLIENT = b"layerwalk: CURVE client's secret key, version 1"  # see `curve.client_keys`
HEARTBEAT_MS, HEARTBEAT_TIMEOUT_MS = 4_000, 10_000  # of ZeroMQ, both ways

HELLO_S = 5.0  # a WebSocket that has not said Hello by then is closed
MAX_HELLO_BYTES = 64 << 10  # of the first message; on a WebSocket no more is read before it
