"""The result and report screens without a browser, on cases that the test hands to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from risk_kit import answers, casework, catalogue, report, response
from risk_kit.assess import Work, assess
from risk_kit.document import Language
from risk_kit.item_levels import item_groups
from risk_kit.model import Answer, AnswerSet, FollowUp
from risk_kit.web import map_chart, outcome_map, state

PACK: Final = catalogue.pack("tw-ai-risk")
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
FLOOD: Final = casework.open_case(answers.read(SAMPLE))
DAY: Final = date(2026, 11, 22)
SCALE: Final = PACK.main_scale


def case(held: AnswerSet) -> Work:
    return Work(PACK, held, assess(PACK, held, DAY))


BLANK: Final = case(AnswerSet({}))
HALF: Final = case(AnswerSet(dict(list(FLOOD.answers.answers.items())[:14])))


class Desk:
    """What the screens may ask of the open case, held by the test."""

    def __init__(self, patch: pytest.MonkeyPatch, work: Work, language: Language) -> None:
        self.now, self.said, self.paper = work, language, None
        self.went: list[tuple[str, ...]] = []
        self.past = False
        patch.setattr(state, "desk", lambda: self)
        patch.setattr(state, "work", lambda: self.now)
        patch.setattr(state, "language", lambda: self.said)
        patch.setattr(state, "shown_report", lambda: report.build(self.now, self.said))
        patch.setattr(state, "go", lambda *where: self.went.append(where))
        patch.setattr(state, "follow", self.follow)
        patch.setattr(state, "paper", lambda: self.paper)
        patch.setattr(state, "keep_paper", lambda made: setattr(self, "paper", made))

    @property
    def read_only(self) -> bool:
        return self.past

    def follow(self, rows: Iterable[FollowUp]) -> bool:
        held = {(one.question, one.measure): one for one in self.now.answers.followups}
        held |= {(one.question, one.measure): one for one in rows}
        self.now = case(replace(self.now.answers, followups=tuple(held.values())))
        return True


def shown(screen: str) -> AppTest:
    app = AppTest.from_string(
        f"from risk_kit.web import {screen}\n{screen}.show()", default_timeout=60
    )
    app.run()
    assert not app.exception
    return app


def told(app: AppTest) -> str:
    """All that the screen says in HTML."""
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch, FLOOD, "zh")


# ------------------------------------------------------------------ the result


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("work", [BLANK, HALF, FLOOD], ids=["blank", "half", "full"])
def test_the_result_says_all_its_parts(desk: Desk, work: Work, language: Language) -> None:
    desk.now, desk.said = work, language
    app = shown("outcome")
    said = told(app)
    lead = report.build(work, language).blocks[0]
    assert lead.text in said  # type: ignore[union-attr]
    heads = {"zh": ("在光譜上的位置", "子類型地圖", "怎樣會降低", "基本法第5條", "基本法第4條")}
    heads["en"] = (
        "Place on the spectrum",
        "Map of the sub-types",
        "What would lower it",
        "Article 5",
    )
    assert [head for head in heads[language] if head not in said] == []
    (chart,) = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert chart.proto.alt


def test_a_decided_result_has_a_pointer_and_an_open_one_has_none(desk: Desk) -> None:
    assert 'class="tip"' in told(shown("outcome"))
    desk.now = HALF
    assert 'class="tip"' not in told(shown("outcome"))


def test_outside_the_scope_the_screen_still_stands(desk: Desk) -> None:
    desk.now = case(AnswerSet({"is_ai": Answer("rules_only")}))
    assert desk.now.assessment.applies == "does_not_hold"
    assert "不在本框架之範圍" in told(shown("outcome"))


def test_cards_say_whose_the_situation_and_whose_the_level_is(desk: Desk) -> None:
    said = told(shown("outcome"))
    assert "情形依據：指引；級距：本工具訂定（指示性）" in said
    assert "子類型依據：官方框架；條件與級距：本工具訂定（指示性）" in said


def test_open_questions_lead_to_the_question(desk: Desk) -> None:
    desk.now = HALF
    app = shown("outcome")
    first = HALF.assessment.open_questions[0].question
    app.button(key="w.open.0").click().run()
    assert desk.went == [("assess", PACK.questions[first].section, first)]
    rest = len(HALF.assessment.open_questions) - 12
    assert f"其餘 {rest} 題" in told(app)


# ------------------------------------------------------------------ the map


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("work", [BLANK, HALF, FLOOD], ids=["blank", "half", "full"])
def test_map_and_table_say_the_same(work: Work, language: Language) -> None:
    teller = outcome_map._Told(SCALE, language)
    groups = item_groups(work)
    cells = list(teller.cells(groups))
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", teller.table(groups))
    assert [one.told for one in cells] == [f"{name}—{words}" for _, name, words in rows]
    assert len(cells) == 20
    assert [one.head for one in cells if one.head] == [teller.name(g.root) for g in groups]


def test_a_cell_never_speaks_by_colour_alone() -> None:
    for work in (BLANK, HALF, FLOOD):
        teller = outcome_map._Told(SCALE, "zh")
        groups = item_groups(work)
        levels = [one for group in groups for one in group.items]
        for one, cell in zip(levels, teller.cells(groups), strict=True):
            assert (cell.border == "broken") == (not one.decided) == ("◐" in cell.dots)
            assert cell.dots.count("●") == (0 if one.low is None else one.low + 1)
            assert (cell.dots == "–") == (one.high is None) == (cell.word == "不成立")


def test_the_drawing_holds_the_cells_and_is_made_once() -> None:
    cells = list(outcome_map._Told(SCALE, "zh").cells(item_groups(FLOOD)))
    drawn = map_chart.chart(cells)
    assert [one["told"] for one in drawn["data"]["values"]] == [one.told for one in cells]
    assert "datasets" not in drawn  # the page would take them for the data
    before = map_chart._form.cache_info().misses
    assert map_chart.chart(cells) == drawn
    assert map_chart._form.cache_info().misses == before


# ------------------------------------------------------------------ follow-up


def test_a_follow_up_is_written_and_stands_in_the_table(desk: Desk) -> None:
    app = shown("outcome")
    first = response.followups(FLOOD)[0]
    assert first.owner == ""
    owner = next(one for one in app.text_input if one.label == "主辦單位或人員")
    owner.set_value("<b>水情防災科</b>")
    next(one for one in app.date_input if one.label == "期限").set_value(date(2027, 3, 31))
    next(one for one in app.radio if one.label == "辦理狀態").set_value("doing")
    next(one for one in app.text_area if one.label == "辦理情形").set_value("  已召會。 ")
    next(one for one in app.button if one.label == "儲存這一項").click().run()
    assert not app.exception
    written = response.followups(desk.now)[0]
    assert (written.question, written.measure) == (first.question, first.measure)
    assert (written.owner, written.due) == ("<b>水情防災科</b>", date(2027, 3, 31))
    assert (written.state, written.progress) == ("doing", "已召會。")
    assert "&lt;b&gt;水情防災科&lt;/b&gt;" in told(app)
    assert "<b>水情防災科</b>" not in told(app)


def test_a_row_that_was_changed_elsewhere_gets_new_fields(desk: Desk) -> None:
    app = shown("outcome")
    first = response.followups(FLOOD)[0]
    desk.follow([replace(first, owner="他人")])
    app.run()
    assert next(one for one in app.text_input if one.label == "主辦單位或人員").value == "他人"


def test_a_past_state_can_be_read_but_not_followed_up(desk: Desk) -> None:
    desk.past = True
    app = shown("outcome")
    assert "尚未到位之措施" in told(app)
    assert not [one for one in app.button if one.label == "儲存這一項"]


# ------------------------------------------------------------------ the report


def test_nothing_is_shown_or_made_until_asked(desk: Desk) -> None:
    app = shown("papers")
    assert desk.paper is None
    assert not app.number_input


def test_pages_are_leafed_through(desk: Desk) -> None:
    app = shown("papers")
    app.button(key="w.make").click().run()
    assert not app.exception
    assert desk.paper is not None
    page = app.number_input(key="w.leaf")
    assert (page.value, page.min) == (1, 1)
    assert "系統性治水決策支援系統" in told(app)
    assert app.button(key="w.preview_before").disabled
    app.button(key="w.preview_next").click().run()
    assert app.number_input(key="w.leaf").value == 2
    app.number_input(key="w.leaf").set_value(page.max).run()
    assert app.button(key="w.preview_next").disabled
    assert "簽署聲明" in told(app)
