"""Errors are made of problems; their sentences are elsewhere."""

from __future__ import annotations

from risk_kit.errors import BadInput, Problem, RiskKitError


def test_an_error_keeps_its_problems_and_names_each() -> None:
    first = Problem("no_such", {"id": "x"}, "pack.yaml", 3, "rules[0]")
    error = BadInput(first, Problem("empty"))
    assert isinstance(error, RiskKitError)
    assert error.problems == (first, Problem("empty"))
    assert str(error) == "no_such {'id': 'x'}; empty {}"
