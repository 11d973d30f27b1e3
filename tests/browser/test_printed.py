"""The HTML report in Chromium: self-contained, runs nothing, and prints on A4 with all its words."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from risk_kit import answers, casework, catalogue, rendering
from risk_kit.document import Heading, Language, Reason

SAMPLES = catalogue.folder_of("tw-ai-risk") / "samples"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_html_report_prints_whole(
    chromium: Browser,
    require_program: Callable[[str], Path],
    tmp_path: Path,
    language: Language,
) -> None:
    work = casework.open_case(answers.read(SAMPLES / "flood.yaml"))
    file = tmp_path / "report.html"
    file.write_bytes(rendering.render(work, language, file))
    asked: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    (tmp_path / "report.pdf").write_bytes(page.pdf(format="A4"))
    page.close()
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    told = subprocess.run(
        [require_program("pdftotext"), "-raw", tmp_path / "report.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert told.count("\f") > 3, "several pages"
    blocks = rendering.built(work, language).blocks
    titles = [one.text for one in blocks if isinstance(one, Heading)]
    titles += [one.title for one in blocks if isinstance(one, Reason)]
    assert len(titles) > 10
    printed = "".join(told.split())
    assert [one for one in titles if "".join(one.split()) not in printed] == []
