"""Distances to the neighbouring levels, against trying every change one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from risk_kit.compile import program
from risk_kit.distance import Distance, Nearest, distance
from risk_kit.forms import All, Equals, Not
from risk_kit.model import Pack, Question, Value
from risk_kit.planes import alternatives, plane_program
from risk_kit.whatif import Change, Explorer
from strategies import (
    MAIN,
    TODAY,
    Values,
    answer_set,
    assessed,
    pack_of,
    partial_cases,
    question,
    rule,
)


def of(pack: Pack, values: Values) -> Distance:
    return distance(Explorer(program(pack, TODAY), plane_program(pack, TODAY), answer_set(values)))


def yes(*names: str) -> All:
    return All(tuple(Equals(name, (True,)) for name in names))


ASKED = tuple(question(name, changeable=True) for name in "abcd")
PACK = pack_of(
    ASKED,
    (rule("one", Equals("a", (True,)), "limited"), rule("three", yes("b", "c", "d"), "prohibited")),
)


def no(**given_: Value) -> Values:
    return dict.fromkeys("abcd", False) | given_


def test_one_answer_away() -> None:
    got = of(PACK, no())
    assert got.up == Nearest(1, ((Change("a", False, True),),))
    assert got.down is None


def test_two_answers_away() -> None:
    got = of(PACK, no(a=True, b=True))
    assert got.up == Nearest(2, ((Change("c", False, True), Change("d", False, True)),))
    assert got.down == Nearest(1, ((Change("a", True, False),),))


def test_three_or_more_answers_away() -> None:
    assert of(PACK, no(a=True)).up == Nearest(None)


def test_the_top_has_nothing_above_it() -> None:
    got = of(PACK, no(b=True, c=True, d=True))
    assert got.up is None
    assert got.down is not None
    assert got.down.count == 1


def test_out_of_scope_has_no_place() -> None:
    pack = pack_of(ASKED, PACK.framework.rules, applies=Not(Equals("a", (True,))))
    assert of(pack, no(a=True)) == Distance(None, None, ())
    assert of(pack, no(b=True, c=True, d=True)).down is not None


STEPS = Question(
    **{
        **{n: getattr(ASKED[0], n) for n in Question.__dataclass_fields__},
        "id": "s",
        "kind": "one_of",
        "ordered": True,
        "judgement": True,
        "options": question("s", "one_of", "pqr").options,
    }
)


@pytest.mark.parametrize(("now", "edges"), [("p", 0), ("q", 1), ("r", 1)])
def test_an_estimate_one_step_from_the_border_is_told(now: str, edges: int) -> None:
    pack = pack_of((STEPS,), (rule("grave", Equals("s", ("r",)), "high"),))
    assert len(of(pack, {"s": now}).edge) == edges


def test_facts_that_are_no_choice_and_no_estimate_do_not_move() -> None:
    fixed = pack_of((question("a"), *ASKED[1:]), PACK.framework.rules)
    assert of(fixed, no()).up == Nearest(None)


def test_a_level_of_another_kind_is_no_neighbour() -> None:
    levels = (*MAIN.levels[:-1], replace(MAIN.levels[-1], apart=True))
    pack = pack_of(ASKED, PACK.framework.rules, scales=(replace(MAIN, levels=levels),))
    assert of(pack, no(a=True)).up == Nearest(None)
    grave = (rule("high", Equals("a", (True,)), "high"),)
    assert of(pack_of(ASKED, grave, scales=(replace(MAIN, levels=levels),)), no(a=True)).up is None


@settings(max_examples=60)
@given(partial_cases())
def test_the_same_as_trying_every_pair(case: tuple[Pack, Values]) -> None:
    pack, values = free(case[0]), case[1]
    got, now = of(pack, values), ends(pack, values)
    if now is None:
        return
    for rising, found in ((True, got.up), (False, got.down)):
        if found is not None:
            fewest = next((n for n in (1, 2) if any(moved(pack, values, n, now[1], rising))), None)
            assert found.count == fewest


def free(pack: Pack) -> Pack:
    """The pack with every question a choice of design."""
    asked = tuple(replace(one, changeable=True) for one in pack.questions.values())
    questionnaire = replace(pack.questionnaire, questions=asked)
    return Pack(pack.framework, questionnaire, (), "0" * 64)


def ends(pack: Pack, values: Values) -> tuple[int, int] | None:
    tier = assessed(pack, values).tier
    scale = pack.main_scale
    if tier.low is None or tier.high is None:
        return None
    return scale.position(tier.low), scale.position(tier.high)


def moved(pack: Pack, values: Values, n: int, now: int, rising: bool) -> Iterator[bool]:
    inputs = plane_program(pack, TODAY).inputs
    changes = [(q, v) for q, one in inputs.items() for v in alternatives(one, values.get(q))]
    for some in combinations(changes, n):
        if len({q for q, _ in some}) == n:
            got = ends(pack, {**values, **dict(some)})
            yield got is not None and (got[0] > now if rising else got[1] < now)
