"""How SurveyJS compares values: JavaScript's rules where the two sides are of different types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

_DECIMAL = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_RADIX: Final = {"0x": 16, "0o": 8, "0b": 2}
_SIGNS = re.compile(r"-|^.+\+|[*^/%]")


def number(text: str) -> float | int | None:
    """`Number(text)` of JavaScript for finite numbers; None where it gives NaN or infinity."""
    text = text.strip()
    if not text:
        return 0
    base = _RADIX.get(text[:2].lower())
    if base is not None:
        try:
            return int(text[2:], base) if text[2:].isalnum() else None
        except ValueError:
            return None
    if not _DECIMAL.fullmatch(text) or len(text) > 400:  # noqa: PLR2004 - longer is no weight
        return None
    found = float(text)
    if found in (float("inf"), float("-inf")):
        return None
    return int(found) if found.is_integer() else found


def operand(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """The value as an expression sees it: texts that are numbers or true/false become so."""
    if not isinstance(value, str) or not value:
        return value
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if _SIGNS.search(value) or not value.strip():
        return value
    found = number(value)
    if found is None or (len(value) > 1 and value[0] == "0" and value[:2].lower() != "0x"):
        return value
    return found


def empty(value: Any) -> bool:  # noqa: ANN401
    """No answer: nothing, an empty list, or blank text."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def equal(one: Any, other: Any) -> bool:  # noqa: ANN401
    """`=`; texts are compared without case and outer blanks, lists without order."""
    if empty(one) or empty(other):
        return empty(one) and empty(other)
    if isinstance(one, list) or isinstance(other, list):
        return isinstance(one, list) and isinstance(other, list) and _same_list(one, other)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().lower() == other.strip().lower()
    for this, that in ((one, other), (other, one)):
        if isinstance(this, bool) and isinstance(that, str):
            return str(this).lower() == that.lower()
    left, right = (_as_number(side) for side in (one, other))
    return left is not None and left == right


def greater(one: Any, other: Any) -> bool:  # noqa: ANN401
    """`>`: texts by their characters, anything else as numbers; never true of no answer."""
    if one is None or other is None:
        return False
    if isinstance(one, str) and isinstance(other, str):
        return one.encode("utf-16-be") > other.encode("utf-16-be")
    left, right = (_as_number(side) for side in (one, other))
    return left is not None and right is not None and left > right


def contains(one: Any, other: Any) -> bool:  # noqa: ANN401
    """`contains`: a list has the value (or each of a list), a text has the piece of text."""
    if one is None or one == "":
        return False
    if isinstance(one, list) and one:
        wanted = other if isinstance(other, list) else [other]
        return all(any(equal(each, part) for each in one) for part in wanted)
    if not other:
        return False
    return _text(other) in _text(one)


def any_of(one: Any, other: Any) -> bool:  # noqa: ANN401
    """`anyof`: the two sides share a value."""
    if empty(one) or empty(other):
        return empty(other) and (empty(one) or bool(one) or one in (0, False))
    if not isinstance(one, list):
        return contains(other, one)
    if not isinstance(other, list):
        return contains(one, other)
    return any(contains(one, part) for part in other)


def all_of(one: Any, other: Any) -> bool:  # noqa: ANN401
    """`allof`: the left side has every value of the right."""
    if empty(one):
        return False
    return all(contains(one, part) for part in (other if isinstance(other, list) else [other]))


COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": equal,
    "<>": lambda one, other: not equal(one, other),
    ">": greater,
    "<": lambda one, other: greater(other, one),
    ">=": lambda one, other: equal(one, other) or greater(one, other),
    "<=": lambda one, other: equal(one, other) or greater(other, one),
    "contains": contains,
    "notcontains": lambda one, other: not contains(one, other),
    "anyof": any_of,
    "allof": all_of,
}


def _same_list(one: list[Any], other: list[Any]) -> bool:
    inside = all(any(equal(a, b) for b in other) for a in one)
    return len(one) == len(other) and inside


def _as_number(value: Any) -> float | int | None:  # noqa: ANN401
    if isinstance(value, str):
        return number(value)
    return value if isinstance(value, int | float) else None


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        return ",".join(_text(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
