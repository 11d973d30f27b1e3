"""Examples of witnesses, blockers and what a condition reads; the laws are in tests/laws."""

from __future__ import annotations

from itertools import combinations

import pytest

from risk_kit.compile_sets import MOST_SETS, MOST_STEPS, Carried, either, every, kept, loosely
from risk_kit.compile_sets import some as needed_of
from risk_kit.compile_sums import MOST_PARTS, MOST_WAYS, Option, Parts, few, reach
from risk_kit.condition import Situation
from risk_kit.domain import OPEN, YES
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
POINTS_E = (Points("e", 1),)
PACK = pack_of(
    QUESTIONS,
    (
        rule("p", B, points=POINTS, unless=C),
        rule("x", Equals("h", (False,)), exempts=("p",)),
        rule("other", C, points=POINTS_E),
    ),
    criteria=(Criterion("c", SOME_TEXT, AnyOf((A, B))),),
    dimensions=tuple(
        Dimension(one, SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 3),)) for one in "de"
    ),
)


# More smallest sets than are kept.
NAMES = [f"q{place}" for place in range(14)]
MANY = tuple(Equals(name, (True,)) for name in NAMES)
LARGE = All((AtLeast(3, MANY), AnyOf((All(MANY[:4]), All(MANY[3:6]), All(MANY[-3:])))))


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


def test_a_score_that_every_answer_reaches_is_carried_by_none() -> None:
    asked = (question("o", "one_of", "xy"),)
    rules = tuple(rule(one, Equals("o", (one,)), points=(Points("d", 3),)) for one in "xy")
    walk = situation({"o": "x"}, pack_of(asked, rules, dimensions=PACK.framework.dimensions))
    assert Witnesses(walk).carried(Score("d", "t")) == Carried(YES, (0,))


def test_a_term_whose_showing_lacks_sets_lacks_sets_too() -> None:
    number = question("n", "whole_number", minimum=0, maximum=5, show=LARGE)
    pack = pack_of((*map(question, NAMES), number), ())
    walk = situation({**dict.fromkeys(NAMES, True), "n": 3}, pack)
    found = Witnesses(walk).carried(Sum((Term("n"),), 1, None))
    assert (found.truth, found.exact, found.loose) == (YES, False, False)


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
    rules = (rule("p", A, points=POINTS_E), rule("x", B, exempts=("p",)), rule("y", C))
    exempted = pack_of(QUESTIONS, rules, dimensions=PACK.framework.dimensions)
    assert reads(exempted, Score("e", "t")) == {"a", "b"}


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


def test_a_witness_out_of_more_sets_than_are_kept_has_nothing_to_spare() -> None:
    walk = situation(dict.fromkeys(NAMES, True), pack_of(tuple(map(question, NAMES)), ()))
    assert not Witnesses(walk).carried(LARGE).exact
    found = witness(walk, LARGE)
    assert walk.given(dict.fromkeys(found, True)).truth(LARGE) == YES
    for left_out in found:
        assert walk.given(dict.fromkeys(found - {left_out}, True)).truth(LARGE) == OPEN


def test_what_the_kept_sets_have_to_spare_is_left_out() -> None:
    walk = situation(dict.fromkeys(NAMES, True), pack_of(tuple(map(question, NAMES)), ()))
    many = All((AtLeast(6, MANY), All(MANY[-8:])))
    kept_ = Witnesses(walk).carried(many)
    assert (kept_.exact, kept_.sets[0].bit_count() > 8) == (False, True)
    assert witness(walk, many) == set(NAMES[-8:])


def test_points_of_a_question_whose_showing_lacks_sets_lack_sets_too() -> None:
    asked = (*map(question, NAMES), question("g", show=LARGE))
    rules = (rule("p", Equals("g", (True,)), points=(Points("d", 3),)),)
    pack = pack_of(asked, rules, dimensions=PACK.framework.dimensions)
    walk = situation(dict.fromkeys((*NAMES, "g"), True), pack)
    found = Witnesses(walk).carried(Score("d", "t"))
    assert (found.truth, found.exact, found.loose) == (YES, False, False)


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


def test_nobody_waits_for_the_terms_of_a_rule_that_surely_does_not_hold() -> None:
    pack = pack_of(
        QUESTIONS,
        (
            rule("q", A, points=(Points("d", 0, (Term("m"),)),)),
            rule("r", B, points=(Points("d", 5),)),
        ),
        dimensions=PACK.framework.dimensions,
    )
    score = Score("d", "t")
    assert blockers(situation({"a": False}, pack), score) == {"b"}
    assert blockers(situation({}, pack), score) == {"a", "b", "m"}
    assert blockers(situation({"a": True}, pack), score) == {"b", "m"}


def test_each_score_has_blockers_of_its_own() -> None:
    pack = pack_of(
        QUESTIONS,
        (rule("q", A, points=(Points("d", 5),)), rule("r", B, points=(Points("e", 5),))),
        dimensions=PACK.framework.dimensions,
    )
    walk = situation({}, pack)
    assert blockers(walk, Score("d", "t")) == {"a"}
    assert blockers(walk, Score("e", "t")) == {"b"}


# -- families of sets -------------------------------------------------------------------------------


def test_none_needed_is_carried_by_no_answers_whatever_the_parts() -> None:
    assert needed_of([loosely(YES, [0b1])] * 3, 0, YES) == Carried(YES, (0,))


def test_steps_up_to_the_bound_are_counted() -> None:
    one = Carried(YES, (0b1,))
    assert needed_of([one] * (MOST_STEPS // 2), 2, YES) == one
    assert needed_of([one] * (MOST_STEPS // 2 + 1), 2, YES).loose


def test_parts_of_which_sets_are_missing_leave_the_whole_inexact() -> None:
    lacking, whole = Carried(YES, (0b1,), exact=False), Carried(YES, (0b10,))
    last = Carried(YES, (0b100,))
    for parts in ((lacking, whole, last), (whole, last, lacking)):
        assert needed_of(parts, 2, YES) == Carried(YES, (0b110, 0b101, 0b11), exact=False)
    assert either((lacking, whole)) == Carried(YES, (0b10, 0b1), exact=False)
    assert every((lacking, whole), YES) == Carried(YES, (0b11,), exact=False)


def test_sets_up_to_the_bound_are_all_kept() -> None:
    sets = [1 << place for place in range(MOST_SETS + 1)]
    assert kept(YES, sets[1:], exact=True) == Carried(YES, tuple(sets[:0:-1]))
    assert kept(YES, sets, exact=True) == Carried(YES, tuple(sets[:0:-1]), exact=False)


def test_sets_that_were_missing_on_the_way_are_missing_in_the_end() -> None:
    """One of the first two parts is carried by 65 sets, more than are kept; both by 64."""
    alike, one, other = [1 << place for place in range(MOST_SETS - 1)], 1 << 70, 1 << 71
    parts = [Carried(YES, tuple(some)) for some in ([*alike, one], [*alike, other], [1])]
    found = needed_of(parts, 2, YES)
    assert (len(found.sets), found.exact) == (MOST_SETS, False)


def alternatives(number: int, place: int, gain: int = 1) -> list[Option]:
    """Nothing, or one of so many answers that each give the same."""
    bits = (1 << (place * number + i) for i in range(number))
    return [Option(0, (0, 0)), *(Option(bit, (gain, gain)) for bit in bits)]


def test_few_choices_are_those_up_to_the_bound() -> None:
    assert MOST_WAYS == 2**9
    assert few([alternatives(1, 0)] * 9)
    assert not few([alternatives(1, 0)] * 10)


def test_a_sum_of_parts_up_to_the_bound_is_exact() -> None:
    parts = [alternatives(1, place) for place in range(MOST_PARTS + 1)]
    last = (1 << MOST_PARTS) - 1
    assert reach(Parts(parts[:-1]), 1, MOST_PARTS, YES) == Carried(YES, (last,))
    assert reach(Parts(parts), 1, MOST_PARTS + 1, YES).loose


def test_a_sum_of_ways_up_to_the_bound_is_looked_at_whole() -> None:
    three = Parts([alternatives(8, place) for place in range(3)])
    assert MOST_WAYS == 8**3
    assert not reach(three, 1, 3, YES).loose
    four = Parts([alternatives(8, place) for place in range(4)])
    best = [1 << (8 * place + 7) for place in range(4)]  # of equals, the first in the pack
    assert reach(four, 1, 3, YES) == loosely(YES, best[:3])
    assert reach(four, 1, 4, YES) == loosely(YES, best)


def test_ways_that_another_makes_needless_do_not_count() -> None:
    """Each of seventeen answers gives 5; listed before it, the same for more, and less for the same."""
    spare = 1 << 40
    parts = []
    for place in range(2):
        plain = alternatives(17, place, 5)
        costly = [Option(one.answers | spare, one.span) for one in plain[1:]]
        lower = [Option(one.answers, (4, 4)) for one in plain[1:]]
        parts.append([*costly, *lower, *plain])
    assert 2 * 17**2 > MOST_WAYS > 17**2
    assert not reach(Parts([*parts, alternatives(1, 34, 5)]), 1, 12, YES).loose
