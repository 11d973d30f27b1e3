"""How a case is made and changed, inside the transaction of the session that is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from risk_kit import store_events
from risk_kit.digest import canonical
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.store_tables import MOST_NAME, MOST_TITLE, CaseRow
from risk_kit.store_values import (
    STATE,
    Act,
    Case,
    Change,
    Clash,
    Document,
    Edit,
    Event,
    Origin,
    State,
    What,
    edited,
    entry,
    same,
    title,
)

MOST_BYTES: Final = 8 * 1024 * 1024  # as large as an answer file may be, so that it can come back
_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PART: Final = re.compile(r"[a-z][a-z_]{0,63}")
_MEGABYTE: Final = 1024 * 1024


def row_of(session: Session, case_id: str, *, lock: bool = False) -> CaseRow:
    """The row of a case; `lock` keeps other writers off it. Raises NotAvailable."""
    chosen = select(CaseRow).where(CaseRow.id == case_id)
    found = None
    if _ID.fullmatch(case_id):
        found = session.scalar(chosen.with_for_update() if lock else chosen)
    if found is None:
        raise NotAvailable(Problem("no_case", {"id": case_id}))
    return found


def event_of(session: Session, case_id: str, revision: int) -> Event:
    """One event. Raises NotAvailable: no such case, or no such revision of it."""
    row = row_of(session, case_id)
    _known(row, revision)
    return store_events.read(session, case_id, before=revision + 1, limit=1)[0]


def _known(row: CaseRow, revision: int) -> None:
    if not 1 <= revision <= row.revision:
        facts = {"revision": revision, "last": row.revision}
        raise NotAvailable(Problem("no_revision", facts))


def case_of(row: CaseRow) -> Case:
    """A case as it stands."""
    state = cast("State", row.state)
    return Case(row.id, row.revision, state, row.document, row.created, row.changed)


def past(row: CaseRow, whole: Document, event: Event) -> Case:
    """A case as it was after an event."""
    document, state = _parted(whole)
    return Case(row.id, event.revision, state, document, row.created, event.act.at)


def create(
    session: Session, case_id: str, document: Document, act: Act, what: Origin, source: str
) -> Case:
    """A new case. Raises BadInput: the id is taken, or the document too large."""
    if not _ID.fullmatch(case_id) or STATE in document:
        raise ValueError("an id is 8 to 64 URL-safe characters; a document has no state of its own")
    change = Change("", "", None, document)
    event = Event(1, checked(act), what, (change,), plain(source, MOST_NAME))
    whole = {**document, STATE: "draft"}
    row = CaseRow(id=case_id, created=act.at, **_columns(whole, event))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise BadInput(Problem("case_exists", {"id": case_id})) from error
    store_events.record(session, case_id, event)
    return past(row, whole, event)


@dataclass(frozen=True, slots=True)
class Deed:
    """The act that edits are made by, and what kind of event it is."""

    act: Act
    what: What = "changed"
    reverts: int | None = None


def change(session: Session, case_id: str, seen: int, edits: Iterable[Edit], deed: Deed) -> Case:
    """Make all edits that change something, as one event; none that does: no event.

    Raises Clash, NotAvailable (no such case or revision) and BadInput (archived, or too large).
    """
    row = row_of(session, case_id, lock=True)
    _known(row, seen)  # a screen may outlive a store that was set back to a backup
    whole = {**row.document, STATE: row.state}
    wanted = tuple({(one.part, one.name): one for one in edits}.values())
    found = store_events.rivals(session, case_id, seen, whole, wanted)
    if found:
        raise Clash(found, case_of(row))
    changes, new = _apply(whole, wanted)
    if not changes:
        return case_of(row)
    if row.state == "archived" and any(one.part != STATE for one in changes):
        raise BadInput(Problem("case_archived", {"id": case_id}))
    event = Event(row.revision + 1, checked(deed.act), deed.what, changes, reverts=deed.reverts)
    values = _columns(new, event)
    session.execute(update(CaseRow).where(CaseRow.id == case_id).values(**values))
    store_events.record(session, case_id, event)
    return past(row, new, event)


def move(session: Session, case_id: str, state: State, act: Act) -> Case:
    """Archive or restore a case; one that is there already stays as it is."""
    row = row_of(session, case_id, lock=True)
    what: What = "archived" if state == "archived" else "restored"
    return change(session, case_id, row.revision, [Edit(STATE, "", state)], Deed(act, what))


def undo(session: Session, case_id: str, revision: int, act: Act) -> Case:
    """Take back what an event changed. Raises Clash, NotAvailable and BadInput."""
    row_of(session, case_id, lock=True)
    event = event_of(session, case_id, revision)
    if revision == 1:
        raise BadInput(Problem("cannot_undo", {"revision": revision}))
    edits = [Edit(one.part, one.name, one.old) for one in event.changes]
    return change(session, case_id, revision, edits, Deed(act, "undone", revision))


def check(edits: Sequence[Edit]) -> None:
    """Raises BadInput for an entry that cannot be named, ValueError for a part that cannot be."""
    for one in edits:
        if not _PART.fullmatch(one.part) or one.part == STATE:
            raise ValueError(f"no part of a document: {one.part!r}")
        if len(one.name) > MOST_NAME or plain(one.name, MOST_NAME) != one.name:
            raise BadInput(Problem("case_bad_entry", {"name": one.name, "limit": MOST_NAME}))


def checked(act: Act) -> Act:
    """The act as it can be kept. Raises ValueError for a time without a zone."""
    if act.at.tzinfo is None:
        raise ValueError("the time of an act needs its zone")
    return Act(act.at, plain(act.actor, MOST_NAME))


def plain(text: str, most: int) -> str:
    """One line of bounded length that every database can hold."""
    return "".join(c for c in text if c.isprintable())[:most]


def _apply(whole: Document, edits: Iterable[Edit]) -> tuple[tuple[Change, ...], Document]:
    changes = []
    for one in edits:
        old = entry(whole, one.part, one.name)
        if not same(old, one.value):
            changes.append(Change(one.part, one.name, old, one.value))
            whole = edited(whole, one)
    return tuple(changes), whole


def _parted(whole: Document) -> tuple[Document, State]:
    return {k: v for k, v in whole.items() if k != STATE}, cast("State", whole[STATE])


def _columns(whole: Document, event: Event) -> dict[str, Any]:
    """The row of a case after an event. Raises BadInput for a document too large, or no JSON."""
    document, state = _parted(whole)
    try:
        size = len(canonical(document))
    except (TypeError, RecursionError) as error:
        raise BadInput(Problem("case_not_json", {"detail": str(error)})) from error
    if size > MOST_BYTES:
        facts = {"size_mb": f"{size / _MEGABYTE:.1f}", "limit_mb": MOST_BYTES // _MEGABYTE}
        raise BadInput(Problem("case_too_large", facts))
    return {
        "title": plain(title(document), MOST_TITLE),
        "framework": plain(str(document.get("framework", "")), 100),
        "state": state,
        "revision": event.revision,
        "changed": event.act.at,
        "document": document,
    }
