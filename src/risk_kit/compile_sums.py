"""Which answers lift a sum, or hold it down: each part of it has options, a set and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple, TypeAlias

from risk_kit.compile_sets import UNDECIDED, Carried, kept, loosely, order
from risk_kit.domain import NO, Range, Truth, hull

MOST_PARTS: Final = 8
MOST_WAYS: Final = 512


class Option(NamedTuple):
    """When these answers are there, a part of the sum lies in the span."""

    answers: int
    span: Range


Part: TypeAlias = Sequence[Option]
_Way: TypeAlias = tuple[int, int]


class Parts(NamedTuple):
    """The parts of a sum; `exact`: no option is missing."""

    parts: Sequence[Part]
    exact: bool = True


def asked(shown: Carried, own: int | None, spans: Sequence[tuple[Range, Range]]) -> Part:
    """Options of what hangs on one question with the bit `own` (None: not answered).

    `spans` are, by the truth of its showing, the spans without and with its answer.
    """
    reached = [(shown.truth, some) for some in shown.sets]
    options = []
    for truth, some in [(1, 0), *reached]:
        free, known = spans[truth]
        options.append(Option(some, free))
        if own is not None:
            options.append(Option(some | own, known))
    return options


def counted(rule: Carried, amount: int, terms: Sequence[Part]) -> Part:
    """Options of a rule that adds an amount and terms when it holds."""
    whole = [_together(options, amount) for options in _choices(terms)]
    found = [Option(one.answers, hull(one.span, (0, 0))) for one in whole]
    for some in rule.sets:
        if rule.truth == NO:
            found.append(Option(some, (0, 0)))
        else:
            found += [Option(some | one.answers, one.span) for one in whole]
    return found


def few(terms: Sequence[Part]) -> bool:
    """Whether every choice of one option for each term can be looked at."""
    return prod(map(len, terms)) <= MOST_WAYS


def _choices(terms: Sequence[Part]) -> Iterable[Sequence[Option]]:
    """One option of each term; with very many, only none and the best of each."""
    if few(terms):
        return product(*terms)
    return [term[0] for term in terms], [min(term, key=_width) for term in terms]


def _width(option: Option) -> tuple[int, int, int]:
    return option.span[1] - option.span[0], *order(option.answers)


def _together(options: Iterable[Option], amount: int) -> Option:
    answers, low, high = 0, amount, amount
    for one in options:
        answers |= one.answers
        low, high = low + one.span[0], high + one.span[1]
    return Option(answers, (low, high))


def reach(parts: Parts, sign: int, target: int, truth: Truth) -> Carried:
    """The answers with which the least sum (sign 1) or the least negative sum (-1) is the target.

    Undecided when all answers together do not reach it. Loose with many parts or ways.
    """
    ways = [_ways(part, sign) for part in parts.parts]
    most = [max(gain for _, gain in part) for part in ways]
    if sum(most) < target:
        return UNDECIDED
    if len(ways) > MOST_PARTS:
        return _greedy(ways, target, truth)
    found: list[_Way] = [(0, 0)]
    left, sure = sum(most), sum(map(_free, ways))
    for part, best in zip(ways, most, strict=True):
        left, sure = left - best, sure - _free(part)
        pairs = [(s | t, min(x + y, target - sure)) for s, x in found for t, y in part]
        found = _undominated([way for way in pairs if way[1] + left >= target])
        if len(found) > MOST_WAYS:
            return _greedy(ways, target, truth)
    return kept(truth, [some for some, _ in found], exact=parts.exact)


def _ways(part: Part, sign: int) -> list[_Way]:
    return _undominated([(some, low if sign > 0 else -high) for some, (low, high) in part])


def _undominated(ways: Iterable[_Way]) -> list[_Way]:
    """Without those that give no more than one with fewer answers."""
    found: list[_Way] = []
    for some, gain in sorted(ways, key=lambda way: (*order(way[0]), -way[1])):
        if not any(other & some == other and gain <= more for other, more in found):
            found.append((some, gain))
    return found


def _free(part: Sequence[_Way]) -> int:
    """What a part gives without any answer."""
    return max(gain for some, gain in part if not some)


def _greedy(ways: Sequence[Sequence[_Way]], target: int, truth: Truth) -> Carried:
    """What gives most for an answer first, until the target is reached."""
    missing = target
    offers = []
    for part in ways:
        base = _free(part)
        some, best = min(part, key=lambda way: (-way[1], order(way[0])))
        missing -= base
        if best > base:
            offers.append((best - base, some))
    return loosely(truth, taken(offers, missing))


def taken(offers: Iterable[tuple[int, int]], missing: int) -> list[int]:
    """Of (gain, answers), those that give most for an answer, until nothing is missing."""
    found = []
    for gain, some in sorted(offers, key=lambda offer: -offer[0] / offer[1].bit_count()):
        if missing <= 0:
            break
        missing -= gain
        found.append(some)
    return found
