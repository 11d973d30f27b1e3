"""The same value with the whole numbers that stand for parameters set anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from risk_kit.forms import Ref

_T = TypeVar("_T")


def with_numbers(value: _T, numbers: Mapping[str, int]) -> _T:
    """`value` with each Ref inside holding its parameter's number; unchanged parts are shared."""
    made: Any = _rewritten(value, numbers)
    return made  # type: ignore[no-any-return]


def _rewritten(value: Any, numbers: Mapping[str, int]) -> Any:  # noqa: ANN401
    if isinstance(value, Ref):
        number = numbers.get(value.parameter, int(value))
        return value if number == value else Ref(number, value.parameter)
    if isinstance(value, tuple):
        parts = tuple(_rewritten(part, numbers) for part in value)
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = _rewritten(old, numbers)
            if new is not old:
                changed[field.name] = new
        return replace(value, **changed) if changed else value
    return value
