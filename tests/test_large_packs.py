"""Packs that are too large, too deep or wrong in many places: bounded work, every fault told."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from packs import FRAMEWORK, QUESTIONS, base
from risk_kit import load
from risk_kit.catalogue import refuse
from risk_kit.check import faults
from risk_kit.errors import BadInput, Problem
from risk_kit.yamlread import read

RULE = """
  - id: r{n}
    title: {{zh: 規則, en: rule}}
    when: {when}
    raise: {{tier: {tier}}}
    because: {{zh: 理由。, en: Reason.}}
    cites: [{{source: {source}}}]
    basis: toolkit
"""


def rules(count: int, when: str = "{live: true}", tier: str = "mid", source: str = "own") -> str:
    made = (RULE.format(n=n, when=when, tier=tier, source=source) for n in range(count))
    return FRAMEWORK + "".join(made)


def problems(framework: str, questions: str = QUESTIONS) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        check(framework, questions)
    return caught.value.problems


def check(framework: str, questions: str) -> None:
    asked = load.questionnaire(read(questions.encode(), "questionnaire.yaml"))
    document = read(framework.encode(), "framework.yaml")
    refuse(document, faults(load.framework(document, asked), asked))


def test_ten_thousand_rules_load_in_bounded_time() -> None:
    start = time.process_time()
    framework, _ = base(rules(10_000))
    assert len(framework.rules) == 10_002
    assert time.process_time() - start < 60


def test_ten_thousand_wrong_rules_tell_at_most_a_hundred() -> None:
    found = problems(rules(10_000, when="{lives: true}"))
    assert len(found) == 100
    assert {(p.code, p.facts["near"][0]) for p in found} == {("unknown_question", "live")}
    assert all(p.line for p in found)


def deep(levels: int) -> str:
    return "{not: " * levels + "{live: true}" + "}" * levels


@pytest.mark.parametrize("levels", [70, 1_000, 100_000])
def test_nesting_is_bounded(levels: int) -> None:
    found = problems(rules(1, when=deep(levels)))
    assert [p.code for p in found] == ["nested_too_deep"]
    assert found[0].line


def test_a_long_chain_of_criteria_is_too_deep() -> None:
    chain = "".join(
        f"  - {{id: c{n}, title: {{zh: 判準, en: c}}, when: {{not: {{criterion: c{n - 1}}}}}}}\n"
        for n in range(1, 5_000)
    )
    first = "  - {id: c0, title: {zh: 判準, en: c}, when: {live: true}}\n"
    found = problems(FRAMEWORK.replace("criteria:\n", "criteria:\n" + first + chain))
    assert [p.code for p in found] == ["too_deep"]


def _loop(text: str) -> str:
    return text.replace(
        "when: {reviewed: {at_least: {parameter: a_day}}}", "when: {criterion: busy}"
    )


WRONG: list[tuple[Callable[[str], str], str]] = [
    (_loop, "cycle"),
    (lambda t: t.replace("{criterion: busy}", "{criterion: bussy}"), "no_such"),
    (lambda t: t.replace("{parameter: a_day}", "{parameter: a_dya}"), "no_such"),
    (lambda t: t.replace("raise: {tier: mid}", "raise: {tier: middle}"), "no_level"),
    (lambda t: t.replace("raise: {tier: mid}", "raise: {tire: mid}"), "no_such"),
    (lambda t: t.replace("cites: [{source: own}]", "cites: [{source: other}]"), "no_such"),
    (lambda t: t.replace("cites: [{source: own}]", "cites: []"), "no_citation"),
    (lambda t: t.replace("- id: hurried", "- id: wide"), "id_twice"),
    (lambda t: t.replace("main_scale: tier", "main_scale: level"), "no_such"),
    (lambda t: t.replace("raise: {tier: mid}", "verified: false"), "no_effect"),
    (lambda t: t.replace("raise: {tier: mid}", "exempt: [nothing]"), "no_such"),
    (lambda t: t.replace("when: {reach: many}", "when: {answered: reach}"), "answered_in_rule"),
    (
        lambda t: t.replace("when: {reach: many}", "when: {reach: {includes: many}}"),
        "test_not_for_kind",
    ),
    (lambda t: t.replace("when: {reach: many}", "when: {reach: plenty}"), "no_option"),
    (lambda t: t.replace("when: {reach: many}", "when: {reach: many, live: true}"), "one_key"),
    (lambda t: t.replace("basis: toolkit", "basis: offical"), "not_offered"),
    (lambda t: t.replace("{id: low, label", "{id: mid, label"), "id_twice"),
    (
        lambda t: t.replace(
            "parameters:",
            "dimensions:\n  - {id: d, title: {zh: 分, en: d}, unit: {zh: 分, en: p}, "
            "minimum: 0, maximum: 9, thresholds: [{id: a, at: 5}, {id: b, at: 5}]}\nparameters:",
        ),
        "thresholds",
    ),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_authors_mistakes_are_told(change: Callable[[str], str], code: str) -> None:
    wrong = change(FRAMEWORK)
    assert wrong != FRAMEWORK
    assert code in {p.code for p in problems(wrong)}


def test_an_option_id_used_twice() -> None:
    twice = QUESTIONS.replace("{id: some, label", "{id: few, label")
    assert "id_twice" in {p.code for p in problems(FRAMEWORK, twice)}


def test_several_mistakes_at_once_each_with_its_line() -> None:
    wrong = FRAMEWORK.replace("{reach: many}", "{reech: many}").replace("{live: true}", "{live: 3}")
    found = problems(wrong)
    assert [p.code for p in found] == ["unknown_question", "boolean_expected"]
    lines = wrong.splitlines()
    assert ["reech" in lines[(p.line or 0) - 1] for p in found] == [True, False]
