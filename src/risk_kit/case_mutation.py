"""How many small mistakes in a pack the golden cases would notice.

One mistake at a time: a rule dropped, its condition or a part of it negated, a bound or a score
threshold moved by one; criteria alike. A mutant is killed when a case that passes goes red. Only the
outcome is worked out, and only where the mistake changes something in a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TypeVar

from risk_kit.assess import STATES
from risk_kit.case_readers import Node, Readers
from risk_kit.case_variants import variants
from risk_kit.cases import Case, Outcome, differences
from risk_kit.condition import Situation, effective, in_force, valid_on
from risk_kit.domain import NO, YES, Truth, within
from risk_kit.model import Criterion, Dimension, Pack, Rule

_T = TypeVar("_T", Rule, Criterion, Dimension)
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: in which rule, criterion or threshold, and what was done."""

    id: str
    change: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants there were, and those that no case noticed."""

    total: int
    survivors: tuple[Mutant, ...]

    @property
    def killed(self) -> int:
        """Mutants that some case noticed."""
        return self.total - len(self.survivors)


def mutation_score(pack: Pack, cases: Sequence[Case]) -> Score:
    """Try every mutant of a pack on its cases; they must pass. Cases with overlays are left out."""
    readers = Readers(pack)
    tries = [_Try(pack, case, readers) for case in cases if case.pack.digest == pack.digest]
    tries.sort(key=lambda one: -one.says)
    total, survivors = 0, []
    for mutant, killed in _tried(pack, tries):
        total += 1
        if not killed:
            survivors.append(mutant)
    return Score(total, tuple(survivors))


def _tried(pack: Pack, tries: Sequence[_Try]) -> Iterator[tuple[Mutant, bool]]:
    for rule in pack.framework.rules:
        if rule.retired:
            continue
        dropped = any(one.red_with_rule(rule, None) for one in tries)
        yield Mutant(f"rules/{rule.id}", "dropped"), dropped
        for name, changed in _rule_variants(pack, rule):
            yield (
                Mutant(f"rules/{rule.id}", name),
                any(one.red_with_rule(rule, changed) for one in tries),
            )
    base = pack.framework
    for criterion in base.criteria:
        for name, when in variants(pack, criterion.when):
            other = replace(criterion, when=when)
            under = replace(pack, framework=replace(base, criteria=exchanged(base.criteria, other)))
            red = any(one.red_with_criterion(criterion, other, under) for one in tries)
            yield Mutant(f"criteria/{criterion.id}", name), red
    for dimension in base.dimensions:
        for name, moved in _moved_thresholds(dimension):
            marks = exchanged(base.dimensions, moved)
            under = replace(pack, framework=replace(base, dimensions=marks))
            red = any(one.red_with_dimension(dimension, moved, under) for one in tries)
            yield Mutant(f"dimensions/{dimension.id}", name), red


def _rule_variants(pack: Pack, rule: Rule) -> Iterator[tuple[str, Rule]]:
    for name, when in variants(pack, rule.when):
        yield f"when {name}", replace(rule, when=when)
    for name, unless in variants(pack, rule.unless) if rule.unless is not None else ():
        yield f"unless {name}", replace(rule, unless=unless)


def _moved_thresholds(dimension: Dimension) -> Iterator[tuple[str, Dimension]]:
    for place, mark in enumerate(dimension.thresholds):
        for at in (mark.at - 1, mark.at + 1):
            marks = list(dimension.thresholds)
            marks[place] = replace(mark, at=at)
            yield f"{mark.id} {int(mark.at)} → {at}", replace(dimension, thresholds=tuple(marks))


class _Try:
    """One case under the right pack: what it comes to, and what it would come to after a mistake."""

    def __init__(self, pack: Pack, case: Case, readers: Readers) -> None:
        self.pack = pack
        self.case = case
        self.readers = readers
        self.values = {name: one.value for name, one in case.answers.answers.items()}
        self.walk = _Walk(pack, self.values, in_force(pack, case.as_of))
        self.outcomes = {rule.id: self.walk.outcome(rule) for rule in self.walk.rules}
        expect = case.expect
        self.says = len(expect.fires) + len(expect.not_fires) + 2 * expect.says_tier

    def red_with_rule(self, rule: Rule, changed: Rule | None) -> bool:
        """Whether the case goes red when a rule is changed, or dropped."""
        if rule.id not in self.outcomes:
            return False
        truth = NO if changed is None else self._truth(rule, changed)
        if changed is not None and truth == self.outcomes[rule.id]:
            return False
        if rule.points or rule.exempts:
            return self._red(self._replaced(rule, changed))
        outcomes = {**self.outcomes, rule.id: truth}
        if changed is None:
            del outcomes[rule.id]
        return self._differs(self.walk, outcomes)

    def red_with_criterion(self, criterion: Criterion, changed: Criterion, pack: Pack) -> bool:
        """Whether the case goes red under the pack in which a criterion is changed."""
        if self.walk.truth(criterion.when) == self.walk.truth(changed.when):
            return False
        return self._red_after(("criterion", criterion.id), pack)

    def red_with_dimension(self, dimension: Dimension, changed: Dimension, pack: Pack) -> bool:
        """Whether the case goes red under the pack in which a threshold is moved."""
        span = self.walk.score(dimension.id)
        pairs = zip(dimension.thresholds, changed.thresholds, strict=True)
        if all(within(span, a.at, None) == within(span, b.at, None) for a, b in pairs):
            return False
        return self._red_after(("dimension", dimension.id), pack)

    def _truth(self, rule: Rule, changed: Rule) -> Truth:
        exempters = self.walk.exempters[rule.id]
        own = self.walk.truth(effective(changed, ()))
        return min([own, *(YES - self.outcomes[one.id] for one in exempters)])

    def _replaced(self, rule: Rule, changed: Rule | None) -> Pack:
        rules = self.pack.framework.rules
        kept = tuple(one for one in rules if one.id != rule.id)
        kept = kept if changed is None else exchanged(rules, changed)
        return replace(self.pack, framework=replace(self.pack.framework, rules=kept))

    def _red(self, pack: Pack) -> bool:
        walk = Situation(pack, self.values, in_force(pack, self.case.as_of))
        return self._differs(walk, {rule.id: walk.outcome(rule) for rule in walk.rules})

    def _red_after(self, node: Node, pack: Pack) -> bool:
        """Works out anew only what reads the changed node."""
        stale = self.readers.of(node)
        walk = self.walk.under(pack, stale)
        outcomes = {
            rule.id: walk.outcome(rule) if ("rule", rule.id) in stale else self.outcomes[rule.id]
            for rule in walk.rules
        }
        return self._differs(walk, outcomes)

    def _differs(self, walk: Situation, outcomes: Mapping[str, Truth]) -> bool:
        found = differences(self.case.expect, outcome_of(walk, outcomes, self.case))
        return next(iter(found), None) is not None


class _Walk(Situation):
    """A tree walk that can be taken over to a changed pack, but for what reads the change."""

    __slots__ = ()

    def under(self, pack: Pack, stale: frozenset[Node]) -> _Walk:
        """The same walk under `pack`, which differs only in what `stale` reads."""
        made = copy(self)
        made.pack, made.memory = pack, {}
        made.forget(stale)
        return made

    def forget(self, stale: frozenset[Node]) -> None:
        """Drop what was worked out from the nodes, on own copies."""
        self._criteria = _fresh("criterion", self._criteria, stale)
        self._shown = _fresh("question", self._shown, stale)
        self._scores = _fresh("dimension", self._scores, stale)


def _fresh(kind: str, memory: Mapping[str, _V], stale: frozenset[Node]) -> dict[str, _V]:
    return {name: value for name, value in memory.items() if (kind, name) not in stale}


def outcome_of(walk: Situation, outcomes: Mapping[str, Truth], case: Case) -> Outcome:
    """What a case is compared with, from the truths of the rules; open questions left out."""
    pack, scope = walk.pack, walk.pack.framework.applies
    applies = YES if scope is None else walk.truth(scope)
    low, high = (_level(walk, outcomes, least) for least in (YES, 1))
    duties = {duty for rule in walk.rules if outcomes.get(rule.id) == YES for duty in rule.obliges}
    known = pack.obligations
    kept = {duty for duty in duties if applies == YES and valid_on(known[duty], case.as_of)}
    return Outcome(
        low=None if applies == NO else low,
        high=None if applies == NO else high,
        applies=STATES[applies],
        states={rule: STATES[truth] for rule, truth in outcomes.items()},
        duties=frozenset(kept),
    )


def _level(walk: Situation, outcomes: Mapping[str, Truth], least: Truth) -> str:
    scale = walk.pack.main_scale
    places = (
        scale.position(one.level)
        for rule in walk.rules
        if outcomes.get(rule.id, NO) >= least
        for one in rule.raises
        if one.scale == scale.id
    )
    return scale.levels[max(places, default=0)].id


def exchanged(things: Iterable[_T], changed: _T) -> tuple[_T, ...]:
    """The things with the one of that id exchanged."""
    return tuple(changed if one.id == changed.id else one for one in things)
