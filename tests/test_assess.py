"""Examples of whole assessments; the laws are in tests/laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from risk_kit.assess import (
    Assessment,
    DimensionRange,
    Duty,
    Finding,
    LevelRange,
    OpenQuestion,
    assess,
)
from risk_kit.compile_reasons import ready
from risk_kit.condition import in_force, valid_on
from risk_kit.digest import answers_digest
from risk_kit.forms import All, AnyOf, Equals, Not, Sum, Term
from risk_kit.model import UNKNOWN, Dimension, Obligation, Pack, Points, Raise
from strategies import (
    CITES,
    SOME_TEXT,
    TODAY,
    Values,
    answer_set,
    assessed,
    pack_of,
    question,
    rule,
)

A, B, C = (Equals(name, (True,)) for name in "abc")
DAY = timedelta(days=1)
DUTIES = tuple(Obligation(one, SOME_TEXT, ("uses",), CITES, "toolkit") for one in ("log", "tell"))
PACK = pack_of(
    tuple(question(name) for name in "abc"),
    (
        rule("low", A, "limited", obliges=("log",)),
        rule("top", All((A, B)), "prohibited", obliges=("log", "tell")),
        rule("care", C, raises=(Raise("care", "b"), Raise("tier", "limited"), Raise("care", "c"))),
    ),
    obligations=DUTIES,
)


def test_nothing_answered_spans_everything() -> None:
    got = assessed(PACK, {})
    assert (got.tier.low, got.tier.high, got.tier.decided) == ("minimal", "prohibited", False)
    assert [one.state for one in got.findings] == ["undecided"] * 3
    assert got.findings[1].open == ("a", "b")
    assert got.obligations == (
        Duty("log", "undecided", ("low", "top")),
        Duty("tell", "undecided", ("top",)),
    )
    assert got.open_questions == (
        OpenQuestion("a", "unanswered", True, "prohibited", 2),
        OpenQuestion("b", "unanswered", True, "prohibited", 1),
        OpenQuestion("c", "unanswered", True, "limited", 1),
    )
    assert got.not_needed == 0


def test_the_worst_rule_decides_and_the_rest_is_not_needed() -> None:
    got = assessed(PACK, {"a": True, "b": True})
    assert (got.tier.low, got.tier.decided) == ("prohibited", True)
    assert got.findings[1].witness == {"a": True, "b": True}
    assert got.open_questions == ()
    assert got.not_needed == 1
    assert [one.state for one in got.obligations] == ["holds", "holds"]
    assert got.scales[1].low == "a"
    assert got.scales[1].high == "c"


def test_only_questions_of_rules_above_the_sure_level_are_open() -> None:
    got = assessed(PACK, {"a": True, "b": UNKNOWN})
    assert got.open_questions == (OpenQuestion("b", "unknown", True, "prohibited", 1),)
    assert got.not_needed == 1


def test_a_rule_that_does_not_hold_imposes_nothing() -> None:
    got = assessed(PACK, {"a": True, "b": False})
    assert got.obligations == (Duty("log", "holds", ("low",)),)


def test_out_of_scope_there_is_no_level_and_no_duty() -> None:
    pack = _with(applies=Not(C))
    got = assessed(pack, {"a": True, "c": True})
    assert got.applies == "does_not_hold"
    assert {(one.low, one.high, one.decided) for one in got.scales} == {(None, None, True)}
    assert (got.obligations, got.open_questions) == ((), ())
    assert got.not_needed == 1


def test_while_the_scope_is_open_its_questions_weigh_most() -> None:
    got = assessed(_with(applies=Not(C)), {"a": True, "b": True})
    assert got.applies == "undecided"
    assert got.tier == LevelRange("tier", "prohibited", "prohibited", in_scope=False)
    assert not got.tier.decided
    assert got.open_questions == (OpenQuestion("c", "unanswered", True, None, 1),)
    assert {one.state for one in got.obligations} == {"undecided"}


def test_a_question_that_may_be_hidden_comes_after_those_that_are_asked() -> None:
    hidden = question("h", show=A)
    rules = (rule("r", Equals("h", (True,)), "prohibited"), rule("s", C, "limited"))
    got = assessed(pack_of((hidden, question("a"), question("c")), rules), {})
    assert [(one.question, one.asked) for one in got.open_questions] == [
        ("a", True),
        ("c", True),
        ("h", False),
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "valid"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_validity_includes_both_ends(begins: date | None, ends: date | None, valid: bool) -> None:
    dated = rule("r", All(()), "high", valid_from=begins, valid_to=ends)
    pack = pack_of((question("a"),), (dated,))
    assert valid_on(dated, TODAY) == valid
    assert in_force(pack, TODAY) == ((dated,) if valid else ())
    assert assessed(pack, {}).tier.low == ("high" if valid else "minimal")


def test_a_retired_rule_exempts_no_more_and_an_expired_duty_is_not_due() -> None:
    rules = (
        rule("r", A, "high", obliges=("log",)),
        rule("x", All(()), exempts=("r",), retired=True),
    )
    duty = replace(DUTIES[0], valid_to=TODAY)
    pack = pack_of((question("a"),), rules, obligations=(duty,))
    assert assessed(pack, {"a": True}).tier.low == "high"
    assert len(assessed(pack, {"a": True}).obligations) == 1
    assert assessed(pack, {"a": True}, TODAY + DAY).obligations == ()


def test_an_assessment_states_what_it_rests_on() -> None:
    answers = answer_set({"a": True})
    got = assess(PACK, answers, TODAY)
    assert (got.framework, got.version, got.as_of) == ("toy", "1.0", TODAY)
    assert got.pack_digest == PACK.digest
    assert got.answers_digest == answers_digest(answers)
    assert assess(PACK, answers, TODAY) == got


def test_answers_to_questions_of_another_pack_change_nothing() -> None:
    got = assessed(PACK, {"a": True, "stranger": True})
    assert replace(got, answers_digest="") == replace(
        assessed(PACK, {"a": True}), answers_digest=""
    )


def test_a_rule_without_a_level_of_the_main_scale_opens_nothing() -> None:
    pack = pack_of((question("a"),), (rule("r", A, raises=(Raise("care", "c"),)),))
    got = assessed(pack, {})
    assert (got.tier.decided, got.open_questions, got.not_needed) == (True, (), 1)
    assert not got.scales[1].decided


def test_what_never_holds_needs_no_answers() -> None:
    (finding,) = assessed(pack_of((question("a"),), (rule("r", AnyOf(()), "high"),)), {}).findings
    assert (finding.state, finding.witness, finding.open) == ("does_not_hold", {}, ())


WHOLE = replace(
    pack_of(
        (*(question(name) for name in "abc"), question("hidden", show=A)),
        (
            rule("r", A, "high", points=(Points("d", 2),)),
            rule("x", B, exempts=("r",)),
            rule("y", C, exempts=("r",), points=(Points("e", 1),)),
        ),
        dimensions=tuple(Dimension(one, SOME_TEXT, SOME_TEXT, 0, 9) for one in "de"),
        obligations=DUTIES,
    ),
    overlays=("stricter@1",),
)


def test_a_whole_assessment() -> None:
    values = {"a": False, "b": True, "hidden": True}
    assert assessed(WHOLE, values) == Assessment(
        framework="toy",
        version="1.0",
        overlays=("stricter@1",),
        pack_digest="0" * 64,
        answers_digest=answers_digest(answer_set(values)),
        as_of=TODAY,
        applies="holds",
        tier=LevelRange("tier", "minimal", "minimal"),
        scales=(LevelRange("tier", "minimal", "minimal"), LevelRange("care", "a", "a")),
        dimensions=(DimensionRange("d", 0, 0), DimensionRange("e", 0, 1)),
        findings=(
            Finding("r", "does_not_hold", {"a": False}),
            Finding("x", "holds", {"b": True}),
            Finding("y", "undecided", {}, open=("c",)),
        ),
        obligations=(),
        open_questions=(),
        not_needed=1,
        dormant=("hidden",),
    )


def test_without_reasons_findings_tell_their_state_alone() -> None:
    answers = answer_set({"a": True, "b": False})
    short, full = (assess(WHOLE, answers, TODAY, reasons=want) for want in (False, True))
    assert short.findings == (
        Finding("r", "undecided", {}),
        Finding("x", "does_not_hold", {}),
        Finding("y", "undecided", {}),
    )
    assert replace(short, findings=full.findings) == full


@pytest.mark.parametrize(
    "values", [{}, {"a": True}, {"a": False, "b": True, "hidden": True}, {"a": True, "c": False}]
)
@pytest.mark.parametrize("reasons", [True, False])
def test_what_is_kept_ready_changes_nothing(values: Values, reasons: bool) -> None:
    answers, made = answer_set(values), ready(WHOLE, TODAY)
    expected = assess(WHOLE, answers, TODAY, reasons=reasons)
    assert assess(WHOLE, answers, TODAY, reasons=reasons, ready=made) == expected


def test_rules_that_are_not_written_out_are_left_to_the_walk() -> None:
    numbers = tuple(question(name, "whole_number", minimum=0, maximum=9) for name in "nm")
    many = rule("many", Sum((Term("n"), Term("m")), 9, None), "high")
    pack = pack_of((question("a"), *numbers), (many,))
    made, answers = ready(pack, TODAY), answer_set({"n": 8, "m": 9})
    assert (made.plans[0].ways, made.plans[0].score) == (None, None)
    assert assess(pack, answers, TODAY, ready=made) == assess(pack, answers, TODAY)


def test_what_is_kept_ready_serves_its_pack_and_day_alone() -> None:
    other, made = replace(WHOLE, digest="1" * 64), ready(WHOLE, TODAY)
    for pack, day in ((other, TODAY), (WHOLE, TODAY + DAY)):
        with pytest.raises(ValueError, match=r"^made ready for another pack or day$"):
            assess(pack, answer_set({}), day, ready=made)


def test_a_finding_names_the_rules_that_defeat_it_or_may() -> None:
    sure, maybe = (
        assessed(WHOLE, {"a": True, "b": True, "c": False}),
        assessed(WHOLE, {"a": True, "c": False}),
    )
    defeated = Finding("r", "does_not_hold", {"b": True}, exempted_by=("x",))
    assert sure.findings[0] == defeated
    assert maybe.findings[0] == Finding("r", "undecided", {}, open=("b",), exempted_by=("x",))
    assert (sure.dormant, maybe.dormant) == ((), ())


def test_an_answered_question_that_is_or_may_be_shown_is_not_dormant() -> None:
    assert assessed(WHOLE, {"hidden": True}).dormant == ()
    assert assessed(WHOLE, {"a": True, "hidden": True}).dormant == ()
    assert assessed(WHOLE, {"a": False}).dormant == ()


def _with(**changes: object) -> Pack:
    framework = replace(PACK.framework, **changes)  # type: ignore[arg-type]
    return replace(PACK, framework=framework)
