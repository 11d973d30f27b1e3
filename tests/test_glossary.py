"""The glossary: a word is explained where a question uses it, and nowhere else."""

from __future__ import annotations

from typing import Final

from risk_kit import catalogue
from risk_kit.glossary import words_in
from risk_kit.model import Option, Question, Questionnaire, Text, Word

AGENT: Final = Word("agent", Text("代理", "agent"), Text("會動手。", "It acts."))
LINK: Final = Word("link", Text("串接", "linking"), Text("合併。", "Joined."))


def asked(label: Text, *options: Text, aid: Text | None = None) -> Question:
    offered = tuple(Option(f"o{n}", one) for n, one in enumerate(options))
    return Question("q", "one_of", label, "s", offered, help=aid)


def told(question: Question, language: str) -> list[str]:
    whole = Questionnaire("x", "1", (), (question,), (AGENT, LINK))
    return [one.id for one in words_in(whole, question, language)]


def test_words_in_labels_options_and_help() -> None:
    question = asked(Text("可否串接？", "Linking?"), Text("由代理", "By an Agent"))
    assert told(question, "zh") == ["agent", "link"]
    assert told(question, "en") == ["agent", "link"]
    assert told(asked(Text("甲", "A"), aid=Text("代理", "agents")), "en") == ["agent"]


def test_a_question_in_plain_words_needs_none() -> None:
    assert told(asked(Text("幾人？", "How many?")), "zh") == []


def test_every_word_of_the_shipped_glossary_is_used_in_both_languages() -> None:
    found = catalogue.pack("tw-ai-risk").questionnaire
    for language in ("zh", "en"):
        used = {one.id for q in found.questions for one in words_in(found, q, language)}
        assert used == {one.id for one in found.glossary}
