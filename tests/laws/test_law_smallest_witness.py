"""The witness is the smallest set of answers that carries a truth, and of several the first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, settings

from risk_kit.condition import Situation, in_force
from risk_kit.domain import OPEN
from risk_kit.forms import Condition, Named, Score
from risk_kit.model import Pack
from risk_kit.reasons import Witnesses, witness
from strategies import TODAY, Values, full_cases, partial_cases


def tried(walk: Situation, condition: Condition) -> frozenset[str]:
    """The same by trying every set of answered questions, fewest and first in the pack first."""
    truth = walk.truth(condition)
    answered = [question for question in walk.pack.questions if question in walk.values]
    for size in range(len(answered) + 1):
        for some in combinations(answered, size):
            if walk.given({q: walk.values[q] for q in some}).truth(condition) == truth:
                return frozenset(some)
    raise AssertionError("all the answers carry the truth")


def conditions_of(pack: Pack, walk: Situation) -> Iterator[Condition]:
    """Every condition of a pack that has a witness of its own."""
    yield from map(walk.effective, walk.rules)
    yield from (Named(one) for one in pack.criteria)
    yield from (one.show for one in pack.questions.values() if one.show is not None)
    yield from (Score(d.id, t.id) for d in pack.dimensions.values() for t in d.thresholds)
    if pack.framework.applies is not None:
        yield pack.framework.applies


def smallest(pack: Pack, values: Values) -> None:
    walk = Situation(pack, values, in_force(pack, TODAY))
    every = Witnesses(walk)
    for condition in conditions_of(pack, walk):
        expected = frozenset() if walk.truth(condition) == OPEN else tried(walk, condition)
        assert every.carried(condition).truth == walk.truth(condition)
        assert every.of(condition) == expected
        assert witness(walk, condition) == expected


@settings(max_examples=150)
@given(partial_cases())
def test_no_smaller_set_of_partial_answers_carries(case: tuple[Pack, Values]) -> None:
    smallest(*case)


@settings(max_examples=150)
@given(full_cases())
def test_no_smaller_set_of_full_answers_carries(case: tuple[Pack, Values]) -> None:
    smallest(*case)
