"""All that a shell that lives long keeps ready for a pack and a day: the same results, sooner.

Findings whose rules can be written out as few ways (see `compile_ways`), and those that ask for a
score of many parts beside such ways, get their witnesses from generated functions. The others go to
`reasons`. Both give the same sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from risk_kit.compile import Program, program
from risk_kit.compile_facts import Facts, facts_of
from risk_kit.compile_points import points_needed, points_of
from risk_kit.compile_scores import (
    Added,
    Answers,
    Part,
    Points,
    ScoreRule,
    bounded,
    places,
    readers,
)
from risk_kit.compile_sums import MOST_PARTS
from risk_kit.compile_tables import tests_of
from risk_kit.compile_ways import Carry, TooMany, Way, Ways, functions
from risk_kit.condition import effective
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.forms import All, Condition, Score
from risk_kit.model import UNKNOWN, Pack, Rule, Value

Walk: TypeAlias = Callable[[Rule], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a rule's witness is found: by ways to YES and NO, by a score, or (neither) by the walk."""

    rule: Rule
    ways: tuple[Carry, Carry] | None = None
    score: ScoreRule | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The compiled form of a pack on a day, with what its reasons need."""

    program: Program
    facts: Facts
    plans: tuple[Plan, ...]
    names: Mapping[int, tuple[str, ...]]

    def witnesses(
        self, values: Mapping[str, Value], truths: Sequence[Truth], walk: Walk
    ) -> list[Sequence[str]]:
        """Of each rule in force, the questions that carry its truth, in pack order.

        `values` are checked, `truths` are the rules'; `walk` finds what is not written out.
        """
        answers, names = _answers(self.facts, values), self.names
        a, b, carried = answers.sure, answers.possible, answers.carried
        for plan, truth in zip(self.plans, truths, strict=True):
            if plan.ways is not None:
                some = plan.ways[truth == NO](a, b) if truth != OPEN else 0
                carried[plan.rule.id] = truth, some or 0
        found: list[Sequence[str]] = []
        for plan, truth in zip(self.plans, truths, strict=True):
            if plan.ways is not None:
                found.append(names[carried[plan.rule.id][1]])
            elif plan.score is not None:
                found.append(self.named(plan.score.witness(answers)))
            else:
                found.append(walk(plan.rule) if truth != OPEN else ())
        return found

    def named(self, some: int) -> tuple[str, ...]:
        """The questions of a set, in pack order."""
        questions = self.facts.pack.questionnaire.questions
        return tuple(questions[place].id for place in reversed(places(some, len(questions))))


def ready(pack: Pack, as_of: date) -> Ready:
    """Compile a checked pack for a day."""
    made = program(pack, as_of)
    facts = facts_of(pack, made.rules)
    ways = Ways(facts)
    written: dict[tuple[str, int], tuple[list[Way], list[Way]]] = {}
    for rule in facts.rules:
        when = effective(rule, facts.exempters[rule.id])
        for place, one in enumerate((when, *_beside_score(when))):
            try:
                written[rule.id, place] = ways.of(one, YES), ways.of(one, NO)
            except TooMany:
                continue
    carries = functions(ways, [some for pair in written.values() for some in pair])
    pairs = dict(zip(written, zip(carries[::2], carries[1::2], strict=True), strict=True))
    points = _points(facts, written, pairs)
    plans = tuple(_plan(facts, rule, written, pairs, points) for rule in facts.rules)
    found = Ready(made, facts, plans, {})
    sets = {ways.answers(way) for pair in written.values() for some in pair for way in some}
    return Ready(made, facts, plans, {some: found.named(some) for some in {0, *sets}})


def _beside_score(when: Condition) -> Sequence[Condition]:
    """What stands beside the one score in a conjunction."""
    if not isinstance(when, All) or sum(isinstance(one, Score) for one in when.parts) != 1:
        return ()
    return [one for one in when.parts if not isinstance(one, Score)]


def _plan(
    facts: Facts,
    rule: Rule,
    written: Mapping[tuple[str, int], tuple[list[Way], list[Way]]],
    pairs: Mapping[tuple[str, int], tuple[Carry, Carry]],
    points: Mapping[str, Points],
) -> Plan:
    if (rule.id, 0) in pairs:
        return Plan(rule, ways=pairs[rule.id, 0])
    when = effective(rule, facts.exempters[rule.id])
    beside = _beside_score(when)
    scores = [one for one in when.parts if isinstance(one, Score)] if isinstance(when, All) else []
    others = [pairs.get((rule.id, place + 1)) for place in range(len(beside))]
    if len(scores) != 1 or None in others or scores[0].dimension not in points:
        return Plan(rule)
    one = facts.pack.dimensions[scores[0].dimension]
    at = next(mark.at for mark in one.thresholds if mark.id == scores[0].threshold)
    if not one.minimum < at <= one.maximum:
        return Plan(rule)
    known = tuple(pair for pair in others if pair is not None)
    read = set().union(*(_read(written[rule.id, place + 1]) for place in range(len(beside))))
    return Plan(
        rule, score=ScoreRule(points[one.id], points_needed(one, at), known, frozenset(read))
    )


def _points(
    facts: Facts,
    written: Mapping[tuple[str, int], tuple[list[Way], list[Way]]],
    pairs: Mapping[tuple[str, int], tuple[Carry, Carry]],
) -> Mapping[str, Points]:
    """Of each dimension of many parts, all written out: fixed amounts, and questions always asked."""
    grouped = {rule.id for group in facts.groups for rule, _ in group.rules}
    place = {question: i for i, question in enumerate(facts.pack.questions)}
    found = {}
    for dimension in facts.pack.dimensions:
        adding = [r for r in facts.rules if any(p.dimension == dimension for p in r.points)]
        rules = [rule for rule in adding if rule.id not in grouped]
        mine = [group for group in facts.groups if group.dimension == dimension]
        given = [points_of(rule, dimension) for rule in rules]
        hidden = any(group.question.show is not None for group in mine)
        out = all((rule.id, 0) in pairs for rule in rules)
        if len(rules) + len(mine) <= MOST_PARTS or hidden or not out or any(t for _, t in given):
            continue
        parts: list[Part] = [
            Added(rule.id, amount, *pairs[rule.id, 0])
            for rule, (amount, _) in zip(rules, given, strict=True)
        ]
        parts += [bounded(group, place[group.question.id]) for group in mine]
        reads = [_read(written[rule.id, 0]) for rule in rules]
        reads += [{place[group.question.id]} for group in mine]
        bases = {sign: sum(part.base(sign) for part in parts) for sign in (1, -1)}
        found[dimension] = Points(dimension, tuple(parts), bases, readers(reads))
    return found


def _read(written: Iterable[list[Way]]) -> set[int]:
    """The places of the questions that ways read."""
    return {place for some in written for way in some for place, *_ in way}


def _answers(facts: Facts, values: Mapping[str, Value]) -> Answers:
    given: list[Value | None] = []
    sure, possible, none_sure, none_possible = [], [], [], []
    for question, one in facts.pack.questions.items():
        tests = facts.tests.get(question) or tests_of(one, ())
        value = values.get(question)
        value = None if value is UNKNOWN else value
        given.append(value)
        none_sure.append(tests.sure)
        none_possible.append(tests.possible)
        if value is None:
            sure.append(tests.sure)
            possible.append(tests.possible)
        else:
            mask = tests.table[value] if tests.table is not None else tests.mask(value)
            sure.append(mask)
            possible.append(mask)
    return Answers(given, sure, possible, none_sure, none_possible)
