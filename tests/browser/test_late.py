"""A browser that follows late, as on a busy machine, changes nothing that its user did not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from at_rest import settled
from late import ends
from risk_kit import catalogue
from risk_kit.model import UNKNOWN
from risk_kit.store import Store, open_store
from risk_kit.web import opened


@pytest.fixture
def store(page: Page, place: Path) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()


def late(page: Page) -> tuple[Page, Callable[[], None]]:
    """Another tab; from the call of what is returned with it, it is not told that a run has ended.

    Until a browser knows that, it holds the widgets of the screen before, and sends them again.
    """
    tab = page.context.new_page()
    held: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: None if held and ends(message) else socket.send(message))

    tab.route_web_socket(re.compile("_stcore/stream"), relay)
    return tab, lambda: held.append(True)


def test_widgets_of_the_last_screen_that_are_sent_again_change_nothing(
    page: Page, store: Store
) -> None:
    address = page.url
    tab, hold = late(page)
    tab.goto(address)
    tab.get_by_role("button", name="開啟範例：系統性治水").click()
    caption = tab.get_by_test_id("stSidebar").locator("figcaption")
    expect(caption).to_have_text("指示性：高度關注")
    settled(tab)
    asked = tab.locator(".st-key-q-stakeholders")
    asked.get_by_text("尚未確認", exact=True).click()
    expect(asked.get_by_role("textbox").first).to_have_value("")
    settled(tab)
    found = re.search(r"case=([\w-]+)", tab.url)
    assert found is not None
    before = store.case(found[1])
    assert opened.desk(before).answers.value("stakeholders") is UNKNOWN
    hold()
    tab.get_by_role("radio", name="報告", exact=True).click()
    tab.get_by_role("button", name="製作報告").click()
    expect(tab.get_by_text("報告已完成。")).to_be_visible()
    expect(caption).to_have_text("指示性：高度關注")
    after = store.case(before.id)
    assert (after.revision, after.document) == (before.revision, before.document)
    tab.close()


def test_a_file_that_is_sent_again_is_imported_once(page: Page, store: Store) -> None:
    address = page.url
    tab, hold = late(page)
    tab.goto(address)
    sample = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
    expect(tab.get_by_role("button", name="建立案件")).to_be_visible()
    settled(tab)
    hold()
    tab.locator('input[type="file"]').set_input_files(sample)
    expect(tab.get_by_test_id("stSidebar").locator("figcaption")).to_have_text("指示性：高度關注")
    tab.get_by_role("radio", name="結果", exact=True).click()
    expect(tab.get_by_text("二十項子類型").first).to_be_visible()
    tab.get_by_role("radio", name="案件", exact=True).click()
    expect(tab.get_by_role("button", name="更多")).to_be_visible()
    assert store.cases("draft").total == 1
    tab.close()
