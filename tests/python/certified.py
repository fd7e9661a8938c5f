"""Certificates as an authority issues them, and what may be wrong with those one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Issued:
    """PEM files."""

    certificate: Path
    key: Path
    authority: Path

    def but(self, wrong: str, folder: Path) -> Issued:
        """The same with something wrong."""
        made = {
            "no certificate file": lambda: replace(self, certificate=folder / "nowhere.pem"),
            "no key file": lambda: replace(self, key=folder / "nowhere.pem"),
            "a folder": lambda: replace(self, certificate=folder),
            "nonsense": lambda: replace(self, certificate=_file(folder / "x.pem", b"nonsense")),
            "a key that is none": lambda: replace(self, key=_file(folder / "x.pem", b"nonsense")),
            "another key": lambda: replace(self, key=issued(folder / "other", ["x"]).key),
            "a password": lambda: replace(self, key=self._locked(folder / "locked.pem")),
            "expired": lambda: issued(folder / "old", ["x"], from_days=-9),
            "not yet valid": lambda: issued(folder / "new", ["x"], from_days=1),
        }
        return made[wrong]()

    def _locked(self, file: Path) -> Path:
        key = serialization.load_pem_private_key(self.key.read_bytes(), None)
        return _file(file, _pem(key, serialization.BestAvailableEncryption(b"secret")))  # type: ignore[arg-type]


def issued(folder: Path, names: Sequence[str], *, from_days: int = 0, for_days: int = 7) -> Issued:
    """A certificate for `names` by an authority of its own, valid from that day."""
    folder.mkdir(parents=True)
    authority, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    begins = datetime.now(UTC) + timedelta(days=from_days, minutes=-5)

    def signed(name: str, own: Key, extension: x509.ExtensionType) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name("an authority"))
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=for_days))
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(authority, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM)

    constraints = x509.BasicConstraints(ca=True, path_length=None)
    alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    return Issued(
        _file(folder / "certificate.pem", signed("a machine", key, alternatives)),
        _file(folder / "key.pem", _pem(key, serialization.NoEncryption())),
        _file(folder / "authority.pem", signed("an authority", authority, constraints)),
    )


def _pem(key: Key, encryption: serialization.KeySerializationEncryption) -> bytes:
    private = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, private, encryption)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _file(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    file.chmod(0o600)
    return file
