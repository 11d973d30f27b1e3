"""Show-conditions as `enableWhen` of FHIR R4B: flat lists of tests, all or any of which must hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from risk_kit.forms import All, Answered, AnyOf, Between, Chosen, Condition, Equals, Named, Not
from risk_kit.model import Pack, Question

Json = dict[str, Any]
Many = tuple[bool, list[Json]]


class NotFlat(Exception):
    """A condition that FHIR's flat lists cannot say."""


def enable(pack: Pack, condition: Condition) -> Json:
    """`enableWhen` (and `enableBehavior`) for a show-condition. Raises NotFlat."""
    every, tests = _Flat(pack).many(condition)
    if not tests:
        raise NotFlat
    behaviour = {"enableBehavior": "all" if every else "any"} if len(tests) > 1 else {}
    return {"enableWhen": tests, **behaviour}


def coding(pack: Pack, question: Question, option: str) -> Json:
    """An option as a Coding, with the system of its question."""
    system = f"urn:risk-kit:{pack.framework.id}:{question.id}"
    return {"system": system, "code": option}


class _Flat:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def many(self, condition: Condition) -> Many:
        """Whether all or any of a flat list of tests must hold, and the list."""
        match condition:
            case Named(name):
                return self.many(self.pack.criteria[name].when)
            case All(parts):
                return True, self._joined(parts, every=True)
            case AnyOf(parts):
                return False, self._joined(parts, every=False)
            case Not(part):
                return self._opposite(part)
            case Answered(name):
                return True, [{"question": name, "operator": "exists", "answerBoolean": True}]
            case Equals(name, values):
                return False, [self._is(self.pack.questions[name], value) for value in values]
            case Chosen():
                return self._chosen(condition)
            case Between(name, low, high):
                return True, self._between(self.pack.questions[name], low, high)
        raise NotFlat

    def _joined(self, parts: tuple[Condition, ...], *, every: bool) -> list[Json]:
        found: list[Json] = []
        for part in parts:
            inner, tests = self.many(part)
            if len(tests) > 1 and inner != every:
                raise NotFlat
            found += tests
        return found

    def _opposite(self, part: Condition) -> Many:
        """Not one answer: any of the others, where the question is always asked."""
        match part:
            case Named(name):
                return self._opposite(self.pack.criteria[name].when)
            case Not(inner):
                return self.many(inner)
            case Equals(name, values) if self.pack.questions[name].show is None:
                question = self.pack.questions[name]
                offered: list[bool | str] = [one.id for one in question.options]
                offered = offered or [True, False]
                rest = [one for one in offered if one not in values]
                return False, [self._is(question, one) for one in rest]
            case Answered(name):
                return True, [{"question": name, "operator": "exists", "answerBoolean": False}]
        raise NotFlat

    def _is(self, question: Question, value: bool | str) -> Json:  # noqa: FBT001
        test = {"question": question.id, "operator": "="}
        if isinstance(value, bool):
            return {**test, "answerBoolean": value}
        return {**test, "answerCoding": coding(self.pack, question, value)}

    def _chosen(self, test: Chosen) -> Many:
        question = self.pack.questions[test.question]
        tests = [self._is(question, option) for option in test.options]
        if test.most is None and test.least in (1, len(tests)):
            return test.least == len(tests), tests
        raise NotFlat

    def _between(
        self, question: Question, low: int | date | None, high: int | date | None
    ) -> list[Json]:
        ends: Mapping[str, int | date | None] = {">=": low, "<=": high}
        return [
            {"question": question.id, "operator": sign, **_number(end)}
            for sign, end in ends.items()
            if end is not None
        ]


def _number(end: int | date) -> Json:
    if isinstance(end, date):
        return {"answerDate": end.isoformat()}
    return {"answerInteger": int(end)}
