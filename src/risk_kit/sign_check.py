"""Verify the signatures of a PDF, offline: integrity, coverage, order of roles, and trust."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, parser
from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from risk_kit.errors import RiskKitError
from risk_kit.sign_revisions import (
    FILL_SIGNATURES_ONLY,
    base_length,
    open_pdf,
    refusing,
    same_document,
)
from risk_kit.sign_trust import Trust, is_development, shown_name, trust_problem, trust_roots

ROLES = ("preparer", "reviewer", "approver")
"""The roles in the order in which they sign; the PDF's signature fields have the same names."""

MAX_CONTAINER = 128 * 1024
MAX_CERTIFICATES = 10
_DIGESTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """What one signature says. `time` is ISO 8601 and only claimed by the signer, not timestamped.

    `covers`: `whole_file`, `whole_revision` (later updates follow) or `partial`. `trust_problem` is
    a code of `risk_kit.messages`, None when `trusted`.
    """

    role: str
    name: str
    reason: str
    time: str | None
    intact: bool
    covers: str
    trusted: bool
    development: bool
    certificate_sha256: str
    trust_problem: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole answer. `intact`: signed, nothing altered, only allowed updates, roles in order.

    `coverage`: `whole_file`, `whole_revision`, `partial` or `none`, of the last signature.
    `problems`: codes of `risk_kit.messages`, none when intact and every signer is trusted.
    `unsigned_length`: how many bytes, from the start, were there before the first signature.
    """

    intact: bool
    coverage: str
    signers: tuple[SignerFacts, ...]
    problems: tuple[str, ...]
    unsigned_length: int


@dataclass(frozen=True, slots=True)
class _Checked:
    facts: SignerFacts
    revision: int
    updates_allowed: bool


def verify(pdf: bytes, trust: Trust, now: datetime) -> Verification:
    """Check every signature of `pdf`; certificates must be valid at `now` (aware).

    Raises BadPdf for a file that cannot be judged (not a PDF, too large, encrypted, hybrid, too
    many updates, too complex, damaged), BadInput for a trust root that cannot be read.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    trust_roots(trust)
    try:
        return _verify(pdf, trust, now)
    except RiskKitError as error:
        damaged = error.problems[0].code == "pdf_malformed"
        if damaged and _once_signed(pdf):
            return _without_signers("pdf_altered", 0)
        raise


def _verify(pdf: bytes, trust: Trust, now: datetime) -> Verification:
    reader = open_pdf(pdf)
    with refusing():
        filled = signature_fields(reader, filled=True)
        if not filled:
            problem = "pdf_altered" if _once_signed(pdf) else "pdf_not_signed"
            return _without_signers(problem, len(pdf))
        checked = [_check(reader, pdf, name, field, trust, now) for name, field in filled]
        checked.sort(key=lambda one: one.revision)
        signers = tuple(one.facts for one in checked)
        problems = _problems(reader, checked)
        return Verification(
            intact=not [code for code in problems if code != "signer_not_trusted"],
            coverage=signers[-1].covers,
            signers=signers,
            problems=tuple(problems),
            unsigned_length=base_length(reader, pdf),
        )


def _without_signers(problem: str, unsigned_length: int) -> Verification:
    return Verification(
        intact=False,
        coverage="none",
        signers=(),
        problems=(problem,),
        unsigned_length=unsigned_length,
    )


def signature_fields(reader: PdfFileReader, *, filled: bool) -> list[tuple[str, DictionaryObject]]:
    """The signature fields that are filled, or those that are empty: (full name, field)."""
    found = enumerate_sig_fields(reader, filled_status=filled)
    return [(name, reference.get_object()) for name, _, reference in found]


def _once_signed(pdf: bytes) -> bool:
    return b"/ByteRange" in pdf and b"/Contents" in pdf


def _problems(reader: PdfFileReader, checked: list[_Checked]) -> list[str]:
    facts = [one.facts for one in checked]
    roles = tuple(one.role for one in facts)
    whole = facts[-1].covers == "whole_file"
    broken = any(not one.intact for one in facts)
    keys = {one.certificate_sha256 for one in facts}
    rules = {
        "pdf_altered": broken,
        "pdf_unsigned_update": not broken and not whole,
        "pdf_update_not_allowed": not broken and not _only_signatures_added(reader, checked),
        "signature_role_unknown": any(role not in ROLES for role in roles),
        "roles_out_of_order": roles != ROLES[: len(roles)],
        "certificate_two_roles": len(keys) < len(facts),
        "signer_not_trusted": any(one.intact and not one.trusted for one in facts),
    }
    found = [code for code, holds in rules.items() if holds]
    return ["pdf_altered"] if broken else found  # what an altered file says proves nothing


def _only_signatures_added(reader: PdfFileReader, checked: list[_Checked]) -> bool:
    """Each revision after the first fills one signature field of the base, and does no more."""
    if [one.revision for one in checked] != list(range(1, len(checked) + 1)):
        return False
    if not all(one.updates_allowed for one in checked) or not same_document(reader):
        return False
    perms = reader.root.get("/Perms", {})
    if set(perms) - {"/DocMDP"}:
        return False
    base = FILL_SIGNATURES_ONLY.review_file(reader, 0, doc_mdp=MDPPerm.FILL_FORMS)
    return (
        isinstance(base, DiffResult) and base.modification_level <= ModificationLevel.FORM_FILLING
    )


def _check(
    reader: PdfFileReader,
    pdf: bytes,
    name: str,
    field: DictionaryObject,
    trust: Trust,
    now: datetime,
) -> _Checked:
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        if len(signature.pkcs7_content) > MAX_CONTAINER:
            return _Checked(_unreadable(name), revision=0, updates_allowed=False)
        certificate = signature.signer_cert
        covers = _coverage(signature, pdf)
        intact = covers != "partial" and _sound(signature, trust)
        claimed = signature.self_reported_timestamp
        updates_allowed = _updates_allowed(signature)
    except RiskKitError:
        raise
    except Exception:  # noqa: BLE001  a container that no library can read is an altered one
        return _Checked(_unreadable(name), revision=0, updates_allowed=False)
    problem: str | None = "trust_not_checked"
    if intact:
        others = signature.other_embedded_certs
        found = trust_problem(certificate, others, trust, claimed=claimed, now=now)
        intact = found is not None or _vouched(signature, trust, all_of_them=True)
        problem = found if intact else problem
    facts = SignerFacts(
        role=name,
        name=shown_name(certificate),
        reason=str(signature.sig_object.get("/Reason", "")),
        time=claimed.isoformat() if claimed else None,
        intact=intact,
        covers=covers,
        trusted=problem is None,
        development=is_development(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        trust_problem=problem,
    )
    return _Checked(facts, signature.signed_revision, updates_allowed)


def _unreadable(name: str) -> SignerFacts:
    return SignerFacts(
        role=name,
        name="",
        reason="",
        time=None,
        intact=False,
        covers="partial",
        trusted=False,
        development=False,
        certificate_sha256="",
        trust_problem="trust_not_checked",
    )


def _coverage(signature: EmbeddedPdfSignature, pdf: bytes) -> str:
    """Which bytes are signed: all but the container itself, which must be one exact hex string."""
    start, first, second, length = (int(number) for number in signature.byte_range)
    written = bytes(pdf[first:second])
    hexadecimal = signature.pkcs7_content.hex().encode()
    exact = written in (b"<" + hexadecimal + b">", b"<" + hexadecimal.upper() + b">")
    if start != 0 or not exact or second + length > len(pdf):
        return "partial"
    if second + length == len(pdf):
        return "whole_file"
    level = signature.evaluate_signature_coverage()
    return "whole_revision" if level >= SignatureCoverageLevel.ENTIRE_REVISION else "partial"


def _updates_allowed(signature: EmbeddedPdfSignature) -> bool:
    signature.compute_integrity_info(  # type: ignore[no-untyped-call]
        diff_policy=FILL_SIGNATURES_ONLY
    )
    return signature.summarise_integrity_info()["docmdp_ok"] is not False


def _sound(signature: EmbeddedPdfSignature, trust: Trust) -> bool:
    """The container is well-formed, its digest is the file's, and its signature is the key's."""
    if not _well_formed(signature):
        return False
    digest_matches, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return digest_matches and valid and _vouched(signature, trust, all_of_them=False)


def _well_formed(signature: EmbeddedPdfSignature) -> bool:
    """The parts of the container that no digest covers agree with those that are (RFC 5652)."""
    container = signature.pkcs7_content
    if signature.sig_object.get("/Type") != "/Sig":
        return False
    if signature.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
        return False
    if not _exact(container):
        return False
    message = cms.ContentInfo.load(container)
    data, info = signature.signed_data, signature.signer_info
    by_issuer = info["sid"].name == "issuer_and_serial_number"
    algorithms = [one.dump() for one in data["digest_algorithms"]]
    return (
        message["content_type"].native == "signed_data"
        and len(data["certificates"]) <= MAX_CERTIFICATES
        and data["version"].native == "v1"
        and info["version"].native == ("v1" if by_issuer else "v3")
        and algorithms == [info["digest_algorithm"].dump()]
        and signature.md_algorithm in _DIGESTS
        and not len(data["crls"])
        and not len(info["unsigned_attrs"])
        and get_signing_cert_attr(info["signed_attrs"]) is not None
    )


def _exact(container: bytes) -> bool:
    """The outer layers end where their content ends, and nothing but zeros follows them.

    The parser of the CMS itself would pass over an outer length that is a little too large.
    """
    content = parser.parse(container)[4]
    explicit = content[parser.peek(content) :]
    signed_data = parser.parse(explicit, strict=True)[4]
    parser.parse(signed_data, strict=True)
    return not container[parser.peek(container) :].strip(b"\0")


def _vouched(signature: EmbeddedPdfSignature, trust: Trust, *, all_of_them: bool) -> bool:
    """The other embedded certificates are those that the signer listed, where there is a list.

    Otherwise each must be signed by its issuer, as far as that is known. With `all_of_them`, an
    issuer that is not known counts against: once the path is trusted, every embedded certificate
    has its issuer at hand, unless somebody changed it.
    """
    embedded: list[Certificate] = signature.other_embedded_certs
    names = get_signing_cert_attr(signature.signer_info["signed_attrs"])
    listed = list(names["certs"])[1:] if names else []
    if listed:
        matched = [any(check_ess_certid(one, name) for name in listed) for one in embedded]
        return all(matched) and len(embedded) == len(listed)
    known = [*embedded, *trust_roots(trust)]
    for certificate in embedded:
        issuers = [one for one in known if one.subject == certificate.issuer]
        if not _issued_by_any(certificate, issuers) and (issuers or all_of_them):
            return False
    return True


def _issued_by_any(certificate: Certificate, issuers: Iterable[Certificate]) -> bool:
    subject = load_der_x509_certificate(certificate.dump())
    for issuer in issuers:
        try:
            subject.verify_directly_issued_by(load_der_x509_certificate(issuer.dump()))
        except (InvalidSignature, TypeError, ValueError):
            continue
        return True
    return False
