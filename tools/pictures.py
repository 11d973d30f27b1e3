"""Pictures of every page → docs/pictures/: desktop and phone, empty, half-full, full, error.

Run by `make pictures`; needs Chromium. Goes the tour that the browser tests go (tests/tour.py), in
an app of its own on a free loopback port.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from app_server import PATIENCE, served  # noqa: E402 - the tour is one with the tests
from risk_kit.document import Language  # noqa: E402
from tour import tour  # noqa: E402

FOLDER: Final = ROOT / "docs" / "pictures"
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MOST: Final = 6 * 1024 * 1024  # bytes of all pictures together
TALLEST: Final = 2000
COLOURS: Final = 256  # few are used, and small files are kept in the repository
SIZES: Final = {"": (1280, 900), "-phone": (390, 844)}  # as names end
# Stop of the tour → whether the whole page is shown, not only what is in view.
PICTURED: Final = {
    "start": False,
    "start-error": True,
    "assess-empty": False,
    "result-empty": False,
    "new-case": False,
    "assess-half": False,
    "assess-full": False,
    "assess-error": False,
    "history": False,
    "past": False,
    "cases": False,
    "cases-none": False,
    "result-full": True,
    "crosswalk": True,
    "report-before": False,
    "report": True,
    "verify": False,
    "verify-good": True,
    "verify-error": False,
    "rules": True,
    "rules-none": False,
    "not-there": False,
}


def take(page: Page, stop: str, language: Language) -> None:
    """The stop in each size; from its top where the whole page is shown."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(700)
        if PICTURED[stop]:
            main = "document.querySelector('[data-testid=stMain]')"
            tall = min(page.evaluate(f"{main}.scrollHeight"), TALLEST)
            page.set_viewport_size({"width": width, "height": max(tall, height)})
            page.evaluate(f"{main}.scrollTo(0, 0)")
            page.wait_for_timeout(500)
        page.wait_for_selector('[data-test-script-state="notRunning"]')
        page.wait_for_function("document.fonts.status === 'loaded'")
        _save(page.screenshot(), f"{stop}{size}-{language}.png")
    page.set_viewport_size({"width": 1280, "height": 900})


def _save(data: bytes, name: str) -> None:
    shot = Image.open(BytesIO(data)).convert("RGB")
    shot.quantize(COLOURS).save(FOLDER / name, optimize=True)


def walk(browser: Browser, language: Language) -> None:
    """The tour in one language, beginning without a case."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISK_KIT_HOME"] = folder
        with served(Path(folder), Path(folder) / "cases.sqlite3") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(address)
            for stop in tour(page, language):
                if stop in PICTURED:
                    take(page, stop, language)
            page.close()


def main() -> None:
    """Take all pictures in place of those that are there."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not here; on Debian: sudo apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        walk(browser, "zh")
        walk(browser, "en")
        browser.close()
    size = sum(one.stat().st_size for one in FOLDER.glob("*.png"))
    if size > MOST:
        sys.exit(f"the pictures take {size} bytes; at most {MOST} are wanted")


if __name__ == "__main__":
    main()
