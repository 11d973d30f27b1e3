"""The YAML surface of conditions → the closed forms of `risk_kit.model`.

A condition is a mapping with one key: a word (`all`, `any`, `not`, `at_least`, `criterion`, `score`,
`sum`, `pair`, `answered`) or a question id. `docs/conditions.md` is the page for authors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from risk_kit.errors import Problem
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Ref,
    Score,
    Sum,
    Term,
)
from risk_kit.model import Question
from risk_kit.yamlread import Document, Path_, day

WORDS: Final = frozenset(
    {"all", "any", "not", "at_least", "criterion", "score", "sum", "pair", "answered"}
)
NOTHING: Final[Condition] = AnyOf(())
_TESTS: Final[Mapping[str, frozenset[str]]] = {
    "yes_no": frozenset({"is"}),
    "one_of": frozenset({"is", "in", "at_least", "at_most"}),
    "many_of": frozenset(
        {"includes", "includes_any", "includes_all", "includes_none", "only", "count"}
    ),
    "whole_number": frozenset({"is", "at_least", "at_most"}),
    "date": frozenset({"from", "until"}),
    "text": frozenset(),
}


class Reader:
    """Builds conditions of one document; collects every problem instead of stopping at the first."""

    def __init__(
        self,
        document: Document,
        questions: Mapping[str, Question],
        names: Mapping[str, frozenset[str]],
        parameters: Mapping[str, int] | None = None,
    ) -> None:
        self.document = document
        self.questions = questions
        self.names = names
        self.parameters = parameters or {}
        self.trusting = False
        self.problems: list[Problem] = []

    def condition(self, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        """The condition at `path`; on a problem, one that never holds."""
        ((word, inner),) = value.items()
        here = (*path, word)
        match word:
            case "all":
                return All(self._parts(inner, here))
            case "any":
                return AnyOf(self._parts(inner, here))
            case "not":
                return Not(self.condition(inner, here))
            case "at_least":
                return AtLeast(
                    self.number(inner["n"], here) or 0, self._parts(inner["of"], (*here, "of"))
                )
            case "criterion":
                return Named(inner) if self._known("criterion", inner, here) else NOTHING
            case "answered":
                return Answered(inner) if self._question(inner, here) else NOTHING
            case "score":
                return self._score(inner, here)
            case "sum":
                terms = tuple(self.term(t, (*here, "of", i)) for i, t in enumerate(inner["of"]))
                ends = (self.number(inner.get(end), here) for end in ("at_least", "at_most"))
                return Sum(terms, *ends)
            case "pair":
                return self._pair(inner, here)
        question = self._question(word, here)
        return self._tests(question, inner, here) if question else NOTHING

    def term(self, value: Mapping[str, Any], path: Path_) -> Term:
        """One term of a sum or of points."""
        question = self._question(value["question"], (*path, "question"))
        weights = value.get("weights", {})
        if question:
            wanted = ("whole_number",) if not weights else ("one_of", "many_of")
            if question.kind not in wanted:
                self._say("test_not_for_kind", path, test="sum", kind=question.kind, id=question.id)
            for option in weights:
                self.option(question, option, (*path, "weights", option))
        return Term(value["question"], value.get("times", 1), tuple(weights.items()))

    def option(self, question: Question, option: object, path: Path_) -> str:
        """The option id when the question offers it; else a problem."""
        offered = [one.id for one in question.options]
        if not isinstance(option, str):
            self._say("text_expected", path, got=type(option).__name__, value=option)
        elif option not in offered:
            near = get_close_matches(option, offered, 1)
            self._say("no_option", path, id=question.id, value=option, offered=offered, near=near)
        return str(option)

    def _say(self, code: str, path: Path_, **facts: object) -> None:
        self.problems.append(self.document.problem(code, path, **facts))

    def _parts(self, values: list[Any], path: Path_) -> tuple[Condition, ...]:
        return tuple(self.condition(one, (*path, i)) for i, one in enumerate(values))

    def _known(self, kind: str, name: str, path: Path_) -> bool:
        if self.trusting or name in self.names[kind]:
            return True
        near = get_close_matches(name, self.names[kind], 1)
        self._say("no_such", path, kind=kind, id=name, near=near)
        return False

    def _question(self, name: str, path: Path_) -> Question | None:
        question = self.questions.get(name)
        if question is None:
            near = get_close_matches(name, [*self.questions, *WORDS], 1)
            self._say("unknown_question", path, id=name, near=near)
        return question

    def _score(self, inner: Mapping[str, str], path: Path_) -> Condition:
        both = f"{inner['dimension']}.{inner['reaches']}"
        if not self._known("dimension", inner["dimension"], path):
            return NOTHING
        return Score(**_renamed(inner)) if self._known("threshold", both, path) else NOTHING

    def _pair(self, inner: Mapping[str, Any], path: Path_) -> Condition:
        row, column = self._question(inner["row"], path), self._question(inner["column"], path)
        if row is None or column is None:
            return NOTHING
        for question in (row, column):
            if question.kind != "one_of":
                self._say(
                    "test_not_for_kind", path, test="pair", kind=question.kind, id=question.id
                )
        pairs = []
        for i, (r, c) in enumerate(inner["in"]):
            here = (*path, "in", i)
            pairs.append((self.option(row, r, here), self.option(column, c, here)))
        return Pair(row.id, column.id, tuple(pairs))

    def _tests(self, question: Question, inner: Any, path: Path_) -> Condition:  # noqa: ANN401
        tests = inner if isinstance(inner, dict) else {"is": inner}
        allowed = _TESTS[question.kind]
        wrong = [test for test in tests if test not in allowed]
        if wrong or not tests:
            facts = {"test": wrong, "kind": question.kind, "id": question.id}
            self._say("test_not_for_kind", path, **facts, offered=sorted(allowed))
            return NOTHING
        build: Mapping[str, Callable[..., Condition]] = {
            "yes_no": self._yes_no,
            "one_of": self._one_of,
            "many_of": self._many_of,
            "whole_number": self._number,
            "date": self._date,
        }
        return build[question.kind](question, tests, path)

    def _yes_no(self, question: Question, tests: Mapping[str, Any], path: Path_) -> Condition:
        if not isinstance(tests["is"], bool):
            self._say("boolean_expected", path, id=question.id, value=tests["is"])
            return NOTHING
        return Equals(question.id, (tests["is"],))

    def _one_of(self, question: Question, tests: Mapping[str, Any], path: Path_) -> Condition:
        order = [one.id for one in question.options]
        kept = set(order)
        for test, value in tests.items():
            if test in ("at_least", "at_most") and not question.ordered:
                self._say("not_ordered", path, id=question.id, test=test)
            named = [self.option(question, v, path) for v in (value if test == "in" else [value])]
            if any(one not in order for one in named):
                return NOTHING
            kept &= {
                "at_least": set(order[order.index(named[0]) :]),
                "at_most": set(order[: order.index(named[0]) + 1]),
            }.get(test, set(named))
        return Equals(question.id, tuple(one for one in order if one in kept))

    def _many_of(self, question: Question, tests: Mapping[str, Any], path: Path_) -> Condition:
        found = [self._set_test(question, t, v, (*path, t)) for t, v in tests.items()]
        return found[0] if len(found) == 1 else All(tuple(found))

    def _set_test(self, question: Question, test: str, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        span = value if test == "count" else {}
        named = (
            span.get("of", [o.id for o in question.options if not o.exclusive]) if span else value
        )
        named = named if isinstance(named, list) else [named]
        options = tuple(self.option(question, one, path) for one in named)
        match test:
            case "includes_all":
                return Chosen(question.id, options, len(options), None)
            case "includes_none":
                return Chosen(question.id, options, 0, 0)
            case "only":
                rest = tuple(o.id for o in question.options if o.id not in options)
                return Chosen(question.id, rest, 0, 0)
            case "count":
                low, high = (self.number(span.get(end), path) for end in ("at_least", "at_most"))
                return Chosen(question.id, options, low or 0, high)
        return Chosen(question.id, options, 1, None)

    def _number(self, question: Question, tests: Mapping[str, Any], path: Path_) -> Condition:
        found = []
        for test, written in tests.items():
            end = self.number(written, path)
            low = None if test == "at_most" else end
            found.append(Between(question.id, low, None if test == "at_least" else end))
        return found[0] if len(found) == 1 else _joined(found)

    def number(self, value: Any, path: Path_) -> int | None:  # noqa: ANN401
        """A whole number, written out or read from a parameter; None stays None."""
        if isinstance(value, dict):
            name = value["parameter"]
            known = self.parameters.get(name)
            if known is None:
                near = get_close_matches(name, self.parameters, 1)
                self._say("no_such", path, kind="parameter", id=name, near=near)
            return Ref(known or 0, name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self._say("number_expected", path, value=value)
            return None
        return value

    def _date(self, question: Question, tests: Mapping[str, Any], path: Path_) -> Condition:
        low, high = (self.date(tests.get(end), path) for end in ("from", "until"))
        return Between(question.id, low, high)

    def date(self, value: object, path: Path_) -> date | None:
        """A date written YYYY-MM-DD, or None when there is none; else a problem."""
        if value is None:
            return None
        found = day(value)
        if found is None:
            self._say("date_expected", path, value=value)
        return found


def _joined(spans: list[Between]) -> Condition:
    """Both ends in one test when each is given once; else all of the tests."""
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    if len(lows) == len(highs) == 1:
        return Between(spans[0].question, lows[0], highs[0])
    return All(tuple(spans))


def _renamed(inner: Mapping[str, str]) -> dict[str, str]:
    return {"dimension": inner["dimension"], "threshold": inner["reaches"]}
