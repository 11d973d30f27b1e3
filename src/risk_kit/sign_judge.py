"""What a signature proves: who signed, whether trusted, when at the latest, and at which level."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from risk_kit.sign_container import is_pades, vouched
from risk_kit.sign_facts import SignerFacts, TimestampFacts
from risk_kit.sign_level import Proof, level_of
from risk_kit.sign_read import Signed
from risk_kit.sign_time import Stamp, proven_times, security_store, shown_by_data, token_standing
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
class Circumstances:
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


def circumstances(
    reader: PdfFileReader,
    read: list[Signed],
    stamps: list[Stamp],
    trust: Trust,
    now: datetime,
) -> Circumstances:
    """What the file and the verifier bring, and what its timestamps prove."""
    brought = [one for each in read if each.signed for one in each.signed.other_embedded_certs]
    inside = security_store(reader) + Evidence(tuple(brought))
    given = given_evidence(trust)
    standings = proven_times(stamps, (inside, given), trust, now)
    return Circumstances(reader, trust, now, given, inside, stamps, standings)


def signer_facts(one: Signed, known: Circumstances) -> SignerFacts:
    """What one signature says, and what could be established about it."""
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
    known: Circumstances,
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


def _proof(one: Signed, known: Circumstances) -> Proof:
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


def _sealed(one: Signed, known: Circumstances, at: datetime) -> bool:
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


def _unreadable(one: Signed) -> SignerFacts:
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


def stamp_facts(one: Stamp, known: Circumstances) -> TimestampFacts:
    """The same of one timestamp over the document."""
    standing = known.standings.get(one.revision, (known.now, Standing("trust_not_checked")))[1]
    return TimestampFacts(
        name=shown_name(one.token.certificate) if one.token else "",
        time=one.token.time.isoformat() if one.token else None,
        intact=one.token is not None,
        covers=one.covers,
        trusted=standing.problem is None,
        trust_problem=standing.problem,
    )
