"""Verify the signatures of a PDF, offline: integrity, coverage, roles, persons, time and trust."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from risk_kit.errors import RiskKitError
from risk_kit.sign_container import (
    MAX_CONTAINER,
    coverage,
    is_pades,
    sound,
    token,
    vouched,
)
from risk_kit.sign_facts import ROLES, SignerFacts, TimestampFacts, Verification
from risk_kit.sign_level import Proof, level_of
from risk_kit.sign_revisions import (
    FILL_SIGNATURES_ONLY,
    adds_validation_data_only,
    base_length,
    ends_at,
    open_pdf,
    refusing,
    same_document,
)
from risk_kit.sign_time import (
    Stamp,
    Token,
    document_stamp,
    is_document_timestamp,
    proven_times,
    security_store,
    shown_by_data,
    signature_token,
    token_standing,
)
from risk_kit.sign_trust import (
    CLOCK_TOLERANCE,
    Evidence,
    Standing,
    Trust,
    given_evidence,
    is_development,
    path_problem,
    shown_name,
    signer_standing,
    trust_roots,
)


@dataclass(frozen=True, slots=True)
class _Signature:
    """What was read of one signature before anything is known of time and trust."""

    role: str
    covers: str
    intact: bool
    revision: int
    updates_allowed: bool
    signed: EmbeddedPdfSignature | None = None
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What all signatures of one verification are judged by."""

    reader: PdfFileReader
    trust: Trust
    now: datetime
    given: Evidence
    inside: Evidence
    stamps: list[Stamp]
    standings: dict[int, tuple[datetime, Standing]]

    @property
    def proven(self) -> dict[int, datetime]:
        """The revisions that end with a trusted timestamp, and its time."""
        return {n: at for n, (at, one) in self.standings.items() if one.problem is None}

    def existed(self, revision: int) -> datetime | None:
        """The earliest trusted time at which a stamp shows the revision to have been there."""
        return min((at for last, at in self.proven.items() if last > revision), default=None)


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
        stamps = [_stamp(reader, pdf, name, field) for name, field in stamped]
        read = [_read(reader, pdf, name, field, trust) for name, field in roles]
        read.sort(key=lambda one: one.revision)
        stamps.sort(key=lambda one: one.revision)
        return _judged(reader, pdf, read, _circumstances(reader, read, stamps, trust, now))


def _judged(
    reader: PdfFileReader, pdf: bytes, read: list[_Signature], known: _Circumstances
) -> Verification:
    signers = tuple(_facts(one, known) for one in read)
    problems = _problems(reader, pdf, read, signers, known.stamps)
    parts: list[_Signature | Stamp] = [*read, *known.stamps]
    last = max(parts, key=lambda one: one.revision)
    return Verification(
        intact=not [code for code in problems if code != "signer_not_trusted"],
        coverage=last.covers,
        signers=signers,
        problems=tuple(problems),
        unsigned_length=base_length(reader, pdf),
        timestamps=tuple(_stamp_facts(one, known) for one in known.stamps),
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


# ------------------------------------------------------------------ reading


def _read(
    reader: PdfFileReader, pdf: bytes, name: str, field: DictionaryObject, trust: Trust
) -> _Signature:
    broken = _Signature(name, "partial", intact=False, revision=0, updates_allowed=False)
    try:
        signed = EmbeddedPdfSignature(reader, field, name)
        if len(signed.pkcs7_content) > MAX_CONTAINER:
            return broken
        covers = coverage(signed, pdf)
        intact = covers != "partial" and sound(signed, trust_roots(trust))
        held = token(signed.signer_info)
        stamped = signature_token(signed.signer_info, held) if intact and held is not None else None
        intact = intact and (held is None) == (stamped is None)
        allowed = _updates_allowed(signed)
    except RiskKitError:
        raise
    except Exception:  # noqa: BLE001  a container that no library can read is an altered one
        return broken
    return _Signature(name, covers, intact, signed.signed_revision, allowed, signed, stamped)


def _updates_allowed(signature: EmbeddedPdfSignature) -> bool:
    signature.compute_integrity_info(  # type: ignore[no-untyped-call]
        diff_policy=FILL_SIGNATURES_ONLY
    )
    return signature.summarise_integrity_info()["docmdp_ok"] is not False


def _stamp(reader: PdfFileReader, pdf: bytes, name: str, field: DictionaryObject) -> Stamp:
    try:
        signed = EmbeddedPdfSignature(reader, field, name)
        if len(signed.pkcs7_content) > MAX_CONTAINER:
            return Stamp(None, "partial", signed.signed_revision)
        return document_stamp(signed, coverage(signed, pdf))
    except RiskKitError:
        raise
    except Exception:  # noqa: BLE001  as above
        return Stamp(None, "partial", 0)


# ------------------------------------------------------------------ judging


def _circumstances(
    reader: PdfFileReader,
    read: list[_Signature],
    stamps: list[Stamp],
    trust: Trust,
    now: datetime,
) -> _Circumstances:
    brought = [one for each in read if each.signed for one in each.signed.other_embedded_certs]
    inside = security_store(reader) + Evidence(tuple(brought))
    given = given_evidence(trust)
    standings = proven_times(stamps, (inside, given), trust, now)
    return _Circumstances(reader, trust, now, given, inside, stamps, standings)


def _facts(one: _Signature, known: _Circumstances) -> SignerFacts:
    if one.signed is None:
        return _unreadable(one)
    certificate: Certificate = one.signed.signer_cert
    claimed = one.signed.self_reported_timestamp
    proof = _proof(one, known)
    standing = _standing(one.signed, known, claimed, proof.time) if one.intact else None
    if standing is None:
        standing, intact, level, limit = Standing("trust_not_checked"), False, "none", None
    else:
        intact = True
        level, limit = level_of(proof, standing.revocation, pades=is_pades(one.signed))
    return SignerFacts(
        role=one.role,
        name=shown_name(certificate),
        reason=str(one.signed.sig_object.get("/Reason", "")),
        time=claimed.isoformat() if claimed else None,
        intact=intact,
        covers=one.covers,
        trusted=standing.problem is None,
        development=is_development(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        trust_problem=standing.problem,
        proven=proof.time.isoformat() if proof.time else None,
        level=level,
        level_problem=limit,
        revocation=standing.revocation,
    )


def _standing(
    signed: EmbeddedPdfSignature,
    known: _Circumstances,
    claimed: datetime | None,
    proven: datetime | None,
) -> Standing | None:
    """What is known of the signer; None when an embedded certificate was changed."""
    found = signer_standing(
        signed.signer_cert,
        (known.inside, known.given),
        known.trust,
        claimed=claimed,
        proven=proven,
        now=known.now,
    )
    roots, others = trust_roots(known.trust), signed.other_embedded_certs
    whole = found.problem is not None or vouched(
        signed.signer_info, others, roots, all_of_them=True
    )
    return found if whole else None


def _proof(one: _Signature, known: _Circumstances) -> Proof:
    """The trusted times at which the signature is shown to exist, and what they rest on."""
    later = known.existed(one.revision)
    stamped, embedded = None, True
    if one.token is not None:
        at = later or known.now + CLOCK_TOLERANCE
        both = (known.inside, known.given)
        standing = token_standing(one.token, both, known.trust, later or known.now)
        trusted = standing.problem is None and one.token.time <= at
        stamped = one.token.time if trusted else None
        embedded = trusted and shown_by_data(one.token, known.inside, known.trust)
    time = min((at for at in (stamped, later) if at is not None), default=None)
    return Proof(
        time=time,
        stamped=one.token is not None or any(two.revision > one.revision for two in known.stamps),
        embedded=embedded,
        sealed=time is not None and _sealed(one, known, time),
    )


def _sealed(one: _Signature, known: _Circumstances, at: datetime) -> bool:
    """A trusted timestamp covers revocation data that is enough for the signer."""
    if one.signed is None:
        return False
    for last in known.proven:
        if last > one.revision:
            then = security_store(known.reader.get_historical_resolver(last))
            then += known.inside.bare()
            found = path_problem(one.signed.signer_cert, then, known.trust, at, "require")
            if found[0] is None:
                return True
    return False


def _unreadable(one: _Signature) -> SignerFacts:
    return SignerFacts(
        role=one.role,
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


def _stamp_facts(one: Stamp, known: _Circumstances) -> TimestampFacts:
    standing = known.standings.get(one.revision, (known.now, Standing("trust_not_checked")))[1]
    return TimestampFacts(
        name=shown_name(one.token.certificate) if one.token else "",
        time=one.token.time.isoformat() if one.token else None,
        intact=one.token is not None,
        covers=one.covers,
        trusted=standing.problem is None,
        trust_problem=standing.problem,
    )


# ------------------------------------------------------------------ the whole


def _problems(
    reader: PdfFileReader,
    pdf: bytes,
    read: list[_Signature],
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


def _one_person_twice(read: list[_Signature]) -> bool:
    """Two certificates, in two roles, of one key or one subject."""
    own = {one.signed.signer_cert.dump(): one.signed.signer_cert for one in read if one.signed}
    keys = {one.public_key.dump() for one in own.values()}
    names = {one.subject.hashable for one in own.values()}
    return len(keys) < len(own) or len(names) < len(own)


def _all_accounted(
    reader: PdfFileReader, pdf: bytes, read: list[_Signature], stamps: list[Stamp]
) -> bool:
    """Nothing follows the last signature or timestamp but updates that add validation data."""
    last = max(_revisions(read, stamps))
    tail = range(last + 1, reader.total_revisions)
    return ends_at(reader, pdf, reader.total_revisions - 1) == len(pdf) and all(
        adds_validation_data_only(reader, one) for one in tail
    )


def _only_signatures_added(
    reader: PdfFileReader, read: list[_Signature], stamps: list[Stamp]
) -> bool:
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


def _revisions(read: list[_Signature], stamps: list[Stamp]) -> list[int]:
    return [one.revision for one in read] + [one.revision for one in stamps]
