"""Small mistakes in a condition: a part negated, a bound moved by one. For mutation of golden cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from risk_kit.condition import parts_of
from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not, Sum
from risk_kit.model import Pack

Variant: TypeAlias = tuple[str, Condition]


def variants(pack: Pack, condition: Condition) -> Iterator[Variant]:
    """Each mistake with a short name: where in the condition, and what."""
    negated = condition.part if isinstance(condition, Not) else Not(condition)
    yield "negated", negated
    yield from _inside(pack, condition)


def _inside(pack: Pack, condition: Condition) -> Iterator[Variant]:
    """Mistakes below the top: negating the only part would be negating the whole."""
    parts = parts_of(condition)
    for place, part in enumerate(parts):
        found = variants(pack, part) if len(parts) > 1 else _inside(pack, part)
        for name, changed in found:
            yield f"[{place}] {name}", _with_part(condition, place, changed)
    yield from _shifted(pack, condition)


def _with_part(condition: Condition, place: int, part: Condition) -> Condition:
    match condition:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return replace(condition, parts=(*parts[:place], part, *parts[place + 1 :]))
        case _:
            return Not(part)


def _shifted(pack: Pack, condition: Condition) -> Iterator[Variant]:
    match condition:
        case AtLeast(n, parts):
            for moved in (n - 1, n + 1):
                if 0 < moved <= len(parts):
                    yield f"at_least {n} → {moved}", replace(condition, n=moved)
        case Chosen(_, options, least, most):
            yield from _counts(condition, options, least, most)
        case Between(_, low, high):
            yield from ((f"from {low} → {end}", replace(condition, low=end)) for end in _by(low))
            yield from (
                (f"until {high} → {end}", replace(condition, high=end)) for end in _by(high)
            )
        case Sum():
            yield from _sums(condition)
        case Equals(question, values) if pack.questions[question].ordered:
            yield from _steps(pack, condition, values)


def _sums(condition: Sum) -> Iterator[Variant]:
    if condition.low is not None:
        for low in (condition.low - 1, condition.low + 1):
            yield f"at_least {condition.low} → {low}", replace(condition, low=low)
    if condition.high is not None:
        for high in (condition.high - 1, condition.high + 1):
            yield f"at_most {condition.high} → {high}", replace(condition, high=high)


def _by(end: int | date | None) -> tuple[int | date, ...]:
    """The values next to an end."""
    if isinstance(end, date):
        return end - timedelta(days=1), end + timedelta(days=1)
    return () if end is None else (end - 1, end + 1)


def _counts(
    condition: Chosen, options: tuple[str, ...], least: int, most: int | None
) -> Iterator[Variant]:
    for moved in (least - 1, least + 1):
        if 0 < moved <= len(options) and (most is None or moved <= most):
            yield f"at_least {least} → {moved}", replace(condition, least=moved)
    for moved in (most - 1, most + 1) if most is not None else ():
        if max(least, 0) <= moved < len(options):
            yield f"at_most {most} → {moved}", replace(condition, most=moved)


def _steps(pack: Pack, condition: Equals, values: tuple[bool | str, ...]) -> Iterator[Variant]:
    """An ordered question's test from or up to one option, moved by one option."""
    order = [option.id for option in pack.questions[condition.question].options]
    size = len(values)
    if size in (0, len(order)):
        return
    ends = ("at_least", order[-size:]), ("at_most", order[:size])
    for word, kept in ends:
        if list(values) == kept:
            for count in (size - 1, size + 1):
                if 0 < count < len(order):
                    now = tuple(order[-count:] if word == "at_least" else order[:count])
                    edge = (values[0], now[0]) if word == "at_least" else (values[-1], now[-1])
                    yield f"{word} {edge[0]} → {edge[1]}", replace(condition, values=now)
