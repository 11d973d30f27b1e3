"""The publishable form of a case: words of people are withheld, what rules read stays.

Withheld are texts, notes, evidence, follow-up in words, and case fields that name people or tell a
purpose. Choices, numbers and dates stay, so the tier still follows. A mark stands for each text, so
that a reader sees that there was one. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from risk_kit.assess import Work, assess, assess_unanswered_as_none
from risk_kit.document import Language
from risk_kit.model import Answer, AnswerSet, Evidence, FollowUp, Pack

MARKS: Final[Mapping[Language, str]] = {"zh": "〔不公開〕", "en": "[withheld]"}
KEPT: Final = ("name", "agency", "unit")  # who reports on what is what a publication is about
KNOWN: Final = (*KEPT, "contact_role", "purpose")


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many texts are withheld, by what they are."""

    case: int
    answers: int
    notes: int
    evidence: int
    followups: int

    @property
    def all(self) -> int:
        """Of whatever kind."""
        return self.case + self.answers + self.notes + self.evidence + self.followups


def publishable(work: Work, language: Language, revealed: tuple[str, ...] = ()) -> Work:
    """The case without the words of people, assessed anew; its digest is that of what is left."""
    mark = MARKS[language]
    held = AnswerSet(
        {
            name: given if name in revealed else _answer(work.pack, name, given, mark)
            for name, given in work.answers.answers.items()
        },
        _case(work.answers.case, revealed, mark),
        tuple(
            one if one.question in revealed else _followed(one, mark)
            for one in work.answers.followups
        ),
    )
    meaning = assess_unanswered_as_none if work.assessment.unanswered_as_none else assess
    return Work(work.pack, held, meaning(work.pack, held, work.assessment.as_of))


def counted(answers: AnswerSet, language: Language) -> Withheld:
    """What is withheld in a publishable case."""
    mark = MARKS[language]
    given = answers.answers.values()
    told = ((f.owner, f.resolution, f.progress, f.tracking) for f in answers.followups)
    return Withheld(
        case=sum(value == mark for value in answers.case.values()),
        answers=sum(one.value == mark for one in given),
        notes=sum(one.note == mark for one in given),
        evidence=sum(proof.title == mark for one in given for proof in one.evidence),
        followups=sum(texts.count(mark) for texts in told),
    )


def _answer(pack: Pack, name: str, given: Answer, mark: str) -> Answer:
    free = pack.questions[name].kind == "text" and isinstance(given.value, str)
    return Answer(
        mark if free and given.value else given.value,
        mark if given.note else "",
        (Evidence(title=mark),) * len(given.evidence),
    )


def _case(case: Mapping[str, str], revealed: tuple[str, ...], mark: str) -> dict[str, str]:
    """Names of fields that a person made up are words of theirs too."""
    shown = {k: v for k, v in case.items() if k in KEPT or k in revealed}
    hidden = {k: mark if v else "" for k, v in case.items() if k in KNOWN and k not in shown}
    own = [k for k in case if k not in shown and k not in hidden]
    return shown | hidden | {f"{mark} {n}": mark for n in range(1, len(own) + 1)}


def _followed(one: FollowUp, mark: str) -> FollowUp:
    return replace(
        one,
        owner=mark if one.owner else "",
        resolution=mark if one.resolution else "",
        progress=mark if one.progress else "",
        tracking=mark if one.tracking else "",
    )
