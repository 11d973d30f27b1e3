"""A survey → the files of a pack: framework, questionnaire, the map of names, what was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from risk_kit.errors import Problem
from risk_kit.importers import score_rules
from risk_kit.importers.scores import scores
from risk_kit.importers.shows import Shows, shows
from risk_kit.importers.survey import Asked, Part, Survey
from risk_kit.importers.words import plain
from risk_kit.model import Text

Raw = dict[str, Any]
FORM: Final = "risk-kit/framework/1"
ASKED: Final = "risk-kit/questionnaire/1"
MAP: Final = "risk-kit/survey-map/1"
LOST: Final = "risk-kit/not-translated/1"
_FIT: Final = re.compile(r"[^0-9A-Za-z.+-]+")
STEP: Final = "survey"


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of a pack, and the problems: `lost` changes the form, `notes` do not."""

    framework: Raw
    questionnaire: Raw
    map: Raw
    lost: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def pack(survey: Survey, ident: str, file: str, *, scored: bool) -> Made:
    """The pack of a survey under an id; `scored`: with the scores of Canada's assessment."""
    when = shows(survey, file)
    framework = _framework(survey, ident, when)
    lost = [*survey.lost, *when.lost]
    if scored:
        found = scores(survey, file)
        lost += found.lost
        framework |= score_rules.parts(survey, found, framework["criteria"])
    if not framework["criteria"]:
        del framework["criteria"]
    questionnaire = {
        "format": ASKED,
        "id": ident,
        "version": framework["version"],
        "sections": [_section(part, when) for part in survey.parts],
    }
    notes = (*survey.notes, *when.notes)
    return Made(framework, questionnaire, _map(survey, ident), tuple(lost), notes)


def version(survey: Survey) -> str:
    """The version of the pack: the survey's own, as far as it fits."""
    fit = _FIT.sub("-", (survey.version or "").lstrip("vV.")).strip("-.+")[:32]
    return fit or "0"


def both(zh: str, en: str) -> dict[str, str]:
    """A text as a pack writes it."""
    return {"zh": zh, "en": en}


def _text(one: Text) -> dict[str, str]:
    return {"zh": one.zh, "en": one.en}


def _framework(survey: Survey, ident: str, when: Shows) -> Raw:
    return {
        "format": FORM,
        "id": ident,
        "version": version(survey),
        "title": _text(survey.title),
        "questionnaire": ident,
        "main_scale": "profile",
        "steps": [{"id": STEP, "title": both("問卷", "Survey")}],
        "notices": [{"id": "imported", "text": both(_NOTICE_ZH, _NOTICE_EN)}],
        "sources": [
            {
                "id": "survey",
                "title": _text(survey.title),
                "issuer": both("匯入的問卷檔", "The imported survey file"),
                "force": "method",
                "verified": False,
            }
        ],
        "scales": [
            {
                "id": "profile",
                "title": both("結果", "Result"),
                "levels": [
                    {
                        "id": "answers",
                        "label": both("不分級", "Not ranked"),
                        "meaning": both("問卷未宣告級距。", "The survey declares no levels."),
                    }
                ],
            }
        ],
        "criteria": [_criterion(name, *found) for name, found in when.criteria.items()],
    }


_NOTICE_ZH: Final = "本規則包由問卷檔匯入，不是任何機關發布的框架。"
_NOTICE_EN: Final = "This pack was imported from a survey file; no authority published it as such."


def _criterion(name: str, expression: str, condition: Mapping[str, Any]) -> Raw:
    shown = plain(expression)[:300]
    title = both(f"顯示條件：{shown}", f"Shown when: {shown}")
    return {"id": name, "title": title, "when": condition}


def _section(part: Part, when: Shows) -> Raw:
    intro = {"intro": _text(part.intro)} if part.intro else {}
    asked = [_question(one, when) for one in part.questions]
    return {"id": part.id, "step": STEP, "title": _text(part.title), **intro, "questions": asked}


def _question(asked: Asked, when: Shows) -> Raw:
    found: Raw = {"id": asked.id, "kind": asked.kind, "label": _text(asked.label)}
    if asked.help:
        found["help"] = _text(asked.help)
    if asked.bounds:
        found["minimum"], found["maximum"] = asked.bounds
    if asked.id in when.of:
        found["show"] = when.of[asked.id]
    if asked.choices:
        found["options"] = [
            {"id": one.id, "label": _text(one.label)} | ({"exclusive": True} if alone else {})
            for one in asked.choices
            for alone in [one.exclusive and asked.kind == "many_of"]
        ]
    return found


def _map(survey: Survey, ident: str) -> Raw:
    """Names and values of the survey beside the ids here: enough to read a result, or to go back."""
    return {
        "format": MAP,
        "framework": ident,
        "version": survey.version or "",
        "stated": survey.stated,
        "questions": list(map(_mapped, survey.questions)),
    }


def _mapped(asked: Asked) -> Raw:
    found: Raw = {"name": asked.name, "id": asked.id, "kind": asked.kind}
    if asked.kind == "yes_no":
        found["true"], found["false"] = asked.truths
    if asked.choices:
        found["options"] = [
            {"value": one.value, "id": one.id} | ({"alone": True} if one.exclusive else {})
            for one in asked.choices
        ]
    if asked.bounds:
        found["minimum"], found["maximum"] = asked.bounds
    return found


def listed(problems: tuple[Problem, ...], sentences: Any) -> Iterator[Raw]:  # noqa: ANN401
    """Problems as entries of a file; `sentences` gives (zh, en) of one."""
    for one in problems:
        zh, en = sentences(one)
        yield {"code": one.code, "place": one.path or "", "zh": zh, "en": en}
