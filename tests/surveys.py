"""Random SurveyJS surveys of the supported fragment, and what SurveyJS would make of answers.

The scorer here follows the rules as they are published, on plain values and with floats; it shares
no code with the importer. Expressions are made as trees, so that their meaning needs no parser.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

Data = Mapping[str, Any]
Json: TypeAlias = Any


@dataclass(frozen=True)
class Test:
    """An expression: as it is written, and what it says of answers."""

    __test__ = False
    text: str
    holds: Callable[[Data], bool]


# ---------------------------------------------------------------- the published rules of scoring


def worth(value: Json) -> float:
    if isinstance(value, list):
        return sum(worth(one) for one in value)
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int | float):
        return value
    _head, hyphen, tail = value.rpartition("-")
    try:
        return float(tail) if hyphen and tail.strip() else 0
    except ValueError:
        return 0


def scored(raw: Mapping[str, Any], data: Data) -> tuple[int, int, int, int]:
    """Raw, mitigation, final and level of answers to the questions that are shown."""
    sums, most = {"-RS": 0.0, "-MS": 0.0}, {"-RS": 0.0, "-MS": 0.0}
    for element, parent, _ in elements(raw):
        if element["type"] not in ("radiogroup", "dropdown", "checkbox"):
            continue
        ends = ("-RS", "-MS", "-NS")
        kind = next((n[-3:] for n in (element["name"], parent) if n.endswith(ends)), "-NS")
        if kind == "-NS":
            continue
        values = [worth(c["value"] if isinstance(c, dict) else c) for c in element["choices"]]
        most[kind] += sum(values) if element["type"] == "checkbox" else max(0, *values)
        sums[kind] += worth(data.get(element["name"]))
    enough = sums["-MS"] >= 0.8 * (most["-MS"] / 2)
    final = math.floor((1 - 0.15) * sums["-RS"] + 0.5) if enough else sums["-RS"]
    level = 1 + sum(final > most["-RS"] * part for part in (0.25, 0.5, 0.75))
    return int(sums["-RS"]), int(sums["-MS"]), int(final), level


def elements(raw: Mapping[str, Any]) -> list[tuple[dict[str, Any], str, tuple[str, ...]]]:
    """Every question with the name of what is around it, and the expressions on the way to it."""
    found = []

    def walk(holder: Mapping[str, Any], way: tuple[str, ...]) -> None:
        own = (*way, holder["visibleIf"]) if "visibleIf" in holder else way
        for one in holder["elements"]:
            if one["type"] == "panel":
                walk(one, own)
            elif one["type"] != "html":
                more = (*own, one["visibleIf"]) if "visibleIf" in one else own
                found.append((one, str(holder["name"]), more))

    for page in raw["pages"]:
        walk(page, ())
    return found


# ---------------------------------------------------------------- random surveys

_WEIGHTS = st.integers(0, 4)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Test]]:
    """A survey and its expressions by text."""
    tests: dict[str, Test] = {}
    names: list[tuple[str, str, list[Any]]] = []
    counter = iter(range(1000))

    def condition() -> dict[str, str]:
        if not names or draw(st.integers(0, 2)) == 0:
            return {}
        test = draw(trees(tuple(names), 2))
        tests[test.text] = test
        return {"visibleIf": test.text}

    def question() -> dict[str, Any]:
        number = next(counter)
        kind = draw(st.sampled_from(["radiogroup", "dropdown", "checkbox", "text", "boolean"]))
        ending = draw(st.sampled_from(["", "", "-RS", "-MS", "-NS", " %", "題"]))
        name = f"q{number}{ending}"
        made: dict[str, Any] = {"type": kind, "name": name, **condition()}
        values: list[Any] = []
        if kind in ("radiogroup", "dropdown", "checkbox"):
            count = draw(st.integers(1, 4))
            values = [draw(_value(i)) for i in range(count)]
            made["choices"] = [_choice(v, wrapped=draw(st.booleans())) for v in values]
        names.append((name, kind, values))
        return made

    def panel(depth: int) -> dict[str, Any]:
        ending = draw(st.sampled_from(["", "-RS", "-MS", "-NS"]))
        name = f"panel{next(counter)}{ending}"
        own = condition()
        inner = draw(st.integers(1, 3))
        inside = [element(depth + 1) for _ in range(inner)]
        return {"type": "panel", "name": name, **own, "elements": inside}

    def element(depth: int) -> dict[str, Any]:
        return panel(depth) if depth < 2 and draw(st.integers(0, 3)) == 0 else question()

    pages = []
    for _ in range(draw(st.integers(1, 3))):
        own = condition()
        ending = draw(st.sampled_from(["", "-RS", "-MS"]))
        name = f"page{next(counter)}{ending}"
        inside = [element(0) for _ in range(draw(st.integers(1, 4)))]
        pages.append({"name": name, **own, "elements": inside})
    return {"title": "A survey", "pages": pages}, tests


def _value(number: int) -> st.SearchStrategy[Any]:
    texts = st.builds(
        lambda w, stem: f"{stem}{number}-{w}", _WEIGHTS, st.sampled_from(["item", "選"])
    )
    return st.one_of(texts, texts, st.just(f"plain{number}"), st.just(10 + number))


def _choice(value: Json, *, wrapped: bool) -> Json:
    return {"value": value, "text": {"default": f"Text {value}", "fr": "x"}} if wrapped else value


@st.composite
def trees(draw: st.DrawFn, names: tuple[tuple[str, str, list[Any]], ...], depth: int) -> Test:
    """A random expression over questions that came before."""
    form = draw(st.sampled_from(["leaf", "leaf", "and", "or", "not"])) if depth else "leaf"
    if form == "leaf":
        return draw(_leaf(*draw(st.sampled_from(names))))
    first = draw(trees(names, depth - 1))
    if form == "not":
        sign = draw(st.sampled_from(["!", "not "]))
        return Test(f"{sign}({first.text})", lambda d, t=first: not t.holds(d))
    second = draw(trees(names, depth - 1))
    word = draw(st.sampled_from({"and": ["and", "&&", "AND"], "or": ["or", "||"]}[form]))
    both = (first, second)
    every = all if form == "and" else any
    return Test(f"({first.text}) {word} ({second.text})", lambda d: every(t.holds(d) for t in both))


def _leaf(name: str, kind: str, values: list[Any]) -> st.SearchStrategy[Test]:
    filled = [
        Test(f"{{{name}}} empty", lambda d: d.get(name) in (None, [])),
        Test(f"{{{name}}} notempty", lambda d: d.get(name) not in (None, [])),
    ]
    if kind == "boolean":
        filled += [
            Test(f"{{{name}}} = true", lambda d: d.get(name) is True),
            Test(f"{{{name}}} <> false", lambda d: d.get(name) is not False),
            Test(f"{{{name}}}", lambda d: d.get(name) is True),
        ]
    for value in values if kind == "checkbox" else []:
        filled += _of_list(name, value)
    for value in values if kind in ("radiogroup", "dropdown") else []:
        filled += _of_one(name, value)
    if kind in ("radiogroup", "dropdown"):
        filled += [
            Test(f"{{{name}}} > 10", lambda d: _number(d.get(name)) > 10),
            Test(f"{{{name}}} <= 11", lambda d: _number(d.get(name), 99) <= 11),
            Test(f"{{{name}}} contains 'item'", lambda d: "item" in str(d.get(name, ""))),
        ]
    return st.sampled_from(filled)


def _of_one(name: str, value: Json) -> list[Test]:
    said = _said(value)
    return [
        Test(f"{{{name}}} = {said}", lambda d: d.get(name) == value),
        Test(f"{{{name}}}=={said}", lambda d: d.get(name) == value),
        Test(f"{{{name}}} <> {said}", lambda d: d.get(name) != value),
        Test(f"{{{name}}} != {said}", lambda d: d.get(name) != value),
        Test(f"{{{name}}} anyof [{said}]", lambda d: d.get(name) == value),
        Test(f"{said} = {{{name}}}", lambda d: d.get(name) == value),
    ]


def _of_list(name: str, value: Json) -> list[Test]:
    said = _said(value)
    return [
        Test(f"{{{name}}} contains {said}", lambda d: value in d.get(name, [])),
        Test(f"{{{name}}} contains [{said}]", lambda d: value in d.get(name, [])),
        Test(f"{{{name}}} notcontains {said}", lambda d: value not in d.get(name, [])),
        Test(f"{{{name}}} anyof [{said}, 'nowhere']", lambda d: value in d.get(name, [])),
        Test(f"{{{name}}} = [{said}]", lambda d: d.get(name, []) == [value]),
    ]


def _said(value: Json) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _number(value: Json, instead: float = -1) -> float:
    return value if isinstance(value, int) else instead


# ---------------------------------------------------------------- random answers


@st.composite
def answers(draw: st.DrawFn, raw: dict[str, Any], tests: Mapping[str, Test]) -> dict[str, Any]:
    """Answers to some of the questions that are shown, in the order in which they are asked."""
    data: dict[str, Any] = {}
    for element, _, way in elements(raw):
        if all(tests[one].holds(data) for one in way) and draw(st.integers(0, 4)):
            value = draw(_answer(element))
            if value is not None:
                data[element["name"]] = value
    return data


def _answer(element: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    values = [c["value"] if isinstance(c, dict) else c for c in element.get("choices", [])]
    match element["type"]:
        case "checkbox":
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case "boolean":
            return st.booleans()
        case "text":
            return st.sampled_from(["words", "7"])
    return st.sampled_from(values)


# ---------------------------------------------------------------- a survey of two phases

SHAPE: Final = {
    "reasons": [("choice", 2, 1, 0), ("no", 1), ("many", 2, 0, 0)],
    "profile": [("yes", 3), ("yes", 3), ("yes", 1), ("choice", 0, 0, 4, 4), ("yes", 3), ("yes", 1)],
    "authority": [("yes", 2)],
    "system": [
        *([("choice", 0, 0, 1, 1)] * 2),
        ("choice", 0, 1, 2),
        *([("no", 2)] * 2),
        ("no", 1),
        *([("no", 2)] * 2),
        ("choice", 1, 2, 3, 4),
    ],
    "algorithm": [
        ("yes", 1),
        ("yes", 3),
        ("many", 0, 1),
        ("many", 0, 1),
        ("choice", 0, 1),
        ("yes", 3),
        ("then", 1),
        ("yes", 2),
        ("no", 2),
    ],
    "decision": [("many", *[1] * 8)],
    "impact": [
        ("choice", 4, 2),
        ("yes", 4),
        *([("yes", 2)] * 3),
        *([("choice", 1, 2, 3, 4)] * 7),
        ("choice", 3, 0, 2, 2, 1, 3),
        ("no", 1),
        ("yes", 1),
        ("part", 0, 0, 0),
        ("then", 1),
        ("choice", 1, 2, 3, 4),
    ],
    "data": [
        ("yes", 2),
        ("then", 2),
        ("then", 2),
        ("then", 1),
        ("many", 0, 1, 1, 3, 3, 1),
        ("choice", 0, 2, 1),
        ("choice", 2, 0, 1),
        ("choice", 0, 1, 3, 3, 2, 4, 4, 0),
        ("choice", 0, 2, 0),
        ("choice", 1, 2, 3),
        ("yes", 2),
        ("yes", 4),
        ("yes", 4),
        *([("choice", 1, 2, 3, 4)] * 2),
        ("many", 2, 4),
    ],
}
TWINS: Final = {
    "consultation": [("yes", 2), ("yes", 2), ("choice", 3, 0, 0), ("choice", 3, 0, 0)],
    "quality": [
        ("yes", 3),
        ("then", 1),
        ("yes", 1),
        ("then", 1),
        ("choice", 2, 0, 1),
        ("then", 1),
        ("yes", 2),
        ("then", 1),
        ("yes", 2),
    ],
    "fairness": [
        *[("yes", 1)] * 4,
        *[("yes", 2)] * 16,
        ("many", *[1] * 5),
        ("yes", 2),
        ("then", 1),
    ],
    "privacy": [*[("yes", 2)] * 3, *[("yes", 1)] * 3],
}


def two_phases() -> tuple[dict[str, Any], dict[str, Test]]:
    """A survey of the shape and the highest scores of Canada's: 167 raw, 77 mitigation a phase."""
    tests: dict[str, Test] = {}
    phase = {"type": "radiogroup", "name": "phase", "choices": ["item1", "item2"]}
    pages = [{"name": "start", "elements": [phase]}]
    pages += [_page(name, "-RS", rows, tests) for name, rows in SHAPE.items()]
    for number, stage in ((1, "Design"), (2, "Use")):
        test = _is("phase", f"item{number}")
        tests[test.text] = test
        for name, rows in TWINS.items():
            pages.append({**_page(name + stage, "-MS", rows, tests), "visibleIf": test.text})
    return {"title": "Two phases", "version": "v1.0.1", "pages": pages}, tests


def _is(name: str, value: str) -> Test:
    return Test(f'{{{name}}} = "{value}"', lambda d: d.get(name) == value)


def _page(name: str, ending: str, rows: list[Any], tests: dict[str, Test]) -> dict[str, Any]:
    made: list[dict[str, Any]] = []
    for number, (form, *given) in enumerate(rows, 1):
        kind = {"many": "checkbox", "choice": "dropdown"}.get(form, "radiogroup")
        weights = {"yes": [*given, 0], "then": [*given, 0], "no": [0, *given]}.get(form, given)
        choices = [f"item{i}-{w}" for i, w in enumerate(weights, 1)]
        one: dict[str, Any] = {"type": kind, "name": f"{name}{number}", "choices": choices}
        if form == "then":
            test = _is(made[-1]["name"], made[-1]["choices"][0])
            tests[test.text] = test
            one["visibleIf"] = test.text
        made.append(one)
    panel = {"type": "panel", "name": f"{name}Panel{ending}", "elements": made}
    return {"name": name, "elements": [panel]}
