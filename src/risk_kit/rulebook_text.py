"""The rulebook as Markdown and as plain text. Every text of a pack is data in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from risk_kit.appearance import clean
from risk_kit.rulebook_clauses import Clause
from risk_kit.rulebook_entries import Entry, Field, Grid, Line, Part, parts
from risk_kit.rulebook_rows import Rulebook
from risk_kit.rulebook_words import colon, say

_MARKS: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST: Final = re.compile(r"^([-+]|\d+[.)])(?=\s)")

_Places: TypeAlias = Mapping[str, str]  # anchor → page, empty for this one


def text(book: Rulebook) -> str:
    """The rulebook for a terminal: headings, then entries with indented fields."""
    return "\n".join(_plain(book)) + "\n"


def markdown(
    book: Rulebook,
    shown: Sequence[Part] | None = None,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The rulebook as Markdown, with links between rules, criteria, duties and documents.

    `shown`: the parts to print, when not all. `elsewhere`: entries by anchor that another page
    holds, with that page's name; an entry that is nowhere is named without a link.
    """
    found = parts(book) if shown is None else shown
    here = {entry.anchor: "" for one in found for entry in one.entries}
    return "\n".join(_pages(book, found, {**elsewhere, **here})) + "\n"


def escaped(raw: str) -> str:
    """Text whose every mark Markdown takes literally; a newline becomes a space."""
    return _LIST.sub(r"\\\1", _MARKS.sub(r"\\\1", clean(raw).replace("\n", " ")))


def head(book: Rulebook) -> Iterator[tuple[str, str]]:
    """What identifies the rulebook: (label, value)."""
    yield say("version", book.language), f"{book.framework} {book.version}"
    if book.layers:
        joint = "、" if book.language == "zh" else "; "
        yield say("layers", book.language), joint.join(one.title for one in book.layers)
    yield say("digest", book.language), book.digest


# -- plain text ------------------------------------------------------------------------------------


def _plain(book: Rulebook) -> Iterator[str]:
    mark = colon(book.language)
    yield f"{say('title', book.language)}{mark}{clean(book.title)}"
    for label, value in head(book):
        yield f"{label}{mark}{clean(value)}"
    for part in parts(book):
        yield from ("", f"== {clean(part.heading)} ==")
        yield from (f"- {clean(one)}" for one in part.lines)
        for grid in part.grids:
            yield from (" | ".join(map(clean, row)) for row in (grid.columns, *grid.rows))
        for entry in part.entries:
            yield from ("", f"[{entry.name}] {clean(entry.title)}")
            for field in entry.fields:
                yield from _plain_field(field, mark)


def _plain_field(field: Field, mark: str) -> Iterator[str]:
    label = f"  {field.label}{mark}"
    match field.value:
        case str(words):
            yield f"{label}{clean(words)}"
        case Clause() as one:
            yield label.rstrip()
            yield from _plain_clause(one, 2)
        case lines:
            yield label.rstrip()
            yield from (f"    - {clean(line.text)}" for line in lines)


def _plain_clause(one: Clause, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {clean(one.text)}"
    for part in one.parts:
        yield from _plain_clause(part, depth + 1)


# -- Markdown --------------------------------------------------------------------------------------


def _pages(book: Rulebook, found: Sequence[Part], known: _Places) -> Iterator[str]:
    mark = colon(book.language)
    yield from (f"# {say('title', book.language)}{mark}{escaped(book.title)}", "")
    yield from (say("lead", book.language), "")
    yield from (f"- {label}{mark}{escaped(value)}" for label, value in head(book))
    yield from ("", f"**{say('contents', book.language)}**", "")
    yield from (f"- [{escaped(one.heading)}](#{_anchor(one.key)})" for one in found)
    for one in found:
        yield from ("", f'<a id="{_anchor(one.key)}"></a>', "", f"## {escaped(one.heading)}", "")
        yield from _part(one, known)


def _part(part: Part, known: _Places) -> Iterator[str]:
    yield from (f"- {escaped(one)}" for one in part.lines)
    for grid in part.grids:
        yield from table(grid)
    for entry in part.entries:
        yield from _entry(entry, known)


def table(grid: Grid) -> Iterator[str]:
    """A Markdown table and an empty line."""
    yield _row(grid.columns)
    yield "|" + " --- |" * len(grid.columns)
    yield from map(_row, grid.rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def _entry(entry: Entry, known: _Places) -> Iterator[str]:
    title = f"{escaped(entry.title)} `{entry.name}`"
    yield from (f'<a id="{_anchor(entry.anchor)}"></a>', "", f"### {title}", "")
    for field in entry.fields:
        yield from _field(field, known)
    yield ""


def _field(field: Field, known: _Places) -> Iterator[str]:
    label = f"- **{escaped(field.label)}**"
    match field.value:
        case str(words):
            yield f"{label}　{escaped(words)}"
        case Clause() as one:
            yield label
            yield from _clause(one, 1, known)
        case (Line() as only,):
            yield f"{label}　{_linked(only.text, only.anchor, known)}"
        case lines:
            yield label
            yield from (f"  - {_linked(line.text, line.anchor, known)}" for line in lines)


def _clause(one: Clause, depth: int, known: _Places) -> Iterator[str]:
    words = _linked(one.text, f"criterion.{one.criterion}" if one.criterion else "", known)
    yield f"{'  ' * depth}- {words}"
    for part in one.parts:
        yield from _clause(part, depth + 1, known)


def _linked(words: str, anchor: str, known: _Places) -> str:
    if anchor not in known:
        return escaped(words)
    return f"[{escaped(words)}]({known[anchor]}#{_anchor(anchor)})"


def _anchor(name: str) -> str:
    return name.replace(".", "-")
