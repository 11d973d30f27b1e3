"""Vectors for canonical JSON (RFC 8785), worked out by hand, and the digests made of it."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from risk_kit.digest import answers_digest, canonical, pack_digest, plain, sha256
from risk_kit.forms import All, Between, Equals
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Evidence
from strategies import answer_set, pack_of, question, rule


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (2**53 - 1, "9007199254740991"),
        (-(2**53) + 1, "-9007199254740991"),
        ("", '""'),
        ('"\\/', '"\\"\\\\/"'),
        ("\b\t\n\f\r", '"\\b\\t\\n\\f\\r"'),
        ("\x00\x1f\x7f", '"\\u0000\\u001f\x7f"'),
        ("\u2028文€", '"\u2028文€"'),
        ([], "[]"),
        ([1, [2], "3"], '[1,[2],"3"]'),
        ((1, 2), "[1,2]"),
        ({}, "{}"),
        ({"b": 1, "a": {"d": [], "c": None}}, '{"a":{"c":null,"d":[]},"b":1}'),
        # By UTF-16 units: the emoji begins with D83D, which stands before E000.
        ({"\ue000": 1, "\U0001f600": 2, "z": 3}, '{"z":3,"\U0001f600":2,"\ue000":1}'),
        ({"": 1, "10": 2, "9": 3, "A": 4, "a": 5}, '{"":1,"10":2,"9":3,"A":4,"a":5}'),
    ],
)
def test_canonical(value: object, expected: str) -> None:
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize("value", [1.0, 2**53, -(2**53), b"x", object(), {"a": 0.5}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_plain_values() -> None:
    assert plain(UNKNOWN) == "unknown"
    assert plain(frozenset("ba")) == ["a", "b"]
    assert plain(date(2026, 7, 7)) == "2026-07-07"
    assert plain(Between("q", 0, None)) == {"form": "Between", "question": "q", "low": 0}
    assert plain(Equals("q", (False,))) == {"form": "Equals", "question": "q", "values": [False]}
    assert plain(Answer(value=False)) == {"form": "Answer", "value": False}
    assert plain({"k": (1, Evidence(link="x"))}) == {"k": [1, {"form": "Evidence", "link": "x"}]}


def test_answers_digest_is_of_the_canonical_form() -> None:
    text = '{"answers":{"q":{"form":"Answer","note":"n","value":true}},"case":{"title":"t"}}'
    answers = AnswerSet({"q": Answer(value=True, note="n")}, {"title": "t"})
    assert answers_digest(answers) == hashlib.sha256(text.encode()).hexdigest()
    assert sha256(text.encode()) == answers_digest(answers)
    assert answers_digest(answer_set({"q": UNKNOWN})) != answers_digest(answer_set({}))


def test_pack_digest_takes_overlays_in_any_order() -> None:
    pack = pack_of((question("q"),), (rule("r", All(()), "high"),))
    both = (pack.framework, pack.questionnaire)
    assert pack_digest(*both, ("a", "b")) == pack_digest(*both, ("b", "a"))
    assert pack_digest(*both, ("a",)) != pack_digest(*both, ())
    other = pack_of((question("q"),), (rule("r", All(()), "limited"),))
    assert pack_digest(other.framework, other.questionnaire, ()) != pack_digest(*both, ())
