"""Rules and answers that change nothing.

A rule is masked when dropping it never changes a scale in scope, a dimension, a duty in scope or a
flag, whatever the answers: other rules that hold whenever it holds reach as high and oblige as much.
An answer is idle when choosing it never changes which rules hold, what is asked, or the scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import z3

from risk_kit.condition import Situation, parts_of, questions_in, valid_on
from risk_kit.domain import YES
from risk_kit.forms import Chosen, Condition, Named, Term
from risk_kit.model import Question, Rule, Value
from risk_kit.planes_circuit import NEVER, Gate
from risk_kit.prove_encoding import FALSE, TRUE, Domain, Encoding, both, either, neither
from risk_kit.prove_search import conditions
from risk_kit.prove_world import Finding, Task, World


def tasks(world: World) -> Iterator[Task]:
    """Every check of this module."""
    for rule in world.rules:
        without = _Without(world, rule)
        yield Task("masked_rule", rule.id, partial(_masked, world, rule, without, without.gate()))
    readers = _Readers(world)
    for question in world.pack.questions.values():
        if question.id in readers.read and not question.retired:
            yield Task("idle_question", question.id, partial(_idle, world, readers, question))
            for option in readers.named(question):
                run = partial(_idle_option, world, readers, question, option)
                yield Task("idle_option", f"{question.id}/{option}", run)


# ------------------------------------------------------------------ rules


def _masked(world: World, rule: Rule, without: _Without, differs: Gate) -> Finding | None:
    if rule.flag is not None or world.near.shows(differs) or not world.can_hold(rule):
        return None
    if _scores(world, rule, without.rest):
        return None
    for difference in without.differences():
        if world.can(difference):
            return None
    values = world.example(world.encoding.outcome(rule)) or {}
    return Finding(
        "masked_rule", rule.id, {"by": _maskers(world, rule, values)}, world.witness(values)
    )


def _scores(world: World, rule: Rule, rest: tuple[Rule, ...]) -> bool:
    """Whether the rule's points change a score under answers at hand that make it hold."""
    return any(
        world.situation(values).score(one.dimension)
        != Situation(world.pack, values, rest).score(one.dimension)
        for values in world.holding(rule)
        for one in rule.points
    )


def _maskers(world: World, rule: Rule, values: Mapping[str, Value]) -> list[str]:
    """Rules that always hold with it, or else those that do so here."""
    situation, outcome = world.situation(values), world.encoding.outcome
    others = [r for r in world.rules if r.id != rule.id and _overlaps(rule, r)]
    here = [one for one in others if situation.outcome(one) == YES]
    always = [r for r in here if not world.can(outcome(rule), neither(outcome(r)))]
    return sorted(one.id for one in always or here)


def _overlaps(rule: Rule, other: Rule) -> bool:
    scales = {one.scale for one in rule.raises} & {one.scale for one in other.raises}
    return bool(scales or set(rule.obliges) & set(other.obliges))


class _Without:
    """The pack with and without one rule, over the same answers."""

    def __init__(self, world: World, rule: Rule) -> None:
        self.world = world
        self.rule = rule
        rest = tuple(one for one in world.rules if one.id != rule.id)
        self.before = world.encoding
        self.alone = not rule.exempts and not rule.points
        self.rest = rest

    def gate(self) -> Gate:
        """Where dropping the rule surely makes a difference of its own."""
        wiring = self.world.near.wiring
        wires, rule = wiring.circuit, wiring.rule
        if not self.alone:
            return NEVER
        missed = [wires.every(rule(other)[1] for other in some) for some in self._covering()]
        return wires.every((self.world.near.applies()[0], rule(self.rule)[0], wires.some(missed)))

    def differences(self) -> Iterator[z3.BoolRef]:
        """Formulas, each of which says that one result differs; together they say any does."""
        if self.alone:
            holds = self.before.outcome(self.rule)
            covered = both(either(map(self.before.outcome, some)) for some in self._covering())
            yield both((self.before.applies(), holds, neither(covered)))
            return
        last = Encoding(self.world.pack, self.rest, self.world.domains)
        yield both((self.before.applies(), either(self._results(last))))
        for before, after in self._flags(last):
            yield z3.Xor(before, after)
        for dimension in self.world.pack.dimensions.values():
            for at in _middle_out(dimension.minimum + 1, dimension.maximum):
                before, after = (one.score(dimension.id, at) for one in (self.before, last))
                if not before.eq(after):
                    yield z3.Xor(before, after)

    def _covering(self) -> list[list[Rule]]:
        """For each thing that the rule does, the other rules that do it too."""
        levels = [
            [r for r in self.rest if self.before.place(r, one.scale) >= place]
            for one in self.rule.raises
            if (place := self.world.pack.scales[one.scale].position(one.level)) > 0
        ]
        duties = [[r for r in self.rest if name in r.obliges] for name in self._own_duties()]
        return [*levels, *duties]

    def _own_duties(self) -> list[str]:
        duties = self.world.pack.obligations
        return [one for one in self.rule.obliges if valid_on(duties[one], self.world.as_of)]

    def _results(self, after: Encoding) -> Iterator[z3.BoolRef]:
        for scale in self.world.pack.scales.values():
            for place in range(1, len(scale.levels)):
                yield z3.Xor(self.before.level(scale.id, place), after.level(scale.id, place))
        for duty in self.world.pack.obligations.values():
            if valid_on(duty, self.world.as_of):
                first = self._duty(self.before, duty.id, self.before.rules)
                yield z3.Xor(first, self._duty(after, duty.id, after.rules))

    def _flags(self, after: Encoding) -> Iterator[tuple[z3.BoolRef, z3.BoolRef]]:
        for rule in self.rest:
            if rule.flag is not None:
                yield self.before.outcome(rule), after.outcome(rule)

    def _duty(self, one: Encoding, duty: str, rules: Iterable[Rule]) -> z3.BoolRef:
        return either(one.outcome(r) for r in rules if duty in r.obliges)


def _middle_out(low: int, high: int) -> list[int]:
    middle = (low + high) // 2
    return sorted(range(low, high + 1), key=lambda at: abs(at - middle))


# ------------------------------------------------------------------ answers


class _Readers:
    """Which formulas read which question, and which options conditions name."""

    def __init__(self, world: World) -> None:
        encoding = world.encoding
        self._world = world
        self._formulas: list[tuple[z3.BoolRef, frozenset[str]]] | None = None
        self._asked = [
            q for q in world.pack.questions.values() if q.show is not None and not q.retired
        ]
        self.terms = [
            (encoding.outcome(r), t) for r in world.rules for p in r.points for t in p.terms
        ]
        self._leaves = [leaf for _, one in conditions(world.pack) for leaf in _leaves(one)]
        self.read = {name for leaf in self._leaves for name in questions_in(leaf)}
        self.read |= {term.question for _, term in self.terms}
        for question in self._asked:
            world.near.compare(world.near.wiring.shown(question.id))
        world.near.compare(world.near.applies())

    def of(self, domain: Domain) -> Iterator[z3.BoolRef]:
        """The formulas that read a question, shortest first."""
        own = {str(one) for one in domain.variables()}
        every = self._every()
        found = [(len(names), i) for i, (_, names) in enumerate(every) if names & own]
        return (every[i][0] for _, i in sorted(found))

    def _every(self) -> list[tuple[z3.BoolRef, frozenset[str]]]:
        if self._formulas is None:
            one = self._world.encoding
            found = [*(one.shown(q.id) for q in self._asked), one.applies()]
            found += map(one.outcome, self._world.rules)
            self._formulas = [(formula, frozenset(_variables(formula))) for formula in found]
        return self._formulas

    def named(self, question: Question) -> list[str]:
        """The options of a many-of question that some condition or weight names, exclusive apart."""
        if question.kind != "many_of":
            return []
        tests = [one for one in self._leaves if isinstance(one, Chosen)]
        named = {name for one in tests if one.question == question.id for name in one.options}
        named |= {o for _, term in self.terms for o, weight in _weights(term, question) if weight}
        return [one.id for one in question.options if one.id in named and not one.exclusive]


def _leaves(condition: Condition) -> Iterator[Condition]:
    parts = parts_of(condition)
    if not parts and not isinstance(condition, Named):
        yield condition
    for part in parts:
        yield from _leaves(part)


def _variables(formula: z3.BoolRef) -> set[str]:
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [formula]
    while waiting:
        one = waiting.pop()
        if one.get_id() in seen:
            continue
        seen.add(one.get_id())
        if z3.is_const(one):
            names.add(str(one))
        waiting.extend(one.children())
    return names


def _weights(term: Term, question: Question) -> tuple[tuple[str, int], ...]:
    return term.weights if term.question == question.id else ()


def _idle(world: World, readers: _Readers, question: Question) -> Finding | None:
    """Two different answers, all others the same, never make a difference."""
    domain = world.domains.get(question.id)
    if domain is None or world.near.matters(question.id) or _adds(world, readers, question, None):
        return None
    twin = Domain(question, f"{question.id}'")
    pairs = list(zip(domain.variables(), twin.variables(), strict=True))
    for formula in readers.of(domain):
        other = z3.substitute(formula, *pairs)
        if world.can(twin.allowed, z3.Xor(formula, other)):
            return None
    return Finding("idle_question", question.id)


def _idle_option(
    world: World, readers: _Readers, question: Question, option: str
) -> Finding | None:
    domain = world.domains[question.id]
    if world.near.option_matters(question.id, option) or _adds(world, readers, question, option):
        return None
    toggled = domain.options[option]
    for formula in readers.of(domain):
        for chosen, instead in _pairs(domain, toggled):
            apart = z3.Xor(z3.substitute(formula, *chosen), z3.substitute(formula, *instead))
            fits = z3.substitute(domain.allowed, *instead)
            if world.can(z3.substitute(domain.allowed, *chosen), fits, apart):
                return None
    values = world.example(toggled, world.encoding.shown(question.id))
    if values is None:
        return None  # reported as a question that is never asked
    facts = {"question": question.id, "option": option}
    return Finding("idle_option", f"{question.id}/{option}", facts, world.witness(values))


_Swap = list[tuple[z3.BoolRef, z3.BoolRef]]


def _pairs(domain: Domain, toggled: z3.BoolRef) -> Iterator[tuple[_Swap, _Swap]]:
    """The option with and without; where it may not be left out alone, against `none of these`."""
    yield [(toggled, TRUE)], [(toggled, FALSE)]
    for alone in domain.question.options:
        if alone.exclusive:
            every = domain.options.values()
            none = domain.options[alone.id]
            yield (
                [(one, TRUE if one.eq(toggled) else FALSE) for one in every],
                [(one, TRUE if one.eq(none) else FALSE) for one in every],
            )
            return


def _adds(world: World, readers: _Readers, question: Question, option: str | None) -> bool:
    """The answer adds points of its own through a term of a rule that can hold."""
    shown = world.encoding.shown(question.id)
    for holds, term in readers.terms:
        weights = [w for name, w in term.weights if option in (None, name)] or [term.times]
        counts = term.question == question.id and any(weights)
        if counts and world.can(holds, shown):
            return True
    return False
