"""What would change the tier: compared with trying everything."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packs import FRAMEWORK, QUESTIONS, pack
from risk_kit import whatif
from risk_kit.assess import assess
from risk_kit.compile import program
from risk_kit.model import Answer, AnswerSet, Pack, Value
from risk_kit.planes import plane_program
from risk_kit.whatif import Change, Explorer, Lowering

DAY = date(2026, 11, 22)
CHANGEABLE = QUESTIONS.replace("{id: live, kind", "{id: live, changeable: true, kind").replace(
    "{id: reviewed, kind", "{id: reviewed, changeable: true, kind"
)
REACH = CHANGEABLE.replace("- id: reach\n", "- id: reach\n        changeable: true\n")
VALUES: dict[str, list[Value]] = {
    "live": [True, False],
    "reach": ["few", "some", "many"],
    "reviewed": [0, 59, 60, 500],
}


def explorer(found: Pack, **values: Value) -> Explorer:
    return Explorer(
        program(found, DAY),
        plane_program(found, DAY),
        AnswerSet({q: Answer(v) for q, v in values.items()}),
    )


def bounds(found: Pack, values: dict[str, Value]) -> tuple[int, int]:
    got = assess(found, AnswerSet({q: Answer(v) for q, v in values.items()}), DAY).tier
    scale = found.main_scale
    return scale.position(got.low or ""), scale.position(got.high or "")


def test_nothing_to_lower_at_the_bottom() -> None:
    quiet = explorer(pack(), live=False, reach="few", reviewed=0)
    assert quiet.lowering().outcome == "lowest"


def test_unchangeable_answers_block_and_are_named() -> None:
    stuck = explorer(pack(), live=True, reach="few", reviewed=60)
    assert stuck.lowering().outcome == "none"
    assert stuck.lowering().blocked_by == ("hurried",)


def test_the_least_changes_are_found_each_way() -> None:
    lowering = explorer(
        pack(FRAMEWORK, CHANGEABLE), live=True, reach="many", reviewed=60
    ).lowering()
    assert lowering.outcome == "found"
    assert {way.changes[0].question for way in lowering.ways} == {"live", "reviewed"}
    assert {(way.low, way.high) for way in lowering.ways} == {(1, 1)}


def test_a_rise_is_told() -> None:
    firm = explorer(pack(), live=True, reach="many", reviewed=0)
    assert {(e.changes[0].question, e.high) for e in firm.rises()} == {("reviewed", 2)}


@given(st.fixed_dictionaries({}, optional={q: st.sampled_from(v) for q, v in VALUES.items()}))
def test_lowering_agrees_with_trying_everything(values: dict[str, Value]) -> None:
    found = pack(FRAMEWORK, REACH)
    mine = explorer(found, **values)
    best = fewest(found, values)
    lowering = mine.lowering()
    if mine.high == 0:
        assert lowering.outcome == "lowest"
    elif best is None:
        assert lowering.outcome == "none"
    else:
        assert {len(way.changes) for way in lowering.ways} == {best}
        for way in lowering.ways:
            after = values | {one.question: one.after for one in way.changes}
            assert bounds(found, after) == (way.low, way.high)
            assert way.high < mine.high


def fewest(found: Pack, values: dict[str, Value]) -> int | None:
    """By trying every combination of changes, smallest first."""
    _, high = bounds(found, values)
    for size in range(1, len(VALUES) + 1):
        for names in combinations(VALUES, size):
            for chosen in product(*(VALUES[name] for name in names)):
                after = values | dict(zip(names, chosen, strict=True))
                changed = all(after[name] != values.get(name) for name in names)
                if changed and bounds(found, after)[1] < high:
                    return size
    return None


@given(st.fixed_dictionaries({}, optional={q: st.sampled_from(v) for q, v in VALUES.items()}))
def test_every_single_change_tells_its_bounds(values: dict[str, Value]) -> None:
    found = pack()
    for effect in explorer(found, **values).single_changes():
        (change,) = effect.changes
        assert bounds(found, values | {change.question: change.after}) == (effect.low, effect.high)


FIVE = [f"q{number}" for number in range(5)]
MANY = CHANGEABLE + "".join(
    f"      - {{id: {name}, kind: yes_no, changeable: true, label: {{zh: 問, en: ask}}}}\n"
    for name in FIVE
)
ANY = FRAMEWORK.replace(
    "when: {reach: many}", f"when: {{any: [{', '.join(f'{{{name}: true}}' for name in FIVE)}]}}"
)


def test_more_than_four_changes_are_not_looked_for() -> None:
    settled: dict[str, Value] = {"live": False, "reviewed": 0}
    five = explorer(pack(ANY, MANY), **settled, **dict.fromkeys(FIVE, True))
    assert five.lowering() == Lowering("more")
    four = explorer(pack(ANY, MANY), **settled, **dict.fromkeys(FIVE, True) | {"q0": False})
    (way,) = four.lowering().ways
    assert set(way.changes) == {Change(name, before=True, after=False) for name in FIVE[1:]}


def test_too_many_combinations_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whatif, "MOST_TRIES", 10)
    five = explorer(pack(ANY, MANY), live=False, reviewed=0, **dict.fromkeys(FIVE, True))
    assert five.lowering() == Lowering("gave_up")
