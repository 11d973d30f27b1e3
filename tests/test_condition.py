"""Examples of what conditions mean; the laws are in tests/laws."""

from __future__ import annotations

import pytest

from risk_kit.condition import Situation, effective, questions_in, rounded_quotient
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Sum,
    Term,
)
from risk_kit.model import UNKNOWN, Criterion, Dimension, Points, Rule, Threshold
from strategies import SOME_TEXT, Values, pack_of, question, rule

A, B, C = (Equals(name, (True,)) for name in "abc")
EACH = (Term("row", 1, (("x", 1),)), Term("row", 1, (("y", 1),)))
QUESTIONS = (
    *(question(name) for name in "abc"),
    question("hidden", show=A),
    question("row", "one_of", "xy"),
    question("column", "one_of", "xy", show=A),
    question("n", "whole_number", minimum=0, maximum=5, show=A),
)


def truth(condition: Condition, values: Values) -> int:
    pack = pack_of(QUESTIONS, (), criteria=(Criterion("c", SOME_TEXT, B),))
    return Situation(pack, values, ()).truth(condition)


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (All(()), {}, YES),
        (AnyOf(()), {}, NO),
        (All((A, B)), {"a": False}, NO),
        (All((A, B)), {"a": True}, OPEN),
        (AnyOf((A, B)), {"a": True}, YES),
        (Not(A), {"a": UNKNOWN}, OPEN),
        (AtLeast(2, (A, B, C)), {"a": True, "b": True}, YES),
        (AtLeast(2, (A, B, C)), {"a": True}, OPEN),
        (AtLeast(2, (A, B, C)), {"a": False, "b": False}, NO),
        (AtLeast(0, ()), {}, YES),
        (Named("c"), {"b": True}, YES),
        (Answered("b"), {}, OPEN),
        (Answered("b"), {"b": UNKNOWN}, OPEN),
        (Answered("b"), {"b": False}, YES),
        (Answered("hidden"), {"a": False, "hidden": True}, NO),
        (Pair("row", "column", (("x", "x"), ("x", "y"))), {"row": "x"}, OPEN),
        (Pair("row", "column", (("x", "x"), ("x", "y"))), {"a": True, "row": "x"}, YES),
        (Pair("row", "column", (("x", "x"), ("x", "y"))), {"row": "y"}, NO),
        (Pair("row", "column", (("x", "x"),)), {"a": False, "row": "x", "column": "x"}, NO),
        (Sum((Term("n", 2),), 11, None), {}, NO),
        (Sum((Term("n", 2),), None, 10), {}, YES),
        (Sum((Term("n"),), 3, None), {"n": 4}, OPEN),
        (Sum((Term("n"),), 3, None), {"n": 4, "a": True}, YES),
        (Sum((Term("n"),), 3, None), {"n": 4, "a": False}, NO),
        (Sum(EACH, 2, None), {}, NO),
        (Sum(EACH, 1, 1), {}, YES),
        (Between("n", 4, 2), {"a": True}, NO),
        (Between("n", 0, 5), {"a": True}, YES),
        (Between("n", 0, 5), {}, OPEN),
    ],
)
def test_truth(condition: Condition, values: Values, expected: int) -> None:
    assert truth(condition, values) == expected


def test_questions_in() -> None:
    inner = (Pair("row", "column", ()), Sum((Term("n"),), 1, None), Answered("b"), Named("c"))
    assert questions_in(Not(AtLeast(1, inner))) == {"row", "column", "n", "b"}


def test_a_rule_counts_unless_it_is_excepted_or_exempted() -> None:
    plain = rule("r", A)
    assert effective(plain, ()) == A
    defeater = rule("x", B, exempts=("r",), unless=C)
    assert effective(plain, [defeater]) == All((A, Not(All((B, Not(C))))))


@pytest.mark.parametrize(
    ("points", "divide_by", "rounding", "expected"),
    [
        (5, 2, "half_up", 3),
        (-5, 2, "half_up", -2),
        (4, 3, "half_up", 1),
        (5, 3, "half_up", 2),
        (5, 2, "down", 2),
        (-5, 2, "down", -3),
        (5, 2, "up", 3),
        (-5, 2, "up", -2),
        (6, 3, "up", 2),
    ],
)
def test_rounding(points: int, divide_by: int, rounding: str, expected: int) -> None:
    assert rounded_quotient(points, divide_by, rounding) == expected


def adds(name: str, when: Condition, amount: int, *terms: Term) -> Rule:
    return rule(name, when, points=(Points("d", amount, terms),))


def score(rules: tuple[Rule, ...], values: Values) -> tuple[int, int]:
    mark = (Threshold("t", 3),)
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=mark)
    pack = pack_of(QUESTIONS, rules, dimensions=(dimension,))
    return Situation(pack, values, rules).score("d")


def test_options_of_one_choice_never_add_up() -> None:
    rules = (adds("x", Equals("row", ("x",)), 4), adds("y", Equals("row", ("y",)), 3))
    assert score(rules, {}) == (3, 4)
    assert score(rules, {"row": "x"}) == (4, 4)
    assert score(rules, {"row": "y"}) == (3, 3)
    weighed = tuple(adds(o, All(()), 0, Term("row", 1, ((o, 4),))) for o in "xy")
    assert score(weighed, {}) == (4, 4)


def test_an_answer_whose_question_may_be_hidden_narrows_the_score() -> None:
    rules = (
        adds("x", Equals("column", ("x",)), 3),
        adds("y", Not(Equals("column", ("x",))), 3),
        adds("z", Equals("column", ("y",)), 4),
    )
    assert score(rules, {}) == (3, 7)
    assert score(rules, {"column": "x"}) == (3, 3)
    assert score(rules, {"column": "y"}) == (3, 7)
    assert score(rules, {"a": False, "column": "y"}) == (3, 3)


def test_rules_that_read_more_are_added_as_ranges() -> None:
    rules = (adds("x", All((A, B)), 2), adds("y", Not(A), 3))
    assert score(rules, {}) == (0, 5)
    assert score(rules, {"a": True}) == (0, 2)
    assert score((adds("x", All(()), 2), adds("n", All(()), 0, Term("n"))), {}) == (2, 7)


def test_a_score_stays_between_its_ends() -> None:
    assert score((adds("x", A, 20), adds("y", B, -20)), {"b": False}) == (0, 9)
    assert score((adds("x", A, 20), adds("y", B, -20)), {"a": False, "b": True}) == (0, 0)
