"""Signing on the page with a certificate file, to last, and verifying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

import pki_server
from app_server import PATIENCE, served
from at_rest import downloaded, settled
from risk_kit import offered
from risk_kit.sign import Trust, verify


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pki_server.Pki]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), datetime.now(UTC)) as found:
        yield found


def visits(browser: Browser, address: str) -> Page:
    page = browser.new_context(accept_downloads=True).new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address)
    return page


def screen(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def test_a_report_is_signed_to_last_and_verified(
    chromium: Browser,
    pki: pki_server.Pki,
    require_program: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.der").write_bytes(pki.certificate("root"))
    (tmp_path / "key.p12").write_bytes(pki.p12("preparer"))
    monkeypatch.setenv("RISK_KIT_TRUST", str(tmp_path / "trust"))
    monkeypatch.setenv(offered.TSA, pki.tsa())
    store = tmp_path / "cases.sqlite3"
    with served(tmp_path, store) as address:
        page = visits(chromium, address)
        page.get_by_role("button", name="開啟範例：系統性治水").click()
        expect(page.get_by_test_id("stSidebar").locator("figcaption")).to_be_visible()
        screen(page, "報告")
        page.get_by_role("button", name="製作報告").click()
        expect(page.get_by_text("報告已完成。")).to_be_visible()
        data = signed(page, tmp_path / "key.p12", pki)
        screen(page, "驗證")
        signed_file = tmp_path / "signed.pdf"
        signed_file.write_bytes(data)
        page.locator('[class*="st-key-w-verify"] input[type="file"]').set_input_files(signed_file)
        expect(page.get_by_text("這份報告可以信賴。")).to_be_visible()
        page.context.close()
    found = verify(data, Trust((pki.certificate("root"),)), datetime.now(UTC))
    assert (found.problems, found.signers[0].level) == ((), "b-lta")
    secret = pki_server.PASSPHRASE.encode()
    kept = [one for one in tmp_path.rglob("*") if one.is_file() and secret in one.read_bytes()]
    assert kept == []


def level(form: Locator, words: str) -> None:
    """Choose a level; a list that opened while the form was being replaced is opened once more."""
    offered_one = form.page.get_by_text(words)
    for _ in range(3):
        form.get_by_label("簽章等級").click()
        with suppress(TooLate):
            offered_one.click(timeout=5000)
            return
    raise AssertionError(words)


def signed(page: Page, key: Path, pki: pki_server.Pki) -> bytes:
    """A wrong pass phrase first; then the right one, at the highest level."""
    page.get_by_text("憑證檔（PKCS#12）", exact=True).click()
    for passphrase in ("wrong", pki_server.PASSPHRASE):
        pki.at(datetime.now(UTC))
        settled(page)
        form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="簽署報告"))
        expect(form.locator('input[type="file"]')).to_have_count(1)
        level(form, "b-lta：再以時戳涵蓋全部")
        form.locator('input[type="file"]').set_input_files(key)
        expect(form.get_by_text("key.p12")).to_be_visible()
        form.get_by_label("通行碼").fill(passphrase)
        form.get_by_role("button", name="簽署報告").click()
        if passphrase == "wrong":
            expect(page.get_by_text("通行碼不正確")).to_be_visible()
            expect(page.get_by_label("通行碼").first).to_have_value("")
    expect(page.get_by_text("已簽署：填報人")).to_be_visible()
    return Path(downloaded(page.get_by_role("button", name="下載已簽署 PDF")).path()).read_bytes()
