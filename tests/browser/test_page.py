"""The page from the first click to a signed report, as a user walks it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from at_rest import downloaded, settled
from risk_kit import identity, verification
from risk_kit.files import home
from risk_kit.sign import Trust

HIGH = "指示性：高度關注"
WHOLE = "指示性：輕度關注～應檢視是否應限制或禁止"


def caption(page: Page) -> Locator:
    """The range in words, beneath the spectrum of the sidebar."""
    return page.get_by_test_id("stSidebar").locator("figcaption")


def open_flood(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    expect(caption(page)).to_have_text(HIGH)


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def question(page: Page, label: str) -> Locator:
    """The block of a question."""
    return page.locator('[class*="st-key-q-"]').filter(has=page.get_by_role("heading", name=label))


def choose(asked: Locator, words: str) -> None:
    """Click an answer, once the page shows it just once: new widgets stand beside old ones briefly."""
    answer = asked.get_by_text(words, exact=True)
    expect(answer).to_have_count(1)
    settled(asked.page)
    answer.click()


def to_part(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{re.escape(name)}")).click()


def unknown_opens_the_range_and_the_answer_closes_it(page: Page) -> None:
    to_part(page, "5 綜合判定")
    asked = question(page, "應用的目的或可預見的效果，是否包含下列情形")
    choose(asked, "尚未確認")
    expect(caption(page)).to_have_text("指示性：高度關注～應檢視是否應限制或禁止")
    matter = page.get_by_test_id("stSidebar").locator('[class*="st-key-w-matter-0"]')
    expect(matter).to_contain_text("尚未確認")
    expect(asked.get_by_role("checkbox", name="以上皆無")).not_to_be_checked()
    choose(asked, "以上皆無")
    expect(caption(page)).to_have_text(HIGH)


def the_language_changes_and_the_answers_stay(page: Page) -> None:
    meter = page.get_by_test_id("stSidebar").locator(".meter")
    expect(meter).to_have_count(1)
    told = meter.inner_text()
    done, whole = re.findall(r"\d+", told)
    screen(page, "English")
    expect(caption(page)).to_have_text("Indicative: Heightened attention")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text(f"{done} of {whole} answered").first).to_be_attached()
    screen(page, "中文")
    expect(caption(page)).to_have_text(HIGH)
    expect(page.get_by_text(f"已回答 {done}／{whole} 題").first).to_be_attached()


def test_from_the_flood_case_to_a_signed_report(
    page: Page, require_program: Callable[[str], Path], tmp_path: Path
) -> None:
    pdfsig = require_program("pdfsig")
    open_flood(page)
    unknown_opens_the_range_and_the_answer_closes_it(page)
    the_language_changes_and_the_answers_stay(page)

    screen(page, "報告")
    page.get_by_role("button", name="製作報告").click()
    expect(page.get_by_text("報告已完成。")).to_be_visible()
    expect(page.get_by_text("未經驗證").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="簽署報告").click()
    expect(page.get_by_text("已簽署：填報人")).to_be_visible()
    signed = tmp_path / "signed.pdf"
    downloaded(page.get_by_role("button", name="下載已簽署 PDF")).save_as(signed)

    said = subprocess.run([pdfsig, signed], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    known = identity.development_certificates(home())
    now = datetime.now(UTC)
    verdict = verification.verify(signed.read_bytes(), Trust((), True, known), now)
    assert (verdict.good, verdict.reasons) == (True, ())
    assert [one.role for one in verdict.signatures.signers] == ["preparer"]

    screen(page, "驗證")
    page.locator('[class*="st-key-w-verify"] input[type="file"]').set_input_files(signed)
    expect(page.get_by_text("這份報告還不能信賴。")).to_be_visible()
    page.get_by_text("信任本機的開發測試身分（僅供試用）").click()
    expect(page.get_by_text("這份報告可以信賴。")).to_be_visible()


def test_a_blank_case_shows_the_whole_range(page: Page) -> None:
    page.get_by_role("button", name="建立案件").click()
    expect(caption(page)).to_have_text(WHOLE)
    screen(page, "結果")
    expect(page.get_by_text("介於「輕度關注」與「應檢視是否應限制或禁止」之間")).to_be_visible()


def test_answers_survive_a_change_of_section_and_can_be_taken_back(page: Page) -> None:
    page.get_by_role("button", name="建立案件").click()
    stage = "這項應用目前在哪個階段？"
    choose(question(page, stage), "已用於業務、產品或服務")
    note = question(page, stage).get_by_role("textbox", name="說明（選填）")
    note.fill("<b>上線</b> *三年*")
    note.press("Tab")
    to_part(page, "產出如何發生作用")
    expect(page.get_by_role("heading", name="AI 的產出，最先到誰手上？")).to_be_visible()
    to_part(page, "這項應用是什麼")
    expect(question(page, stage).get_by_role("radio", name="已用於業務")).to_be_checked()
    expect(note).to_have_value("<b>上線</b> *三年*")
    question(page, stage).get_by_role("button", name="清除答案").click()
    expect(question(page, stage).get_by_role("radio", name="已用於業務")).not_to_be_checked()
    choose(question(page, stage), "尚未確認")
    expect(note).to_have_value("<b>上線</b> *三年*")


def test_what_stands_alone_unticks_the_rest(page: Page) -> None:
    open_flood(page)
    to_part(page, "影響誰、涉及什麼")
    asked = question(page, "應用涉及下列哪些重大事項")
    none = asked.get_by_role("checkbox", name="以上皆無")
    ticked = asked.get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(1)
    expect(none).not_to_be_checked()
    choose(asked, "以上皆無")
    settled(page)
    expect(none).to_be_checked()
    expect(ticked).to_have_count(1)
    choose(asked, "尚未確認")
    settled(page)
    expect(none).not_to_be_checked()
    expect(ticked).to_have_count(1)
    asked.get_by_test_id("stCheckbox").first.locator("label").click()
    settled(page)
    expect(asked.get_by_role("checkbox").first).to_be_checked()
    expect(ticked).to_have_count(1)


def test_a_wrong_file_gets_a_sentence(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("framework: tw-ai-risk\nanswers: {stage: <b>moon</b>}\n", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(wrong)
    alert = page.get_by_role("alert").filter(has_text="無法開啟")
    expect(alert).to_contain_text("這個檔案無法開啟")
    expect(alert).to_contain_text("wrong.yaml，第 2 行")
    expect(alert).to_contain_text("<b>moon</b>")


@pytest.mark.parametrize("end", ["html", "json"])
def test_other_forms_can_be_downloaded(page: Page, end: str) -> None:
    open_flood(page)
    screen(page, "報告")
    page.get_by_role("button", name="製作報告").click()
    name = {"html": "下載 HTML", "json": "下載評估資料（JSON）"}[end]
    found = downloaded(page.get_by_role("button", name=name))
    assert "系統性治水" in Path(found.path()).read_text(encoding="utf-8")


def test_on_a_phone_the_range_is_at_the_foot(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    foot = page.locator("details.phone")
    expect(foot.locator("summary")).to_contain_text(HIGH)
    foot.locator("summary").click()
    expect(foot.get_by_text("影響結果的理由")).to_be_visible()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
