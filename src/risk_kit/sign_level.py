"""Which PAdES baseline level a signature reaches, and why not the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from risk_kit.sign_facts import LEVELS


@dataclass(frozen=True, slots=True)
class Proof:
    """What trusted timestamps show of a signature.

    `time`: the earliest at which it existed, None without a trusted one. `stamped`: there is some
    timestamp. `embedded`: revocation data for the timestamp's authority is in the file. `sealed`: a
    trusted timestamp over the document covers validation data.
    """

    time: datetime | None
    stamped: bool
    embedded: bool
    sealed: bool


def level_of(proof: Proof, revocation: str, *, pades: bool) -> tuple[str, str | None]:
    """One of LEVELS or `none`, and the code of `risk_kit.messages` for what the next one lacks."""
    if not pades:
        return "none", "level_not_pades"
    if proof.time is None:
        limit = "level_timestamp_not_trusted" if proof.stamped else "level_no_timestamp"
        return LEVELS[0], limit
    if revocation != "embedded" or not proof.embedded:
        return LEVELS[1], "level_no_validation_data"
    if not proof.sealed:
        return LEVELS[2], "level_no_document_timestamp"
    return LEVELS[3], None
