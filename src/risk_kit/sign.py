"""Sign a PDF: a key from PKCS#12, one PAdES signature per role, appended to the bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto.cms import ContentInfo
from asn1crypto.cms import Time as CmsTime
from asn1crypto.core import UTCTime
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
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko.sign.signers.pdf_cms import SimpleSigner, select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore

from risk_kit.errors import BadInput, BadKey, BadPdf, Problem
from risk_kit.sign_check import verify
from risk_kit.sign_container import MAX_CERTIFICATES
from risk_kit.sign_extend import add_timestamp, add_validation_data
from risk_kit.sign_facts import LEVELS, ROLES, SignerFacts, Verification
from risk_kit.sign_read import signature_fields
from risk_kit.sign_remote import TimestampAuthority
from risk_kit.sign_revisions import UpdateWriter, bad_pdf, base_length, open_pdf, refusing
from risk_kit.sign_trust import Trust, fit_for_signing, is_development, run, shown_name

__all__ = [
    "LEVELS",
    "ROLES",
    "Manner",
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
_CONTAINER_BYTES = 2048  # with a signature of any size that a key here may make
_TOKEN_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that can sign, with its certificate and chain; the passphrase is not kept.

    `name` is the certificate's common name; `development` marks an unverified test identity.
    """

    name: str
    development: bool
    certificate_sha256: str
    certificate: Certificate = field(repr=False)
    key: CmsSigner = field(repr=False)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a signature is made: its level (LEVELS), and what that level needs.

    `tsa`: address of a timestamping service (RFC 3161), from b-t on. `trust`: the roots to which
    validation data must lead, from b-lt on. `stamp`: a PDF of one page, shown in the role's box.
    """

    level: str = LEVELS[0]
    tsa: str | None = None
    trust: Trust = field(default_factory=Trust)
    stamp: bytes | None = field(default=None, repr=False)


_PLAIN = Manner()


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


def sign(
    pdf: bytes, signer: Signer, *, role: str, reason: str, at: datetime, manner: Manner = _PLAIN
) -> bytes:
    """Append one PAdES signature in the empty field named `role`; the result starts with `pdf`.

    The first signature certifies the report: only further signatures are permitted after it.
    `at` (aware) is the claimed time. Raises BadInput (role unknown, signed already or not its turn;
    reason too long; a level without what it needs), BadKey (person already in another role, or
    certificate not valid at `at`, or nothing to be had on its revocation), BadPdf (not a report,
    altered, updated), NotAvailable (timestamping service).
    """
    if at.tzinfo is None:
        raise ValueError("at must carry a time zone")
    _check_reason(reason)
    check_key(signer, at)
    check_manner(manner, signer)
    reader = check_ready(pdf, role, at)
    with refusing():
        _check_person(reader, signer)
        signed = _appended(reader, signer, role, reason, at, manner)
    if manner.level in LEVELS[2:]:
        signed = add_validation_data(signed, manner.trust, at)
    if manner.level == LEVELS[3]:
        signed = add_timestamp(signed, TimestampAuthority(manner.tsa or ""))
    return signed


def check_ready(pdf: bytes, role: str, at: datetime) -> PdfFileReader:
    """The report, opened, whose turn it is to be signed by `role`. Raises BadInput or BadPdf."""
    reader = open_pdf(pdf)
    with refusing():
        _check_turn(reader, role)
    if role == ROLES[0]:
        _check_unsigned(reader, pdf)
        return reader
    so_far = verify(pdf, Trust(), at)
    broken = [code for code in so_far.problems if code != "signer_not_trusted"]
    if broken:
        raise BadPdf(*(Problem(code) for code in broken))
    return reader


def check_manner(manner: Manner, signer: Signer) -> None:
    """Raise BadInput or BadKey when the level is unknown or what it needs is missing."""
    if manner.level not in LEVELS:
        raise BadInput(Problem("level_unknown", {"value": manner.level, "offered": LEVELS}))
    if manner.level != LEVELS[0] and manner.tsa is None:
        raise BadInput(Problem("level_needs_tsa", {"value": manner.level}))
    if manner.level in LEVELS[2:] and not manner.trust.roots:
        raise BadInput(Problem("level_needs_roots", {"value": manner.level}))
    if manner.level in LEVELS[2:] and signer.development:
        raise _bad_key("level_needs_certificate", value=manner.level)


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


def check_key(signer: Signer, at: datetime) -> None:
    """Raise BadKey `key_not_valid_now` when the certificate is not valid at `at`."""
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


def _check_person(reader: PdfFileReader, signer: Signer) -> None:
    own = signer.certificate
    for earlier in reader.embedded_regular_signatures:
        other = earlier.signer_cert
        if other.dump() == own.dump():
            raise _bad_key("certificate_used_already", role=earlier.field_name)
        same_key = other.public_key.dump() == own.public_key.dump()
        if same_key or other.subject.hashable == own.subject.hashable:
            raise _bad_key("person_signed_already", role=earlier.field_name, name=signer.name)


def _appended(
    reader: PdfFileReader, signer: Signer, role: str, reason: str, at: datetime, manner: Manner
) -> bytes:
    digest = select_suitable_signing_md(signer.certificate.public_key)
    authority = None if manner.level == LEVELS[0] else TimestampAuthority(manner.tsa or "")
    # Without an appearance of the library's: that would be in Courier, which is not embedded.
    placeholder = SignatureObject(
        timestamp=at,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        bytes_reserved=2 * _room(signer, authority, digest),
    )
    permissions = SigMDPSetup(digest, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    writer = UpdateWriter.from_reader(reader)
    steps = PdfCMSEmbedder().write_cms(role, writer, existing_fields_only=True)
    box = next(steps)
    if manner.stamp is not None:
        _show(writer, box, manner.stamp)
    steps.send(SigObjSetup(placeholder, mdp_setup=permissions if role == ROLES[0] else None))
    prepared, output = steps.send(SigIOSetup(digest, output=BytesIO()))
    steps.send(run(container(signer.key, prepared.document_digest, digest, authority)))
    return bytes(output.getvalue())


def _room(signer: Signer, authority: TimestampAuthority | None, digest: str) -> int:
    certificates = [signer.certificate, *signer.key.cert_registry]
    # Each certificate is there, and named by its issuer; the signer's issuer is named once more.
    room = _CONTAINER_BYTES + len(signer.certificate.issuer.dump())
    room += sum(len(one.dump()) + len(one.issuer.dump()) + 200 for one in certificates)
    if authority is None:
        return room
    return room + len(run(authority.async_dummy_response(digest)).dump()) + _TOKEN_BYTES


def _show(writer: IncrementalPdfFileWriter, box: IndirectObject, stamp: bytes) -> None:
    """Show the page of `stamp` in the field's box, scaled to it by whoever draws it."""
    drawn = writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
    shown = DictionaryObject({NameObject("/N"): drawn})  # type: ignore[no-untyped-call]
    box.get_object()[NameObject("/AP")] = shown  # type: ignore[no-untyped-call]
    writer.mark_update(box)


async def container(
    key: CmsSigner,
    digest: bytes,
    algorithm: str,
    authority: TimestampAuthority | None,
    at: datetime | None = None,
) -> ContentInfo:
    """The CMS signature of a digest, detached; its signed attributes list the chain too.

    So no embedded certificate may change. With `at`, the claimed time is a signed attribute.
    """
    attributes = await key.signed_attrs(digest, algorithm, use_pades=True)
    own = key.signing_cert.dump() if key.signing_cert else b""
    for attribute in attributes:
        if attribute["type"].native == "signing_certificate_v2":
            listed = attribute["values"][0]["certs"]
            for certificate in key.cert_registry:
                if certificate.dump() != own:  # a token's register has it too
                    listed.append(as_signing_certificate_v2(certificate)["certs"][0])
    if at is not None:
        time = CmsTime(name="utc_time", value=UTCTime(at.replace(microsecond=0)))
        stated = simple_cms_attribute("signing_time", time)  # type: ignore[no-untyped-call]
        attributes.append(stated)
    return await key.async_sign_prescribed_attributes(algorithm, attributes, timestamper=authority)
