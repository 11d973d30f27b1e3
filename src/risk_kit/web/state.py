"""The open case and where the user is. Only this module knows where that is kept.

One frozen `Desk` holds pack, answers and day; every change puts a new one in its place. Widgets
are views of it. A store can take the place of `st.session_state` here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import streamlit as st

from risk_kit import answers as answering
from risk_kit import casework, catalogue, report, yamlread
from risk_kit.assess import Work, assess
from risk_kit.condition import Situation, in_force
from risk_kit.document import Language, Report
from risk_kit.domain import YES
from risk_kit.errors import Problem
from risk_kit.model import Answer, AnswerSet, Pack, Question, Section, Value

FRAMEWORK: Final = "tw-ai-risk"
_KEPT: Final = "kept"


@dataclass(frozen=True, slots=True)
class Paper:
    """Files made of one assessed case in one language; `signed` by those `roles`, in order."""

    work: Work
    language: Language
    pdf: bytes
    html: bytes
    json: bytes
    signed: bytes | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One open case; `dropped` keeps note and evidence of answers that were taken back."""

    pack: Pack
    answers: AnswerSet
    as_of: date
    dropped: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is: the screen, a section of the questionnaire, a question to look at."""

    screen: str = "assess"
    section: str = ""
    question: str = ""
    visit: int = 0


def _get(name: str, default: Any = None) -> Any:  # noqa: ANN401 - a bag of our own frozen values
    return st.session_state.get(f"{_KEPT}.{name}", default)


def _set(name: str, value: object) -> None:
    st.session_state[f"{_KEPT}.{name}"] = value


# -- the case --------------------------------------------------------------------------------------


def pack() -> Pack:
    """The pack of a new case."""
    return catalogue.pack(FRAMEWORK)


def open_blank(today: date) -> None:
    """Open a case without answers."""
    _open(Desk(pack(), AnswerSet({}), today, {}))


def open_sample(name: str) -> None:
    """Open a shipped case by the name of its file."""
    folder = catalogue.shelf().frameworks / FRAMEWORK / "samples"
    _open_work(casework.open_case(answering.read(folder / f"{name}.yaml")))


def open_upload(data: bytes, name: str) -> None:
    """Open an answer file. Raises BadInput and NotAvailable."""
    _open_work(casework.open_case(answering.from_document(yamlread.read(data, name))))


def _open_work(work: Work) -> None:
    _open(Desk(work.pack, work.answers, work.assessment.as_of, {}))


def _open(desk: Desk) -> None:
    for name in ("work", "report", "paper", "faults"):
        _set(name, None)
    _set("desk", desk)
    _set("place", Place(section=desk.pack.questionnaire.sections[0].id, visit=place().visit + 1))


def close() -> None:
    """Put the case away."""
    _set("desk", None)
    _set("place", Place(visit=place().visit + 1))


def desk() -> Desk | None:
    """The open case, if any."""
    found: Desk | None = _get("desk")
    return found


def work() -> Work:
    """The open case with its assessment; assessed again only when an answer changed."""
    open_, found = desk(), _get("work")
    if open_ is None:
        raise LookupError("no case is open")
    if found is None or found.answers is not open_.answers:
        found = Work(open_.pack, open_.answers, assess(open_.pack, open_.answers, open_.as_of))
        _set("work", found)
    return found  # type: ignore[no-any-return]


def shown_report() -> Report:
    """The report of the case as it stands, in the language of the page."""
    now, said, found = work(), language(), _get("report")
    if found is None or found[0] is not now or found[1] != said:
        found = (now, said, report.build(now, said))
        _set("report", found)
    return found[2]  # type: ignore[no-any-return]


def asked(section: Section) -> list[Question]:
    """The questions of a section that are asked now, in order."""
    return [q for q in work().pack.questionnaire.questions if q.section == section.id and _asks(q)]


def _asks(question: Question) -> bool:
    now, found = work(), _get("situation")
    if found is None or found[0] is not now:
        values = {name: one.value for name, one in now.answers.answers.items()}
        rules = in_force(now.pack, now.assessment.as_of)
        found = (now, Situation(now.pack, values, rules))
        _set("situation", found)
    return not question.retired and bool(found[1].shown(question.id) == YES)


# -- changes ---------------------------------------------------------------------------------------


def put(question: str, value: Value) -> None:
    """Give an answer; its note and evidence stay."""
    open_ = desk()
    if open_ is not None:
        before = open_.answers.answers.get(question) or open_.dropped.get(question)
        _answer(open_, question, Answer(value) if before is None else replace(before, value=value))


def turn(question: str) -> int:
    """How often the widgets of a question were renewed; a part of their keys."""
    turns: Mapping[str, int] = _get("turns", {})
    return turns.get(question, 0)


def renew(question: str) -> None:
    """Give the question new widgets, so that what the old ones still send cannot undo a change."""
    _set("turns", {**_get("turns", {}), question: turn(question) + 1})


def take_back(question: str) -> None:
    """Make a question unanswered again; note and evidence return with the next answer."""
    open_ = desk()
    if open_ is not None and question in open_.answers.answers:
        renew(question)
        rest = dict(open_.answers.answers)
        dropped = {**open_.dropped, question: rest.pop(question)}
        _set("desk", replace(open_, answers=replace(open_.answers, answers=rest), dropped=dropped))
        fault(question, None)


def note(question: str, text: str) -> None:
    """Write the note of an answer that is there."""
    open_ = desk()
    if open_ is not None and question in open_.answers.answers:
        _answer(open_, question, replace(open_.answers.answers[question], note=text))


def _answer(open_: Desk, question: str, answer: Answer) -> None:
    new = replace(open_.answers, answers={**open_.answers.answers, question: answer})
    _set("desk", replace(open_, answers=new))
    fault(question, None)


def fact(name: str, text: str) -> None:
    """Write a fact about the case, such as its name; an empty text removes it."""
    open_ = desk()
    if open_ is not None:
        facts = {k: v for k, v in {**open_.answers.case, name: text}.items() if v}
        _set("desk", replace(open_, answers=replace(open_.answers, case=facts)))


def fault(question: str, problem: Problem | None) -> None:
    """Remember why what was typed for a question was not taken."""
    _set("faults", {**faults(), question: problem})


def faults() -> Mapping[str, Problem | None]:
    """Question → why the last thing typed was not taken."""
    return _get("faults") or {}


# -- where the user is -----------------------------------------------------------------------------


def place() -> Place:
    """The screen, section and question in view."""
    found: Place = _get("place") or Place()
    return found


def go(screen: str, section: str = "", question: str = "") -> None:
    """Go to a screen, and there to the top or to a question."""
    now = place()
    _set("place", Place(screen, section or now.section, question, now.visit + 1))


def language() -> Language:
    """The language of the page; Chinese until another is chosen."""
    found: Language = _get("language", "zh")
    return found


def speak(chosen: Language) -> None:
    """Change the language of the page."""
    _set("language", chosen)


# -- files made ------------------------------------------------------------------------------------


def paper() -> Paper | None:
    """The files made of the case exactly as it stands in this language, or None."""
    made: Paper | None = _get("paper")
    fits = made is not None and made.work is work() and made.language == language()
    return made if fits else None


def keep_paper(made: Paper) -> None:
    """Keep the files just made or signed."""
    _set("paper", made)
