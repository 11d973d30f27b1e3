"""Scores made of other scores, and blanks that count as nothing only where that is asked for."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given

from packs import FRAMEWORK, QUESTIONS, pack
from risk_kit import load, wire, wording
from risk_kit.assess import DimensionRange, assess, assess_unanswered_as_none
from risk_kit.check import faults
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Value
from risk_kit.yamlread import read
from strategies import completions, full_answers, partial_answers

TODAY: Final = date(2026, 11, 22)
HEAD, RULES = FRAMEWORK.split("parameters:", maxsplit=1)
SCORED: Final = (
    HEAD
    + """
dimensions:
  - id: raw
    title: {zh: 原始分數, en: raw}
    unit: {zh: 分, en: points}
    minimum: -50
    maximum: 200
    thresholds: [{id: much, at: 30}]
derived:
  - id: final
    title: {zh: 最終分數, en: final}
    unit: {zh: 分, en: points}
    of: raw
    less_percent: 15
    when: {live: true}
parameters:"""
    + RULES
    + """
  - id: by_reach
    title: {zh: 計分, en: points}
    when: {reach: {in: [some, many]}}
    points: [{dimension: raw, terms: [{question: reach, weights: {some: 10, many: 30}}]}]
    because: {zh: 計分。, en: points.}
    cites: [{source: own}]
    basis: toolkit
  - id: by_who
    title: {zh: 計分, en: points}
    when: {who: {includes_any: [staff, public]}}
    points: [{dimension: raw, terms: [{question: who, weights: {staff: 7, public: -20}}]}]
    because: {zh: 計分。, en: points.}
    cites: [{source: own}]
    basis: toolkit
"""
)
PACK: Final = pack(SCORED)


def answers(values: dict[str, Value]) -> AnswerSet:
    return AnswerSet({name: Answer(value) for name, value in values.items()})


def scores(values: dict[str, Value]) -> dict[str, DimensionRange]:
    return {one.id: one for one in assess(PACK, answers(values), TODAY).dimensions}


@pytest.mark.parametrize(
    ("live", "reach", "who", "final"),
    [
        (False, "many", frozenset({"staff"}), 37),
        (True, "many", frozenset({"staff"}), 31),  # 31.45
        (True, "some", frozenset[str](), 9),  # 8.5, a half goes up
        (True, "some", frozenset({"public"}), -8),  # -8.5, up as well
    ],
)
def test_a_share_less_where_the_condition_holds(
    live: bool, reach: str, who: frozenset[str], final: int
) -> None:
    found = scores({"live": live, "reach": reach, "who": who, "reviewed": 0})
    assert (found["final"].low, found["final"].high) == (final, final)


@pytest.mark.parametrize(("rounding", "final"), [("down", 8), ("up", 9), ("half_up", 9)])
def test_the_share_is_rounded_as_declared(rounding: str, final: int) -> None:
    rounded = pack(
        SCORED.replace(
            "    less_percent: 15\n", f"    less_percent: 15\n    rounding: {rounding}\n"
        )
    )
    values: dict[str, Value] = {"live": True, "reach": "some", "who": frozenset[str]()}
    found = {one.id: one for one in assess(rounded, answers(values), TODAY).dimensions}
    assert (found["final"].low, found["final"].high) == (final, final)


@given(partial_answers(PACK))
def test_the_range_holds_whatever_is_answered_yet(values: dict[str, Value]) -> None:
    span = scores(values)["final"]
    ends = [scores(dict(one))["final"].low for one in completions(PACK, {**values, "reviewed": 0})]
    assert span.low <= min(ends)
    assert max(ends) <= span.high


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("of: raw", "of: row", "no_such"),
        ("  - id: final", "  - id: raw", "id_twice"),
        ("when: {live: true}\nparam", "when: {answered: live}\nparam", "answered_in_rule"),
    ],
)
def test_a_derived_score_that_cannot_be(old: str, new: str, code: str) -> None:
    assert old in SCORED
    asked = load.questionnaire(read(QUESTIONS.encode(), "questionnaire.yaml"))
    built = load.framework(read(SCORED.replace(old, new, 1).encode(), "framework.yaml"), asked)
    assert [one.code for one in faults(built, asked)] == [code]


@given(partial_answers(PACK))
def test_blanks_count_as_nothing_only_when_that_is_asked_for(values: dict[str, Value]) -> None:
    found = assess_unanswered_as_none(PACK, answers(values), TODAY)
    assert found.unanswered_as_none
    assert found.pack_digest == PACK.digest
    assert found.open_questions == ()
    assert found.tier.decided
    assert all(one.low == one.high for one in found.dimensions)
    assert wire.assessment_json(PACK, found)["unanswered_as_none"] is True
    assert "並非完整評估" in wording.result(PACK, found, "zh")
    plain = assess(PACK, answers(values), TODAY)
    assert "unanswered_as_none" not in wire.assessment_json(PACK, plain)
    inside = {one.id: one for one in plain.dimensions}["raw"]
    given_ = {one.id: one for one in found.dimensions}["raw"]
    assert inside.low <= given_.low <= inside.high


@given(full_answers(PACK))
def test_with_every_answer_there_is_nothing_to_count_as_none(values: dict[str, Value]) -> None:
    found = assess_unanswered_as_none(PACK, answers(values), TODAY)
    plain = assess(PACK, answers(values), TODAY)
    assert (found.tier, found.findings, found.dimensions) == (
        plain.tier,
        plain.findings,
        plain.dimensions,
    )


def test_unknown_is_a_blank_too() -> None:
    some = assess_unanswered_as_none(PACK, answers({"reach": UNKNOWN}), TODAY)
    none = assess_unanswered_as_none(PACK, answers({}), TODAY)
    assert (some.tier, some.dimensions) == (none.tier, none.dimensions)
