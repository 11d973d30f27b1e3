"""What a verification tells: plain values, and the names of roles and levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

ROLES: Final = ("preparer", "reviewer", "approver")
"""The roles in the order in which they sign; the PDF's signature fields have the same names."""

LEVELS: Final = ("b-b", "b-t", "b-lt", "b-lta")
"""PAdES baseline levels, each with all that the one before has."""

Revocation: TypeAlias = Literal["not_checked", "given", "embedded"]


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """What one signature says, and what could be established about it.

    `time` is ISO 8601 and only claimed by the signer; `proven` is the earliest time at which a
    trusted timestamp shows the signature to exist, None without one. `covers`: `whole_file`,
    `whole_revision` (later updates follow) or `partial`. `trust_problem` is a code of
    `risk_kit.messages`, None when `trusted`. `level` is one of LEVELS or `none`; `level_problem` is
    the code that says why it is not the next one. `revocation` says on which data the certificate
    was found not revoked: inside the file, given by the verifier, or on none at all.
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
    proven: str | None = None
    level: str = "none"
    level_problem: str | None = None
    revocation: Revocation = "not_checked"


@dataclass(frozen=True, slots=True)
class TimestampFacts:
    """One timestamp over the whole document: its time (ISO 8601), whose it is, whether trusted."""

    name: str
    time: str | None
    intact: bool
    covers: str
    trusted: bool
    trust_problem: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole answer. `intact`: signed, nothing altered, only allowed updates, roles in order.

    `coverage`: `whole_file`, `whole_revision`, `partial` or `none`, of the last signature or
    document timestamp. `problems`: codes of `risk_kit.messages`, none when intact and every signer
    is trusted. `unsigned_length`: how many bytes, from the start, there were before the first
    signature.
    """

    intact: bool
    coverage: str
    signers: tuple[SignerFacts, ...]
    problems: tuple[str, ...]
    unsigned_length: int
    timestamps: tuple[TimestampFacts, ...] = ()
