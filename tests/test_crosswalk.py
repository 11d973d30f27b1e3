"""One set of answers under several frameworks: rows, dates, and what more is asked."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings

from packs import FRAMEWORK, QUESTIONS, pack
from risk_kit import crosswalk
from risk_kit.assess import assess
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Value
from strategies import partial_answers

TODAY: Final = date(2026, 11, 22)
LATER: Final = date(2027, 12, 2)
HOME: Final = pack()
ADDED: Final = """
items:
  - {id: top, title: {zh: 上, en: top}}
  - {id: sub, parent: top, title: {zh: 下, en: sub}}
obligations:
  - {id: duty, text: {zh: 辦, en: do}, roles: [uses], cites: [{source: own}], basis: toolkit}
rules:
  - id: said
    title: {zh: 註, en: note}
    item: sub
    when: {own_one: true}
    flag: note
    because: {zh: 不同。, en: differs.}
    cites: [{source: own}]
    basis: toolkit
"""
OWN: Final = """
      - id: own_one
        kind: yes_no
        label: {zh: 自己的？, en: Own?}
        show: {live: true}
"""
ABROAD: Final = pack(
    FRAMEWORK.replace("id: small", "id: abroad", 1)
    .replace("\nrules:\n", ADDED, 1)
    .replace("id: hurried\n", f"id: hurried\n    oblige: [duty]\n    valid_from: {LATER}\n")
    .replace("id: hurried\n", "id: hurried\n    item: top\n"),
    QUESTIONS + OWN,
)
BUSY: Final[dict[str, Value]] = {"live": True, "reviewed": 200}


def answers(values: dict[str, Value]) -> AnswerSet:
    return AnswerSet({name: Answer(value) for name, value in values.items()})


def row(values: dict[str, Value], *, compiled: bool = False) -> crosswalk.Row:
    whole = answers(values)
    one = crosswalk.regime(ABROAD, TODAY, compiled=compiled)
    return crosswalk.row(one, whole, crosswalk.asked_at_home(HOME, whole))


def test_what_is_not_in_force_is_told_as_coming_with_its_day() -> None:
    found = row({**BUSY, "reach": "few"})
    assert (found.assessment.tier.low, found.assessment.tier.high) == ("low", "low")
    (coming,) = found.coming
    assert (coming.day, coming.rules, coming.duties) == (LATER, ("hurried",), ("duty",))
    assert coming.tier.low == "top"
    (coming,) = row({"live": True}).coming
    assert (coming.rules, coming.may, coming.duties) == ((), ("hurried",), ("duty",))
    assert row({"live": False, "reach": "few", "reviewed": 0}).coming == ()


def test_the_reasons_carry_the_sure_level_else_the_highest_that_may_be() -> None:
    (why,) = row({"reach": "many"}).why
    assert (why.rule, why.state, why.witness) == ("wide", "holds", {"reach": "many"})
    (why,) = row({"live": True}).why
    assert (why.rule, why.state, why.open) == ("wide", "undecided", ("reach",))
    assert row({"reach": "few"}).why == ()


def test_only_questions_that_the_home_framework_does_not_ask_are_further_ones() -> None:
    assert row({"live": True}).extra == ("own_one",)
    assert row({"live": True}).waiting == ("reach",)
    assert row({"live": True, "own_one": UNKNOWN}).extra == ()
    assert row({}).extra == ()


def test_notes_speak_beside_the_level() -> None:
    found = row({"live": True, "own_one": True})
    assert (found.notes, found.flags) == (("said",), ())
    assert crosswalk.item_states(found) == {"sub": "holds", "top": "holds"}


def test_answers_to_other_frameworks_do_not_count_at_home() -> None:
    one = crosswalk.regime(HOME, TODAY)
    found = crosswalk.row(one, answers({**BUSY, "own_one": True}), frozenset())
    assert "own_one" not in found.answers.answers
    assert found.assessment == assess(HOME, answers(BUSY), TODAY, reasons=False)


@settings(max_examples=60)
@given(partial_answers(ABROAD))
def test_the_compiled_form_gives_the_same_row(values: dict[str, Value]) -> None:
    assert row(values, compiled=True) == row(values)


def test_a_form_made_for_another_day_is_refused() -> None:
    one = crosswalk.regime(ABROAD, TODAY, compiled=True)
    with pytest.raises(ValueError, match="another pack or day"):
        assess(ABROAD, answers({}), LATER, ready=one.compiled[0])
