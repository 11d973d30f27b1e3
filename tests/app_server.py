"""The app as a program of its own, for tests: served with a store that is nobody's."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 30.0  # seconds


@contextmanager
def served(folder: Path, place: Path, port: int = 0) -> Iterator[str]:
    """The address of an app with its own store, until the block ends; no error may be in its log."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "risk_kit", "serve", "--port", str(port)]
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"RISK_KIT_STORE": str(place), "RISK_KIT_USER": "王小明"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # the group holds what `serve` started
            gone(port)
    assert "Traceback" not in (folder / "log").read_text()


def gone(port: int) -> None:
    """Until nobody listens on the port any more; fails after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                assert time.monotonic() < end, f"port {port} is not given back"
                time.sleep(0.2)
            else:
                return


def emptied(place: Path) -> None:
    """Take all cases out of a store, as if it were new."""
    if place.exists():
        with closing(sqlite3.connect(place, timeout=10)) as store, store:
            for table in ("changes", "events", "cases", "files"):
                store.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names


def wait_for(address: str) -> None:
    """Until the address answers; fails after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own loopback
        except OSError:
            assert time.monotonic() < end, f"{address} does not answer"
            time.sleep(0.2)
        else:
            return
