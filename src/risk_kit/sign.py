"""Sign a PDF: a key from PKCS#12, one PAdES (B-B) signature per role, appended to the bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto.cms import ContentInfo
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import SimpleSigner, select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore

from risk_kit.errors import BadInput, BadKey, BadPdf, Problem
from risk_kit.sign_check import (
    MAX_CERTIFICATES,
    ROLES,
    SignerFacts,
    Verification,
    signature_fields,
    verify,
)
from risk_kit.sign_revisions import UpdateWriter, bad_pdf, base_length, open_pdf, refusing
from risk_kit.sign_trust import Trust, fit_for_signing, is_development, run, shown_name

__all__ = [
    "ROLES",
    "Signer",
    "SignerFacts",
    "Trust",
    "Verification",
    "load_p12",
    "sign",
    "signer_from_key",
    "verify",
]

MAX_P12_BYTES = 1024 * 1024
MAX_REASON = 500
_RSA_BITS = range(2048, 8193)
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_CONTAINER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that can sign, with its certificate and chain; the passphrase is not kept.

    `name` is the certificate's common name; `development` marks an unverified test identity.
    """

    name: str
    development: bool
    certificate_sha256: str
    certificate: Certificate = field(repr=False)
    key: SimpleSigner = field(repr=False)


def load_p12(data: bytes, passphrase: str) -> Signer:
    """Read key, certificate and chain from PKCS#12 bytes (.p12, .pfx).

    Raises BadKey: not a PKCS#12 file, wrong passphrase, certificate without its key, key without
    its certificate, or a kind of key that cannot sign here.
    """
    if len(data) > MAX_P12_BYTES or not _looks_like_p12(data):
        raise _bad_key("key_not_pkcs12")
    content = _opened(data, passphrase)
    certificate, chain = content.cert, content.additional_certs
    if content.key is None:
        raise _bad_key("certificate_without_key" if certificate or chain else "key_not_pkcs12")
    if certificate is None:
        raise _bad_key("key_without_certificate")
    return signer_from_key(content.key, certificate.certificate, [one.certificate for one in chain])


def _looks_like_p12(data: bytes) -> bool:
    try:
        content = asn1_pkcs12.Pfx.load(data, strict=True)["auth_safe"]["content_type"].native
    except (ValueError, TypeError):
        return False
    return content in ("data", "signed_data")


def _opened(data: bytes, passphrase: str) -> pkcs12.PKCS12KeyAndCertificates:
    # An empty passphrase is written in two ways: as an empty string and as none at all.
    for secret in (passphrase.encode(), None) if not passphrase else (passphrase.encode(),):
        try:
            return pkcs12.load_pkcs12(data, secret)
        except ValueError:
            continue
        except Exception as error:
            raise _bad_key("key_not_pkcs12") from error
    raise _bad_key("key_wrong_passphrase")


def signer_from_key(
    key: object, certificate: x509.Certificate, chain: list[x509.Certificate]
) -> Signer:
    """Bind a private key to its certificate and the certificates above it. Raises BadKey."""
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or not _usable(key):
        kind = type(key).__name__.removesuffix("PrivateKey")
        raise _bad_key("key_type_unsupported", kind=kind, bits=getattr(key, "key_size", "?"))
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    if key.public_key().public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise _bad_key("certificate_without_key")
    if len(chain) >= MAX_CERTIFICATES:
        raise _bad_key("key_chain_too_long", limit=MAX_CERTIFICATES)
    own = Certificate.load(certificate.public_bytes(Encoding.DER))
    if not fit_for_signing(own):
        raise _bad_key("key_not_for_signing", name=shown_name(own))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([Certificate.load(one.public_bytes(Encoding.DER)) for one in chain])
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Signer(
        name=shown_name(own),
        development=is_development(own),
        certificate_sha256=hashlib.sha256(own.dump()).hexdigest(),
        certificate=own,
        key=SimpleSigner(own, PrivateKeyInfo.load(secret), store),
    )


def _usable(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bool:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size in _RSA_BITS
    return key.curve.name in _CURVES


def _bad_key(code: str, **facts: object) -> BadKey:
    return BadKey(Problem(code, facts))


def sign(pdf: bytes, signer: Signer, *, role: str, reason: str, at: datetime) -> bytes:
    """Append one PAdES signature in the empty field named `role`; the result starts with `pdf`.

    The first signature certifies the report: only further signatures are permitted after it.
    `at` (aware) is the claimed time. Raises BadInput (role unknown, signed already or not its turn;
    reason too long), BadKey (certificate already used for another role, or not valid at `at`),
    BadPdf (not a report, altered, updated).
    """
    if at.tzinfo is None:
        raise ValueError("at must carry a time zone")
    reader = open_pdf(pdf)
    with refusing():
        _check_turn(reader, role)
    _check_reason(reason)
    _check_key(signer, at)
    first = role == ROLES[0]
    if first:
        _check_unsigned(reader, pdf)
    else:
        _check_signed(pdf, signer, at)
    with refusing():
        return _appended(reader, signer, role, reason, at, certify=first)


def _check_turn(reader: PdfFileReader, role: str) -> None:
    if role not in ROLES:
        raise BadInput(Problem("role_unknown", {"role": role}))
    filled = {name for name, _ in signature_fields(reader, filled=True)}
    empty = {name for name, _ in signature_fields(reader, filled=False)}
    if role in filled:
        raise BadInput(Problem("role_already_signed", {"role": role}))
    if role not in empty:
        raise bad_pdf("pdf_no_field", role=role)
    missing = [one for one in ROLES[: ROLES.index(role)] if one not in filled]
    if missing:
        raise BadInput(Problem("role_too_early", {"role": role, "first": missing[0]}))


def _check_reason(reason: str) -> None:
    if len(reason) > MAX_REASON:
        raise BadInput(Problem("reason_too_long", {"length": len(reason), "limit": MAX_REASON}))
    if not all(char.isprintable() for char in reason):
        raise BadInput(Problem("reason_not_printable"))


def _check_key(signer: Signer, at: datetime) -> None:
    certificate = signer.certificate
    start, end = certificate.not_valid_before, certificate.not_valid_after
    if not start <= at <= end:
        facts = {"start": start.date().isoformat(), "end": end.date().isoformat()}
        raise _bad_key("key_not_valid_now", **facts)


def _check_unsigned(reader: PdfFileReader, pdf: bytes) -> None:
    with refusing():
        one_revision = reader.total_revisions == 1 and base_length(reader, pdf) == len(pdf)
    if not one_revision:
        raise bad_pdf("pdf_has_updates")


def _check_signed(pdf: bytes, signer: Signer, at: datetime) -> None:
    so_far = verify(pdf, Trust(), at)
    broken = [code for code in so_far.problems if code != "signer_not_trusted"]
    if broken:
        raise BadPdf(*(Problem(code) for code in broken))
    for earlier in so_far.signers:
        if earlier.certificate_sha256 == signer.certificate_sha256:
            raise _bad_key("certificate_used_already", role=earlier.role)


def _appended(
    reader: PdfFileReader, signer: Signer, role: str, reason: str, at: datetime, *, certify: bool
) -> bytes:
    digest = select_suitable_signing_md(signer.certificate.public_key)
    certificates = [signer.certificate, *signer.key.cert_registry]
    room = _CONTAINER_BYTES + sum(len(one.dump()) + 300 for one in certificates)
    # Without an appearance: the library's own would be Courier, which is not embedded.
    placeholder = SignatureObject(
        timestamp=at, subfilter=SigSeedSubFilter.PADES, reason=reason, bytes_reserved=2 * room
    )
    permissions = SigMDPSetup(digest, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    writer = UpdateWriter.from_reader(reader)
    steps = PdfCMSEmbedder().write_cms(role, writer, existing_fields_only=True)
    next(steps)
    steps.send(SigObjSetup(placeholder, mdp_setup=permissions if certify else None))
    prepared, output = steps.send(SigIOSetup(digest, output=BytesIO()))
    steps.send(run(_container(signer.key, prepared.document_digest, digest)))
    return bytes(output.getvalue())


async def _container(key: SimpleSigner, document_digest: bytes, algorithm: str) -> ContentInfo:
    """The CMS signature, whose signed attributes list the chain too, so that no part may change."""
    attributes = await key.signed_attrs(document_digest, algorithm, use_pades=True)
    for attribute in attributes:
        if attribute["type"].native == "signing_certificate_v2":
            listed = attribute["values"][0]["certs"]
            for certificate in key.cert_registry:
                listed.append(as_signing_certificate_v2(certificate)["certs"][0])
    return await key.async_sign_prescribed_attributes(algorithm, attributes)
