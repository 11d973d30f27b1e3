"""Development identities: one self-signed test certificate per role, marked as unverified."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from risk_kit.errors import BadInput, BadKey, CannotWrite, Problem
from risk_kit.files import write_atomic
from risk_kit.sign import ROLES, Signer, signer_from_key
from risk_kit.sign_trust import DEVELOPMENT_UNIT

_VALID_FOR = timedelta(days=30 * 365)
_CLOCK_TOLERANCE = timedelta(days=1)
_making = threading.Lock()


def development_identity(role: str, folder: Path, at: datetime) -> Signer:
    """The development identity of `role`, kept in `folder`; made there on first use at time `at`.

    Key and certificate are one file of mode 0600 in a folder of mode 0700. Raises BadInput for an
    unknown role, BadKey for a file that is damaged or open to others, CannotWrite.
    """
    if role not in ROLES:
        raise BadInput(Problem("role_unknown", {"role": role}))
    path = _path(role, folder)
    with _making:
        if not path.exists():
            _make_folder(folder)
            write_atomic(path, _new_identity(role, at), mode=0o600)
    return _load(path)


def development_certificates(folder: Path) -> tuple[bytes, ...]:
    """The certificates (PEM, without keys) of the development identities made in `folder`.

    A damaged one is left out: it can vouch for nothing.
    """
    found = []
    for path in (_path(role, folder) for role in ROLES):
        with suppress(BadKey):
            found += [_certificate(path).public_bytes(Encoding.PEM)] if path.exists() else []
    return tuple(found)


def _path(role: str, folder: Path) -> Path:
    return folder / f"development-{role}.pem"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(Problem("cannot_write", {"reason": reason}, file=str(folder))) from error


def _new_identity(role: str, at: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    # A common name may have 64 bytes; the organization says the rest in English.
    title = f"開發測試身分（未經驗證）NOT VERIFIED — {role}"
    warning = "DEVELOPMENT IDENTITY, NOT VERIFIED"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, title),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, warning),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEVELOPMENT_UNIT),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _CLOCK_TOLERANCE)
        .not_valid_after(at + _VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)


def _load(path: Path) -> Signer:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise BadKey(Problem("identity_open_to_others", file=str(path)))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(Problem("identity_damaged", file=str(path))) from error
    return signer_from_key(key, _certificate(path), [])


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadKey(Problem("identity_damaged", file=str(path))) from error
