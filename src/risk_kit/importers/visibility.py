"""`visibleIf` of a survey → conditions of ours, as a pack writes them.

A test of an answer against a value in the expression is worked out here for each option and for no
answer at all, by the rules of SurveyJS; what remains is which options make it true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil, floor
from typing import Any, Final

from risk_kit.importers.expressions import (
    Bare,
    Compared,
    Emptied,
    Fixed,
    Joined,
    Name,
    Negated,
    Tree,
)
from risk_kit.importers.js_values import COMPARE, empty, equal, operand
from risk_kit.importers.survey import Asked

Condition = dict[str, Any]
_FLIPPED: Final = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class NotExpressible(Exception):
    """A test that conditions of ours cannot make; `code` and `facts` say which."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def names_in(tree: Tree) -> Iterator[str]:
    """The names that a tree reads, each as often as it does."""
    match tree:
        case Joined(_, parts):
            for part in parts:
                yield from names_in(part)
        case Negated(part):
            yield from names_in(part)
        case Bare(name) | Emptied(Name(name)):
            yield name
        case Compared(left, _, right):
            yield from (side.name for side in (left, right) if isinstance(side, Name))


class Names:
    """Finds questions by the names that expressions use: exactly, else without regard to case."""

    def __init__(self, questions: Mapping[str, Asked]) -> None:
        self._exact = questions
        lower: dict[str, list[Asked]] = {}
        for one in questions.values():
            lower.setdefault(one.name.lower(), []).append(one)
        self._lower = {name: found[0] for name, found in lower.items() if len(found) == 1}

    def find(self, name: str) -> Asked:
        """The question of that name. Raises NotExpressible."""
        found = self._exact.get(name) or self._lower.get(name.lower())
        if found is None:
            raise NotExpressible("import_no_name", name=name)
        return found


def condition(tree: Tree, names: Names) -> Condition | bool:
    """The condition of a tree, or whether it is always or never true. Raises NotExpressible."""
    match tree:
        case Joined(every, parts):
            return joined(every, [condition(part, names) for part in parts])
        case Negated(part):
            return negated(condition(part, names))
        case Bare(name):
            return _bare(names.find(name))
        case Emptied(Name(name), reverse):
            answered = _answered(names.find(name))
            return answered if reverse else negated(answered)
        case Emptied(Fixed(value), reverse):
            return empty(value) != reverse
        case Compared(left, sign, right):
            return _compared(left, sign, right, names)
    raise AssertionError


def joined(every: bool, parts: list[Condition | bool]) -> Condition | bool:  # noqa: FBT001
    """All or any of the parts, with what is settled taken out."""
    if (not every) in [part for part in parts if isinstance(part, bool)]:
        return not every
    left = [part for part in parts if not isinstance(part, bool)]
    if len(left) < 2:  # noqa: PLR2004 - one part stands for itself
        return left[0] if left else every
    return {"all" if every else "any": left}


def negated(part: Condition | bool) -> Condition | bool:  # noqa: FBT001
    """The opposite."""
    if isinstance(part, bool):
        return not part
    inner = part.get("not")
    return inner if isinstance(inner, dict) else {"not": part}


def _bare(asked: Asked) -> Condition:
    if asked.kind != "yes_no":
        raise NotExpressible("import_bare_name", name=asked.name)
    return {asked.id: True}


def _answered(asked: Asked) -> Condition:
    if asked.kind == "many_of":
        return {asked.id: {"count": {"of": [one.id for one in asked.choices], "at_least": 1}}}
    return {"answered": asked.id}


def _compared(left: Any, sign: str, right: Any, names: Names) -> Condition | bool:  # noqa: ANN401
    match left, right:
        case Fixed(one), Fixed(other):
            return COMPARE[sign](operand(one), operand(other))
        case Name(name), Fixed(value):
            return _test(names.find(name), sign, value)
        case Fixed(value), Name(name):
            asked = names.find(name)
            if sign in _FLIPPED and asked.kind in ("many_of", "whole_number"):
                return _test(asked, _FLIPPED[sign], value)
            return _by_options(asked, lambda answer: COMPARE[sign](value, answer), sign)
    raise NotExpressible("import_two_names", names=[left.name, right.name])


def _test(asked: Asked, sign: str, value: Any) -> Condition | bool:  # noqa: ANN401
    if sign in ("=", "<>") and empty(value):
        answered = _answered(asked)
        return negated(answered) if sign == "=" else answered
    if asked.kind == "many_of":
        return _chosen(asked, sign, value)
    if asked.kind == "whole_number":
        return _number(asked, sign, value)
    return _by_options(asked, lambda answer: COMPARE[sign](answer, value), sign)


def _by_options(asked: Asked, holds: Callable[[Any], bool], sign: str) -> Condition | bool:
    """A test of a one-of or yes/no question, by trying each of its answers and no answer."""
    if asked.kind == "one_of":
        offered: list[tuple[object, Any]] = [(one.id, one.value) for one in asked.choices]
    elif asked.kind == "yes_no":
        offered = [(True, asked.truths[0]), (False, asked.truths[1])]
    else:
        raise NotExpressible("import_kind_test", name=asked.name, sign=sign)
    blank = holds(None)
    found = [ident for ident, value in offered if holds(operand(value)) != blank]
    if not found:
        return blank
    if asked.kind == "yes_no":
        tests: list[Condition | bool] = [{asked.id: one} for one in found]
        test = joined(every=False, parts=tests)
    else:
        test = {asked.id: found[0] if len(found) == 1 else {"in": found}}
    return negated(test) if blank else test


def _chosen(asked: Asked, sign: str, value: Any) -> Condition | bool:  # noqa: ANN401
    """A test of a many-of question: which of its options are among those chosen."""
    values = value if isinstance(value, list) else [value]
    if any(empty(one) for one in values) or not values:
        raise NotExpressible("import_kind_test", name=asked.name, sign=sign)
    match sign:
        case "contains" | "allof":
            return joined(every=True, parts=[_includes(asked, one) for one in values])
        case "notcontains":
            return negated(joined(every=True, parts=[_includes(asked, one) for one in values]))
        case "anyof":
            return joined(every=False, parts=[_includes(asked, one) for one in values])
        case "=" | "<>":
            exactly = _exactly(asked, values) if isinstance(value, list) else False
            return exactly if sign == "=" else negated(exactly)
    raise NotExpressible("import_kind_test", name=asked.name, sign=sign)


def _same(asked: Asked, value: Any) -> list[str]:  # noqa: ANN401
    return [one.id for one in asked.choices if equal(operand(one.value), value)]


def _includes(asked: Asked, value: Any) -> Condition | bool:  # noqa: ANN401
    found = _same(asked, value)
    return {asked.id: {"includes_any": found}} if found else False


def _exactly(asked: Asked, values: list[Any]) -> Condition | bool:
    """Just these options are chosen, in whatever order."""
    wanted = [_same(asked, one) for one in values]
    if not all(wanted):
        return False
    ids = [each for some in wanted for each in some]
    if len(set(ids)) != len(ids) or len(ids) != len(values):
        raise NotExpressible("import_kind_test", name=asked.name, sign="=")
    return {"all": [{asked.id: {"includes_all": ids}}, {asked.id: {"only": ids}}]}


def _number(asked: Asked, sign: str, value: Any) -> Condition | bool:  # noqa: ANN401
    seen = operand(value)
    if isinstance(seen, bool) or not isinstance(seen, int | float) or sign not in _FLIPPED:
        raise NotExpressible("import_kind_test", name=asked.name, sign=sign)
    whole = float(seen).is_integer()
    if sign in ("=", "<>"):
        test: Condition | bool = {asked.id: int(seen)} if whole else False
        return test if sign == "=" else negated(test)
    if sign in (">", ">="):
        return {asked.id: {"at_least": floor(seen) + 1 if sign == ">" else ceil(seen)}}
    return {asked.id: {"at_most": ceil(seen) - 1 if sign == "<" else floor(seen)}}
