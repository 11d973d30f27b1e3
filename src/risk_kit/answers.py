"""Answer files → answer sets, checked against the pack's questions."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from risk_kit import schema
from risk_kit.errors import BadInput, Problem
from risk_kit.model import (
    UNKNOWN,
    Answer,
    AnswerSet,
    Evidence,
    FollowUp,
    Pack,
    Question,
    Value,
)
from risk_kit.yamlread import Document, Path_, day, read_file

MOST_TEXT: Final = 100_000


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """An answer file that fits its schema; its answers are not yet checked against a pack."""

    framework: str
    overlays: tuple[str, ...]
    as_of: date | None
    document: Document


def read(path: Path) -> AnswerFile:
    """Read an answer file. Raises BadInput."""
    return from_document(read_file(path))


def from_document(document: Document) -> AnswerFile:
    """An answer file from parsed YAML or JSON. Raises BadInput."""
    schema.check(document, "answers")
    raw = document.value
    as_of = day(raw["as_of"]) if "as_of" in raw else None
    if "as_of" in raw and as_of is None:
        raise BadInput(document.problem("date_expected", ("as_of",), value=raw["as_of"]))
    return AnswerFile(raw["framework"], tuple(raw.get("overlays", [])), as_of, document)


def bind(file: AnswerFile, pack: Pack, others: Container[str] = ()) -> AnswerSet:
    """The answer set of a file under a pack. Raises BadInput with every answer that does not fit.

    Answers to `others`, which questionnaires beside the pack's ask, are left out.
    """
    raw = file.document.value
    mine = {q: a for q, a in raw["answers"].items() if q in pack.questions or q not in others}
    followed = raw.get("follow_up", [])
    mine_too = [
        o for o in followed if o["question"] in pack.questions or o["question"] not in others
    ]
    return AnswerSet(
        answers=answers(file.document, mine, ("answers",), pack),
        case={str(k): str(v) for k, v in raw.get("case", {}).items()},
        followups=_followups(file.document, mine_too, pack),
    )


def _followups(document: Document, raw: list[dict[str, str]], pack: Pack) -> tuple[FollowUp, ...]:
    """The follow-up of measures. Raises BadInput: no such question or measure, no day, told twice."""
    problems: list[Problem] = []
    found: dict[tuple[str, str], FollowUp] = {}
    for place, one in enumerate(raw):
        here = ("follow_up", place)
        question = pack.questions.get(one["question"])
        asked = {q.id: q for q in pack.questions.values() if q.measures is not None}
        if question is None or question.id not in asked:
            facts = {"id": one["question"], "framework": pack.framework.id}
            near = get_close_matches(one["question"], asked, 1)
            problems.append(document.problem("no_question", here, near=near, **facts))
            continue
        if one["measure"] not in _ids(question):
            misfit = _misfit(question, one["measure"])
            problems.append(document.problem(misfit.code, here, **misfit.facts))
        due = day(one["due"]) if "due" in one else None
        if "due" in one and due is None:
            problems.append(document.problem("date_expected", (*here, "due"), value=one["due"]))
        if (key := (one["question"], one["measure"])) in found:
            problems.append(document.problem("id_twice", here, kind="follow_up", id=" ".join(key)))
        found[key] = FollowUp(**{**one, "due": due})  # type: ignore[arg-type]
    if problems:
        raise BadInput(*problems)
    return tuple(found.values())


def answers(
    document: Document, raw: Mapping[str, Any], path: Path_, pack: Pack
) -> Mapping[str, Answer]:
    """Checked answers of one mapping inside a document. Raises BadInput."""
    problems: list[Problem] = []
    found: dict[str, Answer] = {}
    for name, given in raw.items():
        here = (*path, name)
        question = pack.questions.get(name)
        if question is None:
            near = get_close_matches(name, pack.questions, 1)
            facts = {"id": name, "near": near, "framework": pack.framework.id}
            problems.append(document.problem("no_question", here, **facts))
            continue
        whole = given if isinstance(given, dict) else {"value": given}
        value = check(question, whole["value"])
        if isinstance(value, Problem):
            problems.append(document.problem(value.code, here, **value.facts))
        else:
            proofs = tuple(_evidence(one) for one in whole.get("evidence", []))
            found[name] = Answer(value, whole.get("note", ""), proofs)
    if problems:
        raise BadInput(*problems)
    return found


def check(question: Question, raw: object) -> Value | Problem:
    """The value a question accepts for `raw`, or the problem (without a place)."""
    if raw == UNKNOWN.value:
        return UNKNOWN
    match question.kind, raw:
        case "yes_no", bool():
            return raw
        case "one_of", str() if raw in _ids(question):
            return raw
        case "many_of", list() | tuple() | frozenset():
            return _many(question, list(raw))
        case "whole_number", int() if not isinstance(raw, bool):
            return raw if _inside(question, raw) else _problem("out_of_bounds", question, raw)
        case "date", str() if (date_ := day(raw)) is not None:
            return date_ if _inside(question, date_) else _problem("out_of_bounds", question, raw)
        case "text", str() if len(raw) <= MOST_TEXT:
            return raw
    return _misfit(question, raw)


def _many(question: Question, raw: list[Any]) -> Value | Problem:
    alone = [o.id for o in question.options if o.exclusive]
    wrong = [one for one in raw if one not in _ids(question)]
    if wrong:
        return _misfit(question, wrong[0])
    if len(set(raw)) != len(raw):
        return _problem("chosen_twice", question, raw)
    if len(raw) > 1 and set(raw) & set(alone):
        return _problem("not_alone", question, raw, alone=alone)
    if not raw and alone:
        return _problem("none_chosen", question, raw, alone=alone)
    return frozenset(raw)


def _misfit(question: Question, raw: object) -> Problem:
    if question.kind in ("one_of", "many_of"):
        if isinstance(raw, bool):
            return _problem("quote_option", question, raw)
        if not isinstance(raw, str | int) and question.kind == "one_of":
            return _problem("kind_one_of", question, raw)
        if question.kind == "many_of" and raw in _ids(question):
            return _problem("kind_many_of", question, raw)
        near = get_close_matches(str(raw), _ids(question), 1)
        return _problem("no_option", question, raw, near=near)
    if question.kind == "text" and isinstance(raw, str):
        return _problem("text_too_long", question, f"{len(raw)}")
    return _problem(f"kind_{question.kind}", question, raw)


def _problem(code: str, question: Question, raw: object, **facts: object) -> Problem:
    base = {"id": question.id, "label": question.label.zh, "value": raw, "offered": _ids(question)}
    bounds = {"minimum": question.minimum, "maximum": question.maximum, "most": MOST_TEXT}
    return Problem(code, {**base, **bounds, **facts})


def _ids(question: Question) -> list[str]:
    return [option.id for option in question.options]


def _inside(question: Question, value: Any) -> bool:  # noqa: ANN401 - a whole number or a date
    return bool(question.minimum <= value <= question.maximum)


def _evidence(raw: object) -> Evidence:
    if isinstance(raw, dict):
        return Evidence(**{str(k): str(v) for k, v in raw.items()})
    text = str(raw)
    return Evidence(link=text) if text.startswith(("http://", "https://")) else Evidence(title=text)
