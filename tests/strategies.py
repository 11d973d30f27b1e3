"""Random small packs and answer sets for Hypothesis.

Packs are acyclic by construction: each part reads only what was drawn before it. The number of full
answer sets of a pack is at most `MOST_COMPLETIONS`, so that a law can look at every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import Final, TypeVar

from hypothesis import strategies as st

from risk_kit.assess import Assessment, assess
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Score,
    Sum,
    Term,
)
from risk_kit.model import (
    UNKNOWN,
    Answer,
    AnswerSet,
    Cite,
    Criterion,
    Dimension,
    Framework,
    Kind,
    Level,
    Obligation,
    Option,
    Pack,
    Points,
    Question,
    Questionnaire,
    Raise,
    Rule,
    Scale,
    Section,
    Source,
    Text,
    Threshold,
    Value,
)

MOST_COMPLETIONS: Final = 48
TODAY: Final = date(2026, 7, 7)
SOME_TEXT: Final = Text("文字", "text")
CITES: Final = (Cite("law", "第1條"),)
LEVELS: Final = ("minimal", "limited", "high", "prohibited")
MAIN: Final = Scale("tier", SOME_TEXT, tuple(Level(one, SOME_TEXT, SOME_TEXT) for one in LEVELS))
OTHER: Final = Scale("care", SOME_TEXT, tuple(Level(x, SOME_TEXT, SOME_TEXT) for x in "abc"))
_T = TypeVar("_T")
Values = Mapping[str, Value]


# ------------------------------------------------------------------ building by hand


def question(id: str, kind: Kind = "yes_no", options: str = "", **rest: object) -> Question:
    """A question; `options` are one-letter ids, an upper-case letter is exclusive."""
    offered = tuple(Option(one, SOME_TEXT, one.isupper()) for one in options)
    return Question(id, kind, SOME_TEXT, "s", offered, **rest)  # type: ignore[arg-type]


def rule(id: str, when: Condition, level: str | None = None, **rest: object) -> Rule:
    """A rule that raises the main scale to `level`, if one is given."""
    raises = (Raise("tier", level),) if level else ()
    given = {"raises": raises, **rest}
    return Rule(id, SOME_TEXT, when, SOME_TEXT, CITES, "toolkit", **given)  # type: ignore[arg-type]


def pack_of(questions: tuple[Question, ...], rules: tuple[Rule, ...], **rest: object) -> Pack:
    """A pack around questions and rules; `rest` are other fields of the framework."""
    sections = (Section("s", SOME_TEXT, "step"),)
    base: dict[str, object] = {
        "id": "toy",
        "version": "1.0",
        "title": SOME_TEXT,
        "questionnaire": "toy",
        "main_scale": "tier",
        "scales": (MAIN, OTHER),
        "sources": (Source("law", SOME_TEXT, SOME_TEXT, "statute"),),
    }
    framework = Framework(rules=rules, **(base | rest))  # type: ignore[arg-type]
    return Pack(framework, Questionnaire("toy", "1.0", sections, questions), (), "0" * 64)


def answer_set(values: Values) -> AnswerSet:
    """The answer set that holds exactly these values."""
    return AnswerSet({name: Answer(value) for name, value in values.items()})


def assessed(pack: Pack, values: Values, as_of: date = TODAY) -> Assessment:
    """The assessment of plain values."""
    return assess(pack, answer_set(values), as_of)


# ------------------------------------------------------------------ ranges that can be compared

_TRUTHS: Final = {"does_not_hold": (0, 0), "undecided": (0, 1), "holds": (1, 1)}
Spans = Mapping[tuple[str, str], tuple[int, int]]


def spans(pack: Pack, got: Assessment) -> Spans:
    """Everything an assessment bounds, as lowest and highest number; scales only when in scope."""
    found = {("applies", ""): _TRUTHS[got.applies]}
    found |= {("rule", one.rule): _TRUTHS[one.state] for one in got.findings}
    found |= {("score", one.id): (one.low, one.high) for one in got.dimensions}
    found |= {("duty", one): (0, 0) for one in pack.obligations}
    found |= {("duty", one.obligation): _TRUTHS[one.state] for one in got.obligations}
    for one in got.scales:
        if one.low is not None and one.high is not None:
            scale = pack.scales[one.scale]
            found["scale", one.scale] = scale.position(one.low), scale.position(one.high)
    return found


def outside(narrow: Spans, wide: Spans) -> set[tuple[str, str]]:
    """What in `narrow` is not inside `wide`. A scale may vanish: out of scope, it has no level."""
    return {
        key
        for key, (low, high) in narrow.items()
        if key not in wide or low < wide[key][0] or high > wide[key][1]
    }


# ------------------------------------------------------------------ every possible answer


def domain_of(one: Question) -> tuple[Value, ...]:
    """Every answer that a question accepts; of a text, two."""
    match one.kind:
        case "yes_no":
            return (True, False)
        case "one_of":
            return tuple(option.id for option in one.options)
        case "many_of":
            return tuple(_sets(one))
        case "whole_number":
            return tuple(range(int(str(one.minimum)), int(str(one.maximum)) + 1))
        case "date":
            return tuple(_days(one))
        case _:
            return ("", "something")


def _sets(one: Question) -> Iterator[frozenset[str]]:
    alone = {option.id for option in one.options if option.exclusive}
    every = [option.id for option in one.options]
    for size in range(len(every) + 1):
        for chosen in map(frozenset, combinations(every, size)):
            if (not alone or chosen) and (len(chosen) <= 1 or not chosen & alone):
                yield chosen


def _days(one: Question) -> Iterator[date]:
    assert isinstance(one.minimum, date)
    assert isinstance(one.maximum, date)
    for ahead in range((one.maximum - one.minimum).days + 1):
        yield one.minimum + timedelta(days=ahead)


def completions(pack: Pack, values: Values) -> Iterator[dict[str, Value]]:
    """Every full answer set that agrees with `values`; unknown may become anything."""
    free = [q for q in pack.questions if values.get(q, UNKNOWN) is UNKNOWN]
    for picked in product(*(domain_of(pack.questions[q]) for q in free)):
        yield {**values, **dict(zip(free, picked, strict=True))}


# ------------------------------------------------------------------ questions


@dataclass
class Pool:
    """What has been drawn so far and may be read by the next part."""

    questions: dict[str, Question] = field(default_factory=dict)
    criteria: dict[str, Criterion] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Question]:
        """The questions of some kinds."""
        return [one for one in self.questions.values() if one.kind in kinds]


@st.composite
def questions(draw: st.DrawFn, id: str, room: int) -> Question:
    """A question of any kind with at most `room` answers (at least 2)."""
    kind = draw(st.sampled_from(("yes_no", "one_of", "many_of", "whole_number", "date", "text")))
    if kind == "one_of":
        one = question(id, kind, draw(st.sampled_from(("ab", "abc"))), ordered=draw(st.booleans()))
    elif kind == "many_of":
        one = question(id, kind, draw(st.sampled_from(("ab", "aN", "abN", "aMN", "abc", "abcN"))))
    elif kind == "whole_number":
        low = draw(st.integers(-2, 2))
        one = question(id, kind, minimum=low, maximum=low + draw(st.integers(0, 3)))
    elif kind == "date":
        last = TODAY + timedelta(days=draw(st.integers(0, 2)))
        one = question(id, kind, minimum=TODAY, maximum=last)
    else:
        one = question(id, kind)
    return one if len(domain_of(one)) <= room else question(id)


# ------------------------------------------------------------------ conditions


@st.composite
def conditions(draw: st.DrawFn, pool: Pool, depth: int = 2, answered: bool = False) -> Condition:
    """A condition of any form over the pool; `answered` allows that form too."""
    inner = conditions(pool, depth - 1, answered)
    form = draw(st.sampled_from(("leaf", "leaf", "any", "all", "not", "at_least"))) if depth else ""
    if form == "not":
        return Not(draw(inner))
    if form in ("all", "any", "at_least"):
        fewest = draw(st.sampled_from((1, 2, 2, 2, 0)))
        parts = tuple(draw(st.lists(inner, min_size=fewest, max_size=3)))
        if form == "at_least":
            return AtLeast(draw(st.integers(0, len(parts) + 1)), parts)
        return All(parts) if form == "all" else AnyOf(parts)
    return draw(_leaves(pool, answered))


@st.composite
def _leaves(draw: st.DrawFn, pool: Pool, answered: bool) -> Condition:
    forms = [_tests(pool)] if len(pool.of("text")) < len(pool.questions) else []
    if pool.of("one_of"):
        forms.append(_pairs(pool))
    if pool.of("one_of", "many_of", "whole_number"):
        forms.append(_sums(pool))
    if pool.criteria:
        forms.append(st.sampled_from(sorted(pool.criteria)).map(Named))
    marks = [Score(d.id, t.id) for d in pool.dimensions.values() for t in d.thresholds]
    if marks:
        forms.append(st.sampled_from(marks))
    if answered:
        forms.append(st.sampled_from(sorted(pool.questions)).map(Answered))
    return draw(st.one_of(forms)) if forms else draw(st.sampled_from((All(()), AnyOf(()))))


@st.composite
def _tests(draw: st.DrawFn, pool: Pool) -> Condition:
    kinds = ("yes_no", "one_of", "many_of", "whole_number", "date")
    one = draw(st.sampled_from(pool.of(*kinds)))
    ids = tuple(option.id for option in one.options)
    if one.kind == "yes_no":
        return Equals(one.id, (draw(st.booleans()),))
    if one.kind == "one_of":
        return Equals(one.id, draw(_some(ids)))
    if one.kind == "many_of":
        least = draw(st.integers(0, 2))
        most = draw(st.none() | st.integers(least, 3))
        return Chosen(one.id, draw(_some(ids)), least, most)
    bounds = st.none() | st.sampled_from(domain_of(one))
    return Between(one.id, draw(bounds), draw(bounds))  # type: ignore[arg-type]


@st.composite
def _pairs(draw: st.DrawFn, pool: Pool) -> Condition:
    row, column = (draw(st.sampled_from(pool.of("one_of"))) for _ in range(2))
    cells = tuple(product((o.id for o in row.options), (o.id for o in column.options)))
    return Pair(row.id, column.id, draw(_some(cells)))


@st.composite
def _sums(draw: st.DrawFn, pool: Pool) -> Condition:
    found = tuple(draw(st.lists(terms(pool), min_size=1, max_size=3)))
    low, high = draw(st.none() | st.integers(-3, 4)), draw(st.none() | st.integers(-1, 6))
    return Sum(found, low, high)


@st.composite
def terms(draw: st.DrawFn, pool: Pool) -> Term:
    """A term over a whole number, or weights of some options."""
    one = draw(st.sampled_from(pool.of("one_of", "many_of", "whole_number")))
    times = draw(st.integers(-1, 2))
    if one.kind == "whole_number":
        return Term(one.id, times)
    chosen = draw(_some(tuple(option.id for option in one.options)))
    return Term(one.id, times, tuple((option, draw(st.integers(-2, 3))) for option in chosen))


def _some(things: tuple[_T, ...]) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(st.sampled_from(things), min_size=1, max_size=4, unique=True).map(tuple)


# ------------------------------------------------------------------ packs


@st.composite
def dimensions(draw: st.DrawFn, id: str) -> Dimension:
    """A dimension with rounding, cut at its ends, and up to two thresholds."""
    low = draw(st.integers(-2, 0))
    high = low + draw(st.integers(1, 6))
    marks = sorted(draw(st.sets(st.integers(low, high), min_size=1, max_size=2)))
    named = tuple(Threshold(f"t{place}", at) for place, at in enumerate(marks))
    rounding = draw(st.sampled_from(("half_up", "down", "up")))
    divide_by = draw(st.integers(1, 3))
    return Dimension(id, SOME_TEXT, SOME_TEXT, low, high, divide_by, rounding, named)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A whole pack: two stages of questions, criteria and scores, then rules that read them all."""
    pool = Pool()
    _ask(draw, pool, "a", shown=True)
    criterion = Criterion("c0", SOME_TEXT, draw(conditions(pool)))
    pool.criteria["c0"] = criterion
    _score(draw, pool, "d0")
    pool.dimensions["d0"] = draw(dimensions("d0"))
    _ask(draw, pool, "b", shown=False)
    pool.criteria["c1"] = Criterion("c1", SOME_TEXT, draw(conditions(pool)))
    _score(draw, pool, "d1")
    pool.dimensions["d1"] = draw(dimensions("d1"))
    for place in range(draw(st.sampled_from((2, 3, 1)))):
        _lift(draw, pool, f"r{place}")
    _exempt(draw, pool, "x", [one.id for one in pool.rules if one.raises])
    duties = tuple(
        Obligation(name, SOME_TEXT, ("uses",), CITES, "toolkit", valid_to=draw(_ends))
        for name in ("o0", "o1")
    )
    return pack_of(
        tuple(pool.questions.values()),
        tuple(draw(st.permutations(pool.rules))),
        criteria=tuple(pool.criteria.values()),
        dimensions=tuple(pool.dimensions.values()),
        obligations=duties,
        applies=draw(st.none() | conditions(pool)),
    )


_ends: Final = st.sampled_from((None, None, None, TODAY, TODAY - timedelta(days=1)))


def _ask(draw: st.DrawFn, pool: Pool, stage: str, shown: bool) -> None:
    for place in range(draw(st.sampled_from((2, 1)))):
        used = prod(len(domain_of(one)) for one in pool.questions.values())
        one = draw(questions(f"{stage}{place}", max(2, MOST_COMPLETIONS // used // 2)))
        if not shown and draw(st.booleans()):
            show = draw(conditions(pool, 1, answered=True))
            one = Question(**{**_fields(one), "show": show})
        pool.questions[one.id] = one


def _fields(one: Question) -> dict[str, object]:
    return {name: getattr(one, name) for name in Question.__dataclass_fields__}


def _score(draw: st.DrawFn, pool: Pool, id: str) -> None:
    """The rules that add to a dimension, maybe of one question alone, and one that may exempt some."""
    named = []
    if draw(st.booleans()):
        pool = Pool(dict([draw(st.sampled_from(sorted(pool.questions.items())))]), rules=pool.rules)
    for place in range(draw(st.sampled_from((2, 1, 3, 0)))):
        some = pool.of("one_of", "many_of", "whole_number")
        found = tuple(draw(st.lists(terms(pool), max_size=2))) if some else ()
        points = (Points(id, draw(st.integers(-2, 4)), found),)
        name = f"{id}_{place}"
        pool.rules.append(rule(name, draw(conditions(pool, 1)), points=points, **draw(_times())))
        named.append(name)
    _exempt(draw, pool, f"{id}_x", named)


def _lift(draw: st.DrawFn, pool: Pool, id: str) -> None:
    raises = (Raise("tier", draw(st.sampled_from(LEVELS[::-1]))),)
    if draw(st.booleans()):
        raises += (Raise("care", draw(st.sampled_from("abc"))),)
    rest = {
        "raises": raises,
        "obliges": draw(st.sampled_from(((), ("o0",), ("o0", "o1")))),
        "unless": draw(st.none() | conditions(pool, 1)),
        **draw(_times()),
    }
    pool.rules.append(rule(id, draw(conditions(pool)), **rest))


def _exempt(draw: st.DrawFn, pool: Pool, id: str, names: list[str]) -> None:
    if names and draw(st.booleans()):
        some = draw(_some(tuple(names)))
        unless = draw(st.none() | conditions(pool, 1))
        pool.rules.append(rule(id, draw(conditions(pool, 1)), exempts=some, unless=unless))


def _times() -> st.SearchStrategy[dict[str, object]]:
    """Mostly in force on `TODAY`; now and then not yet, no more, or retired."""
    tomorrow = TODAY + timedelta(days=1)
    return st.sampled_from(
        (
            {},
            {},
            {},
            {"valid_from": TODAY, "valid_to": TODAY},
            {"valid_from": tomorrow},
            {"valid_to": TODAY - timedelta(days=1)},
            {"retired": True},
        )
    )


# ------------------------------------------------------------------ answers


@st.composite
def full_answers(draw: st.DrawFn, pack: Pack) -> dict[str, Value]:
    """A value for every question, shown or not."""
    return {q.id: draw(st.sampled_from(domain_of(q))) for q in pack.questions.values()}


@st.composite
def partial_answers(draw: st.DrawFn, pack: Pack) -> dict[str, Value]:
    """For each question: nothing, unknown, or a value."""
    found: dict[str, Value] = {}
    for one in pack.questions.values():
        fate = draw(st.sampled_from(("absent", "absent", "value", "unknown")))
        if fate != "absent":
            known = fate == "value"
            found[one.id] = draw(st.sampled_from(domain_of(one))) if known else UNKNOWN
    return found


@st.composite
def partial_cases(draw: st.DrawFn) -> tuple[Pack, dict[str, Value]]:
    """A pack with a partial answer set."""
    pack = draw(packs())
    return pack, draw(partial_answers(pack))


@st.composite
def full_cases(draw: st.DrawFn) -> tuple[Pack, dict[str, Value]]:
    """A pack with a full answer set."""
    pack = draw(packs())
    return pack, draw(full_answers(pack))
