"""The answers that carry a score of many parts, as `reasons` finds them: what gives most first.

Then what is not needed is left out, the last question of the pack first; only the parts that read a
question are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from risk_kit import domain
from risk_kit.compile_points import Group
from risk_kit.compile_sets import order
from risk_kit.compile_sums import taken
from risk_kit.compile_ways import Carry
from risk_kit.domain import NO, YES, Range, Truth
from risk_kit.model import Value


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer set: values by place (None: open), masks of tests, and those of no answers.

    `carried`: of each rule that is written out, its truth and the answers that carry it. `offers`
    remembers what `Points` has worked out.
    """

    values: Sequence[Value | None]
    sure: list[int]
    possible: list[int]
    none_sure: list[int]
    none_possible: list[int]
    carried: dict[str, tuple[Truth, int]] = field(default_factory=dict)
    offers: dict[tuple[str, int], tuple[int, int, list[tuple[int, int]]]] = field(
        default_factory=dict
    )


class Left:
    """The answers that are left, and the masks when only those questions are answered."""

    __slots__ = ("a", "answers", "b", "kept")

    def __init__(self, answers: Answers, kept: int) -> None:
        self.answers, self.kept = answers, 0
        self.a, self.b = answers.none_sure.copy(), answers.none_possible.copy()
        for place in places(kept, len(self.a)):
            self.put(place)

    def put(self, place: int) -> None:
        """Take a question's answer in."""
        self.a[place], self.b[place] = self.answers.sure[place], self.answers.possible[place]
        self.kept |= 1 << (len(self.a) - 1 - place)

    def leave_out(self, place: int) -> None:
        """Leave a question's answer out."""
        none, possible = self.answers.none_sure[place], self.answers.none_possible[place]
        self.a[place], self.b[place] = none, possible
        self.kept &= ~(1 << (len(self.a) - 1 - place))


def places(answers: int, questions: int) -> list[int]:
    """The places of the questions in a set, the last first."""
    found = []
    while answers:
        low = answers & -answers
        found.append(questions - low.bit_length())
        answers ^= low
    return found


@dataclass(frozen=True, slots=True)
class Added:
    """A rule that adds a fixed amount, written out."""

    rule: str
    amount: int
    yes: Carry
    no: Carry

    def base(self, sign: int) -> int:
        """The least sum (sign 1) or least negative sum (-1) when nothing is answered."""
        return min(self.amount * sign, 0)

    def offer(self, answers: Answers, sign: int) -> tuple[int, int] | None:
        """How much the answers lift that sum, and the set of them that does."""
        truth, some = answers.carried[self.rule]
        lifts = truth == (YES if self.amount * sign > 0 else NO)
        return (abs(self.amount), some) if lifts else None

    def gain(self, left: Left, sign: int) -> int:
        """How much is there with what is left."""
        carry = self.yes if self.amount * sign > 0 else self.no
        return 0 if carry(left.a, left.b) is None else abs(self.amount)


@dataclass(frozen=True, slots=True)
class Bounded:
    """Rules on one question together: what they add by its answer (None: open), low and high."""

    place: int
    spans: Mapping[Value | None, Range]

    def base(self, sign: int) -> int:
        """The least sum (sign 1) or least negative sum (-1) when nothing is answered."""
        low, high = self.spans[None]
        return low if sign > 0 else -high

    def offer(self, answers: Answers, sign: int) -> tuple[int, int] | None:
        """How much the answer lifts that sum, and the set of it."""
        low, high = self.spans[answers.values[self.place]]
        gain = (low if sign > 0 else -high) - self.base(sign)
        return (gain, 1 << (len(answers.values) - 1 - self.place)) if gain else None

    def gain(self, left: Left, sign: int) -> int:
        """How much is there with what is left."""
        found = self.offer(left.answers, sign)
        return 0 if found is None or not found[1] & left.kept else found[0]


Part: TypeAlias = Added | Bounded


def bounded(group: Group, place: int) -> Bounded:
    """The rules of a group whose question is always asked."""
    values = (None, *domain.choices(group.question))
    return Bounded(place, {value: group.span(value, YES) for value in values})


@dataclass(frozen=True, slots=True)
class Points:
    """All that adds to one dimension; `readers`: of each question, the places of parts that read it."""

    dimension: str
    parts: tuple[Part, ...]
    bases: Mapping[int, int]
    readers: Mapping[int, Sequence[int]]

    def offers(self, answers: Answers, sign: int) -> tuple[int, int, list[tuple[int, int]]]:
        """What is there without answers, what with them, and what they offer; worked out once."""
        key = self.dimension, sign
        if key not in answers.offers:
            found = [one for part in self.parts if (one := part.offer(answers, sign)) is not None]
            free = sum([gain for gain, some in found if not some]) + self.bases[sign]
            offers = [one for one in found if one[1]]
            answers.offers[key] = free, free + sum([gain for gain, _ in offers]), offers
        return answers.offers[key]

    def reaches(self, answers: Answers, sign: int, target: int) -> bool:
        """Whether the answers lift the sum so far."""
        return self.offers(answers, sign)[1] >= target

    def carry(self, answers: Answers, sign: int, target: int) -> int:
        """Answers that lift the sum so far, not yet the fewest."""
        free, _, offers = self.offers(answers, sign)
        found = 0
        for some in taken(offers, target - free):
            found |= some
        return found


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A rule that asks for a score and for other parts, each written out by itself.

    `read`: the places of the questions that the others read.
    """

    points: Points
    needed: int
    others: tuple[tuple[Carry, Carry], ...]
    read: frozenset[int]

    def witness(self, answers: Answers) -> int:
        """The answers that carry its truth; none while it is open."""
        a, b = answers.sure, answers.possible
        against = [some for _, no in self.others if (some := no(a, b)) is not None]
        never = self.points.reaches(answers, -1, 1 - self.needed)
        if against or never:
            if not against:
                return self._left(answers, NO, self.points.carry(answers, -1, 1 - self.needed))
            best = min(against, key=order)
            return self._left(answers, NO, best) if never else best
        beside = [some for yes, _ in self.others if (some := yes(a, b)) is not None]
        if len(beside) < len(self.others) or not self.points.reaches(answers, 1, self.needed):
            return 0
        found = self.points.carry(answers, 1, self.needed)
        for some in beside:
            found |= some
        return self._left(answers, YES, found)

    def _left(self, answers: Answers, truth: Truth, kept: int) -> int:
        """The answers without those that are not needed, the last left out first."""
        sign, target = (1, self.needed) if truth == YES else (-1, 1 - self.needed)
        left, parts, reading = Left(answers, kept), self.points.parts, self.points.readers
        gains = [part.gain(left, sign) for part in parts]
        spare = self.points.bases[sign] + sum(gains) - target
        for place in places(kept, len(left.a)):
            left.leave_out(place)
            there = [i for i in reading.get(place, ()) if gains[i]]
            now = [parts[i].gain(left, sign) for i in there]
            loss = sum([gains[i] for i in there]) - sum(now)
            if self._stands(left, truth, place, reached=loss <= spare):
                spare -= loss
                for i, gain in zip(there, now, strict=True):
                    gains[i] = gain
            else:
                left.put(place)
        return left.kept

    def _stands(self, left: Left, truth: Truth, place: int, *, reached: bool) -> bool:
        """Whether the truth stands when a question is left out; before, it did."""
        if truth == NO:
            return reached or any(no(left.a, left.b) is not None for _, no in self.others)
        if not reached or place not in self.read:
            return reached
        return all(yes(left.a, left.b) is not None for yes, _ in self.others)


def readers(places_of: Iterable[Iterable[int]]) -> Mapping[int, Sequence[int]]:
    """Of each question by place, which of them read it."""
    found: dict[int, list[int]] = {}
    for i, some in enumerate(places_of):
        for place in some:
            found.setdefault(place, []).append(i)
    return found
