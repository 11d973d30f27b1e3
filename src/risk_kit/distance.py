"""Where on the spectrum a case lies: how many answers away the neighbouring levels are, and which.

A distance is counted in answers, never in points: one answer is next door, two are near, three or
more are some way off. Cases are not to be compared by it. All of it speaks of the upper bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from risk_kit.model import Question, Value
from risk_kit.planes_pairs import One, Pairs, pairs
from risk_kit.whatif import Change, Effect, Explorer

MOST_WAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """The fewest answers that lead there: 1, 2, or None for three and more; and some of the ways."""

    count: int | None
    ways: tuple[tuple[Change, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Distance:
    """Fewest answers to the next level up and down; None where there is none of the same kind.

    `edge`: estimates of which one step more or less moves the upper bound.
    """

    up: Nearest | None
    down: Nearest | None
    edge: tuple[Effect, ...]


def place(found: Distance) -> int:
    """Where inside its level a case is drawn: 0 next to the level below, 4 next to the one above."""
    near = {1: 2, 2: 1}
    up, down = (near.get(one.count or 0, 0) if one else 0 for one in (found.up, found.down))
    return 2 + up - down


def distance(explorer: Explorer) -> Distance:
    """How far the case is from the levels above and below its upper bound.

    Only answers that are a choice of design or an estimate are moved: other facts of a case do not
    drift. To rise, the lower bound has to pass the present upper one.
    """
    high = explorer.high
    if high is None:
        return Distance(None, None, ())
    levels = explorer.pack.main_scale.levels
    top = next((n for n, one in enumerate(levels) if one.apart), len(levels)) - 1
    moving = _movable(explorer)
    singles = [e for e in explorer.single_changes() if e.changes[0].question in moving]
    up = [e.changes for e in singles if e.low is not None and high < e.low <= top]
    down = [e.changes for e in singles if e.high is not None and e.high < high]
    edge = (e for e in singles if e.high not in (None, high) and _a_step(explorer, e))
    return Distance(
        up=_nearest(explorer, up, lambda two: two.rising(high + 1, top)) if high < top else None,
        down=_nearest(explorer, down, lambda two: two.below(high)) if high > 0 else None,
        edge=tuple(edge),
    )


def _movable(explorer: Explorer) -> frozenset[str]:
    every = explorer.pack.questions.values()
    return frozenset(one.id for one in every if one.changeable or one.judgement)


def _nearest(
    explorer: Explorer,
    single: Sequence[tuple[Change, ...]],
    of: Callable[[Pairs], Iterator[tuple[One, One]]],
) -> Nearest:
    if single:
        return Nearest(1, tuple(single[:MOST_WAYS]))
    now = explorer.values
    found = islice(of(pairs(explorer.planes, now, _movable(explorer))), MOST_WAYS)
    ways = tuple(tuple(Change(q, now.get(q), value) for q, value in two) for two in found)
    return Nearest(2, ways) if ways else Nearest(None)


def _a_step(explorer: Explorer, effect: Effect) -> bool:
    """Whether the change moves one estimate that was given by one step."""
    (one,) = effect.changes
    question = explorer.pack.questions[one.question]
    if not question.judgement or one.before is None:
        return False
    return not question.ordered or abs(_step(question, one.before, one.after)) == 1


def _step(question: Question, before: Value, after: Value) -> int:
    order = [option.id for option in question.options]
    return order.index(str(after)) - order.index(str(before))
