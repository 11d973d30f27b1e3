"""The report's page without a browser: every profile in every form, and which of them is signed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from streamlit.testing.v1 import AppTest

from risk_kit import answers, casework, catalogue, rendering, trusting, verification, withheld
from risk_kit.assess import Work, assess
from risk_kit.document import Language
from risk_kit.edition import PROFILES, Edition, Profile
from risk_kit.model import Answer, AnswerSet
from risk_kit.web.state import Paper
from risk_kit.web.texts import say

PAGE: Final = Path(str(files("risk_kit"))) / "web" / "page.py"
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
FLOOD: Final = casework.open_case(answers.read(SAMPLE))
FORMS: Final = ("pdf", "html", "json", "odt", "csv")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISK_KIT_STORE", str(tmp_path / "cases.sqlite3"))
    monkeypatch.setenv("RISK_KIT_HOME", str(tmp_path / "home"))


def shown(app: AppTest) -> AppTest:
    assert not app.exception
    assert [one.value for one in app.error] == []
    return app


def opened(language: Language = "zh") -> AppTest:
    """The page Report of the flood case."""
    app = AppTest.from_file(str(PAGE), default_timeout=60).run()
    shown(app.button(key="w.sample.flood").click().run())
    at = AppTest.from_file(str(PAGE), default_timeout=60)
    wanted = {"case": app.query_params["case"], "screen": "report", "lang": language}
    for name, value in wanted.items():
        at.query_params[name] = value
    return shown(at.run())


def chosen(app: AppTest, profile: Profile) -> AppTest:
    return shown(app.radio(key="w.profile").set_value(profile).run())


def made(app: AppTest) -> Paper:
    """The files that the page has of the profile and language in view, made now."""
    shown(app.button(key="w.make").click().run())
    return held(app)


def held(app: AppTest) -> Paper:
    name = (app.radio(key="w.profile").value, app.segmented_control(key="w.language").value)
    found = app.session_state["kept.papers"][name]
    assert isinstance(found, Paper)
    return found


def offered(app: AppTest) -> list[str]:
    return [str(one.proto.label) for one in app.get("download_button")]


def told(app: AppTest) -> str:
    """All that the page says outside of widgets."""
    html = " ".join(str(one.proto.body) for one in app.get("html"))
    return " ".join((unescape(html), *(str(one.value) for one in (*app.info, *app.success))))


def test_the_full_report_is_the_first() -> None:
    app = opened()
    radio = app.radio(key="w.profile")
    assert radio.value == "full"
    assert radio.options == [say(f"kind_{one}", "zh") for one in PROFILES]
    assert len(set(radio.proto.captions)) == len(PROFILES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_can_be_had_in_every_form(profile: Profile, language: Language) -> None:
    app = chosen(opened(language), profile)
    assert offered(app) == [say("answer_file", language)]
    paper = made(app)
    pdf = "pdf" if profile == "summary" else "unsigned_pdf"
    wanted = [say(key, language) for key in ("answer_file", pdf, "html", "odt", "json", "csv")]
    assert offered(app) == wanted
    for form in FORMS:
        name = Path(f"a.{form}")
        alone = rendering.render(FLOOD, language, name, None, Edition(profile))
        if form != "json":
            assert getattr(paper, form) == alone, form
    value = json.loads(paper.json)
    assert (value["profile"], value["language"]) == (profile, language)
    with pikepdf.Pdf.open(BytesIO(paper.pdf)) as found:
        assert app.number_input(key="w.leaf").max == len(found.pages)


def test_another_language_keeps_the_profile_and_what_was_made() -> None:
    app = chosen(opened(), "summary")
    paper = made(app)
    shown(app.segmented_control(key="w.language").set_value("en").run())
    assert app.radio(key="w.profile").value == "summary"
    assert say("made", "en") not in told(app)
    other = made(app)
    assert other.language == "en"
    shown(app.segmented_control(key="w.language").set_value("zh").run())
    assert held(app) is paper
    assert say("pdf", "zh") in offered(app)


def test_another_profile_begins_at_its_first_page() -> None:
    app = opened()
    for profile in ("publishable", "full"):
        made(chosen(app, profile))
    shown(app.number_input(key="w.leaf").set_value(5).run())
    chosen(app, "publishable")
    assert app.number_input(key="w.leaf").value == 1


def test_another_screen_keeps_the_profile_and_another_case_begins_anew() -> None:
    app = chosen(opened(), "tracking")
    shown(app.segmented_control(key="w.screen").set_value("history").run())
    shown(app.segmented_control(key="w.screen").set_value("report").run())
    assert app.radio(key="w.profile").value == "tracking"
    shown(app.segmented_control(key="w.screen").set_value("cases").run())
    shown(app.button(key="w.sample.credit").click().run())
    shown(app.segmented_control(key="w.screen").set_value("report").run())
    assert app.radio(key="w.profile").value == "full"


# ------------------------------------------------------------------ what is withheld


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_how_many_texts_are_withheld(language: Language) -> None:
    found = withheld.counted(withheld.publishable(FLOOD, language).answers, language)
    assert found.all > 0
    app = opened(language)
    assert app.info == []
    (notice,) = (one.value for one in chosen(app, "publishable").info)
    assert f"{found.all} " in notice
    assert say("withheld_case", language, n=found.case) in notice
    assert say("withheld_evidence", language, n=0) not in notice or found.evidence
    assert say("withheld_stays", language) in notice.replace("\\", "")
    mark = withheld.MARKS[language].encode()
    assert made(app).html.count(mark) > 0


def test_where_nothing_is_withheld_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = AnswerSet({name: replace(one, note="", evidence=()) for name, one in _choices().items()})
    work = Work(FLOOD.pack, bare, assess(FLOOD.pack, bare, FLOOD.assessment.as_of))
    monkeypatch.setattr("risk_kit.web.state.work", lambda: work)
    script = "from risk_kit.web import editions, state; state.choose('publishable')\n"
    app = AppTest.from_string(f"{script}editions.chosen('zh')", default_timeout=60)
    (notice,) = (one.value for one in shown(app.run()).info)
    assert say("withheld_none", "zh") in notice


def _choices() -> dict[str, Answer]:
    given, asked = FLOOD.answers.answers, FLOOD.pack.questions
    return {name: one for name, one in given.items() if asked[name].kind != "text"}


def test_only_the_publishable_report_does_not_warn_that_all_answers_are_inside() -> None:
    app = opened()
    for profile in PROFILES:
        paper = made(chosen(app, profile))
        inside = FLOOD.answers.case["purpose"] in paper.json.decode()
        assert inside == (profile != "publishable")
        assert (say("carries_all", "zh") in told(app)) == inside


# ------------------------------------------------------------------ signing


@pytest.mark.parametrize("profile", [one for one in PROFILES if one != "summary"])
def test_a_signed_report_of_the_profile_verifies(profile: Profile) -> None:
    app = chosen(opened(), profile)
    made(app)
    (press,) = (one for one in app.button if one.label == say("do_sign", "zh"))
    shown(press.click().run())
    signed = held(app).signed
    assert signed is not None
    assert say("signed_pdf", "zh") in offered(app)
    verdict = verification.verify(signed, trusting.read_trust(["dev"]), datetime.now(UTC))
    assert (verdict.profile, verdict.reasons) == (profile, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_not_signed_and_the_page_says_why(language: Language) -> None:
    app = chosen(opened(language), "summary")
    made(app)
    assert say("sign_not", language) in told(app)
    assert not [one for one in app.button if one.label == say("do_sign", language)]
    assert not app.expander


def test_what_was_signed_stays_while_another_profile_is_made() -> None:
    app = opened()
    made(app)
    (press,) = (one for one in app.button if one.label == say("do_sign", "zh"))
    shown(press.click().run())
    signed = held(app).signed
    made(chosen(app, "summary"))
    assert held(app).signed is None
    chosen(app, "full")
    assert held(app).signed == signed
    assert say("signed_pdf", "zh") in offered(app)
