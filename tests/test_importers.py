"""Imported surveys mean what they meant: visibility and scores by independent rules."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risk_kit import load, yamlread
from risk_kit.assess import Assessment, assess_unanswered_as_none
from risk_kit.check import faults, question_faults
from risk_kit.importers import pack as packing
from risk_kit.importers import results, scores, surveyjs
from risk_kit.importers.yaml_text import yaml_text
from risk_kit.model import Answer, AnswerSet, Pack
from risk_kit.overlay import resolve
from surveys import answers, elements, scored, surveys, two_phases

DAY: Final = date(2026, 11, 22)


def imported(raw: dict[str, Any], *, with_scores: bool = True) -> packing.Made:
    return packing.pack(surveyjs.survey(raw, "s.json"), "survey-s", "s.json", scored=with_scores)


def resolved(made: packing.Made) -> Pack:
    """The pack that the written files make, checked as `risk-kit check` does."""
    documents = [
        yamlread.read(yaml_text(one).encode(), "x.yaml")
        for one in (made.framework, made.questionnaire)
    ]
    base, asked = load.both(*documents)
    assert [*question_faults(asked), *faults(base, asked)] == []
    return resolve(base, asked, [])


def known(made: packing.Made) -> results.SurveyMap:
    raw = yamlread.read(yaml_text(made.map).encode(), "map.yaml").value
    asked = {one["name"]: one for one in raw["questions"]}
    return results.SurveyMap(raw["framework"], raw["version"], raw["stated"], asked)


def bound(pack: Pack, made: packing.Made, data: dict[str, Any]) -> AnswerSet:
    found = results.result({"data": data}, known(made), "r.json")
    assert found.problems == []
    many = {q.id for q in pack.questions.values() if q.kind == "many_of"}
    values = {k: frozenset(v) if k in many else v for k, v in found.answers.items()}
    return AnswerSet({k: Answer(v) for k, v in values.items()})


def summary(assessment: Assessment) -> tuple[int, int, int, int]:
    sums = {one.id: one for one in assessment.dimensions}
    assert all(one.low == one.high for one in sums.values())
    assert assessment.tier.decided
    level = int(str(assessment.tier.low))
    return sums["raw"].low, sums["mitigation"].low, sums["final"].low, level


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_scores_and_level_are_those_of_the_published_rules(data: st.DataObject) -> None:
    raw, tests = data.draw(surveys())
    made = imported(raw)
    assert made.lost == ()
    pack = resolved(made)
    for _ in range(3):
        given_ = data.draw(answers(raw, tests))
        answered = bound(pack, made, given_)
        blank = assess_unanswered_as_none(pack, answered, DAY)
        assert summary(blank) == scored(raw, given_)
        assert blank.dormant == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_an_answer_to_a_hidden_question_is_dormant_and_adds_nothing(data: st.DataObject) -> None:
    raw, tests = data.draw(surveys())
    made = imported(raw)
    pack = resolved(made)
    given_ = data.draw(answers(raw, tests))
    shown = {
        e["name"] for e, _, way in elements(raw) if all(tests[one].holds(given_) for one in way)
    }
    ids = {one["name"]: one["id"] for one in made.map["questions"]}
    values = {
        ids[e["name"]]: "x"
        for e, _, _ in elements(raw)
        if e["type"] == "text" and e["name"] not in shown
    }
    answered = bound(pack, made, given_)
    with_hidden = AnswerSet({**answered.answers, **{k: Answer(v) for k, v in values.items()}})
    found = assess_unanswered_as_none(pack, with_hidden, DAY)
    assert set(found.dormant) == values.keys()
    assert summary(found) == scored(raw, given_)


def test_the_highest_scores_of_two_phases_give_the_published_thresholds() -> None:
    raw, _ = two_phases()
    read = surveyjs.survey(raw, "s.json")
    found = scores.scores(read, "s.json")
    assert (found.highest["raw"], found.highest["mitigation"]) == (167, 154)
    assert found.enough == 62
    assert [(one.plain, one.reduced) for one in found.levels] == [(42, 49), (84, 99), (126, 148)]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_survey_of_two_phases_scores_as_published(data: st.DataObject) -> None:
    raw, tests = two_phases()
    given_ = data.draw(answers(raw, tests))
    assert summary(assess_unanswered_as_none(TWO, bound(TWO, MADE, given_), DAY)) == scored(
        raw, given_
    )


MADE: Final = imported(two_phases()[0])
TWO: Final = resolved(MADE)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("item2-3", 3),
        ("a-b-4", 4),
        ("a--1", 1),
        ("item", 0),
        ("item-", 0),
        ("item-x", 0),
        ("item-0x10", 16),
        ("item- 2 ", 2),
        ("item-1e1", 10),
        ("item-2.5", 2.5),
        ("item-Infinity", 0),
        (7, 7),
        (True, 0),
    ],
)
def test_the_weight_of_a_value_is_what_the_published_code_reads(
    value: object, points: float
) -> None:
    assert scores.weight(value) == points  # type: ignore[arg-type]


def test_the_deduction_rounds_a_half_up() -> None:
    assert [scores.reduced(raw) for raw in range(5000)] == [
        (17 * raw + 10) // 20 for raw in range(5000)
    ]
