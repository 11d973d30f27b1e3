"""`risk-kit check`: which files, which kind, which problems, and whether all could be read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from risk_kit import checking
from risk_kit.errors import BadInput, NotAvailable

SMALL: Final = Path(__file__).parent / "data" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small pack that may be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def found(*paths: object) -> list[tuple[str, str, int | None]]:
    checked = checking.check(tuple(map(str, paths)))
    return [(one.code, Path(one.file or "").name, one.line) for one in checked.problems]


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_yaml_file_below_a_folder_once(folder: Path) -> None:
    checked = checking.check((str(folder), str(folder / "framework.yaml"), str(folder)))
    assert [Path(one).name for one in checked.files] == [
        *("all.yaml", "framework.yaml"),
        "questionnaire.yaml",
    ]
    assert (checked.problems, checked.readable) == ((), True)
    put(folder / "notes.txt", "x: [")
    assert found(folder) == []


def test_a_fault_of_the_pack_is_told_once(folder: Path) -> None:
    text = (folder / "framework.yaml").read_text(encoding="utf-8")
    put(folder / "framework.yaml", text.replace("oblige: [tell]", "oblige: [tel]"))
    assert found(folder) == [("no_such", "framework.yaml", 36)]


def test_each_kind_is_told_by_its_content(folder: Path) -> None:
    cases = put(
        folder / "cases" / "x.yaml", "[{id: a, title: x, source: s, answers: {}, expect: 1}]"
    )
    answers = put(folder / "samples" / "x.yaml", "framework: small\nanswers: {x: 1}\n")
    questions = put(folder / "q.yaml", "sections: []\n")
    other = put(folder / "z.yaml", "a: 1\n")
    assert [code for code, *_ in found(cases)] == ["wrong_value"]
    assert found(answers) == [("no_question", "x.yaml", 2)]
    assert {code for code, *_ in found(questions)} == {"missing_key", "empty"}
    assert found(other) == [("unknown_pack_file", "z.yaml", 1)]


def test_a_file_that_is_no_part_of_a_pack_cannot_hide_behind_one(folder: Path) -> None:
    copy = put(folder / "other.yaml", "format: risk-kit/framework/1\nid: x\n")
    assert found(copy) == [("framework_name", "other.yaml", 1)]
    lost = put(folder.parent / "x" / "y.yaml", "id: a\nexpect: {}\n")
    assert found(lost) == [("case_place", "y.yaml", 1)]


def test_an_overlay_is_laid_over_its_framework(folder: Path) -> None:
    text = "format: risk-kit/overlay/1\nid: water\n"
    inside = put(folder / "overlays" / "water.yaml", text)
    assert [code for code, *_ in found(inside)] == ["missing_key"]
    outside = put(folder / "water.yaml", text)
    assert found(outside) == [("overlay_place", "water.yaml", 1)]


def test_the_folder_that_is_named_is_checked_not_the_shipped_pack(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    folder.rename("tw-ai-risk")
    text = Path("tw-ai-risk/framework.yaml").read_text(encoding="utf-8")
    put(Path("tw-ai-risk/framework.yaml"), text.replace("oblige: [tell]", "oblige: [tel]"))
    assert found("tw-ai-risk") == [("no_such", "framework.yaml", 36)]
    assert found("tw-ai-risk/framework.yaml") == [("no_such", "framework.yaml", 36)]


@pytest.mark.parametrize("text", ["", "[]\n", "hello\n", "- 1\n", "a: 1\n"])
def test_a_file_of_no_kind_cannot_be_read(text: str, tmp_path: Path) -> None:
    checked = checking.check((str(put(tmp_path / "a.yaml", text)),))
    assert not checked.readable
    assert [one.code for one in checked.problems] == ["unknown_pack_file"]


def test_answers_for_what_is_not_here(tmp_path: Path) -> None:
    file = put(tmp_path / "a.yaml", "answers: {}\nframework: nowhere\n")
    assert found(file) == [("no_framework", "a.yaml", 2)]
    file = put(tmp_path / "a.yaml", "answers: {}\nframework: tw-ai-risk@9\n")
    assert found(file) == [("no_version", "a.yaml", 2)]


def test_the_other_files_are_still_checked(tmp_path: Path) -> None:
    put(tmp_path / "a.yaml", "a: [\n")
    put(tmp_path / "b.yaml", "framework: tw-ai-risk\nanswers: {zzz: 1}\n")
    assert found(tmp_path, tmp_path / "c.yaml") == [
        ("yaml_syntax", "a.yaml", 2),
        ("no_question", "b.yaml", 2),
        ("no_file", "c.yaml", None),
    ]


def test_nothing_to_check_is_no_yes(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        checking.check((str(tmp_path),))
    assert error.value.problems[0].code == "no_yaml"
    with pytest.raises(NotAvailable):
        checking.check(("tw-ai-risk@9",))
