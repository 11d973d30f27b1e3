"""The compiled form says what the tree walk says."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given

from risk_kit import compile as compiled
from risk_kit.assess import in_force
from risk_kit.condition import Situation
from risk_kit.domain import NO, YES
from risk_kit.model import Pack, Value
from strategies import TODAY, full_cases, partial_cases


def walked(pack: Pack, values: Mapping[str, Value]) -> compiled.Outcome:
    """The outcome by the tree walk."""
    walk = Situation(pack, values, in_force(pack, TODAY))
    truths = tuple(map(walk.outcome, walk.rules))
    scope = pack.framework.applies
    applies = YES if scope is None else walk.truth(scope)
    levels = []
    for scale in pack.framework.scales:
        places = [
            max((scale.position(r.level) for r in rule.raises if r.scale == scale.id), default=0)
            for rule in walk.rules
        ]
        low = max((p for p, t in zip(places, truths, strict=True) if t == YES), default=0)
        high = max((p for p, t in zip(places, truths, strict=True) if t != NO), default=0)
        levels.append(None if applies == NO else (low, high))
    return compiled.Outcome(
        truths,
        applies,
        tuple(levels),
        tuple(map(walk.score, pack.dimensions)),
        tuple(map(walk.shown, pack.questions)),
    )


@given(partial_cases())
def test_a_partial_answer_set_means_the_same(case: tuple[Pack, dict[str, Value]]) -> None:
    pack, values = case
    assert compiled.program(pack, TODAY).run(values) == walked(pack, values)


@given(full_cases())
def test_a_full_answer_set_means_the_same(case: tuple[Pack, dict[str, Value]]) -> None:
    pack, values = case
    assert compiled.program(pack, TODAY).run(values) == walked(pack, values)
