"""A case of the store, with the pack that it is made for and its answers as the pack reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from risk_kit import answers as answering
from risk_kit import catalogue, crossing, wire
from risk_kit.errors import Problem
from risk_kit.model import AnswerSet, Pack, Question
from risk_kit.store_values import Case, Document
from risk_kit.yamlread import Document as Read

FRAMEWORK = "tw-ai-risk"


@dataclass(frozen=True, slots=True)
class Desk:
    """One case as a tab shows it. `past`: a past state; `aside`: answers that nothing here reads.

    Such answers stay in the case, uncounted: those of an overlay that was taken off, say.
    `answers` holds those to other frameworks too; `own` are those that the pack reads.
    """

    case: Case
    pack: Pack
    answers: AnswerSet
    as_of: date
    past: bool = False
    aside: tuple[str, ...] = ()

    @property
    def read_only(self) -> bool:
        """A past state or an archived case: nothing can be changed."""
        return self.past or self.case.state == "archived"

    @property
    def at(self) -> int | None:
        """The revision of the past state; None: the case as it stands."""
        return self.case.revision if self.past else None

    @property
    def own(self) -> AnswerSet:
        """The answers to the pack's own questions."""
        asked = self.pack.questions
        found = {name: one for name, one in self.answers.answers.items() if name in asked}
        return replace(self.answers, answers=found)

    @property
    def document(self) -> Document:
        """The answer file of what is shown."""
        return wire.answers_json(self.pack, self.answers, self.as_of)


def desk(case: Case, *, past: bool = False) -> Desk:
    """A case as its pack reads it. Raises NotAvailable (pack or overlay) and BadInput (damaged)."""
    raw = case.document
    pack = catalogue.pack(str(raw.get("framework", "")), tuple(raw.get("overlays", ())))
    read, aside = _readable(raw, pack)
    file = answering.from_document(Read(read, {}, ""))
    as_of = file.as_of or case.created.astimezone().date()
    beside = frozenset(name for name in read["answers"] if name not in pack.questions)
    given = crossing.whole(file, pack, answering.bind(file, pack, beside))
    return Desk(case, pack, given, as_of, past, aside)


def blank(today: date, name: str = "", overlays: tuple[str, ...] = ()) -> Document:
    """The answer file of a new case. Raises NotAvailable and BadInput."""
    pack = catalogue.pack(FRAMEWORK, overlays)
    return wire.answers_json(pack, AnswerSet({}, {"name": name} if name else {}), today)


def _readable(raw: Document, pack: Pack) -> tuple[Document, tuple[str, ...]]:
    """The document without the answers and follow-ups that do not fit the pack, and whose they are."""
    answers = {k: v for k, v in raw.get("answers", {}).items() if _fits(pack, k, v)}
    found = {**raw, "answers": answers}
    if "follow_up" in raw:
        found["follow_up"] = [one for one in raw["follow_up"] if _follows(pack, one)]
    return found, tuple(k for k in raw.get("answers", {}) if k not in answers)


def _fits(pack: Pack, name: str, given: Any) -> bool:  # noqa: ANN401 - JSON
    question = question_of(pack, name)
    value = given.get("value") if isinstance(given, dict) else given
    return question is not None and not isinstance(answering.check(question, value), Problem)


def question_of(pack: Pack, name: str) -> Question | None:
    """A question of the pack, or of another framework that asks beside it."""
    other = None if name in pack.questions else catalogue.asking(name)
    return (other or pack).questions.get(name)


def _follows(pack: Pack, row: dict[str, str]) -> bool:
    question = pack.questions.get(row.get("question", ""))
    if question is None or question.measures is None:
        return False
    return row.get("measure") in {one.id for one in question.options}
