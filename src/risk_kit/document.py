"""The Report value: what a document says, in order, before anyone decides how it looks.

PDF, HTML and later forms are renderings of this one tree. Every text is plain text: no markup of
any kind is read in it, and a newline is a line break.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field of Report is called date
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["body", "lead", "small", "notice"]
State: TypeAlias = Literal["holds", "undecided", "does_not_hold"]
Language: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1 (a part), 2 or 3. Headings are the document's outline."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Tone: body, lead (the sentence to remember), small, notice (boxed, calm)."""

    text: str
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head row repeats on each page. `widths` are relative, one a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Levels from least to most, with the range `low`..`high` (indexes, inclusive) marked.

    Both None: outside the scope, nothing is marked. The caption says the same in words. `at`: the
    place inside a decided level, 0 (next to the level below) to 4 (next to the one above).
    """

    levels: tuple[str, ...]
    low: int | None
    high: int | None
    caption: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class MapCell:
    """One item on a map: its code (may be empty), its title, and what was found, in words.

    `low`..`high` are indexes of the map's levels: sure and possible. Both None: nothing was found;
    only `low` None: it is open whether anything will be.
    """

    code: str
    title: str
    told: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class RiskMap:
    """Items in named groups, a cell each. The caption says the whole in a sentence.

    `open_word` is what the sign of an open cell means.
    """

    levels: tuple[str, ...]
    groups: tuple[tuple[str, tuple[MapCell, ...]], ...]
    caption: str
    open_word: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding as a card: why, the answers that carry it (question, answer), its sources.

    `level` is an index on the spectrum, or None when the finding raises no level.
    """

    title: str
    state: State
    state_label: str
    level: int | None
    because: str
    answers: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes to sign in: (field id, label). The PDF has an empty signature field in each."""

    fields: tuple[tuple[str, str], ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG image with the words that stand for it; width and height in points."""

    data: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Facts
    | Bullets
    | Table
    | Spectrum
    | RiskMap
    | Reason
    | Signatures
    | Picture
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the report. `name` is a file name without folders."""

    name: str
    mime: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document. `date` is its only time; `page_label` holds {page} and {pages}."""

    language: Language
    title: str
    subject: str
    author: str
    header: str
    page_label: str
    date: Date
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
