"""Conditions: a closed set of forms, as frozen values. Their meaning is in `risk_kit.condition`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self, TypeAlias, Union


class Ref(int):
    """A whole number read from a parameter; an overlay may set the parameter to another value."""

    parameter: str

    def __new__(cls, value: int, parameter: str) -> Self:
        """The parameter's present value, with its name."""
        made = super().__new__(cls, value)
        made.parameter = parameter
        return made


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `n` of the parts hold."""

    n: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The criterion of that id holds."""

    criterion: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has an answer other than unknown. Only in show-conditions, evidence and flags."""

    question: str


@dataclass(frozen=True, slots=True)
class Equals:
    """The answer of a yes/no or one-of question is one of `values`."""

    question: str
    values: tuple[bool | str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The whole number or date lies in `low..high`, ends included; None leaves an end open."""

    question: str
    low: int | date | None
    high: int | date | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Of `options`, between `least` and `most` are chosen in a many-of question."""

    question: str
    options: tuple[str, ...]
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The answers of two one-of questions are one of `pairs` (a look-up in a matrix)."""

    row: str
    column: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a sum: a whole number `times` a factor, or the weights of the chosen options."""

    question: str
    times: int = 1
    weights: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the terms lies in `low..high`, ends included."""

    terms: tuple[Term, ...]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """The dimension reaches its named threshold."""

    dimension: str
    threshold: str


Leaf: TypeAlias = Equals | Between | Chosen | Pair | Sum | Answered
Condition: TypeAlias = Union["All", "AnyOf", "Not", "AtLeast", Named, Score, Leaf]
