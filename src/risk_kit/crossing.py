"""The crosswalk of a case over what is shipped: its regimes, and what maps to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from risk_kit import answers, casework, catalogue, crosswalk, mapping
from risk_kit.answers import AnswerFile
from risk_kit.assess import State, Work
from risk_kit.crosswalk import Regime, Row
from risk_kit.errors import NotAvailable, Problem
from risk_kit.mapping import Cited, Mapped, MappingSet
from risk_kit.model import AnswerSet, Item, Pack, by_id
from risk_kit.yamlread import Document, read_file

Known: TypeAlias = tuple[tuple[MappingSet, ...], Mapping[str, Cited]]


@dataclass(frozen=True, slots=True)
class Beside:
    """An item of another framework beside one of the home's; `state`: of its rules, where any."""

    item: Item
    mapped: Mapped
    state: State | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One item of the home framework, and by framework or vocabulary what maps to it."""

    item: Item
    beside: Mapping[str, tuple[Beside, ...]]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The home framework's own row first, then one row a regime; and the table of items."""

    home: Row
    rows: tuple[Row, ...]
    table: tuple[TableRow, ...]


def crosswalk_of_file(
    file: AnswerFile, names: tuple[str, ...] = (), as_of: date | None = None
) -> Crosswalk:
    """The crosswalk of an answer file, which may answer the questions of several frameworks.

    Raises NotAvailable and BadInput.
    """
    work = casework.open_case(file, as_of=as_of)
    return crosswalk_of(work, whole(file, work.pack, work.answers), names)


def whole(file: AnswerFile, pack: Pack, own: AnswerSet) -> AnswerSet:
    """The answers under a pack with those of the file to other shipped frameworks, each checked.

    Raises BadInput.
    """
    raw, found = file.document.value["answers"], dict(own.answers)
    for name in raw:
        other = None if name in pack.questions else catalogue.asking(name)
        if other is not None:
            found |= answers.answers(file.document, {name: raw[name]}, ("answers",), other)
    return replace(own, answers=found)


def crosswalk_of(
    work: Work, given: AnswerSet, names: tuple[str, ...] = (), *, compiled: bool = False
) -> Crosswalk:
    """The crosswalk of an assessed case; `given`: its answers with those to other frameworks.

    Raises NotAvailable for a name that is no shipped framework.
    """
    as_of, own = work.assessment.as_of, work.pack
    home = crosswalk.asked_at_home(own, work.answers)
    found = regimes(own.framework.id, as_of, names, compiled=compiled)
    rows = tuple(crosswalk.row(one, given, home) for one in found)
    first = crosswalk.row(crosswalk.regime(own, as_of), work.answers, home)
    return Crosswalk(first, rows, _table(own.framework.id, (first, *rows)))


def regimes(
    home: str, as_of: date, names: tuple[str, ...] = (), *, compiled: bool = False
) -> tuple[Regime, ...]:
    """The shipped frameworks beside the home one, or those named. Raises NotAvailable."""
    shipped = tuple(one for one in catalogue.shipped() if one != home)
    for name in names:
        if name not in shipped:
            facts = {"id": name, "offered": shipped, "near": ()}
            raise NotAvailable(Problem("no_framework", facts))
    packs = [catalogue.pack(one) for one in names or shipped]
    return tuple(_regime(one.framework.id, one.digest, as_of, compiled) for one in packs)


@lru_cache(maxsize=32)
def _regime(name: str, digest: str, as_of: date, compiled: bool) -> Regime:  # noqa: ARG001, FBT001
    return crosswalk.regime(catalogue.pack(name), as_of, compiled=compiled)


def mapping_sets() -> tuple[MappingSet, ...]:
    """The mapping sets that came with this copy, each checked. Raises BadInput."""
    return tuple(mapping_set(read_file(path)) for path in _yaml(catalogue.shelf().mappings))


def mapping_set(document: Document) -> MappingSet:
    """A mapping set, held against what is shipped. Raises BadInput."""
    found = mapping.mapping_set(document)
    mapping.held_against(document, found, sides())
    return found


def sides() -> Mapping[str, Cited]:
    """Whatever has items to map: shipped frameworks and vocabularies, by id. Raises BadInput."""
    found: dict[str, Cited] = {}
    for name in catalogue.shipped():
        framework = catalogue.pack(name).framework
        found[framework.id] = Cited(framework.version, by_id(framework.items), framework.title)
    for path in _yaml(catalogue.shelf().vocabularies):
        words = mapping.vocabulary(read_file(path))
        found[words.id] = Cited(words.version, by_id(words.items), words.title)
    return MappingProxyType(found)


@lru_cache(maxsize=4)
def _known(_stamps: tuple[tuple[Path, int], ...]) -> Known:
    return mapping_sets(), sides()


def known() -> Known:
    """The shipped mapping sets and what they map, read once while the files stay as they are."""
    shelf = catalogue.shelf()
    folders = (shelf.frameworks, shelf.vocabularies, shelf.mappings)
    files = [path for one in folders for path in sorted(one.rglob("*.yaml"))]
    return _known(tuple((path, path.stat().st_mtime_ns) for path in files))


def _yaml(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.yaml"))) if folder.is_dir() else ()


def _table(home: str, rows: tuple[Row, ...]) -> tuple[TableRow, ...]:
    sets, items = known()
    shown = [one for one in sets if one.table and one.subject == home]
    states = {row.pack.framework.id: crosswalk.item_states(row) for row in rows}
    wanted = {mapped.subject for one in shown for mapped in one.mappings}
    return tuple(
        TableRow(item, _beside(ident, shown, items, states))
        for ident, item in (items[home].items if home in items else {}).items()
        if ident in wanted
    )


def _beside(
    subject: str,
    sets: list[MappingSet],
    items: Mapping[str, Cited],
    states: Mapping[str, Mapping[str, State]],
) -> Mapping[str, tuple[Beside, ...]]:
    found: dict[str, tuple[Beside, ...]] = {}
    for one in sets:
        known_states = states.get(one.object, {})
        mine = tuple(
            Beside(items[one.object].items[m.object], m, known_states.get(m.object))
            for m in one.mappings
            if m.subject == subject
        )
        if mine:
            found[one.object] = (*found.get(one.object, ()), *mine)
    return found
