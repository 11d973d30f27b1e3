"""What is kept ready gives the same assessments; reasons are smallest, or have nothing to spare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given

from risk_kit import cases, catalogue
from risk_kit.assess import assess
from risk_kit.compile_reasons import Ready, ready
from risk_kit.compile_sets import MOST_SETS, Carried, either, loosely
from risk_kit.compile_sets import some as needed_of
from risk_kit.compile_sums import MOST_PARTS, taken
from risk_kit.condition import Situation, in_force
from risk_kit.domain import OPEN
from risk_kit.forms import All, AnyOf, AtLeast, Condition, Equals, Named, Not, Score, Sum, Term
from risk_kit.model import Criterion, Dimension, Pack, Points, Threshold, Value
from risk_kit.reasons import Witnesses
from strategies import (
    SOME_TEXT,
    TODAY,
    Values,
    answer_set,
    full_cases,
    pack_of,
    partial_cases,
    question,
    rule,
)


def agree(pack: Pack, values: Values, made: Ready | None = None) -> None:
    """Ready or not, the assessment is the same."""
    answers = answer_set(values)
    made = made or ready(pack, TODAY)
    assert assess(pack, answers, TODAY, ready=made) == assess(pack, answers, TODAY)
    states = assess(pack, answers, TODAY, reasons=False)
    assert assess(pack, answers, TODAY, reasons=False, ready=made) == states


@given(partial_cases())
def test_partial_answers_are_assessed_alike(case: tuple[Pack, Values]) -> None:
    agree(*case)


@given(full_cases())
def test_full_answers_are_assessed_alike(case: tuple[Pack, Values]) -> None:
    agree(*case)


def test_the_shipped_cases_are_assessed_alike() -> None:
    """Every seventh golden case and the sample, under the base."""
    pack = catalogue.pack("tw-ai-risk")
    folder = catalogue.shelf().frameworks / "tw-ai-risk"
    made = ready(pack, TODAY)
    plans = [plan for plan in made.plans if plan.ways is not None]
    assert len(plans) > len(made.plans) // 3
    found = [case for path in cases.files(folder) for case in cases.read(path, pack, TODAY, _laid)]
    of_base = [case for case in found if case.pack is pack]
    for case in of_base[::7]:
        fast = assess(pack, case.answers, TODAY, ready=made)
        assert fast == assess(pack, case.answers, TODAY)


def _laid(overlays: tuple[str, ...]) -> Pack:
    return catalogue.pack("tw-ai-risk", overlays)


def test_what_was_made_for_another_pack_or_day_is_refused() -> None:
    pack = pack_of((question("a"),), (rule("r", YES["a"], "high"),))
    other, made = replace(pack, digest="1" * 64), ready(pack, TODAY)
    with pytest.raises(ValueError, match="another pack or day"):
        assess(other, answer_set({}), TODAY, ready=made)
    with pytest.raises(ValueError, match="another pack or day"):
        assess(pack, answer_set({}), TODAY + timedelta(days=1), ready=made)


# -- beyond the bounds: nothing to spare, and the same on both paths -----------------------------------


def carries(pack: Pack, values: Mapping[str, Value], made: Ready | None = None) -> None:
    """The witness of every rule gives its truth alone, and nothing in it can be left out."""
    agree(pack, values, made)
    walk = Situation(pack, values, in_force(pack, TODAY))
    witnesses = Witnesses(walk)
    for one in walk.rules:
        condition, found = walk.effective(one), frozenset(witnesses.of_rule(one))
        truth = walk.truth(condition)
        if truth == OPEN:
            assert not found
            continue
        assert truth_of(walk, condition, found) == truth
        for left_out in found:
            assert truth_of(walk, condition, found - {left_out}) != truth


def truth_of(walk: Situation, condition: Condition, kept: Iterable[str]) -> int:
    return walk.given({question: walk.values[question] for question in kept}).truth(condition)


NAMES = [f"q{i}" for i in range(18)]
YES = {name: Equals(name, (True,)) for name in (*"abcdefghijkl", *NAMES)}
LETTERS = "abcdef"
PAIRS = [("a", "b", 3), ("b", "c", -2), ("c", "d", 4), ("d", "e", 2), ("e", "f", 1)]
THREES = [("a", "d", "f", 2), ("b", "e", "c", -3)]


def scoring(reach: int, *more: Condition) -> Pack:
    """Six yes/no questions; pairs of them give points; gates ask for the score and for others."""
    rules = [
        rule(one + two, AnyOf((YES[one], YES[two])), points=(Points("s", amount),))
        for one, two, amount in PAIRS
    ]
    rules += [
        rule(a + b + c, All((YES[a], AtLeast(1, (YES[b], Not(YES[c]))))), points=(Points("s", n),))
        for a, b, c, n in THREES
    ]
    rules += [rule(f"{n}_alone", YES[n], points=(Points("s", 2),)) for n in "af"]
    rules += [rule(f"{n}_not", Not(YES[n]), points=(Points("s", -1),)) for n in "ad"]
    score = Score("s", "t")
    either = AnyOf((YES["e"], YES["a"]))
    for i, whole in enumerate((All((score, either)), All((either, score, *more)), score)):
        rules.append(rule(f"gate{i}", whole, "high"))
    marks = (Threshold("t", reach),)
    dimension = Dimension("s", SOME_TEXT, SOME_TEXT, -5, 20, 2, "up", marks)
    return pack_of(tuple(map(question, LETTERS)), tuple(rules), dimensions=(dimension,))


@pytest.mark.parametrize("reach", [-5, -1, 0, 1, 2, 3, 5, 20])
def test_a_score_of_many_parts(reach: int) -> None:
    pack = scoring(reach, Not(All((YES["b"], YES["f"]))))
    made = ready(pack, TODAY)
    if -5 < reach:  # noqa: SIM300 - the lowest score is always reached
        assert all(plan.score for plan in made.plans if plan.rule.id in ("gate0", "gate1"))
    every = list(product((True, False, None), repeat=6))
    for answers in Random(reach).sample(every, 60):
        carries(pack, {q: v for q, v in zip(LETTERS, answers, strict=True) if v is not None}, made)


def test_a_score_that_no_answer_can_stop() -> None:
    sure = AnyOf((YES["a"], All(())))
    rules = [rule(f"r{i}", sure, points=(Points("s", 1),)) for i in range(MOST_PARTS)]
    rules += [rule("b", Not(YES["b"]), points=(Points("s", -1),))]
    rules += [rule("g", All((Score("s", "t"), YES["b"])), "high")]
    marks = (Threshold("t", MOST_PARTS),)
    dimension = Dimension("s", SOME_TEXT, SOME_TEXT, 0, 20, thresholds=marks)
    pack = pack_of((question("a"), question("b")), tuple(rules), dimensions=(dimension,))
    for value in (True, False):
        carries(pack, {"a": True, "b": value})


def test_more_sets_than_are_kept() -> None:
    """Three of eighteen, beside two of others among the same: no family is kept whole."""
    some = tuple(YES[name] for name in NAMES)
    wide = All((AtLeast(3, some), AnyOf((All(some[:4]), All(some[3:6]), All(some[-3:])))))
    pack = pack_of(tuple(map(question, NAMES)), (rule("r", wide, "high"), rule("s", Not(wide))))
    made = ready(pack, TODAY)
    assert [plan.ways for plan in made.plans] == [None, None]
    for one in (True, False):
        carries(pack, dict.fromkeys(NAMES, one), made)
    mixed: dict[str, Value] = {name: i % 3 != 1 for i, name in enumerate(NAMES)}
    carries(pack, mixed, made)


def test_every_question_once_is_exact_however_many_sets_there_are() -> None:
    some = tuple(YES[name] for name in NAMES)
    parts = All((AnyOf(some[:6]), AtLeast(2, some[6:12]), AnyOf(some[12:])))
    pack = pack_of(tuple(map(question, NAMES)), (rule("r", parts, "high"),))
    values = dict.fromkeys(NAMES, True)
    assert MOST_SETS < 6 * 15 * 6
    (finding,) = assess(pack, answer_set(values), TODAY).findings
    assert tuple(finding.witness) == ("q0", "q6", "q7", "q12")
    agree(pack, values)


def test_very_many_parts_are_counted_loosely() -> None:
    twice = AtLeast(600, (YES["a"], YES["b"]) * 600)
    pack = pack_of((question("a"), question("b")), (rule("r", twice, "high"),))
    for values in ({"a": True, "b": True}, {"a": False, "b": False}, {"a": True}):
        carries(pack, values)


def test_a_criterion_with_too_many_ways_is_left_to_the_walk() -> None:
    some = tuple(YES[name] for name in NAMES)
    criteria = (Criterion("c", SOME_TEXT, AtLeast(9, some)),)
    rules = (rule("r", Named("c"), "high"), rule("s", Not(Named("c")), "high"))
    pack = pack_of(tuple(map(question, NAMES)), rules, criteria=criteria)
    made = ready(pack, TODAY)
    assert [plan.ways for plan in made.plans] == [None, None]
    carries(pack, dict.fromkeys(NAMES, True), made)


def test_terms_of_a_rule_beyond_the_bound() -> None:
    numbers = tuple(question(f"n{i}", "whole_number", minimum=0, maximum=3) for i in range(12))
    terms = tuple(Term(one.id, 1 - 2 * (i % 2)) for i, one in enumerate(numbers))
    rules = (
        rule("p", YES["a"], points=(Points("s", 1, terms),)),
        rule("g", Score("s", "t"), "high"),
        rule("h", Sum(terms, 2, 9), "high"),
    )
    marks = (Threshold("t", 4),)
    dimension = Dimension("s", SOME_TEXT, SOME_TEXT, 0, 40, thresholds=marks)
    pack = pack_of((question("a"), *numbers), rules, dimensions=(dimension,))
    for seed in range(12):
        random = Random(seed)
        values: dict[str, Value] = {one.id: random.randint(0, 3) for one in numbers}
        carries(pack, {"a": random.random() < 0.8, **values})


def test_what_gives_most_for_an_answer_is_taken_first_until_nothing_is_missing() -> None:
    offers = [(2, 0b11), (3, 0b100), (4, 0b11000), (1, 0b100000)]
    assert taken(offers, 0) == []
    assert taken(offers, 3) == [0b100]
    assert taken(offers, 4) == [0b100, 0b11000]
    assert taken(offers, 8) == [0b100, 0b11000, 0b11]  # of equals, the first


def test_sets_together_are_loose_and_not_exact() -> None:
    assert loosely(1, [0b10, 0b110]) == Carried(1, (0b110,), exact=False, loose=True)
    parts = [Carried(2, (some,), exact=False, loose=True) for some in (0b111, 0b1000, 0b100000)]
    assert needed_of(parts, 2, 2) == loosely(2, [0b1000, 0b100000])
    assert either([*parts, Carried(2, (0b11,))]) == Carried(2, (0b11,), exact=False)
    assert either(parts) == loosely(2, [0b100000])


# -- smallest, and of several the first ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "smallest"),
    [
        (("ab", "bc"), "b"),
        (("ad", "bd"), "d"),
        (("ab", "cd"), "ac"),
        (("aa", "cd", "cb"), "ac"),
        (("bc", "ad"), "ab"),
        (("cd", "dc"), "c"),
    ],
)
def test_reasons_of_rules_that_read_a_question_twice(pairs: tuple[str, ...], smallest: str) -> None:
    parts = tuple(AnyOf(tuple(YES[name] for name in pair)) for pair in pairs)
    pack = pack_of(tuple(question(n) for n in "abcd"), (rule("r", All(parts), "high"),))
    values = dict.fromkeys("abcd", True)
    (finding,) = assess(pack, answer_set(values), TODAY).findings
    assert "".join(finding.witness) == smallest
    agree(pack, values)
