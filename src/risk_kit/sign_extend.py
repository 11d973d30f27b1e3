"""Make signatures last: validation data (B-LT) and timestamps over the document (B-LTA), appended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from asn1crypto import cms
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from risk_kit.errors import BadKey, Problem
from risk_kit.sign_container import token
from risk_kit.sign_remote import TimestampAuthority, revocation_of
from risk_kit.sign_revisions import UpdateWriter, open_pdf, refusing
from risk_kit.sign_time import security_store
from risk_kit.sign_trust import (
    Evidence,
    Trust,
    given_evidence,
    is_development,
    path_problem,
    run,
    shown_name,
)

_DIGEST = "sha256"
_STAMPING = ("time_stamping",)


def add_validation_data(pdf: bytes, trust: Trust, at: datetime) -> bytes:
    """Append what is needed to check every signature and timestamp offline, years from now.

    The data come from the certificates' issuers, over the network. Raises BadKey: a certificate
    that does not lead to a root of `trust`, was revoked, or about which nothing can be had.
    """
    reader = open_pdf(pdf)
    with refusing():
        wanted = _certificates(reader)
        known = (
            security_store(reader)
            + given_evidence(trust)
            + Evidence(tuple(c for _, more, _ in wanted for c in more))
        )
        found = Evidence()
        for certificate, _, purposes in wanted:
            if not is_development(certificate):
                found += _enough(certificate, known + found, trust, at, purposes)
        writer = UpdateWriter(BytesIO(pdf))
        store = DocumentSecurityStore.supply_dss_in_writer(
            writer, None, certs=found.certificates, ocsps=found.ocsps, crls=found.crls
        )
        if not store.modified:
            return pdf
        writer.write(out := BytesIO())  # type: ignore[no-untyped-call]
        return out.getvalue()


def add_timestamp(pdf: bytes, authority: TimestampAuthority) -> bytes:
    """Append a timestamp over the whole document so far. Raises NotAvailable."""
    reader = open_pdf(pdf)
    with refusing():
        name = f"Timestamp-{reader.total_revisions}"
        writer = UpdateWriter.from_reader(reader)
        stamper = PdfTimeStamper(authority, field_name=name)
        out = run(stamper.async_timestamp_pdf(writer, _DIGEST, output=BytesIO()))
        return bytes(out.getvalue())


def prolonged(pdf: bytes, tsa: str, trust: Trust, at: datetime) -> bytes:
    """Renew a signed report before its last timestamp expires: data, then a timestamp over all."""
    return add_timestamp(add_validation_data(pdf, trust, at), TimestampAuthority(tsa))


_Wanted = tuple[Certificate, tuple[Certificate, ...], Sequence[str]]


def _certificates(reader: PdfFileReader) -> list[_Wanted]:
    """Each certificate that signed or stamped, the others sent along, and its special purpose."""
    found: list[_Wanted] = []
    for signature in reader.embedded_signatures:
        data = signature.signed_data
        stamps = data["encap_content_info"]["content_type"].native == "tst_info"
        found.append(_brought(data, _STAMPING if stamps else ()))
        held = token(signature.signer_info)
        if held is not None:
            found.append(_brought(held["content"], _STAMPING))
    return found


def _brought(data: cms.SignedData, purposes: Sequence[str]) -> _Wanted:
    found = extract_certificate_info(data)
    return found.signer_cert, tuple(found.other_certs), purposes


def _enough(
    certificate: Certificate,
    held: Evidence,
    trust: Trust,
    at: datetime,
    purposes: Sequence[str],
) -> Evidence:
    """What is missing so far to show that the certificate and those above it are not revoked."""
    problem, path = path_problem(certificate, held.bare(), trust, at, "soft-fail", purposes)
    if path is None:
        raise _cannot(certificate, problem or "trust_path_invalid")
    chain = list(path)
    more = Evidence(tuple(chain[1:]))
    for lists in (False, True):
        if path_problem(certificate, held + more, trust, at, "require", purposes)[0] is None:
            return more
        more += run(revocation_of(chain, lists=lists))
    problem = path_problem(certificate, held + more, trust, at, "require", purposes)[0]
    if problem is not None:
        raise _cannot(certificate, problem)
    return more


def _cannot(certificate: Certificate, why: str) -> BadKey:
    return BadKey(Problem("level_data_missing", {"name": shown_name(certificate), "why": why}))
