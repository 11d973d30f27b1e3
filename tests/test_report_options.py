"""Every option of every question of every framework and overlay, in every language, on the pages."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any, Final

import pytest

from risk_kit import catalogue, fonts, report, wording
from risk_kit.appearance import clean, cleaned, texts
from risk_kit.assess import Work, assess
from risk_kit.document import Language, Report, Table
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Question, Value
from risk_kit.report_words import WORDS

DAY: Final = date(2026, 11, 22)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
FRAMEWORKS: Final = [
    *((name, ()) for name in catalogue.shipped()),
    *(
        (name, overlays)
        for name in catalogue.shipped()
        if (overlays := catalogue.overlays_of(catalogue.folder_of(name)))
    ),
]


def values_of(question: Question) -> list[Value]:
    """Every option at least once, the ends of every range, and what is always allowed."""
    options = [one.id for one in question.options]
    alone = [frozenset({one.id}) for one in question.options if one.exclusive]
    together = frozenset(one.id for one in question.options if not one.exclusive)
    kinds: dict[str, list[Any]] = {
        "yes_no": [True, False],
        "one_of": options,
        "many_of": [together, *alone],
        "whole_number": [question.minimum, question.maximum],
        "date": [question.minimum, question.maximum],
        "text": ["文字 text 𠮷堃"],
    }
    return [UNKNOWN, *kinds[question.kind]]


@pytest.mark.parametrize(
    ("name", "overlays"), FRAMEWORKS, ids=["+".join((name, *laid)) for name, laid in FRAMEWORKS]
)
def test_every_option_is_on_the_pages_and_can_be_set(name: str, overlays: tuple[str, ...]) -> None:
    pack = catalogue.pack(name, overlays)
    rounds = {one.id: values_of(one) for one in pack.questions.values()}
    told: dict[Language, dict[str, set[str]]] = {language: {} for language in LANGUAGES}
    for turn in range(max(map(len, rounds.values()))):
        given = {q: Answer(values[turn % len(values)]) for q, values in rounds.items()}
        held = AnswerSet(given, {"name": "案"})
        work = Work(pack, held, assess(pack, held, DAY))
        for language in LANGUAGES:
            made = cleaned(report.build(work, language))
            fonts.check(texts(made))
            for question, answer in shown(made, language):
                told[language].setdefault(question, set()).add(answer)
    for language, one in product(LANGUAGES, pack.questions.values()):
        answers = told[language][clean(wording.of(one.label, language))]
        for label in labels(one, language):
            many = one.kind == "many_of"
            assert label in ("\n".join(answers) if many else answers), (one.id, label)


def labels(question: Question, language: Language) -> set[str]:
    """Every option in words, and both answers to yes or no."""
    options = {clean(wording.of(option.label, language)) for option in question.options}
    plain = ("yes", "no") if question.kind == "yes_no" else ()
    return options | {wording.say(word, language) for word in plain}


def shown(made: Report, language: Language) -> list[tuple[str, str]]:
    """Questions and answers as the table of answers says them."""
    head = wording.of(WORDS["answer"], language)
    table = next(b for b in made.blocks if isinstance(b, Table) and b.columns[1] == head)
    return [(row[0], row[1].partition("\n")[0]) for row in table.rows]
