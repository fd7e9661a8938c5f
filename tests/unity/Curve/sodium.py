"""libsodium, for the tests of the C# cryptography: answers a line of hexadecimal for each it reads.

`multiply SCALAR POINT`, `box PUBLIC SECRET NONCE MESSAGE`, `tag KEY MESSAGE`, `keys` (Z85 of a new
pair), `decode Z85`. An empty message is `-`. pyzmq brings libsodium along, or the system has it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from pathlib import Path

import zmq
from zmq.utils import z85


def load() -> ctypes.CDLL:
    """The library that pyzmq itself uses, or the system's."""
    beside = Path(zmq.__file__).parents[1] / "pyzmq.libs"
    bundled = sorted(map(str, beside.glob("libsodium*")))
    name = bundled[0] if bundled else ctypes.util.find_library("sodium")
    if name is None:
        raise SystemExit("libsodium was not found; install pyzmq's wheel, or libsodium")
    library = ctypes.CDLL(name)
    library.sodium_init()
    return library


def main() -> None:
    """Answers until standard input ends."""
    library = load()
    print("ready", flush=True)
    for line in sys.stdin:
        command, *words = line.split()
        print("answer", answer(library, command, words), flush=True)


def answer(library: ctypes.CDLL, command: str, words: list[str]) -> str:
    """What libsodium says, in hexadecimal."""
    if command == "keys":
        return " ".join(key.decode() for key in zmq.curve_keypair())
    if command == "decode":
        return z85.decode(words[0]).hex()
    parts = [b"" if word == "-" else bytes.fromhex(word) for word in words]
    if command == "multiply":
        result = ctypes.create_string_buffer(32)
        library.crypto_scalarmult(result, *parts)
    elif command == "tag":
        key, message = parts
        result = ctypes.create_string_buffer(16)
        library.crypto_onetimeauth(result, message, ctypes.c_ulonglong(len(message)), key)
    else:
        public, secret, nonce, message = parts
        result = ctypes.create_string_buffer(16 + len(message))
        size = ctypes.c_ulonglong(len(message))
        library.crypto_box_easy(result, message, size, nonce, public, secret)
    return result.raw.hex()


if __name__ == "__main__":
    main()
