"""Ids are forever: dropping a released id is told, retiring it is not a drop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packs import FRAMEWORK, QUESTIONS, pack
from risk_kit import released
from risk_kit.errors import BadInput, Problem


def test_nothing_released_nothing_dropped(tmp_path: Path) -> None:
    assert released.dropped(pack(), tmp_path) == ()


def test_a_recorded_pack_drops_nothing(tmp_path: Path) -> None:
    (tmp_path / released.FILE).write_bytes(released.record(pack()))
    assert released.dropped(pack(), tmp_path) == ()


def test_each_dropped_id_is_told(tmp_path: Path) -> None:
    (tmp_path / released.FILE).write_bytes(released.record(pack()))
    framework = FRAMEWORK.replace("- id: wide", "- id: widest")
    questions = QUESTIONS.replace("id: staff,", "id: clerks,")
    gone = released.dropped(pack(framework, questions), tmp_path)
    assert {p.facts["id"] for p in gone} == {"rules/wide", "questions/who.staff"}
    assert {p.code for p in gone} == {"id_dropped"}


def test_retiring_is_no_drop(tmp_path: Path) -> None:
    (tmp_path / released.FILE).write_bytes(released.record(pack()))
    retired = FRAMEWORK.replace("- id: wide\n", "- id: wide\n    retired: true\n")
    assert released.dropped(pack(retired), tmp_path) == ()


def test_the_record_names_every_kind_of_id() -> None:
    kinds = {one.partition("/")[0] for one in json.loads(released.record(pack()))["ids"]}
    assert kinds == {
        "sources",
        "scales",
        "parameters",
        "criteria",
        "rules",
        "sections",
        "questions",
    }


def test_a_threshold_is_an_id_too(tmp_path: Path) -> None:
    scored = FRAMEWORK.replace(
        "criteria:",
        "dimensions:\n  - id: sum\n    title: {zh: 總分, en: total}\n    unit: {zh: 分, en: points}\n"
        "    minimum: 0\n    maximum: 9\n    thresholds: [{id: much, at: 5}]\ncriteria:",
    )
    assert "dimensions/sum.much" in released.identities(pack(scored))
    path = tmp_path / released.FILE
    path.write_bytes(released.record(pack(scored)))
    renamed = pack(scored.replace("id: much", "id: most"))
    facts = {"version": "1", "id": "dimensions/sum.much"}
    assert released.dropped(renamed, tmp_path) == (Problem("id_dropped", facts, str(path)),)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"version": "1"}', "KeyError"),
        ("[" * 100_000, "RecursionError"),
    ],
)
def test_a_broken_record_is_told(tmp_path: Path, text: str, detail: str) -> None:
    path = tmp_path / released.FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        released.dropped(pack(), tmp_path)
    assert caught.value.problems == (Problem("bad_json", {"detail": detail}, str(path)),)
