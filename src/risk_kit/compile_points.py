"""Points that hang on one question alone: bounded together over its options, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from risk_kit import domain
from risk_kit.compile_tables import truth
from risk_kit.condition import effective, parts_of, questions_in
from risk_kit.domain import NO, YES, Range, Truth
from risk_kit.forms import All, AnyOf, AtLeast, Condition, Named, Not, Pair, Score, Sum, Term
from risk_kit.model import Dimension, Question, Rule, Value


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that read one and the same question, and what they add to one dimension."""

    question: Question
    dimension: str
    rules: tuple[tuple[Rule, Condition], ...]

    def span(self, value: Value | None, shown: Truth) -> Range:
        """The lowest and highest sum of points for an answer (None: open) and a showing."""
        possible = domain.choices(self.question) if value is None else (value,)
        sums = [self._points(one) for one in possible] if shown != NO else []
        sums += [self._points(None)] if shown != YES else []
        return min(sums), max(sums)

    def _points(self, value: Value | None) -> int:
        """The points for an answer; None: the question is not shown."""
        found = 0
        for rule, when in self.rules:
            if self._holds(when, value):
                amount, terms = points_of(rule, self.dimension)
                found += amount + self._sum(terms, value)
        return found

    def _sum(self, terms: Iterable[Term], value: Value | None) -> int:
        if value is None:
            return 0
        return sum(domain.term_range(self.question, term, value)[0] for term in terms)

    def _holds(self, condition: Condition, value: Value | None) -> bool:
        match condition:
            case All(parts):
                return all(self._holds(part, value) for part in parts)
            case AnyOf(parts):
                return any(self._holds(part, value) for part in parts)
            case Not(part):
                return not self._holds(part, value)
            case AtLeast(n, parts):
                return sum(self._holds(part, value) for part in parts) >= n
            case Sum(terms, low, high):
                found = self._sum(terms, value)
                return (low is None or low <= found) and (high is None or found <= high)
            case Pair(_, _, pairs):
                return (value, value) in pairs
            case Named() | Score():
                raise TypeError("a group reads one question alone")
            case _:
                return value is not None and truth(self.question, condition, value) == YES


def groups(
    rules: Sequence[Rule],
    exempters: Mapping[str, Sequence[Rule]],
    questions: Mapping[str, Question],
) -> Iterator[Group]:
    """Each dimension's rules that read one question with few answers, together by question."""
    found: dict[tuple[str, str], list[tuple[Rule, Condition]]] = {}
    for rule in rules:
        when = effective(rule, exempters[rule.id])
        only = _only_question(rule, when, questions) if rule.points else None
        for dimension in dict.fromkeys(one.dimension for one in rule.points) if only else ():
            found.setdefault((only or "", dimension), []).append((rule, when))
    for (question, dimension), members in found.items():
        yield Group(questions[question], dimension, tuple(members))


def points_of(rule: Rule, dimension: str) -> tuple[int, tuple[Term, ...]]:
    """What a rule adds to a dimension when it holds: a fixed amount, and terms."""
    mine = [one for one in rule.points if one.dimension == dimension]
    terms = domain.together(term for one in mine for term in one.terms)
    return sum(one.amount for one in mine), terms


def points_needed(one: Dimension, at: int) -> int:
    """The fewest points whose rounded quotient is at least `at`."""
    if one.rounding == "down":
        return at * one.divide_by
    if one.rounding == "up":
        return (at - 1) * one.divide_by + 1
    return -((one.divide_by - 2 * one.divide_by * at) // 2)


def _only_question(rule: Rule, when: Condition, questions: Mapping[str, Question]) -> str | None:
    reads = set(questions_in(when))
    reads |= {term.question for one in rule.points for term in one.terms}
    if len(reads) != 1 or _names_others(when):
        return None
    (only,) = reads
    return only if questions[only].kind in ("yes_no", "one_of") else None


def _names_others(condition: Condition) -> bool:
    return isinstance(condition, Named | Score) or any(map(_names_others, parts_of(condition)))
