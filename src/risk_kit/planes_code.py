"""A pack → a circuit: for each condition the plane where it surely holds and where it surely does not.

Neither bit is set while it is open. Sums are bit-sliced: a lowest value is a `Form`, and the highest
value of a sum is the lowest of its negative, turned round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from risk_kit import domain
from risk_kit.compile_facts import Facts, leaves
from risk_kit.compile_points import Group, points_needed, points_of
from risk_kit.compile_tables import Test, truth
from risk_kit.condition import raised
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Score,
    Sum,
    Term,
)
from risk_kit.model import Dimension, Pack, Question, Rule, Value
from risk_kit.planes_circuit import ALWAYS, NEVER, Circuit, Form, Gate
from risk_kit.planes_inputs import Inputs, inputs_of

Ends: TypeAlias = tuple[Gate, Gate]
KNOWN: dict[Truth, Ends] = {YES: (ALWAYS, NEVER), OPEN: (NEVER, NEVER), NO: (NEVER, ALWAYS)}


class Wiring:
    """The circuit of a pack. A pair of gates is (surely holds, surely does not)."""

    def __init__(self, facts: Facts) -> None:
        self.pack = facts.pack
        self.rules = facts.rules
        self.circuit = Circuit()
        self.inputs = _inputs(facts.pack, facts.rules)
        self._exempters = facts.exempters
        self._groups = facts.groups
        self._grouped = {rule.id for group in self._groups for rule, _ in group.rules}
        self._done: dict[tuple[str, str], Ends] = {}
        self._forms: dict[tuple[str, bool], Form] = {}

    def tier(self) -> tuple[list[Gate], list[Gate], Gate]:
        """Where the tier surely, and possibly, reaches each level above the lowest; out of scope."""
        wires, scale = self.circuit, self.pack.main_scale
        reached = [raised(rule, scale) for rule in self.rules]
        low, high = [], []
        for level in range(1, len(scale.levels)):
            found = [self.rule(r) for r, at in zip(self.rules, reached, strict=True) if at >= level]
            low.append(wires.some(sure for sure, _ in found))
            high.append(self._not(wires.every(never for _, never in found)))
        scope = self.pack.framework.applies
        return low, high, NEVER if scope is None else self.truth(scope)[1]

    # -- conditions ----------------------------------------------------------------------------------

    def truth(self, condition: Condition) -> Ends:
        """Where the condition surely holds, and where it surely does not."""
        match condition:
            case All(parts):
                return self._all(map(self.truth, parts))
            case AnyOf(parts):
                return _turn(self._all(_turn(self.truth(part)) for part in parts))
            case Not(part):
                return _turn(self.truth(part))
            case AtLeast(n, parts):
                return self._at_least(n, [self.truth(part) for part in parts])
            case Named(criterion):
                return self._once(("criterion", criterion), self.pack.criteria[criterion].when)
            case Score(dimension, threshold):
                return self._score(self.pack.dimensions[dimension], threshold)
            case Sum(terms, low, high):
                return self._sum(terms, low, high)
            case Pair(row, column):
                found = self._pair(condition)
                return self._all([found, self.shown(row), self.shown(column)])
            case _:
                return self._all([self._test(condition), self.shown(condition.question)])

    def shown(self, question: str) -> Ends:
        """Where the question is surely asked, and where it surely is not."""
        show = self.pack.questions[question].show
        return KNOWN[YES] if show is None else self._once(("shown", question), show)

    def rule(self, rule: Rule) -> Ends:
        """Where the rule surely holds undefeated, and where it surely does not."""
        if ("rule", rule.id) not in self._done:
            own = [self._own(rule), *(_turn(self._own(one)) for one in self._exempters[rule.id])]
            self._done["rule", rule.id] = self._all(own)
        return self._done["rule", rule.id]

    def _own(self, rule: Rule) -> Ends:
        when = rule.when if rule.unless is None else All((rule.when, Not(rule.unless)))
        return self._once(("own", rule.id), when)

    def _once(self, key: tuple[str, str], condition: Condition) -> Ends:
        if key not in self._done:
            self._done[key] = self.truth(condition)
        return self._done[key]

    def _all(self, parts: Iterable[Ends]) -> Ends:
        found = list(parts)
        sure = self.circuit.every(yes for yes, _ in found)
        return sure, self.circuit.some(no for _, no in found)

    def _at_least(self, n: int, parts: Sequence[Ends]) -> Ends:
        sure = Form(0, tuple((yes, 1) for yes, _ in parts))
        never = Form(0, tuple((no, 1) for _, no in parts))
        return self.circuit.reaches(sure, n), self.circuit.reaches(never, len(parts) - n + 1)

    def _not(self, gate: Gate) -> Gate:
        return self.circuit.differ(ALWAYS, gate)

    # -- questions -----------------------------------------------------------------------------------

    def _plane(self, question: str, place: int) -> Gate:
        return self.circuit.input(self.inputs[question].first + place)

    def _option(self, question: Question, value: object) -> Gate:
        mask = self.inputs[question.id].mask(value)  # type: ignore[arg-type]
        return self._plane(question.id, mask.bit_length() - 1)

    def _answered(self, question: Question) -> Gate:
        if question.kind in ("yes_no", "one_of"):
            return self.circuit.some(self._option(question, v) for v in domain.choices(question))
        return self._plane(question.id, 0)

    def _test(self, test: Test) -> Ends:
        """The test alone, as if its question is shown."""
        question = self.pack.questions[test.question]
        if isinstance(test, Answered):
            return self._answered(question), NEVER
        alone = truth(question, test, None)
        if alone != OPEN:
            return KNOWN[alone]
        match test:
            case Equals(_, values):
                return self._equals(question, values)
            case Between(_, low, high):
                first, last = domain.ordinal(low), domain.ordinal(high)
                reached = self._from(question, first)
                beyond = NEVER if last is None else self._from(question, last + 1)
            case _:
                count = self._chosen(question, test.options)
                reached = self.circuit.both(
                    self._answered(question), self.circuit.reaches(count, test.least)
                )
                most = test.most
                beyond = NEVER if most is None else self.circuit.reaches(count, most + 1)
        holds = self.circuit.differ(self.circuit.either(reached, beyond), beyond)
        return holds, self.circuit.differ(self._answered(question), holds)

    def _equals(self, question: Question, values: Sequence[object]) -> Ends:
        wires = self.circuit
        offered = list(domain.choices(question))
        holds = wires.some(self._option(question, v) for v in offered if v in values)
        return holds, wires.some(self._option(question, v) for v in offered if v not in values)

    def _chosen(self, question: Question, options: Sequence[str]) -> Form:
        places = [i for i, option in enumerate(question.options) if option.id in options]
        return Form(0, tuple((self._plane(question.id, 1 + i), 1) for i in places))

    def _from(self, question: Question, number: int | None) -> Gate:
        """Where the answer is at least that number."""
        mine = self.inputs[question.id]
        if number is None or number <= mine.minimum:
            return self._answered(question)
        if number > domain.number_range(question, None)[1]:
            return NEVER
        if number in mine.at_least:
            return self._plane(question.id, 1 + mine.at_least.index(number))
        return self.circuit.compare(self._bits(question), number - mine.minimum)

    def _bits(self, question: Question) -> list[Gate]:
        mine = self.inputs[question.id]
        start = 1 + len(mine.at_least)
        return [self._plane(question.id, start + i) for i in range(mine.bits)]

    def _pair(self, pair: Pair) -> Ends:
        rows, columns = self.pack.questions[pair.row], self.pack.questions[pair.column]
        offered = {(r, c) for r in domain.choices(rows) for c in domain.choices(columns)}
        inside = offered & set(pair.pairs)
        holds = self._cells(rows, columns, inside)
        return holds, self._cells(rows, columns, offered - inside)

    def _cells(self, rows: Question, columns: Question, cells: set[tuple[Value, Value]]) -> Gate:
        """Where both answers together surely are one of the cells."""
        across, down = list(domain.choices(columns)), list(domain.choices(rows))
        if len(cells) == len(across) * len(down):
            return ALWAYS
        found = [self._option(columns, c) for c in across if all((r, c) in cells for r in down)]
        for r in down:
            mine = [c for c in across if (r, c) in cells]
            whole = len(mine) == len(across)
            beside = ALWAYS if whole else self.circuit.some(self._option(columns, c) for c in mine)
            found.append(self.circuit.both(self._option(rows, r), beside))
        return self.circuit.some(found)

    # -- sums and scores -----------------------------------------------------------------------------

    def _sum(self, terms: Sequence[Term], low: int | None, high: int | None) -> Ends:
        if low is not None and high is not None and low > high:
            return KNOWN[NO]
        least, negative = self._terms(terms, 1), self._terms(terms, -1)
        sure, never = [], []
        if low is not None:
            sure.append(self.circuit.reaches(least, low))
            never.append(self.circuit.reaches(negative, 1 - low))
        if high is not None:
            sure.append(self.circuit.reaches(negative, -high))
            never.append(self.circuit.reaches(least, high + 1))
        return self.circuit.every(sure), self.circuit.some(never)

    def _terms(self, terms: Iterable[Term], sign: int) -> Form:
        """The lowest value of the sum (sign 1), or of its negative (sign -1)."""
        whole = Form(0)
        for term in domain.together(terms):
            signed = Term(term.question, term.times * sign, term.weights)
            form = self._term(self.pack.questions[term.question], signed)
            whole = whole.plus(self._or_zero(form, self.shown(term.question)))
        return whole

    def _term(self, question: Question, term: Term) -> Form:
        """The lowest value of a term as if its question is shown."""
        lowest, _ = domain.term_range(question, term, None)
        if question.kind in ("yes_no", "one_of"):
            values = [
                (v, domain.term_range(question, term, v)[0]) for v in domain.choices(question)
            ]
            planes = [(self._option(question, v), at - lowest) for v, at in values]
            return _form(lowest, self._apart(planes))
        if question.kind == "many_of":
            return self._weights(question, term, lowest)
        return self._number(question, term.times, lowest)

    def _number(self, question: Question, times: int, lowest: int) -> Form:
        mine, answered = self.inputs[question.id], self._answered(question)
        planes = [(bit, abs(times) << i) for i, bit in enumerate(self._bits(question))]
        if times >= 0:
            return _form(lowest, planes)
        least = times * (mine.minimum + (1 << mine.bits) - 1)
        planes = [(self.circuit.differ(answered, bit), weight) for bit, weight in planes]
        return _form(least, [*planes, (self._not(answered), lowest - least)])

    def _weights(self, question: Question, term: Term, lowest: int) -> Form:
        answered = self._answered(question)
        weights = {option: weight * term.times for option, weight in term.weights}
        below = sum(weight for weight in weights.values() if weight < 0)
        least = min(lowest, below)
        planes = [(answered, below - least), (self._not(answered), lowest - least)]
        for i, option in enumerate(question.options):
            chosen, weight = self._plane(question.id, 1 + i), weights.get(option.id, 0)
            plane = chosen if weight > 0 else self.circuit.differ(answered, chosen)
            planes.append((plane, abs(weight)))
        return _form(least, planes)

    def _apart(self, planes: Iterable[tuple[Gate, int]]) -> list[tuple[Gate, int]]:
        """Planes of which at most one is set, joined by the bits of their weights."""
        bits: dict[int, list[Gate]] = {}
        for plane, weight in planes:
            for place in range(weight.bit_length()):
                if weight >> place & 1:
                    bits.setdefault(1 << place, []).append(plane)
        return [(self.circuit.some(found), weight) for weight, found in bits.items()]

    def _or_zero(self, form: Form, holds: Ends) -> Form:
        """The form where it surely counts, 0 where it surely does not, the lower of both between."""
        sure, never = holds
        if sure == ALWAYS:
            return form
        if form.least >= 0:
            planes = [(self.circuit.both(plane, sure), weight) for plane, weight in form.planes]
            return _form(0, [*planes, (sure, form.least)])
        positive = self.circuit.reaches(form, 0)
        zero = self.circuit.either(never, self.circuit.both(positive, self._not(sure)))
        kept = self._not(zero)
        planes = [(self.circuit.both(plane, kept), weight) for plane, weight in form.planes]
        return _form(form.least, [*planes, (zero, -form.least)])

    def _score(self, one: Dimension, threshold: str) -> Ends:
        at = next(mark.at for mark in one.thresholds if mark.id == threshold)
        if not one.minimum < at <= one.maximum:
            return KNOWN[YES if at <= one.minimum else NO]
        needed = points_needed(one, at)
        sure = self.circuit.reaches(self._points(one.id, positive=True), needed)
        return sure, self.circuit.reaches(self._points(one.id, positive=False), 1 - needed)

    def _points(self, dimension: str, *, positive: bool) -> Form:
        """The lowest sum of points, or the lowest of its negative."""
        key, sign = (dimension, positive), 1 if positive else -1
        if key not in self._forms:
            whole = Form(0)
            for rule in self.rules:
                if rule.id not in self._grouped and any(
                    p.dimension == dimension for p in rule.points
                ):
                    amount, terms = points_of(rule, dimension)
                    form = Form(amount * sign).plus(self._terms(terms, sign))
                    whole = whole.plus(self._or_zero(form, self.rule(rule)))
            for group in self._groups:
                if group.dimension == dimension:
                    whole = whole.plus(self._group(group, sign))
            self._forms[key] = whole
        return self._forms[key]

    def _group(self, group: Group, sign: int) -> Form:
        wires, question = self.circuit, group.question
        sure, never = self.shown(question.id)
        maybe = wires.differ(self._not(sure), never)
        showing = [(OPEN, maybe), (YES, sure)] if question.show is not None else [(YES, ALWAYS)]
        answers: list[tuple[Value | None, Gate]] = [
            (v, self._option(question, v)) for v in domain.choices(question)
        ]
        answers.append((None, self._not(self._answered(question))))
        states = [(never, _lowest(group, None, NO, sign))] if question.show is not None else []
        for value, plane in answers:
            for shown, where in showing:
                states.append((wires.both(plane, where), _lowest(group, value, shown, sign)))
        least = min(points for _, points in states)
        return _form(least, self._apart((plane, points - least) for plane, points in states))


def _lowest(group: Group, value: Value | None, shown: Truth, sign: int) -> int:
    low, high = group.span(value, shown)
    return low if sign > 0 else -high


def _turn(ends: Ends) -> Ends:
    return ends[1], ends[0]


def _form(least: int, planes: Iterable[tuple[Gate, int]]) -> Form:
    """A form without the planes that add nothing; one that is always set is part of the least."""
    found = [(plane, weight) for plane, weight in planes if weight and plane != NEVER]
    fixed = sum(weight for plane, weight in found if plane == ALWAYS)
    return Form(least + fixed, tuple(one for one in found if one[0] != ALWAYS))


def _inputs(pack: Pack, rules: Sequence[Rule]) -> Mapping[str, Inputs]:
    tests: dict[str, list[Between]] = {}
    added = {term.question for rule in rules for one in rule.points for term in one.terms}
    for leaf in leaves(pack, rules):
        if isinstance(leaf, Between):
            tests.setdefault(leaf.question, []).append(leaf)
        elif isinstance(leaf, Sum):
            added |= {term.question for term in leaf.terms}
    return inputs_of(tuple(pack.questions.values()), tests, frozenset(added))
