"""Item to item between frameworks, as data: mapping sets, vocabularies, and their SSSOM table.

The columns are those of the Simple Standard for Sharing Ontological Mappings (SSSOM, TSV form).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

from risk_kit import schema
from risk_kit.errors import BadInput, Problem
from risk_kit.load import Builder, text
from risk_kit.model import Item, Source, Text
from risk_kit.yamlread import Document

Predicate: TypeAlias = Literal["exact", "close", "broad", "narrow", "related"]
COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "confidence",
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "mapping_date",
    "license",
    "mapping_set_id",
    "mapping_set_version",
    "comment",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Items of an instrument that is only cited: no questions, no rules."""

    id: str
    version: str
    title: Text
    sources: tuple[Source, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """One item beside another; `object` is broader or narrower than `subject` where it says so.

    `confidence`: per cent, the author's own.
    """

    subject: str
    predicate: Predicate
    object: str
    confidence: int
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class MappingSet:
    """Mappings from items of one framework to those of another framework or vocabulary.

    `table`: the subjects are the rows of a table beside the crosswalk. `source`: what they rest on.
    """

    id: str
    version: str
    title: Text
    subject: str
    object: str
    author: str
    date: str
    license: str
    source: Text
    mappings: tuple[Mapped, ...]
    table: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """What a side of a mapping set offers: version, items by id, and what it is called."""

    version: str
    items: Mapping[str, Item]
    title: Text


def vocabulary(document: Document) -> Vocabulary:
    """A vocabulary from a parsed document. Raises BadInput."""
    schema.check(document, "vocabulary")
    raw, builder = document.value, Builder(document, {})
    builder.unique([("item", one["id"], ("items", i)) for i, one in enumerate(raw["items"])])
    made = Vocabulary(
        id=raw["id"],
        version=raw["version"],
        title=text(raw["title"]),
        sources=builder.each("sources", builder.source),
        items=builder.each("items", builder.item),
    )
    builder.done()
    refuse(_dangling(document, made))
    return made


def mapping_set(document: Document) -> MappingSet:
    """A mapping set from a parsed document; its items are not looked up yet. Raises BadInput."""
    schema.check(document, "mapping")
    raw = document.value
    mapped = tuple(
        Mapped(**{**one, "note": text(one["note"]) if "note" in one else None})
        for one in raw["mappings"]
    )
    rest = {k: raw[k] for k in ("id", "version", "subject", "object", "author", "date", "license")}
    return MappingSet(
        **rest,
        title=text(raw["title"]),
        source=text(raw["source"]),
        mappings=mapped,
        table=raw.get("table", False),
    )


def held_against(document: Document, found: MappingSet, sides: Mapping[str, Cited]) -> None:
    """Raises BadInput with every id that dangles, and every pair that stands twice."""
    refuse(_faults(document, found, sides))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise BadInput when there is a problem."""
    found = tuple(problems)
    if found:
        raise BadInput(*found)


def rows(found: MappingSet, sides: Mapping[str, Cited], language: str) -> Iterator[tuple[str, ...]]:
    """The mappings as rows of SSSOM columns."""
    subject, object_ = sides[found.subject], sides[found.object]
    for one in found.mappings:
        yield (
            f"{found.subject}:{one.subject}",
            _of(subject.items[one.subject].title, language),
            f"skos:{one.predicate}Match",
            f"{found.object}:{one.object}",
            _of(object_.items[one.object].title, language),
            "semapv:ManualMappingCuration",
            found.author,
            f"{one.confidence / 100:.2f}",
            found.subject,
            subject.version,
            found.object,
            object_.version,
            found.date,
            found.license,
            found.id,
            found.version,
            "" if one.note is None else _of(one.note, language),
        )


def tsv(sets: Iterable[MappingSet], sides: Mapping[str, Cited], language: str = "en") -> str:
    """Mapping sets as one SSSOM table: comment lines that declare the prefixes, a head, the rows."""
    sets = tuple(sets)
    names = sorted({name for one in sets for name in (one.subject, one.object)})
    out = io.StringIO()
    prefixes = {name: f"urn:risk-kit:{name}:" for name in names} | {
        "semapv": "https://w3id.org/semapv/vocab/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }
    out.write("# curie_map:\n")
    out.writelines(f"#   {name}: {address}\n" for name, address in prefixes.items())
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for one in sets:
        table.writerows([_plain(cell) for cell in row] for row in rows(one, sides, language))
    return out.getvalue()


def _plain(cell: str) -> str:
    """A cell without the characters that divide a table, and none that a sheet would run."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) else flat


def _of(one: Text, language: str) -> str:
    return one.zh if language == "zh" else one.en


def _dangling(document: Document, made: Vocabulary) -> Iterator[Problem]:
    items, sources = {one.id for one in made.items}, {one.id for one in made.sources}
    for place, one in enumerate(made.items):
        if one.parent is not None and one.parent not in items:
            path = ("items", place, "parent")
            yield document.problem("no_such", path, kind="item", id=one.parent)
        for cite in one.cites:
            if cite.source not in sources:
                path = ("items", place, "cites")
                yield document.problem("no_such", path, kind="source", id=cite.source)


def _faults(document: Document, found: MappingSet, sides: Mapping[str, Cited]) -> Iterator[Problem]:
    for key in ("subject", "object"):
        name = getattr(found, key)
        if name not in sides:
            near = get_close_matches(name, sides, 1)
            yield document.problem(
                "no_framework", (key,), id=name, offered=sorted(sides), near=near
            )
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(found.mappings):
        for key in ("subject", "object"):
            side, ident = sides.get(getattr(found, key)), getattr(one, key)
            if side is not None and ident not in side.items:
                yield document.problem("no_such", ("mappings", place, key), kind="item", id=ident)
        pair = one.subject, one.object
        if pair in seen:
            path = ("mappings", place)
            yield document.problem("id_twice", path, kind="mapping", id=" → ".join(pair))
        seen.add(pair)
