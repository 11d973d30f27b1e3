"""Examples of witnesses, blockers and what a condition reads; the laws are in tests/laws."""

from __future__ import annotations

import pytest

from risk_kit.condition import Situation
from risk_kit.forms import All, AnyOf, AtLeast, Condition, Equals, Named, Not, Score, Sum, Term
from risk_kit.model import Criterion, Dimension, Pack, Points, Threshold
from risk_kit.reasons import blockers, reads, witness
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
