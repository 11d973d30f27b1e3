"""What would change the tier: each single answer, the least changes that lower it, the nearest rises.

"Lower" speaks of the upper bound: a result is lowered when the worst that is still possible is.
Only questions that the author marked `changeable` may be changed to lower it; what raises it may be
any answer, for that shows how firm the result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from risk_kit.compile import Outcome, Program
from risk_kit.condition import effective, parts_of
from risk_kit.domain import NO, OPEN, YES, Truth, choices
from risk_kit.forms import All, Between, Condition
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
    """Tries changes of one answer set under a compiled pack."""

    def __init__(self, program: Program, answers: AnswerSet) -> None:
        self.program = program
        self.pack = program.pack
        values = {q: a.value for q, a in answers.answers.items()}
        self.values: Values = {q: v for q, v in values.items() if v is not UNKNOWN}
        self.main = list(self.pack.scales).index(self.pack.framework.main_scale)
        self._read: dict[str, set[str]] = {}
        self._tries = 0
        self.places = [self._place(rule) for rule in program.rules]
        start = program.run(self.values)
        self.low, self.high = self._bounds(start)
        shown = zip(self.pack.questions.values(), start.shown, strict=True)
        self.shown = [question for question, truth in shown if truth != NO]

    def single_changes(self) -> tuple[Effect, ...]:
        """Every change of one shown answer and the bounds it leads to."""
        return tuple(
            Effect((change,), *self._bounds(self.program.run(self._after((change,)))))
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

    def _place(self, rule: Rule) -> int:
        scale = self.pack.main_scale
        return max((scale.position(r.level) for r in rule.raises if r.scale == scale.id), default=0)

    def _bounds(self, outcome: Outcome) -> tuple[int, int]:
        """The main scale's bounds; out of scope counts as the bottom."""
        return outcome.levels[self.main] or (0, 0)

    def _at_top(self, outcome: Outcome, least: Truth) -> list[Rule]:
        """Rules that lift to the present upper bound and are at least so true."""
        every = zip(self.program.rules, self.places, outcome.truths, strict=True)
        return [rule for rule, place, truth in every if place >= self.high and truth >= least]

    def _stands(self) -> tuple[str, ...]:
        """Findings at the upper bound that hold whatever the changeable answers are."""
        fixed = {q: v for q, v in self.values.items() if not self.pack.questions[q].changeable}
        free = self.program.run(fixed)
        return tuple(r.id for r in self._at_top(free, YES)) if free.levels[self.main] else ()

    def _search(self, made: tuple[Change, ...], left: int) -> Iterator[Effect]:
        """Depth-first: some finding still at the top must be changed by a question that it reads."""
        self._tries += 1
        if self._tries > MOST_TRIES:
            return
        outcome = self.program.run(self._after(made))
        bounds = self._bounds(outcome)
        if bounds[1] < self.high:
            yield Effect(made, *bounds)
        elif left > 0:
            touched = {change.question for change in made}
            standing = self._at_top(outcome, OPEN)[0]
            for question in sorted(self._levers(standing) - touched):
                for change in self.alternatives(self.pack.questions[question]):
                    yield from self._search((*made, change), left - 1)

    def _levers(self, rule: Rule) -> set[str]:
        """The changeable questions on which a finding, its exemptions or the scope depend."""
        if rule.id not in self._read:
            exempters = [one for one in self.program.rules if rule.id in one.exempts]
            whole = effective(rule, exempters)
            scope = self.pack.framework.applies
            found = reads(self.pack, whole if scope is None else All((whole, scope)))
            self._read[rule.id] = {q for q in found if self.pack.questions[q].changeable}
        return self._read[rule.id]

    def _after(self, changes: tuple[Change, ...]) -> Values:
        return {**self.values, **{one.question: one.after for one in changes}}

    def _marks(self, question: Question) -> list[Value]:
        """One value for each stretch between the bounds that conditions test."""
        ends: set[Any] = {question.minimum, question.maximum}
        for condition in _conditions(self.pack, self.program.rules):
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
