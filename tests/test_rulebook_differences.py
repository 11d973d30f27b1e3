"""Differences between two packs in words: each one once, under its title, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from risk_kit import catalogue
from risk_kit.difference import differences
from risk_kit.document import Language
from risk_kit.model import Pack, Text
from risk_kit.rulebook_differences import DifferenceRow, rows

BASE = catalogue.pack("tw-ai-risk")


def changed(**parts: object) -> Pack:
    return replace(BASE, questionnaire=replace(BASE.questionnaire, **parts))


def test_nothing_differs_from_itself() -> None:
    assert rows(BASE, BASE, "zh") == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("overlay", catalogue.overlays_of(catalogue.folder_of("tw-ai-risk")))
def test_every_difference_has_a_row_both_ways(language: Language, overlay: str) -> None:
    laid = catalogue.pack("tw-ai-risk", (overlay,))
    there, back = rows(BASE, laid, language), rows(laid, BASE, language)
    assert [(one.sort, one.kind, one.id) for one in there] == [
        (one.sort, one.kind, one.id) for one in differences(BASE, laid)
    ]
    added = {(one.kind, one.id, one.thing) for one in there if one.sort == "added"}
    assert added == {(one.kind, one.id, one.thing) for one in back if one.sort == "removed"}
    assert not [one for one in there if one.thing == one.id or not one.thing]
    assert all(one.after and one.before for one in there if one.sort == "changed")


def test_a_removed_section_is_called_by_its_title() -> None:
    first, *rest = BASE.questionnaire.sections
    (row,) = rows(BASE, changed(sections=tuple(rest)), "zh")
    assert row == DifferenceRow("removed", "sections", "題目的各節", first.id, first.title.zh)


def test_a_new_wording_stands_beside_the_old_one() -> None:
    first, *rest = BASE.questionnaire.questions
    new = replace(first, label=Text("新的題目文字", "New wording"))
    (row,) = rows(BASE, changed(questions=(new, *rest)), "en")
    assert (row.sort, row.kind_words, row.field) == ("changed", "Questions", "wording")
    assert (row.before, row.after) == (first.label.en, "New wording")


def test_a_field_without_a_word_of_its_own_is_told_as_other_content() -> None:
    first, *rest = BASE.questionnaire.questions
    new = replace(first, changeable=not first.changeable)
    (row,) = rows(BASE, changed(questions=(new, *rest)), "zh")
    assert row.field == "其他內容"
