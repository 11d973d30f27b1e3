"""Rules that stay open in the three-valued meaning although the answers already decide them.

Looked for with each single answer, and with full answer sets at hand less one answer. Only a question
that is read twice can make a range loose, so most rules are settled by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import z3

from risk_kit.condition import Situation, parts_of, questions_in
from risk_kit.domain import OPEN, YES
from risk_kit.forms import Condition, Named, Score, Sum
from risk_kit.model import Answer, AnswerSet, Rule, Value
from risk_kit.planes_code import Ends
from risk_kit.prove_encoding import neither
from risk_kit.prove_world import MOST_AT_HAND, Finding, Task, World
from risk_kit.reasons import reads


def tasks(world: World) -> Iterator[Task]:
    """One task per rule in force."""
    counting, around = _Counting(world.situation({})), _Around(world)
    for rule in world.rules:
        yield Task("loose_range", rule.id, partial(_loose, world, counting, around, rule))


class _Around:
    """What rules are around the empty answer set and around sets at hand, worked out once."""

    def __init__(self, world: World) -> None:
        self.near = world.near
        self._nothing = world.near.planes({})
        self._first: list[list[int]] = []
        self._of_rule: dict[tuple[str, int], Ends] = {}

    def nothing(self, rule: Rule) -> Ends:
        """The planes of a rule around the empty answer set."""
        return self._ends(rule, self._nothing)

    def at_hand(self, world: World, rule: Rule) -> Iterator[tuple[Mapping[str, Value], Ends]]:
        """Full answer sets at hand for a rule, with its planes around them."""
        self._first += map(self.near.planes, world.found[len(self._first) :])
        for number, values in enumerate(world.holding(rule)):
            key = rule.id, number
            if key not in self._of_rule:
                self._of_rule[key] = self._ends(rule, self.near.planes(values))
            yield values, self._of_rule[key]
        for values, planes in zip(world.found, self._first, strict=True):
            yield values, self._ends(rule, planes)

    def _ends(self, rule: Rule, planes: Sequence[int]) -> Ends:
        yes, no = self.near.wiring.rule(rule)
        return planes[yes], planes[no]


def _loose(world: World, counting: _Counting, around: _Around, rule: Rule) -> Finding | None:
    read = counting.leaves(counting.situation.effective(rule))
    twice = sorted(name for name, times in read.items() if times > 1)
    if not twice or not world.can_hold(rule):
        return None
    yes, no = around.nothing(rule)
    known = yes | no
    for question in sorted(read.keys() & world.near.runs.keys()):
        run = world.near.runs[question]
        for place, value in enumerate(run.values, run.first):
            if known >> place & 1:
                continue
            fixed = partial(world.domains[question].equals, value)
            found = _decided(world, around, rule, place, fixed)
            if found is not None:
                witness = AnswerSet({question: Answer(value)})
                return _finding(rule, [question], found, witness)
    return _all_but_one(world, around, rule, twice)


def _finding(rule: Rule, questions: list[str], holds: bool, witness: AnswerSet) -> Finding:  # noqa: FBT001
    facts = {"questions": questions, "state": "holds" if holds else "does_not_hold"}
    return Finding("loose_range", rule.id, facts, witness)


def _decided(
    world: World, around: _Around, rule: Rule, place: int, fixed: Callable[[], z3.BoolRef]
) -> bool | None:
    """What the rule is on all full answers with that one; None when it can be both."""
    near, outcome = world.near, world.encoding.outcome(rule)
    yes, no = (near.with_one(gate) >> place & 1 for gate in near.wiring.rule(rule))
    enough = yes and len(world.holding(rule)) >= MOST_AT_HAND
    here = enough or any(holds >> place & 1 for _, (holds, _) in around.at_hand(world, rule))
    if not here and not world.holds_with(rule, fixed()):
        return False
    if not no and world.possible(fixed(), neither(outcome)) is None:
        return True
    return None


def _all_but_one(world: World, around: _Around, rule: Rule, twice: Sequence[str]) -> Finding | None:
    """Answers at hand without one of them that the rule reads twice."""
    read, runs = reads(world.pack, world.situation({}).effective(rule)), world.near.runs
    for values, ends in around.at_hand(world, rule):
        settled = world.near.settled(*ends)
        for question in (q for q in twice if q in runs and settled >> runs[q].without & 1):
            rest = _shown(world, {q: v for q, v in values.items() if q in read and q != question})
            found = _whatever(world, rule, rest)
            if found is not None:
                witness = world.witness(values).answers
                kept = {q: one for q, one in witness.items() if q in rest}
                return _finding(rule, list(kept), found, AnswerSet(kept))
    return None


def _shown(world: World, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The answers to questions that are surely asked; others lie between none and their answer."""
    situation = world.situation(values)
    kept = {q: v for q, v in values.items() if situation.shown(q) == YES}
    return values if len(kept) == len(values) else _shown(world, kept)


def _whatever(world: World, rule: Rule, rest: Mapping[str, Value]) -> bool | None:
    """What the rule is whatever the other answers; None when it depends on them."""
    fixed = [world.domains[q].equals(v) for q, v in rest.items()]
    outcome = world.encoding.outcome(rule)
    if not world.can(*fixed, outcome):
        return False
    return None if world.can(*fixed, neither(outcome)) else True


class _Counting:
    """How often each unanswered question is read by the parts that are still open."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._memory: dict[str, Counter[str]] = {}

    def leaves(self, condition: Condition) -> Counter[str]:
        """Readings per question; a test with two ends counts as two, for it may have gaps."""
        if self.situation.truth(condition) != OPEN:
            return Counter()
        match condition:
            case Named(name):
                when = self.situation.pack.criteria[name].when
                return self._once(f"c/{name}", lambda: self.leaves(when))
            case Score(name):
                return self._once(f"d/{name}", lambda: self._score(name))
            case Sum(_, low, high):
                ends = 1 if low is None or high is None else 2
                return self._each(sorted(questions_in(condition)) * ends)
        if parts := parts_of(condition):
            return _most_two(self.leaves(part) for part in parts)
        return self._each(questions_in(condition))

    def _each(self, questions: Iterable[str]) -> Counter[str]:
        return _most_two(self._question(one) for one in questions)

    def _question(self, question: str) -> Counter[str]:
        own = Counter({question: int(question not in self.situation.values)})
        show = self.situation.pack.questions[question].show
        if show is None:
            return own
        return _most_two((own, self._once(f"q/{question}", lambda: self.leaves(show))))

    def _score(self, dimension: str) -> Counter[str]:
        found = []
        for rule in self.situation.rules:
            points = [one for one in rule.points if one.dimension == dimension]
            if points:
                found.append(self.leaves(self.situation.effective(rule)))
                found.append(self._each(t.question for one in points for t in one.terms))
        return _most_two(found)

    def _once(self, key: str, count: Callable[[], Counter[str]]) -> Counter[str]:
        if key not in self._memory:
            self._memory[key] = count()
        return self._memory[key]


def _most_two(counts: Iterable[Counter[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in counts:
        for name, times in one.items():
            found[name] = min(2, found[name] + times)
    return found
