"""Cases in a browser: nothing typed is lost by reload, back, a second tab or a new server."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app_server import PATIENCE, emptied, served
from at_rest import downloaded, settled
from risk_kit.store import Store, open_store

STAGE = "這項應用目前在哪個階段？"
LIVE, LAB = "已用於業務、產品或服務", "研究測試，不接觸真實對象或真實環境"


@pytest.fixture
def store(page: Page, place: Path) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()


def begin(page: Page) -> str:
    """Open a new case; its id."""
    page.get_by_role("button", name="建立案件").click()
    expect(question(page, STAGE)).to_be_visible()
    settled(page)
    return ident(page)


def ident(page: Page) -> str:
    found = re.search(r"[?&]case=([\w-]+)", page.url)
    assert found is not None
    return found[1]


def question(page: Page, label: str) -> Locator:
    return page.locator('[class*="st-key-q-"]').filter(has=page.get_by_role("heading", name=label))


def choose(asked: Locator, words: str) -> None:
    answer = asked.get_by_text(words, exact=True)
    expect(answer).to_have_count(1)
    answer.click()


def chosen(page: Page, words: str) -> Locator:
    return question(page, STAGE).get_by_role("radio", name=words, checked=True)


def answer(store: Store, page: Page, name: str = "stage") -> object:
    return store.case(ident(page)).document["answers"].get(name)


def eventually(store: Store, page: Page, wanted: object) -> None:
    """Until the store holds that answer: the page shows a click before it has sent it."""
    end = time.monotonic() + PATIENCE
    while answer(store, page) != wanted:
        assert time.monotonic() < end, answer(store, page)
        page.wait_for_timeout(100)


def screen(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def test_a_reload_in_the_midst_of_typing_loses_nothing(page: Page, store: Store) -> None:
    begin(page)
    choose(question(page, STAGE), LIVE)
    note = question(page, STAGE).get_by_role("textbox", name="說明（選填）")
    note.press_sequentially("三年前上線")
    page.reload()
    expect(note).to_have_value("三年前上線")
    note.press("End")
    note.press_sequentially("，每年檢討")
    expect(page.get_by_test_id("stSidebar").get_by_text("已儲存")).to_be_visible()
    page.wait_for_timeout(2500)  # the typing rests
    note.press_sequentially("。")
    expect(note).to_have_value("三年前上線，每年檢討。")
    note.press("Tab")
    eventually(
        store,
        page,
        {
            "value": "live",
            "note": "三年前上線，每年檢討。",
            "evidence": [],
        },
    )
    assert chosen(page, LIVE).count() == 1


def test_back_and_forward(page: Page) -> None:
    begin(page)
    page.get_by_role("radio", name=re.compile("^產出如何發生作用")).click()
    told = page.get_by_role("heading", name="產出如何發生作用")
    expect(told).to_be_visible()
    screen(page, "歷程")
    history = page.get_by_role("heading", name="歷程")
    expect(history).to_be_visible()
    page.go_back()
    expect(told).to_be_visible()
    page.go_back()
    expect(question(page, STAGE)).to_be_visible()
    page.go_forward()
    expect(told).to_be_visible()
    page.go_forward()
    expect(history).to_be_visible()
    for _ in range(3):
        page.go_back()
    expect(page.get_by_role("button", name=re.compile("新增案件"))).to_be_visible()
    expect(page.get_by_role("button", name="未命名案件")).to_be_visible()


def test_two_tabs_merge_other_entries_and_clash_on_the_same(page: Page, store: Store) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    choose(question(other, STAGE), LIVE)
    expect(chosen(other, LIVE)).to_be_visible()
    settled(other)
    choose(question(page, "系統如何得出結果？"), "尚未確認")
    expect(chosen(page, LIVE)).to_be_visible()  # silently
    eventually(store, page, "live")
    choose(question(page, STAGE), LAB)
    eventually(store, page, "lab")
    choose(question(other, STAGE), "尚未確認")
    expect(other.get_by_role("alert")).to_contain_text("別處更改")
    expect(chosen(other, LAB)).to_be_visible()
    assert answer(store, page) == "lab"
    other.get_by_role("button", name="改用我的內容").click()
    expect(chosen(other, "尚未確認")).to_be_visible()
    expect(other.get_by_role("alert")).to_have_count(0)
    eventually(store, page, "unknown")


def test_evidence_is_uploaded_and_downloaded(page: Page, store: Store, tmp_path: Path) -> None:
    begin(page)
    choose(question(page, STAGE), LIVE)
    question(page, STAGE).get_by_role("button", name="加佐證").click()
    wrong = tmp_path / "程式.exe"
    wrong.write_bytes(b"MZ")
    uploader = question(page, STAGE).locator('input[type="file"]')
    uploader.set_input_files(wrong)
    expect(question(page, STAGE).get_by_role("alert")).to_contain_text("佐證沒有加入")
    settled(page)
    good = tmp_path / "上線公告.txt"
    good.write_text("公告", encoding="utf-8")
    uploader.set_input_files(good)
    expect(question(page, STAGE).get_by_role("button", name="佐證（1）")).to_be_visible()
    expect(question(page, STAGE).get_by_role("alert")).to_have_count(0)
    found = downloaded(question(page, STAGE).get_by_role("button", name="下載"))
    assert found.suggested_filename == "上線公告.txt"
    assert Path(found.path()).read_text(encoding="utf-8") == "公告"
    question(page, STAGE).get_by_role("button", name="移除").click()
    expect(question(page, STAGE).get_by_role("button", name="加佐證")).to_be_visible()
    eventually(store, page, "live")


def test_the_whole_life_of_a_case_in_english(page: Page, store: Store) -> None:
    screen(page, "English")
    page.get_by_label("Name of the use").fill("Chat *helper* <b>x</b>")
    page.get_by_text("Financial services: banks").click()
    page.get_by_role("button", name="Create the case").click()
    stage = question(page, "At which stage is this use now?")
    expect(page.get_by_role("heading", name="Chat *helper* <b>x</b>")).to_be_visible()
    stage.get_by_role("radio").first.locator("xpath=ancestor::label").click()
    expect(page.get_by_test_id("stSidebar").get_by_text("✓ Saved")).to_be_visible()
    screen(page, "History")
    expect(page.get_by_text("王小明").first).to_be_visible()
    page.get_by_role("button", name="Open as it was then").first.click()
    expect(page.get_by_text("as it was after event 1")).to_be_visible()
    expect(stage.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("button", name="Back to the present").click()
    expect(stage.get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Undo the last change").click()
    expect(stage.get_by_role("radio", checked=True)).to_have_count(0)
    case = ident(page)
    screen(page, "Cases")
    expect(page.get_by_role("button", name="Chat *helper* <b>x</b>")).to_be_visible()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Duplicate").click()
    expect(page.get_by_role("button", name="Chat *helper* <b>x</b> (copy)")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Duplicate")).to_have_count(0)
    page.get_by_role("button", name="More").last.click()
    found = downloaded(page.get_by_role("button", name="Export answer file").last)
    assert '"finance"' in Path(found.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="Archive", exact=True).last.click()
    expect(page.get_by_role("radio", name="Archived (1)")).to_be_visible()
    assert store.case(case).state == "archived"


def test_a_new_server_goes_on_where_the_old_one_stopped(
    chromium: Browser, home: Path, tmp_path: Path
) -> None:
    place = tmp_path / "cases.sqlite3"
    visit = chromium.new_page()
    visit.set_default_timeout(PATIENCE * 1000)
    with served(tmp_path, place) as address:
        visit.goto(address)
        begin(visit)
        choose(question(visit, STAGE), LIVE)
        store = open_store(place)
        eventually(store, visit, "live")
        store.close()
    with served(tmp_path, place, int(address.rpartition(":")[2])):
        visit.reload()
        expect(chosen(visit, LIVE)).to_be_visible()
        choose(question(visit, STAGE), LAB)
        store = open_store(place)
        eventually(store, visit, "lab")
        store.close()
    visit.close()


def test_a_case_that_is_not_there(page: Page, app: str, place: Path) -> None:
    begin(page)
    address = page.url
    emptied(place)
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("這個案件無法開啟")
    page.get_by_role("button", name="回案件清單").click()
    expect(page.get_by_text("目前沒有案件")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page)
    choose(question(page, STAGE), LIVE)
    question(page, STAGE).get_by_role("button", name="加佐證").click()
    settled(page)
    for name in ("自評", "歷程", "案件"):
        screen(page, name)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 390
