"""The words of the glossary that a question uses, in the order of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from risk_kit.model import Question, Questionnaire, Text, Word


def words_in(questionnaire: Questionnaire, question: Question, language: str) -> tuple[Word, ...]:
    """The words that stand in the label, help, examples or options, in "zh" or "en"."""
    told = " ".join(getattr(one, language) for one in _texts(question)).lower()
    return tuple(
        one for one in questionnaire.glossary if getattr(one.word, language).lower() in told
    )


def _texts(question: Question) -> Iterator[Text]:
    yield question.label
    yield from (one.label for one in question.options)
    optional = (question.help, question.example_yes, question.example_no, question.evidence)
    yield from (one for one in optional if one is not None)
