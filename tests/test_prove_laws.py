"""The solver against the tree walk: on random packs both say the same, or the solver says more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit.assess import assess
from risk_kit.condition import Situation
from risk_kit.domain import YES
from risk_kit.model import UNKNOWN, Framework, Pack, Raise, Value
from strategies import (
    LEVELS,
    TODAY,
    answer_set,
    assessed,
    completions,
    domain_of,
    full_cases,
    packs,
    partial_cases,
    spans,
)

pytest.importorskip("z3")
import z3

from risk_kit.prove import exact_range, lowers, prove
from risk_kit.prove_order import monotone
from risk_kit.prove_world import World

Case = tuple[Pack, dict[str, Value]]
FEW = settings(max_examples=60)


def test_the_solver_agrees_with_the_walk_on_full_answers() -> None:
    check_full()


@given(full_cases())
@settings(max_examples=150)
def check_full(case: Case) -> None:
    pack, values = case
    world = World(pack, TODAY, 5, 60)
    given_ = [world.domains[q].equals(v) for q, v in values.items() if q in world.domains]
    model = world.search.possible(*given_)
    assert model is not None

    def true(formula: z3.BoolRef) -> bool:
        return z3.is_true(model.eval(formula, model_completion=True))

    walk = Situation(pack, values, world.rules)
    one = world.encoding
    for rule in world.rules:
        assert true(one.outcome(rule)) == (walk.outcome(rule) == YES), rule
    for question in pack.questions:
        assert true(one.shown(question)) == (walk.shown(question) == YES), question
    for dimension in pack.dimensions.values():
        score, high = walk.score(dimension.id)
        assert score == high
        for at in range(dimension.minimum - 1, dimension.maximum + 2):
            assert true(one.score(dimension.id, at)) == (score >= at)
    place = tier(pack, values)
    assert [true(one.tier(k)) for k in range(4)] == [place >= k for k in range(4)]


@given(full_cases())
@FEW
def test_neighbours_in_planes_are_what_the_walk_says(case: Case) -> None:
    pack, values = case
    world = World(pack, TODAY, 5, 60)
    near, given_ = world.near, {q: v for q, v in values.items() if q in world.near.runs}
    planes, nothing = near.planes(given_), near.planes({})
    for question, run in near.runs.items():
        rest = {q: v for q, v in given_.items() if q != question}
        here = [*((at, {question: v}) for at, v in enumerate(run.values, run.first))]
        for place, own in (*here, (run.without, {}), (0, {question: given_[question]})):
            some = Situation(pack, {**rest, **own}, world.rules)
            alone = Situation(pack, own, world.rules)
            for rule in world.rules:
                yes, no = near.wiring.rule(rule)
                assert _at(planes, yes, no, place) == some.outcome(rule)
                if place:
                    assert _at(nothing, yes, no, place) == alone.outcome(rule)
    for rule in world.rules:
        yes, no = (planes[gate] for gate in near.wiring.rule(rule))
        for question, run in near.runs.items():
            truths = [_at((yes, no), 0, 1, run.first + i) for i in range(len(run.values))]
            same = set(truths) in ({0}, {2}) and _at((yes, no), 0, 1, run.without) == 1
            assert near.settled(yes, no) >> run.without & 1 == same, question


@given(full_cases())
@FEW
def test_what_is_said_to_matter_does(case: Case) -> None:
    pack, values = case
    near = World(pack, TODAY, 5, 60).near
    rules = near.wiring.rules
    near.add({q: v for q, v in values.items() if q in near.runs})
    every = list(completions(pack, {}))
    for question in near.runs:
        pairs = (
            (one, {**one, question: v})
            for one in every
            for v in domain_of(pack.questions[question])
        )
        if near.matters(question):
            assert any(_truths(pack, one, rules) != _truths(pack, two, rules) for one, two in pairs)
    for rule in rules:
        yes, no = near.wiring.rule(rule)
        truths = {Situation(pack, one, rules).outcome(rule) for one in every}
        assert not near.shows(yes) or YES in truths
        assert not near.shows(no) or 0 in truths


def _at(planes: Sequence[int], yes: int, no: int, place: int) -> int:
    """The truth that two planes say at a bit."""
    return 1 + (planes[yes] >> place & 1) - (planes[no] >> place & 1)


@given(partial_cases())
@settings(max_examples=100)
def test_the_exact_range_is_that_of_all_completions_and_inside_the_three_valued(
    case: Case,
) -> None:
    pack, values = case
    exact = exact_range(pack, values, TODAY)
    assert exact is not None
    places = sorted(tier(pack, one) for one in completions(pack, values))
    places = [one for one in places if one >= 0]
    if not places:
        assert (exact.low, exact.high) == (None, None)
        return
    assert (exact.low, exact.high) == (LEVELS[places[0]], LEVELS[places[-1]])
    wide = assess(pack, answer_set(values), TODAY).tier
    assert wide.low is not None
    assert wide.high is not None
    assert LEVELS.index(wide.low) <= places[0] <= places[-1] <= LEVELS.index(wide.high)


@given(packs())
@FEW
def test_findings_are_what_trying_every_answer_set_finds(pack: Pack) -> None:
    proof = prove(pack, TODAY)
    assert not proof.unknown
    found: dict[str, set[str]] = {}
    for one in proof.findings:
        found.setdefault(one.code, set()).add(one.id)
    every = list(completions(pack, {}))
    rules = World(pack, TODAY, 5, 60).rules
    walks = [Situation(pack, values, rules) for values in every]
    never = {r.id for r in rules if not any(walk.outcome(r) == YES for walk in walks)}
    beaten = {one.split("/")[1] for one in found.get("wide_exemption", set())}
    unreachable = found.get("unreachable_rule", set()) | found.get("always_exempted", set())
    assert unreachable <= never <= unreachable | beaten
    assert beaten <= never
    hidden = {q for q in pack.questions if not any(walk.shown(q) == YES for walk in walks)}
    assert found.get("unreachable_question", set()) == hidden
    for level, place in zip(LEVELS, range(4), strict=True):
        reached = any(tier(pack, values) == place for values in every)
        assert (f"tier/{level}" in found.get("unreachable_level", set())) != reached
    for dimension in pack.dimensions.values():
        scores = [walk.score(dimension.id)[0] for walk in walks]
        for mark in dimension.thresholds:
            name = f"{dimension.id}/{mark.id}"
            unattained = max(scores) < mark.at
            assert (name in found.get("unattainable_threshold", set())) == unattained
            assert (name in found.get("idle_threshold", set())) == (min(scores) >= mark.at)
    masked = {r.id for r in rules if r.id not in never and _changes_nothing(pack, r.id, every)}
    assert found.get("masked_rule", set()) == masked


@given(packs())
@FEW
def test_a_question_is_idle_when_exchanging_its_answer_changes_no_rule(pack: Pack) -> None:
    proof = prove(pack, TODAY)
    rules = World(pack, TODAY, 5, 60).rules
    for one in proof.findings:
        if one.code == "idle_question":
            for values in completions(pack, {}):
                for other in domain_of(pack.questions[one.id]):
                    twin = {**values, one.id: other}
                    assert _truths(pack, values, rules) == _truths(pack, twin, rules)


@given(partial_cases())
@FEW
def test_a_loose_range_is_wider_than_the_truth(case: Case) -> None:
    pack, _ = case
    for one in prove(pack, TODAY).findings:
        if one.code == "loose_range":
            assert one.witness is not None
            values = {q: a.value for q, a in one.witness.answers.items()}
            states = {r.rule: r.state for r in assessed(pack, values).findings}
            assert states[one.id] == "undecided"
            whole = [assessed(pack, v).findings for v in completions(pack, values)]
            assert len({f.state for some in whole for f in some if f.rule == one.id}) == 1


@given(packs(), st.data())
@FEW
def test_monotone_is_what_trying_every_pair_finds(pack: Pack, data: st.DataObject) -> None:
    ordered = [q for q in pack.questions.values() if q.kind not in ("text", "many_of")]
    if not ordered:
        return
    question = data.draw(st.sampled_from(ordered))
    found = monotone(pack, question.id, TODAY)
    worse = sorted(domain_of(question), key=lambda v: (v,)) if question.kind != "one_of" else None
    scale = list(worse or domain_of(question))
    lowered = any(
        tier(pack, {**values, question.id: b}) < tier(pack, {**values, question.id: a})
        for values in completions(pack, {})
        for i, a in enumerate(scale)
        for b in scale[i + 1 :]
    )
    assert (found is not None) == lowered
    if found is not None:
        assert found.witness is not None
        before = {q: a.value for q, a in found.witness.answers.items()}
        after = {**before, question.id: found.facts["to"]}
        assert tier(pack, after) < tier(pack, before) == LEVELS.index(found.facts["level"])


@given(packs(), st.data())
@FEW
def test_lowers_is_what_trying_every_answer_set_finds(pack: Pack, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from([r for r in pack.framework.rules if r.raises]))
    level = data.draw(st.sampled_from(LEVELS))
    other = _with_rule(pack, rule.id, (Raise("tier", level),))
    found = lowers(pack, other, TODAY)
    every = list(completions(pack, {}))
    assert (found is not None) == any(tier(other, v) < tier(pack, v) for v in every)
    if found is not None:
        values = {q: a.value for q, a in found.answers.items()}
        assert tier(other, values) < tier(pack, values)
    assert lowers(pack, pack, TODAY) is None


def tier(pack: Pack, values: Mapping[str, Value]) -> int:
    """The place of the tier of full answers; -1 out of scope."""
    got = assess(pack, answer_set({q: v for q, v in values.items() if v is not UNKNOWN}), TODAY)
    assert got.applies != "undecided"
    assert got.tier.low == got.tier.high
    return -1 if got.tier.low is None else LEVELS.index(got.tier.low)


def _truths(pack: Pack, values: Mapping[str, Value], rules: object) -> object:
    walk = Situation(pack, values, rules)  # type: ignore[arg-type]
    shown = [walk.shown(q) for q in pack.questions]
    scope = pack.framework.applies
    applies = None if scope is None else walk.truth(scope)
    return [walk.outcome(r) for r in walk.rules], shown, applies


def _changes_nothing(pack: Pack, rule: str, every: list[dict[str, Value]]) -> bool:
    if pack.rules[rule].flag is not None:
        return False
    rest = tuple(r for r in pack.framework.rules if r.id != rule)
    without = _with(pack, replace(pack.framework, rules=rest))
    return all(_results(pack, v) == _results(without, v) for v in every)


def _results(pack: Pack, values: Mapping[str, Value]) -> object:
    found = dict(spans(pack, assess(pack, answer_set(values), TODAY)))
    return {key: span for key, span in found.items() if key[0] != "rule"}


def _with(pack: Pack, framework: Framework) -> Pack:
    return Pack(framework, pack.questionnaire, (), pack.digest)


def _with_rule(pack: Pack, rule: str, raises: tuple[Raise, ...]) -> Pack:
    rules = tuple(replace(r, raises=raises) if r.id == rule else r for r in pack.framework.rules)
    return _with(pack, replace(pack.framework, rules=rules))
