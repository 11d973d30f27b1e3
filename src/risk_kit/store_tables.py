"""The tables of the store as they are now; `data/migrations` holds how they came to be.

cases: one row a case, with the document as it stands. events: what was done to it, in order; never
changed, never deleted. changes: the entries an event changed, with old and new value. files: what
is kept as evidence, by digest.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

MOST_TITLE: Final = 200
MOST_NAME: Final = 200  # of an entry, an actor, a source


class Moment(TypeDecorator[datetime]):
    """A point in time: goes in with any zone, comes out in UTC, also where a database has no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Raises ValueError for a time without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The same time in UTC."""
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables share: constraints have names, so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )


class CaseRow(Base):
    """A case as it stands; `title` and `framework` repeat what the list shows of the document."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'archived')", name="state"),
        Index("ix_cases_listed", "state", "changed", "id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(MOST_TITLE))
    framework: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int]
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class EventRow(Base):
    """One act on a case."""

    __tablename__ = "events"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(MOST_NAME))
    what: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(MOST_NAME))
    reverts: Mapped[int | None]


class ChangeRow(Base):
    """One entry that an event changed; SQL's NULL stands for "no entry"."""

    __tablename__ = "changes"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "revision"], ["events.case_id", "events.revision"]),
        Index("ix_changes_entry", "case_id", "part", "name", "revision"),
    )

    case_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(MOST_NAME), primary_key=True)
    old: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    new: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))


class FileRow(Base):
    """A file of evidence, once for each content."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(MOST_NAME))
    data: Mapped[bytes] = mapped_column(LargeBinary)
