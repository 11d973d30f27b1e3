"""The JSON forms: what they say, and that an answer file read back is the same answer set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from risk_kit import answers as answer_files
from risk_kit import wire
from risk_kit.compile import program
from risk_kit.digest import answers_digest
from risk_kit.forms import Equals
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Evidence, Item, Obligation, Pack
from risk_kit.planes import plane_program
from risk_kit.whatif import Explorer
from risk_kit.yamlread import read
from strategies import (
    CITES,
    SOME_TEXT,
    TODAY,
    Values,
    answer_set,
    assessed,
    pack_of,
    partial_cases,
    question,
    rule,
)

if TYPE_CHECKING:
    from risk_kit.model import Value

A, B = Equals("a", (True,)), Equals("b", (True,))
TEXT = {"zh": "文字", "en": "text"}
DUTY = Obligation("log", SOME_TEXT, ("uses",), CITES, "official", verified=True)
PACK = pack_of(
    (question("a"), question("b"), question("h", show=A)),
    (
        rule("r", A, "high", item="i", obliges=("log",), flag="note"),
        rule("x", B, exempts=("r",)),
    ),
    items=(Item("i", SOME_TEXT),),
    obligations=(DUTY,),
)


def test_an_assessment() -> None:
    got = assessed(PACK, {"a": True})
    said = wire.assessment_json(PACK, got)
    assert said["format"] == "risk-kit/assessment/1"
    assert said["indicative"] is True
    assert said["as_of"] == "2026-07-07"
    assert said["pack_digest"] == PACK.digest
    assert said["answers_digest"] == answers_digest(answer_set({"a": True}))
    assert said["tier"] == {"low": "minimal", "high": "high", "decided": False}
    assert said["scales"][1] == {"id": "care", "low": "a", "high": "a", "decided": True}
    assert said["findings"][0] == {
        "rule": "r",
        "state": "undecided",
        "item": "i",
        "title": TEXT,
        "raises": {"tier": "high"},
        "because": TEXT,
        "witness": {},
        "open": ["b"],
        "exempted_by": ["x"],
        "flag": "note",
        "cites": [{"source": "law", "at": "第1條"}],
        "basis": "toolkit",
        "verified": False,
    }
    assert said["open_questions"] == [
        {
            "question": "b",
            "state": "unanswered",
            "asked": True,
            "level": "high",
            "rules": 1,
            "label": TEXT,
        }
    ]
    assert said["obligations"] == [
        {
            "id": "log",
            "state": "undecided",
            "text": TEXT,
            "roles": ["uses"],
            "rules": ["r"],
            "cites": [{"source": "law", "at": "第1條"}],
            "basis": "official",
            "verified": True,
        }
    ]
    assert (said["not_needed"], said["dormant"], said["dimensions"]) == (1, [], [])


@settings(max_examples=40)
@given(partial_cases())
def test_an_assessment_is_json_and_keeps_every_outcome(case: tuple[Pack, Values]) -> None:
    pack, values = case
    got = assessed(pack, values)
    said = json.loads(json.dumps(wire.assessment_json(pack, got)))
    assert [(f["rule"], f["state"]) for f in said["findings"]] == [
        (f.rule, f.state) for f in got.findings
    ]
    assert [(d["id"], d["low"], d["high"]) for d in said["dimensions"]] == [
        (d.id, d.low, d.high) for d in got.dimensions
    ]
    assert said["dormant"] == list(got.dormant)


@settings(max_examples=40)
@given(partial_cases())
def test_answers_read_back_are_the_same(case: tuple[Pack, Values]) -> None:
    pack, values = case
    told = {
        name: Answer(value, "註", (Evidence("紀錄", "https://example.org/"),) if value else ())
        for name, value in values.items()
        if not (value is UNKNOWN and pack.questions[name].kind == "text")
    }
    answers = AnswerSet(told, {"title": "案件"})
    written = json.dumps(wire.answers_json(pack, answers, TODAY), ensure_ascii=False)
    file = answer_files.from_document(read(written.encode(), "answers.json"))
    assert file.framework == "toy@1.0"
    assert file.as_of == TODAY
    again = answer_files.bind(file, pack)
    assert again == answers
    assert answers_digest(again) == answers_digest(answers)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ("a", "a"),
        (3, 3),
        (date(2026, 1, 2), "2026-01-02"),
        (frozenset("ba"), ["a", "b"]),
        (UNKNOWN, "unknown"),
    ],
)
def test_values(value: Value, expected: object) -> None:
    assert wire.value_json(value) == expected
    said = wire.answers_json(PACK, answer_set({"a": value}), TODAY)
    assert said["answers"] == {"a": expected}


def test_a_note_or_evidence_makes_an_answer_an_object() -> None:
    answers = AnswerSet({"a": Answer(value=False, evidence=(Evidence(file="log.txt"),))})
    assert wire.answers_json(PACK, answers, TODAY)["answers"] == {
        "a": {"value": False, "note": "", "evidence": [{"file": "log.txt"}]}
    }


def test_a_record() -> None:
    @dataclass
    class Row:
        name: str
        on: date
        gone: None = None

    assert wire.record_json(Row("x", TODAY)) == {"name": "x", "on": "2026-07-07", "gone": None}


def test_the_essence_is_what_a_later_version_must_find_again() -> None:
    got = assessed(PACK, {"a": True})
    said = wire.assessment_json(PACK, got)
    found = wire.essence(said)
    assert found == {
        "framework": "toy",
        "version": "1.0",
        "overlays": [],
        "pack_digest": PACK.digest,
        "answers_digest": got.answers_digest,
        "as_of": "2026-07-07",
        "applies": "holds",
        "tier": {"low": "minimal", "high": "high", "decided": False},
        "scales": said["scales"],
        "dimensions": [],
        "findings": {"r": "undecided", "x": "undecided"},
        "obligations": {"log": "undecided"},
    }
    reworded = said | {"open_questions": [], "dormant": ["a"]}
    assert wire.essence(reworded) == found
    with pytest.raises(KeyError):
        wire.essence({"framework": "toy"})


def test_what_would_change_it() -> None:
    changeable = pack_of((question("a", changeable=True),), (rule("r", A, "high"),))
    forms = program(changeable, TODAY), plane_program(changeable, TODAY)
    explorer = Explorer(*forms, answer_set({"a": True}))
    lower = {
        "changes": [{"question": "a", "before": True, "after": False}],
        "low": "minimal",
        "high": "minimal",
    }
    assert wire.whatif_json(changeable, explorer) == {
        "format": "risk-kit/whatif/1",
        "tier": {"low": "high", "high": "high"},
        "single": [lower],
        "rises": [],
        "lowering": {"outcome": "found", "ways": [lower], "blocked_by": []},
        "distance": {
            "up": {"answers": 3, "ways": []},
            "down": {"answers": 1, "ways": [lower["changes"]]},
            "edge": [],
        },
    }


def test_at_the_end_of_a_scale_nothing_is_near() -> None:
    pack = pack_of((question("a"),), (rule("r", A, "prohibited"),))
    for value, end in ((True, "up"), (False, "down")):
        explorer = Explorer(
            program(pack, TODAY), plane_program(pack, TODAY), answer_set({"a": value})
        )
        found = wire.whatif_json(pack, explorer)["distance"]
        assert found[end] is None
        assert found["down" if end == "up" else "up"] is not None
