"""The compiled form says what the tree walk says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given

from risk_kit import compile as compiled
from risk_kit.compile_facts import facts_of
from risk_kit.compile_points import Group
from risk_kit.compile_reasons import reason_program
from risk_kit.compile_trees import MOST_NODES, TooLarge, trees
from risk_kit.condition import Situation, in_force
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Ref,
    Score,
    Sum,
    Term,
)
from risk_kit.model import UNKNOWN, Dimension, Pack, Points, Threshold, Value
from strategies import SOME_TEXT, TODAY, full_cases, pack_of, partial_cases, question, rule


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


# -- reasons -------------------------------------------------------------------------------------


def carries(pack: Pack, values: Mapping[str, Value]) -> None:
    """The witness of every rule gives its truth alone, and nothing in it can be left out."""
    program = reason_program(pack, TODAY)
    walk = Situation(pack, values, in_force(pack, TODAY))
    for one, found in zip(walk.rules, program.witnesses(values), strict=True):
        condition = walk.effective(one)
        truth = walk.truth(condition)
        if truth == OPEN:
            assert not found
            continue
        assert truth_of(pack, walk, condition, found) == truth
        for left_out in found:
            assert truth_of(pack, walk, condition, found - {left_out}) != truth


def truth_of(pack: Pack, walk: Situation, condition: Condition, kept: Iterable[str]) -> int:
    values = {question: walk.values[question] for question in kept}
    return Situation(pack, values, walk.rules).truth(condition)


@given(partial_cases())
def test_reasons_of_partial_answers(case: tuple[Pack, dict[str, Value]]) -> None:
    carries(*case)


@given(full_cases())
def test_reasons_of_full_answers(case: tuple[Pack, dict[str, Value]]) -> None:
    carries(*case)


def scoring(reach: int) -> Pack:
    """Six yes/no questions; pairs of them give points; a gate asks for the score and one of them."""
    questions = tuple(question(name) for name in "abcdef")
    yes = {name: Equals(name, (True,)) for name in "abcdef"}
    pairs = [("a", "b", 3), ("b", "c", -2), ("c", "d", 4), ("d", "e", 2), ("e", "f", 1)]
    rules = [
        rule(one + two, AnyOf((yes[one], yes[two])), points=(Points("s", amount),))
        for one, two, amount in pairs
    ]
    rules.append(rule("a_alone", yes["a"], points=(Points("s", 2),)))
    rules.append(rule("gate", All((Score("s", "t"), AnyOf((yes["e"], yes["a"])))), "high"))
    marks = (Threshold("t", reach),)
    score = Dimension("s", SOME_TEXT, SOME_TEXT, -5, 20, 2, "up", marks)
    return pack_of(questions, tuple(rules), dimensions=(score,))


@pytest.mark.parametrize("reach", [-5, -1, 0, 1, 2, 3, 5, 20])
def test_reasons_of_a_score(reach: int) -> None:
    pack = scoring(reach)
    for answers in product((True, False, None), repeat=6):
        carries(pack, {q: v for q, v in zip("abcdef", answers, strict=True) if v is not None})


def test_the_smallest_of_several_reasons_is_found() -> None:
    yes = {name: Equals(name, (True,)) for name in "abcd"}
    parts = (All((yes["a"], yes["b"])), All((yes["b"], yes["c"])), AnyOf((yes["d"], yes["d"])))
    pack = pack_of(tuple(question(n) for n in "abcd"), (rule("r", AnyOf(parts), "high"),))
    found = reason_program(pack, TODAY).witnesses(dict.fromkeys("abcd", True))
    assert found == (frozenset("d"),)


def yes_to(*names: str) -> tuple[Condition, ...]:
    return tuple(Equals(name, (True,)) for name in names)


@pytest.mark.parametrize(
    ("pairs", "smallest"),
    [
        (("ab", "bc"), "b"),  # the cheapest parts carry more than is needed
        (("ad", "bd"), "d"),  # nothing can be left out of them, and yet fewer do
        (("ab", "cd"), "ac"),
        (("aa", "cd", "cb"), "ac"),  # no single one does
    ],
)
def test_reasons_of_rules_that_read_a_question_twice(pairs: tuple[str, ...], smallest: str) -> None:
    parts = tuple(AnyOf(yes_to(*pair)) for pair in pairs)
    pack = pack_of(tuple(question(n) for n in "abcd"), (rule("r", All(parts), "high"),))
    found = reason_program(pack, TODAY).witnesses(dict.fromkeys("abcd", True))
    assert found == (frozenset(smallest),)


@pytest.mark.parametrize(
    ("pairs", "kept"),
    [
        ((("q0", "q2"), ("q1", "q2")), {"q0", "q1"}),  # q2 alone would do, and is not tried
        ((("q0", "q1"), ("q1", "q2")), {"q1"}),
    ],
)
def test_where_too_many_sets_would_have_to_be_tried_nothing_can_be_left_out(
    pairs: tuple[tuple[str, str], ...], kept: set[str]
) -> None:
    names = [f"q{i}" for i in range(30)]
    parts = tuple(AnyOf(yes_to(*some)) for some in (*pairs, names))
    pack = pack_of(tuple(map(question, names)), (rule("r", All(parts), "high"),))
    carries(pack, dict.fromkeys(names, True))
    found = reason_program(pack, TODAY).witnesses(dict.fromkeys(names, True))
    assert found == (frozenset(kept),)


def test_reasons_of_a_rule_too_large_to_write_out() -> None:
    twins = All((AnyOf(yes_to("a", "b")),) * MOST_NODES)
    pack = pack_of((question("a"), question("b")), (rule("r", twins, "high"),))
    assert [plan.tree for plan in reason_program(pack, TODAY).plans] == [None]
    carries(pack, {"a": True, "b": True})
    carries(pack, {"a": False, "b": False})


def test_a_score_that_needs_every_point() -> None:
    points = tuple(rule(n, All(yes_to(n, "c")), points=(Points("s", 1),)) for n in "ab")
    marks = (Threshold("t", 2),)
    pack = pack_of(
        tuple(question(n) for n in "abc"),
        (*points, *(rule(gate, Score("s", "t"), "high") for gate in ("one", "other"))),
        dimensions=(Dimension("s", SOME_TEXT, SOME_TEXT, 0, 2, thresholds=marks),),
    )
    carries(pack, dict.fromkeys("abc", True))
    found = reason_program(pack, TODAY).witnesses(dict.fromkeys("abc", True))
    assert found[-2:] == (frozenset("abc"), frozenset("abc"))


@pytest.mark.parametrize("condition", [Score("s", "t"), All((Score("s", "t"),))])
def test_a_tree_is_of_tests_alone(condition: Condition) -> None:
    with pytest.raises(TooLarge):
        trees(facts_of(pack_of((), ()), ()), [condition])
