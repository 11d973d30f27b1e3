"""Law 2: unanswered is a value. Ranges are sound, answering narrows, nothing answered is not low."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, settings

from risk_kit.assess import Assessment
from risk_kit.forms import Equals
from risk_kit.model import UNKNOWN, Pack
from strategies import (
    Values,
    assessed,
    completions,
    domain_of,
    outside,
    pack_of,
    packs,
    partial_cases,
    question,
    spans,
)


@settings(max_examples=60)
@given(partial_cases())
def test_every_completion_lies_inside_the_partial_result(case: tuple[Pack, Values]) -> None:
    pack, values = case
    wide = spans(pack, assessed(pack, values))
    for full in completions(pack, values):
        assert outside(spans(pack, assessed(pack, full)), wide) == set()


@settings(max_examples=60)
@given(partial_cases())
def test_one_more_answer_never_widens_a_range(case: tuple[Pack, Values]) -> None:
    pack, values = case
    wide = spans(pack, assessed(pack, values))
    for one in pack.questions.values():
        if values.get(one.id, UNKNOWN) is UNKNOWN:
            for value in domain_of(one):
                narrow = spans(pack, assessed(pack, {**values, one.id: value}))
                assert outside(narrow, wide) == set()


@settings(max_examples=60)
@given(packs())
def test_nothing_answered_is_decided_only_when_every_answer_gives_that(pack: Pack) -> None:
    got = assessed(pack, {})
    if got.tier.decided:
        tiers = {assessed(pack, full).tier for full in completions(pack, {})}
        assert tiers == {got.tier}


def test_a_tier_is_not_decided_while_the_scope_is_open() -> None:
    pack = pack_of((question("q"),), (), applies=Equals("q", (True,)))
    assert not assessed(pack, {}).tier.decided


@settings(max_examples=60)
@given(partial_cases())
def test_unknown_counts_as_absent_but_is_not_asked_again(case: tuple[Pack, Values]) -> None:
    pack, values = case
    unknown = {name for name, value in values.items() if value is UNKNOWN}
    given_ = assessed(pack, values)
    absent = assessed(pack, {q: v for q, v in values.items() if q not in unknown})
    assert _results(given_) == _results(absent)
    assert {one.question for one in given_.open_questions if one.state == "unknown"} <= unknown
    assert all(one.state == "unanswered" for one in absent.open_questions)


def _results(got: Assessment) -> dict[str, object]:
    """All but what may tell unknown from absent: the digest of the answers, and `state`."""
    found = {one.name: getattr(got, one.name) for one in fields(got)}
    del found["answers_digest"]
    found["open_questions"] = [replace(one, state="unanswered") for one in got.open_questions]
    return found
