"""Bring a store to the tables of this toolkit, or refuse it: newer, or another program's."""

from __future__ import annotations

import threading
from importlib.resources import files
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from risk_kit.errors import BadInput, Problem

HEAD: Final = "0001"
_LOCK_NUMBER: Final = 7_475_1001  # any number that is this program's own
_upgrading = threading.Lock()  # Alembic keeps what it works on in a global


def upgrade(engine: Engine, place: str) -> None:
    """Bring the store to `HEAD`, in one transaction; a store that is there is only looked at.

    `engine` begins transactions that may write. Raises BadInput: newer, or of another program.
    """
    with engine.connect() as connection:
        if _revision(connection, place) == HEAD:
            return
    with _upgrading, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK_NUMBER})
        if _revision(connection, place) != HEAD:  # another process may have been first
            _run(connection)


def _revision(connection: Connection, place: str) -> str | None:
    """The revision a store is at; None for one that is empty."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    found = None
    if "alembic_version" in tables:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is None or not tables >= {"cases", "events"}:
        raise BadInput(Problem("store_foreign", file=place))
    if not "0001" <= found <= HEAD:
        raise BadInput(Problem("store_newer", {"found": found, "known": HEAD}, file=place))
    return str(found)


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a store that is up to date starts without it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    folder = str(files("risk_kit") / "data" / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
