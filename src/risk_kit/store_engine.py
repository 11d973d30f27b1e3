"""From the place of a store, a path or a URL, to an engine that behaves the same on every database."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from risk_kit.errors import BadInput, NotAvailable, Problem

VARIABLE: Final = "RISK_KIT_STORE"
FILE: Final = "cases.sqlite3"
_WRITES: Final = "risk_kit_writes"


def place_of(environment: Mapping[str, str], home: Path, platform: str) -> str:
    """Where the cases of a user are: $RISK_KIT_STORE, else a file in the user's data folder."""
    return environment.get(VARIABLE) or str(data_folder(environment, home, platform) / FILE)


def data_folder(environment: Mapping[str, str], home: Path, platform: str) -> Path:
    """$RISK_KIT_HOME, else the folder where programs of this platform keep a user's data."""
    given = environment.get("RISK_KIT_HOME")
    if given:
        return Path(given)
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "risk-kit"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "risk-kit"
    data = Path(environment.get("XDG_DATA_HOME") or "")
    return (data if data.is_absolute() else home / ".local" / "share") / "risk-kit"


def own_place() -> str:
    """`place_of` for whoever runs this; the data folder is made, for its owner alone."""
    place = place_of(os.environ, Path.home(), sys.platform)
    if not os.environ.get(VARIABLE):
        folder = Path(place).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise NotAvailable(
                Problem("store_no_access", {"reason": reason}, str(folder))
            ) from error
    return place


def url_of(place: str) -> URL:
    """The database URL of a path or URL. Raises BadInput for what is neither SQLite nor PostgreSQL."""
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise BadInput(Problem("store_kind", {"found": "?"})) from error
    kind = url.get_backend_name()
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not url.database or url.database == ":memory:":
        raise BadInput(Problem("store_kind", {"found": kind}))
    return url


def shown(url: URL) -> str:
    """The place as an error may show it: a path, or a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database).removeprefix("file:").partition("?")[0]
    return url.render_as_string(hide_password=True)


def engine_of(url: URL, wait: float) -> Engine:
    """An engine whose writers wait for each other, at most `wait` seconds.

    Raises NotAvailable when the folder of the file, or the driver of the database, is not here.
    """
    common: dict[str, Any] = {"hide_parameters": True, "pool_timeout": wait}
    if url.get_backend_name() == "postgresql":
        return _postgresql(url, wait, common)
    _prepare(Path(shown(url)))
    engine = create_engine(url, connect_args={"timeout": wait}, **common)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, for transactions that write: on SQLite they take the lock when they begin.

    Taken later, two writers that have read already could only fail, not wait.
    """
    return engine.execution_options(**{_WRITES: True})


def _postgresql(url: URL, wait: float, common: dict[str, Any]) -> Engine:
    if find_spec("psycopg") is None:
        raise NotAvailable(Problem("store_no_driver", file=shown(url)))
    options = f"-c lock_timeout={int(wait * 1000)}"
    connect = {"connect_timeout": max(2, int(wait)), "options": options}
    return create_engine(url, connect_args=connect, pool_pre_ping=True, **common)


def _prepare(path: Path) -> None:
    """Refuse what can be no file; a new file is made for its owner alone."""
    place = str(path)
    if path.is_dir():
        raise NotAvailable(Problem("store_is_folder", file=place))
    if not path.parent.is_dir():
        raise NotAvailable(Problem("store_no_folder", {"folder": str(path.parent)}, file=place))
    if path.exists():
        return
    try:
        path.touch(mode=0o600)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotAvailable(Problem("store_no_access", {"reason": reason}, file=place)) from error


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's, by driver
    connection.isolation_level = None  # the driver begins no transactions; `_on_begin` does
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what was said to be saved outlives the power
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with suppress(sqlite3.OperationalError):  # read-only, or another process is doing it
            connection.execute("PRAGMA journal_mode = WAL")


def _on_begin(connection: Connection) -> None:
    mode = "IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")
