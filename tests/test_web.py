"""The pages without a browser: every screen and section in both languages, and what they write."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from risk_kit import catalogue
from risk_kit.model import UNKNOWN, Option
from risk_kit.web import fields, markup, screens, unsent
from risk_kit.web.state import Desk, Place

WEB: Final = Path(str(files("risk_kit"))) / "web"
PACK: Final = catalogue.pack("tw-ai-risk")
SECTIONS: Final = [one.id for one in PACK.questionnaire.sections]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISK_KIT_STORE", str(tmp_path / "cases.sqlite3"))


def opened(start: str) -> AppTest:
    app = AppTest.from_file(str(WEB / "page.py"), default_timeout=60).run()
    app.button(key=start).click().run()
    assert not app.exception
    return app


def desk(app: AppTest) -> Desk:
    found = app.session_state["kept.desk"]
    assert isinstance(found, Desk)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("start", ["w.blank", "w.sample.flood"])
def test_every_screen_and_section_opens(language: str, start: str) -> None:
    ident = opened(start).query_params["case"]
    places = [("assess", one) for one in SECTIONS] + [(one, "") for one in screens.ALL]
    for screen, section in places:
        app = AppTest.from_file(str(WEB / "page.py"), default_timeout=60)
        address = {"case": ident, "screen": screen, "section": section, "lang": language}
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, (screen, section)
        assert not app.error, (screen, section)


def test_a_date_is_asked_written_and_taken_back() -> None:
    app = opened("w.sample.flood")
    app.session_state["kept.place"] = Place("assess", "finding")
    app.run()
    app.radio(key="w.one.authority_finding").set_value("high_risk").run()
    app.radio(key="w.one.finding_documented").set_value("true").run()
    app.date_input(key="w.typed.finding_date").set_value(date(2026, 9, 1)).run()
    assert desk(app).answers.value("finding_date") == date(2026, 9, 1)
    assert desk(app).answers.value("finding_documented") is True
    app.checkbox(key="w.unknown.finding_date").check().run()
    assert desk(app).answers.value("finding_date") is UNKNOWN
    app.button(key="w.clear.finding_date.1").click().run()
    assert desk(app).answers.value("finding_date") is None
    assert not app.exception


@pytest.mark.parametrize(
    ("before", "option", "on", "after"),
    [
        (None, "a", True, frozenset("a")),
        (frozenset("a"), "b", True, frozenset("ab")),
        (frozenset("ab"), "none", True, frozenset({"none"})),
        (frozenset({"none"}), "a", True, frozenset("a")),
        (frozenset("ab"), "a", False, frozenset("b")),
        (frozenset("ab"), "unknown", True, UNKNOWN),
        (UNKNOWN, "a", False, UNKNOWN),
        (UNKNOWN, "a", True, frozenset("a")),
        (UNKNOWN, "unknown", False, None),
    ],
)
def test_what_stands_alone(before: object, option: str, on: bool, after: object) -> None:
    label = PACK.questions["is_ai"].label
    options = (Option("a", label), Option("b", label), Option("none", label, exclusive=True))
    assert fields._after(options, before, option, on=on) == after  # type: ignore[arg-type]


def test_the_watching_script_holds_nothing_that_the_page_would_drop_it_for() -> None:
    inner = unsent._SCRIPT.removeprefix("<script>").removesuffix("</script>")
    assert not re.search(r"<[/\w!]", inner)


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "<img src=x onerror=y>", '"><b>'])
def test_markup_of_users_is_text(bad: str) -> None:
    assert "<" not in markup.text(bad)
    assert "<b>" not in markup.table([bad], [[bad]], bad)


def test_marks_of_users_are_text_in_labels() -> None:
    assert markup.label("*a* [b](c) $x$ :red[y]") == r"\*a\* \[b\](c) \$x\$ \:red\[y\]"
