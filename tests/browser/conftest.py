"""The app as its users meet it: served on a free loopback port, driven by Debian's Chromium."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE: Final = 30.0  # seconds
expect.set_options(timeout=15_000)  # milliseconds; a busy machine answers late


@pytest.fixture(scope="session")
def app(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, served from an empty folder until the tests are over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("serve")
    command = [sys.executable, "-m", "risk_kit", "serve", "--port", str(port)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        ) as served,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(served.pid, signal.SIGTERM)  # the group holds what `serve` started
    assert "Traceback" not in (folder / "log").read_text()


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


@pytest.fixture(scope="module")
def chromium(require_program: Callable[[str], Path]) -> Iterator[Browser]:
    """Debian's Chromium, without a window. It ends with the module: while it lives, Playwright's
    event loop would be in the way of everything else that runs one.
    """
    program = str(require_program("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, app: str) -> Iterator[Page]:
    """A fresh visit; at its end nothing went wrong in the browser or came from elsewhere."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit = context.new_page()
    visit.set_default_timeout(PATIENCE * 1000)
    complaints: list[str] = []
    visit.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    visit.on("pageerror", lambda error: complaints.append(str(error)))
    visit.on("request", lambda r: complaints.append(r.url) if elsewhere(r.url, app) else None)
    visit.goto(app)
    yield visit
    assert visit.get_by_text("Traceback").count() == 0
    assert visit.locator('[data-testid="stException"]').count() == 0
    context.close()
    assert complaints == []


def elsewhere(url: str, app: str) -> bool:
    return not url.startswith((app, app.replace("http", "ws"), "data:", "blob:"))
