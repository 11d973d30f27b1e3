"""Examples of witnesses, blockers and what a condition reads; the laws are in tests/laws."""

from __future__ import annotations

from itertools import combinations

import pytest

from risk_kit.condition import Situation
from risk_kit.domain import OPEN
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
from risk_kit.model import Criterion, Dimension, Pack, Points, Threshold
from risk_kit.reasons import Witnesses, blockers, reads, witness
from strategies import SOME_TEXT, Values, pack_of, question, rule

A, B, C = (Equals(name, (True,)) for name in "abc")
H = Equals("h", (True,))
QUESTIONS = (
    *(question(name) for name in "abc"),
    question("h", show=A),
    question("n", "whole_number", minimum=0, maximum=5, show=H),
    question("m", "whole_number", minimum=0, maximum=5),
)
POINTS = (Points("d", 2, (Term("n"),)),)
PACK = pack_of(
    QUESTIONS,
    (
        rule("p", B, points=POINTS, unless=C),
        rule("x", Equals("h", (False,)), exempts=("p",)),
        rule("other", C, points=(Points("e", 1),)),
    ),
    criteria=(Criterion("c", SOME_TEXT, AnyOf((A, B))),),
    dimensions=tuple(
        Dimension(one, SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 3),)) for one in "de"
    ),
)


def situation(values: Values, pack: Pack = PACK) -> Situation:
    return Situation(pack, values, pack.framework.rules)


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (AnyOf((All((A, B)), C)), {"a": True, "b": True, "c": True}, {"c"}),
        (All((A, B)), {"a": False, "b": False}, {"a"}),
        (AtLeast(2, (A, B, C)), {"a": True, "b": True, "c": True}, {"a", "b"}),
        (AtLeast(2, (A, B, C)), {"a": False, "b": False, "c": True}, {"a", "b"}),
        (AtLeast(0, (A,)), {"a": True}, set()),
        (Not(Named("c")), {"a": False, "b": False}, {"a", "b"}),
        (H, {"a": False, "h": True}, {"a"}),
        (H, {"a": True, "h": True}, {"a", "h"}),
        (H, {"h": False}, {"h"}),
        (Sum((Term("n"),), 1, None), {"a": False, "n": 3}, {"a"}),
        (Sum((Term("n"),), 0, 5), {"n": 3}, set()),
        (Score("d", "t"), {"b": False, "n": 5}, {"b"}),
        (Score("d", "t"), {"a": True, "b": True, "c": False, "h": True, "n": 1}, set("abchn")),
        (Score("d", "t"), {"b": True}, set()),
    ],
)
def test_witness(condition: Condition, values: Values, expected: set[str]) -> None:
    assert witness(situation(values), condition) == expected


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (All((A, B)), {}, {"a", "b"}),
        (All((A, B)), {"a": True}, {"b"}),
        (All((A, B)), {"a": False}, set()),
        (Named("c"), {"b": False}, {"a"}),
        (H, {}, {"a", "h"}),
        (H, {"h": True}, {"a"}),
        (AnyOf((H, B)), {"a": False}, {"b"}),
        (Score("d", "t"), {}, set("abchn")),
        (Score("d", "t"), {"b": True, "c": False, "a": False}, set()),
        (Sum((Term("n"), Term("n", 2)), 3, None), {"a": True}, {"h", "n"}),
        (Sum((Term("n"), Term("m")), 3, None), {"a": False}, {"m"}),
    ],
)
def test_blockers(condition: Condition, values: Values, expected: set[str]) -> None:
    assert blockers(situation(values), condition) == expected


def test_reads_goes_through_criteria_shows_scores_and_exemptions() -> None:
    assert reads(PACK, Named("c")) == {"a", "b"}
    assert reads(PACK, H) == {"a", "h"}
    assert reads(PACK, Score("e", "t")) == {"c"}
    assert reads(PACK, All((Score("d", "t"), A))) == {"a", "b", "c", "h", "n"}


def test_shared_parts_are_looked_at_once() -> None:
    """Each criterion names the one below twice: 2**40 paths."""
    criteria = [Criterion("c0", SOME_TEXT, A)]
    for place in range(40):
        twice = AnyOf((Named(f"c{place}"), Not(Not(Named(f"c{place}")))))
        criteria.append(Criterion(f"c{place + 1}", SOME_TEXT, twice))
    pack = pack_of((question("a"),), (), criteria=tuple(criteria))
    top = Named("c40")
    assert witness(situation({"a": True}, pack), top) == {"a"}
    assert blockers(situation({}, pack), top) == {"a"}
    assert reads(pack, top) == {"a"}


# -- smallest, by trying every set of answers ----------------------------------------------------

WIDE = pack_of(
    (
        *(question(name) for name in "abc"),
        question("h", show=A),
        question("o", "one_of", "xyz", show=AnyOf((H, Not(B)))),
        question("p", "one_of", "xy"),
        question("n", "whole_number", minimum=-1, maximum=3, show=B),
        question("m", "many_of", "xyN"),
    ),
    (
        rule("r1", A, points=(Points("s", 2),), unless=C),
        rule("r2", AnyOf((B, C)), points=(Points("s", -1, (Term("n", 2),)),)),
        rule("r3", Equals("o", ("x",)), points=(Points("s", 3),)),
        rule("r4", Not(Equals("o", ("y",))), points=(Points("s", 1),)),
        rule("r5", Chosen("m", ("x", "y"), 1, None), exempts=("r1", "r3")),
        rule("z1", C, points=(Points("z", 1),)),
        rule("z2", Equals("p", ("x",)), points=(Points("z", 2),)),
        rule("r6", Named("both"), points=(Points("s", 1, (Term("m", 1, (("x", 2),)),)),)),
    ),
    criteria=(
        Criterion("both", SOME_TEXT, All((AnyOf((A, H)), AnyOf((B, H))))),
        Criterion("other", SOME_TEXT, AnyOf((C, Equals("p", ("x",))))),
    ),
    dimensions=(
        Dimension(
            "s",
            SOME_TEXT,
            SOME_TEXT,
            -1,
            5,
            thresholds=(
                Threshold("low", -1),
                Threshold("mid", 2),
                Threshold("high", 4),
                Threshold("top", 5),
                Threshold("never", 6),
            ),
        ),
        Dimension("z", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 2),)),
    ),
)
PAIR = Pair("o", "p", (("x", "x"), ("y", "x"), ("z", "x"), ("x", "y")))
SUM = (Term("n", 1), Term("m", 2, (("x", 1), ("N", -1))), Term("n", 1))
CONDITIONS: tuple[Condition, ...] = (
    All((AnyOf((A, B)), AnyOf((B, C)), AnyOf((C, A)))),
    AnyOf((All((A, H)), All((B, Not(C))), Named("both"))),
    AtLeast(2, (A, H, AnyOf((B, C)), Named("both"))),
    AtLeast(3, (A, B, C)),
    AtLeast(4, (A, B, C)),
    AtLeast(0, (A, B)),
    PAIR,
    All((PAIR, Not(Named("both")))),
    Sum(SUM, 1, None),
    Sum(SUM, None, 2),
    Sum(SUM, 0, 3),
    Sum(SUM, 3, 0),
    Sum(SUM, None, None),
    Answered("o"),
    Not(Answered("h")),
    *(Score("s", mark) for mark in ("low", "mid", "high", "top", "never")),
    AnyOf((Score("s", "mid"), Score("z", "t"))),
    Sum(SUM, 1, 1),
    Sum(SUM, None, 0),
    Equals("p", ("x", "y")),
    Equals("o", ("x", "y", "z")),
    Not(Equals("p", ("q",))),
    Not(Named("other")),
    All((Score("s", "mid"), AnyOf((A, B)))),
    AnyOf((Score("s", "high"), All((A, B)))),
    Between("n", 1, 2),
)
ANSWERS: tuple[Values, ...] = tuple(
    {
        **{name: bool(bits & 1 << i) for i, name in enumerate("abch")},
        "o": "xyz"[bits % 3],
        "p": "xy"[bits % 5 % 2],
        "n": bits % 5 - 1,
        "m": (frozenset("x"), frozenset("xy"), frozenset("N"), frozenset("y"))[bits % 7 % 4],
    }
    for bits in range(16)
)


def every_smallest(walk: Situation, condition: Condition) -> list[tuple[str, ...]]:
    """All sets of answers that carry the truth and contain no other such set, best first."""
    truth, found = walk.truth(condition), list[tuple[str, ...]]()
    answered = [one for one in walk.pack.questions if one in walk.values]
    for some in (some for size in range(9) for some in combinations(answered, size)):
        if any(set(other) <= set(some) for other in found):
            continue
        if walk.given({q: walk.values[q] for q in some}).truth(condition) == truth:
            found.append(some)
    return found


@pytest.mark.parametrize("missing", ["", "a", "bo", "hn", "cpm"])
@pytest.mark.parametrize("place", range(len(CONDITIONS)))
def test_every_smallest_set_is_found_the_best_first(place: int, missing: str) -> None:
    condition = CONDITIONS[place]
    for answers in ANSWERS:
        walk = situation({q: v for q, v in answers.items() if q not in missing}, WIDE)
        every = Witnesses(walk)
        found = every.carried(condition)
        assert (found.truth, found.exact, found.loose) == (walk.truth(condition), True, False)
        if found.truth == OPEN:
            assert (found.sets, witness(walk, condition)) == ((), frozenset())
            continue
        expected = every_smallest(walk, condition)
        assert [names(every, some) for some in found.sets] == expected
        assert witness(walk, condition) == set(expected[0])


def names(every: Witnesses, some: int) -> tuple[str, ...]:
    return tuple(question for question, bit in every.bits.items() if bit & some)


def test_the_witnesses_of_rules_come_in_pack_order() -> None:
    for answers in ANSWERS[::3]:
        walk = situation(answers, WIDE)
        every = Witnesses(walk)
        for one in walk.rules:
            expected = every_smallest(walk, walk.effective(one))[0]
            assert tuple(every.of_rule(one)) == expected


def test_blockers_of_several_criteria_and_of_the_rules_of_a_score() -> None:
    walk = situation({"a": False}, WIDE)
    open_ = situation({"a": True}, WIDE)
    assert blockers(open_, AnyOf((Named("both"), Named("other")))) == {"b", "h", "c", "p"}
    assert blockers(open_, AnyOf((Named("other"), Named("both")))) == {"b", "h", "c", "p"}
    assert blockers(walk, Score("z", "t")) == {"c", "p"}
