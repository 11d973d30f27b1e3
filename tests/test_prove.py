"""Each fault planted in a sound pack is found, alone, and its witness shows it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

pytest.importorskip("z3")

from risk_kit import accepted, catalogue, messages, prove, proving
from risk_kit.cli import main
from risk_kit.condition import in_force
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Sum,
    Term,
)
from risk_kit.messages_prove import PROVE_MESSAGES
from risk_kit.model import (
    AnswerSet,
    Cite,
    Criterion,
    Dimension,
    Obligation,
    Pack,
    Points,
    Question,
    Raise,
    Rule,
    Source,
    Text,
    Threshold,
    Tunable,
    Value,
)
from risk_kit.prove_world import Finding
from risk_kit.yamlread import read
from strategies import CITES, MAIN, SOME_TEXT, TODAY, assessed, pack_of, question, rule

Found = dict[tuple[str, str], Finding]
YES, NO = (Equals("a", (value,)) for value in (True, False))
BASE_RULES = tuple(
    rule(name, Equals("q", (option,)), level)
    for name, option, level in (("l", "x", "limited"), ("h", "y", "high"), ("p", "z", "prohibited"))
)
BASE_QUESTIONS = (question("q", "one_of", "wxyz"), question("a"), question("b"))
NOTE = rule("note", AnyOf((YES, Equals("b", (True,)))), flag="note")


def pack(*more: Rule, asked: tuple[Question, ...] = (), **rest: object) -> Pack:
    """A sound pack (limited, high, prohibited by one question; a note by two) with `more`."""
    return pack_of((*BASE_QUESTIONS, *asked), (*BASE_RULES, NOTE, *more), scales=(MAIN,), **rest)


def found(checked: Pack, as_of: date = TODAY) -> Found:
    """The findings by code and id; nothing may stay unknown."""
    proof = prove.prove(checked, as_of)
    assert not proof.unknown
    assert set(proof.checked) <= CHECKS
    return {(one.code, one.id): one for one in proof.findings}


CHECKS = {
    *("translation", "citation_expired", "unreachable_rule", "unreachable_question"),
    *("unreachable_level", "unattainable_threshold", "dead_exemption", "obligation_never"),
    *("constant", "not_monotone", "lowered_tier", "masked_rule", "idle_question"),
    *("idle_option", "loose_range"),
}


def values_of(one: Finding) -> dict[str, Value]:
    assert one.witness is not None
    return values_in(one.witness)


def values_in(answers: AnswerSet) -> dict[str, Value]:
    return {name: answer.value for name, answer in answers.answers.items()}


def states(checked: Pack, values: dict[str, Value]) -> dict[str, str]:
    return {one.rule: one.state for one in assessed(checked, values).findings}


def test_a_sound_pack_has_no_findings() -> None:
    assert found(pack()) == {}


# ------------------------------------------------------------------ what can happen


def test_an_unreachable_question() -> None:
    hidden = question("c", show=All((YES, NO)))
    assert set(found(pack(asked=(hidden,)))) == {("unreachable_question", "c")}


def test_a_retired_question_is_left_alone() -> None:
    assert found(pack(asked=(question("c", show=AnyOf(()), retired=True),))) == {}


def test_an_unreachable_rule() -> None:
    never = rule("r", All((YES, NO)), flag="note")
    assert set(found(pack(never))) == {("unreachable_rule", "r")}


def test_a_rule_that_is_not_in_force_is_left_alone() -> None:
    never = All((YES, NO))
    later = rule("r", never, flag="note", valid_from=TODAY + timedelta(days=1))
    assert found(pack(later, rule("s", never, flag="note", retired=True))) == {}


def test_a_rule_that_two_exemptions_together_always_beat() -> None:
    b = Equals("b", (True,))
    beaten = rule("r", b, obliges=("o",))
    one, two = rule("x", YES, exempts=("r",), flag="ask"), rule("y", NO, exempts=("r",), flag="ask")
    duty = Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit")
    codes = found(pack(beaten, one, two, rule("s", YES, obliges=("o",)), obligations=(duty,)))
    assert set(codes) == {("always_exempted", "r")}
    assert codes["always_exempted", "r"].facts["by"] == ["x", "y"]


def test_an_unreachable_level() -> None:
    lifted = rule("r", Not(Equals("q", ("z",))), "high")
    codes = found(pack(lifted))
    assert {("unreachable_level", "tier/minimal"), ("unreachable_level", "tier/limited")} <= set(
        codes
    )
    assert ("unreachable_level", "tier/high") not in codes


def test_a_level_reached_only_out_of_scope_is_unreachable() -> None:
    codes = found(pack(applies=Not(Equals("q", ("z",)))))
    assert set(codes) == {("unreachable_level", "tier/prohibited"), ("masked_rule", "p")}


def scored(*at: int, amount: int = 5) -> Pack:
    marks = tuple(Threshold(f"t{place}", one) for place, one in enumerate(at))
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10, thresholds=marks)
    adds = rule("r", YES, points=(Points("d", amount),))
    return pack(adds, dimensions=(dimension,))


def test_an_unattainable_threshold() -> None:
    assert set(found(scored(5, 6))) == {("unattainable_threshold", "d/t1")}


def test_a_threshold_that_needs_two_rules_that_exclude_each_other() -> None:
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10, thresholds=(Threshold("t", 8),))
    b = Equals("b", (True,))
    one = rule("r", All((YES, b)), points=(Points("d", 5),))
    two = rule("s", All((NO, b)), points=(Points("d", 5),))
    codes = found(pack(one, two, dimensions=(dimension,)))
    assert set(codes) == {("unattainable_threshold", "d/t")}


def test_a_threshold_that_is_always_reached() -> None:
    assert set(found(scored(0, 5))) == {("idle_threshold", "d/t0")}


def test_a_dead_exemption() -> None:
    codes = found(pack(rule("x", Equals("q", ("w",)), exempts=("h",), flag="note")))
    assert set(codes) == {("dead_exemption", "x/h")}


def test_an_exemption_that_is_too_wide() -> None:
    wide = rule("x", Not(Equals("q", ("w",))), exempts=("h",), flag="note")
    checked = pack(wide)
    codes = found(checked)
    assert ("wide_exemption", "x/h") in codes
    assert ("unreachable_rule", "h") not in codes
    values = values_of(codes["wide_exemption", "x/h"])
    assert values["q"] == "y"
    assert states(checked, values)["h"] == "does_not_hold"


def test_an_obligation_that_nobody_receives() -> None:
    duty = Obligation("o", SOME_TEXT, (), CITES, "toolkit")
    codes = found(pack(rule("r", YES, obliges=("o",)), obligations=(duty,)))
    assert set(codes) == {("obligation_without_role", "o")}


def test_an_obligation_that_no_rule_imposes() -> None:
    duty = Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit")
    gone = replace(duty, id="gone", valid_to=TODAY - timedelta(days=1))
    soon = replace(duty, id="soon")
    later = rule("r", YES, obliges=("soon",), valid_from=TODAY + timedelta(days=1))
    assert set(found(pack(later, obligations=(duty, gone, soon)))) == {("obligation_never", "o")}


# ------------------------------------------------------------------ conditions


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (All((YES, NO)), "always_false"),
        (AnyOf((YES, NO)), "always_true"),
        (AtLeast(2, (YES, NO)), "always_false"),
        (Equals("q", ("w", "x", "y", "z")), "always_true"),
        (Between("n", 0, 9), "always_true"),
        (Between("n", 10, None), "always_false"),
        (Chosen("m", ("f", "g"), 3, None), "always_false"),
        (Chosen("m", ("f", "g", "N"), 1, None), "always_true"),
        (Pair("q", "k", ()), "always_false"),
        (Sum((Term("n", 2), Term("q", weights=(("x", -5),))), 19, None), "always_false"),
        (Sum((Term("n", 2),), 3, 3), "always_false"),
        (Between("d", TODAY, None), "always_true"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_constant_condition(condition: Condition, code: str) -> None:
    asked = (
        question("n", "whole_number", minimum=0, maximum=9),
        question("m", "many_of", "fgN"),
        question("k", "one_of", "uv"),
        question("d", "date", minimum=TODAY, maximum=TODAY + timedelta(days=40)),
    )
    b = Equals("b", (True,))
    codes = found(pack(rule("r", AnyOf((All((b, YES)), condition)), flag="note"), asked=asked))
    here = {one for one in codes if one[0].startswith("always")}
    assert here == {(code, "rules/r/when/any.1")}


def test_the_innermost_constant_is_named_and_only_it() -> None:
    never = Criterion("c", SOME_TEXT, All((YES, NO)))
    users = rule("r", AnyOf((All((Named("c"), YES)), Equals("b", (True,)))), flag="note")
    codes = {one for one in found(pack(users, criteria=(never,))) if one[0] != "loose_range"}
    assert codes == {("always_false", "criteria/c/when")}


def test_a_rule_without_condition_is_always_true() -> None:
    assert set(found(pack(rule("r", All(()), flag="note")))) == {("always_true", "rules/r/when")}


def test_asking_whether_something_is_answered_is_no_constant() -> None:
    note = rule("r", All((Answered("b"), YES)), flag="note")
    assert found(pack(note)) == {}


# ------------------------------------------------------------------ what changes nothing


def test_a_masked_rule_names_its_masker_and_shows_both() -> None:
    masked = rule("r", All((Equals("q", ("y",)), YES)), "high")
    checked = pack(masked)
    codes = found(checked)
    assert set(codes) == {("masked_rule", "r")}
    assert codes["masked_rule", "r"].facts["by"] == ["h"]
    state = states(checked, values_of(codes["masked_rule", "r"]))
    assert (state["r"], state["h"]) == ("holds", "holds")


@pytest.mark.parametrize(
    "rest",
    [
        {"obliges": ("o",)},
        {"flag": "note"},
        {"points": (Points("d", 1),)},
        {"exempts": ("p2",)},
    ],
)
def test_a_rule_that_does_something_else_is_not_masked(rest: dict[str, object]) -> None:
    one = rule("r", All((Equals("q", ("y",)), YES)), "high", **rest)
    rules = (
        one,
        rule("s", Equals("b", (True,)), obliges=("o",)),
        rule("p2", Equals("b", (True,)), "prohibited"),
    )
    duty = Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit")
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10)
    codes = found(pack(*rules, obligations=(duty,), dimensions=(dimension,)))
    assert ("masked_rule", "r") not in codes


def test_points_beyond_the_maximum_change_nothing() -> None:
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10, thresholds=(Threshold("t", 9),))
    full = rule("f", AnyOf((YES, Equals("b", (True,)))), points=(Points("d", 12),))
    more = rule("r", YES, points=(Points("d", 3),))
    codes = found(pack(full, more, dimensions=(dimension,)))
    assert set(codes) == {("masked_rule", "r")}


def test_a_question_whose_answer_never_matters() -> None:
    idle = rule("r", AnyOf((All((YES, Equals("k", ("u",)))), All((YES, Equals("k", ("v",)))))))
    codes = found(pack(replace(idle, flag="note"), asked=(question("k", "one_of", "uv"),)))
    assert ("idle_question", "k") in codes


def test_an_option_whose_choice_never_matters() -> None:
    either = AnyOf((Chosen("m", ("f",), 1, None), Chosen("m", ("f", "g"), 2, None)))
    checked = pack(rule("r", either, flag="note"), asked=(question("m", "many_of", "fgN"),))
    codes = found(checked)
    assert set(codes) == {("idle_option", "m/g")}
    chosen = values_of(codes["idle_option", "m/g"])["m"]
    assert isinstance(chosen, frozenset)
    assert "g" in chosen


def test_an_option_that_adds_points_matters() -> None:
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10)
    term = Term("m", weights=(("f", 1), ("g", 0)))
    adds = rule("r", YES, points=(Points("d", 0, (term,)),))
    asked = (question("m", "many_of", "fgN"),)
    assert found(pack(adds, asked=asked, dimensions=(dimension,))) == {}


# ------------------------------------------------------------------ ranges and order


def test_a_loose_range() -> None:
    b, c = Equals("b", (True,)), Equals("c", (True,))
    loose = rule("r", All((YES, AnyOf((All((b, c)), All((Not(b), c)))))), flag="note")
    checked = pack(loose, rule("s", c, flag="note"), asked=(question("c"),))
    codes = found(checked)
    assert set(codes) == {("loose_range", "r")}
    values = values_of(codes["loose_range", "r"])
    assert values == {"a": True, "c": True}
    assert states(checked, values)["r"] == "undecided"


def test_a_rule_that_reads_a_question_twice_need_not_be_loose() -> None:
    b, c = Equals("b", (True,)), Equals("c", (True,))
    fine = rule("r", AnyOf((All((YES, b)), All((YES, c)))), flag="note")
    assert found(pack(fine, asked=(question("c"),))) == {}


def test_a_worse_answer_that_lowers_the_tier() -> None:
    worse = question("k", "one_of", "uvw", ordered=True, worse=True)
    lifts = rule("r", Equals("k", ("v",)), "high")
    checked = pack(lifts, asked=(worse,))
    one = found(checked)["not_monotone", "k"]
    values = values_of(one)
    assert (one.facts["from"], one.facts["to"], one.facts["level"]) == ("v", "w", "high")
    before = assessed(checked, values).tier
    after = assessed(checked, {**values, "k": "w"}).tier
    assert (before.low, before.high) == ("high", "high")
    assert MAIN.position(str(after.low)) < MAIN.position("high")


@pytest.mark.parametrize("kind", ["yes_no", "whole_number"])
def test_worse_answers_that_only_raise_are_fine(kind: str) -> None:
    number = kind == "whole_number"
    worse = question("k", kind, worse=True, **({"minimum": 0, "maximum": 9} if number else {}))  # type: ignore[arg-type]
    test = Between("k", 4, None) if number else Equals("k", (True,))
    checked = pack(rule("r", test, "high"), asked=(worse,))
    assert found(checked) == {}
    assert prove.prove(checked, TODAY).checked["not_monotone"] == 1


def test_another_pack_that_lowers_a_tier() -> None:
    base = pack()
    lower = replace(BASE_RULES[1], raises=(Raise("tier", "limited"),))
    rules = tuple(lower if one.id == "h" else one for one in base.framework.rules)
    other = replace(base, framework=replace(base.framework, rules=rules))
    witness = prove.lowers(base, other, TODAY)
    assert witness is not None
    values = values_in(witness)
    assert assessed(base, values).tier.high == "high"
    assert assessed(other, values).tier.high == "limited"
    assert prove.lowers(other, base, TODAY) is None
    proof = prove.prove(other, TODAY, base)
    assert [one.code for one in proof.findings if one.code == "lowered_tier"] == ["lowered_tier"]


def test_a_declared_weakening_may_lower_and_nothing_else_may() -> None:
    base = pack()
    tunable = replace(BASE_RULES[1], tunable=Tunable("tier", "limited"))
    rules = tuple(tunable if one.id == "h" else one for one in base.framework.rules)
    base = replace(base, framework=replace(base.framework, rules=rules))
    lower = replace(tunable, raises=(Raise("tier", "limited"),))
    weaker = tuple(lower if one.id == "h" else one for one in rules)
    other = replace(
        base,
        framework=replace(base.framework, rules=weaker),
        origins={"rules/h/raise.tier": "sector"},
    )
    assert prove.lowers(base, other, TODAY) is None
    more = tuple(one for one in weaker if one.id != "p")
    worse = replace(other, framework=replace(base.framework, rules=more))
    assert prove.lowers(base, worse, TODAY) is not None


def test_a_pack_with_more_options_and_questions_is_compared_on_what_both_accept() -> None:
    base = pack()
    wider = (question("q", "one_of", "vwxyz"), question("a"), question("b"), question("c"))
    lifts = rule("n", Equals("c", (True,)), "limited")
    other = pack_of(wider, (*base.framework.rules, lifts), scales=(MAIN,))
    assert prove.lowers(base, other, TODAY) is None
    number = question("c", "whole_number", minimum=0, maximum=5)
    mine = pack(rule("n", Between("c", 4, None), "high"), asked=(number,))
    longer = question("c", "whole_number", minimum=-2, maximum=99)
    same = pack(rule("n", Between("c", 4, None), "high"), asked=(longer,))
    assert prove.lowers(mine, same, TODAY) is None
    late = pack(rule("n", Between("c", 5, None), "high"), asked=(longer,))
    witness = prove.lowers(mine, late, TODAY)
    assert witness is not None
    assert witness.value("c") == 4


# ------------------------------------------------------------------ words and sources


def test_a_citation_that_ended() -> None:
    old = Source("old", SOME_TEXT, SOME_TEXT, "statute", valid_to=TODAY - timedelta(days=1))
    law = Source("law", SOME_TEXT, SOME_TEXT, "statute", valid_to=TODAY)
    cites = (Cite("law"), Cite("old"))
    cited = replace(rule("r", YES, flag="note"), cites=cites)
    checked = pack(cited, sources=(law, old))
    assert set(found(checked)) == {("citation_expired", "rules/r/old")}
    assert found(checked, TODAY - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("zh", "en", "code"),
    [
        ("", "text", "translation_missing"),
        ("文字", "TODO", "translation_missing"),
        ("待譯", "text", "translation_missing"),
        ("文字", "…", "translation_missing"),
        ("text", "text", "translation_same"),
        ("word", "text", "translation_not_chinese"),
        ("文字", "a 字", "translation_not_english"),
        ("文字", "text", None),
        ("%", "%", None),
        ("1–10", "1–10", None),
        ("第3條", "Article 3", None),
    ],
)
def test_a_missing_or_stale_translation(zh: str, en: str, code: str | None) -> None:
    asked = replace(question("c"), label=Text(zh, en))
    expected = set() if code is None else {(code, "questions/c/label")}
    assert set(found(pack(asked=(asked,)))) == expected


# ------------------------------------------------------------------ honesty


def test_what_cannot_be_finished_is_unknown_and_not_clean() -> None:
    proof = prove.prove(pack(), TODAY, whole=0)
    assert proof.unknown
    assert not proving.Proved(proof, (), ()).clean
    said = list(proving.proved_lines(proving.Proved(proof, (), ())))
    assert any("unknown, which is not the same as fine" in line for line in said)


def test_an_unfinished_exact_range_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("risk_kit.prove_order.WHOLE", 0)
    assert prove.exact_range(pack(), {}, TODAY) is None


def test_without_the_solver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(NotAvailable) as caught:
        prove.prove(pack(), TODAY)
    (problem,) = caught.value.problems
    assert problem.code == "no_solver"
    assert "risk-kit[prove]" in messages.sentence(problem, "en")


@pytest.mark.parametrize("code", sorted(PROVE_MESSAGES))
def test_every_sentence_can_be_said(code: str) -> None:
    for language in ("zh", "en"):
        assert messages.sentence(Problem(code, {"id": "r"}), language)


# ------------------------------------------------------------------ accepted, and the command


def test_acceptances_are_read_and_doubles_refused() -> None:
    good = read(b"accepted: [{check: masked_rule, id: G1a, because: why}]", "a.yaml")
    assert set(accepted.from_document(good)) == {("masked_rule", "G1a")}
    for bad in (
        "accepted: [{check: a, id: b, because: c}, {check: a, id: b, because: d}]",
        "accepted: [{check: a, id: b}]",
        "accepted: [{check: a, id: b, because: ''}]",
        "{}",
    ):
        with pytest.raises(BadInput):
            accepted.from_document(read(bad.encode(), "a.yaml"))


FRAMEWORK = """
format: risk-kit/framework/1
id: toy
version: "1.0"
title: {zh: 玩具, en: Toy}
questionnaire: toy
main_scale: tier
sources:
  - {id: law, title: {zh: 法, en: Law}, issuer: {zh: 院, en: Yuan}, force: statute, verified: false}
scales:
  - id: tier
    title: {zh: 級距, en: Tier}
    levels:
      - {id: low, label: {zh: 低, en: Low}, meaning: {zh: 低度, en: Low one}}
      - {id: high, label: {zh: 高, en: High}, meaning: {zh: 高度, en: High one}}
rules:
  - &RULE
"""
RULE = """  - id: {id}
    title: {{zh: 規則, en: Rule}}
    when: {when}
    raise: {{tier: high}}
    because: {{zh: 因為, en: Because}}
    cites: [{{source: law}}]
    basis: toolkit
    verified: false
"""
QUESTIONS = """
format: risk-kit/questionnaire/1
id: toy
version: "1.0"
sections:
  - id: s
    step: one
    title: {zh: 段, en: Section}
    questions:
      - {id: a, kind: yes_no, label: {zh: 甲, en: A}}
      - {id: b, kind: yes_no, label: {zh: 乙, en: B}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A framework folder with one masked rule."""
    made = tmp_path / "toy"
    made.mkdir()
    rules = RULE.format(id="r", when="{a: true}")
    rules += RULE.format(id="m", when="{all: [{a: true}, {b: true}]}")
    (made / "framework.yaml").write_text(FRAMEWORK.replace("  - &RULE\n", "") + rules)
    (made / "questionnaire.yaml").write_text(QUESTIONS)
    return made


def run(*arguments: str) -> tuple[int, dict[str, object]]:
    done = CliRunner().invoke(main, [*arguments, "--format", "json"])
    return done.exit_code, json.loads(done.output)


def test_the_command_reports_and_writes_witnesses_that_open(folder: Path, tmp_path: Path) -> None:
    code, result = run("prove", str(folder), "--witness", str(tmp_path / "w"))
    assert code == 1
    (one,) = result["findings"]  # type: ignore[misc, attr-defined]
    assert (one["code"], one["id"], one["witness"]) == ("masked_rule", "m", {"a": True, "b": True})
    assert one["zh"] and one["en"]  # noqa: PT018
    assert result["unknown"] == []
    assert result["checked"]["masked_rule"] == 2  # type: ignore[index]
    file = tmp_path / "w" / "masked_rule-m.json"
    assert result["written"] == [str(file)]
    code, opened = run("assess", str(file), "--pack", str(folder), "--exact")
    assert code == 0
    assert opened["exact"] == {"known": True, "low": "high", "high": "high", "decided": True}
    assert {f["rule"]: f["state"] for f in opened["findings"]}["m"] == "holds"  # type: ignore[attr-defined]


def test_an_accepted_finding_is_told_and_passes_and_a_stale_one_does_not(folder: Path) -> None:
    file = folder / "accepted.yaml"
    file.write_text("accepted: [{check: masked_rule, id: m, because: 說明用}]", encoding="utf-8")
    code, result = run("prove", str(folder))
    assert (code, result["findings"]) == (0, [])
    assert [one["because"] for one in result["accepted"]] == ["說明用"]  # type: ignore[attr-defined]
    file.write_text(
        "accepted: [{check: masked_rule, id: m, because: x}, {check: masked_rule, id: r, because: y}]"
    )
    code, result = run("prove", str(folder))
    assert code == 1
    assert [one["code"] for one in result["findings"]] == ["stale_acceptance"]  # type: ignore[attr-defined]


def test_the_command_speaks_and_refuses(folder: Path) -> None:
    done = CliRunner().invoke(main, ["prove", str(folder)])
    assert done.exit_code == 1
    assert "規則「m」有沒有都一樣" in done.output
    assert "findings 1, accepted 0, unknown 0" in done.output
    assert CliRunner().invoke(main, ["prove", str(folder / "nowhere")]).exit_code == 2
    (folder / "accepted.yaml").write_text("accepted: [{check: a}]")
    assert CliRunner().invoke(main, ["prove", str(folder)]).exit_code == 2


@pytest.mark.parametrize("all_overlays", [False, True], ids=["base", "all overlays"])
def test_the_shipped_pack_is_proved_in_time(*, all_overlays: bool) -> None:
    """In 20 seconds of this process's own time (one core), however busy the machine is."""
    named = catalogue.overlays_of(catalogue.folder_of("tw-ai-risk")) if all_overlays else ()
    shipped, base = catalogue.pack("tw-ai-risk", named), catalogue.pack("tw-ai-risk")
    begun = process_time()
    proof = prove.prove(shipped, date(2026, 11, 22), base if named else None)
    assert process_time() - begun < 20
    assert not proof.unknown
    assert proof.checked["loose_range"] == len(in_force(shipped, date(2026, 11, 22)))
