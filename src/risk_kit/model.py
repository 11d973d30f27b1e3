"""The words of the house as frozen values: frameworks, questionnaires, packs, answers.

No behaviour beyond look-up by id. Sizes: ids are short ASCII words; texts are bilingual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from datetime import date as Date  # noqa: N812 - a field of Source is called date
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from risk_kit.forms import Condition, Term

Basis: TypeAlias = Literal["official", "guidance", "toolkit"]
# Flags that question the answers themselves; the other flag, indicator, speaks of the use.
CHECKS: Final = ("block", "ask", "note")
Kind: TypeAlias = Literal["yes_no", "one_of", "many_of", "whole_number", "date", "text"]


class Unknown(Enum):
    """尚未確認: the person was asked and does not know. Counts as unanswered, is not asked again."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN

Value: TypeAlias = bool | str | int | date | frozenset[str] | Unknown


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or label in Traditional Chinese (Taiwan) and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document that rules cite. `verified`: its text was compared with the original."""

    id: str
    title: Text
    issuer: Text
    force: str
    number: str = ""
    date: Date | None = None
    url: str = ""
    valid_from: Date | None = None
    valid_to: Date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """A pinpoint in a source, such as 第5條 of 人工智慧基本法; `at_en`: its words in English."""

    source: str
    at: str = ""
    at_en: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One provision that can be cited (type A, sub-type A5, annex point).

    `gathers`: items whose findings it shows together, such as a principle over several sub-types.
    """

    id: str
    title: Text
    parent: str | None = None
    cites: tuple[Cite, ...] = ()
    basis: Basis = "toolkit"
    verified: bool = False
    gathers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale. `apart`: a matter of kind, not more of the same, so never "near"."""

    id: str
    label: Text
    meaning: Text
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels from lowest to highest."""

    id: str
    title: Text
    levels: tuple[Level, ...]

    def position(self, level: str) -> int:
        """Place of `level`, from 0. Raises ValueError when the scale has no such level."""
        return [one.id for one in self.levels].index(level)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named score of a dimension that rules may test."""

    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A score: points are added, divided by `divide_by`, rounded, then kept in `minimum..maximum`."""

    id: str
    title: Text
    unit: Text
    minimum: int
    maximum: int
    divide_by: int = 1
    rounding: Literal["half_up", "down", "up"] = "half_up"
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """The score of dimension `of`, `less_percent` per cent less, rounded, when a condition holds."""

    id: str
    title: Text
    unit: Text
    of: str
    less_percent: int
    when: Condition
    rounding: Literal["half_up", "down", "up"] = "half_up"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number that conditions read by name, so that an overlay can set it within bounds."""

    id: str
    title: Text
    value: int
    minimum: int
    maximum: int
    tunable: bool = False


# -- framework and questionnaire -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Criterion:
    """A named condition with its own explanation, reused by rules."""

    id: str
    title: Text
    when: Condition


@dataclass(frozen=True, slots=True)
class Raise:
    """Lift a scale to at least a level."""

    scale: str
    level: str


@dataclass(frozen=True, slots=True)
class Points:
    """Add a fixed amount and the sum of the terms to a dimension."""

    dimension: str
    amount: int = 0
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Tunable:
    """How far an authority's overlay may lower a rule's level, and no further."""

    scale: str
    lowest: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` a condition holds → effects, `because` of a reason that `cites` sources.

    `exempts` defeats the rules named there, unless the condition `unless` holds. `flag`: a check of
    the answers (block, ask, note), or an indicator that an authority may weigh; neither is a level.
    """

    id: str
    title: Text
    when: Condition
    because: Text
    cites: tuple[Cite, ...]
    basis: Basis
    verified: bool = False
    item: str | None = None
    raises: tuple[Raise, ...] = ()
    points: tuple[Points, ...] = ()
    obliges: tuple[str, ...] = ()
    flag: Literal["block", "ask", "note", "indicator"] | None = None
    exempts: tuple[str, ...] = ()
    unless: Condition | None = None
    tunable: Tunable | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that rules may impose, for the organisation roles in `roles`."""

    id: str
    text: Text
    roles: tuple[str, ...]
    cites: tuple[Cite, ...]
    basis: Basis
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A truth that every screen and report keeps in view."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer. An `exclusive` option (none of these) stands alone."""

    id: str
    label: Text
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `show`: when it is asked. `changeable`: the answer is a choice of design.

    `worse`: later options (or yes, or a higher number) are never better; `prove` holds rules to it.
    `measures`: the item against which the options are measures; a chosen one is in place.
    """

    id: str
    kind: Kind
    label: Text
    section: str
    options: tuple[Option, ...] = ()
    ordered: bool = False
    minimum: int | date | None = None
    maximum: int | date | None = None
    show: Condition | None = None
    why: Text | None = None
    help: Text | None = None
    example_yes: Text | None = None
    example_no: Text | None = None
    cites: tuple[Cite, ...] = ()
    basis: Basis = "toolkit"
    judgement: bool = False
    worse: bool = False
    changeable: bool = False
    answered_by: str = ""
    phase: str = ""
    evidence: Text | None = None
    retired: bool = False
    measures: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions under one heading; `step` is the step of the method it belongs to."""

    id: str
    title: Text
    step: str
    intro: Text | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a reader may not know: explained wherever a question uses it."""

    id: str
    word: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions in sections, in the order in which they are asked; `glossary` explains their words."""

    id: str
    version: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    glossary: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """An encoded instrument: items, scales, criteria, rules, obligations, each with its source.

    `main_scale` is inherent; on `residual_scale`, if there is one, measures in place count.
    """

    id: str
    version: str
    title: Text
    questionnaire: str
    main_scale: str
    scales: tuple[Scale, ...]
    steps: tuple[tuple[str, Text], ...] = ()
    notices: tuple[Notice, ...] = ()
    sources: tuple[Source, ...] = ()
    items: tuple[Item, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rules: tuple[Rule, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    applies: Condition | None = None
    identity: tuple[tuple[str, str], ...] = ()
    residual_scale: str | None = None
    derived: tuple[Derived, ...] = ()


# -- the pack: resolved, checked, immutable ----------------------------------------------------------


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


def by_id(things: Iterable[_T]) -> Mapping[str, _T]:
    """An immutable look-up by id, in the order given."""
    return MappingProxyType({one.id: one for one in things})


@dataclass(frozen=True, slots=True)
class Pack:
    """Framework + questionnaire + overlays, resolved; `digest` identifies the whole.

    `origins` tells for `kind/id` and `kind/id/field` which layer gave the value, when not the base.
    """

    framework: Framework
    questionnaire: Questionnaire
    overlays: tuple[str, ...]
    digest: str
    origins: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    rules: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    criteria: Mapping[str, Criterion] = field(init=False, repr=False, compare=False)
    scales: Mapping[str, Scale] = field(init=False, repr=False, compare=False)
    dimensions: Mapping[str, Dimension] = field(init=False, repr=False, compare=False)
    obligations: Mapping[str, Obligation] = field(init=False, repr=False, compare=False)
    sources: Mapping[str, Source] = field(init=False, repr=False, compare=False)
    items: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "questions", by_id(self.questionnaire.questions))
        for name in (
            "rules",
            "criteria",
            "scales",
            "dimensions",
            "obligations",
            "sources",
            "items",
        ):
            put(self, name, by_id(getattr(self.framework, name)))

    @property
    def main_scale(self) -> Scale:
        """The scale whose level is the tier."""
        return self.scales[self.framework.main_scale]


# -- answers -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports an answer: a link, or a file by name and SHA-256, with a short title."""

    title: str = ""
    link: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with its note and evidence."""

    value: Value
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How one measure that is not yet in place is being followed: who, until when, how far.

    `measure` is an option of `question`. `resolution`, `progress` and `tracking` are the columns
    決議, 辦理情形 and 列管建議.
    """

    question: str
    measure: str
    owner: str = ""
    due: date | None = None
    state: Literal["open", "doing", "done"] = "open"
    resolution: str = ""
    progress: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Question id → answer; a question without an entry is unanswered."""

    answers: Mapping[str, Answer]
    case: Mapping[str, str] = field(default_factory=dict)
    followups: tuple[FollowUp, ...] = ()

    def value(self, question: str) -> Value | None:
        """The value stored for a question, `UNKNOWN`, or None when absent."""
        answer = self.answers.get(question)
        return None if answer is None else answer.value
