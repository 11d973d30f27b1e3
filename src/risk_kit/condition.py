"""What a condition means: three-valued (Kleene), total, the reference for every faster form.

A truth is an int: NO = 0, OPEN = 1, YES = 2, so that *and* is `min`, *or* is `max`, *not* is `2 - t`.
A leaf speaks of one question (or a few). Unanswered and unknown leave it open unless every answer
that the question allows gives the same result. A question that is not shown makes each of its
tests false; one whose showing is open makes a true test open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from risk_kit import domain
from risk_kit.domain import NO, OPEN, YES, Range, Truth, hull, within
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
    Term,
)
from risk_kit.model import UNKNOWN, Derived, Obligation, Pack, Rule, Scale, Source, Value

_K = TypeVar("_K")
_T = TypeVar("_T")
NOTHING_HELD: Final[Mapping[str, Truth]] = MappingProxyType({})
NOTHING_SCORED: Final[Mapping[str, Range]] = MappingProxyType({})


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside."""
    match condition:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def questions_in(condition: Condition) -> frozenset[str]:
    """The questions that the condition names itself, not through criteria or scores."""
    match condition:
        case Equals(question) | Between(question) | Chosen(question) | Answered(question):
            return frozenset({question})
        case Pair(row, column):
            return frozenset({row, column})
        case Sum(terms):
            return frozenset(term.question for term in terms)
        case _:
            return frozenset().union(*map(questions_in, parts_of(condition)))


def in_force(pack: Pack, as_of: date) -> tuple[Rule, ...]:
    """The rules that apply on a day: neither retired nor outside their validity."""
    return tuple(r for r in pack.framework.rules if not r.retired and valid_on(r, as_of))


def valid_on(thing: Rule | Obligation | Source, day: date) -> bool:
    """Whether `day` lies in `valid_from..valid_to`, ends included."""
    begun = thing.valid_from is None or thing.valid_from <= day
    return begun and (thing.valid_to is None or day <= thing.valid_to)


def effective(rule: Rule, exempters: Sequence[Rule]) -> Condition:
    """When the rule counts: its own condition holds and no rule that exempts it does."""
    own = _unless(rule)
    return All((own, *(Not(_unless(one)) for one in exempters))) if exempters else own


def raised(rule: Rule, scale: Scale) -> int:
    """The place on the scale to which the rule raises it; 0 when it does not."""
    return max((scale.position(r.level) for r in rule.raises if r.scale == scale.id), default=0)


def _unless(rule: Rule) -> Condition:
    return rule.when if rule.unless is None else All((rule.when, Not(rule.unless)))


def exempters_of(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """Rule id → the rules that exempt it, in the order of `rules`."""
    found: dict[str, list[Rule]] = {rule.id: [] for rule in rules}
    for rule in rules:
        for name in rule.exempts:
            if name in found and rule not in found[name]:
                found[name].append(rule)
    return found


class Situation:
    """A pack, the rules in force and one set of answers; remembers what it has worked out.

    `values` maps question id → value; unknown and absent both count as unanswered. Scores add the
    points of `rules` only. `memory` is for `risk_kit.reasons`.
    """

    __slots__ = ("_criteria", "_scores", "_shown", "exempters", "memory", "pack", "rules", "values")

    def __init__(
        self,
        pack: Pack,
        values: Mapping[str, Value],
        rules: Sequence[Rule],
        shown: Mapping[str, Truth] = NOTHING_HELD,
        scores: Mapping[str, Range] = NOTHING_SCORED,
    ) -> None:
        self.pack = pack
        self.rules = rules
        self.values = {q: v for q, v in values.items() if v is not UNKNOWN}
        self.exempters = exempters_of(rules)
        self.memory: dict[str, frozenset[str]] = {}
        self._criteria: dict[str, Truth] = {}
        self._shown: dict[str, Truth] = dict(shown)
        self._scores: dict[str, Range] = dict(scores)

    def given(
        self, values: Mapping[str, Value], shown: Mapping[str, Truth] = NOTHING_HELD
    ) -> Situation:
        """The same pack and rules with other answers, some questions held shown or hidden."""
        other = Situation(self.pack, values, (), shown)
        other.rules, other.exempters = self.rules, self.exempters
        return other

    def shown(self, question: str) -> Truth:
        """Whether the question is asked."""
        known = self._shown.get(question)
        if known is None:
            show = self.pack.questions[question].show
            known = self._shown[question] = YES if show is None else self.truth(show)
        return known

    def outcome(self, rule: Rule) -> Truth:
        """Whether the rule holds and nothing exempts it."""
        return self.truth(self.effective(rule))

    def effective(self, rule: Rule) -> Condition:
        """The condition of the rule together with those that exempt it."""
        return effective(rule, self.exempters[rule.id])

    def truth(self, condition: Condition) -> Truth:
        """YES, OPEN or NO."""
        match condition:
            case Equals(question) | Chosen(question) | Between(question) | Answered(question):
                return min(self.shown(question), self.leaf(condition))
            case All() | AnyOf() | Not() | AtLeast():
                return combined(condition, [self.truth(part) for part in parts_of(condition)])
            case Named(criterion):
                when = self.pack.criteria[criterion].when
                return once(self._criteria, criterion, lambda: self.truth(when))
            case Score(dimension, threshold):
                marks = {one.id: one.at for one in self.pack.dimensions[dimension].thresholds}
                return within(self.score(dimension), marks[threshold], None)
            case Sum(terms, low, high):
                return within(self._sum(terms), low, high)
            case _:
                shown = self.shown(condition.row), self.shown(condition.column)
                return min(*shown, self.leaf(condition))

    def leaf(self, leaf: Equals | Between | Chosen | Answered | Pair) -> Truth:
        """The test alone, as if its questions were shown."""
        match leaf:
            case Answered(question):
                return YES if question in self.values else OPEN
            case Pair(row, column, pairs):
                found = {
                    (r, c) in pairs for r in self._possible(row) for c in self._possible(column)
                }
                return OPEN if len(found) > 1 else YES if True in found else NO
            case _:
                question_ = self.pack.questions[leaf.question]
                return domain.test(question_, leaf, self.values.get(leaf.question))

    def term(self, term: Term) -> Range:
        """The lowest and highest value of one term; a question not shown adds 0."""
        question = self.pack.questions[term.question]
        shown = self.shown(question.id)
        if shown == NO:
            return 0, 0
        span = domain.term_range(question, term, self.values.get(question.id))
        return span if shown == YES else hull(span, (0, 0))

    def score(self, dimension: str) -> Range:
        """The lowest and highest score that the dimension can still have."""
        return once(self._scores, dimension, lambda: self._score(dimension))

    def derived(self, one: Derived) -> Range:
        """The lowest and highest value of a derived score."""
        whole, holds = self.score(one.of), self.truth(one.when)
        share = 100 - one.less_percent
        low, high = (rounded_quotient(end * share, 100, one.rounding) for end in whole)
        return whole if holds == NO else (low, high) if holds == YES else hull(whole, (low, high))

    def _score(self, dimension: str) -> Range:
        low, high = _total(self._points(dimension))
        one = self.pack.dimensions[dimension]

        def settle(points: int) -> int:
            rounded = rounded_quotient(points, one.divide_by, one.rounding)
            return min(max(rounded, one.minimum), one.maximum)

        return settle(low), settle(high)

    def _points(self, dimension: str) -> list[Range]:
        """Each rule's points; rules on one and the same question are bounded over its options."""
        ranges: list[Range] = []
        together: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if not any(one.dimension == dimension for one in rule.points):
                continue
            alone = self.only_question(rule)
            if alone is None or self._settled(alone):
                ranges.append(self.rule_points(rule, dimension))
            else:
                together.setdefault(alone, []).append(rule)
        ranges.extend(self._bounded(q, rules, dimension) for q, rules in together.items())
        return ranges

    def rule_points(self, rule: Rule, dimension: str) -> Range:
        """What one rule adds to a dimension, at least and at most."""
        holds = self.outcome(rule)
        if holds == NO:
            return 0, 0
        points = [one for one in rule.points if one.dimension == dimension]
        low, high = self._sum([term for one in points for term in one.terms])
        amount = sum(one.amount for one in points)
        span = low + amount, high + amount
        return span if holds == YES else hull(span, (0, 0))

    def _sum(self, terms: Iterable[Term]) -> Range:
        return _total(map(self.term, domain.together(terms)))

    def only_question(self, rule: Rule) -> str | None:
        """The question with few answers on which alone the rule's points depend, if any."""
        reads = set(questions_in(self.effective(rule)))
        reads |= {term.question for one in rule.points for term in one.terms}
        if len(reads) != 1 or _names_others(self.effective(rule)):
            return None
        (only,) = reads
        few = self.pack.questions[only].kind in ("yes_no", "one_of")
        return only if few else None

    def _bounded(self, question: str, rules: list[Rule], dimension: str) -> Range:
        shown = self.shown(question)
        asked = [(value, YES) for value in self._possible(question)] if shown != NO else []
        hidden: list[tuple[Value, Truth]] = [(UNKNOWN, NO)] if shown != YES else []
        states = [*asked, *hidden]
        spans = [self._if(question, value, held, rules, dimension) for value, held in states]
        return min(low for low, _ in spans), max(high for _, high in spans)

    def _if(
        self, question: str, value: Value, shown: Truth, rules: list[Rule], dimension: str
    ) -> Range:
        probe = self.given({question: value}, {question: shown})
        return _total(probe.rule_points(rule, dimension) for rule in rules)

    def _settled(self, question: str) -> bool:
        return question in self.values and self.shown(question) != OPEN

    def _possible(self, question: str) -> tuple[Value, ...]:
        value = self.values.get(question)
        return (
            (value,) if value is not None else tuple(domain.choices(self.pack.questions[question]))
        )


def rounded_quotient(points: int, divide_by: int, rounding: str) -> int:
    """`points / divide_by` as a whole number; half_up sends a half to the higher number."""
    if rounding == "down":
        return points // divide_by
    if rounding == "up":
        return -(-points // divide_by)
    return (2 * points + divide_by) // (2 * divide_by)


def _names_others(condition: Condition) -> bool:
    return isinstance(condition, Named | Score) or any(map(_names_others, parts_of(condition)))


def combined(condition: Condition, truths: Sequence[Truth]) -> Truth:
    """The truth of a condition from those of its parts, in their order."""
    match condition:
        case All():
            return min(truths, default=YES)
        case AnyOf():
            return max(truths, default=NO)
        case AtLeast(n):
            return _at_least(n, truths)
        case _:  # not
            return YES - truths[0]


def _at_least(n: int, truths: Sequence[Truth]) -> Truth:
    sure = sum(truth == YES for truth in truths)
    may = sum(truth != NO for truth in truths)
    return YES if sure >= n else OPEN if may >= n else NO


def _total(ranges: Iterable[Range]) -> Range:
    pairs = tuple(ranges)
    return sum(low for low, _ in pairs), sum(high for _, high in pairs)


def once(memory: dict[_K, _T], key: _K, work: Callable[[], _T]) -> _T:
    """What the memory holds under the key, worked out the first time."""
    if key not in memory:
        memory[key] = work()
    return memory[key]
