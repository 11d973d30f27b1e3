"""Law 4: a question that is not shown counts for nothing; its answer is kept as dormant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit.forms import AnyOf, Equals, Not, Score, Sum
from risk_kit.model import UNKNOWN, Pack
from strategies import (
    Pool,
    Values,
    assessed,
    conditions,
    domain_of,
    full_answers,
    pack_of,
    partial_cases,
    question,
    questions,
    rule,
    spans,
)


@settings(max_examples=80)
@given(partial_cases())
def test_a_dormant_answer_changes_nothing(case: tuple[Pack, Values]) -> None:
    pack, values = case
    got = assessed(pack, values)
    for name in got.dormant:
        without = {q: v for q, v in values.items() if q != name}
        less = assessed(pack, without)
        assert spans(pack, less) == spans(pack, got)
        assert name not in less.dormant
        assert less.open_questions == got.open_questions
        for value in domain_of(pack.questions[name]):
            other = assessed(pack, {**without, name: value})
            assert replace(other, answers_digest=got.answers_digest) == got


@given(st.data())
def test_every_test_of_a_hidden_question_is_false(data: st.DataObject) -> None:
    one = replace(data.draw(questions("q", 8)), show=AnyOf(()))
    leaf = data.draw(conditions(Pool({"q": one}), depth=0))
    if isinstance(leaf, Sum | Score):
        return
    pack = pack_of((one,), (rule("is", leaf, "high"), rule("not", Not(leaf), "high")))
    values = data.draw(st.just({}) | full_answers(pack))
    states = {one.rule: one.state for one in assessed(pack, values).findings}
    constant = not hasattr(leaf, "question") and not hasattr(leaf, "row")
    assert constant or states == {"is": "does_not_hold", "not": "holds"}
    assert assessed(pack, values).dormant == tuple(values)


@given(st.data())
def test_a_hidden_question_adds_nothing_to_a_sum(data: st.DataObject) -> None:
    pool = Pool({"q": replace(data.draw(questions("q", 8)), show=AnyOf(()))})
    leaf = data.draw(conditions(pool, depth=0))
    if isinstance(leaf, Sum):
        pack = pack_of(tuple(pool.questions.values()), (rule("r", leaf, "high"),))
        low, high = leaf.low, leaf.high
        zero = (low is None or low <= 0) and (high is None or high >= 0)
        for values in ({}, data.draw(full_answers(pack))):
            (found,) = assessed(pack, values).findings
            assert found.state == ("holds" if zero else "does_not_hold")


def test_unknown_is_no_answer_that_could_be_dormant() -> None:
    show = Equals("q", (True,))
    pack = pack_of((question("q"), question("r", show=show)), ())
    assert assessed(pack, {"q": False, "r": UNKNOWN}).dormant == ()
    assert assessed(pack, {"q": False, "r": True}).dormant == ("r",)
    assert assessed(pack, {"r": True}).dormant == ()


def test_an_answer_whose_showing_is_open_lies_between_none_and_itself() -> None:
    show = Equals("q", (True,))
    rules = (rule("r", Equals("r", (True,)), "high"),)
    pack = pack_of((question("q"), question("r", show=show)), rules)
    states = [
        assessed(pack, values).findings[0].state
        for values in ({"r": True}, {"r": False}, {"r": True, "q": True}, {"r": True, "q": False})
    ]
    assert states == ["undecided", "does_not_hold", "holds", "does_not_hold"]
