"""The store of cases: every change is saved at once as an event, and none is ever deleted.

SQLite in one file, or PostgreSQL by URL. The store is the only truth: nothing is remembered between
two calls, every call is one transaction, and one `Store` serves many threads. Documents are answer
files in JSON (`risk_kit.wire.answers_json`); to read one back as answers: `risk_kit.answers`.

Every method raises, beside what it states: CannotWrite (read-only, full, locked), NotAvailable (not
to be reached) and BadInput (damaged).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, false, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from risk_kit import evidence, store_engine, store_events, store_migrate, store_write
from risk_kit.digest import sha256
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.store_errors import told
from risk_kit.store_tables import CaseRow, FileRow
from risk_kit.store_values import (
    Act,
    Case,
    Document,
    Edit,
    Event,
    Origin,
    Page,
    State,
    StoredFile,
    Summary,
    edited,
)
from risk_kit.store_write import Deed

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def open_store(place: str | Path | None = None, *, wait: float = 5.0) -> Store:
    """Open a store, made or brought up to date if need be; by default the user's own.

    `place`: a path, or a URL of SQLite or PostgreSQL. `wait`: seconds to wait for another writer.
    Raises NotAvailable (no such folder, server or driver), BadInput (not a store, or one made by a
    newer toolkit) and CannotWrite.
    """
    url = store_engine.url_of(str(place) if place else store_engine.own_place())
    name = store_engine.shown(url)
    engine = store_engine.engine_of(url, wait)
    try:
        with told(name):
            store_migrate.upgrade(store_engine.writing(engine), name)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, name)


class Store:
    """An open store; made by `open_store`. `place` is where it is, as a reader may be told."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    def close(self) -> None:
        """Let the database go; a store that was closed opens again with the next call."""
        self.engine.dispose()

    # -- looking -----------------------------------------------------------------------------------

    def cases(
        self,
        state: State = "draft",
        *,
        offset: int = 0,
        limit: int = 50,
        fits: Callable[[str], bool] | None = None,
    ) -> Page:
        """A page of the cases in a state, last changed first; documents are not read.

        `fits` says of a title whether its case is wanted; every title is asked about.
        """
        order = (CaseRow.changed.desc(), CaseRow.id.desc())
        shown = select(
            *(CaseRow.id, CaseRow.title, CaseRow.framework),
            *(CaseRow.revision, CaseRow.created, CaseRow.changed),
        ).order_by(*order)
        here = CaseRow.state == state
        with self._reading() as session:
            if fits is None:
                listed = shown.where(here).offset(offset).limit(limit)
                total = session.scalar(select(func.count()).select_from(CaseRow).where(here)) or 0
            else:
                titles = select(CaseRow.id, CaseRow.title).where(here).order_by(*order)
                wanted = [ident for ident, title in session.execute(titles) if fits(title)]
                listed = shown.where(CaseRow.id.in_(wanted[offset : offset + limit]))
                total = len(wanted)
            rows = session.execute(listed).all()
        return Page(tuple(Summary(*row[:3], state, *row[3:]) for row in rows), total)

    def case(self, case_id: str) -> Case:
        """A case as it stands. Raises NotAvailable when there is none of this id."""
        with self._reading() as session:
            return store_write.case_of(store_write.row_of(session, case_id))

    def past(self, case_id: str, revision: int) -> Case:
        """A case as it stood after an event. Raises NotAvailable: no such case or revision."""
        with self._reading() as session:
            event = store_write.event_of(session, case_id, revision)
            whole = store_events.replayed(session, case_id, revision)
            return store_write.past(store_write.row_of(session, case_id), whole, event)

    def history(
        self, case_id: str, *, before: int | None = None, limit: int = 50
    ) -> tuple[Event, ...]:
        """What was done to a case, newest first; `before` a revision for the page after that.

        Raises NotAvailable when there is no such case.
        """
        with self._reading() as session:
            store_write.row_of(session, case_id)
            return store_events.read(session, case_id, before=before, limit=limit)

    def entry_history(self, case_id: str, part: str, name: str) -> tuple[Event, ...]:
        """What was done to one entry, such as ("answers", "stage"), newest first."""
        with self._reading() as session:
            store_write.row_of(session, case_id)
            return store_events.read_entry(session, case_id, part, name)

    def undoable(self, case_id: str) -> int | None:
        """The revision that `undo` would take back next, or None."""
        with self._reading() as session:
            return store_events.undoable(session, case_id)

    # -- changing ----------------------------------------------------------------------------------

    def create(
        self,
        case_id: str,
        document: Document,
        act: Act,
        *,
        what: Origin = "created",
        source: str = "",
    ) -> Case:
        """Put a new case into the store; the shell draws `case_id`, a random URL-safe token.

        `source` names the sample, file or case that it is made from. Raises BadInput: the id is
        taken, or the document too large.
        """
        with self._writing() as session:
            return store_write.create(session, case_id, document, act, what, source)

    def duplicate(self, case_id: str, new_id: str, act: Act, edits: Iterable[Edit] = ()) -> Case:
        """A new case with the document of another, `edits` applied (a new name, say); no history.

        Raises NotAvailable when there is no such case, and what `create` raises.
        """
        document = self.case(case_id).document
        for one in edits:
            document = edited(document, one)
        return self.create(new_id, document, act, what="duplicated", source=case_id)

    def change(self, case_id: str, seen: int, edits: Sequence[Edit], act: Act) -> Case:
        """Make all the edits, or none, as one event; gives the case with everybody's changes.

        `seen`: the revision of the case that the edits were made on. Others may have changed other
        entries since. Raises Clash when they changed one of these, NotAvailable: no such case or
        revision, BadInput: archived, too large, or an entry of no good name.
        """
        store_write.check(edits)
        with self._writing() as session:
            return store_write.change(session, case_id, seen, edits, Deed(act))

    def archive(self, case_id: str, act: Act) -> Case:
        """Put a case away; it can be read, not changed. Raises NotAvailable: no such case."""
        with self._writing() as session:
            return store_write.move(session, case_id, "archived", act)

    def restore(self, case_id: str, act: Act) -> Case:
        """Take an archived case back. Raises NotAvailable: no such case."""
        with self._writing() as session:
            return store_write.move(session, case_id, "draft", act)

    def undo(self, case_id: str, revision: int, act: Act) -> Case:
        """Take back what an event changed, by a new event; undoing an undo does it again.

        Raises Clash when something of it was changed since, NotAvailable: no such case or revision,
        BadInput: archived, or the event made the case.
        """
        with self._writing() as session:
            return store_write.undo(session, case_id, revision, act)

    def check_writable(self) -> None:
        """Learn whether changes can be saved, before one is made; changes nothing."""
        with self._writing() as session:
            session.execute(update(CaseRow).where(false()).values(title=""))

    # -- evidence ----------------------------------------------------------------------------------

    def keep_file(self, data: bytes, name: str, act: Act) -> StoredFile:
        """Keep a file of evidence; the same content is kept once, whatever it is called.

        The name only tells the kind, and is not kept. Raises BadInput as `evidence.examine` does.
        """
        found = StoredFile(sha256(data), evidence.examine(data, name), len(data))
        who = store_write.checked(act)
        with self._writing() as session:
            if session.get(FileRow, found.sha256) is None:
                facts = {"sha256": found.sha256, "kind": found.kind, "size": found.size}
                with suppress(IntegrityError), session.begin_nested():
                    session.add(FileRow(**facts, at=who.at, actor=who.actor, data=data))
        return found

    def files(self, digests: Iterable[str]) -> tuple[StoredFile, ...]:
        """Those of the digests whose file is in the store."""
        wanted = [one for one in set(digests) if _DIGEST.fullmatch(one)]
        facts = select(FileRow.sha256, FileRow.kind, FileRow.size)
        with self._reading() as session:
            rows = session.execute(facts.where(FileRow.sha256.in_(wanted)))
            return tuple(StoredFile(*row) for row in rows)

    def file(self, digest: str) -> tuple[StoredFile, bytes]:
        """A file and its content. Raises NotAvailable: none of this digest; BadInput: damaged."""
        with self._reading() as session:
            row = session.get(FileRow, digest) if _DIGEST.fullmatch(digest) else None
        if row is None:
            raise NotAvailable(Problem("no_evidence", {"id": digest}))
        if sha256(row.data) != digest:
            raise BadInput(Problem("store_damaged", file=self.place))
        return StoredFile(row.sha256, row.kind, row.size), row.data

    # -- transactions ------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with told(self.place), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        engine = store_engine.writing(self.engine)
        with (
            told(self.place),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
