"""Which answers carry a result: the witness of a truth, and the questions that keep it open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from risk_kit.condition import Situation, effective, once, parts_of, questions_in
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.forms import All, AnyOf, AtLeast, Condition, Named, Not, Score, Sum
from risk_kit.model import Pack

_Reader: TypeAlias = Callable[[Situation, Condition], frozenset[str]]


def witness(situation: Situation, condition: Condition) -> frozenset[str]:
    """Answered questions that alone give the condition its truth, none of them to spare.

    Built bottom-up (the cheapest part of each *any*, every part of each *all*), then every answer
    that turns out not to be needed is dropped. Empty when the truth is OPEN.
    """
    truth = situation.truth(condition)
    if truth == OPEN:
        return frozenset()
    found = _carry(situation, condition)
    for question in sorted(found):
        fewer = found - {question}
        if _truth_with(situation, fewer, condition) == truth:
            found = fewer
    return found


def blockers(situation: Situation, condition: Condition) -> frozenset[str]:
    """The questions whose missing answers keep an open condition open."""
    key = "blockers", condition
    return once(situation.memory, key, lambda: _blockers(situation, condition))


def _blockers(situation: Situation, condition: Condition) -> frozenset[str]:
    if situation.truth(condition) != OPEN:
        return frozenset()
    match condition:
        case Named(criterion):
            return blockers(situation, situation.pack.criteria[criterion].when)
        case Score(dimension):
            return _score_questions(situation, dimension, blockers)
    if parts := parts_of(condition):
        return _union(blockers(situation, part) for part in parts)
    return _union(_leaf_blockers(situation, one) for one in questions_in(condition))


def reads(pack: Pack, condition: Condition) -> frozenset[str]:
    """Every question the condition depends on: through criteria, scores and show-conditions too."""
    found: set[str] = set()
    seen: set[Condition] = set()
    todo = [condition]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        inside, asked = _directly(pack, one)
        shows = [pack.questions[question].show for question in asked - found]
        todo += [*inside, *(show for show in shows if show is not None)]
        found |= asked
    return frozenset(found)


def _directly(pack: Pack, condition: Condition) -> tuple[Sequence[Condition], frozenset[str]]:
    """The conditions and questions one step away."""
    match condition:
        case Named(criterion):
            return [pack.criteria[criterion].when], frozenset()
        case Score(dimension):
            every = pack.framework.rules
            rules = [r for r in every if any(p.dimension == dimension for p in r.points)]
            whens = [effective(r, [x for x in every if r.id in x.exempts]) for r in rules]
            return whens, frozenset(t.question for r in rules for p in r.points for t in p.terms)
    parts = parts_of(condition)
    return parts, frozenset() if parts else questions_in(condition)


def _carry(situation: Situation, condition: Condition) -> frozenset[str]:
    """Answers that give the condition its truth (YES or NO), not yet minimal."""
    return once(situation.memory, ("carry", condition), lambda: _carried(situation, condition))


def _carried(situation: Situation, condition: Condition) -> frozenset[str]:
    truth = situation.truth(condition)
    match condition:
        case Not(part):
            return _carry(situation, part)
        case Named(criterion):
            return _carry(situation, situation.pack.criteria[criterion].when)
        case Score(dimension):
            return _score_questions(situation, dimension, _carry_any)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            agreeing = [_carry(situation, p) for p in parts if situation.truth(p) == truth]
            return _union(sorted(agreeing, key=_size)[: _needed(condition, truth)])
    return _leaf_carry(situation, condition, truth)


def _needed(condition: All | AnyOf | AtLeast, truth: Truth) -> int:
    """How many parts of that truth suffice."""
    match condition:
        case All(parts):
            return len(parts) if truth == YES else 1
        case AnyOf(parts):
            return 1 if truth == YES else len(parts)
        case _:
            n = condition.n
            return max(n, 0) if truth == YES else len(condition.parts) - n + 1


def _leaf_carry(situation: Situation, leaf: Condition, truth: Truth) -> frozenset[str]:
    questions = questions_in(leaf)
    if truth == NO and not isinstance(leaf, Sum):
        hidden = [_show_carry(situation, q) for q in questions if situation.shown(q) == NO]
        if hidden:
            return min(hidden, key=_size)
    answered = frozenset(q for q in questions if q in situation.values)
    decided = _union(_show_carry(situation, q) for q in questions if situation.shown(q) != OPEN)
    return answered | decided


def _show_carry(situation: Situation, question: str) -> frozenset[str]:
    show = situation.pack.questions[question].show
    return frozenset() if show is None else _carry(situation, show)


def _carry_any(situation: Situation, condition: Condition) -> frozenset[str]:
    return frozenset() if situation.truth(condition) == OPEN else _carry(situation, condition)


def _score_questions(situation: Situation, dimension: str, of: _Reader) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for rule in situation.rules:
        terms = [t.question for p in rule.points if p.dimension == dimension for t in p.terms]
        if terms or any(p.dimension == dimension for p in rule.points):
            alone = situation.only_question(rule)
            if alone is not None and of is not blockers:
                terms.append(alone)
            found |= of(situation, situation.effective(rule))
            found |= _union(_term_part(situation, q, of) for q in terms)
    return found


def _term_part(situation: Situation, question: str, of: _Reader) -> frozenset[str]:
    if of is blockers:
        return _leaf_blockers(situation, question)
    own = frozenset({question}) if question in situation.values else frozenset()
    return own if situation.shown(question) == OPEN else own | _show_carry(situation, question)


def _leaf_blockers(situation: Situation, question: str) -> frozenset[str]:
    shown = situation.shown(question)
    if shown == NO:
        return frozenset()
    show = situation.pack.questions[question].show
    found = frozenset() if show is None else blockers(situation, show)
    return found if question in situation.values else found | {question}


def _truth_with(situation: Situation, kept: frozenset[str], condition: Condition) -> Truth:
    values = {q: v for q, v in situation.values.items() if q in kept}
    return situation.given(values).truth(condition)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _size(questions: frozenset[str]) -> tuple[int, Sequence[str]]:
    return len(questions), sorted(questions)
