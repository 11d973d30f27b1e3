"""Typing in a browser: what was typed last comes back after a reload, and after a tab went away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from app_server import PATIENCE
from at_rest import settled
from risk_kit.model import Answer
from risk_kit.store import Store, open_store
from risk_kit.web import opened

LIVE = "已用於業務、產品或服務"


@pytest.fixture
def store(page: Page, place: Path) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()


@pytest.fixture
def ident(page: Page) -> str:
    """A new case with one answer, so that its note can be written."""
    page.get_by_role("button", name="建立案件").click()
    stage = page.locator(".st-key-q-stage")
    expect(stage).to_be_visible()
    stage.get_by_text(LIVE, exact=True).click()
    expect(note(page)).to_be_visible()
    settled(page)
    found = re.search(r"[?&]case=([\w-]+)", page.url)
    assert found is not None
    return found[1]


def note(page: Page) -> Locator:
    return page.locator(".st-key-q-stage").get_by_role("textbox", name="說明（選填）")


def written(store: Store, ident: str) -> str:
    held = opened.desk(store.case(ident)).answers.answers.get("stage")
    assert isinstance(held, Answer)
    return held.note


def eventually(store: Store, ident: str, wanted: str) -> None:
    end = time.monotonic() + PATIENCE
    while (found := written(store, ident)) != wanted:
        assert time.monotonic() < end, found
        time.sleep(0.1)


def deaf(page: Page, address: str) -> Page:
    """Another tab at the case; once it has loaded, nothing that it sends reaches the server."""
    tab = page.context.new_page()
    loaded = []

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if loaded else server.send(message))

    tab.route_web_socket(re.compile("_stcore/stream"), relay)
    tab.goto(address)
    expect(note(tab)).to_be_visible()
    settled(tab)
    tab.wait_for_timeout(500)
    loaded.append(True)
    return tab


def gone(tab: Page) -> None:
    """Close a tab as its user does, so that it learns of its end."""
    with tab.expect_event("close"):
        tab.close(run_before_unload=True)


def test_typing_on_while_the_page_saves_loses_nothing(page: Page, store: Store, ident: str) -> None:
    note(page).press_sequentially("三年前", delay=20)
    page.wait_for_timeout(1500)  # about now it is sent
    note(page).press_sequentially("上線，每年檢討，至今沒有重大事件", delay=60)
    eventually(store, ident, "三年前上線，每年檢討，至今沒有重大事件")
    expect(note(page)).to_have_value("三年前上線，每年檢討，至今沒有重大事件")


def test_what_a_closed_tab_could_not_send_comes_back(page: Page, store: Store, ident: str) -> None:
    tab = deaf(page, page.url)
    note(tab).press_sequentially("關閉前最後一句")
    gone(tab)
    assert written(store, ident) == ""
    page.reload()
    expect(note(page)).to_have_value("關閉前最後一句")
    eventually(store, ident, "關閉前最後一句")
    page.wait_for_timeout(1500)
    assert page.evaluate("Object.keys(localStorage).filter(one=>one.startsWith('rk'))") == []


def test_it_does_not_come_back_over_what_was_written_since(
    page: Page, store: Store, ident: str
) -> None:
    tab = deaf(page, page.url)
    note(tab).press_sequentially("較舊的內容")
    gone(tab)
    note(page).fill("較新的內容")
    note(page).press("Tab")
    eventually(store, ident, "較新的內容")
    page.reload()
    expect(note(page)).to_have_value("較新的內容")
    page.wait_for_timeout(3000)
    expect(note(page)).to_have_value("較新的內容")
    assert written(store, ident) == "較新的內容"


def test_reload_right_after_each_of_several_keys(page: Page, store: Store, ident: str) -> None:
    for number in range(4):
        note(page).press("End")
        note(page).press_sequentially(f"第{number}段。")
        page.wait_for_timeout(number * 400)
        page.reload()
        expect(note(page)).to_have_value("".join(f"第{n}段。" for n in range(number + 1)))
    eventually(store, ident, "第0段。第1段。第2段。第3段。")
