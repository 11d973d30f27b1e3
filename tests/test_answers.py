"""Answer files against a pack: what each kind of question takes, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import packs
from risk_kit import answers, catalogue
from risk_kit.digest import answers_digest
from risk_kit.errors import BadInput, Problem
from risk_kit.messages import MESSAGES
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Evidence, FollowUp, Question
from risk_kit.wire import answers_json
from risk_kit.yamlread import read

PACK: Final = catalogue.pack(str(Path(__file__).parent / "data" / "small"))


def bound(text: str) -> AnswerSet:
    file = answers.from_document(read(f"framework: small\n{text}".encode(), "case.yaml"))
    return answers.bind(file, PACK)


def refusals(text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as error:
        bound(text)
    return error.value.problems


def refusal(text: str) -> Problem:
    (problem,) = refusals(text)
    assert problem.file == "case.yaml"
    assert problem.code in MESSAGES
    return problem


@pytest.mark.parametrize(
    ("question", "written", "value"),
    [
        ("used", "true", True),
        ("used", "false", False),
        ("used", "unknown", UNKNOWN),
        ("harm", "some", "some"),
        ("harm", "'none'", "none"),
        ("harm", "unknown", UNKNOWN),
        ("who", "[staff, public]", frozenset({"staff", "public"})),
        ("who", "[nobody]", frozenset({"nobody"})),
        ("who", "unknown", UNKNOWN),
        ("people", "0", 0),
        ("people", "1000", 1000),
        ("since", "2020-01-01", date(2020, 1, 1)),
        ("since", "'2030-12-31'", date(2030, 12, 31)),
        ("remark", "'12'", "12"),
        ("remark", "unknown", UNKNOWN),
        ("remark", "2026-01-01", "2026-01-01"),
    ],
)
def test_values_that_are_taken(question: str, written: str, value: object) -> None:
    assert bound(f"answers:\n  {question}: {written}\n").value(question) == value
    assert bound(f"answers:\n  {question}: {{value: {written}}}\n").value(question) == value


@pytest.mark.parametrize(
    ("question", "written", "code"),
    [
        ("used", "maybe", "kind_yes_no"),
        ("used", "1", "kind_yes_no"),
        ("used", "'true'", "kind_yes_no"),
        ("used", "[true]", "quote_it"),
        ("used", "['true']", "kind_yes_no"),
        ("harm", "som", "no_option"),
        ("harm", "no", "quote_option"),
        ("harm", "off", "quote_option"),
        ("harm", "3", "no_option"),
        ("harm", "[some]", "kind_one_of"),
        ("who", "staff", "kind_many_of"),
        ("who", "stff", "no_option"),
        ("who", "[stff]", "no_option"),
        ("who", "[no]", "quote_it"),
        ("who", "no", "quote_option"),
        ("who", "7", "no_option"),
        ("who", "[staff, staff]", "chosen_twice"),
        ("who", "[staff, nobody]", "not_alone"),
        ("who", "[]", "none_chosen"),
        ("who", "[[staff]]", "wrong_type"),
        ("people", "many", "kind_whole_number"),
        ("people", "true", "kind_whole_number"),
        ("people", "'3'", "kind_whole_number"),
        ("people", "-1", "out_of_bounds"),
        ("people", "1001", "out_of_bounds"),
        ("people", "3.5", "no_decimal"),
        ("people", "99999999999999999999", "kind_whole_number"),
        ("since", "yesterday", "kind_date"),
        ("since", "2026-02-30", "kind_date"),
        ("since", "20260101", "kind_date"),
        ("since", "'20260101'", "kind_date"),
        ("since", "2026-W01-1", "kind_date"),
        ("since", "2019-12-31", "out_of_bounds"),
        ("remark", "no", "kind_text"),
        ("remark", "12", "kind_text"),
        ("remark", "1.5", "no_decimal"),
        ("remark", "[a]", "kind_text"),
        ("harm", "", "empty"),
        ("harm", "{value: }", "empty"),
        ("harm", "{note: x}", "missing_key"),
        ("harm", "{value: some, nte: x}", "unknown_key"),
        ("harm", "{value: some, note: no}", "quote_it"),
        ("harm", "{value: some, evidence: x}", "wrong_value"),
        ("harm", "{value: some, evidence: [{titel: x}]}", "unknown_key"),
        ("harm", "{value: some, evidence: [{sha256: zz}]}", "bad_digest"),
    ],
)
def test_values_that_are_refused(question: str, written: str, code: str) -> None:
    problem = refusal(f"answers:\n\n  {question}: {written}\n")
    assert (problem.code, problem.line) == (code, 4)
    assert (problem.path or "").startswith(f"answers.{question}")


def test_an_unknown_question_is_told_with_the_nearest() -> None:
    problem = refusal("answers:\n  harn: some\n")
    assert (problem.code, problem.line, problem.path) == ("no_question", 3, "answers.harn")
    assert problem.facts["near"] == ["harm"]
    assert refusal("answers: {zzzzzz: 1}\n").facts["near"] == []


def test_an_option_not_offered_is_told_with_the_nearest() -> None:
    problem = refusal("answers: {harm: grav}\n")
    assert problem.facts["near"] == ["grave"]
    assert problem.facts["offered"] == ["none", "some", "grave"]


def test_all_problems_of_a_file_come_at_once() -> None:
    found = refusals("answers:\n  used: 3\n  harm: x\n  nope: 1\n  people: 1\n")
    assert [(one.code, one.line) for one in found] == [
        ("kind_yes_no", 3),
        ("no_option", 4),
        ("no_question", 5),
    ]


def test_a_text_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_TEXT", 3)
    assert bound("answers: {remark: abc}\n").value("remark") == "abc"
    assert refusal("answers: {remark: abcd}\n").facts["value"] == "4"


def test_notes_and_evidence_are_kept() -> None:
    text = """answers:
  harm:
    value: some
    note: 註記
    evidence:
      - 會議紀錄
      - https://example.tw/a
      - {title: 圖, file: a.pdf, sha256: %s}
""" % ("0" * 64)
    assert bound(text).answers["harm"] == Answer(
        "some",
        "註記",
        (
            Evidence(title="會議紀錄"),
            Evidence(link="https://example.tw/a"),
            Evidence(title="圖", file="a.pdf", sha256="0" * 64),
        ),
    )


def test_the_case_is_kept_as_text() -> None:
    assert bound("case: {name: 案件, 自訂: x}\nanswers: {}\n").case == {"name": "案件", "自訂": "x"}


@pytest.mark.parametrize(
    ("text", "code", "line", "path"),
    [
        ("case: {name: no}\nanswers: {}\n", "quote_it", 2, "case.name"),
        ("case: {name: 5}\nanswers: {}\n", "quote_it", 2, "case.name"),
        ("case: {name: [x]}\nanswers: {}\n", "wrong_type", 2, "case.name"),
        ("as_of: 2026-02-30\nanswers: {}\n", "date_expected", 2, "as_of"),
        ("as_of: tomorrow\nanswers: {}\n", "date_expected", 2, "as_of"),
        ("as_of: 2026\nanswers: {}\n", "quote_it", 2, "as_of"),
        ("overlays: water\nanswers: {}\n", "wrong_value", 2, "overlays"),
        ("overlays: ['../x']\nanswers: {}\n", "bad_id", 2, "overlays[0]"),
        ("case: {}\n", "missing_key", 1, None),
        ("answers: {}\nanwsers: {}\n", "unknown_key", 3, "anwsers"),
        ("answers: []\n", "wrong_type", 2, "answers"),
    ],
)
def test_the_rest_of_the_file(text: str, code: str, line: int, path: str | None) -> None:
    problem = refusal(text)
    assert (problem.code, problem.line, problem.path) == (code, line, path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("# nothing\n", "empty_file"),
        ("- a\n", "wrong_type"),
        ("hello\n", "wrong_value"),
        ("3\n", "wrong_value"),
        ("framework: 1.0\nanswers: {}\n", "quote_it"),
        ("framework: small@1@2\nanswers: {}\n", "bad_id"),
        ("framework: ../small\nanswers: {}\n", "bad_id"),
        ("framework: small@../../x\nanswers: {}\n", "bad_id"),
    ],
)
def test_a_file_that_is_no_answer_file(text: str, code: str) -> None:
    with pytest.raises(BadInput) as error:
        answers.from_document(read(text.encode(), "case.yaml"))
    (problem,) = error.value.problems
    assert (problem.code, problem.line) == (code, 1)


@pytest.mark.parametrize("raw", [None, 1.5, {"a": 1}, b"x", object()])
@pytest.mark.parametrize("question", list(PACK.questions.values()), ids=lambda q: q.id)
def test_a_value_of_no_known_type_is_a_problem_not_an_error(
    question: Question, raw: object
) -> None:
    assert isinstance(answers.check(question, raw), Problem)


# -- follow-up of measures ---------------------------------------------------------------------------

MEASURED: Final = packs.pack(
    packs.FRAMEWORK.replace("scales:", "items: [{id: A1, title: {zh: 甲, en: A}}]\nscales:", 1),
    packs.QUESTIONS
    + """      - id: m
        kind: many_of
        measures: A1
        label: {zh: 措施, en: measures}
        options:
          - {id: log, label: {zh: 紀錄, en: logs}}
          - {id: stop, label: {zh: 停機, en: stop}}
          - {id: nothing, label: {zh: 無, en: nothing}, exclusive: true}
""",
)
ROWS: Final = """answers: {}
follow_up:
  - {question: m, measure: log, owner: 資訊處, due: 2027-01-31, state: doing, progress: 招標中}
  - {question: m, measure: stop}
"""


def followed(text: str) -> AnswerSet:
    file = answers.from_document(read(f"framework: small\n{text}".encode(), "case.yaml"))
    return answers.bind(file, MEASURED)


def test_the_follow_up_of_measures_is_read_and_written_back() -> None:
    found = followed(ROWS)
    assert found.followups == (
        FollowUp("m", "log", "資訊處", date(2027, 1, 31), "doing", progress="招標中"),
        FollowUp("m", "stop"),
    )
    written = json.dumps(answers_json(MEASURED, found, date(2026, 11, 22)))
    again = answers.bind(answers.from_document(read(written.encode(), "case.json")), MEASURED)
    assert again == found
    assert answers_digest(again) == answers_digest(found)
    assert answers_digest(found) != answers_digest(followed("answers: {}\n"))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("question: m, measure: stop", "question: n, measure: stop", "no_question", 5),
        ("question: m, measure: stop", "question: reach, measure: stop", "no_question", 5),
        ("measure: stop", "measure: halt", "no_option", 5),
        ("measure: stop", "measure: log", "id_twice", 5),
        ("2027-01-31", "2027-02-31", "date_expected", 4),
        ("state: doing", "state: soon", "not_offered", 4),
    ],
)
def test_a_follow_up_that_fits_nothing_is_refused(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(BadInput) as caught:
        followed(ROWS.replace(old, new))
    assert [(one.code, one.line) for one in caught.value.problems] == [(code, line)]
