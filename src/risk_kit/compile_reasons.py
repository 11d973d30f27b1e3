"""The answers that carry every finding, fast: the same law as `reasons.witness`, and often smaller.

`reason_program(pack, as_of).witnesses(values)` gives, for each rule in force, a set of answered
questions that alone gives the rule its truth, and of which none can be left out; none while open.

How small? With criteria and show-conditions written out, a rule is a tree over tests of one question.

- Every question stands once in the tree: choosing the cheapest parts is exact.
- Some question stands more than once: the smallest set, as far as `MOST_TRIES` smaller sets can be
  tried; else one from which nothing can be dropped.
- The rule is *a score and* such a tree: the answers with most points first (the fewest would be a
  covering problem), and nothing can be dropped.
- Anything else (sums, matrices, very large trees) goes to `reasons.witness`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import comb
from typing import Final

from risk_kit.compile_facts import Facts, facts_of
from risk_kit.compile_scores import Answers, Points, points_by_dimension
from risk_kit.compile_tables import tests_of
from risk_kit.compile_trees import (
    Carried,
    TooLarge,
    Tree,
    expanded,
    needed_points,
    scores_in,
    trees,
)
from risk_kit.condition import Situation, effective, in_force
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import All, Condition, Score
from risk_kit.model import UNKNOWN, Pack, Rule, Value
from risk_kit.reasons import witness

MOST_TRIES: Final = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """How a rule's reasons are found: by its tree, by a score and a tree, or (neither) by the walk."""

    rule: Rule
    tree: Tree | None = None
    points: Points | None = None
    needed: int = 0


@dataclass(frozen=True, slots=True)
class ReasonProgram:
    """The reasons of all rules in force on a day."""

    facts: Facts
    plans: tuple[Plan, ...]

    def witnesses(self, values: Mapping[str, Value]) -> tuple[frozenset[str], ...]:
        """Of each rule in force, in pack order, the questions whose answers carry its truth."""
        answers = _answers(self.facts, values)
        names = list(self.facts.pack.questions)
        walk: Situation | None = None
        a, b = answers.sure, answers.possible
        found = []
        for plan in self.plans:
            tree = plan.tree
            if tree is None:
                walk = walk or Situation(self.facts.pack, values, self.facts.rules)
                found.append(witness(walk, walk.effective(plan.rule)))
                continue
            if plan.points is not None:
                places = _with_score(tree, plan.points, plan.needed, answers)
            else:
                places = (tree.carry(a, b) if tree.read_once else _smallest(tree, answers)) or ()
            found.append(frozenset([names[place] for place in places]))
        return tuple(found)


def reason_program(pack: Pack, as_of: date) -> ReasonProgram:
    """Compile a checked pack for a day."""
    facts = facts_of(pack, in_force(pack, as_of))
    points = points_by_dimension(facts)
    shapes: list[tuple[Rule, Condition, Score | None]] = []
    plans: dict[str, Plan] = {rule.id: Plan(rule) for rule in facts.rules}
    for rule in facts.rules:
        try:
            rest, score = _apart(expanded(facts, effective(rule, facts.exempters[rule.id])))
        except TooLarge:
            continue
        if not scores_in(rest) and (score is None or score.dimension in points):
            shapes.append((rule, rest, score))
    made = trees(facts, [rest for _, rest, _ in shapes])
    for (rule, _, score), tree in zip(shapes, made, strict=True):
        if score is None:
            plans[rule.id] = Plan(rule, tree)
        else:
            plans[rule.id] = Plan(rule, tree, points[score.dimension], needed_points(facts, score))
    return ReasonProgram(facts, tuple(plans.values()))


def _apart(condition: Condition) -> tuple[Condition, Score | None]:
    """The condition without a score that stands beside all the rest, and that score."""
    parts = list(_flat(condition))
    scores = [part for part in parts if isinstance(part, Score)]
    if len(scores) != 1:
        return condition, None
    return All(tuple(part for part in parts if part is not scores[0])), scores[0]


def _flat(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, All):
        return tuple(inner for part in condition.parts for inner in _flat(part))
    return (condition,)


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
    return Answers(tuple(given), sure, possible, none_sure, none_possible)


def _smallest(tree: Tree, answers: Answers) -> Carried | None:
    """The carrying answers of a tree, None while it is open."""
    found = tree.carry(answers.sure, answers.possible)
    if tree.read_once or found is None or len(found) < 2:  # noqa: PLR2004 - one answer is needed
        return found
    truth = tree.truth(answers.sure, answers.possible)
    kept = list(dict.fromkeys(found))
    for place in sorted(kept):
        fewer = [one for one in kept if one != place]
        if tree.truth(*answers.only(tuple(fewer))) == truth:
            kept = fewer
    return _tried(tree, answers, truth, tuple(kept))


def _tried(tree: Tree, answers: Answers, truth: int, kept: Carried) -> Carried:
    """A smaller set, if one is found among the first tries."""
    offered = [place for place in tree.places if answers.values[place] is not None]
    tries = 0
    for size in range(1, len(kept)):
        tries += comb(len(offered), size)
        if tries > MOST_TRIES:
            break
        for some in combinations(offered, size):
            if tree.truth(*answers.only(some)) == truth:
                return some
    return kept


def _with_score(tree: Tree, points: Points, needed: int, answers: Answers) -> Carried:
    if points.bases[-1] >= 1 - needed:  # the score is out of reach whatever the answers
        return ()
    rest = tree.truth(answers.sure, answers.possible)
    if rest == NO:
        return _smallest(tree, answers) or ()
    score = points.truth(answers, needed)
    if score == NO:
        return tuple(points.witness(answers, needed, NO, ()))
    if OPEN in (rest, score):
        return ()
    beside = _smallest(tree, answers) or ()
    kept = points.witness(answers, needed, YES, beside) | set(beside)
    for place in sorted(beside):
        fewer = kept - {place}
        if tree.truth(*answers.only(fewer)) == YES and _reaches(points, answers, needed, fewer):
            kept = fewer
    return tuple(kept)


def _reaches(points: Points, answers: Answers, needed: int, kept: set[int]) -> bool:
    """Whether the score surely has the points when only those questions are answered."""
    values = tuple(v if place in kept else None for place, v in enumerate(answers.values))
    none = (answers.none_sure, answers.none_possible)
    return points.truth(Answers(values, *answers.only(kept), *none), needed) == YES
