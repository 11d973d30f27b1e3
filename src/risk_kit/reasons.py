"""Which answers carry a result: the witness of a truth, and the questions that keep it open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from risk_kit import domain
from risk_kit.compile_points import Group, groups, points_needed, points_of
from risk_kit.compile_sets import (
    ALWAYS,
    UNDECIDED,
    Carried,
    either,
    every,
    joined,
    kept,
    some,
    subsets,
)
from risk_kit.compile_sums import Part, Parts, asked, counted, few, reach
from risk_kit.condition import Situation, combined, effective, once, parts_of, questions_in
from risk_kit.domain import NO, OPEN, YES, Truth, hull
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
from risk_kit.model import Pack, Rule

_NOTHING: Final[frozenset[str]] = frozenset()
_Test: TypeAlias = Equals | Between | Chosen | Answered


def witness(situation: Situation, condition: Condition) -> frozenset[str]:
    """The smallest set of answered questions that alone gives the condition its truth.

    Of several, the one that comes first in the pack. Empty when the truth is OPEN. Exact unless a
    family on the way has more than `MOST_SETS` members, or a sum more than `MOST_PARTS` parts; then
    nothing in it can be left out.
    """
    return Witnesses(situation).of(condition)


class Witnesses:
    """The witnesses of one situation; remembers what it has worked out."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.pack = situation.pack
        last = len(self.pack.questions) - 1
        self.bits = {q: 1 << (last - i) for i, q in enumerate(self.pack.questions)}
        self._criteria: dict[str, Carried] = {}
        self._shown: dict[str, Carried] = {}
        self._rules: dict[str, Carried] = {}
        self._sums: dict[str, Parts] = {}
        self._groups: tuple[Group, ...] | None = None

    def of(self, condition: Condition) -> frozenset[str]:
        """The witness of a condition."""
        return frozenset(self._named(condition, self.carried(condition)))

    def of_rule(self, rule: Rule) -> Sequence[str]:
        """The witness of a rule's outcome, in pack order."""
        return self._named(self.situation.effective(rule), self.rule(rule))

    def _named(self, condition: Condition, found: Carried) -> Sequence[str]:
        if found.truth == OPEN:
            return ()
        best = found.sets[0]
        names = [question for question, bit in self.bits.items() if bit & best] if best else []
        return names if found.exact else self._reduced(condition, found.truth, names)

    def _reduced(self, condition: Condition, truth: Truth, names: Sequence[str]) -> Sequence[str]:
        """The questions without those that are not needed, the last ones left out first."""
        left = list(names)
        for question in reversed(names):
            fewer = [one for one in left if one != question]
            values = {one: self.situation.values[one] for one in fewer}
            if self.situation.given(values).truth(condition) == truth:
                left = fewer
        return left

    def rule(self, rule: Rule) -> Carried:
        """What carries a rule's outcome."""
        return once(self._rules, rule.id, lambda: self.carried(self.situation.effective(rule)))

    def shown(self, question: str) -> Carried:
        """What carries whether a question is asked."""
        show = self.pack.questions[question].show
        return ALWAYS if show is None else once(self._shown, question, lambda: self.carried(show))

    def carried(self, condition: Condition) -> Carried:
        """The truth of a condition and the smallest sets that carry it."""
        match condition:
            case Named(criterion):
                when = self.pack.criteria[criterion].when
                return once(self._criteria, criterion, lambda: self.carried(when))
            case All(parts):
                return joined([self.carried(part) for part in parts], YES)
            case AnyOf(parts):
                return joined([self.carried(part) for part in parts], NO)
            case Not(part):
                inner = self.carried(part)
                return inner._replace(truth=YES - inner.truth)
            case AtLeast(n, parts):
                return self._at_least(n, [self.carried(part) for part in parts])
            case Score(dimension, threshold):
                return self._score(dimension, threshold)
            case Sum():
                return self._sum(condition)
            case Pair():
                shown = self.shown(condition.row), self.shown(condition.column)
                return joined((*shown, self._pair(condition)), YES)
            case _:
                return self._test(condition)

    def _at_least(self, n: int, parts: Sequence[Carried]) -> Carried:
        for truth, needed in ((YES, n), (NO, len(parts) - n + 1)):
            agreeing = [part for part in parts if part.truth == truth]
            if len(agreeing) >= needed:
                return some(agreeing, needed, truth)
        return UNDECIDED

    # -- tests of one question or two ------------------------------------------------------------

    def _test(self, leaf: _Test) -> Carried:
        shown, own = self.shown(leaf.question), self._own(leaf)
        return own if shown is ALWAYS else joined((shown, own), YES)

    def _own(self, leaf: _Test) -> Carried:
        """The test as if its question is shown."""
        question, value = (
            self.pack.questions[leaf.question],
            self.situation.values.get(leaf.question),
        )
        if isinstance(leaf, Answered):
            return UNDECIDED if value is None else Carried(YES, (self.bits[question.id],))
        free = domain.test(question, leaf, None)
        if free != OPEN:
            return Carried(free, (0,))
        if value is None:
            return UNDECIDED
        return Carried(domain.test(question, leaf, value), (self.bits[question.id],))

    def _pair(self, pair: Pair) -> Carried:
        truth, values = self.situation.leaf(pair), self.situation.values
        if truth == OPEN:
            return UNDECIDED
        bits = [self.bits[q] for q in {pair.row, pair.column} if q in values]
        enough = [
            one
            for one in subsets(bits)
            if self.situation.given(
                {q: values[q] for q in (pair.row, pair.column) if self.bits[q] & one}
            ).leaf(pair)
            == truth
        ]
        return kept(truth, enough, exact=True)

    # -- sums and scores -------------------------------------------------------------------------

    def _sum(self, leaf: Sum) -> Carried:
        truth, low, high = self.situation.truth(leaf), leaf.low, leaf.high
        if low is not None and high is not None and low > high:
            return Carried(NO, (0,))
        if truth == OPEN:
            return UNDECIDED
        parts = self._terms(leaf.terms)
        if truth == YES:
            least = [reach(parts, 1, low, YES)] if low is not None else []
            most = [reach(parts, -1, -high, YES)] if high is not None else []
            return every([*least, *most], YES)
        below = [reach(parts, -1, 1 - low, NO)] if low is not None else []
        above = [reach(parts, 1, high + 1, NO)] if high is not None else []
        return either([one for one in (*below, *above) if one.truth == NO])

    def _terms(self, terms: Iterable[Term]) -> Parts:
        parts, exact = [], True
        for term in domain.together(terms):
            parts.append(self._term(term))
            exact = exact and self.shown(term.question).exact
        return Parts(parts, exact)

    def _term(self, term: Term) -> Part:
        question, values = self.pack.questions[term.question], self.situation.values
        free = domain.term_range(question, term, None)
        known = domain.term_range(question, term, values.get(question.id))
        nothing = (0, 0)
        spans = ((nothing, nothing), (hull(free, nothing), hull(known, nothing)), (free, known))
        return asked(self.shown(question.id), self._given(question.id), spans)

    def _given(self, question: str) -> int | None:
        return self.bits[question] if question in self.situation.values else None

    def _score(self, dimension: str, threshold: str) -> Carried:
        score = Score(dimension, threshold)
        truth, one = self.situation.truth(score), self.pack.dimensions[dimension]
        at = next(mark.at for mark in one.thresholds if mark.id == threshold)
        if truth == OPEN:
            return UNDECIDED
        if not one.minimum < at <= one.maximum:
            return Carried(truth, (0,))
        parts = once(self._sums, dimension, lambda: self._points(dimension))
        needed = points_needed(one, at)
        sign, target = (1, needed) if truth == YES else (-1, 1 - needed)
        return reach(parts, sign, target, truth)

    def _points(self, dimension: str) -> Parts:
        """Each rule that adds to the dimension; rules on one and the same question together."""
        if self._groups is None:
            rules, exempters = self.situation.rules, self.situation.exempters
            self._groups = tuple(groups(rules, exempters, self.pack.questions))
        mine = [group for group in self._groups if group.dimension == dimension]
        grouped = {rule.id for group in mine for rule, _ in group.rules}
        parts, exact = [], True
        for rule in self.situation.rules:
            if rule.id in grouped or all(one.dimension != dimension for one in rule.points):
                continue
            amount, terms = points_of(rule, dimension)
            found, inner = self.rule(rule), self._terms(terms)
            parts.append(counted(found, amount, inner.parts))
            exact = exact and found.exact and inner.exact and few(inner.parts)
        for group in mine:
            parts.append(self._group(group))
            exact = exact and self.shown(group.question.id).exact
        return Parts(parts, exact)

    def _group(self, group: Group) -> Part:
        question = group.question.id
        value = self.situation.values.get(question)
        spans = [(group.span(None, truth), group.span(value, truth)) for truth in (NO, OPEN, YES)]
        return asked(self.shown(question), self._given(question), spans)


def blockers(situation: Situation, condition: Condition) -> frozenset[str]:
    """The questions whose missing answers keep an open condition open."""
    return _waits(situation, condition)[1]


def _waits(situation: Situation, condition: Condition) -> tuple[Truth, frozenset[str]]:
    """The truth of a condition, and while it is open the questions that it waits for."""
    if parts := parts_of(condition):
        found = [_waits(situation, part) for part in parts]
        truth = combined(condition, [one for one, _ in found])
        return truth, _union(waits for _, waits in found) if truth == OPEN else _NOTHING
    truth = situation.truth(condition)
    if truth != OPEN:
        return truth, _NOTHING
    match condition:
        case Named(criterion):
            when = situation.pack.criteria[criterion].when
            waits = once(situation.memory, criterion, lambda: blockers(situation, when))
        case Score(dimension):
            key = f"score {dimension}"  # no id holds a space
            waits = once(situation.memory, key, lambda: _score_waits(situation, dimension))
        case _:
            waits = _union(_question_waits(situation, one) for one in questions_in(condition))
    return truth, waits


def _score_waits(situation: Situation, dimension: str) -> frozenset[str]:
    found: set[str] = set()
    for rule in situation.rules:
        adds = [point for point in rule.points if point.dimension == dimension]
        truth, waits = _waits(situation, situation.effective(rule)) if adds else (NO, _NOTHING)
        found |= waits
        for term in (term for point in adds for term in point.terms if truth != NO):
            if term.question not in found:
                found |= _question_waits(situation, term.question)
    return frozenset(found)


def _question_waits(situation: Situation, question: str) -> frozenset[str]:
    """A question that is or may be asked, if unanswered, and those its showing waits for."""
    if situation.shown(question) == NO:
        return _NOTHING
    show = situation.pack.questions[question].show
    found = _NOTHING if show is None else blockers(situation, show)
    return found if question in situation.values else found | {question}


def reads(pack: Pack, condition: Condition) -> frozenset[str]:
    """Every question the condition depends on: through criteria, scores and show-conditions too."""
    found: set[str] = set()
    seen: set[Condition] = set()
    todo = [condition]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        inside, asked = _directly(pack, one)
        shows = [pack.questions[question].show for question in asked - found]
        todo += [*inside, *(show for show in shows if show is not None)]
        found |= asked
    return frozenset(found)


def _directly(pack: Pack, condition: Condition) -> tuple[Sequence[Condition], frozenset[str]]:
    """The conditions and questions one step away."""
    match condition:
        case Named(criterion):
            return [pack.criteria[criterion].when], frozenset()
        case Score(dimension):
            every = pack.framework.rules
            rules = [r for r in every if any(p.dimension == dimension for p in r.points)]
            whens = [effective(r, [x for x in every if r.id in x.exempts]) for r in rules]
            return whens, frozenset(t.question for r in rules for p in r.points for t in p.terms)
    return parts_of(condition), questions_in(condition)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
