"""Verify the signatures of a PDF, offline: integrity, coverage, roles, persons, time and trust."""

from __future__ import annotations

from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm

from risk_kit.errors import RiskKitError
from risk_kit.sign_facts import ROLES, SignerFacts, Verification
from risk_kit.sign_judge import Circumstances, circumstances, signer_facts, stamp_facts
from risk_kit.sign_read import Signed, read_signature, read_stamp, signature_fields
from risk_kit.sign_revisions import (
    FILL_SIGNATURES_ONLY,
    adds_validation_data_only,
    base_length,
    ends_at,
    open_pdf,
    refusing,
    same_document,
)
from risk_kit.sign_time import Stamp, is_document_timestamp
from risk_kit.sign_trust import Trust, given_evidence, trust_roots


def verify(pdf: bytes, trust: Trust, now: datetime) -> Verification:
    """Check every signature of `pdf`; certificates must be valid when they are proven to have signed.

    Without a trusted timestamp that is `now` (aware). Raises BadPdf for a file that cannot be
    judged (not a PDF, too large, encrypted, hybrid, too many updates, too complex, damaged),
    BadInput for a trust root or revocation list that cannot be read.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    trust_roots(trust)
    given_evidence(trust)
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
        stamped = [(name, one) for name, one in filled if is_document_timestamp(one)]
        roles = [(name, one) for name, one in filled if not is_document_timestamp(one)]
        if not roles:
            problem = "pdf_altered" if _once_signed(pdf) else "pdf_not_signed"
            return _without_signers(problem, len(pdf))
        stamps = [read_stamp(reader, pdf, name, field) for name, field in stamped]
        read = [read_signature(reader, pdf, name, field, trust) for name, field in roles]
        read.sort(key=lambda one: one.revision)
        stamps.sort(key=lambda one: one.revision)
        return _judged(reader, pdf, read, circumstances(reader, read, stamps, trust, now))


def _judged(
    reader: PdfFileReader, pdf: bytes, read: list[Signed], known: Circumstances
) -> Verification:
    signers = tuple(signer_facts(one, known) for one in read)
    problems = _problems(reader, pdf, read, signers, known.stamps)
    parts: list[Signed | Stamp] = [*read, *known.stamps]
    last = max(parts, key=lambda one: one.revision)
    return Verification(
        intact=not [code for code in problems if code != "signer_not_trusted"],
        coverage=last.covers,
        signers=signers,
        problems=tuple(problems),
        unsigned_length=base_length(reader, pdf),
        timestamps=tuple(stamp_facts(one, known) for one in known.stamps),
    )


def _without_signers(problem: str, unsigned_length: int) -> Verification:
    return Verification(
        intact=False,
        coverage="none",
        signers=(),
        problems=(problem,),
        unsigned_length=unsigned_length,
    )


def _once_signed(pdf: bytes) -> bool:
    return b"/ByteRange" in pdf and b"/Contents" in pdf


# ------------------------------------------------------------------ the whole


def _problems(
    reader: PdfFileReader,
    pdf: bytes,
    read: list[Signed],
    signers: tuple[SignerFacts, ...],
    stamps: list[Stamp],
) -> list[str]:
    roles = tuple(one.role for one in signers)
    broken = any(not one.intact for one in signers) or any(one.token is None for one in stamps)
    if broken:
        return ["pdf_altered"]  # what an altered file says proves nothing
    rules = {
        "pdf_unsigned_update": not _all_accounted(reader, pdf, read, stamps),
        "pdf_update_not_allowed": not _only_signatures_added(reader, read, stamps),
        "signature_role_unknown": any(role not in ROLES for role in roles),
        "roles_out_of_order": roles != ROLES[: len(roles)],
        "certificate_two_roles": len({one.certificate_sha256 for one in signers}) < len(signers),
        "person_two_roles": _one_person_twice(read),
        "signer_not_trusted": any(not one.trusted for one in signers),
    }
    return [code for code, holds in rules.items() if holds]


def _one_person_twice(read: list[Signed]) -> bool:
    """Two certificates, in two roles, of one key or one subject."""
    own = {one.signed.signer_cert.dump(): one.signed.signer_cert for one in read if one.signed}
    keys = {one.public_key.dump() for one in own.values()}
    names = {one.subject.hashable for one in own.values()}
    return len(keys) < len(own) or len(names) < len(own)


def _all_accounted(
    reader: PdfFileReader, pdf: bytes, read: list[Signed], stamps: list[Stamp]
) -> bool:
    """Nothing follows the last signature or timestamp but updates that add validation data."""
    last = max(_revisions(read, stamps))
    tail = range(last + 1, reader.total_revisions)
    return ends_at(reader, pdf, reader.total_revisions - 1) == len(pdf) and all(
        adds_validation_data_only(reader, one) for one in tail
    )


def _only_signatures_added(reader: PdfFileReader, read: list[Signed], stamps: list[Stamp]) -> bool:
    """Each revision after the first signs, stamps or adds validation data, and does no more."""
    signing = _revisions(read, stamps)
    if len(set(signing)) < len(signing) or min(signing) != 1:
        return False
    between = set(range(1, max(signing))) - set(signing)
    if not all(adds_validation_data_only(reader, one) for one in between):
        return False
    if not all(one.updates_allowed for one in read) or not same_document(reader):
        return False
    perms = reader.root.get("/Perms", {})
    if set(perms) - {"/DocMDP"}:
        return False
    base = FILL_SIGNATURES_ONLY.review_file(reader, 0, doc_mdp=MDPPerm.FILL_FORMS)
    return (
        isinstance(base, DiffResult) and base.modification_level <= ModificationLevel.FORM_FILLING
    )


def _revisions(read: list[Signed], stamps: list[Stamp]) -> list[int]:
    return [one.revision for one in read] + [one.revision for one in stamps]
