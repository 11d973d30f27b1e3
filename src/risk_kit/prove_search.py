"""Asking the solver: is there an answer set for which some formulas hold? Bounded, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Final, TypeAlias

import z3

from risk_kit.condition import Situation, parts_of
from risk_kit.domain import YES
from risk_kit.forms import Answered, Condition
from risk_kit.model import Answer, AnswerSet, Pack, Rule, Value
from risk_kit.prove_encoding import Domain, neither

SAMPLE_TEXT: Final = "（範例）"
Found: TypeAlias = "z3.ModelRef | None"


class Unfinished(Exception):
    """The solver did not come to an answer within its time."""


class Search:
    """One incremental solver over the possible answers of one or more packs.

    `query` and `whole` bound one question and all of them, in seconds.
    """

    def __init__(self, domains: Sequence[Domain], query: float, whole: float) -> None:
        self._solver = z3.SimpleSolver()
        self._solver.add([d.allowed for d in domains])
        self._query = query
        self._end = monotonic() + whole
        self._names: dict[int, tuple[z3.BoolRef, z3.BoolRef]] = {}
        self.asked = 0

    def left(self) -> float:
        """Seconds that are left for all further questions."""
        return max(0.0, self._end - monotonic())

    def possible(self, *formulas: z3.BoolRef) -> Found:
        """A model in which all formulas hold, or None when there is none. Raises Unfinished."""
        return self._solver.model() if self.can(*formulas) else None

    def can(self, *formulas: z3.BoolRef) -> bool:
        """Whether all formulas can hold together. Raises Unfinished."""
        asked = [one for one in formulas if not z3.is_true(one)]
        if any(z3.is_false(one) for one in asked):
            return False
        left = min(self._query, self.left())
        if left <= 0:
            raise Unfinished
        self.asked += 1
        self._solver.set("timeout", max(1, int(left * 1000)))
        found = self._solver.check([self._name(one) for one in asked])
        if found == z3.unknown:
            raise Unfinished
        return bool(found == z3.sat)

    def plainest(self, formulas: Sequence[z3.BoolRef], avoid: Sequence[z3.BoolRef]) -> Found:
        """Like `possible`, with as few of `avoid` holding as greedy halving finds. Raises Unfinished."""
        found = self.possible(*formulas)
        if found is None:
            return None
        kept = list(formulas)
        waiting = [list(avoid)]
        while waiting:
            some = waiting.pop()
            better = self.possible(*kept, *map(neither, some))
            if better is not None:
                found = better
                kept += map(neither, some)
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return found

    def _name(self, formula: z3.BoolRef) -> z3.BoolRef:
        """A literal that implies the formula, so that it can be assumed and let go again."""
        key = formula.get_id()
        if key not in self._names:
            name = z3.Bool(f"?{len(self._names)}")
            self._solver.add(z3.Implies(name, formula))
            self._names[key] = name, formula  # kept: the number of a formula let go is given anew
        return self._names[key][0]


def full_values(domains: Mapping[str, Domain], model: z3.ModelRef) -> dict[str, Value]:
    """The answer that a model gives to each question, shown or not."""
    return {question: domain.value(_true(domain, model)) for question, domain in domains.items()}


def _true(domain: Domain, model: z3.ModelRef) -> set[str]:
    """The variables of a question that are true, by the solver's own functions: they are many."""
    context, found = model.ctx.ref(), set()
    for name, declared in domain.declared:
        value = z3.Z3_model_get_const_interp(context, model.model, declared.ast)
        if value.value is not None and z3.Z3_get_bool_value(context, value) == z3.Z3_L_TRUE:
            found.add(name)
    return found


def witness_of(pack: Pack, rules: Sequence[Rule], values: Mapping[str, Value]) -> AnswerSet:
    """The answers of `values` that are asked for, with a sample text where a rule waits for one."""
    texts = {q.id for q in pack.questions.values() if q.kind == "text"}
    whole: dict[str, Value] = {q: values.get(q, SAMPLE_TEXT) for q in pack.questions}
    situation = Situation(pack, whole, rules)
    kept = (set(values) | texts & waited_for(pack)) & set(pack.questions)
    shown = [q for q in pack.questions if q in kept and situation.shown(q) == YES]
    return AnswerSet({q: Answer(whole[q]) for q in shown})


def waited_for(pack: Pack) -> frozenset[str]:
    """The questions of which some condition asks whether they are answered."""
    found: set[str] = set()
    waiting = [condition for _, condition in conditions(pack)]
    while waiting:
        one = waiting.pop()
        waiting.extend(parts_of(one))
        if isinstance(one, Answered):
            found.add(one.question)
    return frozenset(found)


def conditions(pack: Pack) -> list[tuple[str, Condition]]:
    """Every condition of a pack with its place, such as `rules/G2/when`."""
    found: list[tuple[str, Condition | None]] = [("applies", pack.framework.applies)]
    found += [(f"criteria/{one.id}/when", one.when) for one in pack.criteria.values()]
    for rule in pack.rules.values():
        found += [(f"rules/{rule.id}/when", rule.when), (f"rules/{rule.id}/unless", rule.unless)]
    found += [(f"questions/{one.id}/show", one.show) for one in pack.questions.values()]
    return [(place, condition) for place, condition in found if condition is not None]
