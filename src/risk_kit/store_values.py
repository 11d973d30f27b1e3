"""What the store gives and takes: cases, events, edits; and how an edit changes a document.

A document is the JSON form of an answer file (`risk_kit.wire.answers_json`). An entry of it is named
by its part and its name there: ("answers", "stage"), ("case", "name"); a part that is no mapping
has the empty name: ("as_of", ""). So whatever a later answer file holds is kept, compared and
undone without a change here. A case's state is kept as one more part, `state`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from risk_kit.errors import Problem, RiskKitError

Json: TypeAlias = Any
Document: TypeAlias = dict[str, Any]
State: TypeAlias = Literal["draft", "archived"]
Origin: TypeAlias = Literal["created", "sample", "imported", "duplicated"]
What: TypeAlias = Literal[Origin, "changed", "archived", "restored", "undone"]

STATE: Final = "state"


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something, and when; the time has a zone."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The value an entry is to have; None takes the entry away."""

    part: str
    name: str
    value: Json | None


@dataclass(frozen=True, slots=True)
class Change:
    """The value an entry had and the one it was given; None: no entry.

    The first change of a case has neither part nor name: its `new` is the whole document.
    """

    part: str
    name: str
    old: Json | None
    new: Json | None


@dataclass(frozen=True, slots=True)
class Event:
    """One act on a case: all its changes or none were made.

    `revision` counts the events of the case from 1. `source`: the case or sample that it was made
    from. `reverts`: the revision that was undone.
    """

    revision: int
    act: Act
    what: What
    changes: tuple[Change, ...]
    source: str = ""
    reverts: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One line in the list of cases."""

    id: str
    title: str
    framework: str
    state: State
    revision: int
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the cases, last changed first, and how many there are in all."""

    cases: tuple[Summary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands, or stood, after the event `revision`; the document is a fresh copy."""

    id: str
    revision: int
    state: State
    document: Document
    created: datetime
    changed: datetime

    @property
    def title(self) -> str:
        """The name given to the case; may be empty."""
        return title(self.document)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept as evidence; `kind` is its type, such as "pdf"; `size` in bytes."""

    sha256: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Rival:
    """An edit that was not made, and what somebody else had put there in the meantime."""

    wanted: Edit
    found: Json | None
    revision: int
    act: Act


class Clash(RiskKitError):
    """An entry was changed by somebody else after it was seen. Nothing was written.

    `rivals` holds both sides of each such entry, `case` the case as it stands.
    """

    def __init__(self, rivals: tuple[Rival, ...], case: Case) -> None:
        last = max(rivals, key=lambda one: one.revision)
        at = last.act.at.astimezone().isoformat(" ", "minutes")
        super().__init__(Problem("store_clash", {"actor": last.act.actor, "time": at}))
        self.rivals = rivals
        self.case = case


def title(document: Mapping[str, Any]) -> str:
    """The name of the case that a document describes; may be empty."""
    facts = document.get("case")
    return str(facts.get("name", "")) if isinstance(facts, Mapping) else ""


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are the same; `true` is not 1, the order of keys does not matter."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def entry(document: Mapping[str, Any], part: str, name: str) -> Json | None:
    """The value of an entry, or None. Raises ValueError where a mapping needs a name, or has none."""
    found = document.get(part)
    if found is not None and isinstance(found, dict) != bool(name):
        raise ValueError(f"{part!r}: an entry of a mapping has a name, any other part has none")
    return found if found is None or not name else found.get(name)


def edited(document: Document, edit: Edit) -> Document:
    """The document with one entry set or taken away. Raises ValueError as `entry` does."""
    entry(document, edit.part, edit.name)
    if not edit.name:
        return _with(document, edit.part, edit.value)
    part = document.get(edit.part, {})
    return {**document, edit.part: _with(part, edit.name, edit.value)}


def _with(mapping: dict[str, Any], key: str, value: Json | None) -> dict[str, Any]:
    if value is None:
        return {k: v for k, v in mapping.items() if k != key}
    return {**mapping, key: value}


def edits_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`: what a screen that showed `before` has changed."""
    return tuple(
        Edit(part, name, new)
        for part in dict.fromkeys((*before, *after))
        for name, old, new in _pairs(before.get(part), after.get(part))
        if not same(old, new)
    )


def _pairs(before: Json, after: Json) -> Iterator[tuple[str, Json | None, Json | None]]:
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = before or {}, after or {}
        for name in dict.fromkeys((*old, *new)):
            yield name, old.get(name), new.get(name)
    else:
        yield "", before, after
