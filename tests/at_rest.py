"""Waiting until the page has followed the last click: a click on what is just redrawn is lost."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Download, Locator, Page, expect

_STATE: Final = "data-test-script-state"
_A_MOMENT: Final = (
    200  # milliseconds until a click has reached the server, or a follow-up run began
)


def settled(page: Page) -> None:
    """Until the page is drawn and stays so."""
    app = page.get_by_test_id("stApp")
    for _ in range(2):
        page.wait_for_timeout(_A_MOMENT)
        expect(app).to_have_attribute(_STATE, "notRunning", timeout=30_000)


def downloaded(button: Locator) -> Download:
    """What a button gives to take home."""
    page = button.page
    expect(button).to_be_visible()
    settled(page)
    with page.expect_download() as loading:
        button.click()
    return loading.value
