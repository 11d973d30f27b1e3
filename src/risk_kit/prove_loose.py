"""Rules that stay open in the three-valued meaning although the answers already decide them.

Looked for with no answer and with each single answer. Only a question that is read twice can make a
range loose, so most rules are settled by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from risk_kit import domain
from risk_kit.condition import Situation, parts_of, questions_in
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import Between, Condition, Named, Score, Sum
from risk_kit.model import Answer, AnswerSet, Question, Rule, Value
from risk_kit.prove_encoding import neither
from risk_kit.prove_search import conditions
from risk_kit.prove_world import Finding, Task, World


def tasks(world: World) -> Iterator[Task]:
    """One task per rule in force."""
    answers = _Answers(world)
    for rule in world.rules:
        yield Task("loose_range", rule.id, partial(_loose, world, answers, rule))


class _Answers:
    """The empty answer set and those with one answer, as situations; numbers at their thresholds."""

    def __init__(self, world: World) -> None:
        self.empty = Situation(world.pack, {}, world.rules)
        self.single: dict[str, list[tuple[Value, Situation]]] = {}
        marks = _marks(world)
        for question in world.pack.questions.values():
            values = _values(question, marks.get(question.id, set()))
            self.single[question.id] = [
                (one, Situation(world.pack, {question.id: one}, world.rules)) for one in values
            ]


def _loose(world: World, answers: _Answers, rule: Rule) -> Finding | None:
    condition = answers.empty.effective(rule)
    if not _read_twice(answers.empty, condition) or not world.can_hold(rule):
        return None
    for question in sorted(_Counting(answers.empty).leaves(condition)):
        for value, situation in answers.single[question]:
            if not _may_be_loose(situation, condition):
                continue
            found = _decided(world, rule, {question: value})
            if found is not None:
                facts = {"question": question, "state": "holds" if found else "does_not_hold"}
                witness = AnswerSet({question: Answer(value)})
                return Finding("loose_range", rule.id, facts, witness)
    return None


def _may_be_loose(situation: Situation, condition: Condition) -> bool:
    return situation.truth(condition) == OPEN and bool(_read_twice(situation, condition))


def _read_twice(situation: Situation, condition: Condition) -> set[str]:
    found = _Counting(situation).leaves(condition)
    return {name for name, times in found.items() if times > 1}


def _decided(world: World, rule: Rule, given: Mapping[str, Value]) -> bool | None:
    """What the rule is on all full answers that agree with `given`; None when it can be both."""
    fixed = [world.domains[name].equals(value) for name, value in given.items()]
    seen = _seen(world, rule, given)
    outcome = world.encoding.outcome(rule)
    if YES not in seen and world.possible(*fixed, outcome) is None:
        return False
    if NO not in seen and world.possible(*fixed, neither(outcome)) is None:
        return True
    return None


def _seen(world: World, rule: Rule, given: Mapping[str, Value]) -> set[int]:
    """Truths of the rule in the answer sets at hand that agree."""
    agreeing = (
        one for one in world.known if all(one.values.get(q) == v for q, v in given.items())
    )
    return {one.outcome(rule) for one in agreeing}


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
