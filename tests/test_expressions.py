"""Expressions of SurveyJS: what is read, what is refused, and how its values compare."""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest

from risk_kit.importers import surveyjs
from risk_kit.importers.expressions import MOST_LENGTH, MOST_NESTING, NotUnderstood, parse
from risk_kit.importers.js_values import COMPARE, operand
from risk_kit.importers.shows import shows

Json: TypeAlias = Any


def condition(expression: str) -> Json:
    """What the expression becomes for a question that follows `one`, `many`, `b`, `n`, `t`, `odd`."""
    raw = {
        "pages": [
            {
                "name": "p",
                "elements": [
                    {"type": "radiogroup", "name": "one", "choices": ["a-1", "b-2", 3, "10"]},
                    {"type": "checkbox", "name": "many", "choices": ["a", "b", "c"]},
                    {"type": "boolean", "name": "b", "valueTrue": "Y", "valueFalse": "N"},
                    {"type": "text", "name": "n", "inputType": "number", "min": 0, "max": 9},
                    {"type": "text", "name": "t"},
                    {"type": "radiogroup", "name": "odd name", "choices": [1, 2]},
                    {"type": "comment", "name": "last", "visibleIf": expression},
                ],
            }
        ]
    }
    found = shows(surveyjs.survey(raw, "s"), "s")
    if found.lost:
        return found.lost[0].code
    return found.of.get("last", "always")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("{one} = 'a-1'", {"one": "a-1"}),
        ('{one}=="a-1"', {"one": "a-1"}),
        ("{ONE} = 'a-1'", {"one": "a-1"}),
        ("{one} = 'A-1 '", {"one": "a-1"}),
        ("'a-1' = {one}", {"one": "a-1"}),
        ("{one} = 3", {"one": "3"}),
        ("{one} = '3'", {"one": "3"}),
        ("{one} <> 'a-1'", {"not": {"one": "a-1"}}),
        ("{one} = 'nowhere'", {"at_least": {"n": 2, "of": [{"answered": "one"}]}}),
        ("{one} <> 'nowhere'", "always"),
        ("{one} > 5", {"one": "10"}),
        ("{one} <= 3", {"one": "3"}),
        ("5 < {one}", {"one": "10"}),
        ("{one} contains 'b'", {"one": "b-2"}),
        ("{one} contains ['b']", {"one": "b-2"}),
        ("{one} contains '-'", {"one": {"in": ["a-1", "b-2"]}}),
        ("{one} anyof ['a-1', 'b-2']", {"one": {"in": ["a-1", "b-2"]}}),
        ("['a-1', 3] contains {one}", {"one": {"in": ["a-1", "3"]}}),
        ("{one} empty", {"not": {"answered": "one"}}),
        ("{one} notempty", {"answered": "one"}),
        ("{one} = ''", {"not": {"answered": "one"}}),
        ("{one} <> undefined", {"answered": "one"}),
        ("{many} contains 'a'", {"many": {"includes_any": ["a"]}}),
        ("{many} *= 'a'", {"many": {"includes_any": ["a"]}}),
        (
            "{many} contains ['a', 'b']",
            {"all": [{"many": {"includes_any": ["a"]}}, {"many": {"includes_any": ["b"]}}]},
        ),
        ("{many} notcontains 'a'", {"not": {"many": {"includes_any": ["a"]}}}),
        ("{many} notempty", {"many": {"count": {"of": ["a", "b", "c"], "at_least": 1}}}),
        (
            "{many} = ['b', 'a']",
            {"all": [{"many": {"includes_all": ["b", "a"]}}, {"many": {"only": ["b", "a"]}}]},
        ),
        ("{many} = 'a'", {"at_least": {"n": 2, "of": [{"answered": "many"}]}}),
        ("{b} = 'Y'", {"b": True}),
        ("{b}", {"b": True}),
        ("!{b}", {"not": {"b": True}}),
        ("{b} <> 'Y'", {"not": {"b": True}}),
        ("{n} > 2", {"n": {"at_least": 3}}),
        ("{n} >= 2.5", {"n": {"at_least": 3}}),
        ("{n} < 2", {"n": {"at_most": 1}}),
        ("{n} <= 2.5", {"n": {"at_most": 2}}),
        ("{n} = 2", {"n": 2}),
        ("2 < {n}", {"n": {"at_least": 3}}),
        ("{t} notempty", {"answered": "t"}),
        ("{odd name} = 1", {"odd_name": "1"}),
        ("1 = 1", "always"),
        (
            "{b} and {one} = 3 or {t} empty",
            {"any": [{"all": [{"b": True}, {"one": "3"}]}, {"not": {"answered": "t"}}]},
        ),
        ("not ({b} && !({one} = 3))", {"not": {"all": [{"b": True}, {"not": {"one": "3"}}]}}),
        ("not {one} = 3", {"not": {"one": "3"}}),
        ("{one} = 'x' or true = true", "always"),
    ],
)  # fmt: skip
def test_an_expression_becomes_a_condition(expression: str, wanted: object) -> None:
    assert condition(expression) == wanted


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("{one} =", "import_expression"),
        ("{one} = 'a-1' and", "import_expression"),
        ("{one} = 'a", "import_expression"),
        ("iif({one} = 1, 2, 3) = 2", "import_expression"),
        ("{n} + 1 > 2", "import_expression"),
        ("!{one} = 3", "import_expression"),
        ("({one} = 3) = true", "import_expression"),
        ("{one} like 'a%'", "import_expression"),
        ("{one} = item1-3", "import_expression"),
        ("{nobody} = 1", "import_no_name"),
        ("{panel.one} = 1", "import_no_name"),
        ("{one} = {odd name}", "import_two_names"),
        ("{one}", "import_bare_name"),
        ("{t} = 'yes'", "import_kind_test"),
        ("{many} > 1", "import_kind_test"),
        ("{n} contains 1", "import_kind_test"),
        ("{last} = 'x'", "import_kind_test"),
        ("{last} notempty", "import_circle"),
    ],
)
def test_what_cannot_be_said_is_listed(expression: str, code: str) -> None:
    assert condition(expression) == code


@pytest.mark.parametrize(
    "text",
    [
        "(" * (MOST_NESTING + 1) + "{a} = 1" + ")" * (MOST_NESTING + 1),
        "!" * 5000 + "{a}",
        "not " * 4000 + "{a} = 1",
        "{a} = 1 or " * (MOST_LENGTH // 8),
        "{a} = [" + "[" * 3000,
        "\x00",
    ],
    ids=["parentheses", "marks", "nots", "long", "brackets", "control"],
)
def test_hostile_expressions_are_refused_soon(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text)


def test_a_long_chain_is_read() -> None:
    chain = " or ".join(f"{{one}} = 'a-{n}'" for n in range(800))
    assert condition(chain) == {"one": "a-1"}


@pytest.mark.parametrize(
    ("left", "sign", "right", "holds"),
    [
        (None, "<>", "x", True),
        (None, "notcontains", "x", True),
        (None, "contains", "x", False),
        (None, "<=", 5, False),
        (None, ">=", "b", False),
        ([], "notcontains", "x", True),
        ([], "=", [], True),
        (["y", "x"], "=", ["x", "y"], True),
        (["x"], "=", "x", False),
        ("item9", ">", 4, False),
        ("9", ">", 4, True),
        ("a", "<", "b", True),
        (True, "=", "true", True),
        (True, "=", 1, True),
        (0, "=", "0", True),
        ("007", "=", 7, True),
        (["x", "y", "z"], "allof", ["x", "z"], True),
        (["x"], "anyof", "x", True),
        ("z", "anyof", ["xz"], False),
        (True, "contains", "tr", True),
    ],
)  # fmt: skip
def test_values_compare_as_in_surveyjs(left: Json, sign: str, right: Json, holds: bool) -> None:
    assert COMPARE[sign](operand(left), right) is holds
