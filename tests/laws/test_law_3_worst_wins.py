"""Law 3: the worst finding wins, and the order in which things stand means nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit.assess import Assessment
from risk_kit.model import Pack
from strategies import LEVELS, Pool, Values, assessed, conditions, partial_cases, rule, spans


@settings(max_examples=60)
@given(partial_cases(), st.integers(0, 99))
def test_order_changes_nothing(case: tuple[Pack, Values], seed: int) -> None:
    pack, values = case
    shuffled = _shuffled(pack, Random(seed))
    assert _unordered(assessed(shuffled, values)) == _unordered(assessed(pack, values))


@settings(max_examples=60)
@given(partial_cases(), st.data())
def test_another_raising_rule_lowers_no_bound(
    case: tuple[Pack, Values], data: st.DataObject
) -> None:
    pack, values = case
    when = data.draw(conditions(Pool(dict(pack.questions), dict(pack.criteria), {})))
    extra = rule("extra", when, data.draw(st.sampled_from(LEVELS)))
    rules = (*pack.framework.rules, extra)
    before = spans(pack, assessed(pack, values))
    after = spans(pack, assessed(_with(pack, rules=rules), values))
    assert all(after[key][0] >= low for key, (low, _) in before.items())
    assert all(after[key][1] >= high for key, (_, high) in before.items())


@settings(max_examples=60)
@given(partial_cases())
def test_the_tier_is_the_worst_that_must_or_may_hold(case: tuple[Pack, Values]) -> None:
    pack, values = case
    got = assessed(pack, values)
    if got.applies == "does_not_hold":
        assert {(one.low, one.high) for one in got.scales} == {(None, None)}
        return
    for scale in got.scales:
        position = pack.scales[scale.scale].position
        raised = [
            (one.state, position(lift.level))
            for one in got.findings
            for lift in pack.rules[one.rule].raises
            if lift.scale == scale.scale
        ]
        sure = max((place for state, place in raised if state == "holds"), default=0)
        may = max((place for state, place in raised if state != "does_not_hold"), default=0)
        assert (position(str(scale.low)), position(str(scale.high))) == (sure, may)


def _with(pack: Pack, **changes: object) -> Pack:
    framework = replace(pack.framework, **changes)  # type: ignore[arg-type]
    return Pack(framework, pack.questionnaire, pack.overlays, pack.digest)


# Lists whose order means something: levels of a scale, thresholds; and the shape of a questionnaire.
ORDERED: Final = {"levels", "thresholds", "sections", "steps"}


def _shuffled(pack: Pack, chance: Random) -> Pack:
    framework, asked = mixed(pack.framework, chance), mixed(pack.questionnaire, chance)
    return Pack(framework, asked, pack.overlays, pack.digest)


def mixed(value: Any, chance: Random) -> Any:  # noqa: ANN401
    """The model with every list that is not ordered by meaning in another order."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in ORDERED}
        return replace(value, **{name: mixed(inner, chance) for name, inner in named.items()})
    if isinstance(value, tuple):
        inner = [mixed(one, chance) if is_dataclass(one) else one for one in value]
        return tuple(chance.sample(inner, len(inner)))
    return value


def _unordered(got: Assessment) -> dict[str, object]:
    """Outcomes without their order. Of several sufficient witnesses, any may be named."""
    return {
        "applies": got.applies,
        "scales": set(got.scales),
        "dimensions": set(got.dimensions),
        "findings": {
            (one.rule, one.state, frozenset(one.open), frozenset(one.exempted_by))
            for one in got.findings
        },
        "duties": {(one.obligation, one.state, frozenset(one.rules)) for one in got.obligations},
        "open": set(got.open_questions),
        "not_needed": got.not_needed,
        "dormant": set(got.dormant),
    }
