"""A pack and its answers as FHIR R4B: a Questionnaire and a QuestionnaireResponse.

Chinese is the base language, English a translation extension. What FHIR cannot say is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from risk_kit.assess import Work
from risk_kit.condition import Situation, in_force
from risk_kit.domain import YES
from risk_kit.errors import Problem
from risk_kit.fhir_enable import Json, NotFlat, coding, enable
from risk_kit.model import UNKNOWN, Answer, Pack, Question, Section, Text, Value

_TRANSLATION: Final = "http://hl7.org/fhir/StructureDefinition/translation"
_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_LEAST: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
_MOST: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"
_TYPES: Final = {
    "yes_no": "boolean",
    "one_of": "choice",
    "many_of": "choice",
    "whole_number": "integer",
    "date": "date",
    "text": "text",
}
_WHOLE: Final = 2**31


@dataclass(frozen=True, slots=True)
class Exported:
    """The two resources, and what they do not say."""

    questionnaire: Json
    response: Json
    lost: tuple[Problem, ...]


def export(work: Work) -> Exported:
    """The pack's questions and the answers of a case as two FHIR resources."""
    lost: list[Problem] = []
    pack = work.pack
    return Exported(_questionnaire(pack, lost), _response(work, lost), tuple(lost))


def _questionnaire(pack: Pack, lost: list[Problem]) -> Json:
    framework = pack.framework
    name = "".join(part.capitalize() for part in framework.id.replace(".", "-").split("-"))
    return {
        "resourceType": "Questionnaire",
        "language": "zh-TW",
        "url": _url(pack),
        "version": framework.version,
        "name": name,
        **_said("title", framework.title),
        "status": "draft",
        "item": [_group(pack, one, lost) for one in pack.questionnaire.sections],
    }


def _url(pack: Pack) -> str:
    return f"urn:risk-kit:questionnaire:{pack.framework.id}"


def _group(pack: Pack, section: Section, lost: list[Problem]) -> Json:
    asked = [q for q in pack.questionnaire.questions if q.section == section.id and not q.retired]
    intro = [_display(f"section.{section.id}.intro", section.intro)] if section.intro else []
    inside = [*intro, *(_item(pack, one, lost) for one in asked)]
    made = {"linkId": f"section.{section.id}", **_said("text", section.title), "type": "group"}
    return {**made, "item": inside} if inside else made


def _item(pack: Pack, question: Question, lost: list[Problem]) -> Json:
    found: Json = {"linkId": question.id, **_said("text", question.label)}
    found["type"] = _TYPES[question.kind]
    if question.show is not None:
        try:
            found |= enable(pack, question.show)
        except NotFlat:
            lost.append(Problem("fhir_show", {"id": question.id}, path=f"{question.id}.show"))
    if question.kind == "many_of":
        found["repeats"] = True
    if question.options:
        found["answerOption"] = [
            {"valueCoding": {**coding(pack, question, o.id), **_said("display", o.label)}}
            for o in question.options
        ]
    if bounds := list(_bounds(question)):
        found["extension"] = bounds
    if question.help is not None:
        found["item"] = [_display(f"{question.id}.help", question.help)]
    return found


def _display(link: str, text: Text) -> Json:
    return {"linkId": link, **_said("text", text), "type": "display"}


def _bounds(question: Question) -> Iterator[Json]:
    for url, end in ((_LEAST, question.minimum), (_MOST, question.maximum)):
        if isinstance(end, date):
            yield {"url": url, "valueDate": end.isoformat()}
        elif end is not None and -_WHOLE <= end < _WHOLE:
            yield {"url": url, "valueInteger": int(end)}


def _said(key: str, text: Text) -> Json:
    """A text with its English translation beside it."""
    parts = [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": text.en}]
    return {key: text.zh, f"_{key}": {"extension": [{"url": _TRANSLATION, "extension": parts}]}}


# ------------------------------------------------------------------ the answers


def _response(work: Work, lost: list[Problem]) -> Json:
    pack, answers = work.pack, work.answers.answers
    values = {name: one.value for name, one in answers.items()}
    situation = Situation(pack, values, in_force(pack, work.assessment.as_of))
    shown = {name for name in pack.questions if situation.shown(name) == YES}
    for name, one in answers.items():
        if name not in shown:
            lost.append(Problem("fhir_dormant", {"id": name}, path=f"answers.{name}"))
        elif one.note or one.evidence:
            lost.append(Problem("fhir_note", {"id": name}, path=f"answers.{name}"))
    groups = [_answered_group(work, section, shown) for section in pack.questionnaire.sections]
    open_ = [name for name in shown if answers.get(name, Answer(UNKNOWN)).value is UNKNOWN]
    items = [one for one in groups if one is not None]
    return {
        "resourceType": "QuestionnaireResponse",
        "language": "zh-TW",
        "questionnaire": f"{_url(pack)}|{pack.framework.version}",
        "status": "in-progress" if open_ else "completed",
        "authored": work.assessment.as_of.isoformat(),
    } | ({"item": items} if items else {})


def _answered_group(work: Work, section: Section, shown: set[str]) -> Json | None:
    found = [
        _answer(work.pack, question, work.answers.answers[question.id].value)
        for question in work.pack.questionnaire.questions
        if question.section == section.id and question.id in shown
        if question.id in work.answers.answers
    ]
    if not found:
        return None
    return {"linkId": f"section.{section.id}", "text": section.title.zh, "item": found}


def _answer(pack: Pack, question: Question, value: Value) -> Json:
    item: Json = {"linkId": question.id, "text": question.label.zh}
    if value is UNKNOWN:
        return item | {"extension": [{"url": _ABSENT, "valueCode": "asked-unknown"}]}
    answers = [_value(pack, question, one) for one in _each(question, value)]
    return item | ({"answer": answers} if answers else {})


def _each(question: Question, value: Value) -> list[Value]:
    """The chosen options in the order in which they are offered, or the one value."""
    if isinstance(value, frozenset):
        return [one.id for one in question.options if one.id in value]
    return [value]


def _value(pack: Pack, question: Question, value: Value) -> Json:
    if question.options:
        label = next(one.label for one in question.options if one.id == value)
        return {"valueCoding": {**coding(pack, question, str(value)), **_said("display", label)}}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int):
        return {"valueInteger": value}
    return {"valueDate": value.isoformat()} if isinstance(value, date) else {"valueString": value}
