"""The certificate by which browsers know this machine: one's own, or one that is made and kept."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import ssl
import stat
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from layerwalk.errors import Unsafe

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, GeneralName

VALID_DAYS = 397  # what browsers take of public ones
RENEWED_DAYS = 30  # before the end
_MOST_BYTES = 1 << 20
_GIVE_PEM = "give a PEM file, which begins with -----BEGIN CERTIFICATE-----"
_REMOVE = "remove it, and a new one is made"


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, ready to serve with.

    `names` are the host names and addresses it is for, `fingerprint` its SHA-256 as browsers
    show it. `made_here` says that it vouches for itself: browsers will ask.
    """

    context: ssl.SSLContext = field(repr=False)
    names: tuple[str, ...]
    fingerprint: str
    made_here: bool


def covers(names: Collection[str], host: str) -> bool:
    """Whether a certificate for `names` is for `host`, too: `*.lab.example` is for `gpu.` of it."""
    _, dot, domain = host.partition(".")
    return host in names or (bool(dot) and f"*.{domain}" in names)


def default_file() -> Path:
    """Where the certificate that is made here is kept, with its key."""
    return platformdirs.user_data_path("layerwalk") / "tls.pem"


def own(certificate: Path, key: Path) -> Identity:
    """What a visitor was given by an authority: PEM files of the chain and of the key.

    Raises Unsafe for what cannot be read, does not fit together, has expired, or where anybody
    can read the key.
    """
    chain = _certificates(certificate, _content(certificate, "--tls-cert"), _GIVE_PEM)
    _check_secret(key, stat.S_IRWXO)
    _check_key(chain[0], certificate, key, _content(key, "--tls-key"))
    _check_time(chain[0], certificate)
    return _identity(chain[0], certificate, key, made_here=False)


def kept(file: Path, names: Collection[str]) -> Identity:
    """A certificate of this user's own for `names`, from `file`, which only they may read.

    It is made where there is none, and made anew, with the same key, where it lacks a name or
    is about to expire. Raises Unsafe where others can read the file, or it cannot be kept.
    """
    names = tuple(dict.fromkeys(map(_as_certified, names)))
    try:
        if not file.exists():
            _write(file, _pem(_new_key(), names), replace=False)
        _check_secret(file, stat.S_IRWXG | stat.S_IRWXO)
        content = _content(file, "the file")
        certificate = _certificates(file, content, _REMOVE)[0]
        if not _lasts(certificate) or not set(names) <= set(_names(certificate)):
            _write(file, _pem(_key_in(file, content), names), replace=True)
            certificate = _certificates(file, file.read_bytes(), _REMOVE)[0]
        return _identity(certificate, file, file, made_here=True)
    except OSError as error:
        raise Unsafe(
            f"the certificate in '{file}' cannot be used ({error.strerror or error}); give one of "
            "your own, --tls-cert FILE --tls-key FILE"
        ) from None


# ---------------------------------------------------------------- reading


def _content(file: Path, option: str) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES)
    except OSError as error:
        raise Unsafe(f"{option}: '{file}' cannot be read ({error.strerror})") from None


def _certificates(file: Path, content: bytes, remedy: str) -> list[Certificate]:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        raise Unsafe(f"'{file}' holds no certificate; {remedy}") from None


def _check_key(certificate: Certificate, file: Path, key_file: Path, content: bytes) -> None:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(content, password=None)
    except TypeError:
        raise Unsafe(
            f"the key in '{key_file}' is protected by a password; give one without: "
            f"openssl pkey -in '{key_file}' -out FILE"
        ) from None
    except ValueError:
        raise Unsafe(
            f"'{key_file}' holds no private key; give a PEM file, which begins with "
            "-----BEGIN PRIVATE KEY-----"
        ) from None
    if key.public_key() != certificate.public_key():
        raise Unsafe(
            f"the key in '{key_file}' is not that of the certificate in '{file}'; give the pair"
        )


def _check_time(certificate: Certificate, file: Path) -> None:
    now, ends = datetime.now(UTC), certificate.not_valid_after_utc
    if now > ends:
        raise Unsafe(
            f"the certificate in '{file}' expired on {ends:%Y-%m-%d}; renew it, or leave out "
            "--tls-cert and --tls-key, and one is made"
        )
    begins = certificate.not_valid_before_utc
    if now < begins:
        raise Unsafe(
            f"the certificate in '{file}' is valid from {begins:%Y-%m-%d %H:%M} UTC on only; is "
            "the clock right?"
        )


def _check_secret(file: Path, forbidden: int) -> None:
    if os.name != "posix":
        return
    with contextlib.suppress(FileNotFoundError):  # which is said better when it is read
        if file.stat().st_mode & forbidden:
            raise Unsafe(f"others can read the secret key in '{file}'; chmod 600 '{file}'")


def _names(certificate: Certificate) -> tuple[str, ...]:
    """Host names in lower case, and IP addresses."""
    from cryptography import x509

    try:
        told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    dns = (name.lower() for name in told.get_values_for_type(x509.DNSName))
    return (*dns, *map(str, told.get_values_for_type(x509.IPAddress)))


def _as_certified(name: str) -> str:
    """The one way to write a name or an address in which certificates give it back."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name.lower()


def _lasts(certificate: Certificate) -> bool:
    return certificate.not_valid_after_utc - datetime.now(UTC) > timedelta(days=RENEWED_DAYS)


def _identity(certificate: Certificate, file: Path, key: Path, *, made_here: bool) -> Identity:
    from cryptography.hazmat.primitives.hashes import SHA256

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(file, key)
    except ssl.SSLError as error:
        raise Unsafe(
            f"the certificate in '{file}' cannot be served with ({error.reason}); "
            f"{_REMOVE if made_here else 'give another one'}"
        ) from None
    fingerprint = certificate.fingerprint(SHA256()).hex(":").upper()
    return Identity(context, _names(certificate), fingerprint, made_here)


# ---------------------------------------------------------------- making


def _new_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _key_in(file: Path, content: bytes) -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, EllipticCurvePrivateKey):
        raise Unsafe(f"'{file}' holds no key of ours; remove it, and a new one is made")
    return key


def _pem(key: EllipticCurvePrivateKey, names: Collection[str]) -> bytes:
    """Key and certificate, in one file so that they always belong together."""
    from cryptography.hazmat.primitives import serialization

    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return secret + _certificate(key, names).public_bytes(serialization.Encoding.PEM)


def _certificate(key: EllipticCurvePrivateKey, names: Collection[str]) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "layerwalk on this machine")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # the headset's clock may be slow
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([*map(_general, names)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def _general(name: str) -> GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(file: Path, content: bytes, *, replace: bool) -> None:
    """Writes the file in one step, for its owner only; one that came meanwhile stays, or not."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # of mode 0600
    try:
        with os.fdopen(number, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(number)
        if replace:
            os.replace(name, file)
        else:
            with contextlib.suppress(FileExistsError):
                os.link(name, file)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
