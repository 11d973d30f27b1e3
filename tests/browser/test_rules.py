"""The rules page in a browser: by keyboard, in both languages, on a phone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from at_rest import downloaded, settled


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def cards(page: Page) -> Locator:
    return page.locator("article.rule")


def found(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="找到")


def test_search_and_open_a_criterion_by_keyboard(page: Page) -> None:
    screen(page, "規則")
    expect(cards(page)).to_have_count(20)
    page.get_by_label("搜尋規則").focus()
    page.keyboard.type("重大權益 C-634/21")
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text("找到 1 條規則")
    card = cards(page)
    expect(card).to_have_count(1)
    expect(card).to_contain_text("條件與級距：本工具訂定（指示性）")
    expect(card).to_contain_text("尚未核對原文")
    criterion = card.get_by_text("AI 參與評估或作成決定").last
    expect(criterion).not_to_be_visible()
    card.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(criterion).to_be_visible()


def test_turning_the_page_and_taking_everything_home(page: Page) -> None:
    screen(page, "規則")
    page.get_by_role("button", name="接下來的規則").click()
    expect(found(page)).to_contain_text("第 21–40 條")
    taken = downloaded(page.get_by_role("button", name="下載完整規則總覽（HTML）"))
    assert taken.suggested_filename == "rules.html"


def test_a_filter_by_keyboard(page: Page) -> None:
    screen(page, "規則")
    expect(cards(page)).to_have_count(20)
    page.wait_for_timeout(800)  # after a change of screen the view jumps to the top once
    basis = page.get_by_role("combobox", name="依據")
    basis.press_sequentially("官方", delay=30)
    expect(page.get_by_role("option")).to_have_count(1)
    basis.press("Enter")
    expect(found(page)).not_to_contain_text("目前顯示第 1–20 條")
    for told in cards(page).locator(".basis").all_inner_texts():
        assert "官方" in told


def test_with_an_open_case_in_english(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    caption = page.get_by_test_id("stSidebar").locator("figcaption")
    expect(caption).to_contain_text("指示性")
    screen(page, "English")
    expect(caption).to_contain_text("Indicative")
    screen(page, "Rules")
    expect(cards(page)).to_have_count(20)
    expect(caption).to_contain_text("Indicative")
    expect(cards(page).first).to_contain_text("indicative")
    screen(page, "Assess")
    expect(cards(page)).to_have_count(0)


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    screen(page, "規則")
    expect(cards(page)).to_have_count(20)
    for summary in cards(page).locator("summary").all()[:5]:
        summary.click()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390


def test_changes_between_versions_are_chosen_by_keyboard_and_fit_a_phone(page: Page) -> None:
    screen(page, "規則")
    expect(cards(page)).to_have_count(20)
    screen(page, "版本間的變更")
    told = page.get_by_role("status").filter(has_text="新增")
    expect(told).to_be_visible()
    expect(cards(page)).to_have_count(0)
    before = told.inner_text()
    after = page.get_by_role("combobox", name="之後")
    after.press_sequentially("金融", delay=30)
    expect(page.get_by_role("option")).to_have_count(1)
    after.press("Enter")
    expect(told).not_to_have_text(before)
    table = page.get_by_role("region", name="版本間的變更").first
    expect(table).to_contain_text("原條件成立，或者")
    page.set_viewport_size({"width": 390, "height": 844})
    for summary in page.locator("details.fold summary").all():
        summary.click()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    screen(page, "English")
    expect(page.get_by_role("status").filter(has_text="Added")).to_be_visible()
