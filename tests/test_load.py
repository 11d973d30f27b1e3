"""Framework and questionnaire files: what they become, and that no mistake is an error of ours."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit import load, messages
from risk_kit.check import faults, question_faults
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.model import Framework, Questionnaire
from risk_kit.yamlread import Document, Path_, read, read_file

SMALL: Final = Path(__file__).parent / "data" / "small"
QUESTIONS: Final = read_file(SMALL / "questionnaire.yaml")
FRAMEWORK: Final = read_file(SMALL / "framework.yaml")
QUESTIONNAIRE: Final = load.questionnaire(QUESTIONS)


def edited(document: Document, old: str, new: str) -> Document:
    text = Path(document.file).read_text(encoding="utf-8")
    assert old in text
    return read(text.replace(old, new, 1).encode(), "a.yaml")


def line_of(document: Document, old: str) -> int:
    text = Path(document.file).read_text(encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def questions_refused(old: str, new: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as error:
        load.questionnaire(edited(QUESTIONS, old, new))
    return error.value.problems


def framework_refused(old: str, new: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as error:
        load.framework(edited(FRAMEWORK, old, new), QUESTIONNAIRE)
    return error.value.problems


def test_a_questionnaire_becomes_questions_in_order() -> None:
    assert [(one.id, one.kind) for one in QUESTIONNAIRE.questions] == [
        ("used", "yes_no"),
        ("harm", "one_of"),
        ("who", "many_of"),
        ("people", "whole_number"),
        ("since", "date"),
        ("remark", "text"),
    ]
    who, people, since = QUESTIONNAIRE.questions[2:5]
    assert [option.exclusive for option in who.options] == [False, False, True]
    assert (people.minimum, people.maximum) == (0, 1000)
    assert (since.minimum, since.maximum) == (date(2020, 1, 1), date(2030, 12, 31))


def test_a_framework_becomes_a_model() -> None:
    built = load.framework_file(SMALL / "framework.yaml", QUESTIONNAIRE)
    assert (built.id, built.version, built.main_scale) == ("small", "1", "tier")
    assert [one.id for one in built.rules] == ["R1", "R2", "R3", "R4"]
    assert built.rules[0].cites[0].at == "第1節"
    assert not built.rules[0].verified
    assert list(faults(built, QUESTIONNAIRE)) == []
    assert load.questionnaire_file(SMALL / "questionnaire.yaml") == QUESTIONNAIRE


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{id: used,", "{id: all,", "reserved_word"),
        ("{id: used,", "{id: harm,", "id_twice"),
        ("{id: some,", "{id: none,", "id_twice"),
        ("{id: none,", "{id: no,", "quote_it"),
        ("{id: staff,", "{id: on,", "quote_it"),
        ("{id: used,", "{id: 是否,", "bad_id"),
        ('version: "1"', "version: 1", "quote_it"),
        ('version: "1"', "version: 1.0", "quote_it"),
        ("kind: yes_no", "kind: yesno", "not_offered"),
        ("kind: yes_no", "kind: one_of", "options_for_kind"),
        ("minimum: 0, maximum: 1000", "minimum: 9, maximum: 1", "bounds"),
        ("minimum: 0, maximum: 1000", "minimum: 9", "bounds"),
        ("minimum: 2020-01-01", "minimum: 2020-02-31", "date_expected"),
        ("exclusive: true}", "exclusive: maybe}", "wrong_value"),
        ("en: Is it used}", "eng: Is it used}", "missing_key"),
        ("{zh: 是否使用, en: Is it used}", "是否使用", "wrong_value"),
        ("{zh: 是否使用,", "{zh: '',", "empty"),
        ("show: {used: true}", "show: {usd: true}", "unknown_question"),
        ("show: {used: true}", "show: {used: true, harm: some}", "one_key"),
        ("show: {used: true}", "show: {}", "one_key"),
        ("show: {used: true}", "show: used", "wrong_value"),
    ],
)
def test_a_mistake_in_a_questionnaire(old: str, new: str, code: str) -> None:
    found = questions_refused(old, new)
    assert code in {one.code for one in found}
    first = next(one for one in found if one.code == code)
    assert first.file == "a.yaml"
    assert abs((first.line or 0) - line_of(QUESTIONS, old)) <= 1 or code == "options_for_kind"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('version: "1"', "version: 1.0", "quote_it"),
        ('version: "1"', 'version: "../1"', "bad_form"),
        ("force: method", "force: law", "not_offered"),
        ("force: method", "forse: method", "unknown_key"),
        ("basis: toolkit", "basis: official!", "not_offered"),
        ("{id: mid,", "{id: 'mid dle',", "bad_id"),
        ("raise: {tier: mid}", "raise: tier", "wrong_value"),
        ("harm: {at_least: grave}", "harm: {at_least: gravee}", "no_option"),
        ("harm: none}", "harm: no}", "text_expected"),
        ("criterion: public_too", "criterion: publik_too", "no_such"),
        ("reaches: wide", "reaches: wider", "no_such"),
        ("until: 2021-12-31", "until: 2021-31-12", "date_expected"),
        ("{harm: {at_least: grave}}", "{harn: {at_least: grave}}", "unknown_question"),
        ("not: {used: false}", "nott: {used: false}", "unknown_key"),
        ("{question: people, times: 1}", "{question: peple, times: 1}", "unknown_question"),
        ("divide_by: 10", "divide_by: 0", "too_small"),
        ("n: 2,", "n: 0,", "too_small"),
        ("roles: [uses]", "roles: uses", "wrong_value"),
        ("verified: false", "verified: 0", "wrong_value"),
        ("id: R2", "id: R1", "id_twice"),
        ("{id: A,", "{id: A1,", "id_twice"),
        ("notices:", "notice:", "unknown_key"),
    ],
)
def test_a_mistake_in_a_framework(old: str, new: str, code: str) -> None:
    found = framework_refused(old, new)
    first = next(one for one in found if one.code == code)
    assert first.file == "a.yaml"
    assert abs((first.line or 0) - line_of(FRAMEWORK, old)) <= 1


def test_all_mistakes_of_a_file_come_at_once_in_the_order_of_its_lines() -> None:
    text = Path(FRAMEWORK.file).read_text(encoding="utf-8")
    text = text.replace("gravee", "x").replace("at_least: grave", "at_least: x")
    text = text.replace("criterion: public_too", "criterion: x").replace("wide}}", "x}}")
    with pytest.raises(BadInput) as error:
        load.framework(read(text.encode(), "a.yaml"), QUESTIONNAIRE)
    codes = [one.code for one in error.value.problems]
    lines = [one.line or 0 for one in error.value.problems]
    assert sorted(codes) == ["no_option", "no_such", "no_such"]
    assert lines == sorted(lines)


def test_at_most_a_hundred_mistakes_are_told() -> None:
    value = {**FRAMEWORK.value, **{f"x{n}": 1 for n in range(500)}}
    with pytest.raises(BadInput) as error:
        load.framework(Document(value, {}, "a.yaml"), QUESTIONNAIRE)
    assert len(error.value.problems) == 100


# ------------------------------------------------------------------ whatever stands in the file

ODD: Final[list[object]] = [
    *(None, True, -1, 0, 2, 1.5, 10**14, "", "x", "harm", "2026-02-30", [], {}, [1], ["x"], [[]]),
    *({"x": 1}, {"all": []}, {"harm": "grave"}, {"harm": {"in": "high"}}, {"people": True}),
    *({"at_least": 3}, {"at_least": {"n": 1, "of": {}}}, {"who": {"count": 3}}, {"who": []}),
    *({"who": {"count": {"of": "x"}}}, {"since": {"from": 3}}, {"remark": "x"}, {"not": []}),
    *({"pair": {"row": "harm", "column": "who", "in": [["a"]]}}, {"used": {"is": None}}),
    *({"sum": {"of": [{"question": "who"}]}}, {"score": "reach"}, {"criterion": []}),
]


def places(value: object, path: Path_ = ()) -> Iterator[Path_]:
    yield path
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in inside:
            yield from places(one, (*path, key))


def changed(value: object, path: Path_, change: object) -> object:
    """The value with one place replaced; removed when the change is `...`."""
    if not path:
        return None if change is ... else change
    copied = copy.deepcopy(value)
    holder: Any = copied
    for key in path[:-1]:
        holder = holder[key]
    if change is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = change
    return copied


def tried(document: Document, value: object) -> Questionnaire | Framework | RiskKitError:
    doc = Document(value, document.lines, document.file)
    try:
        if document is QUESTIONS:
            asked = load.questionnaire(doc)
            list(question_faults(asked))
            return asked
        built = load.framework(doc, QUESTIONNAIRE)
        list(faults(built, QUESTIONNAIRE))
    except RiskKitError as error:
        return error
    return built


@settings(max_examples=400)
@given(st.data())
def test_whatever_stands_in_a_pack_is_read_or_refused(data: st.DataObject) -> None:
    document = QUESTIONS if data.draw(st.booleans(), label="questionnaire") else FRAMEWORK
    path = data.draw(st.sampled_from(list(places(document.value))))
    new = data.draw(st.sampled_from([..., *ODD]))
    found = tried(document, changed(document.value, path, new))
    if isinstance(found, RiskKitError):
        assert found.problems
        for problem in found.problems:
            assert problem.file == document.file
            assert problem.line
            assert messages.sentence(problem, "zh")
            assert messages.sentence(problem, "en")
