"""An overlay as a frozen value: what it adds to one base version, and what it changes by id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from risk_kit.forms import Condition
from risk_kit.model import (
    Criterion,
    Dimension,
    Item,
    Notice,
    Obligation,
    Parameter,
    Question,
    Rule,
    Scale,
    Section,
    Source,
    Text,
)

Operation: TypeAlias = Literal[
    "replace",
    "set",
    "strengthen",
    "weaken",
    "narrow",
    "widen",
    "retire",
    "translate",
    "require_evidence",
]
Expected: TypeAlias = Text | str | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One operation on `kind/id` (and `field`), stating the value it expects to find there.

    `expect` is the value itself for texts, levels and parameters; for whole things (narrow, widen,
    retire)
    the first 12 digits of their digest. `line` is where the overlay file says so.
    """

    operation: Operation
    kind: str
    id: str
    field: str
    expect: Expected
    value: Expected
    when: Condition | None
    authority: Text | None
    reason: Text | None
    date: date | None
    line: int

    @property
    def target(self) -> str:
        """The one value that the change touches, such as `rules/T1/raise.tier`."""
        return f"{self.kind}/{self.id}/{self.field}"


@dataclass(frozen=True, slots=True)
class Additions:
    """New things; their ids are new too."""

    sources: tuple[Source, ...] = ()
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    notices: tuple[Notice, ...] = ()
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """A named list of additions and changes to one base version."""

    id: str
    version: str
    title: Text
    base: str
    base_version: str
    additions: Additions
    changes: tuple[Change, ...]
    resolutions: tuple[tuple[str, str], ...]
    file: str
