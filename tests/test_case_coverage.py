"""What golden cases cover, and the mistakes they would notice."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from risk_kit import case_report, cases, catalogue
from risk_kit.case_coverage import coverage
from risk_kit.case_mutation import Mutant, Trial, changing_nothing, mutation_score, trials
from risk_kit.case_variants import variants
from risk_kit.cases import Case, Expectation
from risk_kit.cli import main
from risk_kit.errors import BadInput
from risk_kit.forms import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Score,
    Sum,
    Term,
)
from risk_kit.model import (
    Criterion,
    Dimension,
    Item,
    Obligation,
    Pack,
    Points,
    Rule,
    Threshold,
    Value,
)
from strategies import (
    CITES,
    MAIN,
    SOME_TEXT,
    TODAY,
    answer_set,
    assessed,
    pack_of,
    partial_cases,
    question,
    rule,
)

A, B = Equals("a", (True,)), Equals("b", (True,))
SMALL = Path(__file__).parent / "data" / "small"


def toy() -> Pack:
    """Two items, an exemption, a score with a threshold, a duty, a criterion."""
    mark = Dimension("d", SOME_TEXT, SOME_TEXT, 0, 10, thresholds=(Threshold("t", 5),))
    rules = (
        rule("one", Named("c"), "high", item="I1"),
        rule("two", B, "high", item="I2", obliges=("o",)),
        rule("low", A, "limited", item="I1"),
        rule("adds", A, points=(Points("d", 5),)),
        rule("scored", Score("d", "t"), flag="note"),
        rule("x", Equals("e", (True,)), exempts=("two",), flag="ask"),
    )
    return pack_of(
        (question("a"), question("b"), question("e"), question("n")),
        rules,
        scales=(MAIN,),
        items=(Item("I1", SOME_TEXT), Item("I2", SOME_TEXT)),
        criteria=(Criterion("c", SOME_TEXT, All((A, Equals("n", (True,))))),),
        dimensions=(mark,),
        obligations=(Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit"),),
    )


def case(pack: Pack, expect: Expectation | None = None, **values: Value) -> Case:
    expected = expect or Expectation(None, None, says_tier=False)
    return Case("k", "k", answer_set(values), TODAY, pack, expected, "k.yaml", 1)


NONE = {"a": False, "b": False, "e": False, "n": False}


def ran(*some: Case) -> list[cases.CaseResult]:
    return [cases.run(one) for one in some]


# ------------------------------------------------------------------ coverage


def test_rules_are_counted_both_ways() -> None:
    pack = toy()
    found = coverage(pack, ran(case(pack), case(pack, **NONE), case(pack, **{**NONE, "b": True})))
    assert found.rules["two"] == (1, 1, 1)
    assert found.rules["low"] == (0, 1, 2)


def test_an_exemption_counts_when_it_defeats_a_rule_that_would_hold() -> None:
    pack = toy()
    beats = {**NONE, "b": True, "e": True}
    alone = {**NONE, "e": True}
    assert coverage(pack, ran(case(pack, **alone))).exemptions == {("x", "two"): 0}
    assert coverage(pack, ran(case(pack, **beats))).exemptions == {("x", "two"): 1}


def test_a_threshold_is_hit_on_both_sides() -> None:
    pack = toy()
    both = ran(case(pack), case(pack, **NONE), case(pack, **{**NONE, "a": True}))
    assert coverage(pack, both).thresholds == {("d", "t"): (1, 1)}
    assert coverage(pack, both[:1]).thresholds == {("d", "t"): (0, 0)}


def test_an_item_is_decisive_when_only_its_rules_reach_the_tier() -> None:
    pack = toy()
    first = {**NONE, "a": True, "n": True}
    assert coverage(pack, ran(case(pack, **first))).decisive == {"I1": 1, "I2": 0}
    together = {**first, "b": True}
    assert coverage(pack, ran(case(pack, **together))).decisive == {"I1": 0, "I2": 0}
    assert coverage(pack, ran(case(pack), case(pack, **NONE))).decisive == {"I1": 0, "I2": 0}


def test_levels_count_decided_cases() -> None:
    pack = toy()
    scoped = replace(pack, framework=replace(pack.framework, applies=Not(Equals("n", (True,)))))
    found = coverage(
        scoped,
        ran(case(scoped), case(scoped, **NONE), case(scoped, **{**NONE, "n": True})),
    )
    assert found.levels == {"minimal": 1, "limited": 0, "high": 0, "prohibited": 0}
    assert (found.ranges, found.outside) == (1, 1)


# ------------------------------------------------------------------ mutation


def test_without_expectations_every_mutant_survives() -> None:
    pack = toy()
    score = mutation_score(pack, [case(pack, **NONE)])
    assert (score.killed, score.total) == (0, len(score.survivors))


def test_each_kind_of_mistake_is_tried_and_killed_by_a_case_that_looks() -> None:
    pack = toy()
    tried = {(one.id, one.change) for one in mutation_score(pack, []).survivors}
    assert ("rules/two", "dropped") in tried
    assert ("rules/two", "when negated") in tried
    assert ("criteria/c", "[1] negated") in tried
    assert {("dimensions/d", "t 5 → 4"), ("dimensions/d", "t 5 → 6")} <= tried
    sees = Expectation(None, None, says_tier=False, fires=("scored", "one"), not_fires=("two",))
    look = case(pack, sees, a=True, n=True, b=False, e=False)
    assert cases.run(look).passed
    killed = tried - {(m.id, m.change) for m in mutation_score(pack, [look]).survivors}
    assert killed == {
        ("rules/one", "dropped"),
        ("rules/one", "when negated"),
        ("rules/two", "when negated"),
        ("rules/adds", "dropped"),
        ("rules/adds", "when negated"),
        ("rules/scored", "dropped"),
        ("rules/scored", "when negated"),
        ("criteria/c", "negated"),
        ("criteria/c", "[0] negated"),
        ("criteria/c", "[1] negated"),
        ("dimensions/d", "t 5 → 6"),
    }


def test_dropping_an_exempting_rule_is_noticed_where_it_defeats() -> None:
    pack = toy()
    expects = Expectation("minimal", "minimal", says_tier=True)
    look = case(pack, expects, **{**NONE, "b": True, "e": True})
    survivors = mutation_score(pack, [look]).survivors
    assert Mutant("rules/x", "dropped") not in survivors
    assert Mutant("rules/x", "when negated") not in survivors


def test_a_mistake_in_a_criterion_reaches_through_the_questions_it_shows() -> None:
    asked = question("n", show=Named("c"))
    rules = (rule("r", Equals("n", (True,)), "high"),)
    criteria = (Criterion("c", SOME_TEXT, A),)
    pack = pack_of((question("a"), asked), rules, scales=(MAIN,), criteria=criteria)
    look = case(pack, Expectation("high", "high", says_tier=True), a=True, n=True)
    assert cases.run(look).passed
    assert mutation_score(pack, [look]).survivors == ()


def laid(pack: Pack, *rules: Rule, **criteria: Condition) -> Pack:
    """The pack under an overlay that adds rules and lets criteria hold more often."""
    wide = tuple(
        replace(c, when=AnyOf((c.when, criteria[c.id]))) if c.id in criteria else c
        for c in pack.framework.criteria
    )
    whole = replace(pack.framework, rules=(*pack.framework.rules, *rules), criteria=wide)
    origins = {f"rules/{one.id}": "over" for one in rules}
    return Pack(whole, pack.questionnaire, ("over",), "1" * 64, origins)


def test_cases_under_an_overlay_try_its_mistakes_and_those_of_the_base() -> None:
    pack = toy()
    over = laid(pack, rule("added", Equals("n", (True,)), "limited"), c=Equals("e", (True,)))
    seen = Expectation("high", "high", says_tier=True, fires=("one",), not_fires=("added",))
    look = case(over, seen, **{**NONE, "e": True})
    assert cases.run(look).passed
    score = mutation_score(pack, [look])
    assert set(score.totals) == {"", "over"}
    left = {(one.layer, one.id, one.change) for one in score.survivors}
    assert ("", "rules/one", "dropped") not in left
    assert ("over", "criteria/c", "added negated") not in left
    assert ("over", "rules/added", "when negated") not in left
    assert ("over", "rules/added", "dropped") in left
    assert ("", "criteria/c", "[1] negated") in left


def test_coverage_counts_the_rules_of_overlays_that_cases_lay() -> None:
    pack = toy()
    over = laid(pack, rule("added", Equals("n", (True,)), "limited", item="I2"))
    found = coverage(pack, ran(case(pack, **NONE), case(over, **{**NONE, "n": True})))
    assert found.rules["added"] == (1, 0, 0)
    assert found.overlays == {"over": (1, 1, 1)}
    assert found.decisive == {"I1": 0, "I2": 1}
    told = case_report.report(pack, ran(case(over, **NONE)))
    assert "over: 案例 cases 1；曾成立的規則 rules that fire 0/1" in "\n".join(
        case_report.report_lines(told)
    )
    assert case_report.report_json(told)["rules_total"] == len(over.rules)


def test_a_mistake_that_changes_nothing_does_not_count() -> None:
    twice = AnyOf((A, All((A, B))))  # what the second part adds is there already
    pack = pack_of((question("a"), question("b")), (rule("r", twice, "high"),), scales=(MAIN,))
    score = mutation_score(pack, [case(pack, a=True, b=False)])
    assert score.equivalent == (Mutant("rules/r", "when [1] [1] negated"),)
    assert score.total == len(score.survivors)
    assert Mutant("rules/r", "when [1] negated") in score.survivors
    told = replace(case_report.report(pack, []), mutation=score)
    assert case_report.report_json(told)["mutation"]["equivalent"] == 1
    assert "1 more provably change nothing" in "\n".join(case_report.report_lines(told))


def test_without_the_solver_nothing_is_said_to_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "risk_kit.prove_same", None)
    pack = toy()
    score = mutation_score(pack, [case(pack, **NONE)])
    assert score.equivalent is None
    told = replace(case_report.report(pack, []), mutation=score)
    assert case_report.report_json(told)["mutation"]["equivalent"] is None
    assert "no solver" in "\n".join(case_report.report_lines(told))


def test_a_mistake_in_a_show_condition_and_in_the_scope_is_tried() -> None:
    asked = question("n", show=A)
    pack = pack_of(
        (question("a"), asked), (rule("r", Equals("n", (True,)), "high"),), scales=(MAIN,)
    )
    scoped = replace(pack, framework=replace(pack.framework, applies=A))
    look = case(scoped, Expectation("high", "high", says_tier=True, applies=True), a=True, n=True)
    assert cases.run(look).passed
    score = mutation_score(scoped, [look])
    assert (score.survivors, score.equivalent) == ((), ())
    assert score.totals == {"": 4}


def some(every: list[Trial]) -> list[Trial]:
    """About a dozen of them, spread over all places."""
    return every[:: max(1, len(every) // 12)]


@given(partial_cases())
@settings(max_examples=15, deadline=None)
def test_the_planes_give_the_verdict_of_the_assessment(
    drawn: tuple[Pack, dict[str, Value]],
) -> None:
    pack, values = drawn
    got = cases.outcome(assessed(pack, values))
    holds = tuple(r for r, state in got.states.items() if state == "holds")
    fails = tuple(r for r, state in got.states.items() if state == "does_not_hold")
    applies = {"holds": True, "does_not_hold": False}.get(got.applies)
    expect = Expectation(got.low, got.high, True, holds, fails, tuple(got.duties), applies)
    for trial in some(trials(pack, [case(pack, expect, **values)])):
        ((_, mistake),) = trial.ways
        red = not cases.run(case(mistake.made(), expect, **values)).passed
        assert trial.killed() == red, trial.mutant


@given(partial_cases())
@settings(max_examples=8, deadline=None)
def test_what_is_said_to_change_nothing_changes_nothing_here(
    drawn: tuple[Pack, dict[str, Value]],
) -> None:
    pack, values = drawn
    got = cases.outcome(assessed(pack, values))
    tried = some(trials(pack, [case(pack, **values)]))
    for trial in changing_nothing(tried) or ():
        ((_, mistake),) = trial.ways
        other = cases.outcome(assessed(mistake.made(), values))
        absent = dict.fromkeys(got.states, "does_not_hold")  # a rule dropped does not hold
        same = replace(other, open=None, states={**absent, **other.states})
        assert same == replace(got, open=None), trial.mutant


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (A, ["negated"]),
        (Not(A), ["negated"]),
        (All((A,)), ["negated"]),
        (AnyOf((A, B)), ["negated", "[0] negated", "[1] negated"]),
        (
            AtLeast(2, (A, B)),
            ["negated", "[0] negated", "[1] negated", "at_least 2 → 1"],
        ),
        (Chosen("m", ("f", "g"), 1, None), ["negated", "at_least 1 → 2"]),
        (Chosen("m", ("f", "g"), 0, 0), ["negated", "at_most 0 → 1"]),
        (
            Between("k", 3, 4),
            ["negated", "from 3 → 2", "from 3 → 4", "until 4 → 3", "until 4 → 5"],
        ),
        (Between("t", None, TODAY), ["negated", "until 2026-07-07 → 2026-07-06"]),
        (Sum((Term("k"),), 3, None), ["negated", "at_least 3 → 2", "at_least 3 → 4"]),
        (Sum((Term("k"),), None, 3), ["negated", "at_most 3 → 2", "at_most 3 → 4"]),
        (Equals("o", ("y", "z")), ["negated", "at_least y → z", "at_least y → x"]),
        (Equals("o", ("w",)), ["negated", "at_most w → x"]),
        (Equals("o", ("x",)), ["negated"]),
    ],
)
def test_the_small_mistakes_of_a_condition(condition: Condition, names: list[str]) -> None:
    pack = pack_of(
        (
            question("a"),
            question("b"),
            question("m", "many_of", "fgN"),
            question("k", "whole_number", minimum=0, maximum=9),
            question("t", "date", minimum=TODAY, maximum=TODAY + timedelta(days=9)),
            question("o", "one_of", "wxyz", ordered=True),
        ),
        (),
    )
    found = [name for name, changed in variants(pack, condition) if changed != condition]
    assert found[: len(names)] == names


# ------------------------------------------------------------------ expectations and the command


def test_decisive_questions_must_be_open(tmp_path: Path) -> None:
    pack = catalogue.pack(str(SMALL))
    file = tmp_path / "c.yaml"
    open_ = [o.question for o in assessed(pack, {}).open_questions]
    for named, differs in ((open_[0], False), ("nowhere", None)):
        file.write_text(
            f"id: a\ntitle: t\nsource: s\nanswers: {{}}\nexpect: {{decisive: [{named}]}}\n"
        )
        if differs is None:
            with pytest.raises(BadInput):
                cases.read(file, pack, date(2026, 1, 1))
        else:
            (one,) = cases.read(file, pack, date(2026, 1, 1))
            assert cases.run(one).passed
    answered = replace(one, expect=Expectation(None, None, False, decisive=("not_there",)))
    assert cases.run(answered).differences == (("not_there", "open", "not open"),)


def test_the_command_tells_coverage_and_mutants() -> None:
    done = CliRunner().invoke(main, ["test", str(SMALL), "--mutation", "--format", "json"])
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert told["cases"] == told["passed"] == 2
    assert set(told["coverage"]) == {"rules", "exemptions", "thresholds"}
    assert sum(told["levels"].values()) + told["ranges"] + told["out_of_scope"] == 2
    mutation = told["mutation"]
    assert mutation["total"] == mutation["killed"] + len(mutation["survivors"])
    assert 0 < mutation["score"] <= 1
    assert "decisive" in told
    words = CliRunner().invoke(main, ["test", str(SMALL), "--mutation"])
    assert "mutants killed" in words.output
    assert "mutation" not in json.loads(
        CliRunner().invoke(main, ["test", str(SMALL), "--format", "json"]).output
    )


def test_the_report_names_the_gaps() -> None:
    pack = toy()
    lines = list(case_report.report_lines(case_report.report(pack, ran(case(pack, **NONE)))))
    text = "\n".join(lines)
    assert "never holds: one, two" in text
    assert "exemptions not used: x/two" in text
    assert "thresholds seen from one side: d/t" in text
    assert "levels without a case: limited, high, prohibited" in text
