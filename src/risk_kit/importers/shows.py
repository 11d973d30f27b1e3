"""When each question of a survey is asked: its own expression and those of the panels around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from risk_kit.errors import Problem
from risk_kit.importers.expressions import NotUnderstood, Tree, parse
from risk_kit.importers.survey import Path_, Shown, Survey, place
from risk_kit.importers.visibility import (
    Condition,
    Names,
    NotExpressible,
    condition,
    joined,
    names_in,
)


@dataclass(frozen=True, slots=True)
class Shows:
    """`criteria`: conditions of pages and panels, with the expression; `of`: question id → condition."""

    criteria: Mapping[str, tuple[str, Condition]]
    of: Mapping[str, Condition]
    lost: tuple[Problem, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Test:
    """What an expression became (None: nothing) and the names of the questions it reads."""

    shown: Shown
    condition: Condition | None
    reads: frozenset[str]


def shows(survey: Survey, file: str) -> Shows:
    """The show-conditions of a survey. What cannot be said, and what turns in a circle, is listed."""
    return _Work(survey, file).done()


class _Work:
    def __init__(self, survey: Survey, file: str) -> None:
        self.questions = {one.name: one for one in survey.questions}
        self.names = Names(self.questions)
        self.file = file
        self.lost: list[Problem] = []
        self.notes: list[Problem] = []
        self.tests: dict[tuple[Path_, str], _Test] = {}

    def done(self) -> Shows:
        tests = {
            name: [self._test(shown) for shown in asked.shows]
            for name, asked in self.questions.items()
        }
        self._break_circles(tests)
        criteria: dict[str, tuple[str, Condition]] = {}
        found: dict[str, Condition] = {}
        for name, asked in self.questions.items():
            parts = [_named(test, criteria) for test in tests[name] if test.condition is not None]
            whole = joined(every=True, parts=[*parts])
            if not isinstance(whole, bool):
                found[asked.id] = whole
        return Shows(criteria, found, tuple(self.lost), tuple(self.notes))

    def _test(self, shown: Shown) -> _Test:
        """An expression, translated once however many questions it is around."""
        if (shown.path, shown.expression) not in self.tests:
            self.tests[shown.path, shown.expression] = self._translated(shown)
        return self.tests[shown.path, shown.expression]

    def _translated(self, shown: Shown) -> _Test:
        where = place(shown.path)
        try:
            tree = parse(shown.expression)
        except NotUnderstood as error:
            facts = {"expression": shown.expression, "stop": error.near}
            self.lost.append(Problem("import_expression", facts, self.file, path=where))
            return _Test(shown, None, frozenset())
        try:
            found = condition(tree, self.names)
        except NotExpressible as error:
            told: dict[str, object] = {"expression": shown.expression, **error.facts}
            self.lost.append(Problem(error.code, told, self.file, path=where))
            return _Test(shown, None, frozenset())
        reads = frozenset(self.names.find(name).name for name in names_in(tree))
        if isinstance(found, bool):
            return _Test(shown, None if found else self._never(tree, shown), reads)
        return _Test(shown, found, reads)

    def _never(self, tree: Tree, shown: Shown) -> Condition | None:
        """A condition that never holds: two of one test."""
        facts = {"expression": shown.expression}
        self.notes.append(Problem("import_never", facts, self.file, path=place(shown.path)))
        read = [self.names.find(name) for name in names_in(tree)]
        free = [one for one in self.questions.values() if not one.shows]
        for asked in (*read, *free):
            return {"at_least": {"n": 2, "of": [{"answered": asked.id}]}}
        return None

    def _break_circles(self, tests: dict[str, list[_Test]]) -> None:
        """Drop, and list, every expression by which questions wait for each other."""
        while True:
            graph = {
                name: {one for test in some for one in test.reads} for name, some in tests.items()
            }
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                circle = list(dict.fromkeys(error.args[1]))
                for name in circle:
                    self._drop(tests, name, circle)
            else:
                return

    def _drop(self, tests: dict[str, list[_Test]], name: str, circle: list[str]) -> None:
        kept = []
        for test in tests[name]:
            if test.reads & set(circle):
                facts = {"names": circle, "expression": test.shown.expression}
                problem = Problem("import_circle", facts, self.file, path=place(test.shown.path))
                if problem not in self.lost:
                    self.lost.append(problem)
            else:
                kept.append(test)
        tests[name] = kept


def _named(test: _Test, criteria: dict[str, tuple[str, Condition]]) -> Condition:
    """The condition, by the name of the page or panel where it is theirs."""
    if test.condition is None or test.shown.id is None:
        return test.condition or {}
    criteria[test.shown.id] = (test.shown.expression, test.condition)
    return {"criterion": test.shown.id}
