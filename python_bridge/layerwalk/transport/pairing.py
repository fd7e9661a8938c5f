"""Short codes, good once and for a while, which a person can type in a headset for the token."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from layerwalk.errors import Unauthorized

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1
LENGTH = 6
VALID_S = 600.0
MOST_CODES = 32  # a class of headsets
TRIES, TRIES_S = 6, 60.0  # wrong ones of one address, and after how long they are forgotten
MOST_TRIES = 60  # wrong ones of all, until every code is withdrawn
MOST_ADDRESSES = 1024

_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


class TooManyTries(Unauthorized):
    """Too many wrong codes came from one address."""


@dataclass
class _Tries:
    count: int
    since_s: float


class Pairing:
    """The codes that are good at the moment. All methods may be called from any thread.

    `clock` counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._codes: dict[str, float] = {}  # and until when each is good
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._wrong = 0

    def issue(self) -> str:
        """A new code, good once and for `VALID_S` seconds."""
        with self._lock:
            self._forget()
            while len(self._codes) >= MOST_CODES:
                del self._codes[next(iter(self._codes))]
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            self._codes[code] = self._clock() + VALID_S
            self._wrong = 0
            return code

    def redeem(self, code: str, address: str) -> None:
        """Uses a code up. Raises Unauthorized for none, and TooManyTries instead of looking."""
        with self._lock:
            self._forget()
            tries = self._tries.get(address)
            if tries is not None and tries.count >= TRIES:
                raise TooManyTries("too many wrong codes came from this address; wait a minute")
            if self._withdraw(code):
                return
            self._count(address)
        raise Unauthorized(
            "this code is not good, or not any more; get a new one at the bridge, and type it"
        )

    def withdraw(self, code: str) -> bool:
        """Makes a code good for nothing; whether it was good."""
        with self._lock:
            self._forget()
            return self._withdraw(code)

    def _withdraw(self, code: str) -> bool:
        given = normalized(code).encode()
        found = [one for one in self._codes if hmac.compare_digest(one.encode(), given)]
        for one in found:
            del self._codes[one]
        return bool(found)

    def _count(self, address: str) -> None:
        tries = self._tries.setdefault(address, _Tries(0, self._clock()))
        tries.count += 1
        while len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)
        self._wrong += 1
        if self._wrong >= MOST_TRIES:  # whoever has many addresses
            self._codes.clear()

    def _forget(self) -> None:
        now = self._clock()
        self._codes = {code: until for code, until in self._codes.items() if until > now}
        for address, tries in list(self._tries.items()):
            if now - tries.since_s >= TRIES_S:
                del self._tries[address]


def normalized(text: str) -> str:
    """What was typed, as codes are written: without blanks and dashes, in capitals; '' for none."""
    code = re.sub(r"[\s-]", "", text[:64]).upper()
    return code if _CODE.fullmatch(code) else ""
