"""The same value with the parameters in it set anew: whole numbers in conditions, figures in texts.

A text names a parameter in braces, such as `{reach_small}`, and shows its number as 10,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from risk_kit.forms import Ref

_T = TypeVar("_T")
_NAMED: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_.-]{0,63})\}")


def with_numbers(value: _T, numbers: Mapping[str, int]) -> _T:
    """`value` with each parameter inside at its number; unchanged parts are shared."""
    made: Any = _rewritten(value, numbers)
    return made  # type: ignore[no-any-return]


def named_in(value: object) -> Iterator[str]:
    """The names in braces in the texts of a value."""
    if isinstance(value, str):
        yield from _NAMED.findall(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from named_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from named_in(getattr(value, field.name))


def _rewritten(value: Any, numbers: Mapping[str, int]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return _told(value, numbers) if numbers and "{" in value else value
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


def _told(text: str, numbers: Mapping[str, int]) -> str:
    def number(found: re.Match[str]) -> str:
        name = found[1]
        return f"{numbers[name]:,}" if name in numbers else found[0]

    return _NAMED.sub(number, text)
