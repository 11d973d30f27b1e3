"""Structural faults of packs: each is seen, and packs without any are never refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from risk_kit.check import MOST_DEPTH, faults, nested, question_faults
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
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
    Cite,
    Criterion,
    Dimension,
    Item,
    Obligation,
    Pack,
    Parameter,
    Points,
    Raise,
    Rule,
    Text,
    Threshold,
)
from strategies import CITES, MAIN, SOME_TEXT, assessed, pack_of, packs, question, rule

A = Equals("a", (True,))
Q = question("a")
N = question("n", "whole_number", minimum=0, maximum=5)


def found(*rules: Rule, **rest: object) -> list[tuple[str, tuple[str | int, ...]]]:
    pack = pack_of((Q, N), rules, **rest)
    return [(one.code, one.path) for one in faults(pack.framework, pack.questionnaire)]


def scored(name: str, when: Condition, **rest: object) -> Rule:
    return rule(name, when, points=(Points("d", 1, (Term("n"),)),), **rest)


def marks(*places: int, minimum: int = 0, maximum: int = 9) -> dict[str, object]:
    thresholds = tuple(Threshold(f"t{place}", place) for place in places)
    one = Dimension("d", SOME_TEXT, SOME_TEXT, minimum, maximum, thresholds=thresholds)
    return {"dimensions": (one,)}


@settings(max_examples=40)
@given(packs())
def test_random_packs_have_no_fault(pack: Pack) -> None:
    assert list(faults(pack.framework, pack.questionnaire)) == []
    assert list(question_faults(pack.questionnaire)) == []


def test_dangling_ids() -> None:
    no = "no_such"
    where = ("rules", 0)
    assert found(main_scale="x") == [(no, ("main_scale",))]
    assert found(rule("r", A, raises=(Raise("x", "high"),))) == [(no, (*where, "raise"))]
    assert found(rule("r", A, "x")) == [("no_level", (*where, "raise"))]
    assert found(rule("r", A, "high", item="x")) == [(no, (*where, "item"))]
    assert found(rule("r", A, obliges=("x",))) == [(no, (*where, "oblige"))]
    assert found(rule("r", A, exempts=("x",))) == [(no, (*where, "exempt"))]
    assert found(rule("r", A, points=(Points("x", 1),))) == [(no, (*where, "points"))]
    assert found(items=(Item("i", SOME_TEXT, parent="x"),)) == [(no, ("items", 0, "parent"))]
    assert found(items=(Item("i", SOME_TEXT), Item("j", SOME_TEXT, parent="i"))) == []


def test_citations() -> None:
    wrong = (*CITES, Cite("x"))
    assert found(replace(rule("r", A, "high"), cites=wrong)) == [
        ("no_such", ("rules", 0, "cites", 1))
    ]
    assert found(replace(rule("r", A, "high"), cites=())) == [("no_citation", ("rules", 0))]
    duty = Obligation("o", SOME_TEXT, ("uses",), (), "toolkit")
    assert found(obligations=(duty,)) == [("no_citation", ("obligations", 0))]
    item = Item("i", SOME_TEXT, cites=(Cite("x"),))
    assert found(items=(item,)) == [("no_such", ("items", 0, "cites", 0))]


def test_a_level_stands_once() -> None:
    twice = replace(MAIN, levels=(*MAIN.levels, MAIN.levels[0], MAIN.levels[0]))
    assert found(scales=(twice,)) == [("id_twice", ("scales", 0))]


def test_effects() -> None:
    assert found(rule("r", A)) == [("no_effect", ("rules", 0))]
    assert found(rule("r", A, flag="note")) == []
    chain = (rule("r", A, "high"), rule("x", A, exempts=("r",)), rule("y", A, exempts=("x",)))
    assert found(*chain) == [("exempts_exemption", ("rules", 2, "exempt"))]
    assert found(rule("x", A, exempts=("x",))) == [("exempts_exemption", ("rules", 0, "exempt"))]


@pytest.mark.parametrize(
    "given_", [marks(3, 2), marks(2, 2), marks(10), marks(-1), marks(minimum=9, maximum=9)]
)
def test_thresholds_rise_inside_the_bounds(given_: dict[str, object]) -> None:
    assert found(**given_) == [("thresholds", ("dimensions", 0))]


def test_thresholds_may_stand_at_the_ends() -> None:
    assert found(**marks(0, 5, 9)) == []


def test_answered_reaches_no_result() -> None:
    asks = Not(All((Answered("a"), A)))
    named = {"criteria": (Criterion("c", SOME_TEXT, asks), Criterion("d", SOME_TEXT, Named("c")))}
    fault = "answered_in_rule"
    assert found(rule("r", asks, "high")) == [(fault, ("rules", 0, "when"))]
    assert found(rule("r", A, "high", unless=asks)) == [(fault, ("rules", 0, "unless"))]
    assert found(rule("r", Named("d"), "high"), **named) == [(fault, ("rules", 0, "when"))]
    assert found(scored("r", asks), **marks()) == [(fault, ("rules", 0, "when"))]
    assert found(applies=AnyOf((A, asks))) == [(fault, ("applies",))]
    assert (fault, ("rules", 1, "when")) in found(
        rule("r", A, "high"), rule("x", asks, exempts=("r",))
    )
    assert found(rule("r", asks, flag="ask")) == []
    assert found(rule("r", asks, obliges=("o",)), obligations=_duty()) == []


def _duty() -> tuple[Obligation, ...]:
    return (Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit"),)


@pytest.mark.parametrize(
    ("rules", "rest"),
    [
        ((), {"criteria": (Criterion("c", SOME_TEXT, Not(Named("c"))),)}),
        (
            (),
            {
                "criteria": (
                    Criterion("c", SOME_TEXT, Named("b")),
                    Criterion("b", SOME_TEXT, AnyOf((A, Named("c")))),
                )
            },
        ),
        ((scored("r", Score("d", "t3")),), marks(3)),
        ((scored("r", A, unless=Score("d", "t3")),), marks(3)),
        ((scored("r", A), rule("x", Score("d", "t3"), exempts=("r",))), marks(3)),
        (
            (scored("r", A), rule("x", A, exempts=("r",), unless=Score("d", "t3"))),
            marks(3),
        ),
    ],
)
def test_cycles(rules: tuple[Rule, ...], rest: dict[str, object]) -> None:
    assert found(*rules, **rest) == [("cycle", ())]


def test_cycles_through_shows() -> None:
    loop = (
        question("a", show=Sum((Term("n"),), 1, None)),
        replace(N, show=A),
    )
    pack = pack_of(loop, ())
    (fault,) = faults(pack.framework, pack.questionnaire)
    assert fault.code == "cycle"
    assert set(fault.facts["ids"]) == {"a", "n"}
    assert [one.code for one in question_faults(pack.questionnaire)] == ["cycle"]
    scored_show = pack_of((Q, replace(N, show=Score("d", "t3"))), (scored("r", A),), **marks(3))
    codes = [one.code for one in faults(scored_show.framework, scored_show.questionnaire)]
    assert codes == ["cycle"]


def deep(form: str, size: int) -> Pack:
    """A chain of conditions, each one step further from the first question."""
    top: Condition = A
    questions, criteria, dimensions, rules = [Q], [], [], []
    for place in range(size):
        if form == "not":
            top = Not(top)
        elif form == "criteria":
            criteria.append(Criterion(f"c{place}", SOME_TEXT, top))
            top = AnyOf((Named(f"c{place}"), Named(f"c{place}")))
        elif form == "shows":
            questions.append(question(f"q{place}", show=top))
            top = Equals(f"q{place}", (True,))
        else:
            mark = (Threshold("t", 1),)
            dimensions.append(Dimension(f"d{place}", SOME_TEXT, SOME_TEXT, 0, 9, thresholds=mark))
            rules.append(rule(f"p{place}", top, points=(Points(f"d{place}", 1),)))
            top = Score(f"d{place}", "t")
    rules.append(rule("r", top, "high"))
    lists = {"criteria": tuple(criteria), "dimensions": tuple(dimensions)}
    return pack_of(tuple(questions), tuple(rules), **lists)


@pytest.mark.parametrize("form", ["not", "criteria", "shows", "scores"])
def test_what_is_not_too_deep_can_be_assessed(form: str) -> None:
    sizes = range(1, MOST_DEPTH + 1)
    codes = {
        n: [f.code for f in faults(p.framework, p.questionnaire)]
        for n in sizes
        for p in [deep(form, n)]
    }
    assert codes[MOST_DEPTH] == ["too_deep"]
    deepest = deep(form, max(n for n in sizes if codes[n] == []))
    assert assessed(deepest, {}).tier.high == "high"
    assert assessed(deepest, dict.fromkeys(deepest.questions, True)).tier.decided


def test_the_scope_and_exceptions_may_not_be_too_deep_either() -> None:
    top: Condition = A
    for _ in range(MOST_DEPTH):
        top = Not(top)
    assert nested(top) == MOST_DEPTH + 1
    assert found(applies=top) == [("too_deep", ())]
    assert found(rule("r", A, "high", unless=top)) == [("too_deep", ())]
    assert [
        f.code for f in question_faults(pack_of((Q, question("b", show=top)), ()).questionnaire)
    ] == ["too_deep"]


def test_what_an_item_gathers_exists() -> None:
    items = (Item("p", SOME_TEXT, gathers=("a", "x", "p")), Item("a", SOME_TEXT))
    assert found(items=items) == [("no_such", ("items", 0, "gathers"))] * 2


def test_a_figure_in_a_text_is_a_parameter() -> None:
    told = Text("逾 {most} 件", "over {most}")
    most = Parameter("most", SOME_TEXT, 5, 1, 9)
    one = replace(rule("r", A, "high"), because=told)
    assert found(one, parameters=(most,)) == []
    assert found(one) == [("no_such", ())]


BOTH = (Raise("tier", "high"), Raise("care", "b"))
MEASURES = question("m", "many_of", "abN", measures="a1")


@pytest.mark.parametrize(
    ("when", "rest", "codes"),
    [
        (Chosen("m", ("a",), 1, None), {"raises": (Raise("care", "b"),)}, []),
        (Chosen("m", ("a",), 1, None), {"raises": BOTH}, ["measure_in_tier"]),
        (Named("c"), {"raises": BOTH}, ["measure_in_tier"]),
        (Named("c"), {"exempts": ("s",)}, ["measure_in_tier"]),
    ],
)
def test_measures_never_touch_the_tier(
    when: Condition, rest: dict[str, object], codes: list[str]
) -> None:
    criteria = (Criterion("c", SOME_TEXT, Not(Chosen("m", ("a",), 1, None))),)
    spared = rule("s", A, obliges=("o",))
    pack = pack_of(
        (Q, MEASURES),
        (rule("r", when, **rest), spared),
        criteria=criteria,
        items=(Item("a1", SOME_TEXT),),
        obligations=(Obligation("o", SOME_TEXT, ("uses",), CITES, "toolkit"),),
        residual_scale="care",
    )
    assert [one.code for one in faults(pack.framework, pack.questionnaire)] == codes


def test_what_raises_the_tier_says_what_it_leaves() -> None:
    silent = rule("r", A, "high")
    told = rule("s", A, raises=(Raise("tier", "high"), Raise("care", "b")))
    assert found(silent, told, residual_scale="care") == [
        ("residual_missing", ("rules", 0, "raise"))
    ]
    assert found(silent) == []


def test_measures_are_against_an_item_and_offered_for_choice() -> None:
    for one in (MEASURES, question("m", measures="a1")):
        items = (Item("a1", SOME_TEXT),) if one.kind == "yes_no" else ()
        pack = pack_of((Q, one), (), items=items)
        codes = [fault.code for fault in faults(pack.framework, pack.questionnaire)]
        assert codes == ["no_such"]


def test_the_residual_scale_exists() -> None:
    assert found(residual_scale="x") == [("no_such", ("residual_scale",))]
