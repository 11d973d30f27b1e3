"""What one question says, worked out once per pack: which of its tests hold for which answer.

Each distinct one-question test has a bit of its own; a mask has that bit when the test holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from risk_kit import domain
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.forms import Answered, Between, Chosen, Equals
from risk_kit.model import Question, Value

Test: TypeAlias = Equals | Between | Chosen | Answered
Mask: TypeAlias = Callable[[Any], int]
MOST_VALUES: Final = 256


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of one question: the bit of each, and which hold for an answer.

    `sure` hold for every answer that the question allows, `possible` for some. `table` gives the
    mask of every answer where there are few; otherwise `mask` works it out.
    """

    bits: Mapping[Test, int]
    sure: int
    possible: int
    table: Mapping[Any, int] | None
    mask: Mask


def tests_of(question: Question, tests: Iterable[Test]) -> Tests:
    """The tests of a question with the fastest way to find which of them hold."""
    distinct = list(dict.fromkeys(tests))
    if question.kind == "many_of":
        bits, mask = _fields(question, distinct)
    else:
        bits = {test: 1 << i for i, test in enumerate(distinct)}
        mask = _every(bits)
    table: dict[Any, int] | None = None
    if question.kind in ("whole_number", "date"):
        cuts = _cuts(question, distinct)
        starts = [question.minimum, *cuts]
        mask = _interval(cuts, [_holding(question, bits, start) for start in starts])
        if question.kind == "whole_number" and _width(question) <= MOST_VALUES:
            first: Any = question.minimum
            table = {first + i: mask(first + i) for i in range(_width(question))}
    elif question.kind in ("yes_no", "one_of"):
        table = {value: _holding(question, bits, value) for value in domain.choices(question)}
        mask = table.__getitem__
    alone = {test: truth(question, test, None) for test in distinct}
    sure = sum(bits[test] for test in distinct if alone[test] == YES)
    possible = sum(bits[test] for test in distinct if alone[test] != NO)
    return Tests(bits, sure, possible, table, mask)


def truth(question: Question, test: Test, value: Value | None) -> Truth:
    """The truth of a test for an answer, None being none, as if its question is shown."""
    if isinstance(test, Answered):
        return OPEN if value is None else YES
    return domain.test(question, test, value)


def _holding(question: Question, bits: Mapping[Test, int], value: Any) -> int:  # noqa: ANN401
    return sum(bit for test, bit in bits.items() if truth(question, test, value) == YES)


def _every(bits: Mapping[Test, int]) -> Mask:
    whole = sum(bits.values())
    return lambda _: whole


def _width(question: Question) -> int:
    low, high = domain.number_range(question, None)
    return high - low + 1


def _cuts(question: Question, tests: Sequence[Test]) -> list[Any]:
    """The answers at which some test changes, in order, the lowest answer left out."""
    least: Any = question.minimum
    most: Any = question.maximum
    step: Any = timedelta(days=1) if isinstance(least, date) else 1
    found = set()
    for test in tests:
        if isinstance(test, Between):
            found |= {test.low} if test.low is not None else set()
            found |= {test.high + step} if test.high is not None and test.high < most else set()
    return sorted(cut for cut in found if least < cut <= most)


def _interval(cuts: Sequence[Any], masks: Sequence[int]) -> Mask:
    return lambda value: masks[bisect_right(cuts, value)]


def _fields(question: Question, tests: Sequence[Test]) -> tuple[Mapping[Test, int], Mask]:
    """All counts of a many-of question at once: one number holds a field per test.

    A field has room for the count and a carry. It starts so that the carry appears when the count
    reaches the least (or, in the second start, goes above the most) that its test allows.
    """
    room = (len(question.options) + 1).bit_length()
    full, most = 1 << room, len(question.options)
    bits, adds = {}, dict.fromkeys((option.id for option in question.options), 0)
    reach = above = carries = 0
    for i, test in enumerate(tests):
        place = i * (room + 1)
        bits[test] = full << place
        carries |= full << place
        if isinstance(test, Chosen):
            reach |= (full - min(max(test.least, 0), most + 1)) << place
            above |= (0 if test.most is None else full - 1 - min(max(test.most, -1), most)) << place
            for option in frozenset(test.options) & adds.keys():
                adds[option] |= 1 << place
        else:
            reach |= full << place

    def mask(chosen: frozenset[str]) -> int:
        count = 0
        for option in chosen:
            count += adds[option]
        return (count + reach) & ~(count + above) & carries

    return bits, mask
