"""Which way a criterion pushes, and the law that widening one that pushes up lowers nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from risk_kit.forms import All, AnyOf, Condition, Equals, Named, Not, Score, Sum, Term
from risk_kit.model import Criterion, Dimension, Pack, Points, Raise, Threshold
from risk_kit.polarity import LESS, MORE, signs
from strategies import (
    OTHER,
    SOME_TEXT,
    Pool,
    assessed,
    completions,
    conditions,
    pack_of,
    packs,
    partial_answers,
    question,
    rule,
    spans,
)

YES = Equals("q", (True,))


def pushes(pack: Pack) -> dict[str, set[int]]:
    framework = pack.framework
    return signs(
        framework.rules, framework.criteria, pack.questionnaire.questions, framework.applies
    )


def of(when: Condition, **rest: object) -> dict[str, set[int]]:
    """The signs in a pack with criteria c and d (d reads c) and one rule."""
    criteria = (Criterion("c", SOME_TEXT, YES), Criterion("d", SOME_TEXT, Not(Named("c"))))
    scale = Dimension("s", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 5),))
    asked = (question("q"), question("n", "whole_number", minimum=0, maximum=3, show=Named("c")))
    main = rule("r", when, **({"raises": (Raise("tier", "high"),)} | rest))
    spared = rule("v", YES, "high")
    return pushes(pack_of(asked, (main, spared), criteria=criteria, dimensions=(scale,)))


def test_a_criterion_that_raises_pushes_up() -> None:
    assert of(All((Named("c"), YES))) == {"c": {MORE}}
    assert of(Named("c"), raises=(), flag="ask") == {}


def test_not_unless_and_exemptions_turn_it() -> None:
    assert of(Not(Named("c"))) == {"c": {LESS}}
    assert of(Named("d")) == {"d": {MORE}, "c": {LESS}}
    assert of(YES, unless=Named("c")) == {"c": {LESS}}
    assert of(Named("c"), raises=(), exempts=("v",)) == {"c": {LESS}}
    assert of(YES, raises=(), exempts=("v",), unless=Named("c")) == {"c": {MORE}}


def test_a_question_that_it_shows_can_only_add_unless_it_is_summed() -> None:
    assert of(Equals("n", (1,))) == {"c": {MORE}}  # type: ignore[arg-type]
    assert of(Sum((Term("n"),), None, 2)) == {"c": {MORE, LESS}}


def test_points_count_as_the_score_counts() -> None:
    points = {"points": (Points("s", 3),)}
    assert of(All((Named("c"), Score("s", "t"))), **points) == {"c": {MORE}}
    assert of(Not(Score("s", "t"))) == {}
    adding = rule("p", Named("c"), points=(Points("s", 3),))
    taking = rule("m", Named("d"), points=(Points("s", -1),))
    got = pack_of(
        (question("q"),),
        (rule("r", Score("s", "t"), "high"), adding, taking),
        criteria=(Criterion("c", SOME_TEXT, YES), Criterion("d", SOME_TEXT, YES)),
        dimensions=(Dimension("s", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 5),)),),
    )
    assert pushes(got) == {"c": {MORE}, "d": {MORE, LESS}}


@given(st.data())
def test_widening_a_criterion_that_pushes_up_lowers_no_level(data: st.DataObject) -> None:
    pack = data.draw(packs())
    first = {q: one for q, one in pack.questions.items() if q.startswith("a")}
    upward = [c for c in pack.framework.criteria if pushes(pack).get(c.id, {MORE}) == {MORE}]
    if not upward:
        return
    one = data.draw(st.sampled_from(upward))
    more = data.draw(conditions(Pool(questions=dict(first)), 1))
    wider = replace(one, when=AnyOf((one.when, more)))
    framework = replace(
        pack.framework,
        criteria=tuple(wider if c.id == one.id else c for c in pack.framework.criteria),
    )
    wide = Pack(framework, pack.questionnaire, (), "1" * 64)
    if pushes(wide).get(one.id, {MORE}) != {MORE}:
        return
    given_ = data.draw(partial_answers(pack))
    for values in completions(pack, given_):
        before, after = spans(pack, assessed(pack, values)), spans(wide, assessed(wide, values))
        for scale in (pack.main_scale.id, OTHER.id):
            key = "scale", scale
            if key in before:
                assert after[key] >= before[key]
