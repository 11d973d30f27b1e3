"""The witness of a finding: its answers alone give the same outcome, and none is to spare."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from risk_kit.forms import Condition, Equals, Not, Score
from risk_kit.model import Dimension, Pack, Points, Rule, Threshold
from strategies import (
    SOME_TEXT,
    Values,
    assessed,
    full_cases,
    pack_of,
    partial_cases,
    question,
    rule,
)


def state(pack: Pack, values: Values, name: str) -> str:
    return next(one.state for one in assessed(pack, values).findings if one.rule == name)


def carries(pack: Pack, values: Values) -> None:
    """Assert the law for every finding of one answer set."""
    for finding in assessed(pack, values).findings:
        held = finding.witness
        assert held.items() <= values.items()
        if finding.state == "undecided":
            assert held == {}
            continue
        assert state(pack, held, finding.rule) == finding.state
        for name in held:
            fewer = {q: v for q, v in held.items() if q != name}
            assert state(pack, fewer, finding.rule) == "undecided"


@settings(max_examples=60)
@given(partial_cases())
def test_a_witness_of_partial_answers_carries_alone(case: tuple[Pack, Values]) -> None:
    carries(*case)


@settings(max_examples=40)
@given(full_cases())
def test_a_witness_of_full_answers_carries_alone(case: tuple[Pack, Values]) -> None:
    carries(*case)


def is_(*options: str) -> Condition:
    return Equals("q", options)


@pytest.mark.parametrize("values", [{}, {"s": True}, {"q": "a"}, {"s": True, "q": "a"}])
@pytest.mark.parametrize(
    "scoring",
    [
        {"x": (is_("a"), 3), "y": (Not(is_("a")), 3)},
        {"x": (is_("a"), 3), "y": (is_("b"), 3)},
        {"x": (is_("a"), 3), "y": (Not(is_("a")), 3), "z": (is_("b"), -5)},
    ],
)
def test_a_score_that_is_sure_while_its_rules_are_not_has_its_witness(
    scoring: dict[str, tuple[Condition, int]], values: Values
) -> None:
    """Every answer of q gives three points, so that knowing it is asked can be enough."""
    shown = question("q", "one_of", "ab", show=Equals("s", (True,)))
    rules: list[Rule] = [
        rule(name, when, points=(Points("d", amount),)) for name, (when, amount) in scoring.items()
    ]
    rules.append(rule("r", Score("d", "t"), "high"))
    mark = (Threshold("t", 3),)
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, -9, 9, thresholds=mark)
    carries(pack_of((question("s"), shown), tuple(rules), dimensions=(dimension,)), values)
