"""Whether a signer's certificate is trusted, decided offline from given roots at a given time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
)

from risk_kit.errors import BadInput, Problem

DEVELOPMENT_UNIT = "risk_kit development identity"
"""The organizational unit that marks a development identity's certificate."""

_CLOCK_TOLERANCE = timedelta(minutes=5)
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
    (PathBuildingError, "trust_unknown_root"),
)
_Result = TypeVar("_Result")

# The libraries log each refusal with a traceback; without a handler Python prints it to the user.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier trusts: root certificates, PEM or DER.

    With `development`, those given development certificates too, and no others.
    """

    roots: tuple[bytes, ...] = ()
    development: bool = False
    dev_certificates: tuple[bytes, ...] = ()


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


def trust_problem(
    certificate: Certificate,
    others: Iterable[Certificate],
    trust: Trust,
    *,
    claimed: datetime | None,
    now: datetime,
) -> str | None:
    """Why the signer is not trusted at `now`, as a code of `risk_kit.messages`; None if trusted.

    `others` are the certificates sent along; `claimed` is the time that the signer gave.
    """
    problem = _time_problem(certificate, claimed, now)
    if problem is not None:
        return problem
    if not fit_for_signing(certificate):
        return "trust_key_usage"
    if is_development(certificate):
        return _development_problem(certificate, trust)
    return _path_problem(certificate, others, trust, now)


def _time_problem(certificate: Certificate, claimed: datetime | None, now: datetime) -> str | None:
    if now < certificate.not_valid_before:
        return "trust_not_yet_valid"
    if now > certificate.not_valid_after:
        return "trust_expired"
    if claimed is None or claimed.tzinfo is None:
        return "trust_time_missing"
    if claimed > now + _CLOCK_TOLERANCE:
        return "trust_time_in_future"
    if not certificate.not_valid_before <= claimed <= certificate.not_valid_after:
        return "trust_time_outside_certificate"
    return None


def _development_problem(certificate: Certificate, trust: Trust) -> str | None:
    if not trust.development:
        return "trust_development"
    known = [one.dump() for data in trust.dev_certificates for one in certificates(data)]
    return None if certificate.dump() in known else "trust_development_unknown"


def _path_problem(
    certificate: Certificate, others: Iterable[Certificate], trust: Trust, now: datetime
) -> str | None:
    context = ValidationContext(
        trust_roots=trust_roots(trust),
        moment=now,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validator = CertificateValidator(
        certificate, intermediate_certs=list(others), validation_context=context
    )
    try:
        run(validator.async_validate_path())
    except Exception as error:  # noqa: BLE001  any failure to find a path is a refusal
        for kind, code in _PATH_PROBLEMS:
            if isinstance(error, kind):
                return code
        return "trust_path_invalid"
    return None


def run(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine to its end, also where the caller is itself inside an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
