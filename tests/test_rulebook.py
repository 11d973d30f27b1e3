"""The rulebook: complete, in words, honest about whose a statement is, and pure."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from packs import FRAMEWORK, base, pack
from risk_kit import catalogue, load_overlay, rulebook, rulebook_files
from risk_kit.condition import parts_of
from risk_kit.document import Language
from risk_kit.forms import All, AnyOf, AtLeast, Chosen, Condition, Equals, Named, Not
from risk_kit.layers import Overlay
from risk_kit.model import Pack
from risk_kit.overlay import fingerprint, resolve
from risk_kit.rulebook_clauses import clause, criteria_in, in_line, nested, walk
from risk_kit.rulebook_rows import Rulebook, RuleRow
from risk_kit.yamlread import read
from strategies import packs

SHIPPED = catalogue.pack("tw-ai-risk")
BOOKS = {language: rulebook.build(SHIPPED, language) for language in ("zh", "en")}


def row(book: Rulebook, ident: str) -> RuleRow:
    return next(one for one in book.rules if one.id == ident)


# ------------------------------------------------------------------ clauses


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (Equals("live", (True,)), "「是否上線？」為是", "“Live?” is yes"),
        (All((Equals("live", (True,)),)), "「是否上線？」為是", "“Live?” is yes"),
        (
            All((Equals("live", (True,)), Named("busy"))),
            "下列全部成立（「是否上線？」為是；「件數過多」）",
            "all of the following (“Live?” is yes; “too many cases”)",
        ),
        (
            Not(AnyOf((Equals("live", (True,)), Named("busy")))),
            "下列無一成立（「是否上線？」為是；「件數過多」）",
            "none of the following (“Live?” is yes; “too many cases”)",
        ),
        (
            Not(All((Equals("live", (True,)), Named("busy")))),
            "下列並非全部成立（「是否上線？」為是；「件數過多」）",
            "not all of the following (“Live?” is yes; “too many cases”)",
        ),
        (Not(Named("busy")), "並非「件數過多」", "not “too many cases”"),
        (
            AtLeast(1, (Named("busy"), Equals("live", (False,)))),
            "下列至少 1 項成立（「件數過多」；「是否上線？」為否）",
            "at least 1 of the following (“too many cases”; “Live?” is no)",
        ),
        (
            Not(AtLeast(2, (Named("busy"), Equals("live", (False,))))),
            "下列成立不足 2 項（「件數過多」；「是否上線？」為否）",
            "fewer than 2 of the following (“too many cases”; “Live?” is no)",
        ),
        (
            Equals("reach", ("few", "many")),
            "「影響人數」為下列之一（少；多）",
            "“Reach” is one of these (few; many)",
        ),
        (
            Chosen("who", ("staff", "public"), 1, None),
            "「影響誰」選有下列任一項（同仁；民眾）",
            "“Who” includes any of these (staff; public)",
        ),
        (
            Chosen("who", ("staff", "public"), 2, None),
            "「影響誰」下列全選（同仁；民眾）",
            "“Who” includes all of these (staff; public)",
        ),
        (
            Chosen("who", ("staff", "public"), 0, 0),
            "「影響誰」未選下列任何一項（同仁；民眾）",
            "“Who” includes none of these (staff; public)",
        ),
        (
            Chosen("who", ("staff", "public"), 1, 1),
            "「影響誰」恰選有下列 1 項（同仁；民眾）",
            "“Who” includes exactly 1 of these (staff; public)",
        ),
        (AnyOf(()), "一律不成立", "never"),
    ],
)
def test_a_condition_becomes_a_list(condition: Condition, zh: str, en: str) -> None:
    assert in_line(clause(pack(), condition, "zh"), "zh") == zh
    assert in_line(clause(pack(), condition, "en"), "en") == en


def test_options_are_told_apart_from_conditions() -> None:
    told = clause(pack(), All((Equals("reach", ("few", "many")), Named("busy"))), "zh")
    assert [part.options for part in told.parts] == [True, False]
    assert criteria_in(told) == ("busy",)
    assert criteria_in(clause(pack(), Not(Named("busy")), "zh")) == ("busy",)
    assert criteria_in(None) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("「甲」", "「甲」"),
        ("「「甲」是否？」為是", "「『甲』是否？」為是"),
        ("「甲」與「乙「丙」」", "「甲」與「乙『丙』」"),
        ("甲", "甲"),
    ],
)
def test_quotation_within_quotation(before: str, after: str) -> None:
    assert nested(before) == after


def named_in(one: Condition) -> set[str]:
    here = {one.criterion} if isinstance(one, Named) else set()
    return here.union(*map(named_in, parts_of(one)))


@settings(max_examples=60)
@given(packs())
def test_any_pack_has_a_rulebook_in_every_form(drawn: Pack) -> None:
    for language in ("zh", "en"):
        book = rulebook.build(drawn, language)
        assert {one.id for one in book.rules} == set(drawn.rules)
        for rule in drawn.framework.rules:
            assert set(criteria_in(row(book, rule.id).condition)) == named_in(rule.when)
        for form in ("text", "md", "html", "json"):
            assert rulebook_files.rendered(book, form).endswith("\n")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_criterion_named_by_a_rule_is_a_link(language: Language) -> None:
    for rule in SHIPPED.framework.rules:
        assert set(criteria_in(clause(SHIPPED, rule.when, language))) == named_in(rule.when)


# ------------------------------------------------------------------ the whole book


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_of_the_pack_is_missing(language: Language) -> None:
    book = BOOKS[language]
    assert {one.id for one in book.rules} == set(SHIPPED.rules)
    assert [one.id for one in book.questions] == list(SHIPPED.questions)
    assert [one.id for one in book.criteria] == list(SHIPPED.criteria)
    assert [one.id for one in book.obligations] == list(SHIPPED.obligations)
    assert [one.id for one in book.sources] == list(SHIPPED.sources)
    assert [one.id for one in book.parameters] == [p.id for p in SHIPPED.framework.parameters]
    for one in book.rules:
        assert one.title
        assert one.because
        assert one.effects
        assert one.citations
        assert one.condition.text


def test_what_no_row_says_is_an_id() -> None:
    ids = {*SHIPPED.questions, *SHIPPED.criteria, *SHIPPED.obligations} - {"office", "life"}
    for language, book in BOOKS.items():
        told = [part.text for one in book.rules for part in walk(one.condition)]
        told += [effect for one in book.rules for effect in one.effects]
        words = {word.strip("「」“”（）();；,") for text in told for word in text.split()}
        assert not {word for word in words & ids if "_" in word}, language


def test_groups_stand_from_the_highest_level_down() -> None:
    order = [one.id for one in BOOKS["zh"].groups]
    places = [order.index(one.group) for one in BOOKS["zh"].rules]
    assert places == sorted(places)
    assert order[:4] == [level.id for level in reversed(SHIPPED.main_scale.levels)]


def test_a_mixed_rule_is_never_called_official_alone() -> None:
    for rule in SHIPPED.framework.rules:
        told = {lang: row(book, rule.id).basis_words for lang, book in BOOKS.items()}
        if rule.raises:  # also of rules that move another scale
            assert "指示性" in told["zh"]
            assert "indicative" in told["en"]
            assert "本工具" in told["zh"]
        assert ("情形依據：官方" in told["zh"]) == (rule.basis == "official" and bool(rule.raises))


def test_unchecked_sources_say_so() -> None:
    for one in BOOKS["zh"].rules:
        for cite in one.citations:
            source = SHIPPED.sources[cite.source]
            if source.force != "method":
                assert cite.checked == ("已核對原文" if source.verified else "尚未核對原文")
                assert cite.force


def test_exemptions_are_told_from_both_sides() -> None:
    for one in BOOKS["zh"].rules:
        for other in one.exempts:
            assert one.id in {by.id for by in row(BOOKS["zh"], other.id).exempted_by}


def test_counts_are_those_of_the_pack() -> None:
    counts = BOOKS["zh"].counts
    numbers = {kind: number for kind, _, number in counts.things}
    assert numbers["rules"] == len(SHIPPED.rules) == sum(n for _, _, n in counts.groups)
    assert numbers["questions"] == len(SHIPPED.questions)
    for one in counts.shares:
        assert one.official + one.guidance + one.toolkit == one.total
    rules = next(one for one in counts.shares if one.kind == "rules")
    assert rules.verified == sum(rule.verified for rule in SHIPPED.framework.rules)


def test_the_same_pack_gives_the_same_book() -> None:
    assert rulebook.build(SHIPPED, "zh") == BOOKS["zh"]


def test_the_json_form_is_json() -> None:
    value = json.loads(rulebook_files.rendered(BOOKS["en"], "json"))
    assert value["format"] == "risk-kit/rules/1"
    assert len(value["rules"]) == len(SHIPPED.rules)
    assert value["digest"] == SHIPPED.digest


# ------------------------------------------------------------------ overlays

HEAD = """
format: risk-kit/overlay/1
id: office
version: "1"
base: small@1
title: {zh: 疊加, en: overlay}
"""
BODY = """
criteria:
  - {id: open_use, title: {zh: 公開使用, en: open use}, when: {who: {includes: public}}}
rules:
  - id: OFFICE
    title: {zh: 機關規則, en: office rule}
    when: {criterion: open_use}
    raise: {tier: mid}
    because: {zh: 機關要求。, en: The office asks for it.}
    cites: [{source: own}]
    basis: toolkit
changes:
  - op: widen
    target: criteria/crowd
    expect: "CROWD"
    when: {who: {includes: public}}
  - {op: set, target: parameters/a_day, expect: 60, with: 30}
  - op: weaken
    target: rules/wide
    scale: tier
    expect: mid
    with: low
    authority: {zh: 某部, en: a ministry}
    reason: {zh: 影響輕微, en: little effect}
    date: 2026-09-01
"""


CROWDED = FRAMEWORK.replace(
    "criteria:\n", "criteria:\n  - {id: crowd, title: {zh: 眾人, en: crowd}, when: {reach: many}}\n"
)


def laid_over() -> tuple[Pack, Pack, Overlay]:
    """The base, the base with the overlay, the overlay."""
    framework, asked = base(CROWDED)
    body = BODY.replace("CROWD", fingerprint(framework.criteria[0]))
    document = read((HEAD + body).encode(), "office.yaml")
    laid = load_overlay.overlay(document, framework, asked)
    return resolve(framework, asked), resolve(framework, asked, [laid]), laid


def test_layers_additions_and_changes_are_told() -> None:
    under, found, laid = laid_over()
    book = rulebook.build(found, "zh", base=under, overlays=[laid])
    assert [one.title for one in book.layers] == ["疊加"]
    assert row(book, "OFFICE").origin.words == "疊加"
    assert row(book, "wide").origin.words == "基礎框架"
    (number,) = [one for one in book.parameters if one.id == "a_day"]
    assert (number.value, number.origin.changed_by) == (30, ("office",))
    assert "由疊加更動" in number.origin.changes
    changed = {one.id: one for one in book.changes}
    set_to = changed["a_day"]
    assert (set_to.layers, set_to.before, set_to.after) == (("office",), "60", "30")
    wider = changed["crowd"]
    assert wider.before == "「影響人數」為多"
    assert wider.after == "原條件成立，或者：「影響誰」選有：民眾"
    lowered = changed["wide"]
    assert lowered.before == "「級距」至少為「中」。"
    assert (lowered.authority, lowered.reason) == ("某部", "影響輕微")
    assert lowered.date == "中華民國115年9月1日"
    own = rulebook.only(book, "office")
    assert [one.id for one in own.rules] == ["OFFICE"]
    assert [one.id for one in own.criteria] == ["open_use"]
    assert own.questions == ()
    assert own.title == "疊加"
    assert {"office"} == {name for one in own.changes for name in one.layers}


def test_without_its_title_a_layer_is_named_by_its_id() -> None:
    _, found, _ = laid_over()
    assert rulebook.build(found, "en").layers[0].title == "office"
