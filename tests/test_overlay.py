"""Overlays: identity, order, test-and-set, conflicts, and lowering only where the base allows."""

from __future__ import annotations

from datetime import date
from itertools import permutations, product

import pytest

from packs import FRAMEWORK, QUESTIONS, base, overlay, pack
from risk_kit.assess import assess
from risk_kit.errors import BadInput
from risk_kit.model import Answer, AnswerSet, Pack
from risk_kit.overlay import fingerprint, resolve

DAY = date(2026, 11, 22)
STRENGTHEN = """
changes:
  - {op: strengthen, target: rules/wide, scale: tier, expect: mid, with: top}
"""
WEAKEN = """
changes:
  - op: weaken
    target: rules/wide
    scale: tier
    expect: mid
    with: low
    authority: {zh: 某機關, en: An authority}
    reason: {zh: 另有保障, en: Otherwise protected}
    date: 2026-10-01
"""
SET = """
changes:
  - {op: set, target: parameters/a_day, expect: 60, with: 30}
"""
ADD = """
sections:
  - id: facts
    questions:
      - {id: minors, kind: yes_no, label: {zh: 兒少？, en: Minors?}}
rules:
  - id: young
    title: {zh: 兒少, en: minors}
    when: {all: [{minors: true}, {criterion: busy}]}
    raise: {tier: top}
    because: {zh: 影響兒少。, en: Minors are affected.}
    cites: [{source: own}]
    basis: toolkit
"""
REWORD = """
changes:
  - op: replace
    target: rules/wide/because
    expect: {zh: 影響多人。, en: Many people are affected.}
    with: {zh: 影響很多人。, en: A great many people are affected.}
"""
TRANSLATE = """
changes:
  - op: translate
    target: rules/wide/because
    language: en
    expect: Many people are affected.
    with: It reaches many.
"""
EVIDENCE = """
changes:
  - {op: require_evidence, target: questions/reach, with: {zh: 統計表, en: statistics}}
"""


def tier(found: Pack, **answers: object) -> tuple[str | None, str | None]:
    given = {q: Answer(v) for q, v in answers.items()}  # type: ignore[arg-type]
    got = assess(found, AnswerSet(given), DAY).tier
    return got.low, got.high


def codes(*overlays: object) -> list[str]:
    with pytest.raises(BadInput) as caught:
        resolve(*base(), overlays)  # type: ignore[arg-type]
    return [problem.code for problem in caught.value.problems]


def test_no_overlay_is_the_base() -> None:
    assert resolve(*base()) == resolve(*base(), ())
    assert pack().overlays == ()


def test_order_of_overlays_never_matters() -> None:
    every = [overlay("one", ADD), overlay("two", SET), overlay("three", STRENGTHEN)]
    packs = {resolve(*base(), order).digest for order in permutations(every)}
    assert len(packs) == 1
    assert resolve(*base(), every).overlays == ("one", "three", "two")


def test_additions_and_their_origin() -> None:
    found = resolve(*base(), [overlay("child", ADD)])
    assert found.origins["rules/young"] == "child"
    assert [q.id for q in found.questionnaire.questions][-1] == "minors"
    assert tier(found, minors=True, reviewed=60, live=False, reach="few") == ("top", "top")


def test_a_parameter_moves_every_condition_that_reads_it() -> None:
    assert tier(pack(), live=True, reviewed=40, reach="few") == ("low", "low")
    found = resolve(*base(), [overlay("strict", SET)])
    assert tier(found, live=True, reviewed=40, reach="few") == ("top", "top")
    assert found.origins["parameters/a_day/value"] == "strict"


def test_weaken_where_tunable_and_signed() -> None:
    found = resolve(*base(), [overlay("loose", WEAKEN)])
    assert tier(found, reach="many", live=False) == ("low", "low")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (WEAKEN.replace("    date: 2026-10-01\n", ""), "overlay_authority"),
        (
            WEAKEN.replace("rules/wide", "rules/hurried").replace("mid", "top"),
            "overlay_not_tunable",
        ),
        (STRENGTHEN.replace("expect: mid", "expect: low"), "overlay_stale"),
        (STRENGTHEN.replace("with: top", "with: low"), "overlay_direction"),
        (STRENGTHEN.replace("with: top", "with: summit"), "no_level"),
        (STRENGTHEN.replace("rules/wide", "rules/nothing"), "no_such"),
        (SET.replace("with: 30", "with: 500"), "overlay_bounds"),
        (SET.replace("expect: 60", "expect: 61"), "overlay_stale"),
        (REWORD.replace("影響多人。", "別的。"), "overlay_stale"),
        (REWORD.replace("/because", "/when"), "overlay_field"),
        ("changes:\n  - {op: retire, target: rules/wide, expect: 000000000000}\n", "overlay_stale"),
        (
            "changes:\n  - {op: narrow, target: rules/wide, expect: FP, when: {live: true}}\n",
            "overlay_narrow",
        ),
    ],
)
def test_refused_changes(body: str, code: str) -> None:
    mark = fingerprint(pack().rules["wide"])
    assert codes(overlay("bad", body.replace("FP", f"'{mark}'"))) == [code]


def test_another_base_version_is_refused() -> None:
    framework, questions = base(FRAMEWORK.replace('version: "1"', 'version: "2"'))
    with pytest.raises(BadInput) as caught:
        resolve(framework, questions, [overlay("old", SET)])
    assert [p.code for p in caught.value.problems] == ["overlay_base"]


def test_two_overlays_on_one_value_need_a_resolution() -> None:
    one = overlay("one", STRENGTHEN)
    assert codes(one, overlay("two", WEAKEN)) == ["overlay_conflict"]
    settled = overlay(
        "two", WEAKEN + "resolutions: [{target: rules/wide/raise.tier, winner: one}]\n"
    )
    for order in permutations([one, settled]):
        assert tier(resolve(*base(), order), reach="many", live=False) == ("top", "top")


def test_a_text_and_its_translation_conflict() -> None:
    assert "overlay_conflict" in codes(overlay("one", REWORD), overlay("two", TRANSLATE))


def test_texts_evidence_and_translation() -> None:
    found = resolve(*base(), [overlay("words", REWORD), overlay("proof", EVIDENCE)])
    assert found.rules["wide"].because.zh == "影響很多人。"
    assert found.questions["reach"].evidence is not None
    english = resolve(*base(), [overlay("tongue", TRANSLATE)]).rules["wide"].because
    assert (english.zh, english.en) == ("影響多人。", "It reaches many.")


def test_an_id_is_added_once() -> None:
    assert codes(overlay("one", ADD), overlay("two", ADD)) == ["overlay_id_taken"] * 2
    taken = ADD.replace("id: young", "id: wide").replace("id: minors", "id: live")
    assert "overlay_id_taken" in codes(overlay("one", taken.replace("minors: true", "live: true")))


def test_retire_only_with_leave() -> None:
    mark = fingerprint(pack().rules["wide"])
    signed = WEAKEN.split("date:", maxsplit=1)[0].split("with: low")[1] + "date: 2026-10-01\n"
    body = f"changes:\n  - op: retire\n    target: rules/wide\n    expect: '{mark}'\n{signed}"
    found = resolve(*base(), [overlay("gone", body)])
    assert tier(found, reach="many", live=False) == ("low", "low")


def test_a_new_exemption_spares_only_tunable_rules() -> None:
    body = ADD.replace("raise: {tier: top}", "exempt: [hurried]")
    assert codes(overlay("free", body)) == ["overlay_not_tunable"]


def test_an_overlay_that_only_tightens_never_lowers() -> None:
    tight = resolve(*base(), [overlay("a", ADD), overlay("b", SET), overlay("c", STRENGTHEN)])
    order = [level.id for level in tight.main_scale.levels]
    choices = product([True, False, None], ["few", "many", None], [0, 40, 60, None])
    for live, reach, reviewed in choices:
        given = {"live": live, "reach": reach, "reviewed": reviewed}
        answers = {q: v for q, v in given.items() if v is not None}
        for before, after in zip(tier(pack(), **answers), tier(tight, **answers), strict=True):
            assert order.index(str(after)) >= order.index(str(before))


def test_a_retired_question_is_never_shown() -> None:
    questions = QUESTIONS.replace("- {id: live, kind", "- {id: live, retired: true, kind")
    assert tier(pack(FRAMEWORK, questions), live=True, reviewed=60, reach="few") == ("low", "low")
