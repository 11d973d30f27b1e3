"""The store where something is wrong: with its place, its file, its disk, its age, its neighbours."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from risk_kit import store_engine, store_migrate
from risk_kit.errors import BadInput, CannotWrite, NotAvailable, RiskKitError
from risk_kit.messages import paragraphs
from risk_kit.store import Store, open_store
from risk_kit.store_tables import Base
from risk_kit.store_values import Act, Edit

ONE: Final = "case-0000001"
DOCUMENT: Final = {"framework": "small@1", "answers": {"people": 0}}
WHO: Final = Act(datetime(2026, 7, 7, tzinfo=UTC), "王")
HOME: Final = Path("home")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one case, closed."""
    found = tmp_path / "cases.sqlite3"
    store = open_store(found)
    store.create(ONE, DOCUMENT, WHO)
    store.close()
    return found


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    found = open_store(path, wait=0.2)
    yield found
    found.close()


def put(store: Store, seen: int, value: object) -> int:
    return store.change(ONE, seen, [Edit("answers", "people", value)], WHO).revision


def code(error: pytest.ExceptionInfo[RiskKitError]) -> str:
    assert paragraphs(error.value)
    return error.value.problems[0].code


def refused(place: object, wait: float = 2.0) -> str:
    with pytest.raises(RiskKitError) as error:
        open_store(str(place), wait=wait)
    return code(error)


# ------------------------------------------------------------------ the place


def test_the_default_place_is_where_the_platform_keeps_data() -> None:
    def place(platform: str, **environment: str) -> str:
        return Path(store_engine.place_of(environment, HOME, platform)).as_posix()

    assert place("linux") == "home/.local/share/risk-kit/cases.sqlite3"
    assert place("linux", XDG_DATA_HOME="/data") == "/data/risk-kit/cases.sqlite3"
    assert place("linux", XDG_DATA_HOME="data") == "home/.local/share/risk-kit/cases.sqlite3"
    assert place("darwin") == "home/Library/Application Support/risk-kit/cases.sqlite3"
    assert place("win32") == "home/AppData/Local/risk-kit/cases.sqlite3"
    assert place("win32", LOCALAPPDATA="L") == "L/risk-kit/cases.sqlite3"
    assert place("linux", RISK_KIT_HOME="mine") == "mine/cases.sqlite3"
    assert place("linux", RISK_KIT_STORE="x.db", RISK_KIT_HOME="mine") == "x.db"


def test_the_default_folder_is_made_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RISK_KIT_STORE", raising=False)
    monkeypatch.setenv("RISK_KIT_HOME", str(tmp_path / "new" / "risk-kit"))
    store = open_store()
    store.close()
    assert Path(store.place) == tmp_path / "new" / "risk-kit" / "cases.sqlite3"
    if os.name == "posix":
        assert Path(store.place).stat().st_mode & 0o777 == 0o600
        assert Path(store.place).parent.stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("RISK_KIT_HOME", store.place)
    with pytest.raises(NotAvailable) as error:
        open_store()
    assert code(error) == "store_no_access"


def test_the_variable_names_a_path_or_a_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in (f"{tmp_path}/a 100%.db", f"sqlite:///{tmp_path}/b.db"):
        monkeypatch.setenv("RISK_KIT_STORE", given)
        store = open_store()
        store.create(ONE, DOCUMENT, WHO)
        store.close()
    assert {one.name for one in tmp_path.iterdir()} == {"a 100%.db", "b.db"}


def test_a_place_that_can_hold_no_store(tmp_path: Path) -> None:
    assert refused(tmp_path) == "store_is_folder"
    assert refused(tmp_path / "gone" / "x.db") == "store_no_folder"
    assert refused("mysql://root@localhost/x") == "store_kind"
    assert refused("sqlite://") == "store_kind"
    assert refused("sqlite:///:memory:") == "store_kind"
    assert refused("no url://") == "store_kind"
    assert refused(f"postgresql://me:secret@/x?host={tmp_path}") == "store_not_reached"


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(NotAvailable) as error:
        open_store(f"postgresql://me:secret@/x?host={tmp_path}", wait=1)
    assert "me:***@" in paragraphs(error.value)
    assert "secret" not in paragraphs(error.value)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_engine, "find_spec", lambda _: None)
    assert refused("postgresql://localhost/x") == "store_no_driver"


# ------------------------------------------------------------------ the file


def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("這不是資料庫。" * 500, encoding="utf-8")
    before = path.read_bytes()
    assert refused(path) == "store_not_database"
    assert path.read_bytes() == before


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE cases (x)")
    assert refused(path) == "store_foreign"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('ab12cd34')")
    assert refused(path) == "store_foreign"
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (2,)


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    store = open_store(path)
    assert store.cases().total == 0
    store.close()


def test_a_newer_store_is_refused_and_left_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("UPDATE alembic_version SET version_num = '0099'")
    assert refused(path) == "store_newer"
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM cases").fetchone() == (1,)


def test_a_damaged_store_is_said_to_be_damaged(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert refused(path) == "store_damaged"


def test_a_read_only_store_can_be_read_and_not_written(path: Path) -> None:
    store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert store.case(ONE).document == DOCUMENT
    assert Path(store.place) == path
    with pytest.raises(CannotWrite) as error:
        put(store, 1, 1)
    assert code(error) == "store_read_only"
    with pytest.raises(CannotWrite) as error:
        store.check_writable()
    assert code(error) == "store_read_only"
    assert store.case(ONE).revision == 1
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the permissions of POSIX are meant")
@pytest.mark.parametrize("folder", [0o777, 0o555])
def test_a_file_without_write_permission(path: Path, folder: int) -> None:
    with tempfile.TemporaryDirectory() as name:  # where another user can come
        copy = Path(name) / "cases.sqlite3"
        shutil.copy(path, copy)
        copy.chmod(0o444)
        copy.parent.chmod(folder)
        found = _told_to_a_stranger(copy)
        copy.parent.chmod(0o755)
    assert found == "store_read_only"


def _told_to_a_stranger(path: Path) -> str:
    """The code that a user who may only read is given; root becomes such a user in a child."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            put(open_store(path, wait=0.2), 1, 1)
        except RiskKitError as error:
            told = error.problems[0].code
        finally:
            os.write(writing, told.encode())
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        return pipe.read()


def test_a_full_disk_loses_only_the_change_that_did_not_fit(store: Store) -> None:
    def full(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    event.listen(store.engine, "connect", full)
    store.close()
    with pytest.raises(CannotWrite) as error:
        put(store, 1, "字" * 100_000)
    assert code(error) == "store_full"
    assert store.case(ONE).document == DOCUMENT
    assert len(store.history(ONE)) == 1
    event.remove(store.engine, "connect", full)
    store.close()
    assert put(store, 1, "字" * 100_000) == 2


def test_a_store_that_another_program_keeps_busy(path: Path, store: Store) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(CannotWrite) as error:
        put(store, 1, 1)
    assert code(error) == "store_locked"
    assert time.monotonic() - started < 5
    assert store.case(ONE).revision == 1  # readers do not wait
    other.execute("ROLLBACK")
    other.close()
    assert put(store, 1, 1) == 2


def test_a_store_is_set_up_to_last(store: Store) -> None:
    with store.engine.connect() as connection:
        told = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
        assert told == {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "synchronous": 2,
            "busy_timeout": 200,
        }


# ------------------------------------------------------------------ sudden ends, many at once

WRITER: Final = """
import sys
from datetime import UTC, datetime
from risk_kit.store import open_store
from risk_kit.store_tables import Base
from risk_kit.store_values import Act, Edit
store = open_store(sys.argv[1])
seen = store.case("case-0000001").revision
while True:
    edits = [Edit("answers", "people", seen), Edit("case", "name", str(seen) * 500)]
    seen = store.change("case-0000001", seen, edits, Act(datetime.now(UTC), "x")).revision
    print(seen, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_what_was_said_to_be_saved_outlives_a_kill(path: Path) -> None:
    said = 1
    for lines in (1, 7, 30):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(lines):
                said = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            said = max([said, *map(int, process.stdout.read().split())])
        store = open_store(path)
        case = store.case(ONE)
        assert case.revision in (said, said + 1)  # the last may have been saved and not yet said
        assert case.document["answers"]["people"] == case.revision - 1
        assert case.document["case"]["name"] == str(case.revision - 1) * 500
        assert store.past(ONE, case.revision).document == case.document
        with store.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        store.close()


def test_many_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    code_ = "import sys; from risk_kit.store import open_store; open_store(sys.argv[1]).cases()"
    command = [sys.executable, "-c", code_, str(tmp_path / "new.db")]
    started = [subprocess.Popen(command) for _ in range(4)]
    assert [one.wait(60) for one in started] == [0] * 4


def test_many_threads_may_open_new_stores_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda n: open_store(tmp_path / f"{n % 4}.db"), range(8)))
    assert [one.cases().total for one in opened] == [0] * 8
    for one in opened:
        one.close()


# ------------------------------------------------------------------ revisions


def test_the_newest_migration_is_the_one_that_is_known_and_makes_these_tables(path: Path) -> None:
    folder = Path(store_migrate.__file__).parent / "data" / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_heads() == [store_migrate.HEAD]
    store = open_store(path)
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.close()


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.db"
    run = store_migrate._run

    def stop(connection: Connection) -> None:
        run(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(store_migrate, "_run", stop)
    with pytest.raises(KeyboardInterrupt):
        open_store(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    monkeypatch.undo()
    open_store(path).close()


def test_bad_input_stays_bad_input(store: Store) -> None:
    """What is raised inside a transaction is not taken for a fault of the database."""
    store.archive(ONE, WHO)
    with pytest.raises(BadInput):
        put(store, 2, 1)
    assert store.case(ONE).revision == 2
