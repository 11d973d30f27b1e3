"""Signing on the page: levels, keys, the detached form; and what the page never keeps or reaches."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

import pki_server
from pki_documents import Maker
from pki_page import press, secrets_held, shown, signed, signing_page
from risk_kit import answers, casework, catalogue, offered, rendering, verification
from risk_kit.errors import BadInput
from risk_kit.sign import Manner, Trust, verify
from risk_kit.sign_detached import sign_detached, verify_detached

SIGN: Final = "簽署報告"
SIGN_DATA: Final = "簽署資料"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pki_server.Pki]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), datetime.now(UTC)) as found:
        yield found


@pytest.fixture
def configured(pki: pki_server.Pki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trust:
    """A server with a timestamping service and one root."""
    pki.at(datetime.now(UTC))
    (tmp_path / "agency").mkdir()
    (tmp_path / "agency" / "root.der").write_bytes(pki.certificate("root"))
    monkeypatch.setenv("RISK_KIT_TRUST", str(tmp_path))
    monkeypatch.setenv(offered.TSA, pki.tsa())
    return Trust((pki.certificate("root"),))


def with_file(
    app: AppTest, pki: pki_server.Pki, passphrase: str = pki_server.PASSPHRASE
) -> AppTest:
    """The certificate file chosen, and its pass phrase typed, in each form of the page."""
    shown(app.radio(key="w.identity").set_value("p12").run())
    for one in app.file_uploader:
        if "p12" in str(one.allowed_type):
            one.set_value(("p.p12", pki.p12("preparer"), "application/x-pkcs12"))
    for field in app.text_input:
        if field.label == "通行碼":
            field.set_value(passphrase)
    return app


def levels(app: AppTest) -> list[str]:
    found = [one for one in app.selectbox if one.label == "簽章等級"]
    return [one.partition("：")[0] for one in found[0].options] if found else []


@pytest.mark.parametrize("level", ["b-b", "b-t", "b-lt", "b-lta"])
def test_a_level_that_is_chosen_is_reached(
    level: str, pki: pki_server.Pki, configured: Trust
) -> None:
    app = with_file(signing_page(), pki)
    next(one for one in app.selectbox if one.label == "簽章等級").set_value(level)
    pdf = signed(press(app, SIGN))
    found = verify(pdf, configured, datetime.now(UTC))
    assert (found.problems, found.signers[0].level) == ((), level)


def test_levels_are_offered_as_far_as_the_server_can_reach_them(
    pki: pki_server.Pki, configured: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signing_page()
    assert levels(app) == ["b-b", "b-t"]  # a development identity has no issuer
    shown(app.radio(key="w.identity").set_value("p12").run())
    assert levels(app) == ["b-b", "b-t", "b-lt", "b-lta"]
    monkeypatch.delenv("RISK_KIT_TRUST")
    assert levels(shown(app.run())) == ["b-b", "b-t"]
    monkeypatch.delenv(offered.TSA)
    assert levels(shown(app.run())) == []
    assert any("RISK_KIT_TSA" in one.proto.body for one in app.get("html"))


def test_no_address_can_be_typed(configured: Trust) -> None:
    app = signing_page()
    assert all("http" not in str(one.value) for one in app.text_input)
    assert {one.label for one in app.text_input} == {"簽署理由"}


def test_settings_that_cannot_be_read_are_told_and_b_b_remains(
    configured: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(offered.TSA, "file:///etc/passwd")
    with pytest.raises(BadInput):
        offered.timestamping()
    app = signing_page()
    assert "不是 http" in app.error[0].value
    assert levels(app) == []


def test_the_data_are_signed_apart(pki: pki_server.Pki, configured: Trust) -> None:
    app = press(with_file(signing_page(), pki), SIGN_DATA)
    made = app.session_state["kept.detached"]
    found = verify_detached(made.content, made.signature, configured, datetime.now(UTC))
    assert (found.problems, found.signers[0].name) == ((), "填報甲")
    assert json.loads(made.content) == json.loads(made.json)


def test_a_pass_phrase_is_kept_nowhere(
    pki: pki_server.Pki,
    configured: Trust,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for passphrase in (pki_server.PASSPHRASE, "錯誤的通行碼-7391"):
        app = press(with_file(signing_page(), pki, passphrase), SIGN)
        assert bool(app.error) == (passphrase != pki_server.PASSPHRASE)
        shown(app.run())
        assert secrets_held(app, passphrase) == []
        assert all(not one.value for one in app.text_input if one.label == "通行碼")
        assert passphrase not in caplog.text
        assert all(passphrase not in one.value for one in app.error)


def test_what_is_missing_is_asked_for(pki: pki_server.Pki) -> None:
    app = signing_page()
    shown(app.radio(key="w.identity").set_value("p12").run())
    assert press(app, SIGN).error[0].value == "請選擇憑證檔。"
    assert press(app, SIGN_DATA).error[0].value == "請選擇憑證檔。"


# ------------------------------------------------------------------ verifying

CHECK: Final = "from risk_kit.web import checkup; checkup.show()"


def html(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


def test_a_report_in_json_is_verified_with_its_signature(
    pki: pki_server.Pki, configured: Trust
) -> None:
    sample = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
    work = casework.open_case(answers.read(sample))
    data = rendering.render(work, "zh", Path("a.json"))
    content = verification.signed_form(verification.read_json(data))
    who, now = Maker(pki).who("preparer"), datetime.now(UTC)
    signature = sign_detached(content, who, at=now, manner=Manner())
    app = shown(AppTest.from_string(CHECK, default_timeout=60).run())
    app.file_uploader(key="w.verify").set_value(("a.json", data, "application/json"))
    assert "另一個檔案" in shown(app.run()).info[0].value
    app.file_uploader(key="w.p7s").set_value(("a.p7s", signature, "application/pkcs7-signature"))
    assert "可以信賴" in shown(app.run()).success[0].value
    assert "獨立簽章（JSON）：填報甲" in html(app)
    app.file_uploader(key="w.p7s").set_value(("a.p7s", b"none", "application/pkcs7-signature"))
    assert "CMS" in shown(app.run()).error[0].value


def test_the_roots_that_the_server_trusts_are_shown(
    pki: pki_server.Pki, configured: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shown(AppTest.from_string(CHECK, default_timeout=60).run())
    assert app.expander[0].label == "這台伺服器信任的根憑證：1"
    digest = hashlib.sha256(pki.certificate("root")).hexdigest()
    assert "測試根憑證" in html(app)
    assert digest in html(app)
    monkeypatch.setenv("RISK_KIT_TRUST", "/nowhere/at/all")
    assert "/nowhere" in shown(app.run()).error[0].value
