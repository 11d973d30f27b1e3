"""The job as peers see it: rules that give points, and gates that may ask for a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from risk_kit.forms import All, Condition, Score
from risk_kit.model import Pack, Value

Outcome = tuple[tuple[bool, ...], tuple[int, ...], int]
"""What everyone must agree on: each rule's truth, each dimension's score, the tier's place."""


@dataclass(frozen=True)
class Scoring:
    """A rule that adds points to a dimension."""

    id: str
    when: Condition
    dimension: int
    points: int


@dataclass(frozen=True)
class Gate:
    """A rule that raises the tier; `reaches` is (dimension, score) where it asks for one."""

    id: str
    when: Condition
    reaches: tuple[int, int] | None
    level: int


@dataclass(frozen=True)
class Shape:
    """The job's rules in pack order."""

    pack: Pack
    scoring: tuple[Scoring, ...]
    gates: tuple[Gate, ...]

    def totals(self, truths: Iterable[object]) -> list[int]:
        """The scores that follow from the scoring rules' truths."""
        found = [0] * len(self.pack.dimensions)
        for rule, truth in zip(self.scoring, truths, strict=True):
            if truth:
                found[rule.dimension] += rule.points
        return found

    def tier(self, truths: Iterable[object]) -> int:
        """The tier that follows from the gates' truths."""
        return max(
            (g.level for g, truth in zip(self.gates, truths, strict=True) if truth), default=0
        )


def shape_of(pack: Pack) -> Shape:
    """The job, taken apart."""
    dimensions = list(pack.dimensions)
    scoring, gates = [], []
    for rule in pack.framework.rules:
        if rule.points:
            one = rule.points[0]
            scoring.append(Scoring(rule.id, rule.when, dimensions.index(one.dimension), one.amount))
        else:
            when, reaches = _apart(pack, rule.when)
            level = pack.main_scale.position(rule.raises[0].level)
            gates.append(Gate(rule.id, when, reaches, level))
    return Shape(pack, tuple(scoring), tuple(gates))


def listed(values: Mapping[str, Value]) -> dict[str, object]:
    """Answers as plain JSON-like values: chosen options as a sorted list."""
    return {q: sorted(v) if isinstance(v, frozenset) else v for q, v in values.items()}


def _apart(pack: Pack, when: Condition) -> tuple[Condition, tuple[int, int] | None]:
    match when:
        case All((Score(dimension, threshold), rest)):
            one = pack.dimensions[dimension]
            at = next(mark.at for mark in one.thresholds if mark.id == threshold)
            return rest, (list(pack.dimensions).index(dimension), at)
    return when, None
