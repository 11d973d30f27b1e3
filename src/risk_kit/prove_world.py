"""What every check of a pack looks at: the encoded pack, the solver, and answer sets already found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

import z3

from risk_kit.condition import Situation, in_force
from risk_kit.model import AnswerSet, Pack, Rule, Value
from risk_kit.prove_encoding import Domain, Encoding, domains
from risk_kit.prove_near import Near
from risk_kit.prove_search import Search, full_values, witness_of

MOST_AT_HAND: Final = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a code with facts for its sentence, the subject, and an answer set."""

    code: str
    id: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    witness: AnswerSet | None = None


class Task(NamedTuple):
    """One subject of one check; running it may raise Unfinished."""

    code: str
    id: str
    run: Callable[[], Finding | None]


class World:
    """A pack on a day, encoded once; remembers which rules can hold, and answer sets found."""

    def __init__(self, pack: Pack, as_of: date, query: float, whole: float) -> None:
        self.pack = pack
        self.as_of = as_of
        self.rules = in_force(pack, as_of)
        self.domains: Mapping[str, Domain] = domains(pack)
        self.encoding = Encoding(pack, self.rules, self.domains)
        self.search = Search(list(self.domains.values()), query, whole)
        self._nothing = Situation(pack, {}, self.rules)
        self._near: Near | None = None
        self._holding: dict[str, list[Mapping[str, Value]]] = {}
        self.found: list[Mapping[str, Value]] = []

    @property
    def near(self) -> Near:
        """The answer sets at hand, with their neighbours."""
        if self._near is None:
            self._near = Near(self.pack, self.rules)
        return self._near

    def possible(self, *formulas: z3.BoolRef) -> Mapping[str, Value] | None:
        """Full answers for which all formulas hold, or None when there are none."""
        model = self.search.possible(*formulas)
        if model is None:
            return None
        values = full_values(self.domains, model)
        if len(self.found) < MOST_AT_HAND:
            self.found.append(values)
        if self._near is not None:
            self._near.add(values)
        return values

    def can(self, *formulas: z3.BoolRef) -> bool:
        """Whether all formulas hold for some full answers."""
        return self.search.can(*formulas)

    def can_hold(self, rule: Rule) -> bool:
        """Whether some answers make the rule hold, not exempted."""
        if rule.id not in self._holding:
            self._holding[rule.id] = []
            self.holds_with(rule)
        return bool(self._holding[rule.id])

    def holds_with(self, rule: Rule, *formulas: z3.BoolRef) -> bool:
        """Whether some answers make the rule hold together with the formulas."""
        values = self.possible(*formulas, self.encoding.outcome(rule))
        if values is not None:
            self._holding.setdefault(rule.id, []).append(values)
        return values is not None

    def holding(self, rule: Rule) -> list[Mapping[str, Value]]:
        """Some full answers that the solver gave and that make the rule hold."""
        return self._holding.get(rule.id, [])[:MOST_AT_HAND]

    def example(self, *formulas: z3.BoolRef) -> Mapping[str, Value] | None:
        """Full answers for which all formulas hold and few rules do, for people to read."""
        holding = [self.encoding.outcome(rule) for rule in self.rules]
        model = self.search.plainest(formulas, holding)
        return None if model is None else full_values(self.domains, model)

    def situation(self, values: Mapping[str, Value]) -> Situation:
        """The tree walk over some answers."""
        return self._nothing.given(values)

    def witness(self, values: Mapping[str, Value]) -> AnswerSet:
        """Those answers that are asked for, as an answer set that a person can open."""
        return witness_of(self.pack, self.rules, values)
