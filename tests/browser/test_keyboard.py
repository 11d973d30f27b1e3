"""A case from its beginning to its result by keyboard alone; the focus is never lost on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from at_rest import settled

STAGE = "這項應用目前在哪個階段？"
FIELDS = "這項應用屬於哪些領域"


def watched(page: Page) -> None:
    """Until the page watches its focus, which is the last thing it does at first."""
    page.wait_for_function("window.rkFocus && window.rkVisit !== undefined")


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    settled(page)


def reach(page: Page, wanted: Locator, key: str = "Tab", most: int = 120) -> None:
    """Press the key until the focus is there."""
    for _ in range(most):
        page.keyboard.press(key)
        if wanted.evaluate("one => one.contains(document.activeElement)"):
            return
    raise AssertionError(f"{wanted} was not reached by {most} times {key}")


def question(page: Page, label: str) -> Locator:
    return page.locator('[class*="st-key-q-"]').filter(has=page.get_by_role("heading", name=label))


def box(asked: Locator, label: str) -> Locator:
    return asked.get_by_role("checkbox", name=label)


def test_from_a_new_case_to_its_result(page: Page) -> None:
    watched(page)
    name = page.get_by_role("textbox", name="應用名稱")
    reach(page, name)
    page.keyboard.type("巡檢排程")
    reach(page, page.get_by_role("button", name="建立案件"))
    press(page, "Enter")
    expect(page.get_by_role("heading", name="巡檢排程")).to_be_visible()
    expect(page.get_by_role("heading", name="這項應用是什麼")).to_be_focused()

    stage = question(page, STAGE)
    reach(page, stage)
    press(page, "Space")
    expect(stage.get_by_role("radio").first).to_be_checked()
    press(page, "ArrowDown")
    expect(stage.get_by_role("radio").nth(1)).to_be_checked()
    expect(stage.get_by_role("radio").nth(1)).to_be_focused()
    reach(page, stage.get_by_role("button", name="清除答案"), most=6)
    press(page, "Enter")
    expect(stage.get_by_role("radio", checked=True)).to_have_count(0)
    expect(stage.get_by_role("radio").first).to_be_focused()
    press(page, "Space")
    expect(stage.get_by_role("radio").first).to_be_checked()

    reach(page, page.locator('[class*="st-key-w-next"]'))
    press(page, "Enter")
    expect(page.get_by_role("heading", name="影響誰、涉及什麼")).to_be_focused()

    screens = page.get_by_role("radiogroup", name="頁面")
    reach(page, screens, "Shift+Tab")
    chosen = screens.get_by_role("radio", name="結果")
    reach(page, chosen, "ArrowRight", most=6)
    press(page, "Space")
    expect(page.get_by_role("heading", name="結果", exact=True)).to_be_visible()
    expect(chosen).to_be_focused()
    reach(page, page.get_by_role("tab", name="理由"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="待答題目")).to_be_focused()
    links = page.locator(".st-key-links")
    page.keyboard.press("Enter")
    reach(page, links, most=3)
    asked = re.split("[？（]", links.get_by_role("button").first.inner_text())[0]
    press(page, "Enter")
    expect(page.get_by_role("heading", name=asked).first).to_be_focused()


def test_what_unticks_the_rest_keeps_the_focus(page: Page) -> None:
    watched(page)
    page.get_by_role("button", name="建立案件").focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="這項應用是什麼")).to_be_focused()
    parts = page.get_by_role("radiogroup", name="本步驟的各節")
    reach(page, parts, "Shift+Tab")
    reach(page, parts.get_by_role("radio", name="影響誰"), "ArrowLeft", most=4)
    press(page, "Space")
    asked = page.locator('[class*="st-key-q-"]').filter(has_text="以上皆無").first
    expect(asked).to_be_visible()
    first, none = asked.get_by_role("checkbox").first, box(asked, "以上皆無")
    unknown = box(asked, "尚未確認")
    reach(page, first)
    press(page, "Space")
    expect(first).to_be_checked()
    reach(page, none)
    press(page, "Space")
    expect(none).to_be_checked()
    expect(first).not_to_be_checked()
    expect(none).to_be_focused()
    reach(page, unknown, most=2)
    press(page, "Space")
    expect(unknown).to_be_checked()
    expect(none).not_to_be_checked()
    expect(unknown).to_be_focused()
    press(page, "Space")
    expect(unknown).not_to_be_checked()
    expect(unknown).to_be_focused()


def test_whoever_clicks_is_left_alone(page: Page) -> None:
    page.get_by_role("button", name="建立案件").click()
    stage = question(page, STAGE)
    stage.get_by_text("已用於業務、產品或服務", exact=True).click()
    settled(page)
    stage.get_by_role("button", name="清除答案").click()
    expect(stage.get_by_role("radio", checked=True)).to_have_count(0)
    settled(page)
    expect(page.locator(":focus")).to_have_count(0)
