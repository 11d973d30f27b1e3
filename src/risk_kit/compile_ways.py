"""Conditions written out as ways: each a set of one-question tests that together give a truth.

The ways of a condition are known before any answer is. Sorted by the answers that they need, the
first one whose tests come out is the smallest set that carries the truth. Generated functions take
two lists, for each question the mask of the tests that surely, and possibly, hold.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from risk_kit.compile_facts import Facts
from risk_kit.compile_nodes import (
    Expression,
    bits,
    choose,
    compare,
    const,
    every,
    function,
    item,
    name,
    negate,
    result,
    row,
    small,
)
from risk_kit.compile_sets import MOST_SETS, MOST_STEPS, order
from risk_kit.domain import NO, YES, Truth
from risk_kit.forms import All, AnyOf, AtLeast, Condition, Named, Not, Pair, Score, Sum

Outcome: TypeAlias = tuple[int, int, Truth]
Way: TypeAlias = frozenset[Outcome]
Masks: TypeAlias = Sequence[int]
Carry: TypeAlias = Callable[[Masks, Masks], int | None]
_MASKS: Final = ("a", "b")
_NOTHING: Final[Way] = frozenset()


class TooMany(Exception):
    """The condition cannot be written out: too many ways, or a form that reads several questions."""


class Ways:
    """The ways of conditions; those of criteria are found once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.place = {question: i for i, question in enumerate(facts.pack.questions)}
        self._criteria: dict[tuple[str, Truth], list[Way] | None] = {}

    def of(self, condition: Condition, truth: Truth) -> list[Way]:
        """The least ways to that truth, YES or NO. Raises TooMany."""
        match condition:
            case All(parts):
                return (_every if truth == YES else _some)([self.of(p, truth) for p in parts])
            case AnyOf(parts):
                return (_some if truth == YES else _every)([self.of(p, truth) for p in parts])
            case Not(part):
                return self.of(part, YES - truth)
            case AtLeast(n, parts):
                needed = n if truth == YES else len(parts) - n + 1
                return _counted([self.of(p, truth) for p in parts], needed)
            case Named(criterion):
                return self._criterion(criterion, truth)
            case Score() | Sum() | Pair():
                raise TooMany
        tests = self.facts.tests[condition.question]
        bit = tests.bits[condition]
        own: list[Way] = [frozenset({(self.place[condition.question], bit, truth)})]
        if tests.sure & bit or not tests.possible & bit:
            own = [_NOTHING] if bool(tests.sure & bit) == (truth == YES) else []
        show = self.facts.pack.questions[condition.question].show
        if show is None:
            return own
        return (_every if truth == YES else _some)([self.of(show, truth), own])

    def _criterion(self, criterion: str, truth: Truth) -> list[Way]:
        key = criterion, truth
        if key not in self._criteria:
            self._criteria[key] = None
            self._criteria[key] = self.of(self.facts.pack.criteria[criterion].when, truth)
        found = self._criteria[key]
        if found is None:
            raise TooMany
        return found

    def answers(self, way: Way) -> int:
        """The answers that a way needs, as a set in a whole number."""
        last = len(self.place) - 1
        return sum({1 << (last - place) for place, _, _ in way})


def _least(ways: Iterable[Way]) -> list[Way]:
    found: list[Way] = []
    for way in sorted(set(ways), key=len):
        if not any(other <= way for other in found):
            found.append(way)
            if len(found) > MOST_SETS:
                raise TooMany
    return found


def _some(parts: Sequence[list[Way]]) -> list[Way]:
    return _least(way for part in parts for way in part)


def _every(parts: Sequence[list[Way]]) -> list[Way]:
    found = [_NOTHING]
    for part in parts:
        found = _least([one | other for one in found for other in part])
    return found


def _counted(parts: Sequence[list[Way]], needed: int) -> list[Way]:
    if needed * len(parts) > MOST_STEPS:
        raise TooMany
    if needed <= 0 or needed > len(parts):
        return [_NOTHING] if needed <= 0 else []
    found: list[list[Way]] = [[_NOTHING], *[[] for _ in range(needed)]]
    for part in parts:
        for count in range(needed, 0, -1):
            pairs = [one | other for one in found[count - 1] for other in part]
            found[count] = _least([*found[count], *pairs])
    return found[needed]


def functions(ways: Ways, every_way: Sequence[list[Way]]) -> list[Carry]:
    """For each list of ways a function: masks → the smallest set that comes out, or None."""
    lambdas = [_function(ways, some) for some in every_way]
    made: list[Carry] = function("ways", "_", [result(row(lambdas))], {})(None)
    return list(made)


def _function(ways: Ways, some: list[Way]) -> Expression:
    by_answers: dict[int, list[Way]] = {}
    for way in some:
        by_answers.setdefault(ways.answers(way), []).append(way)
    found: Expression = const(None)
    for answers in sorted(by_answers, key=order, reverse=True):
        for way in by_answers[answers]:
            found = choose(_comes_out(way), const(answers), found)
    return small(_MASKS, found)


def _comes_out(way: Way) -> Expression:
    tests: dict[tuple[int, Truth], int] = {}
    for place, bit, truth in sorted(way):
        tests[place, truth] = tests.get((place, truth), 0) | bit
    return every([_test(place, mask, truth) for (place, truth), mask in tests.items()])


def _test(place: int, mask: int, truth: Truth) -> Expression:
    if truth == NO:
        return negate(bits(item(name("b"), const(place)), mask))
    shared = bits(item(name("a"), const(place)), mask)
    return shared if mask.bit_count() == 1 else compare(shared, ast.Eq(), const(mask))
