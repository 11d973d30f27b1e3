"""The scores of a survey as dimensions, rules and levels of a framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from risk_kit.importers.naming import Ids
from risk_kit.importers.scores import Level, Scores
from risk_kit.importers.survey import Asked, ScoreKind, Survey

Raw = dict[str, Any]
_CITES: Final = [{"source": "survey"}]
_POINTS: Final = {"zh": "分", "en": "points"}
_TITLES: Final[dict[str, Raw]] = {
    "raw": {"zh": "原始影響分數", "en": "Raw impact score"},
    "mitigation": {"zh": "減緩分數", "en": "Mitigation score"},
    "final": {"zh": "最終分數", "en": "Final score"},
}
_ROMAN: Final = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def parts(survey: Survey, found: Scores, criteria: list[Raw]) -> Raw:
    """Main scale, scales, dimensions, derived score, criteria and rules, to put into a framework."""
    ids = Ids()
    for one in criteria:
        ids.give(one["id"])
    mitigated = ids.give("mitigated")
    rules = [*_points(survey, found), *_levels(found, survey, mitigated)]
    return {
        "main_scale": "impact",
        "scales": [_scale()],
        "dimensions": [_raw(found, survey), _mitigation(found, survey)],
        "derived": [
            {
                "id": "final",
                "title": _TITLES["final"],
                "unit": _POINTS,
                "of": "raw",
                "less_percent": 15,
                "when": {"criterion": mitigated},
                "rounding": "half_up",
            }
        ],
        "criteria": [*criteria, _enough(mitigated, found)],
        "rules": rules,
    }


def _scale() -> Raw:
    title = {"zh": "影響等級", "en": "Impact level"}
    levels = [
        {
            "id": ident,
            "label": {"zh": f"第 {roman} 級", "en": f"Level {roman}"},
            "meaning": {
                "zh": f"最終分數落在最高分的第 {ident} 個四分之一。",
                "en": f"The final score lies in quarter {ident} of the highest score.",
            },
        }
        for ident, roman in _ROMAN.items()
    ]
    return {"id": "impact", "title": title, "levels": levels}


def _mark(at: int) -> str:
    return f"from_{at}".replace("-", "minus_")


def _dimension(kind: ScoreKind, span: tuple[int, int], marks: set[int]) -> Raw:
    low, high = span
    return {
        "id": kind,
        "title": _TITLES[kind],
        "unit": _POINTS,
        "minimum": low,
        "maximum": high,
        "thresholds": [{"id": _mark(at), "at": at} for at in sorted(marks) if low <= at <= high],
    }


def _raw(found: Scores, survey: Survey) -> Raw:
    marks = {at for one in found.levels for at in (one.plain, one.reduced)}
    return _dimension("raw", found.span("raw", survey), marks)


def _mitigation(found: Scores, survey: Survey) -> Raw:
    return _dimension("mitigation", found.span("mitigation", survey), {found.enough})


def _enough(ident: str, found: Scores) -> Raw:
    title = {
        "zh": f"減緩分數至少 {found.enough} 分（最高分一半的 80 %）",
        "en": f"At least {found.enough} mitigation points (80 % of half of the highest)",
    }
    test = {"score": {"dimension": "mitigation", "reaches": _mark(found.enough)}}
    return {"id": ident, "title": title, "when": test}


def _points(survey: Survey, found: Scores) -> Iterator[Raw]:
    ids = Ids()
    asked = {one.id: one for one in survey.questions}
    for kind, questions in found.weights.items():
        for name, weights in questions.items():
            term = {"question": name, "weights": dict(weights)}
            yield {
                "id": ids.give(f"{kind}_{name}"),
                "title": {"zh": asked[name].label.zh, "en": asked[name].label.en},
                "when": {name: _test(asked[name], list(weights))},
                "points": [{"dimension": kind, "terms": [term]}],
                "because": {
                    "zh": "問卷為這些選項訂有分數。",
                    "en": "The survey gives points to these options.",
                },
                "cites": _CITES,
                "basis": "toolkit",
            }


def _test(asked: Asked, options: list[str]) -> Raw:
    return {"includes_any": options} if asked.kind == "many_of" else {"in": options}


def _levels(found: Scores, survey: Survey, mitigated: str) -> Iterator[Raw]:
    _, high = found.span("raw", survey)
    for one in found.levels:
        unless = {"all": [_reaches(one.plain), {"not": {"criterion": mitigated}}]}
        if one.plain <= high:
            yield _level(one, _when(one, unless, high))


def _when(one: Level, unless: Raw, high: int) -> Raw:
    """The level's condition: beyond what can be reached, or without difference, one part is enough."""
    if one.reduced == one.plain:
        return _reaches(one.plain)
    return unless if one.reduced > high else {"any": [_reaches(one.reduced), unless]}


def _level(one: Level, when: Raw) -> Raw:
    roman = _ROMAN[one.id]
    return {
        "id": f"level_{one.id}",
        "title": {"zh": f"達到第 {roman} 級", "en": f"Level {roman} is reached"},
        "when": when,
        "raise": {"impact": one.id},
        "because": {
            "zh": f"原始分數至少 {one.plain} 分；減緩措施充分而扣減 15 % 者，至少 {one.reduced} 分。",
            "en": f"At least {one.plain} raw points, or {one.reduced} where the 15 % deduction applies.",
        },
        "cites": _CITES,
        "basis": "toolkit",
    }


def _reaches(at: int) -> Raw:
    return {"score": {"dimension": "raw", "reaches": _mark(at)}}
