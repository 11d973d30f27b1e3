"""Pictures of every screen → docs/pictures/: desktop and phone, empty, half-full, full, error.

Run by `make pictures`; needs Chromium. Serves the app itself on a free loopback port.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TALLEST: Final = 2000
COLOURS: Final = 256  # few are used, and small files are kept in the repository
SIZES: Final = {"desktop": (1280, 900), "phone": (390, 844)}
HALF: Final = """framework: tw-ai-risk
case: {name: 抽水站調度建議}
answers:
  use_name: 抽水站調度建議
  is_ai: learned
  stage: live
  operator: gov
  functions: [f_predict]
  first_reader: competent
  autonomy: recommends
  physical: unknown
  redlines: [none]
"""


@contextmanager
def served() -> Iterator[str]:
    """The address of the app while it is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        user = {"RISK_KIT_USER": "王小明", "RISK_KIT_STORE": str(Path(home) / "cases.sqlite3")}
        settings = os.environ | user | {"RISK_KIT_HOME": home}
        command = [sys.executable, "-m", "risk_kit", "serve", "--port", str(port)]
        with subprocess.Popen(
            command, env=settings, cwd=home, stdout=subprocess.DEVNULL, start_new_session=True
        ) as process:
            try:
                _answering(f"http://127.0.0.1:{port}/_stcore/health")
                yield f"http://127.0.0.1:{port}"
            finally:
                os.killpg(process.pid, signal.SIGTERM)


def _answering(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own loopback
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("the app does not answer")


def still(page: Page) -> None:
    """Wait until the page has stopped changing."""
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(700)


def take(page: Page, name: str, *, whole: bool = False) -> None:
    """One picture of what is in view, or of the whole screen."""
    still(page)
    size = page.viewport_size or {"width": 1280, "height": 900}
    if whole:
        main = "document.querySelector('[data-testid=stMain]').scrollHeight"
        page.set_viewport_size(
            {"width": size["width"], "height": min(page.evaluate(main), TALLEST)}
        )
        page.wait_for_timeout(300)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def go(page: Page, name: str) -> None:
    """Choose a screen, part or language by its name."""
    page.get_by_role("radio", name=re.compile(f"^{name}")).first.click()
    still(page)


def walk(browser: Browser, address: str, size: str, language: str) -> None:
    """Every screen in one size and language."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    end = f"{size}-{language}"
    zh = language == "zh"
    page.goto(address)
    page.get_by_role("radio", name="English").wait_for()
    if not zh:
        go(page, "English")
    take(page, f"start-{end}")
    page.locator('[class*="st-key-w-blank"] button').click()
    take(page, f"assess-empty-{end}")
    go(page, "結果" if zh else "Result")
    take(page, f"result-empty-{end}")
    to_cases(page, "import", zh=zh)
    half = {"name": "half.yaml", "mimeType": "text/yaml", "buffer": HALF.encode()}
    page.locator('input[type="file"]').set_input_files(half)  # type: ignore[arg-type]
    go(page, "產出如何" if zh else "How the output")
    take(page, f"assess-half-{end}")
    to_cases(page, "samples", zh=zh)
    page.locator('[class*="st-key-w-sample-flood"] button').click()
    page.locator('[class*="st-key-saved"]').wait_for(state="attached")
    take(page, f"assess-full-{end}")
    go(page, "歷程" if zh else "History")
    take(page, f"history-{end}")
    go(page, "案件" if zh else "Cases")
    take(page, f"cases-{end}")
    page.go_back()
    still(page)
    go(page, "結果" if zh else "Result")
    take(page, f"result-full-{end}", whole=True)
    go(page, "報告" if zh else "Report")
    report(page, end)
    page.close()


def to_cases(page: Page, way: str, *, zh: bool) -> None:
    """The list of cases, with one of the ways to a new case unfolded."""
    go(page, "案件" if zh else "Cases")
    page.locator(f'[class*="st-key-w-way-{way}"] button').click()
    still(page)


def report(page: Page, end: str) -> None:
    """Make, sign, verify; then a file that is no report."""
    page.locator('[class*="st-key-w-make"] button').click()
    still(page)
    page.get_by_test_id("stFormSubmitButton").locator("button").click()
    signed = page.locator('[class*="st-key-w-load-signed"] button')
    signed.wait_for()
    with page.expect_download() as loading:
        signed.click()
    take(page, f"report-{end}", whole=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report-signed.pdf"
        loading.value.save_as(file)
        go(page, "驗證" if end.endswith("zh") else "Verify")
        page.locator('input[type="file"]').first.set_input_files(file)
        page.locator(".four").wait_for()
        take(page, f"verify-{end}", whole=True)
        file = file.with_name("not-a-report.pdf")
        file.write_text("no report", encoding="utf-8")
        page.locator('input[type="file"]').first.set_input_files(file)
        page.locator(".four").wait_for(state="detached")
        page.get_by_role("alert").wait_for()
        take(page, f"error-{end}")


def main() -> None:
    """Take all pictures."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not here; on Debian: sudo apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for size in SIZES:
            for language in ("zh", "en"):
                with served() as address:  # each begins without a case
                    walk(browser, address, size, language)
        browser.close()


if __name__ == "__main__":
    main()
