"""What would change the tier: each single answer, the least changes that lower it, the nearest rises.

"Lower" speaks of the upper bound: a result is lowered when the worst that is still possible is.
Only questions that the author marked `changeable` may be changed to lower it; what raises it may be
any answer, for that shows how firm the result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from risk_kit.assess import in_force
from risk_kit.condition import Situation, parts_of
from risk_kit.domain import NO, YES, Truth, choices
from risk_kit.forms import Between, Condition
from risk_kit.model import UNKNOWN, AnswerSet, Pack, Question, Rule, Value
from risk_kit.reasons import reads

MOST_CHANGES: Final = 4
MOST_TRIES: Final = 20_000
Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer set to another value (from unanswered: `before` is None)."""

    question: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Effect:
    """The tier's bounds (places on the main scale, from 0) after some changes."""

    changes: tuple[Change, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Lowering:
    """How the upper bound can be lowered.

    `found`: every smallest set of changes that does. `none`: no changeable answer can, and
    `blocked_by` names the findings that stand. `more`: none with up to four changes.
    `lowest`: it is already at the bottom. `gave_up`: too many combinations to try.
    """

    outcome: Literal["found", "none", "more", "lowest", "gave_up"]
    ways: tuple[Effect, ...] = ()
    blocked_by: tuple[str, ...] = ()


class Explorer:
    """Tries changes of one answer set under one pack on one day."""

    def __init__(self, pack: Pack, answers: AnswerSet, as_of: date) -> None:
        self.pack = pack
        self.rules = in_force(pack, as_of)
        values = {q: a.value for q, a in answers.answers.items()}
        self.values: Values = {q: v for q, v in values.items() if v is not UNKNOWN}
        scale = pack.main_scale
        self.raising = {
            rule: scale.position(lift.level)
            for rule in self.rules
            for lift in rule.raises
            if lift.scale == scale.id and scale.position(lift.level) > 0
        }
        start = self._situation(self.values)
        self.low, self.high = self._bounds(start)
        self.shown = [q for q in pack.questions.values() if start.shown(q.id) != NO]

    def single_changes(self) -> tuple[Effect, ...]:
        """Every change of one shown answer and the bounds it leads to."""
        return tuple(
            Effect((change,), *self._bounds(self._situation(self._with(change))))
            for question in self.shown
            for change in self.alternatives(question)
        )

    def rises(self) -> tuple[Effect, ...]:
        """The single changes after which a bound is higher than now: how firm the result is."""
        return tuple(e for e in self.single_changes() if e.low > self.low or e.high > self.high)

    def alternatives(self, question: Question) -> Iterator[Change]:
        """The other answers of a question; of several options one at a time is added or removed."""
        now = self.values.get(question.id)
        for value in _alternatives(question, now, self._marks(question)):
            if value != now:
                yield Change(question.id, now, value)

    def lowering(self) -> Lowering:
        """The least number of changes to changeable answers that lowers the upper bound."""
        if self.high == 0:
            return Lowering("lowest")
        stands = self._stands()
        if stands:
            return Lowering("none", blocked_by=stands)
        self._tries = 0
        for size in range(1, MOST_CHANGES + 1):
            ways = {frozenset(e.changes): e for e in self._search((), size)}
            if ways:
                return Lowering("found", tuple(ways.values()))
            if self._tries > MOST_TRIES:
                return Lowering("gave_up")
        return Lowering("more")

    def _stands(self) -> tuple[str, ...]:
        """Findings at the upper bound that hold whatever the changeable answers are."""
        fixed = {q: v for q, v in self.values.items() if not self.pack.questions[q].changeable}
        free = self._situation(fixed)
        return tuple(r.id for r in self._top() if free.outcome(r) == YES)

    def _top(self) -> list[Rule]:
        return [rule for rule, place in self.raising.items() if place >= self.high]

    def _search(self, made: tuple[Change, ...], left: int) -> Iterator[Effect]:
        """Depth-first: some finding still at the top must be changed by a question that it reads."""
        self._tries += 1
        if self._tries > MOST_TRIES:
            return
        situation = self._situation(self._after(made))
        standing = [rule for rule in self._top() if situation.outcome(rule) != NO]
        if not standing:
            yield Effect(made, *self._bounds(situation))
            return
        if left == 0:
            return
        touched = {change.question for change in made}
        for question in self._levers(situation, standing[0]) - touched:
            for change in self.alternatives(self.pack.questions[question]):
                yield from self._search((*made, change), left - 1)

    def _levers(self, situation: Situation, rule: Rule) -> set[str]:
        found = reads(self.pack, situation.effective(rule))
        return {q for q in found if self.pack.questions[q].changeable}

    def _situation(self, values: Values) -> Situation:
        return Situation(self.pack, values, self.rules)

    def _with(self, change: Change) -> Values:
        return {**self.values, change.question: change.after}

    def _after(self, changes: tuple[Change, ...]) -> Values:
        return {**self.values, **{one.question: one.after for one in changes}}

    def _bounds(self, situation: Situation) -> tuple[int, int]:
        truths: dict[Rule, Truth] = {rule: situation.outcome(rule) for rule in self.raising}
        low = max((p for r, p in self.raising.items() if truths[r] == YES), default=0)
        return low, max((p for r, p in self.raising.items() if truths[r] != NO), default=0)

    def _marks(self, question: Question) -> list[Value]:
        """One value for each stretch between the bounds that conditions test."""
        ends: set[int | date | None] = {question.minimum, question.maximum}
        for condition in _conditions(self.pack, self.rules):
            for leaf in _leaves(condition):
                if isinstance(leaf, Between) and leaf.question == question.id:
                    ends |= {leaf.low, leaf.high}
        found: list[Value] = [end for end in ends if end is not None]
        return sorted(found, key=str)


def _alternatives(question: Question, now: Value | None, marks: list[Value]) -> Iterator[Value]:
    if question.kind in ("whole_number", "date"):
        yield from marks
    elif question.kind == "many_of" and isinstance(now, frozenset):
        alone = {option.id for option in question.options if option.exclusive}
        for option in question.options:
            toggled = {option.id} if option.id in alone else (now - alone) ^ {option.id}
            if toggled or not alone:
                yield frozenset(toggled)
    else:
        yield from choices(question, most=1)


def _conditions(pack: Pack, rules: tuple[Rule, ...]) -> Iterator[Condition]:
    yield from (rule.when for rule in rules)
    yield from (rule.unless for rule in rules if rule.unless is not None)
    yield from (one.when for one in pack.criteria.values())
    yield from (q.show for q in pack.questions.values() if q.show is not None)


def _leaves(condition: Condition) -> Iterator[Condition]:
    parts = parts_of(condition)
    if not parts:
        yield condition
    for part in parts:
        yield from _leaves(part)
