"""Sign a report as people do: the signature shows name, role and date in its box on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Final

from risk_kit import pdf_stamp, sign, wording
from risk_kit.errors import BadPdf, Problem
from risk_kit.sign import Manner, Signer, Trust

_TAIWAN: Final = timezone(timedelta(hours=8))
_CLAIMED: Final = "（簽署者所稱時間 claimed）"
_PROVEN: Final = "（另附時戳 timestamped）"


def signed(
    pdf: bytes,
    signer: Signer,
    *,
    role: str,
    reason: str,
    at: datetime,
    manner: Manner | None = None,
) -> bytes:
    """The report with one more signature, visible in the box of `role`; raises what `sign` does."""
    given = manner or Manner()
    shown = replace(given, stamp=pdf_stamp.stamp(lines(signer, role, at, given.level)))
    return sign.sign(pdf, signer, role=role, reason=reason, at=at, manner=shown)


def lines(signer: Signer, role: str, at: datetime, level: str) -> tuple[tuple[str, float], ...]:
    """What the box says, each line with its size in points."""
    here = at.astimezone(_TAIWAN)
    day = wording.day(here.date(), "zh")
    role_words = f"{wording.say(role, 'zh')} {wording.say(role, 'en')}"
    return (
        (signer.name, 11),
        (role_words, 8),
        (f"{day} {here:%H:%M}", 8),
        (_CLAIMED if level == sign.LEVELS[0] else _PROVEN, 6.5),
    )


def check_ready(pdf: bytes, role: str, at: datetime) -> None:
    """Raise what `sign` would raise if `role` signed the report now, whoever does it elsewhere."""
    sign.check_ready(pdf, role, at)


def brought_back(before: bytes, signed: bytes, at: datetime) -> tuple[str, ...]:
    """The roles that have signed a report that came back: `before` and nothing but signatures.

    Raises BadPdf: another report or one saved anew, no new signature, or anything else changed.
    """
    if not signed.startswith(before):
        raise BadPdf(Problem("not_the_prepared_report"))
    found = sign.verify(signed, Trust(), at)
    broken = [code for code in found.problems if code != "signer_not_trusted"]
    if broken or len(signed) == len(before):
        raise BadPdf(*(Problem(code) for code in broken or ["pdf_not_signed"]))
    return tuple(one.role for one in found.signers)
