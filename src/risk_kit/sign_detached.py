"""A signature in a file of its own, over any bytes (CMS, RFC 5652), for pipelines."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from asn1crypto import cms
from asn1crypto.x509 import Certificate
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers.pdf_cms import select_suitable_signing_md
from pyhanko.sign.validation.generic_cms import (
    extract_self_reported_ts,
    validate_sig_integrity,
)

from risk_kit.errors import BadInput, Problem
from risk_kit.sign import Manner, Signer, check_key, check_manner, container
from risk_kit.sign_container import MAX_CONTAINER, token, vouched, well_formed
from risk_kit.sign_facts import LEVELS, SignerFacts, Verification
from risk_kit.sign_level import Proof, level_of
from risk_kit.sign_remote import TimestampAuthority
from risk_kit.sign_time import Token, signature_token, token_standing
from risk_kit.sign_trust import (
    CLOCK_TOLERANCE,
    Evidence,
    Standing,
    Trust,
    given_evidence,
    is_development,
    run,
    shown_name,
    signer_standing,
    trust_roots,
)

ROLE = "detached"
_LEVELS = LEVELS[:2]
_UNPROVEN = Proof(None, stamped=False, embedded=False, sealed=False)


def sign_detached(content: bytes, signer: Signer, *, at: datetime, manner: Manner) -> bytes:
    """The signature of `content` as DER; `at` (aware) is the claimed time.

    Levels b-b and b-t only: validation data have no place in it. Raises BadInput, BadKey and
    NotAvailable as `sign` does.
    """
    check_key(signer, at)
    check_manner(manner, signer)
    if manner.level not in _LEVELS:
        raise BadInput(Problem("level_not_detached", {"value": manner.level, "offered": _LEVELS}))
    algorithm = select_suitable_signing_md(signer.certificate.public_key)
    authority = TimestampAuthority(manner.tsa) if manner.tsa and manner.level == "b-t" else None
    digest = hashlib.new(algorithm, content).digest()
    return bytes(run(container(signer.key, digest, algorithm, authority, at)).dump())


def verify_detached(content: bytes, signature: bytes, trust: Trust, now: datetime) -> Verification:
    """Check one detached signature of `content`; as `verify` does for a PDF.

    Raises BadInput `signature_unreadable` when it is no CMS signature at all.
    """
    roots, given = trust_roots(trust), given_evidence(trust)
    if len(signature) > MAX_CONTAINER:
        raise BadInput(Problem("signature_unreadable"))
    try:
        message = cms.ContentInfo.load(signature, strict=True)
        data, info = message["content"], message["content"]["signer_infos"][0]
        brought = extract_certificate_info(data)
        data.native  # noqa: B018  parsed lazily; a broken part would be found too late
    except Exception as error:
        raise BadInput(Problem("signature_unreadable")) from error
    others = list(brought.other_certs)
    stamped = _sound(content, signature, data, brought.signer_cert)
    if stamped is None or not vouched(info, others, roots):
        return _answer(_facts(info, brought.signer_cert, None, _UNPROVEN))
    proof = _proof(stamped, tuple(others), given, trust, now)
    standing = signer_standing(
        brought.signer_cert,
        (Evidence(tuple(others)), given),
        trust,
        claimed=extract_self_reported_ts(info),
        proven=proof.time,
        now=now,
    )
    whole = standing.problem is not None or vouched(info, others, roots, all_of_them=True)
    return _answer(_facts(info, brought.signer_cert, standing if whole else None, proof))


def _sound(
    content: bytes, signature: bytes, data: cms.SignedData, certificate: Certificate
) -> tuple[Token, ...] | None:
    """None when anything is wrong; else the timestamps of the signature, none or one."""
    try:
        info = data["signer_infos"][0]
        inside = data["encap_content_info"]
        empty = inside["content_type"].native == "data" and inside["content"].native is None
        if not empty or not well_formed(signature, data, "v1"):
            return None
        algorithm = info["digest_algorithm"]["algorithm"].native
        matches, valid = validate_sig_integrity(
            info,
            certificate,
            expected_content_type="data",
            actual_digest=hashlib.new(algorithm, content).digest(),
        )
        held = token(info)
        found = signature_token(info, held) if held is not None else None
    except Exception:  # noqa: BLE001  what no library can read was altered
        return None
    if not (matches and valid) or (held is None) != (found is None):
        return None
    return () if found is None else (found,)


def _proof(
    stamped: tuple[Token, ...],
    others: tuple[Certificate, ...],
    given: Evidence,
    trust: Trust,
    now: datetime,
) -> Proof:
    if not stamped:
        return _UNPROVEN
    standing = token_standing(stamped[0], (Evidence(others), given), trust, now)
    good = standing.problem is None and stamped[0].time <= now + CLOCK_TOLERANCE
    return replace(_UNPROVEN, stamped=True, time=stamped[0].time if good else None)


def _facts(
    info: cms.SignerInfo,
    certificate: Certificate,
    standing: Standing | None,
    proof: Proof,
) -> SignerFacts:
    intact = standing is not None
    found = standing or Standing("trust_not_checked")
    level, limit = level_of(proof, "not_checked", pades=True) if intact else ("none", None)
    claimed = extract_self_reported_ts(info) if intact else None
    return SignerFacts(
        role=ROLE,
        name=shown_name(certificate),
        reason="",
        time=claimed.isoformat() if claimed else None,
        intact=intact,
        covers="whole_file" if intact else "partial",
        trusted=found.problem is None,
        development=is_development(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        trust_problem=found.problem,
        proven=proof.time.isoformat() if proof.time else None,
        level=level,
        level_problem=limit,
        revocation=found.revocation,
    )


def _answer(facts: SignerFacts) -> Verification:
    problems = []
    if not facts.intact:
        problems.append("signature_altered")
    elif not facts.trusted:
        problems.append("signer_not_trusted")
    return Verification(facts.intact, facts.covers, (facts,), tuple(problems), 0)
