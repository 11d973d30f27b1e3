"""The page Crosswalk without a browser: rows, the questions of a regime, and where answers go."""

from __future__ import annotations

from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from risk_kit import answers, catalogue, crossing, wire
from risk_kit.web.state import Desk
from risk_kit.yamlread import Document

WEB: Final = Path(str(files("risk_kit"))) / "web"
EU: Final = catalogue.pack("eu-ai-act")
NEXUS: Final = EU.questions["eu_nexus"]
OUTPUT: Final = next(one.id for one in NEXUS.options if not one.exclusive)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISK_KIT_STORE", str(tmp_path / "cases.sqlite3"))


def page() -> AppTest:
    return AppTest.from_file(str(WEB / "page.py"), default_timeout=60)


def opened(language: str = "zh") -> AppTest:
    app = page().run()
    app.button(key="w.sample.credit").click().run()
    return shown(app.query_params["case"], language)


def shown(ident: object, language: str = "zh", section: str = "eu-ai-act") -> AppTest:
    app = page()
    wanted = {"case": ident, "screen": "crosswalk", "section": section, "lang": language}
    for name, value in wanted.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def desk(app: AppTest) -> Desk:
    found = app.session_state["kept.desk"]
    assert isinstance(found, Desk)
    return found


def text(app: AppTest) -> str:
    return unescape(" ".join(str(one.proto.body) for one in app.get("html")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_row_for_each_shipped_framework(language: str) -> None:
    told = text(opened(language))
    for name in catalogue.shipped():
        title = catalogue.pack(name).framework.title
        assert (title.zh if language == "zh" else title.en) in told, name


def test_every_regime_can_be_looked_at() -> None:
    ident = opened().query_params["case"]
    for name in catalogue.shipped():
        assert not shown(ident, section=name).error


def test_an_answer_to_a_regime_is_kept_in_the_case_and_leaves_the_tier_alone() -> None:
    app = opened()
    before = app.session_state["kept.work"][1].assessment
    app.checkbox(key=f"w.box.{OUTPUT}.{NEXUS.id}").set_value(True).run()
    assert not app.exception
    assert desk(app).answers.value(NEXUS.id) == frozenset({OUTPUT})
    assert NEXUS.id not in desk(app).own.answers
    assert app.session_state["kept.work"][1].assessment == before
    again = shown(app.query_params["case"])
    assert desk(again).answers.value(NEXUS.id) == frozenset({OUTPUT})
    assert desk(again).aside == ()


def test_the_answer_file_carries_it_and_brings_it_back() -> None:
    app = opened()
    app.checkbox(key=f"w.box.{OUTPUT}.{NEXUS.id}").set_value(True).run()
    file = answers.from_document(Document(desk(app).document, {}, "case.json"))
    found = crossing.crosswalk_of_file(file)
    row = next(one for one in found.rows if one.pack.framework.id == "eu-ai-act")
    assert row.answers.value(NEXUS.id) == frozenset({OUTPUT})
    whole = crossing.whole(file, desk(app).pack, desk(app).own)
    assert wire.answers_json(desk(app).pack, whole, desk(app).as_of) == desk(app).document


@pytest.mark.parametrize("language", ["zh", "en"])
def test_principles_are_told_with_the_names_of_regimes_and_documents(language: str) -> None:
    app = opened(language)
    (told,) = (str(one.proto.body) for one in app.get("html") if "dl class" in one.proto.body)
    assert "ISO/IEC 42001" in told
    assert not [name for name in crossing.sides() if name in told]
