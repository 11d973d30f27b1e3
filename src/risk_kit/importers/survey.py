"""A survey of another tool as plain values, before it becomes a pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from risk_kit.errors import Problem
from risk_kit.model import Text

Scalar: TypeAlias = str | int | float | bool
Path_: TypeAlias = tuple[str | int, ...]
ScoreKind: TypeAlias = Literal["raw", "mitigation"]
Kind: TypeAlias = Literal["yes_no", "one_of", "many_of", "whole_number", "text"]
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_DEPTH: Final = 64
MOST_QUESTIONS: Final = 5000
MOST_CHOICES: Final = 5000


@dataclass(frozen=True, slots=True)
class Shown:
    """When something is shown: an expression and its place; `id` names the page or panel it is of."""

    expression: str
    path: Path_
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An offered value; an `exclusive` one stands alone."""

    value: Scalar
    id: str
    label: Text
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its name there and its id here; `shows` from the page inwards, all must hold.

    `truths`: the values that stand for yes and no. `score`: which score its weights add to.
    """

    name: str
    id: str
    kind: Kind
    label: Text
    path: Path_
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    shows: tuple[Shown, ...] = ()
    truths: tuple[Scalar, Scalar] = (True, False)
    bounds: tuple[int, int] | None = None
    score: ScoreKind | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    id: str
    title: Text
    intro: Text | None
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole survey. `lost`: what has no counterpart here; `notes`: what a reader should know.

    `version` is None when the survey does not say it; `stated`: it was given as such, not read
    from its prose.
    """

    title: Text
    version: str | None
    stated: bool
    parts: tuple[Part, ...]
    lost: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Every question, in order."""
        return tuple(one for part in self.parts for one in part.questions)


def place(path: Path_) -> str:
    """A path as JSON readers write it: `$.pages[0].elements[2]`."""
    return "$" + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
