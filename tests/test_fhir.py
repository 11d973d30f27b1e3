"""FHIR R4B: the resources are valid, say what the pack says, and list what they cannot say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from risk_kit import answers, casework, catalogue, fhir
from risk_kit.assess import Work, assess
from risk_kit.fhir_enable import NotFlat, enable
from risk_kit.forms import Condition
from risk_kit.model import Answer, AnswerSet
from risk_kit.surface import Reader
from risk_kit.yamlread import Document

ROOT: Final = Path(__file__).resolve().parent.parent
FLOOD: Final = ROOT / "frameworks" / "tw-ai-risk" / "samples" / "flood.yaml"
PACK: Final = catalogue.pack("ca-aia")


def read(raw: dict[str, Any]) -> Condition:
    names = {"criterion": frozenset(PACK.criteria), "dimension": frozenset[str]()}
    reader = Reader(Document(raw, {}, "x"), PACK.questions, {**names, "threshold": frozenset()})
    found = reader.condition(raw, ())
    assert reader.problems == []
    return found


def valid(made: fhir.Exported) -> tuple[Questionnaire, QuestionnaireResponse]:
    texts = [json.dumps(one) for one in (made.questionnaire, made.response)]
    found = Questionnaire.model_validate_json(texts[0])
    assert json.loads(found.model_dump_json()) == json.loads(texts[0])
    return found, QuestionnaireResponse.model_validate_json(texts[1])


def items(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    waiting = list(resource["item"])
    while waiting:
        one = waiting.pop()
        assert one["linkId"] not in found
        found[one["linkId"]] = one
        waiting += one.get("item", [])
    return found


def test_the_flood_case_is_valid_and_in_both_languages() -> None:
    work = casework.open_case(answers.read(FLOOD), as_of=date(2026, 11, 22))
    made = fhir.export(work)
    asked, given = valid(made)
    assert asked.language == "zh-TW"
    assert given.questionnaire == f"{asked.url}|{asked.version}"
    found = items(made.questionnaire)
    assert work.pack.questions.keys() <= found.keys()
    texts = found["is_ai"]["_text"]["extension"][0]["extension"]
    assert texts[1]["valueString"] == work.pack.questions["is_ai"].label.en
    answered = items(made.response)
    chosen = [one["valueCoding"]["code"] for one in answered["functions"]["answer"]]
    value = work.answers.answers["functions"].value
    assert isinstance(value, frozenset)
    assert set(chosen) == value
    assert answered.keys() - {s for s in answered if s.startswith("section.")} == (
        work.answers.answers.keys() - set(work.assessment.dormant)
    )


@pytest.mark.parametrize("name", catalogue.shipped())
def test_every_shipped_pack_is_a_valid_questionnaire(name: str) -> None:
    pack = catalogue.pack(name)
    empty = AnswerSet({})
    made = fhir.export(Work(pack, empty, assess(pack, empty, date(2026, 11, 22))))
    valid(made)
    told = {one.path for one in made.lost}
    silent = [
        q.id
        for q in pack.questions.values()
        if q.show is not None and "enableWhen" not in items(made.questionnaire)[q.id]
    ]
    assert told == {f"{one}.show" for one in silent}


def test_unknown_and_dormant_answers() -> None:
    given = {"ca_use": "trial", "ca_learns": False, "ca_learns_watched": True}
    values = {name: Answer(value) for name, value in given.items()}
    whole = AnswerSet({**values, "ca_secret": Answer(answers.UNKNOWN, note="later")})
    made = fhir.export(Work(PACK, whole, assess(PACK, whole, date(2026, 11, 22))))
    _, given_ = valid(made)
    found = items(made.response)
    assert "ca_learns_watched" not in found
    assert found["ca_secret"]["extension"][0]["valueCode"] == "asked-unknown"
    assert "answer" not in found["ca_secret"]
    assert given_.status == "in-progress"
    assert {(p.code, p.path) for p in made.lost} >= {
        ("fhir_dormant", "answers.ca_learns_watched"),
        ("fhir_note", "answers.ca_secret"),
    }


@pytest.mark.parametrize(
    ("condition", "behaviour", "tests"),
    [
        ({"ca_learns": True}, None, [("ca_learns", "=", True)]),
        ({"ca_use": {"in": ["federal", "trial"]}}, "any", [("ca_use", "=", "federal")]),
        ({"criterion": "federal"}, None, [("ca_use", "=", "federal")]),
        ({"not": {"ca_use": "none"}}, "any", [("ca_use", "=", "federal")]),
        ({"answered": "ca_use"}, None, [("ca_use", "exists", True)]),
        ({"not": {"answered": "ca_use"}}, None, [("ca_use", "exists", False)]),
        ({"data": {"includes_any": ["special"]}}, None, [("data", "=", "special")]),
        ({"data": {"includes_all": ["special", "ordinary"]}}, "all", [("data", "=", "special")]),
        (
            {"all": [{"ca_learns": True}, {"criterion": "federal"}]},
            "all",
            [("ca_learns", "=", True), ("ca_use", "=", "federal")],
        ),
    ],
)
def test_simple_conditions_become_enable_when(
    condition: dict[str, Any], behaviour: str | None, tests: list[tuple[str, str, object]]
) -> None:
    made = enable(PACK, read(condition))
    assert made.get("enableBehavior") == behaviour
    found = [
        (one["question"], one["operator"], one.get("answerBoolean", one.get("answerCoding")))
        for one in made["enableWhen"]
    ]
    said = [(q, s, v["code"] if isinstance(v, dict) else v) for q, s, v in found]
    assert said[: len(tests)] == tests
    assert (len(said) > 1) == (behaviour is not None)


@pytest.mark.parametrize(
    "condition",
    [
        {"not": {"ca_learns": True}},
        {"not": {"data": {"includes_any": ["special"]}}},
        {"data": {"count": {"at_least": 2}}},
        {"all": [{"ca_learns": True}, {"criterion": "in_use"}]},
        {"at_least": {"n": 1, "of": [{"ca_learns": True}]}},
        {"criterion": "mitigated"},
    ],
)
def test_what_is_not_flat_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(NotFlat):
        enable(PACK, read(condition))


def test_bounds_of_numbers_and_dates_are_extensions() -> None:
    small = catalogue.pack(str(ROOT / "tests" / "data" / "small"))
    made = fhir.export(Work(small, AnswerSet({}), assess(small, AnswerSet({}), date(2026, 1, 1))))
    numbers = [q for q in small.questions.values() if q.kind in ("whole_number", "date")]
    assert numbers
    for one in numbers:
        ends = items(made.questionnaire)[one.id]["extension"]
        assert len(ends) == 2
