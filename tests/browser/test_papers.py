"""Choosing a report, looking at its pages and taking it along, as its users do."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from at_rest import downloaded, settled


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def report_of_the_flood_case(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    caption = page.get_by_test_id("stSidebar").locator("figcaption")
    expect(caption).to_have_text("指示性：高度關注")
    screen(page, "報告")


def kind(page: Page, name: str) -> None:
    page.get_by_test_id("stRadio").get_by_text(name, exact=True).click()
    settled(page)


def taken(page: Page, button: str) -> tuple[str, bytes]:
    found = downloaded(page.get_by_role("button", name=button, exact=True))
    return found.suggested_filename, Path(found.path()).read_bytes()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_summary_is_seen_and_taken_along(page: Page, width: int) -> None:
    report_of_the_flood_case(page)
    page.set_viewport_size({"width": width, "height": 844})
    kind(page, "決策摘要")
    page.get_by_role("button", name="製作報告").click()
    expect(page.get_by_role("img", name="報告第 1 頁，共 2 頁")).to_be_visible()
    text = page.locator("details", has_text="本頁文字")
    expect(text).to_contain_text("決策摘要")
    expect(page.get_by_text("決策摘要沒有簽署欄位")).to_be_visible()
    name, data = taken(page, "下載 PDF")
    assert name == "report-summary.pdf"
    with pikepdf.Pdf.open(BytesIO(data)) as found:
        assert 1 <= len(found.pages) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_editable_copy_is_opened_by_an_office_program(
    page: Page, require_program: Callable[[str], Path], tmp_path: Path
) -> None:
    office = require_program("soffice")
    report_of_the_flood_case(page)
    kind(page, "追蹤表")
    page.get_by_role("button", name="製作報告").click()
    name, data = taken(page, "下載 ODT（可編輯）")
    (tmp_path / name).write_bytes(data)
    own = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [str(office), own, "--headless", "--convert-to", "txt:Text", name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert "追蹤表" in (tmp_path / "report-tracking.txt").read_text("utf-8-sig")


def test_the_kind_of_report_stays_when_the_language_changes(page: Page) -> None:
    report_of_the_flood_case(page)
    kind(page, "可公開版")
    expect(page.get_by_text("處文字不公開")).to_be_visible()
    screen(page, "English")
    chosen = page.get_by_test_id("stRadio").get_by_role("radio", checked=True)
    expect(chosen).to_have_accessible_name("Publishable version")
    expect(page.get_by_text("texts are withheld")).to_be_visible()
