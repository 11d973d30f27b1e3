"""Rules that stay open in the three-valued meaning although the answers already decide them.

Looked for with no answer and with each single answer. Only a question that is read twice can make a
range loose, so most rules are settled by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from risk_kit import domain
from risk_kit.condition import Situation, parts_of, questions_in
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import Between, Condition, Named, Score
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
    twice = _read_twice(answers.empty, condition)
    if not twice or not world.can_hold(rule):
        return None
    for question in sorted(_open_leaves(answers.empty, condition)):
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
    return {name for name, times in _open_leaves(situation, condition).items() if times > 1}


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


def _open_leaves(situation: Situation, condition: Condition) -> Counter[str]:
    """How often each unanswered question is read by the parts that are still open."""
    found: Counter[str] = Counter()
    if situation.truth(condition) != OPEN:
        return found
    match condition:
        case Named(criterion):
            return _open_leaves(situation, situation.pack.criteria[criterion].when)
        case Score(dimension):
            return _score_leaves(situation, dimension)
    for part in parts_of(condition):
        found += _open_leaves(situation, part)
    for question in questions_in(condition) if not parts_of(condition) else ():
        found += _question_leaves(situation, question)
    return found


def _question_leaves(situation: Situation, question: str) -> Counter[str]:
    show = situation.pack.questions[question].show
    found = Counter() if question in situation.values else Counter({question: 1})
    return found if show is None else found + _open_leaves(situation, show)


def _score_leaves(situation: Situation, dimension: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for rule in situation.rules:
        points = [one for one in rule.points if one.dimension == dimension]
        if points:
            found += _open_leaves(situation, situation.effective(rule))
            for term in (term for one in points for term in one.terms):
                found += _question_leaves(situation, term.question)
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
