"""Planes say what the compiled form says, and every change of one answer is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_kit import compile as compiled
from risk_kit import planes
from risk_kit.domain import Range
from risk_kit.forms import AnyOf, Between, Chosen, Condition, Equals, Not, Sum, Term
from risk_kit.model import Level, Pack, Scale, Text, Value
from strategies import TODAY, pack_of, packs, partial_answers, partial_cases, question, rule

Values = Mapping[str, Value]


def ranges(tiers: planes.Tiers) -> list[Range | None]:
    pairs = zip(tiers.low, tiers.high, strict=True)
    return [None if low == planes.OUTSIDE else (low, high) for low, high in pairs]


def same(pack: Pack, cases: Sequence[Values], block: int = planes.BLOCK) -> None:
    single, many = compiled.program(pack, TODAY), planes.plane_program(pack, TODAY)
    wanted = [single.run(values).levels[0] for values in cases]
    assert ranges(many.run(many.columns(cases), len(cases), block)) == wanted


@given(st.data())
def test_many_cases_mean_what_single_ones_mean(data: st.DataObject) -> None:
    pack = data.draw(packs())
    cases = data.draw(st.lists(partial_answers(pack), min_size=1, max_size=11))
    same(pack, cases, data.draw(st.sampled_from((8, 16, planes.BLOCK))))


@given(partial_cases())
def test_single_changes_give_what_the_changed_answers_give(case: tuple[Pack, Values]) -> None:
    pack, values = case
    single, many = compiled.program(pack, TODAY), planes.plane_program(pack, TODAY)
    for change in planes.single_changes(many, values):
        tier = single.run({**values, change.question: change.value}).levels[0]
        assert tier == (None if change.low is None else (change.low, change.high))
        assert values.get(change.question) != change.value


WIDE = question("n", "whole_number", minimum=-5, maximum=100_000)
DAYS = question("d", "date", minimum=date(2020, 1, 1), maximum=date(2040, 1, 1))
MANY = question("m", "many_of", "abcdefghijN")


@pytest.mark.parametrize(
    "test",
    [
        Between("n", 1000, None),
        Between("n", None, 1000),
        Between("n", 1000, 1000),
        Between("n", 5, 2),
        Sum((Term("n", -2), Term("k", 7)), -1000, 50),
        Sum((Term("n"), Term("k", -300)), None, 700),
    ],
)
def test_numbers_of_any_width(test: Condition) -> None:
    narrow = question("k", "whole_number", minimum=-3, maximum=9)
    pack = pack_of((WIDE, narrow), (rule("r", test, "high"), rule("s", Not(test), "limited")))
    numbers = (None, -5, 0, 500, 999, 1000, 1001, 65_536, 100_000)
    cases = [{"n": n, "k": k} for n in numbers for k in (None, -3, 0, 9)]
    same(pack, [{q: v for q, v in case.items() if v is not None} for case in cases])


def test_dates_and_large_sets() -> None:
    tests = (Between("d", TODAY, None), Chosen("m", tuple("abcdjN"), 2, 4))
    weights = Sum((Term("m", 1, (("a", 5), ("j", -3), ("N", 9))),), 4, 6)
    pack = pack_of((DAYS, MANY), (rule("r", AnyOf(tests), "high"), rule("s", weights, "limited")))
    days = (None, date(2020, 1, 1), TODAY, date(2040, 1, 1))
    sets = (None, "a", "aj", "abcdefghij", "N")
    cases = [
        {"d": day, "m": None if chosen is None else frozenset(chosen)}
        for day in days
        for chosen in sets
    ]
    same(pack, [{q: v for q, v in case.items() if v is not None} for case in cases])


def test_a_scale_of_many_levels() -> None:
    word = Text("級", "level")
    levels = tuple(Level(f"l{i}", word, word) for i in range(12))
    rules = tuple(rule(f"r{i}", Equals("o", ("abcdefghijkl"[i],)), f"l{i}") for i in range(12))
    asked = question("o", "one_of", "abcdefghijkl")
    pack = pack_of((asked,), rules, scales=(Scale("tier", word, levels),))
    same(pack, [{}, *({"o": letter} for letter in "abcdefghijkl")])


def test_a_scale_of_one_level() -> None:
    word = Text("級", "level")
    only = (Scale("tier", word, (Level("all", word, word),)),)
    pack = pack_of((question("y"),), (rule("r", Equals("y", (True,)), "all"),), scales=only)
    many = planes.plane_program(pack, TODAY)
    assert planes.single_changes(many, {"y": True}) == (planes.Change("y", False, 0, 0),)
    same(pack, [{}, {"y": True}, {"y": False}])


def test_changes_of_every_kind() -> None:
    asked = (
        question("y"),
        question("o", "one_of", "abc"),
        question("m", "many_of", "abN"),
        question("n", "whole_number", minimum=0, maximum=9),
        question("t", "text"),
    )
    many = planes.plane_program(pack_of(asked, (rule("r", Between("n", 3, 6), "high"),)), TODAY)
    values: Values = {"y": True, "o": "b", "m": frozenset("a"), "n": 4}
    found = [(one.question, one.value) for one in planes.single_changes(many, values)]
    assert found == [
        ("y", False),
        ("o", "a"),
        ("o", "c"),
        ("m", frozenset("ab")),
        ("m", frozenset("N")),
        ("n", 0),
        ("n", 7),
    ]
    without = {one.question: one.high for one in planes.single_changes(many, values)}
    assert without["y"] == 2
    assert without["n"] == 0


def test_nothing_to_change_and_no_cases() -> None:
    many = planes.plane_program(pack_of((), (rule("r", AnyOf(()), "high"),)), TODAY)
    assert planes.single_changes(many, {}) == ()
    assert many.run({}, 0) == planes.Tiers(b"", b"")


def test_a_column_of_another_length_is_refused() -> None:
    many = planes.plane_program(pack_of((question("y"),), ()), TODAY)
    with pytest.raises(ValueError, match="y: 2 bytes for 3 cases"):
        many.run({"y": b"\1\0"}, 3)
