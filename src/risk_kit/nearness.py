"""The place of a case on the spectrum, from compiled forms that are made once per pack and day.

Every report is built with it, so that its pages are the same bytes wherever they are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from risk_kit.assess import Work
from risk_kit.compile import Program, program
from risk_kit.distance import Distance, distance
from risk_kit.model import Pack
from risk_kit.planes import PlaneProgram, plane_program
from risk_kit.whatif import Explorer

_MOST_PACKS: Final = 8
_MOST_CASES: Final = 64


@dataclass(frozen=True, slots=True)
class _Dated:
    """A pack on a day; its digest stands for the pack."""

    digest: str
    as_of: date
    pack: Pack = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Told:
    """An assessed case; its digests stand for pack and answers."""

    pack: str
    answers: str
    as_of: date
    work: Work = field(compare=False, repr=False)


def near(work: Work) -> Distance:
    """How many answers away the levels above and below the case are."""
    got = work.assessment
    return _near(_Told(work.pack.digest, got.answers_digest, got.as_of, work))


def explorer(work: Work) -> Explorer:
    """What tries changes of the case's answers."""
    as_of = work.assessment.as_of
    return Explorer(*_compiled(_Dated(work.pack.digest, as_of, work.pack)), work.answers)


@lru_cache(maxsize=_MOST_CASES)
def _near(told: _Told) -> Distance:
    return distance(explorer(told.work))


@lru_cache(maxsize=_MOST_PACKS)
def _compiled(dated: _Dated) -> tuple[Program, PlaneProgram]:
    return program(dated.pack, dated.as_of), plane_program(dated.pack, dated.as_of)
