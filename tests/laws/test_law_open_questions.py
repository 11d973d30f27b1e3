"""What keeps a result open: nothing but the questions named can decide it, and they do."""

from __future__ import annotations

from hypothesis import given, settings

from risk_kit.assess import Assessment
from risk_kit.model import UNKNOWN, Pack
from strategies import Values, assessed, completions, domain_of, partial_cases


def answered(values: Values, name: str) -> bool:
    return values.get(name, UNKNOWN) is not UNKNOWN


def others(pack: Pack, values: Values, kept_open: set[str]) -> list[dict[str, object]]:
    """Every way to answer all but the questions kept open."""
    full = completions(pack, values)
    fewer = (
        {q: v for q, v in one.items() if answered(values, q) or q not in kept_open} for one in full
    )
    return list({str(sorted(one.items())): one for one in fewer}.values())


def undecided(got: Assessment) -> bool:
    return got.applies == "undecided" or not got.tier.decided


@settings(max_examples=60)
@given(partial_cases())
def test_answering_other_questions_never_decides_a_finding(case: tuple[Pack, Values]) -> None:
    pack, values = case
    for finding in assessed(pack, values).findings:
        assert (finding.state == "undecided") == bool(finding.open)
        assert not any(answered(values, name) for name in finding.open)
        for more in others(pack, values, set(finding.open)) if finding.open else ():
            after = assessed(pack, more)  # type: ignore[arg-type]
            assert next(f.state for f in after.findings if f.rule == finding.rule) == "undecided"


@settings(max_examples=60)
@given(partial_cases())
def test_the_open_questions_are_complete_and_enough(case: tuple[Pack, Values]) -> None:
    pack, values = case
    got = assessed(pack, values)
    listed = {one.question for one in got.open_questions}
    assert bool(listed) == undecided(got)
    assert not any(answered(values, name) for name in listed)
    for more in others(pack, values, listed):
        after = assessed(pack, more)  # type: ignore[arg-type]
        assert (after.tier, after.applies) == (got.tier, got.applies)
    for more in others(pack, values, set(pack.questions) - listed):
        assert not undecided(assessed(pack, more))  # type: ignore[arg-type]


@settings(max_examples=60)
@given(partial_cases())
def test_what_matters_no_more_never_matters_again(case: tuple[Pack, Values]) -> None:
    pack, values = case
    before = {one.question for one in assessed(pack, values).open_questions}
    for one in pack.questions.values():
        if not answered(values, one.id):
            for value in domain_of(one):
                after = assessed(pack, {**values, one.id: value}).open_questions
                assert {found.question for found in after} <= before - {one.id}


@settings(max_examples=60)
@given(partial_cases())
def test_open_questions_come_asked_first_then_by_weight(case: tuple[Pack, Values]) -> None:
    pack, values = case
    got = assessed(pack, values)
    levels = [*(one.id for one in pack.main_scale.levels), None]
    keys = [(not o.asked, -levels.index(o.level), -o.rules) for o in got.open_questions]
    assert keys == sorted(keys)
    shown_open = {q for q in pack.questions if not answered(values, q)} - set(got.dormant)
    assert got.not_needed <= len(shown_open) - sum(o.asked for o in got.open_questions)
