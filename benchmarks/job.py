# ruff: noqa: INP001, S311, PLR2004 - a script that draws at random
"""The seeded job: 120 questions, 200 rules of depth 2 to 3, 6 dimensions, 20 gates, one tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Final

from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not, Score
from risk_kit.model import (
    Cite,
    Dimension,
    Framework,
    Level,
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

SEED: Final = 20260707
AS_OF: Final = date(2026, 7, 7)
GATES: Final = 20
RULES: Final = 200
LEVELS: Final = ("minimal", "limited", "high", "prohibited")
THRESHOLDS: Final = (("some", 45), ("many", 55))
Values = Mapping[str, Value]


def pack(seed: int = SEED) -> Pack:
    """The pack of the job; the same for the same seed."""
    random = Random(seed)
    questions = _questions(random)
    dimensions = tuple(_dimension(f"d{i}") for i in range(6))
    scoring = [_scoring(random, questions, i) for i in range(RULES - GATES)]
    gates = [_gate(random, questions, i) for i in range(GATES)]
    framework = Framework(
        id="job",
        version="1",
        title=_text("job"),
        questionnaire="job",
        main_scale="tier",
        scales=(Scale("tier", _text("tier"), tuple(_level(one) for one in LEVELS)),),
        steps=(("all", _text("all")),),
        sources=(Source("law", _text("law"), _text("issuer"), "method", verified=True),),
        dimensions=dimensions,
        rules=(*scoring, *gates),
    )
    section = Section("all", _text("all"), "all")
    return Pack(framework, Questionnaire("job", "1", (section,), tuple(questions)), (), "0" * 64)


def full_answers(pack: Pack, random: Random) -> dict[str, Value]:
    """An answer to every question."""
    return {question.id: answer(question, random) for question in pack.questions.values()}


def partial_answers(pack: Pack, random: Random, missing: float) -> dict[str, Value]:
    """Answers of which about that share is missing."""
    found = full_answers(pack, random)
    return {question: value for question, value in found.items() if random.random() >= missing}


def answer(question: Question, random: Random) -> Value:
    """One answer, each option alike."""
    match question.kind:
        case "yes_no":
            return random.random() < 0.5
        case "one_of":
            return random.choice(question.options).id
        case "many_of":
            return frozenset(o.id for o in question.options if random.random() < 1 / 3)
        case _:
            return random.randint(0, 10)


def _text(word: str) -> Text:
    return Text(word, word)


def _level(word: str) -> Level:
    return Level(word, _text(word), _text(word))


def _dimension(word: str) -> Dimension:
    marks = tuple(Threshold(name, at) for name, at in THRESHOLDS)
    return Dimension(word, _text(word), _text("points"), 0, 1000, thresholds=marks)


def _questions(random: Random) -> list[Question]:
    found = [_question(f"y{i}", "yes_no") for i in range(60)]
    found += [_question(f"o{i}", "one_of", random.randint(3, 6)) for i in range(30)]
    found += [_question(f"m{i}", "many_of", 6) for i in range(15)]
    found += [_question(f"n{i}", "whole_number") for i in range(15)]
    return found


def _question(word: str, kind: str, options: int = 0) -> Question:
    offered = tuple(Option(f"{word}_{'abcdef'[i]}", _text("option")) for i in range(options))
    bounds = (0, 10) if kind == "whole_number" else (None, None)
    return Question(
        word,
        kind,
        _text(word),
        "all",
        offered,
        minimum=bounds[0],
        maximum=bounds[1],  # type: ignore[arg-type]
    )


def _scoring(random: Random, questions: Sequence[Question], i: int) -> Rule:
    points = (Points(f"d{i % 6}", random.randint(1, 5)),)
    return _rule(f"r{i}", _tree(random, questions, random.choice((2, 3))), points=points)


def _gate(random: Random, questions: Sequence[Question], i: int) -> Rule:
    """A gate raises the tier: every other one when a score and a condition come together."""
    tree = _tree(random, questions, 2)
    if i % 2:
        tree = All((Score(f"d{i // 2 % 6}", THRESHOLDS[i // 2 % 2][0]), tree))
    else:
        tree = All((*(_leaf(random, questions) for _ in range(4)), tree))
    return _rule(f"g{i}", tree, raises=(Raise("tier", LEVELS[1 + i % 3]),))


def _rule(word: str, when: Condition, **effects: object) -> Rule:
    cites = (Cite("law"),)
    return Rule(word, _text(word), when, _text(word), cites, "toolkit", **effects)  # type: ignore[arg-type]


def _tree(random: Random, questions: Sequence[Question], depth: int) -> Condition:
    """`all`, `any` or `at_least` two, over leaves and, while depth is left, one or two trees."""
    width = random.randint(2, 4)
    inner = random.randint(1, 2) if depth > 2 else 0
    parts = [_tree(random, questions, depth - 1) for _ in range(inner)]
    parts += [_signed(random, questions) for _ in range(width - inner)]
    form = random.choice(("all", "any", "at_least"))
    if form == "at_least" and len(parts) > 2:
        return AtLeast(2, tuple(parts))
    return AnyOf(tuple(parts)) if form == "any" else All(tuple(parts))


def _signed(random: Random, questions: Sequence[Question]) -> Condition:
    leaf = _leaf(random, questions)
    return Not(leaf) if random.random() < 0.2 else leaf


def _leaf(random: Random, questions: Sequence[Question]) -> Condition:
    question = random.choice(questions)
    ids = [option.id for option in question.options]
    match question.kind:
        case "yes_no":
            return Equals(question.id, (random.random() < 0.7,))
        case "one_of":
            return Equals(question.id, tuple(random.sample(ids, random.randint(1, 2))))
        case "many_of":
            some = tuple(random.sample(ids, random.randint(1, 4)))
            return Chosen(question.id, some, random.randint(1, min(2, len(some))), None)
        case _:
            at = random.randint(2, 8)
            return (
                Between(question.id, at, None)
                if random.random() < 0.5
                else Between(question.id, None, at)
            )
