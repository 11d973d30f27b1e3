"""Polars and DuckDB on very many full answer sets. Both keep their data in their own columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import duckdb
import polars as pl

from peers.infix import Language
from peers.shape import Shape
from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not


class Polars:
    """One lazy query: a column a rule, then scores, then gates, then the tier."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def query(self, frame: pl.DataFrame) -> pl.LazyFrame:
        """The tier of every row."""
        shape = self.shape
        rules = [self._truth(rule.when).alias(rule.id) for rule in shape.scoring]
        sums = [
            pl.sum_horizontal(
                [
                    pl.col(r.id).cast(pl.UInt8) * pl.lit(r.points, pl.UInt8)
                    for r in shape.scoring
                    if r.dimension == i
                ]
            ).alias(f"d{i}")
            for i in range(len(shape.pack.dimensions))
        ]
        gates = [
            pl.when(self._gate(gate.when, gate.reaches))
            .then(pl.lit(gate.level, pl.UInt8))
            .otherwise(pl.lit(0, pl.UInt8))
            for gate in shape.gates
        ]
        return (
            frame.lazy()
            .with_columns(rules)
            .with_columns(sums)
            .select(pl.max_horizontal(gates).alias("tier"))
        )

    def _gate(self, when: Condition, reaches: tuple[int, int] | None) -> pl.Expr:
        truth = self._truth(when)
        return truth if reaches is None else (pl.col(f"d{reaches[0]}") >= reaches[1]) & truth

    def _truth(self, condition: Condition) -> pl.Expr:
        match condition:
            case All(parts):
                return reduce(lambda a, b: a & b, map(self._truth, parts))
            case AnyOf(parts):
                return reduce(lambda a, b: a | b, map(self._truth, parts))
            case Not(part):
                return ~self._truth(part)
            case AtLeast(n, parts):
                return _counted(list(map(self._truth, parts)), n)
            case Equals(question, (bool() as wanted,)):
                return pl.col(question) if wanted else ~pl.col(question)
            case Equals(question, values):
                offered = [o.id for o in self.shape.pack.questions[question].options]
                tests = [pl.col(question) == offered.index(str(value)) for value in values]
                return reduce(lambda a, b: a | b, tests)
            case Between(question, low, None):
                return pl.col(question) >= low
            case Between(question, None, high):
                return pl.col(question) <= high
            case Chosen(_, options, least, None):
                return _counted([pl.col(option) for option in options], least)
        raise ValueError(f"not in the job: {condition}")


def _counted(tests: Sequence[pl.Expr], least: int) -> pl.Expr:
    if least == 1:
        return reduce(lambda a, b: a | b, tests)
    if least == len(tests):
        return reduce(lambda a, b: a & b, tests)
    return reduce(lambda a, b: a + b, [test.cast(pl.UInt8) for test in tests]) >= least


class DuckDB:
    """One SQL statement: common table expressions for rules and scores, then the tier."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def statement(self) -> str:
        """The SQL over a table `answers`."""
        language = _Sql(self.shape)
        rules = ", ".join(f"{language.write(r.when)} AS {r.id}" for r in self.shape.scoring)
        sums = ", ".join(
            " + ".join(
                f"CASE WHEN {r.id} THEN {r.points} ELSE 0 END"
                for r in self.shape.scoring
                if r.dimension == i
            )
            + f" AS d{i}"
            for i in range(len(self.shape.pack.dimensions))
        )
        gates = ", ".join(
            f"CASE WHEN {self._gate(language, g.when, g.reaches)} THEN {g.level} ELSE 0 END"
            for g in self.shape.gates
        )
        return (
            f"WITH ruled AS (SELECT *, {rules} FROM answers), "  # noqa: S608 - the job's own ids
            f"scored AS (SELECT *, {sums} FROM ruled) "
            f"SELECT greatest({gates})::UTINYINT AS tier FROM scored"
        )

    def _gate(self, language: Language, when: Condition, reaches: tuple[int, int] | None) -> str:
        truth = language.write(when)
        return truth if reaches is None else f"(d{reaches[0]} >= {reaches[1]} AND {truth})"


class _Sql(Language):
    """Options of a many-of question are columns; a choice is its option's place."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(both="AND", either="OR", negate="(NOT {})", count="({})::UTINYINT")
        object.__setattr__(self, "shape", shape)

    shape: Any = None

    def write(self, condition: Condition) -> str:
        match condition:
            case Equals(question, (str(), *_) as values):
                offered = [o.id for o in self.shape.pack.questions[question].options]
                places = ", ".join(str(offered.index(str(value))) for value in values)
                return f"({question} IN ({places}))"
            case Chosen(_, options, least, None):
                return self._counted(list(options), least)
        return super().write(condition)


def connect(threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    return connection
