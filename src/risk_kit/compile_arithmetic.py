"""Arithmetic of ranges as syntax: a range is a pair of expressions, lowest and highest."""

from __future__ import annotations

import ast
from typing import TypeAlias

from risk_kit.compile_nodes import Expression, add_to, choose, compare, const, minus, operate
from risk_kit.model import Dimension

Ends: TypeAlias = tuple[Expression, Expression]


def add_points(place: int, low: Expression, high: Expression) -> list[ast.stmt]:
    """Add to the lowest and highest points of the dimension in that place."""
    ends = ((f"x{place}", low), (f"y{place}", high))
    return [add_to(target, end) for target, end in ends if not _is_zero(end)]


def _is_zero(end: Expression) -> bool:
    return isinstance(end, ast.Constant) and end.value == 0


def with_zero(ends: Ends) -> Ends:
    """The range that also contains 0."""
    return at_most_zero(ends[0]), at_least_zero(ends[1])


def at_most_zero(end: Expression) -> Expression:
    """The lower of the value and 0."""
    if isinstance(end, ast.Constant):
        return const(min(int(str(end.value)), 0))
    return choose(compare(end, ast.Lt(), const(0)), end, const(0))


def at_least_zero(end: Expression) -> Expression:
    """The higher of the value and 0."""
    if isinstance(end, ast.Constant):
        return const(max(int(str(end.value)), 0))
    return choose(compare(end, ast.Gt(), const(0)), end, const(0))


def quotient(points: Expression, one: Dimension) -> Expression:
    """The points divided and rounded as the dimension says."""
    if one.divide_by == 1:
        return points
    by: Expression = const(one.divide_by)
    if one.rounding == "down":
        return operate(points, ast.FloorDiv(), by)
    if one.rounding == "up":
        negative = operate(points, ast.FloorDiv(), const(-one.divide_by))
        return minus(negative)
    twice = operate(operate(points, ast.Mult(), const(2)), ast.Add(), by)
    return operate(twice, ast.FloorDiv(), const(2 * one.divide_by))
