"""A PostgreSQL server for the time of a test, on a socket in a folder of its own; no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg

_ENDS_ITSELF: Final = "900"  # seconds, should the test be killed
_OWNER: Final = "postgres"  # the server refuses to run as root


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"case{next(self.numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def wait(self) -> None:
        for _ in range(200):
            try:
                psycopg.connect(self._url("postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not start")

    def _url(self, name: str) -> str:
        return f"postgresql://{_OWNER}@/{name}?host={self.folder}"


@contextmanager
def server(initdb: Path) -> Iterator[Server]:
    """Start a server with the programs beside `initdb`, end it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rk-pg-"))  # a socket's path must be short
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    who: dict[str, Any] = {"user": _OWNER, "group": _OWNER, "extra_groups": []} if root else {}
    if root:
        shutil.chown(folder, _OWNER, _OWNER)
    programs, data = initdb.resolve().parent, str(folder / "data")
    make = ("-D", data, "-A", "trust", "-U", _OWNER, "-E", "UTF8", "--locale=C", "--no-sync")
    told: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    subprocess.run([str(programs / "initdb"), *make], check=True, timeout=120, **told)
    only = ("-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off")
    command = [str(programs / "postgres"), "-D", data, *only]
    ending = ["timeout", "--signal=INT", _ENDS_ITSELF]
    process = subprocess.Popen([*ending, *command], stderr=subprocess.DEVNULL, **told)
    try:
        found = Server(folder)
        found.wait()
        yield found
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            shutil.rmtree(folder, ignore_errors=True)
