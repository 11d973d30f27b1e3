"""Overlays: identity, order, test-and-set, conflicts, and lowering only where the base allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import permutations, product

import pytest

from packs import FRAMEWORK, QUESTIONS, base, overlay, pack
from risk_kit import load_overlay
from risk_kit.assess import assess
from risk_kit.digest import canonical, pack_digest, plain, sha256
from risk_kit.errors import BadInput, Problem
from risk_kit.forms import All, AnyOf, Between, Equals, Ref
from risk_kit.layers import Overlay
from risk_kit.model import (
    Answer,
    AnswerSet,
    Framework,
    Pack,
    Questionnaire,
    Raise,
    Section,
    Text,
)
from risk_kit.overlay import fingerprint, resolve
from risk_kit.yamlread import read

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
        (
            REWORD.replace(
                "with: {zh: 影響很多人。, en: A great many people are affected.}", "with: 3"
            ),
            "overlay_text",
        ),
        (
            REWORD.replace(
                "    with: {zh: 影響很多人。, en: A great many people are affected.}\n", ""
            ),
            "overlay_text",
        ),
        (
            REWORD.replace("zh: 影響很多人。, en: A", "zh: 影響, n: A").replace(
                "n: A great many people are affected.", 'en: " "'
            ),
            "overlay_text",
        ),
        (TRANSLATE.replace("with: It reaches many.", "with: 3"), "overlay_text"),
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


# -- whole problems: code, facts, file, line ---------------------------------------------------------

SIGNED = {
    "authority": "{zh: 某機關, en: An authority}",
    "reason": "{zh: 另有保障, en: Otherwise protected}",
    "date": "2026-10-01",
}
# A second scale whose id holds a dot, an exemption, a scope and a shown question that read a
# parameter, and a question in a second section.
RICH = (
    FRAMEWORK.replace("main_scale: tier", "main_scale: tier\napplies: {reviewed: {at_most: 400}}")
    .replace("at_most: 400", "at_most: {parameter: a_year}")
    .replace(
        "parameters:",
        """  - id: harm.1
    title: {zh: 損害, en: Harm}
    levels:
      - {id: low, label: {zh: 輕, en: low}, meaning: {zh: 輕, en: low}}
      - {id: mid, label: {zh: 中, en: mid}, meaning: {zh: 中, en: mid}}
      - {id: top, label: {zh: 重, en: top}, meaning: {zh: 重, en: top}}
parameters:
  - {id: a_year, title: {zh: 每年, en: a year}, value: 400, minimum: 100, maximum: 500, tunable: true}
  - {id: fixed, title: {zh: 固定, en: fixed}, value: 5, minimum: 1, maximum: 9}""",
    )
    .replace("raise: {tier: mid}", "raise: {tier: mid, harm.1: mid}")
    + """  - id: spared.1
    title: {zh: 例外, en: spared}
    when: {live: false}
    exempt: [wide]
    because: {zh: 未上線。, en: Not live.}
    cites: [{source: own}]
    basis: toolkit
"""
)
TWO_SECTIONS = (
    QUESTIONS
    + """  - id: more
    step: inventory
    title: {zh: 其他, en: More}
    questions:
      - {id: last, kind: yes_no, label: {zh: 末題？, en: Last?}}
"""
)
ORDER = ["low", "mid", "top"]
WORDS = "{zh: 新, en: new}"
ENGLISH = "Many people are affected."
BECAUSE = f"{{zh: 影響多人。, en: {ENGLISH}}}"


@cache
def rich_base() -> tuple[Framework, Questionnaire]:
    return base(RICH, TWO_SECTIONS)


def rich(*overlays: Overlay) -> Pack:
    return resolve(*rich_base(), overlays)


def over(name: str, body: str, base_version: str = "small@1") -> Overlay:
    """An overlay over the rich base."""
    head = f"format: risk-kit/overlay/1\nid: {name}\nversion: '1'\nbase: {base_version}\n"
    whole = head + "title: {zh: 疊加, en: overlay}\n" + body
    return load_overlay.overlay(read(whole.encode(), f"{name}.yaml"), *rich_base())


def change(op: str, target: str, to: str = "", **parts: str) -> str:
    """One change as YAML; the parts are YAML too."""
    given = {"op": op, "target": target} | parts | ({"with": to} if to else {})
    return "changes:\n  - {" + ", ".join(f"{key}: {said}" for key, said in given.items()) + "}\n"


def problems(*overlays: Overlay) -> list[Problem]:
    with pytest.raises(BadInput) as caught:
        rich(*overlays)
    return list(caught.value.problems)


def mark(rule: str) -> str:
    return f"'{fingerprint(rich().rules[rule])}'"


def test_the_fingerprint_of_a_thing_stays_the_same() -> None:
    assert fingerprint(Text("甲", "A")) == sha256(canonical(plain(Text("甲", "A"))))[:12]
    assert fingerprint(Text("甲", "A")) == "34c1d2f1181a"


def test_another_base_is_told_in_full() -> None:
    versions = [over("bad", "", "small@2"), over("worse", "", "other@1")]
    assert problems(*versions) == [
        Problem("overlay_base", {"id": "bad", "wanted": "small@2", "got": "small@1"}, "bad.yaml"),
        Problem(
            "overlay_base", {"id": "worse", "wanted": "other@1", "got": "small@1"}, "worse.yaml"
        ),
    ]


def test_a_taken_id_names_who_has_it() -> None:
    notice = "notices:\n  - {id: mind, text: {zh: 注意, en: Mind}}\n"
    first, second = over("one", notice), over("two", notice)
    facts = {"target": "notices/mind", "id": "two", "other": "one"}
    assert problems(second, first) == [Problem("overlay_id_taken", facts, "two.yaml")]
    source = "{zh: 方法, en: Method}, issuer: {zh: 我們, en: us}, force: method, verified: true"
    again = over("one", f"sources:\n  - {{id: own, title: {source}}}\n")
    facts = {"target": "sources/own", "id": "one", "other": "small"}
    assert problems(again) == [Problem("overlay_id_taken", facts, "one.yaml")]


def test_a_conflict_names_the_value_the_rivals_and_the_last_of_them() -> None:
    first, second = over("one", EVIDENCE), over("two", SET)
    third = over("zzz", "\n\n\n" + SET)
    facts = {"target": "parameters/a_day/value", "ids": ["two", "zzz"]}
    expected = [Problem("overlay_conflict", facts, "zzz.yaml", line_of(third, 0))]
    assert problems(third, second, first) == expected


def line_of(one: Overlay, place: int) -> int:
    line = one.changes[place].line
    assert line > 1
    return line


def test_a_text_and_its_translation_conflict_under_an_id_with_a_dot() -> None:
    where = "rules/spared.1/because"
    whole = change("replace", where, expect="{zh: 未上線。, en: Not live.}", to=WORDS)
    part = change("translate", where, language="en", expect="Not live.", to="Off.")
    first, second = over("one", whole), over("two", part)
    facts = {"target": "rules/spared.1/because.en", "ids": ["one", "two"]}
    assert problems(first, second) == [
        Problem("overlay_conflict", facts, "two.yaml", line_of(second, 0))
    ]


def test_a_loser_keeps_its_other_changes() -> None:
    both = STRENGTHEN + "  - {op: set, target: parameters/a_day, expect: 60, with: 30}\n"
    winner = WEAKEN + "resolutions: [{target: rules/wide/raise.tier, winner: two}]\n"
    found = resolve(*base(), [overlay("one", both), overlay("two", winner)])
    assert found.origins == {"rules/wide/raise.tier": "two", "parameters/a_day/value": "one"}
    assert found.rules["wide"].raises == (Raise("tier", "low"),)
    assert found.framework.parameters[0].value == 30


def test_a_new_exemption_of_an_untunable_rule_is_told_in_full() -> None:
    body = """
rules:
  - id: free
    title: {zh: 免除, en: free}
    when: {live: false}
    exempt: [wide, hurried]
    because: {zh: 未上線。, en: Not live.}
    cites: [{source: own}]
    basis: toolkit
"""
    freed = over("free", body)
    facts = {"target": "rules/hurried", "id": "free"}
    assert problems(freed) == [
        Problem("overlay_not_tunable", facts, "free.yaml", path="rules/free")
    ]
    spared = rich(over("free", body.replace("[wide, hurried]", "[wide]")))
    assert spared.rules["free"].exempts == ("wide",)


@pytest.mark.parametrize(
    ("body", "code", "target", "facts"),
    [
        (
            change("retire", "nothings/x", expect="x"),
            "no_such",
            "nothings/x/retired",
            {"kind": "nothings", "id": "x"},
        ),
        (
            change("set", "rules/wide", expect="5", to="6"),
            "overlay_field",
            "rules/wide/value",
            {"field": "value"},
        ),
        (
            change("strengthen", "criteria/busy", scale="tier", to="top"),
            "overlay_field",
            "criteria/busy/raise.tier",
            {"field": "raise.tier"},
        ),
        (
            change("strengthen", "rules/hurried", scale="harm.1", to="top"),
            "overlay_field",
            "rules/hurried/raise.harm.1",
            {"field": "raise.harm.1"},
        ),
        (
            change("translate", "rules/wide/absent", language="en", to="x"),
            "overlay_field",
            "rules/wide/absent.en",
            {"field": "absent.en"},
        ),
        (
            change("translate", "rules/wide/when", language="en", to="x"),
            "overlay_field",
            "rules/wide/when.en",
            {"field": "when.en"},
        ),
        (
            change("require_evidence", "rules/wide", to=WORDS),
            "overlay_field",
            "rules/wide/evidence",
            {"field": "evidence"},
        ),
        (
            change("replace", "rules/wide/when", to=WORDS),
            "overlay_field",
            "rules/wide/when",
            {"field": "when"},
        ),
        (
            change("replace", "rules/hurried/tunable", to=WORDS),
            "overlay_field",
            "rules/hurried/tunable",
            {"field": "tunable"},
        ),
        (
            change("replace", "rules/spared.1/unless", to=WORDS),
            "overlay_field",
            "rules/spared.1/unless",
            {"field": "unless"},
        ),
        (
            change("translate", "rules/wide/because", to="x"),
            "overlay_field",
            "rules/wide/because.",
            {"field": "because."},
        ),
        (
            change("translate", "rules/wide/because", language="en", expect=ENGLISH, to="' '"),
            "overlay_text",
            "rules/wide/because.en",
            {"value": " "},
        ),
        (
            change("replace", "rules/wide/because", expect=WORDS, to=WORDS),
            "overlay_stale",
            "rules/wide/because",
            {"expected": "新／new", "found": "影響多人。／Many people are affected."},
        ),
        (
            change("set", "parameters/a_day", expect="61", to="30"),
            "overlay_stale",
            "parameters/a_day/value",
            {"expected": "61", "found": "60"},
        ),
        (
            change("set", "parameters/a_day", expect="60", to="9"),
            "overlay_bounds",
            "parameters/a_day/value",
            {"minimum": 10, "maximum": 120},
        ),
        (
            change("set", "parameters/a_day", expect="60", to="121"),
            "overlay_bounds",
            "parameters/a_day/value",
            {"minimum": 10, "maximum": 120},
        ),
        (
            change("set", "parameters/a_day", expect="60", to="many"),
            "overlay_bounds",
            "parameters/a_day/value",
            {"minimum": 10, "maximum": 120},
        ),
        (
            change("set", "parameters/fixed", expect="5", to="6"),
            "overlay_bounds",
            "parameters/fixed/value",
            {"minimum": 1, "maximum": 9},
        ),
        (
            change("strengthen", "rules/wide", scale="harm.1", expect="mid", to="summit"),
            "no_level",
            "rules/wide/raise.harm.1",
            {"scale": "harm.1", "id": "summit", "offered": ORDER},
        ),
        (
            change("strengthen", "rules/wide", scale="tier", expect="mid", to="mid"),
            "overlay_direction",
            "rules/wide/raise.tier",
            {"value": "mid"},
        ),
        (
            change("weaken", "rules/wide", to="mid", scale="tier", expect="mid", **SIGNED),
            "overlay_direction",
            "rules/wide/raise.tier",
            {"value": "mid"},
        ),
        (
            change("weaken", "rules/wide", to="top", scale="tier", expect="mid", **SIGNED),
            "overlay_direction",
            "rules/wide/raise.tier",
            {"value": "top"},
        ),
        (
            change("weaken", "rules/wide", to="low", scale="harm.1", expect="mid", **SIGNED),
            "overlay_not_tunable",
            "rules/wide/raise.harm.1",
            {},
        ),
        (
            change("weaken", "rules/hurried", to="low", scale="tier", expect="top", **SIGNED),
            "overlay_not_tunable",
            "rules/hurried/raise.tier",
            {},
        ),
        (
            change("retire", "rules/hurried", expect="MARK-hurried", **SIGNED),
            "overlay_not_tunable",
            "rules/hurried/retired",
            {},
        ),
        (
            change("retire", "parameters/a_day", expect="MARK-a_day", **SIGNED),
            "overlay_not_tunable",
            "parameters/a_day/retired",
            {},
        ),
        (
            change("retire", "rules/wide", expect="MARK-wide"),
            "overlay_authority",
            "rules/wide/retired",
            {},
        ),
        (
            change("narrow", "criteria/busy", expect="MARK-busy", when="{live: true}"),
            "overlay_narrow",
            "criteria/busy/when",
            {},
        ),
    ],
)
def test_a_refused_change_is_told_in_full(
    body: str, code: str, target: str, facts: dict[str, object]
) -> None:
    for thing in (*rich().framework.rules, *rich().framework.parameters, *rich().criteria.values()):
        body = body.replace(f"MARK-{thing.id}", f"'{fingerprint(thing)}'")
    one = over("bad", body)
    expected = Problem(code, {"target": target, "id": "bad"} | facts, "bad.yaml", line_of(one, 0))
    assert problems(one) == [expected]


# -- whole packs -------------------------------------------------------------------------------------


def test_a_pack_is_known_by_all_that_it_holds() -> None:
    found = rich(over("b", SET), over("a", EVIDENCE))
    assert found.overlays == ("a", "b")
    assert found.digest == pack_digest(found.framework, found.questionnaire, ("a", "b"))


@pytest.mark.parametrize("number", [10, 120])
def test_a_parameter_may_be_set_to_either_bound(number: int) -> None:
    found = rich(over("edge", SET.replace("with: 30", f"with: {number}")))
    assert {one.id: one.value for one in found.framework.parameters}["a_day"] == number
    assert found.criteria["busy"].when == Between("reviewed", Ref(number, "a_day"), None)


def test_scope_and_questions_read_the_parameter_too() -> None:
    body = change("set", "parameters/a_year", expect="400", to="200")
    more = """
sections:
  - id: facts
    questions:
      - id: why
        kind: yes_no
        label: {zh: 為何？, en: Why?}
        show: {reviewed: {at_least: {parameter: a_year}}}
"""
    found = rich(over("strict", body + more))
    assert found.framework.applies == Between("reviewed", None, 200)
    assert found.questions["why"].show == Between("reviewed", 200, None)
    assert rich().framework.applies == Between("reviewed", None, 400)


def test_added_sections_come_last_and_questions_stay_in_their_section() -> None:
    body = """
sections:
  - id: facts
    questions:
      - {id: why, kind: yes_no, label: {zh: 為何？, en: Why?}}
  - id: extra
    step: inventory
    title: {zh: 增列, en: Extra}
    questions:
      - {id: also, kind: yes_no, label: {zh: 另？, en: Also?}}
"""
    asked = rich(over("child", body)).questionnaire
    assert [one.id for one in asked.sections] == ["facts", "more", "extra"]
    assert asked.sections[-1] == Section("extra", Text("增列", "Extra"), "inventory")
    everything = ["live", "reach", "who", "reviewed", "why", "last", "also"]
    assert [one.id for one in asked.questions] == everything


def test_only_the_named_level_moves() -> None:
    one = change("strengthen", "rules/wide", scale="harm.1", expect="mid", to="top")
    before, after = rich().rules["wide"], rich(over("hard", one)).rules["wide"]
    assert set(before.raises) == {Raise("tier", "mid"), Raise("harm.1", "mid")}
    assert after == replace(
        before,
        raises=tuple(Raise("harm.1", "top") if r.scale == "harm.1" else r for r in before.raises),
    )


def test_an_exemption_is_narrowed() -> None:
    before = rich().rules["spared.1"]
    expect = mark("spared.1")
    body = change("narrow", "rules/spared.1", expect=expect, when="{reach: few}")
    found = rich(over("tight", body))
    extra = Equals("reach", ("few",))
    assert found.rules["spared.1"] == replace(before, when=All((before.when, extra)))
    assert found.origins == {"rules/spared.1/when": "tight"}
    with pytest.raises(BadInput) as caught:
        rich(over("tight", change("narrow", "rules/spared.1", expect=expect)))
    assert [problem.code for problem in caught.value.problems] == ["overlay_narrow"]


def test_a_retired_rule_stays_in_the_pack() -> None:
    before = rich().rules["wide"]
    found = rich(over("gone", change("retire", "rules/wide", expect=mark("wide"), **SIGNED)))
    assert found.rules["wide"] == replace(before, retired=True)
    assert found.origins == {"rules/wide/retired": "gone"}


def test_a_retired_question_keeps_its_place_and_asks_nobody() -> None:
    questions = QUESTIONS.replace("- {id: live, kind", "- {id: live, retired: true, kind")
    found = pack(FRAMEWORK, questions)
    assert next(iter(found.questions)) == "live"
    assert found.questions["live"].show == AnyOf(())
    assert found.questions["reach"].show is None


def test_scales_with_dotted_names_do_not_clash() -> None:
    scale = FRAMEWORK[FRAMEWORK.index("  - id: tier\n") : FRAMEWORK.index("parameters:")]
    twin = scale.replace("- id: tier", "- id: tier.x")
    both = FRAMEWORK.replace("parameters:", twin + "parameters:", 1).replace(
        "raise: {tier: mid}", "raise: {tier: mid, tier.x: mid}"
    )
    framework, questions = base(both)
    one = overlay("one", STRENGTHEN)
    two = overlay("two", STRENGTHEN.replace("scale: tier", "scale: tier.x"))
    raised = resolve(framework, questions, [one, two]).rules["wide"].raises
    assert {(r.scale, r.level) for r in raised} == {("tier", "top"), ("tier.x", "top")}


# -- widening ----------------------------------------------------------------------------------------


def widen(when: str, criterion: str = "busy", expect: str = "") -> str:
    expect = expect or fingerprint(rich().criteria[criterion])
    return change("widen", f"criteria/{criterion}", expect=f"'{expect}'", when=when)


def test_a_criterion_is_widened() -> None:
    found = rich(over("wide", widen("{reach: many}")))
    before = rich().criteria["busy"]
    more = AnyOf((before.when, Equals("reach", ("many",))))
    assert found.criteria["busy"] == replace(before, when=more)
    assert found.origins == {"criteria/busy/when": "wide"}
    assert tier(rich(), live=True, reviewed=1, reach="many") == ("mid", "mid")
    assert tier(found, live=True, reviewed=1, reach="many") == ("top", "top")


def test_two_overlays_may_widen_one_criterion() -> None:
    one = over("one", widen("{reach: many}"))
    two = over("two", widen("{reach: some}"))
    found = rich(one, two)
    assert found == rich(two, one)
    assert tier(found, live=True, reviewed=1, reach="some") == ("top", "top")
    assert tier(found, live=True, reviewed=1, reach="many") == ("top", "top")
    assert tier(found, live=True, reviewed=1, reach="few") == ("low", "low")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (lambda: widen("{reach: many}", expect="000000000000"), "overlay_stale"),
        (lambda: change("widen", "criteria/busy", expect=f"'{mark_of('busy')}'"), "overlay_widen"),
        (
            lambda: change("widen", "rules/wide", expect=mark("wide"), when="{reach: many}"),
            "overlay_widen",
        ),
    ],
)
def test_a_widening_that_says_too_little_is_refused(body: Callable[[], str], code: str) -> None:
    assert [one.code for one in problems(over("bad", body()))] == [code]


def mark_of(criterion: str) -> str:
    return fingerprint(rich().criteria[criterion])


def test_what_an_exemption_reads_is_not_widened() -> None:
    sparing = """rules:
  - id: spare
    title: {zh: 排除, en: spare}
    when: {criterion: busy}
    exempt: [wide]
    because: {zh: 另有保障。, en: Otherwise protected.}
    cites: [{source: own}]
    basis: toolkit
"""
    lenient = over("lenient", sparing + widen("{reach: many}"))
    facts = {"target": "criteria/busy/when", "id": "lenient"}
    assert problems(lenient) == [
        Problem("overlay_widen", facts, "lenient.yaml", line_of(lenient, 0))
    ]


def test_what_the_scope_reads_turned_round_is_not_widened() -> None:
    framework, questions = base(
        FRAMEWORK.replace("main_scale: tier", "main_scale: tier\napplies: {not: {criterion: busy}}")
    )
    expect = fingerprint(framework.criteria[0])
    body = change("widen", "criteria/busy", expect=f"'{expect}'", when="{reach: many}")
    with pytest.raises(BadInput) as caught:
        resolve(framework, questions, [overlay_over("lenient", body, framework, questions)])
    assert [one.code for one in caught.value.problems] == ["overlay_widen"]


def test_a_conflict_after_a_widening_is_told() -> None:
    one = over("one", widen("{reach: many}") + SET.removeprefix("\nchanges:\n"))
    assert [found.code for found in problems(one, over("two", SET))] == ["overlay_conflict"]


def test_changes_of_one_overlay_follow_each_other() -> None:
    whole = change("replace", "rules/wide/because", expect=BECAUSE, to=WORDS)
    part = change("translate", "rules/wide/because", language="en", expect="new", to="newer")
    found = rich(over("one", whole + part.removeprefix("changes:\n")))
    assert found.rules["wide"].because == Text("新", "newer")


@pytest.mark.parametrize("names", [("one", "two"), ("two", "one")])
def test_a_whole_thing_is_expected_as_in_the_base_whoever_else_changes_it(
    names: tuple[str, str],
) -> None:
    words, gone = names
    retired = change("retire", "rules/wide", expect=mark("wide"), **SIGNED)
    tight = change("narrow", "rules/spared.1", expect=mark("spared.1"), when="{reach: few}")
    title = change("replace", "rules/spared.1/title", expect="{zh: 例外, en: spared}", to=WORDS)
    found = rich(
        over(words, REWORD + title.removeprefix("changes:\n")),
        over(gone, retired + tight.removeprefix("changes:\n")),
    )
    assert found.rules["wide"].retired
    assert found.rules["wide"].because.zh == "影響很多人。"
    assert found.rules["spared.1"].title.zh == "新"
    assert isinstance(found.rules["spared.1"].when, All)


def test_figures_in_texts_follow_their_parameters() -> None:
    told = FRAMEWORK.replace("zh: 審查過快", 'zh: "每日逾 {a_day} 件"').replace(
        "value: 60", "value: 1060"
    )
    told = told.replace("maximum: 120", "maximum: 2000")
    framework, questions = base(told)
    assert resolve(framework, questions).rules["hurried"].title.zh == "每日逾 1,060 件"
    body = SET.replace("expect: 60", "expect: 1060").replace("with: 30", "with: 1200")
    whole = overlay_over("more", body, framework, questions)
    assert resolve(framework, questions, [whole]).rules["hurried"].title.zh == "每日逾 1,200 件"


def overlay_over(name: str, body: str, framework: Framework, asked: Questionnaire) -> Overlay:
    head = f"format: risk-kit/overlay/1\nid: {name}\nversion: '1'\nbase: small@1\n"
    whole = head + "title: {zh: 疊加, en: overlay}\n" + body
    return load_overlay.overlay(read(whole.encode(), f"{name}.yaml"), framework, asked)


def test_a_translation_made_in_code_reaches_texts_alone() -> None:
    one = over("bad", change("translate", "rules/wide/because", language="en", to="harm.1"))
    sly = replace(one.changes[0], field="tunable.scale", expect="tier")
    (found,) = problems(replace(one, changes=(sly,)))
    assert (found.code, found.facts["field"]) == ("overlay_field", "tunable.scale")
