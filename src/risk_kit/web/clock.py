"""Points in time as a reader here writes them: the clock of this machine, the date of documents."""

from __future__ import annotations

from datetime import datetime

from risk_kit import wording
from risk_kit.document import Language


def moment(at: datetime, language: Language) -> str:
    """Date and time: 中華民國115年11月22日 14:03."""
    here = at.astimezone()
    return f"{wording.day(here.date(), language)} {here:%H:%M}"


def lately(at: datetime, now: datetime, language: Language) -> str:
    """The time alone when it is today, else with its date."""
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == now.astimezone().date() else moment(at, language)
