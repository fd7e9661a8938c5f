"""CURVE, as both sides of the wire use it: whoever knows the token has the client's keys.

https://rfc.zeromq.org/spec/26. A client has to be given the server's public key, which tells it
that the bridge is the right one, and the token, from which both sides make the one key pair that
is let in. So ROUTER and PUB know their clients alike, and the token itself never travels.
"""

from __future__ import annotations

import hashlib
import hmac

import zmq
from zmq.utils import z85

from layerwalk.protocol.limits import CURVE_CLIENT


def client_keys(token: str) -> tuple[bytes, bytes]:
    """Public and secret key in Z85: the secret one is HMAC-SHA-256 of CURVE_CLIENT under the token.

    Whoever listens can't try tokens: CURVE sends the client's public key encrypted.
    """
    secret = z85.encode(hmac.digest(token.encode(), CURVE_CLIENT, hashlib.sha256))
    return zmq.curve_public(secret), secret
