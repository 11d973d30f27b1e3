"""What goes wrong, in a browser: a sentence that helps, where it happened, and nothing lost."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app_server import PATIENCE, served
from at_rest import settled
from risk_kit.store import open_store
from risk_kit.store_values import Act
from risk_kit.web import opened

LIVE = "已用於業務、產品或服務"
HARM = (
    '<img src="x" onerror="window.harmed=1"><script>window.harmed=1</script>'
    "[y](javascript:window.harmed=1) *x* :red[z] $a$ {all} %s"
)


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def unharmed(page: Page) -> None:
    """No text of a user became a part of the page."""
    settled(page)
    assert page.evaluate("window.harmed") is None
    assert page.locator('img[src="x"]').count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


def alert(page: Page, words: str) -> Locator:
    return page.get_by_role("alert").filter(has_text=words)


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> Path:
    """A store with one case."""
    place = tmp_path / "cases.sqlite3"
    store = open_store(place)
    document = opened.blank(date(2026, 11, 22), "已有的案件")
    store.create("case-000001", document, Act(datetime.now(UTC), "王小明"))
    store.close()
    return place


# -- the store -------------------------------------------------------------------------------------


def test_a_store_that_is_read_only(chromium: Browser, kept: Path, tmp_path: Path) -> None:
    address = f"sqlite:///file:{kept}?mode=ro&uri=true"
    visit = chromium.new_page()
    visit.set_default_timeout(PATIENCE * 1000)
    with served(tmp_path, address) as app:  # type: ignore[arg-type]
        visit.goto(f"{app}/?case=case-000001&screen=assess")
        stage = visit.locator(".st-key-q-stage")
        expect(visit.get_by_test_id("stSidebar")).to_contain_text("唯讀")
        expect(visit.get_by_test_id("stSidebar")).to_contain_text("無法儲存")
        stage.get_by_text(LIVE, exact=True).click()
        expect(stage.get_by_role("alert")).to_contain_text("唯讀")
        expect(stage).to_contain_text(f"您的內容：{LIVE}")
        expect(stage.get_by_role("radio", checked=True)).to_have_count(0)
        screen(visit, "結果")
        expect(visit.get_by_test_id("stSidebar")).to_contain_text("唯讀")
        screen(visit, "案件")
        expect(visit.get_by_role("button", name="已有的案件")).to_be_visible()
        visit.get_by_role("button", name=re.compile("新增案件")).click()
        visit.get_by_role("button", name="建立案件").click()
        expect(alert(visit, "唯讀").first).to_be_visible()
        visit.close()


def test_a_store_of_a_newer_version(chromium: Browser, kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    visit = chromium.new_page()
    visit.set_default_timeout(PATIENCE * 1000)
    with served(tmp_path, kept) as app:
        for address in (app, f"{app}/?case=case-000001"):
            visit.goto(address)
            expect(alert(visit, "較新版本")).to_be_visible()
        visit.goto(f"{app}/?lang=en")
        expect(alert(visit, "newer")).to_be_visible()
        screen(visit, "Rules")
        expect(visit.locator("article.rule").first).to_be_visible()
        visit.close()
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_follow_up_that_cannot_be_saved_is_told_and_not_praised(page: Page, place: Path) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    expect(page.get_by_test_id("stSidebar").locator("figcaption")).to_be_visible()
    screen(page, "結果")
    page.get_by_role("tab", name=re.compile("應對")).click()
    form = page.get_by_test_id("stForm")
    form.get_by_label("主辦單位或人員").fill("水情防災科")
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        form.get_by_role("button", name="儲存這一項").click()
        told = page.locator(".st-key-trouble-follow")
        expect(told.get_by_role("alert")).to_contain_text("沒有儲存")
        expect(form.get_by_label("主辦單位或人員")).to_have_value("水情防災科")
        assert page.get_by_test_id("stToast").count() == 0
        other.execute("ROLLBACK")
    page.get_by_role("button", name="再試一次").click()
    expect(told).to_have_count(0)
    expect(page.locator("table").filter(has_text="水情防災科").first).to_be_attached()


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("大.yaml", 9_000_000, "這個檔案無法開啟"), ("很大.yaml", 52_000_000, "太大")],
)
def test_an_answer_file_that_is_too_large(
    page: Page, tmp_path: Path, name: str, size: int, words: str
) -> None:
    large = tmp_path / name
    large.write_bytes(b"a: " + b"x" * size)
    page.locator('input[type="file"]').set_input_files(large)
    told = page.get_by_role("alert").first
    expect(told).to_be_visible()
    shown = "e => e.innerText + getComputedStyle(e, '::after').content"
    assert words in told.evaluate(shown)
    page.get_by_role("button", name="建立案件").click()
    expect(page.locator(".st-key-q-stage")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"%PDF-1.7\nnothing"), ("b.pdf", b""), ("c.pdf", b"\0" * 1000)],
)
def test_a_report_to_verify_that_is_none(
    page: Page, tmp_path: Path, name: str, data: bytes
) -> None:
    screen(page, "驗證")
    wrong = tmp_path / name
    wrong.write_bytes(data)
    page.locator('[class*="st-key-w-verify"] input[type="file"]').set_input_files(wrong)
    expect(page.get_by_role("alert").first).to_be_visible()
    settled(page)


def test_a_certificate_file_that_is_none(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    expect(page.get_by_test_id("stSidebar").locator("figcaption")).to_be_visible()
    screen(page, "報告")
    page.get_by_role("button", name="製作報告").click()
    expect(page.get_by_text("報告已完成。")).to_be_visible()
    page.get_by_text("憑證檔（PKCS#12）", exact=True).click()
    wrong = tmp_path / "憑證.p12"
    wrong.write_bytes(b"no certificate")
    page.locator('input[type="file"][accept*="p12"]').first.set_input_files(wrong)
    settled(page)
    page.get_by_role("button", name="簽署報告").click()
    expect(alert(page, "沒有完成")).to_be_visible()


# -- markup ----------------------------------------------------------------------------------------


def fill(field: Locator) -> None:
    field.fill(HARM[: int(field.get_attribute("maxlength") or 5000)])
    field.press("Tab")
    settled(field.page)


def test_markup_in_every_field_of_a_case_stays_text(page: Page) -> None:
    page.get_by_label("應用名稱").fill(HARM)
    page.get_by_role("button", name="建立案件").click()
    expect(page.get_by_role("heading", name=HARM)).to_be_visible()
    settled(page)
    stage = page.locator(".st-key-q-stage")
    stage.get_by_text(LIVE, exact=True).click()
    expect(stage.get_by_role("textbox")).to_be_visible()
    settled(page)
    fields = page.locator(
        '[data-testid="stMain"] input[type="text"], [data-testid="stMain"] textarea'
    )
    for one in fields.all():
        if one.is_visible() and one.is_editable() and one.get_attribute("role") != "combobox":
            fill(one)
    stage.get_by_role("button", name="加佐證").click()
    fill(stage.get_by_label("佐證名稱"))
    stage.get_by_role("button", name="加入", exact=True).click()
    expect(stage.get_by_role("button", name="佐證（1）")).to_be_visible()
    unharmed(page)
    for name in ("結果", "報告", "歷程", "案件"):
        screen(page, name)
        unharmed(page)
    page.get_by_label("以名稱搜尋案件").fill(HARM)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=HARM[:40])).to_be_visible()
    unharmed(page)


def test_markup_in_the_fields_of_follow_up_report_and_rules_stays_text(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    expect(page.get_by_test_id("stSidebar").locator("figcaption")).to_be_visible()
    screen(page, "結果")
    page.get_by_role("tab", name=re.compile("應對")).click()
    form = page.get_by_test_id("stForm")
    for one in form.locator('input[type="text"], textarea').all():
        if one.get_attribute("role") != "combobox" and "YYYY" not in str(
            one.get_attribute("placeholder")
        ):
            one.fill(HARM)
    form.get_by_role("button", name="儲存這一項").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("已儲存")
    expect(page.locator("table").filter(has_text="window.harmed").first).to_be_attached()
    unharmed(page)
    screen(page, "規則")
    search = page.get_by_label("搜尋規則")
    search.fill(HARM)
    search.press("Enter")
    expect(page.get_by_role("status").filter(has_text="沒有符合")).to_be_visible()
    unharmed(page)
    screen(page, "報告")
    page.get_by_role("button", name="製作報告").click()
    expect(page.get_by_text("報告已完成。")).to_be_visible()
    fill(page.get_by_label("簽署理由"))
    page.get_by_role("button", name="簽署報告").click()
    expect(page.get_by_text("已簽署：填報人")).to_be_visible()
    unharmed(page)
