"""Conditions written out as trees over tests of one question, and functions of the tests' masks.

A question not shown makes its tests false, so a test is *shown and the test*; criteria are put in
place. Generated functions take two lists, for each question the mask of the tests that surely, and
possibly, hold.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from risk_kit.compile_facts import Facts
from risk_kit.compile_nodes import (
    TRUE,
    Expression,
    bits,
    call,
    choose,
    const,
    counted,
    every,
    function,
    is_const,
    item,
    name,
    negate,
    result,
    row,
    small,
    some,
    total,
)
from risk_kit.compile_points import points_needed
from risk_kit.condition import parts_of
from risk_kit.domain import NO, OPEN, YES, Truth
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
)

Carried: TypeAlias = tuple[int, ...]
Masks: TypeAlias = Sequence[int]
MOST_NODES: Final = 300
_MASKS: Final = ("a", "b")


@dataclass(frozen=True, slots=True)
class Tree:
    """A written-out condition as functions of the masks.

    `carry`: the places of answered questions that carry its truth, once or more; None while open.
    """

    carry: Callable[[Masks, Masks], Carried | None]
    truth: Callable[[Masks, Masks], Truth]
    places: tuple[int, ...]
    read_once: bool


class TooLarge(Exception):
    """The condition cannot be written out: too large, or a form that reads several questions."""


def expanded(facts: Facts, condition: Condition, room: int = MOST_NODES) -> Condition:
    """The condition with criteria and show-conditions put in place. Raises TooLarge."""
    found = _expanded(facts, condition)
    if sum(1 for _ in _nodes(found)) > room:
        raise TooLarge
    return found


def _expanded(facts: Facts, condition: Condition) -> Condition:
    match condition:
        case All(parts):
            return All(tuple(expanded(facts, part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(expanded(facts, part) for part in parts))
        case AtLeast(n, parts):
            return AtLeast(n, tuple(expanded(facts, part) for part in parts))
        case Not(part):
            return Not(expanded(facts, part))
        case Named(criterion):
            return expanded(facts, facts.pack.criteria[criterion].when)
        case Score(dimension, threshold):
            one = facts.pack.dimensions[dimension]
            at = next(mark.at for mark in one.thresholds if mark.id == threshold)
            if one.minimum < at <= one.maximum:
                return condition
            return All(()) if at <= one.minimum else AnyOf(())
        case Sum() | Pair():
            raise TooLarge
        case _:
            show = facts.pack.questions[condition.question].show
            return condition if show is None else All((expanded(facts, show), condition))


def _nodes(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in parts_of(condition):
        yield from _nodes(part)


def scores_in(condition: Condition) -> bool:
    """Whether a score is asked for."""
    return any(isinstance(one, Score) for one in _nodes(condition))


def trees(facts: Facts, conditions: Sequence[Condition]) -> list[Tree]:
    """The functions of written-out conditions without scores."""
    writer = _Writer(facts)
    pairs = [(writer.carry_function(one), writer.truth_function(one)) for one in conditions]
    made = function("trees", "_", [result(row([row(pair) for pair in pairs]))], {"least": least})
    found = []
    for condition, (carry, truth) in zip(conditions, made(None), strict=True):
        reads = [
            writer.place[leaf.question] for leaf in _nodes(condition) if isinstance(leaf, _TESTS)
        ]
        places = tuple(dict.fromkeys(reads))
        found.append(Tree(carry, truth, places, len(places) == len(reads)))
    return found


_TESTS: Final = (Equals, Between, Chosen, Answered)


def least(n: int, *found: Carried | None) -> Carried:
    """The `n` shortest of those that are there, joined."""
    best = sorted((one for one in found if one is not None), key=len)[:n]
    return tuple(place for one in best for place in one)


@dataclass(frozen=True, slots=True)
class _Way:
    """An expression for the carrying answers, how few and how many they may be."""

    value: Expression
    low: int
    high: int


class _Writer:
    def __init__(self, facts: Facts) -> None:
        self.tests = facts.tests
        self.place = {question: i for i, question in enumerate(facts.pack.questions)}

    def carry_function(self, condition: Condition) -> Expression:
        """Masks → carrying answers, or None."""
        yes, no = self.carry(condition, YES).value, self.carry(condition, NO).value
        rest = choose(self.holds(condition, NO), no, const(None))
        return small(_MASKS, choose(self.holds(condition, YES), yes, rest))

    def truth_function(self, condition: Condition) -> Expression:
        """Masks → truth."""
        rest = choose(self.holds(condition, NO), const(NO), const(OPEN))
        return small(_MASKS, choose(self.holds(condition, YES), const(YES), rest))

    def holds(self, condition: Condition, truth: Truth) -> Expression:
        """Whether the condition has that truth, YES or NO."""
        match condition:
            case All(parts):
                return (every if truth == YES else some)([self.holds(p, truth) for p in parts])
            case AnyOf(parts):
                return (some if truth == YES else every)([self.holds(p, truth) for p in parts])
            case Not(part):
                return self.holds(part, YES - truth)
            case AtLeast(n, parts):
                needed = n if truth == YES else len(parts) - n + 1
                return counted([self.holds(p, truth) for p in parts], needed)
            case Equals(question) | Between(question) | Chosen(question) | Answered(question):
                return self._test(question, condition, truth)
        raise TooLarge

    def _test(
        self, question: str, test: Equals | Between | Chosen | Answered, truth: Truth
    ) -> Expression:
        tests, place = self.tests[question], const(self.place[question])
        bit = tests.bits[test]
        if tests.sure & bit or not tests.possible & bit:
            return const(bool(tests.sure & bit) == (truth == YES))
        if truth == YES:
            return bits(item(name("a"), place), bit)
        return negate(bits(item(name("b"), place), bit))

    def carry(self, condition: Condition, truth: Truth) -> _Way:
        """What carries a truth that the condition is known to have."""
        match condition:
            case Not(part):
                return self.carry(part, YES - truth)
            case All(parts):
                return self._parts(parts, truth, len(parts) if truth == YES else 1)
            case AnyOf(parts):
                return self._parts(parts, truth, 1 if truth == YES else len(parts))
            case AtLeast(n, parts):
                return self._parts(parts, truth, n if truth == YES else len(parts) - n + 1)
            case Equals(question) | Between(question) | Chosen(question) | Answered(question):
                if isinstance(self._test(question, condition, truth), ast.Constant):
                    return _Way(row([]), 0, 0)
                return _Way(row([const(self.place[question])]), 1, 1)
        raise TooLarge

    def _parts(self, parts: Sequence[Condition], truth: Truth, needed: int) -> _Way:
        """The cheapest `needed` of the parts that have the truth."""
        known = [(self.holds(part, truth), self.carry(part, truth)) for part in parts]
        needed -= sum(is_const(test, TRUE) for test, _ in known)
        left = [one for one in known if not isinstance(one[0], ast.Constant)]
        if needed <= 0 or needed > len(left):
            return _Way(row([]), 0, 0)
        left.sort(key=lambda one: (one[1].high, one[1].low))
        ways = [way for _, way in left]
        if needed == len(left):
            return _Way(_joined(ways), sum(w.low for w in ways), sum(w.high for w in ways))
        low = sum(sorted(way.low for way in ways)[:needed])
        high = sum(sorted(way.high for way in ways)[-needed:])
        in_order = all(one.high <= other.low for one, other in pairwise(ways))
        if needed == 1 and in_order:
            found = ways[-1].value
            for test, way in reversed(left[:-1]):
                found = choose(test, way.value, found)
            return _Way(found, low, high)
        there = [choose(test, way.value, const(None)) for test, way in left]
        return _Way(call(name("least"), const(needed), *there), low, high)


def _joined(ways: Sequence[_Way]) -> Expression:
    fixed: list[Expression] = []
    others = []
    for way in ways:
        if isinstance(way.value, ast.Tuple):
            fixed += way.value.elts
        else:
            others.append(way.value)
    return total([*others, row(fixed)]) if fixed or not others else total(others)


def needed_points(facts: Facts, score: Score) -> int:
    """The points that a score asks for."""
    one = facts.pack.dimensions[score.dimension]
    return points_needed(one, next(m.at for m in one.thresholds if m.id == score.threshold))
