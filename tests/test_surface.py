"""How conditions are written: each form, and each way of writing it wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from risk_kit import catalogue
from risk_kit.errors import BadInput, Problem
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Score,
    Sum,
    Term,
)
from risk_kit.load import questionnaire
from risk_kit.messages import MESSAGES
from risk_kit.surface import NOTHING, Reader
from risk_kit.yamlread import read

PACK: Final = catalogue.pack(str(Path(__file__).parent / "data" / "small"))
NAMES: Final = {
    "criterion": frozenset({"public_too"}),
    "dimension": frozenset({"reach"}),
    "threshold": frozenset({"reach.wide"}),
    "parameter": frozenset[str](),
}


def built(text: str) -> tuple[Condition, list[Problem]]:
    document = read(f"when:\n  {text}\n".encode(), "a.yaml")
    reader = Reader(document, PACK.questions, NAMES)
    return reader.condition(document.value["when"], ("when",)), reader.problems


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("used: true", Equals("used", (True,))),
        ("used: {is: false}", Equals("used", (False,))),
        ("harm: some", Equals("harm", ("some",))),
        ("harm: {is: some}", Equals("harm", ("some",))),
        ("harm: {in: [grave, none]}", Equals("harm", ("none", "grave"))),
        ("harm: {at_least: some}", Equals("harm", ("some", "grave"))),
        ("harm: {at_most: some}", Equals("harm", ("none", "some"))),
        ("harm: {at_least: some, at_most: some}", Equals("harm", ("some",))),
        ("who: {includes: staff}", Chosen("who", ("staff",), 1, None)),
        ("who: {includes_any: [staff, public]}", Chosen("who", ("staff", "public"), 1, None)),
        ("who: {includes_all: [staff, public]}", Chosen("who", ("staff", "public"), 2, None)),
        ("who: {includes_none: [staff]}", Chosen("who", ("staff",), 0, 0)),
        ("who: {only: [staff]}", Chosen("who", ("public", "nobody"), 0, 0)),
        ("who: {count: {at_least: 2}}", Chosen("who", ("staff", "public"), 2, None)),
        ("who: {count: {of: [staff], at_most: 0}}", Chosen("who", ("staff",), 0, 0)),
        (
            "who: {includes: staff, includes_none: [public]}",
            All((Chosen("who", ("staff",), 1, None), Chosen("who", ("public",), 0, 0))),
        ),
        ("people: 3", Between("people", 3, 3)),
        ("people: {at_least: 3}", Between("people", 3, None)),
        ("people: {at_least: 3, at_most: 9}", Between("people", 3, 9)),
        (
            "since: {from: 2026-01-01, until: 2026-12-31}",
            Between("since", date(2026, 1, 1), date(2026, 12, 31)),
        ),
        ("since: {until: 2026-12-31}", Between("since", None, date(2026, 12, 31))),
        (
            "all: [{used: true}, {not: {harm: none}}]",
            All((Equals("used", (True,)), Not(Equals("harm", ("none",))))),
        ),
        ("any: [{used: true}]", AnyOf((Equals("used", (True,)),))),
        ("at_least: {n: 1, of: [{used: true}]}", AtLeast(1, (Equals("used", (True,)),))),
        ("criterion: public_too", Named("public_too")),
        ("answered: remark", Answered("remark")),
        ("score: {dimension: reach, reaches: wide}", Score("reach", "wide")),
        (
            (
                "sum: {of: [{question: people, times: 2}, {question: harm, weights: {some: 3}}], "
                "at_least: 4}"
            ),
            Sum((Term("people", 2), Term("harm", 1, (("some", 3),))), 4, None),
        ),
        (
            "pair: {row: harm, column: harm, in: [[some, grave]]}",
            Pair("harm", "harm", (("some", "grave"),)),
        ),
    ],
)
def test_each_form(text: str, condition: Condition) -> None:
    assert built(text) == (condition, [])


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("usd: true", "unknown_question", "when.usd"),
        ("alll: []", "unknown_question", "when.alll"),
        ("used: 'yes'", "boolean_expected", "when.used"),
        ("used: 1", "boolean_expected", "when.used"),
        ("used: {in: [true]}", "test_not_for_kind", "when.used"),
        ("harm: gravee", "no_option", "when.harm"),
        ("harm: no", "text_expected", "when.harm"),
        ("harm: 3", "text_expected", "when.harm"),
        ("harm: {in: [some, off]}", "text_expected", "when.harm"),
        ("harm: {includes: some}", "test_not_for_kind", "when.harm"),
        ("harm: {}", "test_not_for_kind", "when.harm"),
        ("who: staff", "test_not_for_kind", "when.who"),
        ("who: {includes: stff}", "no_option", "when.who.includes"),
        ("who: {includes: on}", "text_expected", "when.who.includes"),
        ("people: many", "number_expected", "when.people"),
        ("people: {at_least: true}", "number_expected", "when.people"),
        ("people: {in: [1]}", "test_not_for_kind", "when.people"),
        ("since: {from: soon}", "date_expected", "when.since"),
        ("since: {from: '20260101'}", "date_expected", "when.since"),
        ("since: 2026-01-01", "test_not_for_kind", "when.since"),
        ("remark: x", "test_not_for_kind", "when.remark"),
        ("criterion: public_to", "no_such", "when.criterion"),
        ("answered: remarks", "unknown_question", "when.answered"),
        ("score: {dimension: reech, reaches: wide}", "no_such", "when.score"),
        ("score: {dimension: reach, reaches: wid}", "no_such", "when.score"),
        ("sum: {of: [{question: harm}]}", "test_not_for_kind", "when.sum.of[0]"),
        (
            "sum: {of: [{question: harm, weights: {sum: 1}}]}",
            "no_option",
            "when.sum.of[0].weights.sum",
        ),
        ("sum: {of: [{question: nope}]}", "unknown_question", "when.sum.of[0].question"),
        ("pair: {row: harm, column: nope, in: [[a, b]]}", "unknown_question", "when.pair"),
        ("pair: {row: harm, column: harm, in: [[some, x]]}", "no_option", "when.pair.in[0]"),
    ],
)
def test_each_mistake_has_its_place(text: str, code: str, path: str) -> None:
    _, problems = built(text)
    assert [(one.code, one.path, one.line) for one in problems] == [(code, path, 2)]
    assert code in MESSAGES


def test_a_many_of_question_has_no_place_in_a_pair() -> None:
    _, problems = built("pair: {row: who, column: harm, in: [[staff, some]]}")
    assert [one.code for one in problems] == ["test_not_for_kind"]


@pytest.mark.parametrize(
    ("text", "near"),
    [("harn: some", ["harm"]), ("al: []", ["all"]), ("qqqq: x", []), ("harm: gravee", ["grave"])],
)
def test_the_nearest_name_is_suggested(text: str, near: list[str]) -> None:
    (problem,) = built(text)[1]
    assert problem.facts["near"] == near


def test_an_order_is_only_tested_where_it_is_declared() -> None:
    questions = read(
        b"format: risk-kit/questionnaire/1\nid: q\nversion: '1'\nsections: [{id: s, step: a, "
        b"title: {zh: a, en: a}, questions: [{id: q, kind: one_of, label: {zh: a, en: a}, "
        b"show: {q: {at_least: a}}, "
        b"options: [{id: a, label: {zh: a, en: a}}, {id: b, label: {zh: b, en: b}}]}]}]\n",
        "q.yaml",
    )
    with pytest.raises(BadInput) as error:
        questionnaire(questions)
    assert "not_ordered" in {one.code for one in error.value.problems}


def test_a_mistake_makes_a_condition_that_never_holds_and_hides_no_other() -> None:
    condition, problems = built("all: [{usd: true}, {harm: x}, {used: true}]")
    assert condition == All((NOTHING, NOTHING, Equals("used", (True,))))
    assert [one.code for one in problems] == ["unknown_question", "no_option"]
