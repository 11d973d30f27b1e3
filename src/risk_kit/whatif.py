"""What would change the tier: each single answer, the least changes that lower it, the nearest rises.

"Lower" speaks of the upper bound: a result is lowered when the worst that is still possible is.
Only questions that the author marked `changeable` may be changed to lower it; what raises it may be
any answer, for that shows how firm the result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from risk_kit.compile import Outcome, Program
from risk_kit.condition import effective, raised
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.forms import All
from risk_kit.model import UNKNOWN, AnswerSet, Rule, Value
from risk_kit.planes import PlaneProgram, alternatives, single_changes
from risk_kit.reasons import reads

MOST_CHANGES: Final = 4
MOST_TRIES: Final = 20_000
Values: TypeAlias = Mapping[str, Value]
OUTSIDE: Final[tuple[None, None]] = (None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer set to another value (from unanswered: `before` is None)."""

    question: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Effect:
    """The tier's bounds (places on the main scale, from 0) after some changes; None: out of scope."""

    changes: tuple[Change, ...]
    low: int | None
    high: int | None


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

    def __init__(self, program: Program, planes: PlaneProgram, answers: AnswerSet) -> None:
        self.program, self.planes, self.pack = program, planes, program.pack
        values = {q: a.value for q, a in answers.answers.items()}
        self.values: Values = {q: v for q, v in values.items() if v is not UNKNOWN}
        self.main = list(self.pack.scales).index(self.pack.framework.main_scale)
        self._read: dict[str, set[str]] = {}
        self._tries = 0
        self.places = [raised(rule, self.pack.main_scale) for rule in program.rules]
        start = program.run(self.values)
        self.low: int | None
        self.high: int | None
        self.low, self.high = start.levels[self.main] or OUTSIDE
        shown = zip(self.pack.questions, start.shown, strict=True)
        self.shown = {question for question, truth in shown if truth != NO}

    def single_changes(self) -> tuple[Effect, ...]:
        """Every change of one shown answer that some condition reads, and the bounds it leads to."""
        return tuple(
            Effect(
                (Change(one.question, self.values.get(one.question), one.value),), one.low, one.high
            )
            for one in single_changes(self.planes, self.values)
            if one.question in self.shown
        )

    def rises(self) -> tuple[Effect, ...]:
        """The single changes after which a bound is higher than now: how firm the result is."""
        return tuple(
            one
            for one in self.single_changes()
            if _height(one.low) > _height(self.low) or _height(one.high) > _height(self.high)
        )

    def lowering(self) -> Lowering:
        """The least number of changes to changeable answers that lowers the upper bound."""
        if not self.high:
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

    def _at_top(self, outcome: Outcome, least: Truth) -> list[Rule]:
        """Rules that lift to the present upper bound and are at least so true."""
        every = zip(self.program.rules, self.places, outcome.truths, strict=True)
        top = _height(self.high)
        return [rule for rule, place, truth in every if place >= top and truth >= least]

    def _stands(self) -> tuple[str, ...]:
        """Findings at the upper bound that hold whatever the changeable answers are."""
        fixed = {q: v for q, v in self.values.items() if not self.pack.questions[q].changeable}
        free = self.program.run(fixed)
        return tuple(r.id for r in self._at_top(free, YES)) if free.applies == YES else ()

    def _search(self, made: tuple[Change, ...], left: int) -> Iterator[Effect]:
        """Depth-first: some finding still at the top must be changed by a question that it reads."""
        self._tries += 1
        if self._tries > MOST_TRIES:
            return
        changed = {one.question: one.after for one in made}
        outcome = self.program.run({**self.values, **changed})
        low, high = outcome.levels[self.main] or OUTSIDE
        if _height(high) < _height(self.high):
            yield Effect(made, low, high)
        elif left > 0:
            standing = self._at_top(outcome, OPEN)[0]
            for question in sorted(self._levers(standing) - changed.keys()):
                now = self.values.get(question)
                for value in alternatives(self.planes.inputs[question], now):
                    yield from self._search((*made, Change(question, now, value)), left - 1)

    def _levers(self, rule: Rule) -> set[str]:
        """The changeable questions on which a finding, its exemptions or the scope depend."""
        if rule.id not in self._read:
            exempters = [one for one in self.program.rules if rule.id in one.exempts]
            whole = effective(rule, exempters)
            scope = self.pack.framework.applies
            found = reads(self.pack, whole if scope is None else All((whole, scope)))
            free = {q for q in found if self.pack.questions[q].changeable}
            self._read[rule.id] = free & self.planes.inputs.keys()
        return self._read[rule.id]


def _height(place: int | None) -> int:
    """Out of scope lies below every level."""
    return -1 if place is None else place
