"""What one question allows: the exact range of a test or a weight over all its possible answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final, TypeAlias

from risk_kit.forms import Between, Chosen, Equals, Term
from risk_kit.model import Question, Value

Truth: TypeAlias = int
NO: Final = 0
OPEN: Final = 1
YES: Final = 2
Range: TypeAlias = tuple[int, int]


def within(span: Range, low: int | None, high: int | None) -> Truth:
    """Whether every (YES), some (OPEN) or no (NO) value of `span` lies in `low..high`."""
    first, last = span
    if low is not None and high is not None and low > high:
        return NO
    if (low is not None and last < low) or (high is not None and first > high):
        return NO
    inside = (low is None or first >= low) and (high is None or last <= high)
    return YES if inside else OPEN


def hull(one: Range, other: Range) -> Range:
    """The smallest range that contains both."""
    return min(one[0], other[0]), max(one[1], other[1])


def test(question: Question, leaf: Equals | Between | Chosen, value: Value | None) -> Truth:
    """The truth of a one-question test for `value`; None asks over all answers the question allows."""
    match leaf:
        case Equals(_, values):
            return _equals(question, values, value)
        case Between(_, low, high):
            return within(number_range(question, value), ordinal(low), ordinal(high))
        case _:
            options, least, most = leaf.options, leaf.least, leaf.most
            return within(_chosen(question, frozenset(options), value), least, most)


def term_range(question: Question, term: Term, value: Value | None) -> Range:
    """The exact range of one term of a sum."""
    if not term.weights:
        first, last = (part * term.times for part in number_range(question, value))
        return min(first, last), max(first, last)
    weights = {option: weight * term.times for option, weight in term.weights}
    if value is None:
        return _open_weights(question, weights)
    chosen = value if isinstance(value, frozenset) else {str(value)}
    total = sum(weights.get(option, 0) for option in chosen)
    return total, total


def together(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with those of one question made one, so that its answers are bounded as a whole."""
    found: dict[str, Term] = {}
    for term in terms:
        other = found.get(term.question)
        found[term.question] = term if other is None else _added(other, term)
    return tuple(found.values())


def _added(one: Term, other: Term) -> Term:
    if not one.weights:
        return Term(one.question, one.times + other.times)
    weights = {option: weight * one.times for option, weight in one.weights}
    for option, weight in other.weights:
        weights[option] = weights.get(option, 0) + weight * other.times
    return Term(one.question, 1, tuple(weights.items()))


def number_range(question: Question, value: Value | None) -> Range:
    """A whole number, or a date as its proleptic ordinal; the declared bounds when open."""
    if value is None:
        return ordinal(question.minimum) or 0, ordinal(question.maximum) or 0
    number = ordinal(value) if isinstance(value, int | date) else None
    return (number, number) if number is not None else (0, 0)


def ordinal(value: int | date | None) -> int | None:
    """Dates as day numbers, so that both kinds compare alike."""
    return value.toordinal() if isinstance(value, date) else value


def choices(question: Question, most: int = 2) -> Iterator[Value]:
    """Possible answers of a question with options; sets of up to `most` options at a time."""
    if question.kind == "yes_no":
        yield from (True, False)
    elif question.kind == "one_of":
        yield from (option.id for option in question.options)
    elif question.kind == "many_of":
        yield from (frozenset({o.id}) for o in question.options if o.exclusive)
        free = [o.id for o in question.options if not o.exclusive]
        empty = 0 if len(free) == len(question.options) else 1
        for size in range(empty, min(most, len(free)) + 1):
            yield from map(frozenset, combinations(free, size))


def _equals(question: Question, values: tuple[bool | str, ...], value: Value | None) -> Truth:
    if value is not None:
        return YES if value in values else NO
    offered = set(choices(question))
    inside = offered & set(values)
    return NO if not inside else YES if inside == offered else OPEN


def _chosen(question: Question, options: frozenset[str], value: Value | None) -> Range:
    if isinstance(value, frozenset):
        count = len(value & options)
        return count, count
    apart = {option.id for option in question.options if option.exclusive}
    together = {option.id for option in question.options} - apart
    needed = bool(apart) and together <= options
    counts = {len(together & options), int(needed)}
    counts |= {int(one in options) for one in apart}
    return min(counts), max(counts)


def _open_weights(question: Question, weights: Mapping[str, int]) -> Range:
    apart = [weights.get(o.id, 0) for o in question.options if o.exclusive]
    free = [weights.get(o.id, 0) for o in question.options if not o.exclusive]
    if question.kind != "many_of":
        return min(apart + free, default=0), max(apart + free, default=0)
    low, high = sum(w for w in free if w < 0), sum(w for w in free if w > 0)
    if apart and free:
        low, high = low or min(free), high or max(free)
    return min([low, *apart]), max([high, *apart])
