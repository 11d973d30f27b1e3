"""The compiled form says what the tree walk says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given

from risk_kit import compile as compiled
from risk_kit.assess import assess, main_tier
from risk_kit.compile_points import Group
from risk_kit.condition import Situation, in_force
from risk_kit.domain import NO, YES
from risk_kit.forms import (
    All,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Ref,
    Sum,
    Term,
)
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Pack, Points, Value
from strategies import TODAY, full_cases, pack_of, partial_cases, question, rule


def walked(pack: Pack, values: Mapping[str, Value]) -> compiled.Outcome:
    """The outcome by the tree walk."""
    walk = Situation(pack, values, in_force(pack, TODAY))
    truths = tuple(map(walk.outcome, walk.rules))
    scope = pack.framework.applies
    applies = YES if scope is None else walk.truth(scope)
    levels = []
    for scale in pack.framework.scales:
        places = [
            max((scale.position(r.level) for r in rule.raises if r.scale == scale.id), default=0)
            for rule in walk.rules
        ]
        low = max((p for p, t in zip(places, truths, strict=True) if t == YES), default=0)
        high = max((p for p, t in zip(places, truths, strict=True) if t != NO), default=0)
        levels.append(None if applies == NO else (low, high))
    return compiled.Outcome(
        truths,
        applies,
        tuple(levels),
        tuple(map(walk.score, pack.dimensions)),
        tuple(map(walk.shown, pack.questions)),
    )


def same(pack: Pack, values: Mapping[str, Value]) -> None:
    assert compiled.program(pack, TODAY).run(values) == walked(pack, values)


@given(partial_cases())
def test_a_partial_answer_set_means_the_same(case: tuple[Pack, dict[str, Value]]) -> None:
    same(*case)


@given(full_cases())
def test_a_full_answer_set_means_the_same(case: tuple[Pack, dict[str, Value]]) -> None:
    same(*case)


@given(partial_cases())
def test_the_tier_alone_is_that_of_the_whole_assessment(
    case: tuple[Pack, dict[str, Value]],
) -> None:
    pack, values = case
    answers = AnswerSet({name: Answer(value) for name, value in values.items()})
    found = main_tier(compiled.program(pack, TODAY), values)
    assert found == assess(pack, answers, TODAY).tier


WIDE = question("n", "whole_number", minimum=0, maximum=100_000)
DAYS = question("d", "date", minimum=date(2020, 1, 1), maximum=date(2040, 1, 1))
MANY = question("m", "many_of", "abcdefghijN")


@pytest.mark.parametrize("value", [None, UNKNOWN, 0, 999, 1000, 1001, 100_000])
@pytest.mark.parametrize(
    "test",
    [
        Between("n", 1000, None),
        Between("n", None, 1000),
        Between("n", 1000, 1000),
        Between("n", 5, 2),
        Between("n", None, None),
        Sum((Term("n", -2), Term("n", 1)), -1000, None),
    ],
)
def test_a_number_with_many_values(test: Condition, value: Value | None) -> None:
    pack = pack_of((WIDE,), (rule("r", test, "high"), rule("s", Not(test), "limited")))
    same(pack, {} if value is None else {"n": value})


@pytest.mark.parametrize("ahead", [None, -1, 0, 1])
def test_a_date(ahead: int | None) -> None:
    pack = pack_of((DAYS,), (rule("r", Between("d", TODAY, TODAY), "high"),))
    same(pack, {} if ahead is None else {"d": TODAY + timedelta(days=ahead)})


@pytest.mark.parametrize("ahead", [None, -1, 0, 1])
def test_dates_add_up_as_day_numbers(ahead: int | None) -> None:
    until = Sum((Term("d", 2),), None, 2 * TODAY.toordinal())
    pack = pack_of((DAYS,), (rule("r", until, "high"),))
    same(pack, {} if ahead is None else {"d": TODAY + timedelta(days=ahead)})


@pytest.mark.parametrize(("low", "expected"), [(0, YES), (1, NO)])
def test_the_sum_of_nothing_is_nought(low: int, expected: int) -> None:
    pack = pack_of((), (rule("r", Sum((), low, None), "high"),))
    same(pack, {})
    assert compiled.program(pack, TODAY).run({}).truths == (expected,)


def test_points_on_one_question_read_no_other() -> None:
    asked = question("y")
    group = Group(asked, "d", ((rule("r", Named("c"), points=(Points("d", 1),)), Named("c")),))
    with pytest.raises(TypeError, match="one question alone"):
        group.span(value=True, shown=YES)


@pytest.mark.parametrize("chosen", [None, "", "a", "abc", "abcdefghij", "N", "j"])
@pytest.mark.parametrize("span", [(0, 0), (1, None), (2, 3), (3, 2), (0, None), (12, None)])
def test_a_set_with_many_options(span: tuple[int, int | None], chosen: str | None) -> None:
    test = Chosen("m", tuple("abcdj"), *span)
    pack = pack_of((MANY,), (rule("r", test, "high"), rule("s", Not(test), "limited")))
    same(pack, {} if chosen is None else {"m": frozenset(chosen)})


def test_a_parameter_counts_as_its_number() -> None:
    pack = pack_of((WIDE,), (rule("r", Between("n", Ref(3, "least"), None), "high"),))
    same(pack, {"n": 3})
    assert compiled.program(pack, TODAY).run({"n": 3}).levels[0] == (2, 2)


def test_an_answer_outside_its_question_is_refused() -> None:
    pack = pack_of((question("o", "one_of", "ab"),), (rule("r", Equals("o", ("a",)), "high"),))
    with pytest.raises(KeyError):
        compiled.program(pack, TODAY).run({"o": "z"})


def test_many_parts_and_deep_nesting_compile() -> None:
    yes: Condition = Equals("y", (True,))
    deep = yes
    for _ in range(95):
        deep = Not(All((deep, yes)))
    wide = AtLeast(1500, (Not(yes), yes) * 1500)
    pack = pack_of((question("y"),), (rule("r", deep, "high"), rule("s", wide, "high")))
    for values in ({}, {"y": True}, {"y": False}):
        same(pack, values)
