"""Mapping sets and vocabularies: read, held against what they map, exported as a table."""

from __future__ import annotations

import csv
from typing import Final

import pytest

from risk_kit import crossing, mapping
from risk_kit.errors import BadInput
from risk_kit.mapping import Cited
from risk_kit.model import by_id
from risk_kit.yamlread import read

WORDS: Final = """
format: risk-kit/vocabulary/1
id: words
version: "2"
title: {zh: 詞彙, en: Words}
sources:
  - {id: own, title: {zh: 書, en: Book}, issuer: {zh: 我們, en: us}, force: method, verified: false}
items:
  - {id: one, title: {zh: "=一\\t號", en: "=one\\tmore"}, cites: [{source: own, at: "1"}]}
  - {id: two, parent: one, title: {zh: 二, en: two}}
"""
SET: Final = """
format: risk-kit/mapping/1
id: set
version: "1"
title: {zh: 對映, en: Mapping}
subject: words
object: words
author: risk_kit
date: "2026-11-22"
license: Apache-2.0
source: {zh: 自訂, en: our own}
mappings:
  - {subject: one, predicate: broad, object: two, confidence: 65, note: {zh: 註, en: note}}
  - {subject: two, predicate: exact, object: two, confidence: 100}
"""
VOCABULARY: Final = mapping.vocabulary(read(WORDS.encode(), "words.yaml"))
SIDES: Final = {"words": Cited(VOCABULARY.version, by_id(VOCABULARY.items), VOCABULARY.title)}


def codes(text: str) -> list[tuple[str, int | None]]:
    document = read(text.encode(), "set.yaml")
    with pytest.raises(BadInput) as error:
        mapping.held_against(document, mapping.mapping_set(document), SIDES)
    return [(one.code, one.line) for one in error.value.problems]


def table(text: str, language: str = "en") -> list[dict[str, str]]:
    written = mapping.tsv([mapping.mapping_set(read(text.encode(), "s"))], SIDES, language)
    lines = [line for line in written.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def test_the_table_has_the_columns_of_sssom_and_a_row_for_each_mapping() -> None:
    first, second = table(SET)
    assert tuple(first) == mapping.COLUMNS
    assert (first["subject_id"], first["predicate_id"]) == ("words:one", "skos:broadMatch")
    assert (first["object_id"], first["object_label"]) == ("words:two", "two")
    assert (first["confidence"], first["comment"]) == ("0.65", "note")
    assert first["author_label"] == "risk_kit"
    assert (second["confidence"], second["subject_source_version"]) == ("1.00", "2")


def test_a_cell_breaks_no_table_and_starts_no_formula() -> None:
    assert table(SET)[0]["subject_label"] == "'=one more"
    assert table(SET, "zh")[0]["subject_label"] == "'=一 號"


def test_every_prefix_is_declared() -> None:
    written = mapping.tsv([mapping.mapping_set(read(SET.encode(), "s"))], SIDES)
    for prefix in ("words", "skos", "semapv"):
        assert f"#   {prefix}: " in written


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("subject: words", "subject: wrods", "no_framework", 6),
        ("object: words", "object: elsewhere", "no_framework", 7),
        ("subject: one, predicate", "subject: gone, predicate", "no_such", 13),
        ("exact, object: two", "exact, object: three", "no_such", 14),
        ("subject: two, predicate: exact", "subject: one, predicate: exact", "id_twice", 14),
    ],
)
def test_what_dangles_or_stands_twice_is_told_at_its_line(
    old: str, new: str, code: str, line: int
) -> None:
    assert old in SET
    assert codes(SET.replace(old, new, 1)) == [(code, line)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("parent: one", "parent: none", "no_such"),
        ("source: own", "source: lost", "no_such"),
        ("id: two", "id: one", "id_twice"),
        ("version: ", "edition: ", "unknown_key"),
    ],
)
def test_a_vocabulary_with_a_fault(old: str, new: str, code: str) -> None:
    assert old in WORDS
    with pytest.raises(BadInput) as error:
        mapping.vocabulary(read(WORDS.replace(old, new, 1).encode(), "words.yaml"))
    assert code in {one.code for one in error.value.problems}


def test_what_is_shipped_maps_only_what_is_there() -> None:
    sets, sides = crossing.known()
    assert {one.id for one in sets} >= {"tw-mit", "tw-principles-mit"}
    assert len([i for i in sides["mit-ai-risk"].items.values() if i.parent]) == 24
    for one in sets:
        assert all(m.subject in sides[one.subject].items for m in one.mappings)


def test_every_sub_type_has_its_place_among_the_mit_domains() -> None:
    sets, sides = crossing.known()
    tags = {m.subject for one in sets if one.id == "tw-mit" for m in one.mappings}
    wanted = {i.id for i in sides["tw-ai-risk"].items.values() if i.parent in ("A", "B", "C")}
    assert tags == wanted
