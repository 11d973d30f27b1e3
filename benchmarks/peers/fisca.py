"""OpenFisca on the job: variables with formulas over vectors, for one case or for very many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from peers.shape import Outcome, Shape
from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not

PERIOD = "2026-07"
Formula = Callable[[Any, Any], Any]


class Fisca:
    """A tax and benefit system made of the job's questions, rules, scores, gates and tier."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.person = build_entity("person", "persons", "one case", is_person=True)
        self.system = TaxBenefitSystem([self.person])
        for question in shape.pack.questions.values():
            if question.kind == "many_of":
                for option in question.options:
                    self._add(option.id, bool)
            else:
                self._add(question.id, bool if question.kind == "yes_no" else int)
        for rule in shape.scoring:
            self._add(rule.id, bool, self._truth(rule.when))
        for i in range(len(shape.pack.dimensions)):
            self._add(f"d{i}", int, self._score(i))
        for gate in shape.gates:
            self._add(gate.id, bool, self._gate(gate.when, gate.reaches))
        self._add("tier", int, self._tier)

    def run(self, values: Mapping[str, Any]) -> Outcome:
        """One case, from plain values."""
        inputs = self.columns([values])
        found = self.calculate(inputs, 1, [r.id for r in (*self.shape.scoring, *self.shape.gates)])
        truths = tuple(bool(one[0]) for one in found[2])
        return truths, tuple(int(one[0]) for one in found[1]), int(found[0][0])

    def tiers(self, inputs: Mapping[str, Any], n: int) -> Any:  # noqa: ANN401 - a vector
        """The tier of `n` cases."""
        return self.calculate(inputs, n, [])[0]

    def calculate(self, inputs: Mapping[str, Any], n: int, rules: list[str]) -> Any:  # noqa: ANN401
        """A new simulation: tier, scores, and the truths of some rules."""
        simulation = SimulationBuilder().build_default_simulation(self.system, n)
        for name, vector in inputs.items():
            simulation.set_input(name, PERIOD, vector)
        tier = simulation.calculate("tier", PERIOD)
        scores = (
            [simulation.calculate(f"d{i}", PERIOD) for i in range(len(self.shape.pack.dimensions))]
            if rules
            else []
        )
        return tier, scores, [simulation.calculate(rule, PERIOD) for rule in rules]

    def columns(self, cases: list[Mapping[str, Any]]) -> dict[str, Any]:
        """Input vectors of plain values; a choice is its option's place."""
        found: dict[str, Any] = {}
        for question in self.shape.pack.questions.values():
            answers = [values[question.id] for values in cases]
            if question.kind == "many_of":
                for option in question.options:
                    found[option.id] = np.array([option.id in chosen for chosen in answers])
            elif question.kind == "one_of":
                places = {option.id: i for i, option in enumerate(question.options)}
                found[question.id] = np.array([places[one] for one in answers])
            else:
                found[question.id] = np.array(answers)
        return found

    def _add(self, name: str, kind: type, formula: Formula | None = None) -> None:
        body = {"value_type": kind, "entity": self.person, "definition_period": DateUnit.MONTH}
        if formula is not None:
            body["formula"] = lambda person, period, parameters: formula(person, period)  # noqa: ARG005
        self.system.add_variable(type(name, (Variable,), body))

    def _score(self, dimension: int) -> Formula:
        rules = [rule for rule in self.shape.scoring if rule.dimension == dimension]
        return lambda person, period: sum(rule.points * person(rule.id, period) for rule in rules)

    def _gate(self, when: Condition, reaches: tuple[int, int] | None) -> Formula:
        truth = self._truth(when)
        if reaches is None:
            return truth
        dimension, at = reaches
        return lambda person, period: (
            (person(f"d{dimension}", period) >= at) * truth(person, period)
        )

    def _tier(self, person: Any, period: Any) -> Any:  # noqa: ANN401
        return np.max([g.level * person(g.id, period) for g in self.shape.gates], axis=0)

    def _truth(self, condition: Condition) -> Formula:
        match condition:
            case All(parts):
                truths = [self._truth(part) for part in parts]
                return lambda person, period: _folded(np.logical_and, truths, person, period)
            case AnyOf(parts):
                truths = [self._truth(part) for part in parts]
                return lambda person, period: _folded(np.logical_or, truths, person, period)
            case Not(part):
                inner = self._truth(part)
                return lambda person, period: np.logical_not(inner(person, period))
            case AtLeast(n, parts):
                truths = [self._truth(part) for part in parts]
                return lambda person, period: sum(t(person, period) * 1 for t in truths) >= n
        return self._leaf(condition)

    def _leaf(self, leaf: Condition) -> Formula:
        match leaf:
            case Equals(question, (bool() as wanted,)):
                return lambda person, period: person(question, period) == wanted
            case Equals(question, values):
                offered = [o.id for o in self.shape.pack.questions[question].options]
                places = [offered.index(str(value)) for value in values]
                tests = [lambda person, period, p=p: person(question, period) == p for p in places]
                return lambda person, period: _folded(np.logical_or, tests, person, period)
            case Between(question, low, None):
                return lambda person, period: person(question, period) >= low
            case Between(question, None, high):
                return lambda person, period: person(question, period) <= high
            case Chosen(_, options, 1, None):
                tests = [lambda person, period, o=o: person(o, period) for o in options]
                return lambda person, period: _folded(np.logical_or, tests, person, period)
            case Chosen(_, options, least, None):
                return lambda person, period: sum(person(o, period) * 1 for o in options) >= least
        raise ValueError(f"not in the job: {leaf}")


def _folded(join: Any, truths: list[Formula], person: Any, period: Any) -> Any:  # noqa: ANN401
    found = truths[0](person, period)
    for truth in truths[1:]:
        found = join(found, truth(person, period))
    return found
