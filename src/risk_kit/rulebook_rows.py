"""The rulebook's rows: every thing of a pack in words of one language, as frozen plain values."""

from __future__ import annotations

from dataclasses import dataclass

from risk_kit.document import Language
from risk_kit.model import Basis
from risk_kit.rulebook_clauses import Clause


@dataclass(frozen=True, slots=True)
class Reference:
    """Another entry of the rulebook, by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited place: the document's title, the pinpoint, its legal force, whether it was checked.

    `own`: the document is the toolkit's own method; `row`: the pinpoint is the id of a row of it.
    """

    source: str
    title: str
    at: str
    force: str
    checked: str
    own: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Which layer brought a thing (an overlay's id, empty for the base), and which changed it."""

    layer: str
    words: str
    changed_by: tuple[str, ...]
    changes: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule, with what it does, when, why, and whose statement it is.

    `group`: the main-scale level it raises, else `scale.` and the id of another scale, else exempts,
    obliges, checks or other. `branch` holds its item and the item's ancestors. Effects are
    sentences; what they name is in `exempts` and `obliges`.
    """

    id: str
    title: str
    group: str
    level: str
    item: Reference | None
    branch: tuple[str, ...]
    effects: tuple[str, ...]
    exempts: tuple[Reference, ...]
    exempted_by: tuple[Reference, ...]
    obliges: tuple[Reference, ...]
    condition: Clause
    unless: Clause | None
    because: str
    citations: tuple[Citation, ...]
    basis: Basis
    basis_words: str
    verified: bool
    verified_words: str
    validity: str
    retired: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One provision that rules belong to; `gathers` names items whose findings it shows."""

    id: str
    title: str
    parent: Reference | None
    gathers: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    basis: Basis
    basis_words: str
    verified: bool
    verified_words: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion with its condition, the criteria that it names, and what rests on it."""

    id: str
    title: str
    condition: Clause
    names: tuple[str, ...]
    used_by: tuple[Reference, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as it is asked, with what it rests on and who answers it when."""

    id: str
    label: str
    kind: str
    options: tuple[str, ...]
    section: str
    step: str
    shown: Clause | None
    why: str
    explained: str
    example_yes: str
    example_no: str
    evidence: str
    citations: tuple[Citation, ...]
    basis: Basis
    basis_words: str
    answered_by: str
    phase: str
    traits: tuple[str, ...]
    retired: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One duty, whose it is, and the rules that impose it."""

    id: str
    text: str
    roles: tuple[str, ...]
    citations: tuple[Citation, ...]
    basis: Basis
    basis_words: str
    verified: bool
    verified_words: str
    validity: str
    imposed_by: tuple[Reference, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One document that is cited; `cited` counts the places that cite it."""

    id: str
    title: str
    issuer: str
    number: str
    date: str
    address: str
    force: str
    validity: str
    verified: bool
    checked: str
    cited: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One number that conditions read, its bounds, and who may set it."""

    id: str
    title: str
    value: int
    minimum: int
    maximum: int
    tunable: bool
    who: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that overlays gave instead of the base's, in words; who ordered it and why."""

    layers: tuple[str, ...]
    layer_words: str
    kind: str
    id: str
    thing: str
    field: str
    before: str
    after: str
    authority: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many things of one kind there are, on which basis, and how many were checked.

    `verified` is None for kinds that carry no such mark.
    """

    kind: str
    title: str
    total: int
    official: int
    guidance: int
    toolkit: int
    verified: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The size of a pack: `things` and `groups` are (id, title, number); shares are by basis."""

    things: tuple[tuple[str, str, int], ...]
    shares: tuple[Share, ...]
    sources_checked: int
    groups: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole pack in words. `layers` are (overlay id, title), `groups` are (group, heading)."""

    language: Language
    title: str
    framework: str
    version: str
    digest: str
    layers: tuple[Reference, ...]
    groups: tuple[Reference, ...]
    items: tuple[ItemRow, ...]
    notices: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    criteria: tuple[CriterionRow, ...]
    questions: tuple[QuestionRow, ...]
    obligations: tuple[ObligationRow, ...]
    sources: tuple[SourceRow, ...]
    parameters: tuple[ParameterRow, ...]
    changes: tuple[Changed, ...]
    counts: Counts
