"""The rules page without a browser: what search and filters leave, pages, both languages, no ids."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, Final

import pytest
from streamlit.testing.v1 import AppTest

from risk_kit import catalogue, rulebook_differences
from risk_kit.difference import differences
from risk_kit.document import Language
from risk_kit.web import markup, rules
from risk_kit.web.state import Place

PAGE: Final = Path(rules.__file__).with_name("page.py")
PACK: Final = catalogue.pack("tw-ai-risk")


def at_rules(language: str = "zh", start: str = "") -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60).run()
    if start:
        app.button(key=start).click().run()
    app.session_state["kept.language"] = language
    app.session_state["kept.place"] = Place("rules")
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


def titles(app: AppTest) -> list[str]:
    return re.findall(r'<article class="card rule"[^>]*><header><h3>(.*?)</h3>', html(app))


def pick(app: AppTest, key: str, value: Any) -> AppTest:  # noqa: ANN401
    app.selectbox(key=f"w.rules.{key}").set_value(value).run()
    assert not app.exception
    return app


def search(app: AppTest, words: str) -> AppTest:
    app.text_input(key="w.rules.search").set_value(words).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("start", ["", "w.blank"])
def test_the_page_opens_with_and_without_a_case(language: str, start: str) -> None:
    app = at_rules(language, start)
    assert len(titles(app)) == rules.PAGE


def test_turning_the_pages_shows_every_rule_once() -> None:
    app = at_rules()
    seen = titles(app)
    while len(seen) < len(PACK.rules):
        app.button(key="w.rules.next").click().run()
        seen += titles(app)
    assert sorted(seen) == sorted(one.title.zh for one in PACK.framework.rules)


def test_search_wants_every_word_in_any_script_width() -> None:
    app = search(at_rules(), "Ａ７")
    assert {"不公平的歧視或偏見：高度關注"} <= set(titles(app))
    both = titles(search(app, "A7 高度關注"))
    assert both
    assert set(both) < set(titles(search(app, "A7")))
    assert titles(search(app, "沒有這種字詞")) == []
    assert "沒有符合的規則" in html(app)


def test_filters_leave_what_they_say() -> None:
    app = pick(at_rules(), "by_basis", "official")
    wanted = {one.title.zh for one in PACK.framework.rules if one.basis == "official"}
    assert set(titles(app)) == wanted
    app = pick(pick(at_rules(), "by_item", "B"), "by_effect", "high")
    wanted = {
        one.title.zh
        for one in PACK.framework.rules
        if (one.item or "").startswith("B")
        and ("tier", "high") in {(up.scale, up.level) for up in one.raises}
    }
    assert set(titles(app)) == wanted


def test_the_overlays_of_an_open_case_are_there_and_can_be_chosen() -> None:
    ident = catalogue.overlays_of(catalogue.folder_of("tw-ai-risk"))[0]
    laid = catalogue.pack("tw-ai-risk", (ident,))
    app = AppTest.from_file(str(PAGE), default_timeout=60).run()
    app.checkbox(key=f"w.choose.{ident}.new").check().run()
    app.button(key="w.blank").click().run()
    app.session_state["kept.place"] = Place("rules")
    app.run()
    assert not app.exception
    pick(app, "by_layer", ident)
    own = [one.title.zh for name, one in laid.rules.items() if name not in PACK.rules]
    assert own
    assert {*titles(app)} <= {*own}
    assert len(titles(app)) == min(len(own), rules.PAGE)
    assert "本案套用的疊加規則" in html(app)
    assert ident not in re.sub(r"<[^>]+>", " ", html(app)).split()


def test_a_new_search_starts_on_the_first_page() -> None:
    app = at_rules()
    app.button(key="w.rules.next").click().run()
    app = search(app, "高度關注")
    assert app.session_state["w.rules.page"] == 0


def test_no_id_is_on_the_page() -> None:
    app = at_rules()
    shown = html(app)
    for _ in range(5):
        app.button(key="w.rules.next").click().run()
        shown += html(app)
    words = set(
        re.findall(
            r"[A-Za-z][A-Za-z0-9_]*",
            re.sub(r"<style>.*?</style>|<[^>]+>", " ", shown, flags=re.DOTALL),
        )
    )
    codes = {one.id for one in PACK.framework.items}
    known = {*PACK.rules, *PACK.criteria, *PACK.questions, *PACK.obligations, *PACK.sources} - codes
    assert words & {one for one in known if "_" in one or one[0].isupper()} == set()


def test_a_change_of_filter_is_quick() -> None:
    app = at_rules()
    search(app, "個人")
    start = time.perf_counter()
    search(app, "資料")
    assert time.perf_counter() - start < 1.0  # the whole script, on a busy machine


# -- changes between versions ----------------------------------------------------------------------


def at_changes(language: str = "zh", start: str = "") -> AppTest:
    app = at_rules(language, start)
    app.segmented_control(key="w.rules.view").set_value("changes").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """What the page says, without marks."""
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(app), flags=re.DOTALL)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_changes_tell_each_thing_that_an_overlay_adds_or_changes(language: Language) -> None:
    app = at_changes(language)
    for ident in catalogue.overlays_of(catalogue.folder_of("tw-ai-risk")):
        pick(app, "changes_to", ident)
        found = differences(PACK, catalogue.pack("tw-ai-risk", (ident,)))
        rows = rulebook_differences.rows(PACK, catalogue.pack("tw-ai-risk", (ident,)), language)
        assert len(rows) == len(found) > 0
        shown = html(app)
        assert all(markup.text(one.thing) in shown for one in rows)
        assert all(markup.text(one.after) in shown for one in rows)


def test_changes_the_other_way_round_are_removals() -> None:
    app = pick(pick(at_changes(), "changes_from", "finance"), "changes_to", "")
    assert "新增 0 項、移除" in said(app)
    app = pick(app, "changes_from", "")
    assert "沒有差異" in said(app)


def test_changes_begin_with_what_the_case_has_laid() -> None:
    app = AppTest.from_file(str(PAGE), default_timeout=60).run()
    for ident in ("finance", "agent"):
        app.checkbox(key=f"w.choose.{ident}.new").check().run()
    app.button(key="w.blank").click().run()
    app.session_state["kept.place"] = Place("rules")
    app.run()
    app.segmented_control(key="w.rules.view").set_value("changes").run()
    assert not app.exception
    assert app.selectbox(key="w.rules.changes_to").value == "case"
    both = differences(PACK, catalogue.pack("tw-ai-risk", ("agent", "finance")))
    assert f"新增 {sum(one.sort == 'added' for one in both)} 項" in said(app)


def test_no_id_is_on_the_page_of_changes() -> None:
    app = pick(at_changes("en"), "changes_to", "finance")
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", said(app)))
    laid = catalogue.pack("tw-ai-risk", ("finance",))
    known = {*laid.rules, *laid.criteria, *laid.questions, *laid.obligations, *laid.sources}
    assert words & {one for one in known if "_" in one} == set()
