"""Measures: what is in place, what is left to follow up, and levels that stay apart."""

from __future__ import annotations

from datetime import date

from risk_kit.assess import Work
from risk_kit.forms import All, Chosen, Equals, Named, Not
from risk_kit.model import UNKNOWN, AnswerSet, Criterion, FollowUp, Item, Raise, Value
from risk_kit.response import Response, followups, responses
from strategies import SOME_TEXT, answer_set, assessed, pack_of, question, rule

GRAVE = Criterion("grave", SOME_TEXT, Equals("q", (True,)))
ALL_IN_PLACE = Chosen("m", ("a", "b"), 2, None)
PACK = pack_of(
    (question("q"), question("m", "many_of", "abN", measures="A1", show=Named("grave"))),
    (
        rule("high", Named("grave"), item="A1", raises=(Raise("tier", "high"), Raise("care", "b"))),
        rule(
            "gap",
            All((Named("grave"), Not(ALL_IN_PLACE))),
            item="A1",
            raises=(Raise("care", "c"),),
        ),
    ),
    criteria=(GRAVE,),
    items=(Item("A1", SOME_TEXT),),
    residual_scale="care",
)
HIGH, MOST, LOWERED = 2, 2, 1


def work(followed: tuple[FollowUp, ...] = (), **values: Value) -> Work:
    answers = AnswerSet(answer_set(values).answers, followups=followed)
    return Work(PACK, answers, assessed(PACK, values))


def test_all_measures_in_place_lower_the_residual_level_alone() -> None:
    (one,) = responses(work(q=True, m=frozenset({"b", "a"})))
    assert one == Response("A1", "m", (HIGH, HIGH), (LOWERED, LOWERED), ("a", "b"), (), known=True)


def test_some_measures_leave_the_level_and_the_rest_to_follow_up() -> None:
    now = work(q=True, m=frozenset({"b"}))
    (one,) = responses(now)
    assert one == Response("A1", "m", (HIGH, HIGH), (MOST, MOST), ("b",), ("a",), known=True)
    assert followups(now) == (FollowUp("m", "a"),)


def test_none_in_place() -> None:
    (one,) = responses(work(q=True, m=frozenset({"N"})))
    assert (one.in_place, one.missing, one.known) == ((), ("a", "b"), True)


def test_unanswered_and_unknown_measures_are_a_range_and_count_as_missing() -> None:
    for values in ({}, {"m": UNKNOWN}):
        (one,) = responses(work(q=True, **values))
        assert one.residual == (LOWERED, MOST)
        assert (one.missing, one.known) == (("a", "b"), False)


def test_what_was_found_to_be_no_risk_needs_no_measure() -> None:
    assert responses(work(q=False, m=frozenset({"a"}))) == ()
    assert followups(work(q=False)) == ()


def test_an_open_finding_is_shown_with_its_range() -> None:
    (one,) = responses(work())
    assert (one.inherent, one.residual) == ((0, HIGH), (0, MOST))


def test_what_the_case_says_of_a_follow_up_is_kept() -> None:
    told = FollowUp(
        "m", "a", owner="資訊處", due=date(2027, 1, 31), state="doing", progress="招標中"
    )
    done = FollowUp("m", "b", state="done")
    assert followups(work((told, done), q=True, m=frozenset({"b"}))) == (told,)
