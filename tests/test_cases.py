"""Golden cases: reading them, and telling each difference."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from risk_kit import cases, catalogue
from risk_kit.errors import BadInput

SMALL: Final = Path(__file__).parent / "data" / "small"
PACK: Final = catalogue.pack(str(SMALL))
DAY: Final = date(2026, 1, 1)


def written(folder: Path, text: str) -> Path:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def one(folder: Path, expect: str, answers: str = "{}", extra: str = "") -> Path:
    return written(
        folder, f"id: a\ntitle: 標題\nsource: 理由\nanswers: {answers}\nexpect: {expect}\n{extra}"
    )


def test_a_list_and_a_single_case(tmp_path: Path) -> None:
    (path,) = cases.files(SMALL)
    empty, grave = cases.read(path, PACK, DAY)
    assert (empty.id, empty.title, empty.line, empty.as_of) == ("empty", "空白", 1, DAY)
    assert (grave.title, grave.line, grave.as_of) == ("嚴重損害", 6, date(2026, 11, 22))
    (single,) = cases.read(one(tmp_path, "{tier: top}"), PACK, DAY)
    assert (single.title, single.line) == ("標題", 1)


def test_the_cases_of_the_small_pack_pass() -> None:
    found = cases.read(SMALL / "cases" / "all.yaml", PACK, DAY)
    assert [cases.run(case).differences for case in found] == [(), ()]


@pytest.mark.parametrize(
    ("expect", "answers", "differences"),
    [
        ("{tier: top}", "{}", (("tier", "top…top", "low…top"),)),
        ("{tier_range: [low, mid]}", "{}", (("tier", "low…mid", "low…top"),)),
        ("{fires: [R1]}", "{}", (("R1", "holds", "undecided"),)),
        ("{not_fires: [R1]}", "{}", (("R1", "does_not_hold", "undecided"),)),
        ("{not_fires: [R3]}", "{used: true}", (("R3", "does_not_hold", "holds"),)),
        ("{obligations: [tell]}", "{}", (("tell", "obliges", "does not"),)),
        ("{applies: false}", "{}", (("applies", "False", "holds"),)),
        ("{}", "{}", ()),
        ("{applies: true}", "{}", ()),
        ("{not_fires: [R1]}", "{harm: some}", ()),
    ],
)
def test_each_difference_is_told(
    expect: str, answers: str, differences: tuple[object, ...], tmp_path: Path
) -> None:
    (case,) = cases.read(one(tmp_path, expect, answers), PACK, DAY)
    result = cases.run(case)
    assert result.differences == differences
    assert result.passed == (not differences)


@pytest.mark.parametrize(
    ("expect", "extra", "found", "near"),
    [
        ("{fires: [R11]}", "", ("no_such", 5, "expect.fires"), ["R1"]),
        ("{not_fires: [xx]}", "", ("no_such", 5, "expect.not_fires"), []),
        ("{obligations: [tel]}", "", ("no_such", 5, "expect.obligations"), ["tell"]),
        ("{tier: tpo}", "", ("no_level", 5, "expect.tier"), ["top"]),
        ("{tier_range: [low, hgh]}", "", ("no_level", 5, "expect.tier_range"), []),
        ("{tier_range: [low]}", "", ("too_few", 5, "expect.tier_range"), None),
        ("{tier_range: [low, mid, top]}", "", ("too_many", 5, "expect.tier_range"), None),
        ("{tier: no}", "", ("quote_it", 5, "expect.tier"), None),
        ("{teir: low}", "", ("unknown_key", 5, "expect.teir"), ["tier"]),
        ("{}", "as_of: 2026-02-30\n", ("date_expected", 6, "as_of"), None),
        ("{}", "as_of: soon\n", ("date_expected", 6, "as_of"), None),
        ("{}", "extra: 1\n", ("unknown_key", 6, "extra"), []),
    ],
)
def test_a_case_that_cannot_be_read(
    expect: str,
    extra: str,
    found: tuple[str, int, str],
    near: list[str] | None,
    tmp_path: Path,
) -> None:
    with pytest.raises(BadInput) as error:
        cases.read(one(tmp_path, expect, extra=extra), PACK, DAY)
    (problem,) = error.value.problems
    assert (problem.code, problem.line, problem.path) == found
    assert problem.facts.get("near") == near


def test_all_problems_of_a_file_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = """- {id: a, title: x, source: s, answers: {}, expect: {fires: [zz]}}
- id: b
  title: x
  source: s
  answers: {harm: x, nope: 1}
  expect: {tier: zz}
"""
    with pytest.raises(BadInput) as error:
        cases.read(written(tmp_path, text), PACK, DAY)
    assert [(one.code, one.line) for one in error.value.problems] == [
        ("no_such", 1),
        ("no_option", 5),
        ("no_question", 5),
        ("no_level", 6),
    ]


@pytest.mark.parametrize("text", ["", "[]\n", "hello\n", "- 1\n", "id: a\n"])
def test_a_file_without_cases(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        cases.read(written(tmp_path, text), PACK, DAY)


@pytest.mark.parametrize(
    ("told", "differences"),
    [
        ("{raw: [0, 167], final: [0, 167]}", ()),
        ("{mitigation: 77}", (("mitigation", "77…77", "0…77"),)),
        ("{raw: [1, 167]}", (("raw", "1…167", "0…167"),)),
    ],
)
def test_scores_are_compared(
    told: str, differences: tuple[tuple[str, str, str], ...], tmp_path: Path
) -> None:
    pack = catalogue.pack("ca-aia")
    (case,) = cases.read(one(tmp_path, f"{{dimensions: {told}}}"), pack, DAY)
    assert cases.run(case).differences == differences


@pytest.mark.parametrize(
    ("told", "code", "near"),
    [
        ("{finl: 3}", "no_such", ["final"]),
        ("{raw: [3]}", "too_few", None),
        ("{raw: much}", "wrong_value", None),
    ],
)
def test_scores_that_cannot_be_read(
    told: str, code: str, near: list[str] | None, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as error:
        cases.read(one(tmp_path, f"{{dimensions: {told}}}"), catalogue.pack("ca-aia"), DAY)
    (problem,) = error.value.problems
    assert (problem.code, problem.facts.get("near")) == (code, near)
