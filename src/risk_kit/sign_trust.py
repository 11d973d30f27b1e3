"""Whether a signer's certificate is trusted, decided offline from given roots at a given time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from asn1crypto import pem
from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
)
from pyhanko_certvalidator.path import ValidationPath

from risk_kit.errors import BadInput, Problem
from risk_kit.sign_facts import Revocation

DEVELOPMENT_UNIT = "risk_kit development identity"
"""The organizational unit that marks a development identity's certificate."""

CLOCK_TOLERANCE = timedelta(minutes=5)
_CRL = "X509 CRL"
_FIT_PURPOSES = frozenset(
    {
        "email_protection",
        "any_extended_key_usage",
        "1.3.6.1.5.5.7.3.36",  # document signing (RFC 9336)
        "adobe_authentic_documents_trust",
        "microsoft_document_signing",
    }
)
_FITNESS = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_PATH_PROBLEMS: tuple[tuple[type[Exception], str], ...] = (
    (RevokedError, "trust_revoked"),
    (ExpiredError, "trust_expired"),
    (NotYetValidError, "trust_not_yet_valid"),
    (DisallowedAlgorithmError, "trust_weak_algorithm"),
    (InsufficientRevinfoError, "trust_revocation_unknown"),
    (PathBuildingError, "trust_unknown_root"),
)
_Result = TypeVar("_Result")

# The libraries log each refusal with a traceback; without a handler Python prints it to the user.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier trusts: `roots`, certificates in PEM or DER, and what helps to judge by them.

    `lists` are revocation lists; `others` are certificates between a root and a signer.

    With `development`, those given development certificates too, and no others.
    """

    roots: tuple[bytes, ...] = ()
    development: bool = False
    dev_certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may speak for or against a certificate: others on its path, and revocation data."""

    certificates: tuple[Certificate, ...] = ()
    crls: tuple[CertificateList, ...] = ()
    ocsps: tuple[OCSPResponse, ...] = ()

    def bare(self) -> Evidence:
        """The certificates alone."""
        return Evidence(self.certificates)

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.certificates + other.certificates,
            self.crls + other.crls,
            self.ocsps + other.ocsps,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of one certificate: `problem` is a code, None when it is trusted.

    `revocation` says on which data it, and all above it, were found not revoked.
    """

    problem: str | None
    revocation: Revocation = "not_checked"
    path: ValidationPath | None = field(default=None, repr=False)


def certificates(data: bytes) -> list[Certificate]:
    """Read one DER certificate or all certificates of a PEM file. Raises BadInput."""
    try:
        ders = [data]
        if pem.detect(data):
            blocks = pem.unarmor(data, multiple=True)
            ders = [der for label, _, der in blocks if label == "CERTIFICATE"]
        found = [Certificate.load(der, strict=True) for der in ders]
        for one in found:
            one.native  # noqa: B018  asn1crypto parses lazily; a broken part would be found too late
    except Exception as error:
        raise BadInput(Problem("trust_root_unreadable")) from error
    if not found:
        raise BadInput(Problem("trust_root_unreadable"))
    return found


def trust_roots(trust: Trust) -> list[Certificate]:
    """The roots of `trust`, read. Raises BadInput for one that cannot be read."""
    return [one for data in trust.roots for one in certificates(data)]


def is_development(certificate: Certificate) -> bool:
    """True for the certificate of a development identity, by its mark; says nothing of trust."""
    units = certificate.subject.native.get("organizational_unit_name", "")
    return DEVELOPMENT_UNIT in (units if isinstance(units, list) else [units])


def shown_name(certificate: Certificate) -> str:
    """The common name of the certificate's subject, else its whole subject."""
    name = certificate.subject.native.get("common_name")
    return name if isinstance(name, str) else str(certificate.subject.human_friendly)


def fit_for_signing(certificate: Certificate) -> bool:
    """Key usage, and extended key usage if there is one, allow the signing of documents."""
    try:
        _FITNESS.validate(certificate)
    except InvalidCertificateError:
        return False
    extended = certificate.extended_key_usage_value
    return extended is None or bool(_FIT_PURPOSES & set(extended.native))


def revocation_lists(data: bytes) -> list[CertificateList]:
    """Read one DER revocation list or all of a PEM file. Raises BadInput."""
    try:
        ders = [data]
        if pem.detect(data):
            ders = [der for label, _, der in pem.unarmor(data, multiple=True) if label == _CRL]
        found = [CertificateList.load(der, strict=True) for der in ders]
        for one in found:
            one.native  # noqa: B018  parsed lazily, as above
    except Exception as error:
        raise BadInput(Problem("trust_list_unreadable")) from error
    return found


def given_evidence(trust: Trust) -> Evidence:
    """The lists and other certificates of `trust`, read. Raises BadInput for what cannot be read."""
    return Evidence(
        certificates=tuple(one for data in trust.others for one in certificates(data)),
        crls=tuple(one for data in trust.lists for one in revocation_lists(data)),
    )


def is_self_issued(data: bytes) -> bool:
    """Whether all certificates of a file name themselves as issuer. Raises BadInput."""
    return all(one.subject == one.issuer for one in certificates(data))


def signer_standing(
    certificate: Certificate,
    evidence: tuple[Evidence, Evidence],
    trust: Trust,
    *,
    claimed: datetime | None,
    proven: datetime | None,
    now: datetime,
) -> Standing:
    """Whether the signer is trusted, judged at the `proven` time of the signature, else at `now`.

    `evidence`: what the file brings, and what the verifier gives. `claimed` is the signer's time.
    """
    problem = _time_problem(certificate, claimed, proven, now)
    if problem is None and not fit_for_signing(certificate):
        problem = "trust_key_usage"
    if problem is None and is_development(certificate):
        return Standing(_development_problem(certificate, trust))
    if problem is not None:
        return Standing(problem)
    return path_standing(certificate, evidence, trust, at=proven or now)


def _time_problem(
    certificate: Certificate, claimed: datetime | None, proven: datetime | None, now: datetime
) -> str | None:
    at = proven or now
    if at < certificate.not_valid_before:
        return "trust_not_yet_valid"
    if at > certificate.not_valid_after:
        return "trust_expired"
    if claimed is None or claimed.tzinfo is None:
        return "trust_time_missing"
    if claimed > now + CLOCK_TOLERANCE:
        return "trust_time_in_future"
    if claimed > at + CLOCK_TOLERANCE:
        return "trust_time_after_timestamp"
    if not certificate.not_valid_before <= claimed <= certificate.not_valid_after:
        return "trust_time_outside_certificate"
    return None


def _development_problem(certificate: Certificate, trust: Trust) -> str | None:
    if not trust.development:
        return "trust_development"
    known = [one.dump() for data in trust.dev_certificates for one in certificates(data)]
    return None if certificate.dump() in known else "trust_development_unknown"


def path_standing(
    certificate: Certificate,
    evidence: tuple[Evidence, Evidence],
    trust: Trust,
    *,
    at: datetime,
    purposes: Sequence[str] = (),
) -> Standing:
    """Whether the certificate leads to a root at that time, for the extended `purposes` if any.

    A path without revocation data is trusted and said to be `not_checked`; data that says revoked
    always counts.
    """
    inside, given = evidence
    everything = inside + given
    problem, path = path_problem(certificate, everything.bare(), trust, at, "soft-fail", purposes)
    if problem is not None:
        return Standing(problem)
    revocation: Revocation = "not_checked"
    for said, known in (("given", everything), ("given", given), ("embedded", inside)):
        if known.crls or known.ocsps:
            held = Evidence(everything.certificates, known.crls, known.ocsps)
            # A list that names it counts even where those above it are not accounted for.
            soft = path_problem(certificate, held, trust, at, "soft-fail", purposes)[0]
            if soft == "trust_revoked":
                return Standing(soft)
            if path_problem(certificate, held, trust, at, "require", purposes)[0] is None:
                revocation = "embedded" if said == "embedded" else "given"
    return Standing(None, revocation, path)


def path_problem(
    certificate: Certificate,
    evidence: Evidence,
    trust: Trust,
    at: datetime,
    mode: str,
    purposes: Sequence[str] = (),
) -> tuple[str | None, ValidationPath | None]:
    """The code that says why there is no path to a root at `at`, or the path.

    `mode`: `require` (each certificate must be shown not to be revoked) or `soft-fail`.
    """
    context = ValidationContext(
        trust_roots=trust_roots(trust),
        moment=at,
        allow_fetching=False,
        revocation_mode=mode,
        crls=evidence.crls,
        ocsps=evidence.ocsps,
        retroactive_revinfo=True,  # what was issued after the signature says more, not less
        time_tolerance=CLOCK_TOLERANCE,
    )
    validator = CertificateValidator(
        certificate, intermediate_certs=list(evidence.certificates), validation_context=context
    )
    try:
        wanted = set(purposes) or None
        return None, run(validator.async_validate_usage(set(), wanted))  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001  any failure to find a path is a refusal
        for kind, code in _PATH_PROBLEMS:
            if isinstance(error, kind):
                return code, None
        return "trust_path_invalid", None


def run(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine to its end, also where the caller is itself inside an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
