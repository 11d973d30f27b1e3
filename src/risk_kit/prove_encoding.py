"""A pack as propositional formulas with weighted sums over its possible answers.

Every question that can be tested becomes Boolean variables that always hold one allowed answer:
one per option, or the bits of a whole number or day above its minimum. Whether the answer counts is
said by the show-conditions, exactly as in `risk_kit.condition`; on full answers both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

import z3

from risk_kit.condition import effective, raised
from risk_kit.domain import ordinal
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
from risk_kit.model import Dimension, Pack, Points, Question, Rule, Value

TRUE: Final[z3.BoolRef] = z3.BoolVal(True)  # noqa: FBT003 - the constant itself
FALSE: Final[z3.BoolRef] = z3.BoolVal(False)  # noqa: FBT003
Weighted: TypeAlias = list[tuple[z3.BoolRef, int]]
_Build: TypeAlias = Callable[[], z3.BoolRef]


def both(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """All parts hold; constants are folded."""
    kept = [part for part in parts if not z3.is_true(part)]
    if any(z3.is_false(part) for part in kept):
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def either(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """Some part holds; constants are folded."""
    kept = [part for part in parts if not z3.is_false(part)]
    if any(z3.is_true(part) for part in kept):
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def neither(part: z3.BoolRef) -> z3.BoolRef:
    """The part does not hold; constants are folded."""
    return FALSE if z3.is_true(part) else TRUE if z3.is_false(part) else z3.Not(part)


def reaches(terms: Weighted, bound: int) -> z3.BoolRef:
    """The sum of the weights whose literals hold is at least `bound`."""
    kept: Weighted = []
    for literal, weight in terms:
        if z3.is_true(literal) or (weight < 0 and not z3.is_false(literal)):
            bound -= weight
        if weight and not z3.is_true(literal) and not z3.is_false(literal):
            kept.append((literal, weight) if weight > 0 else (z3.Not(literal), -weight))
    if bound <= 0:
        return TRUE
    total = sum(weight for _, weight in kept)
    if total < bound:
        return FALSE
    if total == bound:
        return both(literal for literal, _ in kept)
    if all(weight >= bound for _, weight in kept):
        return either(literal for literal, _ in kept)
    return z3.PbGe(kept, bound)


class Domain:
    """The variables of one question; `allowed` says that they hold an answer that it accepts."""

    def __init__(self, question: Question, name: str) -> None:
        self.question = question
        self.name = name
        self.low = ordinal(question.minimum) or 0
        self.span = (ordinal(question.maximum) or 0) - self.low
        numeric = question.kind in ("whole_number", "date")
        self.bits = [
            z3.Bool(f"{name}@{self.low}#{i}")
            for i in range(self.span.bit_length() if numeric else 0)
        ]
        self.names = {one.id: f"{name}={one.id}" for one in question.options}
        self.options = {one: z3.Bool(variable) for one, variable in self.names.items()}
        self.yes = z3.Bool(name) if question.kind == "yes_no" else FALSE
        self.declared = [(str(one), one.decl()) for one in self.variables()]
        self.allowed = self._allowed()

    def variables(self) -> list[z3.BoolRef]:
        """Every variable of the question."""
        own = [self.yes] if self.question.kind == "yes_no" else []
        return [*own, *self.options.values(), *self.bits]

    def _allowed(self) -> z3.BoolRef:
        """The variables hold an answer that the question accepts."""
        if self.bits:
            return neither(self._from(self.span + 1))
        every = list(self.options.values())
        if self.question.kind == "one_of":
            return z3.PbEq([(one, 1) for one in every], 1) if every else TRUE
        alone = [self.options[one.id] for one in self.question.options if one.exclusive]
        apart = [z3.Or(z3.Not(a), z3.Not(b)) for a in alone for b in every if not a.eq(b)]
        return both([either(every), *apart]) if alone else TRUE

    def equals(self, value: Value) -> z3.BoolRef:
        """The answer is `value`; a value that the question does not know never is."""
        if isinstance(value, bool):
            return self.yes if value else neither(self.yes)
        if isinstance(value, str):
            return self.options.get(value, FALSE)
        if isinstance(value, frozenset):
            chosen = [v if one in value else z3.Not(v) for one, v in self.options.items()]
            return both(chosen)
        number = ordinal(value) if isinstance(value, int | date) else None
        return FALSE if number is None else self.between(number, number)

    def between(self, low: int | None, high: int | None) -> z3.BoolRef:
        """The number lies in `low..high`, ends included."""
        first = TRUE if low is None else self._from(low - self.low)
        last = TRUE if high is None else neither(self._from(high - self.low + 1))
        return both((first, last))

    def _from(self, offset: int) -> z3.BoolRef:
        """The number above the minimum is at least `offset`."""
        if offset <= 0:
            return TRUE
        if offset >= 1 << len(self.bits):
            return FALSE
        found: z3.BoolRef = TRUE
        for place, bit in enumerate(self.bits):
            found = both((bit, found)) if offset >> place & 1 else either((bit, found))
        return found

    def value(self, true: Container[str]) -> Value:
        """The answer where exactly the variables of these names are true."""
        if self.question.kind == "yes_no":
            return self.name in true
        chosen = [one for one, variable in self.names.items() if variable in true]
        if self.question.kind == "one_of":
            return chosen[0]
        if self.question.kind == "many_of":
            return frozenset(chosen)
        number = self.low + sum(
            1 << i for i in range(len(self.bits)) if f"{self.name}@{self.low}#{i}" in true
        )
        return date.fromordinal(number) if self.question.kind == "date" else number


def domains(pack: Pack, prefix: str = "") -> Mapping[str, Domain]:
    """Fresh variables for every question of a pack that can be tested."""
    asked = (q for q in pack.questions.values() if q.kind != "text")
    return {q.id: Domain(q, f"{prefix}{q.id}") for q in asked}


class Encoding:
    """What the rules of a pack say, as formulas over `domains`.

    `rules` are those in force. Formulas are shared: asking twice gives the same one.
    """

    def __init__(self, pack: Pack, rules: Sequence[Rule], domains: Mapping[str, Domain]) -> None:
        self.pack = pack
        self.rules = rules
        self.domains = domains
        self._exempters = {r.id: [one for one in rules if r.id in one.exempts] for r in rules}
        self._memory: dict[object, z3.BoolRef] = {}

    def applies(self) -> z3.BoolRef:
        """The framework applies."""
        scope = self.pack.framework.applies
        return TRUE if scope is None else self.truth(scope)

    def shown(self, question: str) -> z3.BoolRef:
        """The question is asked."""
        show = self.pack.questions[question].show
        return TRUE if show is None else self.truth(show)

    def outcome(self, rule: Rule) -> z3.BoolRef:
        """The rule holds and nothing exempts it."""
        condition = effective(rule, self._exempters[rule.id])
        return self._once(("rule", rule.id), lambda: self.truth(condition))

    def own(self, rule: Rule) -> z3.BoolRef:
        """The rule holds by itself, whether or not something exempts it."""
        return self.truth(effective(rule, ()))

    def exempters(self, rule: Rule) -> Sequence[Rule]:
        """The rules in force that may defeat `rule`."""
        return self._exempters[rule.id]

    def level(self, scale: str, place: int) -> z3.BoolRef:
        """Some rule raises the scale to the level at `place` or above."""
        return either(self.outcome(r) for r in self.rules if self.place(r, scale) >= place)

    def tier(self, place: int) -> z3.BoolRef:
        """In scope, and the main scale is at `place` or above (0: in scope at all)."""
        main = self.pack.framework.main_scale
        return self.applies() if place <= 0 else both((self.applies(), self.level(main, place)))

    def place(self, rule: Rule, scale: str) -> int:
        """The highest place to which the rule raises the scale; 0 when it does not."""
        return raised(rule, self.pack.scales[scale])

    def score(self, dimension: str, at: int) -> z3.BoolRef:
        """The dimension's settled score is at least `at`."""
        one = self.pack.dimensions[dimension]
        if at <= one.minimum:
            return TRUE
        if at > one.maximum:
            return FALSE
        key = ("score", dimension, at)
        return self._once(key, lambda: reaches(self.points(dimension), _raw(one, at)))

    def points(self, dimension: str) -> Weighted:
        """The literals and weights whose sum is the dimension before it is settled."""
        return [
            pair
            for rule in self.rules
            for points in rule.points
            if points.dimension == dimension
            for pair in self._points(self.outcome(rule), points)
        ]

    def truth(self, condition: Condition) -> z3.BoolRef:
        """The condition holds."""
        return self._once(condition, lambda: self._truth(condition))

    def _once(self, key: object, build: _Build) -> z3.BoolRef:
        if key not in self._memory:
            self._memory[key] = build()
        return self._memory[key]

    def _truth(self, condition: Condition) -> z3.BoolRef:
        match condition:
            case All(parts):
                return both(map(self.truth, parts))
            case AnyOf(parts):
                return either(map(self.truth, parts))
            case Not(part):
                return neither(self.truth(part))
            case AtLeast(n, parts):
                return reaches([(self.truth(part), 1) for part in parts], n)
            case Named(criterion):
                return self.truth(self.pack.criteria[criterion].when)
            case Score(dimension, threshold):
                marks = {one.id: one.at for one in self.pack.dimensions[dimension].thresholds}
                return self.score(dimension, marks[threshold])
            case Sum(terms, low, high):
                summed = [pair for term in terms for pair in self._term(term)]
                first = TRUE if low is None else reaches(summed, low)
                return first if high is None else both((first, neither(reaches(summed, high + 1))))
            case Pair(row, column):
                return both((self.shown(row), self.shown(column), self._leaf(condition)))
            case Equals(question) | Between(question) | Chosen(question) | Answered(question):
                return both((self.shown(question), self._leaf(condition)))

    def _leaf(self, leaf: Condition) -> z3.BoolRef:
        match leaf:
            case Equals(question, values):
                return either(self.domains[question].equals(value) for value in values)
            case Between(question, low, high):
                return self.domains[question].between(ordinal(low), ordinal(high))
            case Chosen(question, options, least, most):
                chosen = self.domains[question].options
                named = [(chosen[one], 1) for one in dict.fromkeys(options)]
                first = reaches(named, least)
                return first if most is None else both((first, neither(reaches(named, most + 1))))
            case Pair(row, column, pairs):
                left, right = self.domains[row], self.domains[column]
                return either(both((left.equals(r), right.equals(c))) for r, c in pairs)
            case _:
                return TRUE  # answered: a full answer set answers whatever is shown

    def _term(self, term: Term) -> Weighted:
        shown, domain = self.shown(term.question), self.domains[term.question]
        if term.weights:
            weights = dict(term.weights)
            return [
                (both((shown, literal)), weights.get(option, 0) * term.times)
                for option, literal in domain.options.items()
            ]
        bits = [(both((shown, bit)), term.times << i) for i, bit in enumerate(domain.bits)]
        return [(shown, domain.low * term.times), *bits]

    def _points(self, holds: z3.BoolRef, points: Points) -> Weighted:
        terms = [pair for term in points.terms for pair in self._term(term)]
        return [(holds, points.amount), *((both((holds, one)), weight) for one, weight in terms)]


def _raw(dimension: Dimension, at: int) -> int:
    """The fewest points before division and rounding that settle at `at` or above."""
    wanted = at * dimension.divide_by
    if dimension.rounding == "down":
        return wanted
    if dimension.rounding == "up":
        return wanted - dimension.divide_by + 1
    return -((dimension.divide_by - 2 * wanted) // 2)
