"""A defeated rule raises nothing; while its exemption is undecided the range spans both."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from risk_kit.forms import Equals
from risk_kit.model import Pack
from strategies import Values, assessed, completions, pack_of, packs, partial_cases, question, rule

YES, MAYBE, UNLESS = (Equals(name, (True,)) for name in ("a", "b", "c"))
PACK = pack_of(
    (question("a"), question("b"), question("c")),
    (rule("r", YES, "high"), rule("x", MAYBE, exempts=("r",), unless=UNLESS)),
)


@settings(max_examples=60)
@given(partial_cases())
def test_without_its_exemptions_a_rule_holds_at_least_as_much(case: tuple[Pack, Values]) -> None:
    pack, values = case
    pack = _with_rules(pack, points=())  # points that come back may lower a score
    freed = _with_rules(pack, exempts=())
    order = ("does_not_hold", "undecided", "holds")
    free = {one.rule: one for one in assessed(freed, values).findings}
    got = {one.rule: one for one in assessed(pack, values).findings}
    for name, finding in got.items():
        exempters = [o for o in got if name in pack.rules[o].exempts and got[o].state != order[0]]
        assert order.index(finding.state) <= order.index(free[name].state)
        expected = exempters if free[name].state != order[0] else []
        assert list(finding.exempted_by) == expected
        if any(got[one].state == "holds" for one in exempters):
            assert finding.state == "does_not_hold"
        elif exempters:
            assert finding.state != "holds"


def _with_rules(pack: Pack, **changes: object) -> Pack:
    rules = tuple(replace(one, **changes) for one in pack.framework.rules)  # type: ignore[arg-type]
    framework = replace(pack.framework, rules=rules)
    return Pack(framework, pack.questionnaire, pack.overlays, pack.digest)


@settings(max_examples=40)
@given(packs())
def test_a_defeated_rule_raises_nothing_in_any_full_answer(pack: Pack) -> None:
    for full in completions(pack, {}):
        got = assessed(pack, full)
        standing = {one.rule for one in got.findings if one.state == "holds"}
        defeated = {name for one in standing for name in pack.rules[one].exempts}
        assert not standing & defeated
        raised = [lift for one in standing for lift in pack.rules[one].raises]
        levels = {lift.level for lift in raised if lift.scale == "tier"} | {"minimal", None}
        assert got.tier.low in levels


def test_an_exemption_that_holds_defeats() -> None:
    got = assessed(PACK, {"a": True, "b": True, "c": False})
    assert (got.tier.low, got.tier.high) == ("minimal", "minimal")
    assert got.findings[0].state == "does_not_hold"
    assert got.findings[0].exempted_by == ("x",)
    assert got.findings[0].witness == {"b": True, "c": False}


def test_an_exemption_that_does_not_hold_leaves_the_rule_standing() -> None:
    for values in ({"b": False}, {"c": True}):
        got = assessed(PACK, {"a": True, **values})
        assert (got.tier.low, got.tier.high) == ("high", "high")
        assert got.findings[0].exempted_by == ()


def test_while_an_exemption_is_undecided_the_range_spans_both() -> None:
    for values in ({}, {"b": True}, {"c": False}):
        got = assessed(PACK, {"a": True, **values})
        assert (got.tier.low, got.tier.high) == ("minimal", "high")
        assert got.findings[0].state == "undecided"
        assert got.findings[0].exempted_by == ("x",)
        assert set(got.findings[0].open) == {"b", "c"} - set(values)


def test_what_does_not_hold_by_itself_is_exempted_by_nothing() -> None:
    own = rule("r", YES, "high", unless=UNLESS)
    pack = pack_of(PACK.questionnaire.questions, (own, rule("x", MAYBE, exempts=("r",))))
    for values in ({"a": False, "b": True}, {"a": True, "c": True, "b": True}):
        assert assessed(pack, values).findings[0].exempted_by == ()
