"""The events of a case: written, read, compared with what a screen saw, replayed, undone.

Everything here works inside the transaction of the session that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from risk_kit.store_tables import ChangeRow, EventRow
from risk_kit.store_values import (
    STATE,
    Act,
    Change,
    Document,
    Edit,
    Event,
    Json,
    Rival,
    What,
    edited,
    entry,
    same,
)


def record(session: Session, case_id: str, event: Event) -> None:
    """Write an event and its changes."""
    at, actor = event.act.at, event.act.actor
    session.add(
        EventRow(
            case_id=case_id,
            revision=event.revision,
            at=at,
            actor=actor,
            what=event.what,
            source=event.source,
            reverts=event.reverts,
        )
    )
    session.flush()  # changes refer to their event
    session.add_all(
        ChangeRow(
            case_id=case_id,
            revision=event.revision,
            part=one.part,
            name=one.name,
            old=one.old,
            new=one.new,
        )
        for one in event.changes
    )


def read(
    session: Session, case_id: str, *, before: int | None = None, limit: int | None = None
) -> tuple[Event, ...]:
    """Events of a case, newest first, those of a revision below `before` only."""
    chosen = select(EventRow).where(EventRow.case_id == case_id)
    if before is not None:
        chosen = chosen.where(EventRow.revision < before)
    rows = session.scalars(chosen.order_by(EventRow.revision.desc()).limit(limit)).all()
    if not rows:
        return ()
    revisions = (rows[-1].revision, rows[0].revision)
    within = _changes(case_id).where(ChangeRow.revision.between(*revisions))
    return _events(rows, session.scalars(within).all())


def read_entry(session: Session, case_id: str, part: str, name: str) -> tuple[Event, ...]:
    """The events that changed one entry, newest first, each with that change alone."""
    entry_ = (ChangeRow.part == part, ChangeRow.name == name)
    changes = session.scalars(_changes(case_id).where(*entry_)).all()
    revisions = [one.revision for one in changes]
    chosen = select(EventRow).where(EventRow.case_id == case_id, EventRow.revision.in_(revisions))
    return _events(session.scalars(chosen.order_by(EventRow.revision.desc())).all(), changes)


def _changes(case_id: str) -> Select[ChangeRow]:
    order = (ChangeRow.revision, ChangeRow.part, ChangeRow.name)
    return select(ChangeRow).where(ChangeRow.case_id == case_id).order_by(*order)


def _events(rows: Iterable[EventRow], changes: Iterable[ChangeRow]) -> tuple[Event, ...]:
    made: dict[int, list[Change]] = {}
    for one in changes:
        made.setdefault(one.revision, []).append(Change(one.part, one.name, one.old, one.new))
    return tuple(
        Event(
            revision=row.revision,
            act=Act(row.at, row.actor),
            what=cast("What", row.what),
            changes=tuple(made.get(row.revision, ())),
            source=row.source,
            reverts=row.reverts,
        )
        for row in rows
    )


def rivals(
    session: Session, case_id: str, seen: int, whole: Document, edits: Iterable[Edit]
) -> tuple[Rival, ...]:
    """The edits whose entry somebody changed after revision `seen`, to something else.

    What was changed and changed back is no rival, nor is the same change made twice.
    """
    later = _changes(case_id).where(ChangeRow.revision > seen)
    first: dict[tuple[str, str], Json | None] = {}
    last: dict[tuple[str, str], int] = {}
    for row in session.scalars(later):
        first.setdefault((row.part, row.name), row.old)
        last[row.part, row.name] = row.revision
    found = []
    for one in edits:
        key, value = (one.part, one.name), entry(whole, one.part, one.name)
        if key in last and not same(value, first[key]) and not same(value, one.value):
            found.append(Rival(one, value, last[key], _act(session, case_id, last[key])))
    return tuple(found)


def _act(session: Session, case_id: str, revision: int) -> Act:
    row = session.get_one(EventRow, (case_id, revision))
    return Act(row.at, row.actor)


def replayed(session: Session, case_id: str, revision: int) -> Document:
    """Document and state, as one mapping, as they were after the event `revision`."""
    whole: Document = {}
    for row in session.scalars(_changes(case_id).where(ChangeRow.revision <= revision)):
        if row.part:
            whole = edited(whole, Edit(row.part, row.name, row.new))
        else:
            whole = {**cast("dict[str, Any]", row.new), STATE: "draft"}
    return whole


def undoable(session: Session, case_id: str) -> int | None:
    """The newest change that stands: undone by nothing, or by something that was undone itself."""
    chosen = select(EventRow.revision, EventRow.what, EventRow.reverts)
    newest_first = chosen.where(EventRow.case_id == case_id).order_by(EventRow.revision.desc())
    reverted: set[int] = set()
    for revision, what, reverts in session.execute(newest_first):
        if revision in reverted:
            continue
        if reverts is not None:
            reverted.add(reverts)
        elif what == "changed":
            return revision
    return None
