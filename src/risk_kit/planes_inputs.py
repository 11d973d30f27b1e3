"""The input planes of a pack: which there are, and the bit of each for an answer.

Nothing is set for an open answer. A yes/no question has a plane for each answer, a choice one for
each option, a many-of question one for *answered* and one for each option, a text one for *answered*.
A number or date has one for *answered*, one for each threshold that some test makes and, where it is
added up or has many values, one for each bit of its distance from the minimum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from risk_kit import domain
from risk_kit.forms import Between
from risk_kit.model import UNKNOWN, Question, Value

OPEN_CODE: Final = 255
MOST_NARROW: Final = 254
DIGIT: Final = 7
Codes: TypeAlias = Sequence[int]
_WITH_BIT: Final[Sequence[Codes]] = [
    [code for code in range(OPEN_CODE) if code >> bit & 1] for bit in range(8)
]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input planes of one question, `first` being the number of the first of them.

    `cuts`: the numbers above the minimum at which some test changes; `at_least`: those of them that
    have a plane; `bits`: how many bits of the distance have one.
    """

    question: Question
    first: int
    cuts: tuple[int, ...] = ()
    at_least: tuple[int, ...] = ()
    bits: int = 0

    @property
    def count(self) -> int:
        """How many planes there are."""
        match self.question.kind:
            case "yes_no":
                return 2
            case "one_of":
                return len(self.question.options)
            case "many_of":
                return 1 + len(self.question.options)
        return 1 + len(self.at_least) + self.bits

    @property
    def minimum(self) -> int:
        """The lowest number, dates as day numbers."""
        return domain.number_range(self.question, None)[0]

    def mask(self, value: Value | None) -> int:
        """The planes that are set for an answer, the first in the lowest bit."""
        if value is None or value is UNKNOWN:
            return 0
        match self.question.kind:
            case "yes_no":
                return 1 if value else 2
            case "one_of":
                return 1 << [option.id for option in self.question.options].index(str(value))
            case "many_of" if isinstance(value, frozenset):
                chosen = enumerate(self.question.options)
                return 1 | sum(2 << i for i, option in chosen if option.id in value)
            case "whole_number" | "date" if isinstance(value, int | date):
                return self._number(domain.ordinal(value) or 0)
        return 1

    def _number(self, number: int) -> int:
        reached = sum(2 << i for i, at in enumerate(self.at_least) if number >= at)
        distance_bits = (number - self.minimum) << (1 + len(self.at_least)) if self.bits else 0
        return 1 | reached | distance_bits

    # -- one byte a case ---------------------------------------------------------------------------

    def columns(self) -> tuple[str, ...]:
        """The names of the byte columns: the question, then `question#1` … where more are needed."""
        extra = max(0, (self._width() - 1) // DIGIT)
        return (self.question.id, *(f"{self.question.id}#{i}" for i in range(1, extra + 1)))

    def codes(self, value: Value | None) -> tuple[int, ...]:
        """The byte of each column for an answer; 255 is open.

        Yes is 1, no 0; a choice is its option's place; chosen options are bits, seven to a column; a
        number or date is its distance from the minimum, in base 128 from the lowest digit where it
        is more than 254.
        """
        if value is None or value is UNKNOWN:
            return (OPEN_CODE,) * len(self.columns())
        match self.question.kind:
            case "yes_no":
                return (int(value is True),)
            case "one_of":
                return (self.mask(value).bit_length() - 1,)
            case "many_of":
                whole = self.mask(value) >> 1
            case "whole_number" | "date" if isinstance(value, int | date):
                whole = (domain.ordinal(value) or 0) - self.minimum
                if len(self.columns()) == 1:
                    return (whole,)
            case _:
                whole = 0
        places = range(len(self.columns()))
        return tuple(whole >> (DIGIT * i) & (2**DIGIT - 1) for i in places)

    def _width(self) -> int:
        if self.question.kind == "many_of":
            return len(self.question.options)
        if self.question.kind in ("whole_number", "date"):
            span = distance(self.question)
            return 1 if span <= MOST_NARROW else span.bit_length()
        return 1

    def spots(self) -> list[tuple[str, Codes]]:
        """For each plane its column and the bytes there that set it."""
        names = self.columns()
        match self.question.kind:
            case "yes_no":
                return [(names[0], (1,)), (names[0], (0,))]
            case "one_of":
                return [(names[0], (i,)) for i in range(len(self.question.options))]
            case "many_of":
                return [(names[0], range(OPEN_CODE)), *self._bit_spots(len(self.question.options))]
        reached = [(names[0], range(at - self.minimum, OPEN_CODE)) for at in self.at_least]
        return [(names[0], range(OPEN_CODE)), *reached, *self._bit_spots(self.bits)]

    def _bit_spots(self, count: int) -> list[tuple[str, Codes]]:
        names = self.columns()
        places = [(0, i) if len(names) == 1 else divmod(i, DIGIT) for i in range(count)]
        return [(names[column], _WITH_BIT[bit]) for column, bit in places]


def distance(question: Question) -> int:
    """From the lowest to the highest number that a question accepts."""
    low, high = domain.number_range(question, None)
    return high - low


def inputs_of(
    questions: Sequence[Question], tests: Mapping[str, Iterable[Between]], added: frozenset[str]
) -> Mapping[str, Inputs]:
    """The input planes of the questions; `added` are the numbers that some sum adds up."""
    found: dict[str, Inputs] = {}
    first = 0
    for question in questions:
        one = Inputs(question, first)
        if question.kind in ("whole_number", "date"):
            wide = distance(question) > MOST_NARROW
            cuts = _thresholds(question, tests.get(question.id, ()))
            bits = distance(question).bit_length() if wide or question.id in added else 0
            one = Inputs(question, first, cuts, () if wide else cuts, bits)
        found[question.id] = one
        first += one.count
    return found


def _thresholds(question: Question, tests: Iterable[Between]) -> tuple[int, ...]:
    """The numbers, above the minimum, at which some test changes."""
    low, high = domain.number_range(question, None)
    found: set[int] = set()
    for test in tests:
        first, last = domain.ordinal(test.low), domain.ordinal(test.high)
        found |= {first} if first is not None else set()
        found |= {last + 1} if last is not None else set()
    return tuple(sorted(at for at in found if low < at <= high))
