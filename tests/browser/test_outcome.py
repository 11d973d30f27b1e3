"""Result, follow-up and preview as their users see them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from at_rest import settled


def open_flood(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    caption = page.get_by_test_id("stSidebar").locator("figcaption")
    expect(caption).to_have_text("指示性：高度關注")


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def tab(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name=name, exact=True).click()
    return page.get_by_role("tabpanel", name=name, exact=True)


def cells(page: Page) -> Locator:
    """The cells of the map, as a screen reader finds them."""
    return page.get_by_test_id("stVegaLiteChart").locator('path[role="graphics-symbol"]')


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_names_every_cell_and_keeps_to_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_flood(page)
    screen(page, "結果")
    expect(cells(page)).to_have_count(20)
    labels = [one.get_attribute("aria-label") or "" for one in cells(page).all()]
    assert sum("高度關注" in label for label in labels) == 4
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_attribute(
        "aria-label", re.compile("20 項子類型中，4 項")
    )
    drawing = page.get_by_test_id("stVegaLiteChart").locator("svg").bounding_box()
    assert drawing is not None
    assert drawing["width"] <= width
    assert drawing["width"] > 0.6 * min(width, 860)
    page.get_by_text("以表格閱讀").click()
    expect(page.locator(".map table tbody tr")).to_have_count(20)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= width


def test_a_follow_up_is_kept_and_printed(page: Page) -> None:
    open_flood(page)
    screen(page, "結果")
    panel = tab(page, "應對與追蹤")
    panel.get_by_role("textbox", name="主辦單位或人員").fill("資訊科 <i>乙</i>")
    panel.get_by_text("辦理中", exact=True).first.click()
    panel.get_by_role("textbox", name="決議").fill("納入下次會議")
    panel.get_by_role("button", name="儲存這一項").click()
    expect(panel.locator("table").last).to_contain_text("資訊科 <i>乙</i>")
    expect(panel.locator("table").last).to_contain_text("納入下次會議")
    page.reload()
    expect(page.get_by_role("heading", name="子類型地圖")).to_be_visible()
    panel = tab(page, "應對與追蹤")
    expect(panel.get_by_role("textbox", name="主辦單位或人員")).to_have_value("資訊科 <i>乙</i>")
    screen(page, "報告")
    page.get_by_role("button", name="製作報告").click()
    found = ""
    for _ in range(20):
        settled(page)
        found += page.locator("details", has_text="本頁文字").text_content() or ""
        if "納入下次會議" in found:
            break
        page.get_by_role("button", name="下一頁").click()
        page.wait_for_timeout(300)
    assert "納入下次會議" in re.sub(r"\s", "", found)


def test_the_pages_are_pictures_with_words_for_those_who_cannot_see(page: Page) -> None:
    open_flood(page)
    screen(page, "English")
    screen(page, "Report")
    page.get_by_role("button", name="Make the report").click()
    picture = page.get_by_role("img", name=re.compile(r"^Page 1 of \d+ of the report"))
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.naturalWidth") == 1100
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("img", name=re.compile(r"^Page 2 of \d+"))).to_be_visible()
    box = page.get_by_role("spinbutton")
    box.fill("999")
    box.press("Enter")
    settled(page)
    page.get_by_role("button", name="Sign the report").click()
    expect(page.get_by_text("Signed: Preparer")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile(r"^Page \d+ of \d+"))).to_be_visible()


def test_an_open_question_is_one_click_away(page: Page) -> None:
    page.get_by_role("button", name="建立案件").click()
    screen(page, "結果")
    first = tab(page, "待答題目").get_by_test_id("stButton").first
    label = first.inner_text()
    first.locator("button").click()
    settled(page)
    expect(page.get_by_role("heading", name=label.split("？")[0]).first).to_be_visible()
