"""Examples of what conditions mean; the laws are in tests/laws."""

from __future__ import annotations

import pytest

from risk_kit.condition import (
    Situation,
    effective,
    exempters_of,
    questions_in,
    rounded_quotient,
)
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
    Score,
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
        (Pair("column", "row", (("x", "x"),)), {"a": False, "row": "x", "column": "x"}, NO),
        (Pair("row", "column", (("x", "x"),)), {"a": True, "row": "x"}, OPEN),
        (Sum((Term("n", 2),), 11, None), {}, NO),
        (Sum((Term("n", 2),), None, 10), {}, YES),
        (Sum((Term("n"),), 3, None), {"n": 4}, OPEN),
        (Sum((Term("n"),), 3, None), {"n": 4, "a": True}, YES),
        (Sum((Term("n"),), 3, None), {"n": 4, "a": False}, NO),
        (Sum((Term("n"),), 1, 3), {"n": 4, "a": True}, NO),
        (Sum((Term("n"),), 0, 0), {"n": 4, "a": False}, YES),
        (Sum((Term("n"),), 0, 0), {"n": 0}, YES),
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


def test_exempters_are_rules_in_force_each_named_once() -> None:
    target, twice = rule("r", A), rule("x", B, exempts=("r", "gone", "r"))
    other = rule("y", C, exempts=("r", "x"))
    assert exempters_of((other, target, twice)) == {"y": [], "r": [other, twice], "x": [other]}


def test_an_exempted_rule_does_not_hold() -> None:
    rules = (rule("r", A), rule("x", B, exempts=("r",)))
    pack = pack_of(QUESTIONS, rules)
    for defeated, expected in ((True, NO), (UNKNOWN, OPEN), (False, YES)):
        assert Situation(pack, {"a": True, "b": defeated}, rules).outcome(rules[0]) == expected


def test_each_criterion_and_each_score_is_remembered_apart() -> None:
    named = tuple(Criterion(one, SOME_TEXT, Equals(one, (True,))) for one in "ab")
    rules = (adds("r", A, 2),)
    both = tuple(Dimension(one, SOME_TEXT, SOME_TEXT, 0, 9) for one in "de")
    pack = pack_of(QUESTIONS, rules, criteria=named, dimensions=both)
    situation = Situation(pack, {"a": True, "b": False}, rules)
    assert [situation.truth(Named(one)) for one in "abab"] == [YES, NO, YES, NO]
    assert [situation.score(one) for one in "dede"] == [(2, 2), (0, 0), (2, 2), (0, 0)]


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
        (4, 3, "up", 2),
        (-5, 2, "up", -2),
        (6, 3, "up", 2),
    ],
)
def test_rounding(points: int, divide_by: int, rounding: str, expected: int) -> None:
    assert rounded_quotient(points, divide_by, rounding) == expected


def adds(name: str, when: Condition, amount: int, *terms: Term) -> Rule:
    return rule(name, when, points=(Points("d", amount, terms),))


def score(rules: tuple[Rule, ...], values: Values, **rest: object) -> tuple[int, int]:
    mark = (Threshold("t", 3),)
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=mark, **rest)  # type: ignore[arg-type]
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


def test_a_score_is_rounded_as_its_dimension_says() -> None:
    rules = (adds("x", A, 5),)
    assert score(rules, {"a": True}, divide_by=2, rounding="down") == (2, 2)
    assert score(rules, {"a": True}, divide_by=2, rounding="half_up") == (3, 3)


def test_rules_without_points_are_passed_over() -> None:
    assert score((rule("plain", A), adds("x", B, 4)), {"b": True}) == (4, 4)


def test_yes_and_no_never_add_up() -> None:
    assert score((adds("x", A, 2), adds("y", Not(A), 3)), {}) == (2, 3)


def test_a_hidden_question_gives_no_points_whatever_its_answer_would_be() -> None:
    rules = (adds("x", Equals("hidden", (True,)), 4), adds("y", Not(Equals("hidden", (True,))), 1))
    assert score(rules, {"a": False}) == (1, 1)
    assert score(rules, {"a": True}) == (1, 4)


def test_points_of_an_undecided_rule_may_be_none_at_all() -> None:
    loses = adds("x", All((A, B)), -2)
    situation = Situation(pack_of(QUESTIONS, (loses,)), {"a": True}, (loses,))
    assert situation.rule_points(loses, "d") == (-2, 0)


@pytest.mark.parametrize(
    ("when", "only"),
    [
        (A, "a"),
        (Equals("row", ("x",)), "row"),
        (Between("n", 1, 2), None),
        (All((A, B)), None),
        (All((A, Named("c"))), None),
        (Not(AnyOf((A, Not(Score("d", "t"))))), None),
    ],
)
def test_points_hang_on_one_question_alone_when_nothing_else_is_named(
    when: Condition, only: str | None
) -> None:
    one = adds("x", when, 1)
    assert Situation(pack_of(QUESTIONS, (one,)), {}, (one,)).only_question(one) == only
