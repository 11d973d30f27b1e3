"""Questions taken over from another questionnaire: asked once, shown by the borrower's own rule."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from packs import FRAMEWORK, QUESTIONS
from risk_kit import answers, borrow, casework, catalogue, checking, pack_file
from risk_kit.errors import BadInput
from risk_kit.yamlread import read

if TYPE_CHECKING:
    from pathlib import Path

BORROWER: Final = """
format: risk-kit/questionnaire/1
id: other
version: "1"
sections:
  - id: facts
    step: inventory
    title: {zh: 事實, en: Facts}
    questions:
      - {from: small, id: live}
      - {from: small, id: reach, show: {live: true}}
"""
RULES: Final = (
    FRAMEWORK.split("parameters:", maxsplit=1)[0].replace("id: small", "id: other", 1)
    + """
rules:
  - id: wide
    title: {zh: 影響廣, en: wide reach}
    when: {reach: many}
    raise: {tier: mid}
    because: {zh: 影響多人。, en: Many people are affected.}
    cites: [{source: own}]
    basis: toolkit
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack that borrows from a questionnaire which lies beside its own."""
    made = tmp_path / "other"
    made.mkdir()
    (made / "framework.yaml").write_text(RULES, encoding="utf-8")
    (made / "questionnaire.yaml").write_text(BORROWER, encoding="utf-8")
    (made / "small.yaml").write_text(QUESTIONS, encoding="utf-8")
    return made


def refusal(text: str) -> tuple[str, int | None]:
    document = read(text.encode(), "other.yaml")
    lender = read(QUESTIONS.encode(), "small.yaml")
    with pytest.raises(BadInput) as error:
        borrow.expand(document, {"small": lender, "other": document}.get)
    (problem,) = error.value.problems
    return problem.code, problem.line


def test_a_borrowed_question_is_the_lenders_but_for_when_it_is_shown(folder: Path) -> None:
    pack = catalogue.pack(str(folder))
    assert [o.id for o in pack.questions["reach"].options] == ["few", "some", "many"]
    assert pack.questions["live"].show is None
    assert pack.questions["reach"].show is not None
    assert pack.questions["reach"].ordered


def test_it_is_read_anew_when_the_lender_changes(folder: Path) -> None:
    before = catalogue.pack(str(folder)).digest
    lent = folder / "small.yaml"
    lent.write_text(QUESTIONS.replace("影響人數", "受影響人數"), encoding="utf-8")
    assert catalogue.pack(str(folder)).digest != before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{from: small, id: live}", "{from: nowhere, id: live}", "no_lender"),
        ("{from: small, id: live}", "{from: small, id: lvie}", "not_lent"),
        ("{from: small, id: live}", "{from: other, id: reach}", "not_lent"),
        ("{from: small, id: live}", "{from: small, id: live, kind: text}", "unknown_key"),
        ("{from: small, id: live}", "{from: small}", "not_lent"),
    ],
)
def test_what_cannot_be_borrowed(old: str, new: str, code: str) -> None:
    assert refusal(BORROWER.replace(old, new)) == (code, 10)


def test_measures_are_not_lent() -> None:
    lender = QUESTIONS.replace("kind: yes_no,", "kind: yes_no, measures: A1,")
    document = read(BORROWER.encode(), "other.yaml")
    with pytest.raises(BadInput):
        borrow.expand(document, {"small": read(lender.encode(), "small.yaml")}.get)


@pytest.mark.parametrize("text", ["", "3", "sections: 3", "sections: [3, {questions: 4}]"])
def test_a_shape_that_is_no_questionnaire_is_left_to_the_schema(text: str) -> None:
    document = read(text.encode(), "other.yaml")
    assert borrow.expand(document, {}.get) is document
    assert borrow.lenders(document) == ()
    assert list(borrow.asked_in(document)) == []


def test_a_questionnaire_is_checked_with_what_it_borrows(folder: Path) -> None:
    assert checking.check((str(folder / "questionnaire.yaml"),)).problems == ()
    (folder / "small.yaml").unlink()
    (problem,) = checking.check((str(folder / "questionnaire.yaml"),)).problems[:1]
    assert (problem.code, problem.line) == ("no_lender", 10)


def test_a_packed_pack_carries_its_lenders(folder: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    pack_file.unpacked(pack_file.packed(str(folder)), away)
    assert catalogue.pack(str(away)).digest == catalogue.pack(str(folder)).digest


def test_answers_asked_beside_the_framework_are_left_out_and_strays_refused() -> None:
    pack = catalogue.pack("tw-ai-risk")
    raw = (
        "format: risk-kit/answers/1\nframework: tw-ai-risk@1.0\nanswers: {physical: none, x: true}"
    )
    file = answers.from_document(read(raw.encode(), "a.yaml"))
    assert set(answers.bind(file, pack, {"x"}).answers) == {"physical"}
    with pytest.raises(BadInput):
        casework.open_case(file, as_of=date(2026, 11, 22))


def test_one_id_has_one_meaning_in_all_that_is_shipped() -> None:
    meant: dict[str, object] = {}
    for name in catalogue.shipped():
        for one in catalogue.pack(name).questionnaire.questions:
            same = one.kind, one.label, one.options, one.minimum, one.maximum
            assert meant.setdefault(one.id, same) == same, (name, one.id)
