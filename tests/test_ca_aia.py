"""Canada's assessment as encoded here has the points and thresholds of the published form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pytest

from risk_kit import catalogue
from risk_kit.assess import assess
from risk_kit.importers import scores, surveyjs
from risk_kit.model import Answer, AnswerSet, Rule
from surveys import SHAPE, TWINS, two_phases

PACK: Final = catalogue.pack("ca-aia")
DAY: Final = date(2026, 11, 22)
HIGHEST: Final = {
    "reasons": 5,
    "profile": 15,
    "authority": 2,
    "system": 17,
    "algorithm": 15,
    "decision": 8,
    "impact": 52,
    "data": 53,
    "consultation": 10,
    "quality": 14,
    "fairness": 44,
    "privacy": 9,
}


def points(rule: Rule) -> tuple[int, ...]:
    (one,) = rule.points
    weights = [weight for term in one.terms for _, weight in term.weights]
    return tuple(sorted(weights or [one.amount]))


def in_section(name: str) -> list[tuple[int, ...]]:
    return sorted(points(r) for r in PACK.framework.rules if r.points and r.item == name)


def in_shape(rows: list[Any]) -> list[tuple[int, ...]]:
    found = (tuple(sorted(weight for weight in weights if weight)) for _, *weights in rows)
    return sorted(one for one in found if one)


@pytest.mark.parametrize("name", HIGHEST)
def test_each_section_has_the_points_of_the_form(name: str) -> None:
    assert in_section(name) == in_shape({**SHAPE, **TWINS}[name])


def test_the_highest_scores() -> None:
    found: dict[str, int] = {}
    for rule in PACK.framework.rules:
        for one in rule.points:
            several = any(PACK.questions[t.question].kind == "many_of" for t in one.terms)
            most = sum(points(rule)) if several else max(points(rule))
            found[str(rule.item)] = found.get(str(rule.item), 0) + most
    assert found == HIGHEST
    raw = sum(found[name] for name in SHAPE)
    assert (raw, sum(found[name] for name in TWINS)) == (167, 77)


def test_the_thresholds_are_those_that_an_import_finds() -> None:
    found = scores.scores(surveyjs.survey(two_phases()[0], "s"), "s")
    marks = {one.id: [mark.at for mark in one.thresholds] for one in PACK.framework.dimensions}
    ends = [end for one in found.levels for end in (one.plain, one.reduced)]
    assert marks == {"raw": ends, "mitigation": [found.enough]}


def all_answers(**given: bool | str) -> Mapping[str, Answer]:
    """The answers that add most to both scores."""
    found: dict[str, Any] = {"ca_use": "federal", "is_ai": "learned", "data": {"ordinary"}, **given}
    for rule in PACK.framework.rules:
        for one in rule.points:
            for term in one.terms:
                free = {option for option, _ in term.weights}
                best = max(term.weights, key=lambda pair: pair[1])[0]
                many = PACK.questions[term.question].kind == "many_of"
                found.setdefault(term.question, free if many else best)
    for name, asked in PACK.questions.items():
        if asked.kind == "yes_no":
            (when,) = [
                v for r in PACK.framework.rules for v in getattr(r.when, "values", ())
                if getattr(r.when, "question", "") == name
            ]  # fmt: skip
            found.setdefault(name, when)
    found["ca_coverage"] = "some"
    return {k: Answer(frozenset(v) if isinstance(v, set) else v) for k, v in found.items()}


def test_the_highest_answers_reach_both_scores_and_the_deduction() -> None:
    found = assess(PACK, AnswerSet(all_answers(ca_learns=True)), DAY)
    scored = {one.id: (one.low, one.high) for one in found.dimensions}
    assert scored["mitigation"] == (77, 77)
    assert scored["final"] == (142, 142)
    assert scored["raw"] == (167, 167)
    assert found.tier.low == found.tier.high == "4"


@pytest.mark.parametrize(
    ("use", "duties"), [("federal", True), ("trial", False)]
)  # fmt: skip
def test_only_federal_decisions_bring_duties(use: str, duties: bool) -> None:
    found = assess(PACK, AnswerSet(all_answers(ca_use=use)), DAY)
    assert bool(found.obligations) is duties
    assert found.tier.low == "4"


def test_it_is_not_asked_where_it_is_of_no_use() -> None:
    found = assess(PACK, AnswerSet({"ca_use": Answer("none")}), DAY)
    assert found.tier.low is None
    assert found.open_questions == ()
