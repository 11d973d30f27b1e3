"""The app as its users meet it: served on a free loopback port, driven by Debian's Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app_server import PATIENCE, emptied, served
from looking import Look, looks
from risk_kit.document import Language

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
expect.set_options(timeout=15_000)  # milliseconds; a busy machine answers late


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app of this run keeps its cases."""
    return tmp_path_factory.mktemp("store") / "cases.sqlite3"


@pytest.fixture(scope="session")
def app(home: Path, place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, served from an empty folder until the tests are over."""
    folder = tmp_path_factory.mktemp("serve")
    with served(folder, place) as address:
        yield address


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


@pytest.fixture(scope="session")
def survey(
    home: Path, require_program: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Language], list[Look]]:
    """What is seen on a tour of all pages in a language; each tour is made once."""
    made: dict[Language, list[Look] | Exception] = {}

    def walked(language: Language) -> list[Look]:
        folder = tmp_path_factory.mktemp("tour")
        program = str(require_program("chromium"))
        with served(folder, folder / "cases.sqlite3") as address, sync_playwright() as found:
            browser = found.chromium.launch(executable_path=program, args=FLAGS)
            visit = browser.new_page(viewport={"width": 1280, "height": 900})
            visit.set_default_timeout(PATIENCE * 1000)
            visit.goto(address)
            return list(looks(visit, language))

    def seen(language: Language) -> list[Look]:
        if language not in made:
            try:
                made[language] = walked(language)
            except Exception as error:  # noqa: BLE001 - told by every test that asks for the tour
                made[language] = error
        found = made[language]
        if isinstance(found, Exception):
            raise found
        return found

    return seen


@pytest.fixture
def page(chromium: Browser, app: str, place: Path) -> Iterator[Page]:
    """A fresh visit, no case there; at its end nothing went wrong in it or came from elsewhere."""
    emptied(place)
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
