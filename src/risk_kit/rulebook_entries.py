"""The rulebook as parts of entries with labelled fields: one shape for every rendering of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from risk_kit.rulebook_clauses import Clause
from risk_kit.rulebook_rows import (
    Citation,
    CriterionRow,
    ItemRow,
    ObligationRow,
    Origin,
    QuestionRow,
    Reference,
    Rulebook,
    RuleRow,
    SourceRow,
)
from risk_kit.rulebook_words import colon, joined, say


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `anchor` names the entry that it speaks of, if any."""

    text: str
    anchor: str = ""


Value: TypeAlias = str | Clause | tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled text, condition or list of lines."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing; `name` is its id as its authors write it, `anchor` its place in the document."""

    anchor: str
    name: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of plain texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it."""

    key: str
    heading: str
    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    entries: tuple[Entry, ...] = ()


def parts(book: Rulebook) -> tuple[Part, ...]:
    """The whole rulebook in reading order; parts that would be empty are left out."""
    found = (
        _counts(book),
        Part("notices", say("notices", book.language), lines=book.notices),
        _changes(book),
        *_rules(book),
        Part("items", say("items", book.language), entries=_items(book)),
        Part("criteria", say("criteria", book.language), entries=_criteria(book)),
        *_questions(book),
        Part("obligations", say("obligations", book.language), entries=_duties(book)),
        _parameters(book),
        Part("sources", say("sources", book.language), entries=_sources(book)),
    )
    return tuple(one for one in found if one.lines or one.grids or one.entries)


def rule(one: RuleRow, book: Rulebook) -> Entry:
    """A rule with all that a lawyer asks of it."""
    fields = _kept(
        book,
        ("item", _links("item", (one.item,)) if one.item else ""),
        ("effect", tuple(Line(effect) for effect in one.effects)),
        ("condition", one.condition),
        ("unless", one.unless or ""),
        ("because", one.because),
        ("obliged", _links("obligation", one.obliges)),
        ("exempted", _links("rule", one.exempts)),
        ("exempted_by", _links("rule", one.exempted_by)),
        ("source", citations(one.citations, book)),
        ("basis", one.basis_words),
        ("verified", one.verified_words if one.basis != "toolkit" else ""),
        ("validity", one.validity if one.validity != say("open_ended", book.language) else ""),
        ("layer", _layer(one.origin, book)),
    )
    return Entry(f"rule.{one.id}", one.id, one.title, fields)


def citations(cites: Iterable[Citation], book: Rulebook) -> tuple[Line, ...]:
    """Citations in words, each with a link to its document."""
    return tuple(Line(cited(one, book), f"source.{one.source}") for one in cites)


def cited(one: Citation, book: Rulebook, *, rows: bool = True) -> str:
    """Title, pinpoint, legal force, whether checked; `rows`: also rows of our own method by id."""
    zh = book.language == "zh"
    at = "" if one.row and not rows else one.at
    name = f"《{one.title}》" if zh and not one.own else one.title
    title = f"{name}{at}" if zh and not one.own else f"{name} {at}".strip()
    told = joined([part for part in (one.force, one.checked) if part], book.language)
    if not told:
        return title
    return f"{title}（{told}）" if zh else f"{title} ({told})"


def _kept(book: Rulebook, *pairs: tuple[str, Value]) -> tuple[Field, ...]:
    return tuple(Field(say(key, book.language), value) for key, value in pairs if value)


def _links(kind: str, things: Iterable[Reference]) -> tuple[Line, ...]:
    return tuple(Line(one.title, f"{kind}.{one.id}") for one in things)


def _layer(origin: Origin, book: Rulebook) -> str:
    return origin.changes if book.layers else ""


def _rules(book: Rulebook) -> Iterator[Part]:
    for group in book.groups:
        entries = tuple(rule(one, book) for one in book.rules if one.group == group.id)
        yield Part(f"rules.{group.id}", group.title, entries=entries)


def _items(book: Rulebook) -> tuple[Entry, ...]:
    return tuple(_item(one, book) for one in book.items)


def _item(one: ItemRow, book: Rulebook) -> Entry:
    fields = _kept(
        book,
        ("parent", _links("item", (one.parent,)) if one.parent else ""),
        ("gathers", _links("item", one.gathers)),
        ("source", citations(one.citations, book)),
        ("basis", one.basis_words),
        ("verified", one.verified_words if one.basis != "toolkit" else ""),
        ("layer", _layer(one.origin, book)),
    )
    return Entry(f"item.{one.id}", one.id, one.title, fields)


def _criteria(book: Rulebook) -> tuple[Entry, ...]:
    return tuple(_criterion(one, book) for one in book.criteria)


def _criterion(one: CriterionRow, book: Rulebook) -> Entry:
    known = {row.id for row in book.criteria}
    rules = {row.id for row in book.rules}

    def anchor(used: Reference) -> str:
        kind = "criterion" if used.id in known else "rule" if used.id in rules else "question"
        return f"{kind}.{used.id}"

    used = tuple(Line(user.title, anchor(user)) for user in one.used_by)
    fields = _kept(
        book, ("condition", one.condition), ("used_by", used), ("layer", _layer(one.origin, book))
    )
    return Entry(f"criterion.{one.id}", one.id, one.title, fields)


def _questions(book: Rulebook) -> Iterator[Part]:
    sections = dict.fromkeys((one.step, one.section) for one in book.questions)
    for n, (step, section) in enumerate(sections):
        head = f"{say('questions', book.language)}{colon(book.language)}{step}／{section}"
        here = (one for one in book.questions if (one.step, one.section) == (step, section))
        yield Part(f"questions.{n}", head, entries=tuple(_question(one, book) for one in here))


def _question(one: QuestionRow, book: Rulebook) -> Entry:
    fields = _kept(
        book,
        ("kind", joined((one.kind, *one.traits), book.language)),
        ("options", tuple(map(Line, one.options))),
        ("shown", one.shown or say("always", book.language)),
        ("why", one.why),
        ("help", one.explained),
        ("example_yes", one.example_yes),
        ("example_no", one.example_no),
        ("evidence", one.evidence),
        ("answered_by", one.answered_by),
        ("phase", one.phase),
        ("source", citations(one.citations, book)),
        ("basis", one.basis_words),
        ("layer", _layer(one.origin, book)),
    )
    return Entry(f"question.{one.id}", one.id, one.label, fields)


def _duties(book: Rulebook) -> tuple[Entry, ...]:
    return tuple(_duty(one, book) for one in book.obligations)


def _duty(one: ObligationRow, book: Rulebook) -> Entry:
    fields = _kept(
        book,
        ("role", joined(one.roles, book.language)),
        ("imposed_by", _links("rule", one.imposed_by)),
        ("source", citations(one.citations, book)),
        ("basis", one.basis_words),
        ("verified", one.verified_words if one.basis != "toolkit" else ""),
        ("validity", one.validity if one.validity != say("open_ended", book.language) else ""),
        ("layer", _layer(one.origin, book)),
    )
    return Entry(f"obligation.{one.id}", one.id, one.text, fields)


def _sources(book: Rulebook) -> tuple[Entry, ...]:
    return tuple(_source(one, book) for one in book.sources)


def _source(one: SourceRow, book: Rulebook) -> Entry:
    fields = _kept(
        book,
        ("issuer", one.issuer),
        ("number", one.number),
        ("date", one.date),
        ("address", one.address),
        ("force", one.force),
        ("validity", one.validity if one.validity != say("open_ended", book.language) else ""),
        ("verified", one.checked),
        ("cited", str(one.cited)),
        ("layer", _layer(one.origin, book)),
    )
    return Entry(f"source.{one.id}", one.id, one.title, fields)


def _parameters(book: Rulebook) -> Part:
    heads = tuple(say(key, book.language) for key in ("parameters", "value", "bounds", "who"))
    rows = tuple(
        (one.title, str(one.value), f"{one.minimum}–{one.maximum}", one.who)
        for one in book.parameters
    )
    grids = (Grid(heads, rows),) if rows else ()
    return Part("parameters", heads[0], grids=grids)


def _changes(book: Rulebook) -> Part:
    keys = ("thing", "before", "after", "layer", "authority")
    rows = tuple(
        (
            f"{one.thing}（{one.field}）"
            if book.language == "zh"
            else f"{one.thing} ({one.field})",
            one.before or say("none", book.language),
            one.after,
            one.layer_words,
            " ".join(filter(None, (one.authority, one.date, one.reason))) or "—",
        )
        for one in book.changes
    )
    grids = (Grid(tuple(say(key, book.language) for key in keys), rows),) if rows else ()
    return Part("changes", say("changes", book.language), grids=grids)


def _counts(book: Rulebook) -> Part:
    keys = ("thing", "total", "official", "guidance", "toolkit", "compared")
    told = {one.kind: one for one in book.counts.shares}
    rows = []
    for kind, title, total in book.counts.things:
        share = told.get(kind)
        by: tuple[str, ...] = ("—",) * 3
        checked = book.counts.sources_checked if kind == "sources" else None
        if share is not None:
            by = tuple(_of(n, total) for n in (share.official, share.guidance, share.toolkit))
            checked = share.verified
        rows.append((title, str(total), *by, "—" if checked is None else _of(checked, total)))
    heads = tuple(say(key, book.language) for key in keys)
    groups = tuple((title, str(n)) for _, title, n in book.counts.groups)
    columns = (say("rules", book.language), say("total", book.language))
    return Part(
        "counts",
        say("counts", book.language),
        grids=(Grid(heads, tuple(rows)), Grid(columns, groups)),
    )


def _of(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "0"
