"""Which way a criterion pushes: where it may hold more often without lowering any level.

An overlay may widen a criterion only where the answer is yes. Signs are followed from the rules
inwards: through criteria, scores and show-conditions, turned by *not*, `unless` and exemptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from risk_kit.condition import parts_of, questions_in
from risk_kit.domain import term_range
from risk_kit.forms import Condition, Named, Not, Score, Sum
from risk_kit.model import Criterion, Points, Question, Rule, by_id

Sign: TypeAlias = int
MORE: Final[Sign] = 1
LESS: Final[Sign] = -1
BOTH: Final = (MORE, LESS)


def signs(
    rules: Sequence[Rule],
    criteria: Sequence[Criterion],
    questions: Sequence[Question],
    applies: Condition | None,
) -> dict[str, set[Sign]]:
    """Criterion id → {MORE} where its holding only adds levels and duties, {LESS} or both where not."""
    whens, asked = {one.id: one.when for one in criteria}, by_id(questions)
    shows = {one.id: one.show for one in questions if one.show is not None}
    found: dict[str, set[Sign]] = {}
    seen: set[tuple[Condition, Sign]] = set()
    todo = [pair for rule in rules for pair in _roots(rule)]
    todo += [] if applies is None else [(applies, MORE)]
    while todo:
        condition, sign = todo.pop()
        if (condition, sign) in seen:
            continue
        seen.add((condition, sign))
        match condition:
            case Named(criterion):
                found.setdefault(criterion, set()).add(sign)
                todo.append((whens[criterion], sign))
            case Score(dimension):
                todo += [(r.when, s) for r in rules for s in _points(r, dimension, sign, asked)]
                todo += [
                    (shows[q], s) for q in _added(rules, dimension) if q in shows for s in BOTH
                ]
            case Not(part):
                todo.append((part, -sign))
            case _:
                todo += [(part, sign) for part in parts_of(condition)]
        if not parts_of(condition):
            todo += _asked(condition, sign, shows)
    return found


def _roots(rule: Rule) -> Iterator[tuple[Condition, Sign]]:
    """A rule adds levels and duties, an exemption takes them away; a flag does neither."""
    ways = [MORE] if rule.raises or rule.points or rule.obliges else []
    for sign in [*ways, *([LESS] if rule.exempts else [])]:
        yield rule.when, sign
        if rule.unless is not None:
            yield rule.unless, -sign


def _points(
    rule: Rule, dimension: str, sign: Sign, asked: Mapping[str, Question]
) -> Iterator[Sign]:
    for one in rule.points:
        if one.dimension == dimension:
            yield sign
            if _may_subtract(one, asked):
                yield -sign


def _added(rules: Sequence[Rule], dimension: str) -> set[str]:
    """The questions whose answers are added to a score."""
    points = [one for rule in rules for one in rule.points if one.dimension == dimension]
    return {term.question for one in points for term in one.terms}


def _may_subtract(points: Points, asked: Mapping[str, Question]) -> bool:
    """Whether some answers make them negative; a question that is not shown adds 0."""
    least = [term_range(asked[term.question], term, None)[0] for term in points.terms]
    return points.amount + sum(min(one, 0) for one in least) < 0


def _asked(
    leaf: Condition, sign: Sign, shows: dict[str, Condition]
) -> Iterator[tuple[Condition, Sign]]:
    """A question that is shown can make a test true; a sum can go either way."""
    for question in questions_in(leaf):
        if question in shows:
            yield from ((shows[question], s) for s in (BOTH if isinstance(leaf, Sum) else (sign,)))
