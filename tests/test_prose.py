"""Conditions in words: labels, never ids."""

from __future__ import annotations

import pytest

from packs import FRAMEWORK, QUESTIONS, base, pack
from risk_kit import catalogue, prose
from risk_kit.forms import Equals
from risk_kit.load import Builder, names_in
from risk_kit.model import Cite, Raise, Text
from risk_kit.overlay import resolve
from risk_kit.yamlread import read

SCORED = FRAMEWORK.replace(
    "criteria:",
    "dimensions:\n  - {id: points, title: {zh: 總分, en: total}, unit: {zh: 分, en: points}, "
    "minimum: 0, maximum: 9, thresholds: [{id: much, at: 5}]}\ncriteria:",
)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("{live: true}", "「是否上線？」為是", "“Live?” is yes"),
        ("{not: {live: true}}", "並非「是否上線？」為是", "not “Live?” is yes"),
        (
            "{reach: {at_least: some}}",
            "「影響人數」為下列之一：中、多",
            "“Reach” is one of: some, many",
        ),
        ("{who: {includes: public}}", "「影響誰」選有：民眾", "“Who” includes any of: public"),
        (
            "{who: {includes_any: [staff, public]}}",
            "「影響誰」選有任一：同仁、民眾",
            "“Who” includes any of: staff, public",
        ),
        (
            "{who: {includes_all: [staff, public]}}",
            "「影響誰」全選：同仁、民眾",
            "“Who” includes all of: staff, public",
        ),
        (
            "{who: {only: [staff]}}",
            "「影響誰」未選：民眾、無",
            "“Who” includes none of: public, nobody",
        ),
        (
            "{who: {count: {of: [staff, public], at_least: 1, at_most: 1}}}",
            "「影響誰」所選項數為 1：同仁、民眾",
            "“Who”: number is 1 of: staff, public",
        ),
        (
            "{reviewed: {at_least: 5, at_most: 9}}",
            "「件數」不小於 5 且不大於 9",
            "“Cases” is at least 5 and at most 9",
        ),
        ("{reviewed: {at_most: 9}}", "「件數」不大於 9", "“Cases” is at most 9"),
        ("{all: []}", "一律成立", "always"),
        ("{any: []}", "一律不成立", "never"),
        ("{criterion: busy}", "「件數過多」", "“too many cases”"),
        ("{answered: live}", "「是否上線？」已作答", "“Live?” is answered"),
        (
            "{all: [{live: true}, {any: [{live: false}, {reach: few}]}]}",
            "「是否上線？」為是且（「是否上線？」為否或「影響人數」為少）",
            "“Live?” is yes and (“Live?” is no or “Reach” is few)",
        ),
        (
            "{at_least: {n: 1, of: [{live: true}, {reach: few}]}}",
            "下列至少 1 項：「是否上線？」為是；「影響人數」為少",
            "at least 1 of: “Live?” is yes; “Reach” is few",
        ),
        (
            "{score: {dimension: points, reaches: much}}",
            "「總分」達 5 分",
            "“total” reaches 5 points",
        ),
        (
            "{sum: {of: [{question: reviewed, times: 2}], at_least: 4}}",
            "「件數」不小於 4",
            "“Cases” is at least 4",
        ),
        (
            "{pair: {row: reach, column: reach, in: [[few, few]]}}",
            "「影響人數」 × 「影響人數」：少 × 少",
            "“Reach” × “Reach”：few × few",
        ),
    ],
)
def test_in_words(text: str, zh: str, en: str) -> None:
    framework, asked = base(SCORED, QUESTIONS)
    found = resolve(framework, asked)
    document = read(text.encode(), "condition.yaml")
    raw = read(SCORED.encode(), "framework.yaml").value
    reader = Builder(document, found.questions, names_in(raw), {"a_day": 60})
    condition = reader.condition(document.value, ())
    assert reader.problems == []
    assert prose.condition(found, condition, "zh") == zh
    assert prose.condition(found, condition, "en") == en


def test_no_rule_of_the_shipped_pack_shows_an_id() -> None:
    shipped = catalogue.pack("tw-ai-risk")
    for rule in shipped.rules.values():
        told = prose.condition(shipped, rule.when, "zh")
        words = set(told.replace("（", " ").replace("「", " ").split())
        assert told
        assert not words & {*shipped.questions, *shipped.criteria}


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Text("甲", "A"), "甲", "A"),
        (Equals("live", (True,)), "「是否上線？」為是", "“Live?” is yes"),
        ((Text("甲", "A"), Text("乙", "B")), "甲；乙", "A; B"),
        (Cite("own", "第5條"), "own 第5條", "own 第5條"),
        (Cite("own"), "own", "own"),
        (Raise("tier", "top"), "tier top", "tier top"),
        (None, "", ""),
        (False, "", ""),
        (0, "0", "0"),
        ((), "", ""),
    ],
)
def test_any_value_in_words(value: object, zh: str, en: str) -> None:
    assert prose.anything(pack(), value, "zh") == zh
    assert prose.anything(pack(), value, "en") == en
