"""The CSV: characters right in a spreadsheet, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

import pytest

from risk_kit import answers, casework, catalogue, rendering, sheet
from risk_kit.assess import Work
from risk_kit.document import Language, Table
from risk_kit.model import FollowUp
from risk_kit.response import followups
from risk_kit.yamlread import read

SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
EMPTY: Final = b"framework: small\nanswers: {}\n"


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def cell(text: str) -> str:
    return rows(sheet.render(Table(("欄",), ((text,),), (1,))))[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =cmd|' /C calc'!A0",
        "＝1+1",
        "＠A",
        "\n=1",
        "\u202e=1\u200b",
        "\ufeff=1",
        "\u00a0=1",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    found = cell(text)
    assert not found.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_other_cells_stay_as_they_are() -> None:
    for text in ("王小明", 'a "b", c', "一\n二", "1+1=2", "<b>", "{{ 7*7 }}", "𠮷堃𤧟", ""):
        assert cell(text) == text


def test_controls_and_overrides_show_as_a_mark() -> None:
    assert cell("前\u202e後\x00") == "前〓後〓"


def test_a_very_long_cell_is_whole() -> None:
    assert cell("長" * 100_000) == "長" * 100_000


def case() -> Work:
    work = casework.open_case(answers.read(SAMPLE))
    first = followups(work)[0]
    told = FollowUp(first.question, first.measure, "=甲", date(2027, 1, 31), "doing", "決\n議")
    return replace(work, answers=replace(work.answers, followups=(told,)))


@pytest.mark.parametrize(
    ("language", "head", "state"),
    [("zh", ["主辦", "期限"], "辦理中"), ("en", ["Owner", "Due"], "under way")],
)
def test_the_follow_up_of_a_case(language: Language, head: list[str], state: str) -> None:
    work = case()
    found = rows(rendering.render(work, language, Path("a.csv")))
    assert found[0][2:4] == head
    assert len(found) == 1 + len(followups(work))
    assert found[1][2:6] == ["'=甲", "2027-01-31", state, "決\n議"]


def test_a_case_without_follow_up_has_the_head_alone() -> None:
    pack = str(Path(__file__).parent / "data" / "small")
    work = casework.open_case(answers.from_document(read(EMPTY, "case.yaml")), pack)
    assert len(rows(rendering.render(work, "zh", Path("a.csv")))) == 1
