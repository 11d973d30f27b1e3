"""The words that every shell shows, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from risk_kit import catalogue, wording
from risk_kit.assess import Assessment, LevelRange, assess
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Basis, Cite, Value

PACK: Final = catalogue.pack(str(Path(__file__).parent / "data" / "small"))
DAY: Final = date(2026, 11, 22)


def assessed(**values: Value) -> Assessment:
    return assess(PACK, AnswerSet({name: Answer(value) for name, value in values.items()}), DAY)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 7, 7), "中華民國115年7月7日", "7 July 2026"),
        (date(1912, 1, 1), "中華民國1年1月1日", "1 January 1912"),
        (date(1911, 12, 31), "西元1911年12月31日", "31 December 1911"),
        (date(1, 1, 1), "西元1年1月1日", "1 January 1"),
    ],
)
def test_dates_are_written_as_in_documents(value: date, zh: str, en: str) -> None:
    assert wording.day(value, "zh") == zh
    assert wording.day(value, "en") == en


@pytest.mark.parametrize(
    ("question", "value", "zh", "en"),
    [
        ("used", True, "是", "yes"),
        ("used", False, "否", "no"),
        ("used", None, "尚未作答", "not answered"),
        ("used", UNKNOWN, "尚未確認", "not yet known"),
        ("harm", "grave", "嚴重", "Grave"),
        ("harm", "gone", "gone", "gone"),
        ("who", frozenset({"public", "staff"}), "員工；民眾", "Staff; The public"),
        ("who", frozenset(), "未選任何項目", "none chosen"),
        ("people", 12, "12", "12"),
        ("since", date(2026, 7, 7), "中華民國115年7月7日", "7 July 2026"),
        ("remark", "<b>", "<b>", "<b>"),
    ],
)
def test_answers_are_shown_with_their_labels(
    question: str, value: Value | None, zh: str, en: str
) -> None:
    assert wording.value(PACK.questions[question], value, "zh") == zh
    assert wording.value(PACK.questions[question], value, "en") == en


def test_unanswered_is_never_shown_as_no() -> None:
    for question in PACK.questions.values():
        assert wording.value(question, None, "zh") != wording.value(question, False, "zh")


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            {"harm": "none"},
            "依所填答案，本項應用之指示性級距為「低」。",
            "On these answers the indicative tier of this use is “Low”.",
        ),
        (
            {"harm": "some", "since": date(2021, 1, 1)},
            "依所填答案，本項應用之指示性級距為「中」。",
            "On these answers the indicative tier of this use is “Middle”.",
        ),
        (
            {"harm": "grave", "used": True, "people": 0, "since": date(2025, 1, 1)},
            "依目前答案，指示性級距介於「低」與「高」之間，尚有 1 題影響結果；定案前以「高」看待。",
            (
                "So far the indicative tier lies between “Low” and “Top”; 1 open question can still "
                "move it. Until then treat it as “Top”."
            ),
        ),
    ],
)
def test_the_sentence_that_says_the_result(values: dict[str, Value], zh: str, en: str) -> None:
    assert wording.result(PACK, assessed(**values), "zh") == zh
    assert wording.result(PACK, assessed(**values), "en") == en


def test_scope_is_said_when_it_is_not_settled_or_not_given() -> None:
    got = assessed(harm="none")
    maybe = replace(got, applies="undecided")
    outside = replace(got, applies="does_not_hold", tier=LevelRange("tier", None, None))
    assert wording.result(PACK, maybe, "zh").startswith("是否屬本框架範圍尚未確定。依所填答案")
    assert wording.result(PACK, maybe, "en").startswith(
        "Whether the use is in scope is not settled"
    )
    assert "不在本框架之範圍" in wording.result(PACK, outside, "zh")
    assert "outside the scope" in wording.result(PACK, outside, "en")
    assert wording.span(PACK, outside.tier, "zh") == "不在本框架範圍"
    assert wording.span(PACK, outside.tier, "en") == "outside the scope of the framework"


def test_a_tier_is_always_marked_as_indicative() -> None:
    decided, open_ = assessed(harm="none").tier, assessed().tier
    assert wording.span(PACK, decided, "zh") == "指示性：低"
    assert wording.span(PACK, decided, "en") == "Indicative: Low"
    assert wording.span(PACK, open_, "zh") == "指示性：低～高"
    assert wording.span(PACK, open_, "en") == "Indicative: Low – Top"


def test_a_citation_says_whether_its_text_was_checked() -> None:
    shipped = catalogue.pack("tw-ai-risk")
    assert wording.cite(PACK, Cite("method", "第1節"), "zh") == "方法第1節"
    assert wording.cite(PACK, Cite("method"), "en") == "Method"
    assert wording.cite(PACK, Cite("gone", "§1"), "en") == "gone §1"
    act = wording.cite(shipped, Cite("basic_act", "第5條"), "zh")
    assert re.fullmatch("《人工智慧基本法》第5條（(已|尚未)核對原文）", act)
    assert "checked against the original)" in wording.cite(shipped, Cite("basic_act"), "en")


def test_words_are_there_in_both_languages() -> None:
    for text in wording.TEXTS.values():
        assert text.zh.strip()
        assert text.en.strip()
        assert re.search("[\u4e00-\u9fff]", text.zh)
    assert wording.say("nothing_of_the_table", "zh") == "nothing_of_the_table"
    assert wording.basis("official", "zh") == "依據：官方"
    assert wording.basis("toolkit", "en") == "basis: this toolkit"
    assert wording.level(PACK, None, "zh") == ""


def test_every_word_of_the_shipped_pack_that_is_shown_has_its_translation() -> None:
    shipped = catalogue.pack("tw-ai-risk")
    forces = {one.force for one in shipped.framework.sources}
    roles = {role for one in shipped.framework.obligations for role in one.roles}
    bases = {one.basis for one in shipped.framework.rules}
    assert (forces | roles | bases) - wording.TEXTS.keys() == set()


def test_contradicting_answers_are_said_first() -> None:
    rules = tuple(
        replace(one, flag="block") if one.flag == "ask" else one for one in PACK.framework.rules
    )
    blocking = replace(PACK, framework=replace(PACK.framework, rules=rules))
    given: dict[str, Value] = {
        "used": True,
        "harm": "grave",
        "who": frozenset({"public"}),
        "people": 3,
        "since": date(2025, 1, 1),
    }
    got = assessed(**given)
    assert wording.result(blocking, got, "zh").startswith("部分答案互相矛盾")
    assert wording.result(blocking, got, "en").startswith("Some answers contradict")
    assert "矛盾" not in wording.result(PACK, got, "zh")


@pytest.mark.parametrize(
    ("basis", "source", "zh", "en"),
    [
        ("official", "basic_act", "情形依據：官方（法律明列）；級距：本工具訂定", "named in law"),
        ("official", "moda_framework", "情形依據：官方文件；級距：本工具訂定", "official document"),
        ("guidance", "basic_act", "情形依據：指引；級距：本工具訂定", "guidance"),
        ("toolkit", "basic_act", "條件與級距：本工具訂定", "condition and level"),
    ],
)
def test_whose_the_situation_is_and_whose_the_level(
    basis: Basis, source: str, zh: str, en: str
) -> None:
    shipped = catalogue.pack("tw-ai-risk")
    named = next(one for one in shipped.framework.rules if one.raises and one.item is None)
    rule = replace(named, basis=basis, cites=(Cite(source),))
    assert wording.rule_basis(shipped, rule, "zh") == f"{zh}（指示性）"
    assert en in (told := wording.rule_basis(shipped, rule, "en"))
    assert told.endswith("set by this toolkit (indicative)")
    plain = replace(rule, raises=(), points=())
    assert wording.rule_basis(shipped, plain, "zh") == wording.basis(basis, "zh")


def test_a_rule_of_an_official_sub_type_says_that_only_the_sub_type_is_official() -> None:
    shipped = catalogue.pack("tw-ai-risk")
    rule = next(one for one in shipped.framework.rules if one.item == "A2" and one.raises)
    assert wording.rule_basis(shipped, rule, "zh").startswith("子類型依據：官方框架；條件與級距：")
