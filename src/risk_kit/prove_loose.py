"""Rules that stay open in the three-valued meaning although the answers already decide them.

Looked for with each single answer, and with full answer sets at hand less one answer. Only a question
that is read twice can make a range loose, so most rules are settled by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from risk_kit import domain
from risk_kit.condition import Situation, parts_of, questions_in
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import Between, Condition, Named, Score, Sum
from risk_kit.model import Answer, AnswerSet, Question, Rule, Value
from risk_kit.prove_encoding import neither
from risk_kit.prove_search import conditions
from risk_kit.prove_world import Finding, Task, World
from risk_kit.reasons import reads

MOST_TRIED: Final = 6
MOST_SHARED: Final = 4


def tasks(world: World) -> Iterator[Task]:
    """One task per rule in force."""
    answers = _Answers(world)
    for rule in world.rules:
        yield Task("loose_range", rule.id, partial(_loose, world, answers, rule))


class _Answers:
    """The empty answer set and those with one answer, as situations; numbers at their thresholds."""

    def __init__(self, world: World) -> None:
        self.empty = world.situation({})
        self._exchanged: dict[tuple[str, Value], list[Situation]] = {}
        self.single: dict[str, list[tuple[Value, Situation]]] = {}
        marks = _marks(world)
        for question in world.pack.questions.values():
            values = _values(question, marks.get(question.id, set()))
            self.single[question.id] = [
                (one, world.situation({question.id: one})) for one in values
            ]

    def exchanged(self, world: World, question: str, value: Value) -> list[Situation]:
        """Some full answer sets with one answer exchanged; worked out once for all rules."""
        key = question, value
        if key not in self._exchanged:
            known = world.known[:MOST_SHARED]
            self._exchanged[key] = [world.situation({**k.values, question: value}) for k in known]
        return self._exchanged[key]


def _loose(world: World, answers: _Answers, rule: Rule) -> Finding | None:
    condition = answers.empty.effective(rule)
    if not _read_twice(answers.empty, condition) or not world.can_hold(rule):
        return None
    for question in sorted(_Counting(answers.empty).leaves(condition)):
        for value, situation in answers.single[question]:
            if situation.truth(condition) != OPEN:
                continue
            found = _decided(world, answers, rule, question, value)
            if found is not None:
                witness = AnswerSet({question: Answer(value)})
                return _finding(rule, [question], found, witness)
    return _all_but_one(world, rule, condition)


def _finding(rule: Rule, questions: list[str], holds: bool, witness: AnswerSet) -> Finding:  # noqa: FBT001
    facts = {"questions": questions, "state": "holds" if holds else "does_not_hold"}
    return Finding("loose_range", rule.id, facts, witness)


def _all_but_one(world: World, rule: Rule, condition: Condition) -> Finding | None:
    """Answers at hand without one of them that the rule reads twice."""
    known = [*world.holding(rule)[:MOST_TRIED], *(one.values for one in world.known[:MOST_TRIED])]
    read, twice = reads(world.pack, condition), sorted(_read_twice(world.situation({}), condition))
    for values in known:
        for question in twice:
            rest = {q: v for q, v in values.items() if q in read and q != question}
            if world.situation(rest).truth(condition) != OPEN:
                continue
            found = _settled(world, rule, question, rest)
            if found is not None:
                witness = world.witness(values).answers
                kept = {q: one for q, one in witness.items() if q in rest}
                return _finding(rule, list(kept), found, AnswerSet(kept))
    return None


def _settled(world: World, rule: Rule, question: str, rest: Mapping[str, Value]) -> bool | None:
    """What the rule is whatever the answer to one question; None when it depends on it."""
    values = domain.choices(world.pack.questions[question], 1)
    seen = {world.situation({**rest, question: one}).outcome(rule) for one in values}
    if {NO, YES} <= seen:
        return None
    fixed = [world.domains[q].equals(v) for q, v in rest.items()]
    outcome = world.encoding.outcome(rule)
    if not world.can(*fixed, outcome):
        return False
    return None if world.can(*fixed, neither(outcome)) else True


def _read_twice(situation: Situation, condition: Condition) -> set[str]:
    found = _Counting(situation).leaves(condition)
    return {name for name, times in found.items() if times > 1}


def _decided(
    world: World, answers: _Answers, rule: Rule, question: str, value: Value
) -> bool | None:
    """What the rule is on all full answers with that one; None when it can be both."""
    seen: set[int] = set()
    for truth in _seen(world, answers, rule, question, value):
        seen.add(truth)
        if {NO, YES} <= seen:
            return None
    fixed = world.domains[question].equals(value)
    outcome = world.encoding.outcome(rule)
    if YES not in seen and not world.holds_with(rule, fixed):
        return False
    if NO not in seen and world.possible(fixed, neither(outcome)) is None:
        return True
    return None


def _seen(
    world: World, answers: _Answers, rule: Rule, question: str, value: Value
) -> Iterator[int]:
    """Truths of the rule in full answer sets at hand, that one answer exchanged."""
    yield from (one.outcome(rule) for one in answers.exchanged(world, question, value))
    for values in world.holding(rule):
        yield world.situation({**values, question: value}).outcome(rule)


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


def _marks(world: World) -> dict[str, set[int]]:
    """The thresholds that conditions set for each whole number or date."""
    found: dict[str, set[int]] = {}
    waiting = [condition for _, condition in conditions(world.pack)]
    while waiting:
        one = waiting.pop()
        waiting.extend(parts_of(one))
        if isinstance(one, Between):
            ends = (domain.ordinal(one.low), domain.ordinal(one.high))
            found.setdefault(one.question, set()).update(end for end in ends if end is not None)
    return found


def _values(question: Question, marks: set[int]) -> list[Value]:
    if question.kind == "text":
        return []
    if question.kind not in ("whole_number", "date"):
        return list(domain.choices(question, 1))
    low, high = domain.number_range(question, None)
    near = {low, high, *(mark + step for mark in marks for step in (-1, 0, 1))}
    inside = sorted(one for one in near if low <= one <= high)
    is_date = question.kind == "date"
    return [date.fromordinal(one) if is_date else one for one in inside]
