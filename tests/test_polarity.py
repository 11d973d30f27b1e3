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
    assert of(Named("c"), raises=(), obliges=("log",)) == {"c": {MORE}}
    assert of(Named("c"), raises=(), points=(Points("s", 1),)) == {"c": {MORE}}


def test_the_scope_holds_more_often_where_its_criterion_does() -> None:
    rules = (rule("r", YES, "high"),)
    criteria = (Criterion("c", SOME_TEXT, YES),)
    for applies, expected in ((Named("c"), {"c": {MORE}}), (Not(Named("c")), {"c": {LESS}})):
        assert pushes(pack_of((question("q"),), rules, criteria=criteria, applies=applies)) == (
            expected
        )
    assert pushes(pack_of((question("q"),), rules, criteria=criteria)) == {}


def test_not_unless_and_exemptions_turn_it() -> None:
    assert of(Not(Named("c"))) == {"c": {LESS}}
    assert of(Named("d")) == {"d": {MORE}, "c": {LESS}}
    assert of(YES, unless=Named("c")) == {"c": {LESS}}
    assert of(Named("c"), raises=(), exempts=("v",)) == {"c": {LESS}}
    assert of(YES, raises=(), exempts=("v",), unless=Named("c")) == {"c": {MORE}}


def test_a_question_that_it_shows_can_only_add_unless_it_is_summed() -> None:
    assert of(Equals("n", (1,))) == {"c": {MORE}}  # type: ignore[arg-type]
    assert of(Not(Equals("n", (1,)))) == {"c": {LESS}}  # type: ignore[arg-type]
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


def added(points: Points, least: int = 0, other: Points | None = None) -> dict[str, set[int]]:
    """The signs where c adds points to a score; d shows the number n from `least` to 3."""
    number = question("n", "whole_number", minimum=least, maximum=3, show=Named("d"))
    weighed = question("w", "one_of", "xy")
    dimensions = tuple(
        Dimension(one, SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 5),)) for one in "se"
    )
    adding = (rule("p", Named("c"), points=(points,)),)
    adding += (rule("o", YES, points=(other,)),) if other else ()
    got = pack_of(
        (question("q"), number, weighed),
        (rule("r", Score("s", "t"), "high"), *adding),
        criteria=(Criterion("c", SOME_TEXT, YES), Criterion("d", SOME_TEXT, YES)),
        dimensions=dimensions,
    )
    return pushes(got)


def test_a_number_or_weight_below_zero_may_subtract() -> None:
    both = {MORE, LESS}
    assert added(Points("s", 0)) == {"c": {MORE}}
    assert added(Points("s", 0, (Term("n"),))) == {"c": {MORE}, "d": both}
    assert added(Points("s", 0, (Term("n"),)), least=-1) == {"c": both, "d": both}
    assert added(Points("s", 1, (Term("n"),)), least=-1) == {"c": {MORE}, "d": both}
    assert added(Points("s", 2, (Term("n", -1),))) == {"c": both, "d": both}
    assert added(Points("s", 1, (Term("w", 1, (("x", -2),)),))) == {"c": both}
    assert added(Points("s", 2, (Term("w", 1, (("x", -2),)),))) == {"c": {MORE}}


def test_a_number_that_is_not_shown_adds_nothing() -> None:
    assert added(Points("s", -1, (Term("n"),)), least=2)["c"] == {MORE, LESS}


def test_only_what_is_added_to_the_score_counts() -> None:
    assert added(Points("s", 1), other=Points("e", 0, (Term("n"),))) == {"c": {MORE}}


def test_where_points_may_be_below_zero_a_wider_criterion_may_lower_the_level() -> None:
    """Why the sign of such a criterion is not MORE alone."""
    number = question("n", "whole_number", minimum=-5, maximum=3)
    rules = (
        rule("p", Named("c"), points=(Points("s", 0, (Term("n"),)),)),
        rule("base", All(()), points=(Points("s", 5),)),
        rule("r", Score("s", "t"), "high"),
    )
    tiers = []
    for when in (YES, All(())):
        pack = pack_of(
            (question("q"), number),
            rules,
            criteria=(Criterion("c", SOME_TEXT, when),),
            dimensions=(
                Dimension("s", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=(Threshold("t", 5),)),
            ),
        )
        tiers.append(assessed(pack, {"q": False, "n": -5}).tier.low)
        assert pushes(pack) == {"c": {MORE, LESS}}
    assert tiers == ["high", "minimal"]


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
