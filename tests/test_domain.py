"""What one question allows."""

from __future__ import annotations

from datetime import date

import pytest

from risk_kit import domain
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import Between, Chosen, Equals, Term
from risk_kit.model import Question
from strategies import domain_of, question

MANY = question("q", "many_of", "abc")
NONE = question("q", "many_of", "abN")
ONE = question("q", "one_of", "abc")
NUMBER = question("q", "whole_number", minimum=1, maximum=4)
DAYS = question("q", "date", minimum=date(2026, 1, 1), maximum=date(2026, 1, 3))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, YES),
        (2, 5, YES),
        (3, 5, OPEN),
        (2, 4, OPEN),
        (6, None, NO),
        (None, 1, NO),
        (5, None, OPEN),
        (None, 2, OPEN),
        (4, 3, NO),
    ],
)
def test_within(low: int | None, high: int | None, expected: int) -> None:
    assert domain.within((2, 5), low, high) == expected


@pytest.mark.parametrize(
    ("one", "options", "least", "most", "expected"),
    [
        (NONE, "ab", 1, None, OPEN),  # N alone, or one of the others
        (NONE, "abN", 1, None, YES),  # something is always chosen
        (MANY, "abc", 1, None, OPEN),  # nothing may be chosen
        (NONE, "aN", 2, None, NO),  # N stands alone
        (MANY, "ab", 0, 2, YES),
        (MANY, "ab", 3, None, NO),
        (NONE, "N", 0, 0, OPEN),
    ],
)
def test_open_choices(
    one: Question, options: str, least: int, most: int | None, expected: int
) -> None:
    assert domain.test(one, Chosen("q", tuple(options), least, most), None) == expected


def test_answers_decide() -> None:
    chosen = Chosen("q", ("a", "b"), 1, 1)
    assert domain.test(MANY, chosen, frozenset("ac")) == YES
    assert domain.test(MANY, chosen, frozenset("ab")) == NO
    assert domain.test(ONE, Equals("q", ("a", "b")), "b") == YES
    assert domain.test(ONE, Equals("q", ("a", "b")), "c") == NO
    assert domain.test(ONE, Equals("q", ("a", "b")), None) == OPEN
    assert domain.test(ONE, Equals("q", ("a", "b", "c")), None) == YES
    assert domain.test(ONE, Equals("q", ()), None) == NO


def test_dates_and_numbers_include_their_ends() -> None:
    assert domain.test(NUMBER, Between("q", 4, None), None) == OPEN
    assert domain.test(NUMBER, Between("q", 5, None), None) == NO
    assert domain.test(NUMBER, Between("q", 1, 4), None) == YES
    day = date(2026, 1, 2)
    assert domain.test(DAYS, Between("q", day, day), day) == YES
    assert domain.test(DAYS, Between("q", None, day), date(2026, 1, 3)) == NO


def test_term_ranges() -> None:
    assert domain.term_range(NUMBER, Term("q", -2), None) == (-8, -2)
    assert domain.term_range(NUMBER, Term("q", -2), 3) == (-6, -6)
    weights = (("a", 2), ("b", 3), ("c", -1))
    assert domain.term_range(ONE, Term("q", 2, weights), None) == (-2, 6)
    assert domain.term_range(MANY, Term("q", 1, weights), None) == (-1, 5)
    assert domain.term_range(MANY, Term("q", 1, weights), frozenset("ab")) == (5, 5)
    assert domain.term_range(NONE, Term("q", 1, (("a", 2), ("b", 3))), None) == (0, 5)
    assert domain.term_range(NONE, Term("q", 1, (("a", 2), ("b", 3), ("N", 9))), None) == (2, 9)
    assert domain.term_range(question("q", "text"), Term("q"), "words") == (0, 0)


def test_terms_of_one_question_become_one() -> None:
    terms = (Term("q", 2, (("a", 1),)), Term("n", 2), Term("q", 1, (("a", 1), ("b", 4))), Term("n"))
    assert domain.together(terms) == (Term("q", 1, (("a", 3), ("b", 4))), Term("n", 3))


def test_choices_are_the_possible_answers() -> None:
    for one in (
        question("q"),
        ONE,
        question("q", "many_of", "ab"),
        question("q", "many_of", "aMN"),
    ):
        assert set(domain.choices(one)) == set(domain_of(one))
    assert frozenset("abc") not in set(domain.choices(MANY))
    assert frozenset("abc") in set(domain.choices(MANY, most=3))
    assert list(domain.choices(NUMBER)) == []
